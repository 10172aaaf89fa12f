"""What the pool and its workers tell each other: a task, and what came of it. Lines of JSON, checked as they are read.

Workers import this: it stays light.
"""

from __future__ import annotations

import msgspec

from endpoint.terms import NEWEST

LATE = "late"
"""Why a task was not begun whose time was over: others had to be waited for."""


class About(msgspec.Struct, frozen=True, omit_defaults=True, tag="about"):
    """What to look up about a thing: what is said of it, and of the rows that state it; and what points to it."""

    thing: str
    rows: str = ""  # the property that leads to the rows; without one, what is said is not wanted
    towards: int = 0  # how many statements that point to it are wanted at most


class Pointing(msgspec.Struct, frozen=True, omit_defaults=True, tag="pointing"):
    """Some of what points to a thing through a property, which a query finds: `take` after `skip`, by their IRIs.

    Where they `are_cut`, the query takes these alone, for they are too many to be put in order. The disk has an order.
    """

    thing: str
    through: str
    others: str
    skip: int = 0
    take: int = 0
    are_cut: bool = False


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """One query to run, or a graph to write, and what the answer may look like; with `parts`, those are asked.

    The parts are things to look up, and queries whose rows are statements: `subject`, `predicate` and `object`. What
    they say is one answer in N-Quads, each statement once, with the names of what it speaks of.

    `results` and `graph` name the format for SELECT and ASK, and for CONSTRUCT and DESCRIBE; None where the
    client accepts none of them.
    """

    query: str = ""
    results: str | None = None
    graph: str | None = None
    parts: tuple[str | About | Pointing, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    is_union: bool = True  # the default graph is the union of all; the engine forgets FROM where it is told so
    naming: tuple[str, ...] = ()  # add what these properties say of the IRIs in a graph, as for DESCRIBE
    base: str | None = None  # what relative IRIs in the query are relative to
    prefixes: dict[str, str] = {}
    max_bytes: int = 64 * 1024 * 1024
    max_rows: int = 0  # 0: not counted
    max_statements: int = 0  # of those that are looked up; 0: not counted
    is_partial: bool = False  # what fits is wanted where not all does
    spool: str | None = None  # the folder for an answer that is longer than `in_memory` bytes
    in_memory: int = 0
    version: str = NEWEST  # of RDF, whose terms the answer may hold
    dumped: str | None = None  # write this named graph, and run no query
    named: tuple[str, ...] = ()  # say only what `naming` says of these IRIs
    is_relayed: bool = False  # it asks services of others, through the relay
    until: float = 0.0  # the time, as `time.monotonic` has it, after which it is not begun; 0: it is, whenever

    @property
    def is_in_the_order_of_the_disk(self) -> bool:
        """True where rows are taken of many as they come, and a store in memory has them in another order."""
        return any(isinstance(part, Pointing) and part.are_cut for part in self.parts)

    @property
    def chooses_graphs(self) -> bool:
        """True where the request names graphs, whatever the query does."""
        return bool(self.default_graphs or self.named_graphs)


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a worker tells of a task: how it ended, and the answer's bytes, here or in a file. First, that it is up."""

    form: str = ""  # `bindings`, `boolean` or `graph`
    here: int = 0  # bytes of the answer, which follow the line
    path: str | None = None  # of the file with a long answer
    size: int = 0  # bytes in that file
    took: float = 0.0  # seconds of computing
    rows: int | None = None
    cut: str | None = None  # the limit that a partial answer met
    lacks: tuple[str, ...] = ()  # functions of the query that there are not
    failed: str | None = None  # why there is no answer
    message: str = ""  # what the engine says of that
    is_isolated: bool = False  # the operating system keeps the worker off the network
    thread: int = 0  # the one that runs queries


_ENCODER = msgspec.json.Encoder()
_TASKS = msgspec.json.Decoder(Task)
_TOLD = msgspec.json.Decoder(Told)

read_task = _TASKS.decode
"""A task from its line."""

read_told = _TOLD.decode
"""What a worker told, from its line."""


def line(message: Task | Told) -> bytes:
    """A message as it goes over the socket."""
    return _ENCODER.encode(message) + b"\n"
