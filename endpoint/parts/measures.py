"""What the pages tell of measures: on their own pages, and on those of a goal, a place and an actor."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.documents.document import Document
from endpoint.mapping.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.parts.undertakings import OF_MEASURES, by_programme, names_in, neighbour, read_measures
from endpoint.query_page.naming import names_among
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import LinkBasis, MeasureStatus


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal that a measure is linked to."""

    goal: URIRef
    link: URIRef


async def _measure(site: Site, document: Document) -> Shown:
    """What a measure is, the goals it is linked to, and others under the same ordinance. Three queries."""
    linked, others, system = await asyncio.gather(
        document.select("pages/links-of-measure", "measure", MG.linkOf),
        document.select("pages/measures-under-the-same-ordinance", "measure", MG.regulatedBy),
        document.select("pages/system-of-measure", "measure", MG.partOfProgramme),
    )
    status = document.one(MG.measureStatus)
    context = {
        "terms": MG,
        "status": status,
        "is_draft": status == site.local(iri.concept(MeasureStatus.DRAFT)),
        "neighbour": next((neighbour(site, row["system"]) for row in system), None),
        "sources": sorted({claim.source for claim in document.claims if claim.table == "measures"}),
        "by_editors": frozenset(claim.table for claim in document.claims if claim.source == site.editors),
        "leads": document.values(MG.lead) + document.values(MG.leadText),
        "partners": document.values(MG.partner) + document.values(MG.partnerText),
        "adopters": document.values(MG.adoptedBy) + document.values(MG.adopterText),
        "stated": _goals(site, linked, LinkBasis.STATED),
        "proposed": _goals(site, linked, LinkBasis.PROPOSED),
        "others": sorted({URIRef(row["other"]) for row in others}, key=natural),
        "names": names_in([*linked, *others], ("goal", "label"), ("other", "label")),
    }
    return Shown(context, sources_of(linked, others, system))


def _goals(site: Site, rows: list[Row], basis: LinkBasis) -> list[Goal]:
    """The goals in rows of `pages/links-of-measure` that have a basis."""
    wanted = site.local(iri.concept(basis))
    found = {str(row["link"]): Goal(URIRef(row["goal"]), URIRef(row["link"])) for row in rows if row["basis"] == wanted}
    return sorted(found.values(), key=lambda goal: natural(str(goal.goal)))


async def _towards(site: Site, document: Document) -> Shown:
    """The measures that concern a goal: those that a source states, and apart from them what is proposed. One query."""
    rows = await document.select("pages/measures-towards", "goal", MG.linkTo)
    stated = site.local(iri.concept(LinkBasis.STATED))
    context = {
        "stated": read_measures(row for row in rows if row["basis"] == stated),
        "proposed": read_measures(row for row in rows if row["basis"] != stated),
        "names": names_in(rows, *OF_MEASURES),
    }
    return Shown(context, sources_of(rows))


async def _measures_of(site: Site, document: Document) -> Shown:
    """The measures of a county or a municipality, or that an actor takes part in, by role. Two queries."""
    rows = await document.select("pages/measures-of", "thing", *_ROLES.values())
    told = {site.local(role): name for name, role in _ROLES.items()}
    roles: dict[str, list[Row]] = {name: [] for name in _ROLES}
    for row in rows:
        if row["role"] in told:
            roles[told[URIRef(row["role"])]].append(row)
    context = {
        "roles": [(name, by_programme(read_measures(found))) for name, found in roles.items() if found],
        "total": len({row["measure"] for row in rows}),
        "names": await names_among(site, rows, "measure", "programme"),
    }
    return Shown(context, sources_of(rows))


_ROLES = {
    "county": MG.coversCounty,
    "municipality": MG.coversMunicipality,
    "lead": MG.lead,
    "partner": MG.partner,
    "adopted": MG.adoptedBy,
}
"""What leads from a measure to the thing on whose page it stands."""

MEASURE = Part("measure", ("measure",), _measure, told=(MG.linkOf,))
MEASURES_TOWARDS = Part(
    "measures-towards",
    ("objective", "milestone-target"),
    _towards,
    told=(MG.linkTo, MG.relatedObjective, MG.relatedMilestoneTarget),
)
MEASURES = Part("measures", ("county", "municipality", "actor"), _measures_of, told=tuple(_ROLES.values()))
