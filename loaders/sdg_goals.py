"""The 17 Sustainable Development Goals, by the IRIs of the United Nations, with short titles of our own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator
from rdflib import URIRef

from loaders.row import About, Claim, Fact, Match, Name, Refers, Url, integer, plain, text
from ontology.namespaces import MG, RDF, SDG, SDGO, SKOS

GoalKey = Annotated[str, Refers("sdg-goal")]


def _united_nations(value: str) -> str:
    if not value.startswith(str(SDG)):
        raise ValueError(f"the IRIs of the United Nations begin with {SDG}")
    return value


UnIri = Annotated[str, AfterValidator(_united_nations)]


class UnitedNationsThing(Claim):
    """A thing by its code and the IRI that the United Nations gave it."""

    code: Name
    un_iri: UnIri

    @property
    def key(self) -> str:
        """The code: 14, 14.1 or 14.c."""
        return self.code

    @model_validator(mode="after")
    def _has_the_iri_of_its_code(self) -> Self:
        if self.un_iri != str(self.subject):
            raise ValueError(f"the IRI of {self.code} is {self.subject}, not {self.un_iri}")
        return self


class Goal(UnitedNationsThing):
    """One goal by its number and IRI."""

    table = "sdg_goals"
    defines = "sdg-goal"

    def facts(self) -> Iterator[Fact]:
        """What it is and its number."""
        yield self.says(RDF.type, SDGO.Goal, "un_iri")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(MG.number, integer(int(self.code)), "code")


class AboutGoal(About):
    """A claim about a goal that another table defines."""

    about = "sdg-goal"

    goal: GoalKey


class GoalTitle(AboutGoal):
    """Our short titles, not the United Nations' wording."""

    table = "sdg_goal_titles"

    title_sv: Name
    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """The short titles."""
        yield self.says(MG.shortTitle, text(self.title_sv, "sv"), "title_sv")
        yield self.says(MG.shortTitle, text(self.title_en, "en"), "title_en")


class GoalLink(AboutGoal):
    """The same goal elsewhere."""

    table = "sdg_goal_links"

    match: Match
    iri: Url

    @property
    def key(self) -> str:
        """The goal and the last part of the IRI elsewhere."""
        return f"{self.goal}--{self.iri.rpartition('/')[2]}"

    def facts(self) -> Iterator[Fact]:
        """The link, by how near it is."""
        predicate = self.match.predicate()
        if predicate is not None:
            yield self.says(predicate, URIRef(self.iri), "iri")
