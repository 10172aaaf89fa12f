"""What shapes look at in a thing and in its values, read from the shapes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib import RDF, SH, URIRef

_LIMITS = (SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive)
_COUNTS = (SH.minCount, SH.maxCount, SH.qualifiedMinCount)


class _LooksFarther(Exception):
    """A shape judges values by what is said of them, or compares them with what is no integer."""


@dataclass(slots=True)
class Facet:
    """What shapes look at in the values of a property, or in things themselves, besides kind, datatype and language."""

    classes: bool = False
    listed: set[str] = field(default_factory=set)  # in N-Triples
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    limits: set[int] = field(default_factory=set)
    most: int = 1  # how many values a shape counts

    @property
    def looks_into_values(self) -> bool:
        """True where more is looked at than what sort of values they are."""
        return bool(self.listed or self.patterns or self.limits)


@dataclass(slots=True)
class Sight:
    """What shapes look at: of each property by its IRI, and of the things of each class by that of the class."""

    properties: dict[str, Facet] = field(default_factory=lambda: defaultdict(Facet))
    things: dict[str, Facet] = field(default_factory=lambda: defaultdict(Facet))


def sight(shapes: Iterable[ox.Quad]) -> Sight | None:
    """What shapes look at; None where they judge a thing by what is said of its values."""
    reading = _Reading(shapes)
    try:
        for shape, cls in reading.targets():
            reading.look(shape, cls, None)
    except _LooksFarther:
        return None
    return reading.sight


class _Reading:
    """Follows shapes from their targets to what they look at."""

    def __init__(self, shapes: Iterable[ox.Quad]) -> None:
        self.sight = Sight()
        self._said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._written: dict[str, str] = {}
        for quad in shapes:
            self._said[str(quad.subject)][quad.predicate.value].append(str(quad.object))
            if isinstance(quad.object, ox.Literal):
                self._written[str(quad.object)] = quad.object.value

    def targets(self) -> Iterator[tuple[str, str]]:
        """Each shape with a target, and the class that it targets."""
        for shape, said in list(self._said.items()):
            yield from ((shape, cls) for cls in said.get(str(SH.targetClass), ()))

    def look(self, shape: str, cls: str, path: str | None) -> None:
        """Note what a shape looks at in things of a class, or in the values of one of their properties."""
        of_values = path is not None
        for own in self._objects(shape, SH.path):
            path = own
        if of_values and (path_of_values := self._objects(shape, SH.path, SH.property, SH.closed)):
            raise _LooksFarther(path_of_values)
        facet = self.sight.things[cls] if path is None else self.sight.properties[path]
        self._note(shape, facet)
        for choices in self._objects(shape, SH["or"]):
            for choice in self._members(choices):
                self.look(choice, cls, path)
        for nested in self._objects(shape, SH.qualifiedValueShape):
            self.look(nested, cls, path)
        for nested in self._objects(shape, SH.property):
            self.look(nested, cls, None)

    def _note(self, shape: str, facet: Facet) -> None:
        facet.classes |= bool(self._objects(shape, SH["class"]))
        for listed in self._objects(shape, SH["in"]):
            facet.listed.update(self._members(listed))
        for pattern in self._objects(shape, SH.pattern):
            facet.patterns[pattern] = re.compile(self._written[pattern])
        try:
            facet.limits.update(int(self._written[limit]) for limit in self._objects(shape, *_LIMITS))
            facet.most = max(facet.most, *(int(self._written[count]) for count in self._objects(shape, *_COUNTS)), 0)
        except ValueError as error:
            raise _LooksFarther(shape) from error

    def _objects(self, shape: str, *parameters: URIRef) -> list[str]:
        return [value for parameter in parameters for value in self._said[shape].get(str(parameter), ())]

    def _members(self, place: str) -> Iterator[str]:
        """What a list of RDF holds."""
        while place != f"<{RDF.nil}>":
            yield from self._objects(place, RDF.first)
            (place,) = self._objects(place, RDF.rest)
