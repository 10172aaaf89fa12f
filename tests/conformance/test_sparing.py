"""Rules that find something are asked, however a cube is broken, and each sign that something is amiss is needed."""

from __future__ import annotations

import random
from itertools import chain

import pytest

from ontology.base import Base
from shapes.outlines import amiss
from shapes.screens import Amiss
from tests.breaking import seeds
from tests.screening import CUBE, at_random, broken, finding, lines, quads, suspected

PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_rules_that_find_something_in_a_cube_with_one_thing_broken_are_asked(part):
    found = 0
    for what, statements in list(broken(quads(CUBE)))[part::PARTS]:
        rules = finding(statements)
        assert rules <= suspected(amiss(lines(statements), Base())), what
        found += bool(rules)
    assert found > 500


@pytest.mark.parametrize("seed", seeds(8))
def test_rules_that_find_something_in_a_cube_with_several_things_broken_are_asked(seed):
    chance = random.Random(seed)
    whole = set(quads(CUBE))
    pieces = [(what, set(statements)) for what, statements in chance.sample(list(broken(quads(CUBE))), 400)]
    for _ in range(400):
        several = chance.sample(pieces, chance.randint(2, 4))
        gone = set(chain.from_iterable(whole - statements for _, statements in several))
        come = set(chain.from_iterable(statements - whole for _, statements in several))
        statements = whole - gone | come
        assert finding(statements) <= suspected(amiss(lines(statements), Base())), [what for what, _ in several]


@pytest.mark.parametrize("seed", seeds(8))
def test_rules_that_find_something_among_statements_at_random_are_asked(seed):
    chance, whole = random.Random(seed), quads(CUBE)
    for _ in range(400):
        statements = at_random(chance, whole)
        assert finding(statements) <= suspected(amiss(lines(statements), Base())), set(statements) ^ set(whole)


def test_each_sign_that_something_is_amiss_is_needed():
    """Without it, something that a rule finds would be missed in a cube that is broken somehow."""
    needless = set(Amiss)
    whole = quads(CUBE)
    listing = next(one for one in whole if one.predicate.value.endswith("#observation"))
    ways = [*broken(whole), *broken([one for one in whole if one != listing])]
    random.Random("amiss").shuffle(ways)
    for _, statements in ways:
        found = amiss(lines(statements), Base())
        for one in found & needless:
            if finding(statements) - suspected(found - {one}):
                needless.discard(one)
        if not needless:
            return
    raise AssertionError(f"nothing needs these: {needless}")
