"""Meetings: on the pages of their series and of actors, and the page of one."""

from __future__ import annotations

from rdflib import Literal, URIRef

from endpoint.documents import Document
from endpoint.lists import Names, read_labels
from endpoint.parts.actors import each
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site, Term
from ontology.namespaces import MG, SCHEMA


async def _meetings(site: Site, document: Document) -> Shown:
    """The meetings of a series, or those that an actor arranged or took part in, by series. One query."""
    rows = await site.select("pages/meetings-of", of=document.thing)
    labels = read_labels(rows, "meeting") | read_labels(rows, "series", "seriesLabel")
    series = [
        (row["series"], [m for m in each(rows, "meeting") if m["series"] == row["series"]])
        for row in each(rows, "series")
    ]
    arranged = {str(row["meeting"]) for row in rows if row["by"] == SCHEMA.organizer}
    return Shown({"series": series, "arranged": arranged, "names": Names(labels)}, sources_of(rows))


async def _meeting(site: Site, document: Document) -> Shown:
    """What one meeting says, in words. No query."""

    def said(predicate: URIRef) -> list[Term]:
        values = document.graph.objects(document.thing, site.local(predicate))
        return sorted((value for value in values if isinstance(value, URIRef | Literal)), key=str)

    def one(predicate: URIRef) -> Term | None:
        return next(iter(said(predicate)), None)

    context = {
        "series": one(MG.inSeries),
        "year": one(MG.meetingYear),
        "start": one(SCHEMA.startDate),
        "end": one(SCHEMA.endDate),
        "place": one(SCHEMA.location),
        "status": one(MG.meetingStatus),
        "themes": said(MG.meetingTheme),
        "organisers": [*said(SCHEMA.organizer), *said(MG.organiserName)],
        "partners": [*said(SCHEMA.contributor), *said(MG.partnerName)],
    }
    return Shown(context)


MEETINGS = Part(
    "meetings", ("actor", "meeting-series"), _meetings, told=(MG.inSeries, SCHEMA.organizer, SCHEMA.contributor)
)
MEETING = Part("meeting", ("meeting",), _meeting)
