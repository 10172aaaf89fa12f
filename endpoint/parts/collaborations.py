"""Who works with whom: on the pages of actors by area of work, and on the page of a collaboration."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.dataset import Row, Term
from endpoint.documents.document import Document
from endpoint.parts.actors import each
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.query_page.naming import names_among
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import ActorKind, AreaOfWork


@dataclass(frozen=True, slots=True)
class Together:
    """One collaboration: whose role it is, with whom, since when."""

    collaboration: URIRef
    by: URIRef
    counterparts: tuple[URIRef, ...]
    since: str | None


def by_area(site: Site, rows: list[Row]) -> list[tuple[URIRef, list[Together]]]:
    """The collaborations in rows of `pages/collaborations-of`, by their areas of work in order."""
    counterparts = defaultdict[Term, set[Term]](set)
    for row in rows:
        if "with" in row:
            counterparts[row["collaboration"]].add(row["with"])
    found: dict[URIRef, list[Together]] = {}
    for row in sorted(each(rows, "collaboration"), key=lambda row: str(row["collaboration"])):
        others = tuple(map(URIRef, sorted(counterparts[row["collaboration"]], key=str)))
        since = str(row["since"]) if "since" in row else None
        one = Together(URIRef(row["collaboration"]), URIRef(row["by"]), others, since)
        found.setdefault(URIRef(row["area"]), []).append(one)
    areas = [site.local(iri.concept(area)) for area in AreaOfWork]
    return [(area, found[area]) for area in areas if area in found]


async def _of_actor(site: Site, document: Document) -> Shown:
    """The collaborations of an actor, as the one whose role it is or as a counterpart. Two queries."""
    board = site.local(iri.concept(ActorKind.COUNTY_ADMINISTRATIVE_BOARD))
    in_a_group = [MG.actorKind] if board in document.values(MG.actorKind) else []
    rows = await document.select("pages/collaborations-of", "actor", MG.collaborator, MG.counterpart, *in_a_group)
    names = await names_among(site, rows, "collaboration", "by", "with")
    context = {"areas": by_area(site, rows), "names": names, "thing": document.thing}
    return Shown(context, sources_of(rows))


async def _one(site: Site, document: Document) -> Shown:
    """What one collaboration says, in words. No query."""
    context = {
        "by": document.things(MG.collaborator),
        "counterparts": [*document.things(MG.counterpart), *document.things(MG.counterpartGroup)],
        "areas": document.things(MG.areaOfWork),
        "since": document.word(MG.since),
    }
    return Shown(context)


COLLABORATIONS = Part("collaborations", ("actor",), _of_actor, told=(MG.collaborator, MG.counterpart))
COLLABORATION = Part("collaboration", ("collaboration",), _one)
