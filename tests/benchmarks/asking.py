"""Six questions to releases of different sizes: `python tests/benchmarks/asking.py DATA DATA …`. Read, not asserted.

The data folders are those that `building.py` keeps where KEEP says, the smallest first. Each question is asked of a
data set that all of them have, as a reader would who knows how the cube is laid out: an observation by its IRI, a
series by its own, the areas of a data set by its series. Times are processor time of the engine, the median of several.
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
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
BASE <https://w3id.org/miljograf/id/>
"""
OF_EACH_AREA = f"""
  <dataset/{DATASET}> qb:slice ?series .
  OPTIONAL {{ ?series sdmx-dimension:refArea ?area }}
  OPTIONAL {{
    ?series qb:observation ?one .
    OPTIONAL {{ ?one sdmx-dimension:refPeriod ?year }}
    OPTIONAL {{ ?one sdmx-measure:obsValue ?value }}
  }}
"""
BEFORE, LATEST = (f'{which}(CONCAT(STR(?year), " ", STR(?value)))' for which in ("MIN", "MAX"))
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
  {OF_EACH_AREA}
  FILTER (STR(?year) = "{YEAR}" && CONTAINS(STR(?area), "/municipality/"))
}} ORDER BY DESC(?value)""",
    "the mean of a county's municipalities": f"""
SELECT (AVG(?value) AS ?mean) WHERE {{
  {OF_EACH_AREA}
  FILTER (STR(?year) = "{YEAR}" && CONTAINS(STR(?area), "/municipality/12"))
}}""",
    "the latest value of each area": f"""
SELECT ?area (STRBEFORE({LATEST}, " ") AS ?when) (xsd:decimal(STRAFTER({LATEST}, " ")) AS ?last) WHERE {{
  {OF_EACH_AREA}
}} GROUP BY ?area""",
    "the change from the first year to the last": f"""
SELECT ?area (xsd:decimal(STRAFTER({LATEST}, " ")) - xsd:decimal(STRAFTER({BEFORE}, " ")) AS ?change) WHERE {{
  {OF_EACH_AREA}
}} GROUP BY ?area""",
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
