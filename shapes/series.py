"""Observations of which the same is said but for their year and their value: most of what a release says.

What is said of the first of them tells how the lines of the others are written. So these are not taken apart: they are
compared with what they should be, and the year and the value are all that is read of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rdflib import XSD

from ontology.namespaces import SDMXDimension, SDMXMeasure
from shapes.ordinary import DECIMAL
from shapes.things import with_property

PERIOD, MEASURE = f"<{SDMXDimension.refPeriod}>", f"<{SDMXMeasure.obsValue}>"
YEAR = 4
"""How many digits a year has."""

_GYEAR, _DECIMAL = f'"^^<{XSD.gYear}>', f'"^^<{XSD.decimal}>'
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


class Series:
    """Observations of a year and a value each, whose IRIs are the same but for the year. A slice may have several such.

    `head` and `end` are what their IRIs begin and end with, `tails` those of the first, and `period` and `measure` the
    places among these of the year and the value. `years` and `values` have those of all, with ordinary digits.
    """

    __slots__ = ("_lines", "end", "head", "measure", "period", "tails", "values", "years")

    def __init__(self, thing: Thing, year: str, value: str) -> None:
        """Begin with an observation that has one year, which its IRI has as well, and one value."""
        self.head, _, self.end = thing.name.rpartition(year)
        self.tails, self.years, self.values = thing.tails, [year], [value]
        self.period, self.measure = thing.tails.index(period_tail(year)), thing.tails.index(measure_tail(value))
        self._lines: tuple[list[str], list[str], list[str]] | None = None

    def follow(self, text: str, place: int) -> int:
        """Take the observations whose lines begin at a place, as long as they are of these; where the lines end.

        Other lines must follow those that are taken.
        """
        before, between, after = self._lines = self._lines or self._around()
        head, end, length = self.head, self.end, len(self.head)
        while (year := text[place + length : place + length + YEAR]) in _YEARS:
            name = f"{head}{year}{end}"
            begin = f"{name.join(before)}{year}{name.join(between)}"
            if not text.startswith(begin, place):
                break
            start = place + len(begin)
            stop = text.index('"', start)
            value, rest = text[start:stop], name.join(after)
            over = stop + len(rest)
            if not text.startswith(rest, stop) or over == len(text) or not DECIMAL.fullmatch(value):
                break
            if text.startswith(year, over + length) and text.startswith(f"{name} ", over):  # more is said of it
                break
            self.years.append(_YEARS[year])
            self.values.append(value)
            place = over
        return place

    def _around(self) -> tuple[list[str], list[str], list[str]]:
        """What stands around the names of an observation: before its year, from there to its value, and after that."""
        lines = ["", *(f" {tail}\n" for tail in self.tails)]
        period, measure = self.period + 1, self.measure + 1
        return (
            [*lines[:period], f' {PERIOD} "'],
            [f"{_GYEAR}\n", *lines[period + 1 : measure], f' {MEASURE} "'],
            [f"{_DECIMAL}\n", *lines[measure + 1 :]],
        )

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


def series_of(thing: Thing) -> Series | None:
    """The series that a thing begins; None where it is no observation with a year and a value."""
    periods, measures = with_property(thing.tails, f"{PERIOD} "), with_property(thing.tails, f"{MEASURE} ")
    if len(periods) != 1 or len(measures) != 1:
        return None
    year, value = periods[0][len(PERIOD) + 2 : -len(_GYEAR)], measures[0][len(MEASURE) + 2 : -len(_DECIMAL)]
    is_usual = year in _YEARS and periods[0] == period_tail(year) and measures[0] == measure_tail(value)
    if not is_usual or not DECIMAL.fullmatch(value):
        return None
    series = Series(thing, _YEARS[year], value)
    return series if series.head.endswith("/") and series.end[0] in "/>" else None  # the IRI has it in its place


def period_tail(year: str) -> str:
    """The tail of an observation of a year."""
    return f'{PERIOD} "{year}{_GYEAR}'


def measure_tail(value: str) -> str:
    """The tail of an observation with a value."""
    return f'{MEASURE} "{value}{_DECIMAL}'
