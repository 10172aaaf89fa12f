"""Lines in order, each once: held in memory while they are few, in sorted runs on disk where they are many."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, compress, islice
from mmap import ACCESS_READ, mmap
from operator import ne
from pathlib import Path
from typing import BinaryIO, Protocol

from loaders import disk

MOST_HELD = 1_000_000
"""How many lines a sorter holds before they are written to disk: of statements, these are 200 MB."""

MOST_KEPT = 1_500_000
"""How many lines are kept in memory of all that have been sorted."""

MANY = 50_000
"""From how many on, lines lie on the disk also where they are in memory: a process is told where, and not sent them."""

_AT_ONCE = 1 << 16
"""How many bytes of lines are read at a time: however few, a thread may have to wait for others each time."""

_BYTES_AT_ONCE = 1 << 20

_WRITTEN_AT_ONCE = 2000

_FEW = 30
"""Where there are so many times as many lines as things are looked for, these are found sooner than all are read."""


Watch = Callable[[Iterator[str], Path], None]
"""Goes through all lines as they are written, some at a time, each with its end, and writes what it sees to a new file,
from which one that is there already, and that others may still read, is taken away.
"""


class Lines(Protocol):
    """Lines that can be counted and gone through again and again."""

    def __iter__(self) -> Iterator[str]:
        """The lines in order."""

    def __len__(self) -> int:
        """How many there are."""


@dataclass(frozen=True, slots=True)
class LinesOnDisk:
    """Lines that lie in a file, with its SHA-256; they are `held` in memory as well where there is room for them.

    Of statements, `gathered` is the file that tells what they say of one thing after another.
    """

    path: Path
    number: int
    digest: str
    gathered: Path | None = None
    held: tuple[str, ...] | None = None

    def __iter__(self) -> Iterator[str]:
        """The lines in order."""
        return iter(self.held) if self.held is not None else chain.from_iterable(_read(self.path))

    def __len__(self) -> int:
        """How many there are."""
        return self.number

    def texts(self) -> Iterator[str]:
        """The lines, each with its end, some at a time."""
        return _read_text(self.path)

    def __reduce__(self) -> tuple[type[LinesOnDisk], tuple[Path, int, str, Path | None]]:
        """Another process is told where they lie."""
        return LinesOnDisk, (self.path, self.number, self.digest, self.gathered)


def end_in(graph: str) -> str:
    """What ends each line of N-Triples that lacks the final full stop, where it stands as N-Quads of a graph."""
    return f" <{graph}> .\n"


def encoded(lines: Iterable[str], end: str) -> Iterator[bytes]:
    """Lines in UTF-8, each with the same end, many whole ones at a time. Those on disk are not taken apart for it."""
    if not isinstance(lines, LinesOnDisk):
        yield from disk.encoded(lines, end)
        return
    ending = end.encode("utf-8")
    for some in _read_bytes(lines.path, at_once=_BYTES_AT_ONCE):
        yield some.replace(b"\n", ending)


class Sorter:
    """Takes lines in any order, and gives them back sorted by code point."""

    def __init__(self, folder: Path | None, watch: Watch | None = None) -> None:
        """`folder` is one of its own, where lines may be written; without it, all are held. `watch` sees what is."""
        self._folder, self._watch = folder, watch
        self._held: list[str] = []
        self._runs: list[Path] = []

    def take(self, lines: Iterable[str]) -> None:
        """Take some lines."""
        self._held.extend(lines)
        if self._folder and len(self._held) >= MOST_HELD:
            self._held = _in_order(self._held)
            if len(self._held) > MOST_HELD // 2:  # else most of them came again and again
                self._runs.append(self._folder / f"run{len(self._runs)}")
                _write_run(self._runs[-1], self._held)
                self._held = []

    def lines(self) -> Lines:
        """All lines that were taken."""
        if self._folder and self._runs:
            return write(self._folder / "whole", self.texts(), self._watch)
        rest, self._held = tuple(_in_order(self._held)), []
        if self._folder and len(rest) >= MANY:
            return replace(_write(self._folder / "whole", _batches(rest), self._watch), held=rest)
        return rest

    def texts(self) -> Iterator[str]:
        """The same, once, each with its end, many at a time."""
        rest, self._held = _in_order(self._held), []
        runs, self._runs = self._runs, []
        yield from map(_text, _merged([_batches(rest), *map(_read, runs)]))
        for run in runs:
            disk.remove(run)


def lines_but_for(lines: Iterable[str], begin: str) -> Iterator[str]:
    """Sorted lines but for those that begin with some letters. Where these lie on the disk only, they are not read."""
    if not isinstance(lines, LinesOnDisk) or lines.held is not None:
        yield from (line for line in lines if not line.startswith(begin))
    elif lines:
        before, after = _place_of(lines.path, begin.encode("utf-8"))
        for span in ((0, before), (after, lines.path.stat().st_size)):
            yield from chain.from_iterable(_read(lines.path, *span))


def _place_of(path: Path, begin: bytes) -> tuple[int, int]:
    """Where those of sorted lines in a file stand that begin with some bytes. UTF-8 keeps the order of letters."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as held:

        def begins(place: int) -> bytes:
            """How the line begins that the byte is of that stands at a place."""
            start = held.rfind(b"\n", 0, place) + 1
            return held[start : start + len(begin)].partition(b"\n")[0]

        places = range(len(held))
        return bisect_left(places, begin, key=begins), bisect_right(places, begin, key=begins)


def lines_about(lines: Iterable[str], things: Collection[str]) -> Iterator[str]:
    """Those of sorted statements that are about some things, which are written as there; `things` answers at once."""
    held = lines.held if isinstance(lines, LinesOnDisk) else lines
    if isinstance(held, tuple) and len(held) > _FEW * len(things):
        for thing in sorted(things):
            place, begin = bisect_left(held, f"{thing} "), f"{thing} "
            while place < len(held) and held[place].startswith(begin):
                yield held[place]
                place += 1
    else:
        yield from (line for line in lines if line[: line.index(" ")] in things)


class Room:
    """Room in memory for the lines of several: those that come when it is used up go to the disk."""

    def __init__(self) -> None:
        self._left = MOST_KEPT

    def keep(self, lines: Lines, folder: Path | None) -> Lines:
        """The same lines, in memory where there is room or no folder for them."""
        held = lines.held if isinstance(lines, LinesOnDisk) else lines
        if not isinstance(held, tuple):  # they lie elsewhere
            return lines
        if folder is None or len(held) <= self._left:
            self._left -= len(held)
            return lines
        if isinstance(lines, LinesOnDisk):
            return replace(lines, held=None)
        return _write(folder / "whole", _batches(held))


def _in_order(lines: list[str]) -> list[str]:
    """Lines sorted, each once. Those that were given are sorted as well."""
    lines.sort()
    return [*lines[:1], *compress(islice(lines, 1, None), map(ne, islice(lines, 1, None), lines))]


def _merged(runs: Iterable[Iterable[list[str]]]) -> Iterator[list[str]]:
    """What several runs of sorted lines have together, in order, each line once; all come many at a time.

    Of each run, all lines are taken that are not after the last one that some run has at hand: none of them can come
    from a run any more. Lists that are in order are sorted together faster than their lines are compared one by one.
    """
    coming = [iter(run) for run in runs]
    at_hand = [next(run, []) for run in coming]
    while any(at_hand):
        bound = min(lines[-1] for lines in at_hand if lines)
        taken: list[list[str]] = []
        for number, lines in enumerate(at_hand):
            if cut := bisect_right(lines, bound):
                taken.append(lines[:cut])
                at_hand[number] = lines[cut:] if cut < len(lines) else next(coming[number], [])
        yield taken[0] if len(taken) == 1 else _in_order(list(chain.from_iterable(taken)))


def _batches(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines, many at a time."""
    coming = iter(lines)
    return iter(lambda: list(islice(coming, _WRITTEN_AT_ONCE)), [])


def _text(lines: list[str]) -> str:
    """Lines, each with its end."""
    return "\n".join([*lines, ""])


def _write_run(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(disk.encoded(lines, "\n"))


def _write(path: Path, many: Iterable[list[str]], watch: Watch | None = None) -> LinesOnDisk:
    return write(path, map(_text, many), watch)


def write(path: Path, coming: Iterable[str], watch: Watch | None = None) -> LinesOnDisk:
    """Write sorted lines that come as texts, each with its end, into a file. `watch` sees what has been written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, digest = 0, sha256()

    def written(file: BinaryIO) -> Iterator[str]:
        """Each text that has been written."""
        nonlocal number
        for text in coming:
            some = text.encode("utf-8")
            file.write(some)
            digest.update(some)
            number += text.count("\n")
            yield text

    gathered = path.with_name(f"{path.name}.gathered") if watch else None
    disk.remove(path)  # who still reads it goes on with it
    with path.open("wb") as file:
        going = written(file)
        if watch and gathered:
            watch(going, gathered)
        deque(going, 0)
    return LinesOnDisk(path, number, digest.hexdigest(), gathered)


def _read(path: Path, start: int = 0, end: int = sys.maxsize) -> Iterator[list[str]]:
    """The lines of a file, or of a part of it, many at a time."""
    return (text[:-1].split("\n") for text in _read_text(path, start, end))


def _read_text(path: Path, start: int = 0, end: int = sys.maxsize) -> Iterator[str]:
    """The same, each with its end."""
    return (some.decode("utf-8") for some in _read_bytes(path, start, end))


def _read_bytes(path: Path, start: int = 0, end: int = sys.maxsize, at_once: int = _AT_ONCE) -> Iterator[bytes]:
    """The same in UTF-8."""
    with path.open("rb") as file:
        file.seek(start)
        begun = b""
        while some := file.read(min(at_once, end - file.tell())):
            cut = some.rfind(b"\n") + 1
            if cut:
                yield b"".join([begun, some[:cut]])
                begun = some[cut:]
            else:
                begun += some
