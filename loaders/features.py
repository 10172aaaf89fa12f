"""The features of a GeoJSON file as the lines of a table: a column for each property that is asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from loaders.json_answers import digits_of, read_json

ID = "id"
"""What the column of the identifiers of features is called (RFC 7946, section 3.2)."""


def as_table(body: bytes, columns: Sequence[str]) -> bytes:
    """The features as CSV with those columns; what else they have is not read. Raises ValueError with the place.

    The geometries are not read: a thing of the tables that has one has it there.
    """
    page = read_json(body)
    features = page.get("features")
    if page.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise ValueError("this is no FeatureCollection of GeoJSON (RFC 7946)")
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(columns)
    seen = set[str]()
    for place, feature in enumerate(features):
        properties = _properties(feature, f"features[{place}]")
        seen |= properties.keys()
        lines.writerow([_cell(properties.get(name), f"features[{place}].properties.{name}") for name in columns])
    if features and (unknown := [name for name in columns if name not in seen]):
        raise ValueError(f"no feature has the property {', '.join(unknown)}; there are: {', '.join(sorted(seen))}")
    return text.getvalue().encode("utf-8")


def _properties(feature: Any, where: str) -> dict[str, Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError(f"{where} is no Feature")
    properties = feature.get("properties")
    if not isinstance(properties, dict | None):
        raise ValueError(f"{where}.properties is a {type(properties).__name__}, where an object or null belongs")
    own = {ID: feature[ID]} if ID in feature else {}
    return own | (properties or {})


def _cell(value: object, where: str) -> str:
    """A value as a cell: numbers keep their digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        raise ValueError(f"{where} is a {type(value).__name__}, and one value belongs in a column")
    try:
        return value if isinstance(value, str) else digits_of(value)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
