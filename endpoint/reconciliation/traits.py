"""Properties that things can be told apart by: which there are, and their values, of many things at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rdflib import Literal, URIRef

from endpoint.classes import Use, read_classes
from endpoint.dataset import Term
from endpoint.reconciliation.batches import Evidence, Reference, Value, wrong
from endpoint.reconciliation.candidates import Finder
from endpoint.reconciliation.entities import joined
from endpoint.reconciliation.likeness import MATCH
from endpoint.site import Site
from loaders.index import plain
from ontology import iri
from ontology.namespaces import MG, RDF, XSD
from ontology.text import Language, Text

_BESIDE = (RDF.type, MG.statedIn)
"""What every thing has."""

_TYPED = (
    (re.compile(r"[+-]?[0-9]+"), XSD.integer),
    (re.compile(r"[0-9]{4}"), XSD.gYear),
    (re.compile(r"[+-]?[0-9]+\.[0-9]+"), XSD.decimal),
    (re.compile("true|false"), XSD.boolean),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), XSD.date),
)
"""What a text may be beside a text."""

_NOT_STATED = 0.5  # how far a thing agrees that has no value at all

Values = dict[str, dict[str, list[Term]]]
"""The values of each property of each thing, by their IRIs."""


@dataclass(frozen=True, slots=True)
class Trait:
    """A property, with the kinds of things that can have it."""

    iri: URIRef
    use: Use
    kinds: tuple[str, ...]

    def called(self, site: Site, language: Language) -> str:
        """What a reader of a language calls it."""
        label = site.label(self.iri, language)
        return label.text if label else self.use.name.in_(language)


async def read_traits(site: Site) -> dict[str, Trait]:
    """Those of the kinds of things, by their IRIs, in the order of the shapes. No query."""
    beside = {str(site.local(term)) for term in _BESIDE}
    found: dict[str, Trait] = {}
    for one in await asyncio.to_thread(read_classes, site):  # reading shapes the first time takes long
        for use in one.uses if one.kind.is_listed else ():
            term = str(use.term)
            if term not in beside:
                known = found.get(term)
                kinds = (*known.kinds, one.kind.name) if known else (one.kind.name,)
                found[term] = Trait(use.term, known.use if known else use, kinds)
    return found


def named(site: Site, traits: Collection[str], id_: str) -> str | None:
    """The property that an id names: its IRI, or that shortened with a prefix of the service; None where none does."""
    prefix, _, name = id_.partition(":")
    full = site.prefixes[prefix] + name if prefix in site.prefixes else id_
    return full if full in traits else None


async def read_values(site: Site, things: Iterable[str], properties: Iterable[str]) -> Values:
    """The values of some properties of some things. One query."""
    found: Values = {}
    held = {"thing": [URIRef(thing) for thing in things], "property": [URIRef(one) for one in properties]}
    for row in await site.select_among("pages/values", **held) if all(held.values()) else ():
        found.setdefault(str(row["thing"]), {}).setdefault(str(row["property"]), []).append(row["value"])
    return found


async def things_with(site: Site, finder: Finder, property_: str, values: Sequence[Value]) -> list[str]:
    """The things that have one of some values, as they may be meant. One query."""
    meant: list[Term] = []
    for value in values:
        text = _text(value)
        meant += [URIRef(one.entity.iri) for one in finder.find(text, (), 5) if one.score >= MATCH]
        if not isinstance(value, Reference):
            meant += [Literal(text), Literal(text, lang="sv"), Literal(text, lang="en")]
            meant += [Literal(text, datatype=datatype) for form, datatype in _TYPED if form.fullmatch(text)]
        elif iri.document(site.canonical(text)) and site.label(URIRef(text), "sv"):
            meant.append(URIRef(text))  # a concept, by its IRI
    rows = await site.select_among("pages/things-with", property=[URIRef(property_)], value=meant)
    return [str(row["thing"]) for row in rows]


def agreement(
    site: Site, finder: Finder, evidence: Sequence[tuple[str, Sequence[Value]]], values: dict[str, list[Term]]
) -> float:
    """How far a thing with some values has what is known of what is meant: 1 for all of it, 0 for nothing."""
    shares = [_share(site, finder, wanted, values.get(property_, [])) for property_, wanted in evidence]
    return sum(shares) / len(shares) if shares else _NOT_STATED


def checked(
    site: Site, traits: Collection[str], evidence: Iterable[Evidence], where: str
) -> list[tuple[str, Sequence[Value]]]:
    """The evidence of a query by the IRIs of the properties. Raises Problem for a property that there is not."""
    found = []
    for one in evidence:
        property_ = named(site, traits, one.pid)
        if property_ is None:
            raise wrong("queries", where, no_such_property(site, one.pid))
        found.append((property_, one.values))
    return found


def no_such_property(site: Site, id_: str) -> Text:
    """That there is no such property, and where those stand that there are."""
    there = f"{site.address}reconcile/suggest/property"
    return Text(
        f"det finns ingen egenskap ”{id_[:80]}”; {there} har dem som finns.",
        f"there is no property “{id_[:80]}”; {there} has those there are.",
    )


def _share(site: Site, finder: Finder, wanted: Sequence[Value], there: Sequence[Term]) -> float:
    if not there:
        return _NOT_STATED
    return float(any(_fits(site, finder, value, one) for value in wanted for one in there))


def _fits(site: Site, finder: Finder, value: Value, one: Term) -> bool:
    """True where a value that is known may be one that a thing has."""
    text = _text(value)
    if text == str(one):
        return True
    if isinstance(value, Reference):
        return False
    if isinstance(one, Literal):
        return joined(plain(text)) == joined(plain(str(one))) or _number(text) == _number(str(one)) is not None
    entity = finder.entities.by_iri.get(str(one))
    if entity is not None:
        return finder.likeness(text, entity).score >= MATCH
    labels = [label.text for label in (site.label(URIRef(str(one)), "sv"), site.label(URIRef(str(one)), "en")) if label]
    return joined(plain(text)) in {joined(plain(label)) for label in labels}


def _text(value: Value) -> str:
    if isinstance(value, Reference):
        return value.id
    if isinstance(value, bool):
        return str(value).lower()
    return f"{Decimal(repr(value)).normalize():f}" if isinstance(value, float) else str(value)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
