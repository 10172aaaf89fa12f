"""The description of a release, computed from its content and its store: counts, sources, VoID, DCAT, examples."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
from rdflib import Graph

from loaders import disk, holdings, recount
from loaders.cards import CARDS, Card, write_cards
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
from loaders.tally import tally
from loaders.void import describe_in_void
from ontology.base import Base
from shapes.engines import Engine
from shapes.gate import check_description
from shapes.report import Report


@dataclass(frozen=True, slots=True)
class Stock:
    """What is in a staged release: the numbers of its store, what a catalogue lists, its files."""

    counts: Counts
    holdings: Holdings
    files: tuple[File, ...]
    links: Pointing
    asked: Asked

    def write(self, directory: Path) -> None:
        """Write the numbers into a staged release, for those who count no more than they must."""
        disk.write(directory / recount.PLACE, recount.as_json(self.counts))
        disk.write(directory / holdings.PLACE, holdings.as_json(self.asked))
        write_links(self.links, directory)


@dataclass(frozen=True, slots=True)
class Making:
    """What is made while a release is gone through, and is needed in the end: its dumps, and what counting gives.

    `checksum` gives that of a file.
    """

    dumps: Future[Any]
    counts: Future[tuple[Counts, Pointing] | None] | None  # None where it is not counted, but counted anew in parts
    checksum: Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Description:
    """What a release says of itself: graphs by the names of their shapes, a data package, and each dataset in short."""

    documents: dict[str, Graph]
    datapackage: dict[str, Any]
    cards: list[Card]

    def written(self, base: Base) -> dict[str, bytes]:
        """It as files, by their names."""
        values = (("datapackage.json", self.datapackage), (CARDS, self.cards))
        return {
            **{f"{name}.ttl": as_turtle(graph, base) for name, graph in self.documents.items()},
            **{name: json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8") for name, value in values},
        }


class Described(NamedTuple):
    """What a release says of itself as files, by their names, and what the gate finds in it."""

    files: dict[str, bytes]
    report: Report

    def write(self, directory: Path) -> None:
        """Write it into the folder `about/` of a release."""
        for name, content in self.files.items():
            disk.write(directory / "about" / name, content)


def take_stock(
    store: ox.Store,
    content: Content,
    directory: Path,
    previous: Previous | None = None,
    making: Making | None = None,
) -> Stock:
    """Go through a content, ask the store of its staged release, and look through the files beside that.

    What is being counted already, or has not changed since a previous release, is not counted again.
    """
    base = content.base
    with ThreadPoolExecutor(1) as aside:  # the store answers several at once
        asking = aside.submit(ask_again, store, base, previous) if previous else aside.submit(ask, store, base)
        counts, links = _numbers(store, content, previous, making)
        asked = asking.result()
    if making:
        making.dumps.result()
    files = tuple(read_files(directory, making.checksum if making else disk.checksum))
    return Stock(counts, hold(asked, base, counts.graphs), files, links, asked)


def _numbers(
    store: ox.Store, content: Content, previous: Previous | None, making: Making | None
) -> tuple[Counts, Pointing]:
    """The numbers of a release: those that have changed, or all, of its lines or else of its store."""
    base = content.base
    if previous and (again := recount.recounted(previous, store, base)):
        return again
    counted = making.counts.result() if making and making.counts else tally(content.graphs, base)
    return counted or (count(store, base), count_links(store, base))


def describe(content: Content, stock: Stock) -> Description:
    """All that a release says of itself. Raises BadPublisher."""
    counts, held, files = stock.counts, stock.holdings, stock.files
    return Description(
        {
            "void": describe_in_void(content, counts, files),
            "catalogue": describe_in_dcat(content, held, files, counts.triples),
            "examples": describe_examples(content.base),
        },
        describe_files(content, held, files, counts.triples),
        write_cards(content, held, files, counts),
    )


def describe_beside(aside: Executor, content: Content, stock: Stock, gate: Engine) -> Future[Described]:
    """What a release says of itself, and what the gate finds in that: done by somebody who gets no statements."""
    told = replace(content, graphs={}, digests={}, rows={})
    return aside.submit(_described, told, replace(stock, asked={}), gate)


def _described(content: Content, stock: Stock, gate: Engine) -> Described:
    description = describe(content, stock)
    return Described(description.written(content.base), check_description(description.documents, content.base, gate))
