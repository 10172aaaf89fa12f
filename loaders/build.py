"""Builds a release: read, compose, stage, gate, describe, seal, publish; in order, under a lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from loaders import curated as curated_tables
from loaders import disk, lifecycle
from loaders.amiss import find_amiss, known_from
from loaders.aside import Aside
from loaders.clone import Disagreement, disagreement
from loaders.content import Content, compose, nothing_known, taken_by_none
from loaders.curated import Curated
from loaders.describe import Describing, Making, Stock, take_stock
from loaders.dumps import write_dumps
from loaders.endings import ended_by_sources
from loaders.identifiers import Identifiers, identifiers_of, list_identifiers
from loaders.live import LiveSources, read_live_sources
from loaders.live_rows import Freshness, Live, read_live, write_live_tables
from loaders.live_series import statements_at_least
from loaders.loading import Loading
from loaders.lock import build_lock
from loaders.origins import Origins
from loaders.previous import (
    PLACE,
    Before,
    NothingToTakeOver,
    Previous,
    checksum_in,
    release_before,
    shared,
    tell_of_graphs,
)
from loaders.publisher import EDITORS, Publisher
from loaders.received import Received, read_received, write_copies
from loaders.release import DamagedRelease, NoRelease, Release, Releases
from loaders.seal import build_report, describe_in_record, files_in, moment_after, seal
from loaders.since import described_since, tell_of_changes
from loaders.stage import STORE, stage, stored
from loaders.table import TableProblems
from loaders.tally import tally
from loaders.touched import touched_since
from ontology.base import Base
from shapes.engines import Choice, Engine, engine
from shapes.gate import Earlier, Noted, check, judge
from shapes.memory import give_back, looked_through_seldom
from shapes.rendering import read_findings, write_report
from shapes.report import Finding, Report

Progress = Callable[[str], None]
"""Told what the build is doing, one short line at a time."""


class Refused(Exception):
    """The gate stopped the release; its report lies in `folder`."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.report = report
        self.folder = folder
        super().__init__(f"the gate refused the release: {report.counts()['Violation']} violations; report in {folder}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A release that is now current, what went into it, whether it was made now, or another was current before it."""

    release: Release
    curated: Curated
    freshness: tuple[Freshness, ...]
    is_new: bool
    is_current_again: bool = False


@dataclass(frozen=True, slots=True)
class _Composed:
    """What a release is to say and what it describes; the release that says so already, or what is shared with one."""

    content: Content
    identifiers: Identifiers
    elsewhere: frozenset[str]
    there: Release | None
    previous: Previous | None


@dataclass(frozen=True, slots=True)
class _Ingredients:
    """What a release is made from.

    `listed` is what its record says of the identifiers, whose list is written; `elsewhere` has the IRIs that it
    describes and that are not on its base.
    """

    content: Content
    elsewhere: frozenset[str]
    curated: Curated
    live: Live
    received: Received
    listed: dict[str, Any]
    previous: Previous | None


def build(  # noqa: PLR0913, PLR0917 - as many arguments as the command has options
    data: Path,
    base: Base,
    tables: Path | None = None,
    progress: Progress = lambda _: None,
    publisher: Publisher = EDITORS,
    gate: Choice = Choice.FAST,
    sources: LiveSources | None = None,
    whole: bool = False,
) -> Outcome:
    """Build a release from the curated tables and what was fetched into a data folder, and make it current.

    What has not changed is taken over from the release that is current, unless the whole is to be made anew; the
    release is the same either way.
    Building the same content again changes nothing. Raises TableProblems, NoLiveSource, BadPublisher, Refused, Locked,
    DamagedRelease or OSError; whatever it raises, the release that was current before still is.
    """
    releases = Releases(data)
    data.mkdir(parents=True, exist_ok=True)
    staged, statements = releases.staging / "release", releases.staging / "statements"
    with (
        looked_through_seldom(),
        build_lock(data),
        _swept(releases),
        Loading(staged / STORE) as loading,
        Aside() as aside,
        ThreadPoolExecutor(1) as meanwhile,
    ):
        finding = None if whole else meanwhile.submit(_before, releases, base, aside)
        progress("reading the tables")
        curated = curated_tables.read_all(tables)
        live = read_live(data, read_live_sources() if sources is None else sources, curated.rows)
        if live.rows or live.left_out:
            progress(f"read {len(live.rows):,} rows of live sources")
            curated = curated.with_live(live.rows, live.left_out)
        received = read_received(data, curated.rows)
        if received.rows:
            progress(f"read {len(received.rows):,} rows of deliveries")
            curated = curated.with_live(received.rows)
        before = _found(finding, progress) if finding else None
        aside.begin(statements_at_least(curated.rows))
        known, take = (before.known, taken_by_none) if before else (nothing_known, loading.take)
        progress(f"composing the statements of {len(curated.rows):,} rows on {base.iri}")
        history = lifecycle.History(releases)

        def composed(curated: Curated, history: lifecycle.History) -> _Composed:
            content = compose(curated, base, publisher, statements, known, take)
            there = _already_whole(releases, content.release_id, before)
            previous = _shared(before, content, progress) if before and there is None else None
            return _Composed(content, *described_since(previous, content, history.pasts), there, previous)

        made = composed(curated, history)
        ended = ended_by_sources(curated, made.identifiers, made.content.reference_date, history)
        if ended:
            progress(f"{len(ended):,} identifiers have ended: their source does not give them any more")
            live = replace(live, rows=live.rows + ended)
            curated = curated.with_live(ended)
            loading.start_over()
            made = composed(curated, history)
        if made.there is not None and releases.current_id() == made.there.id:
            return Outcome(made.there, curated, live.freshness, is_new=False)
        progress("comparing the identifiers with those of earlier releases")
        _compare(curated, made, history)
        del history
        if made.there is not None:
            releases.point_to(made.there.id)
            return Outcome(made.there, curated, live.freshness, is_new=False, is_current_again=True)
        listed = list_identifiers(made.identifiers, base, staged)
        ingredients = _Ingredients(made.content, made.elsewhere, curated, live, received, listed, made.previous)
        aside.begin(made.content.triples)
        del made  # it holds as many identifiers as there are things
        making = partial(_make, releases, staged, engine(gate), loading, aside, progress)
        if not _taken_over(making, ingredients, progress):
            making(_anew(ingredients, staged))
        progress("publishing")
        return Outcome(releases.publish(staged), curated, live.freshness, is_new=True)


def _before(releases: Releases, base: Base, aside: Aside) -> Before:
    """The release that is taken over from; where it is large, processes are begun. Raises NothingToTakeOver."""
    before = release_before(releases, base)
    aside.begin(before.release.record["triples"])
    return before


def _found(finding: Future[Before], progress: Progress) -> Before | None:
    """The release that is taken over from, where one can be."""
    try:
        return finding.result()
    except NothingToTakeOver as error:
        progress(f"taking over nothing: {error}")
        return None


def _shared(before: Before, content: Content, progress: Progress) -> Previous | None:
    """What the release before shares with a content, where they are two."""
    try:
        previous = shared(before, content)
    except NothingToTakeOver as error:
        progress(f"taking over nothing: {error}")
        return None
    taken = f"{len(previous.same):,} of {len(content.graphs):,} named graphs"
    progress(f"taking over the files of {taken} from the release {previous.release.id}")
    return previous


def _compare(curated: Curated, made: _Composed, history: lifecycle.History) -> None:
    """Raise TableProblems where an identifier is gone unsaid, has returned or names another thing."""
    found = lifecycle.check(curated, made.identifiers, history)
    if found.gone:
        lines = "".join(found.lines_to_fill_in(made.content.reference_date))
        disk.write(history.lines, lines.encode("utf-8"))
    if found.problems:
        raise TableProblems(list(found.problems))


def _taken_over(making: Callable[[_Ingredients], None], ingredients: _Ingredients, progress: Progress) -> bool:
    """Make a release; False where the store that was taken over does not hold what it should, and nothing is made."""
    try:
        making(ingredients)
    except Disagreement as error:
        progress(f"making the whole: {error}")
        return False
    return True


def _anew(ingredients: _Ingredients, staged: Path) -> _Ingredients:
    """The same, of which nothing is made yet and nothing is to be taken over."""
    disk.remove(staged)
    content = ingredients.content
    identifiers, _ = identifiers_of(content.base, content.graphs)
    listed = list_identifiers(identifiers, content.base, staged)
    return replace(ingredients, listed=listed, previous=None)


def _make(  # noqa: PLR0913, PLR0917 - where it is made, by what means and of what
    releases: Releases,
    staged: Path,
    gate: Engine,
    loading: Loading,
    aside: Aside,
    progress: Progress,
    ingredients: _Ingredients,
) -> None:
    """Make a whole, sealed release in a folder.

    Raises Refused with the report left to read, and Disagreement where the store that was taken over is not the one
    that should be there.
    """
    content, curated, live = ingredients.content, ingredients.curated, ingredients.live
    previous = ingredients.previous
    staged.mkdir(parents=True, exist_ok=True)
    progress(f"staging {content.triples:,} statements in {len(content.graphs)} named graphs")
    idle = aside if aside.has_processes else None
    checksum = cache(checksum_in(staged, previous))
    tell = partial(tell_of_changes, content, ingredients.elsewhere, staged, releases, previous)
    with ThreadPoolExecutor(4) as threads:  # the engine loads while Python packs
        counting = None if previous else aside.submit(tally, content.graphs, content.base)
        dumping = (threads if previous else aside).submit(write_dumps, content, staged, previous)
        noted = _noted(content, staged, previous, idle, gate)
        storing = threads.submit(stored, content, staged / STORE, previous, progress, loading)
        made_of = stage(content, curated, staged, previous)
        judging = None if previous else threads.submit(judge, gate, content.graphs, content.base, idle)
        store = storing.result()
        give_back()
        merging = threads.submit(loading.merge, store)
        disagreeing = threads.submit(disagreement, store, content) if previous else None
        making = Making(dumping, counting, checksum)
        describing = Describing(aside, content, gate)
        saying = threads.submit(_describe, content, store, staged, previous, making, describing, tell)
        earlier = partial(_earlier, content, previous, store, gate, progress)
        judged = partial(_judged, content, gate, idle, judging, earlier)
        origins = Origins(curated.rows, content.base)
        report = check(store, content.graphs, content.base, origins, gate, judged, idle, noted)
    merging.result()
    if disagreeing and (told := disagreeing.result()):
        raise Disagreement(told)
    _refuse(report, staged, content.release_id)
    stock, before = saying.result()
    progress("sealing")
    disk.write(staged / PLACE, tell_of_graphs(content, dumping.result(), made_of))
    write_report(report, staged / "report", content.release_id)
    disk.write(staged / "report" / "build.json", build_report(curated))
    write_live_tables([*live.rows, *(out.row for out in live.left_out)], staged / "report")
    write_copies(ingredients.received, staged / "report")
    stock.write(staged)
    del store  # closes the database, so that its files are final
    for file in files_in(staged):
        checksum(file)  # while the release is described
    description = describing.result()
    _refuse(description.report, staged, content.release_id)
    description.write(staged)
    record = describe_in_record(content, curated, live.freshness, report, stock)
    record["takenOver"] = previous.as_record() if previous else None
    record["received"] = [asdict(delivery) for delivery in ingredients.received.told]
    record |= ingredients.listed
    record["made"] = moment_after(releases, progress)
    seal(staged, record, before, gate.name, checksum)


def _describe(  # noqa: PLR0913, PLR0917 - what a release is described from
    content: Content,
    store: ox.Store,
    staged: Path,
    previous: Previous | None,
    making: Making,
    describing: Describing,
    tell: Callable[[ox.Store], str | None],
) -> tuple[Stock, str | None]:
    """What is in a staged release, and the id of the release that was current before it.

    What has changed is told while somebody else describes.
    """
    stock = take_stock(store, content, staged, previous, making, describing.begin)
    describing.go_on(stock)
    return stock, tell(store)


def _noted(content: Content, staged: Path, previous: Previous | None, idle: Aside | None, gate: Engine) -> Noted:
    """What is amiss: a process looks for it while the rest is made ready, where there are any and the gate asks."""
    looking = partial(find_amiss, content.graphs, content.base, staged, *known_from(previous))
    return idle.submit(looking).result if idle and gate.spares else looking


def _judged(
    content: Content,
    gate: Engine,
    idle: Aside | None,
    judging: Future[list[Finding]] | None,
    earlier: Callable[[], Earlier | None],
) -> list[Finding]:
    """What the shapes find, where somebody is looking already, or is to look at what has changed."""
    before = earlier()
    return judging.result() if judging else judge(gate, content.graphs, content.base, idle, before)


def _earlier(
    content: Content, previous: Previous | None, store: ox.Store, gate: Engine, progress: Progress
) -> Earlier | None:
    """What the gate takes over from the report of a previous release, and what shapes are to judge anew."""
    if previous is not None and previous.release.record["software"]["gate"] == gate.name:
        touched = touched_since(previous, content, store)
        if touched is not None:
            progress(f"checking {len(touched.things):,} things that have changed with {gate}, and every rule")
            return Earlier(read_findings(previous.release.path / "report"), touched.things, touched.graphs)
    progress(f"checking every shape and rule with {gate}")
    return None


def _refuse(report: Report, staged: Path, release_id: str) -> None:
    """Leave the report to read and raise Refused, where a report stops the release."""
    if report.stops:
        refused = staged.parent.parent / "refused"
        disk.remove(refused)
        write_report(report, refused, release_id)
        raise Refused(report, refused)


@contextmanager
def _swept(releases: Releases) -> Iterator[None]:
    """Nothing lies in the staging folder before and after, neither of a build that died nor of this one."""
    _sweep(releases)
    try:
        yield
    except BaseException:
        with suppress(OSError):  # what stopped the build is told, and the next one sweeps
            _sweep(releases)
        raise
    _sweep(releases)


def _sweep(releases: Releases) -> None:
    releases.put_back()
    disk.remove(releases.staging)
    releases.staging.mkdir()


def _already_whole(releases: Releases, release_id: str, before: Before | None) -> Release | None:
    """The release with this id, if it is there and undamaged; the one before has been found so."""
    try:
        release = releases.get(release_id)
        if before is None or before.release.id != release_id:
            release.verify()
        ox.Store.read_only(str(release.store))  # the engine may have changed its format since
    except (NoRelease, DamagedRelease, OSError, RuntimeError):
        return None
    return release
