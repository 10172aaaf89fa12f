"""The sheets of an Excel workbook, which is looked at before it is unpacked and read line by line.

Formulas give the value that was saved with them.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import islice, repeat
from typing import Any, BinaryIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from loaders import unreadable
from loaders.colours import colour_behind, colour_of_letters
from loaders.sheet_cells import cell_of
from loaders.sheet_lines import MOST_COLUMNS, MOST_LINES, Line, Sheet, line_of, refuse_too_many, refuse_too_wide
from loaders.unreadable import Unreadable, too_many
from ontology.text import Text

warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")  # it passes over what we do not read

MOST_UNPACKED = 200_000_000
MOST_OF_TEXTS = 20_000_000
MOST_OF_A_PART = 5_000_000
"""Bytes of any other part of a workbook that is kept in memory, such as its formats."""
MOST_PARTS = 1000
MOST_CELLS = 2_500_000
MOST_REACHED = 50_000_000
"""Cells of a sheet with those that are not there before the last one of each line: each is gone through."""
MOST_MERGED = 100_000
"""Cells of a sheet that merging has hidden: a table that is read can have some in each of its lines."""
WIDEST = 16_384
"""Cells of a line in Excel; a line is read as a whole."""
LAST = 1_048_576
"""The number of the last line of a sheet in Excel."""

Hidden = Mapping[int, Mapping[int, str]]
"""The cells that merging has hidden, by line and column, each with the range that it is in."""

_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    SyntaxError,  # of XML, whichever library reads it
    SAXException,
    LookupError,
    TypeError,
    AttributeError,
    ValueError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    EOFError,
    zlib.error,
)
"""What openpyxl and the libraries under it raise of workbooks that are spoilt: seen by spoiling some at random."""

_THINNEST = 0.05  # less than a pixel, of points as of widths of a letter
_SHEETS = "xl/worksheets/"
_LITERAL = re.compile(r'"[^"]*"|[\\_*].')
"""What the format of a number has that is only shown beside it: a percent sign in it makes 12 no share of 1200."""
_DIGITS = re.compile(r"(0+)(?:\.(0+))?")
"""The format of a number that has at least so many digits, and so many decimals."""
_POWER = re.compile(r"0(?:\.(0+))?E\+0{1,2}")
"""That of a number that is shown with a power of ten, as Excel shows 2E3."""


def workbook_sheets(opens: Callable[[], BinaryIO], opened: ExitStack) -> list[Sheet]:
    """The sheets in order, of a workbook that `opens` anew each time; `opened` closes it.

    Raises Unreadable, also while lines are read, and OSError.
    """
    try:
        with opens() as packed, zipfile.ZipFile(packed) as parts:
            _refuse_bombs(parts.infolist())
            unreadable.refuse_no_workbook(parts.namelist())
            seen = {part.filename: _look(parts, part.filename) for part in parts.infolist() if _is_sheet(part)}
        values = _opened(opens, opened, data_only=True, rich_text=True)
        paths = [str(getattr(sheet, "_worksheet_path", "")).lstrip("/") for sheet in values.worksheets]
        with opens() as packed, zipfile.ZipFile(packed) as parts:
            seen |= {path: _look(parts, path) for path in paths if path not in seen}  # a sheet may lie anywhere
        written = _opened(opens, opened) if any(look.has_formulas for look in seen.values()) else None
        found = []
        for place, sheet in enumerate(values.worksheets):
            look = seen[paths[place]]
            formulas = written.worksheets[place] if written and look.has_formulas else None
            lines, hidden = _sheet_lines(sheet, formulas, look), frozenset(look.hidden_columns)
            found.append(Sheet(sheet.title, lines, hidden, is_hidden=sheet.sheet_state != "visible"))
        return found
    except DefusedXmlException as error:
        raise Unreadable(unreadable.ENTITIES) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise _spoilt(error) from error
    except _BROKEN as error:
        raise _spoilt(error) from error


def _opened(opens: Callable[[], BinaryIO], opened: ExitStack, **how: bool) -> Any:
    """A workbook that is read line by line."""
    book = load_workbook(opened.enter_context(opens()), read_only=True, keep_links=False, **how)
    return opened.enter_context(closing(book))


def _spoilt(error: Exception) -> Unreadable:
    return Unreadable(
        Text(
            f"det här är ingen Excelfil som går att läsa ({error}); spara den på nytt som .xlsx",
            f"this is no Excel workbook that can be read ({error}); save it anew as .xlsx",
        )
    )


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith(_SHEETS) and part.filename.endswith(".xml")


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    """Raise Unreadable for a workbook that would unpack to more than is read; no part gives more than it declares."""
    if len(parts) > MOST_PARTS:
        raise too_many(
            "Excelfilen består av {has} delar, och högst {most} läses",
            "the workbook has {has} parts, and at most {most} are read",
            len(parts),
            MOST_PARTS,
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise too_many(
            "Excelfilen blir {has} byte när den packas upp, och högst {most} läses; dela den",
            "the workbook unpacks to {has} bytes, and at most {most} are read; divide it",
            unpacked,
            MOST_UNPACKED,
        )
    for part in parts:
        most = MOST_OF_TEXTS if part.filename == "xl/sharedStrings.xml" else MOST_OF_A_PART
        if part.file_size > most and not _is_sheet(part) and not part.filename.startswith("xl/media/"):
            raise too_many(
                "{what} blir {has} byte när den packas upp, och högst {most} läses",
                "{what} unpacks to {has} bytes, and at most {most} are read",
                part.file_size,
                most,
                what=part.filename,
            )


class _Look(ContentHandler):
    """What a sheet holds, seen without keeping it: how many cells, and lines with any; what is merged, and hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.line = self.lines = self.cells = self.wide = self.widest = self.widest_line = 0
        self.reached = self.after = 0
        self.place = ""  # of the last cell that has one, and how many come after it
        self.is_held = self.has_formulas = False
        self.merged: list[str] = []
        self.hidden_lines: set[int] = set()
        self.hidden_columns: set[int] = set()

    def startElement(self, name: str, attributes: Any) -> None:  # noqa: N802 - so the library names it
        """Count lines and cells, and note what is merged and what is hidden."""
        kind = name.rpartition(":")[2]
        self.has_formulas = self.has_formulas or kind == "f"
        is_hidden = attributes.get("hidden") in {"1", "true"}
        if kind == "row":
            self.line = int(attributes.get("r", self.line + 1))
            self._reach()
            self.wide, self.is_held = 0, False
            if is_hidden or _is_nothing(attributes.get("ht")):
                self.hidden_lines.add(self.line)
        elif kind in {"v", "is", "f"} and not self.is_held:
            self.lines += 1
            self.is_held = True
        elif kind == "col" and (is_hidden or _is_nothing(attributes.get("width"))):
            first = max(int(attributes.get("min", 1)), 1)
            self.hidden_columns |= {*range(first, min(int(attributes.get("max", first)), MOST_COLUMNS) + 1)}
        elif kind == "c":
            self.cells += 1
            self.wide += 1
            self.place, self.after = (attributes["r"], 0) if "r" in attributes else (self.place, self.after + 1)
            if self.wide > self.widest:
                self.widest, self.widest_line = self.wide, self.line
        elif kind == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def endDocument(self) -> None:  # noqa: N802 - the name is of the library
        """Count the last line too."""
        self._reach()

    def _reach(self) -> None:
        """Count the cells of the line that has ended."""
        letters = self.place.rstrip("0123456789")
        self.reached += (column_index_from_string(letters) if letters else 0) + self.after
        self.place, self.after = "", 0

    def hidden(self) -> Hidden:
        """The cells that merging has hidden. Raises Unreadable for a sheet of too many."""
        refuse_too_many(self.lines)
        if self.widest > WIDEST:
            raise too_many(
                "rad {what} har {has} celler, och högst {most} läses; ta bort dem som inte hör till tabellen",
                "line {what} has {has} cells, and at most {most} are read; take away those that are not of the table",
                self.widest,
                WIDEST,
                what=f"{self.widest_line}",
            )
        if self.cells > MOST_CELLS:
            raise too_many(
                "bladet har {has} celler, och högst {most} läses; dela det",
                "the sheet has {has} cells, and at most {most} are read; divide it",
                self.cells,
                MOST_CELLS,
            )
        if self.reached > MOST_REACHED:
            raise too_many(
                "bladet når över {has} celler, och högst {most} läses; ta bort det som står långt till höger",
                "the sheet reaches over {has} cells, and at most {most} are read; take away what is far to the right",
                self.reached,
                MOST_REACHED,
            )
        found: dict[int, dict[int, str]] = {}
        number = 0
        for area in self.merged:
            for line, column in islice(_cells_of(area), 1, None):
                found.setdefault(line, {})[column] = area
                number += 1
                _refuse_merged(number)
        return found


def _is_nothing(size: str | None) -> bool:
    """True for the height of a line or the width of a column that shows nothing of it."""
    return size is not None and float(size) < _THINNEST


def _look(parts: zipfile.ZipFile, sheet: str) -> _Look:
    seen = _Look()
    with parts.open(sheet) as content:
        parse(content, seen, forbid_dtd=True)
    return seen


def _cells_of(area: str) -> Iterator[tuple[int, int]]:
    """The line and column of each cell of an area, the first one first; columns that are not read are passed over."""
    left, top, right, bottom = (number or 0 for number in range_boundaries(area))
    right = min(right, MOST_COLUMNS)
    if (right - left + 1) * (bottom - top + 1) > MOST_LINES:
        raise Unreadable(
            Text(
                f"cellerna {area} är sammanfogade, och det är fler än en tabell kan ha; dela dem",
                f"the cells {area} are merged, which is more than a table can be; divide them",
            )
        )
    return ((line, column) for line in range(top, bottom + 1) for column in range(left, right + 1))


def _refuse_merged(number: int) -> None:
    if number > MOST_MERGED:
        raise too_many(
            "bladet har fler än {most} celler som är sammanfogade med andra; dela dem",
            "the sheet has more than {most} cells that are merged with others; divide them",
            number,
            MOST_MERGED,
        )


def _sheet_lines(sheet: Any, formulas: Any, seen: _Look) -> Iterator[Line]:
    """The lines of a sheet, read as they are asked for."""
    try:
        yield from _read_lines(sheet, formulas, seen)
    except _BROKEN as error:
        raise _spoilt(error) from error


def _read_lines(sheet: Any, formulas: Any, seen: _Look) -> Iterator[Line]:
    merged = seen.hidden()
    sheet.reset_dimensions()  # what a workbook says of its size may be wrong
    if formulas is not None:
        formulas.reset_dimensions()
    as_written = formulas.iter_rows(values_only=True) if formulas is not None else repeat(())
    unseen: dict[tuple[int, int], bool] = {}
    rows, held = zip(sheet.iter_rows(), as_written, strict=formulas is not None), 0
    for number, (found, written) in enumerate(rows, 1):
        if number > LAST:
            raise _spoilt(ValueError(f"a line after number {LAST}"))
        if not found:
            continue
        values = tuple(str(value) if isinstance(value := cell.value, CellRichText) else value for cell in found)
        refuse_too_wide(number, values)
        hidden = merged.get(number, {})
        width = min(max(len(values), *hidden, 0), MOST_COLUMNS)
        cells = [
            cell_of(number, column, value, formula, hidden.get(column, ""))
            for column, (value, formula) in enumerate(
                zip(_padded(values, width), _padded(written, width), strict=True), 1
            )
        ]
        for column, cell in enumerate(found[:width]):
            if cell.value is None:
                continue
            is_share, is_struck, shown = _is_share(cell), _is_struck(cell), _shown(cell)
            is_unseen = _is_unseen(cell, unseen)
            if is_share or is_struck or shown or is_unseen:
                cells[column] = replace(
                    cells[column], is_share=is_share, is_struck=is_struck, shown=shown, is_unseen=is_unseen
                )
        line = line_of(number, cells)
        if line is not None:
            held += 1
            refuse_too_many(held)
            yield replace(line, is_hidden=number in seen.hidden_lines)


def _is_share(cell: Any) -> bool:
    """True where a number is shown as a percentage."""
    return isinstance(cell.value, int | float) and "%" in _LITERAL.sub("", cell.number_format or "")


def _shown(cell: Any) -> str:
    """A number with as many digits as its format shows of it; empty where that is fewer than it has."""
    if not isinstance(cell.value, int | float) or isinstance(cell.value, bool) or cell.value < 0:
        return ""
    written = (cell.number_format or "").partition(";")[0]
    if found := _DIGITS.fullmatch(written):
        decimals = len(found[2] or "")
        shown = f"{cell.value:0{len(found[1]) + bool(decimals) + decimals}.{decimals}f}"
    elif found := _POWER.fullmatch(written):
        shown = f"{cell.value:.{len(found[1] or '')}E}"
    else:
        return ""
    return shown if float(shown) == cell.value else ""


def _is_struck(cell: Any) -> bool:
    """True where a cell, or some of the words in it, are struck through."""
    if cell.value is None:
        return False
    parts = cell.value if isinstance(cell.value, CellRichText) else ()
    return bool(cell.font and cell.font.strike) or any(
        isinstance(part, TextBlock) and part.font.strike and part.text.strip() for part in parts
    )


def _is_unseen(cell: Any, known: dict[tuple[int, int], bool]) -> bool:
    """True where a cell shows nothing of what it holds; `known` is what was found of fonts and fills before."""
    style = cell.style_array
    looks = style.fontId, style.fillId
    if looks not in known:
        known[looks] = colour_of_letters(cell.font) == colour_behind(cell.fill)
    return known[looks] or (cell.number_format or "").replace(" ", "") == ";;;"


def _padded(values: tuple[object, ...], width: int) -> tuple[object, ...]:
    return (*values, *(None for _ in range(width - len(values))))[:width]
