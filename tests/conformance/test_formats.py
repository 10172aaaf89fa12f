"""One table says what is answered to which `Accept` header; it holds for every form of query and every method."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import httpx2 as httpx
import pyoxigraph as ox
import pytest

from tests.conformance.conftest import Answer, Server

CONTENT_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "trig": "application/trig",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "html": "text/html; charset=utf-8",
}
"""The types as they are registered; those under `text/` with the charset that their registrations ask for."""

PREFIX = "PREFIX : <http://example.org/> "
FORMS = {
    "select": PREFIX + "SELECT ?name { ?s :name ?name } ORDER BY ?name",
    "ask": PREFIX + "ASK { :a :knows :b }",
    "construct": PREFIX + "CONSTRUCT { ?s :name ?name } WHERE { ?s :name ?name }",
    "describe": PREFIX + "DESCRIBE :a",
}

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


def by_address(method: str) -> Callable[[str], tuple[str, str, list[tuple[str, str]], bytes | None]]:
    return lambda query: (method, f"/sparql?query={quote(query)}", [], None)


def by_form(method: str) -> Callable[[str], tuple[str, str, list[tuple[str, str]], bytes | None]]:
    return lambda query: (method, "/sparql", [("Content-Type", FORM)], f"query={quote(query)}".encode())


def directly(method: str) -> Callable[[str], tuple[str, str, list[tuple[str, str]], bytes | None]]:
    return lambda query: (method, "/sparql", [("Content-Type", DIRECT)], query.encode())


METHODS = {
    "GET": by_address("GET"),
    "HEAD": by_address("HEAD"),
    "POST-form": by_form("POST"),
    "POST-direct": directly("POST"),
    "QUERY-form": by_form("QUERY"),
    "QUERY-direct": directly("QUERY"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table."""

    accept: tuple[str, ...]
    results: str
    graph: str
    whose: str

    def expected(self, form: str) -> str:
        return self.results if form in {"select", "ask"} else self.graph


def read_cases() -> list[Case]:
    """The rows of the table."""
    with Path(__file__).with_name("accept.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    special = {"(none)": (), "(empty)": ("",)}
    return [
        Case(special.get(row["accept"], tuple(row["accept"].split(" || "))), row["results"], row["graph"], row["whose"])
        for row in rows
    ]


CASES = read_cases()


def asked(server: Server, method: str, form: str, accept: tuple[str, ...], more: str = "") -> Answer:
    how, target, headers, body = METHODS[method](FORMS[form])
    return server.ask(how, target + more, [*headers, *(("Accept", value) for value in accept)], body)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", CASES, ids=[f"{number}" for number, _ in enumerate(CASES, 4)])
def test_a_query_is_answered_in_the_format_of_the_table(server, case, method, form):
    answer = asked(server, method, form, case.accept)
    expected = case.expected(form)
    assert "Accept" in answer["vary"].split(", "), case
    assert answer["access-control-allow-origin"] == "*"
    if expected == "406":
        assert answer.status == 406, case
        assert method == "HEAD" or json.loads(answer.content)["available"]
        return
    if expected == "html" and method in {"GET", "HEAD"}:
        assert (answer.status, answer["location"].partition("?")[0]) == (303, "/sv/query"), case
        return
    assert (answer.status, answer["content-type"]) == (200, CONTENT_TYPES[expected]), case
    if method == "HEAD":
        assert answer.content == b""
        assert int(answer["content-length"]) > 0
    elif expected != "html":
        assert read(answer, form, expected) == SAID[form], case


NAMES = ["<&\"',\t\r\n>", "ett", "två"]
SAID = {
    "select": NAMES,
    "ask": [True],
    "construct": {("a", "name", "ett"), ("b", "name", "två"), ("c", "name", NAMES[0])},
    "describe": {("a", "name", "ett"), ("a", "knows", "b")},
}
"""What the data say, read from `data.trig` by a person."""


DOCUMENTS = ("/res/report/FU2023", "/.well-known/void", "/vocabulary", "/graphs/livsmedelsverket-en", "/changes")
"""Documents of a release that are there in every format for a graph, and as a page."""

TEXT_BUT_TURTLE = ("text/*, text/turtle;q=0",)
"""A page is a text as well. Queries are answered with one to those alone who name it, and so are graphs."""


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("case", CASES, ids=[f"{number}" for number, _ in enumerate(CASES, 4)])
def test_a_document_is_given_in_the_format_of_the_table(client, case, path):
    request = client.build_request("GET", path)
    del request.headers["accept"]
    request.headers = httpx.Headers([*request.headers.multi_items(), *(("accept", value) for value in case.accept)])
    answer = client.send(request, follow_redirects=False)
    is_page = case.graph == "html" or (case.accept == TEXT_BUT_TURTLE and not path.startswith("/graphs/"))
    assert "Accept" in answer.headers["vary"].split(", ")
    if is_page and answer.status_code == 303:
        assert answer.headers["location"].startswith("/sv/")
    elif is_page or case.graph != "406":
        media_type = answer.headers["content-type"].partition("; profile=")[0]
        assert (answer.status_code, media_type) == (200, CONTENT_TYPES["html" if is_page else case.graph])
    else:
        assert (answer.status_code, bool(answer.json()["available"])) == (406, True)


def read(answer: Answer, form: str, name: str) -> object:
    """What an answer says, read as its format is read."""
    if form in {"select", "ask"}:
        return TABLES[form, name](answer)
    return {tuple(short(term) for term in quad.triple) for quad in ox.parse(answer.content, format=RDF[name])}


def read_tsv(answer: Answer) -> list[str]:
    """The terms of the rows, which are written as in Turtle."""
    lines = answer.text.split("\n")[1:-1]
    return [short(quad.object) for line in lines for quad in ox.parse(f"<a:a> <a:a> {line} .", format=RDF["turtle"])]


RESULT = "{http://www.w3.org/2005/sparql-results#}"
RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


TABLES: dict[tuple[str, str], Callable[[Answer], object]] = {
    ("select", "json"): lambda said: [row["name"]["value"] for row in json.loads(said.content)["results"]["bindings"]],
    ("select", "xml"): lambda said: [one.text for one in ElementTree.fromstring(said.content).iter(f"{RESULT}literal")],
    ("select", "csv"): lambda said: [row["name"] for row in csv.DictReader(io.StringIO(said.text, newline=""))],
    ("select", "tsv"): read_tsv,
    ("ask", "json"): lambda said: [json.loads(said.content)["boolean"]],
    ("ask", "xml"): lambda said: [ElementTree.fromstring(said.content).findtext(f"{RESULT}boolean") == "true"],
    ("ask", "csv"): lambda said: [said.text.strip() == "true"],
    ("ask", "tsv"): lambda said: [said.text.strip() == "true"],
}
"""How a table, or a yes or no, is read by its format."""


def short(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value.removeprefix("http://example.org/")


FORMAT = {
    "json": ("json", "jsonld"),
    "application/json": ("json", "jsonld"),
    "application/sparql-results+json": ("json", None),
    "srj": ("json", None),
    "xml": ("xml", "rdfxml"),
    "srx": ("xml", None),
    "csv": ("csv", None),
    "text/csv": ("csv", None),
    "tsv": ("tsv", None),
    "turtle": (None, "turtle"),
    "ttl": (None, "turtle"),
    "text/turtle": (None, "turtle"),
    "n3": (None, "turtle"),
    "trig": (None, "trig"),
    "nt": (None, "ntriples"),
    "ntriples": (None, "ntriples"),
    "nq": (None, "nquads"),
    "nquads": (None, "nquads"),
    "rdf": (None, "rdfxml"),
    "rdf+xml": (None, "rdfxml"),
    "application/rdf+xml": (None, "rdfxml"),
    "jsonld": (None, "jsonld"),
    "json-ld": (None, "jsonld"),
    "application/ld+json": (None, "jsonld"),
    "html": ("html", "html"),
    "text/html": ("html", "html"),
}
"""What `format=` may be, and the format of a table and of a graph that it stands for."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FORMAT)
@pytest.mark.parametrize("accept", [(), ("text/html",), ("image/png",), ("application/n-quads, text/csv",)])
def test_a_format_that_is_named_rules_over_accept(server, name, form, accept):
    answer = asked(server, "GET", form, accept, f"&format={quote(name, safe='')}")
    expected = FORMAT[name][0 if form in {"select", "ask"} else 1]
    if expected is None:
        assert answer.status == 406
    elif expected == "html":
        assert (answer.status, answer["location"].partition("?")[0]) == (303, "/sv/query")
    else:
        assert (answer.status, answer["content-type"]) == (200, CONTENT_TYPES[expected])
        assert read(answer, form, expected) == SAID[form]


@pytest.mark.parametrize("name", ["png", "", "text/turtle ", "JSON\r\nX-Other: 1"])
def test_a_format_that_is_none_is_refused_with_those_there_are(server, name):
    answer = asked(server, "GET", "ask", (), f"&format={quote(name, safe='')}")
    assert (answer.status, answer.media_type) == (400, "application/problem+json")
    assert "turtle" in json.loads(answer.content)["detail"]
    assert answer["x-other"] == ""


@pytest.mark.parametrize("case", CASES, ids=[f"{number}" for number, _ in enumerate(CASES, 4)])
def test_the_service_describes_itself_in_the_format_of_the_table(server, case):
    answer = server.ask("GET", "/sparql", [("Accept", value) for value in case.accept])
    assert "Accept" in answer["vary"].split(", ")
    if case.graph == "406":
        assert answer.status == 406
    elif case.graph == "html":
        assert answer.status == 303
    else:
        assert (answer.status, answer["content-type"]) == (200, CONTENT_TYPES[case.graph])
        assert next(ox.parse(answer.content, format=RDF[case.graph]))


@pytest.mark.parametrize("target", ["/sparql", "/sparql?query=ASK%20%7B%7D", "/sparql?query=broken"])
def test_options_tells_the_methods_whatever_is_accepted(server, target):
    for case in CASES[:8]:
        answer = server.ask("OPTIONS", target, [("Accept", value) for value in case.accept])
        assert (answer.status, answer["allow"]) == (204, "GET, HEAD, POST, QUERY, OPTIONS")
        assert answer["access-control-allow-methods"] == answer["allow"]


def test_the_table_knows_every_format_there_is():
    assert {case.results for case in CASES} | {case.graph for case in CASES} == {*CONTENT_TYPES, "406"}
