"""Diagrams: every thing has a box, every way a line, boxes apart, lines from box to box."""

from __future__ import annotations

import re
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from endpoint.diagram import TALL, WIDE, draw

NAMES = [f"n{number}" for number in range(9)]
WAYS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=24)


def ends(path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a path begins and where it ends."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    assert path.startswith("M")
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


@given(WAYS)
@settings(max_examples=100, deadline=None, database=None)
def test_boxes_do_not_touch_and_lie_within_the_picture(ways):
    diagram = draw(NAMES, ways)
    assert [box.name for box in diagram.boxes] == NAMES
    for box in diagram.boxes:
        assert 0 <= box.x <= diagram.width - WIDE
        assert TALL / 2 <= box.y <= diagram.height - TALL / 2
    for one, other in combinations(diagram.boxes, 2):
        assert abs(one.x - other.x) > WIDE or abs(one.y - other.y) > TALL


@given(WAYS)
@settings(max_examples=100, deadline=None, database=None)
def test_each_way_is_one_line_from_the_side_of_its_first_box_to_that_of_its_last(ways):
    diagram = draw(NAMES, ways)
    assert {(line.start, line.end) for line in diagram.lines} == {way for way in ways if way[0] != way[1]}
    assert len({(line.start, line.end) for line in diagram.lines}) == len(diagram.lines)
    boxes = {box.name: box for box in diagram.boxes}
    for line in diagram.lines:
        for name, (x, y) in zip((line.start, line.end), ends(line.path), strict=True):
            assert y == boxes[name].y
            assert x in {boxes[name].x, boxes[name].x + WIDE}


def test_a_chain_runs_to_the_right():
    boxes = {box.name: box.x for box in draw(["c", "a", "b"], [("a", "b"), ("b", "c")]).boxes}
    assert boxes["a"] < boxes["b"] < boxes["c"]


def test_what_can_be_drawn_without_crossings_is():
    diagram = draw(["a", "b", "c", "d"], [("a", "d"), ("b", "c")])
    y = {box.name: box.y for box in diagram.boxes}
    assert (y["a"] < y["b"]) == (y["d"] < y["c"])


def test_the_same_things_give_the_same_picture():
    ways = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "c")]
    assert draw("abc", ways) == draw("abc", reversed(ways))


def test_nothing_is_an_empty_picture():
    assert draw([], []).lines == ()
