"""Measures that others deliver: the lines of a filled template become rows as the tables of measures have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from pydantic import ValidationError

from loaders import cells
from loaders.action_programmes import ActionProgramme
from loaders.countries import NATION
from loaders.filled import Entry
from loaders.measures import (
    Measure,
    MeasureCost,
    MeasureDesignation,
    MeasureLead,
    MeasureLink,
    MeasureMunicipality,
    MeasurePartner,
    MeasurePeriod,
    MeasureStatusRow,
    MeasureTranslation,
)
from loaders.municipalities import Municipality
from loaders.named import Named
from loaders.row import Row
from loaders.undertakings import Participant, refuse_backwards
from ontology.schemes import Confidence, LinkBasis, MeasureStatus

TABLES: tuple[type[Row], ...] = (
    Measure,
    MeasureTranslation,
    MeasurePeriod,
    MeasureDesignation,
    MeasureLead,
    MeasurePartner,
    MeasureStatusRow,
    MeasureMunicipality,
    MeasureCost,
    MeasureLink,
)
"""The row classes that a delivery of measures gives."""

KEY_COLUMN = "id"


def read(entry: Entry, named: Named, source: str) -> tuple[str, list[Row]]:
    """The key of one measure, empty where it is wrong, and its rows; what is wrong is noted in the entry."""
    designation = entry.take("id", cells.designation)
    key = f"{source}--{designation}" if designation else ""
    title = entry.take("title_sv", cells.title)
    place = entry.take("place", cells.place(named, partial(entry.mean, "place")))
    programme = entry.take("programme", cells.one(named, "action-programme"))
    status = entry.take("status", cells.concept(named, MeasureStatus))
    municipality = entry.take("municipality", cells.one(named, "municipality", digits=4))
    goals = {
        kind: entry.take(column, cells.all_of(named, kind)) or []
        for column, kind in {"objectives": "objective", "targets": "milestone-target"}.items()
    }
    start, end = entry.take("start_year", cells.year), entry.take("end_year", cells.year)
    told: dict[type[Row], dict[str, object]] = {
        MeasureTranslation: {"title_en": entry.take("title_en", cells.title)},
        MeasurePeriod: {"start_year": start, "end_year": end},
        MeasureDesignation: {"designation": cells.words(entry.cell("id"))},
        MeasureStatusRow: {"status": status},
        MeasureMunicipality: {"municipality": municipality},
        MeasureCost: {"cost": entry.take("cost", cells.kronor)},
    }
    taking_part: dict[type[Participant], list[tuple[str | None, str | None]]] = {
        MeasureLead: entry.take("lead", cells.actors(named, partial(entry.keep, "lead"))) or [],
        MeasurePartner: entry.take("partners", cells.actors(named, partial(entry.keep, "partners"))) or [],
    }
    _agree(entry, named, place, programme, municipality)
    entry.hold("end_year", partial(refuse_backwards, start, end))
    if entry.faults:
        return key, []
    by: dict[str, Any] = {"source_id": source, "confidence": Confidence.CERTAIN}
    try:
        return key, [
            Measure(code=key, place=place or "", programme=programme, title_sv=title or "", **by),
            *(
                model.model_validate({"measure": key, **values, **by})
                for model, values in told.items()
                if any(values.values())
            ),
            *(row for model, found in taking_part.items() for row in _participants(model, key, found, by)),
            *(
                MeasureLink(measure=key, goal_kind=kind, goal=goal, basis=LinkBasis.STATED, **by)
                for kind, found in goals.items()
                for goal in found
            ),
        ]
    except ValidationError as error:
        entry.faults_of(error, "end_year")
        return key, []


def _participants(
    model: type[Participant], key: str, found: list[tuple[str | None, str | None]], by: Mapping[str, object]
) -> Iterator[Row]:
    for number, (actor, name) in enumerate(found, 1):
        yield model.model_validate({"measure": key, "number": number, "actor": actor, "name_sv": name, **by})


def _agree(entry: Entry, named: Named, place: str | None, programme: str | None, municipality: str | None) -> None:
    """Note where the places of a measure, its programme and its municipality do not agree."""
    found = named.row("action-programme", programme or "")
    if place and isinstance(found, ActionProgramme) and found.place not in {NATION, place}:
        entry.fault(
            "programme",
            f"{programme} är ett program för län {found.place}, och åtgärden gäller {place}",
            f"{programme} is a programme of county {found.place}, and the measure is for {place}",
        )
    there = named.row("municipality", municipality or "")
    if place and isinstance(there, Municipality) and there.county != place:
        entry.fault(
            "municipality",
            f"{there.name_sv} ligger i län {there.county}, och åtgärden gäller {place}",
            f"{there.name_sv} lies in county {there.county}, and the measure is for {place}",
        )


def given(_: object, source: str) -> set[str]:
    """How the identifiers begin that a delivery of measures gives."""
    things = {f"id/{kind}/{source}--" for kind in ("measure", "measure-link")}
    return things | {f"id/row/{model.table}/{source}--" for model in TABLES}
