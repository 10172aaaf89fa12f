"""Every limit and choice of an operator, with its reason."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """How an endpoint is run; each limit is told in the error that keeps it."""

    data: Path = Path("data")
    """The folder that holds the releases."""

    workers: int = min(4, max(2, os.cpu_count() or 2))
    """Queries that run at once: one worker process each. More than the cores only share them."""

    page_workers: int = 2
    """Workers that answer the product's own small queries, for pages and documents, whatever readers ask meanwhile."""

    queue: int = 100
    """Queries that may wait for a worker; more are turned away at once rather than held."""

    deadline: float = 10.0
    """Seconds a query may run before its worker is killed. Real questions take milliseconds on this data."""

    page_deadline: float = 10.0
    """Seconds for one of the product's own queries, for pages and documents; they take milliseconds."""

    patience: float = 10.0
    """Seconds a query may wait for a free worker before it is turned away."""

    megabytes: int = 2048
    """Memory of one worker; what needs more ends as an error of that query alone."""

    max_query_bytes: int = 100_000
    """The longest query text. Longer ones overflow the engine's parser long before they ask anything sensible."""

    max_answer_bytes: int = 256 * 1024 * 1024
    """The longest answer. The dump is the way to take everything."""

    max_answer_rows: int = 1_000_000
    """The most rows of a table. Many times what a release holds; a product of patterns reaches it by mistake."""

    memory_bytes: int = 1024 * 1024
    """An answer longer than this waits in a file for its reader, who may be slow: a hundred readers of long answers
    take no more memory than one."""

    spool: Path | None = None
    """The folder for such files; by default one of the system's, deleted in the end."""

    weak_isolation_is_allowed: bool = False
    """Serve to others than this machine although the kernel cannot keep queries off the network."""
