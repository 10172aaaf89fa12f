"""`/changes`: the changes of all releases as a Linked Data Event Stream, for programs that keep a copy in step.

The root tells which releases there are; it changes with them and is asked for each time. The pages with what each
release changed lie in that release and never change.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import pyoxigraph as ox
from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.responses import RedirectResponse, Response

from endpoint.downloads import FOREVER
from endpoint.formats import GRAPHS, HTML, Format
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.problems import Problem, leading, not_acceptable, not_found, without_form
from endpoint.site import Site
from endpoint.through_time.archive import Shelf
from endpoint.through_time.feed import ATOM, feed_in
from endpoint.through_time.fragments import page_of, root_of, steps
from endpoint.through_time.releases import fresh
from endpoint.workers.worker import GRAPH_FORMATS
from loaders.versions import Activity, Version, Versions, iri_of, read_versions
from ontology import addresses
from ontology.events import prefixes
from ontology.text import LANGUAGES, Text
from ontology.turtle import write_turtle

router = APIRouter()

_OFFERS = (*GRAPHS, HTML)
_OF_THE_ROOT = (*_OFFERS, ATOM)
_FEEDS = tuple(replace(ATOM, suffix=f"{language}.{ATOM.suffix}") for language in LANGUAGES)
_SUFFIXES = {None, *(format_.suffix for format_ in GRAPHS)}
_PAGE = re.compile(r"([1-9][0-9]{0,8})(?:\.([a-z]+))?", re.ASCII)


@router.api_route(f"/{addresses.CHANGES}", methods=READ)
@router.api_route(f"/{addresses.CHANGES}.{{suffix}}", methods=READ)
async def root(request: Request, suffix: str | None = None) -> Response:
    """The root of the stream: what it is, and where the versions of each release begin. No query."""
    site: Site = request.state.site
    shelf: Shelf = request.app.state.shelf
    if suffix not in _SUFFIXES:
        raise without_form(f"{site.address}{addresses.CHANGES}", suffix, (*GRAPHS, *_FEEDS))
    chosen = _chosen(request, suffix, _OF_THE_ROOT)
    if chosen is HTML:
        return _to_readers(request)
    if chosen is ATOM:
        return await feed_in(choose_language(request.headers), request, "Accept, Accept-Language")
    row = await asyncio.to_thread(steps, shelf.releases, site.release)
    if not row:
        raise not_found(f"{site.address}{addresses.CHANGES}")
    content = _write(site, root_of(site, row), chosen)
    headers = _headers(site, addresses.CHANGES, chosen, site.through_time(request.scope["path"][1:]))
    return fresh(request, Response(content, headers=headers), [])


@router.api_route(f"/{addresses.ALL_CHANGES}{{page}}", methods=READ)
async def all_versions(page: str, request: Request) -> Response:
    """A page of the last versions of all things at a release. One query."""
    site: Site = request.state.site
    versions, number, suffix = _read_page(site, page, is_of_all=True)
    if not site.prefix:
        return _within_its_release(request, site)
    chosen = _chosen(request, suffix)
    if chosen is HTML:
        return _to_readers(request)
    listed = await asyncio.to_thread(versions.page, number)
    things = {iri_of(version.thing, site.base): version for version in listed}
    asked = [URIRef(thing) for thing, version in things.items() if version.activity is not Activity.DELETE]
    said = await site.construct_of("about/versions", thing=asked) if asked else b""
    write = partial(_divided, site, versions, number, chosen, things, said)
    return _forever(site, f"{addresses.ALL_CHANGES}{number}", chosen, await asyncio.to_thread(write))


@router.api_route(f"/{addresses.CHANGES}/{{page}}", methods=READ)
async def own_versions(page: str, request: Request) -> Response:
    """A page of the versions that came to be in a release. No query."""
    site: Site = request.state.site
    versions, number, suffix = _read_page(site, page, is_of_all=False)
    if not site.prefix:
        return _within_its_release(request, site)
    chosen = _chosen(request, suffix)
    if chosen is HTML:
        return _to_readers(request)
    content = await asyncio.to_thread(_own, site, versions, number, chosen)
    return _forever(site, f"{addresses.CHANGES}/{number}", chosen, content)


def _read_page(site: Site, page: str, *, is_of_all: bool) -> tuple[Versions, int, str | None]:
    """Which page is asked for, and in which format if the address says so. Raises Problem where there is none."""
    place = addresses.ALL_CHANGES if is_of_all else f"{addresses.CHANGES}/"
    found, versions = _PAGE.fullmatch(page), read_versions(site.release)
    if versions is None:
        raise not_found(f"{site.address}{place}{page}")
    if found is None:
        words = Text("Sidor räknas från 1. Strömmen börjar på", "Pages are counted from 1. The stream begins at")
        raise leading(not_found(f"{site.address}{place}{page}"), words, f"{site.root}{addresses.CHANGES}")
    last = len(versions.pages if is_of_all else versions.own_pages)
    if int(found[1]) > last:
        raise _beyond(site, place, last)
    if found[2] not in _SUFFIXES:
        raise without_form(f"{site.address}{place}{found[1]}", found[2], GRAPHS)
    return versions, int(found[1]), found[2]


def _beyond(site: Site, place: str, last: int) -> Problem:
    first = f"{site.address}{place}1"
    if last == 0:
        return Problem("no-such-page", Text(
            f"Utgåvan {site.release.id} har inga sidor med ändringar. Börja från {site.root}{addresses.CHANGES}.",
            f"The release {site.release.id} has no pages of changes. Begin from {site.root}{addresses.CHANGES}.",
        ))  # fmt: skip
    return Problem("no-such-page", Text(
        f"Utgåvan {site.release.id} har {last} {'sida' if last == 1 else 'sidor'} här; den första är {first}.",
        f"The release {site.release.id} has {last} {'page' if last == 1 else 'pages'} here; the first is {first}.",
    ))  # fmt: skip


def _chosen(request: Request, suffix: str | None, offers: tuple[Format, ...] = _OFFERS) -> Format:
    """The format that the address names, else the one that the client likes best."""
    if suffix is not None:
        return next(format_ for format_ in GRAPHS if format_.suffix == suffix)
    chosen = choose_format(request.headers, offers)
    if chosen is None:
        raise not_acceptable(offers)
    return chosen


def _to_readers(request: Request) -> Response:
    """Readers are led to the page of what changed, in words."""
    address = f"/{choose_language(request.headers)}/{addresses.CHANGES}"
    return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})


def _within_its_release(request: Request, site: Site) -> Response:
    """A page lies in its release, where it stays when another is current."""
    address = f"/{addresses.RELEASES}{site.release.id}{request.scope['path']}"
    return RedirectResponse(address, 307)


def _own(site: Site, versions: Versions, number: int, chosen: Format) -> bytes:
    found = {stated.version: _read_triples(stated.statements) for stated in versions.own_page(number)}
    return _page(site, versions, f"{addresses.CHANGES}/", number, len(versions.own_pages), found, chosen)


def _divided(  # noqa: PLR0913, PLR0917 - what a page is made of
    site: Site, versions: Versions, number: int, chosen: Format, things: Mapping[str, Version], said: bytes
) -> bytes:
    """A page of versions, each with what is said of its thing."""
    found: dict[Version, list[ox.Triple]] = {version: [] for version in things.values()}
    for triple in _read_triples(said):
        if isinstance(triple.subject, ox.NamedNode):
            found[things[triple.subject.value]].append(triple)
    in_order = {version: sorted(triples, key=str) for version, triples in found.items()}
    return _page(site, versions, addresses.ALL_CHANGES, number, len(versions.pages), in_order, chosen)


def _page(  # noqa: PLR0913, PLR0917 - the same, and where it lies
    site: Site,
    versions: Versions,
    place: str,
    number: int,
    last: int,
    found: Mapping[Version, Iterable[ox.Triple]],
    chosen: Format,
) -> bytes:
    following = f"{place}{number + 1}" if number < last else None
    return _write(site, page_of(site, versions, f"{place}{number}", following, found), chosen)


def _read_triples(ntriples: bytes) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)]


def _write(site: Site, triples: list[ox.Triple], chosen: Format) -> bytes:
    named = prefixes(site.base)
    if chosen.name == "turtle":
        return write_turtle(triples, named)
    return ox.serialize(triples, format=GRAPH_FORMATS[chosen.name], prefixes=named) or b""


def _headers(site: Site, path: str, chosen: Format, further: Sequence[str] = ()) -> dict[str, str]:
    links = [f'<{site.base.iri}{addresses.CATALOG}>; rel="describedby"']
    if path != addresses.CHANGES:
        links.append(f'<{site.root}{addresses.CHANGES}>; rel="collection"')
    links += [
        f'<{site.address}{path}.{format_.suffix}>; rel="alternate"; type="{format_.media_types[0]}"'
        for format_ in (GRAPHS if path != addresses.CHANGES else (*GRAPHS, ATOM))
    ]
    return {
        "Vary": "Accept",
        "Content-Type": chosen.content_type,
        "Content-Location": f"/{path}.{chosen.suffix}",
        "Link": ", ".join([*links, *further]),
    }


def _forever(site: Site, path: str, chosen: Format, content: bytes) -> Response:
    return Response(content, headers={**_headers(site, path, chosen), "Cache-Control": FOREVER})
