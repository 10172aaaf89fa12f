"""The graphs that a service holds: how much each says, what it is called, and its licence."""

from __future__ import annotations

from dataclasses import dataclass

from endpoint.dataset import Dataset, Row
from endpoint.lists import Names, read_labels


@dataclass(frozen=True, slots=True)
class Holding:
    """One named graph."""

    iri: str
    statements: int
    licences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """All named graphs, the largest first; how much they say together, each statement counted once; their names."""

    graphs: tuple[Holding, ...]
    total: int
    names: Names


async def read_holdings(dataset: Dataset) -> Holdings:
    """What a service holds. Two queries, the first time; four, where nobody has counted it before."""
    licences: dict[str, list[str]] = {}
    for row in await dataset.select_once("about/licences"):
        licences.setdefault(str(row["graph"]), []).append(str(row["licence"]))
    if dataset.uses:
        sizes, total = {str(graph): number for graph, number in dataset.uses.graphs.items()}, dataset.uses.total or 0
    else:
        sizes = {str(row["graph"]): _number(row) for row in await dataset.select_once("about/graphs") if "graph" in row}
        total = sum(map(_number, await dataset.select_once("about/whole")))
    graphs = [Holding(graph, number, tuple(licences.get(graph, ()))) for graph, number in sizes.items()]
    names = Names(read_labels(await dataset.select_once("about/graph-titles"), "graph"))
    return Holdings(tuple(sorted(graphs, key=lambda one: (-one.statements, one.iri))), total, names)


def _number(row: Row) -> int:
    return int(str(row["triples"]))
