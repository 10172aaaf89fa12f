"""What a query computes in vain is told: columns that are empty in every row, and functions that there are not."""

from urllib.parse import unquote

import pytest

from endpoint.query_page.computed import empty_columns
from endpoint.workers.pool import Answer
from tests.test_remarks import PREFIXES

XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
YEARS = "SELECT ?m (?e - ?s AS ?d) { ?m mg:startYear ?s ; mg:endYear ?e } LIMIT 3"
QUERIES = {
    YEARS: ["?d has no value in any row"],
    "SELECT (AVG(?y) as $mean) { ?m mg:startYear ?y }": ["?mean has no value in any row"],
    "SELECT (?e - ?s AS ?d) ?text { ?m mg:startYear ?s ; mg:endYear ?e BIND('a\\u2028b' AS ?text) } LIMIT 3": [
        "?d has no value in any row",
    ],
    "SELECT ?m ?d { ?m mg:startYear ?s BIND(?s + 1 AS ?d) } LIMIT 3": ["?d has no value in any row"],
    "SELECT (SUM(?v * ?p) / SUM(?p) AS ?mean) { ?o mg:number ?v ; mg:population ?p }": [
        "mg:population stands nowhere in the data.",
        "?mean has no value in any row",
    ],
    "SELECT ?o { ?o mg:number ?n FILTER(<http://example.org/f>(?n)) }": ["There is no function <http://example.org/f>"],
    "ASK { ?o mg:number ?n FILTER(!<http://example.org/f>(?n)) }": ["There is no function <http://example.org/f>"],
    "SELECT ?m (YEAR(?e) - YEAR(?s) AS ?d) { ?m mg:startYear ?s ; mg:endYear ?e } LIMIT 3": [],
    "SELECT ?m { { SELECT ?m (?s + 1 AS ?d) { ?m mg:startYear ?s } LIMIT 3 } }": [],
    "SELECT ?m ?label { ?m mg:startYear ?s OPTIONAL { ?m mg:noSuchThing ?label } } LIMIT 3": [],
    "SELECT (COUNT(*) AS ?n) { ?m mg:startYear ?s }": [],
    "SELECT (xsd:integer(?n) AS ?d) { ?o mg:number ?n }": [],
}  # fmt: skip
"""Queries, and the beginnings of what is remarked of each."""


def remarks(answer):
    told = unquote(answer.headers.get("query-remarks", ""))
    return [part.removesuffix('"') for part in told.removeprefix('%"').split(', %"')] if told else []


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
def test_what_is_computed_in_vain_is_told_in_every_format(client, query, format_):
    answer = client.get("/sparql", params={"query": XSD + PREFIXES + query, "format": format_})
    assert answer.status_code == 200
    told = [said for said in remarks(answer) if "noSuchThing" not in said]
    assert len(told) == len(QUERIES[query]), told
    assert all(said.startswith(beginning) for said, beginning in zip(told, QUERIES[query], strict=True))


@pytest.mark.parametrize("query", QUERIES)
def test_the_query_page_tells_the_same(client, query):
    page = client.get("/en/query", params={"query": XSD + PREFIXES + query}).text
    for beginning in QUERIES[query]:
        assert beginning.replace("<", "&lt;").replace(">", "&gt;") in page
    assert ("has no value in any row" in page) == any("no value in any" in said for said in QUERIES[query])


def test_it_is_told_in_the_language_of_the_client_and_a_column_of_iris_once(client):
    answer = client.get("/sparql", params={"query": PREFIXES + YEARS}, headers={"Accept-Language": "sv"})
    assert remarks(answer)[0].startswith("?d har inget värde i någon rad")
    assert answer.headers["content-language"] == "sv"
    joined = "SELECT ?o (GROUP_CONCAT(?a) AS ?as) { ?o mg:followedUpBy ?a } GROUP BY ?o"
    page = client.get("/en/query", params={"query": PREFIXES + joined}).text
    assert "?as is empty where ?a is an IRI" in page
    assert "has no value in any row" not in page


def test_a_long_answer_is_not_looked_through():
    content = b'{"head":{"vars":["d"]},"results":{"bindings":[{}]}}'
    assert empty_columns(Answer("bindings", content, rows=1), "SELECT (1 AS ?d)") == ["d"]
    assert empty_columns(Answer("bindings", content + b" " * 70_000, rows=1), "SELECT (1 AS ?d)") == []
    assert empty_columns(Answer("bindings", content, rows=0), "SELECT (1 AS ?d)") == []


@pytest.mark.parametrize("letter", ["a", "é"])
def test_long_names_are_cut_and_no_query_makes_headers_long(client, letter):
    functions = " ".join(f"BIND(<x:{place}{letter * 600}>(1) AS ?{letter * 600}{place})" for place in range(6))
    answer = client.get("/sparql", params={"query": f"SELECT * {{ {functions} }}"})
    assert answer.status_code == 200
    assert 100 < len(answer.headers["query-remarks"]) <= 2000
    assert remarks(answer)[0].startswith(f"There is no function <x:0{letter * 97}…> here: ")
    page = client.get("/en/query", params={"query": f"SELECT * {{ {functions} }}"}).text
    assert f"?{letter * 100}… has no value in any row" in page
