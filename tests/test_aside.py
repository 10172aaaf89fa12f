"""Long work is done beside the event loop: a page of very many series keeps nobody waiting."""

from __future__ import annotations

import asyncio
import threading

import pytest
from rdflib import URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.aside import aside
from endpoint.dataset import Dataset
from endpoint.documents import bodies, gathering, things
from endpoint.parts import observations
from endpoint.settings import Settings

DATASET = "http://localhost:8000/id/dataset/ghg-county-2026-08"
MANY = 5000


def series(number: int) -> str:
    return f"{DATASET.replace('/dataset/', '/slice/')}/made-up-{number}"


@pytest.fixture
def with_very_many(monkeypatch):
    """A data set has as many more series, each of a municipality, as no table has."""
    look_up, select = Dataset.looked_up, Dataset.select_among

    async def looked_up(self, *asked):
        content = (await look_up(self, *asked)).decode()
        if any(getattr(one, "thing", None) == DATASET for one in asked):
            begun, _, graph = content.partition(" .\n")[0].rpartition(" ")
            thing = begun.partition(" ")[0]
            more = (f"{thing} <http://purl.org/linked-data/cube#slice> <{series(at)}> {graph}" for at in range(MANY))
            content = "".join(f"{line} .\n" for line in more) + content
        return content.encode()

    async def select_among(self, name, **terms):
        rows = await select(self, name, **terms)
        if name not in {"pages/series", "pages/latest-of-series"}:
            return rows
        at_home = URIRef("http://localhost:8000/id/municipality/0180")
        names = (URIRef(series(number)) for number in range(MANY))
        return [rows[0] | {"series": one, "area": at_home, "member": URIRef(f"{one}/2024")} for one in names]

    monkeypatch.setattr(Dataset, "looked_up", looked_up)
    monkeypatch.setattr(Dataset, "select_among", select_among)


@pytest.fixture
def client(release, with_very_many):
    """A client of an application that has kept nothing, and is not asked again."""
    app = create_app(release, Settings(release.path.parent.parent, workers=1, deadline=60.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


@pytest.mark.parametrize(
    ("suffix", "steps"),
    [
        ("sv.html", {"read_statements", "read_series", "render"}),
        ("ttl", {"read_statements", "serialise"}),
    ],
)
def test_a_document_of_very_many_series_is_read_and_written_beside_the_event_loop(client, monkeypatch, suffix, steps):
    loop = client.portal.call(threading.get_ident)
    worked: dict[str, set[int]] = {}

    def watched(module, name):
        work = getattr(module, name)

        def watching(*args, **kwargs):
            worked.setdefault(name, set()).add(threading.get_ident())
            return work(*args, **kwargs)

        monkeypatch.setattr(module, name, watching)

    for module, name in [
        (gathering, "read_statements"), (observations, "read_series"), (things, "render"), (bodies, "serialise")
    ]:  # fmt: skip
        watched(module, name)
    shown = client.get(f"/res/dataset/ghg-county-2026-08.{suffix}")
    assert shown.status_code == 200
    assert f"made-up-{MANY - 1}" in shown.text
    assert worked.keys() == steps
    assert not [name for name, threads in worked.items() if loop in threads]


def test_what_is_short_is_done_at_once_and_what_is_long_in_a_thread():
    async def both() -> list[bool]:
        here = threading.get_ident()
        return [await aside(threading.get_ident, is_long=is_long) == here for is_long in (False, True)]

    assert asyncio.run(both()) == [True, False]
