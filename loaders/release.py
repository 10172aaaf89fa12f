"""Releases on disk: list them, open the current one, verify one, publish one.

What lies in a data folder::

    data/releases/{id}/      whole releases, never changed once they are here
    data/current             the id of the one that is served
    data/removed/{id}/       what stays of a release that is not kept any more: its record, and its identifiers
    data/refused/            the report of the last build that the gate refused
    data/.staging/           what a build is working on; the next build sweeps what a dead one left
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from loaders import disk
from loaders.files import ALL
from ontology.base import Base

_REPLACED = "replaced-"
_ID = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}", re.ASCII)


def no_pause(_took: float) -> None:
    """Go on at once, however long something took."""


class NoRelease(Exception):
    """There is no release to open; the message says what to do."""


class DamagedRelease(Exception):
    """A release does not hold what its record says; the message names what, and what to do."""


class UnreadableRelease(DamagedRelease):
    """What a release holds cannot be told, since the machine does not let its files be read; the message says which.

    It may well be whole: nothing is to be made anew, and nothing forgotten that it has said.
    """

    def __init__(self, release_id: str, why: OSError) -> None:
        told = f"{why.filename}: {why.strerror}" if why.filename else why
        super().__init__(
            f"the release {release_id} cannot be read ({told}). "
            "Give the user that runs this the right to read all that is in its folder"
        )
        self._told_of = release_id, why

    def __reduce__(self) -> tuple[type[UnreadableRelease], tuple[str, OSError]]:
        """Another process may tell of it."""
        return UnreadableRelease, self._told_of


@lru_cache(16)
def _base(iri: str) -> Base:
    """The base of a release, whose form is looked at once: pages ask for it time and again."""
    return Base(iri)


@dataclass(frozen=True, slots=True)
class Release:
    """One release directory and its record."""

    path: Path
    record: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> Release:
        """Read the record of a release directory.

        Raises NoRelease where there is no such directory, DamagedRelease where its record cannot be read.
        """
        none = NoRelease(f"there is no release {path.name} in {path.parent}; build one with `miljograf build`")
        if not path.is_dir():
            raise none
        try:
            record = json.loads((path / "release.json").read_bytes())
            release = cls(path, record)
            if release.id != path.name.removeprefix(_REPLACED) or not isinstance(record["files"], dict):
                raise ValueError(f"the record is that of {record['id']}")
            Base(record["base"])
        except PermissionError as error:
            raise UnreadableRelease(path.name, error) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            if not path.is_dir():  # it has been removed since
                raise none from error
            raise DamagedRelease(_damage(path, f"release.json cannot be used ({error})")) from error
        return release

    @property
    def id(self) -> str:
        """The date of the newest source and twelve hexadecimal digits that follow from the content."""
        return str(self.record["id"])

    @property
    def base(self) -> Base:
        """The base IRI that every identifier of the release is built on."""
        return _base(self.record["base"])

    @property
    def store(self) -> Path:
        """The folder of the Oxigraph database."""
        return self.path / "store"

    @property
    def dump(self) -> Path:
        """The file with all that the store says, as packed N-Quads."""
        return self.path / "dump" / ALL

    def verify(self, thoroughly: bool = True, pause: Callable[[float], object] = no_pause) -> None:
        """Compare the files with the record: all sizes, and all checksums but those of the store if not thoroughly.

        The store guards its own blocks, and is big where much is measured. `pause` is told after each file how many
        seconds it took, for who lets others go on. Raises DamagedRelease.
        """
        try:
            self._verify(thoroughly, pause)
        except PermissionError as error:
            raise UnreadableRelease(self.id, error) from error

    def _verify(self, thoroughly: bool, pause: Callable[[float], object]) -> None:
        for name, expected in self.record["files"].items():
            file, begun = self.path / name, time.monotonic()
            if not file.is_file():
                raise DamagedRelease(_damage(self.path, f"{name} is missing"))
            if file.stat().st_size != expected["bytes"]:
                raise DamagedRelease(_damage(self.path, f"{name} has another size than when it was sealed"))
            if (thoroughly or not name.startswith("store/")) and disk.checksum(file) != expected["sha256"]:
                raise DamagedRelease(_damage(self.path, f"{name} has other bytes than when it was sealed"))
            pause(time.monotonic() - begun)


def stamp(path: Path) -> tuple[int, ...] | None:
    """What is another as soon as a release directory has another record; None where it has none that can be told."""
    try:
        told = (path / "release.json").stat()
    except (OSError, ValueError):  # of a path that can be none
        return None
    return told.st_ino, told.st_mtime_ns, told.st_ctime_ns, told.st_size


def shut(release: Release, why: OSError | RuntimeError) -> DamagedRelease:
    """What is to be raised where the engine does not open the store of a release that has all its files."""
    if isinstance(why, OSError) and "Permission denied" in str(why):
        return UnreadableRelease(release.id, why)
    return DamagedRelease(
        f"the release {release.id} is damaged, or the machine does not let it be opened: its store says {why}. "
        "`miljograf build` makes it anew from its tables where it is damaged"
    )


def _damage(path: Path, what: str) -> str:
    return f"the release {path.name} is damaged: {what}. `miljograf build` makes it anew from its tables"


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases in a data folder."""

    data: Path

    @property
    def folder(self) -> Path:
        """Where whole releases lie."""
        return self.data / "releases"

    @property
    def staging(self) -> Path:
        """Where builds work; what lies here is never served."""
        return self.data / ".staging"

    @property
    def pointer(self) -> Path:
        """The file that names the release that is served."""
        return self.data / "current"

    @property
    def removed(self) -> Path:
        """Where the traces of removed releases lie."""
        return self.data / "removed"

    def removed_ids(self) -> list[str]:
        """The ids of the releases that are not kept any more, the oldest first."""
        if not self.removed.is_dir():
            return []
        kept = set(self.ids())
        names = (entry.name for entry in self.removed.iterdir())
        return sorted(name for name in names if _ID.fullmatch(name) and name not in kept)

    def trace(self, release_id: str) -> Release:
        """What stays of a release that was removed. Raises NoRelease and DamagedRelease."""
        return Release.open(self.removed / release_id)

    def ids(self) -> list[str]:
        """The ids of all releases, the oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(entry.name for entry in self.folder.iterdir() if _ID.fullmatch(entry.name))

    def get(self, release_id: str) -> Release:
        """Open a release by its id. Raises NoRelease and DamagedRelease."""
        if not _ID.fullmatch(release_id):
            raise NoRelease(f"{release_id!r} is the id of no release")
        return Release.open(self.folder / release_id)

    def readable(self) -> Iterator[Release]:
        """Open all releases, the oldest first by their ids; one whose record cannot be read is left out."""
        return _readable(self.get, self.ids())

    def traces(self) -> Iterator[Release]:
        """The same of what stays of those that were removed."""
        return _readable(self.trace, self.removed_ids())

    def current_id(self) -> str | None:
        """The id of the release that is served; None where there is none that can be read."""
        try:
            return self.current().id
        except (NoRelease, DamagedRelease):
            return None

    def current(self) -> Release:
        """Open the release that is served. Raises NoRelease and DamagedRelease.

        While a damaged release is being replaced, for as long as two renames take, it stands aside and is opened there.
        """
        try:
            named = self.pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError as error:
            raise NoRelease(f"there is no release in {self.data}; build one with `miljograf build`") from error
        except PermissionError as error:
            raise UnreadableRelease("that is current", error) from error
        except (OSError, ValueError) as error:
            raise DamagedRelease(
                f"{self.pointer} cannot be read ({error}); `miljograf build` writes it anew"
            ) from error
        if not _ID.fullmatch(named):
            raise DamagedRelease(f"{self.pointer} names no release. `miljograf build` writes it anew")
        aside = self.staging / f"{_REPLACED}{named}"
        if not (self.folder / named).exists() and aside.is_dir():
            return Release.open(aside)
        return self.get(named)

    def publish(self, staged: Path) -> Release:
        """Move a sealed release to its place and let `current` name it, each in one step.

        A damaged release of the same id makes way. A build that dies in between leaves the earlier release
        current, and the new one whole in its place.
        """
        release_id = json.loads((staged / "release.json").read_bytes())["id"]
        place = self.folder / release_id
        self.folder.mkdir(parents=True, exist_ok=True)
        if place.exists():
            place.rename(self.staging / f"{_REPLACED}{release_id}")
        staged.rename(place)
        disk.flush_folder(self.folder)
        self.point_to(release_id)
        return self.get(release_id)

    def put_back(self) -> None:
        """Put a release back that a build took away to replace and then died: damaged is better than gone."""
        for aside in self.staging.glob(f"{_REPLACED}*"):
            place = self.folder / aside.name.removeprefix(_REPLACED)
            if not place.exists():
                aside.rename(place)

    def point_to(self, release_id: str) -> None:
        """Let `current` name a release."""
        disk.replace(self.pointer, f"{release_id}\n".encode("ascii"))


def _readable(opener: Callable[[str], Release], ids: Iterable[str]) -> Iterator[Release]:
    for release_id in ids:
        try:
            yield opener(release_id)
        except (NoRelease, DamagedRelease):
            continue


def find_release(releases: Releases, name: str) -> Release:
    """A release by its id, by the beginning of it, or as `current` or `previous`.

    Raises NoRelease where none or several are meant, and DamagedRelease.
    """
    if name == "current":
        return releases.current()
    if name == "previous":
        previous = releases.current().record.get("previous")
        if previous is None:
            raise NoRelease("the current release is the first: there is no previous one")
        return releases.get(previous)
    found = [release_id for release_id in releases.ids() if release_id.startswith(name)]
    if len(found) != 1:
        listed = ", ".join(found or releases.ids()) or "none"
        which = "several releases begin" if found else "no release begins"
        raise NoRelease(f"{which} with {name!r}; there are: {listed}")
    return releases.get(found[0])
