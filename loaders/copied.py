"""A copy of this process, which has imported already what a new interpreter would import for half a second.

A copy has no thread but the one that made it: what others held, nobody gives back in it. So only a process that has no
other thread is copied, and only where the system tells how many there are.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import IO

from shapes.memory import looked_through_no_more

Serve = Callable[[IO[bytes], IO[bytes]], None]
"""Reads from one pipe, and writes to another."""

_THREADS, _HANDLES = Path("/proc/self/task"), Path("/proc/self/fd")
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
        """Copy this process, with all that it has in its memory and nothing that it has open but these pipes.

        Raises OSError where the system gives no process.
        """
        with ExitStack() as opened:
            tasks, told = (opened.enter_context(end) for end in _pipe())
            heard, answers = (opened.enter_context(end) for end in _pipe())
            self._process = get_context("fork").Process(target=_be_copy, args=(serve, tasks, answers), daemon=True)
            self._process.start()
            opened.pop_all()
        tasks.close()
        answers.close()
        self.stdin, self.stdout = told, heard

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
        with suppress(BrokenPipeError):  # it has ended before it heard all
            self.stdin.close()
        self.stdout.close()
        self.wait()


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    """What is read from, and what is written to."""
    read, written = os.pipe()
    return os.fdopen(read, "rb"), os.fdopen(written, "wb")


def _be_copy(serve: Serve, tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Let go of what belongs to who was copied, locks and files among it, and serve."""
    os.setpgid(0, 0)  # Ctrl-C ends the build, and the build this
    for number in _ENDING:
        if callable(signal.getsignal(number)):  # what is passed over, as by `nohup`, is so here
            signal.signal(number, signal.SIG_DFL)
    os.dup2(_STDERR, _STDOUT)  # what is printed is no answer of the build
    kept = {*range(_STDERR + 1), tasks.fileno(), answers.fileno()}
    for handle in {int(entry.name) for entry in _HANDLES.iterdir()} - kept:
        with suppress(OSError):  # one of them was that of the folder
            os.close(handle)
    looked_through_no_more()  # what is looked through is written into, and is copied then
    serve(tasks, answers)
