"""Actors over time: the names that they have borne and when, from when to when they exist, who succeeds whom.

An actor is known by its organisation number, and names move: a name is a thing of its own with a period. A new name
is no new actor; where an actor ends and another takes over, one succeeds the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.actors import AboutActor, ActorKey
from loaders.moments import Dated
from loaders.row import About, Claim, Fact, Name, Refers, Slug, YearOrDay, text
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS

DatedNameKey = Annotated[str, Refers("dated-name")]

_VALID_FROM = Dated(MG.validFromYear, day=MG.validFromDate)
_VALID_UNTIL = Dated(MG.validUntilYear, day=MG.validUntilDate)


class DatedName(Claim):
    """One of several names that an actor has borne, the present one included."""

    table = "dated_names"
    defines = "dated-name"
    key_column = "slug"

    actor: ActorKey
    slug: Slug
    name_sv: Name
    name_en: Name | None = None

    @property
    def key(self) -> str:
        """The actor and the name in lower case: `202100-5984--myndigheten-for-civilt-forsvar`."""
        return f"{self.actor}--{self.slug}"

    def facts(self) -> Iterator[Fact]:
        """What it is, whose name it is, and the name in the languages that the source has."""
        yield self.says(RDF.type, MG.DatedName, "slug")
        yield self.says(MG.nameOf, iri.mint("actor", self.actor), "actor")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        if self.name_en is not None:
            yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class AboutDatedName(About):
    """A claim about a name that another table defines."""

    about = "dated-name"

    name: DatedNameKey


class DatedNameStart(AboutDatedName):
    """When it was taken."""

    table = "dated_name_starts"

    start: YearOrDay

    def facts(self) -> Iterator[Fact]:
        """The year, and the first day where known."""
        yield from _VALID_FROM.says(self, self.start, "start")


class DatedNameEnd(AboutDatedName):
    """When it was given up; a name without an end is the present one, as far as is known."""

    table = "dated_name_ends"

    end: YearOrDay

    def facts(self) -> Iterator[Fact]:
        """The year, and the last day where known."""
        yield from _VALID_UNTIL.says(self, self.end, "end")


class ActorStart(AboutActor):
    """When it began."""

    table = "actor_starts"

    start: YearOrDay

    def facts(self) -> Iterator[Fact]:
        """The year, and the first day where known."""
        yield from _VALID_FROM.says(self, self.start, "start")


class ActorEnd(AboutActor):
    """When it ended; it is still the thing that it was."""

    table = "actor_ends"

    end: YearOrDay

    def facts(self) -> Iterator[Fact]:
        """The year, and the last day where known."""
        yield from _VALID_UNTIL.says(self, self.end, "end")


class ActorSuccession(Claim):
    """An actor that ended, and the one that took over what it did."""

    table = "actor_successions"
    key_column = "successor"

    predecessor: ActorKey
    successor: ActorKey

    @property
    def key(self) -> str:
        """The two actors."""
        return f"{self.predecessor}--{self.successor}"

    @property
    def subject(self) -> URIRef:
        """The one that ended."""
        return iri.mint("actor", self.predecessor)

    def facts(self) -> Iterator[Fact]:
        """Both ways: who succeeded the one, and who preceded the other."""
        after = iri.mint("actor", self.successor)
        yield self.says(MG.successor, after, "successor")
        yield Fact(after, MG.predecessor, self.subject, "predecessor")
