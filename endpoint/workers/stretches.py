"""Computing in short stretches: who runs a query offers its core to others more often than the kernel would ask for it.

Where several want a core, the kernel looks whether it is another's turn when that one wakes, and then at its next tick
alone, 4 ms later where it ticks 250 times a second. Here a timer rings, and whoever hears it gives up the core.
"""

from __future__ import annotations

import ctypes
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_FIRST = 0.02
"""Seconds before a query first offers its core: most have ended by then. Who gives up a core pays for it, as the kernel
counts a whole turn, and would wait for all that are shorter."""

_EACH = 0.001
"""Seconds between offers, on a clock: a timer for the time that is computed would ring at the ticks of the kernel."""

_BELL = signal.SIGALRM


def hang_the_bell() -> None:
    """Have this process give up its core where it hears the bell, which neither this thread nor those it starts do.

    The C library is asked, since what Python is told runs in its main thread, and between two of its own steps: never
    while the engine computes.
    """
    library = ctypes.CDLL(None)
    library.signal(_BELL, library.sched_yield)
    signal.pthread_sigmask(signal.SIG_BLOCK, {_BELL})


@contextmanager
def short_stretches() -> Iterator[None]:
    """Compute what is within in short stretches, where the bell hangs: this thread alone hears it meanwhile."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {_BELL})
    signal.setitimer(signal.ITIMER_REAL, _FIRST, _EACH)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.pthread_sigmask(signal.SIG_BLOCK, {_BELL})
