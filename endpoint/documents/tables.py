"""Documents as tables: the links of a goal, the values of a series, the things of a class, the concepts of a scheme."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

from rdflib import URIRef

from endpoint.documents.document import Document
from loaders.files import CSV
from ontology import iri
from ontology.base import Base
from ontology.kinds import MAPPED_KINDS
from ontology.namespaces import MG, SKOS
from ontology.schemes import Sex, Unit

_BY_KIND: dict[str, str] = {
    **dict.fromkeys(MAPPED_KINDS, "tables/links-of"),
    **dict.fromkeys(("sdg-goal", "sdg-target"), "tables/links-to"),
    "slice": "tables/series",
    "dataset": "tables/dataset",
}
"""The query that makes the table of a thing, by its kind."""


def table_of(document: Document) -> str | None:
    """The query that makes the table of a document; None where a table would say nothing."""
    if document.key is not None:
        return _BY_KIND.get(document.key.kind)
    if document.one(MG.kindName) is not None:
        return "tables/things"
    return "tables/concepts" if SKOS.ConceptScheme in document.types else None


async def write_table(document: Document, query: str) -> bytes:
    """The table as CSV, with a row of names first.

    The values of a data set lie in a file of the release, which is read; what has none is asked of the store.
    """
    site = document.site
    key = document.key
    place = f"{CSV.folder}/{key.key}.{CSV.suffix}" if key and key.kind == "dataset" else ""
    if place in site.release.record["files"]:
        return await asyncio.to_thread(_of_file, site.release.path / place, document.thing, site.base)
    return await site.table(query, thing=document.thing)


def _of_file(path: Path, dataset: URIRef, base: Base) -> bytes:
    """What `tables/dataset` says of a data set, by the file with its values: its codes as the IRIs that they are of.

    The file has all digits, and this has numbers as the store has them. In neither has a year a row that has no value.
    """
    units, sexes = (f"{base.localise(iri.scheme(scheme))}/" for scheme in (Unit, Sex))
    sectors = f"{base.iri}id/sector/"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [
            (
                row["area_iri"],
                sectors + row["sector"] if row["sector"] else "",
                sexes + row["sex"] if row.get("sex") else "",
                row["year"],
                row["observation"],
                _canonical(row["value"]),
                units + row["unit"] if row["unit"] else "",
                row.get("year_not_over", ""),
                row.get("status", ""),
            )
            for row in csv.DictReader(lines)
        ]
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(
        ("thing", "observation", "area", "sector", "sex", "period", "value", "unit", "yearNotOver", "status")
    )
    for area, sector, sex, year, observation, value, *further in sorted(rows):
        table.writerow((dataset, observation, area, sector, sex, year, value, *further))
    return written.getvalue().encode("utf-8")


def _canonical(value: str) -> str:
    """A decimal as the store has it: without zeros that say nothing."""
    shortest = value.rstrip("0").rstrip(".") if "." in value else value
    return "0" if shortest == "-0" else shortest
