"""One build at a time in a data folder, and one fetch: the second is refused and told who holds the lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path


class Locked(Exception):
    """Another build, or another fetch, works in the folder."""


@contextmanager
def build_lock(data: Path, work: str = "build") -> Iterator[None]:
    """Hold the lock of a folder that a build, or other work, changes.

    The kernel frees it when the process ends, however it ends. Raises Locked with the process that holds it.
    """
    path = data / ".lock"
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "an unknown process"
            raise Locked(f"another {work} works in {data}: {holder}. Wait until it ends, then {work} again") from error
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
