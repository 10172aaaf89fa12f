"""`/{sv|en}/compare/{key}`: the areas of a data set side by side, ranked, and on a map, and as files.

`/{sv|en}/compare` lists the data sets that have several areas.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

from endpoint.comparison import (
    MOST_AREAS,
    PARAMETERS,
    Compared,
    Comparison,
    Sectors,
    by_sector,
    counties_of,
    read_choice,
    sectors_of,
)
from endpoint.comparison_sheets import as_workbook
from endpoint.dataset import Row
from endpoint.evidence import of_data
from endpoint.formats import CSV, WORKBOOK, Format
from endpoint.lists import Names, alphabetical, read_labels
from endpoint.mapping.stock import read_stock
from endpoint.maps import Map
from endpoint.methods import READ
from endpoint.parameters import bad_parameter, check_among, takes
from endpoint.parts.territory import municipalities_of
from endpoint.problems import Problem, leading, not_found, without_form
from endpoint.rendering import page
from endpoint.sheets import MOST_CELLS
from endpoint.site import Site
from endpoint.value_tables import series_of
from endpoint.words.worksheets import VALUES
from ontology import iri
from ontology.kinds import KINDS
from ontology.text import Label, Language, Text

router = APIRouter(include_in_schema=False)

COLUMNS = ("observation", "area", "code", "name", "sector", "period", "value", "unit", "yearNotOver", "status")
"""The columns of the CSV; those that the CSV of a whole data set has are called the same."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """A data set with values of several areas."""

    key: str
    label: Label | None
    publisher: str
    areas: int
    indicators: tuple[str, ...]


@router.api_route("/{language:language}/compare", methods=READ)
@takes("indicator")
async def choose(language: Language, request: Request) -> Response:
    """The data sets whose areas can be compared; of an indicator that has one alone, its comparison. One query."""
    site: Site = request.state.site
    found = _comparable(site, await site.select_once("pages/data-sets-of-areas"), language)
    asked = request.query_params.get("indicator")
    if asked:
        indicators = sorted({indicator for each in found for indicator in each.indicators})
        if not indicators:
            raise bad_parameter("indicator", Text(
                "Utgåvan har ingen indikator med värden för flera områden. Utelämna parametern indicator.",
                "The release has no indicator with values of several areas. Leave out the parameter indicator.",
            ))  # fmt: skip
        check_among("indicator", asked, indicators)
        found = [each for each in found if asked in each.indicators]
        if len(found) == 1:
            return RedirectResponse(f"/{language}/compare/{found[0].key}", 303)
    return page("compare-data-sets.html", language, request, data_sets=found)


def _comparable(site: Site, rows: Iterable[Row], language: Language) -> list[Comparable]:
    """The data sets in rows, in the order of their titles."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(_key(site, URIRef(row["dataset"])), []).append(row)
    names = {key: Names(read_labels(same, "dataset"))(same[0]["dataset"], language) for key, same in by_key.items()}
    found = [
        Comparable(
            key,
            names[key],
            str(same[0]["publisher"]),
            int(same[0]["areas"]),
            tuple(sorted({_key(site, URIRef(row["indicator"])) for row in same if "indicator" in row})),
        )
        for key, same in by_key.items()
    ]
    return sorted(found, key=lambda each: alphabetical(each.label.text if each.label else each.key))


@router.api_route("/{language:language}/compare/{key}.csv", methods=READ)
@takes(*PARAMETERS, several=("area",))
async def take(language: Language, key: str, request: Request) -> Response:
    """The values that the comparison of the same address shows. Five queries; six of a release without tables."""
    site: Site = request.state.site
    found = await _compare(site, key, request)
    content = await asyncio.to_thread(_as_csv, found, language)
    return Response(content, headers=_headers(site, found, language, CSV))


def _as_csv(found: Comparison, language: Language) -> str:
    """A row for each value that is compared."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    sector = found.sectors[found.sector] if found.sector else ""
    not_over = found.compared.not_over
    for code, series, value in found.compared.table:
        name = found.names(series.area, language)
        row = (value.observation, series.area, code, name.text if name else "", sector, value.year, f"{value.value:f}")
        writer.writerow((*row, series.unit, value.year if value.year in not_over else "", value.status))
    return written.getvalue()


@router.api_route("/{language:language}/compare/{key}.xlsx", methods=READ)
@takes(*PARAMETERS, several=("area",))
async def take_workbook(language: Language, key: str, request: Request) -> Response:
    """The same as an Excel workbook, in words. Five queries; six of a release without tables."""
    site: Site = request.state.site
    found = await _compare(site, key, request)
    most = MOST_CELLS // len(VALUES)
    if len(found.compared.table) > most:
        raise bad_parameter("from", Text(
            f"En arbetsbok rymmer högst {most} värden. Välj färre år eller en sorts områden, eller hämta CSV-filen.",
            f"A workbook holds {most} values at most. Choose fewer years or one kind of areas, or take the CSV.",
        ))  # fmt: skip
    address = f"{site.address}{language}/compare/{key}.xlsx{found.query}"
    content = await asyncio.to_thread(as_workbook, site, found, address, language)
    return Response(content, headers=_headers(site, found, language, WORKBOOK))


def _headers(site: Site, found: Comparison, language: Language, format_: Format) -> dict[str, str]:
    """The headers of a file with the values of a comparison: it leads to its page and to its licence."""
    key = _key(site, found.dataset)
    links = [f'<{site.base.iri}{language}/compare/{key}{found.query}>; rel="alternate"; type="text/html"']
    if "licence" in found.terms:
        links.append(f'<{found.terms["licence"]}>; rel="license"')
    return {
        "Content-Type": format_.content_type,
        "Content-Disposition": f'attachment; filename="{key}-{site.id}.{format_.suffix}"',
        "Content-Language": language,
        "Link": ", ".join(links),
    }


@router.api_route("/{language:language}/compare/{key}", methods=READ)
@takes(*PARAMETERS, several=("area",))
async def compare(language: Language, key: str, request: Request) -> Response:
    """The areas of a data set compared, in one sector where it is divided into these.

    Five queries; six of a release without tables.
    """
    site: Site = request.state.site
    found = await _compare(site, key, request)
    shown = {
        "dataset": found.dataset,
        "dataset_key": key,
        "compared": found.compared,
        "map": found.compared.map or await _map_within(site, found.compared),
        "query": found.query,
        "sectors": found.sectors,
        "sector": found.sector,
        "counties": {code: site.local(iri.mint("county", code)) for code in counties_of(found.compared.by_area)},
        "names": found.names,
        "terms": found.terms,
        "evidence": of_data(site, await read_stock(site), found.evidence),
        "is_emissions": any(series.is_of_emissions for series in found.compared.by_area.values()),
        "most": MOST_AREAS,
    }
    return await asyncio.to_thread(lambda: page("compare.html", language, request, **shown))


async def _map_within(site: Site, compared: Compared) -> Map | None:
    """The municipalities of the county that is chosen, shaded. One query for each county, asked only once."""
    if compared.kind != "municipality" or compared.within is None:
        return None
    drawing, _ = await site.once(municipalities_of, site.local(iri.mint("county", compared.within)))
    if drawing is None:
        return None
    by_code = {_key(site, place): outline for place, outline in drawing.outlines.items()}
    return compared.map_of(dict(sorted(by_code.items())), drawing.size)


async def _not_compared(site: Site, request: Request, divided: Sectors | None = None) -> Problem:
    """The problem that there is nothing to compare at an address, with where there is. One query at most.

    `divided` is how a data set of that key is, if there is any.
    """
    address = f"{site.address}{request.path_params['language']}/compare"
    key, dot, suffix = request.path_params["key"].partition(".")
    rows = await site.select_once("pages/data-sets-of-areas") if dot else ()
    if any(_key(site, URIRef(row["dataset"])) == key for row in rows):
        return without_form(f"{address}/{key}", suffix, (CSV, WORKBOOK))
    words = Text("Det som går att jämföra finns på", "What can be compared is at")
    problem = not_found(request.url.path)
    if divided is not None and divided.is_known:
        problem.detail = Text(
            f"Datamängden {key} har inte värden för flera områden som kan jämföras: av båda könen tillsammans, och i "
            "samma sektor.",
            f"The data set {key} has no values of several areas that can be compared: of both sexes together, and in "
            "one sector.",
        )
    return leading(problem, words, address)


async def _compare(site: Site, key: str, request: Request) -> Comparison:
    """What an address compares. Raises Problem for what there is not. Five queries; six of a release without tables."""
    if not KINDS["dataset"].accepts(key):
        raise await _not_compared(site, request)
    dataset = site.local(iri.mint("dataset", key))
    divided = await sectors_of(site, dataset)
    if not divided.compared:
        raise await _not_compared(site, request, divided)
    sectors = {_key(site, sector): sector for sector in divided.compared if sector is not None}
    sector = _read_sector(request.query_params, sectors, [_key(site, each) for each in divided.areas])
    in_sector = sectors[sector] if sector else None
    series, named, counties, terms, evidence = await asyncio.gather(
        series_of(site, dataset, in_sector),
        site.select("pages/areas-of-data-set", dataset=dataset),
        site.select("pages/things", **{"class": site.local(KINDS["county"].cls)}),
        site.select("pages/terms-of-data-set", dataset=dataset),
        site.select("pages/data-evidence", dataset=dataset),
    )
    by_area = (await asyncio.to_thread(by_sector, site, series)).get(in_sector)
    if by_area is None:
        raise await _not_compared(site, request, divided)
    names = Names(read_labels(counties) | read_labels(named) | divided.labels)
    compared = read_choice(request.query_params, by_area, site.not_over.get(str(dataset), set()))
    return Comparison(dataset, compared, sectors, sector, names, terms[0] if terms else {}, evidence)


def _key(site: Site, thing: URIRef) -> str:
    """The key of a thing of ours."""
    key = site.key_of(thing)
    return key.key if key else ""


def _read_sector(parameters: QueryParams, sectors: Mapping[str, URIRef], all_: Sequence[str]) -> str | None:
    """The sector that an address asks for, else the first; None where there are none. Raises Problem for another.

    `sectors` are those in which areas can be compared, `all_` those of the data set.
    """
    asked = parameters.get("sector")
    if asked and not sectors:
        raise bad_parameter("sector", Text(
            "Datamängden är inte delad i sektorer. Utelämna parametern sector.",
            "The data set is not divided into sectors. Leave out the parameter sector.",
        ))  # fmt: skip
    if asked and asked in all_ and asked not in sectors:
        there = ", ".join(sectors)
        raise bad_parameter("sector", Text(
            f"Sektorn {asked} har inte värden för flera områden att jämföra. Parametern sector kan vara: {there}.",
            f"The sector {asked} has no values of several areas to compare. The parameter sector can be: {there}.",
        ), tuple(sectors))  # fmt: skip
    if asked:
        check_among("sector", asked, sectors)
    return asked or next(iter(sectors), None)
