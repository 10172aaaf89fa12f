"""Coroutines side by side, of which those that wait for nothing take no turn of the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any, TypeVar

T = TypeVar("T")


async def together(*asked: Coroutine[Any, Any, T]) -> list[T]:
    """What coroutines give, in their order; they run as those of `asyncio.gather` do.

    But each is begun at once, and is a task from where it waits for something. Most parts of a page have nothing to
    ask, and a task and a turn of the loop for each took longer than they did. What one does before it waits belongs to
    the task of who asks: a timeout that it begins there would be that of the whole.
    """
    begun = [_begin(one) for one in asked]
    if not all(one.done() for one in begun):
        await asyncio.gather(*begun)
    return [one.result() for one in begun]


def _begin(asked: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
    """What a coroutine gives, there already where it has waited for nothing."""
    given: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    try:
        awaited = asked.send(None)
    except StopIteration as end:
        given.set_result(end.value)
    except Exception as error:
        given.set_exception(error)
    else:
        return asyncio.get_running_loop().create_task(_Rest(asked, awaited))
    return given


class _Rest(Coroutine[Any, Any, T]):
    """A coroutine from where it waits for something: it is told what it would be told as a task."""

    def __init__(self, begun: Coroutine[Any, Any, T], awaited: object) -> None:
        self._begun = begun
        self._awaited = [awaited]

    def send(self, value: Any) -> Any:
        """What it waits for: the first time, what it waits for already."""
        return self._awaited.pop() if self._awaited else self._begun.send(value)

    def throw(self, *error: Any) -> Any:
        """The same after an error. One that is cancelled before its first turn has begun all the same, and is told."""
        self._awaited.clear()
        return self._begun.throw(*error)

    def close(self) -> None:
        """End it."""
        self._begun.close()

    def __await__(self) -> Generator[Any, Any, T]:
        """Tasks do not ask for this."""
        return self._begun.__await__()
