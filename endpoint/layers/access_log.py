"""The access log: lines in a file that may be moved away, or on standard output."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from logging.handlers import WatchedFileHandler
from pathlib import Path

access = logging.getLogger("miljograf.access")
log = logging.getLogger("miljograf")


class _SaysOnce(logging.Handler):
    """A handler that says once when lines are lost, and no more of it until one is written again."""

    _fault: BaseException | None = None
    _is_stuck = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; one that cannot be written is lost, and the next is another try."""
        self._fault = None
        try:
            super().emit(record)
        except OSError as fault:  # the file cannot be opened again
            self._fault = fault
        if self._fault is not None and not self._is_stuck:
            log.error("the access log cannot be written, and lines of it are lost: %s", self._fault)
        self._is_stuck = self._fault is not None

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is of the library
        """A line could not be written."""
        self._fault = sys.exc_info()[1]


class _File(_SaysOnce, WatchedFileHandler):
    def emit(self, record: logging.LogRecord) -> None:
        """Write a line. After one that could not be written, the file is opened anew: it may be another."""
        super().emit(record)
        if self._is_stuck and self.stream is not None:
            with suppress(OSError):
                self.stream.close()
            self.stream = None  # the next line opens it
            self.dev = self.ino = -1


class _Output(_SaysOnce, logging.StreamHandler):  # type: ignore[type-arg]  # it takes none where it is subclassed
    pass


def open_log(place: str | None) -> None:
    """Write accounts to a file, which may be moved away while it is written, or to standard output as `-`."""
    for handler in list(access.handlers):
        access.removeHandler(handler)
        handler.close()
    access.propagate = False
    access.disabled = place is None
    if place is not None:
        opened = _Output(sys.stdout) if place == "-" else _File(Path(place), encoding="utf-8")
        opened.setFormatter(logging.Formatter("%(message)s"))
        access.addHandler(opened)
        access.setLevel(logging.INFO)
