"""Seals a staged release: checksums of all its files, and the record `release.json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from loaders import disk
from loaders.content import Content
from loaders.curated import Curated
from loaders.describe import Stock
from loaders.live_rows import Freshness
from loaders.maker import maker
from loaders.release import Releases
from loaders.sources import Source
from shapes.report import Report

BUILD_REPORT = Path("report") / "build.json"
"""Where a release says what was read and what was left out; the rows of live sources lie beside it, as tables."""

_SECOND = timedelta(seconds=1)
_HASHED_AT_ONCE = 2


def moment_after(releases: Releases, progress: Callable[[str], None]) -> str:
    """The moment in which a release is made, in ISO 8601: now, and later than that of every other release.

    Whoever follows releases goes by these moments. Where the last of them is yet to come by the clock, that is told.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    made = {datetime.fromisoformat(one.record["made"]): one for one in chain(releases.readable(), releases.traces())}
    last = max(made, default=now - _SECOND)
    if last > now:
        progress(
            f"the clock says that it is {now:%Y-%m-%d %H:%M:%S} UTC, and the release {made[last].id} was made at "
            f"{last:%Y-%m-%d %H:%M:%S}: this one is dated a second after it. If the clock is wrong now, set it; "
            "if it was wrong then, releases are dated so until that moment has passed"
        )
    return max(now, last + _SECOND).isoformat()


def seal(
    directory: Path, description: dict[str, Any], previous: str | None, gate: str, checksum: Callable[[Path], str]
) -> None:
    """Write `dump/SHA256SUMS` and `release.json`, and flush every folder.

    The record is the description of the release, when it was made, and what else stands outside its id: by what
    software it was made and checked, which release was current before, and every file with its size and checksum,
    which is given.
    """
    dumps = sorted((directory / "dump").glob("*.gz"))
    sums = "".join(f"{checksum(file)}  {file.name}\n" for file in dumps)
    disk.write(directory / "dump" / "SHA256SUMS", sums.encode("ascii"))
    files = files_in(directory)
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        digests = list(pool.map(checksum, files))
    record = description | {
        "software": {"name": "miljograf", "version": version("miljograf"), "gate": gate, "maker": maker()},
        "previous": previous,
        "files": {
            path.relative_to(directory).as_posix(): {"bytes": path.stat().st_size, "sha256": digest}
            for path, digest in zip(files, digests, strict=True)
        },
    }
    disk.write(directory / "release.json", json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    for folder in sorted(path for path in directory.rglob("*") if path.is_dir()):
        disk.flush_folder(folder)
    disk.flush_folder(directory)


def files_in(directory: Path) -> list[Path]:
    """All files of a release, in order."""
    return sorted(path for path in directory.rglob("*") if path.is_file())


def build_report(curated: Curated) -> bytes:
    """What was read and what was left out, and why, as JSON."""
    loaded = Counter(row.table for row in curated.rows)
    left_out = [
        {"table": out.row.file, "line": out.row.line, "key": out.row.key, "reason": out.reason}
        for out in curated.left_out
    ]
    report = {"loaded": dict(sorted(loaded.items())), "leftOut": left_out}
    return json.dumps(report, ensure_ascii=False, indent=1).encode("utf-8")


def describe_in_record(
    content: Content, curated: Curated, freshness: Iterable[Freshness], report: Report, stock: Stock
) -> dict[str, Any]:
    """What the record of a release says of its content."""
    return {
        "id": content.release_id,
        "base": content.base.iri,
        "referenceDate": content.reference_date,
        "publisher": content.publisher.model_dump(mode="json", exclude_none=True),
        "triples": content.triples,
        "counts": stock.counts.of_kinds(content.base),
        "gate": report.counts(),
        "leftOut": len(curated.left_out),
        "sources": _sources(curated),
        "live": [asdict(source) for source in freshness],
        "tables": curated.checksums,
    }


def _sources(curated: Curated) -> list[dict[str, object]]:
    """Each source with its licence, when it was retrieved, and how many rows rest on it."""
    rows = Counter(row.stated_by for row in curated.rows)
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "licence": source.licence,
            "attribution": source.attribution,
            "retrieved": source.retrieved,
            "rows": rows[source.id] - 1,  # all but the row that describes the source itself
        }
        for source in curated.rows
        if isinstance(source, Source)
    ]
