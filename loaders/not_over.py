"""Years that were not over on the day a source was fetched: their values are marked, or are a fault.

A count of such a year is of a part of it, a tax rate was decided before it, a forecast is of what nobody has seen.
Sources do not say which, so nothing is guessed. Where whoever runs the product describes a table, a year that had not
even begun is a fault until they have said what is done with it. Of a year to come, no value is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from loaders.curated import LeftOut
from loaders.indicators import AboutIndicator
from loaders.live import LiveSource
from loaders.live_series import LiveDataset, LiveSeries
from loaders.row import Row

WAY_OUT = (
    'let the sources file say years_to_come = "marked" (they are published with a mark, as forecasts are) or '
    'years_to_come = "left-out" of them'
)


def marked(source: LiveSource, day: str, reading: Iterable[Row | LeftOut]) -> Sequence[Row | LeftOut]:
    """The rows of a source that was fetched on a day, whose series say which years were not over then.

    Raises ValueError for years that had not begun, where the source describes a table and says nothing of them.
    """
    year = day[: len("2026")]
    found = [_series(source, year, row) if isinstance(row, LiveSeries) else row for row in reading]
    if any(row is None for row in found) and not any(isinstance(row, LiveSeries) for row in found):
        raise ValueError(
            f"all values are of years after {year}, when it was fetched, and years_to_come leaves these out"
        )
    return list(_newest([row for row in found if row is not None], year))


def _series(source: LiveSource, year: str, row: LiveSeries) -> LiveSeries | None:
    """A series with its marks; None where nothing is left of it."""
    missing = tuple(gap for gap in row.missing if gap.year <= year)
    changed: dict[str, Any] = {"missing": missing} if len(missing) < len(row.missing) else {}
    last = row.values[-1].year
    if last < year:
        return row.model_copy(update=changed) if changed else row
    described = source.table or source.diagram
    values = row.values
    if described and last > year:
        if described.years_to_come is None:
            raise ValueError(f"{row.key}: values of {last} cannot have been measured in {year}; {WAY_OUT}")
        if described.years_to_come == "left-out":
            values = tuple(value for value in values if value.year <= year)
            changed["values"] = values
    if not values:
        return None
    return row.model_copy(update=changed | {"not_over": tuple(each.year for each in values if each.year >= year)})


def _newest(rows: Sequence[Row | LeftOut], year: str) -> Iterator[Row | LeftOut]:
    """The rows, none of which has a year to come as the newest of an indicator: the newest that had begun, if any."""
    late = {row.indicator for row in rows if isinstance(row, AboutIndicator) and _period(row) > year}
    of = {row.id: getattr(row, "indicator", None) for row in rows if isinstance(row, LiveDataset)} if late else {}
    begun: dict[str, str] = {}
    for row in rows:
        if isinstance(row, LiveSeries) and (indicator := of.get(row.dataset)) in late:
            years = [value.year for value in row.values if value.year <= year]
            begun[str(indicator)] = max([*years, begun.get(str(indicator), "")])
    for row in rows:
        if isinstance(row, AboutIndicator) and _period(row) > year:
            if begun.get(row.indicator):
                yield row.model_copy(update={"newest_period": begun[row.indicator]})
        else:
            yield row


def _period(row: AboutIndicator) -> str:
    return getattr(row, "newest_period", None) or ""
