"""The 169 targets of the Sustainable Development Goals, by the IRIs of the United Nations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from loaders.row import About, Fact, Name, Refers, plain, text
from loaders.sdg_goals import GoalKey, UnitedNationsThing
from ontology import iri
from ontology.namespaces import MG, RDF, SDGO, SKOS
from ontology.schemes import TargetKind

TargetKey = Annotated[str, Refers("sdg-target")]


class Target(UnitedNationsThing):
    """One target by its code, its goal and its IRI."""

    table = "sdg_targets"
    defines = "sdg-target"

    goal: GoalKey

    def facts(self) -> Iterator[Fact]:
        """What it is, its code and its goal."""
        yield self.says(RDF.type, SDGO.Target, "un_iri")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(SDGO.isTargetOf, iri.mint("sdg-goal", self.goal), "goal")


class AboutTarget(About):
    """A claim about a target that another table defines."""

    about = "sdg-target"

    target: TargetKey


class TargetSort(AboutTarget):
    """Whether it names an outcome or a means of implementation."""

    table = "sdg_target_kinds"

    kind: TargetKind

    def facts(self) -> Iterator[Fact]:
        """Its sort."""
        yield self.says(MG.targetKind, iri.concept(self.kind), "kind")


class TargetTitle(AboutTarget):
    """Our short titles, not the United Nations' wording."""

    table = "sdg_target_titles"

    title_sv: Name
    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """The short titles."""
        yield self.says(MG.shortTitle, text(self.title_sv, "sv"), "title_sv")
        yield self.says(MG.shortTitle, text(self.title_en, "en"), "title_en")
