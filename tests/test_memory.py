"""What nobody holds any more is given back to the system."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from shapes import memory


def held() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read as Linux tells it")
def test_what_was_let_go_of_is_given_back():
    pieces = [b"x" * (100_000 + size) for size in range(2000)]  # each too small for pages of its own
    kept = pieces[-1]
    full = held()
    del pieces
    memory.give_back()
    assert held() < full - 150_000_000 // 4096
    assert kept


def test_nothing_happens_where_the_library_knows_no_way(monkeypatch):
    monkeypatch.setattr(memory, "_LIBRARY", object())
    memory.give_back()


def test_python_looks_for_cycles_as_often_as_before_when_it_is_over():
    before, during = gc.get_threshold(), []
    with suppress(KeyError), memory.looked_through_seldom():
        during.append(gc.get_threshold())
        raise KeyError
    assert during == [(memory.SELDOM, *before[1:])] != [before]
    assert gc.get_threshold() == before


@pytest.fixture
def preloading(monkeypatch):
    """What is found of a library, by the name that is asked for."""
    names = {"jemalloc": "libjemalloc.so.2"}
    monkeypatch.setattr(memory, "find_library", names.get)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("LD_PRELOAD", raising=False)
    monkeypatch.delenv("MALLOC_CONF", raising=False)
    memory.by_jemalloc.cache_clear()
    yield names
    memory.by_jemalloc.cache_clear()


def test_a_process_is_told_of_jemalloc_where_it_is_installed(preloading):
    asked = "thp:always,metadata_thp:always"
    assert memory.by_jemalloc() == {"LD_PRELOAD": "libjemalloc.so.2", "MALLOC_CONF": asked}


def test_a_process_is_told_of_nothing_where_jemalloc_is_not_installed(preloading):
    preloading.clear()
    assert memory.by_jemalloc() == {}


def test_what_an_operator_has_chosen_stays(preloading, monkeypatch):
    monkeypatch.setenv("LD_PRELOAD", "libmimalloc.so.3")
    assert memory.by_jemalloc() == {}


def test_what_an_operator_has_told_jemalloc_stays(preloading, monkeypatch):
    monkeypatch.setenv("MALLOC_CONF", "narenas:1")
    assert memory.by_jemalloc() == {"LD_PRELOAD": "libjemalloc.so.2", "MALLOC_CONF": "narenas:1"}


def test_another_system_is_not_told_what_linux_is(preloading, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert memory.by_jemalloc() == {}


def test_a_process_is_told_of_nothing_where_nobody_can_look_for_it(preloading, monkeypatch):
    def no_place(_name: str) -> None:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(memory, "find_library", no_place)
    assert memory.by_jemalloc() == {}
