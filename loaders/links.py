"""How much points to each thing: counted once at the build, so that no document counts a hundred thousand links."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from loaders import disk
from loaders.counts import rows
from ontology.base import Base

FILE = Path("index") / "links.json"
"""Where a release says what much points to: the IRI of each such thing, and how many through each property."""

FEW = 100
"""The most links towards a thing that its document counts itself; `about/links-towards` asks about things with more."""


def count_links(store: ox.Store, base: Base) -> dict[str, dict[str, int]]:
    """The things that more than a few links point to in a store, and how many through each property."""
    counted: dict[str, dict[str, int]] = {}
    for row in rows(store, base, "about/links-towards"):
        counted.setdefault(row["thing"], {})[row["property"]] = int(row["others"])
    return {thing: links for thing, links in counted.items() if sum(links.values()) > FEW}


def write_links(counted: dict[str, dict[str, int]], directory: Path) -> None:
    """Write into a staged release what much points to."""
    many = {thing: dict(sorted(links.items())) for thing, links in sorted(counted.items())}
    disk.write(directory / FILE, json.dumps(many, indent=1).encode("utf-8"))


def read_links(directory: Path) -> dict[str, dict[str, int]]:
    """What a release says much points to: how many through each property."""
    file = directory / FILE
    found: dict[str, dict[str, int]] = json.loads(file.read_bytes()) if file.is_file() else {}
    return found
