"""The boundaries of counties and municipalities: a geometry of each, and the box that it lies in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator
from rdflib import URIRef
from rdflib.term import Node

from loaders.areas import area_iri, area_reference
from loaders.row import Claim, Fact, Reference
from loaders.spelling import Spelt
from ontology.namespaces import DCAT, GEO, RDF
from ontology.rings import refuse_invalid
from ontology.wkt import box_literal, box_of, literal_of, read_polygons


def _of_sweden(text: str) -> str:
    polygons = read_polygons(text)
    refuse_invalid(polygons)
    west, south, east, north = box_of(polygons)
    if west < 10 or east > 25 or south < 55 or north > 70:  # what has its axes swapped is elsewhere
        raise ValueError(f"this lies outside Sweden: from {west} {south} to {east} {north}, longitude first")
    return text


class Boundary(Claim):
    """The boundary of a county or a municipality, longitude first, in degrees on WGS 84."""

    table = "boundaries"
    defines = "geometry"

    area: Annotated[
        str,
        Spelt(
            r"[0-9]{2}|[0-9]{4}",
            "skriv länets två siffror eller kommunens fyra",
            "write the two digits of a county or the four of a municipality",
        ),
    ]
    wkt: Annotated[str, AfterValidator(_of_sweden)]

    @property
    def key(self) -> str:
        """The code of the county or the municipality."""
        return self.area

    def references(self) -> Iterator[Reference]:
        """The source and the area."""
        yield from super().references()
        yield area_reference(self.area)

    def facts(self) -> Iterator[Fact]:
        """What it is, its text, whose geometry it is, and the box around that."""
        yield self.says(RDF.type, GEO.Geometry, "area")
        yield self.says(GEO.asWKT, literal_of(self.wkt), "wkt")
        yield self._of_area(GEO.hasGeometry, self.subject, "area")
        yield self._of_area(DCAT.bbox, box_literal(box_of(read_polygons(self.wkt))), "wkt")

    def _of_area(self, predicate: URIRef, value: Node, cell: str) -> Fact:
        return Fact(area_iri(self.area), predicate, value, cell)
