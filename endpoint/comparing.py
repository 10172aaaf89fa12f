"""`/{sv|en}/compare/{key}`: the areas of a data set side by side, ranked, and on a map, in a year of choice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.datastructures import QueryParams
from starlette.responses import Response

from endpoint.lists import Names, read_labels
from endpoint.maps import Map, outlines, shade
from endpoint.matrix import natural
from endpoint.parameters import bad_parameter, takes, wrong_value
from endpoint.problems import not_found
from endpoint.rendering import page
from endpoint.series import Series, Several, Value, read_series
from endpoint.site import Site
from ontology import iri
from ontology.kinds import KINDS
from ontology.schemes import Sex
from ontology.text import Language, Text

router = APIRouter(include_in_schema=False)

MOST_AREAS = 6  # side by side
AREAS = ("country", "county", "municipality")
"""The kinds of things that are areas, the widest first."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The series of a data set by the code of their area, which of them are chosen, and the year.

    Areas of one kind are ranked, `kind`: a nation is not compared with its counties. Municipalities may be those
    `within` one county. What was chosen and has no room side by side is `left_out`.
    """

    by_area: Mapping[str, Series]
    chosen: tuple[str, ...]
    year: int
    kind: str
    within: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def side_by_side(self) -> Several:
        """The chosen series."""
        return Several(tuple(self.by_area[code] for code in self.chosen))

    @property
    def ticked(self) -> tuple[str, ...]:
        """All that a reader has chosen."""
        return (*self.chosen, *self.left_out)

    @property
    def years(self) -> list[int]:
        """The years that any area has a value of."""
        return Several(tuple(self.by_area.values())).years

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

    @property
    def ranked(self) -> list[tuple[int, Series, Value]]:
        """The areas of the kind with a value of the year, the highest first; equals share their rank."""
        found = [(series, value) for series in self._of_the_kind() if (value := series.at(self.year))]
        found.sort(key=lambda one: (-one[1].value, one[0].area))
        values = [value.value for _, value in found]
        return [(values.index(value.value) + 1, series, value) for series, value in found]

    @property
    def without_value(self) -> list[Series]:
        """The areas of the kind without a value of the year: it is not known, and not zero."""
        return [series for series in self._of_the_kind() if series.at(self.year) is None]

    @property
    def map(self) -> Map | None:
        """The counties shaded by their values of the year, if these are what is compared and any has one."""
        values = {code: value.value for code, series in self.by_area.items() if (value := series.at(self.year))}
        return shade(values) if self.kind == "county" and not values.keys().isdisjoint(outlines()) else None

    def _of_the_kind(self) -> list[Series]:
        within = self.within or ""
        return [
            series for code, series in self.by_area.items() if kind_of(code) == self.kind and code.startswith(within)
        ]


@router.api_route("/{language:language}/compare/{key}", methods=["GET", "HEAD"])
@takes("year", "kind", "within", "sector", several=("area",))
async def compare(language: Language, key: str, request: Request) -> Response:
    """The areas of a data set compared, in one sector where it is divided into these. Five queries."""
    site: Site = request.state.site
    if not KINDS["dataset"].accepts(key):
        raise not_found(request.url.path)
    dataset = site.local(iri.mint("dataset", key))
    divided = await site.select("pages/sectors-of", dataset=dataset)
    sectors = {_key(site, sector): sector for sector in sorted({URIRef(row["sector"]) for row in divided}, key=natural)}
    sector = _read_sector(request.query_params, sectors)
    of = {"of": dataset} if sector is None else {"of": sectors[sector], "dataset": dataset}
    rows, named, counties, terms = await asyncio.gather(
        site.select("pages/series", **of),
        site.select("pages/series-names", **of),
        site.select("pages/things", **{"class": site.local(KINDS["county"].cls)}),
        site.select("pages/terms-of-data-set", dataset=dataset),
    )
    by_area = areas_of(site, read_series(rows))
    if len(by_area) < 2:
        raise not_found(request.url.path)
    if request.query_params.get("sector") and not sectors:
        raise bad_parameter("sector", Text(
            "Datamängden är inte delad i sektorer. Utelämna parametern sector.",
            "The data set is not divided into sectors. Leave out the parameter sector.",
        ))  # fmt: skip
    return page(
        "compare.html",
        language,
        request,
        dataset=dataset,
        dataset_key=key,
        compared=read_choice(request.query_params, by_area),
        sectors=sectors,
        sector=sector,
        counties={code: site.local(iri.mint("county", code)) for code in counties_of(by_area)},
        names=Names(read_labels(counties) | read_labels(named) | read_labels(divided, "sector")),
        terms=terms[0] if terms else {},
        is_emissions=Several(tuple(by_area.values())).is_of_emissions,
        most=MOST_AREAS,
    )


def _key(site: Site, thing: URIRef) -> str:
    """The key of a thing of ours."""
    key = iri.parse(site.canonical(thing))
    return key.key if key else ""


def _read_sector(parameters: QueryParams, sectors: Mapping[str, URIRef]) -> str | None:
    """The sector that an address asks for, else the first; None where there are none. Raises Problem for another."""
    if not sectors:
        return None
    asked = parameters.get("sector") or next(iter(sectors))
    _check("sector", asked, sectors)
    return asked


def areas_of(site: Site, series: Iterable[Series]) -> dict[str, Series]:
    """The series by the code of their area, those of both sexes together where they are divided.

    None where an area has several all the same: they are of different things.
    """
    whole = [each for each in series if each.sex in {None, site.local(iri.concept(Sex.TOTAL))}]
    found = {}
    for each in whole:
        key = iri.parse(site.canonical(each.area))
        if key is not None:
            found[key.key] = each
    return dict(sorted(found.items())) if len(found) == len(whole) else {}


def kind_of(code: str) -> str:
    """The kind of the area of a code: `SE`, a county of two digits, a municipality of four."""
    return next(kind for kind in AREAS if KINDS[kind].accepts(code))


def counties_of(by_area: Iterable[str]) -> list[str]:
    """The codes of the counties that municipalities of a data set lie in: what their own codes begin with."""
    return sorted({code[:2] for code in by_area if kind_of(code) == "municipality"})


def read_choice(parameters: QueryParams, by_area: Mapping[str, Series]) -> Compared:
    """The areas and the year that an address asks for: none, and the last. Raises Problem for what there is not.

    Of more areas than can stand side by side, the first do; the others are still chosen, and told.
    """
    areas = tuple(dict.fromkeys(parameters.getlist("area")))
    for area in areas:
        _check("area", area, by_area)
    years = Several(tuple(by_area.values())).years
    year = parameters.get("year") or str(years[-1])
    _check("year", year, map(str, years))
    kinds = [kind for kind in AREAS if kind in set(map(kind_of, by_area))]
    kind = parameters.get("kind") or next(kind for kind in (*AREAS[1:], *AREAS) if kind in kinds)
    _check("kind", kind, kinds)
    within = parameters.get("within") or None
    counties = counties_of(by_area)
    if within is not None and kind != "municipality":
        raise bad_parameter("within", Text(
            f"Parametern within gäller kommuner, som kind=municipality visar. De ligger i: {', '.join(counties)}.",
            f"The parameter within is for municipalities, which kind=municipality shows. They lie in: "
            f"{', '.join(counties)}.",
        ))  # fmt: skip
    if within is not None:
        _check("within", within, counties)
    return Compared(by_area, areas[:MOST_AREAS], int(year), kind, within, areas[MOST_AREAS:])


def _check(parameter: str, value: str, there_are: Iterable[str]) -> None:
    allowed = tuple(there_are)
    if value not in allowed:
        raise wrong_value(parameter, value, Text(", ".join(allowed), ", ".join(allowed)), allowed)
