"""What the accounts of requests add up to, and how the workers are: figures for a monitor, as Prometheus reads them.

Each front process counts for itself. Where there are several, each writes its figures down now and then, and whoever is
asked adds up what all have written; the counts of one that died stay.
"""

from __future__ import annotations

import asyncio
import logging
import math
import os
import re
from bisect import bisect_left
from collections import Counter as Counts
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from endpoint.agreement import lives
from endpoint.dataset import Dataset
from endpoint.workers.pool import Pool

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_PARTS = {"sparql", "id", "res", "def", "spec", "static", "sv", "en", "mcp", "api", "health", "ready", "metrics"}
"""The first parts of addresses that are told apart; all others are one, for anyone can make up more."""

_SECONDS = 2.0

_without_room: set[Path] = set()
"""The folders into which figures could not be written the last time, of which it has been told."""

log = logging.getLogger("miljograf")

disable_created_metrics()  # type: ignore[no-untyped-call]
_REGISTRY = CollectorRegistry()
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, math.inf)

_reloads = Counter("miljograf_reloads", "New releases that were found.", ["outcome"], registry=_REGISTRY)
_warmups = Counter("miljograf_warmups", "Releases whose pages were made ready.", ["outcome"], registry=_REGISTRY)
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


class _Tally:
    """What the requests of one part of the addresses add up to: how many, in what time, and the bytes of answers."""

    __slots__ = ("bytes", "outcomes", "seconds", "within")

    def __init__(self) -> None:
        self.outcomes: Counts[tuple[int, str]] = Counts()  # by status and what the cache did
        self.within = [0] * len(_BUCKETS)  # how many took longer than one bound and no longer than the next
        self.seconds = 0.0
        self.bytes = 0


class _Requests(Collector):
    """Tells the tallies when it is asked. To count with the library's own counters takes ten times as long."""

    def collect(self) -> Iterator[Metric]:
        """The figures of all parts."""
        requests = CounterMetricFamily("miljograf_requests", "Requests.", labels=["part", "status", "cache"])
        seconds = HistogramMetricFamily("miljograf_request_seconds", "Time of requests.", labels=["part"])
        sizes = CounterMetricFamily("miljograf_answer_bytes", "Bytes of answers as they were sent.", labels=["part"])
        for part, tally in _tallies.items():
            for (status, cached), number in tally.outcomes.items():
                requests.add_metric([part, str(status), cached], number)
            bounds = zip(map(floatToGoString, _BUCKETS), accumulate(tally.within), strict=True)
            seconds.add_metric([part], buckets=list(bounds), sum_value=tally.seconds)
            sizes.add_metric([part], tally.bytes)
        queries = CounterMetricFamily("miljograf_queries", "Readers' queries.", labels=["form", "outcome"])
        for (form, outcome), number in _queries.items():
            queries.add_metric([form, outcome], number)
        yield from (requests, seconds, sizes, queries)


_tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
_queries: Counts[tuple[str, str]] = Counts()  # by form and outcome
_REGISTRY.register(_Requests())


def count(path: str, kept: dict[str, Any], seconds: float) -> None:
    """Add the account of a request."""
    part = path[1:].partition("/")[0]
    tally = _tallies[part if part in _PARTS else "other"]
    tally.outcomes[kept["status"], kept["cache"]] += 1
    tally.within[bisect_left(_BUCKETS, seconds)] += 1
    tally.seconds += seconds
    tally.bytes += kept["bytes"]
    if "query" in kept:
        outcome = kept.get("stopped") or kept.get("problem") or ("cut" if "cut" in kept else "answered")
        _queries[kept.get("form") or "none", outcome] += 1


def count_reload(outcome: str) -> None:
    """Add a new release that was found."""
    _reloads.labels(outcome).inc()


def count_warmup(outcome: str) -> None:
    """Add a release whose pages were made ready, or were not."""
    _warmups.labels(outcome).inc()


def exposition(dataset: Dataset, folder: Path | None = None) -> bytes:
    """The figures of this process as they are now; or of all that write theirs into a folder."""
    own = _figures(dataset)
    if folder is None:
        return own
    _write(folder, own)
    written = {int(file.name): file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.isdecimal()}
    return _sum(written | {os.getpid(): own.decode("utf-8")})


async def write_on(folder: Path, dataset: Callable[[], Dataset]) -> None:
    """Write the figures of this process into a folder now and then."""
    while True:
        _write(folder, _figures(dataset()))
        await asyncio.sleep(_SECONDS)


def _write(folder: Path, figures: bytes) -> None:
    """Write figures into a folder. Where they find no room, that is told once; the next ones may find it."""
    name = str(os.getpid())
    try:
        (folder / f"{name}.new").write_bytes(figures)
        (folder / f"{name}.new").rename(folder / name)
    except OSError as error:
        if folder not in _without_room:
            log.error("the figures of this process cannot be written, and /metrics tells older ones of it: %s", error)
        _without_room.add(folder)
    else:
        _without_room.discard(folder)


def _sum(figures: dict[int, str]) -> bytes:
    """The figures of several processes as those of one; what is true of the moment counts only for those that live."""
    families: dict[str, dict[str, float]] = {}  # by the lines that describe each
    for process, text in figures.items():
        is_here = lives(process)
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
