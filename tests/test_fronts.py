"""Front processes as they begin, and what each has of what they share; how they end is in tests/faults."""

from __future__ import annotations

import os
import signal
import time

import pytest

from endpoint import fronts
from endpoint.fronts import FrontFailed, Fronts
from endpoint.settings import Settings


def test_a_front_process_that_cannot_start_stops_all_and_says_so():
    def fail() -> None:
        raise RuntimeError("it cannot start")

    with pytest.raises(FrontFailed, match="status"):
        Fronts([fail, fail]).run()


def begun(folder) -> int:
    return sum(1 for _ in folder.iterdir())


def test_front_processes_that_end_again_and_again_end_all_and_say_so(monkeypatch, tmp_path):
    monkeypatch.setattr(fronts, "_SOON", 0.0)

    def end() -> None:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0.02)

    def last() -> None:
        signal.signal(signal.SIGTERM, lambda *_: (tmp_path / "told").touch() or os._exit(0))
        time.sleep(20)

    with pytest.raises(FrontFailed, match=r"^5 front processes, one after the other, each ended within 60 s of its"):
        Fronts([end, last]).run()
    assert begun(tmp_path) == 5 + 1
    assert (tmp_path / "told").exists()


def test_a_front_process_that_has_lasted_is_replaced_whatever_came_before(monkeypatch, tmp_path):
    monkeypatch.setattr(fronts, "_SOON", 0.0)
    monkeypatch.setattr(fronts, "_SETTLED", 0.0)

    def end() -> None:
        (tmp_path / str(os.getpid())).touch()
        if begun(tmp_path) == 8:
            os.kill(os.getppid(), signal.SIGTERM)

    Fronts([end]).run()
    assert begun(tmp_path) >= 8


def test_a_front_process_that_is_told_to_stop_as_it_begins_stops(monkeypatch):
    fork = os.fork

    def told_at_once() -> int:
        process = fork()
        if not process:
            os.kill(os.getpid(), signal.SIGTERM)
        return process

    def go_on() -> None:
        time.sleep(1)
        raise RuntimeError("it was told to stop")

    monkeypatch.setattr("os.fork", told_at_once)
    with pytest.raises(FrontFailed, match=f"status {signal.SIGTERM.value}$"):
        Fronts([go_on]).run()


def test_none_begins_after_all_were_told_to_stop(monkeypatch):
    fork, begun = os.fork, []

    def told_meanwhile() -> int:
        process = fork()
        if process:
            begun.append(process)
            os.kill(os.getpid(), signal.SIGTERM)
        return process

    monkeypatch.setattr("os.fork", told_meanwhile)
    Fronts([lambda: time.sleep(20)] * 2).run()
    assert len(begun) == 1


def test_a_signal_in_the_moment_in_which_a_front_process_has_ended_is_no_fault(monkeypatch):
    wait = os.wait

    def told_then() -> tuple[int, int]:
        ended = wait()
        os.kill(os.getpid(), signal.SIGTERM)
        return ended

    monkeypatch.setattr("os.wait", told_then)
    Fronts([lambda: None]).run()


def test_front_processes_share_what_is_given():
    whole = Settings(fronts=4, workers=16, queue=100, cache_bytes=1000, connections=400, page_workers=4)
    part = whole.of_one_front()
    assert (part.workers, part.queue, part.cache_bytes, part.connections, part.page_workers) == (4, 25, 250, 100, 1)
    assert (part.per_network, part.long_queries, part.fronts) == (3, 3, 1)
    assert part.of_one_front() == part
    assert Settings(fronts=8, workers=2).of_one_front().workers == 2


@pytest.mark.parametrize("workers", [1, 5, 6, 11, 12, 200])
def test_where_nobody_says_how_many_each_front_process_has_six_workers(workers):
    settings = Settings(workers=workers)
    assert settings.fronts == 1 or workers / settings.fronts >= 6
    assert settings.fronts <= max(1, min(8, os.cpu_count()))


def test_by_default_four_endless_queries_of_a_network_leave_it_a_place():
    """On two cores, and on four; all of them may have come to the same front process."""
    part = Settings(fronts=2, workers=12).of_one_front()
    assert min(part.per_network, part.long_queries, part.workers) > 4


def test_a_share_that_is_not_even_is_rounded_up():
    part = Settings(fronts=2, workers=12, queue=25).of_one_front()
    assert (part.workers, part.per_network, part.long_queries, part.queue) == (6, 5, 5, 13)
