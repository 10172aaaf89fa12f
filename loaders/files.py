"""The files of a release that can be fetched: dumps of all of it and of each graph, and each data set as a table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from loaders import disk
from ontology import addresses, iri

ALL = "all.nq.gz"
"""The dump that holds everything."""


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


def read_files(directory: Path) -> list[File]:
    """The files that lie in the folder of a release: all of it first, then by name."""
    found = [
        File(path.name, syntax, path.stat().st_size, disk.checksum(path), _columns(path) if syntax is CSV else ())
        for syntax in SYNTAXES
        for path in (directory / syntax.folder).glob(f"*.{syntax.suffix}")
    ]
    return sorted(found, key=lambda file: (file.name != ALL, file.name))


def _columns(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(next(csv.reader(lines)))
