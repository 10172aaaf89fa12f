"""The information systems in which data about the objectives are kept: names, addresses, operators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.row import About, Claim, Fact, Name, Number, Refers, Url, plain, text
from ontology import iri
from ontology.namespaces import FOAF, MG, RDF, SKOS

SystemKey = Annotated[str, Refers("information-system")]


class InformationSystem(Claim):
    """One information system by a frozen key and its Swedish name."""

    table = "information_systems"
    defines = "information-system"

    id: Name
    name_sv: Name

    @property
    def key(self) -> str:
        """The frozen key, such as kolada."""
        return self.id

    def facts(self) -> Iterator[Fact]:
        """What it is and what it is called."""
        yield self.says(RDF.type, MG.InformationSystem, "id")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")


class AboutInformationSystem(About):
    """A claim about an information system that another table defines."""

    about = "information-system"

    system: SystemKey


class InformationSystemTranslation(AboutInformationSystem):
    """Its English name. A proper name is not translated, and stands as the source of the Swedish one writes it."""

    table = "information_system_translations"

    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class InformationSystemPage(AboutInformationSystem):
    """Where it is on the web."""

    table = "information_system_pages"

    page: Url

    def facts(self) -> Iterator[Fact]:
        """The address."""
        yield self.says(FOAF.page, URIRef(self.page), "page")


class InformationSystemOperator(AboutInformationSystem):
    """One who operates it, in the words of the source, and the actor where it is one that is known."""

    table = "information_system_operators"
    key_column = "ordinal"

    ordinal: Number
    operator: Name
    actor: Annotated[str, Refers("actor")] | None = None

    @property
    def key(self) -> str:
        """The system and the place in the list of its operators."""
        return f"{self.system}--{self.ordinal}"

    def facts(self) -> Iterator[Fact]:
        """The name, and the actor."""
        yield self.says(MG.operatorName, plain(self.operator), "operator")
        if self.actor:
            yield self.says(MG.operator, iri.mint("actor", self.actor), "actor")
