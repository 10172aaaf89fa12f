"""A new store and its dumps, in a directory that nobody sees yet."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from loaders import disk
from loaders.content import Content


def stage(content: Content, directory: Path) -> ox.Store:
    """Write the dumps and the store of a content into an empty directory, and return the store, open.

    `dump/all.nq.gz` holds everything, `dump/{graph}.nt.gz` each named graph. Same content, same dump bytes.
    """
    disk.write_gzip(directory / "dump" / "all.nq.gz", content.nquads())
    for graph, lines in content.graphs.items():
        name = graph.rpartition("/")[2]
        disk.write_gzip(directory / "dump" / f"{name}.nt.gz", (f"{line} .\n" for line in lines))
    store = ox.Store(str(directory / "store"))
    store.bulk_load("".join(content.nquads()).encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return store
