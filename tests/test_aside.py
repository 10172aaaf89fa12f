"""What a build has done beside it by processes of their own: answers, errors, and that none of them outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from loaders.aside import MUCH, Aside, Ended
from tests.processes import is_running

BUILD_WITH_A_TASK = """
import os, time
from loaders.aside import MUCH, Aside
with Aside().begin(MUCH) as aside:
    print(aside.submit(os.getpid).result(), flush=True)
    aside.submit(time.sleep, 60).result()
"""


def until_gone(process: int) -> None:
    end = time.monotonic() + 20
    while is_running(process):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_much_is_done_in_another_process_and_little_in_this():
    with Aside().begin(MUCH) as much, Aside().begin(MUCH - 1) as little:
        assert much.submit(os.getpid).result() != os.getpid() == little.submit(os.getpid).result()
        assert [task.result() for task in [much.submit(divmod, 7, number) for number in (2, 3)]] == [(3, 1), (2, 1)]


def test_an_error_is_raised_with_the_place_where_it_was_raised():
    with Aside().begin(MUCH) as beside, pytest.raises(FileNotFoundError, match="nowhere") as raised:
        beside.submit(os.stat, "/nowhere").result()
    assert "function(*args, **named)" in raised.value.__notes__[0]


def test_what_a_task_prints_is_no_answer():
    with Aside().begin(MUCH) as beside:
        assert beside.submit(print, "an answer").result() is None
        assert beside.submit(os.write, 1, b"another\n").result() == 8


def test_a_process_that_is_killed_is_told():
    with Aside().begin(MUCH) as beside:
        process = beside.submit(os.getpid).result()
        task = beside.submit(time.sleep, 60)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(Ended, match=r"ended from outside \(-9\)"):
            task.result()


def test_an_error_beside_it_ends_what_is_under_way():
    def stop_in_the_middle() -> None:
        with Aside().begin(MUCH) as beside:
            processes.add(beside.submit(os.getpid).result())
            beside.submit(time.sleep, 60)
            raise KeyError

    processes: set[int] = set()
    begun = time.monotonic()
    with pytest.raises(KeyError):
        stop_in_the_middle()
    assert time.monotonic() - begun < 30
    until_gone(processes.pop())


def test_none_outlives_the_process_that_started_it():
    with subprocess.Popen([sys.executable, "-c", BUILD_WITH_A_TASK], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        process = int(started.stdout.readline())
        assert is_running(process)
        started.kill()
    until_gone(process)
