"""Memory: who gives it, how often Python looks for what nobody holds any more, what of that the system gets back."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes.util import find_library
from functools import cache

SELDOM = 500_000
"""How many objects that may hold others come to be before Python looks through them; by itself, it does after 700."""

AT_HAND = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=500"}
"""What the GNU C library reads in the environment of a process that begins: how many free pieces of memory of each
size a thread keeps at hand, 16 MB of them at most. By itself it keeps 7, and the engine, which asks for small pieces
and gives them back all the time, is held up by a sixth of its time. Other libraries pass over it."""

_LIBRARY = ctypes.CDLL(None)

_PRELOADED = "LD_PRELOAD"
_CONFIGURED = "MALLOC_CONF"
_IN_LARGE_PAGES = "thp:always,metadata_thp:always"


@cache
def by_jemalloc() -> Mapping[str, str]:
    """What the environment of a process that begins has to have, so that jemalloc gives it its memory.

    Nothing, where that library is not installed or the system is not Linux, or whoever began this process has chosen
    one. It gives back by itself what is free, and asks the system for memory in large pages, unless whoever began this
    process has told it something else.
    """
    if not sys.platform.startswith("linux") or os.environ.get(_PRELOADED):
        return {}
    try:
        library = find_library("jemalloc")
    except OSError:  # it may ask a compiler, which needs a place to write
        return {}
    told = os.environ.get(_CONFIGURED, _IN_LARGE_PAGES)
    return {_PRELOADED: library, _CONFIGURED: told} if library else {}


@contextmanager
def looked_through_seldom() -> Iterator[None]:
    """While this lasts, Python looks for cycles of objects that nobody holds only now and then.

    Who makes millions of objects, none of them in a cycle, is held up by a twentieth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def looked_through_no_more() -> None:
    """What is held now is not looked through any more: a process that holds millions of objects ends sooner."""
    gc.freeze()


def give_back() -> None:
    """Give back what is free to the system; nothing happens where the C library knows no way.

    The library keeps what is free by the thread that had it.
    """
    trim = getattr(_LIBRARY, "malloc_trim", None)
    if trim is not None:
        trim(0)


def give_all_back() -> None:
    """The same, with what Python keeps at hand itself: its free tuples and lists lie scattered among what was held."""
    gc.collect()
    give_back()
