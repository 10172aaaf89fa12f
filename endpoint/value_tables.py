"""The values of a data set, all of them, from the file of its release that has them.

To look up thousands of values takes a store on a disk five times as long as one in memory. A file is read as fast.
"""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from endpoint.series import Series, read_series
from endpoint.site import Site
from loaders.files import CSV
from ontology import iri
from ontology.base import Base
from ontology.schemes import Sex, Unit

ObservedRow = dict[str, str]
"""An observation and its series, by the names that they have in rows of `pages/series`; what it lacks is left out."""

_NAMES = {
    "observation": "member",
    "area_iri": "area",
    "sector": "sector",
    "sex": "sex",
    "year": "year",
    "value": "value",
    "unit": "unit",
    "status": "status",
    "year_not_over": "yearNotOver",
}
"""What the columns of the file are called in rows of `pages/series`."""


@dataclass(frozen=True, slots=True)
class ValueTable:
    """The file with the values of a data set: its codes are read as the IRIs that they are of."""

    path: Path
    dataset: URIRef
    base: Base

    @classmethod
    def of(cls, site: Site, dataset: URIRef) -> ValueTable | None:
        """That of a data set; None where a release has none."""
        place = f"{CSV.folder}/{iri.local_name(dataset)}.{CSV.suffix}"
        return cls(site.release.path / place, dataset, site.base) if place in site.release.record["files"] else None

    def read(self, sector: str | None = None) -> Iterator[ObservedRow]:
        """Its observations as they stand in it, of all sectors or of one by its key; values as the store has them."""
        units, sexes = (f"{self.base.localise(iri.scheme(scheme))}/" for scheme in (Unit, Sex))
        begins = {"sector": f"{self.base.iri}id/sector/", "unit": units, "sex": sexes}
        with self.path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            columns = next(rows)
            read = [(at, _NAMES[name], begins.get(name, "")) for at, name in enumerate(columns) if name in _NAMES]
            divided = columns.index("sector")
            for cells in rows:
                if sector is not None and cells[divided] != sector:
                    continue
                row = {name: begin + cells[at] for at, name, begin in read if cells[at]}
                row["value"] = _canonical(row["value"])
                yield row | {"dataset": self.dataset, "series": _series_of(row["member"])}


async def series_of(site: Site, dataset: URIRef, sector: URIRef | None = None) -> tuple[Series, ...]:
    """The series of a data set, of all of it or of one sector. No query; one of a release without such files.

    Of all municipalities, it is much to read.
    """
    held = ValueTable.of(site, dataset)
    if held is not None:
        return await asyncio.to_thread(lambda: read_series(held.read(iri.local_name(sector) if sector else None)))
    of = {"of": dataset} if sector is None else {"of": sector, "dataset": dataset}
    rows = await site.select("pages/series", **of)
    return await asyncio.to_thread(read_series, rows)


def _series_of(observation: str) -> str:
    """The address of the series of an observation: that of the observation without the year, third in its key."""
    before, _, key = observation.rpartition("/id/observation/")
    dataset, area, _year, *parts = key.split("/")
    return "/".join([f"{before}/id/slice", dataset, area, *parts])


def _canonical(value: str) -> str:
    """A decimal as the store has it: without zeros that say nothing."""
    shortest = value.rstrip("0").rstrip(".") if "." in value else value
    return "0" if shortest == "-0" else shortest
