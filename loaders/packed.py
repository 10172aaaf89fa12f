"""One gzip file made of pieces, each packed by itself, so that a later release can take a piece over as it is.

The pieces are parts of a single deflate stream (RFC 1951, 3.2.4: an empty block ends each on a whole byte, and none
looks back into another), so the file is a gzip file of one member (RFC 1952), which every program unpacks.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from zlib_ng import zlib_ng

_LEVEL = 3  # level 5 makes files of statements a fifth smaller, and takes more than twice as long
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, any system
_END = b"\x03\x00"  # the last block, which is empty
_PORTION = 1 << 18
_BYTES_AT_ONCE = 1 << 20


class Place(NamedTuple):
    """Where a piece stands in its file, the CRC-32 of what is packed in it, and of how many bytes that is."""

    start: int
    end: int
    checksum: int
    length: int


class Piece(NamedTuple):
    """A piece of a file."""

    file: Path
    place: Place


def write_gzip(path: Path, content: Iterable[bytes]) -> None:
    """Write a gzip file without a name and a time: the same content is the same bytes. It is not flushed yet."""
    write_pieces(path, [(content, None)])


def write_pieces(path: Path, pieces: Iterable[tuple[Iterable[bytes], Piece | None]]) -> list[Place]:
    """Write a gzip file, piece by piece; where each stands. It is not flushed yet.

    A piece that another file has already is copied from there: it must be of the same content, which is not gone
    through. The same content is the same bytes, in whatever portions it is given.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    places: list[Place] = []
    with path.open("wb") as file:
        file.write(_HEADER)
        for content, taken in pieces:
            start = file.tell()
            if taken is None:
                checksum, length = _pack(content, file)
            else:
                checksum, length = taken.place.checksum, taken.place.length
                _copy(taken, file)
            places.append(Place(start, file.tell(), checksum, length))
        checksum, length = checksum_of(places), sum(place.length for place in places)
        file.write(_END + struct.pack("<II", checksum, length & 0xFFFFFFFF))
    return places


def _pack(content: Iterable[bytes], file: BinaryIO) -> tuple[int, int]:
    """Write a piece; the CRC-32 of its content, and how many bytes that is."""
    packer = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS)
    checksum, length = 0, 0
    for some in _in_portions(content):
        checksum, length = zlib_ng.crc32(some, checksum), length + len(some)
        file.write(packer.compress(some))
    file.write(packer.flush(zlib_ng.Z_FULL_FLUSH))
    return checksum, length


def _in_portions(content: Iterable[bytes]) -> Iterator[memoryview]:
    """The same content in portions of equal size but for the last: what it is packed into depends on them too."""
    waiting = b""
    for some in content:
        waiting += some
        whole = len(waiting) // _PORTION * _PORTION
        yield from (memoryview(waiting)[start : start + _PORTION] for start in range(0, whole, _PORTION))
        waiting = waiting[whole:]
    yield memoryview(waiting)


def checksum_of(places: Iterable[Place]) -> int:
    """The CRC-32 of what pieces have in them, one after another."""
    checksum = 0
    for place in places:
        checksum = zlib_ng.crc32_combine(checksum, place.checksum, place.length)
    return checksum


def read_piece(path: Path, start: int, end: int) -> list[str]:
    """The lines of one piece of a file, without their ends. Raises OSError, ValueError, zlib.error."""
    with path.open("rb") as file:
        file.seek(start)
        packed = file.read(end - start)
    if len(packed) < end - start:
        raise ValueError(f"it ends before {end}")
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed).decode("utf-8").split("\n")[:-1]


def find_line(read: Callable[[int, int], list[str]], places: Sequence[tuple[int, int]], key: str) -> str | None:
    """The line that begins with a key and a tab, in pieces whose lines are in order; None where there is none.

    The pieces are halved, and the lines of each that is looked at are read: some ten of a thousand pieces.
    """
    at = bisect_right(places, key, key=lambda place: read(*place)[0].partition("\t")[0])
    lines = read(*places[at - 1]) if at else []
    return next((line for line in lines if line.startswith(f"{key}\t")), None)


def whole(path: Path) -> tuple[int, int]:
    """Where the one piece stands in a gzip file without a name that was not made of pieces. Raises OSError."""
    return len(_HEADER), path.stat().st_size


def _copy(piece: Piece, target: BinaryIO) -> None:
    with piece.file.open("rb") as source:
        source.seek(piece.place.start)
        left = piece.place.end - piece.place.start
        while left and (some := source.read(min(left, _BYTES_AT_ONCE))):
            target.write(some)
            left -= len(some)
    if left:
        raise EOFError(f"{piece.file} ends before {piece.place.end}")
