"""No query knocks the endpoint over: each is answered or told why not, others are served, and nothing runs on."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from tests.conftest import BASE
from tests.hostile import NEVER_ENDS, queries
from tests.test_presence import until

QUERIES = queries()
DIRECT = {"Content-Type": "application/sparql-query"}
SECONDS = 0.2
_ENDING = 0x4  # among the flags of a process that Linux tells


@pytest.fixture(scope="module")
def attacked(release):
    """A client of an endpoint that has little time and memory."""
    narrow = Settings(workers=2, deadline=SECONDS, megabytes=400, max_answer_rows=1000)
    with TestClient(create_app(release, narrow), base_url="http://localhost:8000") as client:
        yield client


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_hostile_query_is_answered_or_told_why_not(attacked, query):
    answer = attacked.post("/sparql", content=query.encode(), headers=DIRECT)
    assert answer.status_code in {200, 400, 503}
    if answer.status_code != 200:
        problem = answer.json()
        assert problem["type"] != f"{BASE.iri}problems#query-crashed"
        assert problem["detail"]
        assert answer.status_code == 400 or problem["setting"] in {"deadline", "megabytes", "max_answer_rows"}
    assert attacked.get("/sparql", params={"query": f"ASK {{ ?s ?p {time.time()} }}"}).status_code == 200


def test_nothing_computes_on_after_hostile_queries(attacked):
    readers = attacked.app.state.site.readers
    for query in ("a sorted product", "a count of a product", "closure"):
        assert attacked.post("/sparql", content=QUERIES[query], headers=DIRECT).status_code == 503
    until(lambda: readers.idle == readers.size)
    before = computed(readers.process_ids)
    time.sleep(0.5)
    assert computed(readers.process_ids) == before


def test_pages_are_served_while_readers_queries_take_all_their_workers(release):
    app = create_app(release, Settings(workers=2, per_network=2, deadline=60.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000") as client, ThreadPoolExecutor(2) as readers:
        asked = [readers.submit(client.get, "/sparql", params={"query": NEVER_ENDS}) for _ in range(2)]
        until(lambda: app.state.site.readers.idle == 0)
        for path in ("/health", "/res/objective/8.ttl", "/sv/mapping"):
            assert client.get(path).status_code == 200
        assert not any(one.done() for one in asked)
        for worker in app.state.site.readers.process_ids:
            os.kill(worker, signal.SIGKILL)
        assert {one.result().status_code for one in asked} == {503}


def computed(processes: list[int]) -> dict[int, list[str]]:
    """The time that each process has computed, in ticks; not of one that is ending, and gives back what it held."""
    times = {}
    for process in processes:
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            if not int(told[6]) & _ENDING:
                times[process] = told[11:13]
    return times
