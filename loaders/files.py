"""The files of a release that can be fetched: dumps of all of it and of each graph, and each data set as a table."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from loaders import disk
from loaders.areas import area_iri
from loaders.content import Content
from loaders.curated import Curated
from loaders.live_series import LiveSeries
from loaders.observations import Observation
from ontology import addresses, iri, namespaces
from ontology.base import Base
from ontology.turtle import tidy_file

ALL = "all.nq.gz"
"""The dump that holds everything."""

COLUMNS = ("observation", "area", "area_iri", "year", "sector", "value", "unit")
"""The columns of a data set as a table; a cell of `sector` is empty where there are no sectors."""

FURTHER = ("sex", "status")
"""The further columns of a data set that was fetched: cells are empty where a source says nothing."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a file is written in: the end of its name, its media type, its code in the EU's list of file types."""

    title: str
    suffix: str
    media_type: str
    file_type: str
    folder: str = "dump"

    @property
    def is_compressed(self) -> bool:
        """True where the file is a gzip file of what the media type says."""
        return self.suffix.endswith(".gz")


NQUADS = Syntax("N-Quads", "nq.gz", "application/n-quads", "RDF_N_QUADS")
TURTLE = Syntax("Turtle", "ttl.gz", "text/turtle", "RDF_TURTLE")
NTRIPLES = Syntax("N-Triples", "nt.gz", "application/n-triples", "RDF_N_TRIPLES")
CSV = Syntax("CSV", "csv", "text/csv", "CSV", folder="tables")
SYNTAXES = (NQUADS, TURTLE, NTRIPLES, CSV)


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name, what it is written in, its size and its SHA-256."""

    name: str
    syntax: Syntax
    bytes: int
    sha256: str
    columns: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it lies in the folder of the release."""
        return f"{self.syntax.folder}/{self.name}"

    @property
    def stem(self) -> str:
        """Its name without the end that tells the syntax: the key of the source or of the data set."""
        return self.name.removesuffix(f".{self.syntax.suffix}")

    @property
    def dataset(self) -> URIRef:
        """The dataset that it holds, on the canonical base."""
        if self.name == ALL:
            return addresses.WHOLE
        return iri.mint("dataset", self.stem) if self.syntax is CSV else iri.graph(self.stem)


def write_files(content: Content, curated: Curated, directory: Path) -> None:
    """Write every file into the folder of a release. Same content, same bytes."""
    _write_dumps(content, directory / NQUADS.folder)
    _write_tables(curated, content.base, directory / CSV.folder)


def read_files(directory: Path) -> list[File]:
    """The files that lie in the folder of a release: all of it first, then by name."""
    found = [
        File(path.name, syntax, path.stat().st_size, disk.checksum(path), _columns(path) if syntax is CSV else ())
        for syntax in SYNTAXES
        for path in (directory / syntax.folder).glob(f"*.{syntax.suffix}")
    ]
    return sorted(found, key=lambda file: (file.name != ALL, file.name))


def _write_dumps(content: Content, folder: Path) -> None:
    disk.write_gzip(folder / ALL, content.nquads())
    prefixes = {name: str(content.base.localise(URIRef(space))) for name, space in namespaces.prefixes().items()}
    for graph, lines in content.graphs.items():
        stem = graph.rpartition("/")[2]
        ntriples = folder / f"{stem}.{NTRIPLES.suffix}"
        disk.write_gzip(ntriples, (f"{line} .\n" for line in lines))
        turtle = folder / f".{stem}.ttl"  # a graph may be of millions of lines: it goes from file to file
        with io.BufferedReader(gzip.open(ntriples)) as written:
            triples = (quad.triple for quad in ox.parse(written, format=ox.RdfFormat.N_TRIPLES))
            ox.serialize(triples, output=turtle, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
        disk.write_gzip(folder / f"{stem}.{TURTLE.suffix}", tidy_file(turtle))
        turtle.unlink()
    disk.flush_files(folder.iterdir())


def _columns(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(next(csv.reader(lines)))


def _write_tables(curated: Curated, base: Base, folder: Path) -> None:
    """Each data set in the order of its keys, with the digits that its source gives: the store keeps numbers."""
    tables: dict[str, list[Observation | LiveSeries]] = defaultdict(list)
    for row in curated.rows:
        if isinstance(row, Observation | LiveSeries):
            tables[row.dataset].append(row)
    for dataset, rows in tables.items():
        lines: list[tuple[str, list[str]]] = []
        for row in rows:
            lines += [(row.key, list(_cells(row, base)))] if isinstance(row, Observation) else _of_series(row, base)
        text = io.StringIO(newline="")
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow((*COLUMNS, *FURTHER) if any(isinstance(row, LiveSeries) for row in rows) else COLUMNS)
        table.writerows(cells for _, cells in sorted(lines))
        disk.write(folder / f"{dataset}.{CSV.suffix}", text.getvalue().encode("utf-8"))


def _cells(observation: Observation, base: Base) -> Iterator[str]:
    yield str(base.localise(observation.subject))
    yield observation.area
    yield str(base.localise(area_iri(observation.area)))
    yield observation.period
    yield observation.sector or ""
    yield observation.value
    yield observation.unit.value


def _of_series(series: LiveSeries, base: Base) -> Iterator[tuple[str, list[str]]]:
    area, division = str(base.localise(area_iri(series.area))), series.division
    part = {division.column: division.code} if division else {}
    for observation, value in series.observed(lambda term: str(base.localise(term))):
        cells = [observation, series.area, area, value.year, part.get("sector", ""), value.value, series.unit.value]
        yield observation, [*cells, part.get("sex", ""), value.status]
