"""Checks RDF files of anyone against the shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import SH

from loaders.parsing import UnreadableFile, find_files
from ontology.base import BadBase, Base
from ontology.files import vocabulary_on
from ontology.namespaces import OWN_TERMS, RDF, RDFS
from shapes.engines import Engine
from shapes.files import rules, shapes
from shapes.gate import check_rules
from shapes.late import UnreadTerm
from shapes.report import Report, in_order
from shapes.things import text_of

_TYPE = ox.NamedNode(str(RDF.type))
_ABOVE = ox.NamedNode(str(RDFS.subClassOf))
_TARGET = ox.NamedNode(str(SH.targetClass))

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Validated:
    """What came of it: the report, how many things a shape speaks of, and the classes that none speaks of."""

    report: Report
    checked: int
    unknown: dict[str, int]
    """How many things of each of these classes there are, which nothing was asked of."""


def validate(paths: Iterable[Path], engine: Engine) -> Validated:
    """What came of all shapes, and of the rules that need no release, over files or folders taken as one graph.

    The base of the identifiers is found from the terms used. Raises UnreadableFile with the file and the fault.
    """
    said = [quad.triple for path in paths for file in find_files(path) for quad in file.quads()]
    base = _base_of(said)
    theirs = {(triple.subject, triple.object) for triple in said if triple.predicate == _TYPE}
    said += vocabulary_on(base)
    alone = [rule for rule in rules() if rule.header.alone]
    lines = sorted({str(triple) for triple in said})
    graphs = {"": lines}
    try:
        found = engine.check(graphs, shapes(base))
    except UnreadTerm as error:
        raise UnreadableFile(
            f"{error}, and pySHACL, which has to look at it, reads no RDF 1.2; leave it out"
        ) from error
    store = ox.Store()
    store.load(text_of(graphs), format=ox.RdfFormat.N_TRIPLES)
    known = _spoken_of(shapes(base), said)
    checked = {thing for thing, cls in theirs if cls in known}
    classes = Counter(str(getattr(cls, "value", cls)) for thing, cls in theirs if thing not in checked)
    return Validated(
        Report(in_order([*found, *check_rules(store, alone, base)])), len(checked), dict(sorted(classes.items()))
    )


def _spoken_of(shapes_text: str, said: Iterable[ox.Triple]) -> set[Term]:
    """The classes whose things a shape looks at: its own and those below them."""
    below: dict[Term, list[Term]] = {}
    for triple in said:
        if triple.predicate == _ABOVE:
            below.setdefault(triple.object, []).append(triple.subject)
    found: set[Term] = set()
    left = [quad.object for quad in ox.parse(shapes_text, format=ox.RdfFormat.TURTLE) if quad.predicate == _TARGET]
    while left:
        cls = left.pop()
        if cls not in found:
            found.add(cls)
            left += below.get(cls, ())
    return found


def _base_of(triples: Iterable[ox.Triple]) -> Base:
    """The base on which the files use our terms: the canonical one where they use none."""
    marker = "spec/"
    own = set(OWN_TERMS)
    for term in (term for triple in triples for term in (triple.predicate, triple.object)):
        if isinstance(term, ox.NamedNode):
            head, found, local = term.value.rpartition(marker)
            if found and local in own:
                with suppress(BadBase):
                    return Base(head)
    return Base()
