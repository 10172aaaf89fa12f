"""How much a release holds of each class and property and in each graph, as its own description in VoID tells.

A store of ten million statements takes ten seconds and more to count any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from ontology.description import VOID, VOID_CLASS
from ontology.namespaces import RDF

_CLASS, _PROPERTY, _PARTS = str(VOID_CLASS), str(VOID.property), str(VOID.propertyPartition)
_CLASSES, _STATEMENTS, _LINKSET, _TYPE = map(str, (VOID.classPartition, VOID.triples, VOID.Linkset, RDF.type))


@dataclass(frozen=True, slots=True)
class Uses:
    """By class, how many things there are and one of them; by property and by graph, how many statements.

    `having` tells how many things of a class have a property; it is empty in releases that did not count that.
    `total` is how many statements there are in all, none where a release does not describe itself.
    """

    things: Mapping[URIRef, int]
    examples: Mapping[URIRef, URIRef]
    statements: Mapping[URIRef, int]
    having: Mapping[tuple[URIRef, URIRef], int]
    graphs: Mapping[URIRef, int]
    total: int | None


@lru_cache(4)
def read_uses(directory: Path) -> Uses:
    """What the release in a folder says of itself; nothing in those made before releases described themselves."""
    file = directory / "about" / "void.ttl"
    said: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE) if file.is_file() else ():
        if isinstance(quad.object, ox.NamedNode | ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    classes = {URIRef(of[_CLASS][0]): of for of in said.values() if _CLASS in of}
    within = {name for of in classes.values() for name in of.get(_PARTS, [])}
    parts = {name: of for name, of in said.items() if _PROPERTY in of}
    whole = next((of for of in said.values() if _CLASSES in of), {})
    parts_of_it = {name: said.get(name, {}) for name in whole.get(str(VOID.subset), [])}
    graphs = {name: of for name, of in parts_of_it.items() if _STATEMENTS in of and _LINKSET not in of.get(_TYPE, [])}
    return Uses(
        {cls: int(of[str(VOID.entities)][0]) for cls, of in classes.items()},
        {cls: URIRef(of[str(VOID.exampleResource)][0]) for cls, of in classes.items()},
        {URIRef(of[_PROPERTY][0]): int(of[_STATEMENTS][0]) for name, of in parts.items() if name not in within},
        {
            (cls, URIRef(parts[name][_PROPERTY][0])): int(parts[name][str(VOID.distinctSubjects)][0])
            for cls, of in classes.items()
            for name in of.get(_PARTS, [])
        },
        {URIRef(name): int(of[_STATEMENTS][0]) for name, of in graphs.items()},
        int(whole[_STATEMENTS][0]) if _STATEMENTS in whole else None,
    )
