"""The guard finds what would leave this machine among the tokens of a query, and nothing else."""

import pytest

from endpoint.guard import refuse_federation
from endpoint.pool import QueryFailed


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://localhost/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "PREFIX x: <http://localhost/> SELECT * { SERVICE x: { ?s ?p ?o } }",
        "SELECT * { # comment\nSERVICE<http://localhost/>{ ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE <http://localhost/> { ?s ?p ?o } }",
        r"SELECT * { SERV\U00000049CE <http://localhost/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p \"'\" . SERVICE <http://localhost/> { ?s ?p ?o } FILTER(?o = '\"') }",
        "SELECT * { ?s ?p '''a ' b''' . SERVICE <http://localhost/> {} }",
        "SELECT * { FILTER(1<2) SERVICE <http://localhost/> {} FILTER(3>2) }",
    ],
)
def test_a_query_of_another_service_is_refused(query):
    with pytest.raises(QueryFailed) as caught:
        refuse_federation(query)
    assert caught.value.reason == "federation"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """a " SERVICE <http://localhost/>""" }',
        "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
        "PREFIX SERVICE: <http://example.org/> SELECT * { ?s SERVICE:SERVICE ?o }",
        "SELECT ?SERVICE { ?s ?p ?SERVICE }",
        "SELECT * { ?s ?p 'x'@service }",
        r"SELECT * { ?s ?p 'a \' SERVICE' }",
        "SELECT ?load ?delete { ?load ?delete 'INSERT' }",
    ],
)
def test_what_only_looks_like_it_is_let_through(query):
    refuse_federation(query)


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a:a> <a:a> <a:a> }", "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "LOAD <http://a/>", "drop all"],
)
def test_an_update_is_refused(update):
    with pytest.raises(QueryFailed) as caught:
        refuse_federation(update)
    assert caught.value.reason == "update"
