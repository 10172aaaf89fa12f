"""`/sparql`: the SPARQL 1.1 Protocol for queries, by GET, by form and by direct POST."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from werkzeug.http import parse_options_header

from endpoint.formats import GRAPHS, HTML, RESULTS, Format
from endpoint.guard import chooses_graphs, refuse_federation
from endpoint.negotiation import choose_format, choose_language, quality_of
from endpoint.pool import QueryFailed
from endpoint.problems import Problem, query_failed
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.worker import Task
from ontology import namespaces
from ontology.text import Text

router = APIRouter()

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Operation:
    """One query operation of the protocol, as the request states it."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    formats: tuple[str, ...]


@router.api_route("/sparql", methods=["GET", "HEAD", "POST"])
async def sparql(request: Request) -> Response:
    """Answer one query (SPARQL 1.1 Protocol, section 2.1).

    SELECT and ASK in JSON, XML, CSV or TSV, CONSTRUCT and DESCRIBE in the RDF formats, by `Accept` or
    `format=`. A browser is led to the query page, which shows the same answer.
    """
    operation = await read_operation(request)
    if not operation.formats and request.method != "POST" and _wants_page(request):
        asked = f"?query={quote(operation.query)}" if operation.query is not None else ""
        vary = {"Vary": "Accept, Accept-Language"}
        return RedirectResponse(f"/{choose_language(request.headers)}/query{asked}", 303, headers=vary)
    if operation.query is None:
        raise _bad("query", Text("Parametern query saknas.", "The parameter query is missing."))
    results, graph = _formats(request, operation)
    site: Site = request.app.state.site
    settings: Settings = request.app.state.settings
    task = Task(
        operation.query,
        results=results.name if results else None,
        graph=graph.name if graph else None,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        has_dataset_clause=chooses_graphs(operation.query),
        prefixes=prefixes(site),
        max_bytes=settings.max_answer_bytes,
    )
    try:
        refuse_federation(operation.query)
        answer = await site.readers.ask(task)
    except QueryFailed as failure:
        raise query_failed(failure, RESULTS + GRAPHS) from failure
    written = graph if answer.form == "graph" else results
    content_type = written.content_type if written else ""  # the worker answers only in a format it was given
    return Response(answer.content, headers={"Vary": "Accept", "Content-Type": content_type})


@router.api_route("/sparql", methods=["OPTIONS"])
async def options() -> Response:
    """What may be done here, for scripts of other sites that ask first (CORS preflight)."""
    allowed = "GET, HEAD, POST, OPTIONS"
    headers = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=headers)


def prefixes(site: Site) -> dict[str, str]:
    """The prefixes of the product, on the base of the release."""
    return {prefix: site.namespace(namespace) for prefix, namespace in namespaces.prefixes().items()}


async def read_operation(request: Request) -> Operation:
    """The operation that a request states. Raises Problem for what the protocol does not allow."""
    settings: Settings = request.app.state.settings
    fields = _decode(request.scope["query_string"])
    if request.method == "POST":
        media_type, _ = parse_options_header(request.headers.get("content-type", ""))
        body = await _body(request, settings.max_query_bytes)
        if media_type == _FORM:
            fields = _merge(fields, _decode(body))
        elif media_type == _QUERY:
            if "query" in fields:
                twice = Text("Frågan står både i adressen och i kroppen.", "The query is in the address and the body.")
                raise _bad("query", twice)
            fields = {**fields, "query": [_utf8(body)]}
        elif media_type == _UPDATE:
            raise query_failed(QueryFailed("update"))
        else:
            raise Problem(
                415,
                "unsupported-media-type",
                Text("Den medietypen läses inte", "This media type is not read"),
                Text(f"Skicka frågan som {_FORM} eller {_QUERY}.", f"Send the query as {_FORM} or {_QUERY}."),
                headers={"Accept-Post": f"{_FORM}, {_QUERY}"},
            )
    if "update" in fields:
        raise query_failed(QueryFailed("update"))
    query = _single(fields, "query")
    if query is not None and len(query.encode("utf-8")) > settings.max_query_bytes:
        raise _too_long(settings.max_query_bytes)
    return Operation(
        query,
        tuple(fields.get("default-graph-uri", ())),
        tuple(fields.get("named-graph-uri", ())),
        tuple(fields.get("format", ())),
    )


def _formats(request: Request, operation: Operation) -> tuple[Format | None, Format | None]:
    """The format for results and for graphs: as `format=` names them, else as `Accept` likes them.

    SPARQLWrapper names a format in several ways at once; the first that we know counts.
    """
    if not operation.formats:
        return choose_format(request.headers, RESULTS), choose_format(request.headers, GRAPHS)
    results = next((format_ for named in operation.formats for format_ in RESULTS if named in format_.names), None)
    graph = next((format_ for named in operation.formats for format_ in GRAPHS if named in format_.names), None)
    if results is None and graph is None:
        names = ", ".join(format_.name for format_ in RESULTS + GRAPHS)
        wrong = Text(f"Formatet finns inte; välj bland {names}.", f"There is no such format; choose among {names}.")
        raise _bad("format", wrong)
    return results, graph


def _wants_page(request: Request) -> bool:
    """True where the client likes a page better than any format for programs, as browsers do."""
    page = quality_of(request.headers, HTML)
    others = max(quality_of(request.headers, choose_format(request.headers, RESULTS + GRAPHS)), 0)
    return "text/html" in request.headers.get("accept", "") and page >= others


async def _body(request: Request, limit: int) -> bytes:
    """The body, read no further than its limit."""
    most = limit * 3 + 10_000  # percent-encoding makes a byte three, and there are other fields
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise _too_long(limit)
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise _too_long(limit)
    except ClientDisconnect as error:
        raise _bad("query", Text("Begäran avbröts.", "The request was broken off.")) from error
    return body


def _too_long(limit: int) -> Problem:
    return Problem(
        413,
        "query-too-long",
        Text("Frågan är för lång", "The query is too long"),
        Text(f"Den får vara högst {limit:,} byte.".replace(",", " "), f"It may have {limit:,} bytes at most."),
        members={"limit": limit},
    )


def _decode(encoded: bytes) -> dict[str, list[str]]:
    """The fields of a query string or form, decoded once."""
    try:
        return parse_qs(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError) as error:
        raise _bad("query", Text("Parametrarna är inte UTF-8.", "The parameters are not UTF-8.")) from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad("query", Text("Frågan är inte UTF-8.", "The query is not UTF-8.")) from error


def _merge(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: first.get(name, []) + second.get(name, []) for name in {**first, **second}}


def _single(fields: dict[str, list[str]], name: str) -> str | None:
    """The value of a field that may stand once at most."""
    values = fields.get(name, [])
    if len(values) > 1:
        raise _bad(name, Text(f"{name} får bara stå en gång.", f"{name} may stand only once."))
    return values[0] if values else None


def _bad(parameter: str, detail: Text) -> Problem:
    return Problem(
        400,
        "bad-parameter",
        Text("Begäran kan inte förstås", "The request cannot be understood"),
        detail,
        members={"parameter": parameter},
    )
