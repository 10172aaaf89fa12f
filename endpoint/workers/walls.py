"""What the operating system forbids a worker: the network, more memory and time than its share, core files.

And what it is asked for otherwise: whom it ends first, and whom it lets run on.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import math
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_SET_FLAGS = 0x8914
_IS_UP = 1
_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_FAIL = 0x00050000  # with the number of an error
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of a filter
_CALL, _ARCHITECTURE = 0, 4  # where the kernel tells them to the filter
_FOREIGN_CALL = 0x40000000  # from this number on: the other way of calling on x86-64
_IO_URING_SETUP = 425
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each machine that we know: what the kernel calls it, and the number of the call that makes a socket."""

_GRACE = 1  # seconds of computing beyond the deadline, which is kept from outside as long as all is well
_BACK = 10  # by which a worker is nicer than who gives it queries; the kernel gives it a tenth then


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("size", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def leave_the_network() -> bool:
    """Move this process into a network of its own in which nothing is connected, loopback included.

    True where the kernel did so; False where it refuses or cannot.
    """
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (AttributeError, OSError):
        return False
    return bool(unshare(_CLONE_NEWNET) == 0 or unshare(_CLONE_NEWNET | _CLONE_NEWUSER) == 0)


def listen_in_a_network_of_its_own(address: tuple[str, int]) -> socket.socket | None:
    """A socket that listens on a loopback which is all the network that this process has from now on.

    None where the kernel refuses to move it there.
    """
    if not leave_the_network():
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        fcntl.ioctl(asking, _SET_FLAGS, struct.pack("16sH14x", b"lo", _IS_UP))
    return socket.create_server(address)


def forbid_sockets() -> bool:
    """Let no thread that this one starts make a socket from now on; this works where namespaces are not allowed.

    True where the kernel does so. Sockets that are open stay so.
    """
    machine = _SOCKET_CALLS.get(os.uname().machine)
    if machine is None or os.uname().sysname != "Linux":
        return False
    architecture, make_socket = machine
    instructions = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, _CALL),
        (_IF_AT_LEAST, 3, 0, _FOREIGN_CALL),
        (_IF_EQUAL, 2, 0, make_socket),
        (_IF_EQUAL, 1, 0, _IO_URING_SETUP),  # which could make one unseen
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL | errno.EACCES),
    )
    written = (_Instruction * len(instructions))(*(_Instruction(*instruction) for instruction in instructions))
    program = _Program(len(instructions), written)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return bool(
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0
    )


def die_with_the_parent() -> None:
    """Have the kernel kill this process when the one that started it ends, however it ends."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def address_space() -> int:
    """Megabytes of addresses that this process has taken; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024


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


def interrupt_nobody() -> None:
    """Have the kernel let who is running run on when this process, or one that it starts, is woken.

    It runs when its turn comes, some milliseconds later at most, and what is running has its caches till then. Who is
    to make way for others does so as before. Systems other than Linux are left alone.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def stand_back() -> None:
    """Have the kernel give others ten times as much of a core as this process, as long as they want it too."""
    os.nice(_BACK)


def can_be_kept_off_the_network() -> bool:
    """True where the kernel lets a process give up the network in one way or the other."""
    return _works(lambda: leave_the_network() or forbid_sockets())


def can_have_a_network_of_its_own() -> bool:
    """True where the kernel lets a process have a loopback of its own, and no other network."""
    return _works(lambda: listen_in_a_network_of_its_own(("", 0)) is not None)


def _works(attempt: Callable[[], bool]) -> bool:
    """What comes of an attempt in a process of its own, which it changes for good."""
    child = os.fork()
    if child == 0:
        code = 1
        with suppress(OSError):
            code = 0 if attempt() else 1
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0
