"""A store that a process of its own loads, and that nobody merges meanwhile.

The engine has each piece in files of its own, and merges these by threads of its own as more come, so that what was
merged first is merged again and again. Threads that run only when nobody else would leave that until all of it is there
and can be merged once. Since nobody may be allowed to take that back, they are the threads of a process that ends, and
another one merges. It ends without closing the store, which would wait for what such a thread has begun: all that was
loaded is there, and the engine takes away what was begun when the store is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import cache
from pathlib import Path

import pyoxigraph as ox

_MERGING = "rocksdb:low"
"""What the engine calls its threads that merge. If it calls them otherwise, it merges as it would."""

_LOADED_AT_ONCE = 2
"""How many pieces are loaded at once: what is done beside lets these go first, and goes on while they are merged."""

_being_loaded: set[Future[None]] = set()


def begin_to_load(place: Path, piece: Path) -> None:
    """Begin to load a file of statements into a store that is held open until the process ends.

    It waits until fewer than so many others are being loaded. Raises what the engine has said of one of them; the
    file is left then.
    """
    _wait_until_left(_LOADED_AT_ONCE - 1)
    _being_loaded.add(_threads().submit(load, _opened(place), piece))


def end_loading() -> None:
    """Wait until all is loaded, and get ready to end. Raises what the engine says.

    The threads that merge run as others do again, where that may be taken back: they end before the process does.
    """
    _wait_until_left(0)
    _let_run(_own_threads(_MERGING), "SCHED_OTHER")


def load(store: ox.Store, piece: Path) -> None:
    """Load a file of statements, of which each term has been judged when it was made: it is not judged again."""
    store.bulk_load(path=piece, format=ox.RdfFormat.N_QUADS, lenient=True)
    piece.unlink()


def merge_beside(place: Path) -> None:
    """Merge what was loaded into a store that nobody holds open."""
    ox.Store(str(place)).optimize()


def _wait_until_left(number: int) -> None:
    """Wait until no more than so many files are being loaded."""
    while len(_being_loaded) > number:
        loaded, _ = wait(_being_loaded, return_when=FIRST_COMPLETED)
        for one in loaded:
            one.result()  # what is wrong stays, and is told to everyone who comes after
            _being_loaded.remove(one)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_LOADED_AT_ONCE)


@cache
def _opened(place: Path) -> ox.Store:
    store = ox.Store(str(place))
    put_off(_own_threads(_MERGING))
    return store


def _own_threads(name: str) -> Iterator[int]:
    """The threads of this process that have a name, as Linux lists them; none elsewhere."""
    for thread in Path("/proc/self/task").glob("*"):
        with suppress(OSError):  # it has ended meanwhile
            if (thread / "comm").read_text().strip() == name:
                yield int(thread.name)


def put_off(threads: Iterable[int]) -> None:
    """Let threads run only when nobody else would, where the system can be asked for that."""
    _let_run(threads, "SCHED_IDLE")


def _let_run(threads: Iterable[int], policy: str) -> None:
    """Let threads run as a policy has it, by its name in `os`: as before where there is none, or it may not be."""
    for thread in threads:
        with suppress(AttributeError, OSError):
            os.sched_setscheduler(thread, getattr(os, policy), os.sched_param(0))
