"""What a build takes over from the release before it: nothing that could be another, and the result is the same."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from builds import write_few_tables
from rdflib import SH, Graph
from rdflib.collection import Collection

from loaders import clone, previous
from loaders.aside import MUCH, Aside
from loaders.build import build
from loaders.composing import compose
from loaders.content import Content
from loaders.curated import read_all
from loaders.identifiers import identifiers_of
from loaders.lifecycle import History
from loaders.near import near
from loaders.pasts import Pasts
from loaders.previous import Difference, NothingToTakeOver, Previous, release_before, shared, subjects
from loaders.release import DamagedRelease, Releases
from loaders.since import described_since
from loaders.versions import ALL
from ontology.base import Base
from shapes.files import shapes
from tests.benchmarks.many_sources import sources
from tests.breaking import broken, seeds
from tests.conftest import BASE
from tests.rebuilds import assert_same, both, checked_both_ways, content_of, spoiled, write_before
from tests.test_curated import change


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Path:
    """Few tables without one row, live sources, and a release of them. To be copied, not changed."""
    folder = tmp_path_factory.mktemp("before")
    write_before(folder, without_a_row)
    return folder


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Path:
    tables = tmp_path_factory.mktemp("after") / "tables"
    write_changed(tables)
    return tables


def without_a_row(tables: Path) -> None:
    """Take a row out of the tables."""
    drop(tables / "actor_wikidata.csv")


def write_changed(tables: Path) -> None:
    """The tables, one line of which has come, one has changed and one is gone."""
    write_few_tables(tables)
    change(tables, "objectives", {"number": "8"}, name_sv="Levande sjöar")
    gone = drop(tables / "actor_homepages.csv").partition(",")[0]
    with (tables / "retirements.csv").open("a") as lines:
        lines.write(f"id/row/actor_homepages/{gone},withdrawn,2026-11-26,Struken.,Removed.,editors,likely\n")


def drop(table: Path) -> str:
    """Take the first row out of a table; that row."""
    head, first, *others = table.read_text().splitlines(keepends=True)
    table.write_text("".join([head, *others]))
    return first


@pytest.fixture(scope="module")
def content(few, changed) -> Content:
    return content_of(few / "data", changed)


@pytest.fixture
def data(few, tmp_path) -> Path:
    return Path(shutil.copytree(few / "data", tmp_path / "data"))


def test_a_statement_that_the_store_cannot_tell_from_another_does_not_go_with_it(data, content, tmp_path):
    found = shared(release_before(Releases(data), content.base), content)
    graph = next(iter(found.differences))
    line = '<http://a> <http://b> "{}"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    one, other = line.format("1.5"), line.format("1.50")
    store = ox.Store()
    store.extend(clone.parsed([one, other], graph))
    stays = replace(content, graphs={graph: (other,)})
    clone.change(store, graph, Difference((one,), ()), stays)
    assert len(store) == 1


def test_a_store_that_does_not_hold_what_it_should_is_not_taken_over(data, content, changed, tmp_path, monkeypatch):
    found = shared(release_before(Releases(data), content.base), content)
    graph, difference = next((graph, one) for graph, one in found.differences.items() if one.went)
    short = Difference(difference.went[1:], difference.came)
    less = replace(found, differences={**found.differences, graph: short})
    monkeypatch.setattr("loaders.build.shared", lambda *_: less)
    again, whole = both(data, changed, tmp_path)
    number = len(content.graphs[graph])
    assert f"making the whole: {graph} has {number + 1:,} statements, and not {number:,}" in again.told
    assert again.release.record["takenOver"] is None
    assert_same(again.release, whole.release)


def spoil_a_graph_that_is_the_same(store: ox.Store, found: Previous) -> str:
    graph = min(found.same)
    store.remove(next(store.quads_for_pattern(None, None, None, ox.NamedNode(graph))))
    return f"{graph} has"


def spoil_what_a_graph_that_is_the_same_holds_too(store: ox.Store, found: Previous) -> str:
    graph, other = sorted(found.same)[:2]
    said = next(store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
    store.add(ox.Quad(said.subject, said.predicate, said.object, ox.NamedNode(other)))
    return f"{other} has"


def spoil_what_is_in_no_graph(store: ox.Store, _: Previous) -> str:
    store.add(ox.Quad(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.NamedNode("http://c")))
    return "it holds statements in no graph"


def spoil_the_names_of_graphs(store: ox.Store, _: Previous) -> str:
    store.add_graph(ox.NamedNode("http://a"))
    return "http://a has 0 statements"


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_a_graph_that_is_the_same,
        spoil_what_a_graph_that_is_the_same_holds_too,
        spoil_what_is_in_no_graph,
        spoil_the_names_of_graphs,
    ],
)
def test_what_was_taken_over_is_counted_too(data, content, tmp_path, spoil):
    found = shared(release_before(Releases(data), content.base), content)
    store = clone.clone(found, content, tmp_path / "store")
    assert clone.disagreement(store, content, found.same) is None
    told = spoil(store, found)
    assert clone.disagreement(store, content, found.same).startswith(told)


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "taken over"])
def test_nobody_holds_the_database_any_more_when_its_files_are_sealed(data, changed, monkeypatch, whole):
    def opened(staged, *_):
        ox.Store(str(staged / "store"))
        raise KeyError("nobody holds it")

    monkeypatch.setattr("loaders.workshop.seal", opened)
    with pytest.raises(KeyError, match="nobody holds it"):
        build(data, BASE, changed, sources=sources(), whole=whole)


def test_of_graphs_that_differ_it_is_known_what_came_and_what_went(data, content):
    found = shared(release_before(Releases(data), content.base), content)
    assert found.same.keys() | found.differences.keys() >= content.graphs.keys()
    (difference,) = [
        each for each in found.differences.values() if any('"Levande sjöar"' in line for line in each.came)
    ]
    assert any('"Levande sjöar och vattendrag"' in line for line in difference.went)


def test_the_next_release_is_whole_where_many_in_a_row_were_made_of_one_another(data, content):
    place = Releases(data).current().path / "release.json"
    record = json.loads(place.read_text()) | {"takenOver": {"from": "another", "generation": 20}}
    place.write_text(json.dumps(record))
    with pytest.raises(NothingToTakeOver, match="the last 20 releases were made of one another"):
        shared(release_before(Releases(data), content.base), content)


@pytest.mark.parametrize("seed", seeds(1))
def test_what_is_broken_is_found_either_way(few, tmp_path, seed):
    """More seeds are in tests/conformance."""
    content = broken(content_of(few / "data", few / "tables"), seed)
    found = checked_both_ways(few / "data", content, tmp_path / "store")
    assert found.again == found.whole
    assert found.whole.findings
    assert 0 < found.judged < 500


def test_shapes_within_shapes_look_no_further_than_the_value_itself():
    """What is taken over of shapes rests on it: a shape looks at a thing, and at the classes of its values."""
    graph = Graph().parse(data=shapes(BASE), format="turtle")
    members = [(owner, one) for owner, some in graph.subject_objects(SH["or"]) for one in Collection(graph, some)]
    of_values = {one for owner, one in members if graph.value(owner, SH.path)}
    of_values |= set(graph.objects(None, SH.qualifiedValueShape))
    assert of_values
    assert not any(graph.value(one, term) for one in of_values for term in (SH.path, SH.property, SH["or"]))


def test_a_difference_that_is_large_is_not_looked_at(data, content, monkeypatch):
    monkeypatch.setattr(previous, "MOST_DIFFERENT", 10_000_000)
    assert shared(release_before(Releases(data), content.base), content).differences is None


@pytest.mark.parametrize("beside", [None, lambda aside: lambda _: aside.begin(MUCH)], ids=["here", "by a process"])
@pytest.mark.parametrize("name", ["index/graphs.json", "dump/all.nq.gz", "store/CURRENT"])
def test_nothing_is_taken_from_a_release_that_is_damaged(data, content, name, beside, monkeypatch):
    asked, ask = [], Aside._ask
    monkeypatch.setattr(Aside, "_ask", lambda aside, *task: asked.append(task[0]) or ask(aside, *task))
    with Aside() as aside, pytest.raises(NothingToTakeOver, match=f"is damaged: {name} has other bytes"):
        shared(release_before(spoiled(data, name), content.base, beside and beside(aside)), content)
    assert asked == ([previous.fault_in] if beside else [])


def test_nothing_is_taken_from_what_another_version_has_made(data, content, monkeypatch):
    monkeypatch.setattr(previous, "maker", lambda: "another")
    with pytest.raises(NothingToTakeOver, match="another version of this software"):
        shared(release_before(Releases(data), content.base), content)


def test_nothing_is_taken_from_a_release_that_says_nothing_of_its_maker(data, content):
    place = Releases(data).current().path / "release.json"
    record = json.loads(place.read_text())
    del record["software"]["maker"]
    place.write_text(json.dumps(record))
    with pytest.raises(NothingToTakeOver, match="another version of this software"):
        shared(release_before(Releases(data), content.base), content)


def test_nothing_is_taken_from_another_base_or_where_nothing_is(data, changed, tmp_path):
    elsewhere = compose(read_all(changed), Base("http://localhost:8100/"))
    with pytest.raises(NothingToTakeOver, match="another base"):
        shared(release_before(Releases(data), elsewhere.base), elsewhere)
    with pytest.raises(NothingToTakeOver, match="no release before"):
        shared(release_before(Releases(tmp_path), elsewhere.base), elsewhere)


def test_the_rows_of_a_graph_that_was_not_there_are_not_digested(data, content):
    before = release_before(Releases(data), content.base)
    assert before.known(f"{content.base.iri}id/graph/new", pytest.fail) is None
    assert before.known(min(before.graphs), lambda: "other rows") is None


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda dump: dump.write_bytes(dump.read_bytes()[:-20])], ids=["gone", "cut"]
)
def test_a_dump_that_is_spoilt_while_a_build_runs_is_not_taken_for_what_was_stated(data, content, spoil):
    before = release_before(Releases(data), content.base)
    graph = max(before.graphs, key=lambda graph: before.graphs[graph].number)
    told = before.graphs[graph]
    lines = before.known(graph, lambda: told.rows).lines
    assert len(list(lines)) == told.number > 1
    spoil(before.release.path / "dump" / f"{previous.dump_of(graph)}.nt.gz")
    with pytest.raises(DamagedRelease, match=f"the dump of {graph} in the release {before.release.id}"):
        list(lines)


@pytest.mark.parametrize("few_things", [1, 1_000_000], ids=["few things", "many things"])
def test_what_other_graphs_say_of_things_that_have_changed_is_found(data, content, monkeypatch, few_things):
    monkeypatch.setattr(previous, "_FEW", few_things)
    found = shared(release_before(Releases(data), content.base), content)
    things = subjects(found.differences)
    told = {
        graph: tuple(line for line in lines if line.partition(" ")[0] in things)
        for graph, lines in content.graphs.items()
    }
    assert {graph: lines for graph, lines in found.said.items() if lines} == {g: t for g, t in told.items() if t}


def test_what_is_said_of_things_that_have_changed_is_the_same_at_hand_as_on_the_disk(
    data, content, tmp_path, monkeypatch
):
    found = shared(release_before(Releases(data), content.base), content)
    store = clone.clone(found, content, tmp_path / "store")
    held = near(found, store)
    monkeypatch.setattr("loaders.near._MOST_HELD", 0)
    there = near(found, store)
    assert there.now is store
    things = [ox.NamedNode(thing[1:-1]) for thing in subjects(found.differences)]
    for at_hand, on_disk in zip(held, there, strict=True):
        said = [quad for thing in things for quad in on_disk.quads_for_pattern(thing, None, None)]
        assert len(at_hand) == len(said) > 0
        assert set(at_hand) == set(said)
    assert set(held.before) != set(held.now)


def test_a_release_whose_identifiers_cannot_be_read_is_gone_through(data, content):
    found = shared(release_before(Releases(data), content.base), content)
    whole = identifiers_of(content.base, content.graphs)
    assert described_since(found, content, History(Releases(data)).pasts) == whole
    assert described_since(found, content, Pasts()) == whole
    (found.release.path / ALL).unlink()
    assert described_since(found, content, History(Releases(data)).pasts) == whole
