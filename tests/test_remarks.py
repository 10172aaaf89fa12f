"""A query that was answered is remarked on where it asks for what is not in the data, or where the engine is silent."""

from __future__ import annotations

import asyncio
from html import unescape

import pytest

from endpoint import remarks
from tests.test_pages import Page

PREFIXES = """PREFIX mg: <http://localhost:8000/spec/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX e: <http://example.org/>
"""
JOINED = "SELECT ?o (GROUP_CONCAT({}; separator=', ') AS ?all) {{ ?o mg:followedUpBy ?a }} GROUP BY ?o"
REMARKS = {
    "SELECT ?o { ?o mg:followdUpBy ?a }": ["mg:followdUpBy stands nowhere in the data. Is mg:followedUpBy meant?"],
    "SELECT ?t { ?t mg:theme ?x FILTER NOT EXISTS { ?t e:done ?y } }": ["e:done stands nowhere in the data."],
    "ASK { <http://localhost:8000/id/objective/77> ?p ?o }": ["<http://localhost:8000/id/objective/77> stands nowhere"],
    "SELECT * FROM <http://example.org/g> { ?s ?p ?o }": ["<http://example.org/g> stands nowhere in the data."],
    'SELECT ?t { ?t skos:prefLabel "Levande skogar" }': ['without a language. One that has a language is written "Le'],
    'SELECT ?t { ?t skos:prefLabel "Levande skog"@sv }': ['No text in the data is "Levande skog"@sv.'],
    "SELECT ?a { ?a mg:reportedIn 2022 }": ['number 2022. A year is written "2022"^^<http://www.w3.org/2001/XMLSch'],
    JOINED.format("?a"): ["?all is empty where ?a is an IRI: GROUP_CONCAT joins texts. Write STR(?a)."],
    JOINED.format("DISTINCT ?a"): ["Write STR(?a)."],
    JOINED.format("STR(?a)"): [],
    'SELECT ?t { ?t skos:prefLabel "Levande skogar"@sv ; mg:number 12 } LIMIT 5': [],
    "CONSTRUCT { ?t e:new ?x } WHERE { ?t mg:theme ?x } LIMIT 1": [],
    "SELECT * FROM <http://localhost:8000/id/graph/editors> { ?s ?p ?o } LIMIT 1": [],
    "SELECT (e:f(1) AS ?x) { BIND(e:x AS ?y) ?t mg:theme ?z FILTER(e:g(?z)) }": [],
    "SELECT * { ?t e:a\\) ?x }": ["e:a\\) stands nowhere in the data."],
}
"""Queries, and the beginnings or parts of what is remarked of each."""


@pytest.mark.parametrize("query", REMARKS)
def test_what_is_not_in_the_data_is_remarked_on(client, query):
    shown = client.get("/en/query", params={"query": PREFIXES + query})
    assert shown.status_code == 200
    notice = shown.text.partition('<ul class="notice plain">')[2].partition("</ul>")[0]
    remarks = [unescape(part.partition("</li>")[0]) for part in notice.split("<li>")[1:]]
    assert len(remarks) == len(REMARKS[query]), remarks
    assert all(said in remark for said, remark in zip(REMARKS[query], remarks, strict=True)), remarks


def test_remarks_are_in_the_language_of_the_page(client):
    page = Page(client.get("/sv/query", params={"query": PREFIXES + "ASK { ?o mg:followdUpBy ?a }"}).text)
    assert "mg:followdUpBy står ingenstans i data. Menas mg:followedUpBy?" in page.text


def test_what_may_be_meant_is_left_out_where_the_terms_take_long_to_count(client, monkeypatch):
    monkeypatch.setattr(remarks, "_PATIENCE", 0.01)
    monkeypatch.setattr(remarks, "read_completions", lambda *_: asyncio.sleep(60))
    page = client.get("/en/query", params={"query": PREFIXES + "ASK { ?o mg:followdUpBy ?a }"}).text
    assert "mg:followdUpBy stands nowhere in the data." in page
    assert "mg:followedUpBy meant" not in page
