"""In which releases something is, and since when it is as it is there: told without opening any of them."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from loaders.identifiers import FILE, PLACES
from loaders.release import Release, Releases
from loaders.states import State, states_of_file, states_of_thing
from loaders.versions import ALL, INDEX
from tests.revising import ENDED, NEW, RENAMED, ROWS_OF_ENDED, said_in


@pytest.fixture(scope="module")
def kept(revised) -> list[Release]:
    """The two releases, the older first."""
    second = Releases(revised).current()
    return [Releases(revised).get(second.record["previous"]), second]


def told(states: Sequence[State], releases: Sequence[Release]) -> list[tuple[int, int | None]]:
    """States by the places of their releases."""
    place = {release.id: number for number, release in enumerate(releases)}
    return [(place[state.release.id], place[state.since] if state.since else None) for state in states]


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("id/objective/8", [(0, 0), (1, 0)]),
        (RENAMED, [(0, 0), (1, 1)]),
        (NEW, [(1, 1)]),
        (ENDED, [(0, 0)]),
        (f"id/row/{ROWS_OF_ENDED[0]}", [(0, None)]),
        ("id/row/objectives/8", [(0, None), (1, None)]),
        ("http://metadata.un.org/sdg/14", [(0, 0), (1, 0)]),
        ("id/objective/99", []),
        ("", []),
        ("zzz", []),
    ],
)
def test_a_thing_is_in_the_releases_that_have_it_since_it_changed(kept, thing, expected):
    assert told(states_of_thing(thing, kept), kept) == expected


def test_everything_that_a_release_says_something_of_is_found_there(kept):
    for place, release in enumerate(kept):
        base = release.base.iri
        things = [thing[1:-1].removeprefix(base) for thing in said_in(release)]
        assert len(things) > 200
        for thing in things:
            assert place in [number for number, _ in told(states_of_thing(thing, kept), kept)], thing


def test_a_file_is_the_same_as_long_as_its_bytes_are(kept):
    checksums = [release.record["files"] for release in kept]
    names = sorted(set(checksums[0]) & set(checksums[1]))
    for name in [each for each in names if each.startswith(("dump/", "shapes/", "about/"))]:
        is_same = checksums[0][name]["sha256"] == checksums[1][name]["sha256"]
        assert told(states_of_file([name], kept), kept) == [(0, 0), (1, 0 if is_same else 1)], name
    assert states_of_file(["dump/none"], kept) == []
    assert told(states_of_file(["dump/none", "dump/all.nq.gz"], kept), kept) == [(0, 0), (1, 1)]


@pytest.mark.parametrize("file", [INDEX, ALL])
def test_a_release_with_a_damaged_list_is_passed_over(revised, kept, tmp_path, file):
    copy = Releases(Path(shutil.copytree(revised, tmp_path / "data")))
    (copy.folder / kept[0].id / file).write_bytes(b"{")
    releases = [copy.get(release.id) for release in kept]
    assert told(states_of_thing(RENAMED, releases), releases) == [(1, 1)]
    assert told(states_of_thing(ENDED, releases), releases) == []


def test_a_list_of_identifiers_that_was_not_made_of_pieces_is_read_as_one(revised, kept, tmp_path):
    copy = Releases(Path(shutil.copytree(revised, tmp_path / "data")))
    releases = [copy.get(release.id) for release in kept]
    for release in releases:
        (release.path / PLACES).unlink()
        lines = gzip.decompress((release.path / FILE).read_bytes())
        (release.path / FILE).write_bytes(gzip.compress(lines, mtime=0))
    assert told(states_of_thing("id/row/objectives/8", releases), releases) == [(0, None), (1, None)]
    assert told(states_of_thing(f"id/row/{ROWS_OF_ENDED[0]}", releases), releases) == [(0, None)]
    (releases[0].path / FILE).write_bytes(b"")
    assert told(states_of_thing("id/row/objectives/8", releases), releases) == [(1, None)]


def test_every_row_is_found_where_it_is_and_nowhere_else(kept):
    listed = [gzip.decompress((release.path / FILE).read_bytes()).decode().splitlines() for release in kept]
    rows = [{line.partition("\t")[0] for line in lines if line.startswith("id/row/")} for lines in listed]
    assert len(rows[0]) > 200
    for row in rows[0] | rows[1]:
        found = [place for place, _ in told(states_of_thing(row, kept), kept)]
        assert found == [place for place in (0, 1) if row in rows[place]]


def test_where_no_versions_are_listed_the_identifiers_tell(revised, kept, tmp_path):
    copy = Releases(Path(shutil.copytree(revised, tmp_path / "data")))
    (copy.folder / kept[0].id / INDEX).unlink()
    releases = [copy.get(release.id) for release in kept]
    assert told(states_of_thing(ENDED, releases), releases) == [(0, None)]
    assert told(states_of_thing(RENAMED, releases), releases) == [(0, None), (1, 1)]
