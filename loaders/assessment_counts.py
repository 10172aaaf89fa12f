"""What reports say in numbers alone: how many objectives have a verdict, where it is not told which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from loaders.assessments import Aspect, place_kind_of, verdict_of
from loaders.countries import PlaceCode
from loaders.reports import ReportKey, code_of
from loaders.row import Claim, Fact, Name, Number, Reference, integer, text
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS

_IN_ENGLISH = {
    "ja": "yes",
    "delvis": "partly",
    "nej": "no",
    "positiv": "positive",
    "neutral": "neutral",
    "negativ": "negative",
    "oklar": "unclear",
}


class AssessmentCount(Claim):
    """How many objectives a report gives one verdict, in the nation or in a county."""

    table = "assessment_counts"
    defines = "assessment-count"
    key_column = "verdict"

    report: ReportKey
    place: PlaceCode
    aspect: Aspect
    verdict: Name
    objectives: Number
    out_of: Number | None = None

    @model_validator(mode="after")
    def _is_a_count_of_its_scale(self) -> Self:
        verdict_of(self.aspect, self.verdict)
        if self.out_of is not None and self.objectives > self.out_of:
            raise ValueError(f"{self.objectives} objectives are more than the {self.out_of} that were assessed")
        return self

    @property
    def key(self) -> str:
        """`AU2020-SE-trend-positiv`: the report, the place, the aspect and the verdict."""
        return f"{self.report}-{self.place}-{self.aspect}-{self.verdict}"

    def references(self) -> Iterator[Reference]:
        """The source, the report and the place."""
        yield from super().references()
        yield Reference("place", place_kind_of(self.place), self.place)

    def facts(self) -> Iterator[Fact]:
        """The report, the place, the verdict, and how many objectives have it; and a name made of these."""
        verdict = iri.concept(verdict_of(self.aspect, self.verdict))
        counted = MG.countedAchievement if self.aspect is Aspect.ACHIEVEMENT else MG.countedTrend
        yield self.says(RDF.type, MG.AssessmentCount, "verdict")
        yield self.says(MG.countInReport, iri.mint("report", self.report), "report")
        yield self.says(MG.countInPlace, iri.mint(place_kind_of(self.place), self.place), "place")
        yield self.says(counted, verdict, "verdict")
        yield self.says(MG.countedObjectives, integer(self.objectives), "objectives")
        if self.out_of is not None:
            yield self.says(MG.countedOutOf, integer(self.out_of), "out_of")
        code, name = code_of(self.report), self.aspect.name_of()
        yield self.says(SKOS.prefLabel, text(f"{code}: antal mål, {name.sv} {self.verdict}", "sv"), "verdict")
        english = f"{code}: number of objectives, {name.en} {_IN_ENGLISH[self.verdict]}"
        yield self.says(SKOS.prefLabel, text(english, "en"), "verdict")
