"""What the tables say of data sets and their values, computed from the CSV files alone."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from tests.expected import rows


def licensed() -> dict[str, str]:
    """The licence of each data set for which one is stated."""
    return {row["dataset"]: row["licence"] for row in rows("dataset_licences")}


def series() -> dict[str, dict[str, Decimal]]:
    """The values of each series by year."""
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in rows("observations"):
        key = "/".join(part for part in (row["dataset"], row["area"], row["sector"]) if part)
        found[key][row["period"]] = Decimal(row["value"])
    return found


def hundredths(value: Decimal) -> Decimal:
    """A number with two decimals, halves away from zero."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def changes() -> dict[str, tuple[str, str, Decimal | None]]:
    """First and last year of each series and the change between them in per cent; none from zero or below."""
    found = {}
    for key, values in series().items():
        first, last = min(values), max(values)
        change = hundredths(100 * (values[last] - values[first]) / values[first]) if values[first] > 0 else None
        found[key] = first, last, change
    return found


def against_the_nation(county: str) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """The emissions of a county, those of all sectors of the nation in the same release, and the share, by year."""
    nation: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("observations"):
        if row["dataset"] == "ghg-sector-2026-08":
            nation[row["period"]] += Decimal(row["value"])
    own = series()[f"ghg-county-2026-08/{county}"]
    return {year: (value, nation[year], hundredths(100 * value / nation[year])) for year, value in own.items()}


def data_sets() -> list[tuple[str, str, str, str, int]]:
    """Each data set with version, month of issue, licence (empty where unknown) and its number of values."""
    versions = {row["dataset"]: (row["version"], row["issued"]) for row in rows("dataset_versions")}
    keys = sorted(row["id"] for row in rows("datasets"))
    released = [row["dataset"] for row in rows("observations")]
    return [(key, *versions.get(key, ("", "")), licensed().get(key, ""), released.count(key)) for key in keys]


def covered_by(dataset: str) -> tuple[int, int, str, str, int, int]:
    """Of a data set with areas of one kind: its areas, series, first and last year, years and values."""
    found = [row for row in rows("observations") if row["dataset"] == dataset]
    years = {row["period"] for row in found}
    series_of = {(row["area"], row["sector"]) for row in found}
    return len({row["area"] for row in found}), len(series_of), min(years), max(years), len(years), len(found)


def indicators_with_values() -> set[tuple[str, str, str, str, int]]:
    """Indicator, series, first and last year and number of values of what a source ties to an indicator."""
    return {
        (row["indicator"], key, min(values), max(values), len(values))
        for row in rows("dataset_indicators")
        for key, values in series().items()
        if key.partition("/")[0] == row["dataset"]
    }


def external_datasets_of(objective: str) -> set[tuple[str, str]]:
    """Key of each dataset of others that concerns an objective, and the source that states it."""
    found = rows("external_dataset_objectives")
    return {(row["dataset"], row["source_id"]) for row in found if row["objective"] == objective}


def emissions_by_sector(year: str) -> list[tuple[str, Decimal]]:
    """Key and emissions of every sector in a year, the largest first."""
    found = [row for row in rows("observations") if row["dataset"] == "ghg-sector-2026-08" and row["period"] == year]
    return sorted(((row["sector"], Decimal(row["value"])) for row in found), key=lambda each: -each[1])
