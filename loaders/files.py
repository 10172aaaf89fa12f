"""The files of a release that can be fetched: dumps of all of it and of each graph, and the values of each data set."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from loaders import disk
from ontology import addresses, iri
from ontology.description import JSON_STAT_FORMAT
from ontology.text import LANGUAGES, Language, Text

ALL = "all.nq.gz"
"""The dump that holds everything."""

_PACKED = Text("Hela datamängden i {syntax}, gzip-komprimerad.", "The whole dataset in {syntax}, compressed with gzip.")
_AS_IT_IS = Text("Hela datamängden i {syntax}.", "The whole dataset in {syntax}.")
_WITH_NAMES: dict[Language, Text] = {
    "sv": Text("Hela datamängden i {syntax}, med svenska namn.", "The whole dataset in {syntax}, with Swedish names."),
    "en": Text("Hela datamängden i {syntax}, med engelska namn.", "The whole dataset in {syntax}, with English names."),
}


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a file is written in: the end of its name, its media type, its code in the EU's list of file types.

    `language` is that of the names in it, where it has those of one; `standard` is where the format is described, where
    the media type does not tell which it is.
    """

    title: str
    suffix: str
    media_type: str
    file_type: str
    folder: str = "dump"
    language: Language | None = None
    standard: URIRef | None = None

    @property
    def is_compressed(self) -> bool:
        """True where the file is a gzip file of what the media type says."""
        return self.suffix.endswith(".gz")

    @property
    def holds_triples(self) -> bool:
        """True for a dump; the values of a data set are none."""
        return self.folder == "dump"

    @property
    def description(self) -> Text:
        """What a file of it is, in words."""
        written = _PACKED if self.is_compressed else _WITH_NAMES[self.language] if self.language else _AS_IT_IS
        return Text(*(words.format(syntax=self.title) for words in written))

    @property
    def format(self) -> str:
        """The end of a name that others know the format by: `nq`, `csv`, `json`."""
        return self.suffix.removesuffix(".gz").rpartition(".")[2]


NQUADS = Syntax("N-Quads", "nq.gz", "application/n-quads", "RDF_N_QUADS")
TURTLE = Syntax("Turtle", "ttl.gz", "text/turtle", "RDF_TURTLE")
NTRIPLES = Syntax("N-Triples", "nt.gz", "application/n-triples", "RDF_N_TRIPLES")
CSVW_SUFFIX = "csv-metadata.json"
"""How the address ends where the meaning of the columns of a table is told, beside that of the table."""

CSV = Syntax("CSV", "csv", "text/csv", "CSV", folder="tables")
JSON_STAT: dict[Language, Syntax] = {
    language: Syntax("JSON-stat", f"{language}.json", "application/json", "JSON", "tables", language, JSON_STAT_FORMAT)
    for language in LANGUAGES
}
SYNTAXES = (NQUADS, TURTLE, NTRIPLES, CSV, *JSON_STAT.values())


def places_of(name: str) -> list[str]:
    """Where in a release a file of a name may lie."""
    return [f"{syntax.folder}/{name}" for syntax in SYNTAXES if name.endswith(f".{syntax.suffix}")]


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
        return iri.graph(self.stem) if self.syntax.holds_triples else iri.mint("dataset", self.stem)


def read_files(directory: Path, checksum: Callable[[Path], str] = disk.checksum) -> list[File]:
    """The files that lie in the folder of a release, with their checksums: all of it first, then by name."""
    found = [
        File(path.name, syntax, path.stat().st_size, checksum(path), _columns(path) if syntax == CSV else ())
        for syntax in SYNTAXES
        for path in (directory / syntax.folder).glob(f"*.{syntax.suffix}")
    ]
    return sorted(found, key=lambda file: (file.name != ALL, file.name))


def _columns(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(next(csv.reader(lines)))
