"""Worker processes: bounded waiting, a hard deadline, replacement.

A worker runs one query at a time. What is over its deadline is killed and replaced; what kills its process
harms nobody else. What runs long gives way to what is quick: it has fewer places, and the kernel prefers others.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from endpoint.channel import Channel
from endpoint.relay import Relay
from endpoint.turns import NoTurn, Turns, asking
from endpoint.worker import Task

_START_SECONDS = 20.0
_NICENESS = 10  # of a query that runs long

_DEATHS: dict[int, str] = {signal.SIGABRT: "memory", signal.SIGKILL: "memory", signal.SIGXCPU: "deadline"}
"""Why a query failed whose process ended by a signal: the engine gives up where it gets no memory, and the kernel kills
without a word where the machine has none."""

log = logging.getLogger("miljograf")


class QueryFailed(Exception):
    """A query that was not answered; `reason` is one of those that `problems.query_failed` knows."""

    def __init__(
        self,
        reason: str,
        message: str = "",
        seconds: float = 0.0,
        limit: float | None = None,
        place: tuple[int, int] | None = None,
    ) -> None:
        self.reason = reason
        self.message = message
        self.seconds = seconds
        self.limit = limit  # the figure that was met, where it is one
        self.place = place  # line and column in the query, where one is to blame
        super().__init__(f"{reason}: {message}")


class CannotStart(Exception):
    """A worker did not come up; the store is damaged, or the machine refuses."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer and the form of the query: `bindings`, `boolean` or `graph`.

    A long answer stands in the file `path`, and `content` is empty; who takes it deletes the file. `cut` names the
    limit that a partial answer met. `rows` says about how many a table has.
    """

    form: str
    content: bytes
    path: Path | None = None
    size: int = 0
    cut: str | None = None
    rows: int | None = None


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    channel: Channel
    is_isolated: bool = False
    thread: int = 0  # the one that runs queries
    is_nice: bool = False
    relaying: asyncio.Server | None = None

    @classmethod
    async def start(cls, store: Path, megabytes: int, seconds: float, relay: Relay | None) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            options = [str(theirs.fileno()), str(store), str(megabytes), str(seconds), *(["relay"] if relay else [])]
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-P", "-m", "endpoint.worker", *options],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C ends the server, and the server its workers
            )
        try:
            relaying = await asyncio.to_thread(_offered_network, ours) if relay else None
            worker = cls(process, await Channel.open(ours))
        except BaseException:
            process.kill()
            await asyncio.to_thread(process.wait)
            ours.close()
            raise
        try:
            if relay and relaying:
                worker.relaying = await relay.listen(relaying)
            async with asyncio.timeout(_START_SECONDS):
                hello, _ = await worker.channel.hear()
        except (TimeoutError, ConnectionError):
            hello = {"failed": "it said nothing"}
        except asyncio.CancelledError:
            await worker.stop()
            raise
        if "failed" in hello:
            await worker.stop()
            raise CannotStart(f"a worker did not start on {store}: {hello['failed']}")
        worker.is_isolated, worker.thread = hello["isolated"], hello["thread"]
        return worker

    def give_way(self) -> None:
        """Have the kernel prefer others. Only root could take that back: a worker that was nice is replaced."""
        self.is_nice = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.thread, _NICENESS)

    async def death(self) -> int:
        """The signal that ended the process, as far as it can be told within a second; 0 for none."""
        with suppress(subprocess.TimeoutExpired):
            return -await asyncio.to_thread(self.process.wait, 1.0)
        return 0

    async def stop(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        await asyncio.to_thread(self.process.wait)
        self.channel.close()
        if self.relaying is not None:
            self.relaying.close()


def _offered_network(ours: socket.socket) -> socket.socket | None:
    """The socket that a worker offers the relay to listen on, in the worker's own network."""
    ours.settimeout(_START_SECONDS)
    with suppress(OSError):
        _, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
        if descriptors:
            return socket.socket(fileno=descriptors[0])
    return None


@dataclass(slots=True, eq=False)
class _Run:
    """One query that is running."""

    network: str
    worker: _Worker
    began: float
    stopped_for: str | None = None  # why it was stopped before it was done


@dataclass(slots=True)
class Pool:
    """A fixed number of workers on one store, and `spares` that are up already when one of them has to be replaced.

    `deadline` and `patience` are seconds: the longest a query may run, and the longest it may wait for a
    worker. `megabytes` is the memory of each worker, `queue` the number of queries that may wait for one, `per_network`
    the number that one network of clients may run (0: any). After `quick` seconds a query is a long one, and `long` of
    them may run (0: any). `spool` is the folder for long answers. Through `relay`, if there is one, and not otherwise,
    workers reach the services of others.
    """

    store: Path
    size: int = 2
    deadline: float = 10.0
    patience: float = 10.0
    megabytes: int = 2048
    queue: int = 100
    per_network: int = 0
    long: int = 0
    quick: float = 0.5
    spool: Path | None = None
    relay: Relay | None = None
    spares: int = 0
    renewed: int = 0  # workers that were replaced
    is_damaged: bool = False  # a query met a block of the store that is not as it was written
    _turns: Turns[_Worker] = field(init=False)
    _workers: dict[int, _Worker] = field(default_factory=dict)
    _long: list[_Run] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closed: bool = False

    def __post_init__(self) -> None:
        self._turns = Turns(self.queue, self.per_network, self.size)

    async def open(self) -> None:
        """Start the workers. Raises CannotStart."""
        starting = [asyncio.create_task(self._start()) for _ in range(self.size + self.spares)]
        try:
            started = await asyncio.gather(*starting, return_exceptions=True)
        except asyncio.CancelledError:  # each stops what it began
            await asyncio.gather(*starting, return_exceptions=True)
            await self.close()
            raise
        for worker in started:
            if isinstance(worker, BaseException):
                await self.close()
                raise worker
            self._turns.put(worker)

    async def close(self) -> None:
        """Stop the workers and what is starting."""
        self._is_closed = True
        await asyncio.gather(*self._tasks)
        await asyncio.gather(*(worker.stop() for worker in list(self._workers.values())))
        self._workers.clear()

    @property
    def is_isolated(self) -> bool:
        """True where the operating system keeps every worker off the network."""
        return all(worker.is_isolated for worker in self._workers.values())

    @property
    def idle(self) -> int:
        """How many queries could begin at once."""
        return self._turns.places_left

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._turns.waiting

    @property
    def running_long(self) -> int:
        """How many queries run long."""
        return len(self._long)

    @property
    def process_ids(self) -> list[int]:
        """The processes of the workers."""
        return sorted(self._workers)

    async def ask(self, task: Task, deadline: float | None = None, network: str | None = None) -> Answer:
        """Run a task on the next free worker, when it is the turn of its network. Raises QueryFailed.

        The network is that of the request that is being answered, if none is given.
        """
        network = asking.get() if network is None else network
        seconds = min(deadline or self.deadline, self.deadline)
        worker = await self._next_worker(network)
        run = _Run(network, worker, time.monotonic())
        lengthy = asyncio.get_running_loop().call_later(self.quick, self._run_long, run) if self.long else None
        is_well = False
        try:
            head, body = await worker.channel.ask(task.encode(), seconds)
            is_well = not worker.is_nice
        except TimeoutError as error:
            raise QueryFailed("deadline", seconds=time.monotonic() - run.began, limit=seconds) from error
        except ConnectionError as error:
            reason = run.stopped_for or _DEATHS.get(await worker.death(), "crashed")
            limit = {"no-long-place": self.long, "memory": self.megabytes, "deadline": self.deadline}.get(reason)
            raise QueryFailed(reason, seconds=time.monotonic() - run.began, limit=limit) from error
        finally:
            if lengthy is not None:
                lengthy.cancel()
            if run in self._long:
                self._long.remove(run)
            if is_well:
                self._turns.put(worker)
            else:
                self._replace(worker)
            self._turns.give_back(network)
        if "failed" in head:
            met = {"memory": self.megabytes, "too-many-bytes": task.max_bytes, "too-many-rows": task.max_rows}
            took = time.monotonic() - run.began
            self.is_damaged |= head["failed"] == "damaged"
            raise QueryFailed(head["failed"], head.get("message", ""), took, met.get(head["failed"]))
        path = Path(head["path"]) if "path" in head else None
        return Answer(head["form"], body, path, head.get("size", len(body)), head.get("cut"), head.get("rows"))

    def _run_long(self, run: _Run) -> None:
        """A query is no longer quick. Where too many are long, one of the network that has most of them is stopped."""
        run.worker.give_way()
        self._long.append(run)
        if len(self._long) <= self.long:
            return
        held = Counter(other.network for other in self._long)
        most = max(held, key=lambda network: (held[network], network == run.network))
        last = next(other for other in reversed(self._long) if other.network == most)
        last.stopped_for = "no-long-place"
        last.worker.process.kill()

    async def _next_worker(self, network: str) -> _Worker:
        """A worker that waits for a query; one that died while it waited is replaced, and blames nobody."""
        begun = time.monotonic()
        try:
            while True:
                worker = await self._turns.take(network, begun + self.patience - time.monotonic())
                if worker.process.poll() is None:
                    return worker
                self._replace(worker)
                self._turns.give_back(network)
        except NoTurn as error:
            reason, limit = {
                "network": ("network-busy", self.per_network),
                "queue": ("queue-full", self.queue),
                "patience": ("busy", self.patience),
            }[error.limit]
            raise QueryFailed(reason, seconds=time.monotonic() - begun, limit=limit) from error

    async def _start(self) -> _Worker:
        worker = await _Worker.start(self.store, self.megabytes, self.deadline, self.relay)
        self._workers[worker.process.pid] = worker
        return worker

    async def _bury(self, worker: _Worker) -> None:
        """Wait until a worker is gone, and delete the answer that it was writing when it was killed."""
        await worker.stop()
        for file in self.spool.glob(f"{worker.process.pid}-*") if self.spool else ():
            file.unlink(missing_ok=True)

    def _replace(self, worker: _Worker) -> None:
        """Kill a worker now, and put a new one in its place as soon as it is up."""
        worker.process.kill()
        self.renewed += 1

        async def renew() -> None:
            self._workers.pop(worker.process.pid, None)
            burying = asyncio.create_task(self._bury(worker))  # what had much memory takes a while to give it back
            while not self._is_closed:
                try:
                    self._turns.put(await self._start())
                except (CannotStart, OSError) as error:
                    log.error("a worker cannot be replaced: %s", error)
                    await asyncio.sleep(1)
                else:
                    break
            await burying

        task = asyncio.create_task(renew())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
