"""What each graph has of things of each class and of each data set, and its languages, counted in its lines.

These are the rows that a catalogue asks a store for (`loaders/holdings.py`); a store of eight million statements takes
some seconds for them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from loaders.holdings import Asked
from ontology.namespaces import QB, SDMXDimension
from shapes.classes import TYPE
from shapes.series import Series
from shapes.things import is_plain, languages_in

_REMEMBERED = 100_000
_DATA_SET, _AREA, _PERIOD = f"<{QB.dataSet}>", f"<{SDMXDimension.refArea}>", f"<{SDMXDimension.refPeriod}>"


@dataclass(frozen=True, slots=True, eq=False)
class Make:
    """What things of as many values of each property have alike, and where some of these stand among their tails."""

    uses: tuple[tuple[str, int], ...]  # each property, and how many values
    classes: slice
    of_cubes: tuple[slice, slice, slice] | None  # data sets, areas and periods; None where there is no data set


class Makes(dict[tuple[str, ...], Make]):
    """The make of things by the property of each of their tails, of which those of a property stand together.

    The last ones are remembered.
    """

    def __missing__(self, properties: tuple[str, ...]) -> Make:
        """Find a make."""
        if len(self) >= _REMEMBERED:
            self.clear()
        number = Counter(properties)

        def place(of: str) -> slice:
            first = properties.index(of) if of in number else 0
            return slice(first, first + number[of])

        of_cubes = (place(_DATA_SET), place(_AREA), place(_PERIOD)) if _DATA_SET in number else None
        make = Make(tuple(number.items()), place(TYPE), of_cubes)
        if len(properties) < _REMEMBERED:
            self[properties] = make
        return make


@dataclass(slots=True)
class Portion:
    """What one graph has; terms are tails."""

    statements: int = 0
    classes: Counter[tuple[str, ...]] = field(default_factory=Counter)
    areas: set[tuple[str, str]] = field(default_factory=set)  # of each data set
    periods: Counter[tuple[str, str]] = field(default_factory=Counter)  # of each data set
    years: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # the same, of whole series
    languages: set[str] = field(default_factory=set)

    def take(self, make: Make, classes: tuple[str, ...], said: Sequence[str]) -> None:
        """Take what the graph says of a thing, each tail once; its classes are among them."""
        self.statements += len(said)
        self.classes[classes] += 1
        self.languages |= languages_in(said)
        if make.of_cubes:
            data_sets, areas, periods = make.of_cubes
            for data_set in said[data_sets]:
                self.areas.update([(data_set, area) for area in said[areas]])
                for period in said[periods]:
                    self.periods[data_set, period] += 1

    def take_series(self, classes: tuple[str, ...], series: Series, of_area: tuple[str, str]) -> None:
        """Take the observations of a series, which are of an area of a data set."""
        self.statements += len(series.tails) * len(series.years)
        self.classes[classes] += len(series.years)
        self.languages |= languages_in(series.shared)
        self.areas.add(of_area)
        self.years[of_area[0]].update(series.years)


def rows_of(portions: Mapping[str, Portion]) -> Asked:
    """The rows about all graphs, by the names of the queries that find them."""
    return {
        "kinds-in-graphs": [row for graph, of in portions.items() for row in _kinds(graph, of)],
        "languages-in-graphs": [
            {"graph": graph, "language": language} for graph, of in portions.items() for language in of.languages
        ],
        "areas-of-data-sets": [
            {"graph": graph, "dataset": _value(data_set), "place": _value(area)}
            for graph, of in portions.items()
            for data_set, area in of.areas
        ],
        "values-of-data-sets": [row for graph, of in portions.items() for row in _values(graph, of)],
    }


def _kinds(graph: str, portion: Portion) -> Iterator[dict[str, str]]:
    number: Counter[str] = Counter()
    for classes, things in portion.classes.items():
        for cls in classes:
            number[_value(cls)] += things
    for cls, things in number.items():
        yield {"graph": graph, "class": cls, "things": str(things)}


def _values(graph: str, portion: Portion) -> Iterator[dict[str, str]]:
    years = defaultdict(Counter, {data_set: Counter(of) for data_set, of in portion.years.items()})
    for (data_set, period), number in portion.periods.items():
        years[data_set][_value(period)] += number
    for data_set, of in years.items():
        values = str(of.total())
        yield {"graph": graph, "dataset": _value(data_set), "values": values, "first": min(of), "last": max(of)}


def _value(tail: str) -> str:
    """What a tail has as its value: an IRI, or what a text or number is written as."""
    term = tail.split(" ", 1)[1]
    if is_plain(term):
        return term[1:-1]
    (quad,) = ox.parse(f"{TYPE} {tail} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    return str(getattr(quad.object, "value", quad.object))
