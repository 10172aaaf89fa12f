"""The things of which shapes may find something else than in the release before, and all that they look at in these.

Let D be the statements of a release and D' those of the one before. A shape judges a thing by what any graph says of
it, by the classes of its values, and by which classes are under others; it looks no farther (`shapes/sight.py`). So it
finds of a thing in D what it found in D', unless a statement that came or went

(a) is about the thing: then the thing is its subject, also where D has the thing no more;
(b) says of which class a value of the thing is: if (a) does not hold, D has the statement with that value, and its
    store finds it;
(c) puts a class under another: then all things are judged.

Where a statement that came or went is about a blank node, or has one as its value, all are judged as well: in the store
it has another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDF, RDFS

from loaders.clone import parsed
from loaders.content import Content
from loaders.previous import Previous
from loaders.runs import lines_about

_SHARE = 30
"""Where it is more than one thing in so many statements, all are judged: things have about eight statements each."""

_TYPE, _SUBCLASS_OF = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(RDFS.subClassOf))


@dataclass(frozen=True, slots=True)
class Touched:
    """Things by their IRIs, and all that shapes look at in them: named graphs of sorted lines."""

    things: frozenset[str]
    graphs: Mapping[str, Iterable[str]]


def touched_since(previous: Previous, content: Content, store: ox.Store) -> Touched | None:
    """The things of a content of which shapes may find something else than in a previous release; None for all things.

    The store holds the content.
    """
    if previous.differences is None:
        return None
    change = [
        quad
        for graph, one in previous.differences.items()
        for lines in (one.went, one.came)
        for quad in parsed(lines, graph)
    ]
    if not all(map(_is_plain, change)):
        return None
    things: set[ox.NamedNode] = set()
    most = content.triples // _SHARE
    for thing in _touched(change, store):
        things.add(thing)
        if len(things) > most:
            return None
    return Touched(frozenset(thing.value for thing in things), {"": _seen(things, content, store)})


def _is_plain(quad: ox.Quad) -> bool:
    return (
        isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode | ox.Literal)
        and quad.predicate != _SUBCLASS_OF
    )


def _touched(change: Iterable[ox.Quad], store: ox.Store) -> Iterator[ox.NamedNode]:
    """The things of (a) and (b); some more than once."""
    for quad in change:
        yield from _named(quad.subject)
        if quad.predicate == _TYPE:
            for link in store.quads_for_pattern(None, None, quad.subject):
                yield from _named(link.subject)


def _seen(things: Iterable[ox.NamedNode], content: Content, store: ox.Store) -> tuple[str, ...]:
    """What is said of things, the classes of their values, and which classes are under others; as it is written."""
    said = [quad for thing in things for quad in store.quads_for_pattern(thing, None, None)]
    names = frozenset(map(str, things))
    lines = {str(quad.triple) for quad in store.quads_for_pattern(None, _SUBCLASS_OF, None)}
    for graph in {name.value for quad in said for name in _named(quad.graph_name)}:
        lines.update(lines_about(content.graphs[graph], names))
    for value in {name for quad in said for name in _named(quad.object)}:
        lines.update(str(quad.triple) for quad in store.quads_for_pattern(value, _TYPE, None))
    return tuple(sorted(lines))


def _named(term: object) -> Iterator[ox.NamedNode]:
    """A term, if it is an IRI."""
    if isinstance(term, ox.NamedNode):
        yield term
