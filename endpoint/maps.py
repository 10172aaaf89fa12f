"""A map of areas, such as the counties, shaded by their values: outlines, classes and what they mean.

Templates draw it. A map is never alone: its values stand in a table beside it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

STEPS = 5  # classes of values at most
WIDTH, HEIGHT = 420, 1000  # of the outlines


@dataclass(frozen=True, slots=True)
class Step:
    """A class of values: from the lowest to the highest in it."""

    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """An area on the map: its code, its outline, and the class of its value; None where there is none."""

    code: str
    outline: str
    step: int | None


@dataclass(frozen=True, slots=True)
class Map:
    """The areas in the order of their codes, and the classes from the lowest on."""

    places: tuple[Place, ...]
    steps: tuple[Step, ...]
    size: tuple[int, int] = (WIDTH, HEIGHT)

    @property
    def is_whole(self) -> bool:
        """True where every area has a value."""
        return all(place.step is not None for place in self.places)


def shade(
    values: Mapping[str, Decimal], drawn: Mapping[str, str] | None = None, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> Map:
    """The map of values by the code of their area, in classes of about as many each; equal values are of one class.

    It is of the counties, unless others are `drawn` on a sheet of such a size. Raises ValueError without any value.
    """
    drawn = outlines() if drawn is None else drawn
    known = sorted(values[code] for code in drawn if code in values)
    if not known:
        raise ValueError("a map needs the value of at least one area")
    bounds = sorted({known[-(-len(known) * step // STEPS) - 1] for step in range(1, STEPS + 1)})
    by_step: dict[int, list[Decimal]] = {}
    for value in known:
        by_step.setdefault(_step_of(value, bounds), []).append(value)
    return Map(
        tuple(
            Place(code, outline, _step_of(values[code], bounds) if code in values else None)
            for code, outline in drawn.items()
        ),
        tuple(Step(min(found), max(found)) for found in by_step.values()),
        size,
    )


def _step_of(value: Decimal, bounds: list[Decimal]) -> int:
    """The first class that reaches up to a value."""
    return next(step for step, bound in enumerate(bounds) if value <= bound)


@cache
def outlines() -> dict[str, str]:
    """The outline of each county by its code, as an SVG path; who made them stands in `endpoint/assets`."""
    table = files("endpoint").joinpath("boundaries", "counties.csv").read_text(encoding="utf-8")
    return {row["county"]: row["outline"] for row in csv.DictReader(table.splitlines())}
