"""Triple terms that stand in one another in too many levels, refused as a file is read: the engine would end on them.

It reads them by calling itself, and beyond ten thousand levels or so its process has no room for that. What opens a
term has a subject and a predicate before the next one opens, so that openings in a row are looked for in the bytes.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, cast

MOST_LEVELS = 1000
_OPENS, _CLOSES = b"<<(", b")>>"
_OPENING = re.compile(rb'<<\(\s*+(?:(?:<[^<>"]*+>|[^\s<>"()]++)\s*+){2}(?=\S)')
_WINDOW = 20_000
"""Bytes of an opening that are waited for: its IRIs may be long."""


class DeepTerm(ValueError):
    """A triple term that nests too deep, which begins on a line; the message says the way out."""

    def __init__(self, line: int) -> None:
        super().__init__(
            f"a triple term has others in it in more than {MOST_LEVELS:,} levels; give the inner ones names of their "
            "own with rdf:reifies"
        )
        self.line = line


def refuse_deep(body: bytes) -> None:
    """Raise DeepTerm for the content of a file in the family of Turtle with a term that nests too deep."""
    watched(BytesIO(body)).read()


def watched(file: IO[bytes]) -> IO[bytes]:
    """A file in the family of Turtle, whose reading raises DeepTerm before what nests too deep has been given whole."""
    return cast("IO[bytes]", _Watched(file))


class _Watched:
    """A file that is looked at in the pieces in which it is read, each with the opening that came before it in part."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rest = b""
        self._lines = 0  # that ended before the rest
        self._level = 0  # openings in a row that end where the rest begins
        self._begun = 1  # the line of the first of them

    def read(self, size: int = -1) -> bytes:
        given = self._file.read(size)
        seen = self._rest + given
        kept = self._look(seen) if self._level or _OPENS in seen else max(len(seen) - len(_OPENS) + 1, 0)
        self._lines += seen.count(b"\n", 0, kept)
        self._rest = seen[kept:]
        return given

    def _look(self, seen: bytes) -> int:
        """Look at a piece, and tell where what is to be seen again begins. Raises DeepTerm."""
        end = 0
        if self._level + seen.count(_OPENS) <= MOST_LEVELS and _CLOSES in seen:  # only what is open at the end counts
            end, self._level = seen.rfind(_CLOSES) + len(_CLOSES), 0
        for opening in _OPENING.finditer(seen, end):
            if opening.start() > end or not self._level:
                self._level, self._begun = 0, self._lines + seen.count(b"\n", 0, opening.start()) + 1
            self._level, end = self._level + 1, opening.end()
            if self._level > MOST_LEVELS:
                raise DeepTerm(self._begun)
        kept = seen.find(_OPENS, end)
        if kept < 0 or len(seen) - kept > _WINDOW:
            kept = max(len(seen) - len(_OPENS) + 1, end)
        if kept > end:
            self._level = 0
        return kept
