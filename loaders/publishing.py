"""Puts a release into a SPARQL engine elsewhere, graph by graph, and looks whether it is all there.

Graphs on other bases than that of the release stay as they are. One statement in a graph of its own says which release
is there; while graphs are changed it is away, so that nobody takes a mixture of two releases for one. Before that it is
put as it is, so that where nothing may be written it stays.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from loaders.files import NTRIPLES
from loaders.graph_store import GraphStore, NotDone
from loaders.progress import Told
from loaders.release import DamagedRelease, NoRelease, Release, Releases
from ontology import addresses, iri
from ontology.base import Base
from ontology.namespaces import DCAT
from queries.catalogue import query

_TAKEN_AWAY = "No release is said to be there until one is published anew; what others have there is as it was"


class Graph(NamedTuple):
    """A named graph of a release: the file that holds it, and the checksum of that."""

    file: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: how many graphs were put, found as they are to be, and taken away."""

    put: int
    same: int
    removed: int


def publish(release: Release, releases: Releases, store: GraphStore, told: Told, is_whole: bool = False) -> Published:
    """Make an engine hold a release: what it holds of the one it had is put anew only where that was other.

    `is_whole` puts all anew. Raises NotDone where the engine refuses or holds something else in the end, DamagedRelease
    and OSError where the dumps cannot be read.
    """
    release.verify(thoroughly=False)
    mark = str(release.base.localise(addresses.address(addresses.VOID)))
    graphs, published = graphs_of(release), _published(store, release.base)
    held, sizes = _held(store, release), {name: sum(1 for _ in _lines(graph.file)) for name, graph in graphs.items()}
    earlier = {} if is_whole else _checksums(releases, published)
    same = {
        name for name, graph in graphs.items() if earlier.get(name) == graph.sha256 and held.get(name) == sizes[name]
    }
    changed, left = sorted(graphs.keys() - same), sorted(held.keys() - graphs.keys())
    if changed or left or published != release.id:
        if published is not None:
            store.put(mark, [_mark(release.base, published)])
        store.remove(mark)
        try:
            for done, name in enumerate(changed):
                told(done, len(changed))
                store.put(name, _lines(graphs[name].file))
            for name in left:
                store.remove(name)
            told(len(changed), len(changed))
            _compare(store, _held(store, release), sizes)
            store.put(mark, [_mark(release.base, release.id)])
            if _published(store, release.base) != release.id:
                raise NotDone(store.queries, f"it was told that it holds {release.id}, and does not say so in <{mark}>")
        except NotDone as error:
            raise NotDone(error.url, f"{error.why}. {_TAKEN_AWAY}") from error
    return Published(len(changed), len(same), len(left))


def graphs_of(release: Release) -> dict[str, Graph]:
    """The named graphs of a release, by their IRIs."""
    dumps = {name: file for name, file in release.record["files"].items() if name.endswith(f".{NTRIPLES.suffix}")}
    keys = {name: name.removeprefix(f"{NTRIPLES.folder}/").removesuffix(f".{NTRIPLES.suffix}") for name in dumps}
    return {
        str(release.base.localise(iri.graph(keys[name]))): Graph(release.path / name, file["sha256"])
        for name, file in dumps.items()
    }


def _published(store: GraphStore, base: Base) -> str | None:
    """The id of the release that an engine says it holds."""
    rows = store.rows(query("about/published").on(base))
    return rows[0].get("release") if len(rows) == 1 else None


def _held(store: GraphStore, release: Release) -> dict[str, int]:
    """How many statements an engine holds of each graph on the base of a release.

    An engine that holds none may answer with a row that names no graph. Raises NotDone.
    """
    ours = str(release.base.localise(iri.graph("")))
    rows = store.rows(query("any/graphs").text)
    try:
        return {row["graph"]: int(row["statements"]) for row in rows if row.get("graph", "").startswith(ours)}
    except (KeyError, ValueError) as error:
        raise NotDone(store.queries, f"it does not say in numbers how much each graph holds: {error}") from error


def _checksums(releases: Releases, published: str | None) -> dict[str, str]:
    """The checksums of the graphs of a release that was put there, as far as it is kept here."""
    try:
        earlier = releases.get(published or "")
    except (NoRelease, DamagedRelease):
        return {}
    return {name: graph.sha256 for name, graph in graphs_of(earlier).items()}


def _compare(store: GraphStore, held: Mapping[str, int], sizes: Mapping[str, int]) -> None:
    """Refuse an engine that does not hold as many statements of each graph as it was given. Raises NotDone.

    A graph that was to be taken away and is still there is one as well.
    """
    every = sizes.keys() | held.keys()
    other = sorted(name for name in every if held.get(name, 0) != sizes.get(name, 0))
    if other:
        first = other[0]
        is_elsewhere = len(every) > 1 and not any(held.values())
        way_out = "; does --to lead to the same graphs as --query?" if is_elsewhere else ""
        raise NotDone(
            store.queries,
            f"it does not hold {len(other):,} of {len(every):,} graphs as it was given them: of <{first}> it has "
            f"{held.get(first, 0):,} statements in place of {sizes.get(first, 0):,}{way_out}",
        )


def _lines(dump: Path) -> Iterator[bytes]:
    with gzip.open(dump) as lines:
        yield from lines


def _mark(base: Base, release_id: str) -> bytes:
    """The statement that says which release it is."""
    whole = ox.NamedNode(str(base.localise(addresses.WHOLE)))
    return f"{ox.Triple(whole, ox.NamedNode(DCAT.version), ox.Literal(release_id))} .\n".encode()
