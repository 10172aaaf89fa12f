"""The map of the counties: outlines and classes of values."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from endpoint.maps import HEIGHT, STEPS, WIDTH, outlines, shade
from tests.expected import rows

CODES = sorted(row["code"] for row in rows("counties"))


def corners(outline: str) -> list[list[tuple[int, int]]]:
    """The corners of each ring of an outline."""
    rings = []
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", outline):
        ring = [(int(x), int(y))]
        numbers = list(map(int, steps.split()))
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + across, ring[-1][1] + down))
        rings.append(ring)
    return rings


def area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, ring[0]]))) / 2


def test_every_county_has_an_outline_within_the_map():
    assert sorted(outlines()) == CODES
    for outline in outlines().values():
        assert re.fullmatch(r"(?:M-?\d+ -?\d+l[-\d ]+z)+", outline)
        for ring in corners(outline):
            assert len(ring) >= 3
            assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in ring)


def test_counties_lie_where_they_are_and_are_as_large_as_they_are():
    """Norrbotten is the largest and the northernmost, Skåne the southernmost, Gotland the easternmost in the south."""
    whole = {code: max(corners(outline), key=area) for code, outline in outlines().items()}
    sizes = {code: area(ring) for code, ring in whole.items()}
    north = {code: min(y for _, y in ring) for code, ring in whole.items()}
    south = {code: max(y for _, y in ring) for code, ring in whole.items()}
    assert max(sizes, key=sizes.__getitem__) == "25" == min(north, key=north.__getitem__)
    assert max(south, key=south.__getitem__) == "12"
    assert min(x for x, _ in whole["09"]) > max(x for x, _ in whole["08"])
    assert 0.2 < sizes["25"] / sum(sizes.values()) < 0.28  # a quarter of the country
    assert 0.02 < sizes["12"] / sum(sizes.values()) < 0.035


@pytest.mark.parametrize("number", range(1, 22))
def test_classes_hold_about_as_many_counties_each_and_all_of_them(number):
    values = {code: Decimal(place) for place, code in enumerate(CODES[:number])}
    drawn = shade(values)
    held = [[values[place.code] for place in drawn.places if place.step == step] for step in range(len(drawn.steps))]
    assert len(held) == min(number, STEPS)
    assert sum(map(len, held)) == number
    assert max(map(len, held)) - min(map(len, held)) <= 1
    assert [(step.lowest, step.highest) for step in drawn.steps] == [(min(found), max(found)) for found in held]
    assert drawn.is_whole == (number == 21)


def test_equal_values_are_of_one_class():
    values = {code: Decimal(7) for code in CODES} | {"12": Decimal(8), "25": Decimal(-1)}
    drawn = shade(values)
    steps = {place.code: place.step for place in drawn.places}
    assert len({steps[code] for code in CODES if code not in {"12", "25"}}) == 1
    assert steps["25"] <= steps["01"] < steps["12"]


def test_other_areas_are_shaded_as_they_are_drawn():
    drawn = {"1280": "M0 0l1 0 0 1z", "1281": "M1 0l1 0 0 1z", "1290": "M2 0l1 0 0 1z"}
    found = shade({"1280": Decimal(3), "1281": Decimal(1), "0180": Decimal(9)}, drawn, (3, 1))
    assert [(place.code, place.step) for place in found.places] == [("1280", 1), ("1281", 0), ("1290", None)]
    assert (found.size, found.is_whole) == ((3, 1), False)
    assert [(step.lowest, step.highest) for step in found.steps] == [(1, 1), (3, 3)]


def test_a_map_without_values_of_counties_is_refused():
    with pytest.raises(ValueError, match="at least one area"):
        shade({"SE": Decimal(1)})
