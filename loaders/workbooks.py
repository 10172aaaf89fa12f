"""Excel workbooks, packed to the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook

_FIXED = datetime(2026, 1, 1)
"""When each was made, as it says: the moment would tell two of the same content apart."""


def pack(book: Workbook) -> bytes:
    """A workbook as a file, with all moments in it fixed."""
    book.properties.creator = "Miljögrafen"
    book.properties.created = book.properties.modified = _FIXED
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
