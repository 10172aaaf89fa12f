"""Screens suspect whatever their rules find, however a cube is broken, and need each of their conditions for it."""

from __future__ import annotations

import random
from itertools import chain

import pyoxigraph as ox
import pytest

from shapes.files import Screen, screens
from tests import mutations
from tests.breaking import seeds
from tests.screening import CUBE, broken, finding, quads, stored, suspected

PARTS = 8
NEEDLESS = {("observations", "?series a qb:Slice ."): "leaves fewer statements to add up"}
"""What may be taken away from a screen without a change in what it suspects, and why it stands there all the same."""


@pytest.mark.parametrize("part", range(PARTS))
def test_what_rules_find_in_a_cube_with_one_thing_broken_is_suspected(part):
    found = 0
    for what, statements in list(broken(quads(CUBE)))[part::PARTS]:
        store = stored(statements)
        rules = finding(store)
        assert rules <= suspected(store), what
        found += bool(rules)
    assert found > 500


@pytest.mark.parametrize("seed", seeds(4))
def test_what_rules_find_in_a_cube_with_several_things_broken_is_suspected(seed):
    chance = random.Random(seed)
    whole = quads(CUBE)
    pieces = [(what, set(statements)) for what, statements in chance.sample(list(broken(whole)), 200)]
    for _ in range(150):
        several = chance.sample(pieces, chance.randint(2, 4))
        gone = set(chain.from_iterable(set(whole) - statements for _, statements in several))
        come = set(chain.from_iterable(statements - set(whole) for _, statements in several))
        store = stored(set(whole) - gone | come)
        assert finding(store) <= suspected(store), [what for what, _ in several]


def finds(text: str, store: ox.Store) -> bool:
    return any(True for _ in store.query(text, use_default_graph_as_union=True))


@pytest.mark.parametrize("screen", screens(), ids=lambda screen: screen.name)
def test_each_condition_of_a_screen_is_needed(screen: Screen):
    """Without it, all is suspected, or something that a rule finds is not."""
    prefixes, part = mutations.read(screen.text)
    whole = stored(quads(CUBE))
    assert not finds(f"{prefixes}\n{part.text()}", whole), "the screen is not read as it is written"
    unnoticed = {taken: text for taken, text in mutations.mutants(screen.text) if not finds(text, whole)}
    needless = {taken for of, taken in NEEDLESS if of == screen.name}
    assert needless < set(unnoticed)
    ways = list(broken(quads(CUBE)))
    random.Random(screen.name).shuffle(ways)
    for _, statements in ways:
        store = stored(statements)
        if finding(store) & set(screen.header.rules) - suspected(store, beside=screen):
            unnoticed = {taken: text for taken, text in unnoticed.items() if finds(text, store)}
        if set(unnoticed) <= needless:
            return
    raise AssertionError(f"nothing tells that these were taken away: {sorted(unnoticed)}")
