"""What Naturvårdsverket's environmental indicators API adds: its indicators, what they follow up, and their values.

An indicator of the API that is one of ours adds to that one, and makes none of its own: the editors' table of matches
says which are the same. Where the names are the same and the table is silent, the indicator waits for the editors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from loaders.areas import names_of_territory
from loaders.counties import County, without_lan
from loaders.countries import NATION
from loaders.curated import LeftOut
from loaders.generational_goal import GenerationalGoal
from loaders.indicator_updates import IndicatorUpdate
from loaders.indicators import Indicator, Rank
from loaders.json_answers import digits_of, one_line
from loaders.live import LiveSource
from loaders.live_series import Years, on_lines, terms_of
from loaders.newest_periods import TABLES_ARE_OLDER
from loaders.nv_indicator_matches import NvMatch
from loaders.nv_indicator_rows import (
    TABLES,
    NvDataset,
    NvDpsir,
    NvIndicatorRow,
    NvLeftOut,
    NvMark,
    NvMatchProposal,
    NvNewest,
    NvObjective,
    NvResolution,
    NvSeries,
    NvSupplier,
    NvTranslation,
    NvUpdate,
)
from loaders.nv_indicators_api import DataSet, Location, NvIndicator, Variable, read_list, read_one
from loaders.objectives import Objective
from loaders.row import Claim, Match, Row
from loaders.sources import EDITORS
from loaders.strands import Strand
from loaders.units import unit_among
from ontology.schemes import Confidence, Dpsir, Resolution, Unit
from ontology.structures import Structure

SYSTEM = "naturvardsverket-indicators-api"
_LETTERS = {
    "D": Dpsir.DRIVING_FORCE,
    "P": Dpsir.PRESSURE,
    "S": Dpsir.STATE,
    "I": Dpsir.IMPACT,
    "R": Dpsir.RESPONSE,
}

WAITS = "an indicator here has the same name, and nv_indicator_matches.csv does not say whether the two are the same"
NO_GOAL = "no goal here has that name"
NO_LETTER = "it is none of the letters D, P, S, I and R"
NO_AREA = "its identifier and its name are not those of the nation, or of one county or municipality"
NO_IDENTIFIER = "it has no identifier"
SAME_IDENTIFIER = "another data set has the same identifier, and another name or unit"
NO_YEAR = "its label is no year"
TWICE = "the same year has different values"
NO_DAY = "its last change is no day"
TOO_LATE = "it has a value of a year after its last change"


@dataclass(slots=True)
class _Known:
    """What the tables have that the API is joined to."""

    indicators: dict[str, list[str]]  # by their names
    same: dict[str, str]  # by the keys of the API
    others: set[tuple[str, str]]  # pairs that are not the same
    goals: dict[str, tuple[str, str]]  # kind and key by name
    territory: dict[str, str]
    places: dict[str, list[str]]  # the codes of territory by name
    counties: dict[str, set[str]]  # the codes of counties by name without “län”
    updated: dict[str, str]  # the day that the tables have of an indicator

    @classmethod
    def of(cls, rows: Iterable[Row]) -> _Known:
        """What some rows define."""
        tables = list(rows)
        indicators: dict[str, list[str]] = {}
        for row in tables:
            if isinstance(row, Indicator):
                indicators.setdefault(_folded(row.name_sv), []).append(row.key)
        matches = [row for row in tables if isinstance(row, NvMatch)]
        territory = names_of_territory(tables)
        places: dict[str, list[str]] = {}
        for code, name in territory.items():
            places.setdefault(_folded(name), []).append(code)
        return cls(
            indicators,
            {row.api_key: row.indicator for row in matches if row.match is Match.EXACT},
            {(row.api_key, row.indicator) for row in matches if row.match is Match.NONE},
            {
                _folded(row.name_sv): (row.defines or "", row.key)
                for row in tables
                if isinstance(row, GenerationalGoal | Strand | Objective)
            },
            territory,
            places,
            {without_lan(row.name_sv): {row.code} for row in tables if isinstance(row, County)},
            {row.indicator: row.updated for row in tables if isinstance(row, IndicatorUpdate)},
        )


@dataclass(slots=True)
class _Reading:
    """The rows found so far, and what is left out of them."""

    source: LiveSource
    known: _Known
    rows: dict[type[Row], list[Row]] = field(default_factory=lambda: {model: [] for model in TABLES})
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, model: type[Claim], **cells: object) -> None:
        """A row of the API."""
        row = model(**cells, source_id=self.source.id, confidence=Confidence.CERTAIN)
        self.rows[model].append(row)

    def leave_out(self, one: NvIndicator, what: str, reason: str) -> None:
        """Tell of something that is left out, and where it is to be looked up."""
        address = f"{self.source.address}indicators/{one.Key}"
        told = {"source_id": self.source.id, "confidence": Confidence.CERTAIN}
        self.left_out.append(LeftOut(NvLeftOut(address=address, what=what, reason=reason, **told), reason))

    def propose(self, one: NvIndicator, indicator: str) -> None:
        """Leave an indicator to the editors, since one of ours has its name."""
        told = {"source_id": self.source.id, "confidence": Confidence.CERTAIN}
        row = NvMatchProposal(indicator=indicator, api_key=str(one.Key), name_sv=one_line(one.Name), **told)
        self.left_out.append(LeftOut(row, WAITS))


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row | LeftOut]:
    """What the answers of the API give, joined to the indicators, goals and areas that some rows define.

    Raises ValueError with the address and the place of the first fault.
    """
    reading = _Reading(source, _Known.of(rows))
    for one in _indicators(source, dict(answers)):
        _take(one, reading)
    found: list[Row | LeftOut] = []
    for same in reading.rows.values():
        found += on_lines(same)
    for model in (NvLeftOut, NvMatchProposal):
        list(on_lines(out.row for out in reading.left_out if isinstance(out.row, model)))
    return found + list(reading.left_out)


def _indicators(source: LiveSource, bodies: Mapping[str, bytes]) -> Iterator[NvIndicator]:
    """Every indicator of the list, whole, in the order of the keys."""
    address = f"{source.address}indicators"
    read_from = address
    try:
        for key in sorted(one.Key for one in read_list(bodies.get(address, b""))):
            read_from = f"{address}/{key}"
            one = read_one(bodies.get(read_from, b""))
            if one.Key != key:
                raise ValueError(f"Key: this is the indicator {one.Key}, and {key} was asked for")
            yield one
    except ValueError as error:
        raise ValueError(f"{read_from}: {error}") from error


def _take(one: NvIndicator, reading: _Reading) -> None:
    """The rows of one indicator."""
    key, known = str(one.Key), reading.known
    indicator = known.same.get(key)
    if indicator is None:
        alike = [other for other in known.indicators.get(_folded(one.Name), []) if (key, other) not in known.others]
        for other in alike:
            reading.propose(one, other)
        if alike:
            return
        indicator = f"{SYSTEM}-{key}"
        reading.add(NvIndicatorRow, id=indicator, name_sv=one_line(one.Name), system=SYSTEM, code=key)
    _describe(one, indicator, reading)
    newest, resolutions = _measure(one, indicator, reading)
    for resolution in Resolution:
        if resolution in resolutions:
            reading.add(NvResolution, indicator=indicator, resolution=resolution)
    _update(one, indicator, newest, reading)


def _describe(one: NvIndicator, indicator: str, reading: _Reading) -> None:
    """What is said of the indicator itself."""
    own_key = str(one.Key) if indicator == f"{SYSTEM}-{one.Key}" else None
    responsible = one_line(one.ResponsibleOrganizationName or "") or None
    if own_key or responsible or one.IsOfficialStatistics is not None:
        reading.add(
            NvMark,
            indicator=indicator,
            api_key=own_key,
            responsible=responsible,
            is_official=one.IsOfficialStatistics,
        )
    ranked = [(Rank.MAIN, one.MainObjective)] if one.MainObjective else []
    ranked += [(Rank.UNSTATED, objective) for objective in one.SecondaryObjectives or []]
    said = set()
    for rank, objective in ranked:
        goal = reading.known.goals.get(_folded(objective.Name))
        if goal is None:
            reading.leave_out(one, f"goal {objective.Name}", NO_GOAL)
        elif goal not in said:
            said.add(goal)
            reading.add(NvObjective, indicator=indicator, goal_kind=goal[0], goal=goal[1], rank=rank)
    for letter in dict.fromkeys(one.DPSIR or []):
        if letter in _LETTERS:
            reading.add(NvDpsir, indicator=indicator, dpsir=_LETTERS[letter])
        else:
            reading.leave_out(one, f"DPSIR {letter!r}", NO_LETTER)
    if supplier := one_line(one.DataSupplier or ""):
        reading.add(NvSupplier, indicator=indicator, ordinal=1, supplier=supplier)


def _update(one: NvIndicator, indicator: str, newest: str | None, reading: _Reading) -> None:
    """When it was last changed, where the tables do not say so themselves, and the newest year with a value."""
    day, known = (one.LastChanged or "")[: len("2026-11-26")], reading.known.updated.get(indicator)
    if one.LastChanged is not None and not _is_day(day):
        reading.leave_out(one, f"LastChanged {one.LastChanged!r}", NO_DAY)
        day = ""
    if newest and day and newest > day[: len("2026")]:
        reading.leave_out(one, f"LastChanged {day}, newest year {newest}", TOO_LATE)
        newest = None
    if known and day > known:
        reading.leave_out(one, f"LastChanged {day}", TABLES_ARE_OLDER)
    if day and not known:
        reading.add(NvUpdate, indicator=indicator, updated=day, newest_period=newest)
    elif newest:
        reading.add(NvNewest, indicator=indicator, newest_period=newest)


def _measure(one: NvIndicator, indicator: str, reading: _Reading) -> tuple[str | None, set[Resolution]]:
    """The data sets of an indicator; the newest year with a value, and the sorts of territory they have values of."""
    years: set[str] = set()
    resolutions: set[Resolution] = set()
    for number, same in _by_identifier(one, reading).items():
        variables: dict[int, dict[str, list[Variable]]] = {}
        for location in (location for data_set in same for location in data_set.Locations or []):
            area = _area(location, reading.known)
            if area is None:
                reading.leave_out(one, f"data set {number}, {location.Name} ({location.Id})", NO_AREA)
                continue
            for variable in location.PresentationVariables or []:
                if variable.ExternalId is None or variable.ExternalId < 0:
                    reading.leave_out(one, f"data set {number}, {area}, variable {variable.Name!r}", NO_IDENTIFIER)
                else:
                    variables.setdefault(variable.ExternalId, {}).setdefault(area, []).append(variable)
        for by_area in variables.values():
            found = _series(one, indicator, same[0], by_area, reading)
            years |= found.keys()
            resolutions |= {_resolution(area) for areas in found.values() for area in areas}
    return max(years, default=None), resolutions


def _by_identifier(one: NvIndicator, reading: _Reading) -> dict[int, list[DataSet]]:
    """The data sets of an indicator that have an identifier; those that share it say parts of the same."""
    found: dict[int, list[DataSet]] = {}
    for data_set in one.DataSets or []:
        if data_set.ExternalId is None or data_set.ExternalId < 0:
            reading.leave_out(one, f"data set {data_set.Name!r}", NO_IDENTIFIER)
        else:
            found.setdefault(data_set.ExternalId, []).append(data_set)
    for number, same in list(found.items()):
        if len({(one_line(each.Name or ""), one_line(each.Unit or "")) for each in same}) > 1:
            for each in found.pop(number):
                reading.leave_out(one, f"data set {number}, {each.Name!r} in {each.Unit!r}", SAME_IDENTIFIER)
    return found


def _series(
    one: NvIndicator, indicator: str, data_set: DataSet, by_area: Mapping[str, Sequence[Variable]], reading: _Reading
) -> dict[str, set[str]]:
    """The data set and the series of a variable, by what each area has of it; the areas that have a value, by year."""
    variable = next(iter(by_area.values()))[0]
    key = f"nv-{one.Key}-{data_set.ExternalId}-{variable.ExternalId}"
    written = one_line(data_set.Unit or "")
    unit = unit_among(written)
    named = [one_line(name or "") for name in (data_set.Name, variable.Name)]
    named += [written] if unit is Unit.AS_NAMED else []
    title = ", ".join(dict.fromkeys(name for name in named if name)) or one_line(one.Name)
    found: dict[str, set[str]] = {}
    for area, there in sorted(by_area.items()):
        where = f"data set {data_set.ExternalId}, variable {variable.ExternalId} {variable.Name!r}, {area}"
        years = _years(one, where, there, reading)
        there_are = Years.of(years)
        if there_are.values:
            reading.add(
                NvSeries,
                dataset=key,
                area=area,
                title_sv=f"{title}, {reading.known.territory[area]}",
                unit=unit,
                values=there_are.values,
                missing=there_are.missing,
            )
        for year, (value, _) in years.items():
            if value:
                found.setdefault(year, set()).add(area)
    if found:
        terms = terms_of(reading.source)
        reading.add(NvDataset, id=key, structure=Structure.AREA_YEAR, title_sv=title, indicator=indicator, **terms)
        english = (
            f"Indicator {one.Key} of Naturvårdsverket, data set {data_set.ExternalId}, variable {variable.ExternalId}"
        )
        translation = NvTranslation(dataset=key, title_en=english, source_id=EDITORS, confidence=Confidence.LIKELY)
        reading.rows[NvTranslation].append(translation)
    return found


def _years(one: NvIndicator, where: str, there: Iterable[Variable], reading: _Reading) -> dict[str, tuple[str, str]]:
    """The values of a variable by year, as often as it is there; a year without one has none."""
    found: dict[str, set[str]] = {}
    for point in (point for variable in there for point in variable.DataSeries or []):
        if re.fullmatch(r"(?:19|20)[0-9]{2}", point.Label, re.ASCII) is None:
            reading.leave_out(one, f"{where}, {point.Label!r}", NO_YEAR)
        else:
            found.setdefault(point.Label, set()).add(digits_of(point.Value))
    for year in [year for year, values in found.items() if len(values) > 1]:
        values = " and ".join(value or "nothing" for value in sorted(found.pop(year)))
        reading.leave_out(one, f"{where}, {year}: {values}", TWICE)
    return {year: (value, "") for year, (value,) in found.items()}


def _area(location: Location, known: _Known) -> str | None:
    """The code of the territory of a location; None where its identifier and its name do not tell one, or tell two."""
    identifier, name = (location.Id or "").strip(), _folded(location.Name or "")
    named = set(known.places.get(name, []))
    if identifier not in known.territory:
        return next(iter(named)) if len(named) == 1 else None
    named |= known.counties.get(without_lan(name), set())
    return identifier if not named or identifier in named else None


def _resolution(area: str) -> Resolution:
    if area == NATION:
        return Resolution.NATIONAL
    return Resolution.COUNTY_OR_REGION if len(area) == len("01") else Resolution.MUNICIPAL


def _is_day(text: str) -> bool:
    """True for a day of this century or the one before."""
    try:
        return text[:2] in {"19", "20"} and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _folded(name: str) -> str:
    """A name as it is compared: in small letters, on one line."""
    return one_line(name).casefold()
