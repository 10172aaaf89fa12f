"""The lines of a filled template: its headings found, each cell under its column, and each fault in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import add
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from loaders.cells import says_nothing
from loaders.sheet_cells import Cell, place_of
from loaders.sheet_lines import Line, Sheet
from loaders.spreadsheet import sheets
from loaders.templates import CODES, TEMPLATES, Column, Template
from loaders.told import shown, told_of, told_of_fault
from loaders.unreadable import STRUCK, Unreadable
from ontology.text import LANGUAGES, Language, Text

T = TypeVar("T")

_LEAVE_EMPTY = Text("; lämna cellen tom där det inte är känt", "; leave the cell empty where it is not known")
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
    """A filled template: the file, the sheet, the columns that were found, those that were not read, and the lines.

    `delivered` is the day on which it came, where that is known.
    `most_cells` is how many a line may have, where more tell that it was parted in the wrong places; `hidden` are the
    headings of columns that the file hides, and that are read all the same.
    """

    file: str
    template: Template
    places: Mapping[str, int]
    unread: tuple[str, ...]
    lines: Iterator[Line]
    how: How
    headings: Mapping[str, str] = field(default_factory=dict)  # of the columns, as the file has them
    delivered: str = ""
    most_cells: int | None = None
    hidden: tuple[str, ...] = ()


class Fault(NamedTuple):
    """What is wrong with a cell: the file and the sheet, the line, the heading and the place of the cell, and why."""

    file: str
    line: int
    heading: Text
    cell: str
    told: Text

    def in_(self, language: Language) -> str:
        """In one language, with its place: `measures.xlsx, Åtgärder:9, column Status (M9): …`."""
        column = Text("kolumn", "column").in_(language)
        return f"{self.file}:{self.line}, {column} {self.column(language)}: {self.told.in_(language)}"

    def column(self, language: Language) -> str:
        """The heading, and the cell as a spreadsheet calls it."""
        heading = self.heading.in_(language)
        return f"{heading} ({self.cell})" if self.cell else heading

    def __str__(self) -> str:
        """In English."""
        return self.in_("en")


@dataclass(slots=True)
class Entry:
    """One line, the faults that are found in it, and what was read as something that is not written so."""

    table: Table
    line: Line
    faults: list[Fault] = field(default_factory=list)
    meant: list[tuple[str, str, str]] = field(default_factory=list)  # heading, what is written, what that is
    own: list[tuple[str, str]] = field(default_factory=list)  # heading, words that name nothing here

    def cell(self, column: str) -> Cell:
        """The cell of a column; an empty one where the table has none, or the line ends before it."""
        place = self.table.places.get(column)
        if place is None:
            return Cell("")
        return self.line.cells[place] if place < len(self.line.cells) else Cell(place_of(self.line.number, place + 1))

    @property
    def is_struck(self) -> bool:
        """True where all that is read of the line is struck through."""
        written = [cell for column in self.table.places if (cell := self.cell(column)).text or cell.fault]
        return bool(written) and all(cell.is_struck for cell in written)

    def fault(self, column: str, sv: str, en: str) -> None:
        """Note what is wrong in a column, in both languages."""
        place = self.cell(column).place
        self.faults.append(Fault(self.table.file, self.line.number, self._heading(column), place, Text(sv, en)))

    def is_empty(self, column: str) -> bool:
        """True where nothing is written in a column, and nothing is wrong with its cell."""
        cell = self.cell(column)
        return not cell.text and cell.fault is None

    def refuse_to_come(self, column: str, moment: str | None) -> None:
        """Note a year, a month or a day that had not come when the file was delivered."""
        day = self.table.delivered
        if moment and day and moment > day[: len(moment)]:
            self.fault(
                column,
                f"{moment} hade inte kommit när filen levererades, {day}; rätta det",
                f"{moment} had not come when the file was delivered, on {day}; mend it",
            )

    def hold(self, column: str, refuse: Callable[[], None]) -> bool:
        """True where columns agree by what refuses them otherwise; what is wrong is noted in one of them."""
        try:
            refuse()
        except ValueError as error:
            self.fault(column, *told_of(error))
            return False
        return True

    def faults_of(self, error: ValidationError, default: str, columns: Mapping[str, str] | None = None) -> None:
        """Note what a model has found; `default` is the column of what concerns several, `columns` others' names."""
        for fault in error.errors(include_url=False):
            column = str(fault["loc"][0]) if fault["loc"] else default
            self.fault((columns or {}).get(column, column), *told_of_fault(fault))

    def mean(self, column: str, written: str, meant: str) -> None:
        """Note that what is written in a column was read as something else."""
        self.meant.append((self._heading(column).sv, written, meant))

    def keep(self, column: str, words: str) -> None:
        """Note that words of a column name nothing here, and are kept as they are."""
        self.own.append((self._heading(column).sv, words))

    def _heading(self, column: str) -> Text:
        """The heading of a column as the file has it, else as the template does."""
        if (own := self.table.headings.get(column)) is not None:
            return Text(own, own)
        described = next((one for one in self.table.template.columns if one.name == column), None)
        return described.heading if described else Text(column, column)

    def take(self, column: str, read: Callable[[Cell], T]) -> T | None:
        """What a cell says; None where it is empty or wrong, and all that is wrong is noted."""
        cell = self.cell(column)
        if cell.fault:
            self.fault(column, *cell.fault)
            return None
        if cell.is_struck:
            self.fault(column, *STRUCK)
            return None
        is_needed = any(one.is_needed for one in self.table.template.columns if one.name == column)
        if not cell.text:
            if is_needed:
                self.fault(column, "cellen är tom; här behövs ett värde", "this cell is empty; a value is needed")
            return None
        word = self.table.how.words.get(column, {}).get(cell.text.casefold())
        way = Text("", "") if is_needed or not says_nothing(cell.text) else _LEAVE_EMPTY
        try:
            return read(cell if word is None else Cell(cell.place, word))
        except ExceptionGroup as parts:
            for error in parts.exceptions:
                self.fault(column, *map(add, told_of(error), way))
        except ValueError as error:
            given = repr(cell.text)
            told = (why if given in why else f"{shown(cell.text)}: {why}" for why in told_of(error))
            self.fault(column, *map(add, told, way))
        return None


class _Found(NamedTuple):
    """Where each column stands, the headings that are none of the template, and the others as they are written."""

    places: dict[str, int]
    unread: tuple[str, ...]
    written: dict[str, str]
    cells: int


@contextmanager
def open_table(file: Path, template: Template, how: How, called: str = "", delivered: str = "") -> Iterator[Table]:
    """The table in a file, to be read before the next step: that of the sheet with the headings of the template.

    Raises Unreadable where no sheet has them, or several have; OSError.
    """
    name = called or file.name
    with sheets(file, how.encoding) as all_there_are:
        sheet, found = _filled(all_there_are, template, how)
        yield Table(
            f"{name}, {sheet.name}" if sheet.name else name,
            template,
            found.places,
            found.unread,
            sheet.lines,
            how,
            found.written,
            delivered,
            most_cells=None if sheet.name else found.cells,
            hidden=tuple(found.written[column] for column, place in found.places.items() if place + 1 in sheet.hidden),
        )


def _filled(there_are: list[Sheet], template: Template, how: How) -> tuple[Sheet, _Found]:
    """The sheet that is to be read, and its headings, which are read already."""
    if how.sheet is not None:
        asked = [sheet for sheet in there_are if sheet.name == how.sheet]
    else:
        asked = [sheet for sheet in there_are if sheet.name not in CODES] or there_are
    if not asked:
        there = Text(*(", ".join(sheet.called(one) for sheet in there_are if sheet.name) for one in LANGUAGES))
        raise Unreadable(
            Text(
                f"inget blad heter {how.sheet!r}; de som finns är: {there.sv or 'inget'}",
                f"there is no sheet called {how.sheet!r}; there are: {there.en or 'none'}",
            )
        )
    filled: list[tuple[Sheet, _Found]] = []
    lacking: list[Unreadable] = []
    for sheet in asked:
        try:
            found = _first_headings(islice(sheet.lines, _WHERE_HEADINGS_ARE), template, how)
        except Unreadable as error:
            lacking.append(error)
        else:
            filled += [(sheet, found)] if found else []
    if len(filled) > 1:
        names = Text(*(", ".join(sheet.called(language) for sheet, _ in filled) for language in LANGUAGES))
        raise Unreadable(
            Text(
                f"flera blad har mallens rubriker: {names.sv}; säg med --sheet vilket som ska läsas, eller flytta alla "
                "rader till ett av dem",
                f"several sheets have the headings of the template: {names.en}; say with --sheet which is to be read, "
                "or move all lines to one of them",
            )
        )
    if filled:
        _refuse_unasked(filled[0][0], how)
        return filled[0]
    raise lacking[0] if lacking else _no_headings(template)


def _refuse_unasked(sheet: Sheet, how: How) -> None:
    """Raise Unreadable for a hidden sheet that nobody has named: who sent the file may not know of it."""
    if sheet.is_hidden and how.sheet is None:
        raise Unreadable(
            Text(
                f"bara bladet {sheet.name!r} har mallens rubriker, och det är dolt; visa det, eller säg med --sheet "
                "att det ska läsas",
                f"only the sheet {sheet.name!r} has the headings of the template, and it is hidden; show it, or say "
                "with --sheet that it is to be read",
            )
        )


def _first_headings(lines: Iterable[Line], template: Template, how: How) -> _Found | None:
    """The headings on the first of some lines that has them."""
    return next((found for line in lines if (found := _headings(line, template, how)) is not None), None)


def _no_headings(template: Template) -> Unreadable:
    wanted = ", ".join(column.heading.sv for column in template.columns if column.is_needed)
    return Unreadable(
        Text(
            f"ingen av de första {_WHERE_HEADINGS_ARE} raderna har rubrikerna i mallen ”{template.title.sv}”; "
            f"de här behövs: {wanted}. Heter dina något annat, så säg det med --columns",
            f"no line among the first {_WHERE_HEADINGS_ARE} has the headings of the template “{template.title.sv}”; "
            f"these are needed: {wanted}. Where yours are called otherwise, say so with --columns",
        )
    )


def entries(table: Table) -> Iterator[Entry]:
    """The lines of a table."""
    for line in table.lines:
        entry = Entry(table, line)
        if table.most_cells is not None and any(cell.text for cell in line.cells[table.most_cells :]):
            entry.faults.append(_too_many_cells(table, line))
        yield entry


def _too_many_cells(table: Table, line: Line) -> Fault:
    first = next(cell for cell in line.cells[table.most_cells :] if cell.text)
    told = Text(
        f"raden har fler celler än det finns rubriker ({table.most_cells}); sätt citattecken om den cell som har ett "
        f"skiljetecken i sig, eller ta bort {first.text!r}",
        f"the line has more cells than there are headings ({table.most_cells}); put quotation marks around the cell "
        f"that has a delimiter in it, or remove {first.text!r}",
    )
    return Fault(table.file, line.number, Text("utan rubrik", "without a heading"), first.place, told)


def _headings(line: Line, template: Template, how: How) -> _Found | None:
    """The headings that a line has; None where it is no headings."""
    places: dict[str, int] = {}
    written: dict[str, str] = {}
    unread = []
    ours = {column.name: column for column in template.columns}
    for place, cell in enumerate(line.cells):
        heading = " ".join(cell.text.split())
        column = _column(template, ours, how, heading)
        if column is None:
            unread += [heading] if heading else []
        elif column.name in places:
            called = column.heading.sv
            raise Unreadable(
                Text(
                    f"rad {line.number}: två kolumner är {called!r}; behåll en av dem",
                    f"line {line.number}: two columns are {called!r}; leave one of them",
                )
            )
        else:
            places[column.name], written[column.name] = place, heading.removesuffix(" *")
    needed = [column for column in template.columns if column.is_needed]
    missing = [column.heading.sv for column in needed if column.name not in places]
    if len(places) < 2 or len(missing) == len(needed):
        return None
    if missing:
        _refuse_another(line, template)
        lacks = ", ".join(missing)
        raise Unreadable(
            Text(
                f"rad {line.number} har rubriker ur mallen men saknar {lacks}; heter dina något annat, så säg det med "
                "--columns",
                f"line {line.number} has headings of the template, and lacks {lacks}; "
                "where yours are called otherwise, say so with --columns",
            )
        )
    return _Found(places, tuple(unread), written, len(line.cells))


def _refuse_another(line: Line, template: Template) -> None:
    """Raise Unreadable for the headings of another template than was asked for."""
    for other in TEMPLATES.values():
        there = {column.name for cell in line.cells if (column := other.column_called(cell.text)) is not None}
        if other is not template and {column.name for column in other.columns if column.is_needed} <= there:
            raise Unreadable(
                Text(
                    f"rad {line.number} har rubrikerna i mallen ”{other.title.sv}”; ta emot filen som {other.name}",
                    f"line {line.number} has the headings of the template “{other.title.en}”; receive it as "
                    f"{other.name}",
                )
            )


def _column(template: Template, ours: Mapping[str, Column], how: How, heading: str) -> Column | None:
    theirs = {" ".join(name.split()).casefold(): column for name, column in how.headings.items()}
    named = theirs.get(heading.casefold())
    return ours[named] if named is not None else template.column_called(heading)
