"""The action programmes: names, publishers, periods, decisions, and the system that each belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import model_validator
from rdflib import URIRef

from loaders.moments import DECIDED, Moment
from loaders.objectives import ObjectiveKey
from loaders.row import About, Fact, Name, Number, Refers, Url, integer, plain, text
from loaders.undertakings import Participant, Period, Undertaking
from ontology import iri
from ontology.namespaces import DCTERMS, FOAF, MG, RDF, SKOS
from ontology.schemes import ProgrammeStanding, ProgrammeSystem

ProgrammeKey = Annotated[str, Refers("action-programme")]


class ActionProgramme(Undertaking):
    """One programme by our code, its Swedish title and the county or nation that it is for."""

    table = "action_programmes"
    defines = "action-programme"

    title_sv: Name

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, its title and its place."""
        yield self.says(RDF.type, MG.ActionProgramme, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(SKOS.prefLabel, text(self.title_sv, "sv"), "title_sv")
        yield from self.placed()


class AboutProgramme(About):
    """A claim about a programme that another table defines."""

    about = "action-programme"

    programme: ProgrammeKey


class ProgrammeTranslation(AboutProgramme):
    """Its title in English."""

    table = "programme_translations"

    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.title_en, "en"), "title_en")


class ProgrammePeriod(Period, AboutProgramme):
    """The years for which it holds."""

    table = "programme_periods"


class ProgrammePublisher(Participant, AboutProgramme):
    """One of those who publish it."""

    table = "programme_publishers"
    key_column = "number"
    known_as = DCTERMS.publisher
    named_as = MG.publisherText


class ProgrammeLead(Participant, AboutProgramme):
    """One of those who lead it, where that is another than who publishes it."""

    table = "programme_leads"
    key_column = "number"
    known_as = MG.lead
    named_as = MG.leadText


class ProgrammePage(AboutProgramme):
    """The web page about it."""

    table = "programme_pages"

    page: Url

    def facts(self) -> Iterator[Fact]:
        """The page."""
        yield self.says(FOAF.page, URIRef(self.page), "page")


class ProgrammeDecision(AboutProgramme):
    """Whether what was read is decided or a draft, and when it was decided, as precisely as is known."""

    table = "programme_decisions"

    standing: ProgrammeStanding
    decided: Moment | None = None

    @model_validator(mode="after")
    def _is_not_a_decided_draft(self) -> Self:
        if self.standing is ProgrammeStanding.DRAFT and self.decided:
            raise ValueError(f"a draft is not decided, and so not in {self.decided}")
        return self

    def facts(self) -> Iterator[Fact]:
        """Where it stands, and when it was decided."""
        yield self.says(MG.programmeStanding, iri.concept(self.standing), "standing")
        if self.decided:
            yield from DECIDED.says(self, self.decided, "decided")


class ProgrammeSystemRow(AboutProgramme):
    """The system that it belongs to, as the editors sort it."""

    table = "programme_systems"

    system: ProgrammeSystem

    def facts(self) -> Iterator[Fact]:
        """The system."""
        yield self.says(MG.programmeSystem, iri.concept(self.system), "system")


class ProgrammeObjective(AboutProgramme):
    """One of the objectives that it concerns, as the source names them; there may be others."""

    table = "programme_objectives"
    key_column = "objective"

    objective: ObjectiveKey

    @property
    def key(self) -> str:
        """The programme and the objective."""
        return f"{self.programme}--{self.objective}"

    def facts(self) -> Iterator[Fact]:
        """The objective."""
        yield self.says(MG.relatedObjective, iri.mint("objective", self.objective), "objective")


class ProgrammeSize(AboutProgramme):
    """How many measures it has, as the source counts them; the release may hold fewer."""

    table = "programme_sizes"

    measures: Number

    def facts(self) -> Iterator[Fact]:
        """The number."""
        yield self.says(MG.measuresInAll, integer(self.measures), "measures")


class ProgrammeMention(AboutProgramme):
    """A further source that speaks of it."""

    table = "programme_mentions"
    key_column = "source_id"

    @property
    def key(self) -> str:
        """The programme and the source."""
        return f"{self.programme}--{self.source_id}"

    def facts(self) -> Iterator[Fact]:
        """The source."""
        yield self.says(MG.describedIn, iri.mint("source", self.source_id), "source_id")
