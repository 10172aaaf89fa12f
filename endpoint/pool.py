"""Worker processes: bounded waiting, a hard deadline, replacement.

A worker runs one query at a time. What is over its deadline is killed and replaced; what kills its process
harms nobody else.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from endpoint.channel import Channel
from endpoint.worker import Task

_START_SECONDS = 20.0

log = logging.getLogger("miljograf")


class QueryFailed(Exception):
    """A query that was not answered; `reason` is one of those that `problems.query_failed` knows."""

    def __init__(self, reason: str, message: str = "", seconds: float = 0.0) -> None:
        self.reason = reason
        self.message = message
        self.seconds = seconds
        super().__init__(f"{reason}: {message}")


class CannotStart(Exception):
    """A worker did not come up; the store is damaged, or the machine refuses."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer and the form of the query: `bindings`, `boolean` or `graph`.

    A long answer stands in the file `path`, and `content` is empty; who takes it deletes the file. `cut` names the
    limit that a partial answer met.
    """

    form: str
    content: bytes
    path: Path | None = None
    size: int = 0
    cut: str | None = None


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    channel: Channel
    is_isolated: bool = False

    @classmethod
    async def start(cls, store: Path, megabytes: int) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-m", "endpoint.worker", str(theirs.fileno()), str(store), str(megabytes)]
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
            )
        worker = cls(process, await Channel.open(ours))
        try:
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
        worker.is_isolated = hello["isolated"]
        return worker

    async def stop(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        await asyncio.to_thread(self.process.wait)
        self.channel.close()


@dataclass(slots=True)
class Pool:
    """A fixed number of workers on one store.

    `deadline` and `patience` are seconds: the longest a query may run, and the longest it may wait for a
    worker. `megabytes` is the memory of each worker, `queue` the number of queries that may wait for one, `spool` the
    folder for long answers.
    """

    store: Path
    size: int = 2
    deadline: float = 10.0
    patience: float = 10.0
    megabytes: int = 2048
    queue: int = 100
    spool: Path | None = None
    _waiting: int = 0
    _idle: asyncio.Queue[_Worker] = field(default_factory=asyncio.Queue)
    _workers: dict[int, _Worker] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closed: bool = False

    async def open(self) -> None:
        """Start the workers. Raises CannotStart."""
        started = await asyncio.gather(*(self._start() for _ in range(self.size)), return_exceptions=True)
        for worker in started:
            if isinstance(worker, BaseException):
                await self.close()
                raise worker
            self._idle.put_nowait(worker)

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
        """How many workers wait for a query."""
        return self._idle.qsize()

    @property
    def process_ids(self) -> list[int]:
        """The processes of the workers."""
        return sorted(self._workers)

    async def ask(self, task: Task, deadline: float | None = None) -> Answer:
        """Run a task on the next free worker. Raises QueryFailed."""
        seconds = min(deadline or self.deadline, self.deadline)
        worker = await self._next_worker()
        begun = time.monotonic()
        is_well = False
        try:
            async with asyncio.timeout(seconds):
                head, body = await worker.channel.ask(task.encode())
            is_well = True
        except TimeoutError as error:
            raise QueryFailed("deadline", seconds=time.monotonic() - begun) from error
        except ConnectionError as error:
            raise QueryFailed("crashed", seconds=time.monotonic() - begun) from error
        finally:
            if is_well:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)
        if "failed" in head:
            raise QueryFailed(head["failed"], head.get("message", ""), time.monotonic() - begun)
        path = Path(head["path"]) if "path" in head else None
        return Answer(head["form"], body, path, head.get("size", len(body)), head.get("cut"))

    async def _next_worker(self) -> _Worker:
        """A worker that waits for a query; one that died while it waited is replaced, and blames nobody."""
        if self._waiting >= self.queue:
            raise QueryFailed("busy")
        self._waiting += 1
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                while (worker := await self._idle.get()).process.poll() is not None:
                    self._replace(worker)
                return worker
        except TimeoutError as error:
            raise QueryFailed("busy", seconds=time.monotonic() - begun) from error
        finally:
            self._waiting -= 1

    async def _start(self) -> _Worker:
        worker = await _Worker.start(self.store, self.megabytes)
        self._workers[worker.process.pid] = worker
        return worker

    def _sweep(self, process_id: int) -> None:
        """Delete the answer that a worker was writing when it was killed."""
        for file in self.spool.glob(f"{process_id}-*") if self.spool else ():
            file.unlink(missing_ok=True)

    def _replace(self, worker: _Worker) -> None:
        """Kill a worker now, and put a new one in its place as soon as it is up."""
        worker.process.kill()

        async def renew() -> None:
            self._workers.pop(worker.process.pid, None)
            await worker.stop()
            self._sweep(worker.process.pid)
            while not self._is_closed:
                try:
                    self._idle.put_nowait(await self._start())
                except (CannotStart, OSError) as error:
                    log.error("a worker cannot be replaced: %s", error)
                    await asyncio.sleep(1)
                else:
                    return

        task = asyncio.create_task(renew())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
