"""Figures of the main job: `make bench`. They are read, not asserted; compare only within one run.

Builds a release three times, each into an empty folder, and asks an endpoint queries that never end while others ask
small ones.
"""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from endpoint.workers.launching import Launcher
from endpoint.workers.messages import Task
from endpoint.workers.pool import Pool, QueryFailed
from loaders.release import Releases

MILJOGRAF = [sys.executable, "-c", "from endpoint.cli import main; main()"]
NEVER_ENDS = Task("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", results="json")
SMALL = Task("SELECT ?o { <http://localhost:8000/id/objective/8> ?p ?o }", results="json")
DEADLINE = 1.0


def builds(folder: Path) -> Path:
    """Seconds and peak memory of whole builds; the data folder of the last."""
    seconds = []
    for number in range(3):
        data = folder / f"data{number}"
        begun = time.perf_counter()
        subprocess.run(
            [*MILJOGRAF, "build", "--data", data, "--base-iri", "http://localhost:8000/"],
            check=True,
            capture_output=True,
        )
        seconds.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"build: {min(seconds):.1f} s at best, {statistics.median(seconds):.1f} s median, peak {peak:.0f} MB")
    return data


async def overdue(data: Path) -> None:
    """How late an overdue query is answered, when its worker is gone and replaced, and what others feel."""
    pool = Pool(Launcher(Releases(data).current().store), size=2, deadline=DEADLINE)
    await pool.open()
    quiet = [await _timed(pool) for _ in range(300)]
    late, replaced, meanwhile = [], [], []
    for _ in range(10):
        begun = time.perf_counter()
        asking = asyncio.create_task(pool.ask(NEVER_ENDS))
        while not asking.done():
            meanwhile.append(await _timed(pool))
            await asyncio.sleep(0.01)
        with suppress(QueryFailed):
            await asking
        late.append(time.perf_counter() - begun - DEADLINE)
        ended = time.perf_counter()
        while pool.idle < 2:
            await asyncio.sleep(0.001)
        replaced.append(time.perf_counter() - ended)
    await pool.close()
    print(f"overdue query: answered {max(late) * 1000:.0f} ms after its deadline at most, of {len(late)}")
    print(
        f"its worker: replaced within {max(replaced) * 1000:.0f} ms, median {statistics.median(replaced) * 1000:.0f} ms"
    )
    for circumstance, seconds in (("alone", quiet), ("meanwhile", meanwhile)):
        print(f"small query {circumstance}: p50 {_ms(seconds, 50)} ms, p99 {_ms(seconds, 99)} ms")


async def _timed(pool: Pool) -> float:
    begun = time.perf_counter()
    await pool.ask(SMALL)
    return time.perf_counter() - begun


def _ms(seconds: list[float], percentile: int) -> str:
    return f"{statistics.quantiles(seconds, n=100)[percentile - 1] * 1000:.1f}"


if __name__ == "__main__":
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(overdue(builds(Path(temporary))))
