"""Rules are spared only where they find nothing. All ways to break a cube, and all signs: see tests/conformance."""

from __future__ import annotations

import random

import pytest

from loaders.composing import compose
from loaders.curated import read_all
from ontology.base import Base
from shapes.files import rules
from shapes.outlines import amiss
from shapes.screens import PROVEN, Amiss, is_screened
from tests.breaking import seeds
from tests.conftest import BASE
from tests.screening import CUBE, broken, finding, lines, odd_ways, quads, suspected
from tests.test_rules import Example


def test_the_proof_is_of_the_rules_as_they_are():
    assert {rule.name for rule in rules() if is_screened(rule)} == set(PROVEN) == suspected(Amiss)


def test_where_all_is_in_order_nothing_is_amiss():
    assert not finding(quads(CUBE))
    assert not amiss(lines(quads(CUBE)), Base())


def test_in_what_the_tables_say_nothing_is_amiss():
    assert not amiss(compose(read_all(), BASE).graphs, BASE)


@pytest.mark.parametrize("name", sorted(PROVEN))
def test_a_rule_is_asked_of_what_its_example_breaks(name):
    statements = quads(Example(name, "invalid").text)
    assert name in finding(statements) <= suspected(amiss(lines(statements), Base()))


@pytest.mark.parametrize(
    ("what", "statements"), list(odd_ways()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_rules_are_asked_of_a_cube_that_is_broken_in_an_odd_way(what, statements):
    found = finding(statements)
    assert found
    assert found <= suspected(amiss(lines(statements), Base()))


@pytest.mark.parametrize("seed", seeds(4))
def test_rules_that_find_something_are_asked(seed):
    found = set()
    for what, statements in random.Random(seed).sample(list(broken(quads(CUBE))), 40):
        found |= finding(statements)
        assert finding(statements) <= suspected(amiss(lines(statements), Base())), what
    assert found


def test_an_observation_is_held_against_its_name_also_where_the_one_before_says_the_same():
    later, last = 'refPeriod "2025"^^xsd:gYear', 'refPeriod "2026"^^xsd:gYear'
    swapped = CUBE.replace(later, "later").replace(last, later).replace("later", last)
    assert swapped.count(later) == swapped.count(last) == CUBE.count(last)
    assert amiss(lines(quads(swapped)), Base()) == {Amiss.OBSERVATION, Amiss.LISTED}


@pytest.mark.parametrize("value", ['" 4"', '"4 "', '""', "<county/13>"])
def test_a_value_is_looked_at_also_where_the_observation_before_says_the_same(value):
    odd = "STRAY" if value.startswith('"') else "NOT_THERE"
    changed = CUBE.replace("sdmx-measure:obsValue 4.5", f"sdmx-measure:obsValue {value}")
    assert amiss(lines(quads(changed)), Base()) == {Amiss[odd]}
