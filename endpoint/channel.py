"""Messages between the pool and one worker: a line of JSON each way, with the bytes of the answer after it."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any, cast

Message = tuple[dict[str, Any], bytes]
"""What a line says, and the bytes after it."""


class Channel(asyncio.Protocol):
    """Our end of a socket to a worker, which answers one message after the other.

    Streams of asyncio do the same at several times the cost, and this stands in the way of every query.
    """

    def __init__(self) -> None:
        self._received = bytearray()
        self._head: dict[str, Any] | None = None
        self._answer: asyncio.Future[Message] | None = None
        self._transport: asyncio.Transport | None = None
        self._is_over = False

    @classmethod
    async def open(cls, ours: socket.socket) -> Channel:
        """A channel over our end of a pair of sockets, which it closes in the end."""
        _, channel = await asyncio.get_running_loop().create_connection(cls, sock=ours)
        return channel

    async def hear(self) -> Message:
        """The next message of the worker. Raises ConnectionError where it is gone."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._is_over:
            raise ConnectionResetError("the worker is gone")
        self._take()
        return await self._answer

    async def ask(self, message: bytes, seconds: float) -> Message:
        """What the worker answers to a message. Raises ConnectionError where it is gone, TimeoutError after a time."""
        if self._transport is not None:
            self._transport.write(message)
        timer = asyncio.get_running_loop().call_later(seconds, self._give_up)
        try:
            return await self.hear()
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(TimeoutError("the worker says nothing"))

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
        self._is_over = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the worker is gone"))

    def _take(self) -> None:
        """Give what was received to whoever waits for it, once it is whole."""
        if self._head is None:
            end = self._received.find(b"\n")
            if end < 0:
                return
            self._head = json.loads(self._received[:end])
            del self._received[: end + 1]
        size = self._head.get("here", 0)
        if len(self._received) < size or self._answer is None or self._answer.done():
            return
        body = bytes(self._received[:size])
        del self._received[:size]
        head, self._head = self._head, None
        self._answer.set_result((head, body))
