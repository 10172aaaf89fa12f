"""How a request arrives: within a time, and with a head of a size, whoever sends it.

A client that sends a byte a second, or a head without an end, holds a connection no longer than any other.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from endpoint.problem_type import address_of

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as HTTPProtocol
else:
    HTTPProtocol = AutoHTTPProtocol


@dataclass(frozen=True, slots=True)
class Bounds:
    """The seconds that a request may take to arrive, and the bytes of its head."""

    seconds: float
    head_bytes: int


class BoundedArrival(HTTPProtocol):
    """The protocol of the server for one connection, with bounds on how a request arrives."""

    bounds: ClassVar[Bounds]
    _overdue: asyncio.TimerHandle | None = None
    _head = 0  # bytes of a head that is not whole

    @classmethod
    def within(cls, bounds: Bounds) -> type[BoundedArrival]:
        """The protocol with these bounds."""
        return type(cls.__name__, (cls,), {"bounds": bounds})

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Someone has connected: a request is due."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._overdue = self.loop.call_later(self.bounds.seconds, self._too_slow)

    def data_received(self, data: bytes) -> None:
        """A piece of a request has arrived, or all of it."""
        super().data_received(data)
        is_head = self.cycle is None or self.cycle.response_complete
        if is_head or self.cycle.more_body:
            self._head = self._head + len(data) if is_head else 0
            if self._head > self.bounds.head_bytes:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "max_query_bytes", self.bounds.head_bytes)
            elif self._overdue is None:
                self._overdue = self.loop.call_later(self.bounds.seconds, self._too_slow)
        else:
            self._head = 0
            self._be_at_ease()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is over."""
        self._be_at_ease()
        super().connection_lost(exc)

    def _be_at_ease(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def _too_slow(self) -> None:
        self._overdue = None
        if self._head or self.cycle is not None:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "arrival", self.bounds.seconds)
        else:
            self.transport.close()  # nothing was asked

    def _refuse(self, status: HTTPStatus, setting: str, limit: float) -> None:
        """Say what was too much, unless an answer has begun, and close."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            problem = {"type": address_of("arrival", "/"), "title": status.phrase, "status": status.value}
            body = json.dumps(problem | {"setting": setting, "limit": limit}).encode()
            head = (
                f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/problem+json\r\n"
                f"Content-Length: {len(body)}\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        self.transport.close()
