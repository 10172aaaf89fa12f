"""`/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol, read only: a graph by its IRI or its address, or the default."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.choice import accepted_version, choose, prefers_page
from endpoint.dataset import Dataset
from endpoint.formats import GRAPHS, HTML, Format
from endpoint.layers.accounts import account
from endpoint.layers.paths import BELOW
from endpoint.layers.presence import WhilePresent
from endpoint.methods import READ
from endpoint.negotiation import accepted_by, choose_language
from endpoint.operation import no_such_format, read_fields, single, version_in
from endpoint.parameters import bad_parameter, takes, wrong_value
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, leading, not_acceptable, query_failed
from endpoint.sending import send_answer
from endpoint.settings import Settings
from endpoint.terms import NEWEST, OLDEST, older
from endpoint.workers.messages import Task
from endpoint.workers.pool import QueryFailed
from ontology.text import Text
from queries.catalogue import query, without_header

router = APIRouter()

DEFAULT = ""
"""Stands for the default graph, which has no IRI."""


@router.api_route("/graphs", methods=READ)
@takes("graph", "default", "version", several=("format",))
async def indirect(request: Request) -> Response:
    """The graph that `?graph=` names, or the default graph for `?default` (section 4.2).

    Without either: the description of the service, which lists the graphs.
    """
    fields = read_fields(request)
    named, is_default = single(fields, "graph"), "default" in fields
    if single(fields, "default"):
        raise wrong_value("default", fields["default"][0], Text("utan värde", "without a value"))
    if named is not None and is_default:
        both = Text("Det är antingen graph eller default.", "It is either graph or default.")
        raise bad_parameter("graph", both)
    if named is None and not is_default:
        if fields:
            _written_as(request, fields)  # what is wrong with that is told, and not led away from
        return RedirectResponse("/sparql", 303)
    return await _graph(request, DEFAULT if named is None else _absolute(named), fields, [])


@router.api_route(f"/graphs/{BELOW}", methods=READ)
@takes("version", several=("format",))
async def direct(path: str, request: Request) -> Response:
    """The graph at an address (section 4.1)."""
    site: Dataset = request.state.site
    name = quote(path, safe="/~")
    try:
        return await _graph(request, site.graph_at(name), read_fields(request), site.through_time(f"graphs/{name}"))
    except Problem as problem:
        stem, _, suffix = name.rpartition(".")
        if problem.kind != "no-graph" or suffix not in {format_.suffix for format_ in GRAPHS}:
            raise
        words = Text("Formatet står efter grafens adress:", "The format stands after the address of the graph:")
        raise leading(problem, words, f"{site.address}graphs/{stem}?format={suffix}") from problem


async def _graph(request: Request, graph: str, fields: dict[str, list[str]], further: list[str]) -> Response:
    """A graph in the format that the client likes best, with more links; to a browser, as a table of what it says."""
    site: Dataset = request.state.site
    named, accept = fields.get("format", []), accepted_by(request.headers)
    if prefers_page(accept, named, GRAPHS):
        language = choose_language(request.headers)
        chosen = f"&default-graph-uri={quote(graph, safe='')}" if graph else ""
        asked = quote(without_header(query("about/said").text), safe="")
        to = f"/{language}/query?query={asked}{chosen}#result"
        return RedirectResponse(to, 303, headers={"Vary": "Accept, Accept-Language"})
    format_, version = _written_as(request, fields)
    task = _task(site, request.app.state.settings, graph, format_, version)
    account(request.scope)["form"] = "GRAPH"
    try:
        async with WhilePresent(request.receive):
            answer = await site.readers.ask(task)
    except QueryFailed as failure:
        if failure.reason == "no-graph":
            raise _no_graph(graph) from failure
        raise query_failed(failure, GRAPHS) from failure
    headers = {"Vary": "Accept", "Content-Type": format_.of_version(version)}
    links = [*await _links(site, graph), *further]
    return send_answer(answer, headers | ({"Link": ", ".join(links)} if links else {}))


def _written_as(request: Request, fields: dict[str, list[str]]) -> tuple[Format, str | None]:
    """The format that the client likes best, and the version of RDF that it knows. Raises Problem."""
    named, accept = fields.get("format", []), accepted_by(request.headers)
    format_ = choose(accept, named, GRAPHS)
    if format_ is None:
        raise no_such_format(GRAPHS) if named else not_acceptable((*GRAPHS, HTML))
    return format_, version_in(fields) or accepted_version(accept, named, format_)


def _task(site: Dataset, settings: Settings, graph: str, format_: Format, version: str | None) -> Task:
    """What a worker does: it writes a named graph as it is; of the default graph, each statement once."""
    known = older(version or OLDEST, format_.newest) if site.holds_new_terms else NEWEST
    return Task(
        "" if graph else query("about/default-graph").text,
        graph=format_.name,
        dumped=graph or None,
        is_union=site.is_union,
        prefixes=site.prefixes,
        max_bytes=settings.max_answer_bytes,
        spool=str(site.readers.spool) if site.readers.spool else None,
        in_memory=settings.memory_bytes,
        version=known,
    )


async def _links(site: Dataset, graph: str) -> list[str]:
    """The links of the header: the licences of a graph, as far as they are stated, and the document about it.

    The default graph is all that there is: what describes that tells the terms of each part.
    """
    if not graph:
        return [f'<{document}>; rel="describedby"' for document in site.described_in]
    licences = [row["licence"] for row in await site.select_once("about/licences") if str(row["graph"]) == graph]
    links = [f'<{licence}>; rel="license"' for licence in licences]
    document = site.href(graph)
    if document.startswith("/"):
        links.append(f'<{site.base.iri}{document[1:]}>; rel="describedby"')
    return links


def _no_graph(graph: str) -> Problem:
    return Problem("no-graph", TYPES["no-graph"].detail(graph=graph))


def _absolute(graph: str) -> str:
    try:
        ox.NamedNode(graph)
    except ValueError as error:
        raise bad_parameter("graph", Text(f"graph är ingen IRI: {graph!r}.", f"graph is no IRI: {graph!r}.")) from error
    return graph
