"""The client `signposting` reads the headers of a running endpoint, and finds its way to the data by them."""

from __future__ import annotations

from rdflib import Graph
from signposting import find_signposting_http

from tests.clients.asked import BASE, NUMBER, OBJECTIVE


def here(endpoint: str, address: str) -> str:
    """Where an address of the release is answered in this test."""
    return address.replace(BASE.removesuffix("/"), endpoint)


def test_it_finds_what_to_cite_and_the_data_from_the_identifier(endpoint):
    found = find_signposting_http(here(endpoint, OBJECTIVE))
    assert str(found.citeAs.target) == OBJECTIVE
    (turtle,) = [one for one in found.describedBy if str(one.type) == "text/turtle"]
    assert NUMBER in Graph().parse(here(endpoint, str(turtle.target)), format="turtle")
