"""`/metrics` counts what was asked and what became of it, in the form that Prometheus reads."""

import asyncio
import os

import pytest
from prometheus_client.parser import text_string_to_metric_families

from endpoint import metrics
from endpoint.metrics import _sum, exposition, write_on
from tests.conversing import ask


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("SELECT * { ?s ?p 'counted' }", {"form": "SELECT", "outcome": "answered"}),
        ("SELECT * {", {"form": "SELECT", "outcome": "query-syntax"}),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {"form": "SELECT", "outcome": "deadline"}),
        ("DROP ALL", {"form": "none", "outcome": "query-update"}),
    ],
)
def test_each_query_is_counted_by_its_form_and_outcome(client, figure, query, labels):
    before = figure("miljograf_queries_total", **labels)
    client.get("/sparql", params={"query": query, "timeout": "0.2"})
    assert figure("miljograf_queries_total", **labels) == before + 1


def test_a_query_of_a_language_model_is_counted_as_any_other(client, figure):
    asked = [("ASK {}", {"form": "ASK", "outcome": "answered"}), ("ASK {", {"form": "ASK", "outcome": "query-syntax"})]
    for query, labels in asked:
        before = figure("miljograf_queries_total", **labels), figure("miljograf_requests_total", part="mcp")
        ask(client, "tools/call", name="query", arguments={"query": query})
        after = figure("miljograf_queries_total", **labels), figure("miljograf_requests_total", part="mcp")
        assert after == (before[0] + 1, before[1] + 1)


def test_each_request_is_counted_by_what_was_asked_and_what_came_of_it(client, figure):
    labels = {"part": "other", "status": "404"}
    before = figure("miljograf_requests_total", **labels), figure("miljograf_request_seconds_count", part="other")
    for name in ("nothing", "never"):
        client.get(f"/{name}/here")
    after = figure("miljograf_requests_total", **labels), figure("miljograf_request_seconds_count", part="other")
    assert after == (before[0] + 2, before[1] + 2)


def test_the_workers_and_the_release_are_told(client, figure):
    site = client.app.state.site
    assert figure("miljograf_workers", pool="pages") == site.pool.size
    assert figure("miljograf_queries_waiting", pool="readers") == 0
    assert figure("miljograf_release", release=site.id) == 1


def test_what_an_operator_asks_is_not_kept(client):
    for path in ("/health", "/ready", "/metrics"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


FRONT = """# HELP miljograf_requests_total Requests.
# TYPE miljograf_requests_total counter
miljograf_requests_total{{part="sparql"}} {}
# HELP miljograf_workers Workers.
# TYPE miljograf_workers gauge
miljograf_workers{{pool="a b"}} {}
"""


def test_the_figures_of_several_front_processes_are_those_of_one():
    of_another = FRONT.replace('part="sparql"', 'part="id"').format(1, 7)
    dead, alive = 2**22 + 1, os.getpid()  # no process has a higher id than 2**22
    summed = _sum({alive: FRONT.format(3, 4), dead: FRONT.format(5, 6), dead + 1: of_another})
    families = list(text_string_to_metric_families(summed.decode()))
    assert [(sample.labels, sample.value) for family in families for sample in family.samples] == [
        ({"part": "sparql"}, 8.0),
        ({"part": "id"}, 1.0),
        ({"pool": "a b"}, 4.0),
    ]


def test_front_processes_write_their_figures_for_one_another(client, tmp_path):
    (tmp_path / str(2**22 + 1)).write_text(FRONT.format(10**9, 1), encoding="utf-8")
    told = exposition(client.app.state.site, tmp_path).decode()
    assert 'miljograf_requests_total{part="sparql"} 1000000000.0' in told
    assert "miljograf_request_seconds_bucket" in told


def test_figures_that_found_no_room_on_the_disk_are_written_again_when_there_is_some(
    client, tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(metrics, "_SECONDS", 0.01)
    site, written, being_written = client.app.state.site, tmp_path / str(os.getpid()), tmp_path / f"{os.getpid()}.new"

    async def fill_twice() -> None:
        writing = asyncio.create_task(write_on(tmp_path, lambda: site))
        for times in (1, 2):
            written.unlink(missing_ok=True)
            being_written.symlink_to("/dev/full")
            async with asyncio.timeout(10):
                while caplog.text.count("No space left on device") < times:
                    await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)  # it is tried again, and not told again
            assert not writing.done()
            assert not written.exists()
            assert caplog.text.count("No space left on device") == times
            assert b"miljograf_workers{" in exposition(site, tmp_path)
            being_written.unlink()
            async with asyncio.timeout(10):
                while not written.exists():
                    await asyncio.sleep(0.01)
        writing.cancel()

    asyncio.run(fill_twice())
