"""The last version of each thing: in which release it came to be as it is, and how; and what those of a release say.

A version is new where a thing is, says something else, or has gone; where its rows stand in the tables makes none. Each
release lists the last version of every thing, also of what has gone, and its own versions with what they say, page by
page. What it lists follows from its content and from what the release before it listed.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from loaders import disk
from loaders.identifiers import FILE as IDENTIFIERS
from loaders.packed import find_line, read_piece, write_pieces
from loaders.release import DamagedRelease, Release, Releases
from ontology.base import Base
from ontology.namespaces import MG

T = TypeVar("T")

FOLDER = Path("changes")
INDEX, ALL, OWN = FOLDER / "versions.json", FOLDER / "all-versions.gz", FOLDER / "own-versions.gz"

MOST_ON_A_PAGE = 200
"""Things on a page; a page of them is some hundred kilobytes of Turtle."""

ROWS = "id/row/"
"""How the paths of rows begin, which have no versions."""


class Activity(StrEnum):
    """How a version came to be."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


_ACTIVITIES = {activity.value: activity for activity in Activity}  # looked up faster than the class is called


class Version(NamedTuple):
    """The version of a thing that a release made, by the number of the release in a list of them.

    The thing is a path after the base, or the IRI of a thing that others mint.
    """

    thing: str
    activity: Activity
    release: int


class Stated(NamedTuple):
    """A version and what it says: N-Triples; nothing of what has gone."""

    version: Version
    statements: bytes


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that a release lists: `own` of them came to be in it, after the release `since`.

    `made` has the id of each release that a version came to be in, and when that was made; the last is this one.
    """

    folder: Path
    since: str | None
    made: tuple[tuple[str, str], ...]
    pages: tuple[tuple[int, int], ...]
    own_pages: tuple[tuple[int, int], ...]

    @property
    def last(self) -> int:
        """The number of this release."""
        return len(self.made) - 1

    def page(self, number: int) -> list[Version]:
        """The last versions on a page, which count from 1, in the order of their things. Raises DamagedRelease."""
        return [_read_version(line) for line in _lines(self.folder / ALL, *self.pages[number - 1])]

    def own_page(self, number: int) -> list[Stated]:
        """The versions that came to be in this release, on a page. Raises DamagedRelease."""
        found: list[tuple[Version, list[str]]] = []
        for line in _lines(self.folder / OWN, *self.own_pages[number - 1]):
            if line.startswith("<"):
                found[-1][1].append(line)
            else:
                found.append((_read_version(line), []))
        return [Stated(version, "".join(f"{line}\n" for line in lines).encode("utf-8")) for version, lines in found]

    def find(self, thing: str) -> Version | None:
        """The last version of a thing; None where no release up to this one had it. Raises DamagedRelease.

        The pages are in the order of their things, so few of them are looked at.
        """
        line = find_line(partial(_lines, self.folder / ALL), self.pages, thing)
        return _read_version(line) if line else None

    def __iter__(self) -> Iterator[Version]:
        """The last version of every thing. Raises DamagedRelease."""
        return map(_read_version, self.lines())

    def elsewhere(self) -> Iterator[Version]:
        """Those of the things that others mint."""
        return map(_read_version, filter(_is_elsewhere, self.lines()))

    def lines(self) -> Iterator[str]:
        """The same as they are written, each with the end of its line. Raises DamagedRelease."""
        if not self.pages:
            return
        try:
            with gzip.open(self.folder / ALL, "rt", encoding="utf-8", newline="\n") as lines:
                yield from lines
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise DamagedRelease(f"{self.folder / ALL} cannot be read ({error})") from error


@lru_cache(64)
def _read(folder: Path, release_id: str, made: str) -> Versions | None:
    if not (folder / INDEX).is_file():
        return None
    try:
        told = json.loads((folder / INDEX).read_bytes())
        return Versions(
            folder,
            told["since"],
            (*((name, then) for name, then in told["made"]), (release_id, made)),
            tuple((start, end) for start, end in told["pages"]),
            tuple((start, end) for start, end in told["ownPages"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedRelease(f"{folder / INDEX} cannot be read ({error})") from error


def read_versions(release: Release) -> Versions | None:
    """The versions that a release lists; None of one that was made before there were any. Raises DamagedRelease."""
    return _read(release.path, release.id, release.record["made"])


def described_elsewhere(release: Release) -> frozenset[str] | None:
    """The IRIs that a release describes and that are not on its base; None where it lists no versions.

    Raises DamagedRelease.
    """
    versions = read_versions(release)
    if versions is None:
        return None
    there = (version for version in versions.elsewhere() if version.activity is not Activity.DELETE)
    return frozenset(version.thing for version in there)


def release_to_go_on_from(releases: Releases, base: Base, release_id: str) -> Release | None:
    """The release that was made last but one that is being made, if it is on the same base and lists its versions.

    It is the current one, unless that was gone back to.
    """
    found = [release for release in releases.readable() if release.id != release_id]
    last = max(found, key=lambda release: str(release.record["made"]), default=None)
    return last if last is not None and last.base == base and _is_whole(last) else None


def _is_whole(release: Release) -> bool:
    """True where a release lists versions as its record says that it does."""
    for place in (INDEX, ALL):
        told, file = release.record["files"].get(place.as_posix()), release.path / place
        if told is None or not file.is_file() or disk.checksum(file) != told["sha256"]:
            return False
    return True


def write_versions(  # noqa: PLR0913, PLR0917 - what there is now, what was before and where it is written
    base: Base,
    elsewhere: Iterable[str],
    store: ox.Store,
    directory: Path,
    since: Release | None,
    changed: Container[str],
) -> None:
    """Write the versions of all that a store describes into a staged release that lists its identifiers.

    `elsewhere` are the IRIs that are not on the base. The versions go on from those of a release, after which some
    things say something else, given as paths or IRIs. The store is asked for what is said of these and of new things.
    """
    before = read_versions(since) if since else None
    made = before.made if before else ()
    own: list[Version] = []
    there = _named(elsewhere, directory)
    # all are new where there was nothing before, and not told of
    lines = _last(there, before.lines(), changed, len(made), own.append) if before else _new(there, len(made))
    pages = write_pieces(directory / ALL, ((disk.encoded(page), None) for page in _pages(lines)))
    stated = (
        (disk.encoded(text for version in page for text in (_line(version), _said(store, base, version))), None)
        for page in _pages(iter(own))
    )
    own_pages = write_pieces(directory / OWN, stated)
    told = {
        "since": since.id if since else None,
        "made": made,
        "pages": [(place.start, place.end) for place in pages],
        "ownPages": [(place.start, place.end) for place in own_pages],
    }
    disk.write(directory / INDEX, json.dumps(told).encode("utf-8"))


def iri_of(thing: str, base: Base) -> str:
    """The IRI of a thing on a base."""
    return thing if _is_elsewhere(thing) else base.iri + thing


def _is_elsewhere(thing: str) -> bool:
    """True of the IRI of a thing, or of a line that begins with it, and False of a path after the base."""
    return "://" in thing


def _named(elsewhere: Iterable[str], directory: Path) -> Iterator[str]:
    """What a release describes but for rows, in order."""
    with gzip.open(directory / IDENTIFIERS, "rt", encoding="utf-8", newline="\n") as lines:
        ours = (line.partition("\t")[0] for line in lines)
        yield from merge((path for path in ours if not path.startswith(ROWS)), sorted(elsewhere))


def _new(named: Iterator[str], own: int) -> Iterator[str]:
    """The versions of things in the release of the number `own`, before which nothing was there."""
    end = _line(Version("", Activity.CREATE, own))
    return (f"{thing}{end}" for thing in named)


def _last(
    named: Iterator[str], before: Iterator[str], changed: Container[str], own: int, note: Callable[[Version], None]
) -> Iterator[str]:
    """The last version of each thing that is there now or was before, both of which are in order: as it is written.

    Those that come to be in the release of the number `own` are noted.
    """

    def made(thing: str, activity: Activity) -> str:
        version = Version(thing, activity, own)
        note(version)
        return _line(version)

    there = next(named, None)
    for line in before:
        thing, activity, _ = line.split("\t")
        while there is not None and there < thing:
            yield made(there, Activity.CREATE)
            there = next(named, None)
        if there != thing:
            yield line if activity == Activity.DELETE else made(thing, Activity.DELETE)
            continue
        if activity == Activity.DELETE:
            yield made(there, Activity.CREATE)
        else:
            yield made(there, Activity.UPDATE) if there in changed else line
        there = next(named, None)
    while there is not None:
        yield made(there, Activity.CREATE)
        there = next(named, None)


def _said(store: ox.Store, base: Base, version: Version) -> str:
    """What a release says of a thing but for where that is stated, as N-Triples in order."""
    if version.activity is Activity.DELETE:
        return ""
    quads = store.quads_for_pattern(ox.NamedNode(iri_of(version.thing, base)), None, None, None)
    stated_in = str(base.localise(MG.statedIn))
    triples = (quad.triple for quad in quads if quad.predicate.value != stated_in)
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return b"".join(sorted(set(written.splitlines(keepends=True)))).decode("utf-8")


def _line(version: Version) -> str:
    return f"{version.thing}\t{version.activity.value}\t{version.release}\n"


def _read_version(line: str) -> Version:
    thing, activity, release = line.split("\t")
    return Version(thing, _ACTIVITIES[activity], int(release))


def _pages(versions: Iterator[T]) -> Iterator[list[T]]:
    while page := list(islice(versions, MOST_ON_A_PAGE)):
        yield page


def _lines(path: Path, start: int, end: int) -> list[str]:
    """The lines of one piece of a file. Raises DamagedRelease."""
    try:
        return read_piece(path, start, end)
    except (OSError, ValueError, zlib.error) as error:
        raise DamagedRelease(f"{path} cannot be read ({error})") from error
