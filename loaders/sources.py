"""Sources: who states the facts, where, under which licence. Each describes itself in its own named graph."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from loaders.row import Day, Fact, Name, Row, Slug, Url, day, plain, text
from ontology import iri
from ontology.namespaces import DCTERMS, FOAF, MG, RDF, VOID
from ontology.schemes import Confidence, SourceKind
from ontology.text import Language

EDITORS = "editors"
"""The id of the source that stands for what the editors of the product state themselves."""


class Source(Row):
    """One source, and the named graph that holds what it states."""

    table = "sources"
    defines = "source"

    id: Slug
    kind: SourceKind
    title: Name
    title_lang: Language
    publisher: Name
    url: Url | None = None
    licence: Url | None = None
    attribution: Name | None = None
    retrieved: Day

    @property
    def key(self) -> str:
        """The id of the source."""
        return self.id

    @property
    def stated_by(self) -> str:
        """A source is described on its own authority."""
        return self.id

    @property
    def sureness(self) -> Confidence:
        """What stands on a source's own title page is certain."""
        return Confidence.CERTAIN

    def facts(self) -> Iterator[Fact]:
        """The source, and its named graph with the licence that holds there."""
        graph = iri.graph(self.id)
        yield self.says(RDF.type, MG.Source, "id")
        yield self.says(MG.sourceKind, iri.concept(self.kind), "kind")
        yield self.says(DCTERMS.title, text(self.title, self.title_lang), "title")
        yield self.says(MG.publisherName, plain(self.publisher), "publisher")
        yield self.says(MG.retrieved, day(self.retrieved), "retrieved")
        if self.url:
            yield self.says(FOAF.page, URIRef(self.url), "url")
        if self.attribution:
            yield self.says(MG.attribution, plain(self.attribution), "attribution")
        yield Fact(graph, RDF.type, VOID.Dataset, "id")
        yield Fact(graph, DCTERMS.source, self.subject, "id")
        if self.licence:
            yield self.says(DCTERMS.license, URIRef(self.licence), "licence")
            yield Fact(graph, DCTERMS.license, URIRef(self.licence), "licence")
