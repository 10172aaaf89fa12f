"""What is known about one thing, gathered from the release: the same facts for every format."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef

from endpoint.dataset import Term
from endpoint.site import EDITORS, Site
from ontology import iri
from ontology.kinds import MAPPED_KINDS
from ontology.namespaces import DCTERMS, MG, QB, RDF, RDFS, SKOS, SDMXDimension
from ontology.text import Label, best_label

_NAMING = (SKOS.prefLabel, RDFS.label, MG.shortTitle, DCTERMS.title)

INCOMING_SHOWN = 25
"""How many things a document shows of each relation towards its own; `documents/incoming` has the same limit."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What points to the thing through one property: how many in all, and the first of them."""

    property: URIRef
    count: int
    shown: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that the thing is stated in."""

    row: URIRef
    table: str
    line: int
    source: URIRef
    confidence: URIRef


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a document says about a thing, its IRIs on the base of the release."""

    site: Site
    thing: URIRef
    graph: Graph  # what is said of the thing, the labels of what it names, its rows, and what points to it
    incoming: tuple[Incoming, ...]

    @property
    def types(self) -> list[URIRef]:
        """The classes of the thing."""
        return sorted(o for o in self.graph.objects(self.thing, RDF.type) if isinstance(o, URIRef))

    def label(self, term: URIRef, language: str) -> Label | None:
        """The label of anything that the document speaks of, for a reader of a language."""
        found = [
            Label(str(name), name.language or "")
            for predicate in _NAMING
            for name in self.graph.objects(term, self.site.local(predicate))
            if isinstance(name, Literal)
        ]
        return (
            best_label(found, language)
            or self.site.label(term, language)
            or self._of_its_series(term, language)
            or label_of_key(self.site.canonical(term))
        )

    def _of_its_series(self, term: URIRef, language: str) -> Label | None:
        """What an observation is called after its series and its year, where the document knows both."""
        series, year = self.graph.value(None, QB.observation, term), self.graph.value(term, SDMXDimension.refPeriod)
        label = self.label(series, language) if isinstance(series, URIRef) and year is not None else None
        return Label(f"{label.text}, {year}", label.language) if label else None

    def values(self, predicate: URIRef) -> list[Term]:
        """What a property says of the thing, its name on the canonical base, in a stable order."""
        found = self.graph.objects(self.thing, self.site.local(predicate))
        return sorted((value for value in found if isinstance(value, URIRef | Literal)), key=str)

    def things(self, predicate: URIRef) -> list[URIRef]:
        """The things among these values."""
        return [value for value in self.values(predicate) if isinstance(value, URIRef)]

    def texts(self, predicate: URIRef) -> list[Literal]:
        """The literals among them."""
        return [value for value in self.values(predicate) if isinstance(value, Literal)]

    def one(self, predicate: URIRef) -> Term | None:
        """The first of the values, None where there is none."""
        return next(iter(self.values(predicate)), None)

    def word(self, predicate: URIRef) -> str | None:
        """The first of the values as a string, None where there is none."""
        value = self.one(predicate)
        return None if value is None else str(value)

    def outgoing(self) -> list[tuple[URIRef, list[Term]]]:
        """What is said of the thing, property by property in a stable order; where it is stated stands in `claims`."""
        said: dict[URIRef, list[Term]] = {}
        for predicate, value in self.graph.predicate_objects(self.thing):
            if isinstance(predicate, URIRef) and isinstance(value, URIRef | Literal):
                said.setdefault(predicate, []).append(value)
        said.pop(self.site.local(MG.statedIn), None)
        return [(predicate, sorted(said[predicate], key=_order)) for predicate in sorted(said)]

    def claims(self) -> list[Claim]:
        """The rows that state the thing, in the order of their tables."""
        found = []
        for row in self.graph.objects(self.thing, self.site.local(MG.statedIn)):
            source = self.graph.value(row, DCTERMS.source)
            confidence = self.graph.value(row, self.site.local(MG.confidence))
            table = self.graph.value(row, self.site.local(MG.table))
            line = self.graph.value(row, self.site.local(MG.line))
            if isinstance(row, URIRef) and isinstance(source, URIRef) and isinstance(confidence, URIRef):
                found.append(Claim(row, str(table), int(str(line)), source, confidence))
        return sorted(found, key=lambda claim: (claim.table, claim.line))


def label_of_key(canonical: str) -> Label | None:
    """What has no name is called after its key: `8 → 6.6`; `objectives.csv, 8`; `12, 2024 (ghg-county-2026-08)`.

    Where an indicator is proposed for an objective, that is said, since a number alone is a goal of Agenda 2030.
    A mapping that others than the editors have stated names its source, to be told from ours of the same pair.
    """
    thing = iri.parse(canonical)
    if thing is not None and thing.kind == "mapping":
        source, subject, towards = thing.key.split("--")
        kind = next(kind for kind in MAPPED_KINDS if subject.startswith(f"{kind}-"))
        stated = "" if source == EDITORS else f" ({source})"
        name = towards.replace("objective-", "objective ").removeprefix("strand-").removeprefix("generational-goal-")
        return Label(f"{subject.removeprefix(f'{kind}-')} → {name}{stated}", "")
    if thing is not None and thing.kind == "row":
        table, _, key = thing.key.partition("/")
        return Label(f"{table}.csv, {key}", "")
    if thing is not None and thing.kind == "retirement":
        return Label(thing.key, "")
    if thing is not None and thing.kind == "observation":
        dataset, _, rest = thing.key.partition("/")
        return Label(f"{rest.replace('/', ', ')} ({dataset})", "")
    return None


async def gather(site: Site, thing: URIRef) -> Document | None:
    """The document about a thing; None where the release says nothing of it.

    A fixed number of queries: what is said, how many point to it, and the first of each relation.
    """
    said, counts = await asyncio.gather(
        site.construct("documents/outgoing", thing=thing), site.select("documents/incoming-counts", thing=thing)
    )
    if not said and not counts:
        return None
    graph = Graph(bind_namespaces="none")
    graph.parse(data=said, format="nt")
    properties = [row["property"] for row in counts if isinstance(row["property"], URIRef)]
    pointing = await asyncio.gather(
        *(site.construct("documents/incoming", thing=thing, property=property_) for property_ in properties)
    )
    incoming = []
    for row, property_, triples in zip(counts, properties, pointing, strict=True):
        graph.parse(data=triples, format="nt")
        shown = sorted(s for s in graph.subjects(property_, thing) if isinstance(s, URIRef))
        incoming.append(Incoming(property_, int(str(row["things"])), tuple(shown)))
    return Document(site, thing, graph, tuple(incoming))


def _order(term: Term) -> tuple[bool, str, str]:
    """Texts first by language, then IRIs."""
    return isinstance(term, URIRef), term.language or "" if isinstance(term, Literal) else "", str(term)
