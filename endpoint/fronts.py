"""Front processes: several of them answer on one port, and one that dies is replaced.

Each has workers, a cache and counts of its own. One of them and its workers keep a core and a half busy. The process
that starts them waits for them, and for what else the kernel gives it, such as the workers of a launcher that has died.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import NamedTuple

from endpoint.workers.walls import die_with_the_parent

log = logging.getLogger("miljograf")

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_SOON = 2.0
"""A process that ends within so many seconds did not start: another would fare no better."""
_SETTLED = 60.0
"""A process that lives for so many seconds has begun well, whatever ends it then."""
_MOST_TRIES = 5
"""Processes that begin in one place, one after the other, and none well."""

_PR_GET_CHILD_SUBREAPER = 37


class FrontFailed(Exception):
    """Front processes do not start, or do not last; the log has said why."""


class _Front(NamedTuple):
    """A process: what it runs, when it began, and how many before it in its place have not begun well."""

    run: Callable[[], None]
    began: float
    before: int


def is_given_orphans() -> bool:
    """True where the kernel gives this process what has lost its parent: it is the first of a container.

    Or it has asked for that, as what starts others may. Whoever is given orphans has to bury them.
    """
    asked = ctypes.c_int(0)
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_GET_CHILD_SUBREAPER, ctypes.byref(asked), 0, 0, 0)
    return os.getpid() == 1 or bool(asked.value)


class Fronts:
    """Processes that each run something until they are told to stop."""

    def __init__(self, runs: Sequence[Callable[[], None]]) -> None:
        self._runs = runs
        self._began: dict[int, _Front] = {}
        self._is_stopping = False

    def run(self) -> None:
        """Start the processes and keep them running; what this one is told by a signal, they are told.

        Raises FrontFailed.
        """
        before = {number: signal.signal(number, self._tell) for number in _SIGNALS}
        try:
            for run in self._runs:
                self._start(run)
            while self._began:
                process_id, status = os.wait()
                front = self._began.pop(process_id, None)
                if front is not None:  # the others are orphans
                    self._replace(front, process_id, status)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _start(self, run: Callable[[], None], before: int = 0) -> None:
        let_through = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # a copy would take them for this process
        if self._is_stopping:  # nobody would tell this one
            signal.pthread_sigmask(signal.SIG_SETMASK, let_through)
            return
        process_id = os.fork()
        if process_id:
            self._began[process_id] = _Front(run, time.monotonic(), before)
            signal.pthread_sigmask(signal.SIG_SETMASK, let_through)
            return
        code = 1
        try:
            die_with_the_parent()
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, let_through)
            run()
            code = 0
        except Exception:  # this process is a copy: whatever ended it goes into the log, and no further up
            log.exception("a front process ended")
        finally:
            os._exit(code)

    def _replace(self, front: _Front, process_id: int, status: int) -> None:
        """A process has ended: start another in its place, unless all are to end or no other would get far."""
        lived = time.monotonic() - front.began
        if self._is_stopping:
            return
        if lived < _SOON:
            self._end_all()
            raise FrontFailed(f"a front process ended after {lived:.1f} s, with status {status}")
        tries = front.before + 1 if lived < _SETTLED else 0
        if tries == _MOST_TRIES:
            self._end_all()
            raise FrontFailed(
                f"{tries} front processes, one after the other, each ended within {_SETTLED:g} s of its start, the "
                f"last with status {status}; the log says what ended them, or the kernel's, where memory was short"
            )
        log.error("front process %s ended (status %s); another takes its place", process_id, status)
        self._start(front.run, tries)

    def _end_all(self) -> None:
        self._tell(signal.SIGTERM)
        while self._began:
            self._began.pop(os.wait()[0], None)

    def _tell(self, number: int, frame: FrameType | None = None) -> None:
        """Pass a signal on; all but SIGHUP mean the end."""
        self._is_stopping = self._is_stopping or number != signal.SIGHUP
        for process_id in self._began:
            with suppress(ProcessLookupError):  # it has just been buried
                os.kill(process_id, number)
