"""Lines in order, each once: held in memory while they are few, in sorted runs on disk where they are many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import chain, groupby
from pathlib import Path
from typing import Protocol

from loaders import disk

MOST_HELD = 500_000
"""How many lines a sorter holds before they are written to disk: of statements, these are 150 MB."""

MOST_KEPT = 1_000_000
"""How many lines are kept in memory of all that have been sorted."""

_AT_ONCE = 1 << 16
"""How many bytes are read at a time: however few, a thread may have to wait for others each time."""

_FEW = 30
"""Where there are so many times as many lines as things are looked for, these are found sooner than all are read."""


class Lines(Protocol):
    """Lines that can be counted and gone through again and again."""

    def __iter__(self) -> Iterator[str]:
        """The lines in order."""

    def __len__(self) -> int:
        """How many there are."""


@dataclass(frozen=True, slots=True)
class LinesOnDisk:
    """Lines that lie in a file."""

    path: Path
    number: int

    def __iter__(self) -> Iterator[str]:
        """The lines in order."""
        return _read(self.path)

    def __len__(self) -> int:
        """How many there are."""
        return self.number


class Sorter:
    """Takes lines in any order, and gives them back sorted by code point."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is one of its own, where runs may be written; without it, all lines are held."""
        self._folder = folder
        self._held: dict[str, None] = {}  # in the order of their coming, which is sorted faster than none
        self._runs: list[Path] = []

    def take(self, lines: Iterable[str]) -> None:
        """Take some lines."""
        self._held.update(dict.fromkeys(lines))
        if self._folder and len(self._held) >= MOST_HELD:
            self._runs.append(_write(self._folder / f"run{len(self._runs)}", sorted(self._held)).path)
            self._held.clear()

    def lines(self) -> Lines:
        """All lines that were taken."""
        rest = sorted(self._held)
        self._held.clear()
        if not (self._folder and self._runs):
            return tuple(rest)
        whole = _write(self._folder / "whole", (line for line, _ in groupby(merge(rest, *map(_read, self._runs)))))
        for run in self._runs:
            disk.remove(run)
        return whole


def lines_about(lines: Iterable[str], things: Collection[str]) -> Iterator[str]:
    """Those of sorted statements that are about some things, which are written as there; `things` answers at once."""
    if isinstance(lines, tuple) and len(lines) > _FEW * len(things):
        for thing in sorted(things):
            place, begin = bisect_left(lines, f"{thing} "), f"{thing} "
            while place < len(lines) and lines[place].startswith(begin):
                yield lines[place]
                place += 1
    else:
        yield from (line for line in lines if line[: line.index(" ")] in things)


class Room:
    """Room in memory for the lines of several: those that come when it is used up go to the disk."""

    def __init__(self) -> None:
        self._left = MOST_KEPT

    def keep(self, lines: Lines, folder: Path | None) -> Lines:
        """The same lines, in memory where there is room or no folder for them."""
        if not isinstance(lines, tuple):  # they lie on the disk
            return lines
        if folder and len(lines) > self._left:
            return _write(folder / "whole", lines)
        self._left -= len(lines)
        return lines


def _write(path: Path, lines: Iterable[str]) -> LinesOnDisk:
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 0
    with path.open("wb") as file:
        for some in disk.encoded(lines, "\n"):
            file.write(some)
            number += some.count(b"\n")
    return LinesOnDisk(path, number)


def _read(path: Path) -> Iterator[str]:
    return chain.from_iterable(_read_many(path))


def _read_many(path: Path) -> Iterator[list[str]]:
    """The lines, many at a time."""
    with path.open("rb") as file:
        begun = b""
        while some := file.read(_AT_ONCE):
            whole, end, begun = (begun + some).rpartition(b"\n")
            if end:
                yield whole.decode("utf-8").split("\n")
