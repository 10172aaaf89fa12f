"""A table of PxWeb as a data set: a series for each area, and each sex or sector where it is divided so.

The title is the service's own name of the table and of the values that were chosen, and the digits are those of its
answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import Any

from loaders.by_class import by_class
from loaders.counties import County
from loaders.countries import Country
from loaders.datasets import AboutDataset
from loaders.json_answers import Page, read_json
from loaders.json_stat import Dimension, read_cells, read_dimensions
from loaders.live import LiveSource
from loaders.live_series import SEX_IN_WORDS, DividedSeries, LiveDataset, Years, on_line, terms_of
from loaders.moments import is_year
from loaders.municipalities import Municipality
from loaders.observations import Sector
from loaders.pxweb_api import Addresses, read_variables, selection_of, table_of, title_of
from loaders.pxweb_mapping import Table
from loaders.row import Fact, Name, Row, text
from loaders.sources import EDITORS
from ontology.namespaces import DCTERMS
from ontology.schemes import Confidence, Sex, Unit
from ontology.structures import Structure

_MOST_NAMED = 5

Values = dict[tuple[str, str], dict[str, tuple[str, str]]]
"""Digits and statuses by area and part (empty where there are none), and then by year."""


class PxWebDataset(LiveDataset):
    """A table as a data set: one value of each dimension that is neither area, year, sex nor sector."""

    table = "pxweb_datasets"

    title_sv: Name

    def facts(self) -> Iterator[Fact]:
        """What every data set says, and its title."""
        yield from super().facts()
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")


class PxWebTranslation(AboutDataset):
    """What the table is called in English, by the sources file."""

    table = "pxweb_translations"

    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(DCTERMS.title, text(self.title_en, "en"), "title_en")


class PxWebSeries(DividedSeries):
    """The values of an area, and of one sex or sector where the table is divided so."""

    table = "pxweb_series"


TABLES: tuple[type[Row], ...] = (PxWebDataset, PxWebTranslation, PxWebSeries)
"""What tables become rows of."""


def dataset_of(source: str) -> str:
    """The key of the data set that a source gives."""
    return f"pxweb-{source}"


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row]:
    """The data set and the series in the answers of a service, joined to the areas and sectors that some rows define.

    Raises ValueError with the address and the place of the first fault.
    """
    table, addresses, bodies = table_of(source), Addresses.of(source), dict(answers)
    if addresses.table not in bodies:
        raise ValueError(f"{addresses.table} was not fetched")
    about = _told(addresses.table, read_json, bodies[addresses.table])
    variables = _told(addresses.table, lambda page: _fitting(table, page), about)
    names = _names(rows)
    areas = _told(addresses.table, lambda found: _areas(table, found[table.area], names), variables)
    values: Values = {}
    for url in sorted(url for url in bodies if url.startswith(f"{addresses.values}#")):
        _told(url, lambda body: _take(table, variables, areas, read_json(body), values), bodies[url])
    wanted, held = prod(map(len, selection_of(table, about).values())), sum(map(len, values.values()))
    if held != wanted:
        raise ValueError(
            f"{addresses.values}: {held:,} of {wanted:,} values are there; `miljograf fetch` gets them anew"
        )
    title = _title(table, variables, title_of(about))
    return list(_described(source, table, title, values, names))


def _told(url: str, read: Any, given: Any) -> Any:
    try:
        return read(given)
    except ValueError as error:
        raise ValueError(f"{url}: {error}") from error


def _fitting(table: Table, page: Page) -> dict[str, Dimension]:
    """The dimensions of a table that the mapping fits, in the unit that it says."""
    selection_of(table, page)
    variables = read_variables(table, page)
    _refuse_other_unit(table, variables)
    return variables


def _refuse_other_unit(table: Table, dimensions: Mapping[str, Dimension]) -> None:
    """Raise ValueError where a table says another unit than the mapping."""
    for code, value in table.values.items():
        unit = dimensions[code].units.get(value) if code in dimensions else None
        if unit is not None and unit != table.unit_in_table:
            raise ValueError(
                f"{code} {value} is in {unit}, and the sources file says {table.unit_in_table or 'nothing'} of it "
                "(unit_in_table): values are not converted"
            )


def _names(rows: Iterable[Row]) -> dict[str, Mapping[str, str]]:
    """The names of areas and of sectors by their codes."""
    rows = by_class(rows)
    nation = {row.code: row.name_sv for row in rows.of(Country)}
    counties = {row.code: row.name_sv for row in rows.of(County)}
    municipalities = {row.code: row.name_sv for row in rows.of(Municipality)}
    sectors = {row.slug: row.name_sv for row in rows.of(Sector)}
    return {"area": nation | counties | municipalities, "sector": sectors}


def _areas(table: Table, dimension: Dimension, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Our area for each code of a table. Raises ValueError for codes that neither we nor the mapping have."""
    areas = {code: table.areas.get(code, code) for code in dimension.categories if code not in table.without_areas}
    unknown = [f"{code} ({dimension.categories[code]})" for code, area in areas.items() if area not in names["area"]]
    if unknown:
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        raise ValueError(
            f"there is no area {', '.join(unknown[:_MOST_NAMED])}{more} in our tables: say which it is (areas), "
            "or that it is none of ours (without_areas)"
        )
    if sectors := sorted(set(table.sectors.values()) - names["sector"].keys()):
        raise ValueError(f"there is no sector {', '.join(sectors)} in sectors.csv")
    return areas


def _take(
    table: Table, variables: Mapping[str, Dimension], areas: Mapping[str, str], page: Page, values: Values
) -> None:
    """Put the cells of one answer to the others."""
    expected, dimensions = {code for code in variables if code not in table.left_out}, read_dimensions(page)
    _refuse_other_unit(table, dimensions)
    if dimensions.keys() != expected:
        told = ", ".join(sorted(dimensions.keys() ^ expected))
        raise ValueError(f"the dimensions are not those that were asked for: {told}")
    _refuse_not_asked_for(table, areas, dimensions)
    in_order, parts = list(dimensions), table.parts
    area_at, year_at = in_order.index(table.area), in_order.index(table.year)
    part_at = in_order.index(table.divided_by) if table.divided_by else None
    for codes, digits, status in read_cells(page):
        part = "" if part_at is None else parts[codes[part_at]]
        years, read = values.setdefault((areas[codes[area_at]], part), {}), (digits, status)
        if years.setdefault(codes[year_at], read) != read:
            raise ValueError(_two_values(codes[area_at], codes[year_at], digits, years[codes[year_at]][0]))


def _refuse_not_asked_for(table: Table, areas: Mapping[str, str], dimensions: Mapping[str, Dimension]) -> None:
    """Raise ValueError where a category of an answer is none of those that were asked for."""
    for code, value in table.values.items():
        if other := dimensions[code].categories.keys() - {value}:
            raise ValueError(f"{code} is {min(other)}, and {value} was asked for")
    known = {table.area: areas.keys(), **({table.divided_by: table.parts.keys()} if table.divided_by else {})}
    for code, asked in known.items():
        if other := dimensions[code].categories.keys() - asked:
            raise ValueError(f"{code} is {min(other)}, which was not asked for")
    if others := [year for year in dimensions[table.year].categories if not is_year(year)]:
        raise ValueError(f"{table.year} is {others[0]!r}, which is no year between 1900 and 2099")


def _two_values(area: str, year: str, here: str, before: str) -> str:
    return f"{area} {year} is {here or 'nothing'} here and {before or 'nothing'} before: only one can hold"


def _title(table: Table, variables: Mapping[str, Dimension], title: str) -> str:
    """The name of the table, and of the values that were chosen, with the unit where we have none for it."""
    chosen = [variables[code].categories[value] for code, value in table.values.items()]
    unit = [table.unit_in_table] if table.unit is Unit.AS_NAMED and table.unit_in_table else []
    return ": ".join(filter(None, (title, ", ".join([*chosen, *unit]))))


def _described(
    source: LiveSource, table: Table, title: str, values: Values, names: Mapping[str, Mapping[str, str]]
) -> Iterator[Row]:
    """The rows in the order of their keys; of a table without any value there are none."""
    held = {key: years for key, found in sorted(values.items()) if (years := Years.of(found)).values}
    if not held:
        return
    structure = (
        Structure.AREA_YEAR_SEX if table.sex else Structure.AREA_YEAR_SECTOR if table.sector else Structure.AREA_YEAR
    )
    dataset = dataset_of(source.id)
    yield on_line(
        2,
        PxWebDataset(
            id=dataset,
            structure=structure,
            title_sv=title,
            source_id=source.id,
            confidence=Confidence.CERTAIN,
            **terms_of(source),
        ),
    )
    named = PxWebTranslation(dataset=dataset, title_en=table.title_en, source_id=EDITORS, confidence=Confidence.LIKELY)
    yield on_line(2, named)
    for line, ((area, part), years) in enumerate(held.items(), 2):
        sex = Sex(part) if table.sex else None
        words = SEX_IN_WORDS[sex] if sex else names["sector"].get(part, "")
        yield on_line(
            line,
            PxWebSeries(
                dataset=dataset,
                area=area,
                sex=sex,
                sector=part if table.sector else None,
                title_sv=", ".join(filter(None, (title, names["area"][area], words))),
                unit=table.unit,
                values=years.values,
                missing=years.missing,
                source_id=source.id,
                confidence=Confidence.CERTAIN,
            ),
        )
