"""A release as a graph store: each graph with its licence and document, and never whole in the front process."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings

GRAPHS = "http://localhost:8000/id/graph/"


def triples(content: bytes) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)}


@pytest.mark.parametrize("key", ["editors", "vocabulary", "livsmedelsverket-en"])
def test_a_graph_of_a_release_is_what_its_store_holds(client, release, key):
    store = ox.Store.read_only(str(release.store))
    expected = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPHS + key))}
    for address in (f"/graphs/{key}", f"/graphs?graph={GRAPHS}{key}"):
        answer = client.get(address, headers={"Accept": "application/n-triples"})
        assert triples(answer.content) == expected
        assert len(answer.text.splitlines()) == len(expected)


def test_a_graph_links_to_its_licence_and_document(client):
    link = client.head("/graphs/editors").headers["link"]
    assert '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"' in link
    assert '<http://localhost:8000/res/graph/editors>; rel="describedby"' in link
    assert "license" not in client.head("/graphs/livsmedelsverket-en").headers["link"]


def test_a_graph_has_an_entity_tag_and_is_not_sent_twice(client):
    tag = client.get("/graphs/livsmedelsverket-en").headers["etag"]
    assert client.get("/graphs/livsmedelsverket-en", headers={"If-None-Match": tag}).status_code == 304


def test_turtle_has_the_prefixes_of_the_vocabulary(client):
    assert "@prefix mg: <http://localhost:8000/spec/> ." in client.get("/graphs/livsmedelsverket-en").text


def test_long_graphs_wait_in_files_that_are_gone_afterwards(release, client, tmp_path):
    narrow = Settings(workers=1, page_workers=1, memory_bytes=1000, spool=tmp_path)
    with TestClient(create_app(release, narrow), base_url="http://localhost:8000") as small:
        answer = small.get("/graphs/editors", headers={"Accept": "application/n-triples"})
        assert "transfer-encoding" not in answer.headers
        assert triples(answer.content) == triples(
            client.get("/graphs/editors", headers={"Accept": "application/n-triples"}).content
        )
        whole = small.get("/graphs?default", headers={"Accept": "application/n-triples"})
        assert triples(whole.content) == {str(quad.triple) for quad in ox.Store.read_only(str(release.store))}
        assert len(whole.text.splitlines()) == len(triples(whole.content))
        assert '<http://localhost:8000/.well-known/void>; rel="describedby"' in whole.headers["link"]
        as_turtle = small.get("/graphs/vocabulary", headers={"Accept": "text/turtle"}).content
        assert len(list(ox.parse(as_turtle, format=ox.RdfFormat.TURTLE))) > 1000
        assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_graph_over_the_limit_is_an_error_that_names_it(release):
    with TestClient(create_app(release, Settings(workers=1, page_workers=1, max_answer_bytes=1000))) as small:
        problem = small.get("/graphs/editors")
        assert (problem.status_code, problem.json()["setting"]) == (503, "max_answer_bytes")


def test_a_browser_reads_a_graph_as_a_table(client, release):
    store = ox.Store.read_only(str(release.store))
    held = len(list(store.quads_for_pattern(None, None, None, ox.NamedNode(f"{GRAPHS}livsmedelsverket-en"))))
    to = client.get("/graphs/livsmedelsverket-en", headers={"Accept": "text/html"}).headers["location"]
    page = client.get(to).text
    assert f'<p role="status">{held} rader' in page
    assert "Flourishing Lakes and Streams" in page
    assert 'name="default-graph-uri" value="http://localhost:8000/id/graph/livsmedelsverket-en"' in page
    assert "&amp;default-graph-uri=http%3A//localhost%3A8000/id/graph/livsmedelsverket-en&amp;format=csv" in page


def test_the_suffix_of_a_format_leads_to_how_the_format_of_a_graph_is_asked_for(client):
    told = client.get("/graphs/livsmedelsverket-en.nt", headers={"Accept": "application/json"}).json()
    assert told["instead"] == "http://localhost:8000/graphs/livsmedelsverket-en?format=nt"
    assert client.get(told["instead"]).headers["content-type"] == "application/n-triples"
    assert "instead" not in client.get("/graphs/editors.doc", headers={"Accept": "application/json"}).json()
