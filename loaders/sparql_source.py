"""Statements that a SPARQL service gives about things of ours, by a CONSTRUCT of the operator's own.

Only what the shapes allow is taken: a thing that the tables define, and a property that such a thing can have. One
statement beyond that and nothing is taken, for the query can be mended and a part of an answer is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Annotated, NamedTuple

import pyoxigraph as ox
from pydantic import StringConstraints
from rdflib import Literal, URIRef

from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.live import LiveSource
from loaders.live_series import on_lines
from loaders.progress import Told
from loaders.row import Claim, Fact, Reference, Row
from loaders.sparql_mapping import Asked
from loaders.turtle_answers import TURTLE, read_turtle
from ontology import iri
from ontology.base import CANONICAL
from ontology.namespaces import MG, XSD
from ontology.schemes import Confidence
from shapes.order import properties_of

SPARQL_QUERY = "application/sparql-query"
_MOST_NAMED = 5


class Said(NamedTuple):
    """A property and its value: an IRI, or a text with its language or datatype."""

    predicate: str
    value: str
    language: str | None = None
    datatype: str | None = None  # None for an IRI and for a text in a language

    def __str__(self) -> str:
        """As N-Triples writes it."""
        return f"<{self.predicate}> {self.term.n3()}"

    @property
    def term(self) -> URIRef | Literal:
        """The value."""
        if self.language is None and self.datatype is None:
            return URIRef(self.value)
        datatype = None if self.datatype in {None, str(XSD.string)} else self.datatype
        return Literal(self.value, lang=self.language, datatype=URIRef(datatype) if datatype else None, normalize=False)


class SparqlStatements(Claim):
    """What a service says of one thing."""

    table = "sparql_statements"
    key_column = "thing"

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z-]+$")]
    thing: str
    said: tuple[Said, ...]

    @property
    def key(self) -> str:
        """The source, the kind and the key of the thing."""
        return f"{self.source_id}/{self.kind}/{self.thing}"

    @property
    def subject(self) -> URIRef:
        """The thing."""
        return iri.mint(self.kind, self.thing)

    def references(self) -> Iterator[Reference]:
        """The source and the thing."""
        yield from super().references()
        yield Reference("thing", self.kind, self.thing)

    def facts(self) -> Iterator[Fact]:
        """Each statement."""
        for one in self.said:
            yield self.says(URIRef(one.predicate), one.term, "said")


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
        known = {(row.defines, row.key) for row in rows if row.defines is not None}
        return list(on_lines(_described(source, triples, known)))
    except ValueError as error:
        raise ValueError(f"{url}: {error}") from error


def _described(
    source: LiveSource, triples: Iterable[ox.Triple], known: set[tuple[str, str]]
) -> Iterator[SparqlStatements]:
    """The rows in the order of the things."""
    faults: list[str] = []
    of_thing: dict[iri.Key, list[Said]] = {}
    for triple in sorted(triples, key=str):
        try:
            of_thing.setdefault(_thing(triple, known), []).append(_said(triple, known))
        except ValueError as error:
            faults.append(f"{triple} ({error})")
    if faults:
        more = f"; and {len(faults) - _MOST_NAMED:,} more" if len(faults) > _MOST_NAMED else ""
        raise ValueError(f"{len(faults):,} of the statements cannot be taken: {'; '.join(faults[:_MOST_NAMED])}{more}")
    for key, said in sorted(of_thing.items()):
        yield SparqlStatements(
            kind=key.kind, thing=key.key, said=tuple(said), source_id=source.id, confidence=Confidence.CERTAIN
        )


def _thing(triple: ox.Triple, known: set[tuple[str, str]]) -> iri.Key:
    """The thing that a statement is about. Raises ValueError for one that is not ours, and what it cannot have."""
    key = iri.parse(triple.subject.value) if isinstance(triple.subject, ox.NamedNode) else None
    if key is None:
        raise ValueError(f"its subject is no thing of ours; those begin with {CANONICAL}id/")
    if key not in known:
        raise ValueError(f"there is no {key.kind} {key.key} in the tables")
    allowed = {str(property_) for property_ in properties_of(key.kind)} - {str(MG.statedIn)}
    if triple.predicate.value not in allowed:
        raise ValueError(f"a {key.kind} has no such property: see {CANONICAL}shapes/{key.kind}")
    return key


def _said(triple: ox.Triple, known: set[tuple[str, str]]) -> Said:
    """What a statement says. Raises ValueError for a value that no statement of ours can have."""
    value = triple.object
    if isinstance(value, ox.Literal):
        datatype = None if value.language else value.datatype.value
        return Said(triple.predicate.value, value.value, value.language, datatype)
    if not isinstance(value, ox.NamedNode):
        raise ValueError("its value has no IRI: give it one in the query, or leave it out")
    key = iri.parse(value.value)
    if key is not None and key not in known:
        raise ValueError(f"its value is the {key.kind} {key.key}, which is not in the tables")
    return Said(triple.predicate.value, value.value)
