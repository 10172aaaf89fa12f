"""Statements as N-Quads has them, read by their lines: what most asks of them is which are about what."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, cast

import pyoxigraph as ox
from rdflib import URIRef

from endpoint.dataset import Term, to_rdflib
from ontology.engine import read_term

_MOST_REMEMBERED = 20_000


class Statement(NamedTuple):
    """A statement in a named graph, each of its terms as N-Quads writes it."""

    subject: str
    predicate: str
    object: str
    graph: str


def read_statements(content: bytes) -> list[Statement]:
    """The statements of an answer of the engine, which has one in each line; all stand in named graphs."""
    found = []
    for line in content.decode("utf-8").split(" .\n")[:-1]:
        subject, predicate, rest = line.split(" ", 2)
        value, _, graph = rest.rpartition(" ")
        found.append(Statement(subject, predicate, value, graph))
    return found


@lru_cache(_MOST_REMEMBERED)
def term_of(written: str) -> Term:
    """A term as one of rdflib: for the same text the same object, soon compared."""
    if written[0] == "<":
        return to_rdflib(ox.NamedNode(iri_in(written)))
    return to_rdflib(read_term(written))


def iri_of(iri: str) -> URIRef:
    """An IRI as such a term."""
    return cast("URIRef", term_of(f"<{iri}>"))


def iri_in(written: str) -> str:
    """The IRI in a term that is one."""
    return written[1:-1]
