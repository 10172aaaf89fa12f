"""Six questions to releases of different sizes: `python tests/benchmarks/asking.py DATA DATA …`. Read, not asserted.

The data folders are those that `building.py` keeps where KEEP says, the smallest first. Each question is asked of a
data set that all of them have, as a reader would who knows how the cube is laid out: an observation by its IRI, a
series by its own, municipalities by what they are or where they lie, all areas of a data set by its series. Times are
processor time of the engine, the median of several.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import pyoxigraph as ox

from loaders.release import Release, Releases

ROUNDS = 7
DATASET, AREA, YEAR = "kolada-n00401", "1280", "2020"
PREFIXES = """
PREFIX mg: <https://w3id.org/miljograf/spec/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
BASE <https://w3id.org/miljograf/id/>
"""
SERIES = f"""
  <dataset/{DATASET}> qb:slice ?series .
  OPTIONAL {{ ?series sdmx-dimension:refArea ?area }}"""


def observed(of: str, year: str) -> str:
    """The observation of a year in a series, by its address, and its value; `year` is an expression."""
    return at(f'REPLACE(STR(?series), "/slice/([^/]+/[^/]+)", CONCAT("/observation/$1/", {year}))', "series", of)


def at(address: str, otherwise: str, of: str) -> str:
    """The observation at an address, which is an expression, and its value.

    `otherwise` is a variable that surely has a value: then the engine looks the observation up.
    """
    return f"""
  BIND (COALESCE(IRI({address}), ?{otherwise}) AS ?{of}One)
  OPTIONAL {{ ?{of}One sdmx-measure:obsValue ?{of} }}
  FILTER (BOUND(?{of}))"""


def end(of: str) -> str:
    """The first or the last year of a series."""
    return f"""
  OPTIONAL {{ ?series mg:{of} ?{of}OfSeries }}
  BIND (COALESCE(STR(?{of}OfSeries), "") AS ?{of})"""


ADDRESS_IN_AREA = f'REPLACE(STR(?area), "/municipality/(.+)", "/observation/{DATASET}/$1/{YEAR}")'
IN_MUNICIPALITY = at(ADDRESS_IN_AREA, "area", "value")
QUESTIONS = {
    "a value by data set, area and year": f"""
SELECT ?value WHERE {{ <observation/{DATASET}/{AREA}/{YEAR}> sdmx-measure:obsValue ?value }}""",
    "a series": f"""
SELECT ?year ?value WHERE {{
  <slice/{DATASET}/{AREA}> qb:observation ?one .
  OPTIONAL {{ ?one sdmx-dimension:refPeriod ?year }}
  OPTIONAL {{ ?one sdmx-measure:obsValue ?value }}
}} ORDER BY ?year""",
    "municipalities ranked in a year": f"""
SELECT ?area ?value WHERE {{
  ?area a mg:Municipality .{IN_MUNICIPALITY}
}} ORDER BY DESC(?value)""",
    "the mean of a county's municipalities": f"""
SELECT (AVG(?value) AS ?mean) WHERE {{
  ?area mg:inCounty <county/12> .{IN_MUNICIPALITY}
}}""",
    "the latest value of each area": f"""
SELECT ?area ?lastYear ?value WHERE {{{SERIES}{end("lastYear")}{observed("value", "?lastYear")}
}}""",
    "the change from the first year to the last": f"""
SELECT ?area (?after - ?before AS ?change) WHERE {{{SERIES}{end("firstYear")}{end("lastYear")}
{observed("before", "?firstYear")}{observed("after", "?lastYear")}
}}""",
}


def milliseconds(store: ox.Store, query: str) -> tuple[float, int]:
    """The median time of a question, and how many rows its answer has."""
    took, rows = [], 0
    for _ in range(ROUNDS):
        begun = time.process_time()
        answer = store.query(query, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        rows = (answer.serialize(format=ox.QueryResultsFormat.TSV) or b"").count(b"\n") - 1
        took.append(time.process_time() - begun)
    return statistics.median(took) * 1000, rows


def main(releases: list[Release]) -> None:
    """Ask every question of every release."""
    print(f"{'statements':54}" + "".join(f"{release.record['triples']:>14,}" for release in releases) + "   ratio")
    stores = [ox.Store.read_only(str(release.store)) for release in releases]
    for name, text in QUESTIONS.items():
        found = [
            milliseconds(store, release.base.localise_text(PREFIXES + text))
            for store, release in zip(stores, releases, strict=True)
        ]
        times = "".join(f"{took:>11.2f} ms" for took, _ in found)
        print(f"{name:44}{found[0][1]:>4} rows {times}{found[-1][0] / found[0][0]:>8.2f}")


if __name__ == "__main__":
    main([Releases(Path(folder)).current() for folder in sys.argv[1:]])
