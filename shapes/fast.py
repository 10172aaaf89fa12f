"""Checks data with the engine of the package `shacl`, and leaves to pySHACL what the two could see differently.

On the values that data should have, the two find the same; a test compares them. They part where a value is written
in an unusual way: pySHACL knows no year 12020 and takes a day with a time of day for a day, compares what has no order,
and lets a pattern end before a final line break. The few things with such values are pySHACL's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import chain

import pyoxigraph as ox
import shacl
from rdflib import SH, XSD, Graph, URIRef
from rdflib.term import Node

from ontology.text import Text
from shapes.classes import SUBCLASS_OF, TYPE
from shapes.late import reference
from shapes.ordinary import is_ordinary
from shapes.report import Finding, Severity

NAME = f"shacl {version('shacl')}"

RANGES = frozenset({SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive})
PROVEN = RANGES | {
    *(SH.targetClass, SH.property, SH.path, SH.closed, SH.ignoredProperties, SH.minCount, SH.maxCount, SH.datatype),
    *(SH.nodeKind, SH["class"], SH.pattern, SH.languageIn, SH.uniqueLang, SH["in"], SH["or"]),
    *(SH.qualifiedValueShape, SH.qualifiedMinCount, SH.name, SH.order, SH.severity, SH.message),
}
"""The terms of SHACL with which the engines are compared; shapes that use others are left to pySHACL as a whole."""

_TARGETS = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
_WHOLE = frozenset(map(str, (*PROVEN, *_TARGETS)))
"""The terms with which the engines are compared where they check a graph as a whole, and not in parts."""

_INTEGER = f"^^<{XSD.integer}>"
_PREDICATE_PATH = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read of shapes: whether they are proven, their messages, and the properties that they compare."""

    are_proven: bool
    messages: dict[str, Text]
    with_a_range: frozenset[str]


@lru_cache(1)  # the parts of a release are checked with the same ones
def _read(shapes: str) -> _Read:
    authored = list(ox.parse(shapes, format=ox.RdfFormat.TURTLE))
    return _Read(is_proven(authored), _messages(authored), _paths_with_a_range(authored))


def check(triples: str, shapes: str, targeted: str | None = None) -> list[Finding]:
    """What pySHACL finds in N-Triples, found faster.

    The text is as the engine of the store writes it: one statement a line, with one space between its terms. `targeted`
    are the same shapes with things as targets in place of classes, where some things alone are judged; these are all
    of which the text has more than their classes. Raises ValueError where the shapes themselves are wrong.
    """
    read = _read(shapes)
    if not read.are_proven:
        return list(reference().check(triples, shapes))
    found = _found(triples, targeted or shapes, read)
    lines = triples.removesuffix("\n").split("\n")
    left = set(_left_to_the_reference(lines, read.with_a_range))
    if not left:
        return found
    names = {plain(thing) for thing in left}
    second = reference().check(_surroundings(lines, left), shapes)
    return [*(one for one in found if one.focus not in names), *(one for one in second if one.focus in names)]


def check_graph(data: Graph, shapes: Graph) -> list[Finding]:
    """What pySHACL finds in a graph of rdflib, found faster.

    The few shapes that say something unproven are left to pySHACL, and so is, as a whole, a graph with a value that the
    engines could see differently, or one that is no thing and judged as if it were.
    """
    proven, others = _apart(shapes)
    triples, authored = data.serialize(format="nt"), proven.serialize(format="turtle")
    read, lines = _read(authored), triples.removesuffix("\n").split("\n")
    things = {f"<{path}>" for path in proven.objects(None, SH.targetObjectsOf)}
    is_odd = any(said in things and value[0] == '"' for _, said, value in map(_terms, lines))
    if is_odd or any(_left_to_the_reference(lines, read.with_a_range)):
        return list(reference().check_graph(data, shapes))
    found = _found(triples, authored, read)
    return [*found, *reference().check_graph(data, others)] if len(others) else found


def _found(triples: str, shapes: str, read: _Read) -> list[Finding]:
    """What the fast engine finds of all things that have IRIs."""
    results = shacl.Shapes.from_turtle(shapes).validate_text(triples, format="ntriples").results
    return [_finding(result, read.messages) for result in results if not result.focus_node.startswith("_:")]


def _apart(shapes: Graph) -> tuple[Graph, Graph]:
    """The shapes that say nothing unproven, with all that they consist of, and the others."""
    proven, others = Graph(bind_namespaces="none"), Graph(bind_namespaces="none")
    for shape in {shape for target in _TARGETS for shape in shapes.subjects(target)}:
        parts = shapes.transitive_objects(shape, None)
        triples = list(chain.from_iterable(shapes.triples((part, None, None)) for part in parts))
        into = proven if _are_proven(triples) else others
        for triple in triples:
            into.add(triple)
    return proven, others


def _are_proven(shapes: Iterable[tuple[Node, Node, Node]]) -> bool:
    said = {str(predicate) for _, predicate, _ in shapes if str(predicate).startswith(str(SH))}
    paths = (value for _, predicate, value in shapes if predicate == SH.path)
    return said <= _WHOLE and all(isinstance(path, URIRef) for path in paths)


def is_proven(shapes: list[ox.Quad]) -> bool:
    """True where the shapes say nothing that the comparison of the engines does not cover."""
    said = {quad.predicate.value for quad in shapes if quad.predicate.value.startswith(str(SH))}
    paths = (quad.object for quad in shapes if quad.predicate.value == str(SH.path))
    return said <= {str(term) for term in PROVEN} and all(isinstance(path, ox.NamedNode) for path in paths)


def _paths_with_a_range(shapes: list[ox.Quad]) -> frozenset[str]:
    """The properties whose values are compared with a number, as N-Triples writes them."""
    compared = {quad.subject for quad in shapes if URIRef(quad.predicate.value) in RANGES}
    paths = (quad for quad in shapes if quad.predicate.value == str(SH.path))
    return frozenset(str(quad.object) for quad in paths if quad.subject in compared)


def _left_to_the_reference(lines: Iterable[str], with_a_range: frozenset[str]) -> Iterator[str]:
    """The things in N-Triples that the engines could judge differently, as written there, once for each reason.

    They are those with an unusual value, and all that has to do with blank nodes: each engine names these anew.
    """
    for line in lines:
        subject, predicate, value = _terms(line)
        is_usual = value[:1] == "<" or is_ordinary(value)
        if not is_usual or subject[:1] == "_" or (predicate in with_a_range and not value.endswith(_INTEGER)):
            yield subject


def _surroundings(lines: Sequence[str], things: Set[str]) -> str:
    """What lines say of some things, of what sort their values are, and which sorts are part of others."""
    read = ((line, *_terms(line)) for line in lines)
    about = {line: value for line, thing, said, value in read if thing in things or said == SUBCLASS_OF}
    values = set(about.values()) - things
    read = ((line, *_terms(line)) for line in lines)
    sorts = (line for line, thing, said, _ in read if said == TYPE and thing in values)
    return "\n".join([*about, *sorts, ""])


def _terms(line: str) -> tuple[str, str, str]:
    """The subject, the predicate and the object of a line of N-Triples, as written."""
    subject, predicate, value = line.removesuffix(" .").split(" ", 2)
    return subject, predicate, value


def _messages(shapes: list[ox.Quad]) -> dict[str, Text]:
    """The message of each shape that has one in both languages."""
    said: dict[str, dict[str | None, str]] = {}
    for quad in shapes:
        if quad.predicate.value == str(SH.message) and isinstance(quad.object, ox.Literal):
            said.setdefault(str(quad.subject), {})[quad.object.language] = quad.object.value
    return {shape: Text(text["sv"], text["en"]) for shape, text in said.items() if {"sv", "en"} <= text.keys()}


def _finding(result: shacl.Result, messages: dict[str, Text]) -> Finding:
    shape, path = result.source_shape or "", _PREDICATE_PATH.fullmatch(result.path or "")
    return Finding(
        severity=Severity(result.severity),
        cause=plain(shape),
        component=result.component_iri.removeprefix(str(SH)).removesuffix("ConstraintComponent"),
        message=messages.get(shape) or Text(*[result.message or result.component] * 2),
        focus=plain(result.focus_node),
        path=path[1] if path else None,
        value=None if result.value_plain is None else result.value_plain.removeprefix("_:"),
        term=None if result.value is None or result.value.startswith("_:") else result.value,
    )


def plain(node: str) -> str:
    """An IRI without its brackets, or the label of a blank node."""
    return node.removeprefix("_:").removeprefix("<").removesuffix(">")
