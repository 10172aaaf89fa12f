"""Series of values as pages show them: their years, their change, and their charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rdflib import URIRef

from endpoint.charts import Chart, draw, draw_beside_others
from endpoint.dataset import Row
from endpoint.matrix import natural
from ontology.schemes import Unit


@dataclass(frozen=True, slots=True)
class Value:
    """One observation of a series."""

    observation: URIRef
    year: int
    value: Decimal


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
        """The change from the first year to the last, as `change_to` gives it."""
        return self.change_to(self.last.year)

    def change_to(self, year: int) -> Decimal | None:
        """The change from the first year to another in per cent, with two decimals; None where it began at zero.

        None too where the year has no value.
        """
        value = self.at(year)
        if value is None or self.first.value == 0:
            return None
        change = 100 * (value.value - self.first.value) / self.first.value
        return change.quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def is_of_amounts(self) -> bool:
        """True where the values are amounts, and not an index."""
        return Unit(self.unit.rpartition("/")[2]).is_amount

    @property
    def is_of_emissions(self) -> bool:
        """True where the values are amounts of greenhouse gases."""
        return self.unit.rpartition("/")[2] == Unit.TONNE_CO2E

    @property
    def chart(self) -> Chart:
        """The series as a line."""
        return draw(self.by_year, from_zero=self.is_of_amounts)

    @property
    def by_year(self) -> dict[int, Decimal]:
        """The values by year."""
        return {each.year: each.value for each in self.values}

    def at(self, year: int) -> Value | None:
        """The value of a year, None where there is none."""
        return next((each for each in self.values if each.year == year), None)


@dataclass(frozen=True, slots=True)
class Several:
    """Series that stand together: those of one data set share a unit and a scale."""

    series: tuple[Series, ...]

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

    def small_chart(self, series: Series) -> Chart:
        """One of them as a small line, on the scale that they share."""
        values = [value.value for each in self.series for value in each.values]
        lowest = min(*values, Decimal(0)) if series.is_of_amounts else min(values)
        return draw_beside_others(series.by_year, lowest, max(values))


def read_series(rows: Iterable[Row]) -> tuple[Series, ...]:
    """The series in rows of `pages/series`, in the order of their keys."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["series"]), []).append(row)
    return tuple(_series(found[series]) for series in sorted(found, key=natural))


def _series(rows: list[Row]) -> Series:
    head = rows[0]
    values = {
        str(row["member"]): Value(URIRef(row["member"]), int(row["year"][:4]), Decimal(str(row["value"])))
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
