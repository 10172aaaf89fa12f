"""Triple terms of a file in the family of Turtle that stand in one another in too many levels, refused as it is read.

What opens a term has a subject and a predicate before the next one opens, so that openings in a row are looked for in
the bytes, with the comments that may stand between. What ends a row may be anything: it has no further levels.
"""

from __future__ import annotations

import re

from loaders.deep import MOST_LEVELS, TooDeep, Watched

_OPENS = b"<<("
_GAP = rb"(?:\s|#[^\r\n]*+[\r\n])*+"
_TERM = rb'(?:<[^<>"]*+>|\[' + _GAP + rb'\]|(?:[^\s<>"()#\[\]\\]|\\[^\r\n])++)'
_OPENING = re.compile(rb"<<\((?:" + _GAP + _TERM + rb"){2}" + _GAP + rb"(?=[^\s#])")
_PART = re.compile(
    rb"<{1,2}\Z|<<\((?:" + _GAP + _TERM + rb"){0,2}" + _GAP + rb"(?:\[" + _GAP + rb')?(?:#[^\r\n]*+|<[^<>"]*+|<<|\\)?\Z'
)
_LONG = re.compile(rb'(?:\s|#[^\r\n]*+[\r\n])++|(#)[^\r\n]*+|(<<\()|(<)[^<>"]*+(>?)|([^\s<>"()#\[\]\\]|\\[^\r\n])++')
_WINDOW = 1000
"""Bytes of an opening that are kept as they are: of a longer one, which parts it has."""


class DeepTerm(TooDeep):
    """A triple term that nests too deep, which begins on a line."""

    def __init__(self, line: int) -> None:
        super().__init__(
            line,
            f"a triple term has others in it in more than {MOST_LEVELS:,} levels; give the inner ones names of their "
            "own with rdf:reifies",
        )


class WatchedTerms(Watched):
    """A file in the family of Turtle, whose reading raises DeepTerm before what nests too deep has been given whole."""

    _level = 0  # openings in a row that end where the rest begins
    _begun = 0  # the line of the first of them, which may still be open; 0 where there is none

    def _look(self, seen: bytes) -> int:
        if not self._begun and _OPENS not in seen:
            return self._kept(seen, 0)
        place = 0
        while place >= 0:
            if opening := _OPENING.match(seen, place):
                self._begun = self._begun or self._line(seen, place)
                self._level, place = self._level + 1, opening.end()
                if self._level > MOST_LEVELS:
                    raise DeepTerm(self._begun)
            elif _PART.match(seen, place) or (self._begun and place == len(seen)):
                self._begun = self._begun or self._line(seen, place)
                return place
            else:
                self._level = self._begun = 0
                last, place = place, seen.find(_OPENS, place + seen.startswith(_OPENS, place))
        return self._kept(seen, last)

    def _kept(self, seen: bytes, start: int) -> int:
        """Where a last opening would begin of which not all is there."""
        return max(start, len(seen) - len(_OPENS) + 1)

    def read(self, size: int = -1) -> bytes:
        """The same, where of a long opening that is not there whole only its parts are kept."""
        given = super().read(size)
        if len(self._rest) > _WINDOW:
            lines = self._rest.count(b"\n")
            self._rest = _LONG.sub(_parts_of, self._rest)
            self._lines += lines - self._rest.count(b"\n")
        return given


def _parts_of(long: re.Match[bytes]) -> bytes:
    """What is left of a part of an opening, which another can follow as it could follow all of it."""
    return b"".join(filter(None, long.groups())) or b" "
