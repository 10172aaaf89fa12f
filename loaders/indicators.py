"""The indicators: what they measure, where they are kept, and which goals their sources say they follow up."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from rdflib import URIRef

from loaders.information_systems import SystemKey
from loaders.row import About, Claim, Fact, Name, Number, Reference, Refers, Url, plain, text
from loaders.spelling import Spelt
from ontology import iri
from ontology.namespaces import FOAF, MG, QUDT, RDF, SKOS, UNIT
from ontology.schemes import Dpsir, Resolution

IndicatorKey = Annotated[str, Refers("indicator")]
GoalKind = Literal["generational-goal", "strand", "objective"]


class Rank(StrEnum):
    """Whether the source calls an objective the main one of an indicator."""

    MAIN = "main"
    UNSTATED = "unstated"


class QudtUnit(StrEnum):
    """The units of QUDT that the indicators use."""

    PERCENT = "PERCENT"
    KILOGRAM = "KiloGM"
    KILOMETRE = "KiloM"
    TONNE = "TONNE"
    HECTARE = "HA"
    MEGAWATT = "MegaW"
    MEGAWATT_HOUR = "MegaW-HR"


Code = Annotated[
    str,
    Spelt(
        r"[A-Za-z0-9]+",
        "skriv bokstäver a–z och siffror, till exempel N00401",
        "write letters a–z and digits, such as N00401",
    ),
]


class Indicator(Claim):
    """One indicator by a frozen key, its Swedish name, its source system and its code there."""

    table = "indicators"
    defines = "indicator"

    id: Name
    name_sv: Name
    system: SystemKey
    code: Code | None = None

    @property
    def key(self) -> str:
        """`kolada-N00401`, `miljomal-iid-50`: the source system and what tells the indicator from others there."""
        return self.id

    def facts(self) -> Iterator[Fact]:
        """What it is, its name, its source system and its code."""
        yield self.says(RDF.type, MG.Indicator, "id")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        yield self.says(MG.sourceSystem, iri.mint("information-system", self.system), "system")
        if self.code:
            yield self.says(MG.codeInSystem, plain(self.code), "code")


class AboutIndicator(About):
    """A claim about an indicator that another table defines."""

    about = "indicator"

    indicator: IndicatorKey


class IndicatorTranslation(AboutIndicator):
    """Its name in English."""

    table = "indicator_translations"

    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class IndicatorObjective(AboutIndicator):
    """A goal that it follows up, and whether the source calls it the main one."""

    table = "indicator_objectives"
    key_column = "goal"

    goal_kind: GoalKind
    goal: Name
    rank: Rank

    @property
    def key(self) -> str:
        """The indicator and the goal."""
        return f"{self.indicator}--{self.goal_kind}-{self.goal}"

    def references(self) -> Iterator[Reference]:
        """The source, the indicator and the goal."""
        yield from super().references()
        yield Reference("goal", self.goal_kind, self.goal)

    def facts(self) -> Iterator[Fact]:
        """The link; also as the main one, where the source says so."""
        goal = iri.mint(self.goal_kind, self.goal)
        yield self.says(MG.indicatorOf, goal, "goal")
        if self.rank is Rank.MAIN:
            yield self.says(MG.mainObjective, goal, "rank")


class IndicatorDpsir(AboutIndicator):
    """Its place in the chain from cause to answer."""

    table = "indicator_dpsir"

    dpsir: Dpsir

    def facts(self) -> Iterator[Fact]:
        """The place."""
        yield self.says(MG.dpsir, iri.concept(self.dpsir), "dpsir")


class IndicatorUnit(AboutIndicator):
    """Its unit as the source writes it, and in QUDT where that is unambiguous."""

    table = "indicator_units"

    unit: Name
    qudt: QudtUnit | None = None

    def facts(self) -> Iterator[Fact]:
        """The unit in both forms."""
        yield self.says(MG.unitText, plain(self.unit), "unit")
        if self.qudt:
            yield self.says(QUDT.hasUnit, UNIT[self.qudt.value], "qudt")


class IndicatorResolution(AboutIndicator):
    """A sort of territory that it has values for."""

    table = "indicator_resolutions"
    key_column = "resolution"

    resolution: Resolution

    @property
    def key(self) -> str:
        """The indicator and the resolution."""
        return f"{self.indicator}--{self.resolution}"

    def facts(self) -> Iterator[Fact]:
        """The resolution."""
        yield self.says(MG.resolution, iri.concept(self.resolution), "resolution")


class IndicatorSupplier(AboutIndicator):
    """One who supplies its data, in the words of the source, and the actor where it is one that is known."""

    table = "indicator_suppliers"
    key_column = "ordinal"

    ordinal: Number
    supplier: Name
    actor: Annotated[str, Refers("actor")] | None = None

    @property
    def key(self) -> str:
        """The indicator and the place in the list of its suppliers."""
        return f"{self.indicator}--{self.ordinal}"

    def facts(self) -> Iterator[Fact]:
        """The name, and the actor."""
        yield self.says(MG.supplierName, plain(self.supplier), "supplier")
        if self.actor:
            yield self.says(MG.supplier, iri.mint("actor", self.actor), "actor")


class IndicatorPage(AboutIndicator):
    """Where its series can be read."""

    table = "indicator_pages"

    page: Url

    def facts(self) -> Iterator[Fact]:
        """The address."""
        yield self.says(FOAF.page, URIRef(self.page), "page")
