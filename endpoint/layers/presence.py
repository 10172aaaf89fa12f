"""Whether a client is still there: who goes away before the answer stops the work for it, running or waiting."""

from __future__ import annotations

import asyncio
from types import TracebackType

from starlette.types import Receive

_AFTER = 0.05
"""Seconds before anyone listens: most answers are there before, and listening takes as long as many of them."""


class ClientGone(asyncio.CancelledError):
    """The client has closed its connection, and nobody will read an answer: the request is over, and no fault."""


class WhilePresent:
    """A block that is left with ClientGone when the client goes away, as a timeout leaves one when time is up.

    The body of the request must have been read.
    """

    def __init__(self, receive: Receive, after: float = _AFTER) -> None:
        self._receive = receive
        self._after = after
        self._is_gone = False
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("there is no task to stop")
        self._task = task
        self._cancelling = task.cancelling()
        self._timer = asyncio.get_running_loop().call_later(self._after, self._begin)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        stopped: asyncio.CancelledError | None = None  # in the moment in which the block ends
        if self._listening is not None:
            self._listening.cancel()
            try:
                await asyncio.wait({self._listening})
            except asyncio.CancelledError as cancelled:
                stopped = cancelled
        if self._is_gone and self._task.uncancel() <= self._cancelling:
            raise ClientGone from error
        if stopped is not None:
            raise stopped

    def _begin(self) -> None:
        self._listening = asyncio.get_running_loop().create_task(self._listen())

    async def _listen(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True
        self._task.cancel()
