"""Real clients of the field read the endpoint: SPARQLWrapper in every form and format, rdflib by its own lookup."""

import threading
import time

import pytest
import uvicorn
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

from endpoint.app import create_app
from endpoint.server import _listen
from endpoint.settings import Settings

OBJECTIVE = "http://localhost:8000/id/objective/8"
SELECT = f"SELECT ?name {{ <{OBJECTIVE}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }}"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ <{OBJECTIVE}> }} ?s ?p ?o }}"


@pytest.fixture(scope="module")
def endpoint(release):
    """The address of an endpoint that listens on a port of its own."""
    with _listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(create_app(release, Settings(workers=1)), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()


def wrapper(endpoint, query, form, method):
    client = SPARQLWrapper(f"{endpoint}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(POST if method == POSTDIRECTLY else method)
    client.setRequestMethod(POSTDIRECTLY if method == POSTDIRECTLY else URLENCODED)
    return client


@pytest.mark.parametrize("method", [GET, POST, POSTDIRECTLY])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_tables(endpoint, form, method):
    said = wrapper(endpoint, SELECT, form, method).query().convert()
    shown = said.toxml() if form == XML else said.decode() if isinstance(said, bytes) else str(said)
    assert "Levande sjöar och vattendrag" in shown


@pytest.mark.parametrize("method", [GET, POST, POSTDIRECTLY])
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_sparqlwrapper_reads_graphs(endpoint, form, method):
    said = wrapper(endpoint, CONSTRUCT, form, method).query().convert()
    if isinstance(said, bytes):
        said = Graph().parse(data=said, format="turtle")
    assert (URIRef(OBJECTIVE), URIRef("http://localhost:8000/spec/number"), Literal(8)) in said


def test_sparqlwrapper_reads_a_truth_value(endpoint):
    assert wrapper(endpoint, "ASK {}", JSON, GET).query().convert()["boolean"] is True


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_rdflib_asks_it_as_a_store(endpoint):
    remote = Graph(SPARQLStore(f"{endpoint}/sparql"))
    names = {str(row[0]) for row in remote.query(SELECT)}
    assert names == {"Levande sjöar och vattendrag", "Flourishing Lakes and Streams"}


def test_rdflib_looks_a_thing_up(endpoint):
    graph = Graph().parse(f"{endpoint}/id/objective/8")
    assert (URIRef(OBJECTIVE), URIRef("http://localhost:8000/spec/number"), Literal(8)) in graph
