"""The assessments on the pages of what they concern: objectives, counties, the nation, reports, and their own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.assessments import Assessments, Cell, Grid, Spot, read_assessments, read_names, read_verdicts
from endpoint.documents.document import Document
from endpoint.lists import Names, read_labels
from endpoint.maps import HEIGHT, WIDTH, outlines
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.regional import Regional, read_regional
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import Achievement, ReportKind


async def _read(site: Site, document: Document) -> Assessments:
    """The assessments that name a thing. One query."""
    rows, regional = await asyncio.gather(
        document.select("pages/assessments-of", "thing", MG.assessedObjective, MG.assessedPlace, MG.inReport),
        site.once(read_regional),
    )
    return read_assessments(site, rows, regional)


async def _shown(site: Site, read: Assessments, **context: object) -> Shown:
    """What a part shows, with the names of objectives, places, reports and sources."""
    return Shown({"names": await site.once(read_names), "regional": read.regional, **context}, read.sources)


async def _of_objective(site: Site, document: Document) -> Shown:
    """The assessments of an objective by report: in the nation, and county by county where it is assessed there."""
    read = await _read(site, document)
    regional, objective = read.regional, [document.thing]
    county = read.by_report(objective, regional.counties)
    return await _shown(
        site,
        read,
        rules=[rule for rule in regional.rules if rule.objective == document.thing],
        national=[
            (read.tally(objective, [nation], report), read.cell(Spot(document.thing, nation, report.report)))
            for nation in regional.nations
            for report in read.reports_of(objective, [nation])
        ],
        county=county,
        map=_map(site, county),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A county on a map: its outline, and what is recorded of it."""

    county: URIRef
    outline: str
    cell: Cell

    @property
    def achievement(self) -> str:
        """The code of the achievement, or `not-due` or `unknown`: what is not recorded is no verdict."""
        if self.cell.achievement:
            return iri.local_name(self.cell.achievement.value)
        return "not-due" if self.cell.is_due is False else "unknown"


@dataclass(frozen=True, slots=True)
class _Map:
    """The counties by the achievement that a report gives, and the scale of it."""

    report: URIRef
    drawn: tuple[_Drawn, ...]
    size: tuple[int, int] = (WIDTH, HEIGHT)
    scale: tuple[Achievement, ...] = tuple(Achievement)

    def number(self, achievement: str) -> int:
        """How many counties have an achievement."""
        return sum(drawn.achievement == achievement for drawn in self.drawn)


def _map(site: Site, grid: Grid) -> _Map | None:
    """The map of the last report in a table that gives the achievement of most counties, if any does."""
    counties = [(site.local(iri.mint("county", code)), outline) for code, outline in outlines().items()]
    for column, report in enumerate(grid.columns):
        cells = {county: line[column] for county, line in grid.lines}
        if 2 * sum(cell.achievement is not None for cell in cells.values()) > len(counties):
            drawn = (_Drawn(county, outline, cells.get(county, Cell())) for county, outline in counties)
            return _Map(report, tuple(drawn))
    return None


async def _of_place(site: Site, document: Document) -> Shown:
    """The assessments in a county or the nation by report, and the objectives that no rule gives it to assess."""
    read = await _read(site, document)
    regional, place = read.regional, [document.thing]
    spared = [
        rule.objective
        for rule in regional.rules
        if rule.last is None and document.thing in regional.counties and regional.applies(rule, document.thing) is False
    ]
    return await _shown(site, read, grid=read.by_report(regional.objectives, place), spared=spared)


async def _of_report(site: Site, document: Document) -> Shown:
    """The assessments that a report gives: of the nation, and county by county."""
    read = await _read(site, document)
    regional, report = read.regional, read.regional.reports.get(document.thing)
    if report is None:
        return Shown()
    national = [
        (objective, read.cell(Spot(objective, nation, report.report)))
        for nation in regional.nations
        for objective in regional.objectives
    ]
    return await _shown(
        site,
        read,
        report=report,
        is_regional=report.kind is ReportKind.REGIONAL_FOLLOW_UP,
        is_complete=document.word(MG.isComplete) == "true",
        national=[(objective, cell) for objective, cell in national if cell.verdicts],
        national_tally=read.tally(regional.objectives, regional.nations, report),
        county=read.by_objective(regional.counties, report),
    )


async def _assessment(site: Site, document: Document) -> Shown:
    """One assessment in words, and the other one of the same objective, place and report. One query the first time."""
    report, stem = document.one(MG.inReport), str(document.thing).rpartition("-")
    other = URIRef(stem[0] + ("-trend" if stem[2] == "achievement" else "-achievement"))
    verdicts = await site.once(read_verdicts)
    return Shown(
        {
            "objective": document.one(MG.assessedObjective),
            "place": document.one(MG.assessedPlace),
            "report": report,
            "achievement": document.one(MG.achievement),
            "trend": document.one(MG.trend),
            "reported_in": document.word(MG.reportedIn),
            "assessed_in": document.word(MG.assessedIn),
            "other": other,
            "other_verdict": verdicts.get(other),
            "claim": next((claim for claim in document.claims if claim.table == "assessments"), None),
        }
    )


async def _numbers(site: Site, document: Document) -> Shown:
    """How many objectives have a verdict, where a report states only that. One query."""
    rows = await document.select("pages/assessment-counts-of", "thing", *_COUNTED)
    found = {str(row["count"]): row for row in rows}
    return Shown({"numbers": list(found.values()), "names": Names(read_labels(rows, "place"))}, sources_of(rows))


async def _applicability(site: Site, document: Document) -> Shown:
    """The counties that a rule is for. No query."""
    regional: Regional = await site.once(read_regional)
    rule = next((rule for rule in regional.rules if rule.rule == document.thing), None)
    return Shown({"rule": rule, "counties": regional.counties_of(rule) if rule else [], "names": regional.names})


_COUNTED = (MG.countInReport, MG.countInPlace)

ASSESSMENT = Part("assessment", ("assessment",), _assessment)
ASSESSMENTS_OF_OBJECTIVE = Part(
    "assessments-of-objective", ("objective",), _of_objective, told=(MG.assessedObjective, MG.applicabilityOf)
)
ASSESSMENTS_OF_PLACE = Part("assessments-of-place", ("county", "country"), _of_place, told=(MG.assessedPlace,))
ASSESSMENTS_OF_REPORT = Part("assessments-of-report", ("report",), _of_report, told=(MG.inReport,))
NUMBERS = Part("assessment-numbers", ("report", "county", "country"), _numbers, told=_COUNTED)
APPLICABILITY = Part("applicability", ("regional-applicability",), _applicability)
