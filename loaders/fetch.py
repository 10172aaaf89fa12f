"""Fetches live sources, each by itself: one that fails stops no other, and what was got of it before stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from loaders.cache import Cache, Catch, Unusable, cache_of, checksums
from loaders.client import PATIENT, Client, Patience, Unfetched
from loaders.live import LiveSource
from loaders.lock import build_lock
from loaders.progress import Told
from loaders.ways import WAYS

Ids = Sequence[str] | None
"""What is asked of a source by its own codes; all it has where None."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a source: how many answers it gave, or why it failed, and the day of what is kept of it."""

    source: str
    answers: int
    kept: str | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class How:
    """How a fetch goes about it."""

    is_offline: bool = False
    is_anew: bool = False  # True: nothing that an interrupted fetch got is taken as fresh
    patience: Patience = PATIENT
    show: Callable[[str], AbstractContextManager[Told]] = lambda _: nullcontext(lambda _done, _of: None)
    check: Callable[[LiveSource, Cache, Catch], object] = lambda *_: None  # raises Unusable


def fetch(data: Path, sources: Iterable[tuple[LiveSource, Ids]], how: How) -> Iterator[Fetched]:
    """Fetch sources into the cache of a data folder, one after the other, and tell of each. Raises Locked, OSError."""
    folder = data / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    with build_lock(folder, "fetch"):
        for source, ids in sources:
            yield _fetch(source, ids, cache_of(data, source.id), how)


def _fetch(source: LiveSource, ids: Ids, cache: Cache, how: How) -> Fetched:
    """Fetch one source. What is wrong with it is told, and remembered for the release."""
    asked = {"address": source.address, "ids": None if ids is None else sorted(ids)}
    if how.is_anew:
        cache.forget()
    began = datetime.now(UTC)
    day = began.date().isoformat()
    try:
        with Client(source, cache, how.is_offline, how.patience) as client, how.show(source.id) as told:
            client.take_as_fresh(cache.begin(asked, began.isoformat(timespec="microseconds")))
            answers = checksums(import_module(WAYS[source.way].asks).fetch(client, ids, told))
            catch = Catch(asked, (source.placed and source.placed.retrieved) or day, answers)
        how.check(source, cache, catch)
    except (Unfetched, Unusable) as error:
        if isinstance(error, Unusable):
            cache.forget()  # what is wrong is asked for again
        if not how.is_offline:
            cache.fail(day, str(error))
        kept = cache.last()
        return Fetched(source.id, 0, kept.retrieved if kept else None, str(error))
    if how.is_offline:
        kept = cache.last()
        return Fetched(source.id, len(catch.answers), kept.retrieved if kept else None)
    cache.end(catch)
    return Fetched(source.id, len(catch.answers), catch.retrieved)


def fewer_than_before(data: Path, source: str, ids: Ids) -> str | None:
    """What is told where a source gave more codes the last time than are asked of it now; None where it did not."""
    before = cache_of(data, source).last()
    if before is None or ids is None:
        return None
    asked = before.asked.get("ids")
    if asked is not None and set(asked) <= set(ids):
        return None
    lost = "all others" if asked is None else f"{len(set(asked) - set(ids)):,} of {len(asked):,}"
    return (
        f"{source}: {lost} that were fetched on {before.retrieved} are not asked for now: the next build ends them; "
        "--also-kpi asks for some beside those of the table"
    )
