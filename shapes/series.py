"""Observations of which the same is said but for their year and their value: most of what a release says.

What is said of the first of them tells how the lines of the others are written. So these are not taken apart: they are
compared with what they should be, and the year and the value are all that is read of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import msgspec
from rdflib import XSD

from ontology.namespaces import SDMXDimension, SDMXMeasure
from shapes.ordinary import DECIMAL
from shapes.things import with_property

PERIOD, MEASURE = f"<{SDMXDimension.refPeriod}>", f"<{SDMXMeasure.obsValue}>"
YEAR = 4
"""How many digits a year has."""

_GYEAR, _DECIMAL = f'"^^<{XSD.gYear}>', f'"^^<{XSD.decimal}>'
_LONGEST = 40
"""How many letters a value has at most, with what ends it: a longer one begins a series of its own."""

_YEARS = {year: year for year in map(str, range(1000, 3000))}
"""The years that observations usually have, each held once."""


class Thing(NamedTuple):
    """A thing and its tails."""

    name: str
    tails: list[str]

    @property
    def first(self) -> str:
        """Its name."""
        return self.name

    @property
    def names(self) -> list[str]:
        """Its name, of one."""
        return [self.name]

    def at(self, _place: int) -> Thing:
        """Itself."""
        return self

    def each(self) -> Iterator[Thing]:
        """Itself."""
        yield self

    def text(self, end: str) -> str:
        """Its lines, each with an end."""
        return self.name.join(["", *[f" {tail}{end}" for tail in self.tails]])

    def texts(self, end: str) -> Iterator[str]:
        """The same, of one."""
        yield self.text(end)


class Series(msgspec.Struct, array_like=True, eq=False, gc=False):
    """Observations of a year and a value each, whose IRIs are the same but for the year. A slice may have several such.

    `head` and `end` are what their IRIs begin and end with, `tails` those of the first, and `period` and `measure` the
    places among these of the year and the value. `years` and `values` have those of all, with ordinary digits.
    """

    head: str
    end: str
    tails: list[str]
    period: int
    measure: int
    years: list[str]
    values: list[str]

    def __post_init__(self) -> None:
        """Hold each year once."""
        self.years = [*map(_YEARS.__getitem__, self.years)]

    @property
    def number(self) -> int:
        """How many statements it has."""
        return len(self.tails) * len(self.years)

    @property
    def names(self) -> list[str]:
        """The IRIs of all."""
        return [f"{self.head}{year}{self.end}" for year in self.years]

    @property
    def first(self) -> str:
        """The IRI of the first."""
        return f"{self.head}{self.years[0]}{self.end}"

    @property
    def last(self) -> str:
        """The IRI of the last."""
        return f"{self.head}{self.years[-1]}{self.end}"

    @property
    def shared(self) -> list[str]:
        """The tails that all have."""
        return [tail for place, tail in enumerate(self.tails) if place not in {self.period, self.measure}]

    def at(self, place: int) -> Thing:
        """The observation at a place, with its tails."""
        tails, year = self.tails.copy(), self.years[place]
        tails[self.period], tails[self.measure] = period_tail(year), measure_tail(self.values[place])
        return Thing(f"{self.head}{year}{self.end}", tails)

    def each(self) -> Iterator[Thing]:
        """One observation after another."""
        return map(self.at, range(len(self.years)))

    def texts(self, end: str) -> Iterator[str]:
        """The lines of one observation after another, each with an end."""
        lines = ["", *(f" {tail}{end}" for tail in self.tails)]
        period, measure = self.period + 1, self.measure + 1
        for name, year, value in zip(self.names, self.years, self.values, strict=True):
            lines[period], lines[measure] = f" {period_tail(year)}{end}", f" {measure_tail(value)}{end}"
            yield name.join(lines)


class Stretch(NamedTuple):
    """Things that come one after another: one, or observations of an area in a data set, part by part."""

    first: str
    last: str
    members: list[Thing] | list[Series]

    @property
    def letters(self) -> int:
        """How long the tails are that are held for it."""
        return sum([len(tail) for member in self.members for tail in member.tails])

    def each(self) -> Iterator[Thing]:
        """One thing after another."""
        return iter(sorted(chain.from_iterable(member.each() for member in self.members)))

    def text(self) -> str:
        """Its lines in order, each with its end."""
        of_each = chain.from_iterable(member.texts("\n") for member in self.members)
        return "".join(of_each if len(self.members) == 1 else sorted(of_each))


def in_batches(found: Iterable[Stretch], letters: int) -> Iterator[list[Stretch]]:
    """Stretches, of about so many letters at a time, or one that has more."""
    some: list[Stretch] = []
    room = letters
    for stretch in found:
        some.append(stretch)
        room -= stretch.letters
        if room <= 0:
            yield some
            some, room = [], letters
    if some:
        yield some


class Writing:
    """How the lines of the observations of a series are written, which is held against those that come."""

    def __init__(self, series: Series) -> None:
        """Begin with a series of at least one observation."""
        self._series = series
        self._lines: list[str] = []  # of an observation, without its name
        self._until_value = 0  # letters, of which there are as many before each value

    def follow(self, text: str, place: int) -> int:
        """Take the observations whose lines begin at a place, as long as they are of the series; where the lines end.

        Other lines must follow those that are taken.
        """
        series, lines = self._series, self._lines or self._learn()
        head, end, length = series.head, series.end, len(series.head)
        period, measure = series.period + 1, series.measure + 1
        while (year := text[place + length : place + length + YEAR]) in _YEARS:
            name, start = f"{head}{year}{end}", place + self._until_value
            stop = text.find('"', start, start + _LONGEST)
            if stop < 0:
                break
            value = text[start:stop]
            lines[period], lines[measure] = f" {period_tail(year)}\n", f" {measure_tail(value)}\n"
            of_it = name.join(lines)
            over = place + len(of_it)
            if not text.startswith(of_it, place) or over == len(text) or not DECIMAL.fullmatch(value):
                break
            if text.startswith(year, over + length) and text.startswith(f"{name} ", over):  # more is said of it
                break
            series.years.append(_YEARS[year])
            series.values.append(value)
            place = over
        return place

    def _learn(self) -> list[str]:
        """How the first observation is written, line by line."""
        self._lines = ["", *(f" {tail}\n" for tail in self._series.tails)]
        before = self._series.first.join([*self._lines[: self._series.measure + 1], f' {MEASURE} "'])
        self._until_value = len(before)
        return self._lines


def series_of(thing: Thing) -> Series | None:
    """The series that a thing begins; None where it is no observation with a year and a value."""
    periods, measures = with_property(thing.tails, f"{PERIOD} "), with_property(thing.tails, f"{MEASURE} ")
    if len(periods) != 1 or len(measures) != 1:
        return None
    year, value = periods[0][len(PERIOD) + 2 : -len(_GYEAR)], measures[0][len(MEASURE) + 2 : -len(_DECIMAL)]
    is_written_so = periods[0] == period_tail(year) and measures[0] == measure_tail(value)
    if not is_written_so or not is_usual(year, value):
        return None
    head, _, end = thing.name.rpartition(year)
    if not head.endswith("/") or end[0] not in "/>":  # the IRI does not have it in its place
        return None
    places = thing.tails.index(periods[0]), thing.tails.index(measures[0])
    return Series(head, end, thing.tails, *places, [year], [value])


def series_with(shared: Iterable[str], head: str, end: str, values: Mapping[str, str]) -> Series:
    """Observations that share some tails, and their values by the year, in order and at least one; all are usual."""
    year, value = next(iter(values.items()))
    of_year, of_value = period_tail(year), measure_tail(value)
    tails = sorted({*shared, of_year, of_value})
    return Series(head, end, tails, tails.index(of_year), tails.index(of_value), [*values], [*values.values()])


def is_usual(year: str, value: str) -> bool:
    """True for a year and a value that the observations of a series may have."""
    return year in _YEARS and DECIMAL.fullmatch(value) is not None


def are_usual(years: Collection[str], values: Iterable[str]) -> bool:
    """The same of many: True where all of them are."""
    return _YEARS.keys() >= set(years) and all(map(DECIMAL.fullmatch, values))


def period_tail(year: str) -> str:
    """The tail of an observation of a year."""
    return f'{PERIOD} "{year}{_GYEAR}'


def measure_tail(value: str) -> str:
    """The tail of an observation with a value."""
    return f'{MEASURE} "{value}{_DECIMAL}'
