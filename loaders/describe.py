"""The description of a release, computed from its content and its store: counts, sources, VoID, DCAT, examples."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from loaders import disk
from loaders.cards import CARDS, Card, write_cards
from loaders.catalogue import describe_in_dcat
from loaders.content import Content
from loaders.counts import Counts, count
from loaders.curated import Curated
from loaders.datapackage import describe_files
from loaders.examples import describe_examples
from loaders.files import File, read_files
from loaders.holdings import Holdings, hold
from loaders.links import count_links, write_links
from loaders.live_rows import Freshness
from loaders.previous import Previous
from loaders.recount import PLACE, as_json, recounted
from loaders.saying import as_turtle
from loaders.sources import Source
from loaders.void import describe_in_void
from ontology.base import Base
from shapes.report import Report


@dataclass(frozen=True, slots=True)
class Stock:
    """What is in a staged release: the numbers of its store, what a catalogue lists, its files."""

    counts: Counts
    holdings: Holdings
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a release says of itself: graphs by the names of their shapes, a data package, and each dataset in short."""

    documents: dict[str, Graph]
    datapackage: dict[str, Any]
    cards: list[Card]

    def write(self, directory: Path, base: Base) -> None:
        """Write it into the folder `about/` of a release."""
        about = directory / "about"
        for name, graph in self.documents.items():
            disk.write(about / f"{name}.ttl", as_turtle(graph, base))
        for name, value in (("datapackage.json", self.datapackage), (CARDS, self.cards)):
            disk.write(about / name, json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"))


def take_stock(store: ox.Store, base: Base, directory: Path, previous: Previous | None = None) -> Stock:
    """Ask the store of a staged release, look through the files beside it, and keep its numbers there.

    What has not changed since a previous release is not counted again.
    """
    found = recounted(previous, store, base) if previous else None
    counts, links = found or (count(store, base), count_links(store, base))
    disk.write(directory / PLACE, as_json(counts))
    write_links(links, directory)
    return Stock(counts, hold(store, base, counts.graphs), tuple(read_files(directory)))


def describe(content: Content, stock: Stock) -> Description:
    """All that a release says of itself. Raises BadPublisher."""
    counts, holdings, files = stock.counts, stock.holdings, stock.files
    return Description(
        {
            "void": describe_in_void(content, counts, files),
            "catalogue": describe_in_dcat(content, holdings, files, counts.triples),
            "examples": describe_examples(content.base),
        },
        describe_files(content, holdings, files, counts.triples),
        write_cards(content, holdings, files, counts),
    )


def describe_in_record(
    content: Content, curated: Curated, freshness: Iterable[Freshness], report: Report, stock: Stock
) -> dict[str, Any]:
    """What the record of a release says of its content."""
    return {
        "id": content.release_id,
        "base": content.base.iri,
        "referenceDate": content.reference_date,
        "publisher": content.publisher.model_dump(mode="json", exclude_none=True),
        "triples": content.triples,
        "counts": stock.counts.of_kinds(content.base),
        "gate": report.counts(),
        "leftOut": len(curated.left_out),
        "sources": _sources(curated),
        "live": [asdict(source) for source in freshness],
        "tables": curated.checksums,
    }


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
