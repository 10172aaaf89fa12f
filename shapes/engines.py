"""The engines that can check shapes: the fast one of every day, and the reference that it must agree with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rdflib import Graph

from shapes.late import reference
from shapes.report import Finding

try:
    from shapes import fast, parts
except ImportError:  # `shacl` is not built for every machine
    _HAS_FAST = False
else:
    _HAS_FAST = True


class Choice(StrEnum):
    """Which engine is asked for."""

    FAST = "fast"
    REFERENCE = "reference"


class Check(Protocol):
    """Finds what shapes find in named graphs."""

    def __call__(
        self, graphs: Mapping[str, Iterable[str]], shapes: str, things: Collection[str] | None = None
    ) -> list[Finding]:
        """What is found of some things, or of all."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine by its name and version: what shapes, in one Turtle text, find in named graphs taken together.

    `check_graph` finds what shapes find in a graph of rdflib; it may write into the graph of the shapes.
    Where things are given, by their IRIs, only what is found of these is told. The graphs are sorted N-Triples lines
    without the final full stop, because a store would not keep values as they are written: `"007"` becomes 7 there.
    """

    name: str
    check: Check
    check_graph: Callable[[Graph, Graph], list[Finding]]
    remark: str = ""  # why it is not the one that was asked for
    spares: bool = True  # rules are spared beside it where nothing is amiss (`shapes/screens.py`)

    def __str__(self) -> str:
        """`shacl 0.3.4`, with the remark if there is one."""
        return f"{self.name} ({self.remark})" if self.remark else self.name


def engine(choice: Choice = Choice.FAST) -> Engine:
    """The engine asked for; the reference, with a remark, where the fast one is not installed."""
    if choice is Choice.REFERENCE:
        return _reference(spares=False)
    if not _HAS_FAST:
        return _reference(remark="the package shacl, which is faster, is not installed here")
    return Engine(parts.NAME, parts.check, fast.check_graph)


def _reference(remark: str = "", spares: bool = True) -> Engine:
    pyshacl = reference()
    return Engine(pyshacl.NAME, pyshacl.check_graphs, pyshacl.check_graph, remark, spares)
