"""The measures: names, leads, partners, periods, statuses, costs, and the goals that each is linked to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from rdflib import Literal as Number

from loaders.action_programmes import ProgrammeKey
from loaders.row import About, Claim, Fact, Name, Reference, Refers, plain, text
from loaders.spelling import Spelt
from loaders.undertakings import Participant, Period, Undertaking
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS, XSD
from ontology.schemes import LinkBasis, MeasureStatus
from ontology.text import Text

MeasureKey = Annotated[str, Refers("measure")]
GoalKind = Literal["objective", "milestone-target"]

_RELATIONS = {"objective": MG.relatedObjective, "milestone-target": MG.relatedMilestoneTarget}
_CALLED = {
    "objective": Text("miljökvalitetsmål", "objective"),
    "milestone-target": Text("etappmål", "milestone target"),
}


class Measure(Undertaking):
    """One measure by our code, its programme where it has one, its Swedish title and its county or nation."""

    table = "measures"
    defines = "measure"

    programme: ProgrammeKey | None = None
    title_sv: Name

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, its title, its programme and its place."""
        yield self.says(RDF.type, MG.Measure, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        if self.programme:
            yield self.says(MG.partOfProgramme, iri.mint("action-programme", self.programme), "programme")
        yield self.says(SKOS.prefLabel, text(self.title_sv, "sv"), "title_sv")
        yield from self.placed()


class AboutMeasure(About):
    """A claim about a measure that another table defines."""

    about = "measure"

    measure: MeasureKey


class MeasureTranslation(AboutMeasure):
    """Its title in English."""

    table = "measure_translations"

    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.title_en, "en"), "title_en")


class MeasurePeriod(Period, AboutMeasure):
    """The years in which it is to be carried out."""

    table = "measure_periods"


class MeasureDesignation(AboutMeasure):
    """What its programme calls it, such as HS1."""

    table = "measure_designations"

    designation: Name

    def facts(self) -> Iterator[Fact]:
        """The designation."""
        yield self.says(MG.designation, plain(self.designation), "designation")


class MeasureOrdinance(AboutMeasure):
    """The ordinance that regulates it or the support for it."""

    table = "measure_ordinances"

    ordinance: Annotated[
        str, Spelt(r"SFS (19|20)[0-9]{2}:[1-9][0-9]*", "skriv som SFS 2015:517", "write it like SFS 2015:517")
    ]

    def facts(self) -> Iterator[Fact]:
        """The number of the ordinance in the Swedish Code of Statutes."""
        yield self.says(MG.regulatedBy, plain(self.ordinance), "ordinance")


class MeasureLead(Participant, AboutMeasure):
    """One of those who lead it."""

    table = "measure_leads"
    key_column = "number"
    known_as = MG.lead
    named_as = MG.leadText


class MeasurePartner(Participant, AboutMeasure):
    """One of those who take part in it."""

    table = "measure_partners"
    key_column = "number"
    known_as = MG.partner
    named_as = MG.partnerText


class MeasureAdopter(Participant, AboutMeasure):
    """One of those who have adopted it, of many who could."""

    table = "measure_adopters"
    key_column = "number"
    known_as = MG.adoptedBy
    named_as = MG.adopterText


class MeasureStatusRow(AboutMeasure):
    """How far it has come, as the source says; a measure has one status."""

    table = "measure_statuses"

    status: MeasureStatus

    def facts(self) -> Iterator[Fact]:
        """The status."""
        yield self.says(MG.measureStatus, iri.concept(self.status), "status")


class MeasureCost(AboutMeasure):
    """What it costs in all, in kronor, as the source states it."""

    table = "measure_costs"

    cost: Annotated[
        str,
        Spelt(
            r"(0|[1-9][0-9]{0,12})(\.[0-9]{1,18})?",
            "skriv ett belopp som 12000 eller 12000.50",
            "write an amount like 12000 or 12000.50",
        ),
    ]

    def facts(self) -> Iterator[Fact]:
        """The sum, with the digits of the source."""
        yield self.says(MG.costInKronor, Number(self.cost, datatype=XSD.decimal, normalize=False), "cost")


class MeasureMunicipality(AboutMeasure):
    """The municipality where it is carried out."""

    table = "measure_municipalities"

    municipality: Annotated[str, Refers("municipality")]

    def facts(self) -> Iterator[Fact]:
        """The municipality."""
        yield self.says(MG.coversMunicipality, iri.mint("municipality", self.municipality), "municipality")


class MeasureLink(Claim):
    """The link of a measure to an objective or a milestone target, and whether a source states it."""

    table = "measure_links"
    defines = "measure-link"
    key_column = "goal"

    measure: MeasureKey
    goal_kind: GoalKind
    goal: Name
    basis: LinkBasis

    @property
    def key(self) -> str:
        """`ATG020--objective-7`: the measure and the goal."""
        return f"{self.measure}--{self.goal_kind}-{self.goal}"

    def references(self) -> Iterator[Reference]:
        """The source, the measure and the goal."""
        yield from super().references()
        yield Reference("goal", self.goal_kind, self.goal)

    def facts(self) -> Iterator[Fact]:
        """The link as a node with a name made of its ends; of one that a source states also the plain triple."""
        measure, goal = iri.mint("measure", self.measure), iri.mint(self.goal_kind, self.goal)
        called = _CALLED[self.goal_kind]
        yield self.says(RDF.type, MG.MeasureLink, "goal")
        yield self.says(MG.linkOf, measure, "measure")
        yield self.says(MG.linkTo, goal, "goal")
        yield self.says(MG.linkBasis, iri.concept(self.basis), "basis")
        yield self.says(SKOS.prefLabel, text(f"{self.measure} och {called.sv} {self.goal}", "sv"), "goal")
        yield self.says(SKOS.prefLabel, text(f"{self.measure} and {called.en} {self.goal}", "en"), "goal")
        if self.basis is LinkBasis.STATED:
            yield Fact(measure, _RELATIONS[self.goal_kind], goal, "goal")
