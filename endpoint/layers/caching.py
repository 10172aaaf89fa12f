"""Answers kept for whoever asks the same again, and tags that tell a client what it has already (RFC 9110, 9111).

A release never changes, so what is asked decides the answer: its tag follows from the release, the software and the
request, before any query runs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from cachetools import LRUCache
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from endpoint.dataset import Dataset
from endpoint.layers.coding import PACKERS, SMALL, Packer, coding_for, may_be_packed, pack
from endpoint.layers.conditions import (
    FAILED,
    NOT_MODIFIED,
    REVALIDATED,
    Said,
    failed,
    has_conditions,
    head_of_a_304,
    verdict,
)
from endpoint.layers.headers import RawHeaders, fields
from endpoint.negotiation import language_of
from endpoint.problems import respond
from endpoint.settings import Settings
from endpoint.software import build
from ontology.text import LANGUAGES

LITTLE = 32 * 1024
"""Bytes up to which an answer is little. Little ones have half of the room for themselves, so that a few long ones
never drive out the many."""

_LONGEST = 16  # a long answer is kept if so many of its size have room
_HOLDING = 512  # bytes that what holds an answer takes beside its body and its headers, roughly
_HOLDING_ONE = 128  # the same of one header, beside its name and value
_HEADS = 20_000  # answers that are not kept whose head is, so that a tag can be confirmed without asking anything
_MOST_OF_HEADS = 40 * 1024 * 1024  # bytes of these heads
_LIKINGS = 128  # of clients that are remembered, by their headers: those may be long
_ANSWERED = 200
_REVALIDATED = REVALIDATED.encode()
_GIVEN = {_ANSWERED, 206}
_PAGES = tuple(f"/{language}/" for language in LANGUAGES)  # what is there depends on the address alone


class Kept(NamedTuple):
    """An answer that may be given again."""

    headers: RawHeaders
    body: bytes


@dataclass(slots=True)
class Room:
    """A bounded number of bytes for answers; the one that was asked for longest ago makes way."""

    size: int
    _little: LRUCache[bytes, Kept] = field(init=False)
    _long: LRUCache[bytes, Kept] = field(init=False)
    _heads: OrderedDict[bytes, RawHeaders] = field(default_factory=OrderedDict)
    _of_heads: int = 0  # bytes

    def __post_init__(self) -> None:
        self._little = LRUCache(self.size // 2, getsizeof=_size)
        self._long = LRUCache(self.size // 2, getsizeof=_size)

    def get(self, tag: bytes) -> Kept | None:
        """The answer with a tag, if it is kept."""
        return self._little.get(tag) or self._long.get(tag)

    def head(self, tag: bytes) -> RawHeaders | None:
        """The head of the answer with a tag, kept even where the answer was too long to be."""
        kept = self.get(tag)
        if kept is not None:
            return kept.headers
        if tag in self._heads:
            self._heads.move_to_end(tag)
        return self._heads.get(tag)

    def keep(self, tag: bytes, kept: Kept) -> None:
        """Keep an answer, or only its head if the whole would take too much from others."""
        size = _size(kept)
        if size <= min(LITTLE, self._little.maxsize):
            self._little[tag] = kept
        elif self.takes(size):
            self._long[tag] = kept
        else:
            self.keep_head(tag, kept.headers)

    def keep_head(self, tag: bytes, headers: RawHeaders) -> None:
        """Keep the head of an answer."""
        self._of_heads += _size_of_head(headers) - _size_of_head(self._heads.pop(tag, None))
        self._heads[tag] = headers
        while len(self._heads) > _HEADS or self._of_heads > _MOST_OF_HEADS:
            _, oldest = self._heads.popitem(last=False)
            self._of_heads -= _size_of_head(oldest)

    def takes(self, size: int) -> bool:
        """True where an answer of so many bytes may be kept."""
        return size * _LONGEST <= self._long.maxsize

    @property
    def bytes(self) -> int:
        """What the answers take that are kept now."""
        return int(self._little.currsize + self._long.currsize)


class Caching:
    """A layer that packs answers, gives each its entity tag, and answers from memory what was answered before.

    Answers that say `no-store`, errors and answers with a tag of their own have no tag of ours and are not kept.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.room = Room(settings.of_one_front().cache_bytes)
        made_by = _digest(f"{build()} {settings}").hexdigest()
        self._begun = lru_cache(_LIKINGS)(lambda *liked: _digest(repr((made_by, liked))))  # a tag, as far as most agree

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        said = fields(scope["headers"])
        coding = coding_for(said)
        if scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, _Sending(send, coding))
            return

        async def refuse() -> None:
            await respond(Request(scope), failed())(scope, receive, _Sending(send, coding))

        tag = self.tag_of(scope["state"]["site"], scope, said, coding)
        state = scope.setdefault("state", {})
        head = self.room.head(tag) if has_conditions(said) else None
        kept = self.room.get(tag)
        if b"range" in said and _is_in_ranges(head or (kept and kept.headers)):
            head = kept = None  # a part of it has a tag of its own
        status = verdict(said, dict(head)) if head is not None else None
        if status == NOT_MODIFIED and head is not None:
            state["cache"] = "not-modified"
            await _send(send, NOT_MODIFIED, head_of_a_304(head), b"")
        elif status == FAILED:
            await refuse()
        elif kept is not None:
            state["cache"] = "hit"
            await _send(send, _ANSWERED, kept.headers, b"" if scope["method"] == "HEAD" else kept.body)
        else:
            state["cache"] = "miss"
            is_whole = scope["method"] == "GET"
            await self.app(scope, receive, _Sending(send, coding, said, refuse, self.room, tag, is_whole))

    def tag_of(self, site: Dataset, scope: Scope, said: Said, coding: str | None) -> bytes:
        """The strong entity tag of what a request asks for: all that the answer depends on goes into it."""
        liked: tuple[object, ...] = ()
        if not scope["path"].startswith(_PAGES):
            wanted = said.get(b"accept-language")  # where it is not said, a program is answered in another language
            language = None if wanted is None else language_of((wanted.decode("latin-1"),))
            liked = (said.get(b"accept"), language, said.get(b"accept-profile"))
        tag = self._begun(site.id, site.prefix, liked, coding).copy()
        tag.update(repr((scope["path"], scope["query_string"])).encode())
        return b'"%s"' % tag.hexdigest().encode()


@dataclass(slots=True)
class _Sending:
    """Sends one answer. Its start waits for the first piece of its body, which tells how it is packed and kept."""

    send: Send
    coding: str | None
    said: dict[bytes, bytes] = field(default_factory=dict)  # by the request, whose conditions count here
    refuse: Callable[[], Awaitable[None]] | None = None  # answers a request whose conditions fail
    room: Room | None = None
    tag: bytes = b""
    may_keep: bool = False
    _start: Message | None = None
    _packer: Packer | None = None
    _is_silent: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] != "http.response.body":
            await self.send(message)
        elif self._start is not None:
            start, self._start = self._start, None
            await self._begin(start, message.get("body", b""), message.get("more_body", False))
        else:
            await self._go_on(message.get("body", b""), message.get("more_body", False))

    async def _begin(self, start: Message, body: bytes, more: bool) -> None:
        """Send the start and the first piece, which most often is all."""
        status, headers = start["status"], start["headers"]
        named = dict(headers)
        if may_be_packed(status, named):
            headers = _varying(headers, named, b"Accept-Encoding")
            if self.coding is not None and (more or len(body) >= SMALL):
                self._packer = PACKERS[self.coding]()
                body = await pack(self._packer, body, is_last=not more)
                headers = [pair for pair in headers if pair[0] != b"content-length"]
                headers.append((b"content-encoding", self.coding.encode()))
                if not more:
                    headers.append((b"content-length", b"%d" % len(body)))
        is_tagged = status == _ANSWERED and b"etag" not in named and self.room is not None
        if is_tagged and b"no-store" not in named.get(b"cache-control", b""):
            headers = [*headers, (b"etag", self.tag)]
            if b"cache-control" not in named:
                headers.append((b"cache-control", _REVALIDATED))
            self._keep(headers, body, more)
        replaced = verdict(self.said, dict(headers)) if status in _GIVEN and has_conditions(self.said) else None
        if replaced is not None:
            self._is_silent = True
        if replaced == NOT_MODIFIED:
            await _send(self.send, NOT_MODIFIED, head_of_a_304(headers), b"")
        elif replaced == FAILED and self.refuse is not None:
            await self.refuse()
        else:
            await self.send({**start, "headers": headers})
            await self.send({"type": "http.response.body", "body": body, "more_body": more})

    def _keep(self, headers: RawHeaders, body: bytes, more: bool) -> None:
        """Keep the answer if it is whole. One that comes in pieces waits in a file, and is too long to be kept."""
        if self.room is None:
            return
        if self.may_keep and not more:
            self.room.keep(self.tag, Kept(headers, body))
        else:
            self.room.keep_head(self.tag, headers)

    async def _go_on(self, body: bytes, more: bool) -> None:
        """Send the next piece."""
        if self._is_silent:
            return
        if self._packer is not None:
            body = await pack(self._packer, body, is_last=not more)
        await self.send({"type": "http.response.body", "body": body, "more_body": more})


def _varying(headers: RawHeaders, named: dict[bytes, bytes], by: bytes) -> RawHeaders:
    """The headers with one more name in `Vary`."""
    vary = named.get(b"vary")
    if vary is None:
        return [*headers, (b"vary", by)]
    if by in vary:
        return headers
    return [(name, value + b", " + by) if name == b"vary" else (name, value) for name, value in headers]


def _is_in_ranges(headers: RawHeaders | None) -> bool:
    """True for an answer that ranges can be had of."""
    return headers is not None and any(name == b"accept-ranges" for name, _ in headers)


async def _send(send: Send, status: int, headers: RawHeaders, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _digest(text: str) -> blake2b:
    return blake2b(text.encode(), digest_size=12)


def _size(kept: Kept) -> int:
    return len(kept.body) + _size_of_head(kept.headers)


def _size_of_head(headers: RawHeaders | None) -> int:
    """About the bytes that a head takes with what holds it; none where there is none."""
    if headers is None:
        return 0
    return _HOLDING + _HOLDING_ONE * len(headers) + sum(map(len, chain.from_iterable(headers)))
