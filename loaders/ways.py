"""How live sources are asked and read, and what they give: a line for each way.

The modules are named, and imported where they are needed: most commands need none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from loaders.diagram_mapping import DIAGRAM
from loaders.row import Row
from loaders.statement_mapping import STATEMENTS

PXWEB = "pxweb"
"""How sources are asked that name a table of PxWeb."""

SPARQL = "sparql"
"""How sources are asked that name a query."""


class Way(NamedTuple):
    """How a live source is asked and read.

    `asks` is the module whose `fetch` asks it, `reads` that whose `read` makes rows of its answers, and whose `TABLES`
    are the classes of these. `gives` says how the identifiers begin of its data sets and indicators. Their keys are
    made of codes of the source: the same key is the same thing, whenever it is stated.
    """

    asks: str
    reads: str
    gives: tuple[str, ...] = ()


WAYS = {
    "kolada": Way("loaders.kolada_api", "loaders.kolada", ("id/dataset/kolada-",)),
    "un-sdg": Way("loaders.un_taxonomy_files", "loaders.un_taxonomy"),
    "klimatbyran": Way("loaders.klimatbyran_api", "loaders.klimatbyran", ("id/dataset/klimatbyran-",)),
    "nv-indicators": Way(
        "loaders.nv_indicators_api",
        "loaders.nv_indicators",
        ("id/indicator/naturvardsverket-indicators-api-", "id/dataset/nv-"),
    ),
    PXWEB: Way("loaders.pxweb_api", "loaders.pxweb", ("id/dataset/pxweb-",)),
    SPARQL: Way("loaders.sparql_source", "loaders.sparql_source"),
    DIAGRAM: Way("loaders.diagrams", "loaders.diagrams", ("id/dataset/diagram-",)),
    STATEMENTS: Way("loaders.statement_files", "loaders.statement_files"),
}
"""The ways by their names: a source has that of its own name, or that of all which name the same sort of thing."""

OWN_WAYS = tuple(name for name in WAYS if name not in {PXWEB, SPARQL, DIAGRAM, STATEMENTS})
"""The sources that are asked and read in ways of their own, by their names."""


def tables_of(way: str) -> tuple[type[Row], ...]:
    """The classes of the rows that are read in a way."""
    tables: tuple[type[Row], ...] = import_module(WAYS[way].reads).TABLES
    return tables


def beginnings(way: str) -> Iterator[str]:
    """How the identifiers begin of all that a source gives which has a way of its own."""
    for start in WAYS[way].gives:
        yield start
        _, kind, name = start.split("/")
        if kind == "dataset":
            yield from (f"id/{part}/{name}" for part in ("slice", "observation"))
    yield from (f"id/row/{model.table}/" for model in tables_of(way))
