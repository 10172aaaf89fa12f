"""Writing a description: texts in both languages, numbers, nothing where nothing is known; on the base of a release."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from ontology.base import Base
from ontology.description import prefixes
from ontology.engine import of_engine
from ontology.namespaces import XSD
from ontology.text import Text
from ontology.turtle import write_turtle

Value = URIRef | Literal | Text | str | int | None
"""What can be said: a Text in both languages, a str as it is, an int as xsd:integer, and None is not said."""


class Account:
    """A graph that is being written. What is said on the canonical base stands on the base of the release."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.graph = Graph(bind_namespaces="none")
        self._local = cache(base.localise)  # the same terms stand in many triples

    def say(self, subject: URIRef, *said: tuple[URIRef, Value]) -> URIRef:
        """Add what is said of a subject, property by property; the subject, so that it can be pointed to."""
        local = self._local(subject)
        for predicate, value in said:
            for term in _terms(value):
                self.graph.add((local, predicate, self._local(term)))
        return subject

    def name(self, predicate: URIRef, *said: tuple[URIRef, Value]) -> None:
        """Say something of every IRI that a property has as its value."""
        for value in set(self.graph.objects(None, predicate)):
            if isinstance(value, URIRef):
                self.say(value, *said)


def day(value: str) -> Literal:
    """An xsd:date."""
    return Literal(value, datatype=XSD.date)


def as_turtle(graph: Graph, base: Base) -> bytes:
    """A graph as Turtle, in an order that follows from its content alone."""
    node, term = cache(ox.NamedNode), cache(of_engine)
    said: dict[tuple[str, str], list[Any]] = {}
    for subject, predicate, value in graph:
        said.setdefault((str(subject), str(predicate)), []).append(value)
    triples = (ox.Triple(node(s), node(p), term(o)) for s, p in sorted(said) for o in sorted(said[s, p]))
    return write_turtle(triples, prefixes(base))


def _terms(value: Value) -> list[URIRef | Literal]:
    match value:
        case None:
            return []
        case Text():
            return [Literal(value.sv, lang="sv"), Literal(value.en, lang="en")]
        case URIRef() | Literal():
            return [value]
        case int():
            return [Literal(value, datatype=XSD.integer)]
        case _:
            return [Literal(value)]
