"""Of which things shapes may find something else than in the release before."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from loaders.content import Content
from loaders.previous import Difference, Previous, subjects
from loaders.publisher import EDITORS
from loaders.release import Release
from loaders.runs import lines_about
from loaders.touched import touched_since
from tests.conftest import BASE

TYPE, UNDER = (
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    "<http://www.w3.org/2000/01/rdf-schema#subClassOf>",
)
LAKE, RIVER, WATER, NEAR = (f"<http://example.org/{name}>" for name in ("Lake", "River", "Water", "near"))
GRAPHS = {
    "http://example.org/classes": (f"{LAKE} {UNDER} {WATER}", f"{RIVER} {UNDER} {WATER}"),
    "http://example.org/waters": tuple(
        sorted(
            [
                *(f'<http://example.org/{number}> {NEAR} "{number}"' for number in range(200)),
                f"<http://example.org/1> {NEAR} <http://example.org/2>",
                f"<http://example.org/2> {TYPE} {LAKE}",
                f"<http://example.org/3> {NEAR} <http://example.org/1>",
            ]
        )
    ),
    "http://example.org/others": (f'<http://example.org/2> {NEAR} "other"',),
}


def touched(went: tuple[str, ...], came: tuple[str, ...] = (), graphs=None):
    """What is touched where these statements went from the waters, or came to be there."""
    content = Content(BASE, dict(graphs or GRAPHS), {}, "2026-11-27-000000000000", "2026-11-27", EDITORS)
    store = ox.Store()
    store.bulk_load("".join(content.nquads()).encode(), format=ox.RdfFormat.N_QUADS)
    differences = {"http://example.org/waters": Difference(went, came)}
    about = subjects(differences)
    said = {graph: tuple(lines_about(lines, about)) for graph, lines in content.graphs.items()}
    return touched_since(Previous(Release(Path(), {}), {}, {}, differences, said=said), content, store)


def test_a_thing_of_which_something_is_said_no_more_is_touched_with_all_that_is_said_of_it():
    found = touched((f'<http://example.org/2> {NEAR} "gone"',))
    assert found.things == {"http://example.org/2"}
    (lines,) = found.graphs.values()
    assert lines == tuple(
        sorted(
            [
                f"{LAKE} {UNDER} {WATER}",
                f"{RIVER} {UNDER} {WATER}",
                f'<http://example.org/2> {NEAR} "2"',
                f'<http://example.org/2> {NEAR} "other"',
                f"<http://example.org/2> {TYPE} {LAKE}",
            ]
        )
    )


def test_what_has_a_value_of_another_class_is_touched_and_what_has_that_as_its_value_is_not():
    found = touched((f"<http://example.org/2> {TYPE} {RIVER}",), (f"<http://example.org/2> {TYPE} {LAKE}",))
    assert found.things == {"http://example.org/1", "http://example.org/2"}
    (lines,) = found.graphs.values()
    assert f"<http://example.org/1> {NEAR} <http://example.org/2>" in lines
    assert f'<http://example.org/3> {NEAR} "3"' not in lines


def test_the_classes_of_values_are_told():
    (lines,) = touched((), (f'<http://example.org/1> {NEAR} "1"',)).graphs.values()
    assert f"<http://example.org/2> {TYPE} {LAKE}" in lines
    assert f'<http://example.org/2> {NEAR} "2"' not in lines


def test_a_thing_that_is_there_no_more_is_touched():
    assert touched((f'<http://example.org/gone> {NEAR} "1"',)).things == {"http://example.org/gone"}


@pytest.mark.parametrize(
    "line",
    [f"{LAKE} {UNDER} {RIVER}", f'_:b {NEAR} "1"', f"<http://example.org/1> {NEAR} _:b"],
    ids=["a class under another", "a blank thing", "a blank value"],
)
def test_all_things_are_judged_where_it_is_not_known_what_is_touched(line):
    assert touched((line,)) is None


def test_all_things_are_judged_where_much_is_touched():
    statements = sum(map(len, GRAPHS.values()))
    few = tuple(f'<http://example.org/{number}> {NEAR} "other"' for number in range(statements // 30))
    assert len(touched(few).things) == len(few)
    assert touched((*few, f'<http://example.org/199> {NEAR} "other"')) is None


def test_what_is_blank_and_points_to_a_thing_is_judged_by_no_shape():
    line = f"<http://example.org/2> {TYPE} {LAKE}"
    others = tuple(f'<http://example.org/{number}> {NEAR} "other"' for number in range(10, 70))
    graphs = {"http://example.org/waters": (*others, line, f"_:b {NEAR} <http://example.org/2>")}
    assert touched((), (line,), graphs).things == {"http://example.org/2"}
