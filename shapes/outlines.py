"""What is amiss in named graphs, and the outline of each, as the proof in `shapes.screens` has it.

A graph is gone through by itself. What it has to do with others is its outline, and the outlines are held against one
another in the end. So a graph whose outline is known already is not gone through again.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import msgspec

from ontology import iri
from ontology.base import Base
from shapes.cubes import Cell, Key, Terms, is_of_table, last, may_be_stray
from shapes.screens import Amiss
from shapes.series import Series
from shapes.stretches import stretches, tails
from shapes.things import Said, by_property

_NO_PART = ""

MadeOf = Mapping[str, Mapping[str, list[str]]]
"""What things are made of, by the properties that lead from a data set to its dimensions."""


class Outline(msgspec.Struct, frozen=True):
    """What a graph shows to others, and what is amiss within it. Terms are as N-Triples writes them, all in order."""

    noted: list[str]  # the names of what is amiss
    properties: list[str]  # that it uses
    kinds: dict[str, list[str]]  # the things of each kind, but for observations
    others: list[str]  # the things of a class that is no kind
    of_no_kind: list[str]  # the things whose kind another graph has to say
    values: list[str]  # the IRIs on our base that stand as a value and that another graph has to give a class
    sources: dict[str, list[str]]  # of all things but rows: some of these may be graphs
    sources_of_rows: list[tuple[str, ...]]  # of each row; those of several that are alike once
    made_of: MadeOf
    cubes: dict[str, list[tuple[str, str]]]  # by data set, of its series: a sector, a sex or no part, and the slice key


def amiss(graphs: Mapping[str, Iterable[str]], base: Base) -> frozenset[Amiss]:
    """What is amiss in named graphs, each of them sorted N-Triples lines without the final full stop."""
    return outlined(graphs, base, {})[0]


def outlined(
    graphs: Mapping[str, Iterable[str]], base: Base, known: Mapping[str, Outline]
) -> tuple[frozenset[Amiss], dict[str, Outline]]:
    """The same, and the outlines of all graphs but the vocabulary.

    Some may be `known`: those of graphs that were the same, on the same base, beside the same vocabulary.
    """
    name = str(base.localise(iri.VOCABULARY_GRAPH))
    vocabulary = _Vocabulary(Terms(base), graphs.get(name, ()))
    outlines = {
        graph: known[graph] if graph in known else _Graph(vocabulary, base, lines).outline()
        for graph, lines in graphs.items()
        if graph != name
    }
    noted = chain(vocabulary.noted, (Amiss[one] for outline in outlines.values() for one in outline.noted))
    return frozenset(noted) | frozenset(_between(vocabulary, outlines, graphs)), outlines


def _between(vocabulary: _Vocabulary, outlines: Mapping[str, Outline], graphs: Iterable[str]) -> Iterator[Amiss]:
    """What is amiss between graphs."""
    shown = outlines.values()
    kinds, others = dict(vocabulary.of_kind), vocabulary.others.union(*(outline.others for outline in shown))
    for kind, thing in ((kind, thing) for outline in shown for kind, of in outline.kinds.items() for thing in of):
        if kinds.setdefault(thing, kind) != kind:
            yield Amiss.KINDS
    if not all(thing in kinds for outline in shown for thing in outline.of_no_kind):
        yield Amiss.NO_KIND
    if not all(value in kinds or value in others for outline in shown for value in outline.values):
        yield Amiss.NOT_THERE
    if not vocabulary.properties_with_class.issuperset(chain.from_iterable(outline.properties for outline in shown)):
        yield Amiss.UNDECLARED
    yield from _of_rows(vocabulary, outlines, graphs)
    cubes = [cube for outline in shown for cube in outline.cubes.items()]
    if len(dict(cubes)) < len(cubes):
        yield Amiss.DATA_SET
    made_of = _together([vocabulary.made_of, *(outline.made_of for outline in shown)])
    for cube, series in cubes:
        structure, keys = vocabulary.structure(cube, made_of), vocabulary.keys(cube, made_of)
        if any(structure != vocabulary.used(part) for part, _ in series):
            yield Amiss.STRUCTURE
        if any(keys.get(key) != vocabulary.fixed(part) for part, key in series):
            yield Amiss.KEY


def _together(told: Iterable[MadeOf]) -> MadeOf:
    """What several graphs say that things are made of."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for by_term in told:
        for term, made_of in by_term.items():
            for thing, parts in made_of.items():
                found[term][thing] += parts
    return found


def _of_rows(vocabulary: _Vocabulary, outlines: Mapping[str, Outline], graphs: Iterable[str]) -> Iterator[Amiss]:
    """What is amiss with rows: each is of a source that is said of its graph, whoever says so, and of no other."""
    names = {f"<{graph}>" for graph in graphs}
    sources: dict[str, set[str]] = defaultdict(set)
    for told in (vocabulary.sources, *(outline.sources for outline in outlines.values())):
        for thing in told.keys() & names:
            sources[thing].update(told[thing])
    for graph, outline in outlines.items():
        of_graph = sources[f"<{graph}>"]
        if any(of_graph.isdisjoint(of_row) for of_row in outline.sources_of_rows):
            yield Amiss.NO_ROW
        if not all(of_graph.issuperset(of_row) for of_row in outline.sources_of_rows):
            yield Amiss.SOURCE


class _Told:
    """What is kept of every graph, the vocabulary or another."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.noted: set[Amiss] = set()
        self.properties: set[str] = set()
        self.of_kind: dict[str, str] = {}  # and which
        self.others: set[str] = set()
        self.sources: dict[str, list[str]] = {}
        self.made_of: dict[str, dict[str, list[str]]] = {term: {} for term in terms.made_of}
        self.data_set_of: dict[str, str] = {}  # of each series

    def take_of_all(self, thing: str, said: Said, classes: Sequence[str], kinds: set[str]) -> None:
        """What any graph says of a thing; `kinds` are those of its classes."""
        terms = self.terms
        if thing[0] == "_":
            self.noted.add(Amiss.BLANK_THING)
        if len(kinds) > 1:
            self.noted.add(Amiss.KINDS)
        if classes and terms.observation_class not in classes:
            if not kinds:
                self.others.add(thing)
            else:
                self.of_kind[thing] = min(kinds)
                if thing.startswith(terms.of_observations):
                    self.noted.add(Amiss.KINDS)
        if terms.source in said and terms.row not in classes:
            self.sources[thing] = said[terms.source]
        if not all(is_of_table(thing, table) for table in said.get(terms.table, ())):
            self.noted.add(Amiss.TABLE)
        for series in said.get(terms.slice, ()):
            if self.data_set_of.setdefault(series, thing) != thing:
                self.noted.add(Amiss.DATA_SET)
        for term, found in self.made_of.items():
            if term in said:
                found[thing] = said[term]
        self.properties.update(said)


class _Vocabulary(_Told):
    """What the vocabulary says: which classes are kinds, and which properties there are, dimensions among them."""

    def __init__(self, terms: Terms, lines: Iterable[str]) -> None:
        super().__init__(terms)
        learnt = [(thing, by_property(said)) for thing, said in tails(lines)]
        self.kinds = {terms.graph_class, *(thing for thing, said in learnt if terms.kind_name in said)}
        self.declared: set[str] = set()
        self.properties_with_class = {terms.type}
        for thing, said in learnt:
            self._learn(thing, said)
        self.dimensions = {terms.area, terms.period, *terms.parts, *self.declared}
        if self.data_set_of or not self.properties.isdisjoint(self.dimensions | terms.of_cubes):
            self.noted.add(Amiss.MISPLACED)

    def structure(self, data_set: str, made_of: MadeOf) -> set[str]:
        """The dimensions of the structure of a data set."""
        found = {data_set}
        for term in self.terms.structure:
            found = {part for thing in found for part in made_of[term].get(thing, ())}
        return found & self.declared

    def keys(self, data_set: str, made_of: MadeOf) -> dict[str, set[str]]:
        """The slice keys of the structure of a data set, and the dimensions that each fixes."""
        structure, _, dimensions = (made_of[term] for term in self.terms.structure)
        keys = (key for thing in structure.get(data_set, ()) for key in made_of[self.terms.slice_key].get(thing, ()))
        return {key: set(dimensions.get(key, ())) for key in keys}

    def used(self, part: str) -> set[str]:
        """The dimensions that the observations of a series have."""
        return {self.terms.period, *self.fixed(part)}

    def fixed(self, part: str) -> set[str]:
        """The dimensions that a series has itself."""
        return {self.terms.area, *filter(None, [part])}

    def _learn(self, thing: str, said: Said) -> None:
        """Take what is said of a thing."""
        terms, classes = self.terms, said.get(self.terms.type, [])
        if terms.dimension in classes:
            self.declared.add(thing)
        if terms.observation_class in classes or terms.slice_class in classes:
            self.noted.add(Amiss.MISPLACED)
        if terms.row in classes:
            self.noted |= {Amiss.SILENT, Amiss.SOURCE}
        if any(value[0] == "_" for values in said.values() for value in values):
            self.noted.add(Amiss.BLANK_VALUE)
        if classes:
            self.properties_with_class.add(thing)
        self.take_of_all(thing, said, classes, self.kinds.intersection(classes))


class _Graph(_Told):
    """Goes through what a graph says, thing by thing, and keeps what can be told at the end alone."""

    def __init__(self, vocabulary: _Vocabulary, base: Base, lines: Iterable[str]) -> None:
        super().__init__(vocabulary.terms)
        self.vocabulary, self.ours = vocabulary, f"<{base.iri}"
        self.of_no_kind: set[str] = set()
        self.values: set[str] = set()  # those on our base
        self.rows: dict[str, tuple[str, ...]] = {}  # with their sources
        self.stated_in: set[str] = set()  # the rows that things are stated in
        self.data_sets: set[str] = set()
        self.used: set[str] = set()  # the data sets of observations
        self.unit_of: dict[str, str] = {}  # of the observations of each data set
        self.seen: dict[Cell, list[str]] = defaultdict(list)  # the periods of observations
        self.listed: dict[Cell, list[str]] = {}
        self.series: set[str] = set()
        self.slice_key_of: dict[Cell, str] = {}
        self.keys: dict[Cell, Key] = {}
        self.cells: dict[Key, Cell] = {}
        for stretch in stretches(lines):
            for member in stretch.members:
                cell = self._take(member.first, member.tails)
                if isinstance(member, Series):
                    self._take_others(member, cell)
        self._end()

    def outline(self) -> Outline:
        """What it shows to others."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for thing, kind in self.of_kind.items():
            kinds[kind].append(thing)
        cubes: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for cell, key in self.slice_key_of.items():
            data_set, _, part = cell
            cubes[data_set].add((part[0] if part else _NO_PART, key))
        return Outline(
            noted=sorted(one.name for one in self.noted),
            properties=sorted(self.properties),
            kinds={kind: sorted(of_kind) for kind, of_kind in sorted(kinds.items())},
            others=sorted(self.others),
            of_no_kind=sorted(self.of_no_kind - self.of_kind.keys()),
            values=sorted(self.values - self.of_kind.keys() - self.others),
            sources=dict(sorted(self.sources.items())),
            sources_of_rows=sorted(set(self.rows.values())),
            made_of=self.made_of,
            cubes={data_set: sorted(parts) for data_set, parts in sorted(cubes.items())},
        )

    def _end(self) -> None:
        """All of it has been gone through."""
        if not self.stated_in <= self.rows.keys():
            self.noted.add(Amiss.NO_ROW)
        if not self.rows.keys() <= self.stated_in:
            self.noted.add(Amiss.SILENT)
        if not self.used <= self.data_sets:
            self.noted.add(Amiss.ELSEWHERE)
        if not self.data_set_of.keys() <= self.series:
            self.noted.add(Amiss.SERIES)
        if self.seen.keys() - self.listed.keys() or any(
            sorted(self.seen.get(cell, ())) != sorted(periods) for cell, periods in self.listed.items()
        ):
            self.noted.add(Amiss.LISTED)

    def _take_others(self, series: Series, cell: Cell | None) -> None:
        """Take the observations of a series after the first, of which that has the cell if nothing is amiss with it.

        What is amiss with one is amiss with all, and what it shows to others they show: these need not be looked at.
        """
        if cell and self._key(cell) == (series.head, series.end):
            self.seen[cell] += series.years[1:]
        else:
            for thing, said in islice(series.each(), 1, None):
                self._take(thing, said)

    def _take(self, thing: str, of_it: list[str]) -> Cell | None:
        """Take what is said of a thing; its cell, if it is an observation and nothing of its own is amiss."""
        terms, dimensions, said = self.terms, self.vocabulary.dimensions, by_property(of_it)
        classes = said.get(terms.type, [])
        kinds = self.vocabulary.kinds.intersection(classes)
        if terms.row in classes:
            self.rows[thing] = tuple(said.get(terms.source, ()))
        elif terms.stated_in in said:
            self.stated_in.update(said[terms.stated_in])
        else:
            self.noted.add(Amiss.NO_ROW)
        if not kinds:
            self.of_no_kind.add(thing)
        if terms.dimension in classes:  # which only the vocabulary should say
            self.noted.add(Amiss.MISPLACED)
        if terms.data_set_class in classes:
            self.data_sets.add(thing)
        cell = None
        if terms.observation_class in classes:
            cell = self._take_observation(thing, said)
        elif terms.slice_class in classes:
            self._take_slice(thing, said)
        elif not dimensions.isdisjoint(said) or not terms.of_cubes.isdisjoint(said):
            self.noted.add(Amiss.MISPLACED)
        self._take_values(said)
        self.take_of_all(thing, said, classes, kinds)
        is_usual = kinds and classes == [terms.observation_class] and terms.of_no_series.isdisjoint(said)
        return cell if is_usual else None

    def _take_values(self, said: Said) -> None:
        for predicate, values in said.items():
            may_be_missing = predicate not in {self.terms.retires, self.terms.observation}
            for value in values:
                if value[0] == '"':
                    if may_be_stray(value):
                        self.noted.add(Amiss.STRAY)
                elif value[0] == "_":
                    self.noted.add(Amiss.BLANK_VALUE)
                elif may_be_missing and value.startswith(self.ours):
                    self.values.add(value)

    def _take_observation(self, thing: str, said: Said) -> Cell | None:
        """Take what is said of an observation, and give its cell; None where it does not follow from that."""
        cell = self._cell(said, said.get(self.terms.data_set, ()))
        years = [self.terms.years.fullmatch(period) for period in said.get(self.terms.period, ())]
        units = said.get(self.terms.unit, ())
        is_series = self.terms.slice_class in said[self.terms.type] or not self.terms.of_series_alone.isdisjoint(said)
        if cell is None or len(years) != 1 or years[0] is None or len(units) > 1 or is_series:
            self.noted.add(Amiss.OBSERVATION)
            return None
        if units and self.unit_of.setdefault(cell[0], units[0]) != units[0]:
            self.noted.add(Amiss.UNITS)
        self.used.add(cell[0])
        year = years[0][1]
        head, end = self._key(cell)
        if thing != f"{head}{year}{end}":
            self.noted.add(Amiss.OBSERVATION)
            return None
        self.seen[cell].append(sys.intern(year))
        return cell

    def _take_slice(self, thing: str, said: Said) -> None:
        cell = self._cell(said, [self.data_set_of[thing]] if thing in self.data_set_of else [])
        has_too_much = not self.terms.of_one_value.isdisjoint(said)
        keys = said.get(self.terms.slice_structure, ())
        self.series.add(thing)
        if cell is None or cell in self.listed or has_too_much or thing != self._name(cell) or len(keys) != 1:
            self.noted.add(Amiss.SERIES)
            return
        head, end = self._key(cell)
        self.slice_key_of[cell], self.listed[cell] = keys[0], []
        for listed in said.get(self.terms.observation, ()):
            if listed.startswith(head) and listed.endswith(end):
                self.listed[cell].append(sys.intern(listed[len(head) : -len(end)]))
            else:
                self.noted.add(Amiss.SERIES)
        years = self.listed[cell]
        listed_ends = [[f'"{year}"^^{self.terms.year}'] for year in (min(years), max(years))] if years else []
        if [said.get(term) for term in (self.terms.first_year, self.terms.last_year)] != listed_ends:
            self.noted.add(Amiss.YEARS)

    def _cell(self, said: Said, data_sets: Sequence[str]) -> Cell | None:
        """Where an observation or a series stands in its data set; None where that is not told simply."""
        areas = said.get(self.terms.area, ())
        parts = [(dimension, value) for dimension in self.terms.parts for value in said.get(dimension, ())]
        others = self.vocabulary.dimensions.intersection(said) - {self.terms.area, self.terms.period, *self.terms.parts}
        if len(data_sets) != 1 or len(areas) != 1 or len(parts) > 1 or others:
            return None
        are_things = areas[0][0] == "<" and all(value[0] == "<" for _, value in parts)
        if not are_things or not self.terms.data_sets.fullmatch(data_sets[0]):
            return None
        return data_sets[0], areas[0], parts[0] if parts else None

    def _key(self, cell: Cell) -> Key:
        """The key of a cell, which no other cell should have."""
        if cell not in self.keys:
            data_set, area, part = cell
            head = f"{self.terms.of_observations}{last(data_set)}/{last(area)}/"
            self.keys[cell] = head, f"/{last(part[1])}>" if part else ">"
            if self.cells.setdefault(self.keys[cell], cell) != cell:
                self.noted.add(Amiss.SERIES)
        return self.keys[cell]

    def _name(self, cell: Cell) -> str:
        """The IRI of the series of a cell."""
        return f"{self.terms.of_series}{'/'.join(map(last, (*cell[:2], *(cell[2] or ())[1:])))}>"
