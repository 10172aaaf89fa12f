"""Other engines ask the endpoint from within their own queries, and programs of any name are answered."""

from __future__ import annotations

import http.client
from contextlib import closing
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef

from tests.clients.asked import ASK, BASE, NAMES, OBJECTIVE

OWN = "http://a.example/own"
JOINED = f"""
SELECT ?name {{
  ?thing <{OWN}> ?value .
  SERVICE %s<%s/sparql> {{
    ?thing a <{BASE}spec/EnvironmentalQualityObjective> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?name
  }}
}}"""

PROGRAMS = [
    None, "", "-", "curl/8.5.0", "python-requests/2.32.3", "Python-urllib/3.11", "sparqlwrapper 2.0.0", "RDF4J", "node",
    "Apache-Jena-ARQ/5.1.0", "Java/11.0.2", "libwww-perl/6.05", "Go-http-client/1.1", "Wget/1.21",
]  # fmt: skip
"""How programs call themselves; some not at all."""


def test_rdflib_joins_its_own_with_ours(endpoint):
    own = Graph().add((URIRef(OBJECTIVE), URIRef(OWN), Literal(1)))
    assert {str(row[0]) for row in own.query(JOINED % ("", endpoint))} == NAMES


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_oxigraph_joins_its_own_with_ours(endpoint, silent):
    own = ox.Store()
    own.add(ox.Quad(ox.NamedNode(OBJECTIVE), ox.NamedNode(OWN), ox.Literal(1)))
    found = own.query(JOINED % (silent, endpoint))
    assert isinstance(found, ox.QuerySolutions)
    assert {row["name"].value for row in found} == NAMES


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("path", [f"/sparql?query={quote(ASK)}", "/res/objective/8.ttl", "/data/SHA256SUMS"])
def test_a_program_of_any_name_is_answered(endpoint, path, program):
    with closing(http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=60)) as asking:
        asking.request("GET", path, headers={} if program is None else {"User-Agent": program})
        assert asking.getresponse().status == 200
