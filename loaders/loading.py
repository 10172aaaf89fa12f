"""A store that is loaded piece by piece, while the statements that come after are still being made.

A piece waits in a file beside the release, so that neither who makes statements nor the memory waits for the engine.
The engine sorts each piece by itself: what it holds follows from the size of a piece, and not from that of a release.
Much is loaded by a process of its own, which leaves all merging for the end (`loaders/unmerged.py`): another does that.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import pyoxigraph as ox

from loaders import disk, unmerged
from loaders.aside import Aside
from shapes.memory import by_jemalloc

PIECE = 100_000
"""How many statements are in a piece: few enough to be sorted in the memory that is nearest to a core."""

_MANY = 200
"""How many pieces there are before they become larger: when they are merged, all their files are open."""

_AT_ONCE = 1 << 20
"""Bytes that are written at once."""

_FIRST, _GROWTH = 20_000, 2
"""How many are in the first piece, and how many times as many in the next ones, until one is whole: the engine has
something to do while nobody else has much."""


class Loading:
    """Takes statements in any order, and gives back a store that holds each of them once.

    Used as a context: when it ends, nothing is written into the folder of the store any more.
    """

    def __init__(self, place: Path) -> None:
        """`place` is where the store comes to lie; its files wait beside the folder that it is in."""
        self._place, self._waiting = place, place.parent.parent / "pieces"
        self._expected = 0
        self._begin()

    def _begin(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._beside = _process()
        self._loaded: list[Future[None]] = []
        self._store: ox.Store | None = None
        self._piece: BinaryIO | None = None
        self._room = self._left = _FIRST
        self._taken = 0
        self._names = count()

    def expect(self, statements: int) -> None:
        """Be told that so many statements will come, at least: if they are many, a process loads them."""
        self._expected = statements

    def take(self, lines: Iterable[bytes]) -> None:
        """Take statements, as lines of N-Quads in UTF-8, some at a time."""
        for some in lines:
            self._open().write(some)
            number = some.count(b"\n")
            self._left -= number
            self._taken += number
            if self._left <= 0:
                self._hand_over()

    def has_taken(self) -> bool:
        """True where there are statements already."""
        return self._piece is not None or bool(self._loaded)

    def finish(self) -> ox.Store:
        """The store with all that was taken, merged. Raises what the engine raises, and Ended."""
        self._hand_over()
        for loaded in self._loaded:
            loaded.result()
        store, is_in_pieces, is_much = self._store, len(self._loaded) > 1, self._beside.has_processes
        if is_much:
            self._beside.submit(unmerged.end_loading).result()
        self._end()
        self._begin()
        if is_in_pieces and is_much:
            with _process() as beside:
                beside.begin(self._expected).submit(unmerged.merge_beside, self._place).result()
        store = _opened(self._place) if store is None else store
        if is_in_pieces and not is_much:
            store.optimize()
        return store

    def start_over(self) -> None:
        """Forget all that was taken."""
        self._end()
        self._begin()
        disk.remove(self._place)

    def _end(self) -> None:
        """Leave what is not loaded yet. What a process is loading is cut off, and it has ended then."""
        self._pool.shutdown(cancel_futures=True)
        self._beside.shutdown()
        if self._piece is not None:
            self._piece.close()
        self._store = None
        disk.remove(self._waiting)

    def _open(self) -> BinaryIO:
        if self._piece is None:
            self._waiting.mkdir(parents=True, exist_ok=True)
            self._piece = (self._waiting / f"{next(self._names)}.nq").open("wb", _AT_ONCE)
        return self._piece

    def _hand_over(self) -> None:
        if self._piece is not None:
            self._piece.close()
            self._loaded.append(self._pool.submit(self._load, Path(self._piece.name)))
        self._piece = None
        self._room = self._left = min(self._room * _GROWTH, max(PIECE, self._taken // _MANY))

    def _load(self, piece: Path) -> None:
        """Load a piece, or have a process begin with it if much is expected."""
        if self._beside.begin(self._expected).has_processes:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._beside.submit(unmerged.begin_to_load, self._place, piece).result()
            return
        self._store = _opened(self._place) if self._store is None else self._store
        unmerged.load(self._store, piece)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Leave what nobody has asked for."""
        self._end()


def _process() -> Aside:
    """A process for the engine's work on much, as soon as it is told how much."""
    return Aside(1, [unmerged.__name__], by_jemalloc)


def _opened(place: Path) -> ox.Store:
    place.parent.mkdir(parents=True, exist_ok=True)
    return ox.Store(str(place))
