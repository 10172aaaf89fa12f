"""How much a release uses each class and each property, as its own description in VoID tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from ontology.description import VOID, VOID_CLASS


@dataclass(frozen=True, slots=True)
class Uses:
    """By class, how many things there are and one of them; by property, how many statements."""

    things: Mapping[URIRef, int]
    examples: Mapping[URIRef, URIRef]
    statements: Mapping[URIRef, int]


@lru_cache(4)
def read_uses(directory: Path) -> Uses:
    """What the release in a folder says of itself; nothing in those made before releases described themselves."""
    file = directory / "about" / "void.ttl"
    said: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE) if file.is_file() else ():
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            said.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object.value
    cls, property_ = str(VOID_CLASS), str(VOID.property)
    number, example, triples = str(VOID.entities), str(VOID.exampleResource), str(VOID.triples)
    classes = [part for part in said.values() if {cls, number, example} <= part.keys()]
    return Uses(
        {URIRef(part[cls]): int(part[number]) for part in classes},
        {URIRef(part[cls]): URIRef(part[example]) for part in classes},
        {URIRef(part[property_]): int(part[triples]) for part in said.values() if {property_, triples} <= part.keys()},
    )
