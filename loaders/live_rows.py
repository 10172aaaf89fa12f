"""What live sources add to a release: their rows, and how fresh they are. A build asks nobody: it reads the cache."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from loaders import diagrams, disk
from loaders.by_class import by_class
from loaders.cache import BadCache, Cache, Catch, Unusable, cache_of
from loaders.curated import LeftOut
from loaders.live import LiveSource, LiveSources
from loaders.live_series import on_line
from loaders.newest_periods import settled
from loaders.not_over import marked
from loaders.row import Day, Fact, Row, day
from loaders.sources import Source
from loaders.ways import WAYS
from ontology.namespaces import MG
from ontology.schemes import SourceKind

Reading = Sequence[Row | LeftOut]
"""The rows that a source gives, and those that stay out of the release, with the reason."""


class NoLiveSource(Unusable):
    """What a live source gave cannot be used, or is needed and not there; the message says which, and what to do."""


class FetchedSource(Source):
    """A live source as it was fetched, and since when it could not be fetched anew."""

    table = "live_sources"

    stale_since: Day | None = None

    def facts(self) -> Iterator[Fact]:
        """What is said of every source; and that it is stale, where it is."""
        yield from super().facts()
        if self.stale_since:
            yield self.says(MG.staleSince, day(self.stale_since), "stale_since")


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh a live source is in a release: the day of what is there, and what is wrong with it since.

    `due` is the day on which it is to be fetched again, by how often it changes.
    """

    source: str
    retrieved: str | None
    due: str | None = None
    stale_since: str | None = None
    why: str | None = None

    def fault(self, today: str) -> str | None:
        """What whoever builds is told on a day: that it could not be fetched, or is overdue; None where it is fresh."""
        if self.why is not None:
            kept = f"is of {self.retrieved}, stale since {self.stale_since}" if self.retrieved else "is not there"
            return f"The source {self.source} {kept}: {self.why}"
        if self.due is not None and self.due < today:
            return (
                f"The source {self.source} is of {self.retrieved}, and by its cadence_days was to be fetched again by "
                f"{self.due}: miljograf fetch {self.source}"
            )
        return None


@dataclass(frozen=True, slots=True)
class Live:
    """What the live sources give a release."""

    rows: tuple[Row, ...]
    freshness: tuple[Freshness, ...]
    left_out: tuple[LeftOut, ...] = ()


def read_live(data: Path, sources: LiveSources, rows: Iterable[Row]) -> Live:
    """What the cache of a data folder holds of the live sources, joined to rows of the tables.

    A source that was never fetched adds nothing, unless it is required. Raises NoLiveSource.
    """
    rows = by_class(rows)
    found: list[Row] = []
    left_out: list[LeftOut] = []
    freshness = []
    for source in sources.values():
        cache = cache_of(data, source.id)
        fresh = _freshness(source, cache)
        if fresh.retrieved is not None or fresh.why is not None:
            freshness.append(fresh)
        if source.required and (fresh.retrieved is None or fresh.stale_since is not None):
            why = fresh.why or "it was never fetched"
            raise NoLiveSource(
                f"{source.id} is required and not fresh: {why}. Fetch it with `miljograf fetch {source.id}`, or let "
                "the sources file say `required = false` of it"
            )
        if fresh.retrieved is not None:
            found.append(_as_source(source, fresh))
            for one in read_catch(source, cache, cache.catch(), rows):
                if isinstance(one, LeftOut):
                    left_out.append(one)
                else:
                    found.append(one)
    found += diagrams.newest(found)
    rest = list(settled(found, rows))
    kept = [one for one in rest if not isinstance(one, LeftOut)]
    late = [one for one in rest if isinstance(one, LeftOut)]
    on_lines = tuple(_on_lines([*kept, *(one.row for one in late)]))
    return Live(on_lines[: len(kept)], tuple(freshness), (*left_out, *late))


def read_catch(source: LiveSource, cache: Cache, catch: Catch | None, rows: Collection[Row]) -> Reading:
    """The rows that a fetch of a source gives. Raises NoLiveSource where its answers do not say what they should."""
    if catch is None:
        return []
    if any(row.id == source.id for row in by_class(rows).of(Source)):
        raise NoLiveSource(
            f"{source.id}: sources.csv has a source of that id; call this one otherwise in the sources file"
        )
    try:
        answers = ((url, cache.body_of(checksum)) for url, checksum in catch.answers)
        reading: Reading = import_module(WAYS[source.way].reads).read(source, answers, rows)
        return marked(source, catch.retrieved, reading)
    except (ValueError, BadCache) as error:
        raise NoLiveSource(f"{source.id}: {error}{_elsewhere(source, catch)}") from error


def _elsewhere(source: LiveSource, catch: Catch) -> str:
    """That all answers of a fetch are from another address than the source has, and the way out; else nothing."""
    urls = [url for url, _ in catch.answers if "://" in url]  # a file on this machine is at none
    if not urls or any(url.startswith(source.address.rstrip("/")) for url in urls):
        return ""
    return (
        f"; what was fetched is from {urls[0].partition('?')[0]} and its like, and the sources file has the address "
        f"{source.address}. Build with the sources file of the fetch (--sources), or fetch it anew: "
        f"miljograf fetch {source.id}"
    )


def write_live_tables(rows: Iterable[Row], folder: Path) -> None:
    """Write what was read of live sources as tables, so that the line of every row is one that can be looked up."""
    tables: dict[str, tuple[Any, io.StringIO]] = {}
    for row in rows:
        if row.table not in tables:
            text = io.StringIO(newline="")
            tables[row.table] = csv.writer(text, lineterminator="\n"), text
            tables[row.table][0].writerow(type(row).columns())
        tables[row.table][0].writerow(map(_cell, (getattr(row, column) for column in type(row).columns())))
    for table, (_, text) in tables.items():
        disk.write(folder / f"{table}.csv", text.getvalue().encode("utf-8"))


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _freshness(source: LiveSource, cache: Cache) -> Freshness:
    try:
        catch, failure = cache.catch(), cache.failure()
    except BadCache as error:
        raise NoLiveSource(f"{source.id}: {error}") from error
    return Freshness(
        source.id,
        catch.retrieved if catch else None,
        _days_after(catch.retrieved, source.cadence_days) if catch else None,
        failure.since if catch and failure else None,
        failure.why if failure else None,
    )


def _days_after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _as_source(source: LiveSource, fresh: Freshness) -> FetchedSource:
    return FetchedSource(
        id=source.id,
        kind=SourceKind.DATASET,
        title=source.title,
        title_lang=source.title_lang,
        publisher=source.publisher,
        url=source.address,
        licence=source.licence,
        attribution=source.attribution,
        retrieved=fresh.retrieved or "",
        stale_since=fresh.stale_since,
    )


def _on_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each on the line on which the table has it that is written of all of them."""
    lines = Counter[str]()
    for row in rows:
        lines[row.table] += 1
        yield on_line(1 + lines[row.table], row)  # the first line is the head of the table
