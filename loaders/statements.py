"""Statements that others make about things of ours, read from whatever they come in.

Only what the shapes allow is taken: a thing that the tables define, and a property that such a thing can have. One
statement beyond that and nothing is taken, for what gave it can be mended and a part of an answer is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, NamedTuple, Self, TypeVar

import pyoxigraph as ox
from pydantic import PrivateAttr
from rdflib import Literal, URIRef

from loaders.lost import lost_letters, refuse_unwritten
from loaders.row import Claim, Fact, Reference
from loaders.spelling import Spelt
from ontology import iri
from ontology.base import CANONICAL
from ontology.namespaces import MG, XSD
from ontology.schemes import Confidence
from shapes.order import properties_of
from shapes.report import Place

_MOST_NAMED = 5


class Spot(NamedTuple):
    """Where a statement stands in what was read: on a line, or within a feature, and in a column; as far as known."""

    line: int | None = None
    within: str = ""
    column: str | None = None

    def __str__(self) -> str:
        """`line 3, page`; `features[2], wikidata`."""
        at = self.within if self.line is None else f"line {self.line}"
        return at if self.column is None else f"{at}, {self.column}"


PlacedTriple = tuple[ox.Triple, Spot]
"""A statement, and where it stands in what was read."""


class Said(NamedTuple):
    """A property and its value: an IRI, or a text with its language or datatype."""

    predicate: str
    value: str
    language: str | None = None
    datatype: str | None = None  # None for an IRI and for a text in a language

    def __str__(self) -> str:
        """As N-Triples writes it."""
        return f"<{self.predicate}> {self.term.n3()}"

    def states(self, fact: Fact) -> bool:
        """True where it is this that a fact says."""
        return str(fact.predicate) == self.predicate and fact.value == self.term

    @property
    def term(self) -> URIRef | Literal:
        """The value."""
        if self.language is None and self.datatype is None:
            return URIRef(self.value)
        datatype = None if self.datatype in {None, str(XSD.string)} else self.datatype
        return Literal(self.value, lang=self.language, datatype=URIRef(datatype) if datatype else None, normalize=False)


class Statements(Claim):
    """What a source says of one thing."""

    key_column = "thing"

    kind: Annotated[
        str,
        Spelt(
            r"[a-z-]+",
            "skriv namnet på ett slag, till exempel measure",
            "write the name of a kind, such as measure",
        ),
    ]
    thing: str
    said: tuple[Said, ...]

    _read_of: str = PrivateAttr(default="")
    _spots: tuple[Spot, ...] = PrivateAttr(default=())

    def read_of(self, called: str, spots: Iterable[Spot]) -> Self:
        """The row, which is to know what it was read of, and where each of its statements stands there."""
        self._read_of, self._spots = called, tuple(spots)
        return self

    def place_of(self, fact: Fact) -> Place:
        """Where the source states it: `example-homepages: homepages.csv:2, column page`."""
        of_said = zip(self.said, self._spots, strict=True) if self._spots else ()
        spot = next((spot for one, spot in of_said if one.states(fact)), Spot())
        file = ", ".join(filter(None, (f"{self.source_id}: {self._read_of}", spot.within)))
        return Place(file, spot.line, spot.column)

    @property
    def key(self) -> str:
        """The source, the kind and the key of the thing."""
        return f"{self.source_id}/{self.kind}/{self.thing}"

    @property
    def subject(self) -> URIRef:
        """The thing."""
        return iri.mint(self.kind, self.thing)

    def references(self) -> Iterator[Reference]:
        """The source and the thing."""
        yield from super().references()
        yield Reference("thing", self.kind, self.thing)

    def facts(self) -> Iterator[Fact]:
        """Each statement."""
        for one in self.said:
            yield self.says(URIRef(one.predicate), one.term, "said")


One = TypeVar("One", bound=Statements)


def described(
    model: type[One], source_id: str, called: str, statements: Iterable[PlacedTriple], known: set[tuple[str, str]]
) -> Iterator[One]:
    """The rows in the order of the things, read of what is called so.

    Raises ValueError with the statements that cannot be taken, and why.
    """
    faults: list[str] = []
    of_thing: dict[iri.Key, dict[Said, Spot]] = {}
    for triple, spot in sorted(dict(statements).items(), key=lambda pair: str(pair[0])):
        try:
            of_thing.setdefault(_thing(triple, known), {})[_said(triple, known)] = spot
        except ValueError as error:
            faults.append(f"{spot}: {triple} ({error})" if any(spot) else f"{triple} ({error})")
    if faults:
        more = f"; and {len(faults) - _MOST_NAMED:,} more" if len(faults) > _MOST_NAMED else ""
        raise ValueError(f"{len(faults):,} of the statements cannot be taken: {'; '.join(faults[:_MOST_NAMED])}{more}")
    for key, said in sorted(of_thing.items()):
        row = model(kind=key.kind, thing=key.key, said=tuple(said), source_id=source_id, confidence=Confidence.CERTAIN)
        yield row.read_of(called, said.values())


def _thing(triple: ox.Triple, known: set[tuple[str, str]]) -> iri.Key:
    """The thing that a statement is about. Raises ValueError for one that is not ours, and what it cannot have."""
    key = iri.parse(triple.subject.value) if isinstance(triple.subject, ox.NamedNode) else None
    if key is None:
        raise ValueError(f"its subject is no thing of ours; those begin with {CANONICAL}id/")
    if key not in known:
        raise ValueError(f"there is no {key.kind} {key.key} in the tables")
    allowed = {str(property_) for property_ in properties_of(key.kind)} - {str(MG.statedIn)}
    if triple.predicate.value not in allowed:
        raise ValueError(f"a {key.kind} has no such property: see {CANONICAL}shapes/{key.kind}")
    return key


def _said(triple: ox.Triple, known: set[tuple[str, str]]) -> Said:
    """What a statement says. Raises ValueError for a value that no statement of ours can have."""
    value = triple.object
    if isinstance(value, ox.Literal):
        refuse_unwritten(value.value)
        if (lost := lost_letters(value.value)) is not None:
            raise ValueError(lost.en)
        datatype = None if value.language else value.datatype.value
        return Said(triple.predicate.value, value.value, value.language, datatype)
    if not isinstance(value, ox.NamedNode):
        raise ValueError("its value has no IRI: give it one in the query, or leave it out")
    key = iri.parse(value.value)
    if key is not None and key not in known:
        raise ValueError(f"its value is the {key.kind} {key.key}, which is not in the tables")
    return Said(triple.predicate.value, value.value)
