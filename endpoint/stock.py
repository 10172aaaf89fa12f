"""All that a release says of its mappings to Agenda 2030, read once: it never changes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rdflib import Graph, URIRef

from endpoint.lists import Labels, Names, read_labels
from endpoint.matrix import Link, read_links
from endpoint.reasons import Reason, graph_of, read_reason
from endpoint.site import Site
from ontology import iri


@dataclass(frozen=True, slots=True)
class Stock:
    """The links in the order of the matrix, what is said of each, and the names of all that they speak of.

    `further` tells which mappings of milestone targets and indicators concern a row: for one goal, or (None) for any.
    """

    links: tuple[Link, ...]
    reasons: dict[URIRef, Reason]
    graph: Graph
    names: Names
    targets: tuple[URIRef, ...]
    further: frozenset[tuple[URIRef, URIRef, URIRef | None]]

    @property
    def in_matrix(self) -> list[Link]:
        """The links that the matrix has rows for."""
        return [link for link in self.links if link.in_matrix]


async def read_stock(site: Site) -> Stock:
    """What the release of a site says of its mappings. Five queries, asked together, the first time; then none."""
    return await site.once(_read)


async def _read(site: Site) -> Stock:
    asked = ("mappings", "mappings-in-full", "goals", "names-of-evidence", "further-evidence")
    found, full, goals, evidence, further = await asyncio.gather(*(site.select(f"pages/{name}") for name in asked))
    graph = graph_of(full)
    links = read_links(found, site.canonical)
    reasons = {link.mapping: reason for link in links if (reason := read_reason(site, graph, link.mapping))}
    labels: Labels = read_labels(evidence) | read_labels(goals)
    known = dict.fromkeys(URIRef(row["thing"]) for row in goals)
    return Stock(
        tuple(links),
        reasons,
        graph,
        Names(labels),
        tuple(thing for thing in known if (key := iri.parse(site.canonical(thing))) and key.kind == "sdg-target"),
        frozenset(
            (URIRef(row["mapping"]), URIRef(row["whole"]), URIRef(row["goal"]) if "goal" in row else None)
            for row in further
        ),
    )
