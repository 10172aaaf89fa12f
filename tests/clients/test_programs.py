"""The programs that the query page gives are run as they stand."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
import urllib.request
from html import unescape
from urllib.parse import urlencode

import pytest

GRAPH = "http://localhost:8000/id/graph/editors"
SELECT = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name WHERE { ?thing skos:prefLabel ?name FILTER (STRSTARTS(?name, 'Ingen över')) } ORDER BY ?thing"""
QUERIES = {
    "rows": SELECT,
    "rows with signs": 'SELECT ("it\'s \\\\ 100 % &amp; å" AS ?said) {}',
    "codes": "SELECT ?code { VALUES ?code { '01' '0114' } }",
    "yes": "ASK { ?s ?p 'Ingen övergödning'@sv }",
    "no": "ASK { ?s ?p 'No such thing' }",
    "graph": f"CONSTRUCT {{ ?s a ?o }} WHERE {{ GRAPH <{GRAPH}> {{ ?s a ?o }} }} ORDER BY ?s ?o LIMIT 3",
}


def programs(endpoint: str, **asked: str) -> dict[str, str]:
    """The programs of the query page, by language; their service is the one that answers."""
    with urllib.request.urlopen(f"{endpoint}/en/query?{urlencode(asked)}") as answer:
        page = answer.read().decode("utf-8")
    found = re.findall(
        r'<summary id="program-\d">(.*?)</summary>\s*<pre[^>]*><code>(.*?)</code></pre>', page, re.DOTALL
    )
    return {name: unescape(text).replace("http://localhost:8000/sparql", f"{endpoint}/sparql") for name, text in found}


def ask(endpoint: str, accept: str, **asked: str) -> str:
    request = urllib.request.Request(f"{endpoint}/sparql?{urlencode(asked)}", headers={"Accept": accept})
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode("utf-8")


@pytest.fixture(params=QUERIES)
def asked(request) -> dict[str, str]:
    return {"query": QUERIES[request.param]}


def accept_of(query: str) -> str:
    return "text/turtle" if query.startswith("CONSTRUCT") else "text/csv"


def test_the_command_gives_the_answer(endpoint, asked):
    command = programs(endpoint, **asked)["curl"]
    said = subprocess.run(["sh", "-c", f"{command} -s"], capture_output=True, text=True, check=True).stdout
    assert said.split() == ask(endpoint, accept_of(asked["query"]), **asked).split()
    assert said.strip()


def test_the_python_program_gives_the_answer(endpoint, asked):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(programs(endpoint, **asked)["Python"], "program.py", "exec"), {})
    printed = said.getvalue()
    if asked["query"].startswith("CONSTRUCT"):
        assert printed.split() == ask(endpoint, "text/turtle", **asked).split()
        return
    answer = json.loads(ask(endpoint, "application/sparql-results+json", **asked))
    if "boolean" in answer:
        assert printed == f"{answer['boolean']}\n"
    else:
        rows = answer["results"]["bindings"]
        assert rows
        assert printed == "".join(f"{ {name: term['value'] for name, term in row.items()} }\n" for row in rows)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
def test_the_r_program_gives_the_answer(endpoint, asked):
    program = programs(endpoint, **asked)["R"]
    if accept_of(asked["query"]) == "text/csv":
        program = program.replace("print(answer)", "write.csv(answer)")
    run = subprocess.run(["Rscript", "-e", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    expected = ask(endpoint, accept_of(asked["query"]), **asked)
    if accept_of(asked["query"]) == "text/turtle":
        assert re.findall(r"<[^>]+>", run.stdout) == re.findall(r"<[^>]+>", expected)
    else:
        assert [row[1:] for row in csv.reader(run.stdout.splitlines())][1:] == list(csv.reader(expected.splitlines()))[
            1:
        ]


def test_chosen_graphs_are_asked(endpoint):
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    chosen = programs(endpoint, query=query, **{"default-graph-uri": GRAPH})
    said = subprocess.run(["sh", "-c", f"{chosen['curl']} -s"], capture_output=True, text=True, check=True).stdout
    assert said.split() == ask(endpoint, "text/csv", query=query, **{"default-graph-uri": GRAPH}).split()
    assert said.split() != ask(endpoint, "text/csv", query=query).split()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(chosen["Python"], "program.py", "exec"), {})
    assert said.split()[1] in printed.getvalue()
