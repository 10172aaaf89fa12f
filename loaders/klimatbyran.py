"""Klimatbyrån's emission data: what each release of its files has measured of the nation, counties and municipalities.

What the project has computed of it is not read: trends, changes in per cent, approximated and future years. What each
field of the files is, and why it is read or not, stands in docs/fetch.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Literal

from loaders.counties import County, CountyTranslation
from loaders.countries import Country
from loaders.datasets import AboutDataset, DatasetObjective
from loaders.klimatbyran_api import name_of, read_files, release_of
from loaders.klimatbyran_figures import FIGURES, Figure, Known, Values, read_figure, refuse_to_come
from loaders.live import KnownRelease, LiveSource
from loaders.live_series import Division, LiveDataset, LiveSeries, Years, on_line
from loaders.moments import Moment
from loaders.municipalities import Municipality, MunicipalityName
from loaders.observations import Observation, Sector, SectorKey, SectorTranslation, SliceTitle
from loaders.row import Fact, Name, Row, plain, text, year
from loaders.sources import EDITORS
from ontology import iri
from ontology.namespaces import DCAT, DCTERMS, MG, XSD
from ontology.schemes import Confidence
from ontology.structures import SliceKey
from ontology.text import Text

_MOST_TOLD = 5


class KlimatbyranDataset(LiveDataset):
    """One figure of one release; a release of the files is a version, and so each has data sets of its own."""

    table = "klimatbyran_datasets"

    version: Name
    issued: Moment | None
    origin: Name | None

    def facts(self) -> Iterator[Fact]:
        """What every data set says, the release it is of and where its values were taken from."""
        yield from super().facts()
        yield self.says(DCAT.version, plain(self.version), "version")
        if self.issued:
            yield self.says(MG.issuedYear, year(self.issued[: len("2026")]), "issued")
        if self.issued and len(self.issued) > len("2026"):
            month = Literal(self.issued[: len("2026-08")], datatype=XSD.gYearMonth)
            yield self.says(MG.issuedMonth, month, "issued")
        if self.origin:
            yield self.says(MG.dataOrigin, plain(self.origin), "origin")


class KlimatbyranTitle(AboutDataset):
    """What a data set is called: by the editors, for the files have no titles."""

    table = "klimatbyran_titles"

    title_sv: Name
    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """The titles."""
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")
        yield self.says(DCTERMS.title, text(self.title_en, "en"), "title_en")


class KlimatbyranObjective(DatasetObjective):
    """The objective that a data set gives knowledge of: by the editors."""

    table = "klimatbyran_objectives"


class KlimatbyranSeries(LiveSeries):
    """The values of an area, and of one sector where there are sectors."""

    table = "klimatbyran_series"

    sector: SectorKey | None

    @property
    def division(self) -> Division | None:
        """The sector, where there is one."""
        if self.sector is None:
            return None
        return Division(self.sector, SliceKey.AREA_SECTOR, MG.sector, iri.mint("sector", self.sector), "sector")


class KlimatbyranSeriesTitle(SliceTitle):
    """What a series is called: by the editors."""

    table = "klimatbyran_series_titles"
    is_bulk = True


TABLES: tuple[type[Row], ...] = (
    KlimatbyranDataset,
    KlimatbyranTitle,
    KlimatbyranObjective,
    KlimatbyranSeries,
    KlimatbyranSeriesTitle,
)
"""What the files become rows of."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What areas and sectors are called in titles."""

    sv: Mapping[str, str]
    en: Mapping[str, str]
    sectors_sv: Mapping[str, str]
    sectors_en: Mapping[str, str]

    @classmethod
    def of(cls, rows: list[Row]) -> _Names:
        swedish = {row.code: row.name_sv for row in rows if isinstance(row, Country | County | Municipality)}
        english = {row.code: row.name_en for row in rows if isinstance(row, Country)}
        english |= {row.county: row.name_en for row in rows if isinstance(row, CountyTranslation)}
        english |= {row.municipality: row.long_name_en for row in rows if isinstance(row, MunicipalityName)}
        return cls(
            sv=swedish,
            en=english,
            sectors_sv={"": "", **{row.slug: row.name_sv for row in rows if isinstance(row, Sector)}},
            sectors_en={"": "", **{row.sector: row.name_en for row in rows if isinstance(row, SectorTranslation)}},
        )

    def title(self, figure: Figure, area: str, sector: str) -> Text:
        """The title of a series; none in English where it would need a name that nobody gives."""
        swedish = figure.series.sv.format(area=self.sv[area], sector=self.sectors_sv[sector])
        if area not in self.en or sector not in self.sectors_en:
            return Text(swedish, "")
        return Text(swedish, figure.series.en.format(area=self.en[area], sector=self.sectors_en[sector]))


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row]:
    """The data sets and series of a release of the files, joined to the areas and sectors that some rows define.

    A data set that the rows have already, of the same release, is not made again: its values must be the same. Raises
    ValueError with the file and the place of the first fault.
    """
    rows = list(rows)
    items, checksum = read_files(source, answers)
    release = release_of(source, checksum)
    if release:
        for file, found_in_it in items.items():
            try:
                refuse_to_come(file, found_in_it, release.issued[: len("2026")])
            except ValueError as error:
                raise ValueError(f"{source.address}{file}: {error}") from error
    known, found = Known.of(rows), []
    for figure in FIGURES:
        when = release.years.get(figure.name) if release and not figure.has_years else None
        values = read_figure(figure, items, known, when)
        if any(digits for years in values.values() for digits in years.values()) and not (
            release and _is_in(rows, figure, release, values)
        ):
            found.append((figure, values))
    described = list(_described(source, release, name_of(checksum), found, _Names.of(rows)))
    tables = Counter[str]()
    for row in described:
        tables[row.table] += 1
        on_line(1 + tables[row.table], row)  # after the head of its table
    return described


def _is_in(rows: Iterable[Row], figure: Figure, release: KnownRelease, values: Values) -> bool:
    """True where the tables have all values of a figure, and the same. Raises ValueError where they differ."""
    dataset = f"{figure.name}-{release.key}"
    own = {
        (row.area, row.sector or "", row.period): row
        for row in rows
        if isinstance(row, Observation) and row.dataset == dataset
    }
    if not own:
        return False
    given = {(*part, when): digits for part, years in values.items() for when, digits in years.items() if digits}
    faults = [
        f"{row.table}.csv:{row.line} has {row.value} for {row.key}, and the file {given.get(part) or 'nothing'}"
        for part, row in own.items()
        if given.get(part) != row.value
    ]
    faults += [
        f"observations.csv has nothing for {dataset}, {', '.join(filter(None, part))}, and the file {digits}"
        for part, digits in given.items()
        if part not in own
    ]
    if faults:
        more = f"; and {len(faults) - _MOST_TOLD} more" if len(faults) > _MOST_TOLD else ""
        told = "; ".join(faults[:_MOST_TOLD])
        raise ValueError(f"{', '.join(figure.files)}: the tables have the same release, and differ: {told}{more}")
    return True


def _described(
    source: LiveSource, release: KnownRelease | None, name: str, found: Iterable[tuple[Figure, Values]], names: _Names
) -> Iterator[Row]:
    """The rows of every figure in the order of their keys; a series without any value is left out."""
    ending = release.key if release else name
    for figure, values in sorted(found, key=lambda pair: pair[0].name):
        dataset = f"klimatbyran-{figure.name}-{ending}"
        sureness = Confidence.CERTAIN if figure.has_years else Confidence.LIKELY  # the files do not say the year
        yield KlimatbyranDataset(
            id=dataset,
            structure=figure.structure,
            publisher=source.publisher,
            actor=source.actor,
            licence=source.licence,
            attribution=source.attribution,
            note_sv=f"{source.note.sv} {figure.note.sv}".strip(),
            note_en=f"{source.note.en} {figure.note.en}".strip(),
            version=release.version if release else name,
            issued=release.issued if release else None,
            origin=figure.origin,
            source_id=source.id,
            confidence=Confidence.CERTAIN,
        )
        title = {"title_sv": f"{figure.title.sv} ({ending})", "title_en": f"{figure.title.en} ({ending})"}
        yield KlimatbyranTitle(dataset=dataset, **title, source_id=EDITORS, confidence=Confidence.LIKELY)
        if figure.objective:
            yield KlimatbyranObjective(
                dataset=dataset, objective=figure.objective, source_id=EDITORS, confidence=Confidence.LIKELY
            )
        for area, sector in sorted(values):
            held = Years.of({when: (digits, "") for when, digits in values[area, sector].items()})
            if not held.values:
                continue
            series = KlimatbyranSeries(
                dataset=dataset,
                area=area,
                sector=sector or None,
                unit=figure.unit,
                values=held.values,
                missing=held.missing,
                source_id=source.id,
                confidence=sureness,
            )
            yield series
            called = names.title(figure, area, sector)
            yield KlimatbyranSeriesTitle(
                slice=series.key,
                title_sv=called.sv,
                title_en=called.en or None,
                source_id=EDITORS,
                confidence=Confidence.LIKELY,
            )
