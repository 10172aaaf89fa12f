"""Reads any RDF files into a store, each into a named graph, so that they can be served.

The rule for names: a file is the graph whose IRI is given for it, else `graphs/` on the base and its file name, without
`.gz`. A folder is all RDF files in it, each named by the IRI of the folder and its path there. Statements that a file
puts in graphs itself (TriG, N-Quads, JSON-LD) stay there. The IRI of the graph is also the base of relative IRIs.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote

import pyoxigraph as ox

from loaders.xml_entities import SwellingEntity, watched
from ontology.base import Base
from queries.catalogue import query

_GZIP = ".gz"
_FURTHER = {"owl": ox.RdfFormat.RDF_XML, "json-ld": ox.RdfFormat.JSON_LD, "nquads": ox.RdfFormat.N_QUADS}
"""Endings that people give RDF files and the engine does not know."""

_NOT_SURELY = {"xml", "json", "txt"}
"""Endings that the engine takes for RDF, and that in a folder are most often something else."""

_SMALL = 1024 * 1024
"""Bytes of a file below which the engine loads it faster as one change of the store than in bulk: a hundred times for
hundreds of files."""

ENDINGS = ".ttl, .nt, .nq, .trig, .rdf, .owl, .xml, .jsonld, .json or .n3, also with .gz"


class UnreadableCollection(Exception):
    """A file that cannot be served; the message names the file, the line and column where known, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a collection, and the name of the graph that it becomes."""

    path: Path
    graph: str
    format: ox.RdfFormat


@dataclass(frozen=True, slots=True)
class Collection:
    """Files in a store: the same files under the same names have the same id."""

    id: str
    store: Path
    members: tuple[Member, ...]
    holds_new_terms: bool  # there are terms of RDF 1.2


def collect(paths: Sequence[Path], graphs: Sequence[str], base: Base, folder: Path) -> Collection:
    """Read files and folders into a new store in a folder. `graphs` names the first of them, in their order.

    Raises UnreadableCollection.
    """
    members = list(find_members(paths, graphs, base))
    store, digest = ox.Store(str(folder)), hashlib.sha256()
    for member in members:
        digest.update(f"{member.graph}\n".encode())
        _load(store, member)
        with member.path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    store.flush()
    holds_new_terms = bool(store.query(query("about/new-terms").text))
    return Collection(digest.hexdigest()[:12], folder, tuple(members), holds_new_terms)


def find_members(paths: Sequence[Path], graphs: Sequence[str], base: Base) -> Iterator[Member]:
    """The files with the names of their graphs. Raises UnreadableCollection."""
    if len(graphs) > len(paths):
        raise UnreadableCollection(f"there are {len(graphs)} names of graphs for {len(paths)} files or folders")
    taken: dict[str, Path] = {}
    for place, path in enumerate(paths):
        given = graphs[place] if place < len(graphs) else None
        for member in _members_of(path, given, base):
            before = taken.setdefault(member.graph, member.path)
            if before != member.path:
                raise UnreadableCollection(
                    f"{before} and {member.path} would both be the graph <{member.graph}>; give one of them another "
                    "name with --graph"
                )
            yield member


def _members_of(path: Path, given: str | None, base: Base) -> Iterator[Member]:
    if given is not None:
        _check_name(given)
    if not path.is_dir():
        yield Member(path, given or f"{base.iri}graphs/{_quoted(path.name)}", _format_of(path))
        return
    found = [file for file in sorted(path.rglob("*")) if file.is_file() and _is_rdf(file)]
    if not found:
        raise UnreadableCollection(f"{path}: no RDF files in this folder; they end in {ENDINGS}")
    start = given or f"{base.iri}graphs/"
    for file in found:
        yield Member(file, start + _quoted(file.relative_to(path).as_posix()), _format_of(file))


def _check_name(graph: str) -> None:
    try:
        ox.NamedNode(graph)
    except ValueError as error:
        raise UnreadableCollection(f"{graph!r} cannot name a graph: {error}") from error


def _quoted(name: str) -> str:
    return quote(name.removesuffix(_GZIP), safe="/~")


def _ending(path: Path) -> str:
    return Path(path.name.removesuffix(_GZIP)).suffix.removeprefix(".").lower()


def _is_rdf(path: Path) -> bool:
    """True for a file of a folder that is taken for RDF by its name."""
    hidden = any(part.startswith(".") for part in path.parts[1:])
    ending = _ending(path)
    return not hidden and ending not in _NOT_SURELY and _known(ending) is not None


def _known(ending: str) -> ox.RdfFormat | None:
    return _FURTHER.get(ending) or ox.RdfFormat.from_extension(ending)


def _format_of(path: Path) -> ox.RdfFormat:
    kind = _known(_ending(path))
    if kind is None:
        raise UnreadableCollection(f"{path}: the name does not tell which format of RDF this is; it ends in {ENDINGS}")
    return kind


def _load(store: ox.Store, member: Member) -> None:
    """Read one file into the store. Raises UnreadableCollection."""
    try:
        with _opened(member.path) as opened:
            file = watched(opened) if member.format == ox.RdfFormat.RDF_XML else opened
            load = store.load if member.path.stat().st_size < _SMALL else store.bulk_load
            load(file, format=member.format, base_iri=member.graph, to_graph=ox.NamedNode(member.graph))
    except SyntaxError as error:
        place = (error.lineno, error.offset) if error.lineno else _place_of_fault(member)
        where = f":{place[0]}:{place[1]}" if place else ""
        raise UnreadableCollection(f"{member.path}{where}: this is not {member.format.name}: {_said(error)}") from error
    except SwellingEntity as error:
        raise UnreadableCollection(f"{member.path}: {error}") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableCollection(f"{member.path}: this is not gzip, or not all of it: {error}") from error
    except OSError as error:
        raise UnreadableCollection(f"{member.path}: {error.strerror or error}") from error


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == _GZIP else path.open("rb")


def _said(error: SyntaxError) -> str:
    """What the parser says, without the place, which stands before it."""
    said = error.msg
    place, found, rest = said.partition(": ")
    return rest if found and place.startswith("Parser error") else said


class _Drip:
    """A file that is given line by line, and from a certain line on byte by byte, to see how far a parser reads."""

    def __init__(self, file: IO[bytes], by_bytes_from: int | None = None) -> None:
        self._file = file
        self._from = by_bytes_from
        self.line = 0
        self.column = 0
        self._rest = b""

    def read(self, _: int = -1) -> bytes:
        if not self._rest:
            self._rest = self._file.readline()
            self.line, self.column = self.line + 1, 0
        size = 1 if self._from is not None and self.line >= self._from else len(self._rest)
        given, self._rest = self._rest[:size], self._rest[size:]
        self.column += sum(byte & 0xC0 != 0x80 for byte in given)  # characters, of which UTF-8 makes several bytes
        return given


def _place_of_fault(member: Member) -> tuple[int, int] | None:
    """The line and column at which the parser stops, for RDF/XML, whose parser does not tell."""
    if member.format != ox.RdfFormat.RDF_XML:
        return None
    line: int | None = None
    for _ in range(2):
        with _opened(member.path) as file:
            drip = _Drip(file, line)
            try:
                for _quad in ox.parse(cast("IO[bytes]", drip), format=member.format, base_iri=member.graph):
                    pass
            except SyntaxError:
                line = drip.line
    return (drip.line, drip.column) if line else None
