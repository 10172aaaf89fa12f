"""The strands (strecksatser) of the generational goal."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.row import Claim, Fact, Name, Number, integer, plain, text
from ontology import iri
from ontology.namespaces import MG, RDF, SKOS


class Strand(Claim):
    """One of the seven matters that the generational goal points out, by a short name."""

    table = "strands"
    defines = "strand"

    code: Name
    ordinal: Number
    name_sv: Name
    name_en: Name

    @property
    def key(self) -> str:
        """`GEN-1` to `GEN-7`: our numbering, in the order of the text."""
        return self.code

    def facts(self) -> Iterator[Fact]:
        """What it is, its place, and what it is called."""
        yield self.says(RDF.type, MG.Strand, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(MG.number, integer(self.ordinal), "ordinal")
        yield self.says(MG.strandOf, iri.mint("generational-goal", "GEN"), "code")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")
