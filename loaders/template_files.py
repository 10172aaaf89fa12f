"""The templates as files: empty workbooks and CSV files, the same bytes each time."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.templates import Template
from ontology.text import Language, Text

_FIXED = datetime(2026, 1, 1)
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
    lists = book.create_sheet(Text("Koder", "Codes").in_(language))
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
    book.properties.creator = "Miljögrafen"
    book.properties.created = book.properties.modified = _FIXED
    return _packed(book)


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


def _packed(book: Workbook) -> bytes:
    """The workbook, with the moment in its archive fixed."""
    made, packed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(parts.namelist()):
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _fixed_moment(content)
            fixed.writestr(zipfile.ZipInfo(name, _FIXED.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _fixed_moment(core: bytes) -> bytes:
    """The properties of a workbook, changed when it was made: the library writes the moment of saving."""
    start, end = core.find(b"<dcterms:modified"), core.find(b"</dcterms:modified>")
    opened = core.find(b">", start) + 1
    return core[:opened] + _FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + core[end:]
