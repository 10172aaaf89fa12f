"""Front processes begin to serve another release at once: each waits until all have it ready or cannot, or for a while.

Else a client of several connections would meet the old release after the new one, until the slower process has it.
"""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

_LOOK = 0.002  # seconds between looks at whether the others are ready: by so much does one begin before another
_PATIENCE = 5.0  # seconds for the others, one of which may hang


class Agreement:
    """Where the front processes of a server tell each other which release each of them is ready to serve: a folder."""

    def __init__(self, folder: Path, number: int) -> None:
        """`number` is how many processes there are."""
        self._folder = folder
        self._number = number

    def tell(self, release_id: str) -> None:
        """This process is ready to serve a release. Raises OSError where that cannot be written."""
        self._write("ready", release_id)

    def tell_not(self, release_id: str) -> None:
        """This process cannot serve a release: nobody is to wait for it. Raises OSError."""
        self._write("unable", release_id)

    async def reach(self, release_id: str) -> None:
        """Tell so, and wait until all are ready to serve it or cannot, or for long enough. Raises OSError."""
        self.tell(release_id)
        until = time.monotonic() + _PATIENCE
        while self._decided(release_id) < self._number and time.monotonic() < until:
            await asyncio.sleep(_LOOK)

    def _write(self, what: str, release_id: str) -> None:
        place = self._folder / f"{os.getpid()}.{what}"
        place.with_suffix(".telling").write_text(release_id, encoding="ascii")
        place.with_suffix(".telling").rename(place)

    def _decided(self, release_id: str) -> int:
        """How many processes that live are ready to serve a release, or have told that they cannot."""
        told = [*self._folder.glob("*.ready"), *self._folder.glob("*.unable")]
        who = {int(file.stem) for file in told if file.read_text(encoding="ascii") == release_id}
        return sum(map(lives, who))


def lives(process_id: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True
