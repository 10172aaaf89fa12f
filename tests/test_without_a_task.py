"""Over a connection, a lookup is answered before the server makes a task for it, as with one; all else has one."""

import asyncio
import json
import socket
import threading
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
from uvicorn.server import ServerState

from endpoint.app import create_app
from endpoint.server import configure
from endpoint.settings import Settings
from endpoint.workers.lookups import Lookups
from tests.serving import serving
from tests.test_arrival import app
from tests.test_at_once import SAID
from tests.test_lookups import ASKED, LOOKUPS, THING, written

JSON = "application/sparql-results+json"
MOST_KEPT_BY_THE_KERNEL = 4 * 1024 * 1024
"""Bytes that were sent and that nobody has read, where nothing else is set (`tcp_wmem`)."""

TWO_PATTERNS = "SELECT * { ?s ?p ?o . ?s ?q 'no such word' }"


def settings_of(release, **more):
    return Settings(release.path.parent.parent, **({"workers": 1, "cache_bytes": 0} | more))


@pytest.fixture(scope="module")
def address(release):
    settings = settings_of(release)
    with serving(create_app(release, settings), settings) as address:
        yield address


@pytest.fixture
def hasty(release):
    """A connection with a server that waits a second for a request."""
    settings = settings_of(release, arrival=1.0)
    with serving(create_app(release, settings), settings) as address, closing(Connection(address)) as connection:
        yield connection


@pytest.fixture(scope="module")
def beside(release):
    """A client of the same without a server."""
    with TestClient(create_app(release, settings_of(release)), base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def tasks(monkeypatch):
    """The requests that the server makes a task for."""
    made, make = [], RequestResponseCycle.__init__

    def counted(self, scope, *others, **named):
        made.append(scope["method"])
        make(self, scope, *others, **named)

    monkeypatch.setattr(RequestResponseCycle, "__init__", counted)
    return made


def place_of(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


ASK = place_of(f"ASK {{ <{THING}> ?p ?o }}")
ROWS = place_of(f"SELECT ?p ?o {{ <{THING}> ?p ?o }}")


def request(place: str, *lines: str, method: str = "GET", version: str = "1.1") -> bytes:
    return "\r\n".join([f"{method} {place} HTTP/{version}", "Host: a", *lines, "", ""]).encode()


def pairs(said):
    """Headers as they are sent; a real client says nothing that is not said here."""
    return list(said.items()) if isinstance(said, dict) else said


def headers_but_the_date(headers):
    return sorted((name.lower(), value) for name, value in headers if name.lower() != "date")


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
@pytest.mark.parametrize("query", [*LOOKUPS.values(), *ASKED.values()], ids=[*LOOKUPS, *ASKED])
def test_it_is_the_same_answer(address, beside, tasks, query, said):
    place = place_of(written(query))
    with closing(HTTPConnection(*address, timeout=20)) as connection:
        connection.putrequest("GET", place, skip_accept_encoding=True)
        for pair in pairs(said):
            connection.putheader(*pair)
        connection.endheaders()
        answer = connection.getresponse()
        here = answer.status, headers_but_the_date(answer.getheaders()), answer.read()
    assert tasks == []
    defaults = {"accept": None, "accept-encoding": None, "user-agent": None}
    beside.headers.clear()
    assert defaults.keys().isdisjoint(beside.headers)
    with beside.stream("GET", place, headers=said) as found:
        there = found.status_code, headers_but_the_date(found.headers.multi_items()), b"".join(found.iter_raw())
    assert here == there


class Connection:
    """A connection with a server, and the answers that come on it, one after the other."""

    def __init__(self, address: tuple[str, int], room: int = 0) -> None:
        """Connect; the kernel keeps `room` bytes of what is not read, or as many as it likes."""
        self._socket = socket.socket()
        if room:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self._socket.settimeout(20)
        self._socket.connect(address)
        self._file = self._socket.makefile("rb")
        self.send = self._socket.sendall

    def close(self) -> None:
        """End it."""
        self._file.close()
        self._socket.close()

    def next(self) -> tuple[int, dict[str, str], bytes]:
        """The status, headers and body of the next."""
        status = int(self._file.readline().split()[1])
        headers = {}
        while line := self._file.readline().strip():
            name, _, value = line.decode().partition(": ")
            headers[name.lower()] = value
        return status, headers, self._file.read(int(headers["content-length"]))

    def is_over(self) -> bool:
        """True where the server has closed the connection; waits for it."""
        return self._file.read(1) == b""


@pytest.fixture
def connection(address):
    with closing(Connection(address)) as connection:
        yield connection


@pytest.mark.parametrize(
    "lines",
    [(), ("Connection: keep-alive",), ("Connection: Upgrade, keep-alive", "Upgrade: h2c")],
    ids=["nothing", "to be kept", "another protocol"],
)
def test_a_connection_goes_on(connection, tasks, lines):
    for _ in range(3):
        connection.send(request(ASK, *lines))
        assert connection.next()[0] == 200
    assert tasks == ([] if len(lines) < 2 else ["GET"] * 3)


def test_requests_may_come_in_any_pieces_and_one_after_the_other(connection, tasks):
    asked = request(ROWS, f"Accept: {JSON}")
    connection.send(asked)
    first = connection.next()
    for at in range(1, len(asked), 29):
        connection.send(asked[:at])
        time.sleep(0.002)
        connection.send(asked[at:])
        found = connection.next()
        assert (found[0], found[2]) == (200, first[2])
    assert tasks == []


OTHERS = {
    "that is the last": (request(ASK, "Connection: close"), 200, True),
    "of HTTP/1.0": (request(ASK, version="1.0"), 200, True),
    "of HTTP/1.0 that is to go on": (request(ASK, "Connection: keep-alive", version="1.0"), 200, True),
    "with a body": (request(ASK, "Content-Length: 3") + b"abc", 200, False),
    "with a body in pieces": (request(ASK, "Transfer-Encoding: chunked") + b"3\r\nabc\r\n0\r\n\r\n", 200, False),
    "percent-encoded": (request(ASK.replace("sparql", "sp%61rql")), 200, False),
    "of a whole address": (request(f"http://a{ASK}"), 200, False),
    "with a fragment": (request(f"{ASK}#there"), 200, False),
    "of another kind": (request(place_of(TWO_PATTERNS), "Accept: text/csv"), 200, False),
    "that is wrong": (request("/sparql?query=ASK"), 400, False),
    "of nothing": (request("/sparql", "Accept: text/turtle"), 200, False),
}


@pytest.mark.parametrize(("asked", "status", "is_last"), OTHERS.values(), ids=OTHERS)
def test_all_other_requests_have_a_task_also_after_one_without(connection, tasks, asked, status, is_last):
    connection.send(request(ASK))
    assert connection.next()[0] == 200
    connection.send(asked)
    assert connection.next()[0] == status
    assert tasks == ["GET"]
    if is_last:
        assert connection.is_over()
    else:
        connection.send(request(ASK))
        assert connection.next()[0] == 200
        assert tasks == ["GET"]


def test_whoever_asks_much_at_once_is_answered_in_order(connection, tasks):
    wanted = [ROWS, ASK, place_of(TWO_PATTERNS), "/sparql?query=ASK", ROWS, ASK]
    connection.send(b"".join(request(place, f"Accept: {JSON}") for place in wanted))
    found = [connection.next() for _ in wanted]
    assert [status for status, _, _ in found] == [200, 200, 200, 400, 200, 200]
    assert [json.loads(body).get("boolean") for _, _, body in found] == [None, True, None, None, None, True]
    assert found[0][2] == found[4][2]
    assert len(tasks) == len(wanted) - 1  # who sends many in a piece does not keep all others waiting


def test_who_reads_nothing_is_answered_when_they_do(address, monkeypatch):
    """Answers wait in the kernel and in the server, up to what that keeps; what else is asked is not looked up yet."""
    looked_up, look_up = [], Lookups.answer
    monkeypatch.setattr(Lookups, "answer", lambda self, task: looked_up.append(task.query) or look_up(self, task))
    asked, number = request(ROWS, f"Accept: {JSON}"), 6000
    with closing(Connection(address, room=65_536)) as connection:
        sending = threading.Thread(target=connection.send, args=[asked * number])
        sending.start()
        seen = -1
        while len(looked_up) > seen:
            seen = len(looked_up)
            time.sleep(0.5)
        assert 0 < seen < number
        answers = [connection.next()[2] for _ in range(number)]
        sending.join()
    assert len(set(answers)) == 1
    assert sum(map(len, answers)) > 2 * MOST_KEPT_BY_THE_KERNEL
    assert len(looked_up) == number


def test_a_request_that_begins_in_the_same_piece_has_its_time(hasty):
    hasty.send(request(ASK) + request("/sparql", "Content-Length: 9", method="POST") + b"ASK")
    assert hasty.next()[0] == 200
    assert hasty.next()[0] == 408
    assert hasty.is_over()


def test_who_was_answered_has_more_than_that_for_the_next_request(hasty):
    hasty.send(request(ASK))
    assert hasty.next()[0] == 200
    time.sleep(1.2)
    hasty.send(request(ASK))
    assert hasty.next()[0] == 200


class Deaf(asyncio.Transport):
    """A connection whose other end takes nothing."""

    def write(self, data):
        pass

    def is_closing(self):
        return False

    def pause_reading(self):
        pass

    resume_reading = close = pause_reading


def test_what_is_not_taken_is_not_answered_at_once(tasks):
    asked = []
    config = configure(app, Settings(), at_once=asked.append)
    config.load()

    async def ask() -> None:
        protocol = config.http_protocol_class(config=config, server_state=ServerState(), app_state={})
        protocol.connection_made(Deaf())
        protocol.data_received(request(ASK, "Content-Length: 0"))
        assert (len(asked), len(tasks)) == (0, 1)
        await asyncio.sleep(0.05)
        assert protocol.cycle.response_complete
        protocol.data_received(request(ASK))
        assert (len(asked), len(tasks)) == (1, 2)
        await asyncio.sleep(0.05)
        protocol.pause_writing()
        protocol.data_received(request(ASK))
        found = len(asked), len(tasks)
        protocol.resume_writing()  # first: a task of the server that waits to write cannot be ended
        assert found == (1, 3)
        await asyncio.sleep(0.05)
        protocol.connection_lost(None)

    asyncio.run(ask())


def test_one_whose_head_begins_so_has_it_from_its_next_piece(hasty):
    hasty.send(request(ASK) + b"GET /spa")
    assert hasty.next()[0] == 200
    hasty.send(b"rql?")
    assert hasty.next()[0] == 408
    assert hasty.is_over()


def test_a_connection_on_which_nothing_more_is_asked_is_closed_and_no_answer_is_cut(release):
    settings = settings_of(release, idle=1.0, deadline=2.5)
    with ExitStack() as held:
        address = held.enter_context(serving(create_app(release, settings), settings))
        connection = held.enter_context(closing(Connection(address)))
        slow = place_of("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        connection.send(request(ASK) + request(slow, "Accept: application/json"))
        assert connection.next()[0] == 200
        told = json.loads(connection.next()[2])
        assert told["setting"] == "deadline"
        assert told["elapsed"] > 2
        connection.send(request(ASK))
        assert connection.next()[0] == 200
        begun = time.monotonic()
        assert connection.is_over()
        assert time.monotonic() - begun > 0.5


def test_who_is_one_too_many_is_told_so(release):
    settings = settings_of(release, connections=1)
    with ExitStack() as held:
        address = held.enter_context(serving(create_app(release, settings), settings))
        _, second = (held.enter_context(closing(Connection(address))) for _ in range(2))
        second.send(request(ASK))
        assert second.next()[0] == 503
