"""A table as an Excel workbook, for who reads and sorts by hand, with a second sheet that says what the file is.

A spreadsheet of Swedish takes a comma in CSV for a decimal sign and its letters for those of an older encoding; in a
workbook all stands in its cell. Only what is given as a number is one: codes stay as they are, and nothing that a
source says is a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as WritableCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from endpoint.markup import FORBIDDEN
from endpoint.words.worksheets import ABOUT, SHEETS
from loaders.workbooks import pack
from ontology.text import Language

Value = str | int | Decimal | None

MOST_CELLS = 20_000
"""How many a workbook has at most; a larger one takes seconds to write, and there is CSV."""

MOST_LETTERS = 32_767
"""What fits into a cell of Excel."""

CUT = " […]"
"""How a text ends that does not."""

_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="E6ECE8")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()


class Column(NamedTuple):
    """A heading, and how many letters fit into the column beside one another."""

    heading: str
    width: int = 14


class Table(NamedTuple):
    """What stands on the first sheet. Of the columns, so many stay in sight while a reader scrolls."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    fixed: int = 0


def as_workbook(table: Table, about: Iterable[tuple[str, str]], language: Language) -> bytes:
    """The table on one sheet and what the file is on another; the same bytes each time.

    A text that is longer than a cell is cut to `CUT`, and the second sheet says how many are.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title)
    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = f"{get_column_letter(table.fixed + 1)}2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head = WriteOnlyCell(sheet)
    head.font, head.fill, head.alignment = Font(bold=True), _HEAD, _WRAPPED
    body = WriteOnlyCell(sheet)
    body.alignment = _WRAPPED
    sheet.append(_filled(head, [column.heading for column in table.columns]))
    last, cut = 1, 0
    for last, row in enumerate(table.rows, 2):  # noqa: B007 - the number of the last row
        cut += sum(isinstance(value, str) and len(value) > MOST_LETTERS for value in row)
        sheet.append(_filled(body, row))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    second = book.create_sheet(SHEETS["about"].in_(language))
    second.column_dimensions["A"].width, second.column_dimensions["B"].width = 24, 100
    told = [(ABOUT["cut"].in_(language), ABOUT["cut-text"].in_(language).format(number=cut))] if cut else []
    for row in (*about, *told):
        second.append(_filled(body, row))
    return pack(book)


def number(text: str) -> Value:
    """A number as a spreadsheet has it; what it would change, or what is none, as the text it is."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    found = Decimal(text)
    told = "".join(map(str, found.as_tuple().digits)).strip("0")
    is_kept = len(told) <= _DIGITS and (not found or abs(found.adjusted()) < _MAGNITUDE)
    return found if is_kept else text


_NUMBER = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[Ee][+-]?[0-9]{1,9})?")
"""The numbers of XML Schema; those without a value are none."""

_LONGEST_NUMBER = 400
"""Letters of the longest number that a spreadsheet keeps, and more."""

_DIGITS = 15
"""Of so many a spreadsheet keeps the value, zeros before and after them aside."""

_MAGNITUDE = 307
"""The powers of ten between which it does."""


def _filled(cell: WritableCell, values: Iterable[Value]) -> Iterator[WritableCell]:
    """One cell with each value in turn: a sheet writes it before it asks for the next, and keeps none."""
    for value in values:
        if isinstance(value, str):
            cell.value, cell.data_type = _text(value), "s"
        else:
            cell.value = value
        yield cell


def _text(value: str) -> str:
    """A text as a cell can hold it, which is XML."""
    fitting = value if len(value) <= MOST_LETTERS else value[: MOST_LETTERS - len(CUT)] + CUT
    return FORBIDDEN.sub(_REPLACEMENT, fitting.encode("utf-8")).decode("utf-8")
