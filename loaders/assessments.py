"""The assessments: how it goes for an objective in a place, achievement and trend apart."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import model_validator

from loaders.countries import NATION, PlaceCode
from loaders.moments import Year
from loaders.objectives import ObjectiveKey
from loaders.reports import ReportKey, code_of, year_of
from loaders.row import About, Claim, Fact, Name, Reference, Refers, text, year
from loaders.told import Wrong
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS
from ontology.schemes import Achievement, Trend
from ontology.text import Text


class Aspect(StrEnum):
    """What an assessment is of: whether the objective is reached, or which way it goes."""

    ACHIEVEMENT = "achievement"
    TREND = "trend"

    def name_of(self) -> Text:
        """What it is called."""
        if self is Aspect.ACHIEVEMENT:
            return Text("måluppfyllelse", "achievement")
        return Text("trend", "trend")


def place_kind_of(place: str) -> str:
    """The nation is a country, any other place a county."""
    return "country" if place == NATION else "county"


def verdict_of(aspect: Aspect, verdict: str) -> Achievement | Trend:
    """The verdict on the scale of its aspect.

    Raises ValueError where the scale does not have it.
    """
    scale = Achievement if aspect is Aspect.ACHIEVEMENT else Trend
    if verdict not in set(scale):
        raise ValueError(f"the verdict {verdict} is none of the scale of {aspect}: {', '.join(scale)}")
    return scale(verdict)


class Assessment(Claim):
    """One verdict on one aspect of an objective in a county or the nation, as a report gives it."""

    table = "assessments"
    defines = "assessment"
    key_column = "aspect"

    report: ReportKey
    place: PlaceCode
    objective: ObjectiveKey
    aspect: Aspect
    verdict: Name

    @model_validator(mode="after")
    def _is_a_verdict_of_its_scale(self) -> Self:
        verdict_of(self.aspect, self.verdict)
        return self

    @property
    def key(self) -> str:
        """`RAU2023-03-4-trend`: the report, the place, the objective and the aspect."""
        return f"{self.report}-{self.place}-{self.objective}-{self.aspect}"

    def references(self) -> Iterator[Reference]:
        """The source, the report, the objective and the place."""
        yield from super().references()
        yield Reference("place", place_kind_of(self.place), self.place)

    def facts(self) -> Iterator[Fact]:
        """What is assessed, where, in which report, and the verdict; and a name made of these."""
        yield self.says(RDF.type, MG.Assessment, "aspect")
        yield self.says(MG.assessedObjective, iri.mint("objective", self.objective), "objective")
        yield self.says(MG.assessedPlace, iri.mint(place_kind_of(self.place), self.place), "place")
        yield self.says(MG.inReport, iri.mint("report", self.report), "report")
        yield self.says(MG.reportedIn, year(year_of(self.report)), "report")
        verdict = iri.concept(verdict_of(self.aspect, self.verdict))
        yield self.says(MG.achievement if self.aspect is Aspect.ACHIEVEMENT else MG.trend, verdict, "verdict")
        is_national = self.place == NATION
        where = Text("landet", "the country") if is_national else Text(f"län {self.place}", f"county {self.place}")
        code, aspect = code_of(self.report), self.aspect.name_of()
        yield self.says(SKOS.prefLabel, text(f"{code}: mål {self.objective} i {where.sv}, {aspect.sv}", "sv"), "aspect")
        yield self.says(
            SKOS.prefLabel, text(f"{code}: objective {self.objective} in {where.en}, {aspect.en}", "en"), "aspect"
        )


def refuse_reported_before(assessed_in: str, key: str) -> None:
    """Raise Wrong for an assessment that is made after its report, by the key of either."""
    if assessed_in > year_of(key):
        raise Wrong(
            Text(
                f"bedömningen redovisas innan den görs, {assessed_in}",
                f"the assessment is reported before it is assessed, in {assessed_in}",
            )
        )


class AssessmentYear(About):
    """The year in which an assessment was made, where that is known: it may be earlier than its report."""

    table = "assessment_years"
    about = "assessment"

    assessment: Annotated[str, Refers("assessment")]
    assessed_in: Year

    @model_validator(mode="after")
    def _is_not_after_its_report(self) -> Self:
        refuse_reported_before(self.assessed_in, self.assessment)
        return self

    def facts(self) -> Iterator[Fact]:
        """When it was made."""
        yield self.says(MG.assessedIn, year(self.assessed_in), "assessed_in")
