"""Where a worker writes an answer: in memory first, then in a file; never more bytes or rows than allowed.

An answer is whole before its status is told. So a limit gives a true error, unless the client asked for what fits: then
the answer ends after its last whole row, and says so.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any


class OverLimit(Exception):
    """The answer has more `bytes` or `rows` than it may have."""

    def __init__(self, limit: str) -> None:
        self.limit = limit
        super().__init__(limit)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a result format are told apart, and how a cut answer is closed.

    `end` matches what stands after a row, `quoted` what stands between the quotes of a text and may look the same;
    `heads` lines come before the first row. `follows` is True where `end` stands between two rows, so that one more row
    follows it; there is a first one where `first` is. `mark` stands between any two rows, and is found much faster than
    `end`.
    """

    end: bytes
    mark: bytes
    quoted: bytes = b""
    heads: int = 0
    follows: bool = False
    first: bytes = b""
    closing: bytes | None = None


LAYOUTS = {
    "json": Layout(
        rb"\}(?=,\{)",
        b"},{",
        rb'[^"\\]*(?:\\.[^"\\]*)*',
        follows=True,
        first=b"[{",
        closing=b']},"partial":{"limit":"%s","rows":%d}}',
    ),
    "xml": Layout(rb"</result>", b"</result>", closing=b"</results><!-- partial: limit %s, rows %d --></sparql>"),
    "csv": Layout(rb"\r\n", b"\r\n", rb'[^"]*', heads=1),
    "tsv": Layout(rb"\n", b"\n", heads=1),
}

_NUMBERS = count(1)  # of the files of this process
_LONGEST_END = 9  # bytes of `</result>`
_PIECE = 1024 * 1024


class Rows:
    """Counts the rows of an answer as it is written, and remembers where the last whole one ended."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.ended = 0  # rows that ended
        self.boundary = 0  # bytes up to the end of the last of them
        texts = rb'"%s"|(?P<open>")|' % layout.quoted if layout.quoted else rb"(?P<open>(?!))|"
        self._pattern = re.compile(texts + b"(?P<end>" + layout.end + b")", re.DOTALL)
        self._quoted = re.compile(layout.quoted, re.DOTALL)
        self._is_in_text = False  # one that has begun and not ended yet; what was read of it is not read again
        self._rest = b""
        self._before = 0  # bytes before the rest
        self._ends = 0

    def read(self, data: bytes, most: int) -> bool:
        """Count on; False where there are more than so many rows, and `ended` and `boundary` tell of the last."""
        text = self._rest + data
        kept = self._end_of_text(text, 0) if self._is_in_text else 0
        if self._is_in_text:
            return self._keep(text, kept)
        for found in self._pattern.finditer(text, kept):
            kept = found.end()
            if found["open"] is not None:  # a text that goes on in what is written next
                kept = self._end_of_text(text, kept)
                break
            if found["end"] is None:
                continue
            self._ends += 1
            rows = self._ends - self.layout.heads
            if rows > most or (self.layout.follows and rows >= most):
                if rows == most:
                    self._mark(rows, found.end())
                return False
            self._mark(rows, found.end())
        else:
            kept = max(kept, len(text) - _LONGEST_END)
        return self._keep(text, kept)

    def _end_of_text(self, text: bytes, start: int) -> int:
        """Where a text ends that goes on from there, its quote included; or how far it was read, if it does not."""
        found = self._quoted.match(text, start)
        end = found.end() if found else start
        self._is_in_text = text[end : end + 1] != b'"'
        return end if self._is_in_text else end + 1

    def _keep(self, text: bytes, kept: int) -> bool:
        """Keep what is to be read again, with what is written next."""
        self._rest, self._before = text[kept:], self._before + kept
        return True

    def _mark(self, rows: int, place: int) -> None:
        if rows > 0:
            self.ended, self.boundary = rows, self._before + place


class Spool(io.RawIOBase):
    """A file to write an answer into: in memory up to `in_memory` bytes, then in a file of a folder if there is one."""

    def __init__(self, most_bytes: int, folder: str | None = None, in_memory: int = 0) -> None:
        super().__init__()
        self.most_bytes = most_bytes
        self.folder = folder
        self.in_memory = in_memory
        self.size = 0
        self.path: Path | None = None
        self.layout: Layout | None = None
        self.most_rows = 0
        self._rows: Rows | None = None
        self._counted = 0  # bytes whose rows are counted; none are until there could be too many
        self._marks = 0  # found in what was written
        self._pieces = 0  # of what was written; between any two of them one more mark may stand
        self._file: IO[bytes] = io.BytesIO()

    def count(self, layout: Layout, most_rows: int) -> None:
        """Allow so many rows; they are counted only once so many could stand in what is written."""
        self.layout, self.most_rows = layout, most_rows

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any, /) -> int:
        """Write on. Raises OverLimit."""
        size = self.size + len(data)
        if self.layout is not None and self._may_be_too_many(bytes(data), self.layout):
            rows = self._count(self.layout)
            self._counted = size
            if not rows.read(bytes(data), self.most_rows):
                self._append(data)
                raise OverLimit("rows")
        if size > self.most_bytes:
            raise OverLimit("bytes")
        self._append(data)
        return len(data)

    def _may_be_too_many(self, data: bytes, layout: Layout) -> bool:
        """True where there could be more rows than allowed after some bytes more."""
        self._marks += data.count(layout.mark)
        self._pieces += 1
        return self._marks + self._pieces >= self.most_rows

    @property
    def about_rows(self) -> int | None:
        """How many rows were written, counted at a glance: a text may hold what looks like the end of one."""
        layout = self.layout
        if layout is None:
            return None
        if layout.follows:
            return self._marks + (self._marks > 0 or self.path is not None or layout.first in self.content())
        return max(self._marks - layout.heads, 0)

    def _count(self, layout: Layout) -> Rows:
        """The rows of what was written, with those counted that were not yet."""
        rows = self._rows = self._rows or Rows(layout)
        if self._counted < self.size:
            self._file.seek(self._counted)
            while piece := self._file.read(_PIECE):
                rows.read(piece, self.most_rows)
            self._counted = self.size
        return rows

    def _append(self, data: Any) -> None:
        if self.path is None and self.folder is not None and self.size + len(data) > self.in_memory:
            written = self._file
            self.path = Path(self.folder, f"{os.getpid()}-{next(_NUMBERS)}")
            self._file = self.path.open("x+b")
            written.seek(0)
            self._file.write(written.read())
        self._file.write(data)
        self.size += len(data)

    def cut(self, limit: str) -> bool:
        """End after the last whole row and say so; False where the format has no way to say it."""
        if self.layout is None or self.layout.closing is None:
            return False
        rows = self._count(self.layout)
        if not rows.boundary:
            return False
        self._file.seek(rows.boundary)
        self._file.truncate()
        self._file.write(self.layout.closing % (limit.encode(), rows.ended))
        self.size = self._file.tell()
        return True

    def replace(self, content: bytes) -> None:
        """Have other bytes instead."""
        self._file.seek(0)
        self._file.truncate()
        self.size = 0
        self._append(content)

    def content(self) -> bytes:
        """All that was written."""
        self._file.seek(0)
        return self._file.read()

    def flush(self) -> None:
        """Let others read what was written so far."""
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        """Close the file; what is in a folder stays there."""
        self._file.close()
        super().close()

    def discard(self) -> None:
        """Close the file and leave nothing behind."""
        self.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)
