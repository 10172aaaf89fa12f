"""What a page lists beneath a thing: its parts, what it has decided, what it has issued."""

from __future__ import annotations

from endpoint.documents.document import Document
from endpoint.lists import Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site
from ontology.namespaces import DCTERMS, MG, SDGO

_MADE_OF = {
    "generational-goal": MG.strandOf,
    "objective": MG.reportOn,
    "report": DCTERMS.isPartOf,
    "sdg-goal": SDGO.isTargetOf,
    "sdg-target": MG.listedUnder,
    "actor": MG.decidedBy,
}
"""What leads to the things of a kind from those that their pages list."""


async def _members(site: Site, document: Document) -> Shown:
    """The things that a thing is made of, in the order of their keys. One query."""
    key = document.key
    made_of = _MADE_OF[key.kind if key else ""]
    rows = await document.select("pages/members-of", "whole", made_of, property=site.local(made_of))
    members = dict.fromkeys(row["member"] for row in rows)
    return Shown(
        {
            "members": sorted(members, key=lambda member: natural(str(member))),
            "names": Names(read_labels(rows, "member")),
        },
        sources_of(rows),
    )


async def _published(site: Site, document: Document) -> Shown:
    """The reports and data sets that an actor has issued; programmes stand apart. One query."""
    rows = await document.select("pages/published-by", "actor", DCTERMS.publisher)
    published = dict.fromkeys(row["thing"] for row in rows)
    return Shown(
        {"published": sorted(published, key=lambda thing: natural(str(thing))), "names": Names(read_labels(rows))},
        sources_of(rows),
    )


MEMBERS = Part("members", tuple(_MADE_OF), _members, told=tuple(_MADE_OF.values()))
PUBLISHED = Part("published", ("actor",), _published, told=(DCTERMS.publisher,))
