"""The order of properties, as the shapes of a kind give it."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
from rdflib import SH, URIRef

from shapes.files import shape_texts


@cache
def properties_of(kind: str) -> tuple[URIRef, ...]:
    """The properties of the things of a kind in the order in which its shape has them; none for an unknown kind."""
    path, order = str(SH.path), str(SH.order)
    text = shape_texts().get(kind, "")
    said: dict[str, dict[str, str]] = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        if quad.predicate.value in {path, order} and isinstance(quad.object, ox.NamedNode | ox.Literal):
            said.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object.value
    placed = sorted((int(shape[order]), shape[path]) for shape in said.values() if {path, order} <= shape.keys())
    return tuple(dict.fromkeys(URIRef(property_) for _, property_ in placed))
