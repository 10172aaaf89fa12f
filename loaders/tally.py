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
from itertools import chain
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
from shapes.things import by_thing, is_plain, tails

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


class _Told(NamedTuple):
    """What a graph says of a thing: its tails as the store writes them, its classes among these, and its make."""

    make: Make
    classes: tuple[str, ...]
    tails: list[str]


@dataclass(slots=True)
class _Sort:
    """Things whose IRIs begin alike and that are of the same classes."""

    classes: tuple[str, ...]
    first: str  # of the things
    alike: Counter[Make] = field(default_factory=Counter)
    values: dict[str, Values] = field(default_factory=lambda: defaultdict(dict))  # by the property
    waiting: list[str] = field(default_factory=list)  # tails that are not counted yet

    def count(self) -> None:
        """Count the tails that wait."""
        for tail, number in Counter(self.waiting).items():
            term, value = tail.split(" ", 1)
            noted = self.values[term]
            noted[value] = noted.get(value, 0) + number
        self.waiting.clear()


def tally(graphs: Mapping[str, Iterable[str]], base: Base) -> Tally | None:
    """The numbers of named graphs, each of them sorted N-Triples lines without the final full stop.

    They are what `loaders/counts.py`, `loaders/links.py` and `loaders/holdings.py` ask of a store of these statements;
    None where only a store can tell them.
    """
    counting = _Tally(base)
    try:
        for thing, told in by_thing(map(counting.of_graph, graphs, graphs.values())):
            counting.take(thing, told)
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

    def __init__(self, base: Base) -> None:
        self.base, self.ours = base, f"<{base.iri}"
        self.graphs: dict[str, int] = {}
        self.sorts: dict[tuple[str, tuple[str, ...]], _Sort] = {}
        self.again: Counter[tuple[str, str, str]] = Counter()  # what a further graph says too: origin, property, value
        self.properties, self.makes = _Properties(), Makes()
        self.portions: dict[str, Portion] = {}

    def of_graph(self, graph: str, lines: Iterable[str]) -> Iterator[tuple[str, _Told]]:
        """What a graph says of one thing after another, written as the store does."""
        number, property_of = 0, self.properties.__getitem__
        portion = self.portions[graph] = Portion()
        for thing, written in tails(lines):
            said, properties = written, tuple(map(property_of, written))
            if _NO_PROPERTY in properties:
                said = list(dict.fromkeys(map(_stored, written)))
                properties = tuple([tail[: tail.index(" ")] for tail in said])
            number += len(said)
            make = self.makes[properties]
            classes = tuple(said[make.classes])
            portion.take(make, classes, said)
            yield thing, _Told(make, classes, said)
        if number:
            self.graphs[graph] = number

    def take(self, thing: str, by_graph: list[_Told]) -> None:
        """Take what all graphs say of a thing."""
        make, classes, said = by_graph[0] if len(by_graph) == 1 else self._together(by_graph)
        origin = self.base.iri if thing.startswith(self.ours) else _space(thing)
        of_sort = origin, classes
        sort = self.sorts.get(of_sort) or self._sort(of_sort, thing)
        if not is_plain(thing):
            raise _Uncounted
        sort.first = min(sort.first, thing[:-1])
        sort.alike[make] += 1
        if len(by_graph) == 1:
            sort.waiting += said
        else:
            sort.waiting += dict.fromkeys(said)
            for term, _, value in (tail.partition(" ") for tail in _repeated(said)):
                self.again[origin, term, value] += 1
        if len(sort.waiting) > _AT_ONCE:
            sort.count()

    def _sort(self, of_sort: tuple[str, tuple[str, ...]], thing: str) -> _Sort:
        """A new sort, of which a thing is the first that is met."""
        classes = tuple(tail.split(" ", 1)[1] for tail in of_sort[1])
        if not all(map(is_plain, classes)):
            raise _Uncounted
        self.sorts[of_sort] = _Sort(classes, thing[:-1])
        return self.sorts[of_sort]

    def _together(self, by_graph: Iterable[_Told]) -> _Told:
        """What several graphs say of a thing; what two of them say stands there twice."""
        said = sorted(chain.from_iterable(told.tails for told in by_graph))
        make = self.makes[tuple([tail[: tail.index(" ")] for tail in said])]
        return _Told(make, tuple(said[make.classes]), said)

    def tally(self) -> Tally:
        """What was taken, added up."""
        for sort in self.sorts.values():
            sort.count()
        total = _total(values for sort in self.sorts.values() for values in sort.values.values())
        of_classes: dict[str, list[tuple[int, _Sort]]] = defaultdict(list)
        for sort in self.sorts.values():
            for cls, times in Counter(sort.classes).items():
                of_classes[cls].append((times, sort))
        everything = [(1, sort) for sort in self.sorts.values()]
        properties = _properties(everything)
        counts = Counts(
            triples=sum(self.graphs.values()),
            subjects=_number(everything),
            objects=len(total),
            classes=tuple(
                OfClass(_plain(cls), _number(sorts), min(sort.first for _, sort in sorts)[1:], _properties(sorts))
                for cls, sorts in sorted(of_classes.items(), key=lambda found: _plain(found[0]))
            ),
            properties=properties,
            graphs=dict(sorted(self.graphs.items())),
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
