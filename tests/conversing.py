"""What the tests of `/mcp` share: how it is asked in each revision, and what every answer must be."""

from __future__ import annotations

import json
from typing import Any

from mcp_types import methods
from starlette.testclient import TestClient

NEWEST = "2026-07-28"
REVISIONS = ("2025-03-26", "2025-06-18", "2025-11-25", NEWEST)
JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
ABOUT = {
    "io.modelcontextprotocol/protocolVersion": NEWEST,
    "io.modelcontextprotocol/clientCapabilities": {},
}
"""What a request of the newest revision says of itself."""


def headers_of(method: str, params: dict[str, Any], revision: str) -> dict[str, str]:
    """The headers of a request as its revision has them."""
    if revision != NEWEST:
        return {**JSON, "MCP-Protocol-Version": revision}
    name = {"Mcp-Name": params["name"]} if method == "tools/call" else {}
    return {**JSON, "MCP-Protocol-Version": revision, "Mcp-Method": method, **name}


def message(method: str, params: dict[str, Any], revision: str) -> dict[str, Any]:
    """A request as its revision has it."""
    about = {"_meta": ABOUT} if revision == NEWEST else {}
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": {**params, **about}}


def ask(client: TestClient, method: str, revision: str = NEWEST, at: str = "/mcp", **params: Any) -> dict[str, Any]:
    """The result of a method, which is as the schema of the protocol has it."""
    asked = message(method, params, revision)
    methods.validate_client_request(method, revision, asked["params"])
    answer = client.post(at, json=asked, headers=headers_of(method, params, revision))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    told = answer.json()
    assert (told["jsonrpc"], told["id"]) == ("2.0", 1)
    methods.validate_server_result(method, revision, told["result"])
    assert ("resultType" in told["result"]) == (revision == NEWEST)
    return told["result"]


def call(client: TestClient, tool: str, at: str = "/mcp", **arguments: Any) -> dict[str, Any]:
    """What a tool gives; its text says the same."""
    result = ask(client, "tools/call", at=at, name=tool, arguments=arguments)
    assert result["isError"] is False, result
    (text,) = result["content"]
    assert json.loads(text["text"]) == result["structuredContent"]
    return result["structuredContent"]


def failed(client: TestClient, tool: str, **arguments: Any) -> dict[str, Any]:
    """The problem that a tool gives in place of an answer."""
    result = ask(client, "tools/call", name=tool, arguments=arguments)
    assert result["isError"] is True, result
    assert "structuredContent" not in result
    (text,) = result["content"]
    return json.loads(text["text"])
