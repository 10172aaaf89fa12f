"""What live sources give, whatever they are: data sets, and series with the values of their years.

The claim is the series: a row for each value would say the same source and the same confidence many thousand times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from sys import intern  # years, statuses and tails come many times, and are held once
from typing import Annotated, Any, NamedTuple

import pyoxigraph as ox
from pydantic import InstanceOf
from rdflib import Literal, URIRef

from loaders.areas import Area, area_iri, area_reference
from loaders.live import LiveSource
from loaders.observations import SectorKey
from loaders.row import (
    Claim,
    Fact,
    Name,
    Reference,
    Refers,
    Row,
    Said,
    Url,
    Written,
    node_of,
    plain,
    said_of_rows,
    text,
    year,
)
from loaders.stated import Owner, Statements
from ontology import iri
from ontology.namespaces import DCTERMS, MG, QB, RDF, SKOS, XSD, SDMXAttribute, SDMXDimension, SDMXMeasure
from ontology.schemes import Sex, Unit
from ontology.structures import SliceKey, Structure
from shapes.series import Series, are_usual, series_with

SEX_IN_WORDS = {Sex.TOTAL: "kvinnor och män", Sex.WOMEN: "kvinnor", Sex.MEN: "män"}
"""What the sexes are called in titles of series."""

_OF_EACH_VALUE = 8
"""How many statements a series makes of each of its values, or more: `LiveSeries.facts` has them."""


class Value(NamedTuple):
    """The value of a year, with the digits of the source, and its status there; empty where there is none."""

    year: str
    value: str
    status: str

    def __str__(self) -> str:
        """As a cell of a table has it: `2020=12.5 (Preliminary)`."""
        return f"{self.year}={self.value or '-'}" + (f" ({self.status})" if self.status else "")


Values = tuple[InstanceOf[Value], ...]
"""Some of the years of a series, as `Years` has them: there are too many for each to be made anew."""


class Division(NamedTuple):
    """What the observations of a series share besides an area: a sex or a sector, by its code."""

    code: str
    slice_key: SliceKey
    dimension: URIRef
    value: URIRef
    column: str


class LiveDataset(Claim):
    """A data set: its structure, who publishes it on what terms."""

    defines = "dataset"

    id: Name
    structure: Structure
    publisher: Name
    actor: Annotated[str, Refers("actor")] | None
    licence: Url
    attribution: Name
    note_sv: Name
    note_en: Name

    @property
    def key(self) -> str:
        """The name of the source and what the source calls it: `kolada-n00401`."""
        return self.id

    def facts(self) -> Iterator[Fact]:
        """What it is, and its terms."""
        yield self.says(RDF.type, QB.DataSet, "id")
        yield self.says(QB.structure, self.structure.iri, "structure")
        yield self.says(MG.publisherName, plain(self.publisher), "publisher")
        if self.actor:
            yield self.says(DCTERMS.publisher, iri.mint("actor", self.actor), "actor")
        yield self.says(DCTERMS.license, URIRef(self.licence), "licence")
        yield self.says(MG.attribution, plain(self.attribution), "attribution")
        yield self.says(DCTERMS.rights, text(self.note_sv, "sv"), "note_sv")
        yield self.says(DCTERMS.rights, text(self.note_en, "en"), "note_en")


class LiveSeries(Claim):
    """The values of a data set in an area, year by year; where it is divided, those of one part."""

    defines = "slice"
    is_bulk = True

    dataset: Annotated[str, Refers("dataset")]
    area: Area
    unit: Unit
    values: Values
    missing: Values
    not_over: tuple[str, ...] = ()  # the years that have a value and were not over when the source was fetched

    @property
    def division(self) -> Division | None:
        """What part of the data set it is, None where the data set is not divided."""
        return None

    @property
    def key(self) -> str:
        """`kolada-n00401/1280`: the data set and the area, and the part if any."""
        return self._key_of()

    def _key_of(self, *period: str) -> str:
        division = self.division
        return "/".join((self.dataset, self.area, *period, *((division.code,) if division else ())))

    def references(self) -> Iterator[Reference]:
        """The source, the data set, the area and what else its columns name."""
        yield from super().references()
        yield area_reference(self.area)

    def observation(self, value: Value) -> URIRef:
        """The observation of a year: `kolada-n00401/1280/2024`, and the part if any."""
        return iri.mint("observation", self._key_of(value.year))

    def facts(self) -> Iterator[Fact]:
        """The series and all its observations."""
        yield from self.facts_of_series()
        shared = list(self._shared())
        for value in self.values:
            me = self.observation(value)
            yield self.says(QB.observation, me, "values")
            yield from (Fact(me, *each) for each in shared)
            yield Fact(me, SDMXDimension.refPeriod, year(value.year), "values")
            number = Literal(value.value, datatype=XSD.decimal, normalize=False)
            yield Fact(me, SDMXMeasure.obsValue, number, "values")
            if value.status:
                yield Fact(me, MG.statusInSource, plain(value.status), "values")
            if value.year in self.not_over:
                yield Fact(me, MG.yearNotOver, year(value.year), "not_over")

    def told(self, written: Written) -> Statements:
        """The same as of any row, with the observations, the slice and the row in order: it is most of a release."""
        years = [value.year for value in self.values]
        if years != sorted(set(years)) or not are_usual(years, [value.value for value in self.values]):
            return super().told(written)
        me, node = written(self.subject), written(node_of(self))
        said: dict[str, list[str]] = {me: []}
        for subject, predicate, value, _ in self.facts_of_series():
            said.setdefault(written(subject), []).append(intern(f"{written(predicate)} {written(value)}"))
        link = f"{written(MG.statedIn)} {node}"
        observed = self._observed(link, written)
        of_slice = Owner(me, [*said.pop(me), link], written(QB.observation), observed)
        lines = [f"{thing} {tail}" for thing, tails in said.items() for tail in (*tails, link)]
        return Statements(lines, (of_slice, Owner(node, self._row(written))), observed)

    def _row(self, written: Written) -> list[str]:
        """What is said of the row itself."""
        alike = said_of_rows(self.table, self.delivered, self.stated_by, self.sureness)
        tails = [intern(f"{written(predicate)} {written(value)}") for predicate, value, _ in alike]
        return [*tails, f"{written(MG.line)} {ox.Literal(self.line)}"]  # as it is written on any base, sooner

    def _observed(self, link: str, written: Written) -> list[Series]:
        """The observations, with a link to the row: those alike but for the year and the value are one series."""
        if not self.values:
            return []
        head, end = self._around_year(written)
        shared = [intern(f"{written(predicate)} {written(value)}") for predicate, value, _ in self._shared()]
        parts: dict[tuple[str, str], dict[str, str]] = {}
        for when, value, status in self.values:
            parts.setdefault((status, when if when in self.not_over else ""), {})[when] = value
        return [
            series_with([link, *shared, *self._marks(*marks, written)], head, end, values)
            for marks, values in parts.items()
        ]

    def _marks(self, status: str, not_over: str, written: Written) -> Iterator[str]:
        """What is said of some observations only."""
        if status:
            yield f"{written(MG.statusInSource)} {written(plain(status))}"
        if not_over:
            yield f"{written(MG.yearNotOver)} {written(year(not_over))}"

    def observed(self, written: Written) -> Iterator[tuple[str, Value]]:
        """Each observation as it is written, with its value."""
        if self.values:
            head, end = self._around_year(written)
            yield from ((f"{head}{value.year}{end}", value) for value in self.values)

    def _around_year(self, written: Written) -> tuple[str, str]:
        """What the observations, of which there must be one, have before and after their years as they are written."""
        first = self.values[0]
        start, _, end = written(self.observation(first)).rpartition(f"/{first.year}")
        return f"{start}/", end

    def _shared(self) -> Iterator[Said]:
        """What is said of every observation of the series."""
        yield RDF.type, QB.Observation, "values"
        yield QB.dataSet, iri.mint("dataset", self.dataset), "dataset"
        yield SDMXDimension.refArea, area_iri(self.area), "area"
        if division := self.division:
            yield division.dimension, division.value, division.column
        yield SDMXAttribute.unitMeasure, iri.concept(self.unit), "unit"

    def facts_of_series(self) -> Iterator[Fact]:
        """The series alone, without its observations."""
        me, division = self.subject, self.division
        yield Fact(me, RDF.type, QB.Slice, "dataset")
        yield Fact(me, QB.sliceStructure, (division.slice_key if division else SliceKey.AREA).iri, "dataset")
        yield Fact(me, SDMXDimension.refArea, area_iri(self.area), "area")
        yield Fact(iri.mint("dataset", self.dataset), QB.slice, me, "dataset")
        if division:
            yield Fact(me, division.dimension, division.value, division.column)
        if self.values:
            yield Fact(me, MG.firstYear, year(min(self.values).year), "values")
            yield Fact(me, MG.lastYear, year(max(self.values).year), "values")
        for gap in self.missing:
            yield Fact(me, MG.missingIn, year(gap.year), "missing")
            if gap.status:
                yield Fact(me, MG.statusInSource, plain(f"{gap.year} {gap.status}"), "missing")
        yield from (Fact(me, MG.yearNotOver, year(when), "not_over") for when in self.not_over)


class DividedSeries(LiveSeries):
    """The values of an area, and of one sex or sector where the data set is divided so."""

    sex: Sex | None
    sector: SectorKey | None
    title_sv: Name

    @property
    def division(self) -> Division | None:
        """The sex or the sector, where there is one."""
        if self.sex is not None:
            return Division(self.sex, SliceKey.AREA_SEX, SDMXDimension.sex, iri.concept(self.sex), "sex")
        if self.sector is not None:
            return Division(self.sector, SliceKey.AREA_SECTOR, MG.sector, iri.mint("sector", self.sector), "sector")
        return None

    def facts_of_series(self) -> Iterator[Fact]:
        """What every series says, and its title."""
        yield from super().facts_of_series()
        yield self.says(SKOS.prefLabel, text(self.title_sv, "sv"), "title_sv")


class Years(NamedTuple):
    """The years of a series that have a value, and those that have none."""

    values: tuple[Value, ...]
    missing: tuple[Value, ...]

    @classmethod
    def of(cls, values: dict[str, tuple[str, str]]) -> Years:
        """The values and statuses by year, in order."""
        there: list[Value] = []
        missing: list[Value] = []
        for when, (value, status) in sorted(values.items()):
            (there if value else missing).append(Value(intern(when), value, intern(status)))
        return cls(tuple(there), tuple(missing))


def statements_at_least(rows: Iterable[Row]) -> int:
    """How many statements rows make at least: those of the values of series, which are most of them."""
    return sum(len(row.values) * _OF_EACH_VALUE for row in rows if isinstance(row, LiveSeries))


def on_line(number: int, row: Row) -> Row:
    """A row that no table has: it stands on a line of the table that is written of it."""
    row._line = number
    return row


def on_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with the lines on which they stand in the table that is written of them."""
    return (on_line(number, row) for number, row in enumerate(rows, 2))


def terms_of(source: LiveSource) -> dict[str, Any]:
    """What a data set says of its publisher and its terms, as the sources file has them."""
    return {
        "publisher": source.publisher,
        "actor": source.actor,
        "licence": source.licence,
        "attribution": source.attribution,
        "note_sv": source.note.sv,
        "note_en": source.note.en,
    }
