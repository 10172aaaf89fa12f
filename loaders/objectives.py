"""The environmental quality objectives (miljökvalitetsmål): names, pages, and who follows them up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.row import About, Claim, Fact, Name, Number, Refers, Url, integer, plain, text
from ontology import iri
from ontology.namespaces import FOAF, MG, RDF, SKOS

ObjectiveKey = Annotated[str, Refers("objective")]


class Objective(Claim):
    """One objective by its number and Swedish name."""

    table = "objectives"
    defines = "objective"

    number: Number
    name_sv: Name

    @property
    def key(self) -> str:
        """The number, 1 to 16."""
        return str(self.number)

    def facts(self) -> Iterator[Fact]:
        """What it is, its number and its name."""
        yield self.says(RDF.type, MG.EnvironmentalQualityObjective, "number")
        yield self.says(SKOS.notation, plain(self.key), "number")
        yield self.says(MG.number, integer(self.number), "number")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")


class AboutObjective(About):
    """A claim about an objective that another table defines."""

    about = "objective"

    objective: ObjectiveKey


class ObjectivePage(AboutObjective):
    """Where its official wording and follow-up stand."""

    table = "objective_pages"

    page: Url

    def facts(self) -> Iterator[Fact]:
        """The page about the objective."""
        yield self.says(FOAF.page, URIRef(self.page), "page")


class ObjectiveTranslation(AboutObjective):
    """Its English name."""

    table = "objective_translations"

    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class Responsibility(AboutObjective):
    """The actor that is responsible for its follow-up."""

    table = "responsibilities"

    actor: Annotated[str, Refers("actor")]

    @property
    def key(self) -> str:
        """The objective and the actor."""
        return f"{self.objective}--{self.actor}"

    def facts(self) -> Iterator[Fact]:
        """Who follows it up."""
        yield self.says(MG.followedUpBy, iri.mint("actor", self.actor), "actor")
