"""Which releases are kept: the newest so many, the current one, and any that is in use. Of others a trace stays.

A release that was removed leaves its record and the list of its identifiers, so that its id can be told from one that
never was, and none of its identifiers comes to name another thing.
"""

from __future__ import annotations

import fcntl
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from loaders import disk
from loaders.identifiers import FILE
from loaders.lock import build_lock
from loaders.release import NoRelease, Release, Releases


class BeingRemoved(Exception):
    """Another process is removing a release: in a moment it is gone."""


def hold(release: Release) -> IO[bytes]:
    """Keep a release from being removed until its record, which this is, is closed. Any number of processes may.

    Raises NoRelease where it has been removed since it was opened, and BeingRemoved.
    """
    with ExitStack() as opened:
        try:
            record = opened.enter_context((release.path / "release.json").open("rb"))
        except FileNotFoundError as error:
            raise _removed(release) from error
        try:
            fcntl.flock(record, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BeingRemoved from error
        if not release.path.is_dir():  # its removal has ended in between
            raise _removed(release)
        opened.pop_all()
        return record


def _removed(release: Release) -> NoRelease:
    return NoRelease(f"the release {release.id} has been removed from {release.path.parent}")


def prune(data: Path, number: int) -> list[str]:
    """Keep only so many releases in a data folder; the ids of those removed. Raises Locked while a build works."""
    with build_lock(data):
        return keep_newest(Releases(data), number)


def keep_newest(releases: Releases, number: int) -> list[str]:
    """Remove all but the newest releases of a data folder, by when they were made; the ids of those removed.

    The current one stays, one in use stays, and a damaged one stays, since nobody can tell when it was made.
    """
    current = releases.current().id
    newest_first = sorted(
        releases.readable(), key=lambda release: (release.id == current, release.record["made"]), reverse=True
    )
    return [release.id for release in newest_first[number:] if _remove(releases, release)]


def _remove(releases: Releases, release: Release) -> bool:
    """Remove a release but for its trace; False where it is in use."""
    with (release.path / "release.json").open("rb") as record:
        try:
            fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _leave_a_trace(releases, release)
        aside = releases.staging / f"removed-{release.id}"
        release.path.rename(aside)
    disk.remove(aside)
    return True


def _leave_a_trace(releases: Releases, release: Release) -> None:
    """What stays of a release, whole in one step."""
    trace = releases.staging / f"trace-{release.id}"
    disk.remove(trace)
    kept = [Path("release.json"), FILE if (release.path / FILE).is_file() else release.dump.relative_to(release.path)]
    for path in kept:
        (trace / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(release.path / path, trace / path)
    disk.flush_files(trace / path for path in kept)
    place = releases.removed / release.id
    disk.remove(place)
    place.parent.mkdir(exist_ok=True)
    trace.rename(place)
    disk.flush_folder(place.parent)
