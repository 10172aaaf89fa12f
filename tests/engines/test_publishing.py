"""A release is put into an engine elsewhere whole, or is not said to be there; what has not changed stays there."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from endpoint.cli import main
from loaders.client import Patience
from loaders.graph_store import GraphStore, Login, NotDone
from loaders.publishing import Published, publish
from loaders.release import DamagedRelease, Release, Releases, find_release
from tests.services.engine import Engine, by_graph
from tests.services.misbehaviour import answering, failing, packed_with, redirecting, silent, web_page

OTHERS = ox.Quad(*(ox.NamedNode(f"https://example.org/{name}") for name in ("s", "p", "o", "graph")))
"""What somebody else has put into the same engine."""

MARK = "http://localhost:8000/.well-known/void"
IMPATIENT = Patience(attempts=3, first_wait=0.001, longest_wait=0.002)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        engine.store.add(OTHERS)
        yield engine
        assert engine.breaches == []


@pytest.fixture
def first(revised: Path) -> Release:
    return find_release(Releases(revised), "previous")


@pytest.fixture
def second(revised: Path) -> Release:
    return Releases(revised).current()


def put(release: Release, engine: Engine, login: Login | None = None, is_whole: bool = False, **how) -> Published:
    with GraphStore(engine.graphs, engine.queries, login, patience=IMPATIENT, **how) as store:
        return publish(release, Releases(release.path.parent.parent), store, lambda *_: None, is_whole)


def stated(release: Release) -> dict[str, set[ox.Triple]]:
    """The statements of each graph by the dump of all, its numbers written as an engine of the sort writes them."""
    store = ox.Store()
    store.load(gzip.decompress((release.path / "dump" / "all.nq.gz").read_bytes()), format=ox.RdfFormat.N_QUADS)
    return by_graph(store)


def said_to_be(engine: Engine) -> list[str]:
    """The releases that the engine says it holds."""
    version = ox.NamedNode("http://www.w3.org/ns/dcat#version")
    return [quad.object.value for quad in engine.store.quads_for_pattern(None, version, None, ox.NamedNode(MARK))]


def assert_holds(engine: Engine, release: Release) -> None:
    held = by_graph(engine.store)
    assert held.pop("https://example.org/graph") == {OTHERS.triple}
    assert len(held.pop(MARK)) == 1
    assert held == stated(release)
    assert said_to_be(engine) == [release.id]


def test_an_engine_holds_a_release_as_it_is(engine, second):
    assert put(second, engine) == Published(put=len(stated(second)), same=0, removed=0)
    assert_holds(engine, second)


def test_what_has_not_changed_is_not_put_again(engine, first, second):
    put(first, engine)
    before, after = stated(first), stated(second)
    changed = {graph for graph in after if before.get(graph) != after[graph]}
    assert 0 < len(changed) < len(after)
    engine.requests.clear()
    done = put(second, engine)
    assert done == Published(len(changed), len(after) - len(changed), len(before.keys() - after.keys()))
    assert {graph for method, graph in engine.changes() if method == "PUT"} == changed | {MARK}
    assert_holds(engine, second)
    engine.requests.clear()
    assert put(second, engine) == Published(put=0, same=len(after), removed=0)
    assert engine.changes() == []
    assert put(second, engine, is_whole=True).put == len(after)


def test_what_somebody_has_changed_there_is_put_again_and_what_is_left_is_taken_away(engine, second):
    put(second, engine)
    name = sorted(stated(second))[3]
    engine.store.remove(next(engine.store.quads_for_pattern(None, None, None, ox.NamedNode(name))))
    left = ox.NamedNode("http://localhost:8000/id/graph/of-long-ago")
    engine.store.add(ox.Quad(left, left, left, left))
    assert put(second, engine) == Published(put=1, same=len(stated(second)) - 1, removed=1)
    assert_holds(engine, second)


def test_nothing_says_that_a_release_is_there_while_graphs_change(engine, first, second):
    put(first, engine)
    engine.requests.clear()
    put(second, engine)
    asked = [(asked.method, asked.parameters.get("graph")) for asked in engine.requests]
    changes = [place for place, (_, graph) in enumerate(asked) if graph is not None]
    assert [asked[place] for place in changes[:2]] == [("PUT", MARK), ("DELETE", MARK)]
    assert asked[changes[-1]] == ("PUT", MARK)
    assert asked[changes[-1] - 1] == ("POST", None)  # it has been asked what it holds


@pytest.mark.parametrize("refused", [("PUT",), ("DELETE",), ("PUT", "POST", "DELETE")], ids=" ".join)
def test_where_nothing_may_be_written_what_is_said_to_be_there_stays(engine, first, second, refused):
    put(first, engine)
    engine.refuses = frozenset(refused)
    with pytest.raises(NotDone, match="status 403; see --user"):
        put(second, engine)
    assert_holds(engine, first)


def test_an_engine_that_holds_something_else_is_told_of_and_no_release_is_said_to_be_there(engine, second):
    engine.forgets = "/editors"
    held = len(stated(second)["http://localhost:8000/id/graph/editors"])
    with pytest.raises(NotDone, match=rf"hold 1 of .*/editors> it has {held - 1:,} statements in place of {held:,}"):
        put(second, engine)
    assert said_to_be(engine) == []
    engine.forgets = ""
    put(second, engine)
    assert_holds(engine, second)


def test_a_graph_that_stays_though_it_was_to_go_is_told_of(engine, second):
    engine.keeps = "/of-long-ago"
    left = ox.NamedNode("http://localhost:8000/id/graph/of-long-ago")
    engine.store.add(ox.Quad(left, left, left, left))
    with pytest.raises(NotDone, match=r"hold 1 of .*/of-long-ago> it has 1 statements in place of 0"):
        put(second, engine)
    assert said_to_be(engine) == []


def test_an_engine_that_counts_the_graphs_of_an_empty_store_in_a_row_without_a_name_is_filled(engine, second):
    engine.misbehave(answering(b'{"results": {"bindings": [{"statements": {"value": "0"}}]}}'), times=2, at="query")
    put(second, engine)
    assert_holds(engine, second)


@pytest.mark.parametrize("way", [failing(500), failing(503, "0"), silent()])
def test_what_fails_is_tried_again(engine, second, way):
    engine.misbehave(way, times=2, at="editors")
    put(second, engine)
    assert_holds(engine, second)


@pytest.mark.parametrize("way", [failing(500), failing(507), silent()])
def test_what_goes_on_failing_ends_it_and_the_next_time_makes_it_whole(engine, first, second, way):
    put(first, engine)
    engine.misbehave(way, times=None, at="editors")
    with pytest.raises(NotDone, match="editors"):
        put(second, engine)
    assert said_to_be(engine) == []
    engine.behave()
    put(second, engine)
    assert_holds(engine, second)


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_who_asks_is_said_in_the_way_that_the_engine_asks_for(engine, second, scheme):
    engine.scheme = scheme
    put(second, engine, Login(engine.user, engine.password))
    assert_holds(engine, second)
    told = [request for request in engine.requests if "authorization" in request.headers]
    assert told
    assert all(request.headers["authorization"].startswith(scheme) for request in told)
    for login in (None, Login(engine.user, "another")):
        with pytest.raises(NotDone, match="status 401; see --user"):
            put(second, engine, login, is_whole=True)


def test_a_graph_goes_in_as_many_requests_as_the_engine_needs(engine, second):
    engine.most_bytes = 5_000
    with pytest.raises(NotDone, match="status 413") as refused:
        put(second, engine)
    (longest,) = {len(request.body) for request in engine.requests if len(request.body) > engine.most_bytes}
    assert f"a request of {longest:,} bytes is too long for it: give --at-once a number lower" in str(refused.value)
    engine.most_bytes = 10
    with pytest.raises(NotDone, match="is too long for it: raise what the engine, or a proxy before it"):
        put(second, engine, at_once=1)
    engine.most_bytes = 1 << 30
    engine.requests.clear()
    put(second, engine, at_once=100)
    assert_holds(engine, second)
    for name, said in stated(second).items():
        methods = [method for method, graph in engine.changes() if graph == name]
        assert methods == ["PUT", *["POST"] * ((len(said) - 1) // 100)]


@pytest.mark.parametrize(
    ("at_once", "told"), [(1000, "give --at-once a number lower than 1000, or raise"), (1, "raise")]
)
def test_an_engine_that_breaks_off_may_have_found_it_too_long(engine, second, at_once, told):
    engine.misbehave(silent(), times=None, at="editors")
    with pytest.raises(NotDone, match="the connection failed") as broken_off:
        put(second, engine, at_once=at_once)
    sent = len(engine.requests[-1].body)
    assert f"; if a request of {sent:,} bytes is too long for it: {told} what the engine" in str(broken_off.value)


@pytest.mark.parametrize(
    ("way", "at", "told"),
    [
        (
            redirecting("https://elsewhere.example/x"),
            "graph=",
            "status 302; give the address that it leads to: https://e",
        ),
        (failing(405), "graph-store", "status 405; is this the address of its graph store"),
        (web_page(), "query", "answers a query with text/html; charset=utf-8, which is not application/sparql-results"),
        (failing(404), "query", "status 404; is this the address of its queries"),
        (failing(403), "query", "status 403; see --user, and whether that user may read"),
        (failing(415), "graph-store", "status 415; is this the address of its graph store"),
        (packed_with("deflate"), "query", "its answer is packed in a way that cannot be undone"),
        (
            answering(
                b'{"results": {"bindings": [{"graph": {"value": "http://localhost:8000/id/graph/a"}, '
                b'"statements": {"value": "many"}}]}}'
            ),
            "query",
            "it does not say in numbers how much each graph holds: .*many",
        ),
        (failing(400), "query", r"status 400 \({.error.:.made up by the test.}\)"),
    ],
)
def test_a_refusal_is_told_with_its_address_and_the_way_out(engine, second, way, at, told):
    engine.misbehave(way, times=None, at=at)
    with pytest.raises(NotDone, match=rf"^{engine.address}.*{told}"):
        put(second, engine)


def test_a_damaged_dump_reaches_no_engine(engine, revised, tmp_path):
    copy = Path(shutil.copytree(revised, tmp_path / "data"))
    release = Releases(copy).current()
    dump = release.path / "dump" / "editors.nt.gz"
    dump.write_bytes(dump.read_bytes()[:-9])
    with pytest.raises(DamagedRelease, match="editors"):
        put(release, engine)
    assert engine.changes() == []


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["publish", *arguments], env=environment)


def test_the_command_says_what_was_done(engine, revised, first, second):
    engine.scheme = "Digest"
    there = ["--data", str(revised), "--to", engine.graphs, "--query", engine.queries, "--user", engine.user]
    done = run("previous", *there, MILJOGRAF_PASSWORD=engine.password)
    assert done.exit_code == 0, done.output
    assert f"Release {first.id} is at {engine.queries}: {len(stated(first)):,} graphs put, 0 as before" in done.output
    assert engine.password not in done.output
    engine.misbehave(failing(403), times=None, at="editors")
    failed = run(*there, "--whole", MILJOGRAF_PASSWORD=engine.password)
    assert failed.exit_code == 1
    assert "status 403; see --user" in failed.output


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("ftp://localhost/store", "no address that begins with http:// or https://"),
        ("localhost:7878/store", "no address that begins with"),
        ("http://me:secret@localhost/store", "name the user with --user and give the password in MILJOGRAF_PASSWORD"),
        ("http://localhost:99999/store", "no address that begins with"),
        ("http://localhost..example/store", "no address that begins with"),
        ("http://local host/store", "no address that begins with"),
        ("http://localhost/\x01store", "no address that begins with"),
    ],
)
def test_an_address_that_is_none_is_refused(revised, to, told):
    done = run("--data", str(revised), "--to", to, "--query", "http://localhost/query")
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_without_a_release_there_is_nothing_to_publish(tmp_path):
    done = run("--data", str(tmp_path), "--to", "http://localhost/s", "--query", "http://localhost/q")
    assert done.exit_code == 1
    assert "there is no release" in done.output
