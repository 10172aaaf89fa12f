"""Rules are spared only where they find nothing. All ways to break a cube, and all signs: see tests/conformance."""

from __future__ import annotations

import random

import pytest

from loaders.content import compose
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
