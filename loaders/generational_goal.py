"""The generational goal (generationsmålet) and its translation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.row import Claim, Fact, Name, Refers, plain, text
from ontology import iri
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


class GenerationalGoalTranslation(Claim):
    """Its English name."""

    table = "generational_goal_translations"

    generational_goal: Annotated[str, Refers("generational-goal")]
    name_en: Name

    @property
    def key(self) -> str:
        """The goal that is named."""
        return self.generational_goal

    @property
    def subject(self) -> URIRef:
        """The goal that is named."""
        return iri.mint("generational-goal", self.generational_goal)

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")
