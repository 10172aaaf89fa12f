"""RDF/XML whose entities swell is refused as it is read: one entity in another makes gigabytes of some lines.

The parser expands what a DOCTYPE declares without a limit. No XML library reads on its behalf, so the declarations are
looked for in the bytes, as that parser finds them: also with no space after the word, and outside a DOCTYPE.
"""

from __future__ import annotations

from typing import IO, cast

_DECLARES = b"<!ENTITY"
_LONGEST = 1000
_WINDOW = _LONGEST + 200
"""Bytes of a declaration that are looked at: a value of the longest kind, with its name and some space."""


class SwellingEntity(ValueError):
    """An entity that holds another, or that is no short name; the message says the way out."""

    def __init__(self) -> None:
        super().__init__(
            f"the XML declares an entity that holds another, or more than {_LONGEST:,} letters; "
            "write it out, or save the file as Turtle"
        )


def refuse_swelling(body: bytes) -> None:
    """Raise SwellingEntity for XML with an entity that swells."""
    place = body.find(_DECLARES)
    while place >= 0:
        start = place + len(_DECLARES)
        declared = body[start : start + _WINDOW].partition(b"<")[0]
        parts = declared.split(b'"')
        value, is_cut = parts[min(1, len(parts) - 1)], len(parts) < 3 and len(declared) == _WINDOW
        if b"&" in value or len(value) > _LONGEST or is_cut:
            raise SwellingEntity
        place = body.find(_DECLARES, start)


def watched(file: IO[bytes]) -> IO[bytes]:
    """The file, whose reading raises SwellingEntity before what swells has been given."""
    return cast("IO[bytes]", _Watched(file))


class _Watched:
    """A file that is looked at in the pieces in which it is read, each with the end of what came before."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._before = b""

    def read(self, size: int = -1) -> bytes:
        given = self._file.read(size)
        seen = self._before + given
        refuse_swelling(seen)
        self._before = seen[-(_WINDOW + len(_DECLARES)) :]
        return given
