"""Rings that lie as OGC 06-103r4 wants those of an area: what another encloses is not defined, or not what is meant.

All is reckoned in whole billionths of a degree, as many as a text can hold, so that what touches is told from what does
not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from ontology.wkt import Polygons, Ring

Point = tuple[int, int]
Whole = tuple[Point, ...]
"""A ring in whole numbers, its first corner at the end too."""

_SHARE = 10**9


class _Side(NamedTuple):
    """A side of a ring, its western end first, and the numbers of its polygon and of its ring there."""

    begins: Point
    ends: Point
    ring: tuple[int, int]


Touches = Mapping[frozenset[tuple[int, int]], set[Point]]
"""Where two rings come to one another."""


def refuse_invalid(polygons: Polygons) -> None:
    """Raise ValueError for rings that no area has, with the place.

    A ring comes to no point twice. Two rings of a polygon neither cross nor lie along one another, and touch at so few
    points that what is between them holds together; holes lie within the outer ring, and none within another. Two
    polygons have nothing in common but points.
    """
    rings = {(p, r): _whole(ring) for p, polygon in enumerate(polygons) for r, ring in enumerate(polygon)}
    for ring in rings.values():
        if again := next((corner for corner, times in Counter(ring[:-1]).items() if times > 1), None):
            raise ValueError(f"a ring comes to each corner once; this one comes to {_shown(again)} more than once")
    touches = _touches(rings)
    for number, polygon in enumerate(polygons):
        _refuse_holes({(number, place): rings[number, place] for place in range(len(polygon))}, touches)
    outer = {number: rings[number, 0] for number in range(len(polygons))}
    for one, other in _whose_boxes_meet(outer):
        for within, around in ((one, other), (other, one)):
            holes = [rings[around, place] for place in range(1, len(polygons[around]))]
            for point in _points(rings[within, 0], _met(touches, (within, 0), around)):
                if _is_in(point, outer[around]) and not any(_is_in(point, hole) for hole in holes):
                    inner, wide = _shown(outer[within][0]), _shown(outer[around][0])
                    raise ValueError(f"polygons do not overlap; the one from {inner} lies in that from {wide}")


def _whole(ring: Ring) -> Whole:
    return tuple((round(east * _SHARE), round(north * _SHARE)) for east, north in ring)


def _shown(point: Point) -> tuple[float, float]:
    return point[0] / _SHARE, point[1] / _SHARE


def _touches(rings: Mapping[tuple[int, int], Whole]) -> Touches:
    """Where rings touch one another. Raises ValueError where sides cross, or lie along one another."""
    sides = sorted(_Side(min(ends), max(ends), key) for key, ring in rings.items() for ends in pairwise(ring))
    found: dict[frozenset[tuple[int, int]], set[Point]] = defaultdict(set)
    for one, other in _near(sides):
        if one.ring == other.ring and _share_no_more_than_a_corner(one, other):  # as nearly all that are near do
            continue
        of_one = _turn(other, one.begins), _turn(other, one.ends)
        of_other = _turn(one, other.begins), _turn(one, other.ends)
        if of_one == (0, 0):
            if max(one.begins, other.begins) < min(one.ends, other.ends):
                raise ValueError(_said(one, other, "lie along one another"))
        elif of_one[0] * of_one[1] < 0 and of_other[0] * of_other[1] < 0:
            raise ValueError(_said(one, other, "cross"))
        met = {end for end in one[:2] if _turn(other, end) == 0 and other.begins <= end <= other.ends}
        met |= {end for end in other[:2] if _turn(one, end) == 0 and one.begins <= end <= one.ends}
        if one.ring != other.ring:
            if met:
                found[frozenset({one.ring, other.ring})] |= met
        elif met and not (met <= {*one[:2]} and met <= {*other[:2]}):
            raise ValueError(f"a ring comes to no point twice; this one comes to {_shown(min(met))} on its own side")
    return found


def _said(one: _Side, other: _Side, what: str) -> str:
    """What is wrong with two sides, by whose they are."""
    if one.ring == other.ring:
        rule = "a ring does not cross itself; in this one"
    elif one.ring[0] == other.ring[0]:
        rule = "the rings of a polygon do not cross; in this one"
    else:
        rule = "polygons have nothing in common but points; of two"
    sides = " and ".join(f"from {_shown(side.begins)} to {_shown(side.ends)}" for side in (one, other))
    return f"{rule}, the sides {sides} {what}"


def _near(sides: Sequence[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Pairs of sides, in the order of their western ends, whose boxes meet."""
    for number, one in enumerate(sides, 1):
        (_, a), (east, b), _ = one
        south, north = (a, b) if a < b else (b, a)
        for place in range(number, len(sides)):
            (west, c), (_, d), _ = other = sides[place]
            if west > east:
                break
            if (c >= south or d >= south) and (c <= north or d <= north):
                yield one, other


def _share_no_more_than_a_corner(one: _Side, other: _Side) -> bool:
    """True of two sides that have an end in common, and do not lie along one another."""
    (begins, ends, _), (begins_too, ends_too, _) = one, other
    if begins_too in (begins, ends):
        return _turn(one, ends_too) != 0
    return ends == ends_too and _turn(one, begins_too) != 0


def _turn(side: _Side, point: Point) -> int:
    """On which side of a line a point lies, by the sign; 0 on it."""
    (x, y), (u, v), _ = side
    found = (u - x) * (point[1] - y) - (v - y) * (point[0] - x)
    return (found > 0) - (found < 0)


def _refuse_holes(rings: Mapping[tuple[int, int], Whole], touches: Touches) -> None:
    """Raise ValueError where the holes of a polygon do not lie in it, or part it."""
    (outer, *holes) = rings
    for hole in holes:
        if not all(_is_in(point, rings[outer]) for point in _points(rings[hole], _met_by(touches, hole, outer))):
            begins = _shown(rings[hole][0])
            raise ValueError(f"a hole lies within the outer ring of its polygon; the one from {begins} does not")
    for one, other in combinations(holes, 2):
        for within, around in ((one, other), (other, one)):
            if any(_is_in(point, rings[around]) for point in _points(rings[within], _met_by(touches, one, other))):
                inner, wide = _shown(rings[within][0]), _shown(rings[around][0])
                raise ValueError(f"holes lie outside one another; the one from {inner} lies in that from {wide}")
    _refuse_parted(rings, touches)


def _refuse_parted(rings: Iterable[tuple[int, int]], touches: Touches) -> None:
    """Raise ValueError where rings that touch enclose a part of what is between them: one can go round over them."""
    together: dict[object, object] = {}

    def first(thing: object) -> object:
        while thing in together:
            thing = together[thing]
        return thing

    met: dict[Point, set[tuple[int, int]]] = defaultdict(set)
    for pair in map(frozenset, combinations(rings, 2)):
        for point in touches.get(pair, ()):
            met[point] |= pair
    for point, meeting in met.items():
        for ring in meeting:
            one, other = first(("at", point)), first(ring)
            if one == other:
                raise ValueError(f"the inside of a polygon holds together; rings that touch at {_shown(point)} part it")
            together[other] = one


def _met_by(touches: Touches, one: tuple[int, int], other: tuple[int, int]) -> set[Point]:
    return touches.get(frozenset({one, other}), set())


def _met(touches: Touches, ring: tuple[int, int], polygon: int) -> set[Point]:
    """Where a ring touches any ring of another polygon."""
    return {
        point
        for pair, points in touches.items()
        if ring in pair and any(other[0] == polygon for other in pair - {ring})
        for point in points
    }


def _points(ring: Whole, met: set[Point]) -> Iterator[Point]:
    """Points of a ring, in half billionths, that tell where it lies: one of each part between where it meets another.

    Where it meets nothing, any will do.
    """
    if not met:
        yield 2 * ring[0][0], 2 * ring[0][1]
        return
    for begins, ends in pairwise(ring):
        side = _Side(begins, ends, (0, 0))
        low, high = sorted((begins, ends))
        on_it = sorted({low, high, *(point for point in met if low < point < high and _turn(side, point) == 0)})
        for one, other in pairwise(on_it):
            yield one[0] + other[0], one[1] + other[1]


def _is_in(point: Point, ring: Whole) -> bool:
    """True for a point, in half billionths, that lies within a ring, and not on it."""
    east, north = point
    is_in = False
    for (x, y), (u, v) in pairwise(ring):
        if (2 * y > north) != (2 * v > north):
            turn = (2 * u - 2 * x) * (north - 2 * y) - (2 * v - 2 * y) * (east - 2 * x)
            is_in ^= (turn > 0) == (v > y)
    return is_in


def _whose_boxes_meet(rings: Mapping[int, Whole]) -> Iterator[tuple[int, int]]:
    """Pairs of rings whose boxes meet, by their numbers."""
    boxes = sorted(
        (min(x for x, _ in ring), max(x for x, _ in ring), min(y for _, y in ring), max(y for _, y in ring), number)
        for number, ring in rings.items()
    )
    for place, (_, east, south, north, one) in enumerate(boxes, 1):
        for west, _, bottom, top, other in boxes[place:]:
            if west > east:
                break
            if bottom <= north and top >= south:
                yield one, other
