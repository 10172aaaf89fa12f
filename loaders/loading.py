"""A store that is loaded piece by piece, while the statements that come after are still being made.

A piece waits in a file beside the release, so that neither who makes statements nor the memory waits for the engine.
The engine sorts each piece by itself: what it holds follows from the size of a piece, and not from that of a release.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import pyoxigraph as ox

from loaders import disk

_LINES_AT_ONCE = 2000
_LOADED_AT_ONCE = max(1, min(2, (os.cpu_count() or 1) - 1))  # beside Python
PIECE = 400_000 // _LOADED_AT_ONCE
"""How many statements are in a piece: the engine holds 300 MB for those that it loads at a time."""

FEW = 8
"""How many pieces the engine is asked to merge: of more, it has merged most by itself."""

_FIRST, _GROWTH = 20_000, 8
"""How many are in the first piece, and how many times as many in the next ones, until one is whole: the engine has
something to do while nobody else has much."""


class Loading:
    """Takes statements in any order, and gives back a store that holds each of them once.

    Used as a context: when it ends, nothing is written into the folder of the store any more.
    """

    def __init__(self, place: Path) -> None:
        """`place` is where the store comes to lie; its files wait beside the folder that it is in."""
        self._place, self._waiting = place, place.parent.parent / "pieces"
        self._begin()

    def _begin(self) -> None:
        self._pool = ThreadPoolExecutor(_LOADED_AT_ONCE)
        self._loaded: list[Future[None]] = []
        self._store: ox.Store | None = None
        self._piece: TextIO | None = None
        self._room = self._left = _FIRST
        self._names = count()
        self._is_to_be_merged = False

    def take(self, graph: str, lines: Iterable[str]) -> None:
        """Take statements of a graph, as lines of N-Triples without the final full stop."""
        end, coming = f" <{graph}> .\n", iter(lines)
        while some := list(islice(coming, min(self._left, _LINES_AT_ONCE))):
            self._open().write(end.join([*some, ""]))
            self._left -= len(some)
            if not self._left:
                self._hand_over()

    def has_taken(self) -> bool:
        """True where there are statements already."""
        return self._store is not None

    def finish(self) -> ox.Store:
        """The store with all that was taken. Raises what the engine raises."""
        store = self._opened()
        self._hand_over()
        for piece in self._loaded:
            piece.result()
        is_to_be_merged = 1 < len(self._loaded) <= FEW
        self._end()
        self._begin()
        self._is_to_be_merged = is_to_be_merged
        return store

    def settle(self, store: ox.Store) -> None:
        """Have the engine write all of a store into its files, and merge the pieces of one that has been loaded.

        It has merged many by itself. Few it would merge when the next build changes a statement of the store, and the
        two would share no file.
        """
        if self._is_to_be_merged:
            store.optimize()
        store.flush()

    def start_over(self) -> None:
        """Forget all that was taken."""
        self._end()
        self._begin()
        disk.remove(self._place)

    def _end(self) -> None:
        """Wait for what is being loaded, and leave what is not yet."""
        self._pool.shutdown(cancel_futures=True)
        if self._piece is not None:
            self._piece.close()
        self._loaded.clear()
        self._store = None
        disk.remove(self._waiting)

    def _opened(self) -> ox.Store:
        if self._store is None:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._waiting.mkdir(parents=True, exist_ok=True)
            self._store = ox.Store(str(self._place))
        return self._store

    def _open(self) -> TextIO:
        if self._piece is None:
            self._opened()
            self._piece = (self._waiting / f"{next(self._names)}.nq").open("w", encoding="utf-8", newline="\n")
        return self._piece

    def _hand_over(self) -> None:
        if self._piece is not None:
            self._piece.close()
            self._loaded.append(self._pool.submit(_load, self._opened(), Path(self._piece.name)))
        self._piece = None
        self._room = self._left = min(self._room * _GROWTH, PIECE)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Leave what nobody has asked for."""
        self._end()


def _load(store: ox.Store, piece: Path) -> None:
    """Load a file of statements, of which each term has been judged when it was made: it is not judged again."""
    store.bulk_load(path=piece, format=ox.RdfFormat.N_QUADS, lenient=True)
    piece.unlink()
