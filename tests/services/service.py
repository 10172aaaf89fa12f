"""A service on this machine that speaks as a description says: it records every request, and what breaks its rules.

Each service beside this module is written from the public description of an interface, not from what a loader asks, so
that a loader which misreads the description fails here. Where a description is silent, the module says what was chosen.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from tests.services.misbehaviour import Way

PIECE = 64
"""Bytes of a body that are sent at once where it is sent slowly."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came."""

    at: float
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path, decoded."""
        return unquote(urlsplit(self.target).path)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query string; of one that is given twice, the last."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it will be sent; `sent` cuts the connection after so many bytes of the body."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    sent: int | None = None
    pause: float = 0.0
    is_bare: bool = False
    """Sent as it is: neither packed nor tagged."""
    is_without_end: bool = False
    """The headers never end: another comes after each pause."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: float

    @property
    def window(self) -> float:
        """Where more calls than allowed come within this, the rate is broken beyond what a busy machine explains."""
        return 0.9 * self.seconds


@dataclass(frozen=True, slots=True)
class Breach:
    """A request outside what the description allows: which rule, what was found."""

    rule: str
    found: str
    target: str


@dataclass
class Service(ABC):
    """What all services share: a port of their own, the record, conditions, packing, ways to misbehave."""

    rate: Rate | None = None
    """The documented rate; none where none is documented."""
    is_strict: bool = False
    """A request beyond the rate is answered with 429, not only recorded."""

    requests: list[Request] = field(default_factory=list, init=False)
    breaches: list[Breach] = field(default_factory=list, init=False)
    unchanged: int = field(default=0, init=False)
    """How many answers said that what the reader has is still so."""
    faults: list[BaseException] = field(default_factory=list, init=False)
    """What went wrong in the service itself; leaving it raises the first."""
    root: str = field(default="/", init=False)
    _ways: list[tuple[Way, str, list[int | None]]] = field(default_factory=list, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _ended: threading.Event = field(default_factory=threading.Event, init=False)

    @abstractmethod
    def answer(self, request: Request) -> Answer:
        """What the description says that this request is answered with."""

    def too_many(self) -> Answer:
        """What a request beyond the rate is answered with."""
        return Answer(429, b"", headers=(("Retry-After", "1"),))

    @property
    def address(self) -> str:
        """Where the interface begins; ends in a slash."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}{self.root}"

    def misbehave(self, way: Way, times: int | None = 1, at: str = "") -> None:
        """Let the next requests whose target has `at` in it be answered in that way; `None` times is for good."""
        self._ways.append((way, at, [times]))

    def behave(self) -> None:
        """Let every answer be the right one again."""
        self._ways.clear()

    def breach(self, request: Request, rule: str, found: object) -> None:
        """Record that a request is outside a rule."""
        self.breaches.append(Breach(rule, str(found), request.target))

    def targets(self, of: str = "") -> list[str]:
        """What was asked for, in order, as far as it has `of` in it."""
        return [request.target for request in self.requests if of in request.target]

    def respond(self, request: Request) -> Answer:
        """The answer to a request, with the record kept and the condition of the request held against it."""
        with self._lock:
            self.requests.append(request)
            is_beyond = self._is_beyond_rate(request)
            if not request.headers.get("user-agent"):
                self.breach(request, "user agent", "none")
            way = self._way(request)
        answer = self.too_many() if is_beyond and self.is_strict else self.answer(request)
        if way is not None:
            answer = way(request, answer)
        answer = _conditional(request, answer)
        self.unchanged += answer.status == 304
        return _packed(request, answer)

    def _is_beyond_rate(self, request: Request) -> bool:
        if self.rate is None:
            return False
        within = [earlier for earlier in self.requests if request.at - earlier.at < self.rate.window]
        if len(within) > self.rate.calls:
            self.breach(request, "rate", f"{len(within)} calls in {self.rate.window:g} s")
        return len(within) > self.rate.calls

    def _way(self, request: Request) -> Way | None:
        for way, at, left in self._ways:
            if at in request.target and left[0] != 0:
                left[0] = None if left[0] is None else left[0] - 1
                return way
        return None

    def __enter__(self) -> Self:
        self._server = _Server(self, self._ended)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._thread.join(timeout=10)
        self._server.server_close()
        if self.faults:
            raise self.faults[0]


def as_json(value: object, status: int = 200) -> Answer:
    """A value as JSON."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


def problem(status: int, title: str, detail: str = "") -> Answer:
    """A refusal as problem details (RFC 9457)."""
    told = {"type": "about:blank", "title": title, "status": status} | ({"detail": detail} if detail else {})
    return replace(as_json(told, status), media_type="application/problem+json")


def made_up(*of: object) -> int:
    """A number of 32 bits that follows from what it is of: the rule by which services make up their values."""
    return int.from_bytes(sha256("|".join(map(str, of)).encode()).digest()[:4])


def parts(path: str, root: str) -> list[str] | None:
    """The segments of a path below a root; none where it is elsewhere."""
    return path.removeprefix(root).strip("/").split("/") if path.startswith(root) else None


def read_json(body: bytes) -> Any:
    """JSON of a request, or none where it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None


def _conditional(request: Request, answer: Answer) -> Answer:
    """304 where what the reader has is still so."""
    if answer.status != 200 or answer.is_bare or request.method == "POST":
        return answer
    own = dict(answer.headers)
    tag = own.get("ETag", f'"{sha256(answer.body).hexdigest()[:24]}"')
    answer = replace(answer, headers=(*((key, value) for key, value in answer.headers if key != "ETag"), ("ETag", tag)))
    known = request.headers.get("if-none-match")
    if known is not None:
        is_same = known.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in known.split(",")}
    else:
        since, changed = request.headers.get("if-modified-since"), own.get("Last-Modified")
        is_same = bool(since and changed) and parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    return replace(answer, status=304, body=b"", is_bare=True) if is_same else answer


def _packed(request: Request, answer: Answer) -> Answer:
    """Packed with gzip where the reader takes it."""
    if answer.is_bare or not answer.body or "gzip" not in request.headers.get("accept-encoding", ""):
        return answer
    packing = ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")
    packed = gzip.compress(answer.body, mtime=0)
    sent = None if answer.sent is None else int(len(packed) * answer.sent / len(answer.body))
    return replace(answer, body=packed, sent=sent, headers=(*answer.headers, *packing))


class _Server(ThreadingHTTPServer):
    """Listens on the loopback address alone."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, service: Service, ended: threading.Event):
        self.service, self.ended = service, ended
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """A reader that went away is no fault."""


class _Handler(BaseHTTPRequestHandler):
    """Reads a request off the wire, and puts an answer on it."""

    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(time.monotonic(), self.command, self.path, headers, body)
        try:
            answer = self.server.service.respond(request)
        except Exception as fault:
            self.server.service.faults.append(fault)
            answer = Answer(500, repr(fault).encode(), "text/plain; charset=utf-8", is_bare=True)
        self._send(answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = _do  # noqa: N815 - so the library names them

    def _send(self, answer: Answer) -> None:
        if answer.status == 0:  # no word at all
            self.close_connection = True
            return
        self.send_response(answer.status)
        while answer.is_without_end and not self.server.ended.wait(answer.pause):
            self.send_header("X-More", "is to come")
            self.flush_headers()
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            for piece in _pieces(answer):
                self.wfile.write(piece)
                if answer.pause and self.server.ended.wait(answer.pause):
                    break
        if answer.sent is not None or answer.pause:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """The record is kept by the service."""


def _pieces(answer: Answer) -> Iterator[bytes]:
    body = answer.body if answer.sent is None else answer.body[: answer.sent]
    step = PIECE if answer.pause else max(len(body), 1)
    for start in range(0, len(body), step):
        yield body[start : start + step]
