"""Builds that take over from a release, held against builds of the whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from loaders.build import build
from loaders.live import LiveSources
from loaders.release import Release, Releases
from tests.conftest import BASE


class Built(NamedTuple):
    """A release, and what the build of it said that it was doing."""

    release: Release
    told: list[str]


def both(data: Path, tables: Path, folder: Path, sources: LiveSources | None = None) -> tuple[Built, Built]:
    """The release of some tables that is built beside the one before it, and the same built as a whole."""
    copy = Path(shutil.copytree(data, folder / "whole"))
    return _built(data, tables, sources, whole=False), _built(copy, tables, sources, whole=True)


def _built(data: Path, tables: Path, sources: LiveSources | None, whole: bool) -> Built:
    told: list[str] = []
    outcome = build(data, BASE, tables, told.append, sources=sources, whole=whole)
    assert outcome.is_new
    return Built(outcome.release, told)


def assert_same(one: Release, other: Release) -> None:
    """Two releases have the same id, the same bytes in every file but the record, and stores that hold the same."""
    for release in (one, other):
        release.verify()
    assert _said(one) == _said(other)
    for name in _said(one)["files"]:
        assert (one.path / name).read_bytes() == (other.path / name).read_bytes(), name
    held = [ox.Store.read_only(str(release.store)) for release in (one, other)]
    assert sorted(map(str, held[0])) == sorted(map(str, held[1]))
    assert sorted(map(str, held[0].named_graphs())) == sorted(map(str, held[1].named_graphs()))


def _said(release: Release) -> dict[str, Any]:
    """What a record says, but for when and of what it was made, and how the engine has laid out its database."""
    files = {name: said for name, said in release.record["files"].items() if not name.startswith("store/")}
    return {name: said for name, said in release.record.items() if name not in {"made", "takenOver"}} | {"files": files}


def spoiled(data: Path, name: str) -> Releases:
    """A data folder in which one byte of a file of the current release is another."""
    releases = Releases(data)
    file = releases.current().path / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    return releases
