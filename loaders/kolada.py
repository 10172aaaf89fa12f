"""Key figures of Kolada: a data set for each, a series for each area and sex, and the values of its years.

Kolada keeps no versions and corrects its values without saying so: a data set is what it held on the day of retrieval.
What it has for a region is a value of the county.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from rdflib import Literal, URIRef

from loaders.areas import Area, area_iri, area_reference
from loaders.counties import County
from loaders.datasets import AboutDataset
from loaders.indicators import Indicator, IndicatorUnit
from loaders.json_answers import read_json
from loaders.kolada_api import Kpi, Municipality, check_values, read_list
from loaders.live import LiveSource
from loaders.municipalities import Municipality as Territory
from loaders.row import Claim, Day, Fact, Name, Reference, Refers, Row, Url, plain, text, year
from ontology import iri
from ontology.namespaces import DCTERMS, MG, QB, RDF, SKOS, XSD, SDMXAttribute, SDMXDimension, SDMXMeasure
from ontology.schemes import Confidence, Sex, Unit
from ontology.structures import SliceKey, Structure

_NATION = "SE"
_EDITORS = "editors"
_SEXES = {"T": Sex.TOTAL, "K": Sex.WOMEN, "M": Sex.MEN}
_IN_WORDS = {Sex.TOTAL: "kvinnor och män", Sex.WOMEN: "kvinnor", Sex.MEN: "män"}
_UNITS = {
    "%": Unit.PERCENT,
    "Ja=1, Nej=0": Unit.YES_IS_1,
    "MW": Unit.MEGAWATT,
    "MWh": Unit.MEGAWATT_HOUR,
    "MWh/inv": Unit.MEGAWATT_HOUR_PER_INHABITANT,
    "andel (%)": Unit.PERCENT,
    "antal/1000 inv": Unit.NUMBER_PER_THOUSAND_INHABITANTS,
    "gram/ätande": Unit.GRAM_PER_MEAL,
    "hektar": Unit.HECTARE,
    "kg": Unit.KILOGRAM,
    "kg/inv": Unit.KILOGRAM_PER_INHABITANT,
    "kg/invånare": Unit.KILOGRAM_PER_INHABITANT,
    "km": Unit.KILOMETRE,
    "meter/inv": Unit.METRE_PER_INHABITANT,
    "mil/inv": Unit.TEN_KILOMETRES_PER_INHABITANT,
    "ton CO2-ekv": Unit.TONNE_CO2E,
    "ton CO2-ekv/inv": Unit.TONNE_CO2E_PER_INHABITANT,
    "ton CO2e": Unit.TONNE_CO2E,
    "ton CO2e/inv": Unit.TONNE_CO2E_PER_INHABITANT,
    "ton NMVOC": Unit.TONNE_NMVOC,
    "ton NMVOC/inv": Unit.TONNE_NMVOC_PER_INHABITANT,
}
"""The units as Kolada writes them. Any other stands in the name of the key figure alone."""


class Value(NamedTuple):
    """The value of a year, with the digits of the source, and its status there; empty where there is none."""

    year: str
    value: str
    status: str

    def __str__(self) -> str:
        """As a cell of a table has it: `2020=12.5 (Preliminary)`."""
        return f"{self.year}={self.value or '-'}" + (f" ({self.status})" if self.status else "")


class KoladaDataset(Claim):
    """A key figure as a data set."""

    table = "kolada_datasets"
    defines = "dataset"

    id: Name
    structure: Structure
    title_sv: Name
    publisher: Name
    actor: Annotated[str, Refers("actor")] | None
    licence: Url
    attribution: Name
    note_sv: Name
    note_en: Name
    indicator: Annotated[str, Refers("indicator")] | None
    publication_period: str | None
    publication_day: Day | None
    preliminary_day: Day | None

    @property
    def key(self) -> str:
        """`kolada-n00401`."""
        return self.id

    def facts(self) -> Iterator[Fact]:
        """What it is, its title, who publishes it on what terms, what it measures, when there is more."""
        yield self.says(RDF.type, QB.DataSet, "id")
        yield self.says(QB.structure, self.structure.iri, "structure")
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")
        yield self.says(MG.publisherName, plain(self.publisher), "publisher")
        if self.actor:
            yield self.says(DCTERMS.publisher, iri.mint("actor", self.actor), "actor")
        yield self.says(DCTERMS.license, URIRef(self.licence), "licence")
        yield self.says(MG.attribution, plain(self.attribution), "attribution")
        yield self.says(DCTERMS.rights, text(self.note_sv, "sv"), "note_sv")
        yield self.says(DCTERMS.rights, text(self.note_en, "en"), "note_en")
        if self.indicator:
            yield self.says(MG.valuesOf, iri.mint("indicator", self.indicator), "indicator")
        if self.publication_period:
            yield self.says(MG.publicationPeriod, year(self.publication_period), "publication_period")
        if self.publication_day:
            day = Literal(self.publication_day, datatype=XSD.date)
            yield self.says(MG.publicationDay, day, "publication_day")
        if self.preliminary_day:
            day = Literal(self.preliminary_day, datatype=XSD.date)
            yield self.says(MG.preliminaryPublicationDay, day, "preliminary_day")


class KoladaTranslation(AboutDataset):
    """What a key figure is called in English: by its code, for Kolada has no English titles."""

    table = "kolada_translations"

    title_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(DCTERMS.title, text(self.title_en, "en"), "title_en")


class KoladaSeries(Claim):
    """The values of a key figure in an area, year by year; where it is divided by sex, those of one sex."""

    table = "kolada_series"
    defines = "slice"
    is_bulk = True

    dataset: Annotated[str, Refers("dataset")]
    area: Area
    sex: Sex | None
    title_sv: Name
    unit: Unit
    reporting_unit: str | None
    values: tuple[Value, ...]
    missing: tuple[Value, ...]

    @property
    def key(self) -> str:
        """`kolada-n00401/1280`: the data set and the area, and the sex if any."""
        return "/".join(filter(None, (self.dataset, self.area, self.sex)))

    def references(self) -> Iterator[Reference]:
        """The source, the data set and the area."""
        yield from super().references()
        yield area_reference("area", self.area)

    def observation(self, value: Value) -> URIRef:
        """The observation of a year: `kolada-n00401/1280/2024`, and the sex if any."""
        return iri.mint("observation", "/".join(filter(None, (self.dataset, self.area, value.year, self.sex))))

    def facts(self) -> Iterator[Fact]:
        """The series, what its observations share, and all of them."""
        dataset, area, unit = iri.mint("dataset", self.dataset), area_iri(self.area), iri.concept(self.unit)
        sex = iri.concept(self.sex) if self.sex else None
        yield self.says(RDF.type, QB.Slice, "dataset")
        yield self.says(QB.sliceStructure, (SliceKey.AREA_SEX if sex else SliceKey.AREA).iri, "dataset")
        yield self.says(SDMXDimension.refArea, area, "area")
        yield self.says(SKOS.prefLabel, text(self.title_sv, "sv"), "title_sv")
        yield Fact(dataset, QB.slice, self.subject, "dataset")
        if sex:
            yield self.says(SDMXDimension.sex, sex, "sex")
        if self.reporting_unit:
            yield self.says(MG.reportingUnit, plain(self.reporting_unit), "reporting_unit")
        for gap in self.missing:
            yield self.says(MG.missingIn, year(gap.year), "missing")
            if gap.status:
                yield self.says(MG.statusInSource, plain(f"{gap.year} {gap.status}"), "missing")
        for value in self.values:
            me = self.observation(value)
            yield self.says(QB.observation, me, "values")
            yield Fact(me, RDF.type, QB.Observation, "values")
            yield Fact(me, QB.dataSet, dataset, "dataset")
            yield Fact(me, SDMXDimension.refArea, area, "area")
            yield Fact(me, SDMXDimension.refPeriod, year(value.year), "values")
            if sex:
                yield Fact(me, SDMXDimension.sex, sex, "sex")
            number = Literal(value.value, datatype=XSD.decimal, normalize=False)
            yield Fact(me, SDMXMeasure.obsValue, number, "values")
            yield Fact(me, SDMXAttribute.unitMeasure, unit, "unit")
            if value.status:
                yield Fact(me, MG.statusInSource, plain(value.status), "values")


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
        try:
            _take(url.removeprefix(source.address), read_json(body), found)
        except ValueError as error:
            raise ValueError(f"{url}: {error}") from error
    return list(_describe(source, found, list(rows)))


def _take(question: str, page: dict[str, Any], found: _Read) -> None:
    if question.startswith("kpi"):
        found.kpis |= {kpi.id: kpi for kpi in read_list(page, Kpi)}
    elif question.startswith("municipality"):
        found.places |= {place.id: place for place in read_list(page, Municipality)}
    else:
        check_values(page)
        for place, item in enumerate(page["values"]):
            try:
                _take_values(item, found)
            except ValueError as error:
                raise ValueError(f"values[{place}]: {error}") from error


def _take_values(item: dict[str, Any], found: _Read) -> None:
    """The values of one key figure in one place and one year."""
    kpi, place, period = item["kpi"], item["municipality"], item["period"]
    if kpi not in found.kpis:
        raise ValueError(f"there is no key figure {kpi!r} in the list of key figures")
    if place not in found.places:
        raise ValueError(f"there is no area {place!r} in the list of municipalities and regions")
    if not isinstance(period, int) or isinstance(period, bool) or not 1900 <= period <= 2099:
        raise ValueError(f"the period {period!r} is no year between 1900 and 2099")
    if not isinstance(item["values"], list):
        raise ValueError("values is no list")
    for one in item["values"]:
        if not isinstance(one, dict) or one.get("gender") not in _SEXES:
            raise ValueError(f"a value has none of the genders {', '.join(_SEXES)}: {one!r}")
        read = _number(one.get("value")), _status(one.get("status"))
        years = found.values.setdefault((kpi, place, _SEXES[one["gender"]]), {})
        if years.setdefault(str(period), read) != read:
            earlier = years[str(period)]
            raise ValueError(
                f"{kpi} in {place} {period} ({one['gender']}) is {read[0] or 'nothing'} here and "
                f"{earlier[0] or 'nothing'} before: only one of them can hold"
            )


def _number(value: object) -> str:
    """A number with the digits that the source gives; empty where it gives none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"the value {value!r} is no number of JSON")
    if isinstance(value, Decimal) and abs(value.adjusted()) > 30:
        raise ValueError(f"the value {value} is beyond what is measured")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _status(value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"the status {value!r} is no text")
    return " ".join((value or "").split())


def _describe(source: LiveSource, found: _Read, rows: list[Row]) -> Iterator[Row]:
    """The rows in the order of their keys; of a key figure without any value there are none."""
    indicators = {row.code: row.key for row in rows if isinstance(row, Indicator) and row.system == "kolada"}
    stated = {row.indicator: row.unit for row in rows if isinstance(row, IndicatorUnit)}
    territory = {row.key: row.name_sv for row in rows if isinstance(row, County | Territory)} | {_NATION: "Sverige"}
    of: dict[str, list[tuple[str, Sex]]] = {}
    for (code, place, sex), years in found.values.items():
        if any(value for value, _ in years.values()):
            of.setdefault(code, []).append((place, sex))
    divided = {
        code for code in of if found.kpis[code].is_divided_by_gender or any(sex is not Sex.TOTAL for _, sex in of[code])
    }
    for line, code in enumerate(sorted(of), 2):
        dataset = _dataset(source, found.kpis[code], indicators.get(code), code in divided)
        english = f"Key figure {code} of Kolada"
        yield _on_line(line, dataset)
        yield _on_line(
            line,
            KoladaTranslation(dataset=dataset.id, title_en=english, source_id=_EDITORS, confidence=Confidence.LIKELY),
        )
    series = ((code, place, sex) for code in sorted(of) for place, sex in sorted(of[code]))
    for line, (code, place, sex) in enumerate(series, 2):
        title, where = _one_line(found.kpis[code].title), found.places[place]
        area = _area(where, territory)
        names = (title, territory[area], *((_IN_WORDS[sex],) if code in divided else ()))
        row = KoladaSeries(
            dataset=f"kolada-{code.lower()}",
            area=area,
            sex=sex if code in divided else None,
            title_sv=", ".join(names),
            unit=_unit(title, stated.get(indicators.get(code, ""))),
            reporting_unit=None if area == place else place,
            source_id=source.id,
            confidence=Confidence.CERTAIN,
            **_divided(found.values[code, place, sex]),
        )
        yield _on_line(line, row)


def _divided(years: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """The years with values, and those without."""
    ordered = [Value(when, value, status) for when, (value, status) in sorted(years.items())]
    return {
        "values": tuple(each for each in ordered if each.value),
        "missing": tuple(each for each in ordered if not each.value),
    }


def _dataset(source: LiveSource, kpi: Kpi, indicator: str | None, is_divided: bool) -> KoladaDataset:
    return KoladaDataset(
        id=f"kolada-{kpi.id.lower()}",
        structure=Structure.AREA_YEAR_SEX if is_divided else Structure.AREA_YEAR,
        title_sv=_one_line(kpi.title),
        publisher=source.publisher,
        actor=source.actor,
        licence=source.licence,
        attribution=source.attribution,
        note_sv=source.note.sv,
        note_en=source.note.en,
        indicator=indicator,
        publication_period=kpi.publ_period,
        publication_day=kpi.publication_date,
        preliminary_day=kpi.prel_publication_date,
        source_id=source.id,
        confidence=Confidence.CERTAIN,
    )


def _area(place: Municipality, territory: Mapping[str, str]) -> str:
    """The territory of a place: the nation, the county of a region, or a municipality."""
    area = _NATION if place.id == "0000" else place.id[2:] if place.type == "L" else place.id
    if area not in territory:
        raise ValueError(f"there is no territory for {place.title} ({place.id}) in counties.csv or municipalities.csv")
    return area


def _unit(title: str, stated: str | None) -> Unit:
    """The unit that the indicator table has, else the one that the name of the key figure ends with."""
    ends = (stated or "", title.rpartition(", ")[2].strip())
    return next((_UNITS[end] for end in ends if end in _UNITS), Unit.AS_NAMED)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _on_line(number: int, row: Row) -> Row:
    row._line = number
    return row
