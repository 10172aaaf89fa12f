"""The authored shapes, and the change log of the vocabulary, as they were for a release.

So it answers for them as long as it is kept.
"""

from __future__ import annotations

from pathlib import Path

from loaders import disk
from ontology import log
from ontology.base import Base
from shapes.files import description_texts, shape_texts

FOLDER = "shapes"
"""Where a release holds its shapes: a Turtle file for each kind, and for each document that describes the release."""

LOG = f"vocabulary/{log.FILE}"
"""Where a release holds the change log of its vocabulary."""


def write_shapes(base: Base, directory: Path) -> None:
    """Write the shapes on a base into the folder of a release. Same shapes, same bytes."""
    for name, text in {**description_texts(), **shape_texts()}.items():
        disk.write(directory / FOLDER / f"{name}.ttl", base.localise_text(text).encode("utf-8"))


def read_shapes(directory: Path) -> dict[str, str]:
    """The text of each file of shapes in the folder of a release, by its name."""
    found = sorted((directory / FOLDER).glob("*.ttl"))
    return {file.stem: file.read_text(encoding="utf-8") for file in found}


def write_log(directory: Path) -> None:
    """Write the change log of the vocabulary into the folder of a release."""
    disk.write(directory / LOG, log.authored_log().encode("utf-8"))


def read_log(directory: Path) -> tuple[log.Entry, ...]:
    """The change log in the folder of a release, the oldest change first; empty in those made before there was one."""
    file = directory / LOG
    return log.read_log(file.read_text(encoding="utf-8")) if file.is_file() else ()
