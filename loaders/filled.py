"""The lines of a filled template: its headings found, each cell under its column, and each fault in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from loaders.spreadsheet import Cell, Line, Unreadable, place_of, sheets
from loaders.table import Problem
from loaders.templates import Column, Template
from shapes.report import Place

T = TypeVar("T")

_WHERE_HEADINGS_ARE = 30
"""Lines among which the headings are looked for: above them there may be a title, and words."""


@dataclass(frozen=True, slots=True)
class How:
    """How a file is read: the sheet, the encoding, and what other headings and words than the template's mean."""

    sheet: str | None = None
    encoding: str = "utf-8-sig"
    headings: Mapping[str, str] = field(default_factory=dict)  # theirs -> the name of a column
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # the name of a column -> theirs -> ours


@dataclass(frozen=True, slots=True)
class Table:
    """A filled template: the file, the sheet, the columns that were found, those that were not read, and the lines."""

    file: str
    template: Template
    places: Mapping[str, int]
    unread: tuple[str, ...]
    lines: Iterator[Line]
    how: How


@dataclass(slots=True)
class Entry:
    """One line, and the faults that are found in it."""

    table: Table
    line: Line
    faults: list[Problem] = field(default_factory=list)

    def cell(self, column: str) -> Cell:
        """The cell of a column; an empty one where the table has none, or the line ends before it."""
        place = self.table.places.get(column)
        if place is None:
            return Cell("")
        return self.line.cells[place] if place < len(self.line.cells) else Cell(place_of(self.line.number, place + 1))

    def fault(self, column: str, message: str) -> None:
        """Note what is wrong in a column."""
        described = next((one for one in self.table.template.columns if one.name == column), None)
        place = self.cell(column).place
        heading = described.heading.sv if described else column
        named = f"{heading} ({place})" if place else heading
        self.faults.append(Problem(Place(self.table.file, self.line.number, named), message))

    def take(self, column: str, read: Callable[[Cell], T]) -> T | None:
        """What a cell says; None where it is empty or wrong, and what is wrong is noted."""
        cell = self.cell(column)
        if cell.fault:
            self.fault(column, cell.fault)
            return None
        if not cell.text:
            if any(one.is_needed for one in self.table.template.columns if one.name == column):
                self.fault(column, "this cell is empty; a value is needed")
            return None
        word = self.table.how.words.get(column, {}).get(cell.text.casefold())
        try:
            return read(cell if word is None else Cell(cell.place, word))
        except ValueError as error:
            message = str(error)
            self.fault(column, message if repr(cell.text) in message else f"{cell.text!r}: {message}")
            return None


@contextmanager
def open_table(file: Path, template: Template, how: How, called: str = "") -> Iterator[Table]:
    """The table in a file, to be read before the next step: that of the first sheet with the headings of the template.

    Raises Unreadable where no sheet has them, OSError.
    """
    tried = []
    name = called or file.name
    for sheet in sheets(file, how.encoding):
        if how.sheet is not None and sheet.name != how.sheet:
            tried.append(sheet.name)
            continue
        for line in islice(sheet.lines, _WHERE_HEADINGS_ARE):
            if (found := _headings(line, template, how)) is not None:
                where = f"{name}, {sheet.name}" if sheet.name else name
                yield Table(where, template, *found, sheet.lines, how)
                return
        tried.append(sheet.name)
    if how.sheet is not None and how.sheet not in tried:
        raise Unreadable(f"there is no sheet called {how.sheet!r}; there are: {', '.join(filter(None, tried))}")
    wanted = ", ".join(column.heading.sv for column in template.columns if column.is_needed)
    raise Unreadable(
        f"no line among the first {_WHERE_HEADINGS_ARE} has the headings of the template “{template.title.sv}”; "
        f"these are needed: {wanted}. Where yours are called otherwise, say so with --columns"
    )


def entries(table: Table) -> Iterator[Entry]:
    """The lines of a table."""
    for line in table.lines:
        yield Entry(table, line)


def _headings(line: Line, template: Template, how: How) -> tuple[dict[str, int], tuple[str, ...]] | None:
    """Where each column stands, and the headings that are none of the template; None where a line is no headings."""
    places: dict[str, int] = {}
    unread = []
    ours = {column.name: column for column in template.columns}
    for place, cell in enumerate(line.cells):
        heading = " ".join(cell.text.split())
        column = _column(template, ours, how, heading)
        if column is None:
            unread += [heading] if heading else []
        elif column.name in places:
            raise Unreadable(f"line {line.number}: two columns are {column.heading.sv!r}; leave one of them")
        else:
            places[column.name] = place
    needed = [column for column in template.columns if column.is_needed]
    missing = [column.heading.sv for column in needed if column.name not in places]
    if len(places) < 2 or len(missing) == len(needed):
        return None
    if missing:
        raise Unreadable(
            f"line {line.number} has headings of the template, and lacks {', '.join(missing)}; "
            "where yours are called otherwise, say so with --columns"
        )
    return places, tuple(unread)


def _column(template: Template, ours: Mapping[str, Column], how: How, heading: str) -> Column | None:
    theirs = {" ".join(name.split()).casefold(): column for name, column in how.headings.items()}
    named = theirs.get(heading.casefold())
    return ours[named] if named is not None else template.column_called(heading)
