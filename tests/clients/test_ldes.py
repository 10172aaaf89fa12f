"""A client of event streams keeps a copy in step: what it is given is what has changed in the dumps, and nothing else.

It knows nothing but the address. The releases are of the real tables: first as they are, then with a meeting that is
new, one that is renamed and one that has ended.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from loaders.build import build
from loaders.release import Release
from ontology.base import Base
from tests.builds import OWN_TABLES
from tests.clients.conftest import installed
from tests.conformance.conftest import serving
from tests.revising import ENDED, NEW, RENAMED, RETIREMENTS, Said, revise, said_in, value_of
from tests.serving import free_port

if shutil.which("node") is None or shutil.which("npm") is None:
    pytest.skip("node or npm is not installed", allow_module_level=True)

OF, WHEN, HOW = (
    "<http://purl.org/dc/terms/isVersionOf>",
    "<http://www.w3.org/ns/prov#generatedAtTime>",
    "<http://purl.org/dc/terms/type>",
)
DELETE = "<https://www.w3.org/ns/activitystreams#Delete>"


@dataclass(frozen=True, slots=True)
class Member:
    """A version as the client gives it."""

    thing: str
    when: str
    how: str
    said: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Followed:
    """Two releases, and what the client gave: of the first, when the second was there as well, and to who came then."""

    releases: tuple[Release, Release]
    first: list[Member]
    then: list[Member]
    anew: list[Member]


def members_in(said: str) -> list[Member]:
    """The members in what the client writes, in the order in which it gives them."""
    found: dict[str, dict[str, set[str]]] = {}
    for quad in ox.parse(said, format=ox.RdfFormat.TURTLE):
        values = found.setdefault(str(quad.subject), {})
        values.setdefault(str(quad.predicate), set()).add(value_of(str(quad.object)))
    return [_member(values) for values in found.values()]


def _member(values: dict[str, set[str]]) -> Member:
    (thing,), (when,), (how,) = (values.pop(name) for name in (OF, WHEN, HOW))
    return Member(thing, when, how, frozenset((name, value) for name, found in values.items() for value in found))


def follow(program: Path, address: str, state: Path) -> list[Member]:
    """What the client gives that it has not given before with the same state."""
    command = ["node", str(program), f"{address}changes", "--save", str(state), "--ordered", "ascending"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert "error" not in ended.stderr.lower(), ended.stderr[-2000:]
    return members_in(ended.stdout)


def applied(held: Said, members: Iterable[Member]) -> Said:
    """A copy after some versions were put in the place of what it held."""
    copy = dict(held)
    for member in members:
        copy.pop(member.thing, None)
        if member.how != DELETE:
            copy[member.thing] = member.said
    return copy


@pytest.fixture(scope="module")
def followed(tmp_path_factory) -> Followed:
    """A stream that was followed before and after a second release came."""
    program = installed("ldes") / "node_modules" / "ldes-client" / "dist" / "bin" / "cli.js"
    folder = tmp_path_factory.mktemp("followed")
    data, tables, port = folder / "data", Path(shutil.copytree(OWN_TABLES, folder / "tables")), free_port()
    base = Base(f"http://localhost:{port}/")
    first = build(data, base, tables).release
    with serving("--data", data, port=port):
        given = follow(program, base.iri, folder / "state")
        revise(tables)
        second = build(data, base, tables).release
        _wait_for(second, f"{base.iri}changes.ttl")
        then = follow(program, base.iri, folder / "state")
        anew = follow(program, base.iri, folder / "another-state")
    return Followed((first, second), given, then, anew)


def _wait_for(release: Release, address: str) -> None:
    """Wait until all front processes serve a release: each looks once a second, and any of them answers."""
    until, in_a_row = time.monotonic() + 60, 0
    while in_a_row < 25:
        assert time.monotonic() < until, "the new release is not served"
        in_a_row = in_a_row + 1 if release.id in urlopen(address).read().decode() else 0
        time.sleep(0.1)


def test_it_gets_all_that_the_first_release_says(followed):
    assert applied({}, followed.first) == said_in(followed.releases[0])


def test_then_it_gets_what_has_changed_in_the_dumps_and_nothing_else(followed):
    before, after = map(said_in, followed.releases)
    differing = {thing for thing in before.keys() | after.keys() if before.get(thing) != after.get(thing)}
    assert {member.thing for member in followed.then} == differing
    assert len(followed.then) == len(differing)
    base = followed.releases[0].record["base"]
    told = {member.thing.removeprefix(f"<{base}")[:-1]: member.how.rpartition("#")[2][:-1] for member in followed.then}
    assert told == {NEW: "Create", RENAMED: "Update", ENDED: "Delete", **dict.fromkeys(RETIREMENTS, "Create")}


def test_its_copy_is_what_the_second_release_says(followed):
    assert applied(applied({}, followed.first), followed.then) == said_in(followed.releases[1])


def test_whoever_comes_later_gets_the_same(followed):
    moments = [member.when for member in followed.anew]
    assert moments == sorted(moments)
    assert applied({}, followed.anew) == said_in(followed.releases[1])
