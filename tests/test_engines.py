"""The engines of the gate: which one is used, and what the fast one leaves to pySHACL. See tests/conformance too."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pyoxigraph as ox
import pytest
from rdflib import SH, XSD, Graph
from rdflib.collection import Collection

from ontology.base import Base
from shapes import engines, reference
from shapes.engines import Choice, engine
from shapes.files import shapes
from shapes.report import Finding

shacl = pytest.importorskip("shacl", reason="the package shacl is not built for this machine")
from shapes import fast, parts  # noqa: E402 - they are not there either

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/> .

:day a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :day ; sh:datatype xsd:date .
:line a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :line ; sh:minInclusive 2 ; sh:maxInclusive 9 .
:code a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :code ; sh:pattern "^[a-z]+$" .
:sort a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :sort ; sh:class :Sort .
:day sh:message "Dag."@sv , "Day."@en .
:line sh:message "Rad."@sv , "Line."@en .
:code sh:message "Kod."@sv , "Code."@en .
:sort sh:message "Sort."@sv , "Sort."@en .
"""
THINGS = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/> .

:good a :Thing ; :day "2024-02-29"^^xsd:date ; :line 2 ; :code "ab" ; :sort :one .
:bad a :Thing ; :day "2023-02-29"^^xsd:date ; :line 1 ; :code "8" ; :sort :good .
:part rdfs:subClassOf :Sort .
:one a :part .
"""


def things(more: str = "") -> str:
    """The good thing, the bad one, and more, as N-Triples."""
    quads = ox.parse(THINGS + more, format=ox.RdfFormat.TURTLE)
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES).decode()


def alone(triples: str) -> list[Finding]:
    """What the fast engine finds when nothing is left to pySHACL."""
    messages = fast._messages(list(ox.parse(SHAPES, format=ox.RdfFormat.TURTLE)))
    results = shacl.Shapes.from_turtle(SHAPES).validate_text(triples, format="ntriples").results
    return [fast._finding(result, messages) for result in results]


def told(findings: list[Finding]) -> Counter[tuple[str, str, str | None]]:
    return Counter((one.focus.rpartition("/")[2], one.component, one.value) for one in findings)


def test_both_engines_find_what_is_wrong():
    expected = [
        ("bad", "Datatype", "2023-02-29"),
        ("bad", "MinInclusive", "1"),
        ("bad", "Pattern", "8"),
        ("bad", "Class", "http://example.org/good"),
        ("other", "Class", "http://example.org/good"),
    ]
    triples = things(":other a :Thing ; :sort :one , :good .")
    assert told(fast.check(triples, SHAPES)) == told(reference.check(triples, SHAPES)) == Counter(expected)


def test_a_finding_carries_the_message_of_its_shape_and_the_path():
    (found,) = (one for one in fast.check(things(), SHAPES) if one.value == "2023-02-29")
    assert (found.message.sv, found.message.en, found.path) == ("Dag.", "Day.", "http://example.org/day")


@pytest.mark.parametrize(
    "unusual",
    [
        ':day "12020-01-01"^^xsd:date',
        ':day "2024-01-01T00:00:00"^^xsd:date',
        ':line "2024"^^xsd:gYear',
        ':line "8"^^xsd:double , "x"^^xsd:boolean',
        ':code "ab\\n"',
        ":sort [ a :Sort ] , [ a :Thing ; :line 1 ]",
    ],
)
def test_a_thing_with_an_unusual_value_is_judged_by_pyshacl(unusual):
    triples = things(f":unusual a :Thing ; {unusual} .")
    expected = reference.check(triples, SHAPES)
    assert Counter(fast.check(triples, SHAPES)) == Counter(expected)
    assert Counter(alone(triples)) != Counter(expected), "the engines agree: this need not be left to pySHACL"


def test_values_are_judged_as_they_are_written():
    """A store would make another number or type of them."""
    shapes = SHAPES.replace("sh:minInclusive 2 ; sh:maxInclusive 9", "sh:datatype xsd:integer")
    triples = things(':written a :Thing ; :line "7"^^xsd:nonNegativeInteger , "007"^^xsd:integer .')
    for engine_check in (fast.check, reference.check):
        (found,) = (one for one in engine_check(triples, shapes) if one.focus.endswith("written"))
        assert (found.component, found.value) == ("Datatype", "7")


def test_shapes_that_say_more_thanis_proven_are_left_to_pyshacl():
    more = SHAPES + ':few a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :code ; sh:hasValue "ab" .'
    assert told(fast.check(things(), more)) == told(reference.check(things(), more))
    assert not fast.is_proven(list(ox.parse(more, format=ox.RdfFormat.TURTLE)))
    path = SHAPES.replace("sh:path :day", "sh:path ( :day :day )")
    assert not fast.is_proven(list(ox.parse(path, format=ox.RdfFormat.TURTLE)))


def test_our_shapes_say_nothing_that_is_not_proven():
    assert fast.is_proven(list(ox.parse(shapes(Base()), format=ox.RdfFormat.TURTLE)))


def test_what_our_shapes_ask_of_a_value_stands_at_the_value():
    """What is left to pySHACL comes with the classes of its values, and no more of them."""
    graph = Graph(bind_namespaces="none").parse(data=shapes(Base()), format="turtle")
    asked = set(graph.objects(None, SH.qualifiedValueShape))
    for shape, choices in graph.subject_objects(SH["or"]):
        if (shape, SH.path, None) in graph:
            asked |= set(Collection(graph, choices))
    assert asked
    assert not [shape for shape in asked if {SH.path, SH.property} & set(graph.predicates(shape))]


def test_the_numbers_that_our_shapes_compare_are_integers():
    graph = Graph(bind_namespaces="none").parse(data=shapes(Base()), format="turtle")
    compared = [shape for parameter in fast.RANGES for shape in graph.subjects(parameter)]
    assert compared
    assert {graph.value(shape, SH.datatype) for shape in compared} == {XSD.integer}


# ---- which engine


def test_the_fast_engine_is_used_unless_the_reference_is_asked_for():
    assert str(engine()) == str(engine(Choice.FAST)) == fast.NAME
    assert str(engine(Choice.REFERENCE)) == reference.NAME


def test_where_the_fast_engine_is_not_installed_the_reference_is_used_and_that_is_said():
    code = "import sys; sys.modules['shacl'] = None; from shapes.engines import engine; print(engine(), engine().name)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == f"{reference.NAME} (the package shacl, which is faster, is not installed here) {reference.NAME}\n"
    assert engines.engine().check is parts.check
