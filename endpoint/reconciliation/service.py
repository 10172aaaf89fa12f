"""`/reconcile`: names in the tables of others matched to things (W3C Reconciliation Service API 0.2)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.datastructures import FormData, QueryParams
from starlette.responses import RedirectResponse, Response

from endpoint.methods import READ
from endpoint.parameters import bad_parameter
from endpoint.posting import read_form
from endpoint.reconciliation.batches import read_batch, read_single
from endpoint.reconciliation.extension import extend, read_extension, settings_of
from endpoint.reconciliation.manifest import manifest
from endpoint.reconciliation.matching import candidates
from endpoint.reconciliation.preview import facts_of
from endpoint.reconciliation.reconciling import answered, asked, entity_named, language_of_address, no_such_id
from endpoint.rendering import page
from endpoint.settings import Settings
from ontology import iri
from ontology.text import Text

router = APIRouter(include_in_schema=False)


@router.api_route("/reconcile", methods=READ)
@router.api_route("/{language:language}/reconcile", methods=READ)
async def reconcile(request: Request) -> Response:
    """The manifest of the service; what the address asks for, where it asks for something."""
    return await _answer(request, request.query_params)


@router.api_route("/reconcile", methods=["POST"])
@router.api_route("/{language:language}/reconcile", methods=["POST"])
async def reconcile_form(request: Request) -> Response:
    """The candidates for the queries of a form, or the values that it asks for. No query but for values."""
    settings: Settings = request.app.state.settings
    form = await read_form(request, settings.max_form_bytes)
    if not any(name in form for name in _ASKING):
        raise bad_parameter("queries", _NOTHING_ASKED, _ASKING)
    return await _answer(request, form)


@router.api_route("/reconcile/view", methods=READ)
@router.api_route("/{language:language}/reconcile/view", methods=READ)
async def view(request: Request) -> Response:
    """Leads to the document about the thing or term with an id: addresses hold no IRI in their path."""
    about = await asked(request)
    id_ = request.query_params.get("id", "")
    document = iri.document(about.site.canonical(id_))
    if document is None or not (id_ in about.finder.entities.by_iri or about.site.label(URIRef(id_), "sv")):
        raise no_such_id(about, id_)
    named = language_of_address(request)
    return RedirectResponse(f"/{document}.{named}.html" if named else f"/{document}", 303)


@router.api_route("/reconcile/preview", methods=READ)
@router.api_route("/{language:language}/reconcile/preview", methods=READ)
async def preview(request: Request) -> Response:
    """A thing in short, which the pages of others may frame. One query."""
    about = await asked(request)
    entity = entity_named(about, request)
    facts = await facts_of(about, entity)
    answer = page("preview.html", about.language, request, entity=entity, facts=facts)
    if language_of_address(request) is None:
        answer.headers["Vary"] = "Accept-Language"
    return answer


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
    if "extend" in given:
        return answered(request, await extend(about, read_extension(about, given["extend"], settings.max_batch)))
    kinds, chosen = about.finder.entities.kinds, settings_of(about.language)
    return answered(request, manifest(about.site, kinds, about.language, settings.max_batch, chosen))


_ASKING = ("queries", "query", "extend")
"""What may be asked, one of these at a time."""

_NOTHING_ASKED = Text(
    f"Formuläret frågar efter inget. Skicka något av: {', '.join(_ASKING)}.",
    f"The form asks for nothing. Send one of: {', '.join(_ASKING)}.",
)
_ONE_AT_A_TIME = Text(
    f"Fråga efter ett i taget av: {', '.join(_ASKING)}.",
    f"Ask for one at a time of: {', '.join(_ASKING)}.",
)
