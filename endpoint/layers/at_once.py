"""Lookups, and answers that are kept, given before anything else looks at a request: that takes longer than they do.

What layers do about every answer are functions of their own, and those are called here one after the other. The answer
is the one that the layers would give, headers and all, as are its account, and what is kept of it for whoever asks
again; tests hold what is written here to that. Whatever else is asked, or asked in any other way, is for the layers
(`endpoint/app.py`).
"""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from typing import NamedTuple

from starlette.datastructures import State
from starlette.types import ASGIApp, Receive, Scope, Send

from endpoint.choice import liked_by, prefers_page
from endpoint.dataset import Dataset
from endpoint.formats import RESULTS, Format
from endpoint.guard import LOOKUPS
from endpoint.layers.accounts import Account, tell
from endpoint.layers.caching import Caching, Kept
from endpoint.layers.coding import PACKERS, SMALL, coding_for, packed
from endpoint.layers.conditions import CONDITIONS, REVALIDATED, verdict
from endpoint.layers.headers import RawHeaders, fields, with_those_of_every_answer
from endpoint.operation import Limits, lookup_for, plain_query
from endpoint.query_page.remarks import finds_nothing
from endpoint.settings import Settings
from ontology import addresses

log = logging.getLogger("miljograf")

_PLACE = f"/{addresses.SPARQL}"

_TELLING = frozenset({b"accept", b"accept-encoding", b"accept-language", b"accept-profile", b"range"})
_DECIDING = _TELLING | CONDITIONS
"""The headers of a request that its answer depends on. Conditions are of one answer, all others of a client."""

_FOR_LAYERS = "is_for_layers"
"""What the state of a request has once it was looked at here in vain."""

_CLIENTS = 128  # that are remembered, by these headers: they may be long


class _Client(NamedTuple):
    """What whoever sends such headers wants of every answer."""

    said: dict[bytes, bytes]
    results: Format
    coding: str | None
    headers: RawHeaders  # of the answer, but for its length and tag


class AtOnce:
    """The layer round all others, which answers lookups by GET, and what was asked before."""

    def __init__(self, app: ASGIApp, state: State, caching: Caching, settings: Settings) -> None:
        self.app = app
        self.state = state
        self.caching = caching
        self.limits = Limits.of(settings)
        self.most_bytes = settings.max_query_bytes
        self.keeps = settings.cache_bytes > 0  # else not even a head, which is as soon made as looked for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        given = self.answer(scope)
        if given is None:
            await self.app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": given.headers})
        await send({"type": "http.response.body", "body": given.body})

    def answer(self, scope: Scope) -> Kept | None:
        """What a request is answered at once, which is told of; None for all else, which is for the layers.

        The server asks before it makes anything that stands for a request and its answer (`arrival`).
        """
        begun, site = time.perf_counter(), self.state.site
        if scope["path"] != _PLACE or scope["method"] != "GET" or _FOR_LAYERS in scope.setdefault("state", {}):
            return None
        try:
            found = self._found(site, scope)
        except Exception:  # of ours: the layers answer, and tell of it where they meet it too
            log.exception("what is to be answered at once was not")
            found = None
        if found is None:
            scope["state"][_FOR_LAYERS] = True  # so that nobody looks again
            return None
        (headers, body), told = found
        tell(scope, {"status": 200, "bytes": len(body), "whole": True, **told}, time.perf_counter() - begun)
        return Kept(with_those_of_every_answer(headers, site.id), body)

    def _found(self, site: Dataset, scope: Scope) -> tuple[Kept, Account] | None:
        """An answer that is kept, or that of a lookup, and what is told of it; None for all else."""
        deciding = [pair for pair in scope["headers"] if pair[0] in _DECIDING]
        telling = [pair for pair in deciding if pair[0] in _TELLING]
        client = _client_of(tuple(telling))
        if client is None:
            return None
        tag = self.caching.tag_of(site, scope, client.said, client.coding)
        if len(telling) < len(deciding) and verdict(fields(deciding), {b"etag": tag}) is not None:
            return None
        kept = self.caching.room.get(tag)
        if kept is not None:
            return kept, {"cache": "hit"}
        query = self._query(scope["query_string"])
        if query is None or site.holds_new_terms:
            return None
        answer = site.look_up(lookup_for(site, query, client.results, self.limits))
        if answer is None or finds_nothing(answer, query):
            scope["state"]["looked_up"] = answer  # so that the layers do not look again
            return None
        kept = _written(answer.content, tag, client)
        if self.keeps:
            self.caching.room.keep(tag, kept)
        rows = {"rows": answer.rows} if answer.rows is not None else {}
        return kept, {"query": query, "form": LOOKUPS[answer.form].form, **rows, "cache": "miss"}

    def _query(self, encoded: bytes) -> str | None:
        """The query that is asked without anything beside it; None where that is not so, or may be too long."""
        try:
            return plain_query(encoded) if len(encoded) <= self.most_bytes else None
        except UnicodeDecodeError:
            return None


def _written(body: bytes, tag: bytes, client: _Client) -> Kept:
    """An answer as it goes to a client, but for the headers of every answer."""
    headers = [*client.headers, (b"etag", tag)]
    if client.coding is not None and len(body) >= SMALL:
        body = packed(PACKERS[client.coding](), body, is_last=True)
        headers.append((b"content-encoding", client.coding.encode()))
    return Kept([*headers, (b"content-length", b"%d" % len(body))], body)


@lru_cache(_CLIENTS)
def _client_of(telling: tuple[tuple[bytes, bytes], ...]) -> _Client | None:
    """What headers ask for; None where it is a part, a page or something that there is not."""
    said = fields(list(telling))
    if b"range" in said:
        return None
    accept = tuple(value.decode("latin-1") for name, value in telling if name == b"accept")
    liked = liked_by(accept, ())
    if liked.results is None or (liked.may_be_a_page and prefers_page(accept, (), RESULTS)):
        return None
    headers = [
        (b"vary", b"Accept, Accept-Encoding"),
        (b"content-type", liked.results.of_version(liked.version_of_results).encode()),
        (b"cache-control", REVALIDATED.encode()),
    ]
    return _Client(said, liked.results, coding_for(said), headers)
