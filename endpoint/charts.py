"""Line charts as geometry: where a series of values lies in a picture. Templates draw it, the stylesheet colours it.

A chart is never alone: its values stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import groupby, pairwise

_TICKS = 5  # about how many lines of value a chart has
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a picture, and the room around its lines for labels."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


LARGE = Frame(width=640, height=260, left=96, right=20, top=14, bottom=30)
SMALL = Frame(width=200, height=64, left=4, right=6, top=6, bottom=6)


@dataclass(frozen=True, slots=True)
class Scale:
    """What pictures beside each other share: the years across, the values upwards."""

    first: int
    last: int
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: the value that it stands for, and where."""

    value: Decimal
    at: float


@dataclass(frozen=True, slots=True)
class Dot:
    """The value of a year; `is_apart` where it is not to be read as the others are."""

    x: float
    y: float
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A part of a line, with its corners as the attribute `points` of an SVG polyline; `is_apart` as its dots are."""

    points: str
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """One line in its frame."""

    frame: Frame
    dots: tuple[Dot, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    base: float  # how far down zero lies, or the lowest where zero is not shown

    @property
    def points(self) -> list[tuple[float, float]]:
        """Where the values lie."""
        return [(dot.x, dot.y) for dot in self.dots]

    @property
    def strokes(self) -> list[Stroke]:
        """The line, in as many parts as there are to tell from each other: to or from a year apart it is apart."""
        ends = groupby(pairwise(self.dots), key=lambda pair: pair[0].is_apart or pair[1].is_apart)
        parts = [(is_apart, list(pairs)) for is_apart, pairs in ends]
        return [
            Stroke(" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in (pairs[0][0], *(end for _, end in pairs))), is_apart)
            for is_apart, pairs in parts
        ]

    @property
    def has_apart(self) -> bool:
        """True where some value is not to be read as the others are."""
        return any(dot.is_apart for dot in self.dots)

    @property
    def shows_zero(self) -> bool:
        """True where zero stands on the axis of values, be it at its upper end."""
        return self.values[0].value <= 0 <= self.values[-1].value


def draw(
    values: Mapping[int, Decimal],
    beside: Mapping[int, Decimal] | None = None,
    *,
    from_zero: bool,
    apart: Collection[int] = (),
) -> Chart:
    """The chart of values by year; years lie as far apart as they are in time. Axes have room for others `beside`.

    What is of the years `apart`, such as those that were not over, is drawn apart. Amounts are drawn from zero, be it
    the upper end, so that a line halves where the amount does.
    Raises ValueError without values.
    """
    if not values:
        raise ValueError("a chart needs at least one value")
    years = {*values, *(beside or ())}
    found = [*values.values(), *(beside or {}).values()]
    zero = [Decimal(0)] if from_zero else []
    ticks = nice(min(found + zero), max(found + zero), _TICKS)
    return _place(values, (min(years), max(years)), ticks, LARGE, apart)


def draw_beside_others(values: Mapping[int, Decimal], scale: Scale, apart: Collection[int] = ()) -> Chart:
    """A small chart of values by year on a scale that it shares with others.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("a chart needs at least one value")
    ends = [scale.lowest, scale.highest if scale.highest > scale.lowest else scale.lowest + 1]
    return _place(values, (scale.first, scale.last), ends, SMALL, apart)


def _place(
    values: Mapping[int, Decimal], years: tuple[int, int], scale: list[Decimal], frame: Frame, apart: Collection[int]
) -> Chart:
    first, last = years

    def across(year: int) -> float:
        room = frame.width - frame.left - frame.right
        return frame.left + (room * (year - first) / (last - first) if last > first else room / 2)

    def down(value: Decimal) -> float:
        room = frame.height - frame.top - frame.bottom
        return frame.top + room * float((scale[-1] - value) / (scale[-1] - scale[0]))

    return Chart(
        frame,
        tuple(Dot(across(year), down(values[year]), year in apart) for year in sorted(values)),
        tuple(Tick(Decimal(year), across(year)) for year in _labelled(first, last)),
        tuple(Tick(value, down(value)) for value in scale),
        down(Decimal(0) if scale[0] <= 0 <= scale[-1] else scale[0]),
    )


def nice(low: Decimal, high: Decimal, wanted: int) -> list[Decimal]:
    """About `wanted` round numbers at equal distances, from at most `low` to at least `high`."""
    span = high - low if high > low else abs(high) or Decimal(1)
    rough = span / wanted
    magnitude = Decimal(10) ** rough.adjusted()
    step = next(step * magnitude for step in _STEPS if step * magnitude >= rough)
    start = int((low / step).to_integral_value(ROUND_FLOOR))
    end = int((high / step).to_integral_value(ROUND_CEILING))
    return [step * count for count in range(start, max(end, start + 1) + 1)]


def _labelled(first: int, last: int) -> list[int]:
    """The years to write under a chart: the ends, and round ones that do not crowd them."""
    step = 10 if last - first > 15 else 5 if last - first > 6 else 1
    room = max(1, (last - first) // 12)
    between = [year for year in range(first + room, last - room + 1) if year % step == 0]
    return sorted({first, *between, last})
