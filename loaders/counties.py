"""The counties (län) as territory: codes, names, nature, and the county administrative board that acts there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from rdflib import Literal as RdfLiteral

from loaders.row import About, Claim, Fact, Name, Refers, WikidataId, plain, text
from loaders.spelling import Spelt
from ontology import iri
from ontology.namespaces import MG, NUTS, RDF, SKOS, WIKIDATA, XSD

CountyKey = Annotated[str, Refers("county")]
YesNo = Literal["true", "false"]


class County(Claim):
    """One county by its code and Swedish name."""

    table = "counties"
    defines = "county"

    code: Name
    name_sv: Name

    @property
    def key(self) -> str:
        """The two digits of the county code."""
        return self.code

    def facts(self) -> Iterator[Fact]:
        """What it is, its code and its name."""
        yield self.says(RDF.type, MG.County, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")


class AboutCounty(About):
    """A claim about a county that another table defines."""

    about = "county"

    county: CountyKey


class CountyTranslation(AboutCounty):
    """Its English name."""

    table = "county_translations"

    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class CountyLetter(AboutCounty):
    """The letter or letters that stand for it."""

    table = "county_letters"

    letter: Annotated[str, Spelt(r"[A-Z]{1,2}", "skriv som M eller AB", "write it like M or AB")]

    def facts(self) -> Iterator[Fact]:
        """The county letter."""
        yield self.says(MG.countyLetter, plain(self.letter), "letter")


class CountyIso(AboutCounty):
    """Its code in ISO 3166-2."""

    table = "county_iso"

    iso3166_2: Annotated[str, Spelt(r"SE-[A-Z]{1,2}", "skriv som SE-M eller SE-AB", "write it like SE-M or SE-AB")]

    def facts(self) -> Iterator[Fact]:
        """The ISO code."""
        yield self.says(MG.iso3166, plain(self.iso3166_2), "iso3166_2")


class CountyNuts(AboutCounty):
    """Its region of level 3 in the European nomenclature of territorial units."""

    table = "county_nuts"

    nuts3: Annotated[str, Spelt(r"SE[0-9]{3}", "skriv som SE110", "write it like SE110")]

    def facts(self) -> Iterator[Fact]:
        """The NUTS region."""
        yield self.says(MG.nuts3, NUTS[self.nuts3], "nuts3")


class CountyWikidata(AboutCounty):
    """The item about it in Wikidata."""

    table = "county_wikidata"

    wikidata: WikidataId

    def facts(self) -> Iterator[Fact]:
        """The link, matched by others and so only close."""
        yield self.says(SKOS.closeMatch, WIKIDATA[self.wikidata], "wikidata")


class CountyBoard(AboutCounty):
    """The county administrative board (länsstyrelse), an actor and not the territory."""

    table = "county_boards"

    actor: Annotated[str, Refers("actor")]

    def facts(self) -> Iterator[Fact]:
        """The board that acts in the county."""
        yield self.says(MG.countyBoard, iri.mint("actor", self.actor), "actor")


class CountyLandscape(AboutCounty):
    """Whether it has a coast and whether it has mountains, which decides what is assessed there."""

    table = "county_landscape"

    is_coastal: YesNo
    is_mountain: YesNo

    def facts(self) -> Iterator[Fact]:
        """Coast and mountains."""
        yield self.says(MG.isCoastal, RdfLiteral(self.is_coastal, datatype=XSD.boolean), "is_coastal")
        yield self.says(MG.isMountain, RdfLiteral(self.is_mountain, datatype=XSD.boolean), "is_mountain")


def without_lan(name: str) -> str:
    """`skåne` of Skåne län, `stockholm` of Stockholms län."""
    return name.casefold().removesuffix(" län").removesuffix("s")
