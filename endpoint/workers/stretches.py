"""Computing in short stretches: who runs a query leaves its core to others more often than the kernel would ask for it.

Where several want a core, the kernel looks whether it is another's turn when that one wakes, and then at its next tick
alone, 4 ms later where it ticks 250 times a second. Here a timer rings, and whoever hears it sleeps for a moment.
"""

from __future__ import annotations

import ctypes
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_FIRST = 0.002
"""Seconds before a query first leaves its core: most have ended by then, and pay nothing but the winding."""

_EACH = 0.001
"""Seconds between such moments, on a clock: a timer for what is computed would ring at the ticks of the kernel."""

_BELL = signal.SIGALRM

_PR_SET_TIMERSLACK = 29
_PUNCTUAL = 1  # nanosecond by which the kernel may let this process sleep on; it takes 50 microseconds else


def hang_the_bell() -> None:
    """Have this process sleep where it hears the bell, which neither this thread nor those it starts do.

    The C library is asked, since what Python is told runs in its main thread, and between two of its own steps: never
    while the engine computes. It hands on the number of the signal, 14, which are the microseconds to sleep for.
    """
    library = ctypes.CDLL(None)
    with suppress(AttributeError):  # systems other than Linux have nothing to set there
        library.prctl(_PR_SET_TIMERSLACK, ctypes.c_ulong(_PUNCTUAL))
    library.signal(_BELL, library.usleep)
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
