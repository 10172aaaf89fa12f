"""The fast engine is given parts, and finds what is to be found in the whole. More of it: tests/conformance."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from ontology.namespaces import QB
from shapes.classes import ClassTable
from shapes.stretches import stretches
from tests.test_engines import SHAPES, told

pytest.importorskip("shacl", reason="the package shacl is not built for this machine")
from shapes import fast, parts

MORE = """
:name a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :name ; sh:minCount 1 ; sh:maxCount 2 ; sh:uniqueLang true .
:iri a sh:NodeShape ; sh:targetClass :Thing ; sh:pattern "/[a-z0-9]+$" .
:sorted a sh:NodeShape ; sh:targetClass :Sort ; sh:property :name .
"""
ALL_SHAPES = SHAPES + MORE

PREFIXES = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/> .
"""
FARTHER = """
GRAPH :a { :apart a :Thing ; :name "A" ; :sort :one , :other . :twice a :Thing ; :name "A" , "B" . }
GRAPH :b { :twice :name "B" , "C" . :other a :Thing ; :name "A" . :late a :Thing ; :name "A"@sv ; :sort :one . }
GRAPH :c { :one a :Part ; :name "One" . :late :name "B"@sv . :Part rdfs:subClassOf :Middle . :nameless a :Part . }
GRAPH :d { :Middle rdfs:subClassOf :Sort . :pointing a :Thing ; :name "A" ; :sort :nameless , :nothing , "text" . }
"""
"""What is wrong here is seen when what several graphs say, and parts, is taken together: and only what is wrong."""


def graphs(trig: str) -> dict[str, list[str]]:
    """The named graphs of a TriG text, as sorted lines."""
    found: dict[str, set[str]] = {}
    for quad in ox.parse(PREFIXES + trig, format=ox.RdfFormat.TRIG):
        found.setdefault(str(quad.graph_name), set()).add(str(quad.triple))
    return {graph: sorted(lines) for graph, lines in found.items()}


def whole(said: dict[str, list[str]]) -> str:
    return "".join(f"{line} .\n" for line in sorted({line for lines in said.values() for line in lines}))


def alike(number: int, said: str) -> str:
    """So many things of which the same is said."""
    return "".join(f"GRAPH :g{one % 3} {{ :t{one} a :Thing ; {said} . }}\n" for one in range(number))


@pytest.fixture
def given(monkeypatch) -> list[int]:
    """How many lines the engine is given, each time; parts are as small as can be, and one thing is checked first."""
    numbers: list[int] = []

    def counted(triples, *shapes):
        numbers.append(triples.count("\n"))
        return whole_check(triples, *shapes)

    whole_check = fast.check
    monkeypatch.setattr(fast, "check", counted)
    monkeypatch.setattr(parts, "PART", 1)
    monkeypatch.setattr(parts, "FIRST", 1)
    return numbers


def test_what_is_wrong_across_the_borders_of_parts_is_found(given):
    said = graphs(FARTHER)
    expected = fast.check(whole(said), ALL_SHAPES)
    given.clear()
    assert Counter(parts.check(said, ALL_SHAPES)) == Counter(expected)
    assert len(given) > 5
    assert told(expected) == {
        ("apart", "Class", "http://example.org/other"): 1,
        ("twice", "MaxCount", None): 1,
        ("late", "UniqueLang", None): 1,
        ("nameless", "MinCount", None): 1,
        ("pointing", "Class", "http://example.org/nothing"): 1,
        ("pointing", "Class", "text"): 1,
    }


def test_of_things_that_are_alike_and_as_they_should_be_the_first_is_checked(given):
    said = graphs(alike(100, ':name "A"') + alike(100, ':line 3 ; :code "ab"').replace(":t", ":u"))
    found = parts.check(said, ALL_SHAPES)
    assert Counter(one.component for one in found) == {"MinCount": 100}
    assert len(given) == 1 + 100


@pytest.mark.parametrize(
    "wrong",
    [
        ':name "A" ; :line 10',
        ':name "A" ; :code "A8"',
        ':name "A" ; :day "2023-02-29"^^xsd:date',
        ':name "A" ; :day "2023-02-28"',
        ':name "A" , "B" , "C"',
        ':name "A"@sv , "B"@sv',
        ':name "A" ; :sort :t1',
        ':name "A" ; :line "5"',
        ':name "A" ; :code "ab\\\\n"',
        "a :Sort",
    ],
)
def test_a_thing_that_is_wrong_is_not_like_those_that_are_not(wrong, given):
    sound = ':name "A" ; :line 5 ; :code "ab" ; :day "2024-02-29"^^xsd:date ; :sort :one'
    said = graphs(f"GRAPH :a {{ :one a :Sort ; :name 'One' . :wrong a :Thing ; {wrong} }}" + alike(20, sound))
    found = parts.check(said, ALL_SHAPES)
    assert {one.focus.rpartition("/")[2] for one in found} == {"wrong"}
    assert Counter(found) == Counter(fast.check(whole(said), ALL_SHAPES))


def test_the_iri_of_a_thing_is_looked_at(given):
    said = graphs(alike(20, ':name "A"') + 'GRAPH :a { :Wrong a :Thing ; :name "A" }')
    assert [one.focus for one in parts.check(said, ALL_SHAPES)] == ["http://example.org/Wrong"]


LISTING = """
:lists a sh:PropertyShape ; sh:targetClass :Thing ; sh:path qb:observation ; sh:minCount 2 %s .
"""


@pytest.mark.parametrize(
    "more", ["", "; sh:class :Part", "; sh:in ( :o1 :o2 :o3 :o4 )", '; sh:pattern "/o[1-4]$"', "; sh:nodeKind sh:IRI"]
)
def test_what_things_list_is_looked_at(more, given):
    shapes = f"@prefix qb: <{QB}> .\n{ALL_SHAPES}{LISTING % more}"
    listing = [
        ":o1 , :o2 , :o3 , :o4",
        ":o1 , :o2 , :o5",
        ':o1 , "o2" , :o3',
        ":o1 , _:o2 , :o3",
        ":o1 , <http://o/å>",
        ":o3",
    ]
    some = "".join(
        f":t{number} a :Thing ; :name 'A' ; qb:observation {each} .\n" for number, each in enumerate(listing * 3)
    )
    parts_of = " ".join(f":o{number} a :Part ." for number in (1, 2, 3, 4, 5))
    said = graphs(f"@prefix qb: <{QB}> . GRAPH :a {{ {some} }} GRAPH :b {{ {parts_of} }}")
    found = told(parts.check(said, shapes))
    assert found == told(fast.check(whole(said), shapes))
    assert found


def test_shapes_that_look_farther_are_given_the_whole(given):
    farther = ALL_SHAPES + ":sort sh:qualifiedValueShape :named ; sh:qualifiedMinCount 1 . :named sh:property :name ."
    said = graphs(alike(20, ":sort :one") + "GRAPH :a { :one a :Sort }")
    assert Counter(parts.check(said, farther)) == Counter(fast.check(whole(said), farther))
    assert given == [41, 41]


def test_the_classes_of_things_are_those_that_any_graph_says():
    said = graphs("""
        BASE <http://example.org/>
        GRAPH :a { <k/1/2> a :A . <k/1> a :A , :B . <k/10> a :C . <k/1/20> a :A . [] a :A . }
        GRAPH :b { <k/1> a :C , :A . <k/2> rdfs:label "a" . :A rdfs:subClassOf :B . :B rdfs:subClassOf :A , :D . }
        """)
    table = ClassTable(map(stretches, said.values()))

    def of(thing: str) -> str:
        return " ".join(cls.rpartition("/")[2].strip(">") for cls in table.of(f"<http://example.org/{thing}>"))

    assert [of(thing) for thing in ("k/1", "k/1/2", "k/1/20", "k/10", "k/2", "k")] == ["A B C", "A", "A", "C", "", ""]
    assert {cls[-2] for cls in table.with_those_above(("<http://example.org/A>",))} == set("ABD")
