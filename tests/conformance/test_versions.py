"""Terms of RDF 1.2 are given to who asks for them by version, and to nobody else (decision 24)."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.conformance.conftest import Server, serving
from tests.conformance.test_formats import DIRECT, FORM

TRIPLE = 'SELECT ?t { BIND (TRIPLE(<a:a>, <a:b>, "c") AS ?t) }'
DIRECTED = 'SELECT ("x"@ar--rtl AS ?t) {}'
MADE = 'SELECT (STRLANGDIR("x", "ar", "rtl") AS ?t) {}'
OLD = "SELECT (1 AS ?t) {}"
GRAPH = "CONSTRUCT { <a:a> <a:b> <<( <a:a> <a:b> 1 )>> } WHERE {}"
REIFIED = "CONSTRUCT { <a:a> <a:b> 1 ~ <a:r> } WHERE {}"
ANNOTATED = "CONSTRUCT { <a:a> <a:b> 1 {| <a:p> 2 |} } WHERE {}"
DIRECTED_GRAPH = 'CONSTRUCT { <a:a> <a:b> "x"@ar--ltr } WHERE {}'
OLD_GRAPH = "CONSTRUCT { <a:a> <a:b> 1 } WHERE {}"

JSON, TURTLE = "application/sparql-results+json", "text/turtle"

NEEDS = [
    # a query, the media type, the oldest version that its answer can be given in
    (OLD, JSON, "1.1"),
    (TRIPLE, JSON, "1.2"),
    (TRIPLE, "application/sparql-results+xml", "1.2"),
    (TRIPLE, "text/csv", "1.2"),
    (TRIPLE, "text/tab-separated-values", "1.2"),
    (DIRECTED, JSON, "1.2-basic"),
    (MADE, "application/sparql-results+xml", "1.2-basic"),
    ("ASK { <a:a> <a:b> <<( <a:a> <a:b> 1 )>> }", JSON, "1.1"),
    ("SELECT (SUBJECT(TRIPLE(<a:a>, <a:b>, 1)) AS ?t) {}", JSON, "1.1"),
    (OLD_GRAPH, TURTLE, "1.1"),
    (GRAPH, TURTLE, "1.2"),
    (GRAPH, "application/n-triples", "1.2"),
    (GRAPH, "application/trig", "1.2"),
    (GRAPH, "application/n-quads", "1.2"),
    (GRAPH, "application/rdf+xml", "1.2"),
    (GRAPH, "application/ld+json", None),
    (REIFIED, TURTLE, "1.2"),
    (ANNOTATED, TURTLE, "1.2"),
    (DIRECTED_GRAPH, TURTLE, "1.2-basic"),
    (DIRECTED_GRAPH, "application/ld+json", "1.2-basic"),
]
VERSIONS = ["1.1", "1.2-basic", "1.2"]

WAYS = {
    "by the type it accepts": lambda query, media_type, version: (
        "GET",
        f"/sparql?query={quote(query)}",
        [("Accept", f"{media_type};version={version}, image/png;q=0.5")],
        None,
    ),
    "by the type it accepts, quoted": lambda query, media_type, version: (
        "GET",
        f"/sparql?query={quote(query)}",
        [("Accept", f'{media_type} ; Version="{version}"')],
        None,
    ),
    "by the address": lambda query, media_type, version: (
        "GET",
        f"/sparql?query={quote(query)}&version={version}",
        [("Accept", media_type)],
        None,
    ),
    "by the form": lambda query, media_type, version: (
        "POST",
        "/sparql",
        [("Accept", media_type), ("Content-Type", FORM)],
        f"query={quote(query)}&version={version}".encode(),
    ),
    "by the type of the query": lambda query, media_type, version: (
        "POST",
        "/sparql",
        [("Accept", media_type), ("Content-Type", f"{DIRECT};version={version}")],
        query.encode(),
    ),
    "in the query": lambda query, media_type, version: (
        "POST",
        "/sparql",
        [("Accept", media_type), ("Content-Type", DIRECT)],
        f"PREFIX : <a:>\nVERSION '{version}'\n{query}".encode(),
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", NEEDS)
def test_new_terms_are_given_to_who_asks_for_their_version(server, case, version, way):
    query, media_type, needed = case
    answer = server.ask(*WAYS[way](query, media_type, version))
    if needed is None or VERSIONS.index(version) < VERSIONS.index(needed):
        assert (answer.status, answer.media_type) == (406, "application/problem+json")
        assert "version=1.2" in json.loads(answer.content)["detail"]
    else:
        assert (answer.status, answer.media_type) == (200, media_type), answer.text
        said = answer["content-type"].rpartition("; ")[2]
        assert said == f"version={version}" or version == "1.1"


@pytest.mark.parametrize(("query", "media_type", "needed"), NEEDS)
def test_who_asks_for_no_version_gets_no_new_terms(server, query, media_type, needed):
    answer = server.ask("GET", f"/sparql?query={quote(query)}", [("Accept", media_type)])
    assert answer.status == (200 if needed == "1.1" else 406)
    assert "version" not in answer["content-type"]


def test_who_prefers_a_version_but_takes_none_gets_the_version(server):
    accept = f"{TURTLE};version=1.2, {TURTLE};q=0.9, application/n-triples;q=0.1"
    answer = server.ask("GET", f"/sparql?query={quote(GRAPH)}", [("Accept", accept)])
    assert (answer.status, answer["content-type"]) == (200, f"{TURTLE}; charset=utf-8; version=1.2")


def test_words_of_the_new_version_in_texts_and_names_make_no_difference(server):
    query = "PREFIX t: <a:TRIPLE--ltr> SELECT ?triple ('<< TRIPLE() >>' AS ?t) { BIND (t:x AS ?triple) } # STRLANGDIR"
    assert server.ask("GET", f"/sparql?query={quote(query)}").status == 200


@pytest.mark.parametrize("version", ["2", "1.0", "", "1.2;x", "1.2\r\nX: y"])
def test_a_version_that_is_none_is_refused(server, version):
    answer = server.ask("GET", f"/sparql?query={quote(OLD)}&version={quote(version)}")
    assert answer.status == 400
    assert json.loads(answer.content)["parameter"] == "version"


def test_a_page_shows_every_term(server):
    page = server.ask("GET", f"/en/query?query={quote(TRIPLE)}").text
    assert "&lt;&lt;( &lt;a:a&gt; &lt;a:b&gt; c )&gt;&gt;" in page


@pytest.fixture(scope="module")
def newer(tmp_path_factory) -> Server:
    """A server of data with a triple term and a text with a direction."""
    file = tmp_path_factory.mktemp("newer") / "new.ttl"
    file.write_text('<a:s> <a:p> <<( <a:a> <a:b> 1 )>> . <a:s> <a:q> "x"@ar--rtl . <a:s> <a:r> 1 .', encoding="utf-8")
    with serving("--file", file) as server:
        yield server


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("SELECT ?o { ?s <a:p> ?o }", "1.2"),
        ("SELECT ?o { ?s <a:q> ?o }", "1.2-basic"),
        ("SELECT ?o { ?s <a:r> ?o }", "1.1"),
        ("SELECT * { ?s ?p ?o OPTIONAL { ?s <a:none> ?none } }", "1.2"),
        ("DESCRIBE <a:s>", "1.2"),
        ("CONSTRUCT WHERE { ?s <a:q> ?o }", "1.2-basic"),
    ],
)
def test_data_with_new_terms_are_given_in_the_same_way(newer, query, needed):
    for version in VERSIONS:
        answer = newer.ask("GET", f"/sparql?query={quote(query)}&version={version}")
        is_given = VERSIONS.index(version) >= VERSIONS.index(needed)
        assert answer.status == (200 if is_given else 406)
