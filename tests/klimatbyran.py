"""Files of the form that Klimatbyrån's are.

The real files are used where they are at hand. Else the values are made up by a rule: nothing of them is ever released.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from loaders.counties import County
from loaders.klimatbyran_api import FILES
from loaders.municipalities import Municipality
from loaders.observations import Sector
from loaders.row import Row

REAL = Path(__file__).parents[2] / "shared" / "sources" / "garbo"
"""The real files of a release, beside the project where they are at hand."""

YEARS = ("1990", "2024")
Files = dict[str, list[dict[str, Any]]]


def made_files(rows: Iterable[Row], factor: int = 1) -> Files:
    """Hand-made files for the areas and sectors of some rows."""
    rows = list(rows)
    counties = {row.code: row.name_sv for row in rows if isinstance(row, County)}
    places = [row for row in rows if isinstance(row, Municipality)]
    sectors = [row.name_sv for row in rows if isinstance(row, Sector)]

    def totals(code: str) -> dict[str, float]:
        return {year: factor * (int(code) + int(year) / 100) for year in YEARS}

    def by_sector(code: str) -> dict[str, dict[str, float]]:
        return {year: {name: value / len(sectors) for name in sectors} for year, value in totals(code).items()}

    return {
        "municipality-data.json": [
            {
                "name": row.name_sv,
                "region": counties[row.county],
                "emissions": totals(row.code),
                "trend": {"2030": 1.0},
                "totalConsumptionEmission": 5.314,
                "electricVehiclePerChargePoints": None,
                "bicycleMetrePerCapita": 2.871,
            }
            for row in places
        ],
        "municipality-sector-emissions.json": [{"name": row.name_sv, "sectors": by_sector(row.code)} for row in places],
        "nation-sector-emissions.json": [{"name": "Sverige", "sectors": by_sector("999")}],
        "region-data.json": [
            {
                "region": name,
                "emissions": totals(code),
                "totalConsumptionEmission": 5.18,
                "electricVehiclePerChargePoints": 8.61,
            }
            for code, name in counties.items()
        ],
        "region-sector-emissions.json": [{"name": name, "sectors": by_sector(code)} for code, name in counties.items()],
    }


def bodies(files: Files) -> dict[str, bytes]:
    """The files as bytes."""
    return {name: json.dumps(items, ensure_ascii=False, indent=1).encode() for name, items in files.items()}


def real_bodies() -> dict[str, bytes] | None:
    """The real files; None where they are not at hand."""
    return {name: (REAL / name).read_bytes() for name in FILES} if REAL.is_dir() else None
