"""`/mcp`: the protocol in each of its revisions, and what becomes of bad input."""

from __future__ import annotations

import base64
import json

import pytest
from jsonschema import Draft202012Validator
from mcp_types import methods
from starlette.testclient import TestClient

from endpoint.mcp.eras import REVISIONS as SPOKEN
from endpoint.mcp.tools import TOOLS
from endpoint.settings import Settings
from loaders.release import Release
from tests.conversing import ABOUT, JSON, NEWEST, REVISIONS, ask, call, headers_of, message


def post(client, body, **headers):
    """The answer to a body that may be anything; a header of None is not sent."""
    said = {name: value for name, value in {**JSON, **headers}.items() if value is not None}
    content = body if isinstance(body, bytes) else json.dumps(body)
    return client.post("/mcp", content=content, headers=said)


def error(answer):
    """The code of the error that an answer holds, its problem among what a program may go by."""
    told = answer.json()
    assert told["jsonrpc"] == "2.0"
    assert told["error"]["message"] == told["error"]["data"]["detail"]
    assert told["error"]["data"]["type"].endswith("problems#bad-message")
    return told["error"]["code"]


def test_the_revisions_are_those_that_the_protocol_has_over_http():
    assert sorted(SPOKEN) == sorted(REVISIONS)
    assert set(SPOKEN) < {revision for _, revision in methods.CLIENT_REQUESTS}


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_tools_are_listed_and_called_in_every_revision(client, revision):
    tools = ask(client, "tools/list", revision)["tools"]
    assert [tool["name"] for tool in tools] == list(TOOLS) == ["find", "schema", "query"]
    for tool in tools:
        assert tool["annotations"]["readOnlyHint"] is True
        for schema in (tool["inputSchema"], tool["outputSchema"]):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        for name, parameter in tool["inputSchema"]["properties"].items():
            kinds = parameter.get("anyOf", [parameter])
            assert all("type" in kind for kind in kinds), name
            assert any("description" in kind for kind in (parameter, *kinds)), name
    result = ask(client, "tools/call", revision, name="find", arguments={"text": "KL2"})
    assert result["structuredContent"]["found"][0]["iri"] == "http://localhost:8000/id/milestone-target/KL2"


@pytest.mark.parametrize("asked", [*REVISIONS[:-1], NEWEST, "2024-11-05", "1999-01-01"])
def test_a_handshake_comes_to_a_revision_that_has_one(client, asked):
    params = {"protocolVersion": asked, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    told = client.post("/mcp", json=message("initialize", params, "2025-11-25"), headers=JSON).json()["result"]
    methods.validate_server_result("initialize", "2025-11-25", told)
    assert told["protocolVersion"] == (asked if asked in REVISIONS[:-1] else "2025-11-25")
    assert told["capabilities"] == {"tools": {}}
    assert ask(client, "ping", "2025-11-25") == {}
    assert "mcp-session-id" not in client.post("/mcp", json=message("ping", {}, "2025-11-25"), headers=JSON).headers


def test_the_server_says_what_it_speaks(client):
    told = ask(client, "server/discover")
    assert sorted(told["supportedVersions"]) == sorted(REVISIONS)
    assert told["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "miljografen"
    assert (told["cacheScope"], told["ttlMs"] > 0) == ("public", True)


def test_every_answer_of_a_tool_is_as_its_schema_says(client):
    schemas = {tool["name"]: tool["outputSchema"] for tool in ask(client, "tools/list")["tools"]}
    asked = [
        ("find", {"text": "utslapp"}),
        ("find", {"text": "zzzzzz"}),
        ("schema", {}),
        ("schema", {"part": "properties"}),
        ("schema", {"part": "graphs", "language": "sv"}),
        ("schema", {"class": "observation", "question": "values-of-a-series"}),
        ("query", {"query": "SELECT ?s ?o { ?s a ?o OPTIONAL { ?s <a:b> ?no } } LIMIT 2", "names": True}),
        ("query", {"query": "SELECT ?s { ?s <a:b> ?o }"}),
        ("query", {"query": "ASK {}"}),
        ("query", {"query": "DESCRIBE <http://localhost:8000/id/objective/8>"}),
    ]
    for tool, arguments in asked:
        Draft202012Validator(schemas[tool]).validate(call(client, tool, **arguments))


def test_every_answer_names_its_release(client, release: Release):
    for tool, arguments in (("find", {"text": "Malmö"}), ("schema", {}), ("query", {"query": "ASK {}"})):
        told = call(client, tool, **arguments)["release"]
        assert told["id"] == release.id
        assert client.get(told["address"]).status_code == 200


def test_an_earlier_release_answers_in_its_own_place(client, release: Release):
    call(client, "find", text="Clean Air")  # what is kept of a release leads to no other place
    found = call(client, "find", at=f"/releases/{release.id}/mcp", text="Clean Air")["found"][0]
    assert found["iri"] == "http://localhost:8000/id/objective/2"
    assert found["page"] == f"http://localhost:8000/releases/{release.id}/res/objective/2.en.html"


BAD = {
    "no body": (b"", {}, 400, -32700),
    "no JSON": (b'{"jsonrpc":', {}, 400, -32700),
    "no UTF-8": (b'{"jsonrpc": "\xff"}', {}, 400, -32700),
    "half a character at the end": (b'{"jsonrpc": "2.0", "method": "\xc3', {}, 400, -32700),
    "half a letter": (b'{"jsonrpc": "2.0", "id": 1, "method": "\\ud800"}', {}, 400, -32700),
    "too deep": (b"[" * 100_000, {}, 400, -32700),
    "a batch": (json.dumps([message("ping", {}, "2025-03-26")]).encode(), {}, 400, -32600),
    "an empty batch": (b"[]", {}, 400, -32600),
    "a text": (b'"ping"', {}, 400, -32600),
    "nothing": (b"null", {}, 400, -32600),
    "an older JSON-RPC": (b'{"id": 1, "method": "ping"}', {}, 400, -32600),
    "no id": (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', {}, 400, -32600),
    "half an id": (b'{"jsonrpc": "2.0", "id": 1.5, "method": "ping"}', {}, 400, -32600),
    "a yes for an id": (b'{"jsonrpc": "2.0", "id": true, "method": "ping"}', {}, 400, -32600),
    "an id that no reader keeps": (b'{"jsonrpc": "2.0", "id": 9007199254740993, "method": "ping"}', {}, 400, -32600),
    "an endless id": (b'{"jsonrpc": "2.0", "id": ' + b"9" * 400 + b', "method": "ping"}', {}, 400, -32600),
    "no method": (b'{"jsonrpc": "2.0", "id": 1}', {}, 400, -32600),
    "an answer": (b'{"jsonrpc": "2.0", "id": 1, "result": {}}', {}, 400, -32600),
    "parameters in a row": (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}', {}, 400, -32600),
    "another method": (b'{"jsonrpc": "2.0", "id": 1, "method": "resources/list"}', {}, 200, -32601),
    "another tool": (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "x"}}', {}, 200, -32602),
    "no tool": (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": [1]}}', {}, 200, -32602),
    "another revision": (
        json.dumps(message("ping", {}, "2025-11-25")).encode(),
        {"MCP-Protocol-Version": "1999-01-01"},
        400,
        -32022,
    ),
    "a revision of no letters": (
        json.dumps(message("ping", {}, "2025-11-25")).encode(),
        {"MCP-Protocol-Version": ""},
        400,
        -32022,
    ),
}


@pytest.mark.parametrize(("body", "headers", "status", "code"), BAD.values(), ids=BAD)
def test_a_message_that_is_none_is_refused_with_what_is_wrong(client, body, headers, status, code):
    answer = post(client, body, **headers)
    assert (answer.status_code, error(answer)) == (status, code)
    assert answer.headers["access-control-allow-origin"] == "*"


def of_newest(method="tools/call", headers=None, about=ABOUT, **params):
    """A request of the newest revision that may be at odds with itself."""
    given = {"name": "find", "arguments": {"text": "a"}, **params} if method == "tools/call" else params
    asked = {"jsonrpc": "2.0", "id": 7, "method": method, "params": {**given, "_meta": about}}
    return asked, headers_of(method, given, NEWEST) | (headers or {})


ODD = {
    "no header for the revision": (of_newest(headers={"MCP-Protocol-Version": None}), 400, -32020),
    "no header for the method": (of_newest(headers={"Mcp-Method": None}), 400, -32020),
    "another method in the header": (of_newest(headers={"Mcp-Method": "tools/list"}), 400, -32020),
    "no header for the name": (of_newest(headers={"Mcp-Name": None}), 400, -32020),
    "another name in the header": (of_newest(headers={"Mcp-Name": "query"}), 400, -32020),
    "a name that is no code": (of_newest(headers={"Mcp-Name": "=?base64?%%%?="}), 400, -32020),
    "a name in other letters than a code has": (of_newest(headers={"Mcp-Name": b"=?base64?\xe5?="}), 400, -32020),
    "another revision in the body": (
        of_newest(about={**ABOUT, "io.modelcontextprotocol/protocolVersion": "2025-11-25"}),
        400,
        -32020,
    ),
    "nothing of itself": (of_newest(about={}), 400, -32602),
    "nothing of what it can": (of_newest(about=dict(list(ABOUT.items())[:1])), 400, -32602),
    "itself as a text": (of_newest(about="me"), 400, -32602),
    "a method of before": (of_newest("initialize"), 404, -32601),
    "a method that there is not": (of_newest("prompts/list"), 404, -32601),
    "a tool that there is not": (of_newest(name="nope"), 400, -32602),
}


@pytest.mark.parametrize(("request_", "status", "code"), ODD.values(), ids=ODD)
def test_a_request_at_odds_with_itself_is_refused(client, request_, status, code):
    asked, headers = request_
    answer = post(client, asked, **headers)
    assert (answer.status_code, error(answer), answer.json()["id"]) == (status, code, 7)


def test_a_header_that_stands_twice_is_refused(client):
    asked, headers = of_newest()
    answer = client.post("/mcp", json=asked, headers=[*headers.items(), ("Mcp-Name", "query")])
    assert (answer.status_code, error(answer)) == (400, -32020)


def test_a_name_in_the_header_may_be_encoded(client):
    asked, headers = of_newest(headers={"Mcp-Name": f"=?base64?{base64.b64encode(b'find').decode()}?="})
    assert post(client, asked, **headers).status_code == 200


def test_who_asks_for_another_revision_is_told_which_there_are(client):
    data = post(client, message("ping", {}, "2025-11-25"), **{"MCP-Protocol-Version": "2031-01-01"}).json()["error"]
    assert data["data"]["requested"] == "2031-01-01"
    assert sorted(data["data"]["supported"]) == sorted(REVISIONS)


@pytest.mark.parametrize("method", ["notifications/initialized", "notifications/cancelled", "anything"])
@pytest.mark.parametrize("revision", [None, *REVISIONS])
def test_a_notification_is_heard(client, method, revision):
    answer = post(client, {"jsonrpc": "2.0", "method": method}, **{"MCP-Protocol-Version": revision})
    assert (answer.status_code, answer.content) == (202, b"")


UNHEARD = {
    "a form": ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    "no type": ({"Content-Type": None}, 415),
    "other letters": ({"Content-Type": "application/json; charset=latin-1"}, 415),
    "packed": ({"Content-Encoding": "gzip"}, 415),
    "for events alone": ({"Accept": "text/event-stream"}, 406),
    "for a page": ({"Accept": "text/turtle"}, 406),
}


@pytest.mark.parametrize(("headers", "status"), UNHEARD.values(), ids=UNHEARD)
def test_a_request_in_another_form_is_refused_with_problem_details(client, headers, status):
    answer = post(client, message("ping", {}, "2025-11-25"), **headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/json;q=0.1, text/event-stream"])
def test_who_takes_json_is_answered(client, accept):
    assert post(client, message("ping", {}, "2025-11-25"), Accept=accept).json()["result"] == {}


def test_too_long_a_body_is_refused_by_the_limit_of_queries(client):
    answer = post(client, {"jsonrpc": "2.0", "method": "a" * 6 * Settings().max_query_bytes + "b" * 10_000})
    assert (answer.status_code, answer.json()["setting"]) == (413, "max_query_bytes")


def test_a_call_that_names_no_tool_is_told_that_the_name_is_missing(client):
    answer = post(client, json.dumps(message("tools/call", {}, "2025-11-25")).encode())
    assert answer.json()["error"]["message"] == "In params there is no name of a tool. There are: find, schema, query."


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "PUT", "QUERY"])
def test_there_is_nothing_to_get_and_nothing_to_end(client, method):
    answer = client.request(method, "/mcp", headers={"Accept": "text/event-stream", "Mcp-Session-Id": "1"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")


def test_a_script_of_another_site_learns_what_it_may_send(client):
    answer = client.options("/mcp", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 204
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert {"content-type", "mcp-protocol-version", "mcp-method", "mcp-name"} <= set(allowed)


HERE, ELSEWHERE = (
    ("http://localhost:6274", "http://127.0.0.1", "http://[::1]:80"),
    (
        "https://example.org",
        "http://localhost.example.org:8000",
        "http://10.0.0.1",
        "null",
        "http://[",
    ),
)


@pytest.mark.parametrize("origin", [*HERE, *ELSEWHERE])
def test_a_page_from_elsewhere_asks_a_service_for_others_alone(client, origin, monkeypatch):
    asked = message("ping", {}, "2025-11-25")
    answer = post(client, asked, Origin=origin)
    assert answer.status_code == (200 if origin in HERE else 403)
    if origin not in HERE:
        assert answer.json()["type"].endswith("#origin-not-allowed")
    monkeypatch.setattr(client.app.state.site, "root", "https://data.example.org/")
    assert post(client, asked, Origin=origin).status_code == 200


def test_what_is_wrong_is_said_in_the_language_that_is_liked(client):
    said = {
        language: post(client, b"[]", **{"Accept-Language": language}).json()["error"]["message"]
        for language in ("sv", "en")
    }
    assert said["sv"].startswith("Flera meddelanden")
    assert said["en"].startswith("Several messages")


def test_a_release_from_before_there_was_an_index_says_so(client: TestClient, monkeypatch):
    monkeypatch.setattr(client.app.state.site, "index", None)
    result = ask(client, "tools/call", name="find", arguments={"text": "Malmö"})
    assert result["isError"] is True
    assert json.loads(result["content"][0]["text"])["type"].endswith("#not-found")
