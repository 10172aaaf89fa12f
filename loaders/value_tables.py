"""Each data set as a table: its values as CSV. A data set whose graphs have not changed keeps its file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from loaders import disk
from loaders.areas import area_iri
from loaders.cubes import Observed, by_data_set
from loaders.curated import Curated
from loaders.files import CSV
from loaders.live_series import LiveSeries
from loaders.observations import Observation
from loaders.previous import Previous
from ontology import iri
from ontology.base import Base

COLUMNS = ("observation", "area", "area_iri", "year", "sector", "value", "unit")
"""The columns of a data set as a table; a cell of `sector` is empty where there are no sectors."""

FURTHER = ("sex", "status", "year_not_over")
"""The further columns of a data set that was fetched: cells are empty where a source says nothing. The last has the
year where it was not over when the source was fetched."""

_END = "\r\n"

Cells = tuple[str, ...]
"""A row of a data set, cell by cell."""


def write_value_tables(
    curated: Curated, base: Base, directory: Path, previous: Previous | None
) -> Mapping[str, set[str]]:
    """Write each data set into the folder of a release, in the order of its keys; the graphs that each was made of.

    The digits are those of the source: the store keeps numbers. They stand in the statements of the graph of a row, as
    does all else that a table has, so graphs that are the same give the same tables.
    """
    folder = directory / CSV.folder
    made_of = {}
    for dataset, rows in by_data_set(curated.rows).items():
        name = f"{dataset}.{CSV.suffix}"
        made_of[dataset] = {str(base.localise(iri.graph(source))) for source in {row.stated_by for row in rows}}
        if previous and previous.has_same(dataset, made_of[dataset]):
            disk.take_over(previous.release.path / folder.name / name, folder / name)
        else:
            disk.write(folder / name, _as_csv(rows, base))
    return made_of


def _as_csv(rows: list[Observed], base: Base) -> bytes:
    lines: list[tuple[str, Cells]] = []
    for row in rows:
        lines += [(row.key, _cells(row, base))] if isinstance(row, Observation) else _of_series(row, base)
    columns = (*COLUMNS, *FURTHER) if any(isinstance(row, LiveSeries) for row in rows) else COLUMNS
    return "".join([_line(cells) for cells in (columns, *(cells for _, cells in sorted(lines)))]).encode("utf-8")


def _line(cells: Cells) -> str:
    """A row as CSV. Where nothing is to be quoted, as of nearly all, its cells are joined: that takes a third."""
    line = ",".join(cells)
    if line.count(",") < len(cells) and '"' not in line and line.isprintable():  # no break of lines is
        return f"{line}{_END}"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=_END).writerow(cells)
    return text.getvalue()


def _cells(observation: Observation, base: Base) -> Cells:
    return (
        str(base.localise(observation.subject)),
        observation.area,
        str(base.localise(area_iri(observation.area))),
        observation.period,
        observation.sector or "",
        observation.value,
        observation.unit.value,
    )


def _of_series(series: LiveSeries, base: Base) -> Iterator[tuple[str, Cells]]:
    area, iri_of_area, unit = series.area, str(base.localise(area_iri(series.area))), series.unit.value
    part = {series.division.column: series.division.code} if series.division else {}
    sector, sex = part.get("sector", ""), part.get("sex", "")
    not_over = series.not_over
    for observation, (year, value, status) in series.observed(lambda term: str(base.localise(term))):
        open_year = year if year in not_over else ""
        yield observation, (observation, area, iri_of_area, year, sector, value, unit, sex, status, open_year)
