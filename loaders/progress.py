"""How far something has come that takes long: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

import click

Told = Callable[[int, int], None]
"""Told how many are done, of how many."""

_SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Shows how far it has come, such as the fetch of a source; use it in a `with` statement, and call it."""

    def __init__(self, source: str, doing: str = "questions answered") -> None:
        self._source = source
        self._doing = doing
        self._is_terminal = sys.stderr.isatty()
        self._bar: Any = None  # click gives its bar no public type
        self._last = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def __call__(self, done: int, of: int) -> None:
        """Show that so many are done."""
        if self._is_terminal:
            self._move(done, of)
        elif done in {0, of} or time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            click.echo(f"{self._source}: {done:,} of {of:,} {self._doing}", err=True)

    def _move(self, done: int, of: int) -> None:
        if self._bar is None:
            itself = sys.__stderr__  # the bar moves back, which `sys.stderr` shows as letters
            self._bar = click.progressbar(length=of, label=self._source, show_pos=True, show_eta=True, file=itself)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)
