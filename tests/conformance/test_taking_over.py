"""A gate that takes over what was found before finds what a gate over everything finds, whatever is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from loaders.build import build
from loaders.content import Content
from loaders.release import Releases
from tests.benchmarks.many_sources import change_one, sources
from tests.breaking import broken, seeds
from tests.conformance.test_rebuilding import without_a_row, write_changed
from tests.conftest import BASE
from tests.rebuilds import STATEMENTS, assert_same, both, checked_both_ways, content_of, write_before
from tests.test_curated import change


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return write_before(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def content(data) -> Content:
    return content_of(data, data.parent / "tables")


@pytest.mark.parametrize("seed", seeds(40))
def test_what_is_broken_is_found_either_way(data, content, tmp_path, seed):
    found = checked_both_ways(data, broken(content, seed), tmp_path / "store")
    assert found.again == found.whole
    assert found.whole.findings


def test_a_release_is_made_of_whichever_is_current(data, tmp_path):
    releases, tables = Releases(Path(shutil.copytree(data, tmp_path / "data"))), tmp_path / "tables"
    shutil.copytree(data.parent / "tables", tables)
    first = releases.current()
    change_one(releases.data, STATEMENTS)
    second = build(releases.data, BASE, tables, sources=sources()).release
    releases.point_to(first.id)
    change(tables, "objectives", {"number": "8"}, name_sv="Levande sjöar")
    again, whole = both(releases.data, tables, tmp_path)
    assert_same(again.release, whole.release)
    assert again.release.record["takenOver"] == {"from": first.id, "generation": 1}
    for release in (first, second):
        release.verify()


def test_a_build_beside_an_earlier_release_gives_what_a_whole_build_gives(tmp_path):
    data = write_before(tmp_path, without_a_row)
    write_changed(tmp_path / "changed")
    before = Releases(data).current()
    change_one(data, STATEMENTS)
    again, whole = both(data, tmp_path / "changed", tmp_path)
    assert_same(again.release, whole.release)
    assert any(f"from the release {before.id}" in line for line in again.told)
    assert any("things that have changed" in line for line in again.told)
    assert not any(before.id in line for line in whole.told)
    assert again.release.record["takenOver"] == {"from": before.id, "generation": 1}
    assert whole.release.record["takenOver"] is None
    before.verify()
    shared = [name for name in again.release.record["files"] if _is_shared(again.release.path / name, before.path)]
    assert any(name.startswith("dump/") for name in shared)
    assert all(any(name.startswith("tables/") and name.endswith(end) for name in shared) for end in (".csv", ".json"))
    held = {name: (again.release.path / name).stat().st_size for name in again.release.record["files"]}
    of_store = sum(size for name, size in held.items() if name.endswith(".sst"))
    assert sum(held[name] for name in shared if name.endswith(".sst")) > 0.9 * of_store
    ox.Store(str(again.release.store)).optimize()  # rewrites all of its own files
    before.verify()


def _is_shared(file: Path, before: Path) -> bool:
    other = before / file.relative_to(file.parents[1])
    return other.is_file() and file.samefile(other)
