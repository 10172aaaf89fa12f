"""A crawler that asks too much at once is told so, waits as long as it is told to, and ends with everything."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from tests.conformance.conftest import Answer, Server, serving

CRAWLER, OTHER = (("X-Forwarded-For", "192.0.2.1"),), (("X-Forwarded-For", "198.51.100.1"),)
"""Where the requests of the crawler come from, and those of somebody else: networks for documentation (RFC 5737)."""

NARROW = ("--fronts", 1, "--workers", 2, "--set", "queue", 2, "--set", "page_workers", 1)
AT_ONCE = 12

DOCUMENTS = [f"/res/objective/{number}.{form}" for number in range(1, 17) for form in ("ttl", "nt", "jsonld")]
LONG = "SELECT (COUNT(DISTINCT ?o) AS ?n) {{ ?s ?p ?o FILTER (STRLEN(STR(?o)) > {number}) }}"
QUERIES = [f"/sparql?query={quote(LONG.format(number=number))}" for number in range(24)]


@pytest.fixture(scope="module")
def narrow(release) -> Iterator[Server]:
    """A server of the real tables that one query after the other is answered by."""
    with serving("--data", release.path.parent.parent, "--trusted-proxy", "127.0.0.1", *NARROW) as server:
        yield server


def crawl(server: Server, paths: list[str]) -> tuple[dict[str, Answer], list[Answer]]:
    """What each address gave in the end, and what was said meanwhile of asking too much."""
    found: dict[str, Answer] = {}
    refusals: list[Answer] = []
    left = iter(paths)

    def run() -> None:
        own = Server(server.port, server.process)
        for path in left:
            while (answer := own.ask("GET", path, CRAWLER)).status in {429, 503}:
                refusals.append(answer)
                time.sleep(int(answer["retry-after"]))
            found[path] = answer
        own.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for one in [threads.submit(run) for _ in range(AT_ONCE)]:
            one.result()
    return found, refusals


def test_a_crawler_that_honours_retry_after_ends_with_everything(narrow):
    found, refusals = crawl(narrow, [path for pair in zip(QUERIES, DOCUMENTS[:24], strict=True) for path in pair])
    assert {path: answer.status for path, answer in found.items()} == dict.fromkeys([*QUERIES, *DOCUMENTS[:24]], 200)
    assert refusals
    for refusal in refusals:
        assert (refusal.status, refusal.media_type) == (429, "application/problem+json"), refusal.text
        assert refusal["access-control-allow-origin"] == "*"
        assert "Retry-After" in refusal["access-control-expose-headers"]


def test_somebody_else_is_served_while_it_crawls(narrow):
    with ThreadPoolExecutor(1) as beside:
        crawling = beside.submit(crawl, narrow, [f"{path}%20%23again" for path in QUERIES])
        asked = 0
        while not crawling.done():
            assert narrow.ask("GET", f"/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20{asked}%20%7D", OTHER).status == 200
            asked += 1
            time.sleep(0.1)
        found, refusals = crawling.result()
    assert asked
    assert {answer.status for answer in found.values()} == {200}
    assert {refusal.status for refusal in refusals} == {429}


def test_documents_alone_can_be_crawled_through_a_queue_of_two(narrow):
    found, refusals = crawl(narrow, DOCUMENTS[24:])
    assert {answer.status for answer in found.values()} == {200}
    assert {refusal.status for refusal in refusals} <= {429}
