"""Places as GeoJSON (RFC 7946): a county or a municipality as a feature, a class of them as a collection."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rdflib import Literal, URIRef

from endpoint.dataset import Row
from endpoint.documents.document import Document
from endpoint.site import Site
from ontology.namespaces import GEO, MG
from ontology.wkt import Polygons, box_of, polygons_of, turned

_CLASSES = (MG.County, MG.Municipality)


def is_on_a_map(document: Document) -> bool:
    """True for a place with a geometry, and for a class of such places."""
    return _is_class(document) or document.one(GEO.hasGeometry) is not None


def _is_class(document: Document) -> bool:
    return document.thing in map(document.site.local, _CLASSES)


async def write_features(document: Document) -> bytes:
    """The feature of a place, or the features of a class in the order of their codes. One query."""
    site = document.site
    bound = {"cls": document.thing} if _is_class(document) else {"place": document.thing}
    by_place: dict[str, list[Row]] = {}
    for row in await site.select("tables/features", **bound):
        by_place.setdefault(str(row["place"]), []).append(row)
    features = [_feature(site, rows) for rows in by_place.values()]
    said = {"type": "FeatureCollection", "features": features} if _is_class(document) else features[0]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _feature(site: Site, rows: list[Row]) -> dict[str, object]:
    """A place by the rows about it, one for each of its names."""
    first = rows[0]
    polygons = polygons_of(str(first["wkt"]))
    source = site.sources.get(URIRef(first["source"]), {})
    return {
        "type": "Feature",
        "id": str(first["place"]),
        **({"bbox": box_of(polygons)} if polygons else {}),
        "geometry": _geometry(polygons) if polygons else None,  # what is not located has none
        "properties": {
            "code": str(first["code"]),
            **_names(rows),
            "geometry": str(first["geometry"]),
            "attribution": source.get("attribution"),
            "licence": source.get("licence"),
        },
    }


def _geometry(polygons: Polygons) -> dict[str, object]:
    turned_so = [[turned(ring, is_outer=place == 0) for place, ring in enumerate(polygon)] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": turned_so}


def _names(rows: Iterable[Row]) -> dict[str, str]:
    labels = (row["label"] for row in rows if "label" in row)
    return {f"name_{label.language}": str(label) for label in labels if isinstance(label, Literal)}
