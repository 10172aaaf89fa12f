"""Assessments that others deliver: the lines of a filled template become rows as the tables have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from pydantic import ValidationError

from loaders import cells
from loaders.assessments import Aspect, Assessment, AssessmentYear, refuse_reported_before
from loaders.counties import CountyLandscape
from loaders.countries import NATION
from loaders.filled import Entry
from loaders.named import Named
from loaders.regional_applicability import RegionalApplicability
from loaders.reports import Report, year_of
from loaders.row import Row
from loaders.sheet_cells import Cell
from loaders.told import Wrong
from ontology.schemes import Achievement, Applicability, Concept, Confidence, ReportKind, Trend
from ontology.text import Text

_CODE = re.compile(r"(RÅU|RAU|ÅU|AU|FU)(20[0-9]{2})")
_KINDS = {"RÅU": ReportKind.REGIONAL_FOLLOW_UP, "ÅU": ReportKind.YEARLY_FOLLOW_UP, "FU": ReportKind.IN_DEPTH_EVALUATION}
"""The follow-ups by the letters of their codes: one that no table has is known by its code alone."""

KEY_COLUMN = "objective"


def read(entry: Entry, named: Named, source: str) -> tuple[str, list[Row]]:
    """What tells a line from others, empty where it is wrong, and its rows; what is wrong is noted in the entry."""
    place = entry.take("place", cells.place(named, partial(entry.mean, "place")))
    objective = entry.take("objective", cells.one(named, "objective"))
    report = entry.take("report", lambda cell: _report(cell, named))
    reported_in = entry.take("reported_in", cells.year)
    assessed_in = entry.take("assessed_in", cells.year)
    verdicts: dict[Aspect, Concept | None] = {
        Aspect.ACHIEVEMENT: entry.take("achievement", cells.concept(named, Achievement)),
        Aspect.TREND: entry.take("trend", cells.concept(named, Trend)),
    }
    if all(map(entry.is_empty, verdicts)):
        entry.fault(
            "achievement",
            "här finns varken måluppfyllelse eller trend; ta bort en rad som inte säger något",
            "there is neither an achievement nor a trend; leave out a line that says nothing",
        )
    if assessed_in and entry.is_empty("achievement"):
        entry.fault(
            "assessed_in",
            "på raden finns ingen måluppfyllelse som bedömdes då",
            "there is no achievement on the line that was assessed then",
        )
    entry.refuse_to_come("report", year_of(report) if report else None)
    if report and reported_in and year_of(report) != reported_in:
        of = year_of(report)
        entry.fault("reported_in", f"rapporten {report} är från {of}", f"the report {report} is of {of}")
    if place and objective and report and (why := _not_due(named, place, objective, year_of(report))):
        entry.fault("objective", *why)
    if report and assessed_in and not entry.hold("assessed_in", partial(refuse_reported_before, assessed_in, report)):
        assessed_in = None
    if not (place and objective and report):
        return "", []
    key = f"{report}-{place}-{objective}"
    try:
        made = list(_rows(key, verdicts, assessed_in, source))
    except ValidationError as error:
        entry.faults_of(error, "assessed_in")
        return key, []
    unknown = [] if named.row("report", report) else [_new_report(report, source)]
    return key, [*unknown, *_not_known_yet(entry, named, made)]


def _rows(
    key: str, verdicts: dict[Aspect, Concept | None], assessed_in: str | None, source: str
) -> Iterator[Assessment | AssessmentYear]:
    """An assessment of each aspect that has a verdict, and when the achievement was assessed."""
    report, place, objective = key.rsplit("-", 2)
    by: dict[str, Any] = {"source_id": source, "confidence": Confidence.CERTAIN}
    for aspect, verdict in verdicts.items():
        if verdict is not None:
            yield Assessment(
                report=report, place=place, objective=objective, aspect=aspect, verdict=verdict.value, **by
            )
    if assessed_in:
        yield AssessmentYear(assessment=f"{key}-{Aspect.ACHIEVEMENT}", assessed_in=assessed_in, **by)


def _not_known_yet(entry: Entry, named: Named, made: Iterable[Assessment | AssessmentYear]) -> Iterator[Row]:
    """The rows that no table and no other delivery has; one that says otherwise is noted."""
    for row in made:
        earlier = named.about(type(row), row.key)
        if earlier is None:
            yield row
        elif _said(earlier) != _said(row):
            place, (column, said) = f"{earlier.file}:{earlier.line}", _said(earlier)
            where = Text(f"{place}, ur källan {earlier.source_id},", f"{place}, of the source {earlier.source_id}")
            entry.fault(column, f"{where.sv} säger redan {said} om detta", f"{where.en} says {said} of this already")


def _said(row: Assessment | AssessmentYear) -> tuple[str, str]:
    """The column of the template that a row is made of, and what it says."""
    return ("assessed_in", row.assessed_in) if isinstance(row, AssessmentYear) else (str(row.aspect), row.verdict)


def _report(cell: Cell, named: Named) -> str:
    """The key of a report: one that the tables have, or a follow-up by its code."""
    words = cells.words(cell)
    code, unspaced = words.upper(), "".join(words.upper().split())
    if _CODE.fullmatch(code):
        return code.replace("Å", "A")
    if _CODE.fullmatch(unspaced):
        raise Wrong(
            Text(
                f"rapport {words!r} finns inte här; menas {unspaced}?",
                f"there is no report {words!r}; is {unspaced} meant?",
            )
        )
    return named.find("report", words)


def _new_report(key: str, source: str) -> Report:
    """A report that is known only because assessments cite it: its code is its title (decision 7)."""
    code = re.sub(r"^(R?)AU", r"\1ÅU", key)
    kind = _KINDS[code[:-4]]
    return Report(
        code=code, kind=kind, year=year_of(key), title_sv=code, source_id=source, confidence=Confidence.CERTAIN
    )


def _not_due(named: Named, place: str, objective: str, year: str) -> Text | None:
    """Why an objective is not to be assessed in a county by the rules of a year; None where it may be."""
    rule = next(
        (
            rule
            for rule in named.of(RegionalApplicability)
            if rule.objective == objective and rule.valid_from <= year <= (rule.valid_until or year)
        ),
        None,
    )
    if place == NATION or rule is None:
        return None
    landscape = next((found for found in named.of(CountyLandscape) if found.county == place), None)
    at = f"{rule.valid_from} ({rule.file}:{rule.line})"
    by = Text(f"enligt reglerna sedan {at}", f"by the rules since {at}")
    if rule.applies is Applicability.NONE:
        return Text(
            f"mål {objective} ska inte bedömas i något län {by.sv}",
            f"objective {objective} is not to be assessed in any county {by.en}",
        )
    if landscape is not None and rule.applies is Applicability.COASTAL and landscape.is_coastal == "false":
        return Text(
            f"mål {objective} ska bara bedömas i län med kust, och {place} har ingen, {by.sv}",
            f"objective {objective} is to be assessed in counties with a coast alone, and {place} has none, {by.en}",
        )
    if landscape is not None and rule.applies is Applicability.MOUNTAIN and landscape.is_mountain == "false":
        return Text(
            f"mål {objective} ska bara bedömas i län med fjäll, och {place} har inga, {by.sv}",
            f"objective {objective} is to be assessed in counties with mountains alone, and {place} has none, {by.en}",
        )
    return None


def given(rows: Iterable[Row], _: str) -> set[str]:
    """The identifiers that a delivery of assessments gives, each whole: others give those of the same report and place.

    When an assessment was made may be told by another source than the assessment itself.
    """
    found: set[str] = set()
    for row in rows:
        if isinstance(row, Assessment | AssessmentYear | Report):
            found.add(f"id/row/{row.table}/{row.key}")
        if isinstance(row, Assessment | Report):
            found.add(f"id/{row.defines}/{row.key}")
    return found
