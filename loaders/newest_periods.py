"""The newest period of an indicator, of which several live sources can have values: one of them says it.

The tables may say it themselves. A year after that of the latest update, which somebody has stated, is none: either
that is not the latest, or nobody has measured the year yet. No source says which, so it is told and left to editors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loaders.curated import LeftOut
from loaders.indicator_updates import IndicatorUpdate
from loaders.indicators import AboutIndicator
from loaders.row import Row

TABLES_ARE_OLDER = (
    "indicator_updates.csv has an earlier newest period or latest update of its indicator: mend that row, or remove it"
)
"""Why a live source does not say the newest period: the tables have said it, and it seems long ago."""

UPDATED_BEFORE = "another live source says that its indicator was last updated before that year"
"""Why not: what is known of the latest update speaks against it."""


def settled(found: Sequence[Row], rows: Iterable[Row]) -> Iterator[Row | LeftOut]:
    """The rows of live sources, of which those say no newest period that another one says, or some rows of the tables.

    The latest year holds, of the same year the first. What is newer than what holds comes last, with the reason.
    """
    tables = {row.indicator: row for row in rows if isinstance(row, IndicatorUpdate)}
    live = {row.indicator: row for row in found if isinstance(row, IndicatorUpdate)}
    updated = {indicator: row.updated[: len("2026")] for indicator, row in (live | tables).items()}
    says: dict[str, AboutIndicator] = {}
    late: list[LeftOut] = []
    for row in found:
        if not isinstance(row, AboutIndicator) or not (year := _newest(row)):
            continue
        told, before = tables.get(row.indicator), says.get(row.indicator)
        if year > ((told and _newest(told)) or updated.get(row.indicator, year)):
            late.append(LeftOut(row, TABLES_ARE_OLDER if told else UPDATED_BEFORE))
        elif not (told and _newest(told)) and (before is None or year > _newest(before)):
            says[row.indicator] = row
    for row in found:
        if not isinstance(row, AboutIndicator) or not _newest(row) or says.get(row.indicator) is row:
            yield row
        elif isinstance(row, IndicatorUpdate):
            yield row.model_copy(update={"newest_period": None})
    yield from late


def _newest(row: AboutIndicator) -> str:
    return getattr(row, "newest_period", None) or ""
