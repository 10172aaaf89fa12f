"""What is read of the releases beside the current one is read once, and while it is, others are answered."""

from __future__ import annotations

import fcntl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from endpoint import comparing, dataset, value_tables
from endpoint.app import create_app
from endpoint.mapping import exports, mappings
from endpoint.settings import Settings
from loaders import cards
from loaders.release import Release, Releases
from loaders.retention import keep_newest
from tests.releases import put
from tests.turns import is_in_the_loop

IDS = ("2001-01-01-000000000001", "2002-02-02-000000000002", "2003-03-03-000000000003")
HTML = {"Accept": "text/html"}


@pytest.fixture
def three(release, tmp_path) -> Releases:
    """A data folder with three releases, the last of which is current."""
    for release_id in IDS:
        put(release, tmp_path, release_id)
    found = Releases(tmp_path)
    found.point_to(IDS[-1])
    return found


@pytest.fixture
def client(three):
    with TestClient(create_app(three.current(), Settings(three.data, workers=1, page_workers=1, watch=3600))) as client:
        yield client


@pytest.fixture
def opened(client, monkeypatch) -> list[tuple[str, bool]]:
    """The records that are read from here on, by their ids, and whether all waited for it."""
    reads, open_ = [], Release.open

    def read(path: Path) -> Release:
        reads.append((path.name, is_in_the_loop()))
        return open_(path)

    monkeypatch.setattr(Release, "open", read)
    return reads


def test_the_list_of_releases_reads_each_record_once(client, opened, three):
    keep_newest(three, 2)
    opened.clear()
    for path in ("/releases/", "/releases/", "/sv/releases"):
        assert client.get(path, headers={} if path.startswith("/releases") else HTML).status_code == 200
    assert sorted(opened) == [(release_id, False) for release_id in IDS]


def test_a_record_that_has_changed_is_read_anew(client, three):
    assert client.get("/releases/").json()["releases"][0]["triples"] > 1
    record = three.folder / IDS[0] / "release.json"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('"triples": ', '"triples": 1, "others": '), encoding="utf-8")
    assert client.get("/releases/").json()["releases"][0]["triples"] == 1


@pytest.mark.parametrize("path", ["", "/"])
def test_the_page_of_a_release_reads_its_record_alone(client, opened, path):
    client.get(f"/releases/{IDS[1]}{path}", follow_redirects=False)
    assert opened == [(IDS[1], False)]


def test_the_files_of_a_release_are_sent_in_ranges_after_its_record_was_read_once(client, opened, monkeypatch):
    read, seen = cards.read_cards, []
    monkeypatch.setattr("endpoint.site.read_cards", lambda release: seen.append(is_in_the_loop()) or read(release))
    for start in range(3):
        answer = client.get(f"/releases/{IDS[0]}/data/all.nq.gz", headers={"Range": f"bytes={start}-{start + 9}"})
        assert (answer.status_code, len(answer.content)) == (206, 10)
        assert IDS[0] in answer.headers["Data-Release"]
    assert (opened, seen) == ([(IDS[0], False)], [False])


def test_a_release_that_has_been_removed_is_gone_whatever_was_read_of_it(client, three):
    path = f"/releases/{IDS[0]}/data/all.nq.gz"
    assert client.get(path).status_code == 200
    keep_newest(three, 1)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("path", ["data/all.nq.gz", "sv/"])
def test_who_asks_for_a_release_that_is_being_removed_keeps_nobody_else_waiting(client, three, path):
    with ThreadPoolExecutor(2) as asking, (three.folder / IDS[0] / "release.json").open("rb") as record:
        fcntl.flock(record, fcntl.LOCK_EX)
        try:
            first = asking.submit(client.get, f"/releases/{IDS[0]}/{path}")
            assert not first.done()
            assert asking.submit(client.get, "/releases/").result(timeout=5).status_code == 200
            assert not first.done()
        finally:
            fcntl.flock(record, fcntl.LOCK_UN)
        assert first.result(timeout=20).status_code == 200


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "csv", "sssom.tsv", "sv.xlsx"])
def test_the_files_of_the_mappings_are_written_beside_the_loop_that_answers_others(client, monkeypatch, suffix):
    seen = []
    for place, name in [(exports.Export, "write"), (mappings, "as_workbook")]:
        write = getattr(place, name)
        monkeypatch.setattr(place, name, lambda *a, write=write: seen.append(is_in_the_loop()) or write(*a))
    assert client.get(f"/mappings.{suffix}?of=all&goal=6").status_code == 200
    assert seen == [False]


@pytest.mark.parametrize("form", ["", ".csv", ".xlsx"])
def test_a_comparison_is_read_and_written_beside_the_loop_that_answers_others(client, monkeypatch, form):
    seen = []
    for name in ("read_series", "by_sector", "_as_csv", "as_workbook", "page"):
        place = value_tables if name == "read_series" else comparing
        done = getattr(place, name)
        monkeypatch.setattr(
            place,
            name,
            lambda *a, name=name, done=done, **k: seen.append((name, is_in_the_loop())) or done(*a, **k),
        )
    assert client.get(f"/en/compare/ghg-county-2026-08{form}?area=17&area=18", headers=HTML).status_code == 200
    written = {"": "page", ".csv": "_as_csv", ".xlsx": "as_workbook"}[form]
    assert seen == [("read_series", False), ("by_sector", False), (written, False)]


@pytest.mark.parametrize(("most", "area", "in_the_loop"), [(1, "20", False), (10**9, "21", True)])
def test_many_rows_are_read_beside_the_loop_that_answers_others(client, monkeypatch, most, area, in_the_loop):
    read, seen = dataset._read_rows, []
    monkeypatch.setattr(dataset, "_ASIDE", most)
    monkeypatch.setattr(dataset, "_read_rows", lambda content: seen.append(is_in_the_loop()) or read(content))
    assert client.get(f"/en/compare/ghg-county-2026-08?area={area}").status_code == 200
    assert set(seen) == {in_the_loop}
