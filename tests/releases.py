"""Copies of a release under other ids, for tests of what happens when one takes the place of another."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from loaders.release import Release, Releases


def put(release: Release, data: Path, release_id: str) -> Release:
    """A release with the same content and another id, in a data folder; its files are those of the first."""
    place = Releases(data).folder / release_id
    shutil.copytree(release.path, place, copy_function=os.link)
    record = json.loads((place / "release.json").read_bytes()) | {"id": release_id}
    (place / "release.json").unlink()
    (place / "release.json").write_text(json.dumps(record), encoding="utf-8")
    return Release.open(place)


def spoil(file: Path) -> None:
    """Change bytes of a file and leave its size; other names of the file keep what they had."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    file.unlink()
    file.write_bytes(content)
