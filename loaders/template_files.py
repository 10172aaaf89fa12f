"""The templates as files: empty workbooks and CSV files, the same bytes each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.templates import CODES, Template
from loaders.workbooks import pack
from ontology.text import Language, Text

_ROWS = 2000
"""Lines of a template in which a cell offers what it may hold."""

Codes = Mapping[str, Sequence[tuple[str, str]]]
"""What a cell may hold, by kind or scheme: codes, and what each stands for."""


def as_csv(template: Template, language: Language) -> bytes:
    """The headings of a template as a CSV file that Excel opens with its letters right."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(column.heading.in_(language) for column in template.columns)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(template: Template, language: Language, codes: Codes) -> bytes:
    """A template as a workbook: the table to fill, what its columns hold, and the codes; the same bytes each time."""
    book = Workbook(write_only=False)
    table = book.create_sheet(template.title.in_(language), 0)
    book.remove(book.worksheets[-1])  # the empty one that it begins with
    lists = book.create_sheet(CODES.in_(language))
    table.append([f"{column.heading.in_(language)}{' *' if column.is_needed else ''}" for column in template.columns])
    table.freeze_panes = "A2"
    _explain(book.create_sheet(Text("Kolumner", "Columns").in_(language), 1), template, language)
    ranges = _list_codes(lists, codes, {column.codes: column.heading.in_(language) for column in template.columns})
    for place, column in enumerate(template.columns, 1):
        letter = get_column_letter(place)
        table.column_dimensions[letter].width = 42 if column.name.startswith("title") else 20
        if column.is_one and column.codes in ranges:
            choice = DataValidation("list", formula1=ranges[column.codes], allow_blank=True, showErrorMessage=False)
            table.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{_ROWS}")
    for sheet in book.worksheets:
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    return pack(book)


def _explain(sheet: Worksheet, template: Template, language: Language) -> None:
    """A line for each column: its heading, whether it is needed, what it holds."""
    sheet.append([Text("Kolumn", "Column").in_(language), Text("Måste", "Needed").in_(language), ""])
    for column in template.columns:
        needed = Text("ja", "yes").in_(language) if column.is_needed else ""
        sheet.append([column.heading.in_(language), needed, column.holds.in_(language)])
        sheet.cell(sheet.max_row, 3).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].width = 26, 100


def _list_codes(sheet: Worksheet, codes: Codes, headings: Mapping[str, str]) -> dict[str, str]:
    """Two columns for each kind of code: the code, and what it stands for; the range of the first of each."""
    ranges = {}
    for number, (kind, found) in enumerate(codes.items()):
        first = 2 * number + 1
        sheet.cell(1, first, headings.get(kind, kind))
        for line, pair in enumerate(found, 2):
            for column, value in enumerate(pair, first):
                sheet.cell(line, column, value)
        letter = get_column_letter(first)
        sheet.column_dimensions[get_column_letter(first + 1)].width = 44
        if found:
            ranges[kind] = f"'{sheet.title}'!${letter}$2:${letter}${len(found) + 1}"
    return ranges
