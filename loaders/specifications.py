"""The specifications (preciseringar) of the objectives, by their short names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.moments import DECIDED, Moment
from loaders.objectives import ObjectiveKey
from loaders.row import Claim, Fact, Name, Number, Reference, Refers, integer, plain, text
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS


class Specification(Claim):
    """One specification by its place under its objective and its Swedish short name."""

    table = "specifications"
    defines = "specification"
    key_column = "ordinal"

    objective: ObjectiveKey
    ordinal: Number
    name_sv: Name

    @property
    def key(self) -> str:
        """`8-2`: our number, the objective and the place under it."""
        return f"{self.objective}-{self.ordinal}"

    def facts(self) -> Iterator[Fact]:
        """What it is, its objective, its place and its name."""
        yield self.says(RDF.type, MG.Specification, "ordinal")
        yield self.says(SKOS.notation, plain(self.key), "ordinal")
        yield self.says(MG.number, integer(self.ordinal), "ordinal")
        yield self.says(MG.specificationOf, iri.mint("objective", self.objective), "objective")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")


class AboutSpecification(Claim):
    """A claim about a specification that another table defines."""

    key_column = "ordinal"

    objective: ObjectiveKey
    ordinal: Number

    @property
    def key(self) -> str:
        """The key of the specification."""
        return f"{self.objective}-{self.ordinal}"

    @property
    def subject(self) -> URIRef:
        """The specification."""
        return iri.mint("specification", self.key)

    def references(self) -> Iterator[Reference]:
        """Its objective, and the specification itself."""
        yield from super().references()
        yield Reference("ordinal", "specification", self.key)


class SpecificationTranslation(AboutSpecification):
    """Its English short name."""

    table = "specification_translations"

    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class SpecificationDecision(AboutSpecification):
    """Who decided on it, and when, as precisely as is known: before that, others held."""

    table = "specification_decisions"

    decided_by: Annotated[str, Refers("actor")]
    decided: Moment

    def facts(self) -> Iterator[Fact]:
        """Who decided, the year, and the month or the day where known."""
        yield self.says(MG.decidedBy, iri.mint("actor", self.decided_by), "decided_by")
        yield from DECIDED.says(self, self.decided, "decided")
