"""Answers in XML: what a parser would take for something else is written as a reference, what XML forbids ends them."""

from __future__ import annotations

import io
import re
from typing import IO, Any

MARKUP = {"xml", "rdfxml"}
"""The formats that are XML."""

FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What no XML can hold, in UTF-8."""

_RETURN, _REFERENCE = b"\r", b"&#13;"


class NotInMarkup(Exception):
    """An answer holds a character that XML has no way to write (XML 1.0, section 2.2)."""


class Markup(io.RawIOBase):
    """A file for XML in front of another. The engine writes the characters of texts as they are.

    A parser of XML makes a line end of each return (section 2.11); as a reference it comes through.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any, /) -> int:
        """Write on. Raises NotInMarkup, and what the file raises."""
        text = bytes(data)
        if FORBIDDEN.search(text):
            raise NotInMarkup
        self._file.write(text.replace(_RETURN, _REFERENCE))
        return len(text)
