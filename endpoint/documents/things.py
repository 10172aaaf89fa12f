"""`/id/…`, `/def/…`, `/spec/…` to `/res/…`: what is known about one thing, in every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.responses import JSONResponse, RedirectResponse, Response

from endpoint.aside import aside
from endpoint.documents.astray import astray
from endpoint.documents.bodies import offers, weigh, write
from endpoint.documents.document import Document
from endpoint.documents.gathering import gather
from endpoint.documents.profiles import iri_of
from endpoint.documents.retired import Retired
from endpoint.documents.signposts import link_header
from endpoint.documents.variants import PARAMETERS, Variant, read_variant
from endpoint.formats import DOCUMENTS, HTML, TURTLE, Format
from endpoint.layers.conditions import REVALIDATED
from endpoint.layers.paths import BELOW
from endpoint.methods import READ
from endpoint.parameters import takes
from endpoint.portrait import portray
from endpoint.problems import Problem, not_found
from endpoint.rendering import render
from endpoint.site import Site
from endpoint.through_time.history import anchor as anchor_in_changes
from endpoint.through_time.history import read_history
from endpoint.validation import read_checked
from endpoint.vocabulary import anchor
from ontology import iri
from ontology.schemes import Fate, Profile
from ontology.text import Language, other_than

router = APIRouter()

_POLICY = '</about/identifiers>; rel="sunset"'
"""Where it is told what becomes of identifiers (RFC 8594)."""

_VARY = "Accept, Accept-Language, Accept-Profile"
"""What a document depends on; the layer that packs answers adds `Accept-Encoding`."""


@router.api_route(f"/id/{BELOW}", methods=READ)
@router.api_route(f"/def/{BELOW}", methods=READ)
@router.api_route("/spec/{path:path}", methods=READ)
async def look_up(request: Request) -> Response:
    """A thing cannot be sent over the wire: see its description (DIGG UM-7)."""
    site: Site = request.state.site
    path = request.scope["path"][1:]
    document = iri.document(site.canonical(site.base.iri + path))
    if document is None:  # what is asked for need not be an IRI
        raise await astray(site, path)
    thing = URIRef(site.base.iri + path)
    if (retired := site.retired.get(thing)) is not None:
        return await _ended(request, retired, Variant(""), path)
    pages = await site.pages_about(thing)
    if pages is None:
        raise await astray(site, path)
    descriptions = [f"{site.base.iri}{document}", *pages]  # ours, then what we know of (DIGG UM-8)
    links = [f'<{iri.as_uri(description)}>; rel="describedby"' for description in descriptions]
    return RedirectResponse(f"/{document}", 303, headers={"Link": ", ".join(links + site.through_time(path))})


@router.api_route(f"/res/{BELOW}", methods=READ)
@takes(*PARAMETERS)
async def describe(request: Request) -> Response:
    """The document about a thing: by suffix, else as the headers like it best."""
    site: Site = request.state.site
    path = request.scope["path"].removeprefix("/res/")
    variant = read_variant(path, request.query_params)
    named = iri.documented(f"res/{variant.stem}")
    thing = site.local(URIRef(named)) if named else None
    if thing is not None and (retired := site.retired.get(thing)) is not None:
        return await _ended(request, retired, variant, variant.address[1:])
    document = await gather(site, thing, variant.view) if thing else None
    offered = offers(document) if document else ()
    if document is None or (variant.format is not None and variant.format not in offered):
        raise await astray(site, f"res/{path}")
    settled = variant.settled(request.headers, offered, site.base)
    return await _represent(document, settled, offered, variant.address[1:])


@router.api_route("/sizes/{path:path}", methods=READ)
async def sizes(path: str, request: Request) -> Response:
    """How many bytes the document of `/res/` and the same path has in each format, by their names."""
    site: Site = request.state.site
    named = iri.documented(f"res/{path}")
    document = await gather(site, site.local(URIRef(named))) if named else None
    if document is None:
        raise not_found(request.url.path)
    return JSONResponse(await weigh(document))


async def _ended(request: Request, retired: Retired, variant: Variant, path: str) -> Response:
    """What an identifier answers at a path that has ended, and the document about it (DIGG UM-10 to UM-12)."""
    site: Site = request.state.site
    if retired.fate is Fate.REPLACED:
        (successor,) = retired.successors
        place = iri.document(site.canonical(successor)) if variant.stem else site.base.path_of(successor)
        asked = f"?{request.url.query}" if request.url.query else ""
        links = [_successors(retired), *site.through_time(path)]
        headers = {"Link": ", ".join(links), "Cache-Control": REVALIDATED}
        return RedirectResponse(f"/{place}{variant.suffix}{asked}", 308, headers)
    document = await gather(site, retired.retirement)
    if document is None:
        raise not_found(f"<{retired.retirement}>")
    wanted, offered = replace(variant, stem=document.stem), offers(document)
    try:
        chosen = wanted.settled(request.headers, offered, site.base)
    except Problem:  # what has ended is told to every client
        chosen = Variant(document.stem, TURTLE, None, Profile.DOCUMENT)
    answer = await _represent(document, chosen, offered, path)
    answer.status_code = 410 if retired.fate is Fate.WITHDRAWN else 300
    answer.headers["Sunset"] = retired.sunset
    answer.headers["Cache-Control"] = REVALIDATED
    answer.headers["Link"] = ", ".join([answer.headers["Link"], _POLICY, *filter(None, [_successors(retired)])])
    return answer


def _successors(retired: Retired) -> str:
    return ", ".join(f'<{iri.as_uri(successor)}>; rel="successor-version"' for successor in retired.successors)


async def _represent(document: Document, variant: Variant, offered: Sequence[Format], path: str) -> Response:
    """A document in a format and a profile, a page in a language; asked for at a path."""
    headers = {
        "Vary": _VARY,
        "Link": link_header(document, variant, offered, path),
        "Content-Location": iri.as_uri(variant.address),
    }
    if variant.language is not None:
        headers["Content-Language"] = variant.language
        page = await _page(document, variant, variant.language, offered)
        return Response(page, headers=headers, media_type="text/html")
    format_ = variant.format or TURTLE
    headers["Content-Type"] = format_.content_type
    if variant.arrangement is not None:
        headers["Content-Type"] = variant.arrangement.content_type(document.site.base)
    profile = variant.profile or Profile.DOCUMENT
    if format_ in DOCUMENTS:
        headers["Content-Profile"] = f"<{iri_of(profile, document.site.base)}>"
    return Response(await write(document, format_, profile, variant.form), headers=headers)


async def _page(document: Document, variant: Variant, language: Language, offered: Sequence[Format]) -> str:
    site = document.site
    key = document.key
    names = [f"{key.kind}.html"] if key and document.view.is_whole else []
    is_term = document.stem.startswith(("spec/", "def/"))
    checked = await read_checked(site)
    history = read_history(site.release.path)
    canonical = site.canonical(document.thing)
    path, query, asked = Variant(variant.stem, view=variant.view).address.partition("?")
    found = [(format_, f"{path}.{format_.suffix}{query}{asked}") for format_ in offered if format_ is not HTML]
    portrayed = await portray(document, language)
    written = partial(
        render,
        [*names, "term.html" if is_term else "thing.html"],
        language=language,
        site=site,
        path_in_other_language=variant.in_(HTML, other_than(language)).address,
        formats=found,
        remarks=None if checked is None else checked.of(document.thing),
        since=history.of(canonical) if history else None,
        before=history.before if history else None,
        changed_at=anchor_in_changes(canonical),
        place=anchor(canonical) if is_term else None,
        **portrayed.context,
    )
    return await aside(written, is_long=portrayed.is_long)
