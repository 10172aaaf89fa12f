"""Checks data with the engine of the package `shacl`, and leaves to pySHACL what the two could see differently.

On the values that data should have, the two find the same; a test compares them. They part where a value is written
in an unusual way: pySHACL knows no year 12020 and takes a day with a time of day for a day, compares what has no order,
and lets a pattern end before a final line break. The few things with such values are pySHACL's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import shacl
from rdflib import RDF, RDFS, SH, XSD, URIRef

from ontology.text import Text
from shapes import reference
from shapes.memory import give_back
from shapes.report import Finding, Severity

NAME = f"shacl {version('shacl')}"

RANGES = frozenset({SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive})
PROVEN = RANGES | {
    *(SH.targetClass, SH.property, SH.path, SH.closed, SH.ignoredProperties, SH.minCount, SH.maxCount, SH.datatype),
    *(SH.nodeKind, SH["class"], SH.pattern, SH.languageIn, SH.uniqueLang, SH["in"], SH["or"]),
    *(SH.qualifiedValueShape, SH.qualifiedMinCount, SH.name, SH.order, SH.severity, SH.message),
}
"""The terms of SHACL with which the engines are compared; shapes that use others are left to pySHACL as a whole."""

_YEAR = "[12][0-9]{3}"
_ORDINARY = {
    str(datatype): re.compile(form.encode())
    for datatype, form in {
        XSD.boolean: "true|false",
        XSD.integer: "0|-?[1-9][0-9]*",
        XSD.decimal: r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?",
        XSD.double: r"-?(?:0|[1-9][0-9]*)\.[0-9]+",
        XSD.gYear: _YEAR,
        XSD.gYearMonth: f"{_YEAR}-[0-9]{{2}}",
        XSD.date: f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}",
        XSD.dateTime: f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?",
        XSD.anyURI: ".*",
    }.items()
}
"""How values of a type are usually written. A day that the calendar lacks is among them: both engines refuse it."""

_INTEGER = f"^^<{XSD.integer}>".encode()
_TYPE, _SUBCLASS_OF = f"<{RDF.type}>".encode(), f"<{RDFS.subClassOf}>".encode()
_VALUE = re.compile(rb'"(.*)"\^\^<(.*)>')
_PREDICATE_PATH = re.compile(r"<([^<>]*)>")


def check(triples: Path, shapes: str) -> list[Finding]:
    """What pySHACL finds in a file of N-Triples, found faster.

    The file is as the engine of the store writes it: one statement a line, with one space between its terms. Raises
    ValueError where the shapes themselves are wrong.
    """
    authored = list(ox.parse(shapes, format=ox.RdfFormat.TURTLE))
    if not _is_proven(authored):
        return reference.check(triples, shapes)
    messages = _messages(authored)
    results = shacl.Shapes.from_turtle(shapes).validate_file(str(triples)).results
    found = [_finding(result, messages) for result in results if not result.focus_node.startswith("_:")]
    del results
    give_back()  # the rules come now, in other threads
    with triples.open("rb") as lines:
        left = set(_left_to_the_reference(lines, _paths_with_a_range(authored)))
    if not left:
        return found
    names = {_plain(thing.decode()) for thing in left}
    second = reference.check_quads(_surroundings(triples, left), shapes)
    return [*(one for one in found if one.focus not in names), *(one for one in second if one.focus in names)]


def _is_proven(shapes: list[ox.Quad]) -> bool:
    """True where the shapes say nothing that the comparison of the engines does not cover."""
    said = {quad.predicate.value for quad in shapes if quad.predicate.value.startswith(str(SH))}
    paths = (quad.object for quad in shapes if quad.predicate.value == str(SH.path))
    return said <= {str(term) for term in PROVEN} and all(isinstance(path, ox.NamedNode) for path in paths)


def _paths_with_a_range(shapes: list[ox.Quad]) -> frozenset[bytes]:
    """The properties whose values are compared with a number, as N-Triples writes them."""
    compared = {quad.subject for quad in shapes if URIRef(quad.predicate.value) in RANGES}
    paths = (quad for quad in shapes if quad.predicate.value == str(SH.path))
    return frozenset(str(quad.object).encode() for quad in paths if quad.subject in compared)


def _left_to_the_reference(lines: Iterable[bytes], with_a_range: frozenset[bytes]) -> Iterator[bytes]:
    """The things in N-Triples that the engines could judge differently, as written there, once for each reason.

    They are those with an unusual value, and all that has to do with blank nodes: each engine names these anew.
    """
    for line in lines:
        subject, predicate, value = _terms(line)
        is_ordinary = value[:1] == b"<" or _is_ordinary(value)
        if not is_ordinary or subject[:1] == b"_" or (predicate in with_a_range and not value.endswith(_INTEGER)):
            yield subject


@lru_cache(100_000)  # years and numbers come many times
def _is_ordinary(value: bytes) -> bool:
    """True for IRIs, texts that do not end in a line break, and values as they are usually written."""
    if not value.startswith(b'"'):
        return value.startswith(b"<")
    if rb"\u" in value or rb'\n"' in value:
        return False
    typed = _VALUE.fullmatch(value)
    if typed is None:
        return True
    written, datatype = typed[1], typed[2].decode()
    form = _ORDINARY.get(datatype)
    return form.fullmatch(written) is not None if form else not datatype.startswith(str(XSD))


def _surroundings(triples: Path, things: Set[bytes]) -> Iterable[ox.Quad]:
    """What a file says of some things, of what sort their values are, and which sorts are part of others."""
    with triples.open("rb") as lines:
        read = ((line, *_terms(line)) for line in lines)
        about = {line: value for line, thing, said, value in read if thing in things or said == _SUBCLASS_OF}
    values = set(about.values()) - things
    with triples.open("rb") as lines:
        read = ((line, *_terms(line)) for line in lines)
        sorts = [line for line, thing, said, _ in read if said == _TYPE and thing in values]
    return ox.parse(b"".join([*about, *sorts]), format=ox.RdfFormat.N_TRIPLES)


def _terms(line: bytes) -> tuple[bytes, bytes, bytes]:
    """The subject, the predicate and the object of a line of N-Triples, as written."""
    subject, predicate, value = line[: -len(b" .\n")].split(b" ", 2)
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
        cause=_plain(shape),
        component=result.component_iri.removeprefix(str(SH)).removesuffix("ConstraintComponent"),
        message=messages.get(shape) or Text(*[result.message or result.component] * 2),
        focus=_plain(result.focus_node),
        path=path[1] if path else None,
        value=None if result.value_plain is None else result.value_plain.removeprefix("_:"),
    )


def _plain(node: str) -> str:
    """An IRI without its brackets, or the label of a blank node."""
    return node.removeprefix("_:").removeprefix("<").removesuffix(">")
