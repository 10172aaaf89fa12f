"""What is written in a row goes out as one piece, and nothing is lost, kept for long, or put in another order."""

import asyncio
import socket

import pytest

from endpoint.layers.outgoing import InOnePiece
from endpoint.settings import Settings
from tests.serving import serving
from tests.test_arrival import app

LONG = bytes(64 * 1024)


class Wire(asyncio.Transport):
    """What a connection is given, piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.is_over = False

    def write(self, data) -> None:
        if self.is_over:
            raise RuntimeError("the handler is closed")
        self.pieces.append(bytes(data))

    def is_closing(self) -> bool:
        return self.is_over

    def close(self) -> None:
        self.is_over = True

    abort = close


def written(*steps) -> list[bytes]:
    """The pieces that go out where these steps are taken in one turn of the loop, and the turn ends."""

    async def run() -> list[bytes]:
        wire = Wire()
        transport = InOnePiece(wire, asyncio.get_running_loop())
        for step in steps:
            step(transport, wire)
        await asyncio.sleep(0)
        return wire.pieces

    return asyncio.run(run())


def says(data):
    return lambda transport, _: transport.write(data)


def flush(transport, _):
    transport.flush()


def close(transport, _):
    transport.close()


def abort(transport, _):
    transport.abort()


def goes(_, wire):
    wire.close()


@pytest.mark.parametrize(
    ("steps", "pieces"),
    {
        "a head and a body": ((says(b"head"), says(b"body"), flush), [b"headbody"]),
        "what nobody says is all": ((says(b"head"), says(b"body")), [b"headbody"]),
        "two answers": ((says(b"1"), flush, says(b"2"), flush), [b"1", b"2"]),
        "nothing": ((flush, flush), []),
        "a long body": ((says(b"head"), says(LONG), says(b"end")), [b"head", LONG, b"end"]),
        "the last one": ((says(b"head"), says(b"body"), close), [b"headbody"]),
        "a client that has gone": ((says(b"head"), goes, close), []),
        "one that goes while nothing is told to it": ((says(b"head"), goes), []),
        "one that is to go at once": ((says(b"head"), flush, says(b"body"), abort), [b"head"]),
    }.values(),
)
def test_what_is_written_in_a_row_is_one_piece(steps, pieces):
    assert written(*steps) == pieces


def test_it_has_gone_before_the_connection_is_closed():
    def is_open_still(_, wire):
        assert wire.pieces == [b"last"]
        assert wire.is_over

    assert written(says(b"last"), close, is_open_still) == [b"last"]


def test_an_answer_arrives_as_one_piece():
    with serving(app, Settings(arrival=5.0)) as address, socket.create_connection(address, timeout=10) as connection:
        for _ in range(50):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            received = connection.recv(65536)
            assert received.startswith(b"HTTP/1.1 200")
            assert received.endswith(b"\r\n\r\nok")


def test_two_requests_at_once_have_two_answers():
    with serving(app, Settings(arrival=5.0)) as address, socket.create_connection(address, timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 2)
        received = b""
        while received.count(b"\r\n\r\nok") < 2:
            received += connection.recv(65536)
        assert received.count(b"HTTP/1.1 200") == 2
