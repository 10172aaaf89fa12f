"""The client of the Model Context Protocol finds, reads and asks, in the newest revision and after a handshake."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from queries.catalogue import questions
from tests.clients.asked import BASE, OBJECTIVE, SELECT
from tests.test_pages import table

mcp = pytest.importorskip("mcp")

MODES = {"auto": "2026-07-28", "2026-07-28": "2026-07-28", "legacy": "2025-11-25"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(params=MODES)
def ask(endpoint, request):
    """What a tool answers, by a client that begins in one of the ways there are."""

    def asked(name, **arguments):
        async def talk():
            async with mcp.Client(f"{endpoint}/mcp", mode=request.param) as client:
                assert client.protocol_version == MODES[request.param]
                return await client.call_tool(name, arguments)

        return asyncio.run(talk())

    return asked


def told(result):
    """What a tool gives, which the client has held against the schema of the tool."""
    assert not result.is_error, result.content
    return result.structured_content


def problem(result):
    """Why a tool gives nothing."""
    assert result.is_error
    return json.loads(result.content[0].text)


@pytest.mark.parametrize("mode", MODES)
def test_the_client_learns_what_there_is(endpoint, mode):
    async def talk():
        async with mcp.Client(f"{endpoint}/mcp", mode=mode) as client:
            listed = await client.list_tools()
            with pytest.raises(mcp.MCPError, match="find, schema, query"):
                await client.call_tool("forget", {})
            return [tool.name for tool in listed.tools], client.instructions

    names, instructions = asyncio.run(talk())
    assert names == ["find", "schema", "query"]
    assert mode == "2026-07-28" or "not the website of an authority" in instructions


def test_it_finds_a_municipality_and_an_objective(ask):
    (malmo,) = [row for row in table("municipalities") if row["name_sv"] == "Malmö"]
    first, *_ = told(ask("find", text="malmo", language="sv"))["found"]
    assert (first["iri"], first["label"]) == (f"{BASE}id/municipality/{malmo['code']}", "Malmö")
    first, *_ = told(ask("find", text="Flourishing Lakes"))["found"]
    assert first["iri"] == OBJECTIVE


def test_it_reads_the_schema_and_a_class_of_it(ask):
    overview = told(ask("schema"))
    numbers = {one["term"]: one["number"] for one in overview["classes"]}
    assert numbers["mg:Municipality"] == len(table("municipalities"))
    told_of = told(ask("schema", **{"class": "mg:Municipality"}))["class"]
    assert {"skos:prefLabel", "mg:inCounty"} <= {one["property"] for one in told_of["properties"]}


def test_it_asks_every_example_query_and_gets_what_the_service_answers(endpoint):
    async def talk():
        async with mcp.Client(f"{endpoint}/mcp") as client:
            found = {}
            for name in questions():
                text = told(await client.call_tool("schema", {"question": name}))["question"]["query"]
                found[name] = text, await client.call_tool("query", {"query": text})
            return found

    given = 0
    for name, (text, result) in asyncio.run(talk()).items():
        asked = Request(f"{endpoint}/sparql", urlencode({"query": text}).encode(), {"Accept": "text/csv"})
        with urlopen(asked) as answer:
            columns, *rows = csv.reader(io.StringIO(answer.read().decode()))
        if result.is_error:
            assert problem(result)["setting"] in {"max_tool_rows", "max_tool_bytes"}, name
            continue
        table_ = told(result)
        shown = [[value or "" for value in row] for row in table_["rows"]]
        assert (table_["columns"], sorted(shown)) == (columns, sorted(rows)), name
        given += 1
    assert given > len(questions()) / 2


def test_an_answer_says_whose_it_is(ask):
    answer = told(ask("query", query=SELECT.replace("?name {", f"?name (<{OBJECTIVE}> AS ?it) {{")))
    assert {source["standing"] for source in answer["sources"]} == {"editorial", "published"}
    assert answer["release"]["address"].startswith(f"{BASE}releases/")


def test_what_is_wrong_with_a_query_is_told_with_its_place(ask):
    wrong = problem(ask("query", query="SELECT * {\n  ?s mg:number 8 }"))
    assert (wrong["line"], wrong["column"]) == (2, 6)
    assert f"PREFIX mg: <{BASE}spec/>" in wrong["detail"]


def test_a_query_that_takes_too_long_is_stopped(ask):
    assert problem(ask("query", query=ENDLESS, timeout=0.5))["type"].endswith("#query-deadline")
