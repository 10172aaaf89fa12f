"""A proxy may send whatever it likes of its own: what is answered is about the base of the release, byte for byte."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

ELSEWHERE = "elsewhere.example"
OF_A_PROXY = {
    "Host": f"{ELSEWHERE}:8443",
    "Forwarded": f"for=192.0.2.1;host={ELSEWHERE};proto=https",
    "X-Forwarded-Host": ELSEWHERE,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "8443",
    "X-Forwarded-Prefix": "/elsewhere",
    "X-Original-URL": "/elsewhere",
    "X-Rewrite-URL": "/elsewhere",
    "X-Forwarded-For": "192.0.2.1",
}
"""What a proxy sends that knows its own name and not that of the service."""

PATHS = (
    "/", "/sv/", "/en/mapping", "/en/query?query=ASK%7B%7D", "/en/service", "/en/data", "/en/validation",
    "/en/reconciliation", "/en/language-models", "/id/objective/8", "/id/objective/77", "/res/objective/8",
    "/res/objective/8.ttl", "/res/objective/8.jsonld", "/res/objective/8.en.html", "/res/objective/8/",
    "/res/spec/County.csv", "/sparql", "/sparql/", "/sparql?query=ASK%7B%7D", "/graphs", "/graphs/livsmedelsverket-en",
    "/catalog", "/.well-known/void", "/.well-known/sparql-examples", "/.well-known/api-catalog",
    "/robots.txt", "/sitemap.xml", "/openapi.json", "/vocabulary", "/context.jsonld", "/problems", "/releases/",
    "/changes", "/changes.en.atom", "/mappings.csv", "/mappings.jsonld", "/reconcile", "/data/datapackage.json",
    "/timegate/res/objective/8", "/timemap/link/res/objective/8", "/mcp", "/nowhere", "/sv/kommuner",
    "/sparql?timeout=x", "/res/objective/8?page=x",
)  # fmt: skip
"""Addresses of every kind, those that lead on and those that are refused among them."""


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
@pytest.mark.parametrize("path", PATHS)
def test_what_a_proxy_says_of_itself_changes_no_byte(client: TestClient, path: str, accept: str):
    honest, told = (
        client.get(path, headers={"Accept": accept} | more, follow_redirects=False) for more in ({}, OF_A_PROXY)
    )
    assert (told.status_code, dict(told.headers)) == (honest.status_code, dict(honest.headers))
    assert told.content == honest.content
    assert ELSEWHERE not in f"{told.text}{told.headers}"
