"""Who goes away before the answer stops the work for it, whether it runs or waits; and a broken answer ends broken."""

import asyncio
import http.client
import json
import socket
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from endpoint import sending
from endpoint.app import create_app
from endpoint.layers.presence import ClientGone, WhilePresent
from endpoint.settings import Settings
from tests.hostile import NEVER_ENDS
from tests.serving import serving

SMALL = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def served(release, tmp_path_factory):
    """An endpoint with one worker and a patient deadline: its address, its readers' pool, and its log."""
    log = tmp_path_factory.mktemp("log") / "access.log"
    settings = Settings(workers=1, deadline=60.0, patience=60.0, memory_bytes=1000, access_log=str(log))
    app = create_app(release, settings)
    with serving(app, settings) as address:
        yield address, app.state.site.readers, log


def by_get(query: str) -> bytes:
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


def by_post(query: str) -> bytes:
    head = f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(query)}"
    return f"{head}\r\n\r\n{query}".encode()


def by_page(query: str) -> bytes:
    return f"GET /sv/query?query={quote(query)} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


@contextmanager
def asking(address: tuple[str, int], request: bytes):
    with socket.create_connection(address) as connection:
        connection.sendall(request)
        yield connection


def until(condition) -> None:
    """Wait for something that must come about; it takes milliseconds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)


@pytest.mark.parametrize("request_of", [by_get, by_post, by_page])
def test_who_goes_away_while_a_query_runs_stops_it(served, request_of):
    address, pool, log = served
    until(lambda: pool.idle == 1)
    (before,), told = pool.process_ids, len(accounts(log))
    with asking(address, request_of(NEVER_ENDS)):
        until(lambda: pool.idle == 0)
        time.sleep(0.2)
        assert pool.process_ids == [before]
    until(lambda: pool.idle == 1 and pool.process_ids != [before])
    until(lambda: len(accounts(log)) > told)
    last = json.loads(accounts(log)[-1])
    assert (last["status"], last["stopped"], last["bytes"]) == (499, "gone", 0)


def accounts(log: Path) -> list[str]:
    """The whole lines of an access log."""
    return [line for line in log.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]


def test_who_goes_away_while_a_query_waits_leaves_the_queue(served):
    address, pool, _ = served
    until(lambda: pool.idle == 1)
    with asking(address, by_get(NEVER_ENDS)):
        until(lambda: pool.idle == 0)
        with asking(address, by_post(SMALL)):
            until(lambda: pool.waiting == 1)
        until(lambda: pool.waiting == 0)
    until(lambda: pool.idle == 1)
    assert ask(address, SMALL)[0] == 200


def ask(address: tuple[str, int], query: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*address, timeout=20)
    try:
        connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_an_answer_that_fails_after_its_first_byte_ends_in_a_broken_connection(served, monkeypatch, coding):
    address, _, _ = served
    whole = sending._pieces

    async def broken(file):
        async for piece in whole(file):
            yield piece[:500]
            raise OSError("the disk is gone")

    query = quote("SELECT * { ?s ?p ?o } LIMIT 1000")
    connection = http.client.HTTPConnection(*address, timeout=20)
    monkeypatch.setattr(sending, "_pieces", broken)
    connection.request("GET", f"/sparql?query={query}", headers={"Accept-Encoding": coding})
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        answer.read()
    connection.close()


def test_a_block_is_left_in_no_other_way_where_the_client_stays():
    async def run():
        messages = asyncio.Queue()
        async with WhilePresent(messages.get, after=0.0):
            await asyncio.sleep(0.05)
        messages.put_nowait({"type": "http.disconnect"})
        with pytest.raises(ClientGone):
            async with WhilePresent(messages.get, after=0.0):
                await asyncio.sleep(5)
        with pytest.raises(ValueError, match="its own"):
            async with WhilePresent(messages.get, after=0.0):
                raise ValueError("its own")
        assert asyncio.current_task().cancelling() == 0

    asyncio.run(run())


def test_a_cancellation_in_the_moment_in_which_the_block_ends_stays_one():
    async def run():
        async def receive():
            try:
                await asyncio.sleep(5)
            finally:
                task.cancel()  # the server ends, as the block stops listening

        async def waiting():
            async with WhilePresent(receive, after=0.0):
                await asyncio.sleep(0.05)

        task = asyncio.create_task(waiting())
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert not isinstance(caught.value, ClientGone)

    asyncio.run(run())


def test_a_cancellation_from_outside_stays_one():
    async def waiting():
        async with WhilePresent(asyncio.Queue().get, after=0.0):
            await asyncio.sleep(5)

    async def run():
        task = asyncio.create_task(waiting())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert not isinstance(caught.value, ClientGone)

    asyncio.run(run())
