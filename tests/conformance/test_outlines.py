"""What is amiss is the same whether all graphs are gone through, or those alone that have changed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from loaders.amiss import PLACE, find_amiss
from ontology import iri
from ontology.base import Base
from shapes.outlines import outlined
from tests.breaking import seeds
from tests.screening import CUBE, broken, lines, quads

BASE = Base()
VOCABULARY = str(BASE.localise(iri.VOCABULARY_GRAPH))
Graphs = dict[str, list[str]]


class NotRead:
    """The lines of a graph that nobody needs to go through."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("a graph is gone through whose outline is known")


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A release with the outlines of a cube in order."""
    found = find_amiss(lines(quads(CUBE)), BASE, tmp_path / "before", None, ())
    assert not found
    return tmp_path / "before"


def the_same(graphs: Graphs) -> frozenset[str]:
    """The graphs that are those of the cube."""
    whole = lines(quads(CUBE))
    return frozenset(graph for graph, said in graphs.items() if whole.get(graph) == said)


def unread(graphs: Graphs, same: Iterable[str]) -> dict[str, Iterable[str]]:
    """The graphs, of which the same cannot be read, but for the vocabulary, which always is."""
    return {graph: NotRead() if graph in same and graph != VOCABULARY else said for graph, said in graphs.items()}


@pytest.mark.parametrize("seed", seeds(4))
def test_what_is_amiss_is_found_in_the_graphs_that_have_changed(before, tmp_path, seed):
    number = 0
    for what, statements in random.Random(seed).sample(list(broken(quads(CUBE))), 150):
        graphs = lines(statements)
        same = the_same(graphs)
        if VOCABULARY in same:
            number += 1
            found = find_amiss(unread(graphs, same), BASE, tmp_path / "after", before, same)
            assert found == outlined(graphs, BASE, {})[0], what
            assert (tmp_path / "after" / PLACE).read_bytes() == outlines_written(graphs, tmp_path / "whole"), what
    assert number > 50


def outlines_written(graphs: Graphs, folder: Path) -> bytes:
    find_amiss(graphs, BASE, folder, None, ())
    return (folder / PLACE).read_bytes()


def test_beside_another_vocabulary_all_is_gone_through(before, tmp_path):
    graphs = lines(quads(CUBE))
    graphs[VOCABULARY] = [line for line in graphs[VOCABULARY] if "/spec/note> " not in line]
    same = the_same(graphs)
    assert VOCABULARY not in same
    assert find_amiss(graphs, BASE, tmp_path / "after", before, same)
    with pytest.raises(AssertionError, match="gone through"):
        find_amiss(unread(graphs, same), BASE, tmp_path / "after", before, same)


def test_a_release_without_outlines_says_nothing_of_its_graphs(before, tmp_path):
    graphs = lines(quads(CUBE))
    (before / PLACE).unlink()
    assert not find_amiss(graphs, BASE, tmp_path / "after", before, frozenset(graphs))
    with pytest.raises(AssertionError, match="gone through"):
        find_amiss(unread(graphs, graphs), BASE, tmp_path / "after", before, frozenset(graphs))


def test_a_data_set_that_two_graphs_tell_of_is_amiss():
    graphs = lines(quads(CUBE))
    values = next(graph for graph in graphs if graph.endswith("/values"))
    places = next(graph for graph in graphs if graph.endswith("/places"))
    told = [
        line for line in graphs[values] if "/dataset/b> " in line or "/slice/b/" in line or "/observation/b/" in line
    ]
    graphs[places] = sorted(graphs[places] + told)
    found, _ = outlined(graphs, BASE, {})
    assert {"observation-twice", "observation-in-another-series"} <= {name for one in found for name in one.rules}
