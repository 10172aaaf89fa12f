"""Which rules need not be asked of statements that lie in order: and the proof that they would find nothing.

A rule finds each offender, and says where, and looks through the store for it. Before that, the statements of a release
are gone through once as they lie, sorted, so that what a graph says of a thing stands together. What could make a rule
find something is noted as amiss. A rule is spared where nothing is amiss that it is tied to; else it is asked as ever.
What is noted may be too much, never too little; what is less simple than what releases hold is noted as amiss.
Each graph is gone through by itself, beside the vocabulary; then the outlines of all are held against one another
(`shapes.outlines`).

**Values** (`blank-node`, `stray-white-space`, `dangling-reference`). What they find as a value is a blank node, a text
that is empty or begins or ends with white space, or an IRI on our base that has no class. The first two are seen where
they stand; a text with a backslash near its ends counts as one of the second. Of the third, all such IRIs that are a
value and all things that are said to have a class are noted; those that have one by the same graph are left out, and
the others held against what other graphs say. Observations are in neither set: that a series lists one without a class
is seen as below. The exceptions, of what the vocabulary says and of `mg:retires`, are those of the rule.

**Things** (`blank-node`, `row-in-another-graph`, `row-of-another-table`, `row-that-says-nothing`,
`statement-without-row`, `thing-of-no-kind`, `thing-of-several-kinds`). What a graph other than the vocabulary says of a
thing must say that it is a row, or state it in rows which that graph says are of a source that is said of the graph,
and of the kind of the thing; a thing whose kind is not said there must have one by another graph. A graph that says
that something is a row must state something in it, and must not be the vocabulary; all sources that it says the row to
be of must be said of the graph, by whichever. The IRI of what stands in a table must name that table. No graph may say
that a thing is of two kinds. What a graph says to be of a kind and no observation must be of no other kind by others,
and its IRI must not begin as those of observations do: so it is none of these by another graph.

**Properties** (`undeclared-property`). All that graphs other than the vocabulary use must be of some class by the
vocabulary, but for `rdf:type`.

**Observations** (`observation-key`, `observation-twice`, `observation-without-dimension`,
`observation-in-another-series`, `series-and-its-key`, `series-and-its-years`, `series-key`, `several-units`,
`values-of-another-source`). Statements of dimensions, of data sets, of units, of slice keys, of what a series lists and
of its first and last year must be said of things that the same graph, which is not the vocabulary, says to be an
observation or a series. An observation must have no slice
key. Of an observation there must be one data set of ours, one area, one year, at most one part (sector or sex), and no
other dimension, and at most one unit; area and part must be things. The data set must be one by the same graph, which
is `values-of-another-source`, and have no other unit, which is `several-units`. Its IRI must be what these make of it,
which is `observation-key`. What the observations of a series have alike, data set, area and part, is called a cell; of
a cell follows how their IRIs begin and end, and no two cells may have the same. So a second observation with the same
data set, area, year and part has the same IRI, which is `observation-twice`. Of a series there must be one area, at
most one part and no other dimension, one data set that has it; its IRI must be what these make of it, which is
`series-key`, and it must have no unit. It must have one slice key, which the structure of its data set has, and that
key must have the dimensions of the area and of the part of the series and nothing else, which are dimensions by the
vocabulary, as those of the structure are: with the one data set, this is `series-and-its-key`. No two series may be of
the same cell. It must list IRIs that are those of observations of its cell, and the years that it lists must be those
of the observations of the cell, each as often as it comes. All this must be said by one graph, with what is a series of
the data set, and no other may tell of series or observations of that data set: a cell names its data set, and an IRI
its cell, so what two graphs say of different data sets is of different cells and IRIs. So every observation is said by
one graph, and listed by one series, which has what it has; that is `observation-in-another-series`. A series must tell
the least and the greatest of the years that it lists as its first and its last, once each, which is
`series-and-its-years`. The structure of a
data set must have the dimensions that are used, and no others; every observation then has each of them, which is
`observation-without-dimension`.

A proof is of rules as they were when it was written. A rule is known by the digest of its text: where that has changed,
it is asked, until the proof has been read again.
"""

from __future__ import annotations

from enum import Enum

from shapes.files import Rule

PROVEN = {
    "blank-node": "37785fb8ee9e7309",
    "dangling-reference": "39b4947ac561c313",
    "observation-in-another-series": "49a49c036f96022d",
    "observation-key": "03f3229e4be12c41",
    "observation-twice": "823ad694c7ef5473",
    "observation-without-dimension": "afd6952da80037ac",
    "row-in-another-graph": "5f38e40bf641ad67",
    "row-of-another-table": "6bb0c5237f5d921c",
    "row-that-says-nothing": "6511cdf4402a1b01",
    "series-and-its-key": "c3e4816bb01b84dc",
    "series-and-its-years": "d1108ba604643ef2",
    "series-key": "5b6b5377516b86a4",
    "several-units": "5d1a71a6effed062",
    "statement-without-row": "5ef7a63d109536ae",
    "stray-white-space": "48d380177f8f30b9",
    "thing-of-no-kind": "f3744452e11b523c",
    "thing-of-several-kinds": "a3f67fc10e334f4a",
    "undeclared-property": "6d79d6f0b3490dca",
    "values-of-another-source": "708084adee75ec86",
}
"""The digest of the text of each rule that can be spared, when the proof was read."""

_OF_CUBES = (
    *(name for name in PROVEN if name.startswith("observation-")),
    *(name for name in PROVEN if name.startswith("series-")),
    *("dangling-reference", "several-units", "thing-of-several-kinds", "values-of-another-source"),
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
    SOURCE = "a row is of the vocabulary, or of a source that is not said of its graph", ("row-in-another-graph",)
    TABLE = "what stands in a table is not called a row of it", ("row-of-another-table",)
    UNITS = "the observations of a data set have several units", ("several-units",)
    ELSEWHERE = "the data set of an observation is none by the same graph", ("values-of-another-source",)
    MISPLACED = "what is said of observations and series is said of something else", _OF_CUBES
    OBSERVATION = "an observation lacks something, has too much or has another key", _OF_CUBES
    SERIES = "a series lacks something, has too much, has another key or lists what is not of it", _OF_CUBES
    DATA_SET = "a series is of two data sets, or a data set of two graphs", _OF_CUBES
    LISTED = "the observations are not those that the series list", _OF_CUBES
    YEARS = "a series tells another first or last year than those that it lists", ("series-and-its-years",)
    KEY = "a series has other dimensions than its key, or a key of another structure", ("series-and-its-key",)
    STRUCTURE = "observations have other dimensions than the structure of their data set", _OF_CUBES

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that have to be asked."""
        rules: tuple[str, ...] = self.value[1]
        return rules


def is_screened(rule: Rule) -> bool:
    """True where what is amiss decides whether a rule is asked: the proof was read of the rule as it is."""
    return PROVEN.get(rule.name) == rule.digest
