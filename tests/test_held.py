"""A store that is held in memory says what it says on the disk, in one order wherever it is held."""

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from endpoint.workers.lookups import Lookups
from endpoint.workers.messages import Pointing, Task
from endpoint.workers.share import Share
from endpoint.workers.worker import answer
from loaders.release import Release
from ontology.stores import HeldStores, opened

PLENTY = 2**40
QUERIES = {
    "all": "SELECT * { ?s ?p ?o }",
    "all with their graphs": "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "what has a class": "SELECT ?s ?class { ?s a ?class }",
    "values once each": "SELECT DISTINCT ?p { ?s ?p ?o }",
    "groups": "SELECT ?p (COUNT(*) AS ?n) (SAMPLE(?o) AS ?one) { ?s ?p ?o } GROUP BY ?p",
    "what is joined": "SELECT * { ?s a ?class ; ?p ?o } LIMIT 5000",
    "a path": "SELECT * { ?s a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* ?class } LIMIT 5000",
}
"""Queries that ask for no order."""


@pytest.fixture(scope="module")
def held(release: Release) -> ox.Store:
    """A release in memory, as a server holds it."""
    store = HeldStores(PLENTY, release.dump).of(release.store)
    assert store is not None
    return store


def _rows(store: ox.Store, query: str) -> bytes:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.TSV)


@pytest.mark.parametrize("from_the_dump", [True, False])
def test_what_is_held_is_what_stands_on_the_disk(release: Release, *, from_the_dump: bool) -> None:
    disk, copy = opened(release.store), HeldStores(PLENTY, release.dump if from_the_dump else None).of(release.store)
    assert copy is not None
    assert set(copy) == set(disk)
    assert set(copy.named_graphs()) == set(disk.named_graphs())


def test_graphs_that_say_nothing_and_nodes_without_a_name_are_held(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.add_graph(ox.NamedNode("http://example.org/empty"))
    nodes = ox.BlankNode("one"), ox.BlankNode("two")
    store.extend(ox.Quad(node, ox.NamedNode("http://example.org/p"), ox.Literal("a"), node) for node in nodes)
    store.flush()
    del store
    copy = HeldStores(PLENTY).of(tmp_path / "store")
    assert copy is not None
    assert set(copy.named_graphs()) == {ox.NamedNode("http://example.org/empty"), *nodes}
    assert {quad.subject for quad in copy} == set(nodes)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_each_process_that_holds_it_has_the_same_order(release: Release, held: ox.Store, query: str) -> None:
    other = HeldStores(PLENTY, release.dump).of(release.store)
    assert other is not None
    rows = _rows(held, query)
    assert len(rows.splitlines()) > 50
    assert rows == _rows(other, query)


def test_a_store_is_held_up_to_the_bytes_of_its_tables(release: Release) -> None:
    size = sum(table.stat().st_size for table in release.store.glob("*.sst"))
    assert HeldStores(size).of(release.store) is not None
    assert HeldStores(size - 1).of(release.store) is None
    assert HeldStores(0).of(release.store) is None


def test_none_is_held_and_nobody_told_where_that_is_not_asked_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert HeldStores(0).of(tmp_path) is None
    assert caplog.text == ""


LISTS = {
    "SELECT ?g { GRAPH ?g {} }": True,
    "SELECT ?g { graph $g { } }": True,
    "SELECT ?g { GRAPH ?g { FILTER(true) } }": True,
    "SELECT ?g { GRAPH ?g { OPTIONAL { ?s ?p ?o } } }": True,
    "SELECT ?g { GRAPH ?g { VALUES ?x { 1 2 } } }": True,
    "SELECT ?g { GRAPH\n?g\n{ # nothing\n } }": True,
    "SELECT ?g { GRAPH ?g { ?s ?p ?o } }": False,
    "SELECT ?g { GRAPH ?g {<http://example.org/a> ?p ?o } }": False,
    "PREFIX e: <http://example.org/> SELECT ?g { GRAPH ?g { e:a ?p ?o } }": False,
    "PREFIX : <http://example.org/> SELECT ?g { GRAPH ?g { :a ?p ?o } }": False,
    "SELECT ?g { GRAPH ?g { [] ?p ?o } }": False,
    "SELECT * { GRAPH <http://example.org/g> { FILTER(true) } }": False,
    "SELECT ?graph { ?graph a ?o }": False,
    "": False,
}


@pytest.mark.parametrize("query", LISTS)
def test_graphs_are_listed_in_the_order_of_the_disk(release: Release, held: ox.Store, query: str) -> None:
    share = Share(str(release.store), 100, held=held)
    asked = share.store_for(query)
    assert (asked is not held) is LISTS[query]
    if LISTS[query]:
        assert _rows(asked, query) == _rows(opened(release.store), query)


def test_graphs_are_listed_where_the_disk_has_gone(held: ox.Store, tmp_path: Path) -> None:
    share = Share(str(tmp_path / "gone"), 100, held=held)
    assert share.store_for("SELECT ?g { GRAPH ?g {} }") is held


TYPE, ROW = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://localhost:8000/spec/Row"


@pytest.mark.parametrize("page", [0, 1, 7])
@pytest.mark.parametrize("are_cut", [False, True])
def test_a_page_of_what_much_points_to_is_the_same_on_the_disk(
    release: Release, held: ox.Store, *, are_cut: bool, page: int
) -> None:
    query, first = f"SELECT DISTINCT ?subject {{ ?subject a <{ROW}> }}", 25 * page
    found = f"{query} LIMIT 25 OFFSET {first}" if are_cut else query
    task = Task(parts=(Pointing(ROW, TYPE, found, 0 if are_cut else first, 25, are_cut),))
    share = Share(str(release.store), 100, 1.0, held=held)
    assert (share.store_for("", task.is_in_the_order_of_the_disk) is held) is not are_cut
    answers = []
    for store in (share.store_for("", task.is_in_the_order_of_the_disk), opened(release.store)):
        told, spool = answer(store, task)
        with spool:
            assert told.failed is None
            answers.append([one.subject.value for one in ox.parse(spool.content(), format=ox.RdfFormat.N_QUADS)])
    assert answers[0] == answers[1] == sorted(answers[1])
    assert len(answers[0]) == 25
    everything = sorted(
        quad.subject.value for quad in held.quads_for_pattern(None, ox.NamedNode(TYPE), ox.NamedNode(ROW))
    )
    assert are_cut or answers[0] == everything[first : first + 25]


def test_the_memory_that_is_held_is_none_of_a_workers_own(release: Release) -> None:
    share = Share(str(release.store), 100)
    assert share.beside == 0
    before = _size_in_memory()
    having = share.with_held(HeldStores(PLENTY, release.dump))
    assert having.held is not None
    assert 0 < having.beside <= _size_in_memory() - before + 1
    assert share.with_held(HeldStores(0)).held is None


def _size_in_memory() -> int:
    """Megabytes of addresses, as the kernel tells them elsewhere."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmSize:")]
    return int(line.split()[1]) // 1024


BROKEN = {
    "nothing": lambda _: b"",
    "no gzip": lambda _: b"no gzip",
    "cut": lambda whole: whole[:-100],
    "another byte": lambda whole: whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
    "no statements": lambda _: gzip.compress(b""),
    "a statement less": lambda whole: gzip.compress(gzip.decompress(whole).partition(b"\n")[2]),
    "no N-Quads": lambda _: gzip.compress(b"<a> <b> .\n"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_dump_that_cannot_be_read_leaves_the_store_on_the_disk(
    release: Release, tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: Callable[[bytes], bytes]
) -> None:
    dump = tmp_path / "all.nq.gz"
    dump.write_bytes(broken(release.dump.read_bytes()))
    held = HeldStores(PLENTY, dump)
    share = Share(str(release.store), 100).with_held(held)
    assert share.held is None
    assert f"{release.store} is not held in memory: " in caplog.text
    found = asyncio.run(Lookups.open(release.store, held))
    answer = found.answer(Task("ASK { <http://localhost:8000/id/objective/8> ?p ?o }", "json"))
    found.close()
    assert answer is not None
    assert b"true" in answer.content
