"""The store of the release before, brought to hold what another content says, graph by graph."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from loaders.content import Content
from loaders.counts import rows
from loaders.previous import Difference, Previous
from loaders.runs import lines_about
from ontology.base import Base
from ontology.stores import opened

_AT_ONCE = 50_000


class Disagreement(Exception):
    """A store cannot be taken over, or does not hold what it should; the message says why, or in which graph."""


def clone(previous: Previous, content: Content, place: Path) -> ox.Store:
    """A store that holds a content, made of that of the release before, which stays as it is.

    The engine never writes into a file of data that is there: it writes new ones, and takes away the names of old ones.
    `backup` gives the files of data second names, and copies those that are written into. So the two are apart.

    Whether it holds what it should is for `disagreement` to say. Raises Disagreement where there are too many
    differences, and what the engine raises.
    """
    if previous.differences is None:
        raise Disagreement("too much has changed")
    opened(previous.release.store).backup(str(place))
    store = ox.Store(str(place))
    for graph, difference in previous.differences.items():
        change(store, graph, difference, content)
    return store


def disagreement(store: ox.Store, content: Content, same: Container[str]) -> str | None:
    """Where a store has other graphs than a content, or not as many statements in one; None where it has the same.

    Those graphs that are the `same` as in the release before had as many as they should there: they are counted
    together, and one by one only where that does not come out.
    """
    said = {graph: len(lines) for graph, lines in content.graphs.items()}
    named = {str(graph.value) for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    is_whole = len(store) == sum(said.values())
    counting = sorted(graph for graph in named | said.keys() if not (is_whole and graph in same))
    held = counted(store, content.base, counting)
    for graph in counting:
        if held.get(graph, 0) != said.get(graph, 0) or (graph in named) != (graph in said):
            return f"{graph} has {held.get(graph, 0):,} statements, and not {said.get(graph, 0):,}"
    return None if is_whole else "it holds statements in no graph"


def counted(store: ox.Store, base: Base, graphs: Collection[str]) -> dict[str, int]:
    """The number of statements in each of some graphs of a store."""
    return {row["graph"]: int(row["triples"]) for row in rows(store, base, "about/graphs", graphs)}


def change(store: ox.Store, graph: str, difference: Difference, content: Content) -> None:
    """Bring one graph from what it held to what it holds.

    The store writes numbers in a way of its own: `1.50` is `1.5` there. A line that went may be the same to it as one
    that stays, so all that is said of the things that something went from is put in again, also what stayed.
    """
    for quad in parsed(difference.went, graph):
        store.remove(quad)
    if graph not in content.graphs:
        store.remove_graph(ox.NamedNode(graph))
        return
    again = lines_about(content.graphs[graph], {line[: line.index(" ")] for line in difference.went})
    quads = iter(parsed((*difference.came, *again), graph))
    while some := list(islice(quads, _AT_ONCE)):
        store.extend(some)


def parsed(lines: Iterable[str], graph: str) -> Iterator[ox.Quad]:
    """Lines of N-Triples without the final full stop as statements of a graph."""
    text = "".join(f"{line} <{graph}> .\n" for line in lines)
    return ox.parse(text.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
