"""Releases on disk: whole or not there, verified when opened, told when damaged (tests/faults has builds mend them)."""

import errno
import json
import os
import pickle
from datetime import datetime
from pathlib import Path

import pytest

from loaders.build import build
from loaders.changes import FILE
from loaders.lock import Locked, build_lock
from loaders.release import DamagedRelease, NoRelease, Release, Releases, UnreadableRelease, shut
from loaders.table import TableProblems
from loaders.workshop import Refused
from tests.conftest import BASE
from tests.test_curated import change


@pytest.fixture(scope="module")
def few(few_built) -> Path:
    """Few enough tables that a build is quick. To be copied, not changed."""
    return few_built / "tables"


@pytest.fixture(scope="module")
def data(few_built) -> Path:
    """A data folder with a release of them. To be copied, not changed."""
    return few_built / "data"


@pytest.fixture
def tables(few_copied) -> Path:
    """A copy of few tables that a test may spoil; the release of them is in `copied`."""
    return few_copied / "tables"


@pytest.fixture
def copied(few_copied) -> Path:
    """A copy of the data folder that a test may change."""
    return few_copied / "data"


def test_a_release_holds_what_its_record_says(data):
    Releases(data).current().verify()


def test_a_release_holds_store_dumps_description_and_report(data):
    names = set(Releases(data).current().record["files"])
    assert {
        "dump/all.nq.gz",
        "dump/regeringen-43485.nt.gz",
        "dump/SHA256SUMS",
        "dump/regeringen-43485.ttl.gz",
        "tables/forest-birds-2024.csv",
        "about/void.ttl",
        "about/catalogue.ttl",
        "about/examples.ttl",
        "about/datapackage.json",
        "report/validation.ttl",
        "report/validation.json",
        "report/validation.html",
        "report/build.json",
    } <= names
    assert any(name.startswith("store/") for name in names)


def test_building_the_same_content_again_is_a_no_op(data, few):
    before = {path: path.stat().st_mtime_ns for path in data.glob("releases/**/*")}
    outcome = build(data, BASE, few)
    assert not outcome.is_new
    assert {path: path.stat().st_mtime_ns for path in data.glob("releases/**/*")} == before


def test_a_build_that_goes_back_to_earlier_content_points_to_the_earlier_release(copied, tables):
    first = Releases(copied).current()
    change(tables, "objectives", {"number": "8"}, name_sv="Levande sjöar")
    second = build(copied, BASE, tables).release
    assert second.record["previous"] == first.id
    change(tables, "objectives", {"number": "8"}, name_sv="Levande sjöar och vattendrag")
    again = build(copied, BASE, tables)
    assert (again.is_new, again.is_current_again) == (False, True)
    assert Releases(copied).current().id == first.id
    assert Releases(copied).ids() == sorted([first.id, second.id])


def spoil(release: Release, how: str) -> None:
    file = release.path / "dump" / "all.nq.gz"
    match how:
        case "missing":
            file.unlink()
        case "shorter":
            os.truncate(file, file.stat().st_size - 1)
        case "other bytes":
            content = bytearray(file.read_bytes())
            content[-20] ^= 1
            file.write_bytes(content)
        case "no record":
            (release.path / "release.json").unlink()
        case "half a record":
            record = release.path / "release.json"
            record.write_bytes(record.read_bytes()[:100])
        case "another's record":
            record = json.loads((release.path / "release.json").read_text())
            (release.path / "release.json").write_text(json.dumps(record | {"id": "2020-01-01-000000000000"}))


WAYS = ("missing", "shorter", "other bytes", "no record", "half a record", "another's record")


@pytest.mark.parametrize("how", WAYS)
def test_a_damaged_release_is_told(copied, how):
    spoil(Releases(copied).current(), how)
    with pytest.raises(DamagedRelease, match="`miljograf build` makes it anew"):
        Releases(copied).current().verify()


def test_a_damaged_release_that_is_made_anew_comes_after_the_one_before_it_and_not_after_itself(copied, tables):
    first = Releases(copied).current()
    change(tables, "objectives", {"number": "8"}, name_sv="Levande sjöar")
    second = build(copied, BASE, tables).release
    spoil(second, "other bytes")
    anew = build(copied, BASE, tables).release
    assert (anew.id, anew.record["previous"]) == (second.id, first.id)
    assert (anew.path / FILE).is_file()


@pytest.mark.parametrize(("closed", "asked"), [("release.json", "read_bytes"), ("store", "is_file")])
def test_a_release_that_may_not_be_read_is_not_called_damaged(copied, monkeypatch, closed, asked):
    refuse(monkeypatch, asked, closed)
    with pytest.raises(UnreadableRelease, match=f"{closed}.*: Permission denied.*the right to read") as told:
        Releases(copied).current().verify()
    assert "damaged" not in str(told.value)
    told_by_another_process = pickle.loads(pickle.dumps(told.value))
    assert (type(told_by_another_process), str(told_by_another_process)) == (UnreadableRelease, str(told.value))


def test_a_release_that_may_not_be_read_is_not_built_over(copied, monkeypatch, few):
    kept = Releases(copied).current()
    refuse(monkeypatch, "is_file", "store")
    with pytest.raises(UnreadableRelease):
        build(copied, BASE, tables=few)
    assert Releases(copied).current().path == kept.path


def refuse(monkeypatch, asked, closed):
    """Let the machine refuse to open what is called so, as it does to those who may not."""
    whole = getattr(Path, asked)

    def refused(path, *args):
        if closed in path.parts:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return whole(path, *args)

    monkeypatch.setattr(Path, asked, refused)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("IO error: While opening store/CURRENT: Permission denied", "the right to read"),
        ("only 64 descriptors allowed. Run e.g. `ulimit -n 512`", "or the machine does not let it be opened"),
    ],
)
def test_what_keeps_a_store_shut_is_told(copied, says, told):
    assert told in str(shut(Releases(copied).current(), OSError(says)))


def test_no_release_says_what_to_do(tmp_path):
    with pytest.raises(NoRelease, match="miljograf build"):
        Releases(tmp_path).current()


@pytest.mark.parametrize("content", ["", "../../etc", "2026-11-23-nonsense", "\x00"])
def test_a_pointer_to_nothing_is_told(tmp_path, content):
    (tmp_path / "current").write_text(content)
    with pytest.raises(DamagedRelease):
        Releases(tmp_path).current()


def test_bad_tables_publish_nothing_and_keep_the_earlier_release(copied, tables):
    kept = Releases(copied).current()
    change(tables, "objectives", {"number": "8"}, number="17")
    with pytest.raises(TableProblems):
        build(copied, BASE, tables)
    assert Releases(copied).ids() == [kept.id]
    assert Releases(copied).current().id == kept.id


def test_a_source_that_was_got_on_a_day_to_come_is_told_of_and_built(copied, tables):
    told = []
    change(tables, "sources", {"id": "editors"}, retrieved="2099-01-01")
    made = build(copied, BASE, tables, progress=told.append)
    assert made.release.record["referenceDate"] == "2099-01-01"
    assert [line for line in told if line.startswith("warning: ") and "the tables have a source from 2099" in line]


def stopped_in_1970():
    """A clock that stands at the beginning of time, as that of a machine without a battery."""

    class Stopped(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.fromtimestamp(0, zone)

    return Stopped


def test_what_the_gate_refuses_is_not_published_and_its_cell_is_named(copied, tables):
    kept = Releases(copied).current()
    change(tables, "municipalities", {"code": "0305"}, county="04")
    with pytest.raises(Refused) as caught:
        build(copied, BASE, tables)
    line = next(
        number
        for number, text in enumerate((tables / "municipalities.csv").read_text().splitlines(), start=1)
        if text.startswith("0305,")
    )
    report = json.loads((copied / "refused" / "validation.json").read_text())
    assert not report["published"]
    places = [place for cause in report["causes"] for finding in cause["findings"] for place in finding["places"]]
    assert {"file": "municipalities.csv", "line": line, "column": "county"} in places
    assert caught.value.report.stops
    assert Releases(copied).current().id == kept.id


def test_a_second_build_is_refused_and_told_who_holds_the_lock(tmp_path):
    with build_lock(tmp_path), pytest.raises(Locked, match=f"process {os.getpid()}"):
        build(tmp_path, BASE, None)


def test_a_build_that_dies_while_it_replaces_a_damaged_release_leaves_that_release_to_open(tmp_path, copied, few):
    releases = Releases(copied)
    release_id = releases.current().id
    (releases.folder / release_id).rename(releases.staging / f"replaced-{release_id}")  # and here it dies
    assert releases.current().id == release_id
    (few_broken := tmp_path / "broken").mkdir()
    with pytest.raises(TableProblems):
        build(releases.data, BASE, few_broken)
    assert releases.ids() == [release_id]
    releases.current().verify()
    assert not build(releases.data, BASE, few).is_new
