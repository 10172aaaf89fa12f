"""The page that an identifier shows which has ended."""

from __future__ import annotations

from endpoint.documents.document import Document
from endpoint.parts.part import Part, Shown
from endpoint.site import Site
from ontology.namespaces import MG


async def _retirement(site: Site, document: Document) -> Shown:
    """What ended, since when, why, where it is still told of, and what holds instead. No query."""
    identifier = document.word(MG.retires) or ""
    context = {
        "identifier": identifier,
        "place": site.href(identifier).removeprefix("/"),
        "fate": document.one(MG.fate),
        "since": document.word(MG.retiredDate),
        "reasons": document.texts(MG.retirementReason),
        "successors": document.things(MG.replacedBy),
    }
    return Shown(context)


RETIREMENT = Part("retirement", ("retirement",), _retirement)
