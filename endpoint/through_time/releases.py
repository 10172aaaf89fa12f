"""`/releases/`: the releases that are kept, for readers and programs; and what changed in one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from fastapi import APIRouter, Request
from rdflib import Graph, Literal, URIRef
from starlette.responses import RedirectResponse, Response

from endpoint.formats import GRAPHS, HTML, PLAIN_JSON, Format
from endpoint.interface.replies import ReleasesTold, ReleaseTold, written
from endpoint.mapping.matrix import natural
from endpoint.mapping.stock import Stock, read_stock
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.problems import not_acceptable
from endpoint.rendering import page
from endpoint.site import Site
from endpoint.through_time.archive import Shelf
from endpoint.through_time.history import anchor
from endpoint.through_time.revisions import revise
from endpoint.workers.worker import GRAPH_FORMATS
from loaders.changes import FILE as CHANGES
from loaders.release import DamagedRelease, NoRelease, Release, Releases, stamp
from loaders.saying import Account, as_turtle, day
from ontology import addresses
from ontology.description import DCAT, DCTERMS, VOID, XSDTypes, prefixes
from ontology.kinds import KINDS
from ontology.namespaces import RDF
from ontology.text import Language

router = APIRouter()

_OFFERS = (PLAIN_JSON, *GRAPHS, HTML)
"""`application/json` means the list itself; JSON-LD has a name of its own."""


_MOST_READ = 10_000
"""Releases that are remembered in short, each in half a kilobyte."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One release in a list; `is_kept` is False for one of which only its record is left."""

    id: str
    made: str
    reference_date: str
    triples: int
    previous: str | None
    is_kept: bool

    def address(self, site: Site) -> str:
        """Where it answers."""
        return f"{site.root}{addresses.RELEASES}{self.id}/"


@router.api_route("/releases", methods=READ)
async def without_a_slash() -> Response:
    """The list of releases has a slash at its end, since they lie in it."""
    return RedirectResponse(f"/{addresses.RELEASES}", 308)


@router.api_route(f"/{addresses.RELEASES}", methods=READ)
async def index(request: Request) -> Response:
    """The releases that are kept, and those that were: JSON or RDF for programs, a page for readers."""
    found = await asyncio.to_thread(summaries, _shelf(request).releases)
    return _answer(request, found, f"/{choose_language(request.headers)}/releases")


@router.api_route(f"/{addresses.RELEASES}{{release_id}}", methods=READ)
async def one_without_a_slash(release_id: str, request: Request) -> Response:
    """A release has a slash at its end, since all of it lies there."""
    await asyncio.to_thread(_shelf(request).find, release_id)
    return RedirectResponse(f"/{addresses.RELEASES}{release_id}/", 308)


@router.api_route(f"/{addresses.RELEASES}{{release_id}}/", methods=READ)
async def one(release_id: str, request: Request) -> Response:
    """What a release is: JSON or RDF for programs, its start page for readers."""
    release = await asyncio.to_thread(_shelf(request).find, release_id)
    page_ = f"/{addresses.RELEASES}{release_id}/{choose_language(request.headers)}/"
    return _answer(request, [_told(release, True)], page_)


@router.api_route("/{language:language}/releases", methods=READ, include_in_schema=False)
async def releases_page(language: Language, request: Request) -> Response:
    """The releases in words. No query."""
    found = await asyncio.to_thread(summaries, _shelf(request).releases)
    answer = page("releases.html", language, request, releases=list(reversed(found)))
    return fresh(request, answer, found)


@router.api_route("/{language:language}/changes", methods=READ, include_in_schema=False)
async def changes_page(language: Language, request: Request) -> Response:
    """What changed in this release, kind by kind and in words. No query but the first time."""
    site: Site = request.state.site
    return await asyncio.to_thread(_changes_page, language, request, await read_stock(site))


def _changes_page(language: Language, request: Request, stock: Stock) -> Response:
    """The page, which takes a while where long texts were rewritten."""
    site: Site = request.state.site
    file = site.release.path / CHANGES
    changes: dict[str, Any] | None = json.loads(file.read_bytes()) if file.is_file() else None
    return page(
        "changes.html",
        language,
        request,
        changes=changes,
        kinds=KINDS,
        in_order=_in_order,
        named_after=lambda thing: stock.named_after(site, thing, language),
        revise=revise,
        anchor=anchor,
    )


def _in_order(things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Things as readers count: 8 before 10."""
    return sorted(things, key=lambda thing: natural(thing["thing"]))


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def _answer(request: Request, found: list[Summary], address: str) -> Response:
    """A list of releases in the format that the client likes best; readers are led to a page."""
    chosen = choose_format(request.headers, _OFFERS)
    if chosen is None:
        raise not_acceptable(_OFFERS)
    if chosen is HTML:
        return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})
    site: Site = request.state.site
    content = _as_json(found, site) if chosen is PLAIN_JSON else _as_rdf(found, site, chosen)
    return fresh(request, Response(content, headers={"Vary": "Accept", "Content-Type": chosen.content_type}), found)


def fresh(request: Request, answer: Response, found: Iterable[object]) -> Response:
    """An answer that may change while the release does not: it has a tag of its own, and is asked for each time."""
    told = repr((list(found), request.state.site.id, request.state.site.prefix, bytes(answer.body)))
    answer.headers["ETag"] = f'W/"{blake2b(told.encode(), digest_size=12).hexdigest()}"'
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def summaries(releases: Releases) -> list[Summary]:
    """The releases of a data folder, the oldest first; one whose record cannot be read is left out.

    A record is read once for as long as it stays the same: there may be one for each day of years.
    """
    kept = (_summary(releases.folder / release_id, True) for release_id in releases.ids())
    removed = (_summary(releases.removed / release_id, False) for release_id in releases.removed_ids())
    return sorted((found for found in chain(kept, removed) if found), key=lambda summary: summary.made)


def _summary(path: Path, is_kept: bool) -> Summary | None:
    try:
        return _read(path, is_kept, stamp(path))
    except (NoRelease, DamagedRelease):
        return None


@lru_cache(_MOST_READ)
def _read(path: Path, is_kept: bool, _: object) -> Summary:
    """The summary of a release directory whose record has a stamp. Raises NoRelease and DamagedRelease."""
    return _told(Release.open(path), is_kept)


def _told(release: Release, is_kept: bool) -> Summary:
    record = release.record
    return Summary(
        release.id, record["made"], record["referenceDate"], record["triples"], record.get("previous"), is_kept
    )


def _as_json(found: Iterable[Summary], site: Site) -> bytes:
    listed = [
        ReleaseTold(
            id=summary.id,
            address=summary.address(site),
            made=summary.made,
            reference_date=summary.reference_date,
            triples=summary.triples,
            previous=summary.previous,
            is_current=summary.id == site.id,
            is_kept=summary.is_kept,
        )
        for summary in found
    ]
    return written(ReleasesTold(listed), is_for_eyes=True)


def _as_rdf(found: Iterable[Summary], site: Site, format_: Format) -> bytes:
    content = as_turtle(_graph(found, site), site.base)
    if format_.name == "turtle":
        return content
    triples = [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)]
    return ox.serialize(triples, format=GRAPH_FORMATS[format_.name], prefixes=prefixes(site.base)) or b""


def _graph(found: Iterable[Summary], site: Site) -> Graph:
    """The releases as versions of the dataset that is all of it (DCAT 3)."""
    account = Account(site.base)
    for summary in found:
        release = URIRef(summary.address(site))
        previous = f"{site.root}{addresses.RELEASES}{summary.previous}/" if summary.previous else None
        account.say(addresses.WHOLE, (DCAT.hasVersion, release))
        account.say(
            release,
            (RDF.type, DCAT.Dataset),
            (DCAT.isVersionOf, addresses.WHOLE),
            (DCAT.version, summary.id),
            (DCAT.previousVersion, URIRef(previous) if previous else None),
            (DCTERMS.issued, Literal(summary.made, datatype=XSDTypes.dateTime)),
            (DCTERMS.modified, day(summary.reference_date)),
            (VOID.triples, summary.triples),
        )
    return account.graph
