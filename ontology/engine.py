"""Terms of rdflib as the engine has them, and as N-Triples writes them; and what the engine answers."""

from __future__ import annotations

import json
from collections.abc import Collection

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


Bound = dict[str, str]
"""A term as SPARQL's results in JSON have it (SPARQL 1.1 Query Results JSON Format, 3.2.2)."""


def bound_as_ntriples(bound: Bound) -> str | None:
    """An IRI or a literal that is bound in a row, as N-Triples writes it; None for a blank node."""
    match bound:
        case {"type": "uri", "value": value}:
            return str(ox.NamedNode(value))
        case {"type": "literal", "value": value, "xml:lang": language}:
            return str(ox.Literal(value, language=language))
        case {"type": "literal", "value": value, "datatype": datatype}:
            return str(ox.Literal(value, datatype=ox.NamedNode(datatype)))
        case {"type": "literal", "value": value}:
            return str(ox.Literal(value))
    return None


def read_term(written: str) -> ox.NamedNode | ox.Literal:
    """A term as N-Triples writes it. Raises SyntaxError, and TypeError for a blank node."""
    (statement,) = ox.parse(f"<a:> <a:> {written} .", format=ox.RdfFormat.N_TRIPLES)
    if not isinstance(statement.object, ox.NamedNode | ox.Literal):
        raise TypeError(f"{written} is no IRI and no literal")
    return statement.object


Row = dict[str, Bound]
"""What is bound in a row, by the names of the variables, as SPARQL's results in JSON have terms."""


def ask_for_rows(store: ox.Store, text: str, graphs: Collection[str] | None = None) -> list[Row]:
    """The rows of a SELECT query, of all graphs taken together. Raises TypeError for another form of query.

    `graphs` are those that `GRAPH` stands for, if not all. The engine hands over its answer as a whole: it gives
    up Python's lock for each row else, and waits up to 5 ms for it beside a thread that computes.
    """
    named: list[ox.NamedNode | ox.BlankNode] | None = None if graphs is None else list(map(ox.NamedNode, graphs))
    answer = store.query(text, use_default_graph_as_union=True, named_graphs=named)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("it is no SELECT query")
    rows: list[Row] = json.loads(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")["results"]["bindings"]
    return rows


def ask_for_lines(store: ox.Store, text: str) -> list[str]:
    """What a CONSTRUCT query gives of all graphs taken together, as lines of N-Triples without the final full stop.

    Raises TypeError for another form of query.
    """
    answer = store.query(text, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QueryTriples):
        raise TypeError("it is no CONSTRUCT query")
    written = (answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
    return written.split(" .\n")[:-1]
