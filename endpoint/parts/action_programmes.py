"""What the pages tell of action programmes: on their own pages, and on those of a county and of an actor."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from endpoint.documents import Document
from endpoint.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.parts.undertakings import OF_MEASURES, Said, names_in, neighbour, read_measures
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
    """What a programme is, and its measures. One query."""
    rows = await site.select("pages/measures-of", thing=document.thing)
    said, entries = Said(site, document), read_measures(rows)
    draft = site.local(iri.concept(MeasureStatus.DRAFT))
    context = {
        "said": said,
        "terms": MG,
        "publishers": said.all(DCTERMS.publisher) + said.all(MG.publisherText),
        "leads": said.all(MG.lead) + said.all(MG.leadText),
        "is_draft": said.one(MG.programmeStanding) == site.local(iri.concept(ProgrammeStanding.DRAFT)),
        "page": said.one(FOAF.page),
        "decided": said.year(MG.decidedDate) or said.year(MG.decidedMonth) or said.year(MG.decidedYear),
        "neighbour": neighbour(site, said.one(MG.programmeSystem)),
        "measures": entries,
        "drafts": sum(entry.status == draft for entry in entries),
        "names": names_in(rows, *OF_MEASURES),
    }
    return Shown(context, sources_of(rows))


async def _programmes_of(site: Site, document: Document) -> Shown:
    """The action programmes of a county, or that an actor publishes or leads. One query."""
    rows = await site.select("pages/programmes-of", thing=document.thing)
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
PROGRAMMES = Part("action-programmes", ("county", "actor"), _programmes_of)
