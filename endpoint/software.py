"""Which build of the software answers: its version, and a digest of its files for what has changed since."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES = ("ontology", "queries", "shapes", "loaders", "endpoint")
_LEFT_OUT = {"__pycache__", "tables", "examples"}  # what no answer is made of: the facts are in the release


@cache
def build() -> str:
    """The version and twelve hexadecimal digits that follow from the files of the packages."""
    digest = blake2b(digest_size=6)
    for package in _PACKAGES:
        for content in _contents(files(package)):
            digest.update(content)
    return f"{version('miljograf')}+{digest.hexdigest()}"


def _contents(folder: Traversable) -> list[bytes]:
    found: list[bytes] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name in _LEFT_OUT:
            continue
        found += _contents(entry) if entry.is_dir() else [entry.name.encode(), entry.read_bytes()]
    return found
