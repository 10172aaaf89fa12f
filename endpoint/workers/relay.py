"""Asks the services of others for queries that may: an operator's list of services, and nothing that is not on it.

A worker that runs such a query has no network but a loopback of its own. There it finds this relay, which listens on it
from the front process; so whatever a query holds, it reaches the services of the list and nothing else.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import SplitResult, urlsplit

import h11

from endpoint.internet import connect
from loaders.internet import NotPublic

_Headers = list[tuple[bytes, bytes]]
_PIECE = 64 * 1024
_OK, _BAD_GATEWAY = 200, 502
_PASSED_ON = {b"accept", b"content-type"}
_USER_AGENT = f"Miljografen/{version('miljograf')}".encode()


class Unanswered(Exception):
    """A service did not answer as one; the message says how."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Asks services for workers, each at its place in the list: `/0` is the first."""

    services: tuple[str, ...]
    seconds: float
    most_bytes: int

    async def listen(self, listening: socket.socket) -> asyncio.Server:
        """Answer whoever connects to a socket, until the server is closed."""
        return await asyncio.start_server(self._answer, sock=listening)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one query on, and what comes back. A worker that goes away stops it."""
        worker = _Exchange(h11.Connection(h11.SERVER), reader, writer)
        try:
            async with asyncio.timeout(self.seconds):
                head, query = await _read_request(worker)
                passing = asyncio.create_task(self._pass_on(worker, head, query))
                leaving = asyncio.create_task(reader.read(1))
                try:
                    await asyncio.wait({passing, leaving}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    leaving.cancel()
                    passing.cancel()
                if passing.done():
                    await passing
        except (NotPublic, Unanswered, OSError, TimeoutError, h11.ProtocolError) as error:
            await _refuse(worker, str(error) or "it took too long")
        finally:
            writer.close()

    async def _pass_on(self, worker: _Exchange, head: h11.Request, query: bytes) -> None:
        """Ask the service that a request names, and send its answer as it comes."""
        service = self._service_of(head)
        parts = urlsplit(service)
        asked = _Exchange(h11.Connection(h11.CLIENT), *await connect(parts))
        size = 0
        try:
            await asked.send(_request(parts, head, len(query)), h11.Data(query), h11.EndOfMessage())
            async for event in asked.events():
                if isinstance(event, h11.Response):
                    if event.status_code != _OK:
                        raise Unanswered(f"{service} answered with status {event.status_code}")
                    kept = [(name, value) for name, value in event.headers if name in _PASSED_ON]
                    await worker.send(h11.Response(status_code=_OK, headers=kept))
                elif isinstance(event, h11.Data):
                    size += len(event.data)
                    if size > self.most_bytes:
                        raise Unanswered(f"the answer of {service} is longer than {self.most_bytes} bytes")
                    await worker.send(h11.Data(event.data))
            await worker.send(h11.EndOfMessage())
        finally:
            asked.writer.close()

    def _service_of(self, head: h11.Request) -> str:
        place = head.target.decode("ascii").removeprefix("/")
        if not place.isdecimal() or int(place) >= len(self.services):
            raise Unanswered("there is no such service")
        return self.services[int(place)]


@dataclass(frozen=True, slots=True)
class _Exchange:
    """One request and its answer over a connection."""

    connection: h11.Connection
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *events: h11.Event) -> None:
        """Send parts of our message."""
        for event in events:
            self.writer.write(self.connection.send(event) or b"")
        await self.writer.drain()

    async def events(self) -> AsyncIterator[h11.Event]:
        """The parts of the other's message, until it is whole. Raises RemoteProtocolError where it ends before."""
        while True:
            event = self.connection.next_event()
            if event is h11.NEED_DATA:
                self.connection.receive_data(await self.reader.read(_PIECE))
            elif isinstance(event, h11.EndOfMessage):
                return
            elif isinstance(event, h11.Event) and not isinstance(event, h11.ConnectionClosed):
                yield event
            else:
                raise h11.RemoteProtocolError("the connection was closed")


async def _read_request(worker: _Exchange) -> tuple[h11.Request, bytes]:
    """The request of a worker: its head and its body."""
    head, body = None, b""
    async for event in worker.events():
        if isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
    if head is None:
        raise Unanswered("there was no request")
    return head, body


def _request(parts: SplitResult, head: h11.Request, size: int) -> h11.Request:
    """The head of the request to a service; nothing in it tells who asks."""
    headers: _Headers = [
        (b"host", parts.netloc.encode("ascii")),
        (b"user-agent", _USER_AGENT),
        (b"content-length", b"%d" % size),
        (b"connection", b"close"),
        *((name, value) for name, value in head.headers if name in _PASSED_ON),
    ]
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return h11.Request(method="POST", target=target, headers=headers)


async def _refuse(worker: _Exchange, why: str) -> None:
    """Tell the worker why there is no answer; where one has begun, its connection ends, and tells so."""
    text = why.encode("utf-8", "replace")
    headers: _Headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(text))]
    with suppress(h11.LocalProtocolError, OSError):
        await worker.send(h11.Response(status_code=_BAD_GATEWAY, headers=headers), h11.Data(text), h11.EndOfMessage())
