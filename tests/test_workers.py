"""A worker that does not come up is told of with what may be in its way (tests/faults has those that come up)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from endpoint.workers.member import CannotStart, Worker


class Gone:
    """A process that has ended."""

    def kill(self) -> None:
        """There is nothing to kill."""

    async def end(self) -> int:
        """The signal that ended it."""
        return 6


class Launcher:
    """One whose workers end before they say anything, as where the machine allows them too little memory."""

    store = Path("store")

    async def launch(self, socket, seconds, *, is_relayed) -> Gone:
        """The worker's end of the socket is closed by the caller, and nobody else has it."""
        return Gone()


def test_a_worker_that_ends_at_once_is_told_of_with_what_may_be_in_its_way():
    with pytest.raises(CannotStart, match=r"did not start on store: it ended at once.*memory and processes"):
        asyncio.run(asyncio.wait_for(Worker.start(Launcher(), 1.0, None), 30))
