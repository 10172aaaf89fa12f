"""The values of cells by a datatype of CSVW: as the library reads them, where XML Schema has such a value.

The library takes what Python does, such as 1_000 and Infinity, rounds decimals to 28 digits, and looks at no gYear.
"""

from __future__ import annotations

import math
import re
from decimal import Context, DecimalException, localcontext
from functools import partial
from typing import Any

from csvw.datatypes import DATATYPES
from csvw.metadata import Datatype

from loaders.told import shown

MOST_DIGITS = 1000
"""Digits of a number: a text of any more is no number that anybody counts with."""

_EXACT = Context(prec=MOST_DIGITS + 10)  # a per cent or per mille moves the point by a few digits
_NO_NUMBERS = frozenset({"NaN", "INF", "-INF"})
"""What a number in floating point can be beside a number."""

_ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12][0-9]|3[01])"
_WRITTEN = {
    "gYear": rf"-?(?:[1-9][0-9]{{4,8}}|[0-9]{{4}}){_ZONE}",
    "gYearMonth": rf"-?(?:[1-9][0-9]{{4,8}}|[0-9]{{4}})-{_MONTH}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gMonthDay": rf"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
}
"""How values of the datatypes are written that the library takes for any text (XML Schema 2, 3.3.10 to 3.3.14)."""


def guard(datatype: Datatype | None) -> None:
    """Let a datatype refuse the cells that have no value of it, each with what is wrong."""
    if datatype is not None and "read" not in vars(datatype):
        datatype.read = partial(_read, datatype)


def _read(datatype: Datatype, cell: str | None) -> Any:
    """The value of a cell; None where it is empty. Raises ValueError where the datatype has no such value."""
    if cell is None:
        return None
    is_float = issubclass(datatype.basetype, DATATYPES["float"])
    is_number = is_float or issubclass(datatype.basetype, DATATYPES["decimal"])
    if is_number and not (is_float and cell in _NO_NUMBERS):
        _refuse_no_number(cell, is_float)
    if datatype.base in _WRITTEN and re.fullmatch(_WRITTEN[datatype.base], cell) is None:
        raise ValueError(f"{shown(cell)} cannot be read")
    try:
        with localcontext(_EXACT):
            value = datatype.parse(cell)
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, DecimalException) as error:
        if issubclass(datatype.basetype, DATATYPES["string"]):
            raise ValueError(str(error).replace(cell, shown(cell)[1:-1])) from error
        raise ValueError(f"{shown(cell)} cannot be read") from error
    if is_float and math.isinf(value) and cell not in _NO_NUMBERS:
        raise ValueError(f"{shown(cell)} is more than a {datatype.base} can hold")
    return datatype.validate(value)


def _refuse_no_number(cell: str, is_float: bool) -> None:
    """Raise ValueError for what Python reads as a number, and XML Schema does not."""
    letters = {character for character in cell if character.isalpha()} - ({"e", "E"} if is_float else set())
    foreign = any(character.isdigit() and not character.isascii() for character in cell)
    if letters or foreign or "_" in cell:
        raise ValueError(f"{shown(cell)} is no number that can stand here")
    if sum(character.isdigit() for character in cell) > MOST_DIGITS:
        raise ValueError(f"the number has more than {MOST_DIGITS:,} digits")
