"""The datasets of others that are described here and not loaded: who issues them, where they are, what they concern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.datasets import Concerned
from loaders.row import About, Claim, Fact, Name, Refers, Url, plain, text
from ontology import iri
from ontology.namespaces import DCAT, DCTERMS, MG, RDF


class ExternalDataset(Claim):
    """One dataset by a frozen key, who issues it and in which format."""

    table = "external_datasets"
    defines = "external-dataset"

    id: Name
    publisher: Name
    actor: Annotated[str, Refers("actor")] | None = None
    format: Name | None = None

    @property
    def key(self) -> str:
        """The frozen key, such as scb-tab4698."""
        return self.id

    def facts(self) -> Iterator[Fact]:
        """What it is, its publisher and its format."""
        yield self.says(RDF.type, MG.ExternalDataset, "id")
        yield self.says(MG.publisherName, plain(self.publisher), "publisher")
        if self.actor:
            yield self.says(DCTERMS.publisher, iri.mint("actor", self.actor), "actor")
        if self.format:
            yield self.says(MG.dataFormat, plain(self.format), "format")


class AboutExternalDataset(About):
    """A claim about a dataset of others that another table defines."""

    about = "external-dataset"

    dataset: Annotated[str, Refers("external-dataset")]


class ExternalDatasetTitle(AboutExternalDataset):
    """What it is called here; the publisher may call it something else."""

    table = "external_dataset_titles"

    title_sv: Name
    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """The titles in Swedish and English."""
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")
        yield self.says(DCTERMS.title, text(self.title_en, "en"), "title_en")


class ExternalDatasetPage(AboutExternalDataset):
    """The page where the publisher presents it."""

    table = "external_dataset_pages"

    page: Url

    def facts(self) -> Iterator[Fact]:
        """The landing page."""
        yield self.says(DCAT.landingPage, URIRef(self.page), "page")


class ExternalDatasetApi(AboutExternalDataset):
    """Where a program can fetch it."""

    table = "external_dataset_apis"

    api: Url

    def facts(self) -> Iterator[Fact]:
        """The address of the interface."""
        yield self.says(MG.apiAddress, URIRef(self.api), "api")


class ExternalDatasetLicence(AboutExternalDataset):
    """The licence that the publisher states."""

    table = "external_dataset_licences"

    licence: Url

    def facts(self) -> Iterator[Fact]:
        """The licence."""
        yield self.says(DCTERMS.license, URIRef(self.licence), "licence")


class ExternalDatasetObjective(Concerned, AboutExternalDataset):
    """An objective that it gives knowledge of."""

    table = "external_dataset_objectives"
    key_column = "objective"
