"""The milestone targets (etappmål): names and themes, decisions, years, levels, steps, verdicts, objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import model_validator
from rdflib import Literal

from loaders.moments import DECIDED, Moment, Year
from loaders.row import About, Claim, Fact, Name, Number, Refers, integer, plain, text, year
from loaders.spelling import Spelt
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS
from ontology.schemes import MilestoneTheme, MilestoneVerdict

MilestoneKey = Annotated[str, Refers("milestone-target")]
NO_YEAR = "none"
"""What stands in place of a year where a milestone target has none."""

LETTERS = {
    "KL": MilestoneTheme.CLIMATE,
    "LU": MilestoneTheme.AIR_POLLUTION,
    "FA": MilestoneTheme.HAZARDOUS_SUBSTANCES,
    "AV": MilestoneTheme.WASTE,
    "MS": MilestoneTheme.FOOD_WASTE,
    "BM": MilestoneTheme.BIODIVERSITY,
    "HS": MilestoneTheme.SUSTAINABLE_CITIES,
}
"""The letters that the code of a milestone target begins with, by its theme; the codes are ours."""


class MilestoneTarget(Claim):
    """One milestone target by our code, its theme and its Swedish name."""

    table = "milestone_targets"
    defines = "milestone-target"

    code: Name
    theme: MilestoneTheme
    name_sv: Name

    @property
    def key(self) -> str:
        """The code, such as KL2."""
        return self.code

    @model_validator(mode="after")
    def _has_the_letters_of_its_theme(self) -> Self:
        if LETTERS.get(re.sub(r"[0-9]", "", self.code)) is not self.theme:
            raise ValueError(f"the code {self.code} does not begin as those of the theme {self.theme.value} do")
        return self

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, its theme and its name."""
        yield self.says(RDF.type, MG.MilestoneTarget, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(MG.theme, iri.concept(self.theme), "theme")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")


class AboutMilestoneTarget(About):
    """A claim about a milestone target that another table defines."""

    about = "milestone-target"

    target: MilestoneKey


class MilestoneTargetTranslation(AboutMilestoneTarget):
    """Its English name."""

    table = "milestone_target_translations"

    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class MilestoneDecision(AboutMilestoneTarget):
    """Who decided on it, and when, as precisely as is known."""

    table = "milestone_decisions"

    decided_by: Annotated[str, Refers("actor")]
    decided: Moment

    def facts(self) -> Iterator[Fact]:
        """Who decided, the year, and the month or the day where known."""
        yield self.says(MG.decidedBy, iri.mint("actor", self.decided_by), "decided_by")
        yield from DECIDED.says(self, self.decided, "decided")


class MilestoneYear(AboutMilestoneTarget):
    """The year by which it is to be reached, or that it has none."""

    table = "milestone_years"

    target_year: Annotated[
        str,
        Spelt(
            rf"(19|20)[0-9]{{2}}|{NO_YEAR}",
            f"skriv ett år som 2030, eller {NO_YEAR}",
            f"write a year like 2030, or {NO_YEAR}",
        ),
    ]

    def facts(self) -> Iterator[Fact]:
        """Whether it has a target year, and which."""
        has_one = self.target_year != NO_YEAR
        yield self.says(MG.hasTargetYear, Literal(has_one), "target_year")
        if has_one:
            yield self.says(MG.targetYear, year(self.target_year), "target_year")


class MilestoneLevel(AboutMilestoneTarget):
    """The level to be reached, in our short words."""

    table = "milestone_levels"

    level_sv: Name
    level_en: Name

    def facts(self) -> Iterator[Fact]:
        """The level in both languages."""
        yield self.says(MG.targetLevel, text(self.level_sv, "sv"), "level_sv")
        yield self.says(MG.targetLevel, text(self.level_en, "en"), "level_en")


class MilestoneStep(Claim):
    """One of the steps in which a milestone target is to be reached."""

    table = "milestone_steps"
    defines = "milestone-step"
    key_column = "step_year"

    target: MilestoneKey
    step_year: Year
    percent: Number | None = None

    @property
    def key(self) -> str:
        """`AV3-2030`: the milestone target and the year of the step."""
        return f"{self.target}-{self.step_year}"

    def facts(self) -> Iterator[Fact]:
        """What it is, what it is a step of, its year and its level, and a name made of these."""
        yield self.says(RDF.type, MG.MilestoneStep, "step_year")
        yield self.says(MG.stepOf, iri.mint("milestone-target", self.target), "target")
        yield self.says(MG.targetYear, year(self.step_year), "step_year")
        yield self.says(SKOS.prefLabel, text(f"{self.target}, steget till {self.step_year}", "sv"), "step_year")
        yield self.says(SKOS.prefLabel, text(f"{self.target}, the step to {self.step_year}", "en"), "step_year")
        if self.percent is not None:
            yield self.says(MG.levelPercent, integer(self.percent), "percent")


class MilestoneVerdictRow(AboutMilestoneTarget):
    """Whether a follow-up says that it is reached; a milestone target has one verdict, the latest."""

    table = "milestone_verdicts"

    verdict: MilestoneVerdict
    verdict_year: Year | None = None

    def facts(self) -> Iterator[Fact]:
        """The verdict, and the year of the follow-up where known."""
        yield self.says(MG.verdict, iri.concept(self.verdict), "verdict")
        if self.verdict_year:
            yield self.says(MG.verdictYear, year(self.verdict_year), "verdict_year")


class MilestoneObjective(AboutMilestoneTarget):
    """An objective that it concerns, where a source states it."""

    table = "milestone_objectives"
    key_column = "objective"

    objective: Annotated[str, Refers("objective")]

    @property
    def key(self) -> str:
        """The milestone target and the objective."""
        return f"{self.target}--{self.objective}"

    def facts(self) -> Iterator[Fact]:
        """The objective."""
        yield self.says(MG.relatedObjective, iri.mint("objective", self.objective), "objective")


class MilestoneProposal(AboutMilestoneTarget):
    """What an inquiry has proposed to change in it; whether that was decided is another matter."""

    table = "milestone_proposals"

    change_sv: Name
    change_en: Name

    def facts(self) -> Iterator[Fact]:
        """The proposal in both languages."""
        yield self.says(MG.proposedChange, text(self.change_sv, "sv"), "change_sv")
        yield self.says(MG.proposedChange, text(self.change_en, "en"), "change_en")
