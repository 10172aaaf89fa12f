"""`/reconcile`: names in the tables of others matched to things (W3C Reconciliation Service API 0.2)."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.datastructures import FormData, QueryParams
from starlette.responses import JSONResponse, RedirectResponse, Response

from endpoint.batches import read_batch, read_single
from endpoint.candidates import Finder
from endpoint.entities import read_entities
from endpoint.manifest import manifest
from endpoint.matching import Asked, candidates
from endpoint.parameters import bad_parameter
from endpoint.posting import read_form
from endpoint.problems import language_of_programs, not_found
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.traits import read_traits
from loaders.index import PLACE
from ontology import iri
from ontology.text import LANGUAGES, Language, Text

router = APIRouter(include_in_schema=False)

READ = ["GET", "HEAD"]


async def asked(request: Request) -> Asked:
    """What a request is answered from. Raises Problem where it asks for JSONP, or the release has no index."""
    site: Site = request.state.site
    if not (site.release.path / PLACE).is_file():
        raise not_found(request.url.path)
    for name in ("callback", "jsonp"):
        if name in request.query_params:
            raise bad_parameter(name, _NO_JSONP)
    return Asked(site, _language(request), await site.once(read_finder), await site.once(read_traits))


async def read_finder(site: Site) -> Finder:
    """What looks for things by their names."""
    entities = await read_entities(site)
    return await asyncio.to_thread(Finder, entities)


def answered(request: Request, body: object) -> Response:
    """An answer in JSON, in the language of the address or the one that the client likes."""
    varying = {} if _of_address(request) else {"Vary": "Accept-Language"}
    return JSONResponse(body, headers={"Content-Language": _language(request), **varying})


@router.api_route("/reconcile", methods=READ)
@router.api_route("/{language:language}/reconcile", methods=READ)
async def reconcile(request: Request) -> Response:
    """The manifest of the service; the candidates for queries, where the address has some."""
    return await _answer(request, request.query_params)


@router.api_route("/reconcile", methods=["POST"])
@router.api_route("/{language:language}/reconcile", methods=["POST"])
async def reconcile_form(request: Request) -> Response:
    """The candidates for the queries of a form. Queries only for the evidence that they name."""
    settings: Settings = request.app.state.settings
    form = await read_form(request, settings.max_form_bytes)
    if not any(name in form for name in _ASKING):
        raise bad_parameter("queries", _NOTHING_ASKED, _ASKING)
    return await _answer(request, form)


@router.api_route("/reconcile/view", methods=READ)
@router.api_route("/{language:language}/reconcile/view", methods=READ)
async def view(request: Request) -> Response:
    """Leads to the document about the thing or term with an id: addresses hold no IRI in their path."""
    site: Site = request.state.site
    id_ = request.query_params.get("id", "")
    finder = await site.once(read_finder)
    document = iri.document(site.canonical(id_))
    if document is None or not (id_ in finder.entities.by_iri or site.label(URIRef(id_), "sv")):
        raise not_found(f"id={id_[:200]}")
    named = _of_address(request)
    return RedirectResponse(f"/{document}.{named}.html" if named else f"/{document}", 303)


async def _answer(request: Request, said: QueryParams | FormData) -> Response:
    """What comes of the parameters of an address or the fields of a form."""
    about = await asked(request)
    settings: Settings = request.app.state.settings
    given = {name: str(said[name]) for name in _ASKING if name in said}
    if len(given) > 1:
        raise bad_parameter(list(given)[1], _ONE_AT_A_TIME, _ASKING)
    if "queries" in given:
        return answered(request, await candidates(about, read_batch(given["queries"], settings.max_batch)))
    if "query" in given:
        return answered(request, (await candidates(about, {"": read_single(given["query"])}))[""])
    return answered(request, manifest(about.site, about.finder.entities.kinds, about.language, settings.max_batch))


def _of_address(request: Request) -> Language | None:
    """The language of the address, where it has one."""
    first = request.scope["path"].split("/", 2)[1]
    return next((language for language in LANGUAGES if language == first), None)


def _language(request: Request) -> Language:
    return _of_address(request) or language_of_programs(request)


_ASKING = ("queries", "query")
"""What may be asked, one of these at a time."""

_NO_JSONP = Text(
    "JSONP finns inte här: alla svar får läsas av skript från andra webbplatser (CORS). Fråga utan callback.",
    "There is no JSONP here: scripts of other sites may read all answers (CORS). Ask without callback.",
)
_NOTHING_ASKED = Text(
    f"Formuläret frågar efter inget. Skicka något av: {', '.join(_ASKING)}.",
    f"The form asks for nothing. Send one of: {', '.join(_ASKING)}.",
)
_ONE_AT_A_TIME = Text(
    f"Fråga efter ett i taget av: {', '.join(_ASKING)}.",
    f"Ask for one at a time of: {', '.join(_ASKING)}.",
)
