"""The release that is current while another is built: which graphs are the same in both, and what came and went.

Nothing is taken from a release that is damaged, or that another maker has made.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import URIRef

from loaders import disk
from loaders.content import Content, Stated
from loaders.files import ALL, NQUADS, NTRIPLES
from loaders.maker import maker
from loaders.packed import Piece, Place
from loaders.release import DamagedRelease, NoRelease, Release, Releases
from loaders.runs import lines_about
from ontology.base import Base
from ontology.engine import ask_for_rows
from ontology.stores import opened
from queries.catalogue import query

PLACE = Path("index") / "graphs.json"
"""Where a release says of each graph what its statements are known by, and of each table which graphs it is made of."""

MOST_GENERATIONS = 20
"""How many releases are made in a row of the one before; the next is whole. What went leaves texts in the store."""

MOST_DIFFERENT = 4
"""A difference of more than one in so many statements is not looked at one by one."""

_FEW = 30
"""A store is asked of one thing in so many statements, or fewer: things have about eight statements each."""

_BYTES_AT_ONCE, _END = 1 << 20, b" .\n"


class NothingToTakeOver(Exception):
    """A release is built as if there were none before; the message says why."""


_UNREADABLE = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, zlib.error)
"""What reading a release raises that is not as it should be."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What came into a graph and what went, as sorted lines of N-Triples without the final full stop."""

    went: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Previous:
    """The release before, and what it shares with the one that is built."""

    release: Release
    same: Mapping[str, Piece]  # each graph that has the same lines, and where these stand in the dump of everything
    series: Mapping[str, list[str]]  # the graphs that each table of values was made of
    differences: Mapping[str, Difference] | None  # by graph; None where they are too many
    generation: int = 0  # how many in a row were made of the one before
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is said now of the things of which something came or went, in any graph: sorted lines."""

    def as_record(self) -> dict[str, object]:
        """What the record of a release says of what it was made of."""
        return {"from": self.release.id, "generation": self.generation + 1}

    def said_before(self) -> dict[str, tuple[str, ...]]:
        """The same, as it was said in the release before."""
        said = dict(self.said)
        for graph, one in (self.differences or {}).items():
            said[graph] = tuple(sorted({*said.get(graph, ()), *one.went}.difference(one.came)))
        return said

    def has_same(self, dataset: str, graphs: Iterable[str]) -> bool:
        """True where a table of values was made of these graphs, and they are the same now."""
        made_of = self.series.get(dataset)
        return made_of is not None and sorted(graphs) == made_of and self.same.keys() >= set(made_of)


def checksum_in(directory: Path, previous: Previous | None) -> Callable[[Path], str]:
    """What gives the SHA-256 of files in a staged release; of those that a previous release has too, from its record.

    A file of two names is one file, and every one of the previous release agreed with the record as the build began.
    """
    if previous is None:
        return disk.checksum
    release = previous.release

    def checksum(file: Path) -> str:
        name = file.relative_to(directory)
        known, there = release.record["files"].get(name.as_posix()), release.path / name
        return str(known["sha256"]) if known and there.is_file() and file.samefile(there) else disk.checksum(file)

    return checksum


def dump_of(graph: str) -> str:
    """What the dump of a graph is called, without the end that tells its syntax."""
    return graph.rpartition("/")[2]


class Told(NamedTuple):
    """What a release tells of a graph: how many statements it has, and what they and their rows are known by."""

    number: int
    digest: str
    rows: str
    place: Piece  # in the dump of everything


@dataclass(frozen=True, slots=True)
class Before:
    """The release that is current while another is built. Every byte of it is sound, and the same maker made it."""

    release: Release
    graphs: Mapping[str, Told]
    series: Mapping[str, list[str]]
    generation: int

    def known(self, graph: str, rows: Callable[[], str]) -> Stated | None:
        """What the rows of a graph state, if it is known from this release: the same maker makes the same of them.

        Its lines are read where they are asked for, and raise DamagedRelease where they are not there any more.
        """
        told = self.graphs.get(graph)
        if told is None or told.rows != rows():
            return None
        return Stated(LinesOfDump(self.release, graph, told.number), told.digest)


@dataclass(frozen=True, slots=True)
class LinesOfDump:
    """The lines of a graph that lie in the dump of a release."""

    release: Release
    graph: str
    number: int

    def __iter__(self) -> Iterator[str]:
        """The lines in order. Raises DamagedRelease where they are not all there."""
        return chain.from_iterable(self._read())

    def _read(self) -> Iterator[list[str]]:
        """The same, many at a time."""
        number = 0
        try:
            for some in _many_lines_of(self.release, self.graph):
                number += len(some)
                yield some
        except _UNREADABLE as error:
            raise DamagedRelease(f"{self._dump} cannot be read any more ({error})") from error
        if number != self.number:
            raise DamagedRelease(f"{self._dump} has {number:,} statements, and not {self.number:,}")

    @property
    def _dump(self) -> str:
        return f"the dump of {self.graph} in the release {self.release.id}"

    def __len__(self) -> int:
        """How many there are."""
        return self.number


def release_before(releases: Releases, base: Base, beside: Callable[[int], Executor] | None = None) -> Before:
    """The current release, if what it holds can be taken over. Raises NothingToTakeOver, and what `beside` raises.

    `beside` gives who looks through a release of so many statements: a thread would wait for its turn at each file.
    """
    try:
        release = releases.current()
    except NoRelease as error:
        raise NothingToTakeOver("there is no release before") from error
    except DamagedRelease as error:
        raise NothingToTakeOver(str(error)) from error
    if release.base != base:
        raise NothingToTakeOver(f"the release {release.id} is on another base")
    try:
        if release.record["software"].get("maker") != maker():
            raise NothingToTakeOver(f"the release {release.id} was made by another version of this software")
        statements = int(release.record["triples"])
    except _UNREADABLE as error:
        raise NothingToTakeOver(f"the release {release.id} cannot be read ({error})") from error
    fault = beside(statements).submit(fault_in, release).result() if beside else fault_in(release)
    if fault is not None:
        raise NothingToTakeOver(fault)
    before = read_before(release)
    if before.generation >= MOST_GENERATIONS:
        raise NothingToTakeOver(f"the last {before.generation} releases were made of one another")
    return before


def fault_in(release: Release) -> str | None:
    """Where a release is not what was sealed; None where every byte of it is."""
    try:
        release.verify()
    except DamagedRelease as error:
        return str(error)
    except _UNREADABLE as error:
        return f"the release {release.id} cannot be read ({error})"
    return None


def read_before(release: Release) -> Before:
    """What a release tells of its graphs, whoever made it. Raises NothingToTakeOver where it tells nothing of them."""
    try:
        told = json.loads((release.path / PLACE).read_bytes())
        everything = release.path / NQUADS.folder / ALL
        graphs = {
            graph: Told(of["number"], of["sha256"], of["rows"], Piece(everything, Place(*map(int, of["place"]))))
            for graph, of in told["graphs"].items()
        }
        generation = int((release.record.get("takenOver") or {}).get("generation", 0))
        return Before(release, graphs, told["series"], generation)
    except _UNREADABLE as error:
        raise NothingToTakeOver(f"the release {release.id} cannot be read ({error})") from error


def shared(before: Before, content: Content) -> Previous:
    """What a release shares with the content of the one that is built. Raises NothingToTakeOver."""
    if before.release.id == content.release_id:
        raise NothingToTakeOver(f"the release {before.release.id} itself is made anew")
    same = {graph: told.place for graph, told in before.graphs.items() if content.digests.get(graph) == told.digest}
    differing = (before.graphs.keys() | content.graphs.keys()) - same.keys()
    try:
        differences = _differences(before.release, differing, content)
        said = {} if differences is None else _said(before.release, same.keys(), differences, content)
    except _UNREADABLE as error:
        raise NothingToTakeOver(f"the release {before.release.id} cannot be read ({error})") from error
    return Previous(before.release, same, before.series, differences, before.generation, said)


def subjects(differences: Mapping[str, Difference]) -> frozenset[str]:
    """What the statements that came or went are about, as lines have it."""
    lines = (line for one in differences.values() for line in (*one.went, *one.came))
    return frozenset(line.partition(" ")[0] for line in lines)


def where_said(store: ox.Store, base: Base, things: Iterable[str]) -> set[str]:
    """The graphs of a store that say something of some things, by their IRIs."""
    asked = query("about/where-said").asking(base, {"thing": map(URIRef, things)})
    return {row["graph"]["value"] for row in ask_for_rows(store, asked)}


def _said(
    release: Release, same: Iterable[str], differences: Mapping[str, Difference], content: Content
) -> dict[str, tuple[str, ...]]:
    """What graphs that are the same, and others, say of the things of which something came or went."""
    things = subjects(differences)
    if len(things) * _FEW <= content.triples and all(thing.startswith("<") for thing in things):
        store = opened(release.store)
        same = where_said(store, content.base, (thing[1:-1] for thing in things)).intersection(same)
    graphs = sorted({*same, *differences}.intersection(content.graphs))
    return {graph: tuple(lines_about(content.graphs[graph], things)) for graph in graphs}


def _differences(release: Release, graphs: Iterable[str], content: Content) -> dict[str, Difference] | None:
    left = content.triples // MOST_DIFFERENT
    differences: dict[str, Difference] = {}
    for graph in sorted(graphs):
        found = _difference(lines_of(release, graph), content.graphs.get(graph, ()), left)
        if found is None:
            return None
        differences[graph] = found
        left -= len(found.went) + len(found.came)
    return differences


def lines_of(release: Release, graph: str) -> Iterator[str]:
    """The statements of a graph of a release in order, as N-Triples without the final full stop; or none."""
    return chain.from_iterable(_many_lines_of(release, graph))


def _many_lines_of(release: Release, graph: str) -> Iterator[list[str]]:
    """The same, many at a time."""
    path = release.path / NTRIPLES.folder / f"{dump_of(graph)}.{NTRIPLES.suffix}"
    if not path.is_file():
        return
    left = b""
    with gzip.open(path) as packed:
        while some := packed.read(_BYTES_AT_ONCE):
            whole, end, left = (left + some).rpartition(_END)
            yield (whole + end).decode("utf-8").split(_END.decode("ascii"))[:-1]
    if left:
        raise EOFError(f"{path} ends within a line")


def _difference(before: Iterable[str], after: Iterable[str], most: int) -> Difference | None:
    """What two sorted runs of lines do not share; None where it is more than so many lines."""
    old, new = iter(before), iter(after)
    left, right = next(old, None), next(new, None)
    went: list[str] = []
    came: list[str] = []
    while left is not None or right is not None:
        if left == right:
            left, right = next(old, None), next(new, None)
            continue
        if right is None or (left is not None and left < right):
            went.append(str(left))
            left = next(old, None)
        else:
            came.append(right)
            right = next(new, None)
        if len(went) + len(came) > most:
            return None
    return Difference(tuple(went), tuple(came))


def tell_of_graphs(content: Content, places: Mapping[str, Place], series: Mapping[str, Iterable[str]]) -> bytes:
    """What a release says of its graphs, for the build that comes after it."""
    graphs = {
        graph: {
            "number": len(content.graphs[graph]),
            "sha256": content.digests[graph],
            "rows": content.rows.get(graph, ""),
            "place": place,
        }
        for graph, place in sorted(places.items())
    }
    made_of = {dataset: sorted(of) for dataset, of in sorted(series.items())}
    return json.dumps({"graphs": graphs, "series": made_of}, indent=1).encode("utf-8")
