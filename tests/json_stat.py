"""JSON-stat 2.0 decoded as https://json-stat.org/full/ describes it, by other hands than those that write it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class Said(NamedTuple):
    """What a file or a table says of one cell: its digits and its status, empty where there is none."""

    value: str
    status: str


Cells = dict[frozenset[tuple[str, str]], Said]
"""What is said of cells, by the codes of their categories; cells of which nothing is said are not there."""


def decode(text: bytes) -> Cells:
    """The cells of a dataset, with the digits that stand in the file."""
    said, digits = json.loads(text), json.loads(text, parse_float=str, parse_int=str)["value"]
    assert (said["class"], said["version"]) == ("dataset", "2.0")
    names, sizes = said["id"], said["size"]
    categories = [_in_order(said["dimension"][name]["category"]) for name in names]
    assert [len(codes) for codes in categories] == sizes
    assert set(said["dimension"]) == set(names)
    number = 1
    for size in sizes:
        number *= size
    values, statuses = _by_place(digits, number), _by_place(said.get("status", {}), number)
    found: Cells = {}
    for place in values.keys() | statuses.keys():
        codes, rest = [], place
        for of, size in zip(reversed(categories), reversed(sizes), strict=True):
            codes.append(of[rest % size])
            rest //= size
        assert rest == 0
        found[frozenset(zip(names, reversed(codes), strict=True))] = Said(
            values.get(place, ""), statuses.get(place, "")
        )
    return found


def _in_order(category: Mapping[str, Any]) -> list[str]:
    index = category.get("index", category.get("label"))
    codes = index if isinstance(index, list) else sorted(index, key=index.__getitem__)
    assert len(set(codes)) == len(codes)
    assert set(category["label"]) == set(codes)
    return codes


def _by_place(held: Any, number: int) -> dict[int, str]:
    if isinstance(held, list):
        assert len(held) == number
        return {place: each for place, each in enumerate(held) if each is not None}
    assert all(place == str(int(place)) and 0 <= int(place) < number for place in held)
    return {int(place): each for place, each in held.items()}


def table_cells(table: bytes) -> Cells:
    """The same of the table of a data set."""
    return {
        frozenset((name, row[name]) for name in ("area", "year", "sector", "sex", "unit") if row.get(name)): Said(
            row["value"], row.get("status", "")
        )
        for row in _rows(table)
    }


def _rows(table: bytes) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(table.decode("utf-8"), newline=""))


def assert_as_in_the_tables(folder: Path) -> None:
    """Every table has a file in each language, and these say what it says and no other value."""
    tables = sorted(folder.glob("*.csv"))
    assert {path.name for path in folder.glob("*.json")} == {
        f"{path.stem}.{language}.json" for path in tables for language in ("sv", "en")
    }
    for table in tables:
        expected = table_cells(table.read_bytes())
        for language in ("sv", "en"):
            cells = decode(table.with_suffix(f".{language}.json").read_bytes())
            assert {key: said for key, said in cells.items() if said.value} == expected, table.name
