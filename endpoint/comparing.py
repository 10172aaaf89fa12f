"""`/{sv|en}/compare/{key}`: the areas of a data set side by side, ranked, and on a map, in a year of choice."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response

from endpoint.lists import Names, read_labels
from endpoint.maps import HEIGHT, WIDTH, Map, shade
from endpoint.operation import bad_parameter
from endpoint.problems import not_found
from endpoint.rendering import page
from endpoint.series import Series, Several, Value, read_series
from endpoint.site import Site
from ontology import iri
from ontology.kinds import KINDS
from ontology.text import Language, Text

router = APIRouter(include_in_schema=False)

MOST_AREAS = 6  # side by side


@dataclass(frozen=True, slots=True)
class Compared:
    """The series of a data set by the code of their area, which of them are chosen, and the year."""

    by_area: Mapping[str, Series]
    chosen: tuple[str, ...]
    year: int

    @property
    def side_by_side(self) -> Several:
        """The chosen series."""
        return Several(tuple(self.by_area[code] for code in self.chosen))

    @property
    def years(self) -> list[int]:
        """The years that any area has a value of."""
        return Several(tuple(self.by_area.values())).years

    @property
    def ranked(self) -> list[tuple[int, Series, Value]]:
        """The areas with a value of the year, the highest first; equals share their rank."""
        found = [(series, value) for series in self.by_area.values() if (value := series.at(self.year))]
        found.sort(key=lambda one: (-one[1].value, one[0].area))
        values = [value.value for _, value in found]
        return [(values.index(value.value) + 1, series, value) for series, value in found]

    @property
    def without_value(self) -> list[Series]:
        """The areas without a value of the year: it is not known, and not zero."""
        return [series for series in self.by_area.values() if series.at(self.year) is None]

    @property
    def map(self) -> Map | None:
        """The counties shaded by their values of the year, if any has one."""
        values: dict[str, Decimal] = {}
        for code, series in self.by_area.items():
            if value := series.at(self.year):
                values[code] = value.value
        try:
            return shade(values)
        except ValueError:
            return None


@router.api_route("/{language:language}/compare/{key}", methods=["GET", "HEAD"])
async def compare(language: Language, key: str, request: Request) -> Response:
    """The areas of a data set compared. Two queries."""
    site: Site = request.state.site
    if not KINDS["dataset"].accepts(key):
        raise not_found(request.url.path)
    dataset = site.local(iri.mint("dataset", key))
    rows, named = await asyncio.gather(
        site.select("pages/series", dataset=dataset), site.select("pages/series-names", dataset=dataset)
    )
    by_area = areas_of(site, read_series(rows))
    if len(by_area) < 2:
        raise not_found(request.url.path)
    return page(
        "compare.html",
        language,
        request,
        dataset=dataset,
        dataset_key=key,
        compared=read_choice(request.query_params, by_area),
        names=Names(read_labels(named)),
        most=MOST_AREAS,
        map_size=(WIDTH, HEIGHT),
    )


def areas_of(site: Site, series: tuple[Series, ...]) -> dict[str, Series]:
    """The series by the code of their area; none where an area has several, which are then of different things."""
    found = {}
    for each in series:
        key = iri.parse(site.canonical(each.area))
        if key is not None:
            found[key.key] = each
    return found if len(found) == len(series) else {}


def read_choice(parameters: QueryParams, by_area: Mapping[str, Series]) -> Compared:
    """The areas and the year that an address asks for: none, and the last. Raises Problem for what there is not."""
    areas = tuple(dict.fromkeys(parameters.getlist("area")))
    for area in areas:
        if area not in by_area:
            known = ", ".join(by_area)
            raise bad_parameter("area", Text(
                f"Området {area[:20]} finns inte i datamängden. Det här finns: {known}.",
                f"There is no area {area[:20]} in the data set. There are: {known}.",
            ))  # fmt: skip
    if len(areas) > MOST_AREAS:
        raise bad_parameter("area", Text(
            f"Högst {MOST_AREAS} områden kan stå bredvid varandra; {len(areas)} är valda.",
            f"At most {MOST_AREAS} areas can stand side by side; {len(areas)} are chosen.",
        ))  # fmt: skip
    years = Several(tuple(by_area.values())).years
    asked = parameters.get("year") or str(years[-1])
    if asked not in map(str, years):
        raise bad_parameter("year", Text(
            f"Datamängden har inget värde för år {asked[:20]}. Den har {years[0]}–{years[-1]}.",
            f"The data set has no value of the year {asked[:20]}. It has {years[0]}–{years[-1]}.",
        ))  # fmt: skip
    return Compared(by_area, areas, int(asked))
