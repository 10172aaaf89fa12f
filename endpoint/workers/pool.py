"""Worker processes: bounded waiting, a hard deadline, replacement.

A worker runs one query at a time. What is over its deadline is killed and replaced; what kills its process
harms nobody else. What runs long gives way to what is quick: it has fewer places, and the kernel prefers others.
Where queries are tiny, one worker answers several in a row, since changing processes takes longer than they do; what
waits behind one that is not tiny after all is asked again elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from msgspec.structs import replace

from endpoint.workers.channel import Answering, Message, forget, taken
from endpoint.workers.launching import Launcher
from endpoint.workers.member import CannotStart, Run, Worker
from endpoint.workers.messages import LATE, Task, line
from endpoint.workers.relay import Relay
from endpoint.workers.turns import NoTurn, Turns, asking

_SLOW = 0.005
"""Seconds after which what was given to a worker behind a query goes to others."""

_TICK = 0.001
"""Seconds that the loop tells apart; what is to happen sooner happens at once, again and again."""

_AHEAD = 0.002
"""Seconds that a query may expect to wait for those that its worker was given before."""

_IN_A_ROW = 0.05
"""Seconds for which a worker answers one after the other while some wait for their turn."""

_FRESH = 0.05
"""Seconds after which a query no longer keeps others from beginning."""

_FOR_NOBODY = 0.05  # seconds that a worker may work for nobody before it is replaced: to pass over takes less
_REMEMBERED = 16  # queries that say how long queries take of late, roughly

_TURNED_AWAY = {"network": "network-busy", "share": "queue-share", "queue": "queue-full", "patience": "busy"}
_DEATHS: dict[int, str] = {signal.SIGABRT: "memory", signal.SIGKILL: "memory", signal.SIGXCPU: "deadline"}
"""Why a query failed whose process ended by a signal: the engine gives up where it gets no memory, and the kernel kills
without a word where the machine has none."""

log = logging.getLogger("miljograf")


@dataclass(eq=False)
class QueryFailed(Exception):
    """A query that was not answered; `reason` is one of those that `problems.query_failed` knows."""

    reason: str
    message: str = ""
    seconds: float = 0.0
    limit: float | None = None  # the figure that was met, where it is one
    place: tuple[int, int] | None = None  # line and column in the query, where one is to blame
    setting: str = ""  # that gives the limit, where it is not the usual one

    def __str__(self) -> str:
        return f"{self.reason}: {self.message}"


class _InCompany(Exception):
    """A query was given to a worker behind another one, which ran on or ended its process: ask it again, by itself."""


class Answer(NamedTuple):
    """The bytes of an answer and the form of the query: `bindings`, `boolean` or `graph`."""

    form: str
    content: bytes  # none where a long answer stands in a file
    file: IO[bytes] | None = None
    size: int = 0
    cut: str | None = None  # the limit that a partial answer met
    rows: int | None = None  # about how many a table has
    lacks: tuple[str, ...] = ()  # functions of the query that there are not


@dataclass(slots=True, eq=False)
class Pool:
    """A fixed number of workers on one store, and `spares` that are up already when one of them has to be replaced.

    They come from a launcher, which may be that of other pools too. `deadline` and `patience` are seconds: the longest
    a query may run, and the longest it may wait for a worker. `queue` is the number of queries that may wait for one,
    `per_network` the number that one network of clients may run (0: any). After `quick` seconds a query is a long one,
    and `long` of them may run (0: any). Where queries usually take some milliseconds, `at_once` of them are begun at a
    time (0: any): more would end no sooner, and fill the caches of all. `spool` is the folder for long answers. Through
    `relay`, if there is one, and not otherwise, workers reach the services of others. `named` are the settings of its
    own limits.
    """

    launcher: Launcher
    size: int = 2
    deadline: float = 10.0
    patience: float = 10.0
    queue: int = 100
    per_network: int = 0
    long: int = 0
    quick: float = 0.5
    at_once: int = 0
    spool: Path | None = None
    relay: Relay | None = None
    spares: int = 0
    named: dict[str, str] = field(default_factory=dict)
    renewed: int = 0  # workers that were replaced
    is_damaged: bool = False  # a query met a block of the store that is not as it was written
    _turns: Turns[Worker] = field(init=False)
    _workers: dict[int, Worker] = field(default_factory=dict)
    _long: list[Run] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closed: bool = False
    _latest: Worker | None = None  # the worker that was given a query last
    _usual: float = _SLOW  # seconds of computing that queries took of late

    def __post_init__(self) -> None:
        self._turns = Turns(self.queue, self.per_network, self.size)

    async def open(self) -> None:
        """Start the workers. Raises CannotStart."""
        self.launcher.join(self)
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
        await self.launcher.leave(self)
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
        begun = time.monotonic()
        try:
            told, body = await self._told(task, network, min(deadline or self.deadline, self.deadline))
        except QueryFailed as failure:
            failure.setting = self.named.get(failure.reason, "")
            raise
        if told.failed:
            memory = self.launcher.megabytes
            met = {"memory": memory, "too-many-bytes": task.max_bytes, "too-many-rows": task.max_rows}
            self.is_damaged |= told.failed == "damaged"
            raise QueryFailed(told.failed, told.message, time.monotonic() - begun, met.get(told.failed))
        file = taken(Path(told.path)) if told.path else None  # now: what a worker leaves behind ends with it
        return Answer(told.form, body, file, told.size if file else len(body), told.cut, told.rows, told.lacks)

    async def _told(self, task: Task, network: str, seconds: float) -> Message:
        """What a worker tells of a task: one that answers others just now, or the next that is free."""
        company = self._company(seconds)
        if company is not None:
            with suppress(_InCompany):
                asked = line(replace(task, until=time.monotonic() + _SLOW))
                return await self._run(company, asked, network, seconds)
        asked = line(task)  # what cannot be told to a worker takes no place
        worker = self._latest = await self._next_worker(network)
        return await self._run(worker, asked, network, seconds)

    def _company(self, seconds: float) -> Worker | None:
        """The worker that is answering others, where one more will hardly wait: changing processes takes longer.

        None where queries usually take longer than that. Where some wait for a place, it is soon their turn.
        """
        worker = self._latest
        if worker is None or worker.is_gone or not worker.runs or seconds <= _SLOW:
            return None
        first = worker.runs[0]
        if first.is_slow or not first.is_wanted or len(worker.runs) * self._usual > _AHEAD:
            return None
        return None if self._turns.waiting and time.monotonic() - worker.taken > _IN_A_ROW else worker

    async def _run(self, worker: Worker, asked: bytes, network: str, seconds: float) -> Message:
        """Ask a worker. Raises QueryFailed, and _InCompany where others on the same worker are to blame."""
        run = Run(network, worker, seconds, worker.channel.ask(asked), time.monotonic())
        worker.runs.append(run)
        self._watch(worker)
        try:
            message = await run.answer
        except TimeoutError as error:
            if run in worker.runs:  # else it was answered in that moment, and the worker may be at work for others
                self._replace(worker)
            raise QueryFailed("deadline", seconds=time.monotonic() - run.began, limit=seconds) from error
        except ConnectionError as error:
            self._replace(worker)
            if worker.runs[0] is not run:
                raise _InCompany from error
            reason = run.stopped_for or _DEATHS.get(await worker.death(), "crashed")
            memory = self.launcher.megabytes
            limit = {"no-long-place": self.long, "memory": memory, "deadline": self.deadline}.get(reason)
            raise QueryFailed(reason, seconds=time.monotonic() - run.began, limit=limit) from error
        except asyncio.CancelledError:
            if run.is_answered:
                forget(run.answer.result())
                self._answered(run)
            elif run in worker.runs and not any(other.is_wanted for other in worker.runs):
                self._replace(worker)  # one that others wait behind stays until it is answered or slow
            raise
        finally:
            for timer in run.timers:
                timer.cancel()
            if run.is_slow and run in self._long:
                self._long.remove(run)
        self._answered(run)
        told, _ = message
        if told.failed == LATE:
            raise _InCompany
        self._usual += (min(told.took, _SLOW) - self._usual) / _REMEMBERED
        self._turns.most_fresh = self.at_once if self._usual > _AHEAD else 0
        return message

    def _unwanted(self, worker: Worker, answer: Answering, message: Message) -> None:
        """A worker has answered what nobody waits for any more."""
        forget(message)
        run = next((run for run in worker.runs if run.answer is answer), None)
        if run is not None:
            self._answered(run)

    def _answered(self, run: Run) -> None:
        """A run is done: the next one on its worker begins, or the worker is free."""
        worker = run.worker
        is_next = run is worker.runs[0]
        worker.runs.remove(run)
        if worker.runs:
            if is_next:
                worker.runs[0].began = time.monotonic()
                self._watch(worker)
        elif worker.is_gone:
            return
        elif worker.has_given_way:
            self._replace(worker)
        else:
            self._turns.put(worker)
            self._release(worker)

    def _watch(self, worker: Worker) -> None:
        """Look after the worker when what it runs may be slow."""
        if worker.watch is None:
            worker.watch = asyncio.get_running_loop().call_later(_SLOW, self._look, worker)

    def _look(self, worker: Worker) -> None:
        """Look whether what a worker runs takes long: then it is alone from now on, and its time is measured.

        What waits behind it is asked again, and stays with the worker, which may come to it before it is too late.
        """
        worker.watch = None
        if worker.is_gone or not worker.runs:
            return
        run, loop = worker.runs[0], asyncio.get_running_loop()
        ran = time.monotonic() - run.began
        if ran < _SLOW or any(one.is_answered for one in worker.runs):
            worker.watch = loop.call_later(max(_SLOW - ran, _TICK), self._look, worker)
            return
        for behind in islice(worker.runs, 1, None):
            if not behind.answer.done():
                behind.answer.set_exception(_InCompany())
        if not run.is_wanted:
            if ran < _FOR_NOBODY:
                worker.watch = loop.call_later(max(_FOR_NOBODY - ran, _TICK), self._look, worker)
            else:
                self._replace(worker)
            return
        run.is_slow = True
        run.timers.append(loop.call_later(run.seconds - ran, _give_up, run))
        run.timers.append(loop.call_later(_FRESH - ran, self._keep, run.worker))
        if self.long:
            run.timers.append(loop.call_later(self.quick - ran, self._run_long, run))

    def _run_long(self, run: Run) -> None:
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

    async def _next_worker(self, network: str) -> Worker:
        """A worker that waits for a query; one that died while it waited is replaced, and blames nobody."""
        begun = time.monotonic()
        try:
            while True:
                worker = await self._turns.take(network, begun + self.patience - time.monotonic())
                worker.holder, worker.taken, worker.is_fresh = network, time.monotonic(), True
                if not (worker.process.ended.done() or worker.channel.is_over):
                    return worker
                self._replace(worker)
        except NoTurn as error:
            limit = {"network": self.per_network, "patience": self.patience}.get(error.limit, self.queue)
            waited = time.monotonic() - begun
            raise QueryFailed(_TURNED_AWAY[error.limit], seconds=waited, limit=limit) from error

    def _release(self, worker: Worker) -> None:
        """The network that holds a worker holds it no more."""
        if worker.holder is not None:
            self._turns.give_back(worker.holder, is_fresh=worker.is_fresh)
            worker.holder, worker.is_fresh = None, False

    def _keep(self, worker: Worker) -> None:
        """What a worker runs has run for a while: others may begin."""
        if worker.is_fresh:
            worker.is_fresh = False
            self._turns.keep()

    async def _start(self) -> Worker:
        worker = await Worker.start(self.launcher, self.deadline, self.relay)
        worker.channel.unwanted = partial(self._unwanted, worker)
        self._workers[worker.process.pid] = worker
        return worker

    async def _bury(self, worker: Worker) -> None:
        """Wait until a worker is gone, and delete the answer that it was writing when it was killed."""
        await worker.stop()
        for file in self.spool.glob(f"{worker.process.pid}-*") if self.spool else ():
            file.unlink(missing_ok=True)

    def _replace(self, worker: Worker) -> None:
        """Kill a worker now, and put a new one in its place as soon as it is up. What it still had is asked again."""
        if worker.is_gone:
            return
        worker.is_gone = True
        worker.process.kill()
        self._release(worker)
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


def _give_up(run: Run) -> None:
    """The time of a query is over."""
    if not run.answer.done():
        run.answer.set_exception(TimeoutError("the worker says nothing"))
