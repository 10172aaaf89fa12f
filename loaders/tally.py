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

import pyoxigraph as ox
from rdflib import XSD

from loaders.counts import Counts, Links, OfClass, OfProperty
from loaders.links import FEW
from loaders.recount import Pointing
from ontology.base import Base
from shapes.classes import TYPE
from shapes.things import Said, by_thing, is_plain, things

_IS_WRITTEN_SO = re.compile(
    r'"[^"]*"(?:@[a-z]+(?:-[a-z0-9]+)*'
    rf"|\^\^<(?!{re.escape(str(XSD))})[^>]*>|\^\^<{re.escape(str(XSD.anyURI))}>)?"
    rf'|"(?:0|-?[1-9][0-9]{{0,15}})"\^\^<(?:{re.escape(str(XSD.integer))}|{re.escape(str(XSD.decimal))})>'
    rf'|"-?(?:0|[1-9][0-9]{{0,11}})\.[0-9]{{0,11}}[1-9]"\^\^<{re.escape(str(XSD.decimal))}>'
    rf'|"[12][0-9]{{3}}"\^\^<{re.escape(str(XSD.gYear))}>'
    rf'|"(?:true|false)"\^\^<{re.escape(str(XSD.boolean))}>'
)
"""How texts and values are written in lines and by the store alike."""


Tally = tuple[Counts, Pointing] | None
"""The numbers of statements; None where only a store can tell them."""


class _Uncounted(Exception):
    """There is what only the store counts."""


Values = dict[str, int]
"""Values, and how many things have each of them."""


@dataclass(slots=True)
class _Sort:
    """Things whose IRIs begin alike and that are of the same classes."""

    alike: Counter[tuple[tuple[str, int], ...]] = field(default_factory=Counter)  # each property, and how many values
    values: dict[str, Values] = field(default_factory=lambda: defaultdict(dict))  # by the property


def tally(graphs: Mapping[str, Iterable[str]], base: Base) -> Tally:
    """The numbers of named graphs, each of them sorted N-Triples lines without the final full stop.

    They are what `loaders/counts.py` and `loaders/links.py` ask of a store of the same statements; None where only a
    store can tell them.
    """
    counting = _Tally(base)
    try:
        for thing, said in by_thing(map(counting.of_graph, graphs, graphs.values())):
            counting.take(thing, said)
    except _Uncounted:
        return None
    return counting.counts()


class _Tally:
    """Takes thing after thing, and adds up at the end."""

    def __init__(self, base: Base) -> None:
        self.base, self.ours = base, f"<{base.iri}"
        self.graphs: dict[str, int] = {}
        self.sorts: dict[tuple[str, tuple[str, ...]], _Sort] = defaultdict(_Sort)
        self.again: Counter[tuple[str, str, str]] = Counter()  # what a further graph says too: origin, property, value
        self.first: dict[str, str] = {}  # of each class

    def of_graph(self, graph: str, lines: Iterable[str]) -> Iterator[tuple[str, Said]]:
        """What a graph says of one thing after another, written as the store does."""
        number = 0
        for thing, said in things(lines):
            stored = {term: _written(values) for term, values in said.items()}
            number += sum(map(len, stored.values()))
            yield thing, stored
        if number:
            self.graphs[graph] = number

    def take(self, thing: str, by_graph: list[Said]) -> None:
        """Take what all graphs say of a thing."""
        said = by_graph[0] if len(by_graph) == 1 else _together(by_graph)
        origin = self.base.iri if thing.startswith(self.ours) else _space(thing)
        classes = tuple(said.get(TYPE, ()))
        if not all(map(is_plain, (thing, *classes))):
            raise _Uncounted
        sort = self.sorts[origin, classes]
        sort.alike[tuple([(term, len(values)) for term, values in said.items()])] += 1
        for term, values in said.items():
            noted = sort.values[term]
            for value in values if len(by_graph) == 1 else dict.fromkeys(values):
                noted[value] = noted.get(value, 0) + 1
            if len(by_graph) > 1:
                self.again.update((origin, term, value) for value in _repeated(values))
        for cls in classes:
            plain = _plain(thing)
            if plain < self.first.setdefault(cls, plain):
                self.first[cls] = plain

    def counts(self) -> tuple[Counts, Pointing]:
        """What was taken, added up."""
        total: Counter[str] = Counter()
        for sort in self.sorts.values():
            for values in sort.values.values():
                for value, number in values.items():
                    total[value] += number
        of_classes: dict[str, list[tuple[int, _Sort]]] = defaultdict(list)
        for (_, classes), sort in self.sorts.items():
            for cls, times in Counter(classes).items():
                of_classes[cls].append((times, sort))
        everything = [(1, sort) for sort in self.sorts.values()]
        properties = _properties(everything)
        counts = Counts(
            triples=sum(self.graphs.values()),
            subjects=_number(everything),
            objects=len(total),
            classes=tuple(
                OfClass(_plain(cls), _number(sorts), self.first[cls], _properties(sorts))
                for cls, sorts in sorted(of_classes.items(), key=lambda found: _plain(found[0]))
            ),
            properties=properties,
            graphs=dict(sorted(self.graphs.items())),
            links=tuple(self._links()),
        )
        for (_, _, value), number in self.again.items():
            total[value] += number
        return counts, self._pointing({value for value, number in total.items() if number > FEW and value[0] == "<"})

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
        for having, number in sort.alike.items():
            for term, of_each in having:
                triples[term] += times * number * of_each
                subjects[term] += number
        for term, of_sort in sort.values.items():
            values[term].append(of_sort)
    ordered = sorted((_plain(term), term) for term in triples)
    return tuple(OfProperty(plain, triples[term], subjects[term], _different(values[term])) for plain, term in ordered)


def _different(values: list[Values]) -> int:
    return len(values[0]) if len(values) == 1 else len(set[str]().union(*values))


def _together(by_graph: Iterable[Said]) -> Said:
    """What several graphs say of a thing; what two of them say stands there twice."""
    said: dict[str, list[str]] = defaultdict(list)
    for of_graph in by_graph:
        for term, values in of_graph.items():
            said[term] += values
    return {term: sorted(values) for term, values in sorted(said.items())}


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


def _written(values: list[str]) -> list[str]:
    """Different values as the store writes them, each once."""
    stored = [value if is_plain(value) else _as_stored(value) for value in values]
    return stored if stored == values else list(dict.fromkeys(stored))


@lru_cache(100_000)  # years and numbers come many times
def _as_stored(value: str) -> str:
    """A value as the store writes it. Raises _Uncounted for a blank node, and what is none of RDF 1.1."""
    if value[0] != '"' and not (value[0] == "<" and value[1] != "<"):
        raise _Uncounted
    if "\\" not in value and _IS_WRITTEN_SO.fullmatch(value):
        return value
    store = ox.Store()
    store.extend(ox.parse(f"{TYPE} {TYPE} {value} .".encode(), format=ox.RdfFormat.N_QUADS))
    return str(next(iter(store)).object)
