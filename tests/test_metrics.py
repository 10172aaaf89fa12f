"""`/metrics` counts what was asked and what became of it, in the form that Prometheus reads."""

import pytest
from prometheus_client.parser import text_string_to_metric_families


@pytest.fixture
def figure(client):
    """A function that reads one figure as it is now."""

    def read(name: str, **labels: str) -> float:
        answer = client.get("/metrics")
        assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        found = (sample for family in text_string_to_metric_families(answer.text) for sample in family.samples)
        return sum(sample.value for sample in found if sample.name == name and labels.items() <= sample.labels.items())

    return read


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
