"""Which things shapes cannot tell apart: where they find nothing amiss with one of them, they find nothing with any.

Shapes of the terms that `shapes/fast.py` takes as proven judge a thing by its IRI, by its classes, and by the values of
each of its properties: by how many there are, and of each value by its kind, its datatype or language, whether it is
well written, whether it is one of some that are listed, whether its text fits some patterns, how it compares with some
numbers, and which classes it has. They look no farther (`shapes/sight.py` refuses those that do).

All that they look at in a thing is its likeness. Of a value it holds

- the datatype or the language;
- the value itself where it is listed, or is of a datatype whose form does not tell whether it is well written, such as
  a day that the calendar may lack;
- the classes, where a shape of the property asks for one;
- which patterns its text fits, as pySHACL finds it, and how it compares with the numbers;

and how many values are alike, as far as shapes count: where none asks for more than two, a fourth tells nothing. So a
constraint holds for all things of one likeness or for none of them, as pySHACL, the reference, sees it. How many
results a thing gives, and with which values, its likeness does not say: where one thing is found wanting, all that are
like it have to be checked. What is not written as values usually are is like nothing else, and neither is a blank node.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from rdflib import XSD

from ontology.namespaces import QB
from shapes.classes import TYPE, Classes, ClassTable
from shapes.ordinary import is_ordinary
from shapes.series import MEASURE, PERIOD
from shapes.sight import Facet, Sight
from shapes.things import is_plain, parted, with_property

Likeness = tuple[int, tuple[bool, ...]]
"""Equal for things that are alike: what they say, by its number, and which patterns their IRIs fit."""

_View = tuple[Any, ...]

_LISTING = f"<{QB.observation}> "
_UNLIKE = -1
_REMEMBERED = 50_000
_AT_MOST = 1000  # tails of a thing, where how they are seen is remembered
_INTEGER = re.compile(rf'"(-?[0-9]{{1,15}})"\^\^<{re.escape(str(XSD.integer))}>')
_FORM_TELLS = frozenset(f'"^^<{datatype}>' for datatype in (XSD.boolean, XSD.integer, XSD.decimal, XSD.gYear))
_TEXT = re.compile('"(?:@[a-z]+(?:-[a-z0-9]+)*)?')


@dataclass(frozen=True, slots=True)
class Seen:
    """What shapes see in what is said of a thing: its number, none where it is like nothing else."""

    number: int | None
    facet: Facet  # what they look at in the thing itself

    def likenesses(self, things: Sequence[str]) -> list[Likeness | None]:
        """The likeness of each of some things of which this is said; None where it is like nothing else."""
        number = self.number
        if number is None:
            return [None] * len(things)
        return [(number, _fits(self.facet, thing[1:-1])) if is_plain(thing) else None for thing in things]


class Likenesses:
    """Finds what shapes see in one thing after another. Terms are as N-Triples writes them."""

    def __init__(self, sight: Sight, classes: ClassTable) -> None:
        self._sight, self._classes = sight, classes
        self._views = _Views(sight, classes)
        self._seen: dict[tuple[int, ...], Seen | None] = {}
        self._numbers: dict[tuple[tuple[int, int], ...], int] = {}
        self._of_classes: dict[Classes, Facet | None] = {}
        self.tell_apart = any(
            path in sight.properties and sight.properties[path].looks_into_values for path in (PERIOD, MEASURE)
        )
        """True where shapes look into years or values: else they see the same in all observations of a series."""

    def seen(self, tails: Sequence[str]) -> Seen | None:
        """What shapes see in a thing with so many tails, each given once and in order; None where none looks at it."""
        views = self._views.of(tails)
        try:
            return self._seen[views]
        except KeyError:
            seen = self._see(views, tails)
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        if len(views) <= _AT_MOST:
            self._seen[views] = seen
        return seen

    def _see(self, views: tuple[int, ...], tails: Sequence[str]) -> Seen | None:
        facet = self._facet(tuple(tail.split(" ", 1)[1] for tail in with_property(tails, f"{TYPE} ")))
        if facet is None:
            return None
        if _UNLIKE in views:
            return Seen(None, facet)
        most = self._views.most
        counted = tuple(sorted((view, min(times, most[view])) for view, times in Counter(views).items()))
        return Seen(self._numbers.setdefault(counted, len(self._numbers)), facet)

    def _facet(self, classes: Classes) -> Facet | None:
        """What shapes look at in things of some classes; None where no shape looks at them."""
        if classes not in self._of_classes:
            facets = [
                self._sight.things[cls] for cls in self._classes.with_those_above(classes) if cls in self._sight.things
            ]
            self._of_classes[classes] = _together(facets) if facets else None
        return self._of_classes[classes]


class _Views(dict[str, int]):
    """The number of what shapes see in a property and its value, by the tail. The last ones are remembered."""

    def __init__(self, sight: Sight, classes: ClassTable) -> None:
        super().__init__()
        self.most: list[int] = []  # by the number: how many that are seen so make a difference
        self._sight, self._classes = sight, classes
        self._numbers: dict[tuple[str, _View], int] = {}
        self._looked_into = {TYPE, *(path for path, facet in sight.properties.items() if facet.looks_into_values)}
        self._of_things: dict[tuple[str, Classes], int] = {}  # by the property, and the classes of its value

    def of(self, tails: Sequence[str]) -> tuple[int, ...]:
        """The numbers of the tails of a thing, in no order of their own.

        Those that tell the observations of a series are many, and come once each.
        """
        before, listed, after = parted(tails, _LISTING)
        return (*map(self.__getitem__, chain(before, after)), *self._of_listed(listed))

    def _of_listed(self, tails: Sequence[str]) -> Iterable[int]:
        """The numbers of tails of the same property; where only the classes of its values tell, they are not held."""
        path = _LISTING[:-1]
        values = [tail[len(_LISTING) :] for tail in tails]
        if path in self._looked_into or not all(map(is_plain, values)):
            return map(self.__getitem__, tails)
        return [self._of_thing(path, value) for value in values]

    def __missing__(self, tail: str) -> int:
        """Look at a tail."""
        if len(self) >= _REMEMBERED:
            self.clear()
        path, _, value = tail.partition(" ")
        if path in self._looked_into or not is_plain(value):
            number = self._number(path, value)
        else:
            number = self._of_thing(path, value)
        self[tail] = number
        return number

    def _of_thing(self, path: str, value: str) -> int:
        """The number of a property and a thing, of which shapes look at the classes alone."""
        of = path, self._classes.of(value)
        if of not in self._of_things:
            self._of_things[of] = self._number(path, value)
        return self._of_things[of]

    def _number(self, path: str, value: str) -> int:
        facet = self._sight.properties.get(path, _NOTHING)
        if path == TYPE:
            view: _View | None = (value,)
        else:
            view = _view(facet, self._classes.of(value) if facet.classes else None, value)
        if view is None:
            return _UNLIKE
        number = self._numbers.setdefault((path, view), len(self.most))
        if number == len(self.most):
            self.most.append(facet.most + 1)
        return number


_NOTHING = Facet()


def _together(facets: list[Facet]) -> Facet:
    found = Facet()
    for facet in facets:
        found.listed |= facet.listed
        found.patterns |= facet.patterns
    return found


def _view(facet: Facet, classes: Classes | None, term: str) -> _View | None:
    """What shapes look at in a term; None where it is like no other."""
    exactly = term if term in facet.listed else None
    if term[0] == "<":
        if facet.limits or not is_plain(term):
            return None
        return "", exactly, classes, _fits(facet, term[1:-1])
    if not is_ordinary(term) or ("\\" in term and facet.patterns):
        return None
    end = term.rindex('"')
    written, sort = term[1:end], term[end:]
    if not _TEXT.fullmatch(sort):
        if sort.startswith('"@'):
            return None
        if facet.patterns or sort not in _FORM_TELLS:
            exactly = term
    if facet.limits and not _INTEGER.fullmatch(term):
        return None
    sides = tuple([(int(written) > limit) - (int(written) < limit) for limit in facet.limits]) if facet.limits else ()
    return sort, exactly, sides, _fits(facet, written)


def _fits(facet: Facet, written: str) -> tuple[bool, ...]:
    """Which of the patterns a text fits."""
    if not facet.patterns:
        return ()
    return tuple([pattern.search(written) is not None for pattern in facet.patterns.values()])
