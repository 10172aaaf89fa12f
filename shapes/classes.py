"""The classes of things, held so that those of a million things that are called alike take little room."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import RDF, RDFS

from shapes.stretches import texts

TYPE, SUBCLASS_OF = f"<{RDF.type}>", f"<{RDFS.subClassOf}>"

_IS = f" {TYPE} "

Classes = tuple[str, ...]
"""Classes in order, each once."""

_Ends = Mapping[str, Classes]
"""The classes of things whose IRIs begin alike, by how they end."""


class ClassTable:
    """Which classes things are said to be of, and which classes are under others. Terms are as N-Triples writes them.

    An IRI is held as what stands before its last slash and what comes after it. What comes after is alike for many
    things, such as the observations of two series over the same years: it is held once.
    """

    def __init__(self, graphs: Mapping[str, Iterable[str]]) -> None:
        """Read the named graphs, each of them sorted N-Triples lines without the final full stop."""
        self.under: list[str] = []  # the statements of classes under others
        self._ends: dict[str, _Ends] = {}
        self._held: dict[tuple[tuple[str, ...], tuple[Classes, ...]], _Ends] = {}
        self._same: dict[Classes, Classes] = {}
        self._above: dict[str, set[str]] = defaultdict(set)
        self._closed: dict[Classes, frozenset[str]] = {}
        for lines in graphs.values():
            self._read(lines)
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

    def _read(self, lines: Iterable[str]) -> None:
        open_ones: list[tuple[str, dict[str, Classes]]] = []  # each begins as the one before it does
        for text in texts(lines):
            if SUBCLASS_OF in text:
                self._note_classes(line for line in text.split("\n") if SUBCLASS_OF in line)
            for thing, cls in _typed(text):
                begin, end = _split(thing)
                while open_ones and not begin.startswith(open_ones[-1][0]):
                    self._close(*open_ones.pop())
                if not open_ones or open_ones[-1][0] != begin:
                    open_ones.append((begin, {}))
                ends = open_ones[-1][1]
                ends[sys.intern(end)] = self._once((*ends.get(end, ()), cls))
        while open_ones:
            self._close(*open_ones.pop())

    def _note_classes(self, lines: Iterable[str]) -> None:
        """Note which class is under which, where lines say so."""
        for line in lines:
            thing, predicate, value = line.split(" ", 2)
            if predicate == SUBCLASS_OF:
                self.under.append(line)
                self._above[thing].add(value)

    def _close(self, begin: str, ends: dict[str, Classes]) -> None:
        """Hold the things that begin so: in sorted lines, no more of them come."""
        for end, classes in self._ends.get(begin, {}).items():
            ends[end] = self._once(tuple(sorted({*classes, *ends.get(end, ())})))
        self._ends[begin] = self._held.setdefault((tuple(ends), tuple(ends.values())), ends)

    def _once(self, classes: Classes) -> Classes:
        return self._same.setdefault(classes, classes)


def _typed(text: str) -> Iterator[tuple[str, str]]:
    """What lines say of the classes of things: each thing with a class."""
    at = text.find(_IS)
    while at >= 0:
        thing = text[text.rfind("\n", 0, at) + 1 : at]
        end = text.index("\n", at)
        if " " not in thing:  # else a text has these words
            yield thing, text[at + len(_IS) : end]
        at = text.find(_IS, end)


def _split(thing: str) -> tuple[str, str]:
    """What stands before the last slash of an IRI, with the slash, and what comes after it."""
    after = thing.rfind("/") + 1
    return thing[:after], thing[after:]
