"""rdflib asks the endpoint as a store, and looks things up by their addresses."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.clients.asked import ASK, BASE, CONSTRUCT, DESCRIBE, GRAPH, NAMES, NUMBER, OBJECTIVE, SELECT

pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def store(endpoint, request) -> SPARQLStore:
    return SPARQLStore(f"{endpoint}/sparql", method=request.param)


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_a_table_in_every_format(endpoint, form):
    remote = Graph(SPARQLStore(f"{endpoint}/sparql", returnFormat=form))
    assert {str(row[0]) for row in remote.query(SELECT)} == NAMES


def test_every_form_of_query(store):
    remote = Graph(store)
    assert {str(row[0]) for row in remote.query(SELECT)} == NAMES
    assert remote.query(ASK).askAnswer is True
    assert NUMBER in remote.query(CONSTRUCT).graph
    assert NUMBER in remote.query(DESCRIBE).graph


def test_patterns_and_lengths(store):
    remote = Graph(store)
    assert NUMBER in remote
    assert {str(label) for label in remote.objects(URIRef(OBJECTIVE), SKOS.prefLabel)} == NAMES
    assert len(Graph(store, identifier=URIRef(GRAPH))) > 0


def test_a_named_graph_by_its_name(endpoint):
    named = Graph(SPARQLStore(f"{endpoint}/sparql"), identifier=URIRef(GRAPH))
    assert {str(row[0]) for row in named.query(SELECT)} == {"Flourishing Lakes and Streams"}


def test_a_thing_by_its_address(endpoint):
    assert NUMBER in Graph().parse(f"{endpoint}/id/objective/8")


@pytest.mark.parametrize("path", ["res/objective/8", "res/spec/Mapping", "res/dataset/ghg-county-2026-08"])
def test_a_thing_says_as_much_in_json_ld_as_in_turtle(endpoint, path):
    """And not what it says in another profile, which rdflib would go on to by itself."""
    address = f"{endpoint}/{path}"
    told = Graph().parse(f"{address}.jsonld?form=expanded", format="json-ld")
    assert isomorphic(told, Graph().parse(f"{address}.ttl"))


def test_a_graph_by_its_address(endpoint):
    graph = Graph().parse(f"{endpoint}/graphs/livsmedelsverket-en")
    assert (URIRef(OBJECTIVE), SKOS.prefLabel, Literal("Flourishing Lakes and Streams", lang="en")) in graph


def test_the_service_by_its_address(endpoint):
    graph = Graph().parse(f"{endpoint}/sparql")
    assert (URIRef(f"{BASE}sparql"), None, None) in graph
