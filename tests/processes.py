"""Processes as the kernel lists them."""

import os
from contextlib import suppress
from pathlib import Path


def is_running(process: int) -> bool:
    """Whether a process has not ended; one that has may still wait to be buried."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def children(process: int | None = None) -> set[int]:
    """The processes that a process, or this one, has started and that are still there."""
    found: set[int] = set()
    with suppress(FileNotFoundError, ProcessLookupError):  # one that has ended since it was listed has none
        for thread in Path(f"/proc/{process or os.getpid()}/task").iterdir():
            found.update(map(int, (thread / "children").read_text(encoding="ascii").split()))
    return found


def descendants(process: int | None = None) -> set[int]:
    """The children of a process, or of this one, and theirs."""
    found = children(process)
    return found.union(*map(descendants, found))
