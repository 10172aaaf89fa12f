"""A process beside a build is a copy of it where it can be one, and has nothing of it but what it is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from loaders import copied
from loaders.lock import build_lock

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system tells of no threads")

ROOT = Path(__file__).parents[1]

BEGUN = """
import os, signal, sys, threading, time
from loaders.aside import MUCH, Aside, Ended
from loaders import copied
"""


def run(code: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a process of its own: the tests have threads, and are not copied."""
    command = [sys.executable, "-c", BEGUN + code, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def said(code: str, *words: object) -> str:
    """What it prints, where it ends without an error."""
    ended = run(code, *words)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def test_a_process_without_other_threads_is_copied_with_all_that_it_has():
    code = """
remembered = []
def number():
    return len(remembered), os.getppid(), os.getpgid(0) == os.getpid()
remembered.append(1)
with Aside(2) as beside:
    beside.begin()
    remembered.append(2)
    found = [beside.submit(number).result() for _ in range(4)]
print(beside.has_processes, found == [(1, os.getpid(), True)] * 4)
"""
    assert said(code) == "True True\n"


def test_a_process_with_another_thread_is_not_copied():
    code = """
threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
with Aside(1, []) as beside:
    print(beside.begin().has_processes, copied.can_be_copied())
    print(beside.begin(MUCH).has_processes, beside.submit(os.getenv, "PATH").result() == os.environ["PATH"])
"""
    assert said(code) == "False False\nTrue True\n"


def test_a_process_that_asks_for_another_environment_is_not_copied():
    code = """
with Aside(1, [], lambda: {"ONLY_THERE": "this"}) as beside:
    print(beside.begin().has_processes)
    print(beside.begin(MUCH).submit(os.getenv, "ONLY_THERE").result())
"""
    assert said(code) == "False\nthis\n"


def test_where_nobody_tells_of_threads_nothing_is_copied(monkeypatch, tmp_path):
    monkeypatch.setattr(copied, "_THREADS", tmp_path / "none")
    assert not copied.can_be_copied()


def test_a_copy_has_no_file_that_is_open_and_answers_no_signal_of_the_one_that_was_copied(tmp_path):
    code = """
def is_open(file):
    held = (f"/proc/self/fd/{each}" for each in os.listdir("/proc/self/fd"))
    return any(os.path.exists(each) and os.path.samefile(each, file) for each in held)
def handlers():
    return [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda *_: print("stopped"))
with open(sys.argv[1], "w") as held, Aside(1) as beside:
    beside.begin()
    print(is_open(sys.argv[1]), beside.submit(is_open, sys.argv[1]).result())
    print(beside.submit(handlers).result() == [signal.SIG_DFL] * 3)
"""
    assert said(code, tmp_path / "held") == "True False\nTrue\n"


def test_what_a_copy_prints_is_no_answer():
    code = """
with Aside(1) as beside:
    beside.begin()
    os.dup2(1, 2)
    print(beside.submit(print, "from the copy", flush=True).result(), beside.submit(abs, -1).result())
"""
    ended = run(code)
    assert (ended.stdout, ended.stderr) == ("None 1\n", "from the copy\n")


def test_a_copy_that_is_killed_is_told():
    code = """
with Aside(1) as beside:
    beside.begin()
    try:
        beside.submit(signal.raise_signal, signal.SIGKILL).result()
    except Ended as error:
        print(error)
"""
    assert said(code) == "a process of the build was ended from outside (-9): is there memory?\n"


def test_that_a_copy_was_killed_before_it_is_told_anything_is_told():
    code = """
try:
    with Aside(1) as beside:
        number = beside.begin().submit(os.getpid).result()
        os.kill(number, signal.SIGKILL)
        time.sleep(0.2)
        beside.submit(len, "x" * 1_000_000).result()
except Ended as error:
    print(error)
"""
    assert said(code) == "a process of the build was ended from outside (-9): is there memory?\n"


def test_where_the_system_gives_no_process_a_thread_does_the_work():
    code = """
from multiprocessing import popen_fork
made = []
def refuse(*_):
    made.append(1)
    raise BlockingIOError(11, "Resource temporarily unavailable")
popen_fork.Popen._launch = refuse
before = len(os.listdir("/proc/self/fd"))
with Aside(2) as beside:
    print(beside.begin().has_processes, beside.submit(os.getpid).result() == os.getpid(), made)
print(len(os.listdir("/proc/self/fd")) - before)
"""
    assert said(code) == "False True [1]\n0\n"


def test_what_is_passed_over_is_passed_over_by_a_copy_too():
    code = """
signal.signal(signal.SIGHUP, signal.SIG_IGN)
with Aside(1) as beside:
    print(beside.begin().submit(signal.getsignal, signal.SIGHUP).result() == signal.SIG_IGN)
"""
    assert said(code) == "True\n"


@pytest.mark.parametrize("error", ["ValueError('a reason')", "KeyboardInterrupt()"])
def test_a_copy_ends_with_the_work_that_it_is_for(error):
    code = f"""
try:
    with Aside(1) as beside:
        number = beside.begin().submit(os.getpid).result()
        beside.submit(time.sleep, 600)
        raise {error}
except BaseException as error:
    print(repr(error), os.path.exists(f"/proc/{{number}}"))
"""
    assert said(code) == f"{error} False\n"


def test_a_copy_ends_and_frees_the_lock_when_the_one_that_was_copied_is_killed(tmp_path):
    code = """
from pathlib import Path
from loaders.lock import build_lock
with build_lock(Path(sys.argv[1])), Aside(1) as beside:
    print(beside.begin().submit(os.getpid).result(), flush=True)
    beside.submit(time.sleep, 600)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = run(code, tmp_path)
    assert (ended.returncode, ended.stderr) == (-9, "")  # which comes to its end when the copy has closed it too
    with build_lock(tmp_path):
        assert int(ended.stdout) > 0
