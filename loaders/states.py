"""The states of a thing or a file: in which releases it is, and since which of them it is as it is there.

A list of versions tells of the releases before its own as well, back to the one in which a thing came to be as it is.
So few lists are looked at, however many releases are kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from loaders.identifiers import is_listed
from loaders.release import DamagedRelease, NoRelease, Release
from loaders.versions import ROWS, Activity, read_versions


class State(NamedTuple):
    """A release that has something, and the id of the one since which that is as it is there; None if nobody knows."""

    release: Release
    since: str | None


class _Told(NamedTuple):
    is_there: bool
    since: str | None = None


def states_of_thing(thing: str, releases: Sequence[Release]) -> list[State]:
    """The states of a thing in the releases that have it, in the order of these: as they were made, the oldest first.

    The thing is a path after the base, or the IRI of one that others mint. A release that is damaged tells nothing.
    """
    told: dict[str, _Told] = {}
    for release in reversed(releases):
        if release.id not in told:
            told |= _tell_of(thing, release)
    return [State(release, told[release.id].since) for release in releases if told[release.id].is_there]


def _tell_of(thing: str, release: Release) -> dict[str, _Told]:
    """What a release tells of a thing: there, and in those before it in which the thing was the same."""
    try:
        versions = read_versions(release)
        if versions is None or thing.startswith(ROWS):
            return {release.id: _Told(is_listed(thing, release.path))}
        version = versions.find(thing)
    except (DamagedRelease, OSError, ValueError, zlib.error):
        return {release.id: _Told(False)}
    made = [name for name, _ in versions.made]
    if version is None or version.activity is Activity.DELETE:
        return dict.fromkeys(made[version.release if version else 0 :], _Told(False))
    return dict.fromkeys(made[version.release :], _Told(True, made[version.release]))


def states_of_file(places: Sequence[str], releases: Sequence[Release]) -> list[State]:
    """The same of a file, by the places in a release where it may lie; of a folder, whose place ends in a slash.

    Checksums tell whether it is the same.
    """
    found: list[State] = []
    before = ""
    for release in releases:
        try:
            files = Release.open(release.path).record["files"]
        except (NoRelease, DamagedRelease):
            continue
        checksum = next(filter(None, (_checksum(files, place) for place in places)), None)
        if checksum is not None:
            found.append(State(release, found[-1].since if checksum == before else release.id))
            before = checksum
    return found


def _checksum(files: Mapping[str, Mapping[str, Any]], place: str) -> str:
    """That of the file at a place, or those of all in a folder; nothing where there is none."""
    there = sorted(name for name in files if name.startswith(place)) if place.endswith("/") else [place]
    return " ".join(files[name]["sha256"] for name in there if name in files)
