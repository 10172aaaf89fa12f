"""Screens spare only rules that find nothing. All ways to break a cube, all conditions: see tests/conformance."""

from __future__ import annotations

import random
from itertools import chain

import pyoxigraph as ox
import pytest

from shapes.files import rules, screens
from shapes.screens import PROVEN, is_screened
from tests.breaking import seeds
from tests.conftest import BASE
from tests.screening import CUBE, broken, finding, named, quads, stored, suspected
from tests.test_rules import Base, Example


def test_the_proof_is_of_the_rules_that_screens_name_as_they_are():
    assert {rule.name for rule in rules() if is_screened(rule)} == named() == set(PROVEN)


def test_where_all_is_in_order_nothing_is_suspected(release):
    assert not suspected(stored(quads(CUBE)))
    assert not finding(stored(quads(CUBE)))
    assert not suspected(ox.Store.read_only(str(release.store)), BASE)


@pytest.mark.parametrize("name", sorted(PROVEN))
def test_what_an_example_breaks_is_suspected(name):
    store = Example(name, "invalid").store(Base())
    assert name in suspected(store)
    assert finding(store) <= suspected(store)


@pytest.mark.parametrize("seed", seeds(4))
def test_what_rules_find_is_suspected(seed):
    chance = random.Random(seed)
    found = set()
    for _, statements in chance.sample(list(broken(quads(CUBE))), 20):
        store = stored(statements)
        assert finding(store) <= suspected(store)
        found |= finding(store)
    assert found


def test_each_screen_names_rules_that_there_are():
    there = {rule.name for rule in rules()}
    assert set(chain.from_iterable(screen.header.rules for screen in screens())) <= there
