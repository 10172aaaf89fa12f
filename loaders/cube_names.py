"""What is said of data sets, and what the categories of their dimensions are called, as rows and the vocabulary say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.term import Node

from loaders.areas import area_iri
from loaders.row import About, Row
from loaders.sources import Source
from ontology import iri
from ontology.base import CANONICAL
from ontology.files import read_text
from ontology.namespaces import MG, SKOS, SDMXAttribute, SDMXDimension
from ontology.schemes import Concept, Sex, Unit
from ontology.text import Label, Language, best_label

PROPERTIES: dict[str, URIRef] = {
    "area": SDMXDimension.refArea,
    "sector": MG.sector,
    "sex": SDMXDimension.sex,
    "unit": SDMXAttribute.unitMeasure,
    "year": SDMXDimension.refPeriod,
}
"""What the cube in RDF calls each dimension."""

CATEGORIES = frozenset({"country", "county", "municipality", "sector"})
"""The kinds of things of ours that are categories."""

_KINDS = {"dataset", *CATEGORIES}
_SCHEMES: dict[str, type[Concept]] = {"sex": Sex, "unit": Unit}


class Names:
    """What some rows say of data sets, areas and sectors, and the vocabulary of dimensions, sexes and units."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._said: dict[URIRef, dict[URIRef, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._retrieved: dict[str, str] = {}
        for row in rows:
            if isinstance(row, Source):
                self._retrieved[row.id] = row.retrieved
            elif (row.about if isinstance(row, About) else row.defines) in _KINDS:
                for fact in row.facts():
                    self._said[fact.subject][fact.predicate].append(fact.value)
        for thing, label in _labels_of_concepts():
            self._said[thing][SKOS.prefLabel].append(label)

    def retrieved(self, sources: Iterable[str]) -> str:
        """The last day on which one of some sources was read."""
        return max(self._retrieved[source] for source in sources)

    def values(self, thing: URIRef, predicate: URIRef) -> list[str]:
        """What is said of a thing with a property, whatever the language."""
        return [str(value) for value in self._of(thing, predicate)]

    def text(self, thing: URIRef, predicate: URIRef, language: Language) -> str | None:
        """The text for a reader of a language."""
        texts = (value for value in self._of(thing, predicate) if isinstance(value, Literal))
        best = best_label((Label(str(text), text.language or "") for text in texts), language)
        return best.text if best else None

    def texts(self, thing: URIRef, predicate: URIRef, language: Language) -> list[str]:
        """The texts in a language, in the order of the rows."""
        texts = (value for value in self._of(thing, predicate) if isinstance(value, Literal))
        return [str(text) for text in texts if text.language == language]

    def dimension(self, name: str, language: Language) -> str:
        """What a dimension is called."""
        return self.text(URIRef(f"{CANONICAL}def/component/{name}"), SKOS.prefLabel, language) or name

    def category(self, name: str, code: str, language: Language) -> str:
        """What a category of a dimension is called; one without a name by its code."""
        thing = category_iri(name, code)
        return (self.text(thing, SKOS.prefLabel, language) if thing else None) or code

    def _of(self, thing: URIRef, predicate: URIRef) -> list[Node]:
        return self._said[thing][predicate] if thing in self._said else []


def category_iri(name: str, code: str) -> URIRef | None:
    """The thing that is a category of a dimension; a year is none."""
    if not code or name == "year":
        return None
    if name in _SCHEMES:
        return iri.concept(_SCHEMES[name](code))
    return area_iri(code) if name == "area" else iri.mint(name, code)


@cache
def _labels_of_concepts() -> tuple[tuple[URIRef, Literal], ...]:
    return tuple(
        (URIRef(quad.subject.value), Literal(quad.object.value, lang=quad.object.language))
        for file in ("schemes.ttl", "structures.ttl")
        for quad in ox.parse(read_text(file), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == str(SKOS.prefLabel) and isinstance(quad.object, ox.Literal)
    )
