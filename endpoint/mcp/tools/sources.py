"""Where what a tool gives comes from: who states it, how surely, on what terms; and what only the editors say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec
from rdflib import URIRef

from endpoint.site import Site
from endpoint.workers.pool import QueryFailed


class Statement(msgspec.Struct, frozen=True):
    """That a source states something, with a confidence: `certain` or `likely`."""

    source: str
    confidence: str


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """A source: `editorial` where the editors of Miljögrafen alone stand behind it, `published` where others do.

    `things` are how many of the things in the answer it states something of, `confidence` how surely. Where no licence
    is given, none is stated.
    """

    iri: str
    title: str
    standing: Literal["editorial", "published"]
    confidence: Sequence[str]
    things: int
    publisher: str | None = None
    licence: str | None = None
    attribution: str | None = None


class Stated(NamedTuple):
    """What is stated of some things, by their IRIs, in the order of the sources."""

    of: Mapping[str, list[Statement]]
    sources: Sequence[Source]


async def read_stated(site: Site, things: Iterable[str]) -> Stated | None:
    """Which sources state something of some things. One query; None where it could not be answered in time."""
    asked = [URIRef(thing) for thing in dict.fromkeys(things)]
    try:
        rows = await site.select_among("pages/stated-in", thing=asked) if asked else []
    except QueryFailed:  # the answer is worth more than whose it is, and says that this is not known
        return None
    found: dict[str, list[Statement]] = {}
    for row in rows:
        confidence = str(row["confidence"]).rpartition("/")[2]
        found.setdefault(str(row["thing"]), []).append(Statement(str(row["source"]), confidence))
    in_order = {thing: sorted(of, key=lambda one: (one.source, one.confidence)) for thing, of in found.items()}
    return Stated(in_order, _sources(site, in_order))


def _sources(site: Site, stated: Mapping[str, Iterable[Statement]]) -> list[Source]:
    """The sources, the one that states something of the most things first."""
    of: dict[str, set[str]] = {}
    confidences: dict[str, set[str]] = {}
    for thing, statements in stated.items():
        for one in statements:
            of.setdefault(one.source, set()).add(thing)
            confidences.setdefault(one.source, set()).add(one.confidence)
    ordered = sorted(of, key=lambda source: (-len(of[source]), source))
    return [_source(site, source, sorted(confidences[source]), len(of[source])) for source in ordered]


def _source(site: Site, source: str, confidence: Sequence[str], things: int) -> Source:
    known = site.sources.get(URIRef(source), {})
    return Source(
        iri=source,
        title=known.get("title", source),
        publisher=known.get("publisher"),
        standing="editorial" if source == str(site.editors) else "published",
        confidence=confidence,
        things=things,
        licence=known.get("licence"),
        attribution=known.get("attribution"),
    )
