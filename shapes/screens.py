"""Which rules need not be asked, since a screen of theirs finds nothing: and the proof that they would not either.

A rule finds each offender, and says where; a screen asks whether there can be any at all, of several rules at once,
which is cheaper. A rule is spared where each screen that names it finds nothing. Where one finds something, the rules
that it names are asked as ever: a screen may see too much, never too little.

**values**: `blank-node` as to values, `dangling-reference`, `stray-white-space`. What they find as a value is a blank
node, an IRI on our base that has no class, or a literal that is empty or begins or ends with white space. Literals
have no class, so they and these IRIs are left when what has a class is taken away, and their text decides. A blank
node with a class is the focus of a statement too, and so left to the next screen. The exceptions, of what the
vocabulary says and of `mg:retires`, are those of the rules.

**things**: `blank-node` as to foci, `statement-without-row`, `thing-of-no-kind`. The first branch is the second rule,
each thing of each graph taken once. Where it finds nothing, every thing that a graph other than the vocabulary speaks
of is a row there or is stated in one; the second branch holds both against the kinds. So each of them has a class,
and the other branches look whether any of those, or of the things of the vocabulary, is a blank node.

**observations**: `observation-in-another-series`, `observation-key`, `observation-twice`,
`observation-without-dimension`. Call a series fit that is the slice of one data set by one statement, and whose
statements of dimensions are two at most and, added up by weight with 10 for the period, weigh what the different
dimensions of the structure of its data set do. A dimension that is not among the four weighs so much that nothing is
fit. So a fit series has one area and at most one part (sector or sex), and the structure of its data set has these
dimensions and the period, and no more. Call an observation good that has the class `qb:Observation`, a data set, an
area, a period, and stands in a fit series of that data set and that area, and whose IRI is made of its data set, its
area, its period and the part of its series.

Let n be the number of different good observations. The screen finds nothing where there are n statements of that
class, n of a data set, and n that something stands in a series. Each good observation has at least one of each, so it
has exactly one, and what is not good has none. Let q be how many stand in a series with a part. That q different
observations have a part which is that of their series means that all of those have. Statements of dimensions are 2n +
q beside those of series: every good observation has an area and a period, and q a part, so none has another statement
of a dimension, and only they and series have any. It follows that each observation has the dimensions of its
structure once each and no other (`observation-without-dimension`); that it stands in one series, of its data set,
with the same area and the same part (`observation-in-another-series`); that its IRI is what `observation-key` asks
for; and that two with the same data set, area, period and part have the same IRI, so that they are one
(`observation-twice`).

The same statement in two named graphs counts twice, so that the numbers differ and the rules are asked.

A proof is of rules as they were when it was written. A rule is known by the digest of its text: where that has changed,
it is asked, until the proof has been read again.
"""

from __future__ import annotations

from shapes.files import Rule
from shapes.local import digest

PROVEN = {
    "blank-node": "37785fb8ee9e7309",
    "dangling-reference": "39b4947ac561c313",
    "observation-in-another-series": "49a49c036f96022d",
    "observation-key": "f81658c435c41944",
    "observation-twice": "293433a89df79669",
    "observation-without-dimension": "afd6952da80037ac",
    "statement-without-row": "5ef7a63d109536ae",
    "stray-white-space": "48d380177f8f30b9",
    "thing-of-no-kind": "f3744452e11b523c",
}
"""The digest of the text of each rule that a screen names, when the proof was read."""


def is_screened(rule: Rule) -> bool:
    """True where screens decide whether a rule need be asked: the proof was read of the rule as it is."""
    return PROVEN.get(rule.name) == digest(rule)
