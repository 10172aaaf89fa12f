"""The lines of a spreadsheet or a CSV file as they were written, each cell with its place and what is wrong with it.

Memory is bounded, whatever the file holds.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from loaders import unreadable
from loaders.csv_lines import csv_lines
from loaders.sheet_lines import Sheet
from loaders.unreadable import Unreadable, too_many
from ontology.text import Text

MOST_BYTES = 50_000_000

_ANOTHER_ENCODING = Text(
    ", eller säg vad den är skriven i med --encoding, till exempel --encoding cp1252 för det som Excel sparar som "
    "vanlig CSV",
    ", or name what it is written in with --encoding, such as --encoding cp1252 for what Excel saves as plain CSV",
)

_LONGEST_START = 512


@contextmanager
def sheets(file: Path, encoding: str = "utf-8-sig") -> Iterator[list[Sheet]]:
    """The sheets of a file in order, whose lines are read as they are asked for, before the next step.

    Raises Unreadable, also while lines are read, and OSError.
    """
    refuse_unread(file)
    with ExitStack() as opened:
        yield _sheets(lambda: file.open("rb"), opened, encoding, _ANOTHER_ENCODING)


@contextmanager
def sheets_in(content: bytes) -> Iterator[list[Sheet]]:
    """The same of what a file held. Raises Unreadable."""
    _refuse_too_long(len(content))
    with ExitStack() as opened:
        yield _sheets(lambda: io.BytesIO(content), opened, "utf-8-sig", Text("", ""))


def refuse_unread(file: Path) -> None:
    """Raise Unreadable for what is no file, such as a device, or is too long to be read; OSError where it is gone."""
    size = file.stat().st_size
    if not file.is_file():
        raise Unreadable(unreadable.NO_FILE)
    _refuse_too_long(size)


def _refuse_too_long(size: int) -> None:
    if size > MOST_BYTES:
        raise too_many(
            "filen har {has} byte, och högst {most} läses; dela den",
            "the file has {has} bytes, and at most {most} are read; divide it",
            size,
            MOST_BYTES,
        )


def _sheets(opens: Callable[[], BinaryIO], opened: ExitStack, encoding: str, way_out: Text) -> list[Sheet]:
    with opens() as file:
        start = file.read(_LONGEST_START)
        if start.startswith(b"PK"):
            reader = import_module("loaders.workbook_sheets")  # with openpyxl, which takes long to import
            found: list[Sheet] = reader.workbook_sheets(opens, opened)
            return found
        unreadable.refuse_no_table(start)
        content = start + file.read()
    return [Sheet("", csv_lines(content, encoding, way_out))]
