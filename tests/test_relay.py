"""Queries to services of others: those that are listed are asked, at addresses of the internet, and nothing else is."""

import asyncio
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from starlette.testclient import TestClient

from endpoint import internet
from endpoint.app import create_app
from endpoint.internet import is_service
from endpoint.settings import BadSetting, Settings, read_settings
from endpoint.workers.launching import Launcher
from endpoint.workers.messages import Task
from endpoint.workers.pool import Pool, QueryFailed
from endpoint.workers.relay import Relay
from endpoint.workers.walls import can_have_a_network_of_its_own
from loaders.internet import is_public
from tests.conftest import BASE
from tests.test_presence import until

needs_a_network = pytest.mark.skipif(
    not can_have_a_network_of_its_own(), reason="this kernel gives a process no network of its own"
)
ROW = {"name": {"type": "literal", "value": "from elsewhere"}}
RESULTS = json.dumps({"head": {"vars": ["name"]}, "results": {"bindings": [ROW]}}).encode()


class Service(BaseHTTPRequestHandler):
    """A SPARQL service that answers all alike, as its path says, and remembers what it was sent."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), body.decode()))
        if self.path == "/waits":
            self.server.is_left.wait(20)
            return
        status = {"/fails": 500, "/leads": 302}.get(self.path, 200)
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Location", "http://127.0.0.1/")
        self.send_header("Content-Length", str(len(RESULTS) + (9 if self.path == "/breaks" else 0)))
        self.end_headers()
        self.wfile.write(RESULTS)
        self.close_connection = True

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture(scope="module")
def service():
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        server.received, server.is_left = [], threading.Event()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.is_left.set()
        server.shutdown()
    thread.join(timeout=20)


@contextmanager
def federated(release, service):
    """A client of an endpoint that may ask the service under the name `service.example.org`."""
    there = f"http://service.example.org:{service.server_address[1]}"
    listed = tuple(f"{there}/{path}" for path in ("sparql?a=b", "fails", "leads", "breaks", "waits"))
    settings = Settings(workers=1, page_workers=1, federated_deadline=1.0, allowed_services=listed)
    with TestClient(create_app(release, settings), base_url="http://localhost:8000") as client:
        service.received.clear()
        yield client, there


@pytest.fixture
def name_leads_to(monkeypatch):
    """A function that has every name lead to addresses; those are taken for public if so said."""

    def leads_to(*found: str, as_public: bool = False) -> None:
        async def look_up(host: str, port: int):
            return [(one, port) for one in found]

        monkeypatch.setattr(internet, "look_up", look_up)
        if as_public:
            monkeypatch.setattr("loaders.internet.is_public", lambda _: True)

    return leads_to


def ask(client, query):
    return client.get("/sparql", params={"query": query}, headers={"Accept-Language": "en"})


@needs_a_network
def test_a_listed_service_is_asked_and_its_answer_joined(release, service, name_leads_to):
    name_leads_to("127.0.0.1", as_public=True)
    with federated(release, service) as (client, there):
        query = f"SELECT * {{ VALUES ?here {{ 1 2 }} SERVICE <{there}/sparql?a=b> {{ ?s <http://a/> ?name }} }}"
        answer = ask(client, query)
        rows = answer.json()["results"]["bindings"]
        assert {(row["here"]["value"], row["name"]["value"]) for row in rows} == {
            ("1", "from elsewhere"),
            ("2", "from elsewhere"),
        }
        assert answer.headers["cache-control"] == "no-store"
        ((path, headers, sent),) = service.received
        assert path == "/sparql?a=b"
        assert "<http://a/> ?name" in sent
        assert {name.lower() for name in headers} == {
            *("host", "user-agent", "content-length", "connection", "accept", "content-type")
        }
        assert "BasicFederatedQuery" in client.get("/sparql", headers={"Accept": "text/turtle"}).text


@needs_a_network
@pytest.mark.parametrize(
    ("path", "said"),
    [("fails", "answered with status 500"), ("leads", "answered with status 302"), ("breaks", ""), ("waits", "")],
)
def test_a_service_that_does_not_answer_is_told_and_silence_does_without_it(
    release, service, name_leads_to, path, said
):
    name_leads_to("127.0.0.1", as_public=True)
    with federated(release, service) as (client, there):
        answer = ask(client, f"SELECT * {{ SERVICE <{there}/{path}> {{ ?s ?p ?name }} }}")
        assert answer.status_code in {502, 503}
        assert answer.json()["type"] in {f"{BASE.iri}problems#query-service", f"{BASE.iri}problems#query-deadline"}
        assert said in answer.json()["detail"]
        assert "127.0.0.1" not in answer.json()["detail"]
        if said:
            silent = ask(client, f"SELECT * {{ SERVICE SILENT <{there}/{path}> {{ ?s ?p ?name }} }}")
            assert silent.json()["results"]["bindings"] == [{}]
        assert ask(client, "ASK {}").status_code == 200


@needs_a_network
@pytest.mark.parametrize("found", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:127.0.0.1"])
def test_a_listed_service_at_an_inner_address_is_not_asked(release, service, name_leads_to, found):
    name_leads_to("93.184.216.34", found)
    with federated(release, service) as (client, there):
        answer = ask(client, f"SELECT * {{ SERVICE <{there}/fails> {{ ?s ?p ?name }} }}")
        assert (answer.status_code, answer.json()["type"]) == (502, f"{BASE.iri}problems#query-service")
        assert "no address of the internet" in answer.json()["detail"]
        assert service.received == []


@needs_a_network
def test_a_service_that_is_not_listed_is_refused_with_the_list(release, service):
    with federated(release, service) as (client, there):
        answer = ask(client, f"SELECT * {{ SERVICE <{there}/> {{ ?s ?p ?o }} }}")
        assert (answer.status_code, answer.json()["type"]) == (403, f"{BASE.iri}problems#query-federation-not-listed")
        assert f"{there}/fails" in answer.json()["detail"]


@needs_a_network
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{}/sparql", "http://127.0.0.1:8000/1", "http://127.0.0.1:8000/x"]
)
def test_with_the_guard_off_a_worker_reaches_nothing_but_the_relay_and_what_is_listed(release, service, address):
    service.received.clear()
    query = f"SELECT * {{ SERVICE <{address.format(service.server_address[1])}> {{ ?s ?p ?o }} }}"

    async def run() -> str:
        pool = Pool(Launcher(release.store), 1, 5.0, relay=Relay(("http://service.example.org/",), 5.0, 1000))
        await pool.open()
        try:
            assert pool.is_isolated
            with pytest.raises(QueryFailed) as caught:
                await pool.ask(Task(query, results="json", is_relayed=True))
            return caught.value.reason
        finally:
            await pool.close()

    assert asyncio.run(run()) == "service"
    assert service.received == []


@pytest.mark.parametrize(
    ("address", "is_of_the_internet"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("2002:7f00:1::", False),  # 127.0.0.1 by 6to4
        ("2002:a00:1::1", False),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),  # 10.0.0.1 by Teredo
    ],
)
def test_an_address_is_of_the_internet_or_not(address, is_of_the_internet):
    assert is_public(ip_address(address)) is is_of_the_internet


@pytest.mark.parametrize(
    "address",
    [
        *(
            "ftp://a/",
            "a.example.org",
            "http://",
            "http:///x",
            "http://u@a/",
            "http://u:p@a/",
            "http://a/#x",
            "http://a b/",
        ),
        *("http://a:99999/", "http://a:x/", "http://a/>", "http://a/\n", "http://å/", "", "file:///etc/passwd"),
    ],
)
def test_what_cannot_be_the_address_of_a_service_is_no_setting(address):
    assert not is_service(address)
    with pytest.raises(BadSetting, match="no address of a service"):
        read_settings({"allowed_services": (address,)})


@needs_a_network
def test_a_client_that_goes_away_has_the_service_left(release, service, name_leads_to):
    name_leads_to("127.0.0.1", as_public=True)

    async def run(there: str) -> None:
        pool = Pool(Launcher(release.store), 1, 30.0, relay=Relay((f"{there}/waits",), 30.0, 1000))
        await pool.open()
        asking = asyncio.create_task(
            pool.ask(
                Task("SELECT * { SERVICE <http://127.0.0.1:8000/0> { ?s ?p ?o } }", results="json", is_relayed=True)
            )
        )
        await asyncio.to_thread(until, lambda: service.received)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await pool.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), 10)

    service.received.clear()
    asyncio.run(run(f"http://service.example.org:{service.server_address[1]}"))
