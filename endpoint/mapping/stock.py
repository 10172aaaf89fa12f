"""All that a release says of its mappings to Agenda 2030, read once: it never changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rdflib import Graph, URIRef

from endpoint.documents.document import label_of_key
from endpoint.lists import Labels, Names, read_labels
from endpoint.mapping.matrix import WHOLE, Link, by_kind, key_of, read_links
from endpoint.mapping.reasons import Reason, graph_of, read_reason
from endpoint.site import Site
from ontology.schemes import Standing
from ontology.text import Label, Language

Key = TypeVar("Key")


@dataclass(frozen=True)
class Stock:
    """The links in the order of the matrix, what is said of each, and the names of all that they speak of.

    `further` tells which mappings of milestone targets and indicators concern a row: for one goal, or (None) for any.
    `mapped` tells how many that count lead from each kind, `without_row` how many of these the matrix has no row for.
    """

    links: tuple[Link, ...]
    reasons: dict[URIRef, Reason]
    graph: Graph
    names: Names
    targets: tuple[URIRef, ...]
    further: frozenset[tuple[URIRef, URIRef, URIRef | None]]
    mapped: Sequence[tuple[str, int]]
    without_row: Sequence[tuple[str, int]]

    @property
    def in_matrix(self) -> list[Link]:
        """The links that the matrix has rows for."""
        return [link for link in self.links if link.in_matrix]

    @cached_property
    def of_mapping(self) -> Mapping[URIRef, Link]:
        """The link that each mapping is."""
        return {link.mapping: link for link in self.links}

    @cached_property
    def from_subject(self) -> Mapping[URIRef, list[Link]]:
        """The links of each goal, milestone target and indicator of ours."""
        return _by((link.subject, link) for link in self.links)

    @cached_property
    def of_whole(self) -> list[Link]:
        """The links of the generational goal and of its strands."""
        return [link for link in self.links if link.row == WHOLE]

    @cached_property
    def to_object(self) -> Mapping[URIRef, list[Link]]:
        """The links to each goal and target of Agenda 2030."""
        return _by((link.object, link) for link in self.links)

    @cached_property
    def to_goal(self) -> Mapping[int, list[Link]]:
        """The links to each goal of Agenda 2030 and to its targets, by its number."""
        return _by((link.goal, link) for link in self.links)

    @cached_property
    def resting(self) -> Mapping[URIRef, list[Link]]:
        """The links whose justification rests on a thing."""
        return _by((basis, link) for link in self.links for basis in self.reasons[link.mapping].rests_on)

    def called(self, mapping: URIRef, language: Language, canonical: Callable[[str], str]) -> Label | None:
        """What a mapping is called by what it ties together, and by who published it; None where it is not here."""
        link = self.of_mapping.get(mapping)
        subject, towards = (self.names(end, language) for end in (link.subject, link.object)) if link else (None, None)
        if not link or not subject or not towards:
            return None
        by = f" ({link.author})" if link.standing is Standing.PUBLISHED else ""
        return Label(f"{subject.text} – {key_of(link.object, canonical)} {towards.text}{by}", "")

    def named_after(self, site: Site, thing: str, language: Language) -> Label | None:
        """What a thing is called that has no name: a mapping by what it ties together, all else after its key."""
        local = site.local(URIRef(thing))
        return self.called(local, language, site.canonical) or label_of_key(site.canonical(local), language)

    def stating(self, links: Iterable[Link]) -> frozenset[URIRef]:
        """The sources that state links."""
        return frozenset(source for link in links for source in self.reasons[link.mapping].stated_by)


def _by(pairs: Iterable[tuple[Key, Link]]) -> dict[Key, list[Link]]:
    found: dict[Key, list[Link]] = {}
    for key, link in pairs:
        found.setdefault(key, []).append(link)
    return found


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
        tuple(thing for thing in known if (key := site.key_of(thing)) and key.kind == "sdg-target"),
        frozenset(
            (URIRef(row["mapping"]), URIRef(row["whole"]), URIRef(row["goal"]) if "goal" in row else None)
            for row in further
        ),
        by_kind(links, site.canonical),
        by_kind((link for link in links if not link.in_matrix), site.canonical),
    )
