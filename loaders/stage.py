"""A new store and the files that are made of rows, in a directory that nobody sees yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from loaders import disk
from loaders.clone import Disagreement, clone
from loaders.content import Content
from loaders.curated import Curated
from loaders.frozen import write_log, write_shapes
from loaders.index import write_index
from loaders.json_stat_files import write_json_stat
from loaders.loading import Loading
from loaders.previous import Previous
from loaders.runs import encoded, end_in
from loaders.value_tables import write_value_tables

STORE = "store"
"""The folder of the store in that of a release."""


def stage(
    content: Content, curated: Curated, directory: Path, previous: Previous | None
) -> Mapping[str, Iterable[str]]:
    """Write the files of a content into a directory, but for its dumps; the graphs of each table of values.

    What is the same in a previous release is taken over from it.
    """
    made_of = write_value_tables(curated, content.base, directory, previous)
    write_json_stat(curated, content.base, directory, previous, made_of)
    write_index(content, directory, previous)
    write_shapes(content.base, directory)
    write_log(directory)
    return made_of


def stored(
    content: Content, place: Path, previous: Previous | None, tell: Callable[[str], None], loading: Loading
) -> ox.Store:
    """The store of a content, open: that of a previous release with what has changed, or one that is loaded.

    It is being loaded already where nothing is taken over.
    """
    if previous is not None:
        try:
            return clone(previous, content, place)
        except (Disagreement, OSError, RuntimeError, ValueError) as error:
            tell(f"loading the whole store: {error}")
        disk.remove(place)  # not before: the error holds what is open there
    if not loading.has_taken():
        for graph, lines in content.graphs.items():
            loading.take(encoded(lines, end_in(graph)))
    return loading.finish()
