"""The newest period of an indicator, of which several live sources can have values: one of them says it.

The tables may say it themselves. A year after that of the latest update, which somebody has stated, is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loaders.indicator_updates import IndicatorUpdate
from loaders.indicators import AboutIndicator
from loaders.row import Row


def settled(found: Sequence[Row], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of live sources, of which those say no newest period that another one says, or some rows of the tables.

    The latest year holds, of the same year the first.
    """
    rows = list(rows)
    told = {row.indicator for row in rows if isinstance(row, AboutIndicator) and _newest(row)}
    updated = {row.indicator: row.updated[: len("2026")] for row in (*rows, *found) if isinstance(row, IndicatorUpdate)}
    says: dict[str, AboutIndicator] = {}
    for row in found:
        if isinstance(row, AboutIndicator) and row.indicator not in told and (year := _newest(row)):
            before = says.get(row.indicator)
            if year <= updated.get(row.indicator, year) and (before is None or year > _newest(before)):
                says[row.indicator] = row
    for row in found:
        if not isinstance(row, AboutIndicator) or not _newest(row) or says.get(row.indicator) is row:
            yield row
        elif isinstance(row, IndicatorUpdate):
            yield row.model_copy(update={"newest_period": None})


def _newest(row: AboutIndicator) -> str:
    return getattr(row, "newest_period", None) or ""
