"""`/sparql`: the SPARQL 1.1 Protocol for queries, by GET, QUERY, form and direct POST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import unquote_plus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.choice import Liked, liked_by, prefers_page
from endpoint.dataset import Dataset
from endpoint.formats import GRAPHS, HTML, RESULTS, Format
from endpoint.guard import LOOKUPS, TABLES, Reading, inspect
from endpoint.layers.accounts import account
from endpoint.layers.presence import WhilePresent
from endpoint.negotiation import choose_language
from endpoint.operation import (
    FORM,
    QUERY,
    Limits,
    Operation,
    Serialisation,
    fault_of,
    lookup_for,
    no_such_format,
    read_operation,
    task_for,
)
from endpoint.parameters import bad_parameter, missing, taken_by
from endpoint.problems import language_of_programs, not_acceptable, query_failed
from endpoint.query_page.computed import in_vain
from endpoint.query_page.querying import query, query_page, service
from endpoint.query_page.remarks import as_list, finds_nothing, headers_of, takes_out
from endpoint.sending import send_answer
from endpoint.service import description
from endpoint.workers.pool import Answer, QueryFailed
from endpoint.workers.spool import LAYOUTS
from ontology.text import Text

router = APIRouter()

_DATA = RESULTS + GRAPHS
METHODS = ("GET", "HEAD", "POST", "QUERY")


@router.api_route("/sparql", methods=list(METHODS))
async def sparql(request: Request) -> Response:
    """Answer one query (SPARQL 1.1 Protocol, section 2.1); without one, say what the service is (Service Description).

    SELECT and ASK in JSON, XML, CSV or TSV, CONSTRUCT and DESCRIBE in the RDF formats, by `Accept` or
    `format=`. A browser gets the query page, which shows the same answer.
    """
    operation = await read_operation(request)
    if _wants_page(operation):
        return await _as_page(request, operation)
    if operation.query is not None:
        return await _answer(request, operation)
    if request.method in {"GET", "HEAD"} and not (operation.default_graphs or operation.named_graphs):
        return await _describe(request, operation)
    raise missing("query")


async def _answer(request: Request, operation: Operation) -> Response:
    """The answer of a query in the format that the client likes best."""
    liked = _liked(operation)
    if operation.is_partial and (liked.results is None or LAYOUTS[liked.results.name].closing is None):
        wrong = Text("Bara JSON och XML kan säga att de är kapade.", "Only JSON and XML can say that they are cut.")
        raise bad_parameter("partial", wrong)
    site: Dataset = request.state.site
    try:
        looked_up = _look_up(request, operation, liked)
        answer, reading, version = looked_up or await _ask(request, operation, liked)
    except QueryFailed as failure:
        raise query_failed(failure, _offers(operation), fault_of(failure, site, operation)) from failure
    text = operation.query or ""
    is_empty = finds_nothing(answer, text)
    vain = in_vain(answer, text) if looked_up is None else []
    may_miss = is_empty or bool(vain) or (looked_up is None and takes_out(text))
    remarks = await _remarks(request, operation, is_empty=is_empty) if may_miss else {}
    remarks |= _with_more(request, remarks, [*vain, *operation.remarks])
    found = {"rows": answer.rows, "cut": answer.cut}
    account(request.scope).update({name: value for name, value in found.items() if value is not None})
    written = liked.graph if answer.form == "graph" else liked.results
    headers = {
        "Vary": "Accept",
        "Content-Type": written.of_version(version) if written else "",  # it answers only in a format it was given
        **({"Partial-Result": answer.cut} if answer.cut else {}),
        **({"Cache-Control": "no-store"} if answer.cut or not reading.is_lasting else {}),
        **remarks,
    }
    return send_answer(answer, headers)


_Found = tuple[Answer, Reading, str | None]
"""An answer, what its query is, and the version of RDF that the client asks for."""


def _look_up(request: Request, operation: Operation, liked: Liked) -> _Found | None:
    """The answer of a query that looks one thing up, at once; None for any other."""
    site: Dataset = request.state.site
    if operation.is_partial or operation.graphs or site.holds_new_terms:
        return None
    if "looked_up" in request.scope["state"]:  # at once, in vain
        answer = request.scope["state"]["looked_up"]
    else:
        limits = Limits.of(request.app.state.settings)
        answer = site.look_up(lookup_for(site, operation.query or "", liked.results, limits))
    if answer is None:
        return None
    reading = LOOKUPS[answer.form]
    account(request.scope)["form"] = reading.form
    return answer, reading, operation.version or liked.version_of_results


async def _ask(request: Request, operation: Operation, liked: Liked) -> _Found:
    """The answer of a worker to any query. Raises QueryFailed."""
    site: Dataset = request.state.site
    reading = inspect(operation.query or "", operation.most_nested, operation.services)
    account(request.scope)["form"] = reading.form
    accepted = liked.version_of_results if reading.form in TABLES else liked.version_of_graph
    version = operation.version or reading.version or accepted
    serialisation = Serialisation(liked.results, liked.graph, version)
    task = task_for(site, operation, reading, serialisation, Limits.of(request.app.state.settings))
    async with WhilePresent(request.receive):
        return await site.workers_for(task).ask(task, operation.timeout), reading, version


async def _remarks(request: Request, operation: Operation, *, is_empty: bool) -> dict[str, str]:
    """The headers that tell what is asked for, or left out, and not in the data, in the language of the client."""
    site, language = request.state.site, language_of_programs(request)
    told = await headers_of(site, operation.query or "", language, operation.graphs, is_empty=is_empty)
    return told | {"Vary": "Accept, Accept-Language"}


def _with_more(request: Request, told: Mapping[str, str], more: Sequence[Text]) -> dict[str, str]:
    """The headers with more remarks, beside what is told already; none where there are none."""
    language, name = language_of_programs(request), "Query-Remarks"
    remarks = as_list(more, language, told.get(name, "")) if more else ""
    if not remarks:
        return {}
    link = told.get("Link", f'<{request.state.site.address}{language}/service#empty>; rel="help"')
    return {name: remarks, "Content-Language": language, "Vary": "Accept, Accept-Language", "Link": link}


async def _describe(request: Request, operation: Operation) -> Response:
    """The service description in an RDF format."""
    graph = _liked(operation).graph
    if graph is None:
        raise not_acceptable((*GRAPHS, HTML))
    site: Dataset = request.state.site
    content = await description(site, request.app.state.settings, graph)
    headers = {
        "Vary": "Accept",
        "Content-Type": graph.content_type,
        "Accept-Query": f"{QUERY}, {FORM}",
        "Link": site.links,
    }
    return Response(content, headers=headers | _with_more(request, headers, operation.remarks))


async def _as_page(request: Request, operation: Operation) -> Response:
    """The page of the query, or of the service: at its address, or here for a query that may be too long for one."""
    language = choose_language(request.headers)
    if request.method in {"GET", "HEAD"}:
        place, page_ = ("query", query) if operation.query is not None else ("service", service)
        given = request.scope["query_string"].decode("latin-1").split("&")
        kept = "&".join(part for part in given if unquote_plus(part.partition("=")[0]) in taken_by(page_).names)
        asked = f"?{kept}" if kept else ""
        address = f"/{language}/{place}{asked}"
        return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})
    page = await query_page(language, request, operation)
    page.headers["Vary"] = "Accept, Accept-Language"
    return page


def _liked(operation: Operation) -> Liked:
    """What the client likes best. Raises Problem where it names no format that there is."""
    liked = liked_by(operation.accept, operation.formats)
    if operation.formats and liked.results is None and liked.graph is None:
        raise no_such_format(_DATA)
    return liked


def _wants_page(operation: Operation) -> bool:
    """True where the answer is to be a page. What a browser likes is compared only where a page is named at all."""
    if not liked_by(operation.accept, operation.formats).may_be_a_page:
        return False
    return prefers_page(operation.accept, operation.formats, _offers(operation))


def _offers(operation: Operation) -> tuple[Format, ...]:
    """The formats for programs that an operation can be answered in."""
    if operation.query is None:
        return GRAPHS
    try:
        form = inspect(operation.query, operation.most_nested, operation.services).form
    except QueryFailed:
        return _DATA
    return RESULTS if form in TABLES else GRAPHS
