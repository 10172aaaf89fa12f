"""One gzip file made of pieces, each packed by itself, so that a later release can take a piece over as it is.

The pieces are parts of a single deflate stream (RFC 1951, 3.2.4: an empty block ends each on a whole byte, and none
looks back into another), so the file is a gzip file of one member (RFC 1952), which every program unpacks.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

_LEVEL = 6
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, any system
_END = b"\x03\x00"  # the last block, which is empty
_LINES_AT_ONCE = 2000
_BYTES_AT_ONCE = 1 << 20


class Piece(NamedTuple):
    """Where a piece stands in its file, and the file."""

    file: Path
    start: int
    end: int


def write_pieces(path: Path, pieces: Iterable[tuple[Iterable[str], Piece | None]]) -> list[tuple[int, int]]:
    """Write a gzip file of lines, piece by piece; where each begins and ends. It is not flushed yet.

    A piece that another file has already is copied from there: it must be of these same lines. Same lines, same bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    places, checksum, length = [], 0, 0
    with path.open("wb") as file:
        file.write(_HEADER)
        for lines, taken in pieces:
            start = file.tell()
            packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
            for some in _encoded(lines):
                checksum, length = zlib.crc32(some, checksum), length + len(some)
                if taken is None:
                    file.write(packer.compress(some))
            if taken is None:
                file.write(packer.flush(zlib.Z_FULL_FLUSH))
            else:
                _copy(taken, file)
            places.append((start, file.tell()))
        file.write(_END + struct.pack("<II", checksum, length & 0xFFFFFFFF))
    return places


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    waiting = iter(lines)
    while some := "".join(islice(waiting, _LINES_AT_ONCE)):
        yield some.encode("utf-8")


def _copy(piece: Piece, target: BinaryIO) -> None:
    with piece.file.open("rb") as source:
        source.seek(piece.start)
        left = piece.end - piece.start
        while left and (some := source.read(min(left, _BYTES_AT_ONCE))):
            target.write(some)
            left -= len(some)
    if left:
        raise EOFError(f"{piece.file} ends before {piece.end}")
