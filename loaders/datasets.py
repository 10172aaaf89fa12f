"""The data sets that observations belong to: titles, publishers, versions, licences, and what they concern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator
from rdflib import Literal, URIRef

from loaders.moments import Moment
from loaders.objectives import ObjectiveKey
from loaders.row import About, Claim, Fact, Name, Refers, Url, plain, text, year
from ontology import iri
from ontology.addresses import WHOLE_KEY
from ontology.namespaces import DCAT, DCTERMS, MG, QB, RDF, SKOS, XSD
from ontology.structures import Structure

DatasetKey = Annotated[str, Refers("dataset")]


def _free(key: str) -> str:
    if key == WHOLE_KEY:
        raise ValueError(f"{WHOLE_KEY} is the key of the dataset that is all of a release")
    return key


class Dataset(Claim):
    """One version of one data set; series of emissions are recalculated backwards, so each version is its own."""

    table = "datasets"
    defines = "dataset"

    id: Annotated[Name, AfterValidator(_free)]
    structure: Structure

    @property
    def key(self) -> str:
        """A frozen key that tells the version, such as ghg-county-2026-08."""
        return self.id

    def facts(self) -> Iterator[Fact]:
        """What it is and what its observations state."""
        yield self.says(RDF.type, QB.DataSet, "id")
        yield self.says(QB.structure, self.structure.iri, "structure")


class AboutDataset(About):
    """A claim about a data set that another table defines."""

    about = "dataset"

    dataset: DatasetKey


class DatasetTitle(AboutDataset):
    """Its Swedish title."""

    table = "dataset_titles"

    title_sv: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in Swedish."""
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")


class DatasetTranslation(AboutDataset):
    """Its English title."""

    table = "dataset_translations"

    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(DCTERMS.title, text(self.title_en, "en"), "title_en")


class DatasetPublisher(AboutDataset):
    """Who gives it out, and where the values were taken from where that is somebody else."""

    table = "dataset_publishers"

    publisher: Name
    actor: Annotated[str, Refers("actor")] | None = None
    origin: Name | None = None

    def facts(self) -> Iterator[Fact]:
        """The publisher, and the origin of the values."""
        yield self.says(MG.publisherName, plain(self.publisher), "publisher")
        if self.actor:
            yield self.says(DCTERMS.publisher, iri.mint("actor", self.actor), "actor")
        if self.origin:
            yield self.says(MG.dataOrigin, plain(self.origin), "origin")


class DatasetVersion(AboutDataset):
    """Which version it is by the publisher's designation, and when that was issued, as far as known."""

    table = "dataset_versions"

    version: Name
    issued: Moment | None = None

    def facts(self) -> Iterator[Fact]:
        """The version, the year and, where known, the month of issue."""
        yield self.says(DCAT.version, plain(self.version), "version")
        if self.issued:
            yield self.says(MG.issuedYear, year(self.issued[:4]), "issued")
        if self.issued and len(self.issued) > len("2026"):
            month = self.issued[: len("2026-08")]
            yield self.says(MG.issuedMonth, Literal(month, datatype=XSD.gYearMonth), "issued")


class DatasetLicence(AboutDataset):
    """The licence that the publisher states. The values of a data set without such a row are not released."""

    table = "dataset_licences"

    licence: Url
    attribution: Name
    note_sv: Name
    note_en: Name

    def facts(self) -> Iterator[Fact]:
        """The licence, how to name the publisher, and what the licence does not tell."""
        yield self.says(DCTERMS.license, URIRef(self.licence), "licence")
        yield self.says(MG.attribution, plain(self.attribution), "attribution")
        yield self.says(DCTERMS.rights, text(self.note_sv, "sv"), "note_sv")
        yield self.says(DCTERMS.rights, text(self.note_en, "en"), "note_en")


class DatasetNote(AboutDataset):
    """What has to be known before its values are used, such as what they leave out."""

    table = "dataset_notes"
    key_column = "note"

    note: Name
    note_sv: Name
    note_en: Name

    @property
    def key(self) -> str:
        """The data set and the key of the note."""
        return f"{self.thing}--{self.note}"

    def facts(self) -> Iterator[Fact]:
        """The note in both languages."""
        yield self.says(SKOS.note, text(self.note_sv, "sv"), "note_sv")
        yield self.says(SKOS.note, text(self.note_en, "en"), "note_en")


class Concerned(About):
    """An objective that a data set gives knowledge of, ours or one of others."""

    objective: ObjectiveKey

    @property
    def key(self) -> str:
        """The data set and the objective."""
        return f"{self.thing}--{self.objective}"

    def facts(self) -> Iterator[Fact]:
        """The objective."""
        yield self.says(MG.concernsObjective, iri.mint("objective", self.objective), "objective")


class DatasetObjective(Concerned, AboutDataset):
    """An objective that it gives knowledge of."""

    table = "dataset_objectives"
    key_column = "objective"


class DatasetIndicator(AboutDataset):
    """An indicator whose values it holds: the source shows them under the name of the indicator."""

    table = "dataset_indicators"
    key_column = "indicator"

    indicator: Annotated[str, Refers("indicator")]

    @property
    def key(self) -> str:
        """The data set and the indicator."""
        return f"{self.thing}--{self.indicator}"

    def facts(self) -> Iterator[Fact]:
        """The indicator."""
        yield self.says(MG.valuesOf, iri.mint("indicator", self.indicator), "indicator")
