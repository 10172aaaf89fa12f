"""What was packed for the way, unpacked whole: an answer that has lost its end is not taken for one that is short."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

CODING = "gzip"
"""The only content coding that is asked for (RFC 9110, section 8.4.1.3)."""

_AS_IT_IS = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip"})
_MOST_AT_ONCE = 1 << 20


class NotPacked(ValueError):
    """An answer is packed in a way that was not asked for, or not at all as it says."""


class CutOff(ValueError):
    """An answer that is packed has lost its end."""


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The pieces of an answer in its content coding, as they come, in pieces of bounded size.

    Raises NotPacked for what cannot be unpacked, and CutOff, after the last piece, for what does not end.
    """
    named = coding.strip().lower()
    if named in _AS_IT_IS:
        yield from pieces
    elif named in _PACKED:
        yield from _unpacked(pieces)
    else:
        raise NotPacked(f"it is packed with {coding.strip()!r}, and {CODING} was asked for")


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The members of a gzip file, one after the other (RFC 1952, section 2.2)."""
    member = None
    for piece in pieces:
        waiting = piece
        while waiting:
            member = member or zlib.decompressobj(wbits=31)
            try:
                yield member.decompress(waiting, _MOST_AT_ONCE)
            except zlib.error as error:
                raise NotPacked(f"the answer is not compressed as it says ({error})") from error
            waiting = member.unconsumed_tail or member.unused_data
            if member.eof:
                member = None
    while member is not None and (rest := member.decompress(member.unconsumed_tail, _MOST_AT_ONCE)):
        yield rest
    if member is not None and not member.eof:
        raise CutOff("the answer broke off: it is packed, and its end is missing")
