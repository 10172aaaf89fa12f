"""Triple terms that nest deep, made by a query or read from a file, are answered or refused, and are never a fault."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app_of_files
from endpoint.settings import Settings
from loaders.collection import collect
from ontology.base import Base
from tests.conversing import failed

DATA = Base("http://data.test/")
WAY_OUT = "ask /sparql for the answer with version=1.2"
JSON = {"Accept": "application/sparql-results+json"}
ALL = "SELECT * { <http://e.x/s> <http://e.x/p> ?o }"


def nested(levels: int) -> str:
    """A query for a triple term of so many levels, and for what no row has."""
    steps = "".join(f"BIND(TRIPLE(<x:s>,<x:p>,?a{level})AS ?a{level + 1})" for level in range(levels))
    return f'SELECT ?a{levels} ?z {{ BIND("end" AS ?a0) {steps} BIND(?nope AS ?z) }}'


@pytest.mark.parametrize("levels", [101, 600])
def test_pages_workbooks_and_tools_refuse_what_nests_too_deep_with_a_way_out(client, levels):
    asked = {"query": nested(levels)}
    page = client.get("/en/query", params=asked)
    assert (page.status_code, WAY_OUT in page.text) == (406, True)
    assert "be /sparql om svaret med version=1.2" in client.get("/sv/query", params=asked).text
    workbook = client.get("/en/query.xlsx", params=asked)
    assert (workbook.status_code, workbook.json()["type"].partition("#")[2]) == (406, "query-deep-term")
    assert workbook.json()["limit"] == 100
    told = failed(client, "query", query=asked["query"])
    assert told["type"].endswith("#query-deep-term")


def test_what_nests_less_deep_is_shown(client):
    page = client.get("/en/query", params={"query": nested(100)})
    assert page.status_code == 200
    assert "<x:s> <x:p> end )>> )>>".replace("<", "&lt;").replace(">", "&gt;") in page.text


@pytest.mark.parametrize("levels", [500, 600])
def test_the_service_answers_however_deep_and_leaves_remarks_out(client, levels):
    answer = client.get("/sparql", params={"query": nested(levels), "version": "1.2"}, headers=JSON)
    assert answer.status_code == 200
    assert answer.text.count('"triple"') == levels


def test_a_deep_statement_of_a_file_is_no_fault(tmp_path):
    term = "<<( <x:s> <x:p> " * 1000 + '"end"' + " )>>" * 1000
    (tmp_path / "deep.nt").write_text(f"<http://e.x/s> <http://e.x/p> {term} .\n")
    collection = collect([tmp_path / "deep.nt"], (), DATA, tmp_path / "store")
    settings = Settings(workers=1, page_workers=1)
    with TestClient(create_app_of_files(collection, DATA, settings), base_url="http://data.test") as client:
        for query in (ALL, f"{ALL} LIMIT 1", "SELECT * { ?s ?p ?o }"):
            assert client.get("/en/query", params={"query": query}).status_code == 406
            assert client.get("/sparql", params={"query": query, "version": "1.2"}, headers=JSON).status_code == 200
        for query in ("SELECT * { ?s <http://e.x/p> 1 }", "CONSTRUCT WHERE { ?s ?p ?o }"):
            assert client.get("/en/query", params={"query": query}).status_code == 200
            assert client.get("/sparql", params={"query": query, "version": "1.2"}).status_code == 200
        for path in ("/en/service", "/sparql"):
            assert client.get(path).status_code == 200
