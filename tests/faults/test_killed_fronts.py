"""Several front processes answer on one port: one that dies is replaced, and all end together."""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from endpoint.listening import CannotListen, listen
from loaders.release import Releases
from tests.processes import children, descendants
from tests.releases import put
from tests.serving import free_port

PR_SET_CHILD_SUBREAPER = 36

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other kernels give orphans to the first process alone")

COMMAND = [sys.executable, "-c", "from endpoint.cli import main; main()", "serve"]


def is_answered(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def handles(process: int) -> int:
    """How many files and sockets a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def until(holds) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def at_rest(seen):
    """What is seen as soon as it has stayed the same for two seconds."""
    last, since, end = seen(), time.monotonic(), time.monotonic() + 60
    while time.monotonic() < since + 2:
        assert time.monotonic() < end
        time.sleep(0.05)
        if seen() != last:
            last, since = seen(), time.monotonic()
    return last


def adopt_orphans() -> None:
    """Have the kernel give orphans among its descendants to this process, as to the first of a container."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@contextmanager
def serving(folder, fronts, first=None):
    """A file that some front processes serve: the process that started them, and the port."""
    data = folder / "data.ttl"
    data.write_text("<http://a.example/a> <http://a.example/b> 1 .")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    process = subprocess.Popen(
        [*COMMAND, "--file", data, "--fronts", str(fronts), "--workers", "4", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=first,  # noqa: PLW1509 - it calls the kernel, and no more
    )
    try:
        until(lambda: is_answered(port))
        yield process, port
    finally:
        process.kill()
        process.wait()


@pytest.fixture(params=[None, pytest.param(adopt_orphans, marks=ON_LINUX)], ids=["", "the first of a container"])
def served(request, tmp_path):
    """A file that two front processes serve."""
    with serving(tmp_path, 2, request.param) as found:
        yield found


def launchers(process: int) -> set[int]:
    """The processes that start the workers of a server."""
    found = (each for each in descendants(process) if b"endpoint.workers.launcher" in command(each))
    return {each for each in found if b"endpoint.workers.launcher" not in command(parent(each))}


def command(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def parent(process: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    return 0


@ON_LINUX
@pytest.mark.parametrize("fronts", [1, 2])
def test_the_first_of_a_container_buries_the_workers_of_a_launcher_that_is_killed(tmp_path, fronts):
    with serving(tmp_path, fronts, adopt_orphans) as (process, port):
        until(lambda: len(launchers(process.pid)) == fronts)
        found = launchers(process.pid)
        workers = set().union(*map(children, found))
        assert len(workers) > 2
        for launcher in found:
            os.kill(launcher, signal.SIGKILL)
        until(lambda: not [each for each in found | workers if Path(f"/proc/{each}").exists()])
        until(lambda: is_answered(port))  # whoever waits for a launcher has heard of its end, and starts another
        until(lambda: launchers(process.pid) - found)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_a_front_process_that_is_killed_is_replaced_and_the_others_go_on(served):
    process, port = served
    chance = random.Random(4711)
    until(lambda: len(children(process.pid)) == 2)
    time.sleep(2)  # one that lives so long has started
    for _ in range(2):
        before = children(process.pid)
        os.kill(chance.choice(sorted(before)), signal.SIGKILL)
        until(lambda: len(children(process.pid) - before) == 1 and len(children(process.pid)) == 2)  # noqa: B023
        until(lambda: is_answered(port))
        time.sleep(2)


def releases_met(port: int) -> set[str]:
    """The releases that many connections one after the other meet."""
    met = set()
    for _ in range(40):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=30) as answer:
            met.add(json.load(answer)["release"])
    return met


def test_a_process_that_takes_the_place_of_another_serves_what_is_current_by_then(release, tmp_path):
    """Also where the release with which the server began has been removed."""
    first, second = "2001-01-01-000000000001", "2002-02-02-000000000002"
    releases, port = Releases(tmp_path / "data"), free_port()
    for release_id in (first, second):
        put(release, releases.data, release_id)
    releases.point_to(first)
    process = subprocess.Popen(
        [*COMMAND, "--data", releases.data, "--fronts", "2", "--port", str(port), "--set", "watch", "3600"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: is_answered(port))
        assert releases_met(port) == {first}
        time.sleep(2)  # one that lives so long has started
        releases.point_to(second)
        process.send_signal(signal.SIGHUP)
        until(lambda: releases_met(port) == {second})
        shutil.rmtree(releases.folder / first)
        before = children(process.pid)
        os.kill(min(before), signal.SIGKILL)
        until(lambda: len(children(process.pid) - before) == 1 and len(children(process.pid)) == 2)
        until(lambda: is_answered(port))
        time.sleep(2)
        assert releases_met(port) == {second}
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels do not spread connections among sockets")
def test_a_burst_of_connections_is_spread(served):
    process, port = served
    until(lambda: len(children(process.pid)) == 2)
    before = at_rest(lambda: {front: handles(front) for front in children(process.pid)})
    with ExitStack() as opened:
        for _ in range(40):
            opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        until(lambda: sum(map(handles, before)) == sum(before.values()) + 40)
        taken = [handles(front) - number for front, number in before.items()]
    assert min(taken) >= 5  # drawn by lot, one takes fewer once in five million times


def test_a_port_that_several_processes_of_another_answer_on_is_taken(served):
    _, port = served
    with pytest.raises(CannotListen, match=f"port {port} is taken"), listen("127.0.0.1", port, 2):
        pass


def test_all_end_when_the_first_is_told_to(served):
    process, _ = served
    fronts = children(process.pid)
    all_of_them = descendants(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert fronts < all_of_them
    assert not [child for child in all_of_them if Path(f"/proc/{child}").exists()]


def test_none_outlives_the_first(served):
    process, _ = served
    all_of_them = descendants(process.pid)
    process.kill()
    process.wait()
    until(lambda: not [child for child in all_of_them if Path(f"/proc/{child}").exists()])


@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="the system does not let a process say whom it interrupts")
def test_no_process_of_the_server_interrupts_who_is_running(served):
    process, _ = served
    assert {os.sched_getscheduler(each) for each in descendants(process.pid)} == {os.SCHED_BATCH}
