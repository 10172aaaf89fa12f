"""The rules of the SPARQL 1.1 Protocol for queries: one query, its dataset, its decoding, and what is refused."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest

from tests.conformance.conftest import Answer, Server
from tests.conformance.test_formats import DIRECT, FORM, METHODS

GRAPH = "http://example.org/"
NAMES = "PREFIX : <http://example.org/> SELECT ?name %s { ?s :name ?name } ORDER BY ?name"
GRAPHS = "SELECT DISTINCT ?name %s { GRAPH ?name { ?s ?p ?o } } ORDER BY ?name"
ODD = "<&\"',\t\r\n>"

UPDATE = "application/sparql-update"


def rows(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [row["name"]["value"].removeprefix(GRAPH) for row in json.loads(answer.content)["results"]["bindings"]]


DATASETS = [
    # the query, its dataset clause, graphs of the protocol for the default graph and for the named ones, what comes
    (NAMES, "", "", "", [ODD, "ett", "två"]),
    (NAMES, "", "one", "", ["ett"]),
    (NAMES, "", "one two", "", ["ett", "två"]),
    (NAMES, "", "", "one", []),
    (NAMES, "", "two", "one", ["två"]),
    (NAMES, "", "nothing", "", []),
    (NAMES, "FROM <http://example.org/one>", "", "", ["ett"]),
    (NAMES, "FROM <http://example.org/one> FROM <http://example.org/two>", "", "", ["ett", "två"]),
    (NAMES, "FROM NAMED <http://example.org/one>", "", "", []),
    (NAMES, "FROM <http://example.org/nothing>", "", "", []),
    (NAMES, "FROM <http://example.org/one>", "two", "", ["två"]),
    (NAMES, "FROM <http://example.org/one>", "", "two", []),
    (GRAPHS, "", "", "", ["one", "three", "two"]),
    (GRAPHS, "", "one", "", []),
    (GRAPHS, "", "", "one two", ["one", "two"]),
    (GRAPHS, "", "one", "two", ["two"]),
    (GRAPHS, "FROM <http://example.org/one>", "", "", []),
    (GRAPHS, "FROM NAMED <http://example.org/one>", "", "", ["one"]),
    (GRAPHS, "FROM NAMED <http://example.org/one>", "", "two", ["two"]),
    (GRAPHS, "FROM NAMED <http://example.org/one>", "two", "", []),
]


@pytest.mark.parametrize("method", [name for name in METHODS if name != "HEAD"])
@pytest.mark.parametrize("dataset", DATASETS)
def test_the_protocol_chooses_the_dataset_before_the_query_does(server, method, dataset):
    query, clause, default, named, expected = dataset
    graphs = [("default-graph-uri", name) for name in default.split()]
    graphs += [("named-graph-uri", name) for name in named.split()]
    chosen = "&".join(f"{name}={quote(GRAPH + graph, safe='')}" for name, graph in graphs)
    how, target, headers, body = METHODS[method](query % clause)
    if method.endswith("form"):
        body = (body or b"") + f"&{chosen}".encode()
    else:
        target += ("&" if "?" in target else "?") + chosen
    assert rows(server.ask(how, target, headers, body)) == expected


def test_a_form_and_its_address_choose_the_dataset_together(server):
    _, target, headers, body = METHODS["POST-form"](NAMES % "")
    target += f"?default-graph-uri={quote(GRAPH + 'one')}"
    assert rows(server.ask("POST", target, headers, body + f"&default-graph-uri={quote(GRAPH + 'two')}".encode())) == [
        "ett",
        "två",
    ]


TEXT = "a+b%2Bc%20d å 漢 \N{GRINNING FACE} & = ; # 100%"


@pytest.mark.parametrize("encode", [quote, quote_plus, lambda text: quote(text, safe="/?:@!$'()*,;")])
@pytest.mark.parametrize("method", ["GET", "POST-form", "QUERY-form"])
def test_what_is_encoded_is_decoded_once(server, method, encode):
    query = f'SELECT ("{TEXT}" AS ?name) {{}}'
    how, target, headers, body = METHODS[method]("")
    if body is None:
        target += encode(query)
    else:
        body += encode(query).encode()
    assert rows(server.ask(how, target, headers, body)) == [TEXT]


@pytest.mark.parametrize("media_type", [DIRECT, f"{DIRECT}; charset=UTF-8", "Application/SPARQL-Query;charset=utf8"])
def test_what_is_sent_directly_is_not_decoded(server, media_type):
    query = f'SELECT ("{TEXT}" AS ?name) {{}}'
    assert rows(server.ask("POST", "/sparql", [("Content-Type", media_type)], query.encode())) == [TEXT]


@pytest.mark.parametrize("more", [b"", b"&default-graph-uri=http://example.org/one"])
def test_a_form_may_hold_characters_as_they_are(server, more):
    body = 'query=SELECT ("å 漢 #" AS ?name) {}'.encode() + more
    assert rows(server.ask("POST", "/sparql", [("Content-Type", FORM)], body)) == ["å 漢 #"]


@pytest.mark.parametrize(
    ("before", "after"), [("x=y&query=", "&&"), ("&query=", "&x"), ("q%75ery=", ""), ("query=", "&%71=1")]
)
def test_what_is_not_of_the_protocol_is_passed_over(server, before, after):
    assert rows(server.ask("GET", f"/sparql?{before}{quote(NAMES % '')}{after}")) == [ODD, "ett", "två"]


def test_a_relative_iri_is_relative_to_the_service(server):
    answer = server.ask("GET", f"/sparql?query={quote('SELECT (<#x> AS ?name) {}')}")
    assert rows(answer) == [f"http://localhost:{server.port}/sparql#x"]


def test_head_tells_what_get_would_send(server):
    get, head = (server.ask(method, f"/sparql?query={quote(NAMES % '')}") for method in ("GET", "HEAD"))
    told = {name: get[name] for name in ("content-type", "content-length", "vary", "etag")}
    assert {name: head[name] for name in told} == told
    assert (head.status, head.content) == (200, b"")
    assert server.ask("HEAD", "/sparql?query=SELECT").status == 400


ASK = quote("ASK {}")
UPDATES = [
    "INSERT DATA { <a:a> <a:a> <a:a> }",
    "DELETE DATA { <a:a> <a:a> <a:a> }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX a: <a:> # CREATE\nDELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }",
    "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1/>",
    "LOAD SILENT <http://127.0.0.1/> INTO GRAPH <a:a>",
    "CLEAR ALL",
    "clear silent default",
    "CREATE GRAPH <a:a>",
    "DROP NAMED",
    "COPY <a:a> TO <a:b>",
    "MOVE <a:a> TO DEFAULT",
    "ADD <a:a> TO <a:b>",
    "ASK {} ; CLEAR ALL",
    "CLEAR ALL ; ASK {}",
    "INS\\u0045RT DATA { <a:a> <a:a> <a:a> }",
]


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize(
    "request_",
    [
        ("GET", "/sparql?update=%s", None, None),
        ("GET", "/sparql?query=%s", None, None),
        ("GET", f"/sparql?query={ASK}&update=%s", None, None),
        ("POST", "/sparql", FORM, "update=%s"),
        ("POST", "/sparql", FORM, "query=%s"),
        ("POST", "/sparql", FORM, f"query={ASK}&update=%s"),
        ("POST", "/sparql?update=%s", FORM, f"query={ASK}"),
        ("POST", "/sparql", UPDATE, "%s"),
        ("POST", "/sparql", f"{UPDATE}; charset=utf-8", "%s"),
        ("POST", "/sparql", DIRECT, "%s"),
        ("POST", "/sparql?using-graph-uri=a:a", UPDATE, "%s"),
        ("QUERY", "/sparql", UPDATE, "%s"),
        ("QUERY", "/sparql", FORM, "update=%s"),
    ],
    ids=lambda request: f"{request[0]} {request[1].partition('=')[0]} {str(request[2]).rpartition('/')[2]}",
)
def test_an_update_is_refused_in_every_form(server, update, request_):
    method, target, media_type, body = request_
    encoded = quote(update) if media_type in {None, FORM} else update
    headers = [("Content-Type", media_type)] if media_type else []
    answer = server.ask(
        method, target.replace("%s", quote(update)), headers, body.replace("%s", encoded).encode() if body else None
    )
    assert 400 <= answer.status < 500
    assert answer.media_type == "application/problem+json"
    assert server.ask(
        "GET", f"/sparql?query={quote('ASK { GRAPH <http://example.org/three> { ?s ?p ?o } }')}"
    ).content.endswith(b'"boolean":true}')


LONG = "ASK { <http://example.org/%s> ?p ?o }"
REFUSED = {
    "no query": ("POST", "/sparql", FORM, b"", 400),
    "no query but a dataset": ("GET", "/sparql?default-graph-uri=a:a", None, None, 400),
    "an empty query": ("GET", "/sparql?query=", None, None, 400),
    "an empty body": ("POST", "/sparql", DIRECT, b"", 400),
    "two queries in the address": ("GET", f"/sparql?query={ASK}&query={ASK}", None, None, 400),
    "two queries in a form": ("POST", "/sparql", FORM, f"query={ASK}&query={ASK}".encode(), 400),
    "a query in the address and in the form": ("POST", f"/sparql?query={ASK}", FORM, f"query={ASK}".encode(), 400),
    "a query in the address and in the body": ("POST", f"/sparql?query={ASK}", DIRECT, b"ASK {}", 400),
    "a broken query": ("GET", f"/sparql?query={quote('ASK {')}", None, None, 400),
    "two timeouts": ("GET", f"/sparql?query={ASK}&timeout=1&timeout=2", None, None, 400),
    "no type": ("POST", "/sparql", None, b"ASK {}", 415),
    "an empty type": ("POST", "/sparql", "", b"ASK {}", 415),
    "no media type": ("POST", "/sparql", "sparql", b"ASK {}", 415),
    "text": ("POST", "/sparql", "text/plain", b"ASK {}", 415),
    "JSON": ("POST", "/sparql", "application/json", b'{"query": "ASK {}"}', 415),
    "a form in parts": ("POST", "/sparql", "multipart/form-data; boundary=x", b"--x--", 415),
    "results": ("POST", "/sparql", "application/sparql-results+json", b"ASK {}", 415),
    "another charset": ("POST", "/sparql", f"{DIRECT}; charset=utf-16", "ASK {}".encode("utf-16"), 415),
    "another charset of a form": ("POST", "/sparql", f"{FORM}; charset=iso-8859-1", b"query=ASK+%7B%7D", 415),
    "UTF-16 that does not say so": ("POST", "/sparql", DIRECT, "ASK {}".encode("utf-16"), 400),
    "latin-1 in the address": ("GET", "/sparql?query=%E5", None, None, 400),
    "latin-1 in a form": ("POST", "/sparql", FORM, b"query=%E5", 400),
    "latin-1 in a body": ("POST", "/sparql", DIRECT, "ASK {} # å".encode("latin-1"), 400),
    "half a character": ("GET", f"/sparql?query={ASK}%C3", None, None, 400),
    "an overlong character": ("GET", f"/sparql?query={ASK}%C0%AF", None, None, 400),
    "a surrogate": ("GET", f"/sparql?query={ASK}%ED%A0%80", None, None, 400),
    "latin-1 that is not encoded": ("POST", "/sparql", FORM, "query=ASK {} # å".encode("latin-1"), 400),
    "a percent sign alone": ("GET", "/sparql?query=%", None, None, 400),
    "a graph that is no IRI": ("GET", f"/sparql?query={ASK}&default-graph-uri=x%20y:z", None, None, 400),
    "a relative graph": ("GET", f"/sparql?query={ASK}&named-graph-uri=graph", None, None, 400),
    "an empty graph": ("GET", f"/sparql?query={ASK}&named-graph-uri=", None, None, 400),
    "a query over the limit": ("POST", "/sparql", DIRECT, (LONG % ("x" * 100_000)).encode(), 413),
    "a query over the limit in a form": ("POST", "/sparql", FORM, b"query=" + (LONG % ("x" * 100_000)).encode(), 413),
    "a compressed query": ("POST", "/sparql", f"{DIRECT}|gzip", b"\x1f\x8b", 415),
    "a query of a browser that wants an image": ("GET", f"/sparql?query={ASK}", "|image/png", None, 406),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_of_the_protocol_is_refused_with_the_reason(server, name):
    method, target, said, body, status = REFUSED[name]
    media_type, _, more = (said or "").partition("|")
    headers = [] if said is None or (not media_type and more) else [("Content-Type", media_type)]
    headers += [("Content-Encoding" if more == "gzip" else "Accept", more)] if more else []
    answer = server.ask(method, target, headers, body)
    assert (answer.status, answer.media_type) == (status, "application/problem+json"), answer.text
    problem = json.loads(answer.content)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert answer["access-control-allow-origin"] == "*"
    assert answer["cache-control"] == "no-store"


def test_a_refused_type_is_told_those_that_are_read(server):
    answer = server.ask("POST", "/sparql", [("Content-Type", "text/plain")], b"ASK {}")
    assert set(answer["accept-post"].split(", ")) == {FORM, DIRECT}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "COPY", "SEARCH", "LINK"])
@pytest.mark.parametrize("target", ["/sparql", f"/sparql?query={ASK}"])
def test_other_methods_are_told_which_there_are(server, method, target):
    answer = server.ask(method, target, [("Content-Type", DIRECT)], b"ASK {}")
    assert (answer.status, answer["allow"]) == (405, "GET, HEAD, POST, QUERY, OPTIONS")
    assert answer["access-control-allow-origin"] == "*"


def test_a_script_of_another_site_may_ask(server):
    preflight = [("Origin", "http://a.example"), ("Access-Control-Request-Method", "POST")]
    answer = server.ask("OPTIONS", "/sparql", [*preflight, ("Access-Control-Request-Headers", "content-type")])
    assert answer.status == 204
    assert answer["access-control-allow-origin"] == "*"
    assert {"GET", "POST", "QUERY"} <= set(answer["access-control-allow-methods"].split(", "))
    assert {"Accept", "Content-Type"} <= set(answer["access-control-allow-headers"].split(", "))
    assert answer["access-control-allow-credentials"] == ""


def test_a_service_tells_how_a_query_is_sent(server):
    assert set(server.ask("GET", "/sparql")["accept-query"].split(", ")) == {FORM, DIRECT}


def test_the_connection_outlives_every_refusal(server: Server):
    before = server.process.pid
    for method, target, said, body, _ in REFUSED.values():
        server.ask(method, target, [("Content-Type", said)] if said and "|" not in said else [], body)
    assert server.process.pid == before
    assert server.is_alive()
