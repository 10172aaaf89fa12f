"""What each worker of a launcher has of the machine: a store, on the disk or in memory, and bounds."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from endpoint.workers.walls import address_space
from ontology.stores import HeldStores, opened

_LISTS_GRAPHS = re.compile(r"\bGRAPH\s*+[?$]\w++\s*+\{(?!\s*+(?:[?$<\[(:]|[\w.-]++:))", re.IGNORECASE)
"""A group of any graph that does not begin with a pattern: there the engine goes through the names of graphs."""


class Share(NamedTuple):
    """A store in a folder, megabytes of memory and seconds of computing; the relay where it `is_relayed`.

    The seconds and the relay are told with the asking for a worker. Where the store is `held` in memory, the megabytes
    that it takes stand `beside`: they are none of a worker's own.
    """

    place: str
    megabytes: int
    seconds: float = 0.0
    is_relayed: bool = False
    held: ox.Store | None = None
    beside: int = 0

    def with_held(self, held: HeldStores) -> Share:
        """The same with its store in memory, where that is to be held and can be read."""
        before = address_space()
        return self._replace(held=held.of(self.place), beside=address_space() - before)

    def store_for(self, query: str, is_in_the_order_of_the_disk: bool = False) -> ox.Store:
        """The store to ask a query. Raises OSError and RuntimeError where none is held and it cannot be opened.

        A store in memory has the names of its graphs in an order of chance, which each front process has another of.
        The disk has one order, and who reads an answer part by part gets all of it.
        """
        if self.held is None:
            return _on_disk(self.place)
        if is_in_the_order_of_the_disk or _LISTS_GRAPHS.search(query):
            with suppress(OSError, RuntimeError):  # the same in another order, then
                return _on_disk(self.place)
        return self.held


_on_disk = lru_cache(1)(opened)
"""The store of this process, which it opens when it is first asked."""
