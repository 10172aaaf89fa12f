"""One worker process as the pool holds it: how it starts, what it has been given to run, how it ends."""

from __future__ import annotations

import asyncio
import os
import socket
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from endpoint.workers.channel import Answering, Channel
from endpoint.workers.launching import Launcher, Process
from endpoint.workers.messages import Told
from endpoint.workers.relay import Relay

_START_SECONDS = 20.0


class CannotStart(Exception):
    """A worker did not come up; the store is damaged, or the machine refuses."""


@dataclass(slots=True, eq=False)
class Worker:
    """A process that runs one query after the other. `holder` is the network whose place it takes."""

    process: Process
    channel: Channel
    is_isolated: bool = False
    thread: int = 0  # the one that runs queries
    has_given_way: bool = False
    is_gone: bool = False
    holder: str | None = None
    taken: float = 0.0  # the time at which it was
    is_fresh: bool = False  # it was not long ago
    runs: deque[Run] = field(default_factory=deque)  # what it was given and has not answered, the one that runs first
    watch: asyncio.TimerHandle | None = None
    relaying: asyncio.Server | None = None

    @classmethod
    async def start(cls, launcher: Launcher, seconds: float, relay: Relay | None) -> Worker:
        """A worker on the store of a launcher, with seconds for one query, once it is up. Raises CannotStart."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                process = await launcher.launch(theirs, seconds, is_relayed=relay is not None)
        except OSError as error:
            ours.close()
            raise CannotStart(f"a worker did not start on {launcher.store}: {error}") from error
        except BaseException:
            ours.close()
            raise
        try:
            relaying = await asyncio.to_thread(_offered_network, ours) if relay else None
            worker = cls(process, await Channel.open(ours))
        except BaseException:
            process.kill()
            await process.end()
            ours.close()
            raise
        try:
            if relay and relaying:
                worker.relaying = await relay.listen(relaying)
            async with asyncio.timeout(_START_SECONDS):
                hello, _ = await worker.channel.hear()
        except TimeoutError:
            hello = Told(failed=f"it said nothing in {_START_SECONDS:.0f} s")
        except ConnectionError:
            hello = Told(failed="it ended at once; is it allowed enough memory and processes (`ulimit -a`)?")
        except asyncio.CancelledError:
            await worker.stop()
            raise
        if hello.failed:
            await worker.stop()
            raise CannotStart(f"a worker did not start on {launcher.store}: {hello.failed}")
        worker.is_isolated, worker.thread = hello.is_isolated, hello.thread
        return worker

    def give_way(self) -> None:
        """Have the kernel prefer others. Only root could take that back: a worker that was nice is replaced.

        A thread that is only nice runs on for some milliseconds where another wakes; an idle one makes way at once.
        """
        self.has_given_way = True
        with suppress(OSError):
            os.sched_setscheduler(self.thread, os.SCHED_IDLE, os.sched_param(0))

    async def death(self) -> int:
        """The signal that ended the process, as far as it can be told within a second; 0 for none."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                return await self.process.end()
        return 0

    async def stop(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        await self.process.end()
        self.channel.close()
        if self.relaying is not None:
            self.relaying.close()


@dataclass(slots=True, eq=False)
class Run:
    """One query that a worker has been given; where others were given before, it waits until they are answered."""

    network: str
    worker: Worker
    seconds: float  # that it may run
    answer: Answering
    began: float  # the time at which it was given, or the one before it was answered
    is_slow: bool = False  # nothing else is given to the worker until it has ended
    stopped_for: str | None = None  # why it was stopped before it was done
    timers: list[asyncio.TimerHandle] = field(default_factory=list)

    @property
    def is_wanted(self) -> bool:
        """True where somebody waits for the answer; the worker may have it to do all the same."""
        return not self.answer.done() or self.is_answered

    @property
    def is_answered(self) -> bool:
        """True where the worker has answered, and whoever asked has yet to take it."""
        return self.answer.done() and not self.answer.cancelled() and self.answer.exception() is None


def _offered_network(ours: socket.socket) -> socket.socket | None:
    """The socket that a worker offers the relay to listen on, in the worker's own network."""
    ours.settimeout(_START_SECONDS)
    with suppress(OSError):
        _, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
        if descriptors:
            return socket.socket(fileno=descriptors[0])
    return None
