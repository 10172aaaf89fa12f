"""Documents as tables: the links of a goal, the values of a series, the things of a class, the concepts of a scheme."""

from __future__ import annotations

import asyncio
import csv
import io
from operator import itemgetter

from endpoint.documents.document import Document
from endpoint.value_tables import ValueTable
from ontology.kinds import MAPPED_KINDS
from ontology.namespaces import MG, SKOS

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
    held = ValueTable.of(site, document.thing) if key and key.kind == "dataset" else None
    return await asyncio.to_thread(_of_file, held) if held else await site.table(query, thing=document.thing)


_COLUMNS = {
    "dataset": "thing",
    "member": "observation",
    "area": "area",
    "sector": "sector",
    "sex": "sex",
    "year": "period",
    "value": "value",
    "unit": "unit",
    "yearNotOver": "yearNotOver",
    "status": "status",
}
"""What `tables/dataset` says of a data set, by how its file calls that."""

_ORDER = itemgetter("area", "sector", "sex", "year", "member")


def _of_file(held: ValueTable) -> bytes:
    """What `tables/dataset` says of a data set, by the file with its values.

    The file has all digits, and this has numbers as the store has them. In neither has a year a row that has no value.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(_COLUMNS.values())
    rows = ({column: row.get(column, "") for column in _COLUMNS} for row in held.read())
    table.writerows(row.values() for row in sorted(rows, key=_ORDER))
    return written.getvalue().encode("utf-8")
