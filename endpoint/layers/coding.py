"""Content codings: what a client can unpack, and bytes packed for it (RFC 9110, sections 8.4 and 12.5.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from zlib_ng import zlib_ng

from endpoint.negotiation import Values, remembered

SMALL = 1000
"""Bytes below which an answer is sent as it is: packing would cost more than it saves."""

_ASIDE = 32 * 1024  # bytes from which packing is done in a thread, so that others are not kept waiting
_PACKED_ALREADY = {b"image/png", b"image/jpeg", b"font/woff2", b"application/gzip", b"application/zip"}
_WITHOUT_BODY = {204, 206, 304}  # or with a part of one, whose ranges are those of the bytes as they are


class Packer(Protocol):
    """What packs the bytes of one answer, piece by piece."""

    def pack(self, data: bytes) -> bytes:
        """The packed bytes of a piece, as far as they are ready."""

    def end(self) -> bytes:
        """The packed bytes that are left."""


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=4)

    def pack(self, data: bytes) -> bytes:
        return bytes(self._compressor.process(data))

    def end(self) -> bytes:
        return bytes(self._compressor.finish())


class _Gzip:
    def __init__(self) -> None:
        self._compressor = zlib_ng.compressobj(level=5, wbits=31)

    def pack(self, data: bytes) -> bytes:
        return self._compressor.compress(data)

    def end(self) -> bytes:
        return self._compressor.flush()


PACKERS: dict[str, Callable[[], Packer]] = {"br": _Brotli, "gzip": _Gzip}
"""The codings by name; the first is preferred where a client likes several equally."""

_OTHERWISE = {"x-gzip": "gzip"}
"""Names that mean the same as another (RFC 9110, section 8.4.1.3); where a client writes both, that one counts."""


@remembered
def choose_coding(accept_encoding: Values) -> str | None:
    """The coding that a client likes best, None where it is to get the bytes as they are."""
    named = {name.lower(): quality for name, quality in parse_accept_header(", ".join(accept_encoding), Accept)}
    liked = {_OTHERWISE.get(name, name): quality for name, quality in named.items()} | named
    rest = liked.get("*", 0.0)
    best = max(PACKERS, key=lambda name: liked.get(name, rest))
    quality = liked.get(best, rest)
    return best if quality > 0 and quality >= liked.get("identity", 0.0) else None


def coding_for(said: Mapping[bytes, bytes]) -> str | None:
    """The same by the headers of a request."""
    coded = said.get(b"accept-encoding")
    return None if coded is None else choose_coding((coded.decode("latin-1"),))


def may_be_packed(status: int, headers: dict[bytes, bytes]) -> bool:
    """True for an answer with a whole body that is not packed yet."""
    media_type = headers.get(b"content-type", b"").partition(b";")[0]
    is_packed = b"content-encoding" in headers or media_type in _PACKED_ALREADY
    return status not in _WITHOUT_BODY and media_type != b"" and not is_packed


async def pack(packer: Packer, data: bytes, is_last: bool) -> bytes:
    """The packed bytes of a piece; long pieces are packed in a thread."""
    if len(data) > _ASIDE:
        return await asyncio.to_thread(packed, packer, data, is_last)
    return packed(packer, data, is_last)


def packed(packer: Packer, data: bytes, is_last: bool) -> bytes:
    """The packed bytes of a piece, which others wait for."""
    found = packer.pack(data)
    return found + packer.end() if is_last else found
