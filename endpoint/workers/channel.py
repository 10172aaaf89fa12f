"""Messages between the pool and one worker: a line of JSON each way, with the bytes of the answer after it."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from endpoint.workers.messages import Told, read_told

Message = tuple[Told, bytes]
"""What a line tells, and the bytes after it."""

Answering = asyncio.Future[Message]
"""An answer that is to come."""


class Channel(asyncio.Protocol):
    """Our end of a socket to a worker, which answers messages in their order.

    Streams of asyncio do the same at several times the cost, and this stands in the way of every query.
    """

    def __init__(self) -> None:
        self.unwanted: Callable[[Answering, Message], None] | None = None  # is told of what nobody awaits any more
        self._received = bytearray()
        self._told: Told | None = None
        self._awaited: deque[Answering] = deque()
        self._transport: asyncio.Transport | None = None
        self.is_over = False  # nothing more comes from the worker

    @classmethod
    async def open(cls, ours: socket.socket) -> Channel:
        """A channel over our end of a pair of sockets, which it closes in the end."""
        _, channel = await asyncio.get_running_loop().create_connection(cls, sock=ours)
        return channel

    def hear(self) -> Answering:
        """The next message of the worker that nobody awaits. It fails with ConnectionError where the worker is gone."""
        answer: Answering = asyncio.get_running_loop().create_future()
        if self.is_over:
            answer.set_exception(ConnectionResetError("the worker is gone"))
        else:
            self._awaited.append(answer)
            self._take()
        return answer

    def ask(self, message: bytes) -> Answering:
        """What the worker answers to a message. It fails with ConnectionError where the worker is gone."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(message)
        return self.hear()

    def close(self) -> None:
        """Close our end."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The loop has taken the socket."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """The worker has written."""
        self._received += data
        self._take()

    def connection_lost(self, exc: Exception | None) -> None:
        """The worker has ended, or we have closed."""
        self.is_over = True
        for answer in self._awaited:
            if not answer.done():
                answer.set_exception(exc or ConnectionResetError("the worker is gone"))
        self._awaited.clear()

    def _take(self) -> None:
        """Give what was received whole to those who wait for it."""
        while self._awaited and self._received:
            if self._told is None:
                end = self._received.find(b"\n")
                if end < 0:
                    return
                self._told = read_told(self._received[:end])
                del self._received[: end + 1]
            size = self._told.here
            if len(self._received) < size:
                return
            body = bytes(self._received[:size])
            del self._received[:size]
            answer, told, self._told = self._awaited.popleft(), self._told, None
            if not answer.done():
                answer.set_result((told, body))
            elif self.unwanted is not None:
                self.unwanted(answer, (told, body))


def taken(path: Path) -> IO[bytes]:
    """The file at a path, which it has no more: nothing is left of it when nobody reads it any longer."""
    file = path.open("rb")
    path.unlink()
    return file


def forget(message: Message) -> None:
    """Leave nothing of an answer that nobody takes."""
    told, _ = message
    if told.path:
        Path(told.path).unlink(missing_ok=True)
