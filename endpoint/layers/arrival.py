"""How a request arrives: within a time, with a head of a size, and as HTTP is defined, whoever sends it.

A client that sends a byte a second, or a head without an end, holds a connection no longer than any other.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from operator import itemgetter
from typing import ClassVar, cast

from starlette.responses import Response
from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from endpoint.layers.caching import Kept
from endpoint.layers.ill_formed import as_uri, fault_of_head, unknown_method
from endpoint.layers.outgoing import InOnePiece
from endpoint.methods import ALL
from endpoint.problem_type import address_of, figure
from endpoint.problem_types import TYPES

_MOST_OF_ADDRESS = 65_535
"""Bytes of the address in the line of a request: the parser counts them in two bytes."""

_MOST_OF_HEADERS = 32 * 1024
"""Bytes of all names and values of headers: those of real clients have some hundred, and each is read with care."""

_ADDRESS_TOO_LONG = (
    f"The address in the request has {{has:,}} bytes, and at most {_MOST_OF_ADDRESS:,} are read. "
    "Send a long query in the body of a POST (SPARQL 1.1 Protocol, section 2.1.3)."
)
_HEADERS_TOO_LONG = f"The headers of the request have more than {_MOST_OF_HEADERS:,} bytes together. Send shorter ones."
_WITHOUT_END = _MOST_OF_ADDRESS + 2 * _MOST_OF_HEADERS  # bytes of a head that goes on and on

_OK = b"HTTP/1.1 200 OK\r\n"
_OF_A_BODY = {b"content-length", b"transfer-encoding", b"expect"}

Answers = Callable[[Scope], Kept | None]
"""What gives some requests their answer at once, and for all others nothing."""


def nothing(scope: Scope) -> Kept | None:
    """Of an application that answers nothing at once."""
    return None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The seconds that a request may take to arrive, and the connections at once.

    Who comes when there are as many is told so, up to the `handles` that there may be; `root` is where the service is.
    What `at_once` gives an answer needs nothing else of the server and the application.
    """

    seconds: float
    connections: int
    handles: int = sys.maxsize
    root: Callable[[], str] = lambda: "/"
    at_once: Answers = nothing


class BoundedArrival(HttpToolsProtocol):
    """The protocol of the server for one connection, with bounds on how a request arrives."""

    bounds: ClassVar[Bounds]
    _may_be_at_once = True
    _is_answered = False  # at once, what has arrived last
    _overdue: asyncio.TimerHandle | None = None
    _head = 0  # bytes of a head that is not whole
    _piece = b""  # what has arrived last
    _fault = "What arrived cannot be read as HTTP/1.1."

    @classmethod
    def within(cls, bounds: Bounds) -> type[BoundedArrival]:
        """The protocol with these bounds."""
        return type(cls.__name__, (cls,), {"bounds": bounds})

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Someone has connected: a request is due."""
        super().connection_made(InOnePiece(cast("asyncio.Transport", transport), self.loop))
        self._overdue = self.loop.call_later(self.bounds.seconds, self._too_slow)
        if len(self.connections) > self.bounds.handles:
            self._turn_away()
        elif len(self.connections) > self.bounds.connections and not self._close_an_idle_one():
            self.app = _too_many(self.bounds)  # of this connection, which ends with the answer
            self._may_be_at_once = False

    def data_received(self, data: bytes) -> None:
        """A piece of a request has arrived, or all of it."""
        self._piece, self._is_answered = data, False
        super().data_received(data)
        self._piece = b""
        if self.transport.is_closing():
            return
        is_free = self._is_free
        is_head = is_free and not self._is_answered
        if is_head or (not is_free and self.cycle.more_body):
            self._head = self._head + len(data) if is_head else 0
            if self._head > _WITHOUT_END:
                self.send_400_response(self._fault)
            elif self._overdue is None:
                self._overdue = self.loop.call_later(self.bounds.seconds, self._too_slow)
        else:
            self._head = 0
            self._be_at_ease()

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        if len(self.url) > _MOST_OF_ADDRESS or self._size_of_headers() > _MOST_OF_HEADERS:
            raise ValueError(self._fault)  # what it is, is told where the request is refused
        fault = fault_of_head(self.headers, self.parser.get_http_version())
        if fault is not None:
            self._fault = fault
            raise ValueError(fault)  # the parser has the request refused
        given = self._given_at_once()
        if given is None:
            self._unset_keepalive_if_required()  # of an answer that was given at once
            super().on_headers_complete()
            return
        fields = (b"%b: %b\r\n" % pair for pair in chain(self.server_state.default_headers, given.headers))
        cast("InOnePiece", self.transport).write_now(b"".join([_OK, *fields, b"\r\n", given.body]))
        self._is_answered = True
        self.on_response_complete()

    def on_message_complete(self) -> None:
        """A request is there, with all of its body."""
        if self.cycle is not None:  # else it was answered at once, as all before it were
            super().on_message_complete()

    def _given_at_once(self) -> Kept | None:
        """What a request is answered without a task of its own; None for what the server makes one for.

        That is where somebody waits for an answer before this one or does not take it, where a body is to be read,
        where the connection is to end, and for what comes in one piece with what was answered so.
        """
        if self._is_answered or not self._is_free or not self._may_be_at_once or self.flow.write_paused:
            return None
        parser = self.parser
        if not parser.should_keep_alive() or parser.should_upgrade() or parser.get_http_version() != "1.1":
            return None
        path, _, query = self.url.partition(b"?")
        if b"#" in query or not _OF_A_BODY.isdisjoint(map(itemgetter(0), self.headers)):
            return None
        asked = {"method": parser.get_method().decode(), "path": path.decode("latin-1"), "query_string": query}
        return self.bounds.at_once(self.scope | asked)

    def send_400_response(self, msg: str) -> None:
        """A request cannot be read: say what is wrong. One with an IRI in its line as it is leads to the URI."""
        if (has := len(getattr(self, "url", b""))) > _MOST_OF_ADDRESS:
            said = {"detail": _ADDRESS_TOO_LONG.format(has=has), "limit": _MOST_OF_ADDRESS}
            self._refuse("address-too-long", said)
        elif self._size_of_headers() > _MOST_OF_HEADERS or self._head > _WITHOUT_END:
            said = {"detail": _HEADERS_TOO_LONG, "limit": _MOST_OF_HEADERS}
            self._refuse("headers-too-long", said)
        elif (place := as_uri(self._piece)) is not None:
            self._end(HTTPStatus.PERMANENT_REDIRECT, f"Location: {place}\r\n", b"")
        elif (method := unknown_method(self._piece)) is not None:
            named = ", ".join(ALL)
            said = {"detail": f"There is no method {method} here. There are: {named}."}
            self._refuse("method-not-allowed", said, f"Allow: {named}\r\n")
        else:
            self._refuse("ill-formed", {"detail": self._fault})

    def on_response_complete(self) -> None:
        """An answer is written."""
        cast("InOnePiece", self.transport).flush()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is over."""
        self._be_at_ease()
        super().connection_lost(exc)

    def _turn_away(self) -> None:
        """Say that there is no place before anything is asked, and close: there is no file in which to wait for it."""
        with suppress(OSError):  # what is there unread would have the system take the answer back
            os.read(self.transport.get_extra_info("socket").fileno(), _WITHOUT_END)
        headers, body = _no_place(self.bounds)
        self._end(
            HTTPStatus.SERVICE_UNAVAILABLE, "".join(f"{name}: {value}\r\n" for name, value in headers.items()), body
        )

    def _close_an_idle_one(self) -> bool:
        """Close the connection on which nothing was asked for longest; False where all have something to do."""
        idle = [
            (other.timeout_keep_alive_task.when(), other.transport)
            for other in self.connections
            if isinstance(other, BoundedArrival)
            and other.timeout_keep_alive_task is not None
            and not other.transport.is_closing()
        ]
        if idle:
            _, transport = min(idle, key=itemgetter(0))
            transport.close()
        return bool(idle)

    @property
    def _is_free(self) -> bool:
        """True while nobody waits for an answer here."""
        return self.cycle is None or self.cycle.response_complete

    def _size_of_headers(self) -> int:
        """Bytes of those that are there."""
        return sum(map(len, chain.from_iterable(self.headers or ())))

    def _be_at_ease(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def _too_slow(self) -> None:
        due, limit = self._overdue.when() if self._overdue else self.loop.time(), self.bounds.seconds
        self._overdue = None
        if self._head or self.cycle is not None:
            said = {"elapsed": round(self.loop.time() - due + limit, 3), "limit": limit, "setting": "arrival"}
            self._refuse("arrival", {"detail": _says("arrival", limit), **said})
        else:
            self.transport.close()  # nothing was asked

    def _refuse(self, kind: str, members: Mapping[str, object], headers: str = "") -> None:
        """Say what kind of problem there is, and close."""
        body = json.dumps(_problem(kind, members, self.bounds.root())).encode()
        self._end(HTTPStatus(TYPES[kind].status), f"Content-Type: application/problem+json\r\n{headers}", body)

    def _end(self, status: HTTPStatus, headers: str, body: bytes) -> None:
        """Send an answer, unless one has begun, and close."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            head = (
                f"HTTP/1.1 {status.value} {status.phrase}\r\n{headers}"
                f"Content-Length: {len(body)}\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        self.transport.close()


def _too_many(bounds: Bounds) -> Response:
    """What is answered on a connection for which there is no place."""
    headers, body = _no_place(bounds)
    always = {"Access-Control-Allow-Origin": "*", "Connection": "close"}
    return Response(body, HTTPStatus.SERVICE_UNAVAILABLE, headers | always)


def _no_place(bounds: Bounds) -> tuple[dict[str, str], bytes]:
    """Headers and body of such an answer."""
    limit = bounds.connections
    said = {"detail": _says("connections", limit), "elapsed": 0.0, "limit": limit, "setting": "connections"}
    headers = {"Content-Type": "application/problem+json", "Cache-Control": "no-store", "Retry-After": "5"}
    return headers, json.dumps(_problem("connections", said, bounds.root())).encode()


def _problem(kind: str, members: Mapping[str, object], root: str) -> dict[str, object]:
    """The problem details of a request that no application has seen, in English, as who sends it may know no other."""
    type_ = TYPES[kind]
    return {"type": address_of(kind, root), "title": type_.title.en, "status": type_.status, **members}


def _says(kind: str, limit: float) -> str:
    return TYPES[kind].detail(limit=figure(limit)).en
