"""What goes out on a connection: what is written in a row goes as one piece.

The server writes the head of an answer and then its body. Each would be a call of the kernel and a packet of its own,
and wake the client twice; for a small answer that takes longer than much of what is done about it.
"""

from __future__ import annotations

import asyncio
from typing import Any

_LONG = 64 * 1024
"""Bytes from which on nothing is put together, which would copy it."""


class InOnePiece(asyncio.Transport):
    """A transport that keeps what is written until it is told that it is all, or until the turn of the loop is over."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._kept: list[bytes | bytearray | memoryview] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send something, with what comes after it if that comes at once."""
        if len(data) >= _LONG:
            self.flush()
            self._transport.write(data)
            return
        if not self._kept:
            self._loop.call_soon(self.flush)
        self._kept.append(data)

    def write_now(self, data: bytes) -> None:
        """Send something that is all, after what was kept."""
        self.flush()
        self._transport.write(data)

    def flush(self) -> None:
        """Send what was kept, if it was not sent yet."""
        if self._kept and not self._transport.is_closing():  # else nobody is there any more
            data = self._kept[0] if len(self._kept) == 1 else b"".join(self._kept)
            self._transport.write(data)
        self._kept = []

    def close(self) -> None:
        """Send what was kept, and close."""
        self.flush()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._kept = []
        self._transport.abort()

    def is_closing(self) -> bool:
        """True once it is closed, by whichever end."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Take nothing more from the client."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Take on."""
        self._transport.resume_reading()
