"""Requests that no client sends: each is refused or answered, none reaches into the answer, and the server lives on."""

import http.client
import json
import socket
from urllib.parse import quote

import pytest

from endpoint.app import create_app
from endpoint.settings import Settings
from tests.conftest import BASE
from tests.serving import serving

DIRECT = "Content-Type: application/sparql-query\r\n"
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def address(release):
    settings = Settings(workers=1, arrival=1.0)
    with serving(create_app(release, settings), settings) as address:
        yield address


def status_of(address, request: bytes) -> tuple[int, bytes]:
    """The status of the answer to the bytes of a request, and its head; 0 where the connection was closed on them."""
    received = b""
    with socket.create_connection(address, timeout=20) as connection:
        try:
            connection.sendall(request)
            while piece := connection.recv(65536):
                received += piece
                if b"\r\n\r\n" in received:
                    break
        except ConnectionError:
            pass
    return int(received.split()[1]) if received else 0, received.partition(b"\r\n\r\n")[0]


def is_well(address) -> bool:
    connection = http.client.HTTPConnection(*address, timeout=20)
    connection.request("GET", "/sparql?query=ASK%7B%7D")
    status = connection.getresponse().status
    connection.close()
    return status == 200


def post(headers: str, body: bytes) -> bytes:
    return f"POST /sparql HTTP/1.1\r\nHost: a\r\n{DIRECT}{headers}\r\n\r\n".encode("latin-1") + body


CHUNKED = "Transfer-Encoding: chunked"
WRONG = {
    "a chunk of no size": post(CHUNKED, b"ZZ\r\nASK {}\r\n0\r\n\r\n"),
    "a chunk that is too long": post(CHUNKED, b"3\r\nASK {}\r\n0\r\n\r\n"),
    "a chunk of all the world": post(CHUNKED, b"FFFFFFFFFFFFFFFFFF\r\nASK {}\r\n"),
    "a chunk below zero": post(CHUNKED, b"-1\r\nASK {}\r\n0\r\n\r\n"),
    "chunks that do not end": post(CHUNKED, b"6\r\nASK {}\r\n"),
    "chunks and a length": post(f"{CHUNKED}\r\nContent-Length: 3", b"6\r\nASK {}\r\n0\r\n\r\n"),
    "another transfer coding": post("Transfer-Encoding: gzip", b"ASK {}"),
    "a transfer coding round the chunks": post("Transfer-Encoding: gzip, chunked", b"6\r\nASK {}\r\n0\r\n\r\n"),
    "a length below zero": post("Content-Length: -6", b"ASK {}"),
    "two lengths": post("Content-Length: 6\r\nContent-Length: 7", b"ASK {}"),
    "a length that is none": post("Content-Length: six", b"ASK {}"),
    "a body that is shorter": post("Content-Length: 60", b"ASK {}"),
    "gzip that is none": post("Content-Encoding: gzip\r\nContent-Length: 6", b"ASK {}"),
    "no version": b"GET /sparql\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
    "a zero in a header": b"GET /sparql HTTP/1.1\r\nHost: a\r\nAccept: \x00\r\n\r\n",
    "a line end in a header": b"GET /sparql HTTP/1.1\r\nHost: a\r\nAccept: text/csv\n x: y\r\n\r\n",
    "no host": b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n\r\n",
    "a thousand headers": b"GET / HTTP/1.1\r\n" + b"X-Y: z\r\n" * 1000 + b"\r\n",
    "a long header": b"GET /sparql HTTP/1.1\r\nHost: a\r\nAccept: " + b"a" * MEGABYTE + b"\r\n\r\n",
    "a long IRI": b"GET /sparql?query=ASK{<http://" + b"a" * MEGABYTE + b">?p?o} HTTP/1.1\r\nHost: a\r\n\r\n",
    "a long query": post(f"Content-Length: {10 * MEGABYTE}", b"ASK {} #" + b"x" * (10 * MEGABYTE - 8)),
    "a path out of the house": b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
    "a path out of it in disguise": b"GET /static/%2e%2e/%2e%2e/app.py HTTP/1.1\r\nHost: a\r\n\r\n",
    "a name that is not UTF-8": b"GET /id/%FF%FE/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
}

HARMLESS = [WRONG[name] for name in ("no version", "a thousand headers")]  # what the parser takes as meant


@pytest.mark.parametrize("request_", WRONG.values(), ids=WRONG)
def test_a_wrong_request_is_refused_and_the_server_lives_on(address, request_):
    status, _ = status_of(address, request_)
    assert status < 500
    assert status != 200 or request_ in HARMLESS
    assert is_well(address)


INJECTED = "\r\nX-Injected: yes\r\n\r\n<script>"
PLACES = ["id", "id/objective", "res", "def", "spec", "sv", "en", "static"]
PARAMETERS = ["query", "default-graph-uri", "named-graph-uri", "format", "timeout", "partial", "update", "version", "x"]


@pytest.mark.parametrize(
    "path",
    [
        *(f"/sparql?query=ASK%7B%7D&{name}={quote(INJECTED)}" for name in PARAMETERS),
        *(
            f"/{place}/{quote(INJECTED)}"
            for place in ("id", "id/objective", "res", "def", "spec", "sv", "en", "static")
        ),
        f"/sv/query?query={quote(INJECTED)}&default-graph-uri={quote(INJECTED)}",
        f"/en/mapping?goal={quote(INJECTED)}&objective={quote(INJECTED)}",
    ],
)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_no_parameter_reaches_into_the_headers_of_an_answer(address, path, accept):
    request = f"GET {path} HTTP/1.1\r\nHost: a%0d%0aX-Injected: yes\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
    status, head = status_of(address, request.encode())
    assert 200 <= status < 500
    assert b"injected:" not in head.lower()


def test_the_server_as_a_whole_tells_its_methods(address):
    status, head = status_of(address, b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (status, b"allow: GET, HEAD, POST, QUERY, OPTIONS" in head) == (204, True)
    assert status_of(address, b"GET * HTTP/1.1\r\nHost: a\r\n\r\n")[0] == 404


def answer_to(address, head: str) -> tuple[int, bytes, bytes]:
    """The status, the head and the body of the answer to a request without a body."""
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    told, _, body = received.partition(b"\r\n\r\n")
    return int(told.split()[1]), told.lower(), body


@pytest.mark.parametrize(
    ("host", "is_told"),
    [
        ("Host: a\r\nHost: a", "several"),
        ("Accept: */*", "no Host"),
        ("Host: a/b?c#d", "a host and a port"),
        ('Host: x"><script>', "a host and a port"),
        ("Host: a, b", "a host and a port"),
        ("Host: [", "a host and a port"),
        ("Host: a:b", "a host and a port"),
        ("Host: å.example", "a host and a port"),
    ],
)
def test_a_request_that_names_its_host_in_a_wrong_way_is_told_so(address, host, is_told):
    status, told, body = answer_to(address, f"GET /id/objective/8 HTTP/1.1\r\n{host}")
    problem = json.loads(body)
    assert (status, problem["status"], problem["type"]) == (400, 400, f"{BASE.iri}problems#ill-formed")
    assert is_told in problem["detail"]
    assert b"access-control-allow-origin: *" in told


def test_an_address_that_is_longer_than_is_read_is_told_so_and_another_way(address):
    start = "/sparql?query=ASK%7B%7D%20%23"
    status, _, body = answer_to(address, f"GET {start}{'x' * (65_535 - len(start))} HTTP/1.1\r\nHost: a")
    assert (status, json.loads(body)["boolean"]) == (200, True)
    status, told, body = answer_to(address, f"GET {start}{'x' * (65_536 - len(start))} HTTP/1.1\r\nHost: a")
    problem = json.loads(body)
    assert (status, problem["status"], problem["type"]) == (414, 414, f"{BASE.iri}problems#address-too-long")
    assert (problem["limit"], problem["detail"][:72]) == (
        65_535,
        "The address in the request has 65,536 bytes, and at most 65,535 are read",
    )
    assert "in the body of a POST" in problem["detail"]
    assert b"access-control-allow-origin: *" in told


@pytest.mark.parametrize("method", ["FOO", "get", "X-RAY"])
def test_a_method_of_which_nobody_has_heard_is_told_with_those_that_there_are(address, method):
    status, told, body = answer_to(address, f"{method} /id/objective/8 HTTP/1.1\r\nHost: a")
    problem = json.loads(body)
    assert (status, problem["status"], problem["type"]) == (405, 405, f"{BASE.iri}problems#method-not-allowed")
    assert problem["detail"] == f"There is no method {method} here. There are: GET, HEAD, POST, QUERY, OPTIONS."
    assert b"\nallow: get, head, post, query, options\r\n" in told
    assert b"access-control-allow-origin: *" in told


@pytest.mark.parametrize(
    "host", ["Host: evil.example", "Host:", "Host: a_b:8000", "Host: [::1]:80", "Host: 127.0.0.1:", "Host: xn--4ca"]
)
def test_whichever_host_is_named_the_answer_is_the_same(address, host):
    status, told, _ = answer_to(address, f"GET /id/objective/8 HTTP/1.1\r\n{host}")
    assert (status, b"\nlocation: /res/objective/8\r\n" in told) == (303, True)


def test_a_client_of_old_need_not_name_a_host(address):
    assert status_of(address, b"GET /id/objective/8 HTTP/1.0\r\n\r\n")[0] == 303


@pytest.mark.parametrize(
    ("asked", "uri"),
    [
        ("/id/actor/länsstyrelsen-i-örebro", b"/id/actor/l%c3%a4nsstyrelsen-i-%c3%b6rebro"),
        ("/sv/search?q=hållbar%20mat&x=%C3%A5", b"/sv/search?q=h%c3%a5llbar%20mat&x=%c3%a5"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_iri_that_is_sent_as_it_is_leads_to_the_uri(address, method, asked, uri):
    status, told, body = answer_to(address, f"{method} {asked} HTTP/1.1\r\nHost: a")
    assert (status, body) == (308, b"")
    assert b"\nlocation: " + uri + b"\r\n" in told
    assert b"access-control-allow-origin: *" in told


@pytest.mark.parametrize("path", ["//evil.example/å", "/\\evil.example/å", "http://evil.example/å"])
def test_no_iri_leads_away(address, path):
    status, told, _ = answer_to(address, f"GET {path} HTTP/1.1\r\nHost: a")
    assert (status, b"location" in told) == (400, False)


def test_bytes_that_are_no_letters_lead_nowhere(address):
    assert status_of(address, b"GET /id/\xe5 HTTP/1.1\r\nHost: a\r\n\r\n")[0] == 400
