"""The numbers of a store, made of those of the store before it and of the statements that came and went.

How many different things there are does not add up over statements or graphs. So for each thing, property or value of
statements that came or went, the store that may lack it is asked for it; of all else the number has not changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import RDF

from loaders.clone import parsed
from loaders.counts import Counts, Links, OfClass, OfProperty
from loaders.links import FEW, read_links
from loaders.near import Near, near
from loaders.previous import Previous
from ontology.base import Base
from ontology.stores import opened

PLACE = Path("index") / "counts.json"
"""Where a release keeps its numbers, for the build that comes after it."""

_MOST_CHANGED = 10
"""Where more than one in so many statements has changed, all are counted."""

_TYPE = ox.NamedNode(str(RDF.type))

Pointing = dict[str, dict[str, int]]
"""The things that much points to: how much through each property."""

Thing = ox.NamedNode | ox.BlankNode | ox.Triple
Term = Thing | ox.Literal

Pattern = tuple[Any, Any, Any]
"""Subject, predicate and value of statements, each None where any will do."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two stores, the statements that only one of them has, and all that they say of what these are about."""

    old: ox.Store
    new: ox.Store
    near: Near
    went: tuple[ox.Quad, ...]
    came: tuple[ox.Quad, ...]

    @property
    def signed(self) -> Iterator[tuple[ox.Quad, int]]:
        """Each statement, with 1 where it came and -1 where it went."""
        yield from ((quad, 1) for quad in self.came)
        yield from ((quad, -1) for quad in self.went)

    def of(self, predicate: Term) -> Change:
        """The same, of the statements of one property."""
        went, came = (tuple(quad for quad in quads if quad.predicate == predicate) for quads in (self.went, self.came))
        return replace(self, went=went, came=came)

    def balances(self, pattern_of: Callable[[ox.Quad], Pattern]) -> Iterator[tuple[Pattern, int]]:
        """The patterns that only one store has a statement of, each once: with 1 if it is the new one, with -1 if not.

        Each statement that came or went has a pattern.
        """
        came, went = set(map(pattern_of, self.came)), set(map(pattern_of, self.went))
        yield from ((pattern, 1) for pattern in came - went if not _has(self._asked(self.old, pattern), *pattern))
        yield from ((pattern, -1) for pattern in went - came if not _has(self._asked(self.new, pattern), *pattern))

    def _asked(self, store: ox.Store, pattern: Pattern) -> ox.Store:
        """Who is asked for a pattern of a statement that came or went, in place of a store."""
        if pattern[0] is None:
            return store
        return self.near.before if store is self.old else self.near.now


def change_since(previous: Previous, store: ox.Store, many: int) -> Change | None:
    """What a store has and that of a previous release has not, and the other way round; None where it is more."""
    if previous.differences is None:
        return None
    differing = ox.Store()  # which writes numbers as the others do
    for graph, one in previous.differences.items():
        differing.extend(parsed((*one.went, *one.came), graph))
    if len(differing) > many:
        return None
    at_hand = near(previous, store)
    quads = [(quad, quad in at_hand.before, quad in at_hand.now) for quad in differing]
    return Change(
        opened(previous.release.store),
        store,
        at_hand,
        went=tuple(quad for quad, was, is_there in quads if was and not is_there),
        came=tuple(quad for quad, was, is_there in quads if is_there and not was),
    )


def read_counts(directory: Path) -> Counts:
    """The numbers of a release. Raises OSError, ValueError, KeyError, TypeError."""
    told: dict[str, Any] = json.loads((directory / PLACE).read_bytes())
    classes = (OfClass(**{**of, "properties": _of_properties(of["properties"])}) for of in told["classes"])
    properties, links = _of_properties(told["properties"]), (Links(**of) for of in told["links"])
    return Counts(**{**told, "classes": tuple(classes), "properties": properties, "links": tuple(links)})


def _of_properties(told: Iterable[Mapping[str, Any]]) -> tuple[OfProperty, ...]:
    return tuple(OfProperty(**of) for of in told)


def as_json(counts: Counts) -> bytes:
    """The numbers of a release for the build that comes after it."""
    return json.dumps(asdict(counts), indent=1).encode("utf-8")


def recounted(previous: Previous, store: ox.Store, base: Base) -> tuple[Counts, Pointing] | None:
    """The numbers of a store, and what much points to in it, made of those of a previous release.

    None where much has changed, and where a class is no IRI: then it stands in another order.
    """
    before = read_counts(previous.release.path)
    change = change_since(previous, store, before.triples // _MOST_CHANGED)
    if change is None:
        return None
    named = [of.term for of in before.classes]
    if named != sorted(named) or any(
        quad.predicate == _TYPE and not isinstance(quad.object, ox.NamedNode) for quad, _ in change.signed
    ):
        return None
    return recount(before, change, base), recount_links(read_links(previous.release.path), change)


def recount(before: Counts, change: Change, base: Base) -> Counts:
    """The numbers of the new store, as `count` gives them."""
    things = change.balances(lambda quad: (quad.subject, None, None))
    values = change.balances(lambda quad: (None, None, quad.object))
    graphs = Counter(before.graphs)
    for quad, sign in change.signed:
        graphs[_text(quad.graph_name)] += sign
    return Counts(
        triples=before.triples + len(change.came) - len(change.went),
        subjects=before.subjects + sum(sign for _, sign in things),
        objects=before.objects + sum(sign for _, sign in values),
        classes=tuple(_classes(before.classes, change)),
        properties=tuple(_properties(before.properties, change)),
        graphs={graph: number for graph, number in sorted(graphs.items()) if number},
        links=tuple(_links(before.links, change, base)),
    )


def recount_links(before: Pointing, change: Change) -> Pointing:
    """What much points to in the new store, as `links.count_links` counts it."""
    counted = {thing: Counter(links) for thing, links in before.items()}
    touched = {quad.object for quad, _ in change.signed if isinstance(quad.object, ox.NamedNode)}
    for thing in touched:
        if thing.value not in before:  # few pointed to it
            pairs = {(quad.subject, quad.predicate.value) for quad in change.new.quads_for_pattern(None, None, thing)}
            counted[thing.value] = Counter(predicate for _, predicate in pairs)
    for (_, predicate, value), sign in change.balances(lambda quad: (quad.subject, quad.predicate, quad.object)):
        if isinstance(value, ox.NamedNode) and value.value in before:
            counted[value.value][predicate.value] += sign
    return {thing: dict(+links) for thing, links in counted.items() if links.total() > FEW}


def _has(store: ox.Store, *pattern: Any) -> bool:
    return next(store.quads_for_pattern(*pattern), None) is not None


def _text(term: Any) -> str:
    """A term as a row of a result has it."""
    return str(getattr(term, "value", term))


def _properties(before: Iterable[OfProperty], change: Change) -> Iterator[OfProperty]:
    triples: Counter[Term] = Counter()
    for quad, sign in change.signed:
        triples[quad.predicate] += sign
    subjects: Counter[Term] = Counter()
    for (_, predicate, _), sign in change.balances(lambda quad: (quad.subject, quad.predicate, None)):
        subjects[predicate] += sign
    objects: Counter[Term] = Counter()
    for (_, predicate, _), sign in change.balances(lambda quad: (None, quad.predicate, quad.object)):
        objects[predicate] += sign
    yield from _summed(before, triples, subjects, objects)


def _summed(
    before: Iterable[OfProperty], triples: Counter[Term], subjects: Counter[Term], objects: Counter[Term]
) -> Iterator[OfProperty]:
    """The uses of properties with what has changed; those that are used no more are left out."""
    were = {of.term: of for of in before}
    changed = {_text(term): (triples[term], subjects[term], objects[term]) for term in {*triples, *subjects, *objects}}
    for term in sorted(were.keys() | changed.keys()):
        was, more = were.get(term, OfProperty(term, 0, 0, 0)), changed.get(term, (0, 0, 0))
        if was.triples + more[0]:
            yield OfProperty(term, was.triples + more[0], was.subjects + more[1], was.objects + more[2])


def _classes(before: Iterable[OfClass], change: Change) -> Iterator[OfClass]:
    typed = change.of(_TYPE)
    things: Counter[Term] = Counter()
    for (_, _, cls), sign in typed.balances(lambda quad: (quad.subject, _TYPE, quad.object)):
        things[cls] += sign
    touched = {_text(quad.object): quad.object for quad, _ in typed.signed}
    used = _uses_in_classes(change)
    were = {of.term: of for of in before}
    for term in sorted(were.keys() | touched.keys()):
        was, changed = were.get(term, OfClass(term, 0, "")), touched.get(term)
        number = was.things + (0 if changed is None else things[changed])
        if number:
            example = was.example if changed is None else _first(was.example, changed, change)
            yield OfClass(term, number, example, tuple(_summed(was.properties, *used.get(term, _NO_USES))))


Uses = tuple[Counter[Term], Counter[Term], Counter[Term]]
_NO_USES: Uses = (Counter(), Counter(), Counter())


def _uses_in_classes(change: Change) -> dict[str, Uses]:
    """What has changed in the uses of properties among the things of each class: statements, things, values."""
    uses: dict[str, Uses] = {}
    stated: dict[int, set[tuple[Term, ox.NamedNode, Term]]] = {-1: set(), 1: set()}
    for thing, *told in _by_thing(change):
        before = _said_of(thing, change.near.before)
        after = [*set(before).difference(told[0]), *told[1]]  # which is what the new store says
        was, now = _classes_in(before), _classes_in(after)
        went, came = told if was == now else (before, after)  # else, all of it comes to be said of other classes
        predicates = {quad.predicate for quad in (*went, *came)}
        for all_said, sign, quads, classes in ((before, -1, went, was), (after, 1, came, now)):
            said = Counter(quad.predicate for quad in quads)
            used = predicates.intersection(quad.predicate for quad in all_said)
            for cls, times in classes.items():
                triples, subjects, _ = uses.setdefault(_text(cls), (Counter(), Counter(), Counter()))
                for predicate in used:
                    triples[predicate] += sign * times * said[predicate]
                    subjects[predicate] += sign
                stated[sign].update((cls, quad.predicate, quad.object) for quad in quads)
    for store, sign in ((change.new, -1), (change.old, 1)):
        for cls, term, value in stated[sign] - stated[-sign]:
            others = (quad.subject for quad in store.quads_for_pattern(None, term, value))
            if not any(_has(store, other, _TYPE, cls) for other in others):
                uses[_text(cls)][2][term] += sign
    return uses


def _by_thing(change: Change) -> Iterator[tuple[Thing, list[ox.Quad], list[ox.Quad]]]:
    """Each thing that something came or went of: what went, and what came."""
    told: dict[Thing, tuple[list[ox.Quad], list[ox.Quad]]] = {}
    for quad, sign in change.signed:
        told.setdefault(quad.subject, ([], []))[sign > 0].append(quad)
    yield from ((thing, went, came) for thing, (went, came) in told.items())


def _said_of(thing: Thing, store: ox.Store) -> list[ox.Quad]:
    """All that a store says of a thing, at once: to ask for one property after another takes longer."""
    return list(store.quads_for_pattern(thing, None, None))


def _classes_in(said: Iterable[ox.Quad]) -> Counter[Term]:
    """The classes that a thing is said to have, and in how many graphs each is told."""
    return Counter(quad.object for quad in said if quad.predicate == _TYPE)


def _first(before: str, cls: Term, change: Change) -> str:
    """The first thing of a class, as the query about/classes finds it; `before` is the one that was."""
    came = [_text(quad.subject) for quad in change.came if quad.predicate == _TYPE and quad.object == cls]
    if before and _has(change.new, ox.NamedNode(before), _TYPE, cls):
        return min([before, *came])
    return min(_text(quad.subject) for quad in change.new.quads_for_pattern(None, _TYPE, cls))


def _links(before: Iterable[Links], change: Change, base: Base) -> Iterator[Links]:
    """The links as the query about/links finds them."""
    counted = Counter({(of.origin, of.term, of.target): of.number for of in before})
    for quad, sign in change.signed:
        subject, value = _text(quad.subject), _text(quad.object)
        if not isinstance(quad.object, ox.NamedNode) or value.startswith(base.iri) or "#" in value:
            continue
        origin, target = base.iri if subject.startswith(base.iri) else _space(subject), _space(value)
        if origin != target:
            counted[origin, quad.predicate.value, target] += sign
    for (origin, term, target), number in sorted(counted.items()):
        if number:
            yield Links(term, origin, target, number)


def _space(term: str) -> str:
    return term[: term.rfind("/") + 1]
