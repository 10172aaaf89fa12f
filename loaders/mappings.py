"""Mappings of the goals of the system to the Sustainable Development Goals: opinions, each with its standing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator
from rdflib import URIRef

from loaders.row import Claim, Fact, Name, Reference, Refers, YearOrDay, day, plain, text, year
from ontology import iri
from ontology.kinds import MAPPED_KINDS
from ontology.namespaces import MG, RDF
from ontology.schemes import JustificationConfidence, Standing, Strength


def _mapped(kind: str) -> str:
    if kind not in MAPPED_KINDS:
        raise ValueError(f"only these are mapped to the 2030 Agenda: {', '.join(MAPPED_KINDS)}")
    return kind


SubjectKind = Annotated[str, AfterValidator(_mapped)]
BasisKind = Literal["specification", "milestone-target", "sdg-indicator"]


class Relation(StrEnum):
    """How the subject of a mapping is related to its object."""

    CONTRIBUTES_TO = "contributes-to"
    DEPENDS_ON = "depends-on"
    MEASURED_TOGETHER = "measured-together"

    def property(self) -> URIRef:
        """The property of the relation."""
        return {
            Relation.CONTRIBUTES_TO: MG.contributesTo,
            Relation.DEPENDS_ON: MG.dependsOn,
            Relation.MEASURED_TOGETHER: MG.measuredTogether,
        }[self]


class Mapping(Claim):
    """One statement that a goal of the system is related to a goal or target of Agenda 2030."""

    table = "mappings"
    defines = "mapping"
    key_column = "object"

    subject_kind: SubjectKind
    subject_key: Name
    object: Name
    relation: Relation
    strength: Strength | None = None
    standing: Standing
    justification_confidence: JustificationConfidence | None = None
    justification_sv: Name | None = None
    justification_en: Name | None = None
    author: Name
    stated: YearOrDay | None = None

    @property
    def key(self) -> str:
        """`editors--objective-8--6.6`: who states it, about what, towards what."""
        return f"{self.source_id}--{self.subject_kind}-{self.subject_key}--{self.object}"

    @property
    def object_kind(self) -> str:
        """A code with a full stop is a target, else a goal."""
        return "sdg-target" if "." in self.object else "sdg-goal"

    def references(self) -> Iterator[Reference]:
        """The source, the subject and the object."""
        yield from super().references()
        yield Reference("subject_key", self.subject_kind, self.subject_key)
        yield Reference("object", self.object_kind, self.object)

    def facts(self) -> Iterator[Fact]:
        """The mapping as a node; from a published one also the plain triple."""
        subject = iri.mint(self.subject_kind, self.subject_key)
        towards = iri.mint(self.object_kind, self.object)
        yield self.says(RDF.type, MG.Mapping, "object")
        yield self.says(MG.mappingSubject, subject, "subject_key")
        yield self.says(MG.mappingRelation, self.relation.property(), "relation")
        yield self.says(MG.mappingObject, towards, "object")
        yield self.says(MG.standing, iri.concept(self.standing), "standing")
        yield self.says(MG.author, plain(self.author), "author")
        if self.strength:
            yield self.says(MG.strength, iri.concept(self.strength), "strength")
        if self.justification_confidence:
            held = iri.concept(self.justification_confidence)
            yield self.says(MG.justificationConfidence, held, "justification_confidence")
        if self.justification_sv:
            yield self.says(MG.justification, text(self.justification_sv, "sv"), "justification_sv")
        if self.justification_en:
            yield self.says(MG.justification, text(self.justification_en, "en"), "justification_en")
        if self.stated:
            yield self.says(MG.statedYear, year(self.stated[:4]), "stated")
            if len(self.stated) > 4:
                yield self.says(MG.statedDate, day(self.stated), "stated")
        if self.standing is Standing.PUBLISHED:
            yield Fact(subject, self.relation.property(), towards, "relation")


class MappingBasis(Claim):
    """Something that the justification of a mapping rests on."""

    table = "mapping_basis"
    key_column = "basis"

    mapping: Annotated[str, Refers("mapping")]
    basis_kind: BasisKind
    basis: Name

    @property
    def key(self) -> str:
        """The mapping and what it rests on."""
        return f"{self.mapping}--{self.basis_kind}-{self.basis}"

    @property
    def subject(self) -> URIRef:
        """The mapping."""
        return iri.mint("mapping", self.mapping)

    def references(self) -> Iterator[Reference]:
        """The source, the mapping and what it rests on."""
        yield from super().references()
        yield Reference("basis", self.basis_kind, self.basis)

    def facts(self) -> Iterator[Fact]:
        """What it rests on."""
        yield self.says(MG.restsOn, iri.mint(self.basis_kind, self.basis), "basis")


def propose_the_unsupported(mappings: Iterable[Mapping], basis: Iterable[MappingBasis]) -> list[Mapping]:
    """The mappings, an editorial one that nothing in the release supports lowered to a proposal."""
    supported = {row.mapping for row in basis}
    return [
        mapping.model_copy(update={"standing": Standing.PROPOSED})
        if mapping.standing is Standing.EDITORIAL and mapping.key not in supported
        else mapping
        for mapping in mappings
    ]
