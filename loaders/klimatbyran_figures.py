"""The figures in the files of Klimatbyrån that are measured, and the values of each by area, sector and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.counties import County
from loaders.countries import Country
from loaders.json_answers import Page, digits_of
from loaders.moments import is_year
from loaders.municipalities import Municipality
from loaders.observations import Sector
from loaders.row import Row
from ontology.schemes import Unit
from ontology.structures import Structure
from ontology.text import Text

Values = dict[tuple[str, str], dict[str, str]]
"""The digits by area and sector (empty where there are no sectors), and then by year; empty where there is no value."""

_DATABASE = "Nationella emissionsdatabasen (SMHI, Naturvårdsverket)"
_SECTORS = "sectors"
_NOTHING = Text("", "")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: where it stands in the files, what it is of, what its data set and its series are called.

    Its name ends the key of its data set; that of one without years finds its year in the sources file.
    """

    name: str
    files: tuple[str, ...]
    field: str
    title: Text
    series: Text
    unit: Unit = Unit.TONNE_CO2E
    origin: str | None = _DATABASE
    objective: str | None = "1"  # by the editors
    has_years: bool = True
    note: Text = _NOTHING  # what else is to be known of its values

    @property
    def has_sectors(self) -> bool:
        """True where it is divided by sector."""
        return self.field == _SECTORS

    @property
    def structure(self) -> Structure:
        """What its observations are identified by."""
        return Structure.AREA_YEAR_SECTOR if self.has_sectors else Structure.AREA_YEAR


_NO_YEAR = Text(
    "Filerna anger inget år: det är året för de uppgifter som Klimatbyrån räknar från.",
    "The files state no year: it is that of the data from which Klimatbyrån computes the figure.",
)
_TOTAL = Text("Territoriella växthusgasutsläpp, {area}", "Territorial greenhouse gas emissions, {area}")
_BY_SECTOR = Text("Växthusgasutsläpp i {area}: {sector}", "Greenhouse gas emissions in {area}: {sector}")

FIGURES = (
    Figure(
        "ghg-sector",
        ("nation-sector-emissions.json",),
        _SECTORS,
        Text("Växthusgasutsläpp per sektor, Sverige", "Greenhouse gas emissions by sector, Sweden"),
        _BY_SECTOR,
    ),
    Figure(
        "ghg-county",
        ("region-data.json",),
        "emissions",
        Text("Territoriella växthusgasutsläpp per län", "Territorial greenhouse gas emissions by county"),
        _TOTAL,
    ),
    Figure(
        "ghg-county-sector",
        ("region-sector-emissions.json",),
        _SECTORS,
        Text("Växthusgasutsläpp per län och sektor", "Greenhouse gas emissions by county and sector"),
        _BY_SECTOR,
    ),
    Figure(
        "ghg-municipality",
        ("municipality-data.json",),
        "emissions",
        Text("Territoriella växthusgasutsläpp per kommun", "Territorial greenhouse gas emissions by municipality"),
        _TOTAL,
    ),
    Figure(
        "ghg-municipality-sector",
        ("municipality-sector-emissions.json",),
        _SECTORS,
        Text("Växthusgasutsläpp per kommun och sektor", "Greenhouse gas emissions by municipality and sector"),
        _BY_SECTOR,
    ),
    Figure(
        "consumption",
        ("region-data.json", "municipality-data.json"),
        "totalConsumptionEmission",
        Text(
            "Konsumtionsbaserade växthusgasutsläpp per invånare",
            "Consumption-based greenhouse gas emissions per inhabitant",
        ),
        Text(
            "Konsumtionsbaserade växthusgasutsläpp per invånare, {area}",
            "Consumption-based greenhouse gas emissions per inhabitant, {area}",
        ),
        unit=Unit.TONNE_CO2E_PER_INHABITANT,
        origin=None,
        has_years=False,
        note=_NO_YEAR,
    ),
    Figure(
        "charging",
        ("region-data.json", "municipality-data.json"),
        "electricVehiclePerChargePoints",
        Text("Laddbara fordon per laddpunkt", "Chargeable vehicles per charging point"),
        Text("Laddbara fordon per laddpunkt, {area}", "Chargeable vehicles per charging point, {area}"),
        unit=Unit.VEHICLES_PER_CHARGING_POINT,
        origin=None,
        objective=None,
        has_years=False,
        note=_NO_YEAR,
    ),
    Figure(
        "cycling",
        ("municipality-data.json",),
        "bicycleMetrePerCapita",
        Text("Cykelnät per invånare", "Cycle network per inhabitant"),
        Text("Cykelnät per invånare, {area}", "Cycle network per inhabitant, {area}"),
        unit=Unit.METRE_PER_INHABITANT,
        origin=None,
        objective=None,
        has_years=False,
        note=_NO_YEAR,
    ),
)
"""What is read. What else the files hold is computed, or no measurement."""

_LEVELS = {
    "municipality-data.json": ("municipality", "name"),
    "municipality-sector-emissions.json": ("municipality", "name"),
    "nation-sector-emissions.json": ("country", "name"),
    "region-data.json": ("county", "region"),
    "region-sector-emissions.json": ("county", "name"),
}
"""The kind of the areas in each file, and the field with their names."""

_TABLES = {"municipality": "municipalities.csv", "county": "counties.csv", "country": "countries.csv"}


@dataclass(frozen=True, slots=True)
class Known:
    """The areas and the sectors that the tables define, by their Swedish names."""

    areas: Mapping[str, Mapping[str, str]]  # kind -> name -> code
    sectors: Mapping[str, str]
    counties: Mapping[str, str] = field(default_factory=dict)  # code of a municipality -> name of its county

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Known:
        """What some rows define."""
        rows = list(rows)
        municipalities = [row for row in rows if isinstance(row, Municipality)]
        counties = {row.code: row.name_sv for row in rows if isinstance(row, County)}
        return cls(
            {
                "country": {row.name_sv: row.code for row in rows if isinstance(row, Country)},
                "county": {name: code for code, name in counties.items()},
                "municipality": {row.name_sv: row.code for row in municipalities},
            },
            {row.name_sv: row.slug for row in rows if isinstance(row, Sector)},
            {row.code: counties[row.county] for row in municipalities},
        )


def read_figure(figure: Figure, items: Mapping[str, Sequence[Page]], known: Known, when: str | None) -> Values:
    """The values of a figure; `when` is the year of one without years. Raises ValueError with file and place."""
    found: Values = {}
    for file in figure.files:
        seen = set()
        for place, item in enumerate(items[file]):
            name = _name(item.get(_LEVELS[file][1]))
            try:
                area = _area(name, _LEVELS[file][0], item, known)
                seen.add(area)
                for sector, year, digits in _values(figure, item, known, when):
                    years = found.setdefault((area, sector), {})
                    if years.setdefault(year, digits) != digits:
                        before = years[year] or "nothing"
                        raise ValueError(f"{year} is {digits or 'nothing'} here and {before} before: only one can hold")
            except ValueError as error:
                raise ValueError(f"{file}: [{place}] {name}: {error}") from error
        _refuse_gaps(file, known.areas[_LEVELS[file][0]], seen)
    return found


def refuse_to_come(file: str, items: Sequence[Page], year: str) -> None:
    """Raise ValueError for values of a year that was not over in `year`, and so cannot have been measured then."""
    for figure in FIGURES:
        if file not in figure.files or not figure.has_years:
            continue
        for place, item in enumerate(items):
            years = item.get(figure.field)
            if isinstance(years, dict) and (
                to_come := sorted(when for when in years if is_year(when) and when >= year)
            ):
                raise ValueError(
                    f"[{place}] {_name(item.get(_LEVELS[file][1]))}: {figure.field}.{to_come[0]}: {to_come[0]} was not "
                    f"over in {year}, so this is no measurement; nothing is taken of files that have such values"
                )


def _values(figure: Figure, item: Page, known: Known, when: str | None) -> Iterator[tuple[str, str, str]]:
    """The sectors, years and digits of an area."""
    if figure.field not in item:
        raise ValueError(f"there is no {figure.field}")
    value = item[figure.field]
    if not figure.has_years:
        if when is not None:
            yield "", when, _digits(value, figure.field)
        return
    if not _object(value, figure.field):
        raise ValueError(f"{figure.field} has no year")
    for year, held in _object(value, figure.field).items():
        if not is_year(year):
            raise ValueError(f"{figure.field}: {year!r} is no year between 1900 and 2099")
        where = f"{figure.field}.{year}"
        if not figure.has_sectors:
            yield "", year, _digits(held, where)
            continue
        sectors = _object(held, where)
        if lacking := sorted(known.sectors.keys() - sectors.keys()):
            raise ValueError(f"{where} has not all {len(known.sectors)} sectors: {', '.join(lacking)} is missing")
        for sector, amount in sectors.items():
            if sector not in known.sectors:
                raise ValueError(f"{where}: there is no sector {sector!r} in sectors.csv; add it there with its source")
            yield known.sectors[sector], year, _digits(amount, f"{where}.{sector}")


def _area(name: str, kind: str, item: Page, known: Known) -> str:
    """The code of an area by its name, where it lies in the county that our tables have it in."""
    code = known.areas[kind].get(name)
    if code is None:
        raise ValueError(f"there is no {kind} of that name in {_TABLES[kind]}")
    if kind == "municipality" and item.get("region", known.counties[code]) != known.counties[code]:
        raise ValueError(f"it lies in {item['region']} here, and in {known.counties[code]} in municipalities.csv")
    return code


def _name(given: object) -> str:
    return given if isinstance(given, str) else f"{given!r}"


def _refuse_gaps(file: str, areas: Mapping[str, str], seen: set[str]) -> None:
    gaps = sorted(name for name, code in areas.items() if code not in seen)
    if gaps:
        more = f" and {len(gaps) - _MOST_NAMED} more" if len(gaps) > _MOST_NAMED else ""
        raise ValueError(f"{file}: {len(gaps)} of {len(areas)} areas missing: {', '.join(gaps[:_MOST_NAMED])}{more}")


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"{where} is no object")
    return value


def _digits(value: object, where: str) -> str:
    try:
        return digits_of(value)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
