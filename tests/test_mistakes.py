"""A query that cannot be read is told with the token that is wrong, and with the way out of common mistakes."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from endpoint.blanks import readable
from endpoint.places import MOST_READ_TWICE, pinpoint, tokens
from endpoint.syntax import SyntaxFault, read_fault
from endpoint.workers.messages import Task
from endpoint.workers.worker import answer

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


ID = "PREFIX mg: <http://a.test/spec/> PREFIX id: <http://a.test/id/>"
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
    "SELECT (COALESCE(?x, 1) AS ?y) (▸mg:f(?x) AS ?z) { ?x a ?z }": "PREFIX mg: <http://localhost:8000/spec/>",
    "SELECT ?x { ?x a ?y BIND(CONCAT('a', ?y) AS ?z) FILTER ▸?y = 3 }": "FILTER(…)",
    f"{ID} SELECT ?a {{ ?a mg:a id:county/▸12 . }}": "write <http://a.test/id/county/12> or id:county\\/12",
    f"{ID} SELECT ?a {{ id:objective▸/8 ?p ?a }}": "write <http://a.test/id/objective/8> or id:objective\\/8",
    f"{ID} SELECT ?a {{ ?a mg:a id:actor/202100-▸1975 }}": "<http://a.test/id/actor/202100-1975> or id:actor\\/20",
    f"{ID} SELECT ?a {{ ?a mg:a ?b FILTER(?b = id:x/▸y) }}": "write <http://a.test/id/x/y> or id:x\\/y",
    f"{ID} SELECT ?a {{ VALUES ?a {{ id:objective/▸8 id:objective/9 }} }}": "write <http://a.test/id/objective/8> or",
    f"{ID} DESCRIBE id:objective/▸8": "write <http://a.test/id/objective/8> or",
    f"{ID} SELECT ?a {{ ?a mg:b/▸c ?d }}": "The word c means nothing here",
}
"""Queries with ▸ where each is wrong, and what is told."""


@pytest.mark.parametrize("marked", MISTAKES)
def test_a_mistake_is_told_at_its_token_with_the_way_out(marked):
    before, _, after = marked.partition("▸")
    found = fault(before + after)
    assert (found.line, found.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert MISTAKES[marked] in found.text.en
    assert found.text.sv != found.text.en


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (CONCAT ('a', 'CONCAT (') AS ?x) {}",
        "SELECT * { BIND(coalesce\n  (1/0, 'a' ) AS ?x) # CONCAT (\n}",
        "SELECT * { BIND(BNODE () AS ?x) BIND(BNODE\t('a') AS ?y) }",
    ],
)
def test_blanks_before_a_parenthesis_are_read_as_sparql_has_them(query):
    assert complaint(query) is not None, "the engine can read it: the module is needed no more"
    told, spool = answer(ox.Store(), Task(query, results="json"))
    with spool:
        assert told.failed is None
        assert len(json.loads(spool.content())["results"]["bindings"][0]) == query.count(" AS ?")
    assert len(readable(query)) == len(query)
    assert readable(query).count("CONCAT (") == query.count("CONCAT (") - query.startswith("SELECT (CONCAT (")


def test_a_mistake_after_such_blanks_is_told_at_its_token():
    told, _ = answer(ox.Store(), Task("ASK { BIND(CONCAT ('a') AS ?x)\n FILTER ?x = 3 }", results="json"))
    assert (told.failed, "2:9" in told.message) == ("syntax", True)


def test_a_long_query_is_not_read_twice():
    query = "SELECT * { ?s ?p ?o } " + " " * MOST_READ_TWICE + "}"
    told = complaint(query)
    assert told is not None
    assert pinpoint(query, told, lambda _: pytest.fail("read again")) == told


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
def test_texts_that_never_end_are_read_once(quote):
    """A million letters: what looks for an end from each quotation mark on takes an hour."""
    piece = f"{quote}a\\"
    read = tokens(piece * 300_000)
    assert "".join(token.text for token in read) == piece * 300_000
