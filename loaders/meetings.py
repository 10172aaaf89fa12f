"""Meetings: series such as Nobelmötet, their occasions, and who arranged them and took part in arranging them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from rdflib import URIRef

from loaders.actors import ActorKey
from loaders.moments import Year
from loaders.row import About, Claim, Day, Fact, Name, Refers, Slug, day, plain, text, year
from ontology import iri
from ontology.namespaces import MG, RDF, SCHEMA, SKOS
from ontology.schemes import MeetingStatus

MeetingKey = Annotated[str, Refers("meeting")]
SeriesKey = Annotated[str, Refers("meeting-series")]


class MeetingSeries(Claim):
    """One series of meetings; a meeting that came once is a series of one."""

    table = "meeting_series"
    defines = "meeting-series"

    slug: Slug
    name_sv: Name
    name_en: Name

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.slug

    def facts(self) -> Iterator[Fact]:
        """What it is, and its names."""
        yield self.says(RDF.type, MG.MeetingSeries, "slug")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class Meeting(Claim):
    """One meeting: its series, year, days where known, place, theme, and whether it was held, as the source says."""

    table = "meetings"
    defines = "meeting"

    slug: Slug
    series: SeriesKey
    year: Year
    start: Day | None = None
    end: Day | None = None
    place: Name | None = None
    name_sv: Name
    name_en: Name
    theme_sv: Name | None = None
    status: MeetingStatus

    @property
    def key(self) -> str:
        """The series and the year, and the place where a series meets in several: `mal-i-sikte-2016-malmo`."""
        return self.slug

    def facts(self) -> Iterator[Fact]:
        """What it is and all that the source says of it."""
        yield self.says(RDF.type, MG.Meeting, "slug")
        yield self.says(MG.inSeries, iri.mint("meeting-series", self.series), "series")
        yield self.says(MG.meetingYear, year(self.year), "year")
        yield self.says(MG.meetingStatus, iri.concept(self.status), "status")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")
        if self.start is not None:
            yield self.says(SCHEMA.startDate, day(self.start), "start")
        if self.end is not None:
            yield self.says(SCHEMA.endDate, day(self.end), "end")
        if self.place is not None:
            yield self.says(SCHEMA.location, plain(self.place), "place")
        if self.theme_sv is not None:
            yield self.says(MG.meetingTheme, text(self.theme_sv, "sv"), "theme_sv")


class AboutMeeting(About):
    """A claim about a meeting that another table defines."""

    about = "meeting"

    meeting: MeetingKey


class MeetingActor(AboutMeeting):
    """An actor that had a part in arranging it."""

    part: ClassVar[URIRef]

    actor: ActorKey

    @property
    def key(self) -> str:
        """The meeting and the actor."""
        return f"{self.meeting}--{self.actor}"

    def facts(self) -> Iterator[Fact]:
        """The actor."""
        yield self.says(self.part, iri.mint("actor", self.actor), "actor")


class MeetingOrganiser(MeetingActor):
    """An actor that arranged it."""

    table = "meeting_organisers"
    key_column = "actor"
    part = SCHEMA.organizer


class MeetingPartner(MeetingActor):
    """An actor that took part in arranging it."""

    table = "meeting_partners"
    key_column = "actor"
    part = SCHEMA.contributor


class MeetingParty(AboutMeeting):
    """One who arranged it or took part and is no known actor: the name as the source has it."""

    table = "meeting_parties"
    key_column = "slug"

    slug: Slug
    party: Name
    part: Literal["organiser", "partner"]

    @property
    def key(self) -> str:
        """The meeting and the name in lower case."""
        return f"{self.meeting}--{self.slug}"

    def facts(self) -> Iterator[Fact]:
        """The name."""
        predicate = MG.organiserName if self.part == "organiser" else MG.partnerName
        yield self.says(predicate, text(self.party, "sv"), "party")
