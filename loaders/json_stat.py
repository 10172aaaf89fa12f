"""Datasets in JSON-stat 2.0: their dimensions, and their cells with the digits of the source.

See https://json-stat.org/full/. Values stand in a list, the last dimension fastest, or by their places where most are
missing; so may their statuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, NamedTuple

from loaders.json_answers import Page, digits_of

VERSION = "2.0"
_MOST_CELLS = 10_000_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its categories in order with their labels, and the units of those that have one."""

    code: str
    label: str
    categories: Mapping[str, str]
    units: Mapping[str, str]


class Cell(NamedTuple):
    """A cell by the codes of its categories, in the order of dimensions; the digits are empty where it has no value."""

    codes: tuple[str, ...]
    digits: str
    status: str


def read_dimensions(page: Page) -> dict[str, Dimension]:
    """The dimensions of a dataset by their codes, in order. Raises ValueError that says what is wrong, and where."""
    if page.get("class") != "dataset" or page.get("version") != VERSION:
        raise ValueError(f"this is no dataset of JSON-stat {VERSION}: class and version do not say so")
    codes, sizes, described = page.get("id"), page.get("size"), page.get("dimension")
    if not isinstance(codes, list) or not isinstance(sizes, list) or not isinstance(described, dict):
        raise ValueError("the dataset has not the parts id, size and dimension")
    if not all(isinstance(code, str) for code in codes):
        raise ValueError("id has a code that is no text")
    if len(codes) != len(sizes) or len(set(codes)) != len(codes):
        raise ValueError(f"id names {len(codes)} dimensions and size {len(sizes)}, or one of them comes twice")
    found = {}
    for code, size in zip(codes, sizes, strict=True):
        try:
            found[code] = _dimension(code, described.get(code))
        except ValueError as error:
            raise ValueError(f"dimension.{code}: {error}") from error
        if len(found[code].categories) != size:
            raise ValueError(f"dimension.{code} has {len(found[code].categories)} categories, and size says {size}")
    return found


def read_cells(page: Page) -> Iterator[Cell]:
    """The cells of a dataset. Raises ValueError that says what is wrong, and where."""
    dimensions = read_dimensions(page)
    number = prod(len(dimension.categories) for dimension in dimensions.values())
    if number > _MOST_CELLS:
        raise ValueError(f"size is of {number:,} cells: more than can be in an answer")
    values, statuses = _by_place(page.get("value"), number, "value"), _statuses(page.get("status"), number)
    for place, codes in enumerate(product(*(dimension.categories for dimension in dimensions.values()))):
        try:
            digits = digits_of(values.get(place))
        except ValueError as error:
            raise ValueError(f"value[{place}]: {error}") from error
        yield Cell(codes, digits, statuses.get(place, ""))


def _dimension(code: str, described: object) -> Dimension:
    category = described.get("category") if isinstance(described, dict) else None
    if not isinstance(described, dict) or not isinstance(category, dict):
        raise ValueError("it has no category")
    labels, index, label = category.get("label", {}), category.get("index"), described.get("label") or code
    if not isinstance(labels, dict) or not all(isinstance(each, str) for each in (label, *labels.values())):
        raise ValueError("label and category.label are not texts")
    if index is None and len(labels) == 1:  # where there is one category, its place need not be given
        index = list(labels)
    if isinstance(index, dict):
        if sorted(index.values(), key=str) != sorted(range(len(index)), key=str):
            raise ValueError("category.index does not give each category a place of its own")
        index = sorted(index, key=index.__getitem__)
    if not isinstance(index, list) or not all(isinstance(each, str) for each in index) or len(set(index)) != len(index):
        raise ValueError("category.index is neither a list of codes nor their places")
    units = category.get("unit", {})
    return Dimension(
        code,
        label,
        {each: labels.get(each, each) for each in index},
        {str(each): str(unit["base"]) for each, unit in units.items() if isinstance(unit, dict) and "base" in unit}
        if isinstance(units, dict)
        else {},
    )


def _by_place(held: object, number: int, name: str) -> dict[int, Any]:
    """What stands at each place: a list has all of them, an object some."""
    if isinstance(held, list):
        if len(held) != number:
            raise ValueError(f"{name} has {len(held):,} entries, and size is of {number:,} cells")
        return dict(enumerate(held))
    if isinstance(held, dict):
        for place in held:
            if not place.isdecimal() or int(place) >= number:
                raise ValueError(f"{name} has an entry at {place!r}, and size is of {number:,} cells")
        return {int(place): value for place, value in held.items()}
    raise ValueError(f"{name} is neither a list nor an object")


def _statuses(held: object, number: int) -> dict[int, str]:
    if held is None:
        return {}
    if isinstance(held, str):  # the same for all cells
        return dict.fromkeys(range(number), held)
    return {
        place: " ".join(str(status).split()) for place, status in _by_place(held, number, "status").items() if status
    }
