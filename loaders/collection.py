"""Reads any RDF files into a store, each into a named graph, so that they can be served.

The rule for names: a file is the graph whose IRI is given for it, else `graphs/` on the base and its file name, without
`.gz`. A folder is all RDF files in it, each named by the IRI of the folder and its path there. Statements that a file
puts in graphs itself (TriG, N-Quads, JSON-LD) stay there. The IRI of the graph is also the base of relative IRIs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from loaders.parsing import GZIP, RdfFile, UnreadableFile, find_files, opened
from ontology.base import Base
from ontology.stores import size_of
from queries.catalogue import query

_SMALL = 1024 * 1024
"""Bytes of a file below which the engine loads it faster as one change of the store than in bulk: a hundred times for
hundreds of files."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a collection, and the name of the graph that it becomes."""

    file: RdfFile
    graph: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Files in a store: the same files under the same names have the same id."""

    id: str
    store: Path
    members: tuple[Member, ...]
    holds_new_terms: bool  # there are terms of RDF 1.2
    dump: Path | None = None  # all that the store says as N-Quads, where the store is small


def collect(paths: Sequence[Path], graphs: Sequence[str], base: Base, folder: Path, most_dumped: int = 0) -> Collection:
    """Read files and folders into a new store in a folder. `graphs` names the first of them, in their order.

    A store whose tables have no more bytes than `most_dumped` is written into a file beside it as well, of which
    several processes may read what it says: that takes them less than half of the time. Raises UnreadableFile.
    """
    members = list(find_members(paths, graphs, base))
    store, digest = ox.Store(str(folder)), hashlib.sha256()
    for member in members:
        digest.update(f"{member.graph}\n".encode())
        _load(store, member)
        with member.file.path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    store.flush()
    holds_new_terms = bool(store.query(query("about/new-terms").text))
    dump = _dump(store, folder.with_suffix(".nq")) if most_dumped and size_of(folder) <= most_dumped else None
    return Collection(digest.hexdigest()[:12], folder, tuple(members), holds_new_terms, dump)


def _dump(store: ox.Store, file: Path) -> Path | None:
    """A new file with all that a store says; None where it cannot be written: what reads it has the store itself."""
    try:
        store.dump(str(file), format=ox.RdfFormat.N_QUADS)
    except OSError:
        return None
    return file


def find_members(paths: Sequence[Path], graphs: Sequence[str], base: Base) -> Iterator[Member]:
    """The files with the names of their graphs. Raises UnreadableFile."""
    if len(graphs) > len(paths):
        raise UnreadableFile(f"there are {len(graphs)} names of graphs for {len(paths)} files or folders")
    taken: dict[str, Path] = {}
    for place, path in enumerate(paths):
        given = graphs[place] if place < len(graphs) else None
        for member in _members_of(path, given, base):
            before = taken.setdefault(member.graph, member.file.path)
            if before != member.file.path:
                raise UnreadableFile(
                    f"{before} and {member.file.path} would both be the graph <{member.graph}>; give one of them "
                    "another name with --graph"
                )
            yield member


def _members_of(path: Path, given: str | None, base: Base) -> Iterator[Member]:
    if given is not None:
        _check_name(given)
    start = given or f"{base.iri}graphs/"
    for file in find_files(path):
        named = given if given and file.path == path else start + _quoted(file.name_below(path))
        yield Member(file, named)


def _check_name(graph: str) -> None:
    try:
        ox.NamedNode(graph)
    except ValueError as error:
        raise UnreadableFile(f"{graph!r} cannot name a graph: {error}") from error


def _quoted(name: str) -> str:
    return quote(name.removesuffix(GZIP), safe="/~")


def _load(store: ox.Store, member: Member) -> None:
    """Read one file into the store. Raises UnreadableFile."""
    with opened(member.file) as content:
        load = store.load if member.file.path.stat().st_size < _SMALL else store.bulk_load
        load(content, format=member.file.format, base_iri=member.graph, to_graph=ox.NamedNode(member.graph))
