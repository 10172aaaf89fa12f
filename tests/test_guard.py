"""The guard finds what would leave this machine among the tokens of a query, and nothing else."""

import re
import socket
import threading
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from endpoint.guard import inspect
from endpoint.places import offset_of
from endpoint.syntax import read_fault
from endpoint.workers.pool import QueryFailed


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
        "SELECT * { ?s ?p 1SERVICE <http://localhost/> {} }",
        "SELECT * { ?s ?p 1e0SERVICE <http://localhost/> {} }",
        "SELECT * { ?s ?p trueSERVICE <http://localhost/> {} }",
        "PREFIX : <http://localhost/> SELECT * { ?s ?p ?o . SERVICE:a {} }",
        "PREFIX : <http://localhost/> SELECT * { ?s ?p ?x.SERVICE:a {} }",
        r'SELECT * { ?s ?p "\u0022#". SERVICE <http://localhost/> {} }',
        r"PREFIX e: <e:> SELECT * { ?s ?p e:a\#. SERVICE <http://localhost/> {} }",
        "PREFIX e: <e:> SELECT * { ?s ?p e:a\\'. SERVICE <http://localhost/> {} # '\n}",
        "SELECT * { FILTER(1<2&&SERVICE&&3>2) }",
        "PREFIX : <e:> SELECT * { ?s ?p :.SERVICE<http://localhost/> {} }",
        "PREFIX a: <e:> SELECT * { ?s ?p a:.5SERVICE<http://localhost/> {} }",
        "PREFIX a: <e:> SELECT * { ?s ?p a:b.c.SERVICE<http://localhost/> {} }",
        "PREFIX a: <e:> SELECT * { ?s ?p a:b-.SERVICE.c.SERVICE<http://localhost/> {} }",
    ],
)
def test_a_query_of_another_service_is_refused(query):
    with pytest.raises(QueryFailed) as caught:
        inspect(query)
    assert caught.value.reason == "federation"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """a " SERVICE <http://localhost/>""" }',
        "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
        "PREFIX sd: <http://example.org/> SELECT * { ?s a sd:Service ; sd:serviceType ?o }",
        "PREFIX : <http://example.org/> SELECT * { ?s a :Service }",
        "SELECT ?SERVICE { ?s ?p ?SERVICE }",
        "SELECT * { ?s ?p 'x'@service }",
        r"SELECT * { ?s ?p 'a \' SERVICE' }",
        "SELECT ?load ?delete { ?load ?delete 'INSERT' }",
    ],
)
def test_what_only_looks_like_it_is_let_through(query):
    inspect(query)


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a:a> <a:a> <a:a> }", "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "LOAD <http://a/>", "drop all"],
)
def test_an_update_is_refused(update):
    with pytest.raises(QueryFailed) as caught:
        inspect(update)
    assert caught.value.reason == "update"


_PIECES = [
    *("SERVICE <HERE> { ?a ?b ?c }", "SERVICE:a { ?a ?b ?c }", "SERVICE ?x {}", "?s ?p ?o", "?s ?p ", "?x", "1", "1e0"),
    *("true", "e:a", ":a", " ", ".", "#", "\n", "'", '"', "'''", '"""', "\\", r"\u0022", r"\u0023", r"\'", "<", ">"),
    *("a", "SERVICE<HERE>{}", "-", "5", "%41", "e:", ":."),
    *("@en", "FILTER(1<2)", "{", "}", ";", "(", ")", "#>", "&&", "<<", ">>", "EXISTS{"),
    *("FILTER(?o<", "FILTER(?o<?p)", "FILTER(?o<e:a", "SERVICE <HERE> {} ", "e:a+<e:b>"),
]


@pytest.fixture(scope="module")
def listener():
    """A port that counts who connects."""
    connections: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller:
                    connections.append(caller.recv(100))
                    caller.sendall(b"HTTP/1.1 500 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", connections
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8))
def test_no_query_that_the_guard_lets_through_reaches_a_listener(listener, pieces):
    address, connections = listener
    pattern = "".join(pieces).replace("HERE", address)
    query = f"PREFIX e: <e:> PREFIX : <{address}> SELECT * {{ ?s ?p ?o . {pattern} }}"
    try:
        inspect(query)
    except QueryFailed:
        return
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:a"), ox.NamedNode("a:a")))
    with suppress(SyntaxError, OSError, ValueError, RuntimeError):
        list(store.query(query))
    assert connections == []


_HEADS = [
    *("SELECT * {", "SELECT * {?a ?b ", "SELECT * {?a ?b ?c FILTER(?a", "SELECT * {FILTER(", "SELECT * {BIND("),
    *("SELECT * {?a ?b a:", "SELECT * {?a a:", "SELECT * {?a (", "SELECT * {<<", "CONSTRUCT {?a ?b ?c} WHERE {"),
]
_BETWEEN = [
    *("?a", "<", ">", "<=", "=", "!", "+", "-", "/", "|", "^^", "(", ")", "{", "}", "[", "]", "<<", ">>", "<<(", ")>>"),
    *(".", "..", ";", ",", ":", "a:", "a:b", "a:b.c", "_:b.c", '"t"', "'t'", '"""t"""', "'#'", "@en", "@en--ltr", "1"),
    *("1.0", ".5", "true", "#\n", "#", "\n", " ", "\u00a0", "<#>", "<x>", "<http://e/>", r"\u0023", r"\u003C", "\\"),
    *(r"a:\,", "a:%41", "FILTER", "BIND", "(?a AS ?z)", "EXISTS", "VALUES ?v", "?a?b?c.", "FILTER(?a<?b)", "é", "·"),
    *("_", "?", "'", '"', "'''"),
]
_TAILS = ["}", ")}", "#}", "> }", "}}", "))}", ")>>?d ?e}", '" }', "' }", " #>)}", "\n}"]


@settings(max_examples=4000, deadline=None)
@given(
    head=st.sampled_from(_HEADS),
    between=st.lists(st.sampled_from(_BETWEEN), max_size=6),
    after=st.lists(st.sampled_from(_BETWEEN), max_size=2),
    tail=st.sampled_from(_TAILS),
)
@example(head="SELECT * {?a ?b ", between=[":", "."], after=[], tail="}")
@example(head="SELECT * {?a ?b ", between=["a:b.c", "."], after=[], tail="}")
@example(head="SELECT * {?a ?b ?c FILTER(?a", between=["<", "?a", ")"], after=["#", ">", "\n"], tail="}")
def test_no_word_that_the_engine_takes_for_service_is_let_through(head, between, after, tail):
    """The prefix of the service is not declared: the engine says so once it has come there."""
    pattern = f"{head}{''.join(between)}SERVICE SILENT zz:y{{}}{''.join(after)}{tail}"
    query = f"PREFIX : <http://e/> PREFIX a: <http://e/> {pattern}"
    place = None
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        place = re.search(r"error at (\d+):(\d+): Prefix not found", str(error))
    except (ValueError, RuntimeError):
        pass
    if place is None or offset_of(query, int(place[1]), int(place[2])) < query.index("SILENT"):
        return
    with pytest.raises(QueryFailed):
        inspect(query)


@pytest.mark.parametrize(
    ("query", "chooses"),
    [
        ("SELECT * FROM <a:a> { ?s ?p ?o }", True),
        ("SELECT * from named <a:a> where { ?s ?p ?o }", True),
        ("CONSTRUCT { ?s ?p ?o } FROM <a:a> WHERE { ?s ?p ?o }", True),
        ("CONSTRUCT FROM <a:a> WHERE { ?s ?p ?o }", True),
        ("SELECT (EXISTS { ?s ?p ?o } AS ?x) FROM <a:a> { ?s ?p ?o }", True),
        ("SELECT (1 AS ?x)FROM<a:a> { ?s ?p ?o }", True),
        ("DESCRIBE <a:FROM> { ?s ?p ?FROM }", False),
        ("SELECT * { VALUES (?a ?b) { (<b> <FROM>) } }", False),
        ("SELECT * { { SELECT ?from { ?s ?p ?from } } }", False),
        ("# FROM\nSELECT * { ?s ?p 'FROM' }", False),
        ("SELECT ?FROM { ?s <a:FROM> ?FROM }", False),
        ("PREFIX FROM: <a:> SELECT * { ?s FROM:FROM ?o }", False),
    ],
)
def test_a_dataset_clause_is_seen_before_the_pattern(query, chooses):
    assert inspect(query).chooses_graphs is chooses


BRACKETS = {
    "groups": ("{", "}"),
    "optionals": ("OPTIONAL {", "}"),
    "filters": ("FILTER EXISTS {", "}"),
    "lists": ("?s ?p (", ")"),
    "blank nodes": ("[ ?p ", "]"),
    "paths": ("?s (", ")"),
    "expressions": ("FILTER(", ")"),
    "triple terms": ("<< ?s ?p", ">>"),
    "escaped": (r"\u007B", r"\u007D"),
}


@pytest.mark.parametrize(("opening", "closing"), BRACKETS.values(), ids=BRACKETS)
def test_brackets_may_nest_as_deep_as_allowed_and_no_deeper(opening, closing):
    def nested(depth: int) -> str:
        return f"SELECT * {{{opening * (depth - 1)}{closing * (depth - 1)}}}"

    inspect(nested(10), 10)
    assert refused(nested(11), 10).reason == "too-deep"
    inspect(nested(1000))


def test_brackets_beside_one_another_are_not_deep():
    inspect("SELECT * {" + "{ ?s ?p (1 2) FILTER(?o < 3 && (1 > 2)) } UNION " * 100 + "{}}", 4)


@pytest.mark.parametrize("word", ["service", "1service", "service.", "service-a:", "a:service"])
def test_a_long_query_is_read_once_whatever_it_repeats(word):
    """Three million letters: what looks on to the end of them at each word takes half an hour."""
    with suppress(QueryFailed):
        inspect("SELECT * { " + word * 400_000 + " }", 100)


def test_the_steps_of_a_path_are_counted_in_a_row():
    path = "/".join(["<a:a>"] * 11)
    inspect(f"SELECT * {{ ?s {path} ?o ; {path} ?p , ?q . ?s {path} ?r }}", 10)
    for deep in (f"{path}/<a:b>", f"({path})/<a:b>", f"{path}/e:a.b"):
        assert refused(f"SELECT * {{ ?s {deep} ?o }}", 10).reason == "too-deep"


def test_what_is_in_texts_comments_and_addresses_is_not_deep():
    inspect("SELECT * { ?s <a:/a/b/c/d/e> '((((((' . # ((((((\n ?s ?p 1 }", 2)


def test_the_bracket_that_is_one_too_many_is_told_by_line_and_column():
    assert refused("SELECT * {\n  {\n ?s ?p '((' . {} } }", 2).place == (3, 15)


def refused(query: str, most: int | None) -> QueryFailed:
    with pytest.raises(QueryFailed) as caught:
        inspect(query, most)
    assert caught.value.limit == most
    return caught.value


SERVICES = ("http://example.org/sparql", "https://example.org/other?a=b")


@pytest.mark.parametrize(
    ("query", "relayed"),
    [
        (
            "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
            "SELECT * { SERVICE <http://127.0.0.1:8000/0>   { ?s ?p ?o } }",
        ),
        (
            "SELECT * { service\n silent <https://example.org/other?a=b>{} SERVICE <http://example.org/sparql> {} }",
            "SELECT * { service\n silent <http://127.0.0.1:8000/1>      {} SERVICE <http://127.0.0.1:8000/0>   {} }",
        ),
        (
            "SELECT * { ?s ?p 'SERVICE <http://a/>' . SERVICE <http://example.org/sparql> {} # SERVICE <http://a/>\n}",
            "SELECT * { ?s ?p 'SERVICE <http://a/>' . SERVICE <http://127.0.0.1:8000/0>   {} # SERVICE <http://a/>\n}",
        ),
    ],
)
def test_a_service_that_is_listed_is_asked_through_the_relay(query, relayed):
    reading = inspect(query, services=SERVICES)
    assert reading.relayed == relayed
    assert not reading.is_lasting


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/sparql/> {} }",
        "SELECT * { SERVICE <http://EXAMPLE.org/sparql> {} }",
        "SELECT * { SERVICE <http://example.org/sparql> {} SERVICE <http://localhost/> {} }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "BASE <http://example.org/> SELECT * { SERVICE <sparql> {} }",
        "PREFIX x: <http://example.org/> SELECT * { SERVICE x:sparql {} }",
        "SELECT * { SERVICE # a comment\n<http://example.org/sparql> {} }",
        r"SELECT * { \u0053ERVICE <http://example.org/sparql> {} }",
        r"SELECT * { SERVICE <http://example.org/sp\u0061rql> {} }",
        r"SELECT * { SERVICE <http://example.org/sparql> {} ?s \u003Fp ?o }",
    ],
)
def test_a_service_that_is_not_listed_or_not_in_full_is_refused(query):
    with pytest.raises(QueryFailed) as caught:
        inspect(query, services=SERVICES)
    assert caught.value.reason == "federation-not-listed"
    assert SERVICES[0] in caught.value.message


def test_a_query_that_asks_no_service_is_not_relayed():
    assert inspect("SELECT * { ?s ?p 'SERVICE' }", services=SERVICES).relayed is None


BEYOND = {
    "a service": "FILTER(?a<?b)SERVICE#>\n<http://localhost/> {} }",
    "a service after a comment": "FILTER(?a<?b)#>'''\n SERVICE <http://localhost/> {} #'''\n}",
    "a service after a text": "FILTER(?a<'>'&&?b) SERVICE <http://localhost/> {} #'\n}",
    "after an operator": "FILTER(?a<=?b)SERVICE#>\n<http://localhost/> {} }",
    "after a name": "FILTER(e:a-<?b)SERVICE#>\n<http://localhost/> {} }",
    "after what exists": "FILTER(EXISTS{}<?b)SERVICE#>\n<http://localhost/> {} }",
    "after a triple term": "FILTER(<<(e:a e:a e:a)>><?b)SERVICE#>\n<http://localhost/> {} }",
    "in a triple term": "<<?s:p#>\n?o>> e:b '''a''' }",
    "a code point": r"FILTER(?a<\u0027>) }",
    "a fragment": "FILTER(?a<#>\n?b) }",
    "a parenthesis that is not closed": "FILTER(?a<abs(?b>1)) }",
    "escaped parentheses": r"FILTER\u0028?a<?b)SERVICE#>" + "\n<http://localhost/> {} }",
}


@pytest.mark.parametrize("group", BEYOND.values(), ids=BEYOND)
def test_what_the_grammar_takes_for_an_iri_and_the_engine_for_more_than_a_value_is_refused(group):
    query = f"PREFIX : <e:> PREFIX e: <e:> PREFIX s: <e:> SELECT * FROM <e:g> {{ ?s ?p ?o .\n {group}"
    with pytest.raises(QueryFailed) as caught:
        inspect(query)
    assert caught.value.reason == "syntax"
    place = query.index("<", query.index("{"))
    if query[place : place + 2] == "<<":
        place = query.index("<?", place)
    fault = read_fault(caught.value.message, query, {})
    assert (fault.line, fault.column) == (2, place - query.index("\n"))
    assert "blank after <" in fault.what.en
    assert "blanksteg efter <" in fault.what.sv


@pytest.mark.parametrize("word", ["NOW()", "RAND()"])
@pytest.mark.parametrize("rest", ["&&2>1", "&&(2)>(1)"])
def test_a_value_that_passes_is_seen_between_two_comparisons(word, rest):
    assert not inspect(f"SELECT (1<{word}{rest} AS ?x) {{}}").is_lasting


def test_values_that_pass_between_comparisons_of_two_columns_are_no_query():
    assert refused("SELECT (IF(1<2,STR(NOW()),'')AS?t)(3>2 AS ?y) {}", None).reason == "syntax"


def test_brackets_between_two_comparisons_are_counted():
    inspect(f"SELECT * {{ FILTER(?x<{'(' * 8}1{')' * 8}&&2>1) }}", 10)
    assert refused(f"SELECT * {{ FILTER(?x<{'(' * 9}1{')' * 9}&&2>1) }}", 10).reason == "too-deep"


def test_a_data_set_is_not_chosen_between_two_comparisons():
    assert refused("SELECT (COUNT(*)AS?n)(SAMPLE(1<2)AS?x)FROM#>\n<e:g>{?s ?p ?o}", None).reason == "syntax"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <#g> { ?s <#SERVICE> <#b> . ?s (<#SERVICE>/<#b>)|^<#c> <#FROM> }",
        "SELECT * FROM <#g> { ?s ?p ?o FILTER(?o IN (<#SERVICE>, <#b>) && ?s != <#b> || ?s < <#b>) }",
        "SELECT * FROM <a:g> { ?s ?p (<http://example.org/a#SERVICE> <http://example.org/(b)>) }",
        "SELECT * FROM <a:g> { VALUES (?a ?b) { (<urn:x:SERVICE> <urn:x:b>) } }",
        "SELECT * FROM <a:g> { FILTER(?a<?b&&?b>?c) # SERVICE\n}",
        "SELECT * FROM <a:g> { FILTER(?a < ?b) ?a ?b 'SERVICE' FILTER(?b > ?a) }",
        'SELECT * FROM <a:g> { FILTER(?a = "SERVICE"^^<#b>) }',
    ],
)
def test_iris_and_comparisons_that_can_be_told_apart_are_let_through(query):
    assert inspect(query).chooses_graphs
