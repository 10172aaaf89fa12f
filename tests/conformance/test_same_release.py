"""A release is the same, file by file, whenever and wherever it is made, with processes beside its build or without."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from loaders import aside
from loaders.build import build
from loaders.release import Releases
from tests.conftest import BASE

ROOT = Path(__file__).parents[2]
WITH_A_COPY = """
import sys
from endpoint.cli import main
from loaders import aside
made = []
class Copy(aside.Copy):
    def __init__(self, serve):
        super().__init__(serve)
        made.append(self)
aside.Copy = Copy
try:
    main(["build", *sys.argv[1:]], standalone_mode=False)
finally:
    assert made
"""
SAY_ITS_ID = """
from loaders.composing import compose
from loaders.curated import read_all
from tests.conftest import BASE
print(compose(read_all(), BASE).release_id)
"""


def build_alone(tmp_path, few_built, _monkeypatch):
    """A build as the command is, which has a copy beside it."""
    options = ["--data", tmp_path, "--tables", few_built / "tables", "--base-iri", BASE.iri]
    command = [sys.executable, "-c", WITH_A_COPY, *map(str, options)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return Releases(tmp_path).current()


def build_with_interpreters(tmp_path, few_built, monkeypatch):
    """A build with processes beside it that begin anew."""
    monkeypatch.setattr(aside, "MUCH", 0)
    monkeypatch.setattr(aside, "can_be_copied", lambda: False)
    return build(tmp_path, BASE, few_built / "tables").release


@pytest.mark.parametrize("made_by", [build_alone, build_with_interpreters])
def test_a_release_is_the_same_with_processes_beside_its_build(few_built, tmp_path, monkeypatch, made_by):
    made = made_by(tmp_path, few_built, monkeypatch).path
    before = few_built / "data" / made.relative_to(tmp_path)
    files = [path.relative_to(made) for path in made.rglob("*") if path.is_file() and "store" not in path.parts]
    assert len(files) > 200
    differ = [str(file) for file in files if (made / file).read_bytes() != (before / file).read_bytes()]
    assert differ == ["release.json"]


def test_another_day_elsewhere_gives_the_same_release_and_the_same_dump_bytes(few_built, tmp_path, monkeypatch):
    here = Releases(few_built / "data").current()
    monkeypatch.setattr("time.time", lambda: 4_102_444_800.0)  # 1 January 2100, also for what compresses
    monkeypatch.setattr("loaders.seal.datetime", SimpleNamespace(now=lambda zone: datetime(2100, 1, 1, tzinfo=zone)))
    later = build(tmp_path / "later", BASE, few_built / "tables").release
    assert later.record["made"].startswith("2100-01-01")
    assert later.id == here.id
    for file in (here.path / "dump").iterdir():
        assert (later.path / "dump" / file.name).read_bytes() == file.read_bytes()
    for file in (here.path / "changes").iterdir():
        assert (later.path / "changes" / file.name).read_bytes() == file.read_bytes()
    sums = (later.path / "dump" / "SHA256SUMS").read_text()
    assert len(sums.splitlines()) == len(list((here.path / "dump").glob("*.gz")))


def test_the_dump_is_canonical_so_that_two_are_the_same_graphs_where_they_have_the_same_lines(release):
    """RDF Dataset Canonicalization (RDFC-1.0) changes no line of it, for no node is blank."""
    written = gzip.decompress((release.path / "dump" / "all.nq.gz").read_bytes())
    dataset = ox.Dataset(ox.parse(written, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert b"_:" not in written
    assert sorted(f"{quad} .".encode() for quad in dataset) == sorted(written.splitlines())


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_hash_seed_gives_the_same_release(release, seed):
    said = subprocess.run(
        [sys.executable, "-c", SAY_ITS_ID],
        env={"PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == release.id
