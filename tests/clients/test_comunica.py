"""Comunica finds out by itself that an address is a SPARQL service, and joins it with other sources."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph

from tests.clients.asked import ASK, BASE, CONSTRUCT, DESCRIBE, GRAPH, NAMES, NUMBER, OBJECTIVE, SELECT
from tests.clients.conftest import installed
from tests.conformance.conftest import serving

if shutil.which("node") is None or shutil.which("npm") is None:
    pytest.skip("node or npm is not installed", allow_module_level=True)


@pytest.fixture(scope="session")
def program() -> Path:
    """The installed program, as the lock file says."""
    return installed("comunica") / "node_modules" / ".bin" / "comunica-sparql"


def ask(program: Path, query: str, *sources: str, form: str = "application/sparql-results+json") -> str:
    """What the program answers; it knows nothing but the addresses of the sources."""
    command = ["node", str(program), *sources, "-q", query, "-t", form]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 0, said.stderr
    assert "WARN" not in said.stderr
    return said.stdout


def rows(said: str, name: str = "name") -> set[str]:
    return {row[name]["value"] for row in json.loads(said)["results"]["bindings"]}


def test_a_table(program, endpoint):
    assert rows(ask(program, SELECT, f"{endpoint}/sparql")) == NAMES


def test_a_yes(program, endpoint):
    assert json.loads(ask(program, ASK, f"{endpoint}/sparql"))["boolean"] is True


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
def test_a_graph(program, endpoint, query):
    said = ask(program, query, f"{endpoint}/sparql", form="text/turtle")
    assert NUMBER in Graph().parse(data=said, format="turtle")


def test_named_graphs(program, endpoint):
    query = SELECT.replace("{", f"{{ GRAPH <{GRAPH}> {{").replace("}", "} }")
    assert rows(ask(program, query, f"{endpoint}/sparql")) == {"Flourishing Lakes and Streams"}


def test_what_is_counted_is_counted_by_the_service(program, endpoint):
    query = f"SELECT (COUNT(*) AS ?name) {{ ?thing a <{BASE}spec/EnvironmentalQualityObjective> }}"
    assert rows(ask(program, query, f"{endpoint}/sparql")) == {"16"}


def test_the_service_is_joined_with_others(program, endpoint, tmp_path):
    notes = tmp_path / "notes.ttl"
    notes.write_text(f'<{OBJECTIVE}> <http://example.org/note> "läst" .', encoding="utf-8")
    prefixes = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX : <http://example.org/>"
    query = f"{prefixes} SELECT ?name {{ ?thing :note ?note ; skos:prefLabel ?name }}"
    with serving("--file", notes) as other:
        for source in ("graphs/notes.ttl", "sparql"):
            assert rows(ask(program, query, f"{endpoint}/sparql", f"{other.address}/{source}")) == NAMES


def test_a_document_of_ours_is_a_source_too(program, endpoint):
    assert rows(ask(program, SELECT, f"{endpoint}/res/objective/8.ttl")) == NAMES


def test_a_graph_of_ours_is_a_source_too(program, endpoint):
    assert rows(ask(program, SELECT, f"{endpoint}/graphs/livsmedelsverket-en")) == {"Flourishing Lakes and Streams"}
