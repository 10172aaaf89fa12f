"""Who sits on a council, year by year."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.actors import ActorKey
from loaders.moments import Year
from loaders.row import Claim, Fact, text, year
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS
from ontology.schemes import ActorGroup


class Membership(Claim):
    """One actor on one council in one year; it may sit there for others of its sort."""

    table = "memberships"
    defines = "membership"
    key_column = "actor"

    council: ActorKey
    actor: ActorKey
    year: Year
    represents: ActorGroup | None = None

    @property
    def key(self) -> str:
        """The council, the member and the year: `miljomalsradet--202100-1975--2016`."""
        return f"{self.council}--{self.actor}--{self.year}"

    def facts(self) -> Iterator[Fact]:
        """What it is, the council, the member, the year, whom it represents, and a name made of the year."""
        yield self.says(RDF.type, MG.Membership, "actor")
        yield self.says(MG.memberOf, iri.mint("actor", self.council), "council")
        yield self.says(MG.member, iri.mint("actor", self.actor), "actor")
        yield self.says(MG.membershipYear, year(self.year), "year")
        yield self.says(SKOS.prefLabel, text(f"Ledamot {self.year}", "sv"), "year")
        yield self.says(SKOS.prefLabel, text(f"Member in {self.year}", "en"), "year")
        if self.represents is not None:
            yield self.says(MG.represents, iri.concept(self.represents), "represents")
