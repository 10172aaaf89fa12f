"""The description of a release, computed from its store: counts, and VoID with graphs, classes and properties."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from loaders import disk
from ontology.base import Base
from ontology.kinds import KINDS
from ontology.namespaces import MG, VOID
from queries.catalogue import query


def counts(store: ox.Store, base: Base) -> dict[str, int]:
    """The number of distinct things of each kind in a store."""
    answer = store.query(query("about/things-by-class").on(base), use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("about/things-by-class is not a SELECT query")
    of_class = {row["class"].value: int(row["things"].value) for row in answer}
    return {kind.name: of_class.get(str(base.localise(kind.cls)), 0) for kind in KINDS.values()}


def describe(store: ox.Store, base: Base, directory: Path) -> None:
    """Write `about/void.ttl`: what the release holds, as its store counts it."""
    answer = store.query(query("about/void").on(base), use_default_graph_as_union=True)
    if not isinstance(answer, ox.QueryTriples):
        raise TypeError("about/void is not a CONSTRUCT query")
    prefixes = {"void": str(VOID._NS), "mg": base.localise_text(f"<{MG._NS}>")[1:-1]}
    triples = sorted(answer, key=str)
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    disk.write(directory / "about" / "void.ttl", turtle)
