"""What has been touched since the release before: things and names, of which shapes and rules may find something else.

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

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox
from rdflib import RDF, RDFS, URIRef

from loaders.clone import parsed
from loaders.content import Content
from loaders.previous import Previous, where_said
from loaders.runs import lines_about
from ontology.engine import ask_for_lines, ask_for_rows
from queries.catalogue import query
from shapes.classes import TYPE

_SHARE = 30
"""Where it is more than one thing in so many statements, all are judged: things have about eight statements each."""

_AT_ONCE = 20_000
"""Values whose classes are asked for in one query."""

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
    most = content.triples // _SHARE
    about = _things_in(change)
    if len(about) > most:
        return None
    typed = _things_in(quad for quad in change if quad.predicate == _TYPE)
    others = (row["other"] for row in ask_for_rows(store, _asking(content, "about/pointing-to", typed)))
    things = about.union(other["value"] for other in others if other["type"] == "uri")
    if len(things) > most:
        return None
    said = {line for lines in previous.said.values() for line in lines}
    said.update(_said_of(things - about, content, store))
    return Touched(frozenset(things), {"": tuple(sorted({*said, *_classes_near(said, content, store)}))})


def names_touched_since(previous: Previous) -> frozenset[str] | None:
    """The properties of statements that came or went since a previous release; of `rdf:type`, the classes.

    IRIs, without brackets; None where nobody has looked for what came or went.
    """
    if previous.differences is None:
        return None
    lines = (line for one in previous.differences.values() for line in (*one.went, *one.came))
    return frozenset(_name_of(*line.split(" ", 2)[1:]) for line in lines)


def _name_of(predicate: str, value: str) -> str:
    return (value if predicate == TYPE else predicate).strip("<>")


def _is_plain(quad: ox.Quad) -> bool:
    return (
        isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode | ox.Literal)
        and quad.predicate != _SUBCLASS_OF
    )


def _things_in(change: Iterable[ox.Quad]) -> set[str]:
    """The IRIs that statements are about."""
    return {quad.subject.value for quad in change if isinstance(quad.subject, ox.NamedNode)}


def _said_of(things: Collection[str], content: Content, store: ox.Store) -> Iterator[str]:
    """What is said of things, as it is written."""
    names = frozenset(f"<{thing}>" for thing in things)
    for graph in where_said(store, content.base, things) if things else ():
        yield from lines_about(content.graphs[graph], names)


def _classes_near(said: Iterable[str], content: Content, store: ox.Store) -> Iterator[str]:
    """The classes of values of what is said, and which classes are under others, as a store writes it."""
    yield from (str(quad.triple) for quad in store.quads_for_pattern(None, _SUBCLASS_OF, None))
    values = {value for line in said if (value := line.split(" ", 2)[2]).startswith("<")}
    asked = iter(sorted(value[1:-1] for value in values))
    while some := list(islice(asked, _AT_ONCE)):
        yield from ask_for_lines(store, _asking(content, "about/classes-of", some))


def _asking(content: Content, name: str, things: Iterable[str]) -> str:
    """A query of the product about things."""
    return query(name).asking(content.base, {"thing": map(URIRef, things)})
