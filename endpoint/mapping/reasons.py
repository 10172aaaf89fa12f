"""Why two goals are mapped to each other: one mapping with its justification and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef

from endpoint.dataset import Row
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import DCTERMS, MG
from ontology.schemes import Standing
from ontology.text import Label, best_label


@dataclass(frozen=True, slots=True)
class Reason:
    """One mapping as its page, or the panel of its pair, tells it; IRIs as they stand in the release."""

    mapping: URIRef
    subject: URIRef
    relation: URIRef
    object: URIRef
    standing: Standing
    strength: URIRef | None
    confidence: URIRef | None  # how far the author trusts the justification
    reading: URIRef | None  # how sure it is that the source states the mapping
    justifications: tuple[Label, ...]
    rests_on: tuple[URIRef, ...]
    author: str
    stated: str
    sources: tuple[URIRef, ...]
    stated_by: tuple[URIRef, ...]  # those of these that state the mapping; others say what it rests on

    def justification(self, language: str) -> Label | None:
        """The justification for a reader of a language."""
        return best_label(self.justifications, language)


def read_reason(site: Site, graph: Graph, mapping: URIRef) -> Reason | None:
    """The mapping as a graph describes it; None where the graph does not."""

    def values(subject: URIRef, predicate: URIRef) -> list[URIRef | Literal]:
        found = graph.objects(subject, site.local(predicate))
        return sorted((value for value in found if isinstance(value, URIRef | Literal)), key=str)

    def one(predicate: URIRef) -> URIRef | None:
        return next((value for value in values(mapping, predicate) if isinstance(value, URIRef)), None)

    subject, relation, towards, standing = map(
        one, (MG.mappingSubject, MG.mappingRelation, MG.mappingObject, MG.standing)
    )
    if subject is None or relation is None or towards is None or standing is None:
        return None

    def sources(rows: Iterable[URIRef]) -> tuple[URIRef, ...]:
        found = {source for row in rows for source in values(row, DCTERMS.source) if isinstance(source, URIRef)}
        return tuple(sorted(found))

    rows = [row for row in values(mapping, MG.statedIn) if isinstance(row, URIRef)]
    stating = [row for row in rows if Literal("mappings") in values(row, MG.table)]  # others say what it rests on
    when = values(mapping, MG.statedDate) or values(mapping, MG.statedYear)
    return Reason(
        mapping=mapping,
        subject=subject,
        relation=relation,
        object=towards,
        standing=Standing(iri.local_name(standing)),
        strength=one(MG.strength),
        confidence=one(MG.justificationConfidence),
        reading=next(
            (sure for row in stating for sure in values(row, MG.confidence) if isinstance(sure, URIRef)), None
        ),
        justifications=tuple(
            Label(str(text), text.language or "")
            for text in values(mapping, MG.justification)
            if isinstance(text, Literal)
        ),
        rests_on=tuple(basis for basis in values(mapping, MG.restsOn) if isinstance(basis, URIRef)),
        author=", ".join(str(author) for author in values(mapping, MG.author)),
        stated=str(when[0]) if when else "",
        sources=sources(rows),
        stated_by=sources(stating),
    )


def graph_of(rows: Iterable[Row]) -> Graph:
    """The graph that the rows of `pages/mappings-in-full` spell out, a triple each."""
    graph = Graph(bind_namespaces="none")
    for row in rows:
        graph.add((row["subject"], row["property"], row["value"]))
    return graph
