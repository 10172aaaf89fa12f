"""The classes of a release as readers of its vocabulary meet them: their properties in the order of their shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.shapes import Demand, ShapeFile, shapes_of
from endpoint.site import Site
from ontology.kind import Kind
from ontology.kinds import KINDS
from ontology.text import Text

_STOPS = "Violation"
_BESIDE = frozenset({"row", "source", "retirement"})
"""What all things are stated in, or end in, is told in words: in a diagram it would be all lines."""


@dataclass(frozen=True, slots=True)
class Use:
    """One property of the things of a class: all that its shapes demand of it, in their order."""

    term: URIRef
    demands: tuple[Demand, ...]

    @property
    def name(self) -> Text:
        """What the property is called where it is used so."""
        return self.demands[0].label

    @property
    def least(self) -> int:
        """How many values there must be."""
        return max((demand.least for demand in self.demands if demand.severity == _STOPS), default=0)

    @property
    def most(self) -> int | None:
        """How many there may be; None where there is no end."""
        ends = [demand.most for demand in self.demands if demand.severity == _STOPS and demand.most is not None]
        return min(ends, default=None)

    @property
    def is_advised(self) -> bool:
        """True where a release without it, or without it in another language, is remarked on."""
        return any(demand.least and demand.severity != _STOPS for demand in self.demands)

    @property
    def once_in_each(self) -> bool:
        """True where there is at most one text in a language."""
        return any(demand.once_in_each for demand in self.demands)

    @property
    def in_every_language(self) -> bool:
        """True where there must be a text in each of the languages."""
        demanded = [demand for demand in self.demands if demand.least and demand.severity == _STOPS]
        return self.once_in_each and len(demanded) == len(self.languages)

    @property
    def is_iri(self) -> bool:
        """True where the values are IRIs of whatever."""
        return any(demand.is_iri for demand in self.demands)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its texts can be in, where that is demanded."""
        return next((demand.languages for demand in self.demands if demand.languages), ())

    @property
    def wants(self) -> tuple[URIRef, ...]:
        """The classes, datatypes or values that its values can be."""
        return tuple(dict.fromkeys(wanted for demand in self.demands for wanted in demand.wants))


@dataclass(frozen=True, slots=True)
class ClassInUse:
    """A class of a kind of thing, with its properties; `shape` names the file that demands them."""

    term: URIRef
    kind: Kind
    shape: str | None
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """That the things of one kind lead to those of another, through some properties."""

    start: Kind
    end: Kind
    uses: tuple[Use, ...]

    @property
    def is_drawn(self) -> bool:
        """True where a diagram shows it."""
        return self.start is not self.end and _BESIDE.isdisjoint({self.start.name, self.end.name})


def read_classes(site: Site) -> tuple[ClassInUse, ...]:
    """The classes of the kinds in their order, each as the shapes of the release have it."""
    files = shapes_of(site.release.path, site.base.iri)
    return tuple(
        ClassInUse(site.local(kind.cls), kind, file.name if file else None, tuple(_uses(file)))
        for kind in KINDS.values()
        for file in (files.get(kind.name),)
    )


def _uses(file: ShapeFile | None) -> Iterable[Use]:
    """The properties that a file of shapes demands of the things of its class, each once, in order."""
    found: dict[URIRef, list[Demand]] = {}
    for demand in file.demands if file else ():
        if demand.is_of_target:
            found.setdefault(demand.property, []).append(demand)
    return (Use(property_, tuple(demands)) for property_, demands in found.items())


def relations(classes: Iterable[ClassInUse]) -> tuple[Relation, ...]:
    """Which kinds lead to which, in their order."""
    listed = list(classes)
    kinds = {one.term: one.kind for one in listed}
    found: dict[tuple[str, str], list[Use]] = {}
    for one in listed:
        for use in one.uses:
            for wanted in use.wants:
                if wanted in kinds:
                    found.setdefault((one.kind.name, kinds[wanted].name), []).append(use)
    return tuple(Relation(KINDS[start], KINDS[end], tuple(uses)) for (start, end), uses in found.items())
