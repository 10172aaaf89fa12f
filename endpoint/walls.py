"""What the operating system forbids a worker: the network, more memory and time than its share, core files."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_GRACE = 1  # seconds of computing beyond the deadline, which is kept from outside as long as all is well


def leave_the_network() -> bool:
    """Move this process into a network of its own in which nothing is connected, loopback included.

    True where the kernel did so; False where it refuses or cannot.
    """
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (AttributeError, OSError):
        return False
    return bool(unshare(_CLONE_NEWNET) == 0 or unshare(_CLONE_NEWNET | _CLONE_NEWUSER) == 0)


def die_with_the_parent() -> None:
    """Have the kernel kill this process when the one that started it ends, however it ends."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_memory(megabytes: int) -> None:
    """Let the allocation of more than this end in an error of this process alone, and write no core file."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: float) -> None:
    """Let the kernel end this process when it computes for so many seconds more, and a little: nobody stopped it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + _GRACE
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hardest < 0 else min(most, hardest), hardest))


def be_the_first_to_go() -> None:
    """Have the kernel end this process before any other where the machine runs out of memory."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def can_leave_the_network() -> bool:
    """True where the kernel lets a process leave the network, tried in a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit(0 if leave_the_network() else 1)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0
