"""A new store and the files beside it, in a directory that nobody sees yet."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from loaders.content import Content
from loaders.curated import Curated
from loaders.files import write_files


def stage(content: Content, curated: Curated, directory: Path) -> ox.Store:
    """Write the files and the store of a content into an empty directory, and return the store, open."""
    write_files(content, curated, directory)
    store = ox.Store(str(directory / "store"))
    store.bulk_load("".join(content.nquads()).encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return store
