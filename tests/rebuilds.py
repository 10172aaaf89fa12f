"""Builds that take over from a release, held against builds of the whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from loaders.build import build
from loaders.changes import as_json, changes_since, compare, statements_of
from loaders.clone import clone, disagreement
from loaders.composing import compose
from loaders.content import Content
from loaders.counts import count
from loaders.curated import read_all
from loaders.holdings import ask, ask_again
from loaders.identifiers import identifiers_of
from loaders.lifecycle import History
from loaders.links import count_links
from loaders.live_rows import read_live
from loaders.origins import Origins
from loaders.previous import release_before, shared
from loaders.recount import recounted
from loaders.release import Release, Releases
from loaders.since import described_since
from loaders.workshop import found_earlier, found_standing
from shapes.engines import engine
from shapes.gate import Sparing, check, judge
from shapes.outlines import amiss
from shapes.report import Report
from tests.benchmarks.many_sources import sources, write_caches
from tests.builds import write_few_tables
from tests.conftest import BASE


class Built(NamedTuple):
    """A release, and what the build of it said that it was doing."""

    release: Release
    told: list[str]


def both(data: Path, tables: Path, folder: Path) -> tuple[Built, Built]:
    """The release of some tables that is built beside the one before it, and the same built as a whole."""
    copy = Path(shutil.copytree(data, folder / "whole"))
    return _built(data, tables, whole=False), _built(copy, tables, whole=True)


def _built(data: Path, tables: Path, whole: bool) -> Built:
    told: list[str] = []
    outcome = build(data, BASE, tables, told.append, sources=sources(), whole=whole)
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


STATEMENTS = 6_000
"""How many the twenty live sources come to."""


def write_before(folder: Path, spoil: Callable[[Path], object] = lambda _: None) -> Path:
    """A data folder with a release of few tables and twenty live sources, and the tables beside it.

    `spoil` may change the tables first.
    """
    write_few_tables(folder / "tables")
    spoil(folder / "tables")
    write_caches(folder / "data", STATEMENTS)
    build(folder / "data", BASE, folder / "tables", sources=sources())
    return folder / "data"


def content_of(data: Path, tables: Path) -> Content:
    """What tables and live sources say together."""
    curated = read_all(tables)
    live = read_live(data, sources(), curated.rows)
    return compose(curated.with_live(live.rows, live.left_out), BASE)


class Checked(NamedTuple):
    """What the gate finds in a broken content: all of it, and with what was found before."""

    whole: Report
    again: Report
    judged: int  # things by shapes, in the latter


def checked_both_ways(data: Path, content: Content, folder: Path) -> Checked:
    """What the gate finds, in a store that is a clone and holds what the content says."""
    folder.mkdir()
    releases = Releases(data)
    previous, gate = shared(release_before(releases, content.base), content), engine()
    described = described_since(previous, content, History(releases).pasts)
    assert described == identifiers_of(BASE, content.graphs)
    assert list(described[0]) == sorted(described[0])
    whole = compare(previous.release.id, content.release_id, statements_of(previous.release), content.canonical_nquads)
    assert as_json(changes_since(previous, content)) == as_json(whole)
    store = clone(previous, content, folder / "store")
    assert disagreement(store, content, previous.same) is None
    fresh = ox.Store()
    fresh.bulk_load("".join(content.nquads()).encode(), format=ox.RdfFormat.N_QUADS)
    assert set(store) == set(fresh)
    numbers = recounted(previous, store, BASE)
    if numbers is None:  # a class that is no IRI
        assert not all(of.term.startswith("http") for of in count(store, BASE).classes)
    else:
        assert numbers == (count(store, BASE), count_links(store, BASE))
    assert ask_again(store, BASE, previous) == ask(store, BASE, {})
    whole = check(store, content.graphs, BASE, Origins((), BASE), gate)
    standing = found_standing(previous, gate)
    earlier = found_earlier(content, previous, store, standing) if standing else None
    if earlier is None:
        return Checked(whole, whole, 0)
    judged = partial(judge, gate, content.graphs, BASE, earlier=earlier)
    sparing = Sparing(partial(amiss, content.graphs, BASE), standing)
    again = check(store, content.graphs, BASE, Origins((), BASE), gate, judged, sparing=sparing)
    return Checked(whole, again, len(earlier.things))
