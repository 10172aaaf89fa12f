"""Identifiers that have ended: what became of that which they stood for, since when, why, and what holds instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator
from rdflib import URIRef

from loaders.row import Claim, Day, Fact, Name, day, refuse_impossible, text
from ontology import iri
from ontology.base import CANONICAL
from ontology.namespaces import MG, RDF
from ontology.schemes import Fate


def _after_the_base(path: str) -> str:
    """The part of an identifier after the base, where there can be one."""
    refuse_impossible("retirement", path)
    return path


Path = Annotated[str, AfterValidator(_after_the_base)]
"""The part of an identifier after the base: `id/specification/8-12`, `def/dpsir/state`."""


class Retirement(Claim):
    """One identifier that has ended."""

    table = "retirements"
    defines = "retirement"

    identifier: Path
    fate: Fate
    since: Day
    why_sv: Name
    why_en: Name

    @property
    def key(self) -> str:
        """The part of the identifier after the base."""
        return self.identifier

    def facts(self) -> Iterator[Fact]:
        """What it is, the identifier, its fate, since when and why."""
        yield self.says(RDF.type, MG.Retirement, "identifier")
        yield self.says(MG.retires, URIRef(CANONICAL + self.identifier), "identifier")
        yield self.says(MG.fate, iri.concept(self.fate), "fate")
        yield self.says(MG.retiredDate, day(self.since), "since")
        yield self.says(MG.retirementReason, text(self.why_sv, "sv"), "why_sv")
        yield self.says(MG.retirementReason, text(self.why_en, "en"), "why_en")


class RetirementSuccessor(Claim):
    """One thing that holds now in place of that which the identifier stood for."""

    table = "retirement_successors"
    key_column = "successor"

    identifier: Path
    successor: Path

    @property
    def key(self) -> str:
        """The identifier that has ended and the one that holds now."""
        return f"{self.identifier}--{self.successor}"

    @property
    def subject(self) -> URIRef:
        """The retirement."""
        return iri.mint("retirement", self.identifier)

    def facts(self) -> Iterator[Fact]:
        """What holds now."""
        yield self.says(MG.replacedBy, URIRef(CANONICAL + self.successor), "successor")
