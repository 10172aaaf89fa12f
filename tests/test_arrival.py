"""A request arrives within a time and with a head of a size, or its connection ends; others are served meanwhile."""

import http.client
import json
import socket
import time
from contextlib import ExitStack

import pytest

from endpoint.settings import Settings
from tests.serving import serving

SETTINGS = Settings(arrival=0.5, max_query_bytes=1000, connections=100)


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


CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nASK \r\n"


NO_BODY = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nASK"


@pytest.mark.parametrize("begun", [b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n", NO_BODY, CHUNKED])
def test_a_request_that_does_not_become_whole_is_refused_in_time(address, begun):
    head, _, body = answer_to(address, begun).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert json.loads(body) == {
        "type": "/problems#arrival",
        "title": "Request Timeout",
        "status": 408,
        "setting": "arrival",
        "limit": 0.5,
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


def test_the_time_begins_anew_with_each_request_of_a_connection(address):
    connection = http.client.HTTPConnection(*address, timeout=10)
    for _ in range(3):
        connection.request("POST", "/", body=b"ASK {}")
        assert connection.getresponse().read() == b"ok"
        time.sleep(0.3)
    connection.close()


def test_a_request_in_pieces_is_read_where_it_comes_in_time(address):
    pieces = [b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", b"Content-Length: 6\r\n\r\nASK", b" {}"]
    assert answer_to(address, *pieces, wait=0.05).endswith(b"ok")


def test_others_are_served_while_many_send_a_byte_a_second(address):
    with ExitStack() as slow:
        connections = [slow.enter_context(socket.create_connection(address, timeout=10)) for _ in range(80)]
        for connection in connections:
            connection.sendall(b"G")
        begun = time.monotonic()
        assert answer_to(address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").endswith(b"ok")
        assert time.monotonic() - begun < 0.4
        assert all(connection.recv(100).startswith(b"HTTP/1.1 408 ") for connection in connections)


def test_one_connection_too_many_is_told_so_and_the_next_is_served_when_there_is_a_place():
    settings = Settings(connections=3)
    asked = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with serving(app, settings) as address:
        with ExitStack() as held:
            for _ in range(3):
                held.enter_context(socket.create_connection(address, timeout=10))
            head, _, body = answer_to(address, asked).lower().partition(b"\r\n\r\n")
        assert head.startswith(b"http/1.1 503 ")
        assert {b"retry-after: 5", b"access-control-allow-origin: *", b"connection: close"} <= set(head.split(b"\r\n"))
        told = {"type": "/problems#connections", "setting": "connections", "limit": 3, "status": 503}
        assert told.items() <= json.loads(body).items()
        time.sleep(0.1)
        assert answer_to(address, asked).endswith(b"ok")
