"""A server under siege: many clients at once, slow ones, endless queries; others are served and nothing is left."""

import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest

from tests.faults.test_hostile import computed
from tests.hostile import queries
from tests.processes import children
from tests.serving import free_port
from tests.test_presence import until

DEADLINE = 2.0
WORKERS = 4  # at least: two front processes, and two workers of each for pages
HOSTILE = [queries()[name] for name in ("a count of a product", "a sorted product", "a concatenation", "closure")]


class Server:
    """The process of a server, and what can be asked of it."""

    def __init__(self, data: Path) -> None:
        self.address = ("127.0.0.1", free_port())
        settings = (
            "--deadline",
            str(DEADLINE),
            "--set",
            "patience",
            "2",
            "--set",
            "arrival",
            "3",
            "--set",
            "fronts",
            "2",
        )
        command = [Path(sys.executable).with_name("miljograf"), "serve", "--data", data, "--port", str(self.address[1])]
        self.process = subprocess.Popen([*command, *settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self.ask("ASK {}") == 200)
        until(lambda: self.is_warm)

    def ask(self, query: str, connection: http.client.HTTPConnection | None = None) -> int:
        """The status of the answer to a query; 0 where there is none."""
        asking = connection or http.client.HTTPConnection(*self.address, timeout=30)
        try:
            asking.request("GET", f"/sparql?query={quote(query)}")
            answer = asking.getresponse()
            body = answer.read()
            assert answer.status < 400 or json.loads(body)["setting"]
        except OSError:
            return 0
        finally:
            if connection is None:
                asking.close()
        return answer.status

    def small(self, number: int) -> int:
        """The status of the answer to a small query that nobody asked before."""
        return self.ask(f"ASK {{ <http://localhost:8000/id/objective/8> ?p {number} }}")

    @property
    def is_warm(self) -> bool:
        """Whether the service has ended what it does by itself after the start."""
        with closing(http.client.HTTPConnection(*self.address, timeout=30)) as asking:
            asking.request("GET", "/metrics")
            return b'miljograf_warmups_total{outcome="ready"} 1.0' in asking.getresponse().read()

    @property
    def workers(self) -> list[int]:
        """The processes that answer: each front process has launchers, which start them."""
        launchers = [launcher for front in children(self.process.pid) for launcher in children(front)]
        return [worker for launcher in launchers for worker in children(launcher)]

    @property
    def megabytes(self) -> float:
        """The memory of the front processes."""
        return sum(map(resident, children(self.process.pid)))

    def assert_at_rest(self) -> None:
        """A second after the last deadline no worker computes any more that has been given a query.

        Those that start in place of others may: how long that takes them is up to the machine and what else it does.
        """
        time.sleep(1.0)
        before = computed(self.workers)
        assert len(before) >= WORKERS
        time.sleep(1.0)
        after = computed(self.workers)
        computing = [process for process in after if process in before and after[process] != before[process]]
        assert [process for process in computing if was_asked(process)] == []
        assert self.small(time.monotonic_ns()) == 200


@pytest.fixture(scope="module")
def server(release):
    server = Server(release.path.parent.parent)
    yield server
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0


def test_two_hundred_small_queries_at_once_are_all_answered(server):
    with ThreadPoolExecutor(200) as clients:
        statuses = Counter(clients.map(server.small, range(200)))
    assert set(statuses) <= {200, 429, 503}
    assert statuses[200] >= 100
    server.assert_at_rest()


def test_two_hundred_hostile_queries_at_once_are_told_why_not(server):
    with ThreadPoolExecutor(200) as clients:
        statuses = Counter(clients.map(server.ask, HOSTILE * 50))
    assert set(statuses) <= {200, 429, 503, 504}
    server.assert_at_rest()


def test_others_are_served_while_four_clients_ask_without_an_end(server):
    is_over = Event()

    def ask_on(query: str) -> None:
        while not is_over.is_set():
            assert server.ask(query) in {200, 503}

    with ThreadPoolExecutor(4) as clients:
        hostile = [clients.submit(ask_on, query) for query in HOSTILE]
        begun, statuses, slowest = time.monotonic(), Counter(), 0.0
        while time.monotonic() < begun + 3 * DEADLINE:
            asked = time.monotonic()
            statuses[server.small(time.monotonic_ns())] += 1
            slowest = max(slowest, time.monotonic() - asked)
            time.sleep(0.01)
        is_over.set()
        for one in hostile:
            one.result()
    assert set(statuses) == {200}
    assert slowest < DEADLINE  # none waited for a hostile one to end
    server.assert_at_rest()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_eighty_clients_that_send_a_byte_a_second_hold_nothing_up(server, method):
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
    begun = {"GET": b"GET /sparql?query=ASK%20%7B", "POST": head}
    slow = [socket.create_connection(server.address, timeout=20) for _ in range(80)]
    for connection in slow:
        connection.sendall(begun[method])
    started = time.monotonic()
    still = set(slow)
    while still and time.monotonic() < started + 10:
        for connection in list(still):
            try:
                connection.sendall(b"A")
            except OSError:
                still.remove(connection)
        assert server.small(time.monotonic_ns()) == 200
        time.sleep(1.0)
    for connection in slow:
        connection.close()
    assert not still
    server.assert_at_rest()


def test_clients_that_never_read_their_answers_take_no_memory_and_hold_nobody_up(server):
    long = quote("SELECT * { ?s ?p ?o } LIMIT 50000")
    before = server.megabytes
    deaf = [socket.create_connection(server.address, timeout=20) for _ in range(40)]
    for connection in deaf:
        connection.sendall(f"GET /sparql?query={long} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    time.sleep(DEADLINE)
    until(lambda: server.small(time.monotonic_ns()) == 200)
    assert server.megabytes - before < 64
    for connection in deaf:
        connection.close()
    server.assert_at_rest()


def was_asked(process: int) -> bool:
    """Whether a worker has been given a query: from the first on, the kernel limits the time that it may compute."""
    try:
        return resource.prlimit(process, resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY
    except ProcessLookupError:  # it has ended
        return False


def resident(process_id: int) -> float:
    """The memory of a process in megabytes."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
