"""Which objectives the counties assess in the regional follow-up, from which year, and who assesses for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from loaders.moments import Year
from loaders.objectives import ObjectiveKey
from loaders.row import About, Claim, Fact, Refers, text, year
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS
from ontology.schemes import Applicability


class RegionalApplicability(Claim):
    """Where an objective is assessed regionally, from a year, and until one where that has ended."""

    table = "regional_applicability"
    defines = "regional-applicability"
    key_column = "valid_from"

    objective: ObjectiveKey
    valid_from: Year
    valid_until: Year | None = None
    applies: Applicability

    @property
    def key(self) -> str:
        """`10-2022`: the objective and the first year."""
        return f"{self.objective}-{self.valid_from}"

    def facts(self) -> Iterator[Fact]:
        """The objective, the counties it is assessed in, and since when; and a name made of these."""
        yield self.says(RDF.type, MG.RegionalApplicability, "objective")
        yield self.says(MG.applicabilityOf, iri.mint("objective", self.objective), "objective")
        yield self.says(MG.appliesTo, iri.concept(self.applies), "applies")
        yield self.says(MG.applicableFrom, year(self.valid_from), "valid_from")
        if self.valid_until:
            yield self.says(MG.applicableUntil, year(self.valid_until), "valid_until")
        yield self.says(SKOS.prefLabel, text(f"Mål {self.objective}, från {self.valid_from}", "sv"), "valid_from")
        yield self.says(SKOS.prefLabel, text(f"Objective {self.objective}, from {self.valid_from}", "en"), "valid_from")


class RegionalAssessor(About):
    """The actor that makes the regional assessments of an objective in place of the county boards."""

    table = "regional_assessors"
    about = "regional-applicability"
    key_column = "actor"

    applicability: Annotated[str, Refers("regional-applicability")]
    actor: Annotated[str, Refers("actor")]

    @property
    def key(self) -> str:
        """The applicability and the actor."""
        return f"{self.applicability}--{self.actor}"

    def facts(self) -> Iterator[Fact]:
        """Who assesses."""
        yield self.says(MG.assessor, iri.mint("actor", self.actor), "actor")
