"""Work beside a build: what needs lines and files alone is done by processes of their own, where there is much of it.

Threads of Python wait for one another. A process is told over a pipe what to do, and tells what came of it; it ends
with the pipe, so none outlives the build, however that ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO, Any, ParamSpec, Self, TypeVar

from loaders.copied import Copy, can_be_copied
from shapes.memory import give_all_back, looked_through_seldom

P = ParamSpec("P")
T = TypeVar("T")

MUCH = 300_000
"""From so many statements on, new interpreters are worth their start, which takes half a second."""

_NEEDED = (
    "loaders.previous",
    "loaders.pasts",
    "loaders.dumps",
    "loaders.describe",
    "shapes.engines",
    "shapes.reference",
)
"""The modules of what a build gives to processes, and no others: what these import is held by each.

The first two have what a build waits for first. The last is pySHACL, which what a release says of itself asks for: it
is imported while there is nothing to do yet.
"""

_LONG = 2.0
"""Seconds after which a task has taken so much memory that it is worth some hundredths of one to give it back."""

_PROCESSES = max(1, min(3, (os.cpu_count() or 1) - 1))
"""How many processes there are where nobody asks for another number."""

_TURN = 0.0005
"""Seconds that a thread of Python goes on while others wait; by itself, it is ten times as long."""


Process = subprocess.Popen[bytes] | Copy
"""A process that does what it is told over a pipe."""


class Ended(OSError):
    """A process ended before it had done what it was given."""


class Aside(Executor):
    """Does what it is given beside who gives it, in the order in which it is given.

    Used as a context: what is not done yet when an error ends it is left.
    """

    def __init__(
        self,
        processes: int = _PROCESSES,
        needed: Sequence[str] = _NEEDED,
        environment: Callable[[], Mapping[str, str]] | None = None,
    ) -> None:
        """Begin with a thread. Of the processes that may come, each imports the modules that are `needed`.

        `environment` gives what is in theirs, besides what is in that of this one, from which they begin anew then.
        """
        self._number, self._needed, self._environment = processes, needed, environment
        self._processes: list[Process] = []
        self._idle: SimpleQueue[Process] = SimpleQueue()
        self._pool = ThreadPoolExecutor(1)

    def begin(self, statements: int = 0) -> Self:
        """Start processes, if they are worth it for so many statements and not there yet; itself.

        Copies of this process always are. Where there can be none, new interpreters get ready while nothing is asked of
        them.
        """
        if not self._processes:
            if self._environment is None and can_be_copied():
                with suppress(OSError):  # nothing needs them
                    self._take(partial(Copy, partial(_serve, needed=self._needed)))
            elif statements >= MUCH:
                self._take(partial(_start, self._needed, self._environment() if self._environment else {}))
        return self

    def _take(self, start: Callable[[], Process]) -> None:
        """Start processes, which do all from now on. Raises OSError where the system gives none at all."""
        try:
            while len(self._processes) < self._number:
                self._processes.append(start())
                self._idle.put(self._processes[-1])
        finally:
            if self._processes:
                self._pool.shutdown()
                self._pool = ThreadPoolExecutor(len(self._processes))

    @property
    def has_processes(self) -> bool:
        """False where a thread does all of it, which gains nothing for who has nothing else to do."""
        return bool(self._processes)

    def submit(self, function: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> Future[T]:
        """What will come of a function that stands in a module: a process finds it by its name."""
        if not self._processes:
            return self._pool.submit(function, *args, **named)
        return self._pool.submit(self._ask, function, args, named)

    def _ask(self, *task: Any) -> Any:
        """What a process makes of a task. Raises what the function raises there, or Ended."""
        process = self._idle.get()
        try:
            is_done, found = _exchange(process, task)
        finally:
            self._idle.put(process)
        if not is_done:
            raise found
        return found

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait until all is done, and for the end of the processes."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
        for process in self._processes:
            process.communicate()

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End; at once, where an error is the reason."""
        if error is not None:
            for process in self._processes:
                process.kill()
        self.shutdown(cancel_futures=error is not None)


@contextmanager
def short_turns() -> Iterator[None]:
    """While this lasts, threads of Python take turns often: one that asks the engine much is not held up each time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _start(needed: Sequence[str], environment: Mapping[str, str]) -> Process:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and modules, no shell
        [sys.executable, "-P", "-m", "loaders.aside", *needed],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | environment,
        process_group=0,  # Ctrl-C ends the build, and the build this
    )


def _exchange(process: Process, task: tuple[Any, ...]) -> tuple[bool, Any]:
    """Tell a process what to do, and hear what came of it. Raises Ended."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("a process without pipes is none of ours")
    try:
        _tell(task, process.stdin)
        told: tuple[bool, Any] = pickle.load(process.stdout)  # noqa: S301 - from a process of ours
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
        raise Ended(f"a process of the build was ended from outside ({process.wait()}): is there memory?") from error
    return told


def _tell(what: object, pipe: IO[bytes]) -> None:
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _serve(tasks: IO[bytes], answers: IO[bytes], needed: Iterable[str]) -> None:
    """Do one task after another; the modules that are needed are imported while none is there."""
    waiting: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(tasks, waiting), daemon=True).start()
    for name in needed:
        import_module(name)
        while not waiting.empty():  # a task that is there needs no more than what its function imports
            _do_next(waiting, answers)
    while True:
        _do_next(waiting, answers)


def _do_next(waiting: SimpleQueue[Any], answers: IO[bytes]) -> None:
    """Do the task that comes next, and give back the memory of a long one: others need it."""
    if _do(*waiting.get(), answers=answers) > _LONG:
        give_all_back()


def _do(function: Callable[..., Any], args: Any, named: Any, *, answers: IO[bytes]) -> float:
    """Do a task and tell what came of it; how many seconds that took."""
    begun = time.monotonic()
    try:
        told = True, function(*args, **named)
    except Exception as error:  # whatever it is, it is raised where the task comes from
        error.add_note(traceback.format_exc())
        told = False, error
    _tell(told, answers)
    del told  # an error holds this frame, and what is in it
    return time.monotonic() - begun


def _listen(tasks: IO[bytes], waiting: SimpleQueue[Any]) -> None:
    """Hear of tasks; at the end of the pipe, end the process, whatever it is doing: nobody waits for it."""
    try:
        while True:
            waiting.put(pickle.load(tasks))  # noqa: S301 - from the process that started this one
    finally:
        os._exit(0)


def main() -> None:
    """Serve the process at the other ends of standard input and output, where nothing else may write."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with looked_through_seldom():
        _serve(sys.stdin.buffer, answers, sys.argv[1:])


if __name__ == "__main__":
    main()
