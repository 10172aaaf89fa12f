"""A diagram of things and how they lead to one another: boxes in columns, drawn as SVG without a library.

The columns are layers (Sugiyama, Tagawa and Toda, 1981): every way leads to a column further right, but for those that
close a circle. A diagram is never alone: what it shows stands in a list beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDE, TALL = 178, 42
"""The size of a box."""

_BETWEEN = 70  # from one column of boxes to the next
_ROOM = {True: 52, False: 14}  # what a box takes of the height of its column, and a way that passes through
_SWEEPS = 24
_EDGE = 2  # around all of it

Way = tuple[str, str]
Place = str | tuple[str, str, int]
"""What has a place in a column: a thing, or a way that passes through it."""

Columns = list[list[Place]]


@dataclass(frozen=True, slots=True)
class Box:
    """One thing: the left edge and the middle of its box."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """The way from one thing to another, as the path of a curve."""

    start: str
    end: str
    path: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing, and its size."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def draw(names: Sequence[str], ways: Iterable[Way]) -> Diagram:
    """The diagram of things, each named once, and the ways between them; those from a thing to itself are left out."""
    order = {name: place for place, name in enumerate(names)}
    drawn = sorted({way for way in ways if way[0] != way[1]}, key=lambda way: (order[way[0]], order[way[1]]))
    back = _closing(names, drawn)
    routes = {way: way[::-1] if way in back else way for way in drawn}
    layer = _layers(names, routes.values())
    columns: Columns = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in names:
        columns[layer[name]].append(name)
    stops: dict[Way, list[Place]] = {}
    for start, end in dict.fromkeys(routes.values()):
        passed: list[Place] = [(start, end, number) for number in range(layer[start] + 1, layer[end])]
        stops[start, end] = [start, *passed, end]
        for number, place in enumerate(passed, start=layer[start] + 1):
            columns[number].append(place)
    beside = _neighbours(stops.values())
    columns = _untangle(columns, beside)
    y = _heights(columns, beside)
    x = {place: number * (WIDE + _BETWEEN) + _EDGE for number, column in enumerate(columns) for place in column}
    lines = (Line(*way, _curve(stops[routes[way]], x, y, is_back=way in back)) for way in drawn)
    return Diagram(
        tuple(Box(name, x[name], y[name]) for name in names),
        tuple(lines),
        len(columns) * (WIDE + _BETWEEN) - _BETWEEN + 2 * _EDGE,
        round(max(y.values(), default=0) + TALL / 2 + _EDGE, 1),
    )


def _closing(names: Sequence[str], ways: Sequence[Way]) -> set[Way]:
    """The ways that close a circle, when things are visited in their order."""
    found: set[Way] = set()
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        for start, end in ways:
            if start == name and end in above:
                found.add((start, end))
            elif start == name and end not in done:
                visit(end, (*above, end))
        done.add(name)

    for name in names:
        if name not in done:
            visit(name, (name,))
    return found


def _layers(names: Sequence[str], routes: Iterable[Way]) -> dict[str, int]:
    """The column of each thing: what leads nowhere stands in the last, all else as far right as its ways allow."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for start, end in routes:
        after[start].append(end)
    steps: dict[str, int] = {}

    def count(name: str) -> int:
        if name not in steps:
            steps[name] = max((count(end) + 1 for end in after[name]), default=0)
        return steps[name]

    most = max(map(count, names), default=0)
    return {name: most - steps[name] for name in names}


def _neighbours(stops: Iterable[Sequence[Place]]) -> tuple[dict[Place, list[Place]], dict[Place, list[Place]]]:
    """What stands to the left of each place on its ways, and what to the right."""
    left: dict[Place, list[Place]] = {}
    right: dict[Place, list[Place]] = {}
    for way in stops:
        for here, there in pairwise(way):
            left.setdefault(there, []).append(here)
            right.setdefault(here, []).append(there)
    return left, right


def _untangle(columns: Columns, beside: tuple[dict[Place, list[Place]], dict[Place, list[Place]]]) -> Columns:
    """The columns sorted by where their neighbours stand, to and fro; the order with the fewest crossings."""
    left, right = beside
    best, fewest = columns, _crossings(columns, right)
    for sweep in range(_SWEEPS):
        near, step = (left, -1) if sweep % 2 == 0 else (right, 1)
        sorted_ = [list(column) for column in columns]
        for number in range(len(columns))[::-step]:
            if not 0 <= number + step < len(columns):
                continue
            at = {place: index for index, place in enumerate(sorted_[number + step])}
            centres = {
                place: sum(at[one] for one in near[place]) / len(near[place]) if place in near else index
                for index, place in enumerate(sorted_[number])
            }
            sorted_[number].sort(key=centres.__getitem__)
        columns = sorted_
        crossings = _crossings(columns, right)
        if crossings < fewest:
            best, fewest = columns, crossings
    return best


def _crossings(columns: Columns, right: Mapping[Place, Sequence[Place]]) -> int:
    """How many pairs of ways cross between neighbouring columns."""
    total = 0
    for column, following in pairwise(columns):
        at = {place: index for index, place in enumerate(following)}
        ends = [end for place in column for end in sorted(at[one] for one in right.get(place, ()))]
        total += sum(later < end for index, end in enumerate(ends) for later in ends[index + 1 :])
    return total


def _heights(columns: Columns, beside: tuple[dict[Place, list[Place]], dict[Place, list[Place]]]) -> dict[Place, float]:
    """The middle of each place: near those of its neighbours, as far as the order and the room of its column let it."""
    y: dict[Place, float] = {}
    for column in columns:
        at = 0.0
        for place in column:
            at += _ROOM[isinstance(place, str)]
            y[place] = at
    for sweep in range(_SWEEPS):
        near = beside[sweep % 2]
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [
                sum(y[one] for one in near[place]) / len(near[place]) if place in near else y[place] for place in column
            ]
            y.update(zip(column, _apart(column, wanted), strict=True))
    top = min(y.values(), default=0.0) - TALL / 2 - _EDGE
    return {place: round(at - top, 1) for place, at in y.items()}


def _apart(column: Sequence[Place], wanted: Sequence[float]) -> list[float]:
    """Heights in the order of a column, each as far from the next as both need, as near to the wanted as that allows.

    The mean of what comes of pushing down and of pushing up.
    """
    gaps = [(_ROOM[isinstance(a, str)] + _ROOM[isinstance(b, str)]) / 2 for a, b in pairwise(column)]
    down, up = list(wanted), list(wanted)
    for index, gap in enumerate(gaps):
        down[index + 1] = max(down[index + 1], down[index] + gap)
    for index, gap in reversed(list(enumerate(gaps))):
        up[index] = min(up[index], up[index + 1] - gap)
    return [(one + other) / 2 for one, other in zip(down, up, strict=True)]


def _curve(stops: Sequence[Place], x: Mapping[Place, float], y: Mapping[Place, float], *, is_back: bool) -> str:
    """A curve through the places of a way, level where it leaves one and where it meets the next."""
    points = [(x[stops[0]] + WIDE, y[stops[0]])]
    for place in stops[1:-1]:
        points += [(x[place], y[place]), (x[place] + WIDE, y[place])]
    points.append((x[stops[-1]], y[stops[-1]]))
    if is_back:
        points.reverse()
    path = "M{:g} {:g}".format(*points[0])
    for number, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        bend = (x0 + x1) / 2
        path += f"C{bend:g} {y0:g} {bend:g} {y1:g} {x1:g} {y1:g}" if number % 2 == 0 else f"H{x1:g}"
    return path
