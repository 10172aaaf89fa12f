"""What sorted statements say of one thing after another; observations that are alike come together (`shapes.series`).

A statement is what it is about, and its tail: the property and the value. Lines are taken apart as one text, so that
those of an observation that is like another are compared as they stand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import heapify, heappop, heappush, heapreplace
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, runtime_checkable

from shapes.kept import Kept, keep, read
from shapes.series import YEAR, Series, Stretch, Thing, Writing, series_of

_LINES_AT_ONCE = 2000
_AFTER_ALL = "\U0010ffff"


@runtime_checkable
class InText(Protocol):
    """Lines that lie somewhere as texts."""

    def texts(self) -> Iterator[str]:
        """The lines, each with its end, some at a time."""


@runtime_checkable
class Gathered(Protocol):
    """Lines of which it has been found already what they say of one thing after another."""

    gathered: Path | None
    """The file in which it is kept; None where it has not."""


def texts(lines: Iterable[str]) -> Iterator[str]:
    """Lines, each with its end, many at a time."""
    if isinstance(lines, InText):
        return lines.texts()
    coming = iter(lines)
    batches = iter(lambda: list(islice(coming, _LINES_AT_ONCE)), [])
    return ("\n".join([*some, ""]) for some in batches)


def stretches(lines: Iterable[str]) -> Iterator[Stretch]:
    """What sorted lines of N-Triples, without the final full stop, say of one thing after another."""
    kept = lines.gathered if isinstance(lines, Gathered) else None
    return read(kept) if kept else gathered(texts(lines))


def stretches_again(lines: Iterable[str]) -> Callable[[], Iterator[Stretch]]:
    """What gives the same, for who goes through them more than once.

    Of a sequence of lines, which is in memory, they are found once and kept; of others, read or found each time.
    """
    find = partial(stretches, lines)
    return Kept(find).stretches if isinstance(lines, Sequence) else find


def gathered(coming: Iterator[str]) -> Iterator[Stretch]:
    """The same, of lines that come as texts, each with its end."""
    gathering = _Gathering()
    text, is_all = "", False
    while not is_all:
        more = next(coming, "")
        while len(more) < len(text) and (further := next(coming, "")):  # there is a thing that is longer
            more += further
        is_all, text, place = not more, text + more, 0
        while place < len(text):
            place = gathering.follow(text, place)
            thing, after = _thing(text, place)
            if after == len(text) and not is_all:  # there may be more about it
                break
            yield from gathering.take(thing)
            place = after
        text = text[place:]
    yield from gathering.end()


def keep_stretches(coming: Iterator[str], file: Path) -> None:
    """Find them in lines that come as texts, and keep them in a file."""
    keep(gathered(coming), file)


def tails(lines: Iterable[str]) -> Iterator[Thing]:
    """The things that sorted lines of N-Triples, without the final full stop, speak of, each with its tails."""
    return chain.from_iterable(stretch.each() for stretch in stretches(lines))


def _thing(text: str, place: int) -> tuple[Thing, int]:
    """The thing whose lines begin at a place, and where they end."""
    head = text[place : text.index(" ", place) + 1]
    said: list[str] = []
    while text.startswith(head, place):
        end = text.index("\n", place)
        said.append(text[place + len(head) : end])
        place = end + 1
    return Thing(head[:-1], said), place


class _Gathering:
    """Gathers observations whose IRIs begin alike, up to their year."""

    def __init__(self) -> None:
        self._head = ""
        self._members: list[Series] = []
        self._by_end: dict[str, list[tuple[Series, Writing]]] = {}
        self._first = ""
        self._latest: Series | None = None

    def follow(self, text: str, place: int) -> int:
        """Take the observations whose lines begin at a place, as long as they are like others; where the lines end."""
        while self._members and text.startswith(self._head, place):
            cut = text.index(" ", place)
            for series, writing in self._by_end.get(text[place + len(self._head) + YEAR : cut], ()):
                if (after := writing.follow(text, place)) > place:
                    place, self._latest = after, series
                    break
            else:
                break
        return place

    def take(self, thing: Thing) -> Iterator[Stretch]:
        """Take another thing; what is gathered, where it is not one of these."""
        series = series_of(thing)
        if series is None or series.head != self._head:
            yield from self.end()
        if series is None:
            yield Stretch(thing.name, thing.name, [thing])
            return
        if not self._members:
            self._head, self._first = series.head, thing.name
        self._latest = series
        self._members.append(series)
        self._by_end.setdefault(series.end, []).append((series, Writing(series)))

    def end(self) -> Iterator[Stretch]:
        """What is gathered."""
        if self._latest:
            yield Stretch(self._first, self._latest.last, self._members)
        self._members, self._by_end, self._latest = [], {}, None


class _Coming:
    """What a graph says, one stretch after another."""

    def __init__(self, told: Iterator[Stretch]) -> None:
        self._told = told
        self._ahead = deque[Stretch]()

    def next(self) -> Stretch | None:
        """The next stretch, None after the last."""
        return self._ahead.popleft() if self._ahead else next(self._told, None)

    def apart(self, stretch: Stretch) -> Stretch:
        """The first thing of the stretch that has come last, by itself; the others come next, one by one."""
        if stretch.first == stretch.last:
            return stretch
        first, *rest = (Stretch(thing.name, thing.name, [thing]) for thing in stretch.each())
        self._ahead.extend(rest)  # there is nothing else ahead: what is, is of one thing
        return first


_Waiting = tuple[str, int, Stretch, _Coming]
"""A thing, the number of a graph, what it says of the thing and more, and what it says of those that come after."""


def by_stretch(told: Iterable[Iterator[Stretch]]) -> Iterator[list[tuple[int, Stretch]]]:
    """What several graphs say of one thing after another, where each tells of things in order.

    A stretch of which one graph alone speaks, with the number of the graph; or what several say of one thing.
    """
    waiting: list[_Waiting] = []
    for number, of_graph in enumerate(map(_Coming, told)):
        if begin := of_graph.next():
            waiting.append((begin.first, number, begin, of_graph))
    heapify(waiting)
    while waiting:
        _, number, coming, of_graph = heappop(waiting)
        bound = waiting[0][0] if waiting else _AFTER_ALL
        stretch: Stretch | None = coming
        while stretch and stretch.first < bound:  # nobody else speaks of the first
            yield [(number, stretch if stretch.last < bound else of_graph.apart(stretch))]
            stretch = of_graph.next()
        if stretch:
            heappush(waiting, (stretch.first, number, stretch, of_graph))
            if stretch.first == bound:
                yield list(_said_of(bound, waiting))


def _said_of(thing: str, waiting: list[_Waiting]) -> Iterator[tuple[int, Stretch]]:
    """What is said of the thing that is the first of those that wait; it does not wait any more."""
    while waiting and waiting[0][0] == thing:
        _, number, stretch, of_graph = waiting[0]
        yield number, of_graph.apart(stretch)
        if (rest := of_graph.next()) is None:
            heappop(waiting)
        else:
            heapreplace(waiting, (rest.first, number, rest, of_graph))
