"""Whoever follows releases is told when it cannot be seen which is current (tests/faults has the other cases)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.datastructures import State

from endpoint.reload import Following, Served
from loaders.release import Releases


@dataclass
class Site:
    id: str = "2026-11-28-000000000001"
    damage: str | None = None


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
