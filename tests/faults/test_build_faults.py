"""Builds that are killed, meet another build, or cannot write: a clear error, and nothing lost."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
from random import Random
from time import sleep

import pytest
from builds import Workplace, workplace

NO_ROOM = {"for the lock": 0, "for the first dump": 1_000, "for the store": 200_000}
"""What there is no room for where no file may have more bytes than this."""


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Workplace:
    """A data folder with one release. To be copied, not used."""
    return workplace(tmp_path_factory.mktemp("published"))


@pytest.fixture
def place(published, tmp_path) -> Workplace:
    """A data folder of the test's own with one release, and tables from which the next build makes another."""
    shutil.copytree(published.data, tmp_path / "data")
    shutil.copytree(published.tables, tmp_path / "tables")
    place = Workplace(tmp_path / "data", tmp_path / "tables")
    place.change("changed")
    return place


@pytest.mark.parametrize("step", ["staging", "publishing"])
def test_a_build_that_is_killed_leaves_whole_releases_and_the_next_build_tidies_up(place, step):
    """In two steps; a test beside this one kills it at a hundred moments, in all of them."""
    earlier = place.releases.current().id
    building = place.start()
    building.wait_for(step)
    sleep(Random(step).uniform(0, 0.05))
    building.kill()
    place.assert_whole()
    if step != "publishing":
        assert place.releases.current().id == earlier
    assert place.build().code == 0
    place.assert_tidy()
    assert place.releases.current().id != earlier


def test_the_second_of_two_builds_is_refused_and_told_who_holds_the_lock(place):
    first = place.start()
    first.wait_for("composing")
    os.kill(first.process.pid, signal.SIGSTOP)
    second = place.build()
    os.kill(first.process.pid, signal.SIGCONT)
    assert second.code == 1
    assert f"process {first.process.pid}" in _only_error(second.err)
    assert first.ended().code == 0
    place.assert_whole()
    place.assert_tidy()


@pytest.mark.parametrize("has_processes", [False, True])
@pytest.mark.parametrize("what", NO_ROOM)
def test_a_disk_without_room_gives_a_clear_error_and_keeps_the_earlier_release(place, what, has_processes):
    room = (NO_ROOM[what], NO_ROOM[what])
    _assert_refused(place, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, room), has_processes=has_processes)


def test_a_folder_without_permission_gives_a_clear_error_and_keeps_the_earlier_release(place):
    place.data.chmod(0o500)
    (place.data / ".lock").chmod(0o400)
    try:
        _assert_refused(place, before=_obey_permissions)
    finally:
        place.data.chmod(0o700)
        (place.data / ".lock").chmod(0o600)


def _assert_refused(place: Workplace, before, *, has_processes: bool = False) -> None:
    """A build so hindered ends with 1 and one line of error; it publishes nothing and loses nothing."""
    earlier = place.releases.current().id
    ended = place.build(before, has_processes=has_processes)
    assert ended.code == 1, ended.err
    assert str(place.data) in _only_error(ended.err)
    assert "Nothing was published" in ended.err
    place.assert_whole()
    assert place.releases.ids() == [earlier]


def _only_error(err: str) -> str:
    """The one line on standard error that is not progress."""
    lines = [line for line in err.splitlines() if " s  " not in line]
    assert len(lines) == 1, err
    assert lines[0].startswith("Error: ")
    return lines[0]


def _obey_permissions() -> None:
    """Take from root what lets it pass by permission bits, so that they bind it as they bind everyone."""
    drop_from_bounding_set, override, read_search = 24, 1, 2
    for capability in (override, read_search):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)
