"""What rows state in a graph, put in order: as lines where it is little or anything, thing by thing where rows tell so.

Who knows that observations are alike says so. Their lines are then neither sorted nor looked through for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from loaders import runs
from loaders.runs import Lines, Sorter
from shapes.kept import keeping
from shapes.series import Series, Stretch, Thing
from shapes.stretches import by_stretch, gathered, keep_stretches


class Owner(NamedTuple):
    """A thing with its tails, in any order, and the property by which it has each of some observations as well.

    These have many names, which are made when they are asked for.
    """

    name: str
    tails: list[str]
    has: str = ""
    observations: Sequence[Series] = ()

    def thing(self) -> Thing:
        """It with all of its tails, in order, each once."""
        return Thing(self.name, sorted(set(self.all_tails())))

    def all_tails(self) -> list[str]:
        """The same, in any order, and perhaps more than once."""
        return [*self.tails, *[f"{self.has} {name}" for series in self.observations for name in series.names]]


class Statements(NamedTuple):
    """What a row states.

    Lines of N-Triples without the final full stop, in any order; things of which, most likely, nobody else speaks; and
    observations, series by series.
    """

    lines: list[str]
    owners: Sequence[Owner] = ()
    series: Sequence[Series] = ()

    @property
    def number(self) -> int:
        """How many statements of owners and series there are."""
        of_owners = sum([len(owner.tails) for owner in self.owners])
        return of_owners + sum([series.number for series in self.series])

    def encoded(self, end: str) -> Iterator[bytes]:
        """All of it as lines in UTF-8, each with an end, some at a time."""
        if self.lines:
            yield end.join([*self.lines, ""]).encode("utf-8")
        for owner in self.owners:
            yield Thing(owner.name, owner.all_tails()).text(end).encode("utf-8")
        for series in self.series:
            yield "".join(series.texts(end)).encode("utf-8")


class Stating:
    """Takes what rows state in a graph, and gives it back sorted by code point, each line once."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is one of its own, where lines may be written; without it, all are held."""
        self._folder = folder
        self._sorter = Sorter(folder, keep_stretches)
        self._owners: list[Owner] = []
        self._series: list[Series] = []
        self._number = 0  # of the lines of these

    def take(self, told: Statements) -> None:
        """Take what a row states."""
        self._sorter.take(told.lines)
        self._owners += told.owners
        self._series += told.series
        self._number += told.number

    def lines(self) -> Lines:
        """All that was taken."""
        owners, series, self._owners, self._series = self._owners, self._series, [], []
        if self._folder is None or self._number < runs.MANY:
            self._sorter.take(_lines_of(chain(owners, together(series))))
            return self._sorter.lines()
        ordered, rest = in_order(chain(owners, together(series)))
        for part in rest:
            self._sorter.take(_lines_of([part]))
        others = gathered(self._sorter.texts())
        coming = map(_as_one, by_stretch([others, map(_stretch, ordered)]))
        path, kept = self._folder / "whole", self._folder / "whole.gathered"
        written = runs.write(path, (stretch.text() for stretch in keeping(coming, kept)))
        whole = replace(written, gathered=kept)
        return whole if len(whole) > runs.MOST_HELD else replace(whole, held=tuple(whole))


_Part = Owner | Stretch


def in_order(told: Iterable[_Part]) -> tuple[list[_Part], list[_Part]]:
    """What is told in order, as far as nothing of it reaches into another; and what would."""
    ordered, rest = list[_Part](), list[_Part]()
    latest = ""  # the last thing of which any has spoken
    for first, last, part in sorted(map(_reach, told), key=itemgetter(0)):
        is_apart = first > latest and _is_told_once(part)
        (ordered if is_apart else rest).append(part)
        latest = max(latest, last)
    return ordered, rest


def together(told: Iterable[Series]) -> Iterator[Stretch]:
    """Observations of an area in a data set as one stretch, whatever rows speak of them."""
    by_head: dict[str, list[Series]] = defaultdict(list)
    for series in told:
        by_head[series.head].append(series)
    for members in by_head.values():
        members.sort(key=lambda member: member.first)
        yield Stretch(members[0].first, max([member.last for member in members]), members)


def _reach(part: _Part) -> tuple[str, str, _Part]:
    """The first thing and the last of which something speaks."""
    return (part.name, part.name, part) if isinstance(part, Owner) else (part.first, part.last, part)


def _stretch(part: _Part) -> Stretch:
    if isinstance(part, Stretch):
        return part
    return Stretch(part.name, part.name, [part.thing()])


def _is_told_once(part: _Part) -> bool:
    """False where two series of a stretch speak of the same observation."""
    if isinstance(part, Owner) or len(part.members) == 1:
        return True
    names = [name for member in part.members for name in member.names]
    return len(set(names)) == len(names)


def _as_one(told: list[tuple[int, Stretch]]) -> Stretch:
    """A stretch of which one tells; or all that several tell of a thing."""
    if len(told) == 1:
        return told[0][1]
    name = told[0][1].first
    tails = {tail for _, stretch in told for thing in stretch.each() for tail in thing.tails}
    return Stretch(name, name, [Thing(name, sorted(tails))])


def _lines_of(parts: Iterable[_Part]) -> Iterator[str]:
    for part in parts:
        yield from _stretch(part).text().split("\n")[:-1]
