"""What every release of a data folder had: its identifiers, and those that it said had ended.

It stands apart from what is made of that, so that a process that reads it holds no more.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import NamedTuple

from loaders.identifiers import FILE, Identifiers
from loaders.release import DamagedRelease, NoRelease, Release, Releases, UnreadableRelease
from ontology.namespaces import RDF

RETIREMENT = "id/retirement/"
"""How the identifiers begin of what is said of those that have ended."""


class Ending(NamedTuple):
    """That an identifier has ended: the last release that said so, and the day of the first.

    There is no such day where a later release named it again.
    """

    release_id: str
    since: str | None


@dataclass(frozen=True, slots=True)
class Pasts:
    """What the releases of a data folder had: an identifier is held once, however many had it.

    `named` are the identifiers that a release had and no later one, by its id, the latest first; `ended` all that any
    of them said had ended.
    """

    named: dict[str, Identifiers] = field(default_factory=dict)
    ended: dict[str, Ending] = field(default_factory=dict)

    def named_last(self, release_id: str) -> Identifiers | None:
        """All identifiers of the latest release, if it is this one."""
        return self.named[release_id] if next(iter(self.named), None) == release_id else None

    def add(self, release_id: str, listed: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Add what a release lists that is earlier than all that are there; nothing, where that raises an error."""
        later, ended = tuple(self.named.values()), []
        here: dict[str, tuple[str, ...]] = {}
        for path, classes in listed:
            if not any(path in each for each in later):
                here[path] = classes
            if path.startswith(RETIREMENT):
                ended.append(path[len(RETIREMENT) :])
        self.named[release_id] = here
        day = release_id[: len("2026-11-26")]
        for path in ended:
            said = self.ended.get(path)
            if any(path in each for each in later):
                since = said.since if said else None
            else:
                since = min(day, said.since or day) if said else day
            self.ended[path] = Ending(said.release_id if said else release_id, since)


def read_pasts(releases: Releases) -> Pasts:
    """What the releases list, from the current one along those that it was made after; then any others.

    What a damaged one said is not known. Raises UnreadableRelease for one that may not be read.
    """
    pasts, following = Pasts(), releases.current_id()
    left = dict.fromkeys(releases.ids(), releases.get) | dict.fromkeys(releases.removed_ids(), releases.trace)
    while left:
        release_id = following if following in left else max(left)
        following = None
        try:
            release = left.pop(release_id)(release_id)
            pasts.add(release_id, _read(release))
        except PermissionError as error:
            raise UnreadableRelease(release_id, error) from error
        except UnreadableRelease:
            raise
        except (NoRelease, DamagedRelease, OSError, EOFError, ValueError, zlib.error):
            continue
        following = release.record.get("previous")
    return pasts


def _read(release: Release) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The identifiers of a release: from its list, or from its dump, where it was made before there were lists."""
    if not (release.path / FILE).is_file():
        yield from _read_dump(release).items()
        return
    classes_of = cache(lambda classes: tuple(classes.split()))  # the same ones stand in many lines
    with gzip.open(BytesIO((release.path / FILE).read_bytes()), "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            path, classes = line[:-1].split("\t")
            yield path, classes_of(classes)


def _read_dump(release: Release) -> Identifiers:
    found: dict[str, tuple[str, ...]] = {}
    with gzip.open(release.dump, "rt", encoding="utf-8") as lines:
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            if subject.startswith(f"<{release.base.iri}"):
                cls = (release.base.canonical(rest.partition(">")[0][1:]),) if predicate == f"<{RDF.type}>" else ()
                path = release.base.path_of(subject[1:-1])
                found[path] = (*found.get(path, ()), *cls)
    return found
