"""What is shown on a terminal, which obeys what stands between letters: none of that comes from a file or a service."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_OBEYED = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|\xc2[\x80-\x9f]")
"""Control characters but for tabs and the ends of lines: those of ASCII, and those that are two bytes in UTF-8."""


def for_reading(stream: TextIO) -> TextIO:
    """The stream, and where it is a terminal one that writes control characters as letters."""
    if not isinstance(stream, io.TextIOWrapper) or not stream.isatty():
        return stream
    return io.TextIOWrapper(
        _Letters(stream), encoding=stream.encoding, errors=stream.errors, line_buffering=True, write_through=True
    )


class _Letters(io.BufferedIOBase):
    """A terminal that is written to in bytes, each control character as letters."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.name = stream.name
        self.mode = "wb"

    def write(self, given: ReadableBuffer) -> int:
        written = bytes(given)
        self._stream.buffer.write(_OBEYED.sub(_as_letters, written))
        return len(written)

    def flush(self) -> None:
        self._stream.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()


def _as_letters(found: re.Match[bytes]) -> bytes:
    return b"\\x%02x" % found[0][-1]
