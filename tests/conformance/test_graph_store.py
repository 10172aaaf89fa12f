"""`/graphs` speaks the SPARQL 1.1 Graph Store HTTP Protocol for reading: indirectly, directly, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from tests.conformance.conftest import HERE, Server, serving
from tests.conformance.test_formats import CASES, CONTENT_TYPES, FORMAT, RDF, short

ONE = {("a", "name", "ett"), ("a", "knows", "b")}
TWO = {("b", "name", "två"), ("b", "knows", "a")}
THREE = {("c", "name", "<&\"',\t\r\n>")}
FILE = {("d", "knows", "a")}

PERCENT = ("100%.ttl", "50%20of.ttl", "a%2Fb.ttl")
"""Names of files with a percent sign, which is one more in an address."""


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[Server]:
    """A server of the small data, and of a file whose graph has the address of the file."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "sub").mkdir()
    (folder / "sub" / "å b.ttl").write_text(
        "@prefix : <http://example.org/> . :d :knows :a .\n"
        "<> <http://purl.org/dc/terms/license> <http://licence.test/> .",
        encoding="utf-8",
    )
    for name in PERCENT:
        (folder / name).write_text("@prefix : <http://example.org/> . :d :knows :a .", encoding="utf-8")
    with serving("--file", folder, HERE / "data.trig") as server:
        yield server


def graph(name: str) -> str:
    return f"/graphs?graph={quote(f'http://example.org/{name}', safe='')}"


def statements(answer, name: str) -> set[tuple[str, ...]]:
    quads = list(ox.parse(answer.content, format=RDF[name]))
    assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}
    return {tuple(short(term) for term in quad.triple) for quad in quads if "license" not in str(quad)}


@pytest.mark.parametrize("case", CASES, ids=[f"{number}" for number, _ in enumerate(CASES, 4)])
def test_a_graph_is_given_in_the_format_of_the_table(store, case):
    for method in ("GET", "HEAD"):
        answer = store.ask(method, graph("one"), [("Accept", value) for value in case.accept])
        assert "Accept" in answer["vary"].split(", ")
        if case.graph == "406":
            assert answer.status == 406
        elif case.graph == "html":
            assert (answer.status, answer["location"].partition("?")[0]) == (303, "/sv/query")
        else:
            assert (answer.status, answer["content-type"]) == (200, CONTENT_TYPES[case.graph])
            assert int(answer["content-length"]) > 0
            assert method == "HEAD" or statements(answer, case.graph) == ONE


@pytest.mark.parametrize("name", [name for name, formats in FORMAT.items() if formats[1] not in {None, "html"}])
def test_a_format_may_be_named(store, name):
    answer = store.ask("GET", f"{graph('two')}&format={quote(name, safe='')}", [("Accept", "image/png")])
    assert statements(answer, FORMAT[name][1]) == TWO


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (graph("one"), ONE),
        (graph("three"), THREE),
        ("/graphs?default", ONE | TWO | THREE | FILE),
        ("/graphs?default=", ONE | TWO | THREE | FILE),
        ("/graphs/sub/%C3%A5%20b.ttl", FILE),
        ("/graphs/sub/%c3%a5%20b.ttl", FILE),
    ],
)
def test_a_graph_is_named_indirectly_or_by_its_address(store, target, expected):
    for name in ("ntriples", "nquads", "trig"):
        answer = store.ask("GET", target, [("Accept", CONTENT_TYPES[name])])
        assert answer.status == 200, answer.text
        assert statements(answer, name) == expected


def test_the_address_of_a_graph_is_its_name(store):
    named = f"http://localhost:{store.port}/graphs/sub/%C3%A5%20b.ttl"
    answer = store.ask("GET", f"/graphs?graph={quote(named, safe='')}", [("Accept", "application/n-triples")])
    assert statements(answer, "ntriples") == FILE


@pytest.mark.parametrize("name", PERCENT)
def test_a_graph_whose_file_has_a_percent_sign_in_its_name_is_at_its_address(store, name):
    address = f"/graphs/{quote(name)}"
    answer = store.ask("GET", address, [("Accept", "application/n-triples")])
    assert (answer.status, answer.text.split()[0]) == (200, "<http://example.org/d>")
    graph_ = quote(f"http://localhost:{store.port}{address}", safe="")
    assert store.ask("GET", f"/graphs?graph={graph_}", [("Accept", "application/n-triples")]).text == answer.text


@pytest.mark.parametrize("path", ["%2e%2e/100%25.ttl", "sub%2Fa", "sub/../100%25.ttl", "%00", "a%5Cb", "100%2525.ttl"])
def test_an_address_of_a_graph_hides_no_part_of_itself(store, path):
    assert store.ask("GET", f"/graphs/{path}").status == 404


def test_a_licence_that_is_stated_is_linked(store):
    assert store.ask("HEAD", "/graphs/sub/%C3%A5%20b.ttl")["link"] == '<http://licence.test/>; rel="license"'
    assert store.ask("HEAD", graph("one"))["link"] == ""


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (graph("none"), 404),
        ("/graphs/none.ttl", 404),
        ("/graphs/%FF", 404),
        ("/graphs/..%2F..%2Fetc%2Fpasswd", 404),
        ("/graphs?graph=", 400),
        ("/graphs?graph=one", 400),
        ("/graphs?graph=x%20y%3Az", 400),
        ("/graphs?graph=%FF", 400),
        ("/graphs?graph=a:a&graph=a:b", 400),
        ("/graphs?graph=a:a&default", 400),
        ("/graphs?graph=a:a%0D%0AX-Other:%201", 400),
        (f"{graph('one')}&version=2", 400),
        (f"{graph('one')}&format=png", 400),
        ("/graphs?format=png", 400),
        ("/graphs?default=no", 400),
        ("/graphs?defualt", 400),
        (f"{graph('one')}&infer=false", 400),
    ],
)
def test_what_is_no_graph_is_told(store, target, status):
    answer = store.ask("GET", target)
    assert (answer.status, answer.media_type) == (status, "application/problem+json")
    assert json.loads(answer.content)["detail"]
    assert answer["x-other"] == ""


def test_without_a_graph_the_description_lists_them(store):
    answer = store.ask("GET", "/graphs")
    assert (answer.status, answer["location"]) == (303, "/sparql")
    slashed = store.ask("GET", "/graphs/")
    assert (slashed.status, slashed["location"]) == (308, "/graphs")
    assert "http://example.org/one" in store.ask("GET", "/sparql").text


@pytest.mark.parametrize(
    "target", [graph("one"), "/graphs?default", "/graphs", "/graphs/sub/%C3%A5%20b.ttl", "/graphs/new"]
)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_can_only_be_read(store, method, target):
    answer = store.ask(method, target, [("Content-Type", "text/turtle")], b"<a:a> <a:a> <a:a> .")
    assert (answer.status, answer["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert store.ask("OPTIONS", target)["allow"] == "GET, HEAD, OPTIONS"


def test_a_graph_with_new_terms_is_given_by_version(tmp_path):
    file = tmp_path / "new.ttl"
    file.write_text("<a:s> <a:p> <<( <a:a> <a:b> 1 )>> .", encoding="utf-8")
    with serving("--file", file) as server:
        for target in ("/graphs/new.ttl", "/graphs?default"):
            assert server.ask("GET", target).status == 406
            given = server.ask("GET", target, [("Accept", "text/turtle;version=1.2")])
            assert (given.status, given["content-type"]) == (200, "text/turtle; charset=utf-8; version=1.2")


def test_without_a_union_the_default_graph_is_empty():
    with serving("--file", HERE / "data.trig", "--no-union") as server:
        answer = server.ask("GET", "/graphs?default", [("Accept", "application/n-triples")])
        assert (answer.status, answer.content) == (200, b"")
        assert statements(server.ask("GET", graph("one"), [("Accept", "text/turtle")]), "turtle") == ONE
