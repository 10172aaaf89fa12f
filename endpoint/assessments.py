"""Assessments as the pages arrange them: in a table, with how much of what is due is recorded beside it.

An assessment that is not recorded is unknown: it is never shown as a no, and no share is taken of those recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.lists import Names
from endpoint.regional import Regional, Report, read_regional
from endpoint.site import Site
from ontology import iri
from ontology.schemes import Confidence
from ontology.text import Label


@dataclass(frozen=True, slots=True)
class Verdict:
    """One assessment: achievement or trend."""

    assessment: URIRef
    value: URIRef
    source: URIRef
    is_likely: bool


class Spot(NamedTuple):
    """Where a cell of a table stands: an objective, a place and a report."""

    objective: URIRef
    place: URIRef
    report: URIRef


class Cell(NamedTuple):
    """What is recorded at a spot, and whether it is due there: None where no rule tells."""

    is_due: bool | None = None
    achievement: Verdict | None = None
    trend: Verdict | None = None

    @property
    def verdicts(self) -> list[Verdict]:
        """What is recorded: achievement first."""
        return [verdict for verdict in (self.achievement, self.trend) if verdict]

    @property
    def is_shown(self) -> bool:
        """True where there is something to say: it is due or recorded."""
        return bool(self.is_due or self.verdicts)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of what is due in a report is recorded, and how many assessments each source gives."""

    report: Report
    due: int | None
    achievements: int
    trends: int
    sources: tuple[tuple[URIRef, int], ...]

    @property
    def is_partial(self) -> bool:
        """True where less is recorded than is due, or nobody knows how much is."""
        return self.due is None or min(self.achievements, self.trends) < self.due


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of assessments: things down, things across, and how much of each report is recorded."""

    columns: tuple[URIRef, ...]
    lines: tuple[tuple[URIRef, tuple[Cell, ...]], ...]
    tallies: tuple[Tally, ...]

    @property
    def has_dashes(self) -> bool:
        """True where a cell has nothing that is due or recorded."""
        return any(cell.is_due is False and not cell.verdicts for _, cells in self.lines for cell in cells)


@dataclass(slots=True)
class Assessments:
    """Some assessments, with the rules to read them by."""

    regional: Regional
    recorded: dict[Spot, dict[str, Verdict]] = field(default_factory=dict)

    @property
    def sources(self) -> frozenset[URIRef]:
        """The sources of the assessments."""
        return frozenset(verdict.source for found in self.recorded.values() for verdict in found.values())

    def cell(self, spot: Spot) -> Cell:
        """What is recorded at a spot, and whether it is due."""
        due = self.regional.is_due(spot.objective, spot.place, self.regional.reports[spot.report])
        return Cell(due, **self.recorded.get(spot, {}))

    def reports_of(self, objectives: list[URIRef], places: list[URIRef]) -> list[Report]:
        """The reports in which anything of these is recorded or due, the last first."""
        reports = sorted(self.regional.reports.values(), key=lambda report: report.order, reverse=True)
        return [
            report
            for report in reports
            if any(self.cell(Spot(o, place, report.report)).is_shown for o in objectives for place in places)
        ]

    def by_report(self, objectives: list[URIRef], places: list[URIRef]) -> Grid:
        """A table with reports across; what goes down is what there are several of."""
        reports = self.reports_of(objectives, places)
        columns = [report.report for report in reports]
        down = places if len(objectives) == 1 else objectives

        def spot(row: URIRef, report: URIRef) -> Spot:
            return Spot(row, places[0], report) if down is objectives else Spot(objectives[0], row, report)

        return self._grid(down, columns, spot, [self.tally(objectives, places, report) for report in reports])

    def by_objective(self, places: list[URIRef], report: Report) -> Grid:
        """A table of one report with objectives across and places down."""
        across = self.regional.objectives

        def spot(row: URIRef, objective: URIRef) -> Spot:
            return Spot(objective, row, report.report)

        shown = [o for o in across if any(self.cell(spot(place, o)).is_shown for place in places)]
        return self._grid(places, shown, spot, [self.tally(across, places, report)])

    def by_national_report(self) -> Grid:
        """A table of the nation with objectives across and reports down, the last first."""
        across, nations = self.regional.objectives, self.regional.nations
        reports = self.reports_of(across, nations)

        def spot(row: URIRef, objective: URIRef) -> Spot:
            return Spot(objective, nations[0], row)

        return self._grid([report.report for report in reports], across, spot, [])

    def _grid(
        self, down: list[URIRef], across: list[URIRef], spot: Callable[[URIRef, URIRef], Spot], tallies: list[Tally]
    ) -> Grid:
        lines = [(row, tuple(self.cell(spot(row, column)) for column in across)) for row in down]
        kept = tuple(line for line in lines if any(cell.is_shown for cell in line[1]))
        return Grid(tuple(across), kept, tuple(tallies))

    def tally(self, objectives: list[URIRef], places: list[URIRef], report: Report) -> Tally:
        """How many assessments of these are due and recorded in a report."""
        cells = [self.cell(Spot(objective, place, report.report)) for objective in objectives for place in places]
        sources: dict[URIRef, int] = {}
        for verdict in (verdict for cell in cells for verdict in cell.verdicts):
            sources[verdict.source] = sources.get(verdict.source, 0) + 1
        return Tally(
            report,
            due=len([1 for cell in cells if cell.is_due]) if any(cell.is_due is not None for cell in cells) else None,
            achievements=len([1 for cell in cells if cell.achievement]),
            trends=len([1 for cell in cells if cell.trend]),
            sources=tuple(sorted(sources.items(), key=lambda source: (-source[1], source[0]))),
        )


async def read_names(site: Site) -> Names:
    """What objectives, places, reports and sources are called."""
    regional = await site.once(read_regional)
    codes = {str(report.report): [Label(report.code, "")] for report in regional.reports.values()}
    titles = {
        str(site.local(iri.mint("source", source["id"]))): [Label(source["title"], "")]
        for source in site.release.record["sources"]
    }
    return Names(regional.labels | codes | titles)


async def list_assessments(site: Site) -> dict[str, object]:
    """All assessments for a page of their own: the nation, then county by county in each report. One query."""
    regional = await site.once(read_regional)
    read = read_assessments(site, await site.select("pages/assessments-of"), regional)
    reports = read.reports_of(regional.objectives, regional.counties)
    return {
        "names": await site.once(read_names),
        "total": sum(len(found) for found in read.recorded.values()),
        "national": read.by_national_report(),
        "county": [(report, read.by_objective(regional.counties, report)) for report in reports],
    }


async def read_verdicts(site: Site) -> dict[URIRef, URIRef]:
    """What each assessment says: the concept of its achievement or of its trend. One query."""
    rows = await site.select("pages/verdicts")
    return {URIRef(row["assessment"]): URIRef(row["verdict"]) for row in rows}


def read_assessments(site: Site, rows: Iterable[Row], regional: Regional) -> Assessments:
    """What the rows of `pages/assessments-of` say."""
    read = Assessments(regional)
    likely = site.local(iri.concept(Confidence.LIKELY))
    for row in rows:
        spot = Spot(URIRef(row["objective"]), URIRef(row["place"]), URIRef(row["report"]))
        for aspect in ("achievement", "trend"):
            if aspect in row:
                source, is_likely = URIRef(row["source"]), row["confidence"] == likely
                verdict = Verdict(URIRef(row["assessment"]), URIRef(row[aspect]), source, is_likely)
                read.recorded.setdefault(spot, {})[aspect] = verdict
    return read
