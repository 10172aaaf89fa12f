"""A new release takes the place of the old one while requests come; one that cannot be served changes nothing."""

import asyncio
import errno
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.datastructures import State

from endpoint.app import create_app
from endpoint.reload import Following, Served
from endpoint.settings import Settings
from endpoint.site import Site
from loaders.release import Release, Releases
from tests.processes import is_running
from tests.releases import put, spoil
from tests.serving import free_port, serving
from tests.test_presence import until

FIRST, SECOND, THIRD = "2001-01-01-000000000001", "2002-02-02-000000000002", "2003-03-03-000000000003"
A_WHILE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a <http://localhost:8000/spec/County> VALUES ?e { 1 2 3 4 5 6 } }"


@pytest.fixture
def releases(release, tmp_path) -> Releases:
    """A data folder with two releases, of which the first is current."""
    releases = Releases(tmp_path / "data")
    for release_id in (FIRST, SECOND):
        put(release, releases.data, release_id)
    releases.point_to(FIRST)
    return releases


def get(address, path: str) -> tuple[int, dict]:
    connection = http.client.HTTPConnection(*address, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def served(address) -> str:
    return get(address, "/health")[1]["release"]


def test_a_new_release_is_served_without_a_request_that_fails(releases):
    app = create_app(releases.current(), Settings(workers=2, watch=0.05, per_network=2))
    is_over, statuses = threading.Event(), []

    def ask_on(address, number: int) -> None:
        while not is_over.is_set():
            statuses.append(get(address, f"/sparql?query={quote(f'ASK {{ ?s ?p {number}{len(statuses)} }}')}")[0])

    with serving(app) as address, ThreadPoolExecutor(3) as clients:
        before = app.state.site.readers.process_ids
        asking = clients.submit(ask_on, address, 1)
        slow = clients.submit(get, address, f"/sparql?query={quote(A_WHILE)}")
        until(lambda: len(statuses) > 5)
        releases.point_to(SECOND)
        until(lambda: served(address) == SECOND)
        count = len(statuses)
        until(lambda: len(statuses) > count + 5)
        is_over.set()
        asking.result()
        assert set(statuses) == {200}
        assert slow.result()[0] == 200
        until(lambda: not any(map(is_running, before)))


class Closing:
    """A dataset that takes a while to close."""

    requests = 0
    is_closed = False
    damage = None

    def __init__(self, id_: str = "") -> None:
        self.id = id_
        self.is_closing = asyncio.Event()

    async def open(self, _: Path) -> None:
        """Nothing."""

    async def close(self) -> None:
        self.is_closing.set()
        await asyncio.sleep(0.2)
        self.is_closed = True


def test_what_is_closing_when_the_server_ends_is_closed_to_the_end(tmp_path):
    old, new = Closing(), Closing()

    async def run() -> None:
        served = Served(State({"site": old}), tmp_path, drain=60.0)
        await served.replace(new)
        await old.is_closing.wait()
        await served.end()

    asyncio.run(run())
    assert old.is_closed
    assert new.is_closed


def test_a_release_that_cannot_be_served_changes_nothing(releases, caplog):
    app = create_app(releases.current(), Settings(workers=1, watch=0.05))
    (releases.folder / SECOND / "store" / "CURRENT").unlink()
    with serving(app) as address:
        releases.point_to(SECOND)
        until(lambda: "store/CURRENT is missing" in caplog.text)
        assert served(address) == FIRST
        releases.pointer.write_text("nonsense")
        until(lambda: "names no release" in caplog.text)
        assert get(address, f"/sparql?query={quote('ASK {}')}")[0] == 200


def test_a_release_that_is_not_as_ours_are_keeps_no_later_one_from_being_served(release, releases, caplog):
    strange = releases.folder / SECOND / "release.json"
    record = {name: value for name, value in json.loads(strange.read_bytes()).items() if name != "sources"}
    strange.write_text(json.dumps(record), encoding="utf-8")
    app = create_app(releases.current(), Settings(workers=1, watch=0.05))
    with serving(app) as address:
        releases.point_to(SECOND)
        until(lambda: f"release {SECOND} cannot be served in place of {FIRST}: KeyError('sources')" in caplog.text)
        assert served(address) == FIRST
        put(release, releases.data, THIRD)
        releases.point_to(THIRD)
        until(lambda: served(address) == THIRD)


def test_a_signal_has_a_release_tried_again_that_could_not_be_served(releases, tmp_path, caplog):
    tried = []

    def make(release: Release) -> Closing:
        tried.append(release.id)
        if len(tried) == 1:
            raise OSError("the disk is away")
        return Closing(release.id)

    async def run() -> str:
        served = Served(State({"site": Closing(FIRST)}), tmp_path, drain=0.0)
        following = asyncio.create_task(Following(releases, make, 3600.0).follow(served))
        releases.point_to(SECOND)
        await asyncio.sleep(0)  # so that it hears signals
        for is_over in (lambda: "the disk is away" in caplog.text, lambda: served.site.id == SECOND):
            os.kill(os.getpid(), signal.SIGHUP)
            async with asyncio.timeout(30):
                while not is_over():
                    await asyncio.sleep(0.01)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await served.end()
        return served.site.id

    assert asyncio.run(run()) == SECOND
    assert tried == [SECOND, SECOND]


def test_ready_tells_of_a_release_that_cannot_be_read(releases, monkeypatch):
    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("loaders.disk.checksum", fail)
    with serving(create_app(releases.current(), Settings(workers=1, watch=60))) as address:
        until(lambda: "Input/output error" in get(address, "/ready")[1]["checks"]["files"])
        assert get(address, "/ready")[0] == 503


def test_a_release_that_takes_the_place_of_another_is_ready_while_its_store_is_checked(releases, monkeypatch):
    app = create_app(releases.current(), Settings(workers=1, watch=0.05))
    checked, may_go_on = [], threading.Event()

    def find_damage(site, _pause):
        if site.id == SECOND:
            checked.append(site.id)
            may_go_on.wait(30)

    monkeypatch.setattr(Site, "find_damage", find_damage)
    with serving(app) as address:
        until(lambda: get(address, "/ready")[0] == 200)
        releases.point_to(SECOND)
        until(lambda: served(address) == SECOND)
        until(lambda: checked)
        assert get(address, "/ready")[0] == 200
        may_go_on.set()


def test_ready_tells_of_a_damaged_store(releases):
    app = create_app(releases.current(), Settings(workers=1, watch=60))
    table = max((releases.folder / SECOND / "store").glob("*.sst"), key=lambda file: file.stat().st_size)
    spoil(table)
    with serving(app) as address:
        until(lambda: get(address, "/ready")[0] == 200)
        assert get(address, "/ready")[1]["checks"] == {"files": "ok", "store": "ok", "pages": "ok", "readers": "ok"}
    releases.point_to(SECOND)
    with serving(create_app(releases.current(), Settings(workers=1, watch=60))) as address:
        until(lambda: "other bytes than when it was sealed" in get(address, "/ready")[1]["checks"]["files"])
        status, body = get(address, "/ready")
        assert (status, body["status"]) == (503, "not ready")
        assert f"store/{table.name}" in body["checks"]["files"]
        assert get(address, "/health")[0] == 200


def test_a_signal_has_the_new_release_served_and_another_lets_running_queries_end(releases):
    address = ("127.0.0.1", free_port())
    command = [Path(sys.executable).with_name("miljograf"), "serve", "--data", releases.data, "--port", str(address[1])]
    patient = ("--set", "watch", "3600", "--set", "drain", "60", "--deadline", "60")
    process = subprocess.Popen([*command, "--workers", "1", *patient], stdout=subprocess.DEVNULL)
    try:
        until(lambda: is_listening(address))
        assert served(address) == FIRST
        releases.point_to(SECOND)
        os.kill(process.pid, signal.SIGHUP)
        until(lambda: served(address) == SECOND)
        with ThreadPoolExecutor(1) as client:
            slow = client.submit(get, address, f"/sparql?query={quote(A_WHILE)}")
            until(lambda: free_readers(address) == 0)
            process.send_signal(signal.SIGTERM)
            until(lambda: not is_listening(address))
            assert not slow.done()
            assert slow.result()[0] == 200
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()


def free_readers(address) -> float:
    """How many queries of readers could begin at once."""
    with closing(http.client.HTTPConnection(*address, timeout=30)) as connection:
        connection.request("GET", "/metrics")
        figures = text_string_to_metric_families(connection.getresponse().read().decode())
    places = next(figure for figure in figures if figure.name == "miljograf_places_free")
    return next(place.value for place in places.samples if place.labels["pool"] == "readers")


def is_listening(address) -> bool:
    try:
        get(address, "/health")
    except OSError:
        return False
    return True
