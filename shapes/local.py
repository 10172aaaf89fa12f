"""The rules whose findings on things that stand apart cannot have changed: which they are, and the proof.

Let D be the statements of a release and D' those of the one before. Let K be named graphs that are the same in both,
P the things that they speak of, S the statements of the other graphs, and N all of S with what K says of the subjects
and the objects of S and of named graphs. K stands apart (`loaders/apart.py` looks that it does) where

(a) no statement that came or went is about a thing of P, has one as its object, or is about the value of anything
    that is said of a thing of P, about what points to a thing of P, or about a named graph that speaks of one;
(b) `qb:dataSet`, `qb:slice` and `qb:observation` lead in K to what the same graph speaks of, and in S neither come
    from P nor lead to it;
(c) the vocabulary is in S and has not changed, and neither K nor what came and went tells of the structure of a cube
    or of a class under another.

Suppose that the earlier report has no finding of a rule, and let f be the focus of a finding on D.

*Rules that judge one statement at a time* (`blank-node`, `stray-white-space`, `undeclared-property`): the statement
is in K, then it was in D' as well, or it is in S, and then the same is found on N.

*Rules that judge a thing by what is said of it, of its values, of the graphs that say it, and by the vocabulary*
(`dangling-reference`, `statement-without-row`, `thing-of-no-kind`, `thing-of-several-kinds`,
`values-of-another-source`, `values-without-licence`, `observation-without-dimension`): if f is in P, all of that was
the same in D' by (a) and (c), so the finding would be in the earlier report. If f is not in P, all that is said of f
is in S, and what is said of its values is in N, so the same is found on N, and nothing else about f.

*Rules on cubes, which go to observations and series by the properties of (b) as well*
(`observation-in-another-series`, `observation-key`, `observation-twice`, `series-and-its-key`, `series-key`,
`several-units`): by (b), what such a chain of steps leads to is in P if f is, and then the same as in D' by (a); and it
is not in P if f is not, and then all that is said of it is in S.

So the findings on D are those on N whose focus is not in P. Where the earlier report has a finding of the rule,
nothing is claimed. The same holds of the shapes, and there also with findings: a shape judges a thing by what is said
of it and by the classes of its values, so what was found of things of P is found again.

A rule is known by its name and its text: where the text has changed, the proof has to be read again.
"""

from __future__ import annotations

from hashlib import sha256

from shapes.files import Rule

PROVEN = {
    "blank-node": "37785fb8ee9e7309",
    "dangling-reference": "39b4947ac561c313",
    "observation-in-another-series": "49a49c036f96022d",
    "observation-key": "f81658c435c41944",
    "observation-twice": "293433a89df79669",
    "observation-without-dimension": "afd6952da80037ac",
    "series-and-its-key": "19d0ae92d96e7d46",
    "series-key": "2f0a55c8a59c455f",
    "several-units": "82502f3d3bad2f2b",
    "statement-without-row": "5ef7a63d109536ae",
    "stray-white-space": "48d380177f8f30b9",
    "thing-of-no-kind": "f3744452e11b523c",
    "thing-of-several-kinds": "a3f67fc10e334f4a",
    "undeclared-property": "defa8e7928e48266",
    "values-of-another-source": "84c9561da94f812f",
    "values-without-licence": "7335ebdacaeeeb80",
}
"""The digest of the text of each of these rules when its proof was read."""


def is_local(rule: Rule) -> bool:
    """True where the proof holds for a rule as it is."""
    return PROVEN.get(rule.name) == digest(rule)


def digest(rule: Rule) -> str:
    """What the text of a rule is known by."""
    return sha256(rule.text.encode("utf-8")).hexdigest()[:16]
