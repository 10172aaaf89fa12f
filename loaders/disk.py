"""Writing to disk so that what is seen is whole: files and folders are flushed before they get their name."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from errno import ENOTEMPTY
from hashlib import sha256
from itertools import islice
from pathlib import Path
from stat import S_IRWXU

_LINES_AT_ONCE = 2000
_BYTES_AT_ONCE = 1 << 23  # for each read, a thread may have to wait for others
_FLUSHED_AT_ONCE = 16
_REMOVED_AGAIN, _MEANWHILE = 20, 0.05
"""How often a folder is removed that is not empty in the end, and the seconds between."""


def write(path: Path, content: bytes) -> None:
    """Write a new file and flush it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def encoded(lines: Iterable[str], end: str = "") -> Iterator[bytes]:
    """Lines in UTF-8, each with the same end, many at a time."""
    waiting = iter(lines)
    while some := list(islice(waiting, _LINES_AT_ONCE)):
        yield end.join([*some, ""]).encode("utf-8")


def take_over(source: Path, target: Path) -> None:
    """Give a file that never changes a second name; a copy, where a file can have but one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system, one without hard links, or too many names
        shutil.copyfile(source, target)


def flush_files(paths: Iterable[Path]) -> None:
    """Flush many files to the disk, side by side: one by one, each would wait for the disk by itself."""
    with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:
        list(pool.map(_flush, paths))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(path: Path) -> None:
    """Flush the entries of a folder to the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, content: bytes) -> None:
    """Give a file new content in one step: readers see the old or the new, never a part."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        write(fresh, content)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = sha256()
    with path.open("rb", buffering=0) as file:
        while some := file.read(_BYTES_AT_ONCE):
            digest.update(some)
    return digest.hexdigest()


def remove(path: Path) -> None:
    """Remove a file or a whole folder, if it is there, and what a thread that is about to end still writes into it.

    Folders whose owner may not look into them are opened up first: what is to go need not be spared.
    """
    if not path.is_dir() or path.is_symlink():
        path.unlink(missing_ok=True)
        return
    for _ in range(_REMOVED_AGAIN):
        try:
            shutil.rmtree(path)
        except PermissionError:
            _open_up(path)
            break
        except OSError as error:
            if error.errno != ENOTEMPTY:
                raise
            time.sleep(_MEANWHILE)
        else:
            return
    try:
        shutil.rmtree(path)
    except PermissionError as error:  # it names what could not be removed, and not where that is
        raise PermissionError(error.errno, error.strerror, str(path)) from error


def _open_up(path: Path) -> None:
    """Let the owner of a folder, and of all that are in it, read and change them."""
    with suppress(PermissionError):  # it is another's
        path.chmod(S_IRWXU)
    for folder, inner, _ in os.walk(path):
        for each in (Path(folder) / name for name in inner):
            with suppress(PermissionError):
                if not each.is_symlink():
                    each.chmod(S_IRWXU)
