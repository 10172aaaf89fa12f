"""Seals a staged release: checksums of all its files, and the record `release.json`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from loaders import disk
from loaders.maker import maker


def seal(
    directory: Path, description: dict[str, Any], previous: str | None, gate: str, checksum: Callable[[Path], str]
) -> None:
    """Write `dump/SHA256SUMS` and `release.json`, and flush every folder.

    The record is the description of the release and what stands outside its id: when and by what software it was
    made and checked, which release was current before, and every file with its size and checksum, which is given.
    """
    dumps = sorted((directory / "dump").glob("*.gz"))
    sums = "".join(f"{checksum(file)}  {file.name}\n" for file in dumps)
    disk.write(directory / "dump" / "SHA256SUMS", sums.encode("ascii"))
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    record = description | {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "software": {"name": "miljograf", "version": version("miljograf"), "gate": gate, "maker": maker()},
        "previous": previous,
        "files": {
            path.relative_to(directory).as_posix(): {"bytes": path.stat().st_size, "sha256": checksum(path)}
            for path in files
        },
    }
    disk.write(directory / "release.json", json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    for folder in sorted(path for path in directory.rglob("*") if path.is_dir()):
        disk.flush_folder(folder)
    disk.flush_folder(directory)
