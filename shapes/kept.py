"""What lines say of one thing after another, found once and kept in a file: several go through the same lines.

To find which observations are alike costs ten times as much as to read it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
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
        for some in in_batches(found, _AT_ONCE):
            content = _ENCODER.encode([*map(_written, some)])
            kept.write(len(content).to_bytes(_LENGTH))
            kept.write(content)
            yield from some


def read(file: Path) -> Iterator[Stretch]:
    """The stretches that were kept in a file."""
    with file.open("rb") as kept:
        while length := kept.read(_LENGTH):
            for first, last, tails, series in _DECODER.decode(kept.read(int.from_bytes(length))):
                yield Stretch(first, last, series or [Thing(first, tails)])


def _written(stretch: Stretch) -> _Written:
    match stretch.members:
        case [Thing(tails=tails)]:
            return stretch.first, stretch.last, tails, []
        case members:
            return stretch.first, stretch.last, [], [member for member in members if isinstance(member, Series)]
