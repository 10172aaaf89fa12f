"""A query that cannot be read is told with the token that is wrong, and with the way out of common mistakes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from endpoint.places import MOST_READ_TWICE, pinpoint
from endpoint.syntax import SyntaxFault, read_fault

PREFIXES = {"mg": "http://localhost:8000/spec/"}


def complaint(query: str) -> str | None:
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        return str(error)
    return None


def fault(query: str) -> SyntaxFault:
    told = complaint(query)
    assert told is not None, f"the engine can read {query}"
    found = read_fault(pinpoint(query, told, complaint), query, PREFIXES)
    assert found is not None
    return found


NAMED = "such as (COUNT(?x) AS ?n)"
MISTAKES = {
    "▸SELEC ?x { ?x a ?y }": "Is SELECT meant?",
    "▸FIND ?x { ?x a ?y }": "begins with SELECT, ASK",
    "SELECT ▸x { ?x a ?y }": "The word x means nothing here",
    "SELECT ?x▸, ?y { ?x a ?y }": "not by commas",
    "SELECT ▸COUNT(?x) { ?x a ?y }": NAMED,
    "SELECT (COUNT(?x)▸) { ?x a ?y }": NAMED,
    "SELECT (AVG(?v) AS ▸mean) { ?x a ?v }": "The word mean means nothing here",
    "SELECT ?x { ?x a ?y FILTER ▸?y = 3 }": "FILTER(…)",
    "SELECT ?x { ?x a ?y . ?y ▸= 3 }": "Compare in FILTER",
    "SELECT ?x { ?x a ?y FILTER(?x = 'a' ▸}": "not closed",
    "SELECT ?x { ?x a ?y ▸OPTIONL { ?x a ?z } }": "Is OPTIONAL meant?",
    "SELECT ?x { ?x a ?y FILTER(▸CONTAIN(?x, 'a')) }": "Is CONTAINS meant?",
    "SELECT ?x { ?x a ?y FILTER(▸WHATEVER(?x, 'a')) }": "There is no function WHATEVER",
    "SELECT ?x { ?x a ?y MINUS ▸?y a ?z }": "What may stand here: {",
    "SELECT ?x { ?x a ?y . BIND(1 AS ?y) ▸}": "?y is in use in its group already",
    "SELECT ?x { VALUES ?x { ▸mg:theme } }": "PREFIX mg: <http://localhost:8000/spec/>",
    "SELECT ?x {\n ?x a ?y ; # {\n  <http://a.test/long-enough> ?z\n ▸?x a ?g\n}": "Is a full stop missing before it?",
    "SELECT ?x { ?x a ?y } ▸}": "one } too many",
    "SELECT ?x { ?x a ?y } ▸; SELECT ?z { ?z a ?y }": "one query at a time",
    "SELECT ?x { ?x a ?y } ▸ODER BY ?x": "Is ORDER meant?",
    "SELECT ?x { ?x a ?y } ORDER BY DESC ▸?x": "DESC(?x)",
    "SELECT ?x { ?x a ?y } LIMIT ▸-1": "After LIMIT comes a whole number",
    "PREFIX ▸mg <http://a.test/> ASK {}": "A prefix ends in a colon: PREFIX mg: <…>",
    "PREFIX mg: ▸http://a.test/ ASK {}": "between < and >",
    "ASK { ?s ?p ▸“å” }": "straight quotation marks",
    "ASK { ?s ?p ▸'å’ }": "never ends",
    "ASK { ?s ?p ▸": "ends too early",
}
"""Queries with ▸ where each is wrong, and what is told."""


@pytest.mark.parametrize("marked", MISTAKES)
def test_a_mistake_is_told_at_its_token_with_the_way_out(marked):
    before, _, after = marked.partition("▸")
    found = fault(before + after)
    assert (found.line, found.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert MISTAKES[marked] in found.text.en
    assert found.text.sv != found.text.en


def test_a_long_query_is_not_read_twice():
    query = "SELECT * { ?s ?p ?o } " + " " * MOST_READ_TWICE + "}"
    told = complaint(query)
    assert told is not None
    assert pinpoint(query, told, lambda _: pytest.fail("read again")) == told
