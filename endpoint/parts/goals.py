"""The pages of the goals of the system: who follows an objective up, and its specifications."""

from __future__ import annotations

from endpoint.documents.document import Document
from endpoint.lists import Names, read_labels
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site
from ontology.namespaces import MG


async def _followers(site: Site, document: Document) -> Shown:
    """Who follows the objective up. No query."""
    return Shown({"actors": document.things(MG.followedUpBy)})


async def _specifications(site: Site, document: Document) -> Shown:
    """The specifications in order. One query."""
    rows = await document.select("pages/specifications", "objective", MG.specificationOf)
    context = {
        "specifications": list(dict.fromkeys(row["specification"] for row in rows)),
        "names": Names(read_labels(rows, "specification")),
    }
    return Shown(context, sources_of(rows))


FOLLOWERS = Part("followers", ("objective",), _followers)
SPECIFICATIONS = Part("specifications", ("objective",), _specifications, told=(MG.specificationOf,))
