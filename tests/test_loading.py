"""A store that is loaded piece by piece holds what one loaded at once holds, and nothing is written when it is done."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from threading import Event

import pyoxigraph as ox
import pytest

from loaders import aside, loading, runs, unmerged
from loaders.loading import Loading
from loaders.stated import Statements
from shapes.memory import by_jemalloc

GRAPHS = {"http://graph/1": "abcdefg", "http://graph/2": "cdefa"}

with_jemalloc = pytest.mark.skipif(
    not by_jemalloc(), reason="jemalloc is not installed here, or something is preloaded already"
)


def are_asked_for() -> bool:
    """True where the system gives large pages to those who ask for them."""
    told = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    return told.is_file() and "[madvise]" in told.read_text(encoding="ascii")


def lines(letters: str, graph: str = "http://graph/1") -> list[bytes]:
    return [f'<http://thing/{letter}> <http://says> "{letter}" <{graph}> .\n'.encode() for letter in letters]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "PIECE", 3)
    monkeypatch.setattr(loading, "_FIRST", 2)
    return tmp_path / "release" / "store"


def test_what_is_taken_in_pieces_stands_in_the_store_once(place):
    with Loading(place) as taking:
        for graph, letters in GRAPHS.items():
            taking.take(lines(letters, graph))
            taking.take(iter(lines(letters[:2], graph)))
        assert taking.has_taken()
        store = taking.finish()
        assert not taking.has_taken()
    said = {(quad.subject.value[-1], quad.graph_name.value) for quad in store}
    assert said == {(letter, graph) for graph, letters in GRAPHS.items() for letter in letters}
    assert len(store) == len(said)
    assert list(place.parent.parent.iterdir()) == [place.parent]


@pytest.mark.parametrize("at_once", [100, 1 << 20])
def test_lines_that_lie_on_the_disk_are_taken_whole(place, tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(runs, "MANY", 1)
    monkeypatch.setattr(runs, "_BYTES_AT_ONCE", at_once)
    sorter = runs.Sorter(tmp_path / "lines")
    sorter.take(f'<http://thing/{number}> <http://says> "{number}"' for number in range(200))
    with Loading(place) as taking:
        taking.take(runs.encoded(sorter.lines(), runs.end_in("http://graph/1")))
        assert {quad.object.value for quad in taking.finish()} == set(map(str, range(200)))


def test_nothing_is_loaded_of_what_says_nothing(place):
    with Loading(place) as taking:
        taking.take(Statements([]).encoded(runs.end_in("http://graph/1")))
        assert not taking.has_taken()


def test_what_was_taken_before_it_starts_over_is_forgotten(place):
    with Loading(place) as taking:
        taking.take(lines("abcdefgh"))
        taking.start_over()
        assert not place.exists()
        taking.take(lines("xy"))
        assert sorted(quad.object.value for quad in taking.finish()) == ["x", "y"]


def test_what_the_engine_does_not_read_is_told_at_the_end(place):
    with Loading(place) as taking:
        taking.take([*lines("abc"), b"no statement\n"])
        with pytest.raises(SyntaxError):
            taking.finish()


def stop(place: Path, expected: int) -> None:
    with Loading(place) as taking:
        taking.expect(expected)
        taking.take(lines("abcdefgh" * 20))
        raise KeyError


@pytest.mark.parametrize("expected", [0, aside.MUCH])
def test_where_a_build_stops_nothing_is_written_any_more(place, expected):
    with pytest.raises(KeyError):
        stop(place, expected)
    assert not (place.parent.parent / "pieces").exists()
    ox.Store(str(place))  # nobody holds it


def files_of(place: Path) -> int:
    """How many files a store needs: those that it does not need any more go when it is opened."""
    ox.Store(str(place))
    return len(list(place.glob("*.sst")))


@pytest.mark.parametrize("expected", [0, aside.MUCH])
def test_pieces_are_merged_when_all_of_them_are_there(place, monkeypatch, expected):
    pieces, whole = place, place.with_name("whole")
    load_the_same(pieces, expected)
    monkeypatch.setattr(loading, "_FIRST", 8)
    load_the_same(whole)
    names_of_graphs = 3  # a file of each piece, which the engine merges when it likes and not when it is asked
    assert files_of(pieces) < files_of(whole) + names_of_graphs


def load_the_same(place: Path, expected: int = 0) -> None:
    """Load eight statements, of which only two differ, in three pieces: none can lie beside another."""
    with Loading(place) as taking:
        taking.expect(expected)
        taking.take(lines("ab" * 4))
        assert sorted(quad.object.value for quad in taking.finish()) == ["a", "b"]


@pytest.fixture
def much(place, monkeypatch):
    """A store of which much is expected, in many pieces, and the processes that load and merge it."""
    started = []

    def start(*told):
        started.append(starting(*told))
        return started[-1]

    starting = aside._start
    monkeypatch.setattr(aside, "_start", start)
    with Loading(place) as taking:
        taking.expect(aside.MUCH)
        yield taking, started


def test_much_is_loaded_by_a_process_that_ends_and_merged_by_another(much):
    taking, started = much
    taking.take(lines("abcdefghijklmnopqrstuvwxyz" * 3))
    assert sorted(quad.object.value for quad in taking.finish()) == list("abcdefghijklmnopqrstuvwxyz")
    assert [process.returncode for process in started] == [0, 0]
    assert not taking.has_taken()


def test_what_stops_the_process_that_merges_is_told(much, monkeypatch):
    taking, _ = much
    taking.take(lines("abcdefgh"))
    monkeypatch.setattr(unmerged, "merge_beside", sys.exit)
    with pytest.raises(aside.Ended):
        taking.finish()


@with_jemalloc
def test_the_process_has_its_memory_from_jemalloc_where_that_is_installed(much):
    taking, started = much
    taking.take(lines("abc"))
    wait_until_it_loads(started)
    assert "jemalloc" in libraries_of(started[0])
    assert sorted(quad.object.value for quad in taking.finish()) == ["a", "b", "c"]


@with_jemalloc
@pytest.mark.skipif("MALLOC_CONF" in os.environ, reason="jemalloc has been told something else here")
@pytest.mark.skipif(not are_asked_for(), reason="this system gives large pages to all, to none, or does not know them")
def test_the_process_asks_for_large_pages(much):
    taking, started = much
    taking.take(lines("abc"))
    wait_until_it_loads(started)
    places = Path(f"/proc/{started[0].pid}/smaps").read_text(encoding="utf-8")
    assert re.search(r"^VmFlags:.* hg\b", places, re.MULTILINE)
    assert sorted(quad.object.value for quad in taking.finish()) == ["a", "b", "c"]


def test_a_process_has_what_it_is_started_with():
    with aside.Aside(1, [], lambda: {"ONLY_THERE": "this"}) as beside:
        assert beside.begin(aside.MUCH).submit(os.getenv, "ONLY_THERE").result() == "this"
        assert beside.submit(os.getenv, "PATH").result() == os.environ["PATH"]
    assert "ONLY_THERE" not in os.environ


def test_a_process_does_what_is_there_before_it_has_imported_all(tmp_path):
    imported = tmp_path / "imported"
    (tmp_path / "imported_last.py").write_text(f"import pathlib\npathlib.Path({str(imported)!r}).touch()\n")
    needed = ["loaders.previous", "imported_last"]  # the former takes long enough for a task to be heard of
    with aside.Aside(1, needed, lambda: {"PYTHONPATH": str(tmp_path)}) as beside:
        first = beside.begin(aside.MUCH).submit(os.path.exists, str(imported))
        assert not first.result()
        until = time.monotonic() + 20
        while not beside.submit(os.path.exists, str(imported)).result():
            assert time.monotonic() < until


def wait_until_it_loads(started: list[subprocess.Popen[bytes]]) -> None:
    """Wait until the process that loads has the engine."""
    while not started or "pyoxigraph" not in libraries_of(started[0]):
        assert not started or started[0].poll() is None
        time.sleep(0.01)


def libraries_of(process: subprocess.Popen[bytes]) -> str:
    """The files that a process has in its memory, as Linux lists them."""
    return Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")


@pytest.mark.parametrize("after", ["", "defghijklmnop"])
def test_what_the_process_does_not_read_is_told(much, after):
    taking, _ = much
    taking.take([*lines("abc"), b"no statement\n", *lines(after)])
    with pytest.raises(SyntaxError):
        taking.finish()


def test_a_process_that_is_killed_while_it_loads_is_told(much):
    taking, started = much
    taking.take(lines("abc"))
    while not started:
        time.sleep(0.01)
    started[0].kill()
    with pytest.raises(aside.Ended):
        taking.finish()


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="this system knows no such threads")
def test_the_process_merges_when_nobody_else_has_anything_to_do(much):
    taking, started = much
    taking.take(lines("abc"))
    while policies(started, "rocksdb:low") != {os.SCHED_IDLE}:
        time.sleep(0.01)
    assert policies(started, "python") == {os.SCHED_OTHER}
    taking.finish()


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="this system knows no such threads")
def test_threads_that_were_put_off_run_as_others_do_before_the_process_ends(much, monkeypatch):
    """Where that may be: an account without the privilege has to wait for them."""
    taking, started = much
    taking.take(lines("abc"))
    while policies(started, "rocksdb:low") != {os.SCHED_IDLE}:
        time.sleep(0.01)
    seen = []

    def end(loading: Loading) -> None:
        if not seen:
            seen.append(policies(started, "rocksdb:low"))
        ending(loading)

    ending = Loading._end
    monkeypatch.setattr(Loading, "_end", end)
    taking.finish()
    assert seen == [{os.SCHED_OTHER if may_be_taken_back() else os.SCHED_IDLE}]


def may_be_taken_back() -> bool:
    """True where a process that has put itself off may run as others do again."""
    there_and_back = "from os import *; [sched_setscheduler(0, to, sched_param(0)) for to in (SCHED_IDLE, SCHED_OTHER)]"
    command = [sys.executable, "-c", there_and_back]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


def policies(processes: list[subprocess.Popen[bytes]], name: str) -> set[int]:
    """How the threads of processes that have a name, or one that begins so, are to run."""
    found = set()
    for thread in [thread for process in processes for thread in Path(f"/proc/{process.pid}/task").iterdir()]:
        with suppress(OSError):  # it has ended meanwhile
            if (thread / "comm").read_text().startswith(name):
                found.add(os.sched_getscheduler(int(thread.name)))
    return found


def test_where_the_system_does_not_let_them_threads_merge_as_they_would(monkeypatch):
    monkeypatch.setattr(os, "sched_setscheduler", refuse, raising=False)
    unmerged.put_off([1])
    monkeypatch.delattr(os, "sched_setscheduler")
    unmerged.put_off([1])


@pytest.fixture
def held(monkeypatch):
    """Pieces that are being loaded, by their names: each is until it is released."""
    loading_now: dict[str, Event] = {}

    def load(_store: object, piece: Path) -> None:
        loading_now[piece.name] = Event()
        assert loading_now[piece.name].wait(60)
        if piece.name == "wrong":
            raise SyntaxError(piece.name)

    monkeypatch.setattr(unmerged, "load", load)
    monkeypatch.setattr(unmerged, "_opened", lambda _place: None)
    yield loading_now
    for release in loading_now.values():
        release.set()
    unmerged._threads().shutdown()
    unmerged._threads.cache_clear()
    unmerged._being_loaded.clear()


def wait_until_there_are(number: int, held: dict[str, Event]) -> None:
    until = time.monotonic() + 60
    while len(held) < number and time.monotonic() < until:
        time.sleep(0.001)
    assert len(held) == number


def test_a_piece_is_begun_with_as_soon_as_one_of_two_is_loaded(held):
    with ThreadPoolExecutor(1) as asking:
        begun = [asking.submit(unmerged.begin_to_load, Path(), Path(name)) for name in ("a", "b", "c")]
        wait_until_there_are(2, held)
        assert not wait(begun[2:], timeout=0.1).done
        held["b"].set()
        wait_until_there_are(3, held)
        begun[2].result(60)
        ended = asking.submit(unmerged.end_loading)
        held["a"].set()
        assert not wait([ended], timeout=0.1).done
        held["c"].set()
        assert ended.result(60) is None


def test_what_is_wrong_with_a_piece_is_told_to_who_begins_with_another(held):
    with ThreadPoolExecutor(1) as asking:
        begun = [asking.submit(unmerged.begin_to_load, Path(), Path(name)) for name in ("a", "wrong", "c")]
        wait_until_there_are(2, held)
        held["wrong"].set()
        assert isinstance(begun[2].exception(60), SyntaxError)
        assert not begun[1].exception()
        held["a"].set()
        assert isinstance(asking.submit(unmerged.end_loading).exception(60), SyntaxError)


def test_what_is_wrong_with_the_last_piece_is_told_at_the_end(held):
    unmerged.begin_to_load(Path(), Path("wrong"))
    wait_until_there_are(1, held)
    held["wrong"].set()
    with pytest.raises(SyntaxError):
        unmerged.end_loading()


def refuse(*_told: object) -> None:
    raise PermissionError


def test_pieces_become_larger_where_there_are_many(place, monkeypatch):
    monkeypatch.setattr(loading, "_MANY", 4)
    handed: list[int] = []
    monkeypatch.setattr(unmerged, "load", lambda _store, piece: handed.append(len(piece.read_text().splitlines())))
    with Loading(place) as taking:
        taking.take(lines("x" * 100))
        taking.finish()
    assert handed[:6] == [2, 3, 3, 3, 3, 3]
    assert sum(handed) == 100
    assert max(handed) > 15
    assert len(handed) < 20
