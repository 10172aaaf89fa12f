"""What the accounts of requests add up to, and how the workers are: figures for a monitor, as Prometheus reads them.

Each front process counts for itself. Where there are several, each writes its figures down now and then, and whoever is
asked adds up what all have written; the counts of one that died stay.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from endpoint.dataset import Dataset
from endpoint.pool import Pool

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_PARTS = {"sparql", "id", "res", "def", "spec", "static", "sv", "en", "health", "ready", "metrics"}
"""The first parts of addresses that are told apart; all others are one, for anyone can make up more."""

_SECONDS = 2.0

disable_created_metrics()  # type: ignore[no-untyped-call]
_REGISTRY = CollectorRegistry()
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)

_requests = Counter("miljograf_requests", "Requests.", ["part", "status", "cache"], registry=_REGISTRY)
_seconds = Histogram("miljograf_request_seconds", "Time of requests.", ["part"], buckets=_BUCKETS, registry=_REGISTRY)
_bytes = Counter("miljograf_answer_bytes", "Bytes of answers as they were sent.", ["part"], registry=_REGISTRY)
_queries = Counter("miljograf_queries", "Readers' queries.", ["form", "outcome"], registry=_REGISTRY)
_reloads = Counter("miljograf_reloads", "New releases that were found.", ["outcome"], registry=_REGISTRY)
_release = Gauge("miljograf_release", "The release that is served.", ["release"], registry=_REGISTRY)

_POOL: dict[str, tuple[str, Callable[[Pool], int]]] = {
    "miljograf_workers": ("Workers that are there.", lambda pool: len(pool.process_ids)),
    "miljograf_places_free": ("Queries that could begin at once.", lambda pool: pool.idle),
    "miljograf_workers_renewed": ("Workers that were replaced, of this release.", lambda pool: pool.renewed),
    "miljograf_queries_waiting": ("Queries that wait for a worker.", lambda pool: pool.waiting),
    "miljograf_queries_long": ("Queries that run long.", lambda pool: pool.running_long),
}
"""What is told of each pool of workers, and how it is read."""

_pool = {name: Gauge(name, says, ["pool"], registry=_REGISTRY) for name, (says, _) in _POOL.items()}


def count(path: str, kept: dict[str, Any], seconds: float) -> None:
    """Add the account of a request."""
    part = path[1:].partition("/")[0]
    requests, times, sizes = _counters_of(part if part in _PARTS else "other", kept["status"], kept["cache"])
    requests.inc()
    times.observe(seconds)
    sizes.inc(kept["bytes"])
    if "query" in kept:
        outcome = kept.get("stopped") or kept.get("problem") or ("cut" if "cut" in kept else "answered")
        _queries.labels(kept.get("form") or "none", outcome).inc()


@cache
def _counters_of(part: str, status: int, outcome: str) -> tuple[Counter, Histogram, Counter]:
    return _requests.labels(part, status, outcome), _seconds.labels(part), _bytes.labels(part)


def count_reload(outcome: str) -> None:
    """Add a new release that was found."""
    _reloads.labels(outcome).inc()


def exposition(dataset: Dataset, folder: Path | None = None) -> bytes:
    """The figures of this process as they are now; or of all that write theirs into a folder."""
    if folder is None:
        return _figures(dataset)
    _write(folder, dataset)
    return _sum(
        {int(file.name): file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.isdecimal()}
    )


async def write_on(folder: Path, dataset: Callable[[], Dataset]) -> None:
    """Write the figures of this process into a folder now and then."""
    while True:
        _write(folder, dataset())
        await asyncio.sleep(_SECONDS)


def _write(folder: Path, dataset: Dataset) -> None:
    written = folder / f"{os.getpid()}.new"
    written.write_bytes(_figures(dataset))
    written.rename(folder / str(os.getpid()))


def _sum(figures: dict[int, str]) -> bytes:
    """The figures of several processes as those of one; what is true of the moment counts only for those that live."""
    families: dict[str, dict[str, float]] = {}  # by the lines that describe each
    for process, text in figures.items():
        is_here = Path(f"/proc/{process}").exists()
        for family in re.findall(r"(?:^#.*\n)+(?:^[^#].*\n)*", text, re.MULTILINE):
            said = "".join(re.findall(r"^#.*\n", family, re.MULTILINE))
            total = families.setdefault(said, {})
            for line in family.removeprefix(said).splitlines():
                name, _, value = line.rpartition(" ")
                if is_here or not said.endswith(" gauge\n"):
                    total[name] = total.get(name, 0.0) + float(value)
    lines = (said + "".join(f"{name} {value}\n" for name, value in total.items()) for said, total in families.items())
    return "".join(lines).encode("utf-8")


def _figures(dataset: Dataset) -> bytes:
    """All figures of this process as they are now."""
    for pool_name, pool in dataset.pools.items():
        for name, (_, read) in _POOL.items():
            _pool[name].labels(pool_name).set(read(pool))
    _release.clear()
    _release.labels(dataset.id).set(1)
    return generate_latest(_REGISTRY)
