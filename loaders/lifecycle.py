"""What becomes of identifiers: none disappears unsaid, none returns, none comes to name another thing (DIGG UM-10).

A release is compared with every earlier one in the data folder, on the part of each identifier after its base.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from loaders.aside import Aside
from loaders.curated import Curated
from loaders.identifiers import Identifiers
from loaders.pasts import RETIREMENT, Pasts, read_pasts
from loaders.release import Releases
from loaders.retirements import Retirement, RetirementSuccessor
from loaders.table import Problem
from loaders.ways import WAYS
from ontology.namespaces import MG
from ontology.schemes import Confidence, Fate
from shapes.report import Place

MOST_NAMED = 20
"""How many identifiers are named that are gone; the file of proposed lines has all."""

MAY_RETURN = (
    "id/row/",
    "id/mapping/",
    "id/measure-link/",
    "id/membership/",
    "id/observation/",
    "id/slice/",
    "id/assessment/",
    "id/report/",
    "id/assessment-count/",
    *chain.from_iterable(way.gives for way in WAYS.values()),
)
"""How the identifiers begin whose keys are made of what they join, or of the code of a source: the same key is the same
thing, whenever it is stated. Any other key is given, and could be given again to another thing."""

_DELIVERED = re.compile(r"id/(?:action-programme|measure)/[a-z0-9-]+--")
"""How the identifiers begin of what others deliver: by the delivery, and what they call the programme or measure."""

_SUCCESSORS: dict[Fate, tuple[range, str]] = {
    Fate.WITHDRAWN: (range(1), "none"),
    Fate.REPLACED: (range(1, 2), "exactly one"),
    Fate.DIVIDED: (range(2, 1_000_000), "at least two"),
    Fate.MERGED: (range(1, 1_000_000), "at least one"),
}
"""How many things hold instead, for each fate."""

_OF_RETIREMENTS = (
    RETIREMENT,
    "id/row/live_retirements/",
    *(f"id/row/{model.table}/" for model in (Retirement, RetirementSuccessor)),
)
"""How the identifiers begin that come and go with what is said of those that have ended."""


_LIVE, _RECEIVED = "id/row/live_sources/", "id/row/received_sources/"
"""How the identifiers begin that a live source and a delivery have in every release with them."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with the identifiers of a release, and those that are gone without a word."""

    problems: tuple[Problem, ...]
    gone: tuple[str, ...]

    def lines_to_fill_in(self, since: str) -> Iterator[str]:
        """Lines for the table of retirements, one for each identifier that is gone; the reasons are left to write."""
        yield ",".join(Retirement.columns()) + "\n"
        for path in self.gone:
            yield f"{path},{Fate.WITHDRAWN},{since},,,editors,{Confidence.LIKELY}\n"


class History:
    """What every release of a data folder had; read once: when it is asked for, or by a process beside this one."""

    def __init__(self, releases: Releases, aside: Aside | None = None) -> None:
        self.lines = lines_for(releases)
        self._read: Callable[[], Pasts] = partial(read_pasts, releases)
        if aside and aside.has_processes:
            self._read = aside.submit(read_pasts, releases).result

    @cached_property
    def pasts(self) -> Pasts:
        """What the releases had, kept or removed, as far as they can be read."""
        return self._read()


def check(curated: Curated, named: Identifiers, history: History) -> Findings:
    """What is wrong with the identifiers of a release, compared with its tables and with the releases before it."""
    retired = {row.identifier: row for row in curated.rows if isinstance(row, Retirement)}
    successors = [row for row in curated.rows if isinstance(row, RetirementSuccessor)]
    pasts = history.pasts
    gone = _gone(named, retired, pasts)
    problems = [
        *_retirements(named, retired, successors),
        *_successors(named, retired, successors),
        *_returned(named, retired, pasts),
        *_of_another_class(named, pasts),
        *_without_source(gone),
        *_disappeared(gone, history.lines),
    ]
    return Findings(tuple(problems), tuple(sorted(gone)))


def gone_since(curated: Curated, named: Identifiers, history: History, today: str) -> dict[str, str]:
    """What earlier releases had and nothing tells of now; the day of the first that said it had ended, or today.

    Only those count that said so after the last that had it.
    """
    retired = {row.identifier: row for row in curated.rows if isinstance(row, Retirement)}
    ended = history.pasts.ended
    return {path: (path in ended and ended[path].since) or today for path in _gone(named, retired, history.pasts)}


def lines_for(releases: Releases) -> Path:
    """Where a build leaves lines to fill in for identifiers that are gone."""
    return releases.data / "refused" / f"{Retirement.table}.csv"


def _retirements(
    named: Identifiers, retired: Mapping[str, Retirement], successors: Iterable[RetirementSuccessor]
) -> Iterator[Problem]:
    """An identifier that is said to have ended and is there still; one with too many or too few successors."""
    count = Counter(successor.identifier for successor in successors)
    for path, row in retired.items():
        place = Place(f"{row.table}.csv", row.line, "identifier")
        if path in named:
            yield Problem(place, f"{path} has ended by this line, but the tables or the vocabulary still have it")
        allowed, words = _SUCCESSORS[row.fate]
        if count[path] not in allowed:
            wanted = f"what is {row.fate} has {words} in {RetirementSuccessor.table}.csv"
            yield Problem(Place(place.file, row.line, "fate"), f"{wanted}, and {path} has {count[path]}")


def _successors(
    named: Identifiers, retired: Mapping[str, Retirement], successors: Iterable[RetirementSuccessor]
) -> Iterator[Problem]:
    """A successor of what has not ended, or one that is not there, or that has ended itself."""
    for row in successors:
        place = Place(f"{row.table}.csv", row.line, "successor")
        if row.identifier not in retired:
            message = f"{row.identifier} is not in {Retirement.table}.csv"
            yield Problem(Place(place.file, row.line, "identifier"), message)
        if row.successor in retired:
            yield Problem(place, f"{row.successor} has ended too: name what holds now")
        elif row.successor not in named:
            yield Problem(place, f"there is no {row.successor} in the release")


def _gone(named: Identifiers, retired: Mapping[str, Retirement], pasts: Pasts) -> dict[str, str]:
    """What an earlier release had, or said to have ended, and this one knows nothing of; with that release."""
    here = named.keys()
    had = ((path, release_id) for release_id, there in pasts.named.items() for path in sorted(there.keys() - here))
    ended = ((path, ending.release_id) for path, ending in pasts.ended.items() if ending.since)
    return {
        path: release_id
        for path, release_id in chain(had, ended)
        if path not in named and path not in retired and not path.startswith(_OF_RETIREMENTS)
    }


def _without_source(gone: Mapping[str, str]) -> Iterator[Problem]:
    """A live source or a delivery of which nothing is there: before what is gone with it, in the order of places.

    Its own row is among what is gone, so it is not counted once more.
    """
    for path in sorted(gone):
        if path.startswith(_LIVE):
            name = path.removeprefix(_LIVE)
            yield Problem(
                Place("--sources"),
                f"the release {gone[path]} had the live source {name}, and this build has nothing of it: was the "
                f"sources file that names it forgotten (--sources FILE), or sources/{name} removed from the data "
                "folder? What it gave is gone with it",
                faults=0,
            )
        elif path.startswith(_RECEIVED):
            name = path.removeprefix(_RECEIVED)
            yield Problem(
                Place(f"received/{name}"),
                f"the release {gone[path]} had the delivery {name}, and this build has nothing of it: put its folder "
                "back, receive it anew, or say of each identifier what became of it. What it gave is gone with it",
                faults=0,
            )


def _disappeared(gone: Mapping[str, str], lines: Path) -> Iterator[Problem]:
    place = Place(f"{Retirement.table}.csv")
    for path in sorted(gone)[:MOST_NAMED]:
        message = f"{path} was in the release {gone[path]} and is gone: put it back, or say here what became of it"
        yield Problem(place, message)
    if gone:
        unnamed = max(len(gone) - MOST_NAMED, 0)
        more = f"{unnamed} more are gone; " if unnamed else ""
        yield Problem(place, f"{more}lines to fill in are in {lines}", faults=unnamed)


def _returned(named: Identifiers, retired: Mapping[str, Retirement], pasts: Pasts) -> Iterator[Problem]:
    """An identifier that has ended by an earlier release and names something now, which nothing says is the same."""
    for path, (release_id, _) in pasts.ended.items():
        if path not in named or path in retired:
            continue
        if not path.startswith(MAY_RETURN) and _DELIVERED.match(path) is None:
            yield Problem(
                Place(f"{Retirement.table}.csv"),
                f"{path} had ended by the release {release_id} and cannot return: put its line back, and give what "
                "has come another key",
            )


def _of_another_class(named: Identifiers, pasts: Pasts) -> Iterator[Problem]:
    """An identifier that names a thing of another sort than in the last release that had it."""
    had = ((path, then, release_id) for release_id, there in pasts.named.items() for path, then in there.items())
    for path, then, release_id in had:
        now = named.get(path)
        if now and then and now != then and set(now).isdisjoint(then):
            yield Problem(
                Place(f"{Retirement.table}.csv"),
                f"{path} was a {' and a '.join(map(_short, then))} in the release {release_id} and is a "
                f"{' and a '.join(map(_short, now))} now: an identifier never comes to name another thing",
            )


def _short(cls: str) -> str:
    return cls.removeprefix(str(MG)).rpartition("/")[2].rpartition("#")[2]
