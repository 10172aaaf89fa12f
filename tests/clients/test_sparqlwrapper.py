"""SPARQLWrapper asks every form of query, reads every format that it knows, and sends queries in every way it can."""

from __future__ import annotations

import csv
import io

import pytest
from rdflib import Graph
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
    SPARQLWrapper2,
)
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from tests.clients.asked import ASK, CONSTRUCT, DESCRIBE, GRAPH, NAMES, NUMBER, SELECT

pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")

WAYS = {"GET": (GET, URLENCODED), "form": (POST, URLENCODED), "direct": (POST, POSTDIRECTLY)}


def wrapper(endpoint: str, query: str, form: str | None = None, way: str = "GET") -> SPARQLWrapper:
    client = SPARQLWrapper(f"{endpoint}/sparql")
    client.setQuery(query)
    if form is not None:
        client.setReturnFormat(form)
    method, request_method = WAYS[way]
    client.setMethod(method)
    client.setRequestMethod(request_method)
    return client


def names(said: object, form: str) -> set[str]:
    match form:
        case "json":
            return {row["name"]["value"] for row in said["results"]["bindings"]}  # type: ignore[index]
        case "xml":
            return {node.firstChild.data for node in said.getElementsByTagName("literal")}  # type: ignore[attr-defined]
        case "csv":
            return {row["name"] for row in csv.DictReader(io.StringIO(said.decode()))}  # type: ignore[attr-defined]
    return {line.partition("@")[0].strip('"') for line in said.decode().splitlines()[1:]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_tables_in_every_format_by_every_way(endpoint, form, way):
    assert names(wrapper(endpoint, SELECT, form, way).query().convert(), form) == NAMES


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [JSON, XML])
def test_a_yes_in_every_format_by_every_way(endpoint, form, way):
    said = wrapper(endpoint, ASK, form, way).query().convert()
    yes = said["boolean"] if form == JSON else said.getElementsByTagName("boolean")[0].firstChild.data
    assert str(yes).lower() == "true"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
def test_graphs_in_every_format_by_every_way(endpoint, query, form, way):
    said = wrapper(endpoint, query, form, way).query().convert()
    graph = Graph().parse(data=said, format="turtle") if isinstance(said, bytes) else said
    assert NUMBER in graph


def test_a_client_that_names_no_format_can_read_what_it_gets(endpoint):
    assert names(wrapper(endpoint, SELECT).query().convert(), "xml") == NAMES
    assert NUMBER in wrapper(endpoint, CONSTRUCT).query().convert()


def test_the_dataset_of_the_protocol(endpoint):
    client = wrapper(endpoint, SELECT, JSON)
    client.addDefaultGraph(GRAPH)
    assert names(client.query().convert(), "json") == {"Flourishing Lakes and Streams"}


def test_values_as_objects(endpoint):
    client = SPARQLWrapper2(f"{endpoint}/sparql")
    client.setQuery(SELECT)
    assert {row["name"].value for row in client.query().bindings} == NAMES


def test_a_broken_query_is_told_as_one(endpoint):
    with pytest.raises(QueryBadFormed, match="SPARQL"):
        wrapper(endpoint, "SELECT * {", JSON).query()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_limit_is_told_as_one(endpoint):
    client = wrapper(endpoint, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON)
    client.addParameter("timeout", "0.2")
    with pytest.raises(Exception, match="503") as caught:
        client.query()
    assert not isinstance(caught.value, EndPointInternalError)
