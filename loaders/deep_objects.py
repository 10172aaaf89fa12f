"""Objects and lists of JSON that stand in one another in too many levels, refused as the file is read."""

from __future__ import annotations

import re

from loaders.deep import MOST_LEVELS, TooDeep, Watched

_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_MARK = re.compile(_TEXT.pattern + rb"|[\[\]{}]", re.DOTALL)
_OUTSIDE = re.compile(rb'(?:[^"]++|' + _TEXT.pattern + rb")*+", re.DOTALL)
_INSIDE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)


class DeepObject(TooDeep):
    """An object or list that stands in too many others, by its line."""

    def __init__(self, line: int) -> None:
        super().__init__(
            line,
            f"objects and lists stand in one another in more than {MOST_LEVELS:,} levels; write the things beside one "
            "another, each with its @id",
        )


class WatchedObjects(Watched):
    """JSON, whose reading raises DeepObject before what nests too deep has been given."""

    _level = 0
    _is_text = False  # the rest is in a text

    def _look(self, seen: bytes) -> int:
        place = 0
        if self._is_text:
            place = _end(_INSIDE, seen, 0)
            if not seen.startswith(b'"', place):
                return place
            place += 1
        end = _end(_OUTSIDE, seen, place)
        self._count(seen, place, end)
        self._is_text = end < len(seen)
        return _end(_INSIDE, seen, end + 1) if self._is_text else end

    def _count(self, seen: bytes, start: int, end: int) -> None:
        """Count what opens and closes between two places, where no text is cut. Raises DeepObject."""
        outside = _TEXT.sub(b"", seen[start:end])
        opened, closed = (outside.count(one) + outside.count(other) for one, other in ((b"{", b"["), (b"}", b"]")))
        if self._level + opened <= MOST_LEVELS:
            self._level = max(self._level + opened - closed, 0)
            return
        for mark in _MARK.finditer(seen, start, end):
            if mark[0] in b"{[":
                self._level += 1
                if self._level > MOST_LEVELS:
                    raise DeepObject(self._line(seen, mark.start()))
            elif mark[0] in b"}]":
                self._level = max(self._level - 1, 0)


def _end(pattern: re.Pattern[bytes], seen: bytes, start: int) -> int:
    found = pattern.match(seen, start)
    return found.end() if found else start
