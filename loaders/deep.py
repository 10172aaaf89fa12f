"""Files in which things stand in one another in too many levels, refused as they are read.

The engine would end on them. It reads some by calling itself, and its process has room for some thousand
levels; others take it time that grows with the square of the levels.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import IO

MOST_LEVELS = 1000
MOST_OF_A_PART = 1 << 24
"""Bytes of a text, an IRI or a comment: the engine waits for no more in the formats other than RDF/XML."""


class TooDeep(ValueError):
    """What nests too deep, by the line where it does; the message says the way out."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


class Watched(ABC):
    """A file that is looked at in the pieces in which it is read, each with what is left of those before it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rest = b""
        self._lines = 0  # that ended before the rest

    def read(self, size: int = -1) -> bytes:
        """What the file gives, once it has been looked at. Raises TooDeep."""
        given = self._file.read(size)
        seen = self._rest + given
        kept = self._look(seen)
        self._lines += seen.count(b"\n", 0, kept)
        self._rest = seen[kept:]
        return given

    @abstractmethod
    def _look(self, seen: bytes) -> int:
        """Look at a piece, and tell where what is to be seen again begins. Raises TooDeep."""

    def _line(self, seen: bytes, place: int) -> int:
        return self._lines + seen.count(b"\n", 0, place) + 1
