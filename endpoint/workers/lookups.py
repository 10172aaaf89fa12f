"""What looks one thing up, answered where it arrives: to tell a worker takes several times as long.

Such a query is one pattern about one thing. All that it can give is what is said of the thing, row by row, and it is
given up where that is more than a few. So it can neither run long nor take much memory, and needs no walls. The same is
true of what a document says. Whatever else may be asked, and what is given up, is for a worker
(`endpoint/workers/pool.py`).
"""

from __future__ import annotations

import asyncio
import re
from functools import cache
from pathlib import Path
from typing import Self

import pyoxigraph as ox
from msgspec.structs import replace

from endpoint.terms import NEWEST
from endpoint.workers.columns import listed
from endpoint.workers.member import CannotStart
from endpoint.workers.messages import About, Task
from endpoint.workers.pool import Answer
from endpoint.workers.said import forget_names
from endpoint.workers.worker import answer
from ontology.stores import NONE_HELD, HeldStores, opened

_MOST_BYTES = 32 * 1024
"""How long an answer may be here: some hundred rows, which are there within a millisecond."""

_MOST_STATEMENTS = 200
"""How many may be said of a thing whose document is gathered here, of its rows and towards it: twice what most have."""

_LONGEST = 4096  # letters of a query
# No part of it is gone back to: what is a lookup is told in the time of reading it once.
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_NAME = rf"(?:{_IRI}|(?:[a-z][\w-]*)?:[\w-]++)"
_TERM = rf"(?:{_NAME}|[?$]\w++)"
_PREFIXES = rf"\s*+(?:PREFIX\s++(?:[a-z][\w-]*)?:\s*+{_IRI}\s*+)*"
_FORM = r"(?:ASK|SELECT\s*+(?P<wanted>\*|(?:[?$]\w++\s*+)++))\s*+"
_PATTERN = rf"\{{\s*+(?P<thing>{_NAME})\s++(?P<predicate>{_TERM}|a)\s++(?P<value>{_TERM})\s*+\.?\s*+\}}\s*+"
_LOOKUP = re.compile(
    rf"{_PREFIXES}{_FORM}(?:WHERE\s*+)?{_PATTERN}(?P<limit>LIMIT\s++[0-9]+\s*+)?",
    re.IGNORECASE | re.ASCII,
)


class Lookups:
    """Answers lookups from a store."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    async def open(cls, place: Path, held: HeldStores = NONE_HELD) -> Self:
        """Lookups in the store in a folder, which may be held in memory. Raises CannotStart."""
        copy = await asyncio.to_thread(held.of, place)
        try:
            return cls(await asyncio.to_thread(opened, place) if copy is None else copy)
        except (OSError, RuntimeError) as error:
            raise CannotStart(f"{place} cannot be opened: {error}") from error

    def close(self) -> None:
        """Let go of the store, whose files are closed when nobody holds it. Nothing is to be asked after that."""
        del self._store
        forget_names()  # those of other stores too, which are soon looked up again

    def answer(self, task: Task) -> Answer | None:
        """The answer of a task that is a lookup with few rows; None for any other, which is for a worker."""
        if task.is_partial or task.chooses_graphs or task.version != NEWEST:
            return None
        found = _read(task.query)
        if found is None:
            return None
        return self._whether(found, task) or self._rows(task, _with_columns(found))

    def about(self, task: Task) -> bytes | None:
        """What a worker would look up about the one thing that a task is about, where that is a few statements."""
        if len(task.parts) != 1 or not isinstance(task.parts[0], About):
            return None
        told, spool = answer(self._store, replace(task, max_statements=_MOST_STATEMENTS))
        with spool:
            return None if told.failed else spool.content()

    def _whether(self, found: re.Match[str], task: Task) -> Answer | None:
        """The answer of an ASK with its IRIs in full: the engine looks into its index, and reads no query."""
        if found["wanted"] or found["limit"] or task.results is None:
            return None
        try:
            thing, predicate, value = (_constant(found[name]) for name in ("thing", "predicate", "value"))
            said = self._store.quads_for_pattern(thing, predicate, value, None if task.is_union else ox.DefaultGraph())
            content = _yes_or_no(next(said, None) is not None, task.results)
        except (ValueError, OSError, RuntimeError):  # an IRI that is relative, or none; a block that is damaged
            return None
        return Answer("boolean", content, size=len(content))

    def _rows(self, task: Task, query: str) -> Answer | None:
        """What a worker would answer to a query, where that is short."""
        most = min(task.max_bytes, _MOST_BYTES)
        told, spool = answer(self._store, replace(task, query=query, max_bytes=most, spool=None))
        with spool:
            if told.failed:  # it is long, or whatever a worker will tell of
                return None
            content = spool.content()
        return Answer(told.form, content, size=len(content), rows=told.rows)


def is_lookup(query: str) -> bool:
    """True for a query of one pattern about one thing, which wants nothing but what stands in the pattern."""
    return _read(query) is not None


def _read(query: str) -> re.Match[str] | None:
    found = _LOOKUP.fullmatch(query) if len(query) <= _LONGEST else None
    if found is None:
        return None
    terms = _marked_alike(found["predicate"]), _marked_alike(found["value"])
    is_all_wanted = found["wanted"] in {None, "*"} or set(terms) >= set(_marked_alike(found["wanted"]).split())
    return found if is_all_wanted and terms[0] != terms[1] else None


def _with_columns(found: re.Match[str]) -> str:
    """The query of a lookup, with its columns in the order of the pattern where it wants all."""
    names = [term[1:] for term in (found["predicate"], found["value"]) if term[0] in "?$"]
    if found["wanted"] != "*" or len(names) < 2:
        return found.string
    return listed(found.string, found.start("wanted"), names)


def _marked_alike(variables: str) -> str:
    """Variables with the question mark that most have."""
    return variables.replace("$", "?")


def _constant(term: str) -> ox.NamedNode | None:
    """An IRI; None for a variable. Raises ValueError for one that is relative, or not written in full."""
    if term[0] in "?$":
        return None
    if term[0] != "<":
        raise ValueError(f"{term} is not written in full")
    return ox.NamedNode(term[1:-1])


@cache
def _yes_or_no(is_so: bool, format_: str) -> bytes:
    """What the engine writes for yes or no."""
    _, spool = answer(ox.Store(), Task(f"ASK {{ FILTER({str(is_so).lower()}) }}", results=format_))
    with spool:
        return spool.content()
