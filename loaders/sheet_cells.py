"""One cell of a sheet: its text, its place, and why it cannot be used."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib import import_module
from math import isfinite

from loaders.lost import lost_letters
from loaders.told import counted
from loaders.unreadable import NEVER_CALCULATED
from ontology.text import Text

MOST_IN_CELL = 10_000
"""Characters of a cell."""

_DIGITS = 15
"""So many a spreadsheet shows of a number. What is reckoned has others after them: 0.1 + 0.2 is 0.30000000000000004."""

_ERROR = re.compile(r"#[A-ZÅÄÖ0-9/_ ]+[!?]|#N/A|#GETTING_DATA|(?:Err|Fel):[0-9]{3}")
"""What a formula gives that has gone wrong, in any language of Excel (`#REF!`, `#REFERENS!`) and in LibreOffice."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text, with its line breaks: `is_number` where it was one, `fault` where it cannot be used.

    `is_share` where a number is shown as a percentage: 0.12 as 12 %; `is_hidden` where merging has hidden it;
    `is_struck` where it, or some of its words, are struck through; `is_unseen` where a workbook shows nothing of what
    it holds: white letters on white; `is_date` where it was a date or a time. `shown` is
    a number with the zeros that its format gives it before and after: 1.1 as 1.10; empty where the format says nothing.
    """

    place: str
    text: str = ""
    is_number: bool = False
    fault: Text | None = None
    is_share: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    is_unseen: bool = False
    is_date: bool = False
    shown: str = ""


def place_of(line: int, column: int) -> str:
    """Where a cell stands, as a spreadsheet calls it: C9."""
    return f"{_letters(column)}{line}"


@cache
def _letters(column: int) -> str:
    """What a spreadsheet calls a column. openpyxl tells; it takes long to import, and a build may have no sheet."""
    letters: str = import_module("openpyxl.utils").get_column_letter(column)
    return letters


def cell_of(line: int, column: int, value: object, formula: object = None, merged: str = "") -> Cell:
    """A cell, as Python reads it, as text."""
    place = place_of(line, column)
    fault = _fault(value, formula, merged)
    if fault:
        return Cell(place, fault=fault, is_hidden=bool(merged))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(place, _number(value), is_number=True)
    lines = (" ".join(words.split()) for words in _written(value).splitlines())
    return Cell(place, "\n".join(filter(None, lines)), is_date=isinstance(value, date | time))


def _number(value: float) -> str:
    """A number as a spreadsheet shows all of it."""
    shown = value if float(value).is_integer() else float(f"{value:.{_DIGITS}g}")
    return repr(int(shown)) if float(shown).is_integer() else repr(shown)


def _written(value: object) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else unicodedata.normalize("NFC", str(value))


def _fault(value: object, formula: object, merged: str) -> Text | None:
    """Why a cell cannot be used, and what to do; None where it can."""
    if merged:
        return Text(
            f"cellen är sammanfogad med andra ({merged}); dela dem, och skriv värdet i var och en",
            f"it is merged with others ({merged}); divide them, and write the value in each cell",
        )
    if value is None and isinstance(formula, str) and formula.startswith("="):
        return NEVER_CALCULATED
    if isinstance(value, float) and not isfinite(value):
        return Text("det är inget tal som går att skriva; rätta det", "it is no number that can be written; mend it")
    return _fault_of_text(value) if isinstance(value, str) else None


def _fault_of_text(text: str) -> Text | None:
    given = text.strip()
    if _ERROR.fullmatch(given):
        return Text(
            f"formeln ger {given}; rätta den, eller skriv värdet",
            f"its formula gives {given}; mend it, or write the value",
        )
    if given.startswith("="):
        return Text(
            "här står en formel i stället för det som den ger; skriv det",
            "a formula stands here in place of what it gives; write that",
        )
    if len(text) > MOST_IN_CELL:
        has, most = counted(len(text)), counted(MOST_IN_CELL)
        return Text(
            f"cellen har {has.sv} tecken, och högst {most.sv} läses",
            f"it has {has.en} characters, and at most {most.en} are read",
        )
    if not all(words.isprintable() for line in text.splitlines() for words in line.split()):
        return Text(
            "cellen har ett styrtecken, som inte syns; skriv den på nytt", "it holds a control character; write it anew"
        )
    return lost_letters(text)
