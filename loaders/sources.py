"""Sources: who states the facts, where, under which licence. Each describes itself in its own named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator
from rdflib import URIRef

from loaders.moments import is_to_come
from loaders.row import Day, Fact, Name, Row, Slug, Url, day, plain, text
from loaders.told import Wrong
from ontology import iri
from ontology.namespaces import DCTERMS, FOAF, MG, RDF, VOID
from ontology.schemes import Confidence, SourceKind
from ontology.text import Language, Text

EDITORS = "editors"
"""The id of the source that stands for what the editors of the product state themselves."""


_TAKEN = {
    "vocabulary": Text("vokabulärens graf heter så", "the graph of the vocabulary is called so"),
    "all": Text("filen med en hel utgåva heter så", "the file with all of a release is called so"),
}
"""What graphs and files of a release are called that are of no source, and what they are."""


def _refuse_taken(value: str) -> str:
    """Only what nothing else in a release is called can be the id of a source."""
    if value in _TAKEN:
        why = _TAKEN[value]
        raise Wrong(
            Text(
                f"{why.sv}; välj ett annat id, till exempel {value}-2",
                f"{why.en}; choose another id, such as {value}-2",
            )
        )
    return value


SourceId = Annotated[Slug, AfterValidator(_refuse_taken)]
"""What a source can be called: its named graph and the files of that are called so too."""


class Source(Row):
    """One source, and the named graph that holds what it states."""

    table = "sources"
    defines = "source"

    id: SourceId
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


def clock_fault(rows: Iterable[Row]) -> Text | None:
    """What is wrong with the clock, where it is behind the newest source of some rows; None where it is not.

    A command that writes down a day by such a clock has it published, and a release is named after the newest day: a
    slip of the pen (2036) is told of in this way as well. It keeps nobody from building what the tables say.
    """
    newest = max((row.retrieved for row in rows if isinstance(row, Source)), default="")
    if not is_to_come(newest):
        return None
    today = datetime.now(UTC).date().isoformat()
    return Text(
        f"klockan säger att det är {today}, och tabellerna har en källa från {newest}; ställ klockan, eller rätta "
        "dagen i sources.csv, för den publiceras",
        f"the clock says that it is {today}, and the tables have a source from {newest}: set the clock, or mend the "
        "day in sources.csv, for it is published",
    )
