"""The tables as the editors leave them for a second release: a meeting is new, one is renamed, one has ended."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.release import Release, Releases

NEW, RENAMED, ENDED = (f"id/meeting/nobelmotet-{year}" for year in (2010, 2012, 2011))

ROWS_OF_ENDED = (
    "meetings/nobelmotet-2011",
    "meeting_organisers/nobelmotet-2011--rus",
    "meeting_parties/nobelmotet-2011--miljomalsberedningens-kansli",
    "meeting_partners/nobelmotet-2011--202100-1975",
)
"""The rows that end with the meeting."""

RETIREMENTS = tuple(f"id/retirement/{path}" for path in (ENDED, *(f"id/row/{row}" for row in ROWS_OF_ENDED)))
"""What the release has of them instead."""

Said = dict[str, frozenset[tuple[str, str]]]
"""What is said of each thing: properties and values as N-Triples writes them."""


def opened(data: Path) -> TestClient:
    """A client of an endpoint on the release that is current in a folder; it follows no redirects."""
    app = create_app(Releases(data).current(), Settings(data, workers=1, page_workers=1))
    return TestClient(app, base_url="http://localhost:8000", follow_redirects=False)


def revise(tables: Path) -> None:
    """Change the tables of a first release to those of a second."""
    for table in {row.partition("/")[0] for row in ROWS_OF_ENDED} - {"meetings"}:
        _rewrite(tables / f"{table}.csv", lambda line: None if line.startswith("nobelmotet-2011,") else line)

    def meeting(line: str) -> str:
        if line.startswith("nobelmotet-2012,"):
            return line.replace("Nobelmötet 2012,Nobelmötet 2012", "Nobelmötet 2012 i Uppsala,Nobelmötet 2012")
        if line.startswith("nobelmotet-2011,"):
            return line.replace("nobelmotet-2011,", "nobelmotet-2010,", 1).replace("Nobelmötet 2011", "Nobelmötet 2010")
        return line

    _rewrite(tables / "meetings.csv", meeting)
    with (tables / "retirements.csv").open("a", encoding="utf-8") as file:
        for path in (ENDED, *(f"id/row/{row}" for row in ROWS_OF_ENDED)):
            file.write(f"{path},withdrawn,2026-11-27,Det hölls aldrig.,It was never held.,editors,likely\n")


def said_in(release: Release) -> Said:
    """What the dump of a release says of each thing but rows, but for where it is stated: read without the product."""
    found: dict[str, set[tuple[str, str]]] = {}
    base = release.record["base"]
    with gzip.open(release.path / "dump" / "all.nq.gz") as dump:
        quads = list(ox.parse(dump, format=ox.RdfFormat.N_QUADS))
    for quad in quads:
        if not str(quad.subject).startswith(f"<{base}id/row/"):
            said = found.setdefault(str(quad.subject), set())
            if str(quad.predicate) != f"<{base}spec/statedIn>":
                said.add((str(quad.predicate), value_of(str(quad.object))))
    return {thing: frozenset(said) for thing, said in found.items()}


def value_of(term: str) -> str:
    """A term, of which decimal numbers are written in one way: the dump writes 102.0, the engine 102."""
    number, _, datatype = term.rpartition("^^")
    if not (number.startswith('"') and datatype.endswith("#decimal>")):
        return term
    return f"{Decimal(number.strip(chr(34))).normalize():f}"


def _rewrite(file: Path, line: Callable[[str], str | None]) -> None:
    written = [line(each) for each in file.read_text(encoding="utf-8").splitlines(keepends=True)]
    file.write_text("".join(each for each in written if each is not None), encoding="utf-8")
