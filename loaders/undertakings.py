"""What action programmes and measures share: a place, a period, those who take part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import model_validator
from rdflib import Literal, URIRef

from loaders.actors import ActorKey
from loaders.countries import NATION, PlaceCode
from loaders.moments import Year
from loaders.row import About, Claim, Fact, Name, Number, Reference, text, year
from loaders.told import Wrong
from ontology import iri
from ontology.namespaces import MG
from ontology.text import Text


class Undertaking(Claim):
    """Something that is to be done in a place: a county, or the nation."""

    code: Name
    place: PlaceCode

    @property
    def key(self) -> str:
        """The code, such as SKANE-2022 or ATG001."""
        return self.code

    def references(self) -> Iterator[Reference]:
        """The source, and the county where it is one."""
        yield from super().references()
        if self.place != NATION:
            yield Reference("place", "county", self.place)

    def placed(self) -> Iterator[Fact]:
        """Whether it is national, and else the county."""
        yield self.says(MG.isNational, Literal(self.place == NATION), "place")
        if self.place != NATION:
            yield self.says(MG.coversCounty, iri.mint("county", self.place), "place")


def refuse_backwards(start: str | None, end: str | None) -> None:
    """Raise Wrong for a period that ends before it starts."""
    if start and end and end < start:
        raise Wrong(
            Text(
                f"perioden slutar {end}, innan den börjar {start}",
                f"the period ends in {end}, before it starts in {start}",
            )
        )


class Period(About):
    """The first and the last year, or the one of them that is known."""

    start_year: Year | None = None
    end_year: Year | None = None

    @model_validator(mode="after")
    def _has_years_in_order(self) -> Self:
        if self.start_year is None and self.end_year is None:
            raise Wrong(Text("ange första året, sista året eller båda", "give the first year, the last or both"))
        refuse_backwards(self.start_year, self.end_year)
        return self

    def facts(self) -> Iterator[Fact]:
        """The years that are known."""
        if self.start_year:
            yield self.says(MG.startYear, year(self.start_year), "start_year")
        if self.end_year:
            yield self.says(MG.endYear, year(self.end_year), "end_year")


class Participant(About):
    """One of those who take part: a known actor by its key, or whom the source names in its own words."""

    known_as: ClassVar[URIRef]
    named_as: ClassVar[URIRef]

    number: Number
    actor: ActorKey | None = None
    name_sv: Name | None = None

    @property
    def key(self) -> str:
        """What they take part in, and their number in the order of the source."""
        return f"{self.thing}-{self.number}"

    @model_validator(mode="after")
    def _is_an_actor_or_a_name(self) -> Self:
        if (self.actor is None) == (self.name_sv is None):
            raise ValueError("give either the key of a known actor or the words of the source, one of the two")
        return self

    def facts(self) -> Iterator[Fact]:
        """The actor, or the words of the source; a class such as “Kommuner” is no actor and stays words."""
        if self.actor:
            yield self.says(self.known_as, iri.mint("actor", self.actor), "actor")
        if self.name_sv:
            yield self.says(self.named_as, text(self.name_sv, "sv"), "name_sv")
