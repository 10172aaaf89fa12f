"""What the operating system forbids a worker: the network, more memory than its share, core files."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from contextlib import suppress

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1


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


def can_leave_the_network() -> bool:
    """True where the kernel lets a process leave the network, tried in a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit(0 if leave_the_network() else 1)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0
