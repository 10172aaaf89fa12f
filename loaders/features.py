"""The features of a GeoJSON file as the lines of a table: a column for each property that is asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from loaders.json_answers import Page, Pairs, digits_of, read_json, refuse_doubles
from loaders.table import LONGEST_FIELD
from loaders.told import cut

ID = "id"
"""What the column of the identifiers of features is called (RFC 7946, section 3.2)."""

_MOST_NAMES = 300  # characters of the names of the properties that there are
_CALLED = {dict: "an object", list: "a list", bool: "true or false", str: "a text", type(None): "null"}
"""What a value of JSON is called; all others are numbers."""


def as_table(body: bytes, columns: Sequence[str]) -> bytes:
    """The features as CSV with those columns; what else they have is not read. Raises ValueError with the place.

    The geometries are not read: a thing of the tables that has one has it there.
    """
    page = read_json(body, _without_coordinates)
    features = page.get("features")
    if page.get("type") != "FeatureCollection" or not isinstance(features, list):
        alone = ", but one Feature alone; put it into one" if page.get("type") == "Feature" else ""
        raise ValueError(f"this is no FeatureCollection of GeoJSON (RFC 7946){alone}")
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(columns)
    seen = set[str]()
    for place, feature in enumerate(features):
        where = f"features[{place}]"
        properties = _properties(feature, where)
        own = _id(feature.get(ID), f"{where}.{ID}") if ID in columns and ID not in properties else {}
        seen |= properties.keys() | own.keys()
        lines.writerow([own.get(name) or _cell(properties.get(name), f"{where}.properties.{name}") for name in columns])
    if features and (unknown := [name for name in columns if name not in seen]):
        known = cut(", ".join(sorted(seen)), _MOST_NAMES) or "none"
        raise ValueError(f"no feature has the property {', '.join(unknown)}; there are: {known}")
    return text.getvalue().encode("utf-8")


def _without_coordinates(pairs: Pairs) -> Page:
    """An object, and of a geometry no coordinates: as numbers they take many times as much memory as in the file."""
    found = refuse_doubles(pairs)
    if isinstance(found.get("coordinates"), list):
        found["coordinates"] = []
    return found


def _properties(feature: Any, where: str) -> dict[str, Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError(f"{where} is no Feature")
    properties = feature.get("properties")
    if not isinstance(properties, dict | None):
        raise ValueError(f"{where}.properties is {_called(properties)}, where an object or null belongs")
    return properties or {}


def _id(given: object, where: str) -> dict[str, str]:
    """The identifier of a feature itself, if it has one."""
    if isinstance(given, bool | dict | list):
        raise ValueError(f"{where} is {_called(given)}, where a text or a number belongs")
    return {} if given is None else {ID: _cell(given, where)}


def _called(value: object) -> str:
    return _CALLED.get(type(value), "a number")


def _cell(value: object, where: str) -> str:
    """A value as a cell: numbers keep their digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        raise ValueError(f"{where} is {_called(value)}, and one value belongs in a column")
    if isinstance(value, str):
        if len(value) > LONGEST_FIELD:
            raise ValueError(f"{where} has {len(value):,} characters, and a value may have {LONGEST_FIELD:,}")
        return value
    try:
        return digits_of(value)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
