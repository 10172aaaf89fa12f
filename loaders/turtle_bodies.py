"""What a graph says in Turtle, without the head that declares prefixes.

The engine writes it. Of observations that are alike but for their year and their value it writes one, as an example:
in the others, a year and a value stand in the places of its own. Of a thing that has a property many times, as a slice
has its observations, it writes the first two values: the others follow as the second follows the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice

import msgspec
import pyoxigraph as ox

from ontology.turtle import names_in, parted
from shapes.series import Series, Stretch, Thing, in_batches
from shapes.things import parted as parted_by

_AT_ONCE = 1 << 20
"""About how many letters the engine is asked to write at a time: of few, the head that it writes too costs more."""

_YEARS = [*map(str, range(2999, 2549, -1))], [*map(str, range(2549, 2099, -1))]
"""Those of examples, by turns: what follows one another has other names."""

_MARKS = 4
"""How many of these a series asks for: two for each form of a value."""

_AROUND = 4
"""How many pieces there are around two years and a value."""

_MANY = 6
"""How many values of a property are many: of fewer, the engine writes all."""

_AROUND_VALUES = 2
"""How many pieces there are around these."""

_AND = " , "
"""What the engine writes between the values of a property."""

_END = " .\n"  # of what is said of a thing, and of nothing else: a text has no line ends


class Bodies:
    """Writes what graphs say in Turtle, and notes the head that belongs to it and which of its prefixes are used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """`prefixes` may be used, each for what IRIs begin with."""
        self._prefixes = dict(prefixes)
        self._spaces = tuple(sorted(f"<{space}" for space in prefixes.values()))
        self.head = b""
        self.used: set[bytes] = set()

    def written(self, found: Iterable[Stretch]) -> Iterator[bytes]:
        """What stretches say, one after another."""
        return (text.encode("utf-8") for some in in_batches(found, _AT_ONCE) for text in self._written(some))

    def _written(self, some: list[Stretch]) -> Iterator[str]:
        """What some stretches say, by example; all of it by the engine, where an example does not show how."""
        plans = [list(self._plans(stretch)) for stretch in some]
        asked = [thing for of_stretch in plans for plan in of_stretch for thing in plan.asked]
        told = self._by_engine(asked)
        coming = iter(told)
        if len(told) == len(asked) and all(plan.learn(coming) for of_stretch in plans for plan in of_stretch):
            yield from map(_together, plans)
        else:
            yield from self._by_engine(thing for stretch in some for thing in stretch.each())

    def _plans(self, stretch: Stretch) -> Iterator[_Alone | _Listing | _Alike]:
        """How the members of a stretch are written."""
        members: Iterable[Thing | Series] = stretch.members
        for member, years in zip(members, cycle(_YEARS), strict=False):
            if isinstance(member, Series) and (marks := self._marks(member, years)):
                yield _Alike(member, marks)
            else:
                yield from (self._listing(thing) or _Alone(thing) for thing in member.each())

    def _marks(self, series: Series, years: Iterable[str]) -> list[str]:
        """Some years that do not stand in what is said of a series; none where no example would show how it is written.

        What has escapes the engine writes in another way, and an IRI with a prefix for which the year counts as well.
        """
        head = series.head[1:]
        text = "".join([series.head, series.end, *series.tails, *self._prefixes])
        if "\\" in text or any(space.startswith(head) and space != head for space in self._prefixes.values()):
            return []
        marks = list(islice((year for year in years if year not in text), _MARKS))
        return marks if len(marks) == _MARKS else []

    def _listing(self, thing: Thing) -> _Listing | None:
        """How a thing is written that has a property many times; None where the values are no IRIs that are whole.

        Those with a prefix, or with escapes, the engine writes in another way.
        """
        tails = thing.tails
        if len(tails) < _MANY:
            return None
        middle = tails[len(tails) // 2]  # it is of the property, if that is most of what is said
        begin = middle[: middle.index(" ") + 1]
        before, listed, after = parted_by(tails, begin)
        first, last, length = listed[0], listed[-1], len(begin)
        if len(listed) < _MANY or not (first[length] == last[length] == "<"):
            return None
        if first.startswith(self._spaces, length) or self._place(first[length:]) != self._place(last[length:]):
            return None  # a prefix that stands for how another of them begins would come between these in order
        values = [tail[length:] for tail in listed]
        written = _AND.join(values)
        if "\\" in written or "<<" in written:
            return None
        return _Listing(Thing(thing.name, [*before, *listed[:2], *after]), _AND.join(values[:2]), written)

    def _place(self, value: str) -> int:
        """The place of a value among what prefixes stand for, in order."""
        return bisect_right(self._spaces, value)

    def _by_engine(self, things: Iterable[Thing]) -> list[str]:
        """What is said of each thing, as the engine writes it: of two of one name in a row, at once."""
        said = "".join([f"{thing.name} {tail} .\n" for thing in things for tail in thing.tails]).encode("utf-8")
        triples = ox.parse(said, format=ox.RdfFormat.N_TRIPLES, lenient=True)  # judged when they were made
        turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=self._prefixes) or b""
        self.head, body = parted(turtle)
        self.used |= names_in(body)
        return [f"{text}{_END}" for text in body.decode("utf-8").split(_END)[:-1]]


class _Alone:
    """A thing of which all is asked of the engine."""

    def __init__(self, thing: Thing) -> None:
        self._name, self.asked = thing.name, [thing]
        self._text = ""

    def learn(self, told: Iterator[str]) -> bool:
        """Take what the engine writes of what was asked; False where that does not show how it is written."""
        self._text = next(told)
        return True

    def written(self) -> Iterator[tuple[str, str]]:
        """The name of each thing, and what is said of it."""
        yield self._name, self._text


class _Listing:
    """A thing that has a property many times, of which all but the third and further values is asked of the engine."""

    def __init__(self, example: Thing, first: str, values: str) -> None:
        """`first` are the first two values, and `values` all of them, as the engine writes them."""
        self._name, self._first, self._values, self.asked = example.name, first, values, [example]
        self._around: list[str] = []

    def learn(self, told: Iterator[str]) -> bool:
        """Take what the engine writes of what was asked; False where that does not show how it is written."""
        self._around = next(told).split(self._first)
        return len(self._around) == _AROUND_VALUES

    def written(self) -> Iterator[tuple[str, str]]:
        """The name of the thing, and what is said of it."""
        yield self._name, self._values.join(self._around)


class _Alike:
    """Observations of a series, of which examples are asked: one with a point in its value, and one without."""

    def __init__(self, series: Series, marks: Iterable[str]) -> None:
        """`marks` are years that do not stand in what is said of the series."""
        self._series, of_marks = series, iter(marks)
        forms = sorted({"." in value for value in series.values})
        self._marks = {form: (next(of_marks), f"{next(of_marks)}.5" if form else next(of_marks)) for form in forms}
        self.asked = [self._example(year, value) for year, value in self._marks.values()]
        self._around: dict[bool, list[str]] = {}

    def _example(self, year: str, value: str) -> Thing:
        return msgspec.structs.replace(self._series, years=[year], values=[value]).at(0)

    def learn(self, told: Iterator[str]) -> bool:
        """Take what the engine writes of what was asked; False where that does not show how it is written."""
        for form, (year, value) in self._marks.items():
            *before, after = next(told).split(year)
            self._around[form] = [*before, *after.split(value)]
        return all(len(around) == _AROUND for around in self._around.values())

    def written(self) -> Iterator[tuple[str, str]]:
        """The name of each thing, and what is said of it."""
        series = self._series
        for name, year, value in zip(series.names, series.years, series.values, strict=True):
            begin, between, until, over = self._around["." in value]
            yield name, f"{begin}{year}{between}{year}{until}{value}{over}"


def _together(plans: list[_Alone | _Listing | _Alike]) -> str:
    """What is said of the things of a stretch, in order."""
    said = [one for plan in plans for one in plan.written()]
    return "".join([text for _, text in (sorted(said) if len(plans) > 1 else said)])
