"""A server that listens on a port, as people start it, and a client that sends exactly the bytes it is told to."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.serving import free_port

HERE = Path(__file__).parent


IDLE = 1.0
"""Seconds after which a connection is not used again: the server closes it after some more."""


@dataclass(slots=True)
class Answer:
    """What a server said."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes

    def __getitem__(self, name: str) -> str:
        return ", ".join(self.headers.get_all(name, []))

    @property
    def media_type(self) -> str:
        return self["content-type"].partition(";")[0].strip()

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")


@dataclass(slots=True)
class Server:
    """A running server, asked over one connection that stays open."""

    port: int
    process: subprocess.Popen[bytes]
    _connection: http.client.HTTPConnection = field(init=False)
    _used: float = 0.0

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, target: str, headers: Sequence[tuple[str, str]] = (), body: bytes | None = None
    ) -> Answer:
        """Send a request with these headers and no others but those that HTTP demands."""
        connection = self._connection
        if time.monotonic() - self._used > IDLE:
            connection.close()  # before the server does
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            said = connection.getresponse()
            answer = Answer(said.status, said.headers, said.read())
        except (OSError, http.client.HTTPException):
            connection.close()
            raise
        self._used = time.monotonic()
        return answer

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        self._connection.close()

    def is_alive(self) -> bool:
        """True where the process runs and answers."""
        self._connection.close()
        return self.process.poll() is None and self.ask("GET", "/sparql?query=ASK%20%7B%7D").status == 200


@contextmanager
def serving(*arguments: object, port: int | None = None) -> Iterator[Server]:
    """A server of `miljograf serve` with further arguments, on a port of its own or on this one."""
    port = port or free_port()
    command = [sys.executable, "-c", "from endpoint.cli import main; main()", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    process = subprocess.Popen([*command, *map(str, arguments)], stdout=subprocess.DEVNULL, env=environment)
    server = Server(port, process)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                server.ask("GET", "/health")
                break
            except OSError:
                assert process.poll() is None, "the server ended at its start"
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.1)
        yield server
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    finally:
        server.close()
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server of the small data of these tests."""
    with serving("--file", HERE / "data.trig", "--deadline", 2) as server:
        yield server
