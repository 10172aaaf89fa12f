"""What lines say of one thing after another, found once and kept, in a file or in memory: several go through the same.

To find which observations are alike costs ten times as much as to read it. What is kept is a fifth as long as the
lines, and nothing that Python looks through for what nobody holds any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec

from shapes.series import Series, Stretch, Thing, in_batches

_AT_ONCE = 1 << 20  # letters
_LENGTH = 8  # bytes that tell how many follow

_Written = tuple[str, str, list[str], list[Series]]
"""The first thing and the last, with the tails of the one, or with the series of both."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[_Written])


def keep(found: Iterable[Stretch], file: Path) -> None:
    """Write stretches into a file. It is for this build alone, and not flushed."""
    deque(keeping(found, file), 0)


def keeping(found: Iterable[Stretch], file: Path) -> Iterator[Stretch]:
    """The same stretches; all of them are kept in a file when the last has been taken."""
    file.unlink(missing_ok=True)  # who still reads it goes on with it
    with file.open("wb") as kept:
        for content, some in _packing(found):
            kept.write(len(content).to_bytes(_LENGTH))
            kept.write(content)
            yield from some


def read(file: Path) -> Iterator[Stretch]:
    """The stretches that were kept in a file."""
    with file.open("rb") as kept:
        while length := kept.read(_LENGTH):
            yield from _unpacked(kept.read(int.from_bytes(length)))


class Kept:
    """Stretches that are found once, and kept in memory when the last has been taken."""

    def __init__(self, find: Callable[[], Iterator[Stretch]]) -> None:
        self._find = find
        self._packs: list[bytes] | None = None

    def stretches(self) -> Iterator[Stretch]:
        """One after another."""
        return self._finding() if self._packs is None else chain.from_iterable(map(_unpacked, self._packs))

    def _finding(self) -> Iterator[Stretch]:
        packs: list[bytes] = []
        for content, some in _packing(self._find()):
            packs.append(content)
            yield from some
        self._packs = packs


def _packing(found: Iterable[Stretch]) -> Iterator[tuple[bytes, list[Stretch]]]:
    """Some stretches at a time, and what tells them."""
    for some in in_batches(found, _AT_ONCE):
        yield _ENCODER.encode([*map(_written, some)]), some


def _unpacked(content: bytes) -> Iterator[Stretch]:
    """The stretches that this tells."""
    for first, last, tails, series in _DECODER.decode(content):
        yield Stretch(first, last, series or [Thing(first, tails)])


def _written(stretch: Stretch) -> _Written:
    match stretch.members:
        case [Thing(tails=tails)]:
            return stretch.first, stretch.last, tails, []
        case members:
            return stretch.first, stretch.last, [], [member for member in members if isinstance(member, Series)]
