"""The self-governing organisations, regions and municipal ones: actors, and not the areas where they act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.counties import AboutCounty
from loaders.municipalities import MunicipalityKey
from loaders.row import Claim, Fact, Name, Refers, plain
from loaders.spelling import Spelt
from ontology import iri
from ontology.namespaces import MG, RDF
from ontology.schemes import ActorKind


class Region(Claim):
    """One region by the id that Kolada has for it; no organisation number was read."""

    table = "regions"
    defines = "actor"

    kolada_id: Annotated[
        str,
        Spelt(
            r"00(0[1-9]|1[0-9]|2[0-5])",
            "skriv regionens id i Kolada, 0001 till 0025",
            "write the id of the region in Kolada, 0001 to 0025",
        ),
    ]

    @property
    def key(self) -> str:
        """The word and the last two digits, which are those of the county: `region-12`."""
        return f"region-{self.kolada_id[2:]}"

    def facts(self) -> Iterator[Fact]:
        """What it is, its sort and its id in Kolada."""
        yield self.says(RDF.type, MG.Actor, "kolada_id")
        yield self.says(MG.actorKind, iri.concept(ActorKind.REGION), "kolada_id")
        yield self.says(MG.koladaId, plain(self.kolada_id), "kolada_id")


class CountyRegion(AboutCounty):
    """The region that governs itself in a county, an actor and not the territory."""

    table = "county_regions"

    actor: Annotated[str, Refers("actor")]

    def facts(self) -> Iterator[Fact]:
        """The region of the county."""
        yield self.says(MG.countyRegion, iri.mint("actor", self.actor), "actor")


class MunicipalOrganisation(Claim):
    """The organisation of a municipality by its organisation number: an actor, and not the area."""

    table = "municipal_organisations"
    defines = "actor"

    organisation_number: Name
    municipality: MunicipalityKey

    @property
    def key(self) -> str:
        """The organisation number."""
        return self.organisation_number

    def facts(self) -> Iterator[Fact]:
        """What it is, its number and its sort, and whose organisation it is."""
        area: URIRef = iri.mint("municipality", self.municipality)
        yield self.says(RDF.type, MG.Actor, "organisation_number")
        yield self.says(MG.organisationNumber, plain(self.organisation_number), "organisation_number")
        yield self.says(MG.actorKind, iri.concept(ActorKind.MUNICIPAL_ORGANISATION), "organisation_number")
        yield Fact(area, MG.municipalOrganisation, self.subject, "municipality")
