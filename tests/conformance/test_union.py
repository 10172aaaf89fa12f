"""Whoever names no graph asks all of them, by whichever way they ask."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from endpoint.cli import main
from loaders.release import Release
from tests.conversing import call

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ACCEPT = {"Accept": "text/csv"}


@pytest.fixture(scope="module")
def stated(release: Release) -> int:
    """How many statements the dump has, whatever the graphs that they stand in."""
    with gzip.open(release.path / "dump" / "all.nq.gz", "rt", encoding="utf-8") as lines:
        return len({line.removesuffix(" .\n").rpartition(" ")[0] for line in lines})


def by_get(client: TestClient, _: Release) -> str:
    return client.get("/sparql", params={"query": COUNT}, headers=ACCEPT).text


def by_form(client: TestClient, _: Release) -> str:
    return client.post("/sparql", data={"query": COUNT}, headers=ACCEPT).text


def directly(client: TestClient, _: Release) -> str:
    return client.post("/sparql", content=COUNT, headers=ACCEPT | {"Content-Type": DIRECT}).text


def by_query(client: TestClient, _: Release) -> str:
    return client.request("QUERY", "/sparql", content=COUNT, headers=ACCEPT | {"Content-Type": DIRECT}).text


def by_page(client: TestClient, _: Release) -> str:
    shown = client.get("/en/query", params={"query": COUNT}).text
    return shown.partition('id="result"')[2].partition("</table>")[0].replace("\N{NO-BREAK SPACE}", "")


def of_a_release_by_name(client: TestClient, release: Release) -> str:
    return client.get(f"/releases/{release.id}/sparql", params={"query": COUNT}, headers=ACCEPT).text


def by_a_language_model(client: TestClient, _: Release) -> str:
    return str(call(client, "query", query=COUNT)["rows"])


def by_the_terminal(_: TestClient, release: Release) -> str:
    return CliRunner().invoke(main, ["query", COUNT, "--data", str(release.path.parent.parent)]).stdout


WAYS: tuple[Callable[[TestClient, Release], str], ...] = (
    by_get, by_form, directly, by_query, by_page, of_a_release_by_name, by_a_language_model, by_the_terminal,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_who_names_no_graph_asks_all_of_them(client, release, stated, way):
    assert re.search(rf"(?<!\d){stated}(?!\d)", way(client, release))
