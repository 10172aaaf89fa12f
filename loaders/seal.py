"""Seals a staged release: checksums of all its files, and the record `release.json`."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from loaders import disk
from loaders.content import Content
from loaders.curated import Curated
from loaders.sources import Source
from shapes.report import Report


def seal(directory: Path, content: Content, curated: Curated, report: Report, counts: dict[str, int], previous: str | None) -> None:
    """Write `dump/SHA256SUMS` and `release.json`, and flush every folder.

    The record stands outside the id of the release: it says when and by what software it was made.
    """
    dumps = sorted((directory / "dump").glob("*.gz"))
    sums = "".join(f"{disk.checksum(file)}  {file.name}\n" for file in dumps)
    disk.write(directory / "dump" / "SHA256SUMS", sums.encode("ascii"))
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    record = {
        "id": content.release_id,
        "base": content.base.iri,
        "referenceDate": content.reference_date,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "software": {"name": "miljograf", "version": version("miljograf")},
        "previous": previous,
        "triples": content.triples,
        "counts": counts,
        "gate": report.counts(),
        "leftOut": len(curated.left_out),
        "sources": _sources(curated),
        "tables": curated.checksums,
        "files": {
            path.relative_to(directory).as_posix(): {"bytes": path.stat().st_size, "sha256": disk.checksum(path)}
            for path in files
        },
    }
    disk.write(directory / "release.json", json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    for folder in sorted(path for path in directory.rglob("*") if path.is_dir()):
        disk.flush_folder(folder)
    disk.flush_folder(directory)


def _sources(curated: Curated) -> list[dict[str, object]]:
    """Each source with its licence, when it was retrieved, and how many rows rest on it."""
    rows = Counter(row.stated_by for row in curated.rows)
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "licence": source.licence,
            "retrieved": source.retrieved.isoformat(),
            "rows": rows[source.id] - 1,  # all but the row that describes the source itself
        }
        for source in curated.rows
        if isinstance(source, Source)
    ]
