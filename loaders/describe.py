"""The description of a release, computed from its content and its store: counts, sources, VoID, DCAT, examples.

What a catalogue tells needs no more than what it lists and how many statements each graph has. So it can be written
while the rest is counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
from rdflib import Graph

from loaders import disk, holdings, recount
from loaders.cards import CARDS, write_cards
from loaders.catalogue import describe_in_dcat
from loaders.content import Content
from loaders.counts import Counts, count
from loaders.datapackage import describe_files
from loaders.examples import describe_examples
from loaders.files import File, read_files
from loaders.holdings import Asked, Holdings, ask, ask_again, hold
from loaders.links import count_links, write_links
from loaders.previous import Previous
from loaders.recount import Pointing
from loaders.saying import as_turtle
from loaders.tally import Tally, tally
from loaders.void import describe_in_void
from ontology.base import Base
from shapes.engines import Engine
from shapes.gate import begun, check_description
from shapes.report import Report, in_order


@dataclass(frozen=True, slots=True)
class Listing:
    """What a catalogue tells of: sources and data sets, files, and how many statements each graph has."""

    holdings: Holdings
    files: tuple[File, ...]
    graphs: Mapping[str, int]
    asked: Asked

    @property
    def triples(self) -> int:
        """How many statements all graphs have."""
        return sum(self.graphs.values())


@dataclass(frozen=True, slots=True)
class Stock:
    """What is in a staged release: the numbers of its store, how much points to what, and what a catalogue lists."""

    counts: Counts
    links: Pointing
    listing: Listing

    def write(self, directory: Path) -> None:
        """Write the numbers into a staged release, for those who count no more than they must."""
        disk.write(directory / recount.PLACE, recount.as_json(self.counts))
        disk.write(directory / holdings.PLACE, holdings.as_json(self.listing.asked))
        write_links(self.links, directory)


@dataclass(frozen=True, slots=True)
class Making:
    """What is made while a release is gone through, and is needed in the end: its files, and what counting gives.

    `checksum` gives that of a file.
    """

    files: tuple[Future[Any], ...]
    counts: Future[Tally | None] | None  # None where it is not counted, but counted anew in parts
    checksum: Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Description:
    """What a release says of itself, or a part: graphs by the names of their shapes, and JSON by the names of files."""

    documents: dict[str, Graph]
    values: dict[str, Any]

    def written(self, base: Base) -> dict[str, bytes]:
        """It as files, by their names."""
        return {
            **{f"{name}.ttl": as_turtle(graph, base) for name, graph in self.documents.items()},
            **{
                name: json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")
                for name, value in self.values.items()
            },
        }


Take = Callable[[Listing], None]
"""Takes what is listed as soon as it is there."""


def taken_by_none(_listing: Listing) -> None:
    """Where nobody waits for it."""


class Described(NamedTuple):
    """What a release says of itself as files, by their names, and what the gate finds in it."""

    files: dict[str, bytes]
    report: Report

    def write(self, directory: Path) -> None:
        """Write it into the folder `about/` of a release."""
        for name, content in self.files.items():
            disk.write(directory / "about" / name, content)


def take_stock(  # noqa: PLR0913, PLR0917 - what is gone through, and who waits for it
    store: ox.Store,
    content: Content,
    directory: Path,
    previous: Previous | None = None,
    making: Making | None = None,
    take: Take = taken_by_none,
) -> Stock:
    """Go through a content, ask the store of its staged release, and look through the files.

    What is being counted already, or has not changed since a previous release, is not counted again. What is listed is
    given to `take` as soon as it is there.
    """
    counted = cache(partial(_numbers, store, content, previous, making))
    if previous and previous.differences is not None:
        asked = ask_again(store, content.base, previous)
    else:
        asked = ask(store, content.base, counted().of_graphs)
    for writing in making.files if making else ():
        writing.result()
    files = tuple(read_files(directory, making.checksum if making else disk.checksum))
    graphs = _sizes(content) if previous else counted().counts.graphs
    listing = Listing(hold(asked, content.base, graphs), files, graphs, asked)
    take(listing)
    return Stock(counted().counts, counted().links, listing)


def _sizes(content: Content) -> dict[str, int]:
    """How many statements each graph has: a store that is taken over is held against that."""
    return {graph: len(lines) for graph, lines in content.graphs.items()}


def _numbers(store: ox.Store, content: Content, previous: Previous | None, making: Making | None) -> Tally:
    """The numbers of a release: those that have changed, or all, of its lines or else of its store."""
    base = content.base
    if previous and (again := recount.recounted(previous, store, base)):
        return Tally(*again, {})
    counted = making.counts.result() if making and making.counts else tally(content.graphs, base)
    return counted or Tally(count(store, base), count_links(store, base), {})


def describe_listing(content: Content, listing: Listing) -> Description:
    """What a release says of what it lists. Raises BadPublisher."""
    held, files, triples = listing.holdings, listing.files, listing.triples
    return Description(
        {
            "catalogue": describe_in_dcat(content, held, files, triples),
            "examples": describe_examples(content.base),
        },
        {
            "datapackage.json": describe_files(content, held, files, triples),
            CARDS: write_cards(content, held, files, listing.graphs),
        },
    )


def describe_counts(content: Content, counts: Counts, files: Iterable[File]) -> Description:
    """What a release says of its numbers."""
    return Description({"void": describe_in_void(content, counts, files)}, {})


class Describing:
    """What a release says of itself, and what the gate finds in that: done by somebody who gets no statements."""

    def __init__(self, aside: Executor, content: Content, gate: Engine) -> None:
        self._aside, self._gate = aside, gate
        self._content = replace(content, graphs={}, digests={}, rows={})
        self._parts: list[Callable[[], Described]] = []

    def begin(self, listing: Listing) -> None:
        """Begin with what is listed."""
        self._describe(describe_listing, replace(listing, asked={}))

    def go_on(self, stock: Stock) -> None:
        """Go on with what is counted."""
        self._describe(describe_counts, stock.counts, stock.listing.files)

    def result(self) -> Described:
        """All of it, waited for. What nobody begins with is done here, while others do what comes before it."""
        described = [asked() for asked in reversed(self._parts)]
        return Described(
            dict(chain.from_iterable(of.files.items() for of in reversed(described))),
            Report(in_order(chain.from_iterable(of.report.findings for of in described))),
        )

    def _describe(self, description_of: Callable[..., Description], *told: Any) -> None:
        self._parts.append(begun(self._aside, _described, self._content, self._gate, description_of, *told))


def _described(content: Content, gate: Engine, description_of: Callable[..., Description], *told: Any) -> Described:
    description = description_of(content, *told)
    return Described(description.written(content.base), check_description(description.documents, content.base, gate))
