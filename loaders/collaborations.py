"""Who works with whom: the actor, its counterparts, in what role, in which area of work, since when.

A counterpart is an actor, or a group of actors that a source speaks of as one, such as the county administrative
boards. A group is a concept, never an agency.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from loaders.actors import ActorKey
from loaders.moments import Year
from loaders.row import About, Claim, Fact, Name, Refers, plain, text, year
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS
from ontology.schemes import ActorGroup, AreaOfWork

CollaborationKey = Annotated[str, Refers("collaboration")]


class Collaboration(Claim):
    """One collaboration by our code; its name is the role of the actor, in the words of the source."""

    table = "collaborations"
    defines = "collaboration"

    code: Name
    actor: ActorKey
    area: AreaOfWork
    role_sv: Name
    role_en: Name

    @property
    def key(self) -> str:
        """The code, such as C09."""
        return self.code

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, whose it is, the area of work and the role."""
        yield self.says(RDF.type, MG.Collaboration, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(MG.collaborator, iri.mint("actor", self.actor), "actor")
        yield self.says(MG.areaOfWork, iri.concept(self.area), "area")
        yield self.says(SKOS.prefLabel, text(self.role_sv, "sv"), "role_sv")
        yield self.says(SKOS.prefLabel, text(self.role_en, "en"), "role_en")


class AboutCollaboration(About):
    """A claim about a collaboration that another table defines."""

    about = "collaboration"

    collaboration: CollaborationKey


class CollaborationCounterpart(AboutCollaboration):
    """An actor that it is with."""

    table = "collaboration_counterparts"
    key_column = "actor"

    actor: ActorKey

    @property
    def key(self) -> str:
        """The collaboration and the actor."""
        return f"{self.collaboration}--{self.actor}"

    def facts(self) -> Iterator[Fact]:
        """The actor."""
        yield self.says(MG.counterpart, iri.mint("actor", self.actor), "actor")


class CollaborationGroup(AboutCollaboration):
    """A group of actors that it is with."""

    table = "collaboration_groups"
    key_column = "group"

    group: ActorGroup

    @property
    def key(self) -> str:
        """The collaboration and the group."""
        return f"{self.collaboration}--{self.group.value}"

    def facts(self) -> Iterator[Fact]:
        """The group."""
        yield self.says(MG.counterpartGroup, iri.concept(self.group), "group")


class CollaborationStart(AboutCollaboration):
    """The year since which it has gone on."""

    table = "collaboration_starts"

    since: Year

    def facts(self) -> Iterator[Fact]:
        """The year."""
        yield self.says(MG.since, year(self.since), "since")
