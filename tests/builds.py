"""Builds as the processes they are: started, watched, killed; and what must hold in a data folder all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from loaders.curated import TABLES
from loaders.release import Releases
from loaders.row import Row
from loaders.sources import Source
from loaders.table import read

OWN_TABLES = Path(__file__).parents[1] / "loaders" / "tables"
MILJOGRAF = Path(sys.executable).with_name("miljograf")
STEPS = ("reading", "composing", "staging", "checking", "describing", "publishing")
"""How the lines begin in which a build says what it is doing, in order."""

_WITH_PROCESSES = """
import sys
from loaders import aside
from endpoint.cli import main
aside.MUCH = 0
aside.can_be_copied = lambda: False
main(["build", *sys.argv[1:]])
"""

_THINNED: dict[str | None, str | tuple[str, ...]] = {
    "municipality": "03",
    "sdg-target": "6.",
    "sdg-indicator": "2020-6.",
    "specification": ("7-", "8-"),
    "indicator": ("kolada-N004", "kolada-N0051", "miljomal-iid-"),
    "assessment": ("RAU2023-03", "AU2020-SE"),
    "measure": ("ATG00", "ATG076"),
    "action-programme": ("SKANE", "VATTEN-2016"),
    "meeting": "nobelmotet",
    "mapping": ("editors--objective-7", "editors--objective-8"),
    "slice": "forest-birds",
    "observation": "forest-birds",
}
"""The kinds of which only some are kept to be quick, and how the keys of those begin."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A build that has ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str
    seconds: float


@dataclass(slots=True)
class Building:
    """A build under way, in a process group of its own."""

    process: subprocess.Popen[str]
    begun: float

    def wait_for(self, step: str) -> None:
        """Return as soon as the build says that it has come to a step."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if f" s  {step}" in line:
                return
        raise AssertionError(f"the build ended before it came to {step!r}")

    def kill(self) -> Ended:
        """SIGKILL it from outside, with all it started; the code is -9 unless it had ended by itself."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        return self.ended()

    def ended(self) -> Ended:
        """Wait for its end."""
        out, err = self.process.communicate(timeout=120)
        return Ended(self.process.returncode, out, err, time.monotonic() - self.begun)


@dataclass(frozen=True, slots=True)
class Workplace:
    """A data folder and the tables that are built into it."""

    data: Path
    tables: Path

    @property
    def releases(self) -> Releases:
        """The releases in the data folder."""
        return Releases(self.data)

    def start(self, before: Callable[[], None] | None = None, *, has_processes: bool = False) -> Building:
        """Start a build; `before` runs in its process first, to take something away from it.

        It has a copy of itself beside it; or else, if that is wanted, new interpreters, as where nothing can be copied,
        and makes the whole anew.
        """
        command = [sys.executable, "-c", _WITH_PROCESSES, "--whole"] if has_processes else [MILJOGRAF, "build"]
        options = {"--data": self.data, "--tables": self.tables, "--base-iri": "http://localhost:8000/"}
        begun = time.monotonic()
        process = subprocess.Popen(
            [*command, *chain(*options.items())],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509 - the tests have one thread, and `before` makes one system call
        )
        return Building(process, begun)

    def build(self, before: Callable[[], None] | None = None, *, has_processes: bool = False) -> Ended:
        """Run a build to its end."""
        return self.start(before, has_processes=has_processes).ended()

    def change(self, mark: str) -> None:
        """Change one cell, so that the next build makes a release that was not there before."""
        table = self.tables / "objective_translations.csv"
        head, first, *rest = table.read_text(encoding="utf-8").splitlines(keepends=True)
        objective, name, *others = first.split(",")
        changed = ",".join([objective, f"{name.partition(' [')[0]} [{mark}]", *others])
        table.write_text("".join([head, changed, *rest]), encoding="utf-8")

    def assert_whole(self) -> None:
        """`current` opens, and every release that is listed is whole."""
        self.releases.current().verify()
        for release_id in self.releases.ids():
            self.releases.get(release_id).verify()

    def assert_tidy(self) -> None:
        """Nothing lies about that a build has left."""
        assert {entry.name for entry in self.data.iterdir()} == {".lock", ".staging", "current", "releases"}
        assert list(self.releases.staging.iterdir()) == []
        assert sorted(entry.name for entry in self.releases.folder.iterdir()) == self.releases.ids()


def workplace(folder: Path) -> Workplace:
    """A data folder with one published release, and few enough rows that a build takes little more than a second."""
    place = Workplace(folder / "data", folder / "tables")
    write_few_tables(place.tables)
    ended = place.build()
    assert ended.code == 0, ended.err
    return place


def write_few_tables(folder: Path) -> None:
    """The curated tables, with few enough rows that a build takes little more than a second."""
    folder.mkdir()
    for name, text in _few_tables().items():
        (folder / name).write_text(text, encoding="utf-8")


@cache
def _few_tables() -> dict[str, str]:
    """The text of every table, with only the rows that are kept."""
    texts = {}
    for model, rows in _few_rows().items():
        lines = (OWN_TABLES / f"{model.table}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        texts[f"{model.table}.csv"] = "".join([lines[0], *(lines[row.line - 1] for row in rows)])
    return texts


def _few_rows() -> dict[type[Row], list[Row]]:
    """The rows of every table that speak only of what is kept."""
    rows = {model: list(read(OWN_TABLES, model).rows) for model in TABLES}
    dropped = {
        (row.defines, row.key)
        for kept in rows.values()
        for row in kept
        if row.defines in _THINNED and not row.key.startswith(_THINNED[row.defines])
    }
    before = -1
    while len(dropped) != before:
        before = len(dropped)
        for model, kept in rows.items():
            rows[model] = [row for row in kept if not _speaks_of(row, dropped)]
            gone = (row for row in kept if _speaks_of(row, dropped))
            dropped |= {(row.defines, row.key) for row in gone if row.defines}
    named = {reference.key for kept in rows.values() for row in kept for reference in row.references()}
    rows[Source] = [row for row in rows[Source] if row.key in named]
    return rows


def _speaks_of(row: Row, dropped: set[tuple[str, str]]) -> bool:
    named = {(reference.kind, reference.key) for reference in row.references()}
    return (row.defines, row.key) in dropped or not named.isdisjoint(dropped)
