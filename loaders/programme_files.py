"""Action programmes that others deliver: the lines of a filled template become rows as the tables have them."""

from __future__ import annotations

from functools import partial
from typing import Any

from pydantic import ValidationError

from loaders import cells
from loaders.action_programmes import (
    ActionProgramme,
    ProgrammeDecision,
    ProgrammePage,
    ProgrammePeriod,
    ProgrammePublisher,
    ProgrammeSize,
    ProgrammeSystemRow,
    ProgrammeTranslation,
)
from loaders.filled import Entry
from loaders.named import Named
from loaders.row import Row
from loaders.undertakings import refuse_backwards
from ontology.schemes import Confidence, ProgrammeStanding, ProgrammeSystem

TABLES: tuple[type[Row], ...] = (
    ActionProgramme,
    ProgrammeTranslation,
    ProgrammePeriod,
    ProgrammePublisher,
    ProgrammePage,
    ProgrammeDecision,
    ProgrammeSystemRow,
    ProgrammeSize,
)
"""The row classes that a delivery of programmes gives."""

KEY_COLUMN = "id"

_COLUMNS = {"measures": "size"}
"""The columns of the template whose fields in the rows have another name."""


def read(entry: Entry, named: Named, source: str) -> tuple[str, list[Row]]:
    """The key of one programme, empty where it is wrong, and its rows; what is wrong is noted in the entry."""
    designation = entry.take("id", cells.designation)
    key = f"{source}--{designation}" if designation else ""
    title = entry.take("title_sv", cells.title)
    place = entry.take("place", cells.place(named, partial(entry.mean, "place")))
    publishers = entry.take("publishers", cells.actors(named, partial(entry.keep, "publishers"))) or []
    start, end = entry.take("start_year", cells.year), entry.take("end_year", cells.year)
    told: dict[type[Row], dict[str, object]] = {
        ProgrammeSystemRow: {"system": entry.take("system", cells.concept(named, ProgrammeSystem))},
        ProgrammeTranslation: {"title_en": entry.take("title_en", cells.title)},
        ProgrammePeriod: {"start_year": start, "end_year": end},
        ProgrammePage: {"page": entry.take("page", cells.address)},
        ProgrammeSize: {"measures": entry.take("size", cells.count)},
    }
    standing = entry.take("standing", cells.concept(named, ProgrammeStanding))
    decided = entry.take("decided", cells.moment)
    if decided and entry.is_empty("standing"):
        entry.fault(
            "standing",
            "en dag för beslutet är angiven; skriv om programmet är beslutat",
            "a day of decision is given; write whether the programme is decided",
        )
    if decided and standing is ProgrammeStanding.DRAFT:
        entry.fault(
            "decided",
            f"ett förslag är inte beslutat, och då inte heller {decided}",
            f"a draft is not decided, and so not in {decided}",
        )
    entry.refuse_to_come("decided", decided)
    entry.hold("end_year", partial(refuse_backwards, start, end))
    if entry.faults:
        return key, []
    if standing:
        told[ProgrammeDecision] = {"standing": standing, "decided": decided}
    by: dict[str, Any] = {"source_id": source, "confidence": Confidence.CERTAIN}
    try:
        return key, [
            ActionProgramme(code=key, place=place or "", title_sv=title or "", **by),
            *(
                model.model_validate({"programme": key, **values, **by})
                for model, values in told.items()
                if any(values.values())
            ),
            *(
                ProgrammePublisher.model_validate(
                    {"programme": key, "number": number, "actor": actor, "name_sv": name, **by}
                )
                for number, (actor, name) in enumerate(publishers, 1)
            ),
        ]
    except ValidationError as error:
        entry.faults_of(error, "end_year", _COLUMNS)
        return key, []


def given(_: object, source: str) -> set[str]:
    """How the identifiers begin that a delivery of programmes gives."""
    return {f"id/action-programme/{source}--"} | {f"id/row/{model.table}/{source}--" for model in TABLES}
