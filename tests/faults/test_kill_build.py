"""The build killed from outside at 100 moments: `current` always opens, and no half release is ever listed."""

from __future__ import annotations

import signal
import time
from itertools import count
from random import Random

import pytest
from builds import Workplace, workplace
from processes import descendants, is_running

KILLS = 10  # of each seed
SEEDS_OF_THE_WHOLE = range(7)
SEEDS_OF_THE_END = range(7, 10)
SEEDS_WITH_PROCESSES = range(10, 11)
"""The last steps are short, and it is there that files get their names: they are killed in more often."""


@pytest.mark.parametrize("seed", SEEDS_OF_THE_WHOLE)
def test_a_build_killed_at_any_moment_leaves_whole_releases(seed, tmp_path):
    kill_and_look(workplace(tmp_path), Random(seed), since=None)


@pytest.mark.parametrize("seed", SEEDS_OF_THE_END)
def test_a_build_killed_while_it_seals_and_publishes_leaves_whole_releases(seed, tmp_path):
    kill_and_look(workplace(tmp_path), Random(seed), since="sealing")


@pytest.mark.parametrize("seed", SEEDS_WITH_PROCESSES)
def test_a_build_killed_with_processes_beside_it_leaves_whole_releases_and_no_process(seed, tmp_path):
    kill_and_look(workplace(tmp_path), Random(seed), since="staging", has_processes=True)


def kill_and_look(place: Workplace, draw: Random, since: str | None, *, has_processes: bool = False) -> None:
    """Kill a build of something new at moments spread over it, or over what follows a step; then let one be."""
    content = count()
    seconds = measure(place, f"{next(content)}", since, has_processes=has_processes)
    for part in range(KILLS):
        known = set(place.releases.ids())
        before = place.releases.current().id
        moment = seconds * (part + draw.random()) / KILLS
        while not kill(place, f"{next(content)}", since, moment, has_processes=has_processes):
            before = place.releases.current().id
            moment *= 0.9  # this build was quicker than the one measured, and had ended
        place.assert_whole()
        assert place.releases.current().id in {before, *(set(place.releases.ids()) - known)}
    ended = place.build()
    assert ended.code == 0, ended.err
    place.assert_tidy()
    place.assert_whole()


def measure(place: Workplace, mark: str, since: str | None, *, has_processes: bool) -> float:
    """The seconds that a build of something new takes, from its start or from a step on."""
    place.change(mark)
    building = place.start(has_processes=has_processes)
    if since:
        building.wait_for(since)
    begun = time.monotonic()
    assert building.ended().code == 0
    return time.monotonic() - begun


def kill(place: Workplace, mark: str, since: str | None, moment: float, *, has_processes: bool) -> bool:
    """Kill a build of something new so many seconds after its start or after a step; False where it had ended."""
    place.change(mark)
    building = place.start(has_processes=has_processes)
    if since:
        building.wait_for(since)
    time.sleep(moment)
    started = descendants(building.process.pid)
    is_killed = building.kill().code == -signal.SIGKILL
    until_gone(started)
    return is_killed


def until_gone(processes: set[int]) -> None:
    """Wait for the end of what a build has started, which is of no process group of its own."""
    end = time.monotonic() + 5
    while any(map(is_running, processes)):
        assert time.monotonic() < end
        time.sleep(0.01)
