"""Key figures of Kolada: a data set for each, a series for each area and sex, and the values of its years.

Kolada keeps no versions and corrects its values without saying so: a data set is what it held on the day of retrieval.
What it has for a region is a value of the county.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import ValidationError

from loaders.areas import names_of_territory
from loaders.choices import said_of
from loaders.countries import NATION
from loaders.datasets import AboutDataset
from loaders.indicators import AboutIndicator, Indicator, IndicatorTranslation, IndicatorUnit
from loaders.json_answers import digits_of, one_line, read_json, usual_digits
from loaders.kolada_api import Kpi, Municipality, check_values, read_list
from loaders.kolada_pages import Item, read_usual
from loaders.live import LiveSource
from loaders.live_series import SEX_IN_WORDS, Division, LiveDataset, LiveSeries, Years, on_line, terms_of
from loaders.moments import Year
from loaders.row import Day, Fact, Name, Refers, Row, day, plain, text, year
from loaders.sources import EDITORS
from loaders.told import shown
from loaders.units import unit_among
from ontology import iri
from ontology.namespaces import DCTERMS, MG, SKOS, SDMXDimension
from ontology.schemes import Confidence, Sex, Unit
from ontology.structures import SliceKey, Structure

_YEARS = range(1900, 2100)
_SEXES = {"T": Sex.TOTAL, "K": Sex.WOMEN, "M": Sex.MEN}


class KoladaDataset(LiveDataset):
    """A key figure as a data set."""

    table = "kolada_datasets"

    title_sv: Name
    description_sv: Name | None
    indicator: Annotated[str, Refers("indicator")] | None
    publication_period: Year | None
    publication_day: Day | None
    preliminary_day: Day | None

    def facts(self) -> Iterator[Fact]:
        """What every data set says, its title, what Kolada says that it measures, and when there is more."""
        yield from super().facts()
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")
        if self.description_sv:
            yield self.says(DCTERMS.description, text(self.description_sv, "sv"), "description_sv")
        if self.indicator:
            yield self.says(MG.valuesOf, iri.mint("indicator", self.indicator), "indicator")
        if self.publication_period:
            yield self.says(MG.publicationPeriod, year(self.publication_period), "publication_period")
        if self.publication_day:
            yield self.says(MG.publicationDay, day(self.publication_day), "publication_day")
        if self.preliminary_day:
            yield self.says(MG.preliminaryPublicationDay, day(self.preliminary_day), "preliminary_day")


class KoladaTranslation(AboutDataset):
    """What a key figure is called in English: as its indicator, else by its code, for Kolada has no English titles."""

    table = "kolada_translations"

    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(DCTERMS.title, text(self.title_en, "en"), "title_en")


class KoladaNewest(AboutIndicator):
    """The newest year that Kolada has a value of an indicator for, in any area."""

    table = "kolada_newest_periods"

    newest_period: Year

    def facts(self) -> Iterator[Fact]:
        """The year."""
        yield self.says(MG.newestPeriod, year(self.newest_period), "newest_period")


class KoladaSeries(LiveSeries):
    """The values of a key figure in an area, year by year; where it is divided by sex, those of one sex."""

    table = "kolada_series"

    sex: Sex | None
    title_sv: Name
    reporting_unit: str | None

    @property
    def division(self) -> Division | None:
        """The sex, where there is one."""
        if self.sex is None:
            return None
        return Division(self.sex, SliceKey.AREA_SEX, SDMXDimension.sex, iri.concept(self.sex), "sex")

    def facts_of_series(self) -> Iterator[Fact]:
        """What every series says, its title and the unit of the source that reports it."""
        yield from super().facts_of_series()
        yield self.says(SKOS.prefLabel, text(self.title_sv, "sv"), "title_sv")
        if self.reporting_unit:
            yield self.says(MG.reportingUnit, plain(self.reporting_unit), "reporting_unit")


_WRITTEN_BREAK = r"\n"  # two signs, which descriptions have where a line was to end

TABLES: tuple[type[Row], ...] = (KoladaDataset, KoladaTranslation, KoladaNewest, KoladaSeries)
"""What the answers become rows of."""


@dataclass(slots=True)
class _Read:
    """What the answers hold: key figures and places by their ids, and values by key figure, place, sex and year."""

    kpis: dict[str, Kpi] = field(default_factory=dict)
    places: dict[str, Municipality] = field(default_factory=dict)
    values: dict[tuple[str, str, Sex], dict[str, tuple[str, str]]] = field(default_factory=dict)


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row]:
    """The data sets and series in the answers of Kolada, joined to the indicators and areas that some rows define.

    Raises ValueError with the address and the place of the first fault.
    """
    found = _Read()
    answers = sorted(answers, key=lambda answer: answer[0].removeprefix(source.address).startswith("data/"))
    for url, body in answers:  # what there is comes before its values
        question = url.removeprefix(source.address)
        try:
            if not question.startswith("data/") or not _take_usual(read_usual(body), found):
                _take(question, read_json(body), found)
        except ValueError as error:
            raise ValueError(f"{url}: {error}") from error
    return list(_describe(source, found, list(rows)))


def _take_usual(items: list[Item] | None, found: _Read) -> bool:
    """Take the values of a page and tell so, if nothing is wrong with it; else it is to be read and taken once more."""
    for item in items or ():
        if item.kpi not in found.kpis or item.municipality not in found.places or item.period not in _YEARS:
            return False
        when = str(item.period)
        for one in item.values:
            if one.gender not in _SEXES or (digits := usual_digits(memoryview(one.value))) is None:
                return False
            read = digits, one_line(one.status) if one.status else ""
            earlier = found.values.setdefault((item.kpi, item.municipality, _SEXES[one.gender]), {})
            if earlier.setdefault(when, read) != read:
                return False
    return bool(items)


def _take(question: str, page: dict[str, Any], found: _Read) -> None:
    if question.startswith("kpi"):
        _add(read_list(page, Kpi), found.kpis)
    elif question.startswith("municipality"):
        _add(read_list(page, Municipality), found.places)
    else:
        check_values(page)
        for place, item in enumerate(page["values"]):
            try:
                _take_values(item, found)
            except ValueError as error:
                raise ValueError(f"values[{place}]: {error}") from error


def _add(entities: Iterable[Any], found: dict[str, Any]) -> None:
    """Put entities to those found before. Raises ValueError where one is told of twice, and not alike."""
    for place, entity in enumerate(entities):
        if found.setdefault(entity.id, entity) != entity:
            raise ValueError(f"values[{place}]: {entity.id} is told of twice, and not alike: only one of them can hold")


def _take_values(item: dict[str, Any], found: _Read) -> None:
    """The values of one key figure in one place and one year."""
    kpi, place, period = item["kpi"], item["municipality"], item["period"]
    if not isinstance(kpi, str) or kpi not in found.kpis:
        raise ValueError(f"there is no key figure {kpi!r} in the list of key figures")
    if not isinstance(place, str) or place not in found.places:
        raise ValueError(f"there is no area {place!r} in the list of municipalities and regions")
    if not isinstance(period, int) or isinstance(period, bool) or period not in _YEARS:
        raise ValueError(f"the period {period!r} is no year between 1900 and 2099")
    if not isinstance(item["values"], list):
        raise ValueError("values is no list")
    when = str(period)
    for one in item["values"]:
        if not isinstance(one, dict) or "value" not in one:
            raise ValueError(f"there is no value, nor null in its place: {one!r}")
        gender = one.get("gender")
        if not isinstance(gender, str) or gender not in _SEXES:
            raise ValueError(f"a value has none of the genders {', '.join(_SEXES)}: {one!r}")
        read = digits_of(one["value"]), _status(one.get("status"))
        earlier = found.values.setdefault((kpi, place, _SEXES[gender]), {}).setdefault(when, read)
        if earlier != read:
            raise ValueError(
                f"{kpi} in {place} {when} ({gender}) is {read[0] or 'nothing'} here and "
                f"{earlier[0] or 'nothing'} before: only one of them can hold"
            )


def _status(value: object) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise ValueError(f"the status {value!r} is no text")
    return one_line(value)


def _describe(source: LiveSource, found: _Read, rows: list[Row]) -> Iterator[Row]:
    """The rows in the order of their keys; of a key figure without any value there are none."""
    indicators = {row.code: row.key for row in rows if isinstance(row, Indicator) and row.system == "kolada"}
    stated = {row.indicator: row.unit for row in rows if isinstance(row, IndicatorUnit)}
    translated = {row.indicator: row.name_en for row in rows if isinstance(row, IndicatorTranslation)}
    territory = names_of_territory(rows)
    of: dict[str, list[tuple[str, Sex]]] = {}
    for (code, place, sex), years in found.values.items():
        if any(value for value, _ in years.values()):
            of.setdefault(code, []).append((place, sex))
    divided = {
        code for code in of if found.kpis[code].is_divided_by_gender or any(sex is not Sex.TOTAL for _, sex in of[code])
    }
    for line, code in enumerate(sorted(of), 2):
        dataset = _dataset(source, found.kpis[code], indicators.get(code), code in divided)
        english = translated.get(indicators.get(code, ""), f"Key figure {code} of Kolada")
        yield on_line(line, dataset)
        yield on_line(
            line,
            KoladaTranslation(dataset=dataset.id, title_en=english, source_id=EDITORS, confidence=Confidence.LIKELY),
        )
    yield from _newest(source, found, {code: indicators[code] for code in sorted(of) if code in indicators})
    series = ((code, place, sex) for code in sorted(of) for place, sex in sorted(of[code]))
    for line, (code, place, sex) in enumerate(series, 2):
        title, where = one_line(found.kpis[code].title), found.places[place]
        area = _area(where, territory)
        names = (title, territory[area], *((SEX_IN_WORDS[sex],) if code in divided else ()))
        held = Years.of(found.values[code, place, sex])
        row = KoladaSeries(
            dataset=f"kolada-{code.lower()}",
            area=area,
            sex=sex if code in divided else None,
            title_sv=", ".join(names),
            unit=_unit(title, stated.get(indicators.get(code, ""))),
            reporting_unit=None if area == place else place,
            source_id=source.id,
            confidence=Confidence.CERTAIN,
            values=held.values,
            missing=held.missing,
        )
        yield on_line(line, row)


def _newest(source: LiveSource, found: _Read, indicators: Mapping[str, str]) -> Iterator[Row]:
    """The newest year with a value of each indicator."""
    newest: dict[str, str] = {}
    for (code, _, _), years in found.values.items():
        with_value = [when for when, (value, _) in years.items() if value]
        newest[code] = max([*with_value, newest.get(code, "")])
    for line, (code, indicator) in enumerate(indicators.items(), 2):
        row = KoladaNewest(
            indicator=indicator, newest_period=newest[code], source_id=source.id, confidence=Confidence.CERTAIN
        )
        yield on_line(line, row)


def _dataset(source: LiveSource, kpi: Kpi, indicator: str | None, is_divided: bool) -> KoladaDataset:
    try:
        return KoladaDataset(
            id=f"kolada-{kpi.id.lower()}",
            structure=Structure.AREA_YEAR_SEX if is_divided else Structure.AREA_YEAR,
            title_sv=one_line(kpi.title),
            description_sv=one_line((kpi.description or "").replace(_WRITTEN_BREAK, " ")) or None,
            indicator=indicator,
            publication_period=kpi.publ_period,
            publication_day=kpi.publication_date,
            preliminary_day=kpi.prel_publication_date,
            source_id=source.id,
            confidence=Confidence.CERTAIN,
            **terms_of(source),
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        column, given = fault["loc"][0], shown(fault["input"])
        raise ValueError(f"{source.address}kpi: {kpi.id}: {column} {given}: {said_of(fault)}") from error


def _area(place: Municipality, territory: Mapping[str, str]) -> str:
    """The territory of a place: the nation, the county of a region, or a municipality."""
    area = NATION if place.id == "0000" else place.id[2:] if place.type == "L" else place.id
    if area not in territory:
        raise ValueError(f"there is no territory for {place.title} ({place.id}) in counties.csv or municipalities.csv")
    return area


def _unit(title: str, stated: str | None) -> Unit:
    """The unit that the indicator table has, else the one that the name of the key figure ends with."""
    return unit_among(stated or "", title.rpartition(", ")[2].strip())
