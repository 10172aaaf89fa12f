"""A store that is loaded piece by piece holds what one loaded at once holds, and nothing is written when it is done."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from loaders import loading
from loaders.loading import Loading

GRAPHS = {"http://graph/1": "abcdefg", "http://graph/2": "cdefa"}


def lines(letters: str) -> list[str]:
    return [f'<http://thing/{letter}> <http://says> "{letter}"' for letter in letters]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "PIECE", 3)
    monkeypatch.setattr(loading, "_FIRST", 2)
    return tmp_path / "release" / "store"


def test_what_is_taken_in_pieces_stands_in_the_store_once(place):
    with Loading(place) as taking:
        for graph, letters in GRAPHS.items():
            taking.take(graph, lines(letters))
            taking.take(graph, iter(lines(letters[:2])))
        assert taking.has_taken()
        store = taking.finish()
        assert not taking.has_taken()
    said = {(quad.subject.value[-1], quad.graph_name.value) for quad in store}
    assert said == {(letter, graph) for graph, letters in GRAPHS.items() for letter in letters}
    assert len(store) == len(said)
    assert list(place.parent.parent.iterdir()) == [place.parent]


def test_what_was_taken_before_it_starts_over_is_forgotten(place):
    with Loading(place) as taking:
        taking.take("http://graph/1", lines("abcdefgh"))
        taking.start_over()
        assert not place.exists()
        taking.take("http://graph/1", lines("xy"))
        assert sorted(quad.object.value for quad in taking.finish()) == ["x", "y"]


def test_what_the_engine_does_not_read_is_told_at_the_end(place):
    with Loading(place) as taking:
        taking.take("http://graph/1", [*lines("abc"), "no statement"])
        with pytest.raises(SyntaxError):
            taking.finish()


def stop(place: Path) -> None:
    with Loading(place) as taking:
        taking.take("http://graph/1", lines("abcdefgh" * 20))
        raise KeyError


def test_where_a_build_stops_nothing_is_written_any_more(place):
    with pytest.raises(KeyError):
        stop(place)
    assert not (place.parent.parent / "pieces").exists()
    ox.Store(str(place))  # nobody holds it


def files_of(place: Path) -> set[str]:
    return {file.name for file in place.glob("*.sst")}


def test_few_pieces_are_merged_when_it_is_asked_for(place):
    with Loading(place) as taking:
        taking.take("http://graph/1", lines("abcdefgh"))
        store = taking.finish()
        before = files_of(place)
        taking.settle(store)
        assert len(files_of(place) - before) < len(before)
        assert sorted(quad.object.value for quad in store) == list("abcdefgh")


@pytest.mark.parametrize("number", [2, 3 * loading.FEW + 3], ids=["one", "many"])
def test_one_piece_and_many_are_left_to_the_engine(place, number):
    with Loading(place) as taking:
        taking.take("http://graph/1", lines("x" * number))
        taking.finish()
        taking.settle(NotMerged())


class NotMerged:
    def flush(self) -> None:
        """Nothing is to be written."""

    def optimize(self) -> None:
        raise AssertionError("it is merged")
