"""One process that starts the workers of pools, each as a copy of itself: what they import is there already.

Started as `python -m endpoint.workers.launcher FD STORE MEGABYTES HELD DUMP`. A worker is asked for over the socket FD,
with the socket at which that one is to answer; what comes back are reports. What a store says that has HELD bytes or
fewer, and the file DUMP with it, is here in memory, and so in that of each worker.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import struct
import sys
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable

from endpoint.workers import worker
from endpoint.workers.share import Share
from endpoint.workers.walls import die_with_the_parent
from ontology.stores import HeldStores

ASKED = struct.Struct("=d?")
"""The seconds that a worker may compute for one query, and whether it asks others through the relay."""

REPORT = struct.Struct("=ii")
"""The process of a worker, and what became of it: it has started, or the signal that ended it (0: none did)."""

STARTED = -1
REFUSED = -2
"""What becomes of a worker, of process 0, that the machine has no room for."""

_AT_REST = 1.0
"""Seconds that a process which has ended is left alone. Threads of it that the kernel runs when nobody else wants a
core may still be on their way out, and who buries it sooner waits for them with a core kept busy."""


class Launcher:
    """What this process does until the front closes the socket: start workers, tell how each ends, bury them."""

    def __init__(self, front: socket.socket, work: Callable[[int, float, bool], None]) -> None:
        self._front = front
        self._work = work
        self._living: set[int] = set()
        self._ended: deque[tuple[float, int]] = deque()  # the time at which it did, and the process
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)

    def serve(self) -> None:
        """Start what is asked for, until nobody asks any more; then end what runs."""
        signal.signal(signal.SIGCHLD, lambda *_: None)  # the kernel tells of an end, and `select` returns
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        gc.freeze()  # a collection in a worker would copy the pages of all that is imported
        try:
            while self._take_turn():
                pass
        except ConnectionError:
            pass  # the front process is gone
        for process in self._living:
            os.kill(process, signal.SIGKILL)
        for process in [*self._living, *(process for _, process in self._ended)]:
            os.waitpid(process, 0)

    def _take_turn(self) -> bool:
        """Wait until there is something to do, and do it. False where the front has closed."""
        rest = self._ended[0][0] + _AT_REST - time.monotonic() if self._ended else None
        ready, _, _ = select.select([self._front.fileno(), self._woken], [], [], rest if rest is None else max(rest, 0))
        if self._woken in ready:
            os.read(self._woken, 4096)
            self._tell_of_ends()
        while self._ended and self._ended[0][0] + _AT_REST <= time.monotonic():
            os.waitpid(self._ended.popleft()[1], 0)
        return self._front.fileno() not in ready or self._start()

    def _start(self) -> bool:
        """Start a worker if one is asked for. False where the front has closed."""
        asked, descriptors, _, _ = socket.recv_fds(self._front, ASKED.size, 1)
        if not asked:
            return False
        try:
            (answering,) = descriptors
            seconds, is_relayed = ASKED.unpack(asked)
            process = os.fork()
        except (ValueError, OSError):  # no file more, or no process
            self._front.sendall(REPORT.pack(0, REFUSED))
        else:
            if process == 0:
                self._be_a_worker(answering, seconds, is_relayed)
            self._living.add(process)
            self._front.sendall(REPORT.pack(process, STARTED))
        for descriptor in descriptors:
            os.close(descriptor)
        return True

    def _be_a_worker(self, answering: int, seconds: float, is_relayed: bool) -> None:
        """Answer queries and end: nothing that belongs to the launcher is open in this copy of it."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._front.close()
            os.close(self._woken)
            os.close(self._wake)
            self._work(answering, seconds, is_relayed)
            code = 0
        except SystemExit as refused:
            sys.stderr.write(f"a worker did not start: {refused}\n")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _tell_of_ends(self) -> None:
        """Tell which workers have ended, and how."""
        for process in sorted(self._living):
            end = os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if end is not None:
                self._living.remove(process)
                self._ended.append((time.monotonic(), process))
                self._front.sendall(REPORT.pack(process, 0 if end.si_code == os.CLD_EXITED else end.si_status))


def main(descriptor: int, share: Share) -> None:
    """Start workers for as long as the front process is there, each with such a share."""
    die_with_the_parent()
    # Python warns of a copy beside threads: those of the engine, which have read a store into memory and wait. Nothing
    # that a worker does needs them.
    warnings.filterwarnings("ignore", r".* is multi-threaded", DeprecationWarning)

    def work(answering: int, seconds: float, is_relayed: bool) -> None:
        worker.main(answering, share._replace(seconds=seconds, is_relayed=is_relayed))

    with socket.socket(fileno=descriptor) as front:
        Launcher(front, work).serve()


def _read(descriptor: str, *asked: str) -> tuple[int, Share]:
    """What this process is started with."""
    store, megabytes, most, dump = asked
    return int(descriptor), Share(store, int(megabytes)).with_held(HeldStores.read(most, dump))


if __name__ == "__main__":
    main(*_read(*sys.argv[1:]))
