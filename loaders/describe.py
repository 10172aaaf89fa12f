"""The description of a release, computed from its content and its store: counts, sources, and VoID."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import URIRef

from loaders import disk
from loaders.content import Content
from loaders.curated import Curated
from loaders.sources import Source
from ontology.base import Base
from ontology.kinds import KINDS
from ontology.namespaces import MG, VOID
from ontology.turtle import write_turtle
from queries.catalogue import query
from shapes.report import Report


def describe(content: Content, curated: Curated, report: Report, store: ox.Store, directory: Path) -> dict[str, Any]:
    """Write `about/void.ttl` into a staged release; what its record says of the content."""
    disk.write(directory / "about" / "void.ttl", _void(store, content.base))
    return {
        "id": content.release_id,
        "base": content.base.iri,
        "referenceDate": content.reference_date,
        "triples": content.triples,
        "counts": _counts(store, content.base),
        "gate": report.counts(),
        "leftOut": len(curated.left_out),
        "sources": _sources(curated),
        "tables": curated.checksums,
    }


def _counts(store: ox.Store, base: Base) -> dict[str, int]:
    """The number of distinct things of each kind in a store."""
    answer = store.query(query("about/things-by-class").on(base), use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("about/things-by-class is not a SELECT query")
    of_class = {row["class"].value: int(row["things"].value) for row in answer}
    return {kind.name: of_class.get(str(base.localise(kind.cls)), 0) for kind in KINDS.values()}


def _void(store: ox.Store, base: Base) -> bytes:
    """What a store holds, as it counts it itself: graphs, classes and properties."""
    answer = store.query(query("about/void").on(base), use_default_graph_as_union=True)
    if not isinstance(answer, ox.QueryTriples):
        raise TypeError("about/void is not a CONSTRUCT query")
    prefixes = {"void": str(VOID), "mg": str(base.localise(URIRef(MG)))}
    return write_turtle(sorted(answer, key=str), prefixes)


def _sources(curated: Curated) -> list[dict[str, object]]:
    """Each source with its licence, when it was retrieved, and how many rows rest on it."""
    rows = Counter(row.stated_by for row in curated.rows)
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "licence": source.licence,
            "attribution": source.attribution,
            "retrieved": source.retrieved,
            "rows": rows[source.id] - 1,  # all but the row that describes the source itself
        }
        for source in curated.rows
        if isinstance(source, Source)
    ]
