"""The numbers of a release, counted in its lines as they lie, sorted: those that its store would give, for less.

A store is asked six questions for them, and goes through all its statements for each. Lines are gone through once. What
several graphs say of a thing is put together: a statement counts for each graph, and the thing once. Things that are
alike, of the same classes and with as many values of each property, are counted together.

The store writes values in a way of its own, `1.50` as `1.5`: what is not written as it writes is given to it, to be
read back. Where there are blank nodes, nothing is counted here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import XSD

from loaders.counts import Counts, Links, OfClass, OfProperty
from loaders.holdings import Asked
from loaders.links import FEW
from loaders.portions import Make, Makes, Portion, rows_of
from loaders.recount import Pointing
from ontology.base import Base
from shapes.classes import TYPE
from shapes.series import MEASURE, PERIOD, Series, Stretch, Thing, measure_tail, period_tail
from shapes.stretches import by_stretch, stretches
from shapes.things import is_plain

_IS_WRITTEN_SO = re.compile(
    r'"[^"]*"(?:@[a-z]+(?:-[a-z0-9]+)*'
    rf"|\^\^<(?!{re.escape(str(XSD))})[^>]*>|\^\^<{re.escape(str(XSD.anyURI))}>)?"
    rf'|"(?:0|-?[1-9][0-9]{{0,15}})"\^\^<(?:{re.escape(str(XSD.integer))}|{re.escape(str(XSD.decimal))})>'
    rf'|"-?(?:0|[1-9][0-9]{{0,11}})\.[0-9]{{0,11}}[1-9]"\^\^<{re.escape(str(XSD.decimal))}>'
    rf'|"[12][0-9]{{3}}"\^\^<{re.escape(str(XSD.gYear))}>'
    rf'|"(?:true|false)"\^\^<{re.escape(str(XSD.boolean))}>'
)
"""How texts and values are written in lines and by the store alike."""


class Tally(NamedTuple):
    """The numbers of statements: all of them, how much points to what, and the rows about each graph."""

    counts: Counts
    links: Pointing
    of_graphs: Asked


class _Uncounted(Exception):
    """There is what only the store counts."""


Values = dict[str, int]
"""Values, and how many things have each of them."""

_AT_ONCE = 10_000
"""How many tails of things of a sort are counted at a time."""

_REMEMBERED = 100_000


@dataclass(slots=True)
class _Sort:
    """Things whose IRIs begin alike and that are of the same classes."""

    classes: tuple[str, ...]
    first: str  # of the things
    alike: Counter[Make] = field(default_factory=Counter)
    values: dict[str, Values] = field(default_factory=lambda: defaultdict(dict))  # by the property
    waiting: list[str] = field(default_factory=list)  # tails that are not counted yet
    shared: Counter[str] = field(default_factory=Counter)  # those that observations of a series share
    years: Counter[str] = field(default_factory=Counter)  # of such observations
    measured: Counter[str] = field(default_factory=Counter)  # their values, as they are written

    def take(self, thing: str, make: Make, said: Iterable[str]) -> None:
        """Take a thing, with each of its tails once."""
        self.first = min(self.first, thing[:-1])
        self.alike[make] += 1
        self.waiting += said
        if len(self.waiting) > _AT_ONCE:
            self.count()

    def take_series(self, series: Series, make: Make) -> None:
        """Take the observations of a series."""
        number = len(series.years)
        self.first = min(self.first, series.first[:-1])
        self.alike[make] += number
        self.years.update(series.years)
        self.measured.update(series.values)
        for tail in series.shared:
            self.shared[tail] += number

    def count(self) -> None:
        """Count the tails that wait."""
        self._note(Counter(self.waiting).items())
        self.waiting.clear()

    def count_all(self) -> None:
        """Count all that was taken."""
        self.count()
        self._note(self.shared.items())
        self._note((period_tail(year), number) for year, number in self.years.items())
        self._note((_stored(measure_tail(value)), number) for value, number in self.measured.items())

    def _note(self, numbers: Iterable[tuple[str, int]]) -> None:
        for tail, number in numbers:
            term, value = tail.split(" ", 1)
            noted = self.values[term]
            noted[value] = noted.get(value, 0) + number


def tally(graphs: Mapping[str, Iterable[str]], base: Base) -> Tally | None:
    """The numbers of named graphs, each of them sorted N-Triples lines without the final full stop.

    They are what `loaders/counts.py`, `loaders/links.py` and `loaders/holdings.py` ask of a store of these statements;
    None where only a store can tell them.
    """
    counting = _Tally(graphs, base)
    try:
        for told in by_stretch(map(stretches, graphs.values())):
            counting.take(told)
        return counting.tally()
    except _Uncounted:
        return None
    finally:
        _as_stored.cache_clear()  # what it has lies scattered among all that was held


class _Properties(dict[str, str]):
    """The property of a tail; of one that is not written as the store writes it, none. The last ones are remembered."""

    def __missing__(self, tail: str) -> str:
        """Read a tail. Raises _Uncounted."""
        if len(self) >= _REMEMBERED:
            self.clear()
        term, value = tail.split(" ", 1)
        self[tail] = found = intern(term) if is_plain(value) or _as_stored(value) == value else _NO_PROPERTY
        return found


_NO_PROPERTY = ""


class _Tally:
    """Takes thing after thing, and adds up at the end."""

    def __init__(self, graphs: Iterable[str], base: Base) -> None:
        self.base, self.ours = base, f"<{base.iri}"
        self.portions = {graph: Portion() for graph in graphs}
        self.by_number = tuple(self.portions.values())
        self.sorts: dict[tuple[str, tuple[str, ...]], _Sort] = {}
        self.again: Counter[tuple[str, str, str]] = Counter()  # what a further graph says too: origin, property, value
        self.properties, self.makes = _Properties(), Makes()

    def take(self, told: list[tuple[int, Stretch]]) -> None:
        """Take what one graph says of some things, or what several say of one."""
        if len(told) == 1:
            ((number, stretch),) = told
            for member in stretch.members:
                if isinstance(member, Thing):
                    self._take(number, member)
                elif not self._take_series(number, member):
                    for thing in member.each():
                        self._take(number, thing)
            return
        said: list[str] = []
        for number, stretch in told:
            for thing in stretch.each():
                said += self._noted(number, thing.tails)[1]
        self._take_together(told[0][1].first, sorted(said))

    def _take(self, number: int, thing: Thing) -> None:
        """Take what one graph alone says of a thing."""
        make, said = self._noted(number, thing.tails)
        self._sort(thing.name, tuple(said[make.classes])).take(thing.name, make, said)

    def _take_together(self, thing: str, said: list[str]) -> None:
        """Take what several graphs say of a thing, in order; what two of them say stands there twice."""
        make = self._make(said)
        self._sort(thing, tuple(said[make.classes])).take(thing, make, dict.fromkeys(said))
        origin = self._origin(thing)
        for term, _, value in (tail.partition(" ") for tail in _repeated(said)):
            self.again[origin, term, value] += 1

    def _take_series(self, number: int, series: Series) -> bool:
        """Take observations, if they are told simply: of one area of one data set, and written as the store does."""
        terms = {series.period: PERIOD, series.measure: MEASURE}
        properties = tuple([terms.get(place) or self.properties[tail] for place, tail in enumerate(series.tails)])
        make = self.makes[properties]
        if _NO_PROPERTY in properties or not make.of_cubes or not series.head.startswith(self.ours):
            return False
        data_sets, areas, _ = (series.tails[place] for place in make.of_cubes)
        if len(data_sets) != 1 or len(areas) != 1:
            return False
        classes = tuple(series.tails[make.classes])
        self.by_number[number].take_series(classes, series, (data_sets[0], areas[0]))
        self._sort(series.first, classes).take_series(series, make)
        return True

    def _noted(self, number: int, written: list[str]) -> tuple[Make, list[str]]:
        """Note what a graph says of a thing: its make, and its tails as the store writes them."""
        said, properties = written, tuple(map(self.properties.__getitem__, written))
        if _NO_PROPERTY in properties:
            said = list(dict.fromkeys(map(_stored, written)))
            make = self._make(said)
        else:
            make = self.makes[properties]
        self.by_number[number].take(make, tuple(said[make.classes]), said)
        return make, said

    def _make(self, said: list[str]) -> Make:
        """The make of a thing with some tails."""
        return self.makes[tuple([tail[: tail.index(" ")] for tail in said])]

    def _origin(self, thing: str) -> str:
        return self.base.iri if thing.startswith(self.ours) else _space(thing)

    def _sort(self, thing: str, tails: tuple[str, ...]) -> _Sort:
        """The sort of a thing, by the tails that are its classes."""
        if not is_plain(thing):
            raise _Uncounted
        of_sort = self._origin(thing), tails
        return self.sorts.get(of_sort) or self._new_sort(of_sort, thing)

    def _new_sort(self, of_sort: tuple[str, tuple[str, ...]], thing: str) -> _Sort:
        """A new sort, of which a thing is the first that is met."""
        classes = tuple(tail.split(" ", 1)[1] for tail in of_sort[1])
        if not all(map(is_plain, classes)):
            raise _Uncounted
        self.sorts[of_sort] = _Sort(classes, thing[:-1])
        return self.sorts[of_sort]

    def tally(self) -> Tally:
        """What was taken, added up."""
        for sort in self.sorts.values():
            sort.count_all()
        total = _total(values for sort in self.sorts.values() for values in sort.values.values())
        of_classes: dict[str, list[tuple[int, _Sort]]] = defaultdict(list)
        for sort in self.sorts.values():
            for cls, times in Counter(sort.classes).items():
                of_classes[cls].append((times, sort))
        everything = [(1, sort) for sort in self.sorts.values()]
        properties = _properties(everything)
        counts = Counts(
            triples=sum(portion.statements for portion in self.portions.values()),
            subjects=_number(everything),
            objects=len(total),
            classes=tuple(
                OfClass(_plain(cls), _number(sorts), min(sort.first for _, sort in sorts)[1:], _properties(sorts))
                for cls, sorts in sorted(of_classes.items(), key=lambda found: _plain(found[0]))
            ),
            properties=properties,
            graphs={graph: of.statements for graph, of in sorted(self.portions.items()) if of.statements},
            links=tuple(self._links()),
        )
        for (_, _, value), number in self.again.items():
            total[value] += number
        links = self._pointing({value for value, number in total.items() if number > FEW and value[0] == "<"})
        return Tally(counts, links, rows_of(self.portions))

    def _links(self) -> Iterator[Links]:
        number: Counter[tuple[str, str, str]] = Counter()
        for (origin, _), sort in self.sorts.items():
            for term, values in sort.values.items():
                for value, times in values.items():
                    if value[0] == "<" and not value.startswith(self.ours) and "#" not in value:
                        number[origin, _plain(term), _space(value)] += times
        for (origin, term, value), times in self.again.items():
            if value[0] == "<" and not value.startswith(self.ours) and "#" not in value:
                number[origin, _plain(term), _space(value)] += times
        for (origin, term, target), links in sorted(number.items()):
            if origin != target:
                yield Links(term, origin, target, links)

    def _pointing(self, many: set[str]) -> Pointing:
        """How many point to each of these things, where they are more than a few."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for sort in self.sorts.values():
            for term, values in sort.values.items():
                for value in values.keys() & many:
                    found[_plain(value)][_plain(term)] += values[value]
        return {thing: dict(links) for thing, links in found.items() if links.total() > FEW}


def _number(sorts: Iterable[tuple[int, _Sort]]) -> int:
    return sum(sort.alike.total() for _, sort in sorts)


def _properties(sorts: list[tuple[int, _Sort]]) -> tuple[OfProperty, ...]:
    """The uses of properties by things of some sorts, each said so many times to be of a class."""
    triples, subjects = Counter[str](), Counter[str]()
    values: dict[str, list[Values]] = defaultdict(list)
    for times, sort in sorts:
        for make, number in sort.alike.items():
            for term, of_each in make.uses:
                triples[term] += times * number * of_each
                subjects[term] += number
        for term, of_sort in sort.values.items():
            values[term].append(of_sort)
    ordered = sorted((_plain(term), term) for term in triples)
    return tuple(OfProperty(plain, triples[term], subjects[term], _different(values[term])) for plain, term in ordered)


def _total(noted: Iterable[Values]) -> Values:
    """All values, and how many things have each of them; most have been noted once."""
    total: Values = {}
    for values in noted:
        again = {value: total[value] for value in total.keys() & values.keys()}
        total.update(values)
        for value, number in again.items():
            total[value] += number
    return total


def _different(values: list[Values]) -> int:
    return len(values[0]) if len(values) == 1 else len(set[str]().union(*values))


def _repeated(values: list[str]) -> Iterator[str]:
    """What stands in a list for a second time, or a further one."""
    for value, number in Counter(values).items():
        yield from [value] * (number - 1)


def _plain(term: str) -> str:
    """An IRI without its brackets."""
    return term[1:-1]


def _space(term: str) -> str:
    """What an IRI begins with, up to its last slash; the IRI has its brackets."""
    return term[1 : term.rfind("/") + 1]


def _stored(tail: str) -> str:
    """A tail as the store writes it."""
    term, value = tail.split(" ", 1)
    return tail if is_plain(value) else f"{term} {_as_stored(value)}"


@lru_cache(_REMEMBERED)  # years and numbers come many times
def _as_stored(value: str) -> str:
    """A value as the store writes it. Raises _Uncounted for a blank node, and what is none of RDF 1.1."""
    if value[0] != '"' and not (value[0] == "<" and value[1] != "<"):
        raise _Uncounted
    if "\\" not in value and _IS_WRITTEN_SO.fullmatch(value):
        return value
    store = ox.Store()
    store.extend(ox.parse(f"{TYPE} {TYPE} {value} .".encode(), format=ox.RdfFormat.N_QUADS))
    return str(next(iter(store)).object)
