"""The lines of a CSV file in any usual encoding, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from loaders import unreadable
from loaders.plain_text import UTF_16
from loaders.sheet_cells import cell_of
from loaders.sheet_lines import MOST_COLUMNS, Line, line_of, refuse_too_many, refuse_too_wide
from loaders.table import LONGEST_FIELD
from loaders.unreadable import Unreadable
from ontology.text import Text

_LONGEST_HEAD = 100_000
_LINES_OF_HEAD = 30
"""Characters and lines of a file among which its delimiter is looked for."""


def csv_lines(content: bytes, encoding: str, way_out: Text) -> Iterator[Line]:
    """The lines that are not blank, read as they are asked for; `way_out` is said where the encoding is another.

    Raises Unreadable, also while lines are read.
    """
    if content.startswith(UTF_16):
        encoding = "utf-16"
    elif "utf" not in encoding.lower() and not content.isascii() and _is_utf_8(content):
        named = encoding.upper()
        raise Unreadable(
            Text(
                f"filen är UTF-8 och inte {named}; ta den utan --encoding",
                f"the file is UTF-8 and not {named}; take it without --encoding",
            )
        )
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        where = content.count(b"\n", 0, error.start) + 1
        called = encoding.removesuffix("-sig").upper()
        raise Unreadable(
            Text(
                f"rad {where} är inte {called}; spara filen som ”CSV UTF-8”{way_out.sv}",
                f"line {where} is not {called}; save the file as “CSV UTF-8”{way_out.en}",
            )
        ) from error
    if "\0" in text:
        raise Unreadable(unreadable.NO_TEXT)
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins, held = 1, 0
    try:
        for values in reader:
            refuse_too_wide(begins, values)
            line = line_of(
                begins, (cell_of(begins, column, value) for column, value in enumerate(values[:MOST_COLUMNS], 1))
            )
            if line is not None:
                held += 1
                refuse_too_many(held)
                yield line
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            Text(
                f"rad {begins} är inte CSV ({error}); se över citationstecknen",
                f"line {begins} is not CSV: {error}; check the quotation marks",
            )
        ) from error


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """The comma, semicolon or tab that stands in most of the first lines, and the most often: words have some too."""
    lines = text[:_LONGEST_HEAD].splitlines()[:_LINES_OF_HEAD]
    return max(",;\t", key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines)))
