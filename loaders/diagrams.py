"""Diagram exports of sverigesmiljomal.se: the values that the page of an indicator shows, as a data set of its own.

The file has neither title nor unit: those are what the sources file says, and the title is by default the name of the
indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated

from loaders.areas import names_of_territory
from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.datasets import AboutDataset
from loaders.diagram_files import LATEST, Values, read_values
from loaders.diagram_mapping import Diagram
from loaders.indicators import AboutIndicator, Indicator
from loaders.live import LiveSource
from loaders.live_series import SEX_IN_WORDS, DividedSeries, LiveDataset, Years, on_line, on_lines, terms_of
from loaders.moments import Year
from loaders.observations import Sector
from loaders.progress import Told
from loaders.row import Fact, Name, Refers, Row, text, year
from loaders.sources import EDITORS, Source
from ontology import iri
from ontology.namespaces import DCTERMS, MG
from ontology.schemes import Confidence, Sex
from ontology.structures import Structure

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DiagramDataset(LiveDataset):
    """A diagram as a data set, and the indicator on whose page it stands."""

    table = "diagram_datasets"

    indicator: Annotated[str, Refers("indicator")]

    def facts(self) -> Iterator[Fact]:
        """What every data set says, and whose values they are."""
        yield from super().facts()
        yield self.says(MG.valuesOf, iri.mint("indicator", self.indicator), "indicator")


class DiagramTitle(AboutDataset):
    """What it is called: by who wrote the sources file, for the export has no title."""

    table = "diagram_titles"

    title_sv: Name
    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """The titles."""
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")
        yield self.says(DCTERMS.title, text(self.title_en, "en"), "title_en")


class DiagramSeries(DividedSeries):
    """The values of a column."""

    table = "diagram_series"


class DiagramNewest(AboutIndicator):
    """The newest year that the diagrams of an indicator have a value of."""

    table = "diagram_newest_periods"

    newest_period: Year

    def facts(self) -> Iterator[Fact]:
        """The year."""
        yield self.says(MG.newestPeriod, year(self.newest_period), "newest_period")


TABLES: tuple[type[Row], ...] = (DiagramDataset, DiagramTitle, DiagramSeries)
"""What an export becomes rows of."""


def diagram_of(source: LiveSource) -> Diagram:
    """The diagram that a source names."""
    if source.diagram is None:
        raise ValueError(f"the source {source.id} names no diagram")
    return source.diagram


def fetch(client: Client, _: Sequence[str] | None, told: Told) -> list[Answer]:
    """The export, from this machine or from its address. Raises Unfetched."""
    diagram = diagram_of(client.source)
    latest = (diagram.retrieved or datetime.now(UTC).date().isoformat())[: len("2026")]
    if diagram.years_to_come:
        latest = LATEST

    def check(answer: Answer) -> None:
        try:
            read_values(diagram, answer.body, latest)
        except ValueError as error:
            raise Unfetched(answer.url, str(error)) from error

    told(0, 1)
    answer = client.take(diagram, check, WORKBOOK)
    told(1, 1)
    return [answer]


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row]:
    """The data set and the series of an export, of an indicator and areas that some rows define.

    Raises ValueError with the sheet and the cell of each fault.
    """
    diagram, bodies, rows = diagram_of(source), dict(answers), list(rows)
    called = diagram.key(source.address)
    if called not in bodies:
        raise ValueError(f"{called} was not fetched; `miljograf fetch {source.id}` gets it")
    indicators = {row.key: row.name_sv for row in rows if isinstance(row, Indicator)}
    if diagram.indicator not in indicators:
        raise ValueError(f"there is no indicator {diagram.indicator} in indicators.csv")
    areas, sectors = names_of_territory(rows), {row.slug: row.name_sv for row in rows if isinstance(row, Sector)}
    for part in diagram.series.values():
        if (area := diagram.area_of(part)) not in areas:
            raise ValueError(f"there is no area {area} in our tables")
        if part.sector is not None and part.sector not in sectors:
            raise ValueError(f"there is no sector {part.sector} in sectors.csv")
    try:
        values = read_values(diagram, bodies[called])
    except ValueError as error:
        raise ValueError(f"{called}, {error}") from error
    title = diagram.title_sv or indicators[diagram.indicator]
    if diagram.unit_in_words:
        title = f"{title}, {diagram.unit_in_words}"
    return list(_described(source, diagram, title, values, areas | sectors))


def _described(
    source: LiveSource, diagram: Diagram, title: str, values: Values, names: Mapping[str, str]
) -> Iterator[Row]:
    """The rows in the order of their keys; `names` are those of areas and sectors."""
    dataset, first = f"diagram-{source.id}", next(iter(diagram.series.values()))
    by = Structure.AREA_YEAR_SEX if first.sex else Structure.AREA_YEAR_SECTOR if first.sector else Structure.AREA_YEAR
    yield on_line(
        2,
        DiagramDataset(
            id=dataset,
            structure=by,
            indicator=diagram.indicator,
            source_id=source.id,
            confidence=Confidence.CERTAIN,
            **terms_of(source),
        ),
    )
    yield on_line(
        2,
        DiagramTitle(
            dataset=dataset,
            title_sv=title,
            title_en=diagram.title_en,
            source_id=EDITORS,
            confidence=Confidence.LIKELY,
        ),
    )
    for line, ((area, part), found) in enumerate(sorted(values.items()), 2):
        years, sex = Years.of(found), Sex(part) if first.sex else None
        if not years.values:
            continue
        words = SEX_IN_WORDS[sex] if sex else names.get(part, "")
        yield on_line(
            line,
            DiagramSeries(
                dataset=dataset,
                area=area,
                sex=sex,
                sector=part if first.sector else None,
                title_sv=", ".join(filter(None, (title, names[area], words))),
                unit=diagram.unit,
                values=years.values,
                missing=years.missing,
                source_id=source.id,
                confidence=Confidence.CERTAIN,
            ),
        )


def newest(found: Sequence[Row]) -> list[Row]:
    """The newest year with a value, and begun, of each indicator in its diagrams."""
    indicators = {row.id: row.indicator for row in found if isinstance(row, DiagramDataset)}
    fetched = {row.id: row.retrieved[: len("2026")] for row in found if isinstance(row, Source)}
    years: dict[str, tuple[str, str]] = {}
    for row in found:
        if isinstance(row, DiagramSeries):
            indicator = indicators[row.dataset]
            begun = [value.year for value in row.values if value.year <= fetched[row.source_id]]
            years[indicator] = max([years.get(indicator, ("", "")), *((when, row.source_id) for when in begun[-1:])])
    return list(
        on_lines(
            DiagramNewest(indicator=indicator, newest_period=when, source_id=source, confidence=Confidence.CERTAIN)
            for indicator, (when, source) in sorted(years.items())
            if when
        )
    )
