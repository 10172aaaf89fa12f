"""The order of properties, as the shapes of a kind give it."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
from rdflib import SH, URIRef

from ontology.base import CANONICAL
from shapes.files import shape_texts

_SHAPES = f"{CANONICAL}shapes/"
_PATH, _ORDER, _PROPERTY, _TARGET = map(str, (SH.path, SH.order, SH.property, SH.targetClass))


@cache
def properties_of(kind: str) -> tuple[URIRef, ...]:
    """The properties of the things of a kind in the order in which its shape has them; none for an unknown kind.

    What the same file demands of other things, such as the named graph of a source, has no part in it.
    """
    said: dict[str, dict[str, set[str]]] = {}
    for quad in ox.parse(shape_texts().get(kind, ""), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            said.setdefault(str(quad.subject).strip("<>"), {}).setdefault(quad.predicate.value, set()).add(
                quad.object.value
            )
    node = said.get(f"{_SHAPES}{kind}", {})
    targets, listed = node.get(_TARGET, set()), node.get(_PROPERTY, set())
    placed = sorted(
        (int(order), path)
        for name, demand in said.items()
        if name in listed or not targets.isdisjoint(demand.get(_TARGET, set()))
        for order in demand.get(_ORDER, set())
        for path in demand.get(_PATH, set())
    )
    return tuple(dict.fromkeys(URIRef(property_) for _, property_ in placed))
