"""A client of Memento finds what was said at a moment: it knows nothing but an address that there is now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
import requests
from memento_client import MementoClient

from loaders.build import build
from loaders.release import Release
from ontology.base import Base
from tests.builds import write_few_tables
from tests.conformance.conftest import serving
from tests.revising import ENDED, revise
from tests.test_cli import free_port

MADE = (datetime(2026, 1, 10, 10), datetime(2026, 3, 10, 10))
BETWEEN, LATER, BEFORE = datetime(2026, 2, 1), datetime(2026, 11, 27), datetime(1999, 12, 31)


@dataclass(frozen=True, slots=True)
class Served:
    """The address of an endpoint and the ids of its two releases."""

    base: str
    ids: tuple[str, str]


def made_at(release: Release, moment: datetime) -> str:
    """Let a release have been made at a moment; its id."""
    record = release.record | {"made": f"{moment.isoformat()}+00:00"}
    (release.path / "release.json").write_text(json.dumps(record), encoding="utf-8")
    return release.id


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("mementos"), free_port()
    base = Base(f"http://localhost:{port}/")
    write_few_tables(folder / "tables")
    first = build(folder / "data", base, folder / "tables").release
    revise(folder / "tables")
    second = build(folder / "data", base, folder / "tables").release
    ids = tuple(made_at(release, moment) for release, moment in zip((first, second), MADE, strict=True))
    with serving("--data", folder / "data", port=port):
        yield Served(base.iri, ids)


@pytest.fixture
def client() -> Iterator[MementoClient]:
    """A client that knows no TimeGate but the one that it is told of."""
    with requests.Session() as session:
        yield MementoClient(timegate_uri="http://localhost:1/", session=session)


@pytest.mark.parametrize(("wanted", "place"), [(BEFORE, 0), (MADE[0], 0), (BETWEEN, 0), (MADE[1], 1), (LATER, 1)])
@pytest.mark.parametrize("path", ["res/objective/8", "res/objective/8.ttl", "data/all.nq.gz", "catalog"])
def test_it_finds_what_was_published_at_a_moment(served, client, path, wanted, place):
    found = client.get_memento_info(f"{served.base}{path}", wanted)
    assert found["timegate_uri"] == f"{served.base}timegate/{path}"
    told = {name: (each["uri"], each["datetime"]) for name, each in found["mementos"].items()}
    of = [([f"{served.base}releases/{name}/{path}"], made) for name, made in zip(served.ids, MADE, strict=True)]
    around = {"next": of[1]} if place == 0 else {"prev": of[0]}
    assert told == {"closest": of[place], "first": of[0], "last": of[1], **around}
    assert found["mementos"]["closest"]["http_status_code"] == 200


def test_from_an_identifier_it_comes_to_the_document_of_then(served, client):
    found = client.get_memento_info(f"{served.base}id/objective/8", BETWEEN)
    assert found["mementos"]["closest"]["uri"] == [f"{served.base}releases/{served.ids[0]}/res/objective/8"]


def test_from_a_memento_it_comes_to_another(served, client):
    memento = f"{served.base}releases/{served.ids[0]}/res/objective/8"
    found = client.get_memento_info(memento, LATER)
    assert found["original_uri"] == f"{served.base}res/objective/8"
    assert found["mementos"]["closest"]["uri"] == [f"{served.base}releases/{served.ids[1]}/res/objective/8"]


@pytest.mark.parametrize("path", [ENDED, ENDED.replace("id/", "res/", 1)])
def test_it_finds_what_has_ended(served, client, path):
    assert requests.head(f"{served.base}{path}", timeout=30).status_code == 410
    closest = client.get_memento_info(f"{served.base}{path}", LATER)["mementos"]["closest"]
    document = ENDED.replace("id/", "res/", 1)
    assert (closest["uri"], closest["http_status_code"]) == ([f"{served.base}releases/{served.ids[0]}/{document}"], 200)


def test_it_takes_the_address_of_a_timegate_and_puts_that_of_the_original_after_it(served):
    with requests.Session() as session:
        client = MementoClient(f"{served.base}timegate/", check_native_timegate=False, session=session)
        found = client.get_memento_info(f"{served.base}res/objective/8", BETWEEN)
    assert found["timegate_uri"] == f"{served.base}timegate/{served.base}res/objective/8"
    assert found["mementos"]["closest"]["datetime"] == MADE[0]


def test_it_knows_a_memento_and_a_timegate_from_anything_else(served):
    with requests.Session() as session:
        for path, is_one in ((f"releases/{served.ids[0]}/res/objective/8", True), ("res/objective/8", False)):
            assert MementoClient.is_memento(f"{served.base}{path}", session=session) is is_one
        assert MementoClient.is_timegate(f"{served.base}timegate/res/objective/8", session=session)
