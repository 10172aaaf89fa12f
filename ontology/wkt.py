"""Areas as well-known text (OGC 06-103r4), as literals of GeoSPARQL name them: polygons in degrees, longitude first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from rdflib import Literal, URIRef

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
"""Longitude and latitude on WGS 84: the reference system that GeoSPARQL assumes where none is named, and GeoJSON's."""

WKT_LITERAL = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
"""The datatype of such literals."""

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Polygons = tuple[Polygon, ...]
Box = tuple[float, float, float, float]

_NUMBER = r"-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,9})?"
_POINT = rf"{_NUMBER} {_NUMBER}"
_RING = rf"\({_POINT}(?:,{_POINT}){{3,}}\)"
_POLYGON = rf"\({_RING}(?:,{_RING})*\)"
_WHOLE = re.compile(rf"MULTIPOLYGON\({_POLYGON}(?:,{_POLYGON})*\)", re.ASCII)
_EAST, _NORTH = 180, 90


def read_polygons(text: str) -> Polygons:
    """The polygons of a MULTIPOLYGON, each its outer ring and then its holes.

    Raises ValueError for another geometry, a ring that is not closed, and a position that is not on the earth.
    """
    if _WHOLE.fullmatch(text) is None:
        raise ValueError(f"write an area as MULTIPOLYGON(((11.5 57.7,11.6 57.7,…))), not as {text[:40]!r}")
    found = tuple(
        tuple(_ring(ring) for ring in re.findall(r"\(([^()]+)\)", polygon))
        for polygon in re.findall(r"\((\([^()]+\)(?:,\([^()]+\))*)\)", text)
    )
    for ring in (ring for polygon in found for ring in polygon):
        if ring[0] != ring[-1]:
            raise ValueError(f"a ring ends where it begins; this one begins at {ring[0]} and ends at {ring[-1]}")
        if _twice_the_area_of(ring) == 0:
            raise ValueError(f"a ring encloses an area; this one, which begins at {ring[0]}, encloses none")
        for east, north in ring:
            if abs(east) > _EAST or abs(north) > _NORTH:
                raise ValueError(f"longitude comes first, then latitude: {east} {north} is no position")
    return found


def _ring(text: str) -> Ring:
    return tuple((float(east), float(north)) for east, north in (point.split(" ") for point in text.split(",")))


def box_of(polygons: Iterable[Polygon]) -> Box:
    """The least and the greatest longitude and latitude: west, south, east, north."""
    points = [point for polygon in polygons for ring in polygon for point in ring]
    east, north = [point[0] for point in points], [point[1] for point in points]
    return min(east), min(north), max(east), max(north)


def turned(ring: Ring, *, is_outer: bool) -> Ring:
    """The ring as RFC 7946 wants it: an outer ring counter-clockwise, a hole clockwise."""
    return ring if (_twice_the_area_of(ring) > 0) == is_outer else ring[::-1]


def _twice_the_area_of(ring: Ring) -> float:
    """In square degrees, more than nothing where it runs counter-clockwise; none of a line."""
    west, south = ring[0]
    moved = [(x - west, y - south) for x, y in ring]  # of a small ring far out, digits would be lost
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(moved))


def literal_of(text: str) -> Literal:
    """Well-known text as a literal that names its reference system."""
    return Literal(f"<{CRS84}> {text}", datatype=WKT_LITERAL)


def box_literal(box: Box) -> Literal:
    """A box as such a literal: a polygon, counter-clockwise from its south-western corner."""
    west, south, east, north = box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return literal_of(f"POLYGON(({','.join(f'{x:.12g} {y:.12g}' for x, y in corners)}))")


def polygons_of(literal: str) -> Polygons:
    """The polygons of such a literal; none where it is of another geometry or in another reference system."""
    try:
        return read_polygons(literal.removeprefix(f"<{CRS84}> "))
    except ValueError:
        return ()
