"""Builds a release: read, compose, stage, gate, describe, seal, publish; in order, under a lock."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from loaders import curated as curated_tables
from loaders import disk, lifecycle
from loaders.aside import Aside, short_turns
from loaders.composing import compose, nothing_known, taken_by_none
from loaders.content import Content
from loaders.curated import Curated
from loaders.endings import ended_by_sources, refuse_renamed
from loaders.identifiers import Identifiers, list_identifiers
from loaders.live import LiveSources, read_live_sources
from loaders.live_rows import Freshness, Live, read_live
from loaders.live_series import statements_at_least
from loaders.loading import Loading
from loaders.lock import build_lock
from loaders.maker import maker
from loaders.previous import Before, NothingToTakeOver, Previous, release_before, shared
from loaders.publisher import EDITORS, Publisher
from loaders.received import Received, read_received
from loaders.release import DamagedRelease, NoRelease, Release, Releases, UnreadableRelease, shut
from loaders.since import described_since
from loaders.sources import clock_fault
from loaders.stage import STORE
from loaders.table import TableProblems
from loaders.workshop import Counting, Ingredients, Progress, Refused, Workshop, begin_counting
from ontology.base import Base
from ontology.stores import opened
from shapes.engines import Choice, engine
from shapes.memory import looked_through_seldom
from shapes.rendering import read_findings
from shapes.report import Report


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
    counting: Counting


def build(  # noqa: PLR0913, PLR0917 - as many arguments as the command has options
    data: Path,
    base: Base,
    tables: Path | None = None,
    progress: Progress = lambda _: None,
    publisher: Publisher = EDITORS,
    gate: Choice = Choice.FAST,
    sources: LiveSources | None = None,
    whole: bool = False,
    no_more_warnings: bool = False,
) -> Outcome:
    """Build a release from the curated tables and what was fetched into a data folder, and make it current.

    What has not changed is taken over from the release that is current, unless the whole is to be made anew; the
    release is the same either way. With `no_more_warnings`, the gate refuses one that has more than the current one.
    Building the same content again changes nothing. Raises TableProblems, NoLiveSource, BadPublisher, Refused, Locked,
    DamagedRelease or OSError; whatever it raises, the release that was current before still is.
    """
    releases, sources = Releases(data), read_live_sources() if sources is None else sources
    data.mkdir(parents=True, exist_ok=True)
    staged, statements = releases.staging / "release", releases.staging / "statements"
    with (
        looked_through_seldom(),
        short_turns(),
        build_lock(data),
        _swept(releases),
        Loading(staged / STORE) as loading,
        Aside() as aside,
        ThreadPoolExecutor(1) as meanwhile,
    ):
        maker()  # which is remembered: beside what reads the tables, it would wait for its turn at each of its files
        aside.begin()  # before there is a thread
        finding = None if whole else meanwhile.submit(release_before, releases, base, aside.begin)
        curated, live, received = _read(data, tables, sources, progress)
        before = _found(finding, progress) if finding else None
        at_least = statements_at_least(curated.rows)
        aside.begin(at_least)
        loading.expect(at_least)
        known, take = (before.known, taken_by_none) if before else (nothing_known, loading.take)
        progress(f"composing the statements of {len(curated.rows):,} rows on {base.iri}")
        history = lifecycle.History(releases, aside)

        def composed(curated: Curated, history: lifecycle.History) -> _Composed:
            content = compose(curated, base, publisher, statements, known, take)
            there = _already_whole(releases, content.release_id, before)
            previous = _shared(before, content, progress) if before and there is None else None
            counting = begin_counting(aside, content) if previous is None and there is None else None
            return _Composed(content, *described_since(previous, content, history.pasts), there, previous, counting)

        made = composed(curated, history)
        ended = ended_by_sources(curated, made.identifiers, made.content.reference_date, history)
        if ended:
            refuse_renamed(sources, ended, history)
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
            _go_back(releases, made.there, _most_warnings(releases, no_more_warnings, progress))
            return Outcome(made.there, curated, live.freshness, is_new=False, is_current_again=True)
        listed = list_identifiers(made.identifiers, base, staged)
        ingredients = Ingredients(
            made.content, made.elsewhere, curated, live, received, listed, made.previous, made.counting
        )
        aside.begin(made.content.triples)
        del made  # it holds as many identifiers as there are things
        Workshop(
            releases,
            staged,
            engine(gate),
            loading,
            aside,
            progress,
            _most_warnings(releases, no_more_warnings, progress),
        ).make(ingredients)
        progress("publishing")
        return Outcome(releases.publish(staged), curated, live.freshness, is_new=True)


def _read(data: Path, tables: Path | None, sources: LiveSources, progress: Progress) -> tuple[Curated, Live, Received]:
    """All rows, those of live sources and of deliveries among them, and what is known of both sorts."""
    progress("reading the tables")
    curated = curated_tables.read_all(tables)
    live = read_live(data, sources, curated.rows)
    if live.rows or live.left_out:
        progress(f"read {len(live.rows):,} rows of live sources")
        curated = curated.with_live(live.rows, live.left_out)
    received = read_received(data, curated.rows)
    if received.rows:
        progress(f"read {len(received.rows):,} rows of deliveries")
        curated = curated.with_live(received.rows)
    if clock := clock_fault(curated.rows):  # the tables are what they are, whatever a clock says
        progress(f"warning: {clock.en}")
    return curated, live, received


def _go_back(releases: Releases, release: Release, most: int | None) -> None:
    """Make a release current that is there already. Raises Refused where it has more warnings than there may be."""
    if most is not None and release.record["gate"]["Warning"] > most:
        report = release.path / "report"
        raise Refused(Report(read_findings(report)), report, most)
    releases.point_to(release.id)


def _most_warnings(releases: Releases, no_more: bool, progress: Progress) -> int | None:
    """How many warnings there may be: no more than of the current release, or any; any where nothing is known of it."""
    if not no_more:
        return None
    try:
        gate: dict[str, int] = releases.current().record["gate"]
    except (NoRelease, DamagedRelease) as error:
        progress(f"any number of warnings is taken, since there is none to compare with: {error}")
        return None
    return gate["Warning"]


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
    with suppress(OSError):  # what was published is, and the next one sweeps
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
        try:
            opened(release.store)  # the engine may have changed its format since
        except (OSError, RuntimeError) as error:
            raise shut(release, error) from error
    except UnreadableRelease:  # it may be whole, and is not taken away
        raise
    except (NoRelease, DamagedRelease, OSError):
        return None
    return release
