"""Series of values as pages show them: their years, their change, and their charts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from rdflib import URIRef

from endpoint.charts import Chart, Scale, draw, draw_beside_others
from endpoint.mapping.matrix import natural
from ontology import iri
from ontology.schemes import Unit

_MOST_TIMES = 3  # as far from zero as the farthest of the areas that a line behind them may lie


@dataclass(frozen=True, slots=True)
class Value:
    """One observation of a series."""

    observation: URIRef
    year: int
    value: Decimal
    status: str = ""  # the word that the source itself has for it


@dataclass(frozen=True, slots=True)
class Series:
    """A series with its values in the order of their years."""

    series: URIRef
    dataset: URIRef
    area: URIRef
    sector: URIRef | None
    sex: URIRef | None
    unit: URIRef
    values: tuple[Value, ...]

    @property
    def first(self) -> Value:
        """The earliest value."""
        return self.values[0]

    @property
    def last(self) -> Value:
        """The latest value."""
        return self.values[-1]

    @property
    def change(self) -> Decimal | None:
        """The change from the first year to the last, as `change_between` gives it."""
        return self.change_between(self.first.year, self.last.year)

    def change_between(self, first: int, last: int) -> Decimal | None:
        """The change from one year to another in per cent, with two decimals; None where a year has no value.

        None too where it began at zero or below: of what is below zero, a fall would be written as a rise.
        """
        before, after = self.at(first), self.at(last)
        if before is None or after is None or before.value <= 0:
            return None
        change = 100 * (after.value - before.value) / before.value
        return change.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def between(self, first: int, last: int) -> Series | None:
        """The series from one year to another; None where it has no value there."""
        return self._of(value for value in self.values if first <= value.year <= last)

    def without(self, years: Collection[int]) -> Series | None:
        """The series without some years, such as those that were not over; None where it has a value of no other."""
        return self._of(value for value in self.values if value.year not in years)

    @property
    def is_of_amounts(self) -> bool:
        """True where the values are amounts, and not an index."""
        return Unit(iri.local_name(self.unit)).is_amount

    @property
    def is_of_emissions(self) -> bool:
        """True where the values are amounts of greenhouse gases."""
        return iri.local_name(self.unit) == Unit.TONNE_CO2E

    def chart_with(self, other: Series | None, not_over: Collection[int] = ()) -> Chart:
        """The series as a line, on axes with room for another; what is of years that were not over, apart."""
        return draw(self.by_year, other.by_year if other else None, from_zero=self.is_of_amounts, apart=not_over)

    @property
    def by_year(self) -> dict[int, Decimal]:
        """The values by year."""
        return {each.year: each.value for each in self.values}

    def at(self, year: int) -> Value | None:
        """The value of a year, None where there is none."""
        return next((each for each in self.values if each.year == year), None)

    def _of(self, values: Iterable[Value]) -> Series | None:
        kept = tuple(values)
        return replace(self, values=kept) if kept else None


@dataclass(frozen=True)
class Several:
    """Series that stand together: those of one data set share a unit and a scale.

    One more, such as that of the nation, may lie `behind` each of them.
    """

    series: tuple[Series, ...]
    behind: Series | None = None

    @property
    def is_of_emissions(self) -> bool:
        """True where some of them are amounts of greenhouse gases."""
        return any(series.is_of_emissions for series in self.series)

    @property
    def is_of_several_areas(self) -> bool:
        """True where their areas tell them from each other."""
        return len({series.area for series in self.series}) > 1

    @property
    def sectors(self) -> list[URIRef]:
        """The sectors that they are of, in the order of their keys; none where they are not divided so."""
        return sorted({series.sector for series in self.series if series.sector is not None}, key=natural)

    @property
    def by_area(self) -> dict[URIRef, dict[URIRef | None, Series]]:
        """The series of each area by their sectors."""
        found: dict[URIRef, dict[URIRef | None, Series]] = {}
        for series in self.series:
            found.setdefault(series.area, {})[series.sector] = series
        return found

    @property
    def years(self) -> list[int]:
        """All years that any of them has a value for."""
        return sorted({value.year for series in self.series for value in series.values})

    @property
    def has_lines(self) -> bool:
        """True where some series has values of more years than one: a value alone is told, and not drawn."""
        return any(len(series.values) > 1 for series in self.series)

    @property
    def is_dwarfed(self) -> bool:
        """True where what lies behind them is so much farther from zero that beside it they would lie along zero."""
        if self.behind is None or not self.series:
            return False
        return max(map(abs, self.behind.by_year.values())) > _MOST_TIMES * max(map(abs, self._values))

    @cached_property
    def line_behind(self) -> Series | None:
        """What is drawn behind each of them."""
        return None if self.is_dwarfed else self.behind

    @cached_property
    def scale(self) -> Scale:
        """The scale that they share."""
        behind = list(self.line_behind.by_year.values()) if self.line_behind else []
        values = [*self._values, *behind]
        ends = [*values, Decimal(0)] if self.series[0].is_of_amounts else values
        years = [year for each in (*self.series, self.line_behind) if each for year in each.by_year]
        return Scale(min(years), max(years), min(ends), max(ends))

    def small_chart(self, series: Series, not_over: Collection[int] = ()) -> Chart:
        """One of them as a small line, on the scale that they share; what is of years that were not over, apart."""
        return draw_beside_others(series.by_year, self.scale, not_over)

    @property
    def _values(self) -> list[Decimal]:
        return [value.value for each in self.series for value in each.values]


def read_series(rows: Iterable[Mapping[str, str]]) -> tuple[Series, ...]:
    """The series in rows of `pages/series`, or of the file of a data set, in the order of their keys."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        found.setdefault(str(row["series"]), []).append(row)
    return tuple(_series(found[series]) for series in sorted(found, key=natural))


def _series(rows: Sequence[Mapping[str, str]]) -> Series:
    head = rows[0]
    values = {
        str(row["member"]): Value(
            URIRef(row["member"]), int(row["year"][:4]), Decimal(str(row["value"])), str(row.get("status", ""))
        )
        for row in rows
    }
    return Series(
        series=URIRef(head["series"]),
        dataset=URIRef(head["dataset"]),
        area=URIRef(head["area"]),
        sector=URIRef(head["sector"]) if "sector" in head else None,
        sex=URIRef(head["sex"]) if "sex" in head else None,
        unit=URIRef(head["unit"]),
        values=tuple(sorted(values.values(), key=lambda value: value.year)),
    )
