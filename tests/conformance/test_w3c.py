"""The W3C suites over HTTP: every data file is a graph under its address, each test picks its dataset by the protocol.

What the engine itself fails in process is written down beside the suites; nothing else may fail here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from tests.conformance.conftest import Answer, Server, serving
from tests.conformance.test_formats import FORM
from tests.conformance.w3c import (
    ADDRESS,
    DATA,
    KNOWN,
    SUITES,
    SYNTAX,
    Result,
    Test,
    address_of,
    graph_of,
    graphs_in,
    read_csv,
    read_exchanges,
    read_expected,
    read_table,
    read_tests,
)

if not SUITES.is_dir():
    pytest.skip(f"the suites of the W3C are not in {SUITES}", allow_module_level=True)

TESTS = read_tests()
KNOWN_FAILURES = set(KNOWN.read_text(encoding="utf-8").split())
NOWHERE = "urn:nowhere"
"""A graph that is not there: the dataset of a test without data."""

NOT_IN_XML = "sparql12/codepoint-escapes/codepoint-esc-08"
"""A test whose answer has a character that XML forbids."""

TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def suites() -> Iterator[Callable[[Test], Server]]:
    """The server for a test: of all files of the suites, each a graph under its address; or, where a file of its data
    makes graphs itself, of that file alone, since other files make graphs of the same names."""
    with ExitStack() as running:
        servers: dict[Path, Server] = {}

        def server_for(test: Test) -> Server:
            place = next((file for file in test.files if graphs_in(file)), SUITES)
            if place not in servers:
                address = ADDRESS if place == SUITES else address_of(place)
                servers[place] = running.enter_context(serving("--file", place, "--graph", address))
            return servers[place]

        yield server_for


def ask(suites: Callable[[Test], Server], test: Test, accept: str = "*/*") -> Answer:
    """The answer to the query of a test on its dataset."""
    text = test.query.read_text(encoding="utf-8")
    chosen = [("default-graph-uri", graph) for graph in test.data]
    chosen += [("named-graph-uri", graph) for graph in test.named]
    if re.search(r"\bFROM\s+(NAMED\s+)?<", text):
        chosen = []
    elif not chosen:
        chosen = [("default-graph-uri", NOWHERE)]
    fields = [("query", f"BASE <{test.address}>\n{text}"), ("version", "1.2"), *chosen]
    headers = [("Accept", accept), ("Content-Type", FORM)]
    return suites(test).ask("POST", "/sparql", headers, urlencode(fields).encode())


def marked(test: Test) -> object:
    known = pytest.mark.xfail(reason="the engine fails it in process")
    return pytest.param(test, id=test.name, marks=[known] if test.name in KNOWN_FAILURES else [])


@pytest.mark.parametrize("test", [marked(test) for test in TESTS if test.kind in SYNTAX])
def test_a_query_is_read_or_refused(suites, test):
    answer = ask(suites, test)
    if SYNTAX[test.kind]:
        assert answer.status == 200, answer.text
    else:
        assert 400 <= answer.status < 500
        assert json.loads(answer.content)["type"].partition("#")[2] in {"query-syntax", "query-update"}


@pytest.mark.parametrize("test", [marked(test) for test in TESTS if test.kind == "QueryEvaluationTest"])
def test_a_query_is_answered_as_expected(suites, test):
    assert test.result is not None
    expected = read_expected(test.result)
    for media_type in GRAPHS if expected.graph is not None else TABLES:
        answer = ask(suites, test, media_type)
        if test.name == NOT_IN_XML and media_type.endswith("xml"):
            assert answer.status == 406
            continue
        assert answer.status == 200, answer.text
        assert expected.equals(read(answer, media_type), test.is_lax), (media_type, answer.text)


@pytest.mark.parametrize("test", [marked(test) for test in TESTS if test.kind == "CSVResultFormatTest"])
def test_a_table_is_written_as_expected(suites, test):
    assert test.result is not None
    answer = ask(suites, test, "text/csv")
    assert read_csv(answer.content) == read_csv(test.result.read_bytes())


def read(answer: Answer, media_type: str) -> Result:
    if media_type in TABLES:
        return read_table(answer.content, TABLES[media_type])
    return graph_of(ox.parse(answer.content, format=GRAPHS[media_type]))


def test_no_test_is_left_out():
    assert len(TESTS) == 1074
    assert {test.name for test in TESTS} >= KNOWN_FAILURES


# --- the protocol ---

EXCHANGES = read_exchanges()
EXPECTED_TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}


@pytest.fixture(scope="module")
def graphs() -> Iterator[Server]:
    """A server of the graphs that the protocol tests speak of."""
    files = [SUITES / f"sparql11/protocol/data{number}.nt" for number in (1, 2, 3)]
    names = [f"{DATA}data{number}.rdf" for number in (1, 2, 3)]
    with serving("--file", *files, *(part for name in names for part in ("--graph", name))) as server:
        yield server


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange.name)
def test_a_request_is_answered_as_the_protocol_expects(graphs, exchange):
    answer = graphs.ask(exchange.method, exchange.target, exchange.headers, exchange.body)
    status = f"StatusCode{answer.status // 100}xx"
    assert status in ({"StatusCode4xx"} if exchange.is_update else exchange.statuses), answer.text
    if exchange.is_update:
        return  # this service can only be read: what the test asks for is refused
    if exchange.format is not None:
        assert answer.media_type in EXPECTED_TYPES[exchange.format]
    if exchange.boolean is not None:
        assert json.loads(answer.content)["boolean"] is exchange.boolean


def test_all_of_the_protocol_is_asked():
    assert len(EXCHANGES) == 34
