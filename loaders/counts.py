"""What a store holds, as it counts it itself: statements, things of each class, uses of each property, links."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ontology.base import Base
from ontology.engine import ask_for_rows
from ontology.kinds import KINDS
from queries.catalogue import query


@dataclass(frozen=True, slots=True)
class OfProperty:
    """The uses of a property: how many statements, about how many things, with how many values."""

    term: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class OfClass:
    """The things of a class: how many there are, and one of them."""

    term: str
    things: int
    example: str
    properties: tuple[OfProperty, ...] = ()  # what these things say through each property


@dataclass(frozen=True, slots=True)
class Links:
    """Links through a property: what the IRIs begin with that they come from and lead to, and how many there are."""

    term: str
    origin: str
    target: str
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a store; IRIs are on the base of its release.

    They are those that the service gives too: a statement that several graphs hold counts once for each of them.
    """

    triples: int
    subjects: int
    objects: int
    classes: tuple[OfClass, ...]
    properties: tuple[OfProperty, ...]
    graphs: dict[str, int]
    links: tuple[Links, ...]

    def of_kinds(self, base: Base) -> dict[str, int]:
        """The number of things of each kind."""
        things = {of.term: of.things for of in self.classes}
        return {kind.name: things.get(str(base.localise(kind.cls)), 0) for kind in KINDS.values()}


def count(store: ox.Store, base: Base) -> Counts:
    """Ask a store what it holds. Six queries."""
    within: dict[str, list[OfProperty]] = {}
    for row in rows(store, base, "about/properties-of-classes"):
        within.setdefault(row["class"], []).append(_of_property(row))
    (whole,) = rows(store, base, "about/whole")
    return Counts(
        triples=int(whole["triples"]),
        subjects=int(whole["subjects"]),
        objects=int(whole["objects"]),
        classes=tuple(
            OfClass(row["class"], int(row["things"]), row["example"], tuple(within[row["class"]]))
            for row in rows(store, base, "about/classes")
        ),
        properties=tuple(_of_property(row) for row in rows(store, base, "about/properties")),
        graphs={row["graph"]: int(row["triples"]) for row in rows(store, base, "about/graphs")},
        links=tuple(
            Links(row["property"], row["from"], row["to"], int(row["links"]))
            for row in rows(store, base, "about/links")
        ),
    )


def _of_property(row: dict[str, str]) -> OfProperty:
    return OfProperty(row["property"], int(row["triples"]), int(row["subjects"]), int(row["objects"]))


_WITH_A_VALUE = frozenset({"uri", "literal"})


def rows(store: ox.Store, base: Base, name: str, graphs: Collection[str] | None = None) -> Iterator[dict[str, str]]:
    """The rows of a SELECT query of the product, each with the lexical forms of what is bound.

    `graphs` are those that `GRAPH` stands for, if not all; statements outside of it are those of all graphs.
    """
    for row in ask_for_rows(store, query(name).on(base), graphs):
        yield {name: term["value"] for name, term in row.items() if term["type"] in _WITH_A_VALUE}
