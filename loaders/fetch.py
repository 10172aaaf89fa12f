"""Fetches live sources, each by itself: one that fails stops no other, and what was got of it before stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from loaders import kolada_api
from loaders.cache import Answer, Cache, Catch, Failure, cache_of, checksums
from loaders.client import PATIENT, Client, Patience, Unfetched
from loaders.live import LiveSource
from loaders.lock import build_lock
from loaders.progress import Told

Ids = Sequence[str] | None
"""What is asked of a source by its own codes; all it has where None."""

FETCHERS: Mapping[str, Callable[[Client, Ids, Told], Sequence[Answer]]] = {"kolada": kolada_api.fetch}
"""How each live source is asked."""


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
    began = _now()
    try:
        with Client(source, cache, how.is_offline, how.patience) as client, how.show(source.id) as told:
            client.take_as_fresh(cache.begin(asked, began))
            answers = checksums(FETCHERS[source.id](client, ids, told))
    except Unfetched as error:
        cache.fail(Failure(_now(), str(error)))
        kept = cache.last()
        return Fetched(source.id, 0, kept.retrieved if kept else None, str(error))
    kept = cache.last()
    if how.is_offline:
        return Fetched(source.id, len(answers), kept.retrieved if kept else None)
    cache.end(Catch(asked, began[: len("2026-11-26")], answers))
    return Fetched(source.id, len(answers), began[: len("2026-11-26")])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
