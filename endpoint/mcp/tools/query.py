"""The tool `query`: SPARQL by the same workers, guard, limits and turns as `/sparql`, its answer whole or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
import pyoxigraph as ox
from msgspec import Meta

from endpoint.dataset import Dataset
from endpoint.formats import JSON, TURTLE
from endpoint.guard import inspect
from endpoint.mcp.tools.arguments import Arguments
from endpoint.mcp.tools.sources import Source, read_stated
from endpoint.mcp.tools.tool import Answer, Context, Tool
from endpoint.operation import Limits, Operation, Serialisation, fault_of, task_for, too_long
from endpoint.problem_type import figure
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, query_failed
from endpoint.query_page.answers import Shown, read_answer
from endpoint.query_page.asking import PAGE_BYTES
from endpoint.query_page.computed import in_vain
from endpoint.query_page.naming import names_of
from endpoint.query_page.remarks import remarks_on
from endpoint.settings import Settings
from endpoint.terms import NEWEST
from endpoint.workers.pool import Answer as Found
from endpoint.workers.pool import QueryFailed
from endpoint.workers.said import MOST_NAMED
from ontology.text import Text


class QueryArguments(Arguments, frozen=True, kw_only=True):
    """A query to ask."""

    query: Annotated[
        str,
        Meta(
            description=(
                "SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE, with its PREFIX lines. The default graph is the union "
                "of all; GRAPH ?graph tells which source states what."
            )
        ),
    ]
    names: Annotated[bool, Meta(description="Tell what the IRIs in the answer are called, too.")] = False
    timeout: Annotated[float, Meta(gt=0, description="Seconds that it may take at most.")] | None = None


class QueryAnswer(Answer, frozen=True, kw_only=True):
    """The answer: a table of `columns` and `rows`, or `boolean` for ASK, or `turtle` for CONSTRUCT and DESCRIBE.

    The table is whole. A value is as CSV has it: an IRI, or a text without its language and datatype; null where there
    is none. `names` are what IRIs in it are called. `sources` tell who states something of the things whose IRIs stand
    in the answer, and how surely; without them, that could not be read in time. `remarks` say what may be wrong.
    """

    columns: Sequence[str] | None = None
    rows: Sequence[Sequence[str | None]] | None = None
    boolean: bool | None = None
    turtle: str | None = None
    names: dict[str, str] = msgspec.field(default_factory=dict)
    sources: Sequence[Source] | None = None
    remarks: list[str] = msgspec.field(default_factory=list)


async def query(context: Context, asked: QueryArguments) -> QueryAnswer:
    """The answer of a query; one query more for who states it, one for names, one where it is empty. Raises Problem."""
    site = context.site
    found, shown = await _answer(context, asked)
    things = list(dict.fromkeys(_things(shown)))
    stated = await read_stated(site, things)
    names = await names_of(site, things) if asked.names else None
    called = {thing: names(thing, asked.language) for thing in things[:MOST_NAMED]} if names else {}
    remarks = [*(await _of_nothing(site, asked.query, found, shown)), *_of_answer(asked, shown, things)]
    return QueryAnswer(
        release=context.release,
        columns=shown.table.columns if shown.table else None,
        rows=[[value.text if value else None for value in row] for row in shown.table.rows] if shown.table else None,
        boolean=shown.boolean,
        turtle=shown.turtle,
        names={thing: label.text for thing, label in called.items() if label},
        sources=stated.sources if stated else None,
        remarks=[remark.in_(asked.language) for remark in remarks],
    )


async def _answer(context: Context, asked: QueryArguments) -> tuple[Found, Shown]:
    """What comes of a query, and what is shown of it.

    Raises Problem where it is not answered, or with more than a model is given.
    """
    site, settings = context.site, context.settings
    if len(asked.query.encode("utf-8")) > settings.max_query_bytes:
        raise too_long(settings.max_query_bytes)
    context.account["query"] = asked.query
    operation = Operation(
        asked.query,
        accept=(),
        timeout=asked.timeout,
        most_nested=settings.max_nesting,
        services=settings.allowed_services,
    )
    limits = Limits(PAGE_BYTES, settings.max_tool_rows, PAGE_BYTES)
    try:
        reading = inspect(asked.query, operation.most_nested, operation.services)
        context.account["form"] = reading.form
        task = task_for(site, operation, reading, Serialisation(JSON, TURTLE, NEWEST), limits)
        answer = await site.workers_for(task).ask(task, operation.timeout)
        shown = read_answer(answer, settings.max_tool_rows)
    except QueryFailed as failure:
        raise _refused(failure, site, settings, operation) from failure
    if answer.rows is not None:
        context.account["rows"] = answer.rows
    return answer, shown


def _refused(failure: QueryFailed, site: Dataset, settings: Settings, operation: Operation) -> Problem:
    """Why there is no answer, as `/sparql` tells it, but for the limits that a model meets before."""
    match failure.reason:
        case "too-many-rows":
            return too_much("tool-too-many-rows", settings.max_tool_rows)
        case "too-many-bytes":
            return too_much("tool-too-long", settings.max_tool_bytes)
        case _:
            return query_failed(failure, fault=fault_of(failure, site, operation))


def too_much(kind: str, limit: int) -> Problem:
    """An answer that is more than a model is given."""
    type_ = TYPES[kind]
    return Problem(kind, type_.detail(limit=figure(limit)), members={"limit": limit, "setting": type_.setting})


def _things(shown: Shown) -> list[str]:
    """The IRIs in a table, or the subjects of a graph."""
    if shown.turtle is None:
        return list(shown.iris())
    quads = ox.parse(shown.turtle, format=ox.RdfFormat.TURTLE)
    return [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)]


async def _of_nothing(site: Dataset, text: str, found: Found, shown: Shown) -> Sequence[Text]:
    """What is to be remarked where nothing was found, or a column is empty. Two queries at most."""
    is_empty = (shown.table is not None and not shown.table.rows) or shown.turtle == ""
    if not (is_empty or in_vain(found, text)):
        return ()
    told = await remarks_on(site, text, shown.table, is_empty=is_empty)
    return [*told, *in_vain(found, text, told)]


def _of_answer(asked: QueryArguments, shown: Shown, things: Sequence[str]) -> list[Text]:
    """What is to be remarked of an answer that is there: whose it is, and what is left unnamed."""
    remarks = []
    if shown.table and shown.table.rows and not things:
        remarks.append(_WHOSE)
    if asked.names and len(things) > MOST_NAMED:
        remarks.append(_UNNAMED)
    return remarks


_WHOSE = Text(
    "Svaret har inga saker, så det säger inte vems uppgifterna är. Välj sakernas IRI:er också, eller fråga GRAPH "
    "?graf.",
    "No thing stands in the answer, so it does not say whose the figures are. Select the IRIs of the things too, or "
    "ask GRAPH ?graph.",
)
_UNNAMED = Text(
    f"Bara de {MOST_NAMED} första IRI:erna har namn här.", f"Only the first {MOST_NAMED} IRIs have names here."
)

TOOL = Tool(
    name="query",
    title="Ask in SPARQL",
    description=(
        "Answers a SPARQL query on the whole release. Find IRIs with find, and classes, properties and example queries "
        "with schema, before writing one. An error says where the query is wrong and what was meant; an empty answer "
        "names the terms that are not in the data. A table is given whole or refused, never cut. When you tell what it "
        "says, name the release and the sources, and say where a statement is the editors' alone or not certain."
    ),
    arguments=QueryArguments,
    answer=QueryAnswer,
    run=query,
)
