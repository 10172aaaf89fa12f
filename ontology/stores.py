"""The store of a release, opened by the engine to be read alone, or held in memory."""

from __future__ import annotations

import gzip
import logging
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

import pyoxigraph as ox


def opened(folder: Path | str) -> ox.Store:
    """The store in a folder. The engine wants the name of that in UTF-8, whatever a terminal writes names in.

    Raises OSError and RuntimeError, which say what the engine says.
    """
    try:
        name = os.fsencode(folder).decode("utf-8")
    except UnicodeDecodeError as error:
        raise OSError(f"the name of the folder {folder!r} is not UTF-8, and the engine opens no other") from error
    return ox.Store.read_only(name)


_UNREADABLE = (OSError, RuntimeError, ValueError, SyntaxError, EOFError, zlib.error, MemoryError)
"""What is raised where a store or its dump cannot be read, or has no room in memory."""

log = logging.getLogger("miljograf")


class HeldStores(NamedTuple):
    """Which stores are held in memory: those whose tables have no more bytes than `most`.

    There the engine answers several times as fast, in another order where a query asks for none. Where `dump` is given,
    it is a file of N-Quads, which may be packed, that says the same as the store, and is read in half the time.
    """

    most: int = 0
    dump: Path | None = None

    @classmethod
    def read(cls, most: str, dump: str) -> Self:
        """The same as it is `written`."""
        return cls(int(most), Path(dump) if dump else None)

    @property
    def written(self) -> tuple[str, str]:
        """Both as text."""
        return str(self.most), str(self.dump or "")

    def of(self, folder: Path | str) -> ox.Store | None:
        """What the store in a folder says, in memory; None where it is on the disk alone, as one that cannot be read.

        The order is the same in every process, since each reads the same file from its beginning.
        """
        try:
            is_held = self.most > 0 and size_of(Path(folder)) <= self.most
            return self._copy(opened(folder)) if is_held else None
        except _UNREADABLE as error:
            log.warning("%s is not held in memory: %r", folder, error)
            return None

    def _copy(self, store: ox.Store) -> ox.Store:
        """What a store says, in memory. Raises what _UNREADABLE has."""
        copy = ox.Store()
        copy.bulk_extend(store if self.dump is None else _statements(self.dump))
        if len(copy) != len(store):
            raise ValueError(f"{self.dump} has {len(copy)} statements, and the store {len(store)}")
        for graph in store.named_graphs():  # those that say nothing, too
            copy.add_graph(graph)
        return copy


NONE_HELD = HeldStores()
"""None are held."""


def _statements(dump: Path) -> Iterable[ox.Quad]:
    """The statements of a dump, blank nodes by the names that they have there."""
    content = dump.read_bytes()
    return ox.parse(gzip.decompress(content) if dump.suffix == ".gz" else content, format=ox.RdfFormat.N_QUADS)


def size_of(folder: Path) -> int:
    """The bytes of the tables of a store. It has accounts of its own beside them, of which more is written.

    The engine removes tables that it has merged while others look: one that is gone has no bytes.
    """
    sizes = 0
    for table in folder.glob("*.sst"):
        with suppress(FileNotFoundError):
            sizes += table.stat().st_size
    return sizes
