"""The indicators as listed under the targets in one version of the framework, and what the UN's IRIs mean by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import model_validator
from rdflib import URIRef

from loaders.row import About, Claim, Fact, Match, Name, Refers, plain, text, year
from loaders.sdg_goals import UnIri
from loaders.sdg_targets import TargetKey
from loaders.spelling import Spelt
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS

IndicatorKey = Annotated[str, Refers("sdg-indicator")]


class ListedIndicator(Claim):
    """One code under one target in one version of the framework."""

    table = "sdg_indicators"
    defines = "sdg-indicator"
    key_column = "code"

    framework: Annotated[str, Spelt(r"20[0-9]{2}", "skriv ett år som 2020", "write a year like 2020")]
    code: Name
    target: TargetKey

    @property
    def key(self) -> str:
        """`2020-14.1.1`: the version and the code, since codes change meaning."""
        return f"{self.framework}-{self.code}"

    @model_validator(mode="after")
    def _is_listed_under_its_own_target(self) -> Self:
        if self.code.rpartition(".")[0] != self.target:
            raise ValueError(f"the code {self.code} does not begin with its target {self.target}")
        return self

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, its version and its target."""
        yield self.says(RDF.type, MG.ListedIndicator, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(MG.framework, year(self.framework), "framework")
        yield self.says(MG.listedUnder, iri.mint("sdg-target", self.target), "target")


class AboutIndicator(About):
    """A claim about a listed indicator that another table defines."""

    about = "sdg-indicator"

    indicator: IndicatorKey


class IndicatorTitle(AboutIndicator):
    """Our short title, not the United Nations' wording."""

    table = "sdg_indicator_titles"

    title_sv: Name
    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """The short title."""
        yield self.says(MG.shortTitle, text(self.title_sv, "sv"), "title_sv")
        yield self.says(MG.shortTitle, text(self.title_en, "en"), "title_en")


class IndicatorIri(AboutIndicator):
    """The verdict of comparing the listed indicator with the UN's label of the IRI that has its code."""

    table = "sdg_indicator_iris"

    match: Match
    un_iri: UnIri | None = None
    un_label: Name | None = None
    reason_sv: Name | None = None
    reason_en: Name | None = None

    @model_validator(mode="after")
    def _links_only_what_matches(self) -> Self:
        if (self.match is Match.NONE) == (self.un_iri is not None):
            raise ValueError("an exact or close match has an un_iri, a match of none has not")
        if self.match is not Match.EXACT and not (self.reason_sv and self.reason_en):
            raise ValueError("a match that is not exact gives its reason in Swedish and English")
        return self

    def facts(self) -> Iterator[Fact]:
        """The link, by how near it is, and why it is not exact."""
        predicate = self.match.predicate()
        if predicate is not None and self.un_iri is not None:
            yield self.says(predicate, URIRef(self.un_iri), "un_iri")
        if self.reason_sv and self.reason_en:
            yield self.says(MG.indicatorMatchNote, text(self.reason_sv, "sv"), "reason_sv")
            yield self.says(MG.indicatorMatchNote, text(self.reason_en, "en"), "reason_en")
