"""Terms of rdflib as the engine has them, and as N-Triples writes them."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.term import Node


def of_engine(term: Node) -> ox.NamedNode | ox.Literal:
    """A term as the engine has it; there are no blank nodes in a release.

    Raises ValueError for an IRI that is none.
    """
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)
    raise TypeError(f"a release holds IRIs and literals only, not {term!r}")


def as_ntriples(term: Node) -> str:
    """A term as N-Triples and SPARQL write it."""
    return str(of_engine(term))
