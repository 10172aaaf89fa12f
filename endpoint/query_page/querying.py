"""`/{sv|en}/query` and `/{sv|en}/service`: the pages of the SPARQL service, whatever data it serves."""

from __future__ import annotations

import asyncio
import dataclasses

from fastapi import APIRouter, Request
from msgspec.structs import replace
from rdflib import URIRef
from starlette.responses import JSONResponse, RedirectResponse, Response

from endpoint.dataset import Dataset
from endpoint.formats import GRAPHS, RESULTS, WORKBOOK
from endpoint.guard import inspect
from endpoint.layers.accounts import tell_problem
from endpoint.layers.presence import WhilePresent
from endpoint.methods import READ
from endpoint.negotiation import choose_language
from endpoint.operation import Operation, read_operation
from endpoint.parameters import missing, takes
from endpoint.query_page import answer_sheets
from endpoint.query_page.answers import ROWS_SHOWN
from endpoint.query_page.asking import PAGE_BYTES, ask, by_area, example_of, examples, read_rows
from endpoint.query_page.completions import read_completions
from endpoint.query_page.holdings import read_holdings
from endpoint.query_page.programs import programs
from endpoint.rendering import page
from endpoint.service import shown_limits
from endpoint.settings import Settings
from endpoint.sheets import MOST_CELLS
from endpoint.site import Site
from endpoint.words.worksheets import SHEETS
from endpoint.workers.pool import QueryFailed
from ontology.text import Language

router = APIRouter(include_in_schema=False)

front = APIRouter(include_in_schema=False)
"""The start page of a service that has no other pages."""


@router.api_route("/{language:language}/query", methods=READ)
@takes("query", "timeout", several=("default-graph-uri", "named-graph-uri"))
async def query(language: Language, request: Request) -> Response:
    """A form for SPARQL with the answer under it. The reader's query, or the first of those to begin with."""
    operation = await read_operation(request)
    site: Dataset = request.state.site
    if operation.query is None and not operation.graphs and isinstance(site, Site):
        first, *_ = examples(site.questions, site.authored_on, language)
        return await query_page(language, request, replace(operation, query=first.query), is_example=True)
    return await query_page(language, request, operation)


@router.api_route("/{language:language}/query.xlsx", methods=READ)
@takes("query", "timeout", several=("default-graph-uri", "named-graph-uri"))
async def workbook(language: Language, request: Request) -> Response:
    """The answer of a reader's SELECT as an Excel workbook, whole or not at all. The reader's query."""
    site: Dataset = request.state.site
    operation = await read_operation(request)
    if operation.query is None:
        raise missing("query")
    async with WhilePresent(request.receive):
        table = answer_sheets.check(await read_rows(site, operation, MOST_CELLS))
    address = f"{site.address.removesuffix('/')}{request.url.path}?{request.url.query}"
    content = await asyncio.to_thread(answer_sheets.as_workbook, table, site, operation, address, language)
    is_lasting = inspect(operation.query, operation.most_nested, operation.services).is_lasting
    headers = {
        "Content-Disposition": f'attachment; filename="{SHEETS["answer"].in_(language)}-{site.id}.xlsx"',
        "Content-Language": language,
        **({} if is_lasting else {"Cache-Control": "no-store"}),
    }
    return Response(content, media_type=WORKBOOK.content_type, headers=headers)


@router.api_route("/{language:language}/query/completions.json", methods=READ)
async def completions(language: Language, request: Request) -> Response:
    """What an editor of queries can complete; prefixes alone where the terms cannot be counted in time."""
    site: Dataset = request.state.site
    try:
        return JSONResponse(await read_completions(site, language))
    except QueryFailed:
        return JSONResponse({"prefixes": site.prefixes, "terms": []}, headers={"Cache-Control": "no-store"})


@router.api_route("/{language:language}/service", methods=READ)
async def service(language: Language, request: Request) -> Response:
    """What the service is: its formats, parameters, limits and graphs. Four queries, the first time."""
    site: Dataset = request.state.site
    settings: Settings = request.app.state.settings
    held = await read_holdings(site)
    return page(
        "service.html",
        language,
        request,
        result_formats=RESULTS,
        graph_formats=GRAPHS,
        limits=shown_limits(settings, language),
        services=settings.allowed_services if site.federated else (),
        graphs=held.graphs,
        total=held.total,
        names=held.names,
    )


async def query_page(
    language: Language, request: Request, operation: Operation, *, is_example: bool = False
) -> Response:
    """The query page with the answer of an operation; its status is that of the answer.

    An example, which nobody has asked, is shown without an answer where it gets none.
    """
    site: Dataset = request.state.site
    asked = operation.query or ""
    async with WhilePresent(request.receive):
        outcome = await ask(site, operation) if asked.strip() else None
    if is_example and outcome and outcome.problem:
        asked, outcome = "", None
    questions = examples(site.questions, site.authored_on, language)
    text = asked or questions[0].query
    example = example_of(text, questions, site)
    if example and example.question and outcome and outcome.found:  # it knows what may be missing
        outcome = dataclasses.replace(outcome, remarks=())
    shown = page(
        "query.html",
        language,
        request,
        text=text,
        asked=asked,
        operation=operation,
        outcome=outcome,
        most_cells=MOST_CELLS,
        examples=by_area(questions, language),
        example=example,
        used=_used(site),
        programs=programs(site.service, text, operation.graphs, _form_of(text)),
        limits={"seconds": site.readers.deadline, "rows": ROWS_SHOWN, "megabytes": PAGE_BYTES // 1024 // 1024},
    )
    if outcome and outcome.problem:
        tell_problem(request.scope, outcome.problem.kind)
        shown.status_code = outcome.problem.status
    return shown


def _used(site: Dataset) -> dict[str, list[tuple[URIRef, int]]]:
    """The classes and the properties of a release with how much it uses each, the most used first; of no other data."""
    if site.uses is None:
        return {}
    counted = {"classes": site.uses.things, "properties": site.uses.statements}
    return {name: sorted(of.items(), key=lambda one: (-one[1], one[0])) for name, of in counted.items()}


def _form_of(query: str) -> str | None:
    """The form of a query, None for what is none."""
    try:
        return inspect(query).form
    except QueryFailed:
        return None


@front.api_route("/", methods=READ)
@front.api_route("/{language:language}", methods=READ)
@front.api_route("/{language:language}/", methods=READ)
async def root(request: Request, language: Language | None = None) -> Response:
    """The query page in the reader's language. No query."""
    language = language or choose_language(request.headers)
    return RedirectResponse(f"/{language}/query", 303, headers={"Vary": "Accept-Language"})
