"""Connections of a client: to addresses of the internet and to no other, or to anywhere; an answer begins in time."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import httpcore2
import httpx2

from loaders.internet import first_public

_PIECE = 1 << 16  # bytes that are sent at a time


class Transport(httpx2.BaseTransport):
    """Sends requests anywhere. An answer has begun, its headers whole, in so many seconds from when it was asked for.

    The timeouts of a client are those of each read, and one byte at a time is read without end.
    """

    def __init__(self, longest_wait: float, connects: httpcore2.NetworkBackend | None = None) -> None:
        self._longest_wait = longest_wait
        self._timed = _Timed(connects or httpcore2.SyncBackend())
        self._unread: OSError | None = None
        try:
            context = httpcore2.default_ssl_context()
        except OSError as error:
            context, self._unread = None, error
        self._pool = httpcore2.ConnectionPool(context, network_backend=self._timed, keepalive_expiry=30)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request. Raises httpx2.TransportError."""
        url = request.url
        if self._unread is not None and url.scheme == "https":
            why = f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read: {self._unread}"
            raise httpx2.ConnectError(why)
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        with _translated(), self._timed.within(self._longest_wait):
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


class PublicTransport(Transport):
    """Sends requests to addresses of the internet, and to the one private host that an operator has named, if any.

    The connection goes to an address that was looked at: a name that means another a moment later changes nothing.
    Raises NotPublic where it is to go elsewhere.
    """

    def __init__(self, longest_wait: float, private: tuple[str, int] | None = None) -> None:
        super().__init__(longest_wait, _PublicBackend(private))


class _Stream(httpx2.SyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, answered: httpcore2.Response) -> None:
        self._answered = answered

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self._answered.iter_stream()

    def close(self) -> None:
        self._answered.close()


class _Timed(httpcore2.NetworkBackend):
    """Opens connections that are read and written until a moment, each thread until its own."""

    def __init__(self, connects: httpcore2.NetworkBackend) -> None:
        self._connects = connects
        self._own = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let all that is read and written within this have so many seconds together."""
        self._own.until = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._own.until

    def left(self, timeout: float | None) -> float | None:
        """The seconds that are left for what may take so many. Raises ReadTimeout where none are."""
        until = getattr(self._own, "until", None)
        if until is None:
            return timeout
        left: float = until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the answer has not begun in time")
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        stream = self._connects.connect_tcp(host, port, self.left(timeout), local_address, socket_options)
        return _TimedStream(stream, self)


class _TimedStream(httpcore2.NetworkStream):
    """A connection that is read and written as long as there is time."""

    def __init__(self, stream: httpcore2.NetworkStream, timed: _Timed) -> None:
        self._stream = stream
        self._timed = timed

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._timed.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):  # who takes little at a time is waited for once for each of these
            self._stream.write(buffer[start : start + _PIECE], self._timed.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._timed.left(timeout))
        return _TimedStream(stream, self._timed)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


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
    httpcore2.ConnectError: httpx2.ConnectError,
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
