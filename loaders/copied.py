"""A copy of this process, which has imported already what a new interpreter would import for half a second.

A copy has no thread but the one that made it: what others held, nobody gives back in it. So only a process that has no
other thread is copied, and only where the system tells how many there are.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import IO

from shapes.memory import looked_through_no_more

Serve = Callable[[IO[bytes], IO[bytes]], None]
"""Reads from one pipe, and writes to another."""

_THREADS = Path("/proc/self/task")
_STDOUT, _STDERR = 1, 2
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def can_be_copied() -> bool:
    """True where this process has one thread; False where it has more, of Python or not, or nobody tells."""
    try:
        return len(list(_THREADS.iterdir())) == 1
    except OSError:
        return False


class Copy:
    """A process that serves the other ends of two pipes, and ends with them; it answers as `subprocess.Popen` does."""

    def __init__(self, serve: Serve) -> None:
        """Copy this process, with all that it has in its memory and nothing that it has open but these pipes."""
        tasks, told = os.pipe()
        heard, answers = os.pipe()
        self.stdin, self.stdout = os.fdopen(told, "wb"), os.fdopen(heard, "rb")
        self._process = get_context("fork").Process(target=_be_copy, args=(serve, tasks, answers), daemon=True)
        try:
            self._process.start()
        finally:
            os.close(tasks)
            os.close(answers)

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def wait(self) -> int | None:
        """Wait for its end: its exit code, or the number of the signal that ended it, below 0."""
        self._process.join()
        return self._process.exitcode

    def communicate(self) -> None:
        """Close the pipes, and wait for its end."""
        self.stdin.close()
        self.stdout.close()
        self.wait()


def _be_copy(serve: Serve, tasks: int, answers: int) -> None:
    """Let go of what belongs to who was copied, locks and files among it, and serve."""
    os.setpgid(0, 0)  # Ctrl-C ends the build, and the build this
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL)
    os.dup2(_STDERR, _STDOUT)  # what is printed is no answer of the build
    above = sorted({tasks, answers})
    for first, last in zip((_STDERR, *above), (*above, os.sysconf("SC_OPEN_MAX")), strict=True):
        os.closerange(first + 1, last)
    looked_through_no_more()  # what is looked through is written into, and is copied then
    serve(os.fdopen(tasks, "rb"), os.fdopen(answers, "wb"))
