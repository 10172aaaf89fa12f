"""Actors over time: the names that they have borne and when, from when to when they exist, who succeeds whom.

An actor is known by its organisation number, and names move: a name is a thing of its own with a period. A new name
is no new actor; where an actor ends and another takes over, one succeeds the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import Literal, URIRef

from loaders.actors import AboutActor, ActorKey
from loaders.row import About, Claim, Fact, Name, Refers, Slug, YearOrDay, text, year
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS, XSD

DatedNameKey = Annotated[str, Refers("dated-name")]


def _moment(about: URIRef, yearly: URIRef, daily: URIRef, moment: str, cell: str) -> Iterator[Fact]:
    """A moment of unknown precision: its year always, its day where it is known."""
    yield Fact(about, yearly, year(moment[:4]), cell)
    if "-" in moment:
        yield Fact(about, daily, Literal(moment, datatype=XSD.date), cell)


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
        yield from _moment(self.subject, MG.validFromYear, MG.validFromDate, self.start, "start")


class DatedNameEnd(AboutDatedName):
    """When it was given up; a name without an end is the present one, as far as is known."""

    table = "dated_name_ends"

    end: YearOrDay

    def facts(self) -> Iterator[Fact]:
        """The year, and the last day where known."""
        yield from _moment(self.subject, MG.validUntilYear, MG.validUntilDate, self.end, "end")


class ActorStart(AboutActor):
    """When it began."""

    table = "actor_starts"

    start: YearOrDay

    def facts(self) -> Iterator[Fact]:
        """The year, and the first day where known."""
        yield from _moment(self.subject, MG.validFromYear, MG.validFromDate, self.start, "start")


class ActorEnd(AboutActor):
    """When it ended; it is still the thing that it was."""

    table = "actor_ends"

    end: YearOrDay

    def facts(self) -> Iterator[Fact]:
        """The year, and the last day where known."""
        yield from _moment(self.subject, MG.validUntilYear, MG.validUntilDate, self.end, "end")


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
