"""Statistical tables made up by a rule, and what is selected of one as a JSON-stat 2.0 dataset.

Written from the JSON-stat 2.0 description (json-stat.org): values in row-major order, the last dimension fastest; a
value that is missing is `null` and has a status at its place in the list. Every table is made by hand, every value made
up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from tests.services.service import made_up

Selection = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a table: its values by code, its role, and whether a query may leave it out."""

    code: str
    label: str
    values: Mapping[str, str]
    role: str | None = None
    elimination: bool | str = False
    """`True`: left out, its values are summed; a code: left out, that value is taken."""
    units: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Of a metric: the unit of each value, and its decimals."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table made by hand: its variables in order, and where the older interface keeps it."""

    id: str
    label: str
    variables: tuple[Variable, ...]
    folder: tuple[str, ...] = ("MI", "MI0107")
    name: str = ""
    """Its name in the older interface; its identifier if not given."""
    updated: str = "2026-06-18T06:00:00Z"
    source: str = "Påhittad myndighet"
    notes: tuple[str, ...] = ("Påhittade värden för ett prov.",)
    discontinued: bool = False
    given: Mapping[tuple[str, ...], tuple[float | None, str]] = field(default_factory=dict)
    """Values made by hand, with a status, by the codes of all variables in order."""

    def variable(self, code: str) -> Variable | None:
        """The variable with a code, in whatever case it is written."""
        return next((one for one in self.variables if one.code.casefold() == code.casefold()), None)

    def cell(self, codes: tuple[str, ...]) -> tuple[float | None, str]:
        """The value of one cell and its status, by the codes of all variables in order."""
        if codes in self.given:
            return self.given[codes]
        number = made_up("pxweb", self.id, *codes)
        return (None, "..") if number % 37 == 0 else (number % 1_000_000 / 100, "")


def size(selection: Selection) -> int:
    """How many cells a selection has."""
    return prod(len(codes) for codes in selection.values())


def dataset(table: Table, selection: Selection, *, has_values: bool = True) -> dict[str, object]:
    """What is selected; variables that the selection leaves out are gone from it."""
    kept = [variable for variable in table.variables if variable.code in selection]
    told: dict[str, object] = {
        "version": "2.0",
        "class": "dataset",
        "label": table.label,
        "source": table.source,
        "updated": table.updated,
        "note": list(table.notes),
        "role": _roles(kept),
        "id": [variable.code for variable in kept],
        "size": [len(selection[variable.code]) for variable in kept],
        "dimension": {variable.code: _dimension(variable, selection[variable.code]) for variable in kept},
        "extension": {"px": {"tableid": table.id, "decimals": 2, "aggregallowed": True, "official-statistics": False}},
    }
    if has_values:
        cells = [
            _value(table, dict(zip((v.code for v in kept), codes, strict=True))) for codes in _product(kept, selection)
        ]
        told["value"] = [value for value, _ in cells]
        if statuses := {str(place): status for place, (_, status) in enumerate(cells) if status}:
            told["status"] = statuses
    return told


def _product(kept: Sequence[Variable], selection: Selection) -> product[tuple[str, ...]]:
    return product(*(selection[variable.code] for variable in kept))


def _value(table: Table, codes: Mapping[str, str]) -> tuple[float | None, str]:
    """The value of one cell, summed over what is left out."""
    ways = []
    for variable in table.variables:
        if variable.code in codes:
            ways.append([codes[variable.code]])
        elif isinstance(variable.elimination, str):
            ways.append([variable.elimination])
        else:
            ways.append(list(variable.values))
    cells = [table.cell(one) for one in product(*ways)]
    missing = next((status for value, status in cells if value is None), "")
    if missing:
        return None, missing
    return round(sum(value for value, _ in cells if value is not None), 2), cells[0][1] if len(cells) == 1 else ""


def _roles(kept: Sequence[Variable]) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for variable in kept:
        if variable.role:
            roles.setdefault(variable.role, []).append(variable.code)
    return roles


def _dimension(variable: Variable, codes: Sequence[str]) -> dict[str, object]:
    category: dict[str, object] = {
        "index": {code: place for place, code in enumerate(codes)},
        "label": {code: variable.values[code] for code in codes},
    }
    if variable.units:
        category["unit"] = {
            code: {"base": unit, "decimals": decimals}
            for code, (unit, decimals) in variable.units.items()
            if code in codes
        }
    extension = {"elimination": bool(variable.elimination), "show": "code_value" if variable.role == "geo" else "value"}
    return {"label": variable.label, "category": category, "extension": extension}
