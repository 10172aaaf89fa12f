"""`/timegate/…` and `/timemap/…`: which release had something at a moment, and all that have it (Memento, RFC 7089).

The rest of the path is that of the original resource, with its parameters, or its whole address.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.responses import RedirectResponse, Response

from endpoint.documents.document import label_of_key
from endpoint.documents.gathering import gather
from endpoint.documents.variants import PARAMETERS
from endpoint.formats import HTML, PLAIN_JSON, Format
from endpoint.layers.conditions import REVALIDATED
from endpoint.mapping.stock import read_stock
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.parameters import takes
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, not_acceptable
from endpoint.rendering import page
from endpoint.site import Site
from endpoint.through_time.archive import Shelf
from endpoint.through_time.history import anchor
from endpoint.through_time.mementos import (
    Original,
    address_of,
    links_of_memento,
    memento,
    moment,
    nearest,
    read_original,
)
from endpoint.through_time.releases import fresh
from loaders.states import State
from loaders.versions import iri_of
from ontology import addresses, iri
from ontology.base import Base
from ontology.text import Label, Language

router = APIRouter()

LINK = Format("link", "Link format", ("application/link-format",), "link")
_FORMATS = {format_.name: format_ for format_ in (LINK, PLAIN_JSON)}

_FORM = "%a, %d %b %Y %H:%M:%S GMT"
_DATETIME = re.compile(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT", re.ASCII)
_WHOLE = re.compile(r"https?:/", re.ASCII | re.IGNORECASE)
"""How a whole address begins; of its two slashes, some proxies leave one."""

_LONGEST = 160  # characters of a value or an address that are said again


@router.api_route(f"/{addresses.TIMEGATE}{{path:path}}", methods=READ)
@takes(*PARAMETERS)
async def timegate(path: str, request: Request) -> Response:
    """Leads to the memento of the moment that `Accept-Datetime` names; without it, to the newest. No query."""
    site: Site = request.state.site
    original, states = await _read(path, request)
    wanted = _wanted(request)
    chosen = (nearest(states, wanted) if wanted else states[-1]).release
    links = [links_of_memento(original, states, chosen, site.release), site.through_time(original.path)[-1]]
    headers = {"Vary": "Accept-Datetime", "Link": ", ".join(links), "Cache-Control": REVALIDATED}
    return RedirectResponse(address_of(original, chosen, "/"), 302, headers)


@router.api_route(f"/{addresses.TIMEMAP}{{path:path}}", methods=READ)
@takes(*PARAMETERS)
async def timemap(path: str, request: Request) -> Response:
    """All mementos as links or JSON, by the first part of the path, else as the client likes it. No query."""
    site: Site = request.state.site
    first, _, rest = path.partition("/")
    original, states = await _read(rest if first in _FORMATS else path, request)
    offers = (LINK, PLAIN_JSON, HTML)
    chosen = _FORMATS.get(first) or choose_format(request.headers, offers)
    if chosen is None:
        raise not_acceptable(offers)
    place = iri.as_uri(original.path)
    if chosen is HTML:
        address = f"/{choose_language(request.headers)}/{addresses.TIMEMAP}{place}"
        return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})
    content = _as_links(site, original, states) if chosen is LINK else _as_json(site, original, states)
    headers = {
        "Vary": "Accept",
        "Content-Type": chosen.content_type,
        "Content-Location": f"/{addresses.TIMEMAP}{chosen.name}/{place}",
        "Link": f'<{site.base.iri}{place}>; rel="original", {site.through_time(original.path)[0]}',
    }
    return fresh(request, Response(content, headers=headers), [])


@router.api_route(f"/{{language:language}}/{addresses.TIMEMAP}{{path:path}}", methods=READ, include_in_schema=False)
@takes(*PARAMETERS)
async def versions_page(language: Language, path: str, request: Request) -> Response:
    """The releases that have something, and in which of them it has changed. A question for its name."""
    site: Site = request.state.site
    original, states = await _read(path, request)
    thing = iri_of(original.thing, Base())
    answer = page(
        "versions.html",
        language,
        request,
        original=original,
        states=list(zip(states, [None, *states], strict=False))[::-1],
        name=await _name(site, original, thing, language),
        place=(iri.document(thing) or "") + f".{language}.html" if original.thing else iri.as_uri(original.path),
        anchor=anchor(thing),
    )
    return fresh(request, answer, [])


async def _name(site: Site, original: Original, thing: str, language: Language) -> Label:
    """What an original resource is called: as the thing, or as what the release calls it, else as its path."""
    if called := (await read_stock(site)).called(site.local(URIRef(thing)), language, site.canonical):
        return called
    document = await gather(site, site.local(URIRef(thing))) if original.thing else None
    label = document.label(document.thing, language) if document else label_of_key(thing, language)
    return label or Label(original.thing or original.path, "")


async def _read(path: str, request: Request) -> tuple[Original, list[State]]:
    """The original resource that a path names, and its states, of which there is one. Raises Problem."""
    site: Site = request.state.site
    shelf: Shelf = request.app.state.shelf
    base = site.base.iri
    for whole in (base, base.replace("://", ":/")):  # of several slashes, some proxies leave one
        path = path.removeprefix(whole)
    original = read_original(path, request.query_params)
    states = await shelf.past.of(original, site.release) if original else []
    if original is None or not states:
        named = path if _WHOLE.match(path) else f"{base}{path}"
        cut = named if len(named) <= _LONGEST else f"{named[:_LONGEST]}…"
        raise Problem("no-memento", TYPES["no-memento"].detail(named=cut))
    return original, states


def _wanted(request: Request) -> datetime | None:
    """The moment that a client wants, None where it names none (section 4.5.3). Raises Problem where that is none."""
    values = request.headers.getlist("accept-datetime")
    if not values:
        return None
    said = ", ".join(values).strip()
    try:
        found = datetime.strptime(said, _FORM).replace(tzinfo=UTC) if _DATETIME.fullmatch(said) else None
    except ValueError:
        found = None
    if found is None:
        example = moment(datetime.now(UTC).replace(microsecond=0).isoformat())
        headers = {"Vary": "Accept, Accept-Language, Accept-Datetime"}
        raise Problem("bad-datetime", TYPES["bad-datetime"].detail(said=said[:_LONGEST], example=example), headers)
    return found


def _as_links(site: Site, original: Original, states: list[State]) -> str:
    """The TimeMap in the link format (section 5)."""
    root, place = site.base.iri, iri.as_uri(original.path)
    made = [moment(state.release.record["made"]) for state in states]
    span = f'from="{made[0]}"; until="{made[-1]}"'
    links = [
        f'<{root}{place}>; rel="original"',
        site.through_time(original.path)[0],
        f'<{root}{addresses.TIMEMAP}link/{place}>; rel="self"; type="{LINK.content_type}"; {span}',
        *(memento(original, state.release, root, relation) for state, relation in _related(states)),
    ]
    return ",\n".join(links) + "\n"


def _related(states: list[State]) -> list[tuple[State, str]]:
    ends = {0: "first ", len(states) - 1: "last "} if len(states) > 1 else {0: "first last "}
    return [(state, f"{ends.get(at, '')}memento") for at, state in enumerate(states)]


def _as_json(site: Site, original: Original, states: list[State]) -> str:
    """The same as JSON, as archives of the web give it."""
    root, place = site.base.iri, iri.as_uri(original.path)
    listed = [
        {
            "datetime": state.release.record["made"].replace("+00:00", "Z"),
            "uri": address_of(original, state.release, root),
        }
        for state in states
    ]
    told = {
        "original_uri": f"{root}{place}",
        "timegate_uri": f"{root}{addresses.TIMEGATE}{place}",
        "timemap_uri": {f"{name}_format": f"{root}{addresses.TIMEMAP}{name}/{place}" for name in _FORMATS},
        "mementos": {"first": listed[0], "last": listed[-1], "list": listed},
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
