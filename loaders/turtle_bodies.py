"""What a graph says in Turtle, without the head that declares prefixes.

The engine writes it. Of observations that are alike but for their year and their value it writes one, as an example:
in the others, a year and a value stand in the places of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice

import msgspec
import pyoxigraph as ox

from ontology.turtle import names_in, parted
from shapes.series import Series, Stretch, Thing

_AT_ONCE = 2000
"""How many stretches are written at a time: of few of them, the head that comes with each time costs more than they."""

_YEARS = [*map(str, range(2999, 2549, -1))], [*map(str, range(2549, 2099, -1))]
"""Those of examples, by turns: what follows one another has other names."""

_MARKS = 4
"""How many of these a series asks for: two for each form of a value."""

_END = " .\n"  # of what is said of a thing, and of nothing else: a text has no line ends


class Bodies:
    """Writes what graphs say in Turtle, and notes the head that belongs to it and which of its prefixes are used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """`prefixes` may be used, each for what IRIs begin with."""
        self._prefixes = dict(prefixes)
        self.head = b""
        self.used: set[bytes] = set()

    def written(self, found: Iterable[Stretch]) -> Iterator[bytes]:
        """What stretches say, many at a time."""
        coming = iter(found)
        while some := list(islice(coming, _AT_ONCE)):
            yield "".join(self._written(some)).encode("utf-8")

    def _written(self, some: list[Stretch]) -> Iterator[str]:
        plans = [list(self._plans(stretch)) for stretch in some]
        told = self._by_engine(_asked(plans))
        if len(told) < len(_asked(plans)):  # an example is called as what comes before or after it
            plans = [[*map(_Alone, stretch.each())] for stretch in some]
            told = self._by_engine(_asked(plans))
        coming = iter(told)
        for of_stretch in plans:
            said = [one for plan in of_stretch for one in plan.written(coming)]
            yield from (text for _, text in (sorted(said) if len(of_stretch) > 1 else said))

    def _plans(self, stretch: Stretch) -> Iterator[_Alone | _Alike]:
        """How the members of a stretch are written."""
        members: Iterable[Thing | Series] = stretch.members
        for member, years in zip(members, cycle(_YEARS), strict=False):
            if isinstance(member, Series) and (marks := self._marks(member, years)):
                yield _Alike(member, marks)
            else:
                yield from map(_Alone, member.each())

    def _marks(self, series: Series, years: Iterable[str]) -> list[str]:
        """Some years that do not stand in what is said of a series; none where there are too few of these."""
        text = "".join([series.head, series.end, *series.tails, *self._prefixes])
        marks = list(islice((year for year in years if year not in text), _MARKS))
        return marks if len(marks) == _MARKS else []

    def _by_engine(self, things: Iterable[Thing]) -> list[str]:
        """What is said of each thing, as the engine writes it: of two of one name in a row, at once."""
        said = "".join([f"{thing.name} {tail} .\n" for thing in things for tail in thing.tails]).encode("utf-8")
        triples = ox.parse(said, format=ox.RdfFormat.N_TRIPLES, lenient=True)  # judged when they were made
        turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=self._prefixes) or b""
        self.head, body = parted(turtle)
        self.used |= names_in(body)
        return [f"{text}{_END}" for text in body.decode("utf-8").split(_END)[:-1]]


def _asked(plans: Iterable[Iterable[_Alone | _Alike]]) -> list[Thing]:
    return [thing for of_stretch in plans for plan in of_stretch for thing in plan.asked]


class _Alone:
    """A thing of which all is asked of the engine."""

    def __init__(self, thing: Thing) -> None:
        self._name, self.asked = thing.name, [thing]

    def written(self, told: Iterator[str]) -> Iterator[tuple[str, str]]:
        """Its name, and what is said of it."""
        yield self._name, next(told)


class _Alike:
    """Observations of a series, of which examples are asked: one with a point in its value, and one without."""

    def __init__(self, series: Series, marks: Iterable[str]) -> None:
        """`marks` are years that do not stand in what is said of the series."""
        self._series, of_marks = series, iter(marks)
        forms = sorted({"." in value for value in series.values})
        self._marks = {form: (next(of_marks), f"{next(of_marks)}.5" if form else next(of_marks)) for form in forms}
        self.asked = [self._example(year, value) for year, value in self._marks.values()]

    def _example(self, year: str, value: str) -> Thing:
        return msgspec.structs.replace(self._series, years=[year], values=[value]).at(0)

    def written(self, told: Iterator[str]) -> Iterator[tuple[str, str]]:
        """The name of each, and what is said of it."""
        series = self._series
        around = {form: _around(next(told), *marks) for form, marks in self._marks.items()}
        for name, year, value in zip(series.names, series.years, series.values, strict=True):
            begin, between, until, over = around["." in value]
            yield name, f"{begin}{year}{between}{year}{until}{value}{over}"


def _around(written: str, year: str, value: str) -> tuple[str, str, str, str]:
    """What stands before, between and after the two years and the value of an observation, in Turtle."""
    begin, between, after = written.split(year)
    until, over = after.split(value)
    return begin, between, until, over
