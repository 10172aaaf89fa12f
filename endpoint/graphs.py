"""`/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol, read only: a graph by its IRI or its address, or the default."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.accounts import account
from endpoint.choice import accepted_version, choose, prefers_page
from endpoint.dataset import Dataset
from endpoint.formats import GRAPHS, HTML, Format
from endpoint.messages import Task
from endpoint.methods import READ
from endpoint.negotiation import accepted_by, choose_language
from endpoint.operation import read_fields, single, version_in
from endpoint.parameters import bad_parameter
from endpoint.paths import BELOW
from endpoint.pool import QueryFailed
from endpoint.presence import WhilePresent
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, not_acceptable, query_failed
from endpoint.sending import send_answer
from endpoint.settings import Settings
from endpoint.terms import NEWEST, OLDEST, older
from ontology.text import Text
from queries.catalogue import query, without_header

router = APIRouter()

DEFAULT = ""
"""Stands for the default graph, which has no IRI."""


@router.api_route("/graphs", methods=READ)
async def indirect(request: Request) -> Response:
    """The graph that `?graph=` names, or the default graph for `?default` (section 4.2).

    Without either: the description of the service, which lists the graphs.
    """
    fields = read_fields(request)
    named, is_default = single(fields, "graph"), "default" in fields
    if named is not None and is_default:
        both = Text("Det är antingen graph eller default.", "It is either graph or default.")
        raise bad_parameter("graph", both)
    if named is None and not is_default:
        return RedirectResponse("/sparql", 303)
    return await _graph(request, DEFAULT if named is None else _absolute(named), fields, [])


@router.api_route(f"/graphs/{BELOW}", methods=READ)
async def direct(path: str, request: Request) -> Response:
    """The graph at an address (section 4.1)."""
    site: Dataset = request.state.site
    name = quote(path, safe="/~")
    return await _graph(request, site.graph_at(name), read_fields(request), site.through_time(f"graphs/{name}"))


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
    format_ = choose(accept, named, GRAPHS)
    if format_ is None:
        raise not_acceptable((*GRAPHS, HTML))
    version = version_in(fields) or accepted_version(accept, named, format_)
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
    """The links of the header: the licences of a graph, as far as they are stated, and the document about it."""
    licences = [row["licence"] for row in await site.select_once("about/licences") if str(row["graph"]) == graph]
    links = [f'<{licence}>; rel="license"' for licence in licences]
    document = site.href(graph) if graph else ""
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
