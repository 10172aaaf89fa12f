"""The countries that national figures and assessments concern, as territory: Sweden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from loaders.row import Claim, Fact, Name, plain, text
from loaders.spelling import Spelt
from ontology.namespaces import MG, RDF, SKOS

NATION = "SE"
"""The country that stands for the nation, in place of the code of a county."""

PlaceCode = Annotated[
    str,
    Spelt(rf"{NATION}|[0-9]{{2}}", "skriv SE eller länets två siffror", "write SE or the two digits of a county"),
]
"""A county, or the nation."""


class Country(Claim):
    """One country by its two-letter code and its names."""

    table = "countries"
    defines = "country"

    code: Name
    name_sv: Name
    name_en: Name

    @property
    def key(self) -> str:
        """The code, `SE`."""
        return self.code

    def facts(self) -> Iterator[Fact]:
        """What it is, its code and its names."""
        yield self.says(RDF.type, MG.Country, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")
