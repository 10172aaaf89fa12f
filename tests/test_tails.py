"""Lines are taken apart thing by thing, whatever lies at the borders of what is read at a time."""

from __future__ import annotations

from itertools import groupby
from random import Random

import pytest

from shapes import things
from shapes.things import by_property, by_thing, tails, with_property

THINGS = ["<a>", "<a/b>", "<a/b>c", "<ab>", "_:a", "_:a1", "_:b", "<å>", "<a/1>", "<a/10>", "<a/2>"]
PROPERTIES = ["<p>", "<p/1>", "<q>"]


def drawn(seed: int) -> list[str]:
    """Sorted lines about some things, of which one has many."""
    draw = Random(seed)
    many = [f"{draw.choice(THINGS)} <p> {number}" for number in range(draw.choice([0, 30]))]
    said = (f'{draw.choice(THINGS)} {draw.choice(PROPERTIES)} "{draw.randrange(9)} a b"' for _ in range(40))
    few = list(said)[: draw.randrange(40)]
    return sorted({*many, *few, *([f"<many> <p> {number}" for number in range(50)] if seed % 2 else [])})


def one_by_one(lines: list[str]) -> list[tuple[str, list[str]]]:
    parted = (line.split(" ", 1) for line in lines)
    return [(thing, [tail for _, tail in of_it]) for thing, of_it in groupby(parted, key=lambda two: two[0])]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 5000])
def test_each_thing_has_all_its_tails(seed, at_once, monkeypatch):
    monkeypatch.setattr(things, "_LINES_AT_ONCE", at_once)
    lines = drawn(seed)
    assert list(tails(iter(lines))) == one_by_one(lines)


@pytest.mark.parametrize("seed", range(20))
def test_what_several_graphs_say_of_a_thing_comes_together_in_their_order(seed):
    graphs = [drawn(10 * seed + number) for number in range(4)]
    told = list(by_thing(map(tails, graphs)))
    by_graph = [dict(one_by_one(lines)) for lines in graphs]
    every = sorted({thing for of_graph in by_graph for thing in of_graph})
    assert told == [(thing, [of_graph[thing] for of_graph in by_graph if thing in of_graph]) for thing in every]
    assert any(len(said) > 1 for _, said in told)


def test_of_tails_those_with_a_property_are_found_and_their_values():
    said = ["<p/1> <x>", "<p> <y>", "<p> <z>", '<q> "a b"']
    assert list(with_property(said, "<p> ")) == ["<p> <y>", "<p> <z>"]
    assert not with_property(said, "<r> ")
    assert by_property(said) == {"<p/1>": ["<x>"], "<p>": ["<y>", "<z>"], "<q>": ['"a b"']}
