"""Each data set as a cube: the categories of its dimensions in order, and its cells by their places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import prod

from loaders.countries import NATION
from loaders.live_series import LiveSeries, Value
from loaders.observations import Observation
from loaders.row import Row
from ontology.schemes import Concept, Sex, Unit

Observed = Observation | LiveSeries
"""A row that has values."""


def by_data_set(rows: Iterable[Row]) -> dict[str, list[Observed]]:
    """The rows with values by the keys of their data sets."""
    found: dict[str, list[Observed]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Observed):
            found[row.dataset].append(row)
    return found


@dataclass(frozen=True, slots=True)
class Cube:
    """A data set: the codes of each dimension in order, by the names of the columns that its table has for them.

    A cell is known by its place: they are counted through all combinations of codes, those of the last dimension
    fastest. Only cells of which something is said are there, in the order of their places, and what is said of each.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    places: tuple[int, ...]
    told: tuple[Value, ...]
    decimals: Mapping[str, int]  # the most that a value has, by the code of its unit

    @property
    def sizes(self) -> list[int]:
        """The number of codes of each dimension."""
        return list(map(len, self.dimensions.values()))

    @property
    def number(self) -> int:
        """The number of all cells, those of which nothing is said among them."""
        return prod(self.sizes)


def cube_of(rows: Iterable[Observed]) -> Cube:
    """The cube of the rows of a data set."""
    series = list(map(_series, rows))
    named = {name for codes, _ in series for name in codes}
    dimensions = {
        name: tuple(sorted({codes.get(name, "") for codes, _ in series}, key=order))
        for name, order in _DIMENSIONS.items()
        if name in named
    }
    dimensions["year"] = tuple(sorted({value.year for _, values in series for value in values}))
    steps: dict[str, dict[str, int]] = {}
    step = 1
    for name, listed in reversed(dimensions.items()):
        steps[name] = {code: place * step for place, code in enumerate(listed)}
        step *= len(listed)
    years = steps.pop("year")
    places: list[int] = []  # no list of pairs: of millions, the collection of garbage takes longer than all else
    told: list[Value] = []
    decimals: dict[str, int] = defaultdict(int)
    for codes, values in series:
        first = sum(of[codes.get(name, "")] for name, of in steps.items())
        places += [first + years[value.year] for value in values]
        told += values
        most = max((len(value.value.partition(".")[2]) for value in values), default=0)
        decimals[codes["unit"]] = max(decimals[codes["unit"]], most)
    order = sorted(range(len(places)), key=places.__getitem__)
    return Cube(dimensions, tuple(places[each] for each in order), tuple(told[each] for each in order), decimals)


def _series(row: Observed) -> tuple[dict[str, str], tuple[Value, ...]]:
    """What the cells of a row share, by the names of the dimensions, and what is said of each year."""
    if isinstance(row, Observation):
        part = {"sector": row.sector} if row.sector else {}
        return {"area": row.area, **part, "unit": row.unit}, (Value(row.period, row.value, ""),)
    division = row.division
    part = {division.column: division.code} if division else {}
    return {"area": row.area, **part, "unit": row.unit}, (*row.values, *row.missing)


def _as_listed(scheme: type[Concept]) -> Callable[[str], tuple[int, str]]:
    """The order of a scheme; what is none of its concepts comes first."""
    places = {str(concept): place for place, concept in enumerate(scheme)}
    return lambda code: (places.get(code, -1), code)


_DIMENSIONS: Mapping[str, Callable[[str], tuple[int, str]]] = {
    "area": lambda code: (0 if code == NATION else len(code), code),  # then the counties, then the municipalities
    "sector": lambda code: (0, code),
    "sex": _as_listed(Sex),
    "unit": _as_listed(Unit),
}
"""The dimensions before the year, and the order of their codes."""
