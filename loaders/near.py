"""What two releases say of the things of which something came or went between them, at hand.

A store on the disk looks up every term of what it finds: what it says of a thing takes it ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from loaders.previous import Difference, Previous
from ontology.stores import opened

_MOST_HELD = 200_000
"""How many statements are held in memory: a hundred megabytes of each release."""


class Near(NamedTuple):
    """Stores that hold all that is said of these things, before and now, and perhaps more.

    Both write values as any store does: `1.50` is `1.5` there.
    """

    before: ox.Store
    now: ox.Store


def near(previous: Previous, store: ox.Store) -> Near:
    """What a previous release says of them, and what the store of another one says.

    It is these two stores, where it is much, or nobody has looked for what it is.
    """
    if previous.differences is None or _size(previous.said, previous.differences) > _MOST_HELD:
        return Near(opened(previous.release.store), store)
    return _held(previous)


def forget() -> None:
    """Hold nothing any more: who asked for it is done."""
    _held.cache_clear()


def _size(said: Mapping[str, Sequence[str]], differences: Mapping[str, Difference]) -> int:
    """How much is said of them, now or before."""
    return sum(map(len, said.values())) + sum(len(one.went) for one in differences.values())


@lru_cache(1)
def _held(previous: Previous) -> Near:
    return Near(_holding(previous.said_before()), _holding(previous.said))


def _holding(said: Mapping[str, Iterable[str]]) -> ox.Store:
    store = ox.Store()
    for graph, lines in said.items():
        text = "".join(f"{line} .\n" for line in lines)
        store.load(text.encode("utf-8"), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
    return store
