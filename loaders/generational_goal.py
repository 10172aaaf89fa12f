"""The generational goal (generationsmålet) and its translation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from loaders.row import About, Claim, Fact, Name, Refers, plain, text
from ontology.namespaces import MG, RDF, SKOS


class GenerationalGoal(Claim):
    """The overall goal of environmental policy, by its short name."""

    table = "generational_goal"
    defines = "generational-goal"

    code: Name
    name_sv: Name

    @property
    def key(self) -> str:
        """There is one: GEN."""
        return self.code

    def facts(self) -> Iterator[Fact]:
        """What it is and what it is called."""
        yield self.says(RDF.type, MG.GenerationalGoal, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")


class GenerationalGoalTranslation(About):
    """Its English name."""

    table = "generational_goal_translations"
    about = "generational-goal"

    generational_goal: Annotated[str, Refers("generational-goal")]
    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")
