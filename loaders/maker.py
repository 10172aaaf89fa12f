"""What makes releases: this software and what it stands on. Only what the same maker has made can be taken over."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES = ("ontology", "shapes", "queries", "loaders")
_STANDS_ON = ("miljograf", "pyoxigraph", "rdflib", "shacl", "pyshacl", "zlib-ng", "msgspec")
_SUFFIXES = (".py", ".ttl", ".rq")


@cache
def maker() -> str:
    """A digest of the code, the vocabulary, the shapes and the queries, and of the versions of what they stand on.

    Other code seldom makes other files of the same content; that it does not is nowhere proven, so it is another.
    """
    digest = sha256(f"{platform.python_implementation()} {platform.python_version()}\n".encode())
    digest.update(f"SQLite {sqlite3.sqlite_version}\n".encode())
    for name in _STANDS_ON:
        digest.update(f"{name} {_version(name)}\n".encode())
    for package in _PACKAGES:
        for path, content in _contents(files(package), package):
            digest.update(f"{path} {sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # `shacl` is not built for every machine
        return ""


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _contents(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_SUFFIXES):
            yield f"{path}/{entry.name}", entry.read_bytes()
