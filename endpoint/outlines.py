"""Areas as outlines for a picture: where their polygons lie in it. Templates draw it, the stylesheet colours it.

The projection is sinusoidal about the middle of what is drawn, which keeps areas in proportion.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from rdflib import URIRef

from ontology.wkt import Polygons, box_of

LONGEST = 600  # of the sides of a picture, in whole units


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of some places: its width and height, and the outline of each as an SVG path."""

    size: tuple[int, int]
    outlines: Mapping[URIRef, str]


def draw(places: Mapping[URIRef, Polygons]) -> Drawing | None:
    """The picture of places, north upwards; None where there is nothing to draw."""
    areas = {place: polygons for place, polygons in places.items() if polygons}
    if not areas:
        return None
    west, south, east, north = box_of(polygon for area in areas.values() for polygon in area)
    middle = (west + east) / 2

    def project(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - middle) * math.cos(math.radians(point[1])), north - point[1]

    plane = {
        place: [[project(point) for point in ring] for polygon in area for ring in polygon]
        for place, area in areas.items()
    }
    across = [x for rings in plane.values() for ring in rings for x, _ in ring]
    left, width, height = min(across), max(across) - min(across), north - south
    scale = LONGEST / max(width, height)

    def ring_of(ring: list[tuple[float, float]]) -> str:
        points = [point for point, _ in groupby((round((x - left) * scale), round(y * scale)) for x, y in ring[:-1])]
        return f"M{' '.join(f'{x} {y}' for x, y in points)}z"

    paths = {place: "".join(map(ring_of, rings)) for place, rings in plane.items()}
    return Drawing((math.ceil(width * scale), math.ceil(height * scale)), paths)
