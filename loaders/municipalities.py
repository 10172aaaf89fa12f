"""The municipalities (kommuner) as territory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from loaders.counties import CountyKey
from loaders.row import About, Claim, Fact, Name, Refers, WikidataId, plain, text
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS, WIKIDATA

MunicipalityKey = Annotated[str, Refers("municipality")]


class Municipality(Claim):
    """One municipality by its code, Swedish name and county."""

    table = "municipalities"
    defines = "municipality"

    code: Name
    name_sv: Name
    county: CountyKey

    @property
    def key(self) -> str:
        """The four digits of the municipality code."""
        return self.code

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, name and county."""
        yield self.says(RDF.type, MG.Municipality, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        yield self.says(MG.inCounty, iri.mint("county", self.county), "county")


class AboutMunicipality(About):
    """A claim about a municipality that another table defines."""

    about = "municipality"

    municipality: MunicipalityKey


class MunicipalityName(AboutMunicipality):
    """Its full names."""

    table = "municipality_names"

    long_name_sv: Name
    long_name_en: Name

    def facts(self) -> Iterator[Fact]:
        """The full names in Swedish and English."""
        yield self.says(MG.longName, text(self.long_name_sv, "sv"), "long_name_sv")
        yield self.says(MG.longName, text(self.long_name_en, "en"), "long_name_en")


class MunicipalityWikidata(AboutMunicipality):
    """The item about it in Wikidata."""

    table = "municipality_wikidata"

    wikidata: WikidataId

    def facts(self) -> Iterator[Fact]:
        """The link, matched by name and so only close."""
        yield self.says(SKOS.closeMatch, WIKIDATA[self.wikidata], "wikidata")
