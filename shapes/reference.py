"""Checks data with pySHACL: slow, and right where engines differ."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from threading import Lock

import pyoxigraph as ox
import pyshacl
import pyshacl.shape
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
from rdflib import SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.engine import as_ntriples
from ontology.text import Text
from shapes.late import UnreadTerm
from shapes.report import Finding, Severity
from shapes.things import text_of

NAME = f"pyshacl {version('pyshacl')}"

# pySHACL asks of every predicate of every shape, for every thing, whether it is in a list of forty; a set answers the
# same, and the gate takes a third less time. The attribute is where pySHACL keeps that list after its first use.
vars(pyshacl.shape)["CONSTRAINT_PARAMS"] = (frozenset(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP)

_ONE_AT_A_TIME = Lock()
"""pySHACL changes how rdflib reads values while it runs, for the whole process."""


def check(triples: str, shapes: str) -> list[Finding]:
    """What pySHACL finds in N-Triples, as findings without places.

    Raises pyshacl.errors.ShapeLoadError and its kin where the shapes themselves are wrong.
    """
    quads = ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
    with _quiet():
        return check_graph(graph_of(quads), Graph(bind_namespaces="none").parse(data=shapes, format="turtle"))


def check_graphs(
    graphs: Mapping[str, Iterable[str]], shapes: str, things: Collection[str] | None = None
) -> list[Finding]:
    """What pySHACL finds in named graphs, each of them N-Triples lines without the final full stop, taken together.

    Of some things, by their IRIs, or of all.
    """
    found = check(text_of(graphs), shapes)
    return found if things is None else [finding for finding in found if finding.focus in things]


def check_graph(data: Graph, shapes: Graph) -> list[Finding]:
    """What pySHACL finds in a graph made by `graph_of` or by rdflib's own parsers.

    It writes into the graph of shapes: give it one of its own.
    """
    with _ONE_AT_A_TIME:
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    if not isinstance(results, Graph):
        raise TypeError(f"pySHACL gave no results graph but {results!r}")
    return [_finding(results, result, shapes) for result in results.objects(None, SH.result)]


def graph_of(quads: Iterable[ox.Quad]) -> Graph:
    """The triples of some quads in a plain rdflib graph, a string without its type as rdflib's own parsers leave it.

    Graphs that other parsers make hold `"A"^^xsd:string`, which is not `"A"` to rdflib, and `sh:in` fails on them.
    Raises UnreadTerm.
    """
    graph = Graph(bind_namespaces="none")
    term = cache(_term)  # the same terms stand in many statements
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            raise UnreadTerm(f"{quad.subject} has a triple term as its {quad.predicate}")
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal(language=str(language)):
            return Literal(term.value, lang=language)
        case ox.Literal(datatype=ox.NamedNode(value=datatype)):
            as_written = None if datatype == str(XSD.string) else datatype
            literal = Literal(
                term.value, datatype=as_written, normalize=False
            )  # a report shows what stands in the data
            if isinstance(literal.value, Decimal) and not literal.value.is_finite():
                literal._ill_typed, literal._value = True, None  # XSD has no such decimal, and to compare it raises
            return literal
    raise TypeError(f"shapes speak of IRIs, blank nodes and literals, not of {term}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from printing a traceback for every value that is badly written: the report names them."""
    log = logging.getLogger("rdflib.term")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        log.disabled = True
        try:
            yield
        finally:
            log.disabled = False


def _finding(results: Graph, result: Node, shapes: Graph) -> Finding:
    def one(predicate: URIRef) -> Node | None:
        return results.value(result, predicate)

    shape, path, value = one(SH.sourceShape), one(SH.resultPath), one(SH.value)
    component = str(one(SH.sourceConstraintComponent))
    return Finding(
        severity=Severity(str(one(SH.resultSeverity)).removeprefix(str(SH))),
        cause=str(shape),
        component=component.removeprefix(str(SH)).removesuffix("ConstraintComponent"),
        message=_message(shape, shapes) or Text(*[str(one(SH.resultMessage))] * 2),
        focus=str(one(SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
        term=None if value is None or isinstance(value, BNode) else as_ntriples(value),
    )


def _message(shape: Node | None, shapes: Graph) -> Text | None:
    """The message of the shape in both languages, None where it has none."""
    said = {m.language: str(m) for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)}
    return Text(said["sv"], said["en"]) if {"sv", "en"} <= said.keys() else None
