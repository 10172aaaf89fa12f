"""A request arrives within a time and with a head of a size, or its connection ends; others are served meanwhile."""

import json
import socket
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from resource import RLIM_INFINITY

import pytest

from endpoint import server
from endpoint.server import configure
from endpoint.settings import Settings
from tests.serving import serving
from tests.test_presence import until

SETTINGS = Settings(arrival=0.5, connections=100)


async def app(scope, receive, send):
    """An application that reads a whole request, and answers."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    while (message := await receive()).get("more_body"):
        pass
    if message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def address():
    with serving(app, SETTINGS) as address:
        yield address


def answer_to(address, *pieces: bytes, wait: float = 0.0) -> bytes:
    """All that comes back for pieces that are sent one after the other."""
    with socket.create_connection(address, timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(wait)
        received = b""
        while piece := connection.recv(65536):
            received += piece
        return received


ASKED = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nASK \r\n"


NO_BODY = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nASK"


@pytest.mark.parametrize("begun", [b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n", NO_BODY, CHUNKED])
def test_a_request_that_does_not_become_whole_is_refused_in_time(address, begun):
    head, _, body = answer_to(address, begun).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    told = json.loads(body)
    assert told.pop("elapsed") >= 0.5
    assert told == {
        "type": "/problems#arrival",
        "title": "The request did not arrive whole",
        "status": 408,
        "detail": "A request must have arrived whole within 0.5 s. Send it again, in one piece.",
        "limit": 0.5,
        "setting": "arrival",
    }


def test_a_connection_that_asks_nothing_is_closed(address):
    assert answer_to(address) == b""


def send_without_end(connection: socket.socket) -> None:
    connection.sendall(b"GET /?")
    while True:  # the answer may be read in part, or be lost with the connection
        connection.sendall(b"a" * 10_000)
        time.sleep(0.001)


def test_a_head_without_an_end_is_refused(address):
    with socket.create_connection(address, timeout=10) as connection, pytest.raises((ConnectionError, BrokenPipeError)):
        send_without_end(connection)


def of_bytes(number: int) -> bytes:
    """A head whose headers have so many bytes together."""
    rest = sum(map(len, ("host", "a", "connection", "close", "accept")))
    return ASKED.removesuffix(b"\r\n") + b"Accept: " + b"a" * (number - rest) + b"\r\n\r\n"


@pytest.mark.parametrize("in_pieces", [False, True])
def test_headers_that_are_longer_than_is_read_are_told_so(address, in_pieces):
    assert answer_to(address, of_bytes(32_768)).endswith(b"ok")
    for number in (32_769, 60_000, 400_000):
        sent = of_bytes(number)
        pieces = [sent[:100], sent[100:30_000], sent[30_000:]] if in_pieces else [sent]
        try:
            head, _, body = answer_to(address, *pieces, wait=0.02 * in_pieces).partition(b"\r\n\r\n")
        except (ConnectionError, BrokenPipeError):  # what is sent on is refused before the answer is read
            assert number == 400_000
            continue
        assert head.startswith(b"HTTP/1.1 431 ")
        assert json.loads(body) == {
            "type": "/problems#headers-too-long",
            "title": "The headers of the request are too long",
            "status": 431,
            "detail": "The headers of the request have more than 32,768 bytes together. Send shorter ones.",
            "limit": 32_768,
        }


def test_the_time_begins_anew_with_each_request_of_a_connection():
    with serving(app, settings := Settings(arrival=1.5)) as address, closing(HTTPConnection(*address)) as connection:
        begun = time.monotonic()
        while time.monotonic() < begun + settings.arrival + 0.2:
            connection.request("POST", "/", body=b"ASK {}")
            assert connection.getresponse().read() == b"ok"
            time.sleep(0.2)


def test_a_request_in_pieces_is_read_where_it_comes_in_time(address):
    pieces = [b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", b"Content-Length: 6\r\n\r\nASK", b" {}"]
    assert answer_to(address, *pieces, wait=0.05).endswith(b"ok")


def slow_ones(address, held: ExitStack) -> list[socket.socket]:
    """Eighty connections over which one byte of a request has come."""
    connections = [held.enter_context(socket.create_connection(address, timeout=10)) for _ in range(80)]
    for connection in connections:
        connection.sendall(b"G")
    return connections


def test_others_are_served_while_many_have_sent_a_byte():
    with serving(app, Settings(arrival=60.0, connections=100)) as address, ExitStack() as held:
        slow_ones(address, held)
        assert answer_to(address, ASKED).endswith(b"ok")


def test_many_that_have_sent_a_byte_are_refused_in_time(address):
    with ExitStack() as held:
        connections = slow_ones(address, held)
        assert all(connection.recv(100).startswith(b"HTTP/1.1 408 ") for connection in connections)


def test_where_all_places_are_taken_the_connection_that_has_been_idle_for_longest_makes_room():
    with serving(app, Settings(connections=3)) as address, ExitStack() as held:
        kept = [held.enter_context(closing(HTTPConnection(*address, timeout=10))) for _ in range(3)]
        for connection in (*kept, kept[0]):
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"ok"
            time.sleep(0.02)  # the loop of the server counts milliseconds
        assert answer_to(address, ASKED).endswith(b"ok")
        assert kept[1].sock is not None
        assert kept[1].sock.recv(1) == b""
        for connection in (kept[0], kept[2]):
            connection.auto_open = 0  # it is the same connection that answers
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"ok"


def test_a_connection_is_kept_for_as_long_as_is_set_and_by_default_for_longer_than_proxies_do():
    assert configure(app, Settings(idle=3.5)).timeout_keep_alive == 4
    assert configure(app, Settings()).timeout_keep_alive > 60


def test_one_connection_too_many_is_told_so_and_the_next_is_served_when_there_is_a_place():
    with serving(app, Settings(connections=3)) as address:
        with ExitStack() as held:
            for _ in range(3):
                held.enter_context(socket.create_connection(address, timeout=10))
            head, _, body = answer_to(address, ASKED).lower().partition(b"\r\n\r\n")
        assert head.startswith(b"http/1.1 503 ")
        assert {b"retry-after: 5", b"access-control-allow-origin: *", b"connection: close"} <= set(head.split(b"\r\n"))
        told = {"type": "/problems#connections", "setting": "connections", "limit": 3, "status": 503, "elapsed": 0}
        told["detail"] = "at most 3 connections are open at once. try again shortly."
        assert told.items() <= json.loads(body).items()
        until(lambda: answer_to(address, ASKED).endswith(b"ok"))


@pytest.mark.parametrize("asked", [b"", ASKED, b"GET / HT"])
def test_who_comes_when_there_is_no_file_to_wait_in_is_told_at_once_and_those_before_when_they_ask(monkeypatch, asked):
    monkeypatch.setattr(server, "_files", lambda: 6)
    with serving(app, Settings(connections=2)) as address, ExitStack() as held:
        first, *_, last = (held.enter_context(socket.create_connection(address, timeout=10)) for _ in range(4))
        one_more = held.enter_context(socket.create_connection(address, timeout=10))
        one_more.sendall(asked)
        head, _, body = one_more.recv(65536).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        lines = {b"Retry-After: 5", b"Cache-Control: no-store", b"Content-Type: application/problem+json"}
        assert lines | {b"Connection: close", b"Access-Control-Allow-Origin: *"} <= set(head.split(b"\r\n"))
        assert json.loads(body)["setting"] == "connections"
        last.sendall(ASKED)
        assert last.recv(100).startswith(b"HTTP/1.1 503 ")
        first.sendall(ASKED)
        assert first.recv(100).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("allowed", "taken"), [((100, 100), 24), ((30, 30), 2), ((8192, 8192), 500), ((RLIM_INFINITY, RLIM_INFINITY), 500)]
)
def test_no_more_connections_are_taken_than_there_may_be_files_for(monkeypatch, caplog, allowed, taken):
    monkeypatch.setattr(server, "getrlimit", lambda _: allowed)
    assert server.within_files(Settings(fronts=2, connections=500)).connections == taken
    assert ("ulimit -n" in caplog.text) == (taken < 500)
