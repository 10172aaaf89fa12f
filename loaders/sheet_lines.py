"""Sheets and their lines, of whatever sort of file, and how long a table may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.sheet_cells import Cell
from loaders.unreadable import Unreadable, too_many
from ontology.text import Language, Text

MOST_LINES = 50_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its number from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a CSV file, which has one without a name; its columns that are hidden, from 1.

    `is_hidden` where the workbook does not show the sheet.
    """

    name: str
    lines: Iterator[Line]
    hidden: frozenset[int] = frozenset()
    is_hidden: bool = False

    def called(self, language: Language) -> str:
        """Its name in a list of sheets, which says which of them are hidden."""
        hidden = Text("dolt", "hidden").in_(language)
        return f"{self.name} ({hidden})" if self.is_hidden else self.name


def refuse_too_many(number: int) -> None:
    """Raise Unreadable for more lines than are read; those that hold nothing do not count."""
    if number > MOST_LINES:
        raise too_many(
            "tabellen har fler än {most} rader med något i; dela den i flera filer",
            "the table has more than {most} lines that hold something; divide it into several files",
            number,
            MOST_LINES,
        )


def refuse_too_wide(number: int, values: Sequence[object]) -> None:
    """Raise Unreadable for a line with something in more columns than are read."""
    if len(values) > MOST_COLUMNS and any(value not in {None, ""} for value in values[MOST_COLUMNS:]):
        raise Unreadable(
            Text(
                f"rad {number} har fler än {MOST_COLUMNS} kolumner; tabellen ska ha dem som mallen har",
                f"line {number} has more than {MOST_COLUMNS} columns; the table is to have those of the template",
            )
        )


def line_of(number: int, cells: Iterable[Cell]) -> Line | None:
    """A line of these cells; None where all of them are blank."""
    found = tuple(cells)
    return Line(number, found) if any(cell.text or (cell.fault and not cell.is_hidden) for cell in found) else None
