"""Where a release is made: staged, checked, described and sealed in a folder that nobody sees yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from operator import call
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from loaders import disk
from loaders.amiss import find_amiss, known_from
from loaders.aside import Aside
from loaders.clone import Disagreement, disagreement
from loaders.content import Content
from loaders.curated import Curated
from loaders.describe import Described, Describing, Making, Stock, Take, take_stock
from loaders.dumps import write_dumps
from loaders.identifiers import identifiers_of, list_identifiers
from loaders.live_rows import Live, write_live_tables
from loaders.loading import Loading
from loaders.origins import Origins
from loaders.packed import Place
from loaders.previous import PLACE, Previous, checksum_in, tell_of_graphs
from loaders.received import Received, write_copies
from loaders.release import Releases
from loaders.seal import BUILD_REPORT, build_report, describe_in_record, moment_after, seal
from loaders.since import tell_of_changes
from loaders.stage import STORE, stage, stored
from loaders.standing_back import standing_back
from loaders.tally import Tally, tally
from loaders.touched import names_touched_since, touched_since
from shapes.engines import Engine
from shapes.gate import Earlier, Judged, Noted, Sparing, begin_to_judge, check, here_unless_begun, judge
from shapes.memory import give_back
from shapes.reads import Standing
from shapes.rendering import read_findings, write_report
from shapes.report import Finding, Report

T = TypeVar("T")

Progress = Callable[[str], None]
"""Told what the build is doing, one short line at a time."""


Counting = Future[Tally | None] | None
"""The numbers of a content, which somebody counts; None where those of a previous release are counted on."""


class Refused(Exception):
    """The gate stopped the release; its report lies in `folder`. `most` is how many warnings there might have been."""

    def __init__(self, report: Report, folder: Path, most: int | None = None) -> None:
        self.report = report
        self.folder = folder
        self.most = most
        number = report.counts()["Violation"]
        super().__init__(f"the gate refused the release; violations: {number:,}; report in {folder}")


@dataclass(frozen=True, slots=True)
class Ingredients:
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
    counting: Counting


@dataclass(frozen=True, slots=True)
class _Checked:
    """What has come of a staged release: what the gate found, what there is, what is said of it, what was before."""

    report: Report
    stock: Stock
    description: Described
    before: str | None
    places: Mapping[str, Place]  # of each graph in the dump of everything
    made_of: Mapping[str, Iterable[str]]  # the graphs of each table of values


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a release is made, by what means, and how many warnings of the gate there may be: any, if none is given."""

    releases: Releases
    staged: Path
    gate: Engine
    loading: Loading
    aside: Aside
    progress: Progress
    most_warnings: int | None = None

    def make(self, ingredients: Ingredients) -> None:
        """Make a whole, sealed release. Raises Refused with the report left to read.

        The whole is made anew where the store that was taken over does not hold what it should.
        """
        try:
            self._make(ingredients)
        except Disagreement as error:
            self.progress(f"making the whole: {error}")
        else:
            return
        disk.remove(self.staged)
        content = ingredients.content
        identifiers, _ = identifiers_of(content.base, content.graphs)
        listed = list_identifiers(identifiers, content.base, self.staged)
        self._make(replace(ingredients, listed=listed, previous=None, counting=begin_counting(self.aside, content)))

    def _make(self, ingredients: Ingredients) -> None:
        """The same; raises Disagreement as well."""
        content, live = ingredients.content, ingredients.live
        staged, previous = self.staged, ingredients.previous
        staged.mkdir(parents=True, exist_ok=True)
        self.progress(f"staging {content.triples:,} statements in {len(content.graphs)} named graphs")
        checksum = cache(checksum_in(staged, previous))
        checked = self._checked(ingredients, checksum)
        self._refuse(checked.report, content.release_id, self.most_warnings)
        self._refuse(checked.description.report, content.release_id)
        self.progress("sealing")
        disk.write(staged / PLACE, tell_of_graphs(content, checked.places, checked.made_of))
        write_report(checked.report, staged / "report", content.release_id)
        checked.stock.write(staged)
        checked.description.write(staged)
        record = describe_in_record(content, ingredients.curated, live.freshness, checked.report, checked.stock)
        record["takenOver"] = previous.as_record() if previous else None
        record["received"] = [asdict(delivery) for delivery in ingredients.received.told]
        record |= ingredients.listed
        record["made"] = moment_after(self.releases, self.progress)
        seal(staged, record, checked.before, self.gate.name, checksum)

    def _checked(self, ingredients: Ingredients, checksum: Callable[[Path], str]) -> _Checked:
        """What has come of the release when it is staged. Its database is closed then, so that its files are final.

        Raises Disagreement where the store that was taken over is not the one that should be there.
        """
        content, previous, staged = ingredients.content, ingredients.previous, self.staged
        is_there = previous is not None and previous.differences is not None  # the store, as soon as it is taken over
        back = call if is_there else standing_back
        with ThreadPoolExecutor(6) as threads, ThreadPoolExecutor(4) as behind:  # the engine loads while Python packs
            storing = threads.submit(stored, content, staged / STORE, previous, self.progress, self.loading)
            dumping = (self._idle or behind).submit(back, write_dumps, content, staged, previous)
            threads.submit(wait, [dumping])  # nothing is written any more where the release is to be made anew
            standing = found_standing(previous, self.gate)
            sparing = Sparing(self._noted(content, previous, back), standing)
            staging = behind.submit(back, stage, content, ingredients.curated, staged, previous)
            reporting = behind.submit(back, self._report_what_was_read, ingredients)
            judging_all = partial(judge, self.gate, content.graphs, content.base, self._idle)
            judging = None if previous else behind.submit(back, judging_all)
            store = storing.result()
            give_back()
            flushing = threads.submit(store.flush)
            making = Making((dumping, staging), ingredients.counting, checksum)
            # each is submitted after what it waits for. First what a process is to do, and last what nobody waits for
            beginning = threads.submit(self._begin_to_judge, content, previous, store, standing, judging)
            describing = Describing(self.aside, content, self.gate)
            begin = partial(_after, beginning, describing.begin)
            stocking = threads.submit(self._stock, ingredients, store, making, begin, describing.go_on)
            saying = threads.submit(_after, stocking, describing.result)
            sooner = stocking if is_there else beginning
            telling = threads.submit(_after, sooner, self._told_of_changes, ingredients, store)
            origins = Origins(ingredients.curated.rows, content.base)
            judged = partial(_asked_of, beginning)
            report = check(store, content.graphs, content.base, origins, self.gate, judged, self._idle, sparing)
            # the last of all, since nobody else has Python while a store counts itself
            disagreeing = disagreement(store, content, previous.same) if previous else None
        reporting.result()
        flushing.result()
        if disagreeing:
            raise Disagreement(disagreeing)
        stock, description, before = stocking.result(), saying.result(), telling.result()
        return _Checked(report, stock, description, before, dumping.result(), staging.result())

    def _report_what_was_read(self, ingredients: Ingredients) -> None:
        """Write which rows were read and which were left out, and those of live sources and deliveries themselves."""
        live, report = ingredients.live, (self.staged / BUILD_REPORT).parent
        disk.write(self.staged / BUILD_REPORT, build_report(ingredients.curated))
        write_live_tables([*live.rows, *(out.row for out in live.left_out)], report)
        write_copies(ingredients.received, report)

    def _stock(
        self, ingredients: Ingredients, store: ox.Store, making: Making, begin: Take, go_on: Callable[[Stock], None]
    ) -> Stock:
        """What is in a staged release. Who describes it may begin with what it lists, and go on as all is known."""
        stock = take_stock(store, ingredients.content, self.staged, ingredients.previous, making, begin)
        go_on(stock)
        return stock

    def _told_of_changes(self, ingredients: Ingredients, store: ox.Store) -> str | None:
        """Tell what has changed; the id of the release that was current before."""
        content, previous = ingredients.content, ingredients.previous
        return tell_of_changes(content, ingredients.elsewhere, self.staged, self.releases, previous, store)

    @property
    def _idle(self) -> Executor | None:
        """Who may have nothing to do: processes, where there are any."""
        return self.aside if self.aside.has_processes else None

    def _noted(self, content: Content, previous: Previous | None, back: Callable[..., Any]) -> Noted:
        """What is amiss: a process looks for it while the rest is made ready, where there are any and the gate asks.

        It has dumps to make before; who asks for it sooner looks for it himself.
        """
        looking = partial(find_amiss, content.graphs, content.base, self.staged, *known_from(previous))
        if not (self._idle and self.gate.spares):
            return looking
        return partial(here_unless_begun, self._idle.submit(back, looking), looking)

    def _begin_to_judge(
        self,
        content: Content,
        previous: Previous | None,
        store: ox.Store,
        standing: Standing | None,
        judging: Future[list[Finding]] | None,
    ) -> Judged:
        """What gives what the shapes find: they judge all things already, or begin with those that are to be judged."""
        earlier = found_earlier(content, previous, store, standing) if previous and standing else None
        judged = f"{len(earlier.things):,} things that have changed" if earlier else "all things"
        self.progress(f"checking {judged} and the rules with {self.gate}")
        if judging:
            return judging.result
        return begin_to_judge(self.gate, content.graphs, content.base, self._idle, earlier)

    def _refuse(self, report: Report, release_id: str, most: int | None = None) -> None:
        """Leave the report to read and raise Refused, where a report stops the release, or has more warnings."""
        has_more = most is not None and report.counts()["Warning"] > most
        if report.stops or has_more:
            refused = self.releases.data / "refused"
            disk.remove(refused)
            write_report(report, refused, release_id)
            raise Refused(report, refused, most if has_more else None)


def begin_counting(aside: Aside, content: Content) -> Counting:
    """Have the numbers of a content counted, by a process where it is worth one: as soon as all of it is there."""
    return aside.begin(content.triples).submit(tally, content.graphs, content.base)


def found_standing(previous: Previous | None, gate: Engine) -> Standing | None:
    """What was found in a previous release that the same engine has checked, and what has been touched since."""
    if previous is None or previous.release.record["software"]["gate"] != gate.name:
        return None
    changed = names_touched_since(previous)
    return None if changed is None else Standing(read_findings(previous.release.path / "report"), changed)


def _after(sooner: Future[Any], function: Callable[..., T], *args: Any) -> T:
    """What comes of a function when something else has been done, whatever came of that."""
    wait([sooner])
    return function(*args)


def _asked_of(beginning: Future[Judged]) -> list[Finding]:
    """What the shapes find, once it can be asked for."""
    return beginning.result()()


def found_earlier(content: Content, previous: Previous, store: ox.Store, standing: Standing) -> Earlier | None:
    """What shapes found before, and what they are to judge anew; None for all things."""
    touched = touched_since(previous, content, store)
    return Earlier(standing.findings, touched.things, touched.graphs) if touched else None
