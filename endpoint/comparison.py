"""Areas of a data set compared over some years: what is chosen, how they rank, their lines, their map, their table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from rdflib import URIRef
from starlette.datastructures import QueryParams

from endpoint.dataset import Row
from endpoint.lists import Labels, Names, alphabetical, read_labels
from endpoint.mapping.matrix import natural
from endpoint.maps import Map, outlines, shade
from endpoint.parameters import bad_parameter, check_among
from endpoint.problems import Problem
from endpoint.series import Series, Several, Value
from endpoint.site import Site
from loaders.countries import NATION
from ontology import iri
from ontology.kinds import KINDS
from ontology.schemes import Sex
from ontology.text import Text

MOST_AREAS = 6  # side by side
AREAS = ("country", "county", "municipality")
"""The kinds of things that are areas, the widest first."""

PARAMETERS = ("year", "from", "to", "kind", "within", "sector")
"""What a comparison takes once; `area` may stand several times."""


@dataclass(frozen=True)
class Compared:
    """The series of a data set by the code of their area, which of them are chosen, and the years.

    Lines and table show the years from `first` to `last`, ranking and map one of these, `year`. Areas of one kind are
    ranked, `kind`: a nation is not compared with its counties. Municipalities may be those `within` one county. What
    was chosen and has no room side by side is `left_out`.
    """

    by_area: Mapping[str, Series]
    chosen: tuple[str, ...]
    first: int
    last: int
    year: int
    kind: str
    within: str | None = None
    left_out: tuple[str, ...] = ()
    not_over: frozenset[int] = frozenset()  # years of the data set that were not, when its source was fetched

    @property
    def side_by_side(self) -> Several:
        """The chosen series in the years that are shown, with the nation behind them."""
        shown = (self.by_area[code].between(self.first, self.last) for code in self.chosen)
        return Several(tuple(series for series in shown if series), behind=self.nation)

    @property
    def without_line(self) -> list[Series]:
        """The chosen series that have no value in the years that are shown."""
        chosen = (self.by_area[code] for code in self.chosen)
        return [series for series in chosen if series.between(self.first, self.last) is None]

    @property
    def nation(self) -> Series | None:
        """The nation in the years that are shown; None where it is chosen itself, or has no value."""
        nation = None if NATION in self.ticked else self.by_area.get(NATION)
        return nation.between(self.first, self.last) if nation else None

    @property
    def ticked(self) -> tuple[str, ...]:
        """All that a reader has chosen."""
        return (*self.chosen, *self.left_out)

    @cached_property
    def years(self) -> list[int]:
        """The years that any area has a value of."""
        return Several(tuple(self.by_area.values())).years

    @property
    def shown_years(self) -> list[int]:
        """Those of them that are shown."""
        return [year for year in self.years if self.first <= year <= self.last]

    @property
    def usual_year(self) -> int:
        """The year that areas are ranked by where none is asked for."""
        return _year_to_rank_by(self.shown_years, self.not_over)

    @property
    def kinds(self) -> dict[str, int]:
        """The kinds of areas, and how many there are of each."""
        counted = Counter(map(kind_of, self.by_area))
        return {kind: counted[kind] for kind in AREAS if kind in counted}

    @property
    def offered(self) -> dict[str, Series]:
        """The areas to rank and to choose from, and those that are chosen already."""
        return {
            code: series
            for code, series in self.by_area.items()
            if code in self.ticked or (kind_of(code) == self.kind and code.startswith(self.within or ""))
        }

    def to_choose_from(self, names: Names, language: str) -> list[tuple[str, Series]]:
        """What is offered: municipalities in the order of their names, after other areas in that of their codes."""

        def place(one: tuple[str, Series]) -> tuple[bool, str]:
            name = names(one[1].area, language) if kind_of(one[0]) == "municipality" else None
            return name is not None, alphabetical(name.text) if name else ""

        return sorted(self.offered.items(), key=place)

    @property
    def ranked(self) -> list[tuple[int, Series, Value]]:
        """The areas of the kind with a value of the year, the highest first; equals share their rank."""
        found = [(series, value) for series in self._of_the_kind() if (value := series.at(self.year))]
        found.sort(key=lambda one: (-one[1].value, one[0].area))
        values = [value.value for _, value in found]
        return [(values.index(value.value) + 1, series, value) for series, value in found]

    @property
    def is_of_whole_years(self) -> bool:
        """True where the first year and the one that areas are ranked by were over: a change is one of whole years."""
        return self.not_over.isdisjoint({self.first, self.year})

    @cached_property
    def changes(self) -> dict[URIRef, Decimal]:
        """The changes in per cent, from the first year to the one that areas are ranked by, of those that have one."""
        if self.first == self.year or not self.is_of_whole_years:
            return {}
        found = ((series, series.change_between(self.first, self.year)) for _, series, _ in self.ranked)
        return {series.area: change for series, change in found if change is not None}

    @property
    def marked(self) -> set[URIRef]:
        """The areas that are ranked and that a reader has chosen."""
        chosen = {self.by_area[code].area for code in self.ticked}
        return {series.area for series in self._of_the_kind() if series.area in chosen and series.at(self.year)}

    @property
    def around(self) -> list[str]:
        """The counties that chosen municipalities lie in, where those of all counties are ranked."""
        return [] if self.within or self.kind != "municipality" else counties_of(self.ticked)

    @property
    def without_value(self) -> list[Series]:
        """The areas of the kind without a value of the year: it is not known, and not zero."""
        return [series for series in self._of_the_kind() if series.at(self.year) is None]

    @property
    def map(self) -> Map | None:
        """The counties shaded by their values of the year, if these are what is compared and any has one."""
        values = self._values
        return shade(values) if self.kind == "county" and not values.keys().isdisjoint(outlines()) else None

    def map_of(self, drawn: Mapping[str, str], size: tuple[int, int]) -> Map | None:
        """Areas that are drawn, such as the municipalities of a county, shaded so; None where none has a value."""
        values = self._values
        return None if values.keys().isdisjoint(drawn) else shade(values, drawn, size)

    @property
    def _values(self) -> dict[str, Decimal]:
        return {code: value.value for code, series in self.by_area.items() if (value := series.at(self.year))}

    @property
    def table(self) -> list[tuple[str, Series, Value]]:
        """Every value that is shown with the code of its area: of what is offered, and of the nation behind it."""
        shown = dict(self.offered)
        if self.nation and self.chosen:
            shown[NATION] = self.by_area[NATION]
        return [
            (code, series, value)
            for code, series in shown.items()
            for value in series.values
            if self.first <= value.year <= self.last
        ]

    def in_short(self, **changes: str | None) -> str:
        """The query string of the same comparison with other values: in canonical order, defaults left out."""
        years = self.years
        said = {
            "kind": self.kind if self.kind != _usual(self.kinds, self.ticked) else None,
            "within": self.within,
            "from": str(self.first) if self.first != years[0] else None,
            "to": str(self.last) if self.last != years[-1] else None,
            "year": str(self.year) if self.year != self.usual_year else None,
            **changes,
        }
        given = [*(("area", code) for code in self.ticked), *((name, value) for name, value in said.items() if value)]
        return f"?{urlencode(given)}" if given else ""

    def _of_the_kind(self) -> list[Series]:
        within = self.within or ""
        return [
            series for code, series in self.by_area.items() if kind_of(code) == self.kind and code.startswith(within)
        ]


@dataclass(frozen=True, slots=True)
class Sectors:
    """The sectors of a data set, and of how many areas each has values that can be compared; and their names.

    `undivided` is of how many areas there are values that are not divided so, None where there are none. There are no
    such beside sectors: of a data set all series have the dimensions of its structure, or the gate refuses the release.
    """

    areas: Mapping[URIRef, int]
    undivided: int | None
    labels: Labels

    @property
    def is_known(self) -> bool:
        """True where there is a data set of that key, with values."""
        return bool(self.areas) or self.undivided is not None

    @property
    def compared(self) -> list[URIRef | None]:
        """The sectors in which areas can be compared; else None alone, if they can without a sector."""
        divided = [sector for sector, areas in self.areas.items() if areas > 1]
        return [*divided] or ([None] if (self.undivided or 0) > 1 else [])


@dataclass(frozen=True, slots=True)
class Comparison:
    """A data set with its areas compared, in one sector where it is divided into these."""

    dataset: URIRef
    compared: Compared
    sectors: Mapping[str, URIRef]
    sector: str | None
    names: Names
    terms: Row
    evidence: list[Row]

    @property
    def query(self) -> str:
        """The query string of it: in canonical order, defaults left out."""
        is_usual = self.sector == next(iter(self.sectors), None)
        return self.compared.in_short(sector=None if is_usual else self.sector)


def areas_of(site: Site, series: Iterable[Series]) -> dict[str, Series]:
    """The series by the code of their area, those of both sexes together where they are divided.

    None where an area has several all the same: they are of different things.
    """
    whole = [each for each in series if each.sex in {None, site.local(iri.concept(Sex.TOTAL))}]
    found = {}
    for each in whole:
        key = site.key_of(each.area)
        if key is not None:
            found[key.key] = each
    return dict(sorted(found.items())) if len(found) == len(whole) else {}


def by_sector(site: Site, series: Iterable[Series]) -> dict[URIRef | None, dict[str, Series]]:
    """The series of areas that can be compared, by their sector: that of several areas, one of each."""
    found: dict[URIRef | None, list[Series]] = {}
    for each in series:
        found.setdefault(each.sector, []).append(each)
    return {sector: areas for sector, these in found.items() if len(areas := areas_of(site, these)) > 1}


async def sectors_of(site: Site, dataset: URIRef) -> Sectors:
    """How a data set is divided into sectors. One query, asked only once."""
    return await site.once(_read_sectors, dataset)


async def _read_sectors(site: Site, dataset: URIRef) -> Sectors:
    rows = await site.select("pages/sectors-of", dataset=dataset)
    divided = [row for row in rows if "sector" in row]
    areas = {URIRef(row["sector"]): int(row["areas"]) for row in divided}
    alone = next((int(row["areas"]) for row in rows if "sector" not in row), None)
    return Sectors(
        {sector: areas[sector] for sector in sorted(areas, key=natural)}, alone, read_labels(divided, "sector")
    )


@lru_cache(1024)  # as many as there are areas: each is asked for many times by a page
def kind_of(code: str) -> str:
    """The kind of the area of a code: `SE`, a county of two digits, a municipality of four."""
    return next(kind for kind in AREAS if KINDS[kind].accepts(code))


def counties_of(by_area: Iterable[str]) -> list[str]:
    """The codes of the counties that municipalities of a data set lie in: what their own codes begin with."""
    return sorted({code[:2] for code in by_area if kind_of(code) == "municipality"})


def read_choice(parameters: QueryParams, by_area: Mapping[str, Series], not_over: Collection[int] = ()) -> Compared:
    """The areas and the years that an address asks for: none, and all. Raises Problem for what there is not.

    Of more areas than can stand side by side, the first do; the others are still chosen, and told. `not_over` are years
    that were not, when the source was fetched.
    """
    areas = tuple(dict.fromkeys(parameters.getlist("area")))
    for area in areas:
        check_among("area", area, by_area)
    first, last, year = _read_years(parameters, Several(tuple(by_area.values())).years, not_over)
    kinds = [kind for kind in AREAS if kind in set(map(kind_of, by_area))]
    within = parameters.get("within") or None
    counties = counties_of(by_area)
    usual = "municipality" if within is not None and counties else _usual(kinds, areas)
    kind = parameters.get("kind") or usual
    check_among("kind", kind, kinds)
    if within is not None and not counties:
        raise bad_parameter("within", Text(
            "Datamängden har inga kommuner. Utelämna parametern within.",
            "The data set has no municipalities. Leave out the parameter within.",
        ))  # fmt: skip
    if within is not None and kind != "municipality":
        raise bad_parameter("within", Text(
            f"Parametern within gäller kommuner, och kind={kind} visar inga sådana. Utelämna en av dem. "
            f"Kommunerna ligger i: {', '.join(counties)}.",
            f"The parameter within is for municipalities, and kind={kind} shows none. Leave out one of them. "
            f"The municipalities lie in: {', '.join(counties)}.",
        ))  # fmt: skip
    if within is not None:
        check_among("within", within, counties)
    chosen, left_out = areas[:MOST_AREAS], areas[MOST_AREAS:]
    return Compared(by_area, chosen, first, last, year, kind, within, left_out, frozenset(not_over))


def _year_to_rank_by(years: Sequence[int], not_over: Collection[int]) -> int:
    """The last of some years that was over; the last of all where none was."""
    return max((year for year in years if year not in not_over), default=years[-1])


def _read_years(parameters: QueryParams, years: list[int], not_over: Collection[int]) -> tuple[int, int, int]:
    """The first and the last year to show, and the one to rank by. Each lies where values are."""

    def read(name: str, usual: int) -> int:
        asked = parameters.get(name) or str(usual)
        check_among(name, asked, map(str, years))
        return int(asked)

    first, last = read("from", years[0]), read("to", years[-1])
    if first > last:
        why = Text(f"är efter to={last}", f"is after to={last}")
        raise _aside("from", first, why, [year for year in years if year <= last])
    year = read("year", _year_to_rank_by([year for year in years if first <= year <= last], not_over))
    if not first <= year <= last:
        why = Text(f"inte är bland åren {first}–{last} (from, to)", f"is not among the years {first}–{last} (from, to)")
        raise _aside("year", year, why, [year for year in years if first <= year <= last])
    return first, last, year


def _aside(name: str, year: int, why: Text, there_are: list[int]) -> Problem:
    """A year that has values, and does not go with the other years that are asked for."""
    allowed = tuple(map(str, there_are))
    return bad_parameter(name, Text(
        f"Parametern {name} är {year}, som {why.sv}. Den kan vara: {', '.join(allowed)}.",
        f"The parameter {name} is {year}, which {why.en}. It can be: {', '.join(allowed)}.",
    ), allowed)  # fmt: skip


def _usual(kinds: Iterable[str], chosen: Iterable[str]) -> str:
    """The kind that is ranked where none is asked for: that of the chosen areas, if they are of one kind.

    Else areas of the nation, if there are any. The nation is chosen beside areas of it, and ranked with none.
    """
    there_are, wanted = set(kinds), {kind_of(code) for code in chosen if code != NATION}
    if len(wanted) == 1:
        return wanted.pop()
    return next(kind for kind in (*AREAS[1:], *AREAS) if kind in there_are)
