"""Which rules need not be asked of statements that lie in order: and the proof that they would find nothing.

A rule finds each offender, and says where, and looks through the store for it. Before that, the statements of a release
are gone through once as they lie, sorted, so that what a graph says of a thing stands together. What could make a rule
find something is noted as amiss. A rule is spared where nothing is amiss that it is tied to; else it is asked as ever.
What is noted may be too much, never too little; what is less simple than what releases hold is noted as amiss.

**Values** (`blank-node`, `stray-white-space`, `dangling-reference`). What they find as a value is a blank node, a text
that is empty or begins or ends with white space, or an IRI on our base that has no class. The first two are seen where
they stand; a text with a backslash near its ends counts as one of the second. Of the third, all such IRIs that are a
value and all things that are said to have a class are noted, and held against each other at the end. Observations are
in neither set: that a series lists one without a class is seen as below. The exceptions, of what the vocabulary says
and of `mg:retires`, are those of the rule.

**Things** (`blank-node`, `row-that-says-nothing`, `statement-without-row`, `thing-of-no-kind`,
`thing-of-several-kinds`). What a graph other than the vocabulary says of a thing must say that it is a row, or state it
in rows which that graph says are of a source that is said of the graph, and of the kind of the thing; a thing whose
kind is not said there must have one by another graph. A graph that says that something is a row must state something in
it. No graph may say that a thing is of two kinds. What a graph says to be of a kind and no observation must be of no
other kind by others, and its IRI must not begin as those of observations do: so it is none of these by another graph.

**Properties** (`undeclared-property`). All that graphs other than the vocabulary use must be of some class by the
vocabulary, but for `rdf:type`.

**Observations** (`observation-key`, `observation-twice`, `observation-without-dimension`,
`observation-in-another-series`, `series-key`, `several-units`, `values-of-another-source`). Statements of dimensions,
of data sets, of units and of what a series lists must be said of things that the same graph, which is not the
vocabulary, says to be an observation or a series. Of an observation there must be one data set of ours, one area, one
year, at most one part (sector or sex), and no other dimension, and at most one unit; area and part must be things. The
data set must be one by the same graph, which is `values-of-another-source`, and have no other unit, which is
`several-units`. Its IRI must be what these make of it, which is `observation-key`. What the observations of a series
have alike, data set, area and part, is called a cell; of a cell follows how their IRIs begin and end, and no two cells
may have the same. So a second observation with the same data set, area, year and part has the same IRI, which is
`observation-twice`. Of a series there must be one area, at most one part and no other dimension, one data set that has
it, and one graph that says it is one; its IRI must be what these make of it, which is `series-key`, and it must have no
unit. No two series may be of the same cell. It must list IRIs that are those of observations of its cell, and the years
that it lists must be those of the observations of the cell, each as often as it comes. So every observation is said by
one graph, and listed by one series, which has what it has; that is `observation-in-another-series`. The structure of a
data set must have the dimensions that are used, and no others; every observation then has each of them, which is
`observation-without-dimension`.

A proof is of rules as they were when it was written. A rule is known by the digest of its text: where that has changed,
it is asked, until the proof has been read again.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from rdflib import URIRef

from ontology import iri
from ontology.base import Base
from ontology.namespaces import DCTERMS, MG, QB, RDF, VOID, XSD, SDMXAttribute, SDMXDimension
from shapes.files import Rule
from shapes.things import Said, things

PROVEN = {
    "blank-node": "37785fb8ee9e7309",
    "dangling-reference": "39b4947ac561c313",
    "observation-in-another-series": "49a49c036f96022d",
    "observation-key": "f81658c435c41944",
    "observation-twice": "293433a89df79669",
    "observation-without-dimension": "afd6952da80037ac",
    "row-that-says-nothing": "cabec84479ba0fe0",
    "series-key": "2f0a55c8a59c455f",
    "several-units": "82502f3d3bad2f2b",
    "statement-without-row": "5ef7a63d109536ae",
    "stray-white-space": "48d380177f8f30b9",
    "thing-of-no-kind": "f3744452e11b523c",
    "thing-of-several-kinds": "a3f67fc10e334f4a",
    "undeclared-property": "defa8e7928e48266",
    "values-of-another-source": "84c9561da94f812f",
}
"""The digest of the text of each rule that can be spared, when the proof was read."""

_ESCAPED = re.compile(r"\\(?:[^\"\\]|u.{4}|U.{8})$")
"""A text that ends with a character that is written with a backslash, but for quotation marks and backslashes."""

_OF_CUBES = (
    *(name for name in PROVEN if name.startswith("observation-")),
    *("dangling-reference", "series-key", "several-units", "thing-of-several-kinds", "values-of-another-source"),
)


class Amiss(Enum):
    """What keeps rules from being spared: what it is, and the names of these rules."""

    BLANK_THING = "a thing is a blank node", ("blank-node",)
    BLANK_VALUE = "a value is a blank node", ("blank-node",)
    STRAY = "a text is empty, or begins or ends with white space or a backslash", ("stray-white-space",)
    NOT_THERE = "an IRI on our base stands as a value and has no class", ("dangling-reference",)
    NO_ROW = "what a graph says of a thing is in no row of its source", ("statement-without-row",)
    NO_KIND = "a thing is of no kind", ("thing-of-no-kind",)
    KINDS = "a thing is of several kinds, or is called like an observation and is none", ("thing-of-several-kinds",)
    UNDECLARED = "the vocabulary does not say of what class a property is", ("undeclared-property",)
    SILENT = "nothing that the same graph says is stated in a row", ("row-that-says-nothing",)
    UNITS = "the observations of a data set have several units", ("several-units",)
    ELSEWHERE = "the data set of an observation is none by the same graph", ("values-of-another-source",)
    MISPLACED = "what is said of observations and series is said of something else", _OF_CUBES
    OBSERVATION = "an observation lacks something, has too much or has another key", _OF_CUBES
    SERIES = "a series lacks something, has too much, has another key or lists what is not of it", _OF_CUBES
    DATA_SET = "a series is of two data sets", _OF_CUBES
    LISTED = "the observations are not those that the series list", _OF_CUBES
    STRUCTURE = "observations have other dimensions than the structure of their data set", _OF_CUBES

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that have to be asked."""
        rules: tuple[str, ...] = self.value[1]
        return rules


def is_screened(rule: Rule) -> bool:
    """True where what is amiss decides whether a rule is asked: the proof was read of the rule as it is."""
    return PROVEN.get(rule.name) == rule.digest


def amiss(graphs: Mapping[str, Iterable[str]], base: Base) -> frozenset[Amiss]:
    """What is amiss in named graphs, each of them sorted N-Triples lines without the final full stop."""
    vocabulary = str(base.localise(iri.VOCABULARY_GRAPH))
    screen = _Screen(base, graphs)
    learnt = list(things(graphs.get(vocabulary, ())))
    screen.kinds.update(thing for thing, said in learnt if screen.terms.kind_name in said)
    for thing, said in learnt:
        screen.learn(thing, said)
    for graph, lines in graphs.items():
        if graph != vocabulary:
            for thing, said in things(lines):
                screen.take(thing, said)
            screen.end(f"<{graph}>")
    return frozenset(screen.found())


class _Terms:
    """The terms that are looked for, as they are written on a base."""

    def __init__(self, base: Base) -> None:
        def written(term: URIRef) -> str:
            return f"<{base.localise(term)}>"

        self.type, self.row, self.stated_in = written(RDF.type), written(MG.Row), written(MG.statedIn)
        self.source, self.retires, self.kind_name = written(DCTERMS.source), written(MG.retires), written(MG.kindName)
        self.graph_class, self.dimension = written(VOID.Dataset), written(QB.DimensionProperty)
        self.observation_class, self.slice_class = written(QB.Observation), written(QB.Slice)
        self.data_set, self.slice, self.observation = written(QB.dataSet), written(QB.slice), written(QB.observation)
        self.data_set_class, self.unit = written(QB.DataSet), written(SDMXAttribute.unitMeasure)
        self.area, self.period = written(SDMXDimension.refArea), written(SDMXDimension.refPeriod)
        self.of_one_value = {self.period, self.data_set, self.unit}
        self.parts = written(MG.sector), written(SDMXDimension.sex)
        self.structure = written(QB.structure), written(QB.component), written(QB.componentProperty)
        self.of_observations, self.of_series = f"<{base.iri}id/observation/", f"<{base.iri}id/slice/"
        self.data_sets = re.compile(f"{re.escape(f'<{base.iri}id/dataset/')}([^/]+)>")
        self.years = re.compile(rf'"([0-9]{{4}})"\^\^{re.escape(written(XSD.gYear))}')


Part = tuple[str, str]
"""A sector or a sex: the dimension and its value."""

Cell = tuple[str, str, Part | None]
"""What the observations of a series have alike: data set, area and part."""

Key = tuple[str, str]
"""How the IRIs of the observations of a cell begin, up to their year, and how they end."""


class _Screen:
    """Goes through what graphs say, thing by thing, and keeps what can be told at the end alone."""

    def __init__(self, base: Base, graphs: Iterable[str]) -> None:
        self.terms, self.ours, self.graphs = _Terms(base), f"<{base.iri}", {f"<{graph}>" for graph in graphs}
        self.noted: set[Amiss] = set()
        self.of_cubes = {self.terms.data_set, self.terms.observation, self.terms.unit}
        self.kinds, self.declared = {self.terms.graph_class}, set[str]()
        self.used_by_vocabulary: set[str] = set()  # properties
        self.used_by_others: set[str] = set()
        self.of_vocabulary: set[str] = set()  # what it says to be of a class
        self.dimensions = {self.terms.area, self.terms.period, *self.terms.parts}
        self.of_class, self.of_no_kind = set[str](), set[str]()
        self.of_kind: dict[str, str] = {}  # and which
        self.values: set[str] = set()  # those on our base
        self.sources: dict[str, set[str]] = defaultdict(set)  # of each graph, whoever says so
        self.rows: dict[str, tuple[str, ...]] = {}  # of the graph that is gone through, with their sources
        self.stated_in: set[str] = set()  # the rows that its things are stated in
        self.data_sets: set[str] = set()  # that it tells of
        self.used: set[str] = set()  # the data sets of its observations
        self.unit_of: dict[str, str] = {}  # of the observations of each data set
        self.sources_of_rows: dict[str, set[tuple[str, ...]]] = {}
        self.made_of: dict[str, dict[str, set[str]]] = {term: defaultdict(set) for term in self.terms.structure}
        self.data_set_of: dict[str, str] = {}  # of each series
        self.seen: dict[Cell, list[str]] = defaultdict(list)  # the periods of observations
        self.listed: dict[Cell, list[str]] = {}
        self.series: set[str] = set()
        self.keys: dict[Cell, Key] = {}
        self.cells: dict[Key, Cell] = {}

    def learn(self, thing: str, said: Said) -> None:
        """Take what the vocabulary says of a thing."""
        classes = said.get(self.terms.type, [])
        if self.terms.dimension in classes:
            self.declared.add(thing)
            self.dimensions.add(thing)
        if self.terms.observation_class in classes or self.terms.slice_class in classes:
            self.noted.add(Amiss.MISPLACED)
        if self.terms.row in classes:
            self.noted.add(Amiss.SILENT)
        if any(value[0] == "_" for values in said.values() for value in values):
            self.noted.add(Amiss.BLANK_VALUE)
        self.used_by_vocabulary.update(said)
        if classes:
            self.of_vocabulary.add(thing)
        self._take_of_all(thing, said)

    def take(self, thing: str, said: Said) -> None:
        """Take what another graph says of a thing."""
        terms = self.terms
        classes = said.get(terms.type, [])
        if terms.row in classes:
            self.rows[thing] = tuple(said.get(terms.source, ()))
        elif terms.stated_in in said:
            self.stated_in.update(said[terms.stated_in])
        else:
            self.noted.add(Amiss.NO_ROW)
        if self.kinds.isdisjoint(classes):
            self.of_no_kind.add(thing)
        if terms.dimension in classes:  # which only the vocabulary should say
            self.noted.add(Amiss.MISPLACED)
        if terms.data_set_class in classes:
            self.data_sets.add(thing)
        if terms.observation_class in classes:
            self._take_observation(thing, said)
        elif terms.slice_class in classes:
            self._take_series(thing, said)
        elif not self.dimensions.isdisjoint(said) or not self.of_cubes.isdisjoint(said):
            self.noted.add(Amiss.MISPLACED)
        self.used_by_others.update(said)
        self._take_values(said)
        self._take_of_all(thing, said)

    def end(self, graph: str) -> None:
        """A graph has been gone through."""
        if not self.stated_in <= self.rows.keys():
            self.noted.add(Amiss.NO_ROW)
        self.sources_of_rows[graph] = {self.rows[row] for row in self.stated_in & self.rows.keys()}
        if not self.rows.keys() <= self.stated_in:
            self.noted.add(Amiss.SILENT)
        if not self.used <= self.data_sets:
            self.noted.add(Amiss.ELSEWHERE)
        self.rows, self.stated_in, self.data_sets, self.used = {}, set(), set(), set()

    def found(self) -> Iterator[Amiss]:
        """What is amiss, all in all."""
        yield from self.noted
        if not self.used_by_vocabulary.isdisjoint(self.dimensions | self.of_cubes):
            yield Amiss.MISPLACED
        if not self.used_by_others <= self.of_vocabulary | {self.terms.type}:
            yield Amiss.UNDECLARED
        if not all(value in self.of_kind or value in self.of_class for value in self.values):
            yield Amiss.NOT_THERE
        if not self.of_no_kind <= self.of_kind.keys():
            yield Amiss.NO_KIND
        for graph, of_rows in self.sources_of_rows.items():
            if any(self.sources[graph].isdisjoint(sources) for sources in of_rows):
                yield Amiss.NO_ROW
        if self.seen.keys() - self.listed.keys() or any(
            sorted(self.seen.get(cell, ())) != sorted(periods) for cell, periods in self.listed.items()
        ):
            yield Amiss.LISTED
        if any(self._structure(cell[0]) != self._used(cell) for cell in self.listed):
            yield Amiss.STRUCTURE

    def _take_of_all(self, thing: str, said: Said) -> None:
        """What is said of a thing by any graph."""
        terms = self.terms
        if thing[0] == "_":
            self.noted.add(Amiss.BLANK_THING)
        classes = said.get(terms.type, [])
        self._take_kind(thing, classes)
        if thing in self.graphs:
            self.sources[thing].update(said.get(terms.source, ()))
        for series in said.get(terms.slice, ()):
            if self.data_set_of.setdefault(series, thing) != thing:
                self.noted.add(Amiss.DATA_SET)
        for term, found in self.made_of.items():
            if term in said:
                found[thing].update(said[term])

    def _take_kind(self, thing: str, classes: list[str]) -> None:
        kinds = self.kinds.intersection(classes)
        if len(kinds) > 1:
            self.noted.add(Amiss.KINDS)
        if classes and self.terms.observation_class not in classes:
            if not kinds:
                self.of_class.add(thing)
                return
            before = self.of_kind.setdefault(thing, kinds.pop())
            if before not in classes or thing.startswith(self.terms.of_observations):
                self.noted.add(Amiss.KINDS)

    def _take_values(self, said: Said) -> None:
        for predicate, values in said.items():
            may_be_missing = predicate not in {self.terms.retires, self.terms.observation}
            for value in values:
                if value[0] == '"':
                    if _may_be_stray(value):
                        self.noted.add(Amiss.STRAY)
                elif value[0] == "_":
                    self.noted.add(Amiss.BLANK_VALUE)
                elif may_be_missing and value.startswith(self.ours):
                    self.values.add(value)

    def _take_observation(self, thing: str, said: Said) -> None:
        cell = self._cell(said, said.get(self.terms.data_set, ()))
        years = [self.terms.years.fullmatch(period) for period in said.get(self.terms.period, ())]
        units = said.get(self.terms.unit, ())
        is_series = self.terms.slice_class in said[self.terms.type] or self.terms.observation in said
        if cell is None or len(years) != 1 or years[0] is None or len(units) > 1 or is_series:
            self.noted.add(Amiss.OBSERVATION)
            return
        if units and self.unit_of.setdefault(cell[0], units[0]) != units[0]:
            self.noted.add(Amiss.UNITS)
        self.used.add(cell[0])
        year = years[0][1]
        head, end = self._key(cell)
        if thing == f"{head}{year}{end}":
            self.seen[cell].append(sys.intern(year))
        else:
            self.noted.add(Amiss.OBSERVATION)

    def _take_series(self, thing: str, said: Said) -> None:
        cell = self._cell(said, [self.data_set_of[thing]] if thing in self.data_set_of else [])
        has_too_much = thing in self.series or not self.terms.of_one_value.isdisjoint(said)
        self.series.add(thing)
        if cell is None or cell in self.listed or has_too_much or thing != self._name(cell):
            self.noted.add(Amiss.SERIES)
            return
        head, end = self._key(cell)
        self.listed[cell] = []
        for listed in said.get(self.terms.observation, ()):
            if listed.startswith(head) and listed.endswith(end):
                self.listed[cell].append(sys.intern(listed[len(head) : -len(end)]))
            else:
                self.noted.add(Amiss.SERIES)

    def _cell(self, said: Said, data_sets: Sequence[str]) -> Cell | None:
        """Where an observation or a series stands in its data set; None where that is not told simply."""
        areas = said.get(self.terms.area, ())
        parts = [(dimension, value) for dimension in self.terms.parts for value in said.get(dimension, ())]
        others = self.dimensions.intersection(said) - {self.terms.area, self.terms.period, *self.terms.parts}
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
            head = f"{self.terms.of_observations}{_last(data_set)}/{_last(area)}/"
            self.keys[cell] = head, f"/{_last(part[1])}>" if part else ">"
            if self.cells.setdefault(self.keys[cell], cell) != cell:
                self.noted.add(Amiss.SERIES)
        return self.keys[cell]

    def _name(self, cell: Cell) -> str:
        """The IRI of the series of a cell."""
        return f"{self.terms.of_series}{'/'.join(map(_last, (*cell[:2], *(cell[2] or ())[1:])))}>"

    def _structure(self, data_set: str) -> set[str]:
        """The dimensions of the structure of a data set."""
        found = {data_set}
        for term in self.terms.structure:
            found = set().union(*(self.made_of[term].get(one, ()) for one in found))
        return found & self.declared

    def _used(self, cell: Cell) -> set[str]:
        """The dimensions that the observations of a cell have."""
        return {self.terms.area, self.terms.period, *(cell[2][:1] if cell[2] else ())}


def _last(term: str) -> str:
    """What stands after the last slash of an IRI."""
    return term[term.rfind("/") + 1 : -1]


def _may_be_stray(written: str) -> bool:
    """True for a text that is empty, or begins or ends with white space, or with what could be white space escaped."""
    end = written.rfind('"')
    if end == 1 or written[1].isspace() or written[end - 1].isspace():
        return True
    return "\\" in written and (written[1] == "\\" or _ESCAPED.search(written, 1, end) is not None)
