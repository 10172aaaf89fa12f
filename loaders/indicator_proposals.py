"""Goals that an indicator is thought to follow up, though no source says so: proposals that await review."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.indicators import GoalKind, IndicatorKey
from loaders.row import Claim, Day, Fact, Name, Reference, day, plain, year
from ontology import iri
from ontology.namespaces import MG, RDF
from ontology.schemes import Standing


class IndicatorProposal(Claim):
    """A goal that an indicator is proposed to follow up, since they are about the same; a mapping, not a fact."""

    table = "indicator_proposals"
    defines = "mapping"
    key_column = "goal"

    indicator: IndicatorKey
    goal_kind: GoalKind
    goal: Name
    author: Name
    stated: Day

    @property
    def key(self) -> str:
        """`editors--indicator-kolada-N85051--objective-8`: who proposes it, about what, towards what."""
        return f"{self.source_id}--indicator-{self.indicator}--{self.goal_kind}-{self.goal}"

    def references(self) -> Iterator[Reference]:
        """The source, the indicator and the goal."""
        yield from super().references()
        yield Reference("goal", self.goal_kind, self.goal)

    def facts(self) -> Iterator[Fact]:
        """The proposal as a node; it gives no plain triple."""
        yield self.says(RDF.type, MG.Mapping, "goal")
        yield self.says(MG.mappingSubject, iri.mint("indicator", self.indicator), "indicator")
        yield self.says(MG.mappingRelation, MG.indicatorOf, "goal")
        yield self.says(MG.mappingObject, iri.mint(self.goal_kind, self.goal), "goal")
        yield self.says(MG.standing, iri.concept(Standing.PROPOSED), "goal")
        yield self.says(MG.author, plain(self.author), "author")
        yield self.says(MG.statedYear, year(self.stated[:4]), "stated")
        yield self.says(MG.statedDate, day(self.stated), "stated")
