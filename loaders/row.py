"""A row is a claim: it has one source and one confidence, and says its facts about one or more things.

Each kind of row is a class: its fields are the columns of the table, `facts` says what the row states as
triples, and each fact names the cell it comes from.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self, get_args
from urllib.parse import urlsplit

import pyoxigraph as ox
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    PrivateAttr,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema
from rdflib import Literal, URIRef
from rdflib.term import Node

from loaders.lost import refuse_unwritten
from loaders.spelling import Spelt
from loaders.stated import Statements
from ontology import iri
from ontology.keys import EXAMPLES
from ontology.kinds import KINDS
from ontology.namespaces import DCTERMS, MG, RDF, SKOS, XSD
from ontology.schemes import Confidence
from shapes.report import Place


class Fact(NamedTuple):
    """One triple that a row states, and the column of the cell it comes from."""

    subject: URIRef
    predicate: URIRef
    value: Node
    cell: str


Said = tuple[URIRef, Node, str]
"""What is said of a thing, and the column that it comes from."""

Written = Callable[[Node], str]
"""Writes a term on the base of a release, as N-Triples does unless something else is said."""


class Reference(NamedTuple):
    """A cell that names another thing by its key."""

    column: str
    kind: str
    key: str


def refuse_impossible(kind: str, key: str) -> None:
    """Raise ValueError where no thing of the kind can have the key."""
    if not KINDS[kind].accepts(key):
        raise ValueError(f"no {kind} can have the key {key}; one is like {EXAMPLES[kind]}")


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a column whose cells are keys of a kind; that the thing exists is checked when all tables are read."""

    kind: str

    def accept(self, key: str) -> str:
        """The key, where a thing of the kind can have it."""
        refuse_impossible(self.kind, key)
        return key

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the form of the key when the row is read."""
        return core_schema.no_info_after_validator_function(self.accept, handler(source))


_MOST_DIGITS = 18
"""Digits of a whole number that every engine reckons with: integers of 64 bits have room for them."""


def _number(value: object) -> object:
    """Only plain digits are numbers in a table: no sign, no space, no leading zero, no decimals."""
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]*", value, re.ASCII) is None:
        raise ValueError("write a whole number with the digits 0-9 only")
    if isinstance(value, str) and len(value) > _MOST_DIGITS:
        raise ValueError(f"write a number of at most {_MOST_DIGITS} digits: no query reckons with more")
    return int(value) if isinstance(value, str) else value


def _address(value: str) -> str:
    """Only what the store takes for an IRI is an address."""
    try:
        ox.NamedNode(value)
    except ValueError as error:
        raise ValueError(f"this is no web address: {error}") from error
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:  # a port that is none
        raise ValueError(f"this is no web address: {str(error).lower()}") from error
    if not host:
        raise ValueError("this is no web address: it names no host")
    return value


def _day(value: str) -> str:
    """Only a day that there is or was, written YYYY-MM-DD, is a day; our sources are not older than 1900."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value, re.ASCII) is None:
        raise ValueError("write a day as YYYY-MM-DD")
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("there is no such day") from error
    _year(value[:4])
    return value


def _year(value: str) -> str:
    if re.fullmatch(r"19[0-9]{2}|20[0-9]{2}", value, re.ASCII) is None:
        raise ValueError("write a year between 1900 and 2099")
    return value


def _year_or_day(value: str) -> str:
    return _day(value) if "-" in value else _year(value)


Number = Annotated[int, BeforeValidator(_number)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(refuse_unwritten)]
Slug = Annotated[
    str,
    Spelt(
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "skriv små bokstäver a–z, siffror och bindestreck mellan dem, till exempel lst-skane-atgarder",
        "write small letters a–z, digits and hyphens between them, such as lst-skane-atgarder",
    ),
]
Url = Annotated[
    str,
    Spelt(r"https?://.*", "skriv hela adressen, med https:// först", "write the whole address, with https:// first"),
    AfterValidator(_address),
]
Day = Annotated[str, AfterValidator(_day)]
YearOrDay = Annotated[str, AfterValidator(_year_or_day)]
WikidataId = Annotated[str, Spelt(r"Q[1-9][0-9]*", "skriv som Q31", "write it like Q31")]


class Match(StrEnum):
    """How near a thing of others is to ours; `none` where the two were compared and differ."""

    EXACT = "exact"
    CLOSE = "close"
    NONE = "none"

    def predicate(self) -> URIRef | None:
        """The SKOS property of the match, None where there is nothing to link."""
        return {Match.EXACT: SKOS.exactMatch, Match.CLOSE: SKOS.closeMatch}.get(self)


class Row(BaseModel):
    """One line of a curated table.

    A subclass names its `table` (the file without `.csv`), the kind of thing its rows `defines` (None where
    they add to things that another table defines), its `key` within the table and its `subject`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[str]
    defines: ClassVar[str | None] = None
    key_column: ClassVar[str]
    is_bulk: ClassVar[bool] = False  # True: there are very many of them, or each says very much

    _line: int = PrivateAttr(default=0)
    _file: str = PrivateAttr(default="")
    _delivered: str = PrivateAttr(default="")

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """The key stands in the first column of a table, unless its class says otherwise."""
        if "key_column" not in cls.__dict__:
            cls.key_column = cls.columns()[0]

    @model_validator(mode="after")
    def _has_a_possible_key(self) -> Self:
        if self.defines is not None:
            refuse_impossible(self.defines, self.key)
        return self

    @classmethod
    @cache
    def columns(cls) -> tuple[str, ...]:
        """The columns of the table, in order."""
        return tuple(cls.model_fields)

    @property
    def line(self) -> int:
        """The line of the file on which the row begins, from 1."""
        return self._line

    @property
    def file(self) -> str:
        """The file that the row stands in: the table by its name, unless somebody else delivered it."""
        return self._file or f"{self.table}.csv"

    @property
    def delivered(self) -> str:
        """The file that the row stands in, and its sheet, where somebody else delivered it; else empty."""
        return self._delivered

    def place_of(self, fact: Fact) -> Place:
        """The cell that a fact comes from."""
        return Place(self.file, self.line, fact.cell)

    @property
    @abstractmethod
    def key(self) -> str:
        """What tells this row from the others of its table; where the table defines a kind, the thing's key."""

    @property
    def subject(self) -> URIRef:
        """The thing the row is about: by default, the one whose key it defines."""
        if self.defines is None:
            raise TypeError(f"{type(self).__name__} defines nothing, so it must say what it is about")
        return iri.mint(self.defines, self.key)

    @property
    @abstractmethod
    def stated_by(self) -> str:
        """The id of the source that states the row."""

    @property
    @abstractmethod
    def sureness(self) -> Confidence:
        """How sure it is that the source states it."""

    @abstractmethod
    def facts(self) -> Iterator[Fact]:
        """What the row states."""

    def ntriples(self, written: Written) -> Iterator[str]:
        """Everything the row puts into its graph, as N-Triples lines without the final full stop."""
        return lines_of(statements(self), written)

    def told(self, written: Written) -> Statements:
        """The same, with the order in it that the row knows of."""
        return Statements(list(self.ntriples(written)))

    def references(self) -> Iterator[Reference]:
        """The things that the row names by their keys."""
        for column, kind in _referring(type(self)):
            value = getattr(self, column)
            if value is not None:
                yield Reference(column, kind, value)

    def says(self, predicate: URIRef, value: Node, cell: str) -> Fact:
        """A fact about the subject of the row."""
        return Fact(self.subject, predicate, value, cell)


@cache
def _referring(model: type[Row]) -> tuple[tuple[str, str], ...]:
    """The columns of a row class that name things, each with the kind of thing."""
    found = []
    for column, described in model.model_fields.items():
        of_a_choice = (mark for choice in get_args(described.annotation) for mark in get_args(choice)[1:])
        marks = (*described.metadata, *of_a_choice)  # in a cell that may be empty the mark is in a choice
        found += [(column, mark.kind) for mark in marks if isinstance(mark, Refers)]
    return tuple(found)


class Claim(Row):
    """A row that names its source and its confidence in its last two columns, as all but `sources.csv` do."""

    source_id: Annotated[str, Refers("source")]
    confidence: Confidence

    @classmethod
    @cache
    def columns(cls) -> tuple[str, ...]:
        """The columns of the table; source and confidence come last."""
        own = (name for name in cls.model_fields if name not in {"source_id", "confidence"})
        return (*own, "source_id", "confidence")

    @property
    def stated_by(self) -> str:
        """The id of the source that states the row."""
        return self.source_id

    @property
    def sureness(self) -> Confidence:
        """How sure it is that the source states it."""
        return self.confidence


class About(Claim):
    """A claim about one thing that another table defines; the first column holds the thing's key."""

    about: ClassVar[str]

    @property
    def thing(self) -> str:
        """The key of the thing."""
        return str(getattr(self, type(self).columns()[0]))

    @property
    def key(self) -> str:
        """The key of the thing, where the table says one thing of each."""
        return self.thing

    @property
    def subject(self) -> URIRef:
        """The thing."""
        return iri.mint(self.about, self.thing)


def things_of(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """The kinds and keys of the things that rows define."""
    return {(row.defines, row.key) for row in rows if row.defines is not None}


def text(value: str, language: str) -> Literal:
    """A literal in a language."""
    return Literal(value, lang=language)


def plain(value: str) -> Literal:
    """A literal without language: a code, a name that is no text."""
    return Literal(value)


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(value, datatype=XSD.integer)


def year(value: str) -> Literal:
    """An xsd:gYear from its four digits."""
    return Literal(value, datatype=XSD.gYear)


def day(value: str) -> Literal:
    """An xsd:date from a day as YYYY-MM-DD."""
    return Literal(value, datatype=XSD.date)


def statements(row: Row) -> list[Fact]:
    """Everything a row puts into its graph: what it states, and itself as a node."""
    stated = list(row.facts())
    return [*stated, *links_to(row, stated), *described(row)]


def lines_of(facts: Iterable[Fact], written: Written) -> Iterator[str]:
    """Facts as N-Triples lines without the final full stop."""
    return (f"{written(subject)} {written(predicate)} {written(value)}" for subject, predicate, value, _ in facts)


def node_of(row: Row) -> URIRef:
    """The row as a node."""
    return iri.mint("row", f"{row.table}/{row.key}")


def links_to(row: Row, stated: Iterable[Fact]) -> Iterator[Fact]:
    """A link to the row from each thing that it speaks of."""
    node = node_of(row)
    return (Fact(thing, MG.statedIn, node, "source_id") for thing in dict.fromkeys(fact.subject for fact in stated))


def described(row: Row) -> Iterator[Fact]:
    """What is said of the row itself."""
    node = node_of(row)
    yield from (Fact(node, *said) for said in said_of_rows(row.table, row.delivered, row.stated_by, row.sureness))
    yield Fact(node, MG.line, integer(row.line), "source_id")


@lru_cache(1000)  # who delivers has many files
def said_of_rows(table: str, delivered: str, stated_by: str, sureness: Confidence) -> tuple[Said, ...]:
    """What is said of each row of a table that one source states, but for its line."""
    return (
        (RDF.type, MG.Row, "source_id"),
        (MG.table, plain(table), "source_id"),
        *([(MG.inFile, plain(delivered), "source_id")] if delivered else []),
        (DCTERMS.source, iri.mint("source", stated_by), "source_id"),
        (MG.confidence, iri.concept(sureness), "confidence"),
    )
