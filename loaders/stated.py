"""What rows state in a graph, put in order: as lines where it is little or anything, thing by thing where rows tell so.

Who knows that observations are alike says so. Their lines are then neither sorted nor looked through for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from loaders.runs import MANY, MOST_HELD, Lines, Sorter, write
from shapes.kept import keeping
from shapes.series import Series, Stretch, Thing
from shapes.stretches import by_stretch, gathered, keep_stretches, texts


class Told(NamedTuple):
    """What a row states: lines of N-Triples without the final full stop in any order, and whole stretches of such."""

    lines: list[str]
    stretches: list[Stretch]

    def texts(self) -> Iterator[str]:
        """All of it as lines, each with its end, some at a time."""
        yield from texts(self.lines)
        for stretch in self.stretches:
            yield stretch.text()


class Stating:
    """Takes what rows state in a graph, and gives it back sorted by code point, each line once."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is one of its own, where lines may be written; without it, all are held."""
        self._folder = folder
        self._sorter = Sorter(folder, keep_stretches)
        self._stretches: list[Stretch] = []
        self._number = 0  # of the lines of these

    def take(self, told: Told) -> None:
        """Take what a row states."""
        self._sorter.take(told.lines)
        self._stretches += told.stretches
        self._number += sum(stretch.number for stretch in told.stretches)

    def lines(self) -> Lines:
        """All that was taken."""
        if self._folder is None or self._number < MANY:
            self._sorter.take(_lines_of(self._stretches))
            return self._sorter.lines()
        ordered, rest = in_order(self._stretches)
        self._stretches = []
        self._sorter.take(_lines_of(rest))
        others = ("\n".join([*some, ""]) for some in self._sorter.batches())
        coming = map(_as_one, by_stretch([gathered(others), iter(ordered)]))
        path, kept = self._folder / "whole", self._folder / "whole.gathered"
        written = write(path, (stretch.text() for stretch in keeping(coming, kept)))
        whole = replace(written, gathered=kept)
        return whole if len(whole) > MOST_HELD else replace(whole, held=tuple(whole))


def in_order(told: Iterable[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Stretches in order, of which none reaches into another; and those that would."""
    ordered, rest = list[Stretch](), list[Stretch]()
    latest = ""  # the last thing of which any has spoken
    for stretch in sorted(_together(told), key=lambda stretch: stretch.first):
        is_apart = stretch.first > latest and _is_told_once(stretch)
        (ordered if is_apart else rest).append(stretch)
        latest = max(latest, stretch.last)
    return ordered, rest


def _together(told: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same, but that observations of an area in a data set are one stretch, whatever rows speak of them."""
    by_head: dict[str, list[Series]] = defaultdict(list)
    for stretch in told:
        series = [member for member in stretch.members if isinstance(member, Series)]
        if series:
            by_head[series[0].head] += series
        else:
            yield stretch
    for members in by_head.values():
        members.sort(key=lambda member: member.first)
        yield Stretch(members[0].first, max(member.last for member in members), members)


def _is_told_once(stretch: Stretch) -> bool:
    """False where two parts of a stretch speak of the same thing."""
    if len(stretch.members) == 1:
        return True
    names = [name for member in stretch.members for name in member.names]
    return len(set(names)) == len(names)


def _as_one(told: list[tuple[int, Stretch]]) -> Stretch:
    """A stretch of which one tells; or all that several tell of a thing."""
    if len(told) == 1:
        return told[0][1]
    name = told[0][1].first
    tails = {tail for _, stretch in told for thing in stretch.each() for tail in thing.tails}
    return Stretch(name, name, [Thing(name, sorted(tails))])


def _lines_of(stretches: Iterable[Stretch]) -> Iterator[str]:
    for stretch in stretches:
        yield from stretch.text()[:-1].split("\n")
