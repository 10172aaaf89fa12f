"""The named graphs that stand apart from what has changed: what was found of their things holds still.

What that means, and why, stands in `shapes/local.py`; here it is looked whether it is so, statement by statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDF, RDFS

from loaders.content import Content
from loaders.previous import Previous
from ontology import iri
from ontology.namespaces import QB

_LEAST = 1000
"""A graph of fewer statements is checked again sooner than it is looked through."""

_INNER = frozenset(f"<{term}>" for term in (QB.dataSet, QB.slice, QB.observation))
_OF_STRUCTURES = frozenset(
    f"<{term}>"
    for term in (QB.component, QB.componentProperty, QB.componentRequired, QB.sliceKey, QB.codeList, RDFS.subClassOf)
)
_STRUCTURES = frozenset(
    f"<{term}>" for term in (QB.DataStructureDefinition, QB.DimensionProperty, QB.MeasureProperty, QB.AttributeProperty)
)
_TYPE = f"<{RDF.type}>"


@dataclass(slots=True)
class _Graph:
    """What a graph speaks of, and what it says of these things."""

    things: set[str]
    values: set[str]
    is_closed: bool  # its data sets, series and observations are its own, and it tells of no structure


@dataclass(frozen=True, slots=True)
class Apart:
    """Graphs that stand apart, and the things that they speak of, as N-Triples writes these."""

    graphs: frozenset[str]
    things: frozenset[str]

    def holds(self, thing: str) -> bool:
        """True where a thing, by its IRI, is among them."""
        return f"<{thing}>" in self.things

    def near(self, content: Content) -> Iterator[tuple[str, str]]:
        """The statements of all other graphs, and what these graphs say of the things there; each with its graph."""
        wanted = {f"<{graph}>" for graph in content.graphs}
        for graph, lines in content.graphs.items():
            if graph not in self.graphs:
                for line in lines:
                    subject, _, value = line.split(" ", 2)
                    wanted.add(subject)
                    if value[0] == "<":
                        wanted.add(value)
                    yield line, graph
        wanted &= self.things
        for graph in sorted(self.graphs):
            for line in content.graphs[graph]:
                if line[: line.index(" ")] in wanted:
                    yield line, graph


def stand_apart(content: Content, previous: Previous) -> Apart | None:
    """The graphs of a content that stand apart from what has changed since a previous release; None without any."""
    if previous.differences is None:
        return None
    vocabulary = str(content.base.localise(iri.VOCABULARY_GRAPH))
    changed = [line for one in previous.differences.values() for line in (*one.went, *one.came)]
    touched = _Graph(set(), set(), is_closed=True)
    _look(changed, touched)
    if vocabulary not in previous.same or not touched.is_closed:
        return None
    apart: dict[str, _Graph] = {}
    for graph in sorted(previous.same.keys() - {vocabulary}):
        if len(content.graphs[graph]) < _LEAST or f"<{graph}>" in touched.things:
            continue
        of_it = _Graph(set(), set(), is_closed=True)
        _look(content.graphs[graph], of_it, own=True)
        if (
            of_it.is_closed
            and of_it.things.isdisjoint(touched.things)
            and of_it.things.isdisjoint(touched.values)
            and of_it.values.isdisjoint(touched.things)
        ):
            apart[graph] = of_it
    while apart:
        tied = _tied(content, apart, touched.things)
        if not tied:
            things = frozenset().union(*(of_it.things for of_it in apart.values()))
            return Apart(frozenset(apart), things)
        apart = {graph: of_it for graph, of_it in apart.items() if of_it.things.isdisjoint(tied)}
    return None


def _look(lines: Iterable[str], found: _Graph, own: bool = False) -> None:
    """Look through the lines of a graph, or of a difference, whose data sets and series need not be its own."""
    inner: set[str] = set()
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        found.things.add(subject)
        if value[0] == "<":
            found.values.add(value)
        if predicate in _INNER:
            inner.add(value)
        elif predicate in _OF_STRUCTURES or (predicate == _TYPE and value in _STRUCTURES):
            found.is_closed = False
    if own and not inner <= found.things:
        found.is_closed = False


def _tied(content: Content, apart: dict[str, _Graph], touched: set[str]) -> set[str]:
    """The things of these graphs that what stands in the others ties to what was touched."""
    of_apart: set[str] = set().union(*(of_it.things for of_it in apart.values()))
    tied = set()
    for graph, lines in content.graphs.items():
        if graph in apart:
            continue
        is_touched = f"<{graph}>" in touched
        for line in lines:
            subject, predicate, value = line.split(" ", 2)
            if subject in of_apart and (is_touched or value in touched or predicate in _INNER):
                tied.add(subject)
            if value in of_apart and (subject in touched or predicate in _INNER):
                tied.add(value)
    return tied
