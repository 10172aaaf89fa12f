"""Meetings: on the pages of their series and of actors, and the page of one."""

from __future__ import annotations

from endpoint.documents.document import Document
from endpoint.parts.actors import each
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.query_page.naming import names_among
from endpoint.site import Site
from ontology.namespaces import MG, SCHEMA


async def _meetings(site: Site, document: Document) -> Shown:
    """The meetings of a series, or those that an actor arranged or took part in, by series. Two queries."""
    rows = await document.select("pages/meetings-of", "of", *_MEETING)
    series = [
        (row["series"], [m for m in each(rows, "meeting") if m["series"] == row["series"]])
        for row in each(rows, "series")
    ]
    arranged = {str(row["meeting"]) for row in rows if row["by"] == SCHEMA.organizer}
    names = await names_among(site, rows, "meeting", "series")
    return Shown({"series": series, "arranged": arranged, "names": names}, sources_of(rows))


async def _meeting(site: Site, document: Document) -> Shown:
    """What one meeting says, in words. No query."""
    context = {
        "series": document.one(MG.inSeries),
        "year": document.one(MG.meetingYear),
        "start": document.one(SCHEMA.startDate),
        "end": document.one(SCHEMA.endDate),
        "place": document.one(SCHEMA.location),
        "status": document.one(MG.meetingStatus),
        "themes": document.values(MG.meetingTheme),
        "organisers": [*document.values(SCHEMA.organizer), *document.values(MG.organiserName)],
        "partners": [*document.values(SCHEMA.contributor), *document.values(MG.partnerName)],
    }
    return Shown(context)


_MEETING = (MG.inSeries, SCHEMA.organizer, SCHEMA.contributor)
"""What leads from a meeting to the series and the actors on whose pages it stands."""

MEETINGS = Part("meetings", ("actor", "meeting-series"), _meetings, told=_MEETING)
MEETING = Part("meeting", ("meeting",), _meeting)
