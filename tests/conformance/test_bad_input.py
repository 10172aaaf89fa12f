"""Whatever is sent: no answer is a fault of the server, nothing that was sent becomes a header, and it lives on."""

from __future__ import annotations

import gzip
import json
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

import pytest

from tests.conformance.conftest import HERE, Server, serving
from tests.conformance.test_formats import DIRECT, FORM

MIB = 1024 * 1024
PATIENCE = 3.0
"""Seconds to wait for an answer: longer than a query may run."""

FAULTS = {500, 501, 502, 505}
"""What a server says when it is broken. 503 and 504 tell of a limit."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server with a short deadline, of its own: it is not to be spared."""
    with serving("--file", HERE / "data.trig", "--deadline", 1, "--workers", 2) as server:
        yield server


def raw(server: Server, sent: bytes) -> bytes:
    """What comes back for bytes that may be no request, until the server closes; or waits for more, and is left."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        with suppress(OSError):  # the server may have heard enough
            connection.sendall(sent)
        with suppress(OSError):
            while piece := connection.recv(65536):
                received += piece
    return received


def statuses(received: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"^HTTP/1\.1 (\d{3})", received, re.MULTILINE)]


def request(body: bytes = b"ASK {}", *headers: str, line: str = "POST /sparql HTTP/1.1") -> bytes:
    named = [line, "Host: localhost", f"Content-Type: {DIRECT}", "Connection: close", *headers]
    return "\r\n".join(named).encode("latin-1") + b"\r\n\r\n" + body


IRI = "http://example.org/" + "x" * MIB
LONG = {
    "IRI in a query": ("POST", "/sparql", DIRECT, f"ASK {{ <{IRI}> ?p ?o }}".encode()),
    "IRI in a query as a form": ("POST", "/sparql", FORM, f"query=ASK+%7B+%3C{IRI}%3E+%3Fp+%3Fo+%7D".encode()),
    "IRI of a default graph": ("POST", "/sparql", FORM, f"query=ASK+%7B%7D&default-graph-uri={quote(IRI)}".encode()),
    "IRI of a named graph": ("POST", "/sparql", FORM, f"query=ASK+%7B%7D&named-graph-uri={quote(IRI)}".encode()),
    "format": ("POST", "/sparql", FORM, b"query=ASK+%7B%7D&format=" + b"x" * MIB),
    "timeout": ("POST", "/sparql", FORM, b"query=ASK+%7B%7D&timeout=" + b"1" * MIB),
    "name of a parameter": ("POST", "/sparql", FORM, b"query=ASK+%7B%7D&" + b"x" * MIB + b"=1"),
    "query": ("POST", "/sparql", DIRECT, b"ASK {} # " + b"x" * 10 * MIB),
    "query as a form": ("POST", "/sparql", FORM, b"query=ASK+%7B%7D%23" + b"x" * 10 * MIB),
    "query by QUERY": ("QUERY", "/sparql", DIRECT, b"ASK {} # " + b"x" * 10 * MIB),
    "body that is no query": ("POST", "/sparql", "text/turtle", b"x" * 10 * MIB),
    "many parameters": ("POST", "/sparql", FORM, b"query=ASK+%7B%7D" + b"&a=b" * 100_000),
    "many graphs": ("POST", "/sparql", FORM, b"query=ASK+%7B%7D" + b"&default-graph-uri=a:a" * 10_000),
}


@pytest.mark.parametrize("name", LONG)
def test_what_is_too_long_is_refused_or_answered(server, name):
    method, target, media_type, body = LONG[name]
    head = request(b"", f"Content-Length: {len(body)}", line=f"{method} {target} HTTP/1.1")
    received = raw(server, head.replace(DIRECT.encode(), media_type.encode()) + body)
    assert statuses(received), "no answer"
    assert set(statuses(received)) <= {200, 400, 406, 413, 415}
    assert server.is_alive()


@pytest.mark.parametrize(
    "line",
    [
        f"GET /sparql?query=ASK%20%7B%20%3C{IRI}%3E%20%3Fp%20%3Fo%20%7D HTTP/1.1",
        f"GET /graphs?graph={IRI} HTTP/1.1",
        f"GET /graphs/{'x' * MIB} HTTP/1.1",
        f"GET /{'x' * MIB} HTTP/1.1",
        f"{'X' * MIB} / HTTP/1.1",
        "GET /sparql?" + "a=b&" * 200_000 + " HTTP/1.1",
        "GET /" + "../" * 10_000 + "etc/passwd HTTP/1.1",
    ],
    ids=lambda line: line[:30],
)
def test_an_address_that_is_too_long_is_refused(server, line):
    received = raw(server, request(b"", line=line))
    assert all(400 <= status < 500 or status == 303 for status in statuses(received))
    assert server.is_alive()


@pytest.mark.parametrize(
    "name", ["Accept", "Accept-Language", "Accept-Encoding", "Content-Type", "If-None-Match", "X-Other"]
)
@pytest.mark.parametrize(
    "value", ["x" * MIB, "text/turtle," * 20_000, "a/b;q=" + "0" * 60_000, "*/*;" * 10_000, '"' * 9_999]
)
def test_a_header_that_is_too_long_or_strange_is_refused_or_passed_over(server, name, value):
    received = raw(server, request(b"", f"{name}: {value}", line="GET /sparql?query=ASK%20%7B%7D HTTP/1.1"))
    assert all(status == 200 or 400 <= status < 500 for status in statuses(received))
    assert server.is_alive()


PARAMETERS = [
    "query",
    "default-graph-uri",
    "named-graph-uri",
    "format",
    "timeout",
    "partial",
    "version",
    "update",
    "other",
]
INJECTED = [
    "\r\nX-Injected: 1",
    "\r\n\r\n<html>",
    "\nX-Injected: 1",
    "\rX-Injected: 1",
    "\u560d\u560aX-Injected: 1",  # whose last bytes are those of a line end
    "a:a\r\nX-Injected: 1",
    "ASK {}\r\nX-Injected: 1",
    "text/turtle\r\nX-Injected: 1",
    "1\r\nX-Injected: 1",
    "\x00",
    "a\x00b",
    "a:a\x00",
    "ASK {} # \x00",
    "ASK { <a:\x00> ?p ?o }",
    'SELECT ("\x00" AS ?x) {}',
    "\x1b[31m\x7f\x85\u2028",
    "\ufffe\uffff\U0010ffff",
]


@pytest.mark.parametrize("injected", INJECTED, ids=ascii)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_parameter_becomes_a_header(server, parameter, injected):
    asked = "" if parameter == "query" else "query=ASK%20%7B%7D&"
    fields = f"{asked}{parameter}={quote(injected, safe='')}"
    for accept in ("*/*", "text/html", "text/turtle"):
        answers = [
            server.ask("GET", f"/sparql?{fields}", [("Accept", accept)]),
            server.ask("POST", "/sparql", [("Accept", accept), ("Content-Type", FORM)], fields.encode()),
        ]
        for answer in answers:
            assert answer.status not in FAULTS
            assert "x-injected" not in answer.headers
            assert "\n" not in answer["location"]
    assert server.is_alive()


@pytest.mark.parametrize("injected", INJECTED, ids=ascii)
def test_no_name_of_a_graph_becomes_a_header(server, injected):
    named = quote(injected, safe="")
    for target in (
        f"/graphs?graph={named}",
        f"/graphs?graph=a%3A{named}",
        f"/graphs/{named}",
        f"/graphs?default={named}",
    ):
        for accept in ("*/*", "text/html"):
            answer = server.ask("GET", target, [("Accept", accept)])
            assert answer.status not in FAULTS
            assert "x-injected" not in answer.headers
    assert server.is_alive()


@pytest.mark.parametrize("language", ["en\tX-Injected: 1", "\xff\xfe", "sv" * 1000, "*;q=x", "en;q=nan", "en;q=1e999"])
def test_no_language_becomes_a_header(server, language):
    answer = server.ask("GET", "/sparql?query=x", [("Accept-Language", language)])
    assert (answer.status, answer["content-language"] in {"sv", "en"}) == (400, True)


GZIPPED = gzip.compress(b"ASK {}")
BODIES = {
    "gzip": request(GZIPPED, "Content-Encoding: gzip", f"Content-Length: {len(GZIPPED)}"),
    "gzip that is none": request(b"ASK {}", "Content-Encoding: gzip", "Content-Length: 6"),
    "gzip that does not say so": request(GZIPPED, f"Content-Length: {len(GZIPPED)}"),
    "gzip cut": request(GZIPPED[:-5], "Content-Encoding: gzip", f"Content-Length: {len(GZIPPED) - 5}"),
    "a bomb": request(gzip.compress(b" " * 50 * MIB), "Content-Encoding: gzip", "Content-Length: 50937"),
    "br": request(b"\x8b\x02\x80ASK {}\x03", "Content-Encoding: br", "Content-Length: 10"),
    "deflate": request(b"\x78\x9c", "Content-Encoding: deflate", "Content-Length: 2"),
    "several codings": request(GZIPPED, "Content-Encoding: gzip, gzip", f"Content-Length: {len(GZIPPED)}"),
    "an unknown coding": request(b"ASK {}", "Content-Encoding: x-none", "Content-Length: 6"),
    "chunks": request(b"3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "chunks without an end": request(b"6\r\nASK {}\r\n", "Transfer-Encoding: chunked"),
    "a chunk longer than it says": request(b"3\r\nASK {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "a chunk shorter than it says": request(b"ff\r\nASK {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "a chunk of no size": request(b"xyz\r\nASK {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "a chunk of less than nothing": request(b"-6\r\nASK {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "a chunk of a huge size": request(b"ffffffffffffffffff\r\nASK {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "a chunk with an extension": request(b"6;x=y\r\nASK {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "chunks over the limit": request(
        (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 32 + b"0\r\n\r\n", "Transfer-Encoding: chunked"
    ),
    "a trailer": request(b"6\r\nASK {}\r\n0\r\nX-Injected: 1\r\n\r\n", "Transfer-Encoding: chunked"),
    "chunks and a length": request(b"6\r\nASK {}\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Length: 6"),
    "gzip as a transfer coding": request(GZIPPED, "Transfer-Encoding: gzip"),
    "an unknown transfer coding": request(b"ASK {}", "Transfer-Encoding: x-none"),
    "two lengths": request(b"ASK {}", "Content-Length: 6", "Content-Length: 5"),
    "a length that is no number": request(b"ASK {}", "Content-Length: six"),
    "a length below nothing": request(b"ASK {}", "Content-Length: -6"),
    "a length with a sign": request(b"ASK {}", "Content-Length: +6"),
    "a huge length": request(b"ASK {}", "Content-Length: 99999999999999999999999"),
    "a longer body than said": request(b"ASK {} GET / HTTP/1.1\r\n\r\n", "Content-Length: 6"),
    "a shorter body than said": request(b"ASK {}", "Content-Length: 60"),
    "no length": request(b"ASK {}"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_in_a_wrong_coding_is_refused_or_the_connection_ends(server, name):
    received = raw(server, BODIES[name])
    assert not set(statuses(received)) & FAULTS
    assert b"x-injected" not in received.lower().partition(b"\r\n\r\n")[0]
    assert server.is_alive()


READABLE = {
    "gzip": 415,
    "gzip that is none": 415,
    "a bomb": 415,
    "br": 415,
    "several codings": 415,
    "gzip that does not say so": 400,
    "chunks": 200,
    "a chunk with an extension": 200,
    "a trailer": 200,
    "chunks over the limit": 413,
    "a longer body than said": 200,
    "no length": 400,
}


@pytest.mark.parametrize(("name", "status"), READABLE.items())
def test_what_can_be_read_of_a_body_is_answered(server, name, status):
    assert statuses(raw(server, BODIES[name]))[0] == status


LINES = [
    b"",
    b"\r\n\r\n",
    b"\x00" * 1000,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # the start of TLS
    b"GET\r\n\r\n",
    b"GET /sparql\r\n\r\n",
    b"GET /sparql HTTP/9.9\r\n\r\n",
    b"GET /sparql?query=\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /sparql?query=\xff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "GET /sparql?query=å HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode(),
    b"GET /\xff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET /%00%FF%C3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET //sparql HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET http://[::1/sparql HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET http://a.test/sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"CONNECT localhost:1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\n: no name\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: a\r\n folded\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"Connection: close\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /sparql HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    b"GET /sparql HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
]


@pytest.mark.parametrize("sent", LINES, ids=lambda sent: ascii(sent[:40]))
def test_what_is_hardly_http_is_refused_or_passed_over(server, sent):
    assert not set(statuses(raw(server, sent))) & FAULTS
    assert server.is_alive()


def nested(before: str, inside: str, after: str, times: int, around: str = "SELECT * { %s }") -> str:
    return around % (before * times + inside + after * times)


def in_a_row(one: str, times: int, around: str) -> str:
    return around % (one * times)


FILTER = "SELECT * { FILTER(%s) }"
SHAPES = {
    "groups": lambda n: nested("{", "", "}", n),
    "parentheses": lambda n: nested("(", "1", ")", n, FILTER),
    "OPTIONAL": lambda n: nested("OPTIONAL {", "", "}", n),
    "OPTIONAL in a row": lambda n: in_a_row("OPTIONAL { ?s ?p ?o } ", n, "SELECT * { %s }"),
    "UNION": lambda n: nested("{ {} UNION ", "{}", " }", n),
    "UNION in a row": lambda n: in_a_row("UNION {} ", n, "SELECT * { {} %s }"),
    "MINUS": lambda n: nested("MINUS {", "?s ?p ?o", "}", n),
    "GRAPH": lambda n: nested("GRAPH ?g {", "", "}", n),
    "FILTER in a row": lambda n: in_a_row("FILTER(true) ", n, "SELECT * { %s }"),
    "FILTER EXISTS": lambda n: nested("FILTER EXISTS {", "", "}", n),
    "FILTER NOT EXISTS": lambda n: nested("FILTER NOT EXISTS { ?s ?p ?o ", "", "}", n),
    "SELECT in SELECT": lambda n: nested("{ SELECT * {", "", "} }", n),
    "!": lambda n: nested("!", "true", "", n, FILTER),
    "minus": lambda n: nested("- ", "1", "", n, FILTER),
    "+": lambda n: in_a_row(" + 1", n, "SELECT * { FILTER(1%s) }"),
    "||": lambda n: in_a_row(" || true", n, "SELECT * { FILTER(true%s) }"),
    "&&": lambda n: in_a_row(" && true", n, "SELECT * { FILTER(true%s) }"),
    "=": lambda n: nested("(true = ", "true", ")", n, FILTER),
    "IF": lambda n: nested("IF(true, ", "1", ", 2)", n, FILTER),
    "CONCAT": lambda n: nested("CONCAT('a', ", "'b'", ")", n, FILTER),
    "COALESCE of many": lambda n: in_a_row(", 1", n, "SELECT * { FILTER(COALESCE(1%s)) }"),
    "IN of many": lambda n: in_a_row(", 1", n, "SELECT * { FILTER(1 IN (2%s)) }"),
    "BIND in a row": lambda n: in_a_row("BIND(1 AS ?x%d) ", n, "SELECT * { %s }").replace("%d", "a"),
    "a path of steps": lambda n: in_a_row("/<a:a>", n, "SELECT * { ?s <a:a>%s ?o }"),
    "a path of choices": lambda n: in_a_row("|<a:a>", n, "SELECT * { ?s <a:a>%s ?o }"),
    "a path in parentheses": lambda n: nested("(", "<a:a>", ")*", n, "SELECT * { ?s %s ?o }"),
    "a path turned round": lambda n: nested("^(", "<a:a>", ")", n, "SELECT * { ?s %s ?o }"),
    "a path that is not": lambda n: in_a_row("|<a:a>", n, "SELECT * { ?s !(<a:a>%s) ?o }"),
    "a collection in a collection": lambda n: nested("(", "", ")", n, "SELECT * { ?s ?p %s }"),
    "a long collection": lambda n: in_a_row("1 ", n, "SELECT * { ?s ?p (%s) }"),
    "a blank node in a blank node": lambda n: nested("[ <a:a> ", "1", " ]", n, "SELECT * { ?s ?p %s }"),
    "a triple term in a triple term": lambda n: nested("<<( <a:a> <a:a> ", "1", " )>>", n, "SELECT * { ?s ?p %s }"),
    "a reified triple in another": lambda n: nested(
        "<< ", "<a:a> <a:a> 1", " >> <a:a> 1", n, "SELECT * { %s <a:a> 1 }"
    ),
    "VALUES of many": lambda n: in_a_row("(1) ", n, "SELECT * { VALUES (?x) { %s } }"),
    "prefixes": lambda n: in_a_row("PREFIX a: <a:> ", n, "%s SELECT * {}"),
    "triples": lambda n: in_a_row("?s ?p ?o . ", n, "SELECT * { %s }"),
    "objects": lambda n: in_a_row(", 1", n, "SELECT * { ?s ?p 1%s }"),
    "variables": lambda n: in_a_row("?x ", n, "SELECT %s {}"),
    "ORDER BY": lambda n: in_a_row("?x ", n, "SELECT * {} ORDER BY %s"),
    "GROUP BY": lambda n: in_a_row("(1) ", n, "SELECT (1 AS ?n) {} GROUP BY %s"),
    "quotes": lambda n: "SELECT * { FILTER('" + "\\'" * n + "') }",
    "escapes": lambda n: "SELECT * { ?s ?p '" + "\\u0041" * n + "' }",
    "comments": lambda n: "SELECT * { " + "# x\n" * n + "}",
    "opening brackets alone": lambda n: "SELECT * " + "{" * n,
    "closing brackets alone": lambda n: "SELECT * " + "}" * n,
    "quotes alone": lambda n: "SELECT * { '" + "'''" * n,
    "backslashes alone": lambda n: "SELECT * { " + "\\" * n,
    "less-than signs alone": lambda n: "SELECT * { " + "<" * n,
}


@pytest.mark.parametrize("times", [90, 300, 3_000, 30_000])
@pytest.mark.parametrize("shape", SHAPES)
def test_however_deep_or_long_a_query_is_only_its_sender_waits(server, shape, times):
    query = SHAPES[shape](times).encode()
    answer = server.ask("POST", "/sparql", [("Content-Type", DIRECT)], query)
    assert answer.status in {200, 400, 413, 503, 504}, answer.text
    if answer.status != 200:
        problem = json.loads(answer.content)
        assert problem["status"] == answer.status
        assert "crashed" not in problem["type"], "the engine died of it"
    assert server.is_alive()


def product(times: int) -> str:
    """A pattern that every statement fits, so many times over."""
    return " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(times))


AROUND = " . ".join(f"?a{n} (!<a:a>|^!<a:a>)* ?b{n}" for n in range(5))
TWICE = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
COSTLY = {
    "a product": f"SELECT (COUNT(*) AS ?n) {{ {product(14)} }}",
    "a product in order": f"SELECT * {{ {product(11)} }} ORDER BY DESC(?s0) ?o9",
    "GROUP_CONCAT of a product": f"SELECT (GROUP_CONCAT(?s0) AS ?n) {{ {product(10)} }}",
    "a text that doubles": f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('0123456789' AS ?a0) {TWICE} }}",
    "REPLACE that multiplies": "SELECT (STRLEN(?d) AS ?n) { BIND('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS ?a) "
    "BIND(REPLACE(?a, 'a', CONCAT(?a, ?a, ?a, ?a)) AS ?b) "
    "BIND(REPLACE(?b, 'a', ?b) AS ?c) BIND(REPLACE(?c, 'a', ?c) AS ?d) }",
    "REGEX that goes back": f"SELECT (REGEX('{'a' * 40}!', '^(a+)+$') AS ?n) {{}}",
    "REGEX that is long": f"SELECT (REGEX('a', '{'(' * 9}a{'{1,99})' * 9}') AS ?n) {{}}",
    "a path around": f"SELECT (COUNT(*) AS ?n) {{ {AROUND} }}",
}


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_query_ends_at_a_limit(server, name):
    answer = server.ask("POST", "/sparql", [("Content-Type", DIRECT)], COSTLY[name].encode())
    assert answer.status in {200, 400, 503, 504}, answer.text
    assert server.is_alive()
