"""What the page of a smaller thing says first: a step, a duty, a name, a link, a report, a source, a row.

Such a thing is told by what its document says already; its template, named as the kind is, puts that into words.
"""

from __future__ import annotations

from endpoint.documents.document import Document
from endpoint.parts.part import Part, Shown
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import DCTERMS, FOAF, MG, SKOS

_TERMS = {"terms": MG, "dcterms": DCTERMS, "foaf": FOAF, "skos": SKOS}

_SUMMARISED = (
    "strand",
    "specification",
    "milestone-step",
    "measure-link",
    "report",
    "assessment-count",
    "sdg-indicator",
    "information-system",
    "dated-name",
    "duty",
    "membership",
    "row",
)


async def _summary(site: Site, document: Document) -> Shown:
    """The terms that the template asks the document by. No query."""
    return Shown(_TERMS)


async def _source(site: Site, document: Document) -> Shown:
    """What a source is, how many rows of which tables rest on it, and when it is to be fetched again. One query."""
    rows = await document.select("pages/tables-of-a-source", "source", DCTERMS.source)
    key = str(document.thing).rpartition("/")[2]
    tables = [(str(row["table"]), int(str(row["rows"]))) for row in rows]
    due = next((live.get("due") for live in site.release.record.get("live", ()) if live["source"] == key), None)
    return Shown({**_TERMS, "graph": site.local(iri.graph(key)), "tables": tables, "due": due})


SUMMARIES = tuple(Part(kind, (kind,), _summary) for kind in _SUMMARISED)
SOURCE = Part("source", ("source",), _source)
