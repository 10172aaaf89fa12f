"""What the pages tell of milestone targets: their lifecycle in words, their steps, and what they are linked to.

The lifecycle is derived, never stated: from the target year, a verdict where a follow-up gives one, and the date of
the release. That a target year has passed says nothing of the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rdflib import Literal, URIRef

from endpoint.dataset import Row
from endpoint.documents.document import Claim, Document
from endpoint.lists import Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site
from loaders.milestone_targets import MilestoneVerdictRow
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import MilestoneVerdict


class Lifecycle(StrEnum):
    """Where a milestone target stands on the date of a release."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"
    NO_TARGET_YEAR = "no-target-year"
    PASSED = "passed"
    IN_FORCE = "in-force"


def lifecycle(target_year: str | None, verdict: MilestoneVerdict | None, reference_date: str) -> Lifecycle:
    """Where a milestone target stands: what a follow-up says, else whether its year has passed on a date."""
    if verdict is not None:
        return Lifecycle.REACHED if verdict is MilestoneVerdict.REACHED else Lifecycle.NOT_REACHED
    if target_year is None:
        return Lifecycle.NO_TARGET_YEAR
    return Lifecycle.PASSED if target_year < reference_date[:4] else Lifecycle.IN_FORCE


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a milestone target."""

    step: URIRef
    year: str
    percent: int | None
    has_passed: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """What the page of a milestone target says before its properties."""

    stands: Lifecycle
    theme: URIRef | None
    decided_by: URIRef | None
    decided: str
    target_year: str | None
    level: tuple[Literal, ...]
    proposals: tuple[Literal, ...]
    verdict_year: str | None
    steps: tuple[Step, ...]
    objectives: tuple[URIRef, ...]
    judged_in: Claim | None  # the row that gives the verdict

    @property
    def is_judged_early(self) -> bool:
        """True where the verdict was given before the target year."""
        return bool(self.verdict_year and self.target_year and self.verdict_year < self.target_year)


def read_milestone(site: Site, document: Document, steps: Iterable[Row]) -> Milestone:
    """The milestone target that a document is about, with its steps from rows of `pages/milestone-steps`."""
    reference = str(site.release.record["referenceDate"])
    verdict, target_year = document.word(MG.verdict), document.word(MG.targetYear)
    judged = MilestoneVerdict(iri.local_name(verdict)) if verdict else None
    return Milestone(
        stands=lifecycle(target_year, judged, reference),
        theme=next(iter(document.things(MG.theme)), None),
        decided_by=next(iter(document.things(MG.decidedBy)), None),
        decided=document.word(MG.decidedDate) or document.word(MG.decidedMonth) or document.word(MG.decidedYear) or "",
        target_year=target_year,
        level=tuple(document.texts(MG.targetLevel)),
        proposals=tuple(document.texts(MG.proposedChange)),
        verdict_year=document.word(MG.verdictYear),
        steps=tuple(_step(row, reference) for row in steps),
        objectives=tuple(sorted(document.things(MG.relatedObjective), key=natural)),
        judged_in=next((claim for claim in document.claims if claim.table == MilestoneVerdictRow.table), None),
    )


def _step(row: Row, reference: str) -> Step:
    year, percent = str(row["year"]), row.get("percent")
    return Step(URIRef(row["step"]), year, int(str(percent)) if percent is not None else None, year < reference[:4])


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a milestone target stands, its target year, and the year that a verdict is of."""

    stands: Lifecycle
    target_year: str | None
    verdict_year: str | None


async def read_outcomes(site: Site) -> dict[URIRef, Outcome]:
    """Where each milestone target stands. One query."""
    reference = str(site.release.record["referenceDate"])
    found = {}
    for row in await site.select("pages/milestones-standing"):
        said = {name: str(value) for name, value in row.items()}
        judged = MilestoneVerdict(iri.local_name(said["verdict"])) if "verdict" in said else None
        stands = lifecycle(said.get("year"), judged, reference)
        found[URIRef(said["milestone"])] = Outcome(stands, said.get("year"), said.get("verdictYear"))
    return found


async def _milestone(site: Site, document: Document) -> Shown:
    """Where a milestone target stands, and its steps. One query."""
    steps = await document.select("pages/milestone-steps", "milestone", MG.stepOf)
    return Shown({"milestone": read_milestone(site, document, steps)}, sources_of(steps))


async def _milestones(site: Site, document: Document) -> Shown:
    """The milestone targets that concern an objective, with their target years. One query."""
    rows = await document.select("pages/milestones-of", "objective", MG.relatedObjective)
    years = {row["milestone"]: row.get("year") for row in rows}
    context = {
        "milestones": sorted(years.items(), key=lambda milestone: natural(str(milestone[0]))),
        "names": Names(read_labels(rows, "milestone")),
    }
    return Shown(context, sources_of(rows))


MILESTONE = Part("milestone", ("milestone-target",), _milestone, told=(MG.stepOf,))
MILESTONES = Part("milestones", ("objective",), _milestones, told=(MG.relatedObjective,))
