"""The pages of actors: names over time, duties, objectives followed up, councils; and the actors of a county."""

from __future__ import annotations

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.documents.document import Document
from endpoint.lists import Names, alphabetical, read_labels
from endpoint.mapping.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.query_page.naming import names_among
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import DCTERMS, MG
from ontology.schemes import DutyRole


def each(rows: list[Row], variable: str) -> list[Row]:
    """One row for each value of a variable, in the order of the first."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(str(row[variable]), row)
    return list(found.values())


def _moments(row: Row) -> dict[str, object]:
    """A name with its first and last moment, as precisely as known."""
    return {
        "name": row["name"],
        "start": row.get("fromDate") or row.get("fromYear"),
        "end": row.get("untilDate") or row.get("untilYear"),
    }


async def read_ends(site: Site) -> dict[URIRef, str]:
    """The actors that have ended, each with its last day or year. One query."""
    rows = await site.select("pages/actors-ended")
    return {URIRef(row["actor"]): str(row.get("untilDate") or row["untilYear"]) for row in rows}


async def _time(site: Site, document: Document) -> Shown:
    """Whether the actor has ended, whom it succeeds and who succeeds it, and its names over time. One query."""
    rows = await document.select("pages/names-of", "actor", MG.nameOf)
    context = {
        "start": document.one(MG.validFromDate) or document.one(MG.validFromYear),
        "end": document.one(MG.validUntilDate) or document.one(MG.validUntilYear),
        "predecessors": document.values(MG.predecessor),
        "successors": document.values(MG.successor),
        "names_over_time": [_moments(row) for row in each(rows, "name")],
        "names": Names(read_labels(rows, "name")),
    }
    return Shown(context, sources_of(rows))


async def _places(site: Site, document: Document) -> Shown:
    """The county or municipality where the actor works. One query."""
    rows = await document.select("pages/where-an-actor-works", "actor", *_WORKING_IN)
    return Shown({"places": [row["place"] for row in each(rows, "place")], "names": Names(read_labels(rows, "place"))})


async def _duties(site: Site, document: Document) -> Shown:
    """The duties with their legal basis, and the objectives that the actor follows up. Three queries."""
    duties = await document.select("pages/duties-of", "actor", MG.dutyOf)
    followed = await document.select("pages/followed-up-by", "actor", MG.followedUpBy)
    roles = [site.local(iri.concept(role)) for role in DutyRole]
    context = {
        "duties": sorted(each(duties, "duty"), key=lambda row: roles.index(URIRef(row["role"]))),
        "some_report": any("reportsTo" in row for row in duties),
        "objectives": [row["objective"] for row in each(followed, "objective")],
        "names": await names_among(site, [*duties, *followed], "reportsTo", "objective"),
    }
    return Shown(context, sources_of(duties, followed))


async def _councils(site: Site, document: Document) -> Shown:
    """The members of a council by year, and the councils that the actor sits on. One query."""
    rows = await document.select("pages/memberships-of", "actor", MG.memberOf, MG.member)
    seats = each(rows, "membership")
    names = Names(read_labels(rows, "other"))

    def by_name(row: Row) -> str:
        label = names(str(row["other"]), "sv")
        return alphabetical(label.text if label else "")

    context = {
        "members": sorted((row for row in seats if str(row["by"]) == "council"), key=by_name),
        "years": sorted({str(row["year"]) for row in seats if str(row["by"]) == "council"}),
        "seats": [row for row in seats if str(row["by"]) == "member"],
        "names": names,
    }
    return Shown(context, sources_of(rows))


async def _of_county(site: Site, document: Document) -> Shown:
    """The board and the region of a county, and who else has a part in it. One query."""
    rows = await site.select("pages/actors-in", county=document.thing)
    told = {site.local(role): name for name, role in _PARTS_IN_A_COUNTY.items()}
    parts: dict[URIRef, dict[str, set[str]]] = {}
    for row in rows:
        parts.setdefault(URIRef(row["actor"]), {}).setdefault(told[URIRef(row["role"])], set()).add(str(row["what"]))
    names = Names(read_labels(rows, "actor"))
    boards, regions = document.things(MG.countyBoard), document.things(MG.countyRegion)
    others = [actor for actor in parts if actor not in {*boards, *regions}]

    def by_name(actor: URIRef) -> str:
        label = names(actor, "sv")
        return alphabetical(label.text if label else actor)

    context = {
        "boards": boards,
        "regions": regions,
        "others": sorted(others, key=by_name),
        "parts": {
            actor: {name: sorted(found[name], key=natural) for name in _PARTS_IN_A_COUNTY if name in found}
            for actor, found in parts.items()
        },
        "names": names,
    }
    return Shown(context, sources_of(rows))


async def _municipalities(site: Site, document: Document) -> Shown:
    """The municipalities of a county. One query."""
    rows = await site.select("pages/municipalities-in", county=document.thing)
    context = {
        "municipalities": [row["municipality"] for row in each(rows, "municipality")],
        "names": Names(read_labels(rows, "municipality")),
    }
    return Shown(context, sources_of(rows))


async def _of_municipality(site: Site, document: Document) -> Shown:
    """The county of a municipality, and its organisation where one is known. No query."""
    context = {
        "counties": document.things(MG.inCounty),
        "organisations": document.things(MG.municipalOrganisation),
    }
    return Shown(context)


_PARTS_IN_A_COUNTY = {
    "publishes": DCTERMS.publisher,
    "leads": MG.lead,
    "adopted": MG.adoptedBy,
    "partner": MG.partner,
    "assesses": MG.assessor,
    "works-with-boards": MG.collaborator,
}
"""What leads to an actor from what a county has, in the order in which it is told."""

_WORKING_IN = (MG.countyBoard, MG.countyRegion, MG.municipalOrganisation)
"""What leads to an actor from where it works."""

ACTOR_TIME = Part("actor-time", ("actor",), _time, told=(MG.nameOf, MG.predecessor, MG.successor))
ACTOR_PLACES = Part("actor-places", ("actor",), _places, told=_WORKING_IN)
DUTIES = Part("duties", ("actor",), _duties, told=(MG.dutyOf, MG.followedUpBy))
COUNCILS = Part("councils", ("actor",), _councils, told=(MG.memberOf, MG.member))
ACTORS_OF_COUNTY = Part("actors-of-county", ("county",), _of_county)
MUNICIPALITIES = Part("municipalities", ("county",), _municipalities, told=(MG.inCounty,))
ORGANISATION = Part("organisation", ("municipality",), _of_municipality)
