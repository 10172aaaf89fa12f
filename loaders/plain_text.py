"""Text that people write in files: UTF-8, with or without the mark that editors on Windows put before it."""

from __future__ import annotations

import codecs
from importlib.resources.abc import Traversable
from pathlib import Path

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What text in UTF-16 begins with, either of them: what Excel calls Unicode text is."""


def read_plain(path: Path | Traversable) -> str:
    """The text of a file. Raises ValueError that says where it is not UTF-8 and what to do, and OSError."""
    return plain(path.read_bytes())


def plain(content: bytes) -> str:
    """The text of some bytes, its lines ended alike. Raises ValueError as `read_plain`."""
    if content.startswith(UTF_16):
        raise ValueError("the file is UTF-16; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8; save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
