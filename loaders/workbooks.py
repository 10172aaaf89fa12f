"""Excel workbooks, packed to the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_FIXED = datetime(2026, 1, 1)
"""When each was made, as it says: the moment would tell two of the same content apart."""


class _Parts(zipfile.ZipFile):
    """The parts of a workbook as they are written. No clock is asked: one before 1980 has no moment for a ZIP file."""

    def writestr(self, part: zipfile.ZipInfo | str, *content: object) -> None:
        """Write a part of a name."""
        super().writestr(_dated(part) if isinstance(part, str) else part, *content)  # type: ignore[arg-type]


def pack(book: Workbook) -> bytes:
    """A workbook as a file, with all moments in it fixed."""
    book.properties.creator = "Miljögrafen"
    book.properties.created = book.properties.modified = _FIXED
    made, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, _Parts(made, "w", strict_timestamps=False)).save()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(parts.namelist()):
            fixed.writestr(_dated(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _dated(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _FIXED.timetuple()[:6])
