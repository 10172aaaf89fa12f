"""The observations: values by area and year, in series, and the sectors that some of them are divided by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Annotated

from pydantic import PrivateAttr
from rdflib import Literal, URIRef

from loaders.areas import Area, area_iri, area_reference
from loaders.datasets import DatasetKey, DatasetLicence
from loaders.moments import Year
from loaders.row import About, Claim, Fact, Name, Reference, Refers, Row, Slug, text, year
from loaders.spelling import Spelt
from ontology import iri
from ontology.base import CANONICAL
from ontology.namespaces import MG, QB, RDF, SKOS, XSD, SDMXAttribute, SDMXDimension, SDMXMeasure
from ontology.schemes import EMISSION_SECTORS, Unit
from ontology.structures import SliceKey

SectorKey = Annotated[str, Refers("sector")]

NO_LICENCE = "the licence of its data set is not stated"
"""Why the values of a data set stay in their table."""


class Sector(Claim):
    """One sector of emissions by the Swedish name that its source gives it."""

    table = "sectors"
    defines = "sector"

    slug: Slug
    name_sv: Name

    @property
    def key(self) -> str:
        """The name in lower case, in the letters of keys."""
        return self.slug

    def facts(self) -> Iterator[Fact]:
        """What it is, its name, and the scheme it belongs to: dimensions of a Data Cube take concepts as values."""
        yield self.says(RDF.type, MG.Sector, "slug")
        yield self.says(RDF.type, SKOS.Concept, "slug")
        yield self.says(SKOS.inScheme, _SECTORS, "slug")
        yield self.says(SKOS.topConceptOf, _SECTORS, "slug")
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")


class SectorTranslation(About):
    """Its name in English."""

    table = "sector_translations"
    about = "sector"

    sector: SectorKey
    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class Slice(Claim):
    """One series: the observations of a data set that share an area, and a sector where there are sectors."""

    table = "slices"
    defines = "slice"

    dataset: DatasetKey
    area: Area
    sector: SectorKey | None = None

    @property
    def key(self) -> str:
        """`ghg-county-2026-08/12`: the data set and the area, and the sector if any."""
        return _series(self.dataset, self.area, self.sector)

    def references(self) -> Iterator[Reference]:
        """The source, the data set, the sector and the area."""
        yield from super().references()
        yield area_reference(self.area)

    def facts(self) -> Iterator[Fact]:
        """What it is, what its observations share, and that it belongs to its data set."""
        key = SliceKey.AREA_SECTOR if self.sector else SliceKey.AREA
        yield self.says(RDF.type, QB.Slice, "dataset")
        yield self.says(QB.sliceStructure, key.iri, "dataset")
        yield self.says(SDMXDimension.refArea, area_iri(self.area), "area")
        if self.sector:
            yield self.says(MG.sector, iri.mint("sector", self.sector), "sector")
        yield Fact(iri.mint("dataset", self.dataset), QB.slice, self.subject, "dataset")


class SliceTitle(About):
    """The title of a series; none in English where its sector has no name in it."""

    table = "slice_titles"
    about = "slice"

    slice: Annotated[str, Refers("slice")]
    title_sv: Name
    title_en: Name | None = None

    def facts(self) -> Iterator[Fact]:
        """What it is called."""
        yield self.says(SKOS.prefLabel, text(self.title_sv, "sv"), "title_sv")
        if self.title_en:
            yield self.says(SKOS.prefLabel, text(self.title_en, "en"), "title_en")


class SliceNote(About):
    """What has to be known before the values of a series are used, beside what is said of its data set."""

    table = "slice_notes"
    about = "slice"

    slice: Annotated[str, Refers("slice")]
    note_sv: Name
    note_en: Name

    def facts(self) -> Iterator[Fact]:
        """The note in both languages."""
        yield self.says(SKOS.note, text(self.note_sv, "sv"), "note_sv")
        yield self.says(SKOS.note, text(self.note_en, "en"), "note_en")


class Observation(Claim):
    """One value. A value that is missing has no row: it may be unknown or secret, and is never zero."""

    table = "observations"
    defines = "observation"
    key_column = "period"

    dataset: DatasetKey
    area: Area
    period: Year
    sector: SectorKey | None = None
    value: Annotated[
        str,
        Spelt(
            r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?",
            "skriv ett tal som 12, 0.5 eller -3.25, med högst 18 siffror på var sida om punkten",
            "write a number like 12, 0.5 or -3.25, with at most 18 digits on either side of the point",
        ),
    ]
    unit: Unit
    _ends: tuple[URIRef, ...] = PrivateAttr(default=())

    @property
    def key(self) -> str:
        """`ghg-county-2026-08/12/2024`: the data set, the area and the year, and the sector if any."""
        return "/".join(filter(None, (self.dataset, self.area, self.period, self.sector)))

    @property
    def series(self) -> str:
        """The key of the series that it belongs to."""
        return _series(self.dataset, self.area, self.sector)

    def references(self) -> Iterator[Reference]:
        """The source, the data set, the sector, the area and the series."""
        yield from super().references()
        yield area_reference(self.area)
        yield Reference("area", "slice", self.series)

    def facts(self) -> Iterator[Fact]:
        """The value with all that identifies it, and that it belongs to its series, whose first or last it may be."""
        yield self.says(RDF.type, QB.Observation, "dataset")
        yield self.says(QB.dataSet, iri.mint("dataset", self.dataset), "dataset")
        yield self.says(SDMXDimension.refArea, area_iri(self.area), "area")
        yield self.says(SDMXDimension.refPeriod, year(self.period), "period")
        if self.sector:
            yield self.says(MG.sector, iri.mint("sector", self.sector), "sector")
        yield self.says(SDMXMeasure.obsValue, Literal(self.value, datatype=XSD.decimal, normalize=False), "value")
        yield self.says(SDMXAttribute.unitMeasure, iri.concept(self.unit), "unit")
        series = iri.mint("slice", self.series)
        yield Fact(series, QB.observation, self.subject, "period")
        yield from (Fact(series, end, year(self.period), "period") for end in self._ends)


def find_ends(rows: Iterable[Row]) -> None:
    """Have the first observation of each series say that it is the first, and the last that it is the last."""
    of_series: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Observation):
            of_series[row.series].append(row)
    for observed in of_series.values():
        observed.sort(key=attrgetter("period"))
        ends = ((MG.firstYear, observed[0]), (MG.lastYear, observed[-1]))
        for one in observed:
            one._ends = tuple(end for end, which in ends if which is one)


def without_licence(rows: Iterable[Row]) -> list[Row]:
    """The series and the observations of data sets for which no licence is stated."""
    rows = list(rows)
    licensed = {row.dataset for row in rows if isinstance(row, DatasetLicence)}
    return [row for row in rows if isinstance(row, Slice | Observation) and row.dataset not in licensed]


_SECTORS = URIRef(f"{CANONICAL}def/{EMISSION_SECTORS}")


def _series(dataset: str, area: str, sector: str | None) -> str:
    return "/".join(filter(None, (dataset, area, sector)))
