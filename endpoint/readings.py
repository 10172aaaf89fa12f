"""What is read of a dataset and kept: whoever asks for it while it is being read waits for the same reading."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Readings:
    """Readings by their keys: all of them, or `most` of those that were asked for last."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._kept: OrderedDict[object, Any] = OrderedDict()
        self._begun: dict[object, asyncio.Task[Any]] = {}

    async def get(self, key: object, read: Callable[[], Awaitable[T]]) -> T:
        """What a reading gives, which is read if it is not kept. Raises what it raises, and then it is not kept.

        Who goes away leaves it to the others: it goes on.
        """
        if key in self._kept:
            if self._most is not None:
                self._kept.move_to_end(key)
            kept: T = self._kept[key]
            return kept
        task = self._begun.get(key)
        if task is None:
            task = self._begun[key] = asyncio.create_task(self._read(key, read))
            task.add_done_callback(_heard)
        found: T = await asyncio.shield(task)
        return found

    def clear(self) -> None:
        """Keep nothing of what was read."""
        self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)

    async def _read(self, key: object, read: Callable[[], Awaitable[T]]) -> T:
        try:
            found = self._kept[key] = await read()
        finally:
            del self._begun[key]
        if self._most is not None and len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found


def _heard(task: asyncio.Task[Any]) -> None:
    """Hear what a reading ended in, which asyncio would tell of where nobody waits for it any more."""
    if not task.cancelled():
        task.exception()
