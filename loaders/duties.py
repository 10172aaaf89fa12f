"""What actors are to do in the environmental objectives system, and the ordinance and paragraph that say so.

That somebody has a duty is one claim, where it is written another: the membership of an authority can be derived while
its instruction has not been read. A paragraph is given only where its text was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from loaders.actors import ActorKey
from loaders.row import About, Claim, Fact, Refers, plain, text
from loaders.spelling import Spelt
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS
from ontology.schemes import DutyRole
from ontology.text import Text

DutyKey = Annotated[str, Refers("duty")]

NAMES = {
    DutyRole.WORKS_FOR_OBJECTIVES: Text("Verkar för att miljömålen nås", "Works for the objectives to be reached"),
    DutyRole.FOLLOWS_UP_OBJECTIVES: Text(
        "Samordnar uppföljningen av miljökvalitetsmål", "Co-ordinates the follow-up of objectives"
    ),
    DutyRole.COORDINATES_FOLLOW_UP: Text(
        "Samordnar uppföljningen av hela miljömålssystemet", "Co-ordinates the follow-up of the whole system"
    ),
    DutyRole.SUPPORTS_FOLLOW_UP: Text("Stödjer uppföljningen med underlag", "Supports the follow-up with material"),
    DutyRole.REGIONAL_FOLLOW_UP: Text(
        "Regional samordning, uppföljning och åtgärdsprogram",
        "Regional co-ordination, follow-up and action programmes",
    ),
}
"""What a duty is called, by its role."""


class Duty(Claim):
    """One duty of one actor."""

    table = "duties"
    defines = "duty"
    key_column = "role"

    actor: ActorKey
    role: DutyRole

    @property
    def key(self) -> str:
        """The actor and the role: `202100-1975--follows-up-objectives`."""
        return f"{self.actor}--{self.role.value}"

    def facts(self) -> Iterator[Fact]:
        """What it is, whose it is, its role, and a name made of that."""
        yield self.says(RDF.type, MG.Duty, "role")
        yield self.says(MG.dutyOf, iri.mint("actor", self.actor), "actor")
        yield self.says(MG.dutyRole, iri.concept(self.role), "role")
        yield self.says(SKOS.prefLabel, text(NAMES[self.role].sv, "sv"), "role")
        yield self.says(SKOS.prefLabel, text(NAMES[self.role].en, "en"), "role")


Paragraph = Annotated[
    str,
    Spelt(
        r"[1-9][0-9]*( [a-z])? §( [1-9][0-9]*)?",
        "skriv som 3 §, 3 a § eller 3 § 2",
        "write it like 3 §, 3 a § or 3 § 2",
    ),
]


class LegalBasis(About):
    """Where a duty is written: the ordinance; and, where its text was read, the paragraph and who is reported to."""

    table = "legal_bases"
    about = "duty"

    duty: DutyKey
    ordinance: Annotated[str, Spelt(r"(19|20)[0-9]{2}:[1-9][0-9]*", "skriv som 2007:1161", "write it like 2007:1161")]
    paragraph: Paragraph | None = None
    reports_to: Annotated[str | None, Refers("actor")] = None

    def facts(self) -> Iterator[Fact]:
        """The number of the ordinance, the paragraph and whom the actor reports to."""
        yield self.says(MG.ordinance, plain(self.ordinance), "ordinance")
        if self.paragraph is not None:
            yield self.says(MG.paragraph, plain(self.paragraph), "paragraph")
        if self.reports_to is not None:
            yield self.says(MG.reportsTo, iri.mint("actor", self.reports_to), "reports_to")
