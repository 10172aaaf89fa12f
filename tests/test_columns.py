"""Columns of `SELECT *`: they come as the query names them, and are those that the engine gives."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endpoint.workers.columns import named_in_order

S = "http://localhost:8000/id/objective/8"

STARS = {
    "SELECT * { ?s ?p ?o } LIMIT 1": "s p o",
    "PREFIX select: <x:*> # SELECT * {?o}\nselect distinct * where { ?s a ?c . ?c ?p ?o } LIMIT 1": "s c p o",
    "SELECT*{ VALUES (?z ?a) { ('?q' 2) } BIND(?a + 1 AS ?m) }": "z a m",
    "SELECT * { { SELECT ?z ?b { ?z ?hidden ?b } LIMIT 1 } FILTER NOT EXISTS { ?b <x:y> ?a } }": "z b",
    f"SELECT * {{ <{S}> ?s ?o MINUS {{ ?a <x:y> ?s }} }} ORDER BY ?o LIMIT 1": "s o",
    "SELECT * { ?z a ?t } GROUP": None,
    "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 1 } BIND(1 AS ?a) }": "s p o a",
    "SELECT * { ?s $p ?o BIND(<x:unknown>(?o) AS ?b) } LIMIT 1": "s p o b",
    "SELECT * { ?z <x:y>* ?ä . ?z a ?_1 } LIMIT 1": "z ä _1",
    f"SELECT * {{ <{S}> ?property ?a }}": "property a",
    f"SELECT * {{ <{S}> a ?a }}": "a",
    f"SELECT * {{ <{S}> a <{S}> }}": "",
    "SELECT ?o ?s { ?s ?p ?o } LIMIT 1": "o s",
    "SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o } GROUP BY ?s LIMIT 1": "n s",
}


@pytest.mark.parametrize(("query", "columns"), STARS.items())
def test_the_columns_of_an_answer_stand_in_the_order_of_the_query(client, query, columns):
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert answer.json().get("head", {}).get("vars") == (None if columns is None else columns.split())


def test_so_they_do_in_every_format(client):
    query = "SELECT * { VALUES (?z ?a) { (1 2) } }"
    assert client.get("/sparql", params={"query": query, "format": "csv"}).text == "z,a\r\n1,2\r\n"
    assert client.get("/sparql", params={"query": query, "format": "tsv"}).text == "?z\t?a\n1\t2\n"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?z ?a { ?z ?p ?a . { SELECT * { ?z ?p ?a } } }",
        "CONSTRUCT { ?z ?p ?a } WHERE { SELECT * { ?z ?p ?a } }",
        "ASK { { SELECT * { ?z ?p ?a } } }",
        "SELECT * { ?z ?p ?a } GROUP BY ?z",
        "SELECT * { ?z ?p ?a",
        "SELECT * { ?z ?p ?a } # " + "very long" * 3000,
    ],
)
def test_what_has_no_asterisk_of_its_own_or_cannot_be_read_stays_as_it_is(query):
    assert named_in_order(query, None, {}) == query


_PATTERNS = st.lists(
    st.sampled_from(
        [
            "?c <x:p> ?b .",
            "OPTIONAL { ?a <x:p> ?d }",
            "MINUS { ?e <x:q> ?c }",
            "FILTER EXISTS { ?c <x:p> ?f }",
            "{ SELECT ?b { ?b <x:p> ?g } }",
            "{ ?h <x:p> 1 } UNION { ?b <x:p> ?c }",
            '\'?i * SELECT *\' <x:p> """?j""" . # ?k',
            "GRAPH ?l { ?c ?m ?b }",
        ]
    ),
    max_size=6,
)


@given(_PATTERNS, st.sampled_from(["", "DISTINCT ", "REDUCED "]))
def test_the_rows_are_those_of_the_query_as_it_was_sent(patterns, how):
    store = ox.Store()
    store.update("INSERT DATA { <x:1> <x:p> <x:2>, <x:3> . <x:2> <x:p> 1 . GRAPH <x:g> { <x:1> <x:q> <x:2> } }")
    query = f"SELECT {how}* {{\n" + "\n".join(patterns) + "\n}"
    as_sent, in_order = store.query(query), store.query(named_in_order(query, None, {}))
    columns = [column.value for column in as_sent.variables]
    assert sorted(column.value for column in in_order.variables) == columns

    def rows(found):
        return sorted(str([row[column] for column in columns]) for row in found)

    assert rows(in_order) == rows(as_sent)
