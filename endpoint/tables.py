"""Documents as tables: the links of a goal, the values of a series, the things of a class, the concepts of a scheme."""

from __future__ import annotations

from endpoint.documents import Document
from ontology import iri
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
    site = document.site
    key = iri.parse(site.canonical(document.thing))
    if key is not None:
        return _BY_KIND.get(key.kind)
    if document.one(MG.kindName) is not None:
        return "tables/things"
    return "tables/concepts" if SKOS.ConceptScheme in document.types else None


async def write_table(document: Document, query: str) -> bytes:
    """The table as CSV, with a row of names first."""
    return await document.site.table(query, thing=document.thing)
