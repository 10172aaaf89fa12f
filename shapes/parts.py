"""Gives the fast engine, part by part, what it has to see: never all statements of a release at once.

A part is some things with all that is said of them and the classes of their values, and which classes are under
others: shapes of the terms that are proven see no more of a thing (`shapes/sight.py`). In a part, these things are the
targets of the shapes, and not all that are of a class: the part says no more of their values than the classes, and they
would be found wanting.

Of things that shapes cannot tell apart (`shapes/alike.py`), the first ones are checked. Where nothing is found amiss
with any of them, nothing is amiss with the others; else these are checked as well, in a second round.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox
from rdflib import SH

from shapes import fast
from shapes.alike import Likeness, Likenesses
from shapes.classes import TYPE, ClassTable
from shapes.memory import give_back
from shapes.report import Finding
from shapes.series import Series, Stretch, Thing
from shapes.sight import Sight, sight
from shapes.stretches import by_stretch, stretches_again
from shapes.things import text_of

NAME = fast.NAME

Part = dict[str, tuple[Likeness | None, list[str]]]
"""Things, with the likeness and the tails of each."""

FIRST = 100
"""How many things of one likeness are checked before the others: a few that are wanting need no second round."""

PART = 20_000
"""About how many statements the engine is given at once."""


def check(graphs: Mapping[str, Iterable[str]], shapes: str, things: Collection[str] | None = None) -> list[Finding]:
    """What pySHACL finds in named graphs taken together, of some things, by their IRIs, or of all.

    Each is sorted N-Triples lines without the final full stop. Raises ValueError where the shapes themselves are wrong.
    """
    authored = list(ox.parse(shapes, format=ox.RdfFormat.TURTLE))
    seen = sight(authored) if fast.is_proven(authored) else None
    if seen is None:
        found = fast.check(text_of(graphs), shapes)
        return found if things is None else [finding for finding in found if finding.focus in things]
    rounds = _Rounds(graphs, seen, _Targeting(shapes, authored), things)
    found = [*rounds.first(), *rounds.second()]
    del rounds  # what it holds can be given back then
    give_back()
    return found


class _Targeting:
    """Shapes, in one Turtle text, and how they are written with things as targets in place of classes."""

    def __init__(self, shapes: str, authored: Iterable[ox.Quad]) -> None:
        self.shapes = shapes
        self._others: list[str] = []
        self._targets: list[tuple[str, str]] = []
        for quad in authored:
            if quad.predicate.value == str(SH.targetClass):
                self._targets.append((str(quad.object), str(quad.subject)))
            else:
                self._others.append(f"{quad.triple} .\n")

    def of(self, instances: Mapping[str, list[str]]) -> str:
        """The shapes with some instances of classes as their targets."""
        targets = (
            f"{shape} <{SH.targetNode}> {thing} .\n" for cls, shape in self._targets for thing in instances.get(cls, ())
        )
        return "".join([*self._others, *targets])


def _members(told: Iterable[list[tuple[int, Stretch]]]) -> Iterator[Thing | Series]:
    """One thing after another with all that is said of it, or the observations of a series."""
    for by_graph in told:
        if len(by_graph) == 1:
            yield from by_graph[0][1].members
        else:
            said = {tail for _, stretch in by_graph for thing in stretch.each() for tail in thing.tails}
            yield Thing(by_graph[0][1].first, sorted(said))


class _Rounds:
    """Goes through what named graphs say of things, in two rounds, and has those checked that have to be."""

    def __init__(
        self, graphs: Mapping[str, Iterable[str]], seen: Sight, targeting: _Targeting, asked: Collection[str] | None
    ) -> None:
        self._told, self._targeting, self._asked = [*map(stretches_again, graphs.values())], targeting, asked
        self._classes = ClassTable(told() for told in self._told)
        self._likenesses = Likenesses(seen, self._classes)
        self._number = Counter[Likeness]()
        self._wanting: set[Likeness | None] = set()
        self._part: Part = {}
        self._room = PART

    def first(self) -> Iterator[Finding]:
        """What is found of the first things of each likeness, and of those that are like nothing else."""
        for member, places, likeness in self._judged():
            first = places
            if likeness is not None:
                first = places[: max(0, FIRST - self._number[likeness])]
                self._number[likeness] += len(places)
            for place in first:
                yield from self._take(member.at(place), likeness)
        yield from self._checked()

    def second(self) -> Iterator[Finding]:
        """What is found of the others, where something was found of the first."""
        left = {likeness for likeness in self._wanting if likeness and self._number[likeness] > FIRST}
        number = Counter[Likeness]()
        for member, places, likeness in self._judged() if left else ():
            if likeness in left:
                for place in places[max(0, FIRST - number[likeness]) :]:
                    yield from self._take(member.at(place), likeness)
                number[likeness] += len(places)
        yield from self._checked()

    def _judged(self) -> Iterator[tuple[Thing | Series, Sequence[int], Likeness | None]]:
        """The things that are asked about and that shapes judge: those of a likeness by their places, in order."""
        for member in _members(by_stretch(told() for told in self._told)):
            names = member.names
            for places in self._seen_at_once(names):
                seen = self._likenesses.seen(member.at(places[0]).tails)
                if seen is not None:
                    of_each: dict[Likeness | None, list[int]] = defaultdict(list)
                    for place, likeness in zip(places, seen.likenesses([names[at] for at in places]), strict=True):
                        of_each[likeness].append(place)
                    yield from ((member, of_it, likeness) for likeness, of_it in of_each.items())

    def _seen_at_once(self, names: Sequence[str]) -> list[Sequence[int]]:
        """The places of the things of a member that are asked about: those in which shapes see the same together."""
        places: Sequence[int] = range(len(names))
        if self._asked is not None:
            places = [place for place in places if fast.plain(names[place]) in self._asked]
        if self._likenesses.tell_apart:
            return [[place] for place in places]
        return [places] if places else []

    def _take(self, thing: Thing, likeness: Likeness | None) -> Iterator[Finding]:
        """Take a thing into the part; what is found of the part, where that is full."""
        self._part[thing.name] = likeness, thing.tails
        self._room -= len(thing.tails)
        if self._room <= 0:
            yield from self._checked()

    def _checked(self) -> Iterator[Finding]:
        """What is found of the things of a part, and of no other."""
        part, self._part, self._room = self._part, {}, PART
        if not part:
            return
        instances = defaultdict(list)
        for thing in part:
            for cls in self._classes.with_those_above(self._classes.of(thing)):
                instances[cls].append(thing)
        found = fast.check("".join(self._text(part)), self._targeting.shapes, self._targeting.of(instances))
        names = {fast.plain(thing): likeness for thing, (likeness, _) in part.items()}
        for finding in found:
            if finding.focus in names:
                self._wanting.add(names[finding.focus])
                yield finding

    def _text(self, part: Part) -> Iterator[str]:
        """The statements of a part, the classes of values that are not in it, and those of classes under others."""
        values = dict[str, None]()
        for thing, (_, said) in part.items():
            yield from (f"{thing} {tail} .\n" for tail in said)
            values.update(dict.fromkeys(tail.split(" ", 1)[1] for tail in said))
        for value in values:
            if value[0] != '"' and value not in part:
                yield from (f"{value} {TYPE} {cls} .\n" for cls in self._classes.of(value))
        yield from (f"{line} .\n" for line in self._classes.under)
