"""The classes of things, held so that those of a million things that are called alike take little room."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import RDF, RDFS

from shapes.series import Series, Stretch, Thing
from shapes.things import with_property

TYPE, SUBCLASS_OF = f"<{RDF.type}>", f"<{RDFS.subClassOf}>"

_IS, _IS_UNDER = f"{TYPE} ", f"{SUBCLASS_OF} "

Classes = tuple[str, ...]
"""Classes in order, each once."""

_Ends = Mapping[str, Classes]
"""The classes of things whose IRIs begin alike, by how they end."""


class ClassTable:
    """Which classes things are said to be of, and which classes are under others. Terms are as N-Triples writes them.

    An IRI is held as what stands before its last slash and what comes after it. What comes after is alike for many
    things, such as the observations of two series over the same years: it is held once.
    """

    def __init__(self, told: Iterable[Iterable[Stretch]]) -> None:
        """Read what each of several graphs says of one thing after another."""
        self.under: list[str] = []  # the statements of classes under others
        self._ends: dict[str, _Ends] = {}
        self._held: dict[tuple[tuple[str, ...], tuple[Classes, ...]], _Ends] = {}
        self._same: dict[Classes, Classes] = {}
        self._above: dict[str, set[str]] = defaultdict(set)
        self._closed: dict[Classes, frozenset[str]] = {}
        for of_graph in told:
            self._read(of_graph)
        self._held, self._same = {}, {}

    def of(self, thing: str) -> Classes:
        """The classes that a thing is said to be of."""
        begin, end = _split(thing)
        ends = self._ends.get(begin)
        return ends.get(end, ()) if ends else ()

    def with_those_above(self, classes: Classes) -> frozenset[str]:
        """Classes, and all that they are under."""
        if classes not in self._closed:
            found, waiting = set[str](), list(classes)
            while waiting:
                cls = waiting.pop()
                if cls not in found:
                    found.add(cls)
                    waiting += self._above.get(cls, ())
            self._closed[classes] = frozenset(found)
        return self._closed[classes]

    def _read(self, told: Iterable[Stretch]) -> None:
        open_ones: list[tuple[str, dict[str, Classes]]] = []  # each begins as the one before it does
        for stretch in told:
            typed: list[tuple[str, Classes]] = []
            for member in stretch.members:
                self._note_above(member)
                if classes := tuple([tail[len(_IS) :] for tail in with_property(member.tails, _IS)]):
                    classes = self._once(classes)
                    typed += [(name, classes) for name in member.names]
            for name, classes in sorted(typed):
                begin, end = _split(name)
                while open_ones and not begin.startswith(open_ones[-1][0]):
                    self._close(*open_ones.pop())
                if not open_ones or open_ones[-1][0] != begin:
                    open_ones.append((begin, {}))
                open_ones[-1][1][sys.intern(end)] = classes
        while open_ones:
            self._close(*open_ones.pop())

    def _note_above(self, member: Thing | Series) -> None:
        """Note which classes a class is said to be under."""
        for tail in with_property(member.tails, _IS_UNDER):
            for name in member.names:
                self.under.append(f"{name} {tail}")
                self._above[name].add(tail[len(_IS_UNDER) :])

    def _close(self, begin: str, ends: dict[str, Classes]) -> None:
        """Hold the things that begin so: in sorted lines, no more of them come."""
        for end, classes in self._ends.get(begin, {}).items():
            ends[end] = self._once(tuple(sorted({*classes, *ends.get(end, ())})))
        self._ends[begin] = self._held.setdefault((tuple(ends), tuple(ends.values())), ends)

    def _once(self, classes: Classes) -> Classes:
        return self._same.setdefault(classes, classes)


def _split(thing: str) -> tuple[str, str]:
    """What stands before the last slash of an IRI, with the slash, and what comes after it."""
    after = thing.rfind("/") + 1
    return thing[:after], thing[after:]
