"""What a preview tells of a thing: few of its properties, those that tell it from others."""

from __future__ import annotations

from typing import NamedTuple

from rdflib import Literal, URIRef

from endpoint.reconciliation.entities import Entity
from endpoint.reconciliation.reconciling import Asked
from endpoint.reconciliation.traits import Trait, read_values
from endpoint.words import WORDS
from ontology.namespaces import DCAT, DCTERMS, GEO, MG, RDFS, SKOS
from ontology.text import Label, best_label

_MOST_FACTS = 4
_MOST_VALUES = 3
_LONGEST = 160  # characters of a text

_TOLD_OTHERWISE = (SKOS.prefLabel, RDFS.label, MG.shortTitle, DCTERMS.title, MG.longName, SKOS.notation, MG.number)
"""Names and codes, which stand at the top."""

_FOR_MAPS = (GEO.hasGeometry, DCAT.bbox)


class Fact(NamedTuple):
    """A property with its first values."""

    name: str
    values: tuple[Label, ...]
    further: int


async def facts_of(about: Asked, entity: Entity) -> list[Fact]:
    """The first properties of a thing that it has values of, in the order of its shape. One query."""
    left_out = {str(about.site.local(term)) for term in (*_TOLD_OTHERWISE, *_FOR_MAPS)}
    traits = [one for one in about.traits.values() if entity.kind.name in one.kinds and str(one.iri) not in left_out]
    values = (await read_values(about.site, [entity.iri], [str(one.iri) for one in traits])).get(entity.iri, {})
    told = {str(one.iri): [value for value in values.get(str(one.iri), ()) if _is_told(about, value)] for one in traits}
    there = [one for one in traits if told[str(one.iri)]]
    return [_fact(about, one, told[str(one.iri)]) for one in there[:_MOST_FACTS]]


def _is_told(about: Asked, value: URIRef | Literal) -> bool:
    """False for what is called by nothing but an address of others."""
    is_known = str(value) in about.finder.entities.by_iri or (
        isinstance(value, URIRef) and about.site.label(value, about.language)
    )
    return isinstance(value, Literal) or bool(is_known)


def _fact(about: Asked, trait: Trait, values: list[URIRef | Literal]) -> Fact:
    texts = [Label(str(value), value.language) for value in values if isinstance(value, Literal) and value.language]
    best = best_label(texts, about.language)
    labels = [_label(about, value) for value in values if not (isinstance(value, Literal) and value.language)]
    shown = sorted(labels + ([best] if best else []))
    return Fact(
        trait.called(about.site, about.language), tuple(map(_cut, shown[:_MOST_VALUES])), len(shown[_MOST_VALUES:])
    )


def _label(about: Asked, value: URIRef | Literal) -> Label:
    """What a thing or concept is called; else the value as it is."""
    entity = about.finder.entities.by_iri.get(str(value))
    if entity is not None:
        return entity.label(about.language)
    if isinstance(value, Literal) and isinstance(value.value, bool):
        return Label(WORDS["yes" if value.value else "no"].in_(about.language), about.language)
    known = about.site.label(value, about.language) if isinstance(value, URIRef) else None
    return known or Label(str(value), "")


def _cut(label: Label) -> Label:
    return label if len(label.text) <= _LONGEST else Label(f"{label.text[:_LONGEST]}…", label.language)
