"""Connections of a client that go to addresses of the internet, and to no other."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import httpcore2
import httpx2

from loaders.internet import first_public


class PublicTransport(httpx2.BaseTransport):
    """Sends requests to addresses of the internet, and to the one private host that an operator has named, if any.

    The connection goes to an address that was looked at: a name that means another a moment later changes nothing.
    """

    def __init__(self, private: tuple[str, int] | None = None) -> None:
        self._pool = httpcore2.ConnectionPool(network_backend=_PublicBackend(private), keepalive_expiry=30)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request. Raises NotPublic, httpx2.TransportError."""
        url = request.url
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        with _translated():
            answered = self._pool.handle_request(asked)
        return httpx2.Response(
            status_code=answered.status,
            headers=answered.headers,
            stream=_Stream(answered),
            extensions=answered.extensions,
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


class _Stream(httpx2.SyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, answered: httpcore2.Response) -> None:
        self._answered = answered

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self._answered.iter_stream()

    def close(self) -> None:
        self._answered.close()


class _PublicBackend(httpcore2.NetworkBackend):
    """Opens connections to addresses of the internet, and to one private host."""

    def __init__(self, private: tuple[str, int] | None) -> None:
        self._private = private
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError, OverflowError) as error:  # a name or a port that cannot be, too
            why = error.strerror if isinstance(error, socket.gaierror) else error
            raise httpcore2.ConnectError(f"{host} is not known to the name service ({why})") from error
        address = first_public(host, (entry[4] for entry in found), is_private=(host, port) == self._private)
        return self._plain.connect_tcp(address, port, timeout, local_address, socket_options)


_TRANSLATED = {
    httpcore2.TimeoutException: httpx2.TimeoutException,
    httpcore2.ProtocolError: httpx2.ProtocolError,
    httpcore2.NetworkError: httpx2.NetworkError,
}


@contextmanager
def _translated() -> Iterator[None]:
    """Faults of the connection as the client's own."""
    try:
        yield
    except tuple(_TRANSLATED) as error:
        ours = next(ours for theirs, ours in _TRANSLATED.items() if isinstance(error, theirs))
        raise ours(str(error)) from error
