"""A release in engines of others: it is there whole, and the public questions have the same answers as at ours."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Context

import httpx2
import pyoxigraph as ox
import pytest
from rdflib import XSD

from endpoint.workers.messages import Task
from endpoint.workers.worker import answer
from loaders.graph_store import GraphStore
from loaders.publishing import Published, graphs_of, publish
from loaders.release import Release, Releases
from queries import catalogue
from tests.engines import real

OTHERWISE = {
    "virtuoso": {
        "assessments-of-a-report",
        "geometries-for-a-map",
        "sdg-indicators-under-several-targets",
        "statements-without-a-source",
    }
}
"""What an engine answers otherwise than ours; docs/engines.md says how."""

DIGITS = Context(prec=18)
"""How far decimals are compared: XPath, where SPARQL has its numbers from, leaves more than 18 digits to the engine."""

Rows = Counter[tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module", params=real.ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.Engine]:
    if not real.is_installed(request.param):
        pytest.skip(f"{request.param} is not installed")
    with real.ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as engine:
        yield engine


def put(release: Release, engine: real.Engine) -> Published:
    with GraphStore(engine.graphs, engine.queries, engine.login) as store:
        return publish(release, Releases(release.path.parent.parent), store, lambda *_: None)


def rows_of(results: bytes) -> Rows:
    found = json.loads(results)["results"]["bindings"]
    return Counter(tuple(sorted((name, value_of(term)) for name, term in row.items())) for row in found)


def value_of(term: dict[str, str]) -> str:
    value = term["value"]
    return str(DIGITS.create_decimal(value)) if term.get("datatype") == str(XSD.decimal) else value


@pytest.fixture(scope="module")
def published(engine: real.Engine, release: Release) -> real.Engine:
    assert put(release, engine).put == len(graphs_of(release))
    return engine


def test_it_is_put_once(published, release):
    assert put(release, published) == Published(put=0, same=len(graphs_of(release)), removed=0)


@pytest.mark.parametrize("name", catalogue.questions())
def test_a_public_question_has_the_same_answer(published, release, name, request):
    if name in OTHERWISE.get(published.name, ()):
        request.applymarker(pytest.mark.xfail(strict=True, reason=f"{published.name} answers it otherwise"))
    query = catalogue.questions()[name].example(release.base, "en")
    told, spool = answer(ox.Store.read_only(str(release.store)), Task(query, results="json"))
    with spool:
        assert not told.failed, told
        ours = rows_of(spool.content())
    asked = httpx2.post(
        published.queries,
        data={"query": query},
        headers={"Accept": "application/sparql-results+json"},
        timeout=60,
        trust_env=False,
    )
    assert asked.status_code == 200, asked.text[:500]
    assert rows_of(asked.content) == ours
