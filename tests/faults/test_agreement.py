"""Front processes wait for one another before they begin to serve another release, and not for those that are gone."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import pytest
from starlette.datastructures import State

from endpoint import agreement
from endpoint.agreement import Agreement
from endpoint.reload import Following, Served
from endpoint.workers.member import CannotStart
from loaders.release import Releases

OLD, NEW = "2001-01-01-000000000001", "2002-02-02-000000000002"


class Opened:
    """A dataset that can be opened."""

    requests = 0
    damage = None
    is_open = False

    def __init__(self, id_: str) -> None:
        self.id = id_

    async def open(self, _) -> None:
        """Open it."""
        self.is_open = True

    async def close(self) -> None:
        """Close it."""
        self.is_open = False


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def tell(folder, process: int, release: str) -> None:
    (folder / f"{process}.ready").write_text(release)


def test_who_is_ready_waits_for_the_others_and_for_none_that_is_gone(tmp_path, monkeypatch, gone):
    monkeypatch.setattr(agreement, "_PATIENCE", 60.0)
    old, new = Opened(OLD), Opened(NEW)
    tell(tmp_path, os.getppid(), OLD)
    tell(tmp_path, gone, NEW)

    async def run() -> None:
        served = Served(State({"site": old}), tmp_path, 0.0, Agreement(tmp_path, 2))
        await served.begin()
        assert (tmp_path / f"{os.getpid()}.ready").read_text() == OLD
        replacing = asyncio.create_task(served.replace(new))
        await asyncio.sleep(0.1)
        assert new.is_open
        assert served.site is old
        tell(tmp_path, os.getppid(), NEW)
        await asyncio.wait_for(replacing, 30)
        assert served.site is new
        await served.end()

    asyncio.run(run())


def test_who_is_ready_waits_for_none_that_has_told_that_it_cannot(tmp_path, monkeypatch):
    monkeypatch.setattr(agreement, "_PATIENCE", 60.0)
    (tmp_path / f"{os.getppid()}.unable").write_text(NEW)
    served = Served(State({"site": Opened(OLD)}), tmp_path, 0.0, Agreement(tmp_path, 2))
    asyncio.run(asyncio.wait_for(served.replace(Opened(NEW)), 30))
    assert served.site.id == NEW


def test_who_cannot_and_then_can_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(agreement, "_PATIENCE", 0.05)
    of_two = Agreement(tmp_path, 2)
    of_two.tell_not(NEW)
    waited = []
    monkeypatch.setattr(agreement, "_LOOK", 0.01)
    monkeypatch.setattr(agreement, "lives", lambda process: waited.append(process) or True)
    asyncio.run(of_two.reach(NEW))
    assert len(waited) > 1
    assert set(waited) == {os.getpid()}


def test_who_cannot_serve_a_release_tells_the_others(tmp_path, few_built):
    releases = Releases(few_built / "data")

    def unable(_):
        raise CannotStart("no workers")

    async def run() -> None:
        served = Served(State({"site": Opened(OLD)}), tmp_path, 0.0, Agreement(tmp_path, 2))
        following = asyncio.create_task(Following(releases, unable, 0.01).follow(served))
        while not (tmp_path / f"{os.getpid()}.unable").exists():
            assert not following.done()
            await asyncio.sleep(0.01)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)

    asyncio.run(asyncio.wait_for(run(), 30))
    assert (tmp_path / f"{os.getpid()}.unable").read_text() == releases.current_id()


def test_who_has_waited_long_enough_begins_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(agreement, "_PATIENCE", 0.01)
    served = Served(State({"site": Opened(OLD)}), tmp_path, 0.0, Agreement(tmp_path, 2))
    asyncio.run(served.replace(Opened(NEW)))
    assert served.site.id == NEW


def test_who_cannot_tell_the_others_begins_alone(tmp_path, caplog):
    served = Served(State({"site": Opened(OLD)}), tmp_path, 0.0, Agreement(tmp_path / "gone", 2))

    async def run() -> None:
        await served.begin()
        await served.replace(Opened(NEW))

    asyncio.run(run())
    assert served.site.id == NEW
    assert f"release {NEW} is served without waiting for the other front processes" in caplog.text


def test_what_was_opened_is_closed_when_the_server_ends_while_it_waits(tmp_path):
    old, new = Opened(OLD), Opened(NEW)

    async def run() -> None:
        served = Served(State({"site": old}), tmp_path, 0.0, Agreement(tmp_path, 2))
        replacing = asyncio.create_task(served.replace(new))
        await asyncio.sleep(0.05)
        assert new.is_open
        replacing.cancel()
        await asyncio.gather(replacing, return_exceptions=True)
        assert served.site is old

    asyncio.run(run())
    assert not new.is_open
