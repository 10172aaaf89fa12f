"""Lines come back in order, each once, whether they were held in memory or written in runs."""

from __future__ import annotations

import pickle
import random
from hashlib import sha256

import pytest

from loaders import runs
from loaders.composing import compose
from loaders.content import digest_of
from loaders.curated import read_all
from loaders.identifiers import identifiers_of
from loaders.runs import LinesOnDisk, Room, Sorter, encoded, lines_but_for
from ontology.base import Base
from tests.builds import write_few_tables

LINES = ["b", "å", "a b", "a", "\U0001f33f", "\uffff", "line\u2028line", "a", "b\u0085", "", "B"]


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_lines_are_sorted_by_code_point_and_each_comes_once(tmp_path, monkeypatch, most):
    monkeypatch.setattr(runs, "MOST_HELD", most)
    sorter = Sorter(tmp_path / "lines")
    for line in LINES:
        sorter.take([line])
    sorter.take(LINES[:4])
    lines = sorter.lines()
    assert isinstance(lines, LinesOnDisk) == (most < 100)
    assert len(lines) == len(set(LINES))
    for _ in range(2):
        assert list(lines) == sorted(set(LINES))


@pytest.mark.parametrize("seed", range(20))
def test_runs_of_any_length_are_put_together_wherever_their_pieces_end(tmp_path, monkeypatch, seed):
    chance = random.Random(seed)
    monkeypatch.setattr(runs, "MOST_HELD", chance.randint(1, 60))
    monkeypatch.setattr(runs, "_AT_ONCE", chance.randint(1, 40))
    monkeypatch.setattr(runs, "_WRITTEN_AT_ONCE", chance.randint(1, 9))
    taken = [str(chance.randint(0, 200)) for _ in range(300)]
    sorter = Sorter(tmp_path / "lines")
    for start in range(0, len(taken), 7):
        sorter.take(taken[start : start + 7])
    lines = sorter.lines()
    assert list(lines) == sorted(set(taken))
    assert len(lines) == len(set(taken))
    assert isinstance(lines, LinesOnDisk)
    assert lines.digest == digest_of(sorted(set(taken))) == sha256(lines.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("is_held", [True, False])
def test_lines_that_begin_with_some_letters_are_passed_over(tmp_path, monkeypatch, seed, is_held):
    chance = random.Random(seed)
    monkeypatch.setattr(runs, "MOST_HELD", 100 if is_held else 10)
    monkeypatch.setattr(runs, "_AT_ONCE", chance.randint(1, 40))
    sorter = Sorter(tmp_path / "lines")
    taken = {"".join(chance.choices("abå", k=chance.randint(0, 4))) for _ in range(40)}
    sorter.take(taken)
    lines = sorter.lines()
    assert isinstance(lines, LinesOnDisk) != is_held
    for begin in ("", "a", "b", "å", "aå", "bab", "c", *taken):
        assert list(lines_but_for(lines, begin)) == [line for line in lines if not line.startswith(begin)]


def test_of_no_lines_none_are_passed_over(tmp_path):
    (tmp_path / "none").touch()
    assert list(lines_but_for(LinesOnDisk(tmp_path / "none", 0, ""), "a")) == []


@pytest.mark.parametrize("most", [3, 100])
def test_lines_are_encoded_alike_wherever_they_lie(tmp_path, monkeypatch, most):
    monkeypatch.setattr(runs, "MOST_HELD", most)
    sorter = Sorter(tmp_path / "lines")
    sorter.take(line for line in LINES)
    lines = sorter.lines()
    assert isinstance(lines, LinesOnDisk) == (most == 3)
    expected = "".join(f"{line} å.\n" for line in sorted(set(LINES)))
    for at_once in (1, 7, 1 << 20):
        monkeypatch.setattr(runs, "_BYTES_AT_ONCE", at_once)
        some = [part.decode("utf-8") for part in encoded(lines, " å.\n")]
        assert "".join(some) == expected
        assert all(part.endswith(" å.\n") for part in some)


def test_what_comes_again_and_again_is_held_once(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "MOST_HELD", 10)
    sorter = Sorter(tmp_path / "lines")
    for _ in range(20):
        sorter.take(["a", "b", "c"])
    assert sorter.lines() == ("a", "b", "c")


def test_many_lines_are_in_memory_and_on_the_disk_and_a_process_is_told_where(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "MANY", 4)
    sorters = [Sorter(tmp_path / name, lambda coming, file: file.write_text("".join(coming))) for name in "ab"]
    for sorter in sorters:
        sorter.take(LINES)
    monkeypatch.setattr(runs, "MOST_KEPT", len(set(LINES)))
    room, whole = Room(), [sorter.lines() for sorter in sorters]
    kept = [room.keep(lines, tmp_path) for lines in whole]
    assert [lines.held is not None for lines in kept] == [True, False]
    for lines in kept:
        there = pickle.loads(pickle.dumps(lines))
        assert there.held is None
        assert list(there) == list(lines) == sorted(set(LINES))
        assert there.gathered.read_text() == "".join(f"{line}\n" for line in lines)


def test_what_several_have_is_held_while_there_is_room(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "MOST_KEPT", 3)
    room = Room()
    kept = [room.keep(lines, tmp_path / str(number)) for number, lines in enumerate([("a", "b"), ("c", "d"), ("e",)])]
    assert [isinstance(lines, LinesOnDisk) for lines in kept] == [False, True, False]
    assert [list(lines) for lines in kept] == [["a", "b"], ["c", "d"], ["e"]]
    assert room.keep(kept[1], tmp_path / "3") is kept[1]
    assert room.keep(("f", "g"), None) == ("f", "g")


def test_a_content_on_disk_is_the_same_as_one_in_memory(tmp_path, monkeypatch):
    write_few_tables(tmp_path / "tables")
    curated, base = read_all(tmp_path / "tables"), Base("http://localhost:8000/")
    held = compose(curated, base)
    monkeypatch.setattr(runs, "MOST_HELD", 40)
    written = compose(curated, base, folder=tmp_path / "statements")
    on_disk = [lines for lines in written.graphs.values() if isinstance(lines, LinesOnDisk)]
    assert on_disk
    assert all(lines.gathered and lines.gathered.is_file() for lines in on_disk)
    assert (written.release_id, written.triples) == (held.release_id, held.triples)
    assert list(written.canonical_nquads()) == list(held.canonical_nquads())
    assert identifiers_of(base, written.graphs) == identifiers_of(base, held.graphs)


@pytest.mark.parametrize("few", [0, 1000], ids=["many", "few"])
def test_lines_about_things_are_found_in_memory_and_on_the_disk(tmp_path, monkeypatch, few):
    monkeypatch.setattr(runs, "_FEW", few)
    lines = tuple(sorted(["<a> <p> <b>", "<a> <q> <c>", "<a/b> <p> <a>", "<aa> <p> <a>", "<b> <p> <a>", "<é> <p> <a>"]))
    about = {"<a>", "<é>", "<z>"}
    expected = ["<a> <p> <b>", "<a> <q> <c>", "<é> <p> <a>"]
    assert list(runs.lines_about(lines, about)) == expected
    assert list(runs.lines_about(Room().keep(lines, None), set())) == []
    monkeypatch.setattr(runs, "MOST_KEPT", 0)
    assert list(runs.lines_about(Room().keep(lines, tmp_path / "lines"), about)) == expected
