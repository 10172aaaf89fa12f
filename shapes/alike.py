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
from collections.abc import Callable
from functools import lru_cache, partial

from rdflib import XSD

from shapes.classes import TYPE, Classes, ClassTable
from shapes.ordinary import is_ordinary
from shapes.sight import Facet, Sight
from shapes.things import Said, is_plain

Likeness = tuple[object, ...]
"""Equal for things that are alike."""

_UNLIKE = -1
_REMEMBERED = 20_000  # values of each property
_INTEGER = re.compile(rf'"(-?[0-9]{{1,15}})"\^\^<{re.escape(str(XSD.integer))}>')
_FORM_TELLS = frozenset(f'"^^<{datatype}>' for datatype in (XSD.boolean, XSD.integer, XSD.decimal, XSD.gYear))
_TEXT = re.compile('"(?:@[a-z]+(?:-[a-z0-9]+)*)?')


class Likenesses:
    """Finds the likeness of one thing after another. Terms are as N-Triples writes them."""

    def __init__(self, sight: Sight, classes: ClassTable) -> None:
        self._sight, self._classes = sight, classes
        self._numbers: dict[Likeness, int] = {}  # of the views of values: a number is compared faster
        self._looks: dict[str, tuple[Callable[[str], int], int]] = {}
        self._of_classes: dict[Classes, Facet | None] = {}

    def is_judged(self, classes: Classes) -> bool:
        """True where shapes judge things of these classes at all."""
        return self._facet(classes) is not None

    def of(self, thing: str, said: Said) -> Likeness | None:
        """The likeness of a thing of which so much is said, each value once; None where it is like nothing else."""
        classes = tuple(sorted(said.get(TYPE, ())))
        facet = self._facet(classes)
        if facet is None or not is_plain(thing):
            return None
        likeness: list[object] = [classes, _fits(facet, thing[1:-1])]
        for path, values in said.items():
            if path == TYPE:
                continue
            look, most = self._looks.get(path) or self._look_at(path)
            if len(values) == 1:
                number = look(values[0])
                if number == _UNLIKE:
                    return None
                likeness += (path, number)
            else:
                numbers = Counter(map(look, values))
                if _UNLIKE in numbers:
                    return None
                likeness += (path, *sorted((number, min(times, most)) for number, times in numbers.items()))
        return tuple(likeness)

    def _facet(self, classes: Classes) -> Facet | None:
        """What shapes look at in things of some classes; None where no shape looks at them."""
        if classes not in self._of_classes:
            facets = [
                self._sight.things[cls] for cls in self._classes.with_those_above(classes) if cls in self._sight.things
            ]
            self._of_classes[classes] = _together(facets) if facets else None
        return self._of_classes[classes]

    def _look_at(self, path: str) -> tuple[Callable[[str], int], int]:
        """What gives the number of the view of a value of a property, and how many alike make a difference."""
        facet = self._sight.properties.get(path, Facet())
        look = lru_cache(_REMEMBERED)(partial(_number, facet, self._classes, self._numbers))
        self._looks[path] = look, facet.most + 1
        return self._looks[path]


def _number(facet: Facet, classes: ClassTable, numbers: dict[Likeness, int], value: str) -> int:
    """The number of what shapes look at in a value."""
    view = _view(facet, classes.of(value) if facet.classes else None, value)
    return _UNLIKE if view is None else numbers.setdefault(view, len(numbers))


def _together(facets: list[Facet]) -> Facet:
    found = Facet()
    for facet in facets:
        found.listed |= facet.listed
        found.patterns |= facet.patterns
    return found


def _view(facet: Facet, classes: Classes | None, term: str) -> Likeness | None:
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
    sides = tuple([(int(written) > limit) - (int(written) < limit) for limit in facet.limits])
    return sort, exactly, sides, _fits(facet, written)


def _fits(facet: Facet, written: str) -> Likeness:
    """Which of the patterns a text fits."""
    return tuple([pattern.search(written) is not None for pattern in facet.patterns.values()])
