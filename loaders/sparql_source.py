"""Statements that a SPARQL service gives about things of ours, by a CONSTRUCT of the operator's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.live import LiveSource
from loaders.live_series import on_lines
from loaders.progress import Told
from loaders.row import Row, things_of
from loaders.sparql_mapping import Asked
from loaders.statements import Spot, Statements, described
from loaders.turtle_answers import TURTLE, read_turtle

SPARQL_QUERY = "application/sparql-query"


class SparqlStatements(Statements):
    """What a service says of one thing."""

    table = "sparql_statements"


def query_of(source: LiveSource) -> Asked:
    """The query that a source names."""
    if source.query is None:
        raise ValueError(f"the source {source.id} names no query")
    return source.query


def address_of(source: LiveSource) -> str:
    """Where the service is."""
    return source.address + service if (service := query_of(source).service) else source.address


def fetch(client: Client, _: Sequence[str] | None, told: Told) -> list[Answer]:
    """The answer to the query, asked by POST (SPARQL 1.1 Protocol, section 2.1.3). Raises Unfetched."""
    asked = query_of(client.source)

    def check(answer: Answer) -> None:
        try:
            read_turtle(answer.body, asked.most)
        except ValueError as error:
            raise Unfetched(answer.url, str(error)) from error

    told(0, 1)
    answer = client.post(address_of(client.source), asked.text.encode("utf-8"), check, TURTLE, SPARQL_QUERY)
    told(1, 1)
    return [answer]


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row]:
    """A row for each thing of the tables that the answer speaks of. Raises ValueError with what cannot be taken."""
    asked, bodies = query_of(source), dict(answers)
    url = f"{address_of(source)}#{sha256(asked.text.encode('utf-8')).hexdigest()[:16]}"
    if url not in bodies:
        raise ValueError(f"{address_of(source)} was not asked the query of {asked.file} as it is now; fetch it anew")
    try:
        triples = set(read_turtle(bodies[url], asked.most))
        if len(triples) < asked.least:
            raise ValueError(f"there are {len(triples):,} statements, and {asked.least:,} are expected (query.least)")
        placed = ((triple, Spot()) for triple in triples)
        return list(on_lines(described(SparqlStatements, source.id, address_of(source), placed, things_of(rows))))
    except ValueError as error:
        raise ValueError(f"{url}: {error}") from error
