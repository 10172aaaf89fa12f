"""Our end of the process that starts workers: who is there, and how each of them ended."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from endpoint.workers.launcher import ASKED, REFUSED, REPORT, STARTED
from ontology.stores import NONE_HELD, HeldStores
from shapes.memory import AT_HAND

_ROOM_KEPT = {"MALLOC_ARENA_MAX": "2", **AT_HAND}
"""What the C library is told: it keeps 64 MB of addresses free for each thread that ever was, and the memory that a
worker may take is counted in addresses. Of 1,506 MB, half could be gone before its first query."""


@dataclass(slots=True, eq=False)
class Process:
    """The process of a worker; once it has ended, `ended` is the signal that ended it, and 0 where none did."""

    pid: int
    ended: asyncio.Future[int]

    def kill(self) -> None:
        """End it now. Its number stands for no other process until we are told of its end, and for a while after."""
        if not self.ended.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def end(self) -> int:
        """The signal that ended it, once it has."""
        return await asyncio.shield(self.ended)


@dataclass(slots=True, eq=False)
class Launcher:
    """A process that starts the workers of pools on a store; there is a new one when it is asked after it has ended.

    `megabytes` is the memory of each worker. `held` tells whether the store is in memory, once for all workers.
    """

    store: Path
    megabytes: int = 2048
    held: HeldStores = NONE_HELD
    _pools: set[object] = field(default_factory=set)  # that have their workers from here
    _process: subprocess.Popen[bytes] | None = None
    _socket: socket.socket | None = None
    _asked: deque[asyncio.Future[Process]] = field(default_factory=deque)
    _living: dict[int, Process] = field(default_factory=dict)
    _received: bytearray = field(default_factory=bytearray)

    async def launch(self, answering: socket.socket, seconds: float, *, is_relayed: bool = False) -> Process:
        """Start a worker that answers at a socket, and may compute some seconds for one query.

        One that is relayed has a network of its own, with a relay on it. Raises OSError where the launcher does not
        start it.
        """
        asked: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        socket.send_fds(self._socket or self._open(), [ASKED.pack(seconds, is_relayed)], [answering.fileno()])
        self._asked.append(asked)
        return await asked

    def join(self, pool: object) -> None:
        """Start workers for one more pool, until it leaves."""
        self._pools.add(pool)

    async def leave(self, pool: object) -> None:
        """With the last pool the launcher ends, which ends what it started; wait for that."""
        self._pools.discard(pool)
        if self._pools:
            return
        self._hang_up()
        if self._process is not None:
            await asyncio.to_thread(self._process.wait)

    def _open(self) -> socket.socket:
        """Start the launcher."""
        options = [str(self.store), str(self.megabytes), *self.held.written]
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-P", "-m", "endpoint.workers.launcher", str(theirs.fileno()), *options],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=_ROOM_KEPT | os.environ,
                process_group=0,  # Ctrl-C ends the server, and the server its workers
            )
        self._listen(ours, process)
        return ours

    def _listen(self, ours: socket.socket, process: subprocess.Popen[bytes]) -> None:
        """Hear what comes over our end of the socket to a launcher."""
        ours.setblocking(False)
        asyncio.get_running_loop().add_reader(ours, self._hear, ours, process)
        self._socket = ours

    def _hear(self, ours: socket.socket, process: subprocess.Popen[bytes]) -> None:
        """Read what the launcher reports."""
        try:
            received = ours.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if not received:
            self._hang_up()
            process.kill()
            process.wait()
            return
        self._received += received
        whole = len(self._received) // REPORT.size * REPORT.size
        for pid, became in REPORT.iter_unpack(bytes(self._received[:whole])):
            if became == STARTED:
                self._has_started(pid)
            elif became == REFUSED:
                _fail(self._asked.popleft(), BlockingIOError("the machine has no room for one more process"))
            else:
                self._living.pop(pid).ended.set_result(became)
        del self._received[:whole]

    def _has_started(self, pid: int) -> None:
        """A worker is there for the first who asked for one; where that one has gone away, it is ended again."""
        process = self._living[pid] = Process(pid, asyncio.get_running_loop().create_future())
        asked = self._asked.popleft()
        if asked.done():
            process.kill()
        else:
            asked.set_result(process)

    def _hang_up(self) -> None:
        """The launcher is gone or goes: what it started does not outlive it."""
        if self._socket is None:
            return
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()
        self._socket = None
        self._received.clear()
        for asked in self._asked:
            _fail(asked, ConnectionResetError("the process that starts workers has ended"))
        for process in self._living.values():
            process.kill()
            process.ended.set_result(signal.SIGKILL)
        self._asked.clear()
        self._living.clear()


def _fail(asked: asyncio.Future[Process], error: OSError) -> None:
    """Whoever asked hears why there is no worker, unless that one has gone away."""
    if not asked.done():
        asked.set_exception(error)
