"""Folders that end with the process that made them; what one leaves that was killed, the next that starts removes."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_NEW = 60.0
"""Seconds for which an empty folder may be one that another process has just made and is about to hold."""


@contextmanager
def folder_of_its_own(prefix: str, place: Path | None) -> Iterator[Path]:
    """A new folder in a place, the system's if none is given, while the block runs.

    It is held by a lock of the kernel, which ends with the process. Folders with the same prefix that nobody holds are
    removed.
    """
    with TemporaryDirectory(prefix=prefix, dir=place) as name, ExitStack() as held:
        folder = Path(name)
        with suppress(OSError):  # where the file system has no locks, nobody can remove it either
            held.enter_context(closing(_Held(folder, waits=True)))  # for one that looks whether anybody holds it
            _remove_what_is_left(folder.parent.glob(f"{prefix}*"))
        yield folder


class _Held:
    """A folder that this process holds until it is closed. Raises OSError where another does, unless it waits."""

    def __init__(self, folder: Path, *, waits: bool = False) -> None:
        self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of it."""
        os.close(self._descriptor)


def _remove_what_is_left(folders: Iterable[Path]) -> None:
    """Remove those folders that nobody holds."""
    for folder in folders:
        with suppress(OSError), closing(_Held(folder)):  # else somebody does, or it belongs to another user
            if any(folder.iterdir()) or time.time() - folder.stat().st_mtime > _NEW:
                shutil.rmtree(folder, ignore_errors=True)
