"""What the pages tell of action programmes: on their own pages, and on those of counties, actors and objectives."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from endpoint.documents.document import Document
from endpoint.mapping.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.parts.undertakings import names_in, neighbour, read_measures
from endpoint.query_page.naming import names_among
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import DCTERMS, FOAF, MG
from ontology.schemes import MeasureStatus, ProgrammeStanding


@dataclass(frozen=True, slots=True)
class Programme:
    """One action programme in a list, with the years that are known."""

    programme: URIRef
    start: str
    end: str
    neighbour: URIRef | None  # its system, where that is another than the environmental objectives system


async def _programme(site: Site, document: Document) -> Shown:
    """What a programme is, and its measures. Two queries."""
    rows = await document.select("pages/measures-of", "thing", MG.partOfProgramme)
    entries = read_measures(rows)
    draft = site.local(iri.concept(MeasureStatus.DRAFT))
    context = {
        "terms": MG,
        "publishers": document.values(DCTERMS.publisher) + document.values(MG.publisherText),
        "leads": document.values(MG.lead) + document.values(MG.leadText),
        "is_draft": document.one(MG.programmeStanding) == site.local(iri.concept(ProgrammeStanding.DRAFT)),
        "page": document.one(FOAF.page),
        "decided": document.word(MG.decidedDate) or document.word(MG.decidedMonth) or document.word(MG.decidedYear),
        "neighbour": neighbour(site, document.one(MG.programmeSystem)),
        "objectives": sorted(document.things(MG.relatedObjective), key=natural),
        "by_editors": frozenset(claim.table for claim in document.claims if claim.source == site.editors),
        "measures": entries,
        "drafts": sum(entry.status == draft for entry in entries),
        "names": await names_among(site, rows, "measure", "programme"),
    }
    return Shown(context, sources_of(rows))


async def _programmes_of(site: Site, document: Document) -> Shown:
    """The action programmes of a county, that an actor publishes or leads, or that concern an objective. One query."""
    roles = (MG.coversCounty, DCTERMS.publisher, MG.lead, MG.relatedObjective)
    rows = await document.select("pages/programmes-of", "thing", *roles)
    found = {
        str(row["programme"]): Programme(
            URIRef(row["programme"]),
            str(row.get("start", "")),
            str(row.get("end", "")),
            neighbour(site, row.get("system")),
        )
        for row in rows
    }
    programmes = sorted(found.values(), key=lambda one: (one.start or "9999", natural(str(one.programme))))
    return Shown({"programmes": programmes, "names": names_in(rows, ("programme", "label"))}, sources_of(rows))


PROGRAMME = Part("action-programme", ("action-programme",), _programme, told=(MG.partOfProgramme,))
PROGRAMMES = Part("action-programmes", ("county", "actor", "objective"), _programmes_of)
