"""`/sparql`: the SPARQL 1.1 Protocol for queries, by GET, QUERY, form and direct POST."""

from __future__ import annotations

from urllib.parse import unquote_plus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.accounts import account
from endpoint.choice import accepted_version, choose, prefers_page
from endpoint.dataset import Dataset
from endpoint.formats import GRAPHS, HTML, RESULTS, Format
from endpoint.guard import TABLES, Reading, inspect
from endpoint.negotiation import choose_language, names_format
from endpoint.operation import FORM, QUERY, Limits, Operation, Serialisation, fault_of, read_operation, task_for
from endpoint.parameters import bad_parameter, missing, taken_by
from endpoint.pool import QueryFailed
from endpoint.presence import WhilePresent
from endpoint.problems import language_of_programs, not_acceptable, query_failed
from endpoint.querying import query, query_page, service
from endpoint.remarks import finds_nothing, headers_of, takes_out
from endpoint.sending import send_answer
from endpoint.service import description
from endpoint.settings import Settings
from endpoint.spool import LAYOUTS
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
    results, graph = _formats(operation)
    if operation.is_partial and (results is None or LAYOUTS[results.name].closing is None):
        wrong = Text("Bara JSON och XML kan säga att de är kapade.", "Only JSON and XML can say that they are cut.")
        raise bad_parameter("partial", wrong)
    site: Dataset = request.state.site
    settings: Settings = request.app.state.settings
    limits = Limits(settings.max_answer_bytes, settings.max_answer_rows, settings.memory_bytes)
    try:
        reading = inspect(operation.query or "", operation.most_nested, operation.services)
        account(request.scope)["form"] = reading.form
        version = _version(operation, reading, results if reading.form in TABLES else graph)
        task = task_for(site, operation, reading, Serialisation(results, graph, version), limits)
        answer = site.look_up(task)
        if answer is None:
            async with WhilePresent(request.receive):
                answer = await site.workers_for(task).ask(task, operation.timeout)
    except QueryFailed as failure:
        raise query_failed(failure, _offers(operation), fault_of(failure, site, operation)) from failure
    text = operation.query or ""
    is_empty = finds_nothing(answer, text)
    remarks = await _remarks(request, operation, is_empty=is_empty) if is_empty or takes_out(text) else {}
    found = {"rows": answer.rows, "cut": answer.cut}
    account(request.scope).update({name: value for name, value in found.items() if value is not None})
    written = graph if answer.form == "graph" else results
    headers = {
        "Vary": "Accept",
        "Content-Type": written.of_version(version) if written else "",  # it answers only in a format it was given
        **({"Partial-Result": answer.cut} if answer.cut else {}),
        **({"Cache-Control": "no-store"} if answer.cut or not reading.is_lasting else {}),
        **remarks,
    }
    return send_answer(answer, headers)


async def _remarks(request: Request, operation: Operation, *, is_empty: bool) -> dict[str, str]:
    """The headers that tell what is asked for, or left out, and not in the data, in the language of the client."""
    site, language = request.state.site, language_of_programs(request)
    told = await headers_of(site, operation.query or "", language, operation.graphs, is_empty=is_empty)
    return told | {"Vary": "Accept, Accept-Language"}


async def _describe(request: Request, operation: Operation) -> Response:
    """The service description in an RDF format."""
    _, graph = _formats(operation)
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
    return Response(content, headers=headers)


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


def _formats(operation: Operation) -> tuple[Format | None, Format | None]:
    """The format for a table and for a graph."""
    results, graph = (choose(operation.accept, operation.formats, offers) for offers in (RESULTS, GRAPHS))
    if operation.formats and results is None and graph is None:
        names = ", ".join(format_.name for format_ in _DATA)
        wrong = Text(f"Formatet finns inte; välj bland {names}.", f"There is no such format; choose among {names}.")
        raise bad_parameter("format", wrong)
    return results, graph


def _version(operation: Operation, reading: Reading, written: Format | None) -> str | None:
    """The version of RDF that the client asks for: by parameter, in the query, or by the media type that it accepts."""
    return operation.version or reading.version or accepted_version(operation.accept, operation.formats, written)


def _wants_page(operation: Operation) -> bool:
    """True where the answer is to be a page. What a browser likes is compared only where a page is named at all."""
    if not operation.formats and not names_format(operation.accept, HTML):
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
