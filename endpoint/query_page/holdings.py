"""The graphs that a service holds: how much each says, what it is called, and its licence."""

from __future__ import annotations

from dataclasses import dataclass

from endpoint.dataset import Dataset
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
    """What a service holds. Four queries, the first time."""
    licences: dict[str, list[str]] = {}
    for row in await dataset.select_once("about/licences"):
        licences.setdefault(str(row["graph"]), []).append(str(row["licence"]))
    graphs = [
        Holding(str(row["graph"]), int(str(row["triples"])), tuple(licences.get(str(row["graph"]), ())))
        for row in await dataset.select_once("about/graphs")
        if "graph" in row
    ]
    (whole,) = await dataset.select_once("about/whole")
    names = Names(read_labels(await dataset.select_once("about/graph-titles"), "graph"))
    return Holdings(
        tuple(sorted(graphs, key=lambda one: (-one.statements, one.iri))), int(str(whole["triples"])), names
    )
