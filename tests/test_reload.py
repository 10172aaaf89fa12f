"""Whoever follows releases is told when it cannot be seen which is current (tests/faults has the other cases)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

from starlette.datastructures import State

from endpoint import reload
from endpoint.reload import Following, Served, check_up
from loaders.release import Releases


@dataclass
class Site:
    id: str = "2026-11-28-000000000001"
    damage: str | None = None
    is_checked: bool = False
    took: list[float] = field(default_factory=list)  # by each file that is checked
    checked: int = 0

    def find_damage(self, pause: Callable[[float], object]) -> str | None:
        for seconds in self.took:
            self.checked += 1
            pause(seconds)
        return "damaged"


def test_that_the_current_release_cannot_be_told_is_said_once(tmp_path, caplog):
    (tmp_path / "current").mkdir()  # nobody reads a folder as a file, whatever rights there are

    async def run() -> None:
        served = Served(State({"site": Site()}), tmp_path, 0.0)
        following = asyncio.create_task(Following(Releases(tmp_path), lambda _: Site(), 0.001).follow(served))
        while not caplog.messages:
            assert not following.done()
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)

    asyncio.run(asyncio.wait_for(run(), 30))
    (said,) = caplog.messages
    assert said == f"{tmp_path / 'current'} cannot be read (Is a directory); release {Site.id} is served on"


async def checked_up(served: Served, until: Callable[[], bool]) -> None:
    checking = asyncio.create_task(check_up(served, 0.001))
    while not until():
        assert not checking.done()
        await asyncio.sleep(0.001)
    checking.cancel()
    await asyncio.gather(checking, return_exceptions=True)


def test_what_has_been_found_sound_is_checked_for_a_third_of_the_time(tmp_path, monkeypatch):
    rested: list[float] = []

    class Waited(threading.Event):
        def wait(self, timeout=None):
            rested.append(timeout)
            return self.is_set()

    monkeypatch.setattr(reload, "threading", SimpleNamespace(Event=Waited))
    site = Site(took=[1.0, 5.0])
    served = Served(State({"site": site}), tmp_path, 0.0)
    asyncio.run(asyncio.wait_for(checked_up(served, lambda: site.checked >= 4), 30))
    assert rested[:4] == [0.0, 0.0, 2.0, 10.0]
    assert (site.is_checked, site.damage) == (True, "damaged")


def test_a_check_is_left_when_something_else_is_served(tmp_path):
    first, second = Site(took=[0.0] * 1_000_000), Site("2026-11-28-000000000002", took=[0.0])
    served = Served(State({"site": first}), tmp_path, 0.0)

    def replaced() -> bool:
        if first.checked:
            served._state.site = second
        return second.is_checked

    asyncio.run(asyncio.wait_for(checked_up(served, replaced), 30))
    assert 0 < first.checked < 1_000_000
    assert first.damage is None
    assert second.damage == "damaged"


def test_a_check_is_left_when_the_server_ends(tmp_path):
    site = Site(took=[30.0, 30.0], is_checked=True)
    served = Served(State({"site": site}), tmp_path, 0.0)
    asyncio.run(asyncio.wait_for(checked_up(served, lambda: site.checked > 0), 20))
    assert site.checked == 1
