"""Reads one CSV table into rows; every fault is named with its file, line and column."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from loaders.choices import said_of
from loaders.lost import lost_letters
from loaders.plain_text import UTF_16
from loaders.row import Row
from loaders.told import shown
from shapes.report import Place

R = TypeVar("R", bound=Row)

LONGEST_FIELD = 100_000
"""Characters between two delimiters of CSV. The limit is one of the whole process, and so everywhere the same."""


class Problem(NamedTuple):
    """A fault in a table, where it stands and how to mend it.

    `faults` is how many there are to mend: none where it tells of others, more where it speaks for those not listed.
    """

    place: Place
    message: str
    faults: int = 1

    def __str__(self) -> str:
        """`objectives.csv:9, column number: …`."""
        return f"{self.place}: {self.message}"

    def order(self) -> tuple[str, int, str, str]:
        """By file, then from top to bottom."""
        return self.place.file, self.place.line or 0, self.place.column or "", self.message


class TableProblems(Exception):
    """The tables cannot be read as they are; every fault found is listed, or counted where they are very many."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=Problem.order)
        self.faults = sum(problem.faults for problem in problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """The rows of one table that could be read, and the faults of those that could not."""

    model: type[R]
    rows: list[R] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(directory: Path, model: type[R]) -> Table[R]:
    """Read the table of a row class from a directory.

    Never raises for what the file holds: a file that is missing, empty, not UTF-8, not CSV, or whose header or
    cells are wrong gives problems.
    """
    file = f"{model.table}.csv"
    table = Table(model)

    def fault(message: str, line: int | None = None, column: str | None = None) -> None:
        table.problems.append(Problem(Place(file, line, column), message))

    try:
        content = (directory / file).read_bytes()
    except OSError as error:
        fault(f"cannot be read: {error.strerror}")
        return table
    if content.startswith(UTF_16):
        fault("the file is UTF-16; save it as comma-separated CSV (UTF-8)", 1)
        return table
    line = 1
    lines = _records(content.decode("utf-8-sig", errors="surrogateescape"))
    expected = model.columns()
    try:
        line, header = next(lines, (1, []))
        if not header:
            fault(f"the file is empty; its first line must be {','.join(expected)}", 1)
            return table
        if tuple(header) != expected:
            for column, message in _header_faults(header, expected):
                fault(message, line, column)
            return table
        for line, cells in lines:
            row, faults = _row(model, header, cells)
            for column, message in faults:
                fault(message, line, column)
            if row is not None:
                row._line = line
                table.rows.append(row)
    except csv.Error as error:
        fault(f"this is not CSV: {error}; check the quotation marks", line + 1)
    table.problems.extend(_duplicates(file, table.rows))
    return table


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV text that are not blank, each with the line on which it begins."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for cells in reader:
        if cells:
            yield begins, cells
        begins = reader.line_num + 1


def _row(model: type[R], header: list[str], cells: list[str]) -> tuple[R | None, Iterable[tuple[str | None, str]]]:
    """The row that some cells are, or None, and what is wrong with them."""
    if len(cells) != len(header) or not all(map(_is_clean, cells)):
        return None, _cell_faults(header, cells)
    cell_of = {column: cell for column, cell in zip(header, cells, strict=True) if cell != ""}
    try:
        return model.model_validate(cell_of), ()
    except ValidationError as error:
        return None, _value_faults(error, model, cell_of)


def _is_clean(cell: str) -> bool:
    is_plain = cell.isascii() or (unicodedata.is_normalized("NFC", cell) and lost_letters(cell) is None)
    return is_plain and cell.isprintable() and cell == cell.strip()


def _header_faults(header: Sequence[str], expected: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """What is wrong with a header: columns that lack, that are too many, or stand in another order."""
    for sign, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and header[0].count(sign) >= max(1, len(expected) - 1):
            yield None, f"the columns are separated by {called}; save the file as comma-separated CSV (UTF-8)"
            return
    for column in expected:
        if header.count(column) != 1:
            yield column, "this column is missing" if column not in header else "this column stands more than once"
    for column in dict.fromkeys(header):
        if column not in expected:
            shown = column.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            yield shown, f"this column does not belong here; the columns are {','.join(expected)}"
    if sorted(header) == sorted(expected):
        yield None, f"the columns stand in another order than {','.join(expected)}"


def _cell_faults(header: list[str], cells: list[str]) -> Iterator[tuple[str | None, str]]:
    """What is wrong with the cells of a row before their values are looked at."""
    if len(cells) < len(header):
        yield header[len(cells)], f"the row has {len(cells)} cells, the header {len(header)}; this one is missing"
    if len(cells) > len(header):
        yield None, f"the row has {len(cells)} cells, the header {len(header)}; quote a cell that holds a comma"
    for column, cell in zip(header, cells, strict=False):
        if _is_clean(cell):
            continue
        if any("\udc80" <= character <= "\udcff" for character in cell):
            yield column, "this cell is not UTF-8; save the file as UTF-8"
        elif cell != cell.strip():
            yield column, f"{shown(cell)} begins or ends with white space"
        elif cell.isprintable():
            yield column, f"{shown(cell)}: {_lost_in(cell)}"
        else:
            yield column, f"{shown(cell)} holds a control character or a line break"


def _lost_in(cell: str) -> str:
    """What is wrong with the letters of a cell."""
    if (lost := lost_letters(cell)) is not None:
        return lost.en
    meant = unicodedata.normalize("NFC", cell)
    return f"some letter is written in two parts, as programs on a Mac do; write {shown(meant)}"


def _value_faults(error: ValidationError, model: type[Row], cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the values of a row, in the words of its class."""
    for fault in error.errors(include_url=False):
        column = str(fault["loc"][0]) if fault["loc"] else model.key_column
        if fault["type"] == "missing":
            yield column, "this cell is empty; a value is needed"
        else:
            message = said_of(fault)
            yield column, f"{shown(cells.get(column, ''))}: {message[:1].lower()}{message[1:]}"


def _duplicates(file: str, rows: list[R]) -> Iterator[Problem]:
    """A problem for every row whose key an earlier row has."""
    first: dict[str, int] = {}
    for row in rows:
        earlier = first.setdefault(row.key, row.line)
        if earlier != row.line:
            yield Problem(Place(file, row.line, row.key_column), f"the key {row.key} stands on line {earlier} already")
