"""What a build costs as it grows: `make bench-build`, or `python tests/benchmarks/building.py [STATEMENTS …]`.

With the word `again` before the sizes, what it costs to build again when one of twenty sources has changed: `make
bench-rebuild`. The same is built with `--whole` beside the same earlier release, before it and after it, and that is
the measure.

For each size (0.1, 1 and 3 million statements unless others are named): makes up answers of Kolada, builds a release of
them and the curated tables in a process of its own, and loads the same statements with the bulk loader of the engine in
another, whose cost is the measure. Figures are read, not asserted; compare only within one run. Memory is that of all
processes together, as Linux counts it. The data folder lies in TMPDIR, and is kept where KEEP names a folder for it.

TIMES=3 measures each size three times, by turns. A build is held against the mean of what was measured straight before
and after it, the first that is held against loads only against the one after it: a machine that becomes slower or
quicker meanwhile then does so for both.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import pyoxigraph as ox
from many_sources import change_one, sources, write_caches
from measured import write_cache

from loaders.build import build
from loaders.live import LiveSources
from loaders.release import Releases
from ontology.base import Base
from shapes.memory import AT_HAND, looked_through_no_more

TIMES = max(1, int(os.environ.get("TIMES", "1")))
SIZES = (100_000, 1_000_000, 3_000_000)
BASE = "http://localhost:8000/"
_PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6


class Cost(NamedTuple):
    """What a process has cost: seconds, seconds of processor time with its children, megabytes at most."""

    seconds: float
    cpu: float
    megabytes: float = 0


def now() -> Cost:
    """What this process has cost until now."""
    times = os.times()
    return Cost(time.perf_counter(), sum(times[:4]))


def run(*arguments: str) -> tuple[str, Cost]:
    """What a process of this program prints, and what it cost. One that builds begins as the command does."""
    os.sync()  # what was written before is on the disk, and holds up nobody
    before = now()
    environment = os.environ | (AT_HAND if arguments[0].startswith("build") else {})
    command = [sys.executable, __file__, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        most = 0.0
        while process.poll() is None:
            most = max(most, megabytes(process.pid))
            time.sleep(0.05)
        told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}")
    after = now()
    return told, Cost(after.seconds - before.seconds, after.cpu - before.cpu, most)


def megabytes(pid: int) -> float:
    """The memory that a process and its children hold."""
    try:
        held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
        tasks = [task.read_text().split() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    except (OSError, IndexError):
        return 0.0
    return held + sum(megabytes(int(child)) for children in tasks for child in children)


def build_in(data: Path, live: LiveSources | None = None, whole: bool = False) -> None:
    """Build as the command does, and print what each stage cost as lines of JSON."""
    stages: list[tuple[str, Cost]] = [("starting", now())]

    def progress(told: str) -> None:
        stages.append((told, now()._replace(megabytes=most_until_now())))

    build(data, Base(BASE), progress=progress, sources=live, whole=whole)
    stages.append(("", now()._replace(megabytes=most_until_now())))
    for (told, begun), (_, ended) in pairwise(stages):
        print(json.dumps([told, ended.seconds - begun.seconds, ended.cpu - begun.cpu, ended.megabytes]))
    looked_through_no_more()


def most_until_now() -> float:
    """The most memory that this process has held since it was asked for the last time."""
    status = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def load(dump: Path, store: Path) -> None:
    """Load a dump with the bulk loader, as the engine's own command does."""
    ox.Store(str(store)).bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)


def measure(data: Path, size: int) -> None:
    """Build a release of about so many statements and load it, by turns, and print what both cost."""
    values = write_cache(data, size)
    dump, again = data / "all.nq", data / "again"
    loads: list[Cost] = []
    for _ in range(TIMES):
        shutil.rmtree(again, ignore_errors=True)
        if loads:
            shutil.copytree(data / "sources", again / "sources", copy_function=os.link)
        folder = again if loads else data
        told, built = run("build", str(folder))
        release = Releases(folder).current()
        statements = release.record["triples"]
        print(f"\n{statements:,} statements, {values:,} values; {circumstances()}")
        print_stages(told)
        if not loads:
            with gzip.open(release.path / "dump" / "all.nq.gz") as packed, dump.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
        loads.append(run("load", str(dump), str(data / "loaded"))[1])
        for name, cost in (("build", built), ("bulk load", loads[-1])):
            rate = statements / cost.seconds
            figures = f"{cost.seconds:8.1f} s {cost.cpu:8.1f} s cpu  {cost.megabytes:6.0f} MB"
            print(f"{name:10}{figures}  {rate:10,.0f} statements/s")
        print_ratio(built, loads[-2:])  # the one before the build, if there is one, and the one after it
        shutil.rmtree(data / "loaded")
    shutil.rmtree(again, ignore_errors=True)
    dump.unlink()


def circumstances() -> str:
    """By what is measured, and what is going on beside it."""
    python = f"Python {platform.python_version()} of {sys.base_prefix}"
    return f"{python}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def measure_again(data: Path, size: int) -> None:
    """Build a release of twenty sources, and the next one when one of them has changed; print both, part by part."""
    earlier = data / "earlier"
    write_caches(earlier, size)
    run("build-many", str(earlier))
    change_one(earlier, size)
    wholes = [build_after(earlier, data / "whole")]
    for _ in range(TIMES):
        again = build_after(earlier, data / "again")
        wholes.append(build_after(earlier, data / "whole"))
        print_ratio(again, wholes[-2:])


def build_after(earlier: Path, folder: Path) -> Cost:
    """What it costs to build in a folder with the same files as another; its name tells how. It is printed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(earlier, folder, copy_function=os.link)  # no build writes into what is there
    told, cost = run("build-many", str(folder), folder.name)
    release = Releases(folder).current()
    print(f"\n{release.record['triples']:,} statements; {circumstances()}; {folder.name}: {release.id}")
    print_stages(told)
    print(f"{folder.name:10}{cost.seconds:8.1f} s {cost.cpu:8.1f} s cpu  {cost.megabytes:6.0f} MB")
    return cost


def print_ratio(built: Cost, beside: list[Cost]) -> None:
    """Print how many times the mean of what was measured beside it a build took: by the clock, and processor time."""
    seconds, cpu = fmean(one.seconds for one in beside), fmean(one.cpu for one in beside)
    print(f"ratio     {built.seconds / seconds:8.2f}   {built.cpu / cpu:8.2f}", flush=True)


def print_stages(told: str) -> None:
    """Print what each stage of a build cost."""
    for line in told.splitlines():
        stage, seconds, cpu, most = json.loads(line)
        print(f"  {seconds:8.1f} s {cpu:8.1f} s cpu  {most:6.0f} MB  {stage}")


def main() -> None:
    """Measure what the arguments say."""
    match sys.argv[1:]:
        case ["build", data]:
            build_in(Path(data))
        case ["build-many", data, *how]:
            build_in(Path(data), sources(), whole="whole" in how)
        case ["load", dump, store]:
            load(Path(dump), Path(store))
        case ["again", *sizes]:
            measure_each(measure_again, sizes)
        case sizes:
            measure_each(measure, sizes)


def measure_each(measured: Callable[[Path, int], None], sizes: list[str]) -> None:
    """Measure each size in a folder of its own."""
    for size in map(int, sizes or SIZES):
        with tempfile.TemporaryDirectory() as temporary:
            kept = os.environ.get("KEEP")
            measured(Path(kept, str(size)) if kept else Path(temporary), size)


if __name__ == "__main__":
    main()
