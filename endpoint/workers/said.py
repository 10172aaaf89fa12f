"""What a store says of things, and what it calls them: looked up, not asked. Workers import this: it stays light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, product

import pyoxigraph as ox

from endpoint.workers.messages import About, Pointing, Task
from endpoint.workers.spool import OverLimit

MOST_NAMED = 1000
"""How many IRIs of a description are named at most."""

_NAMES_KEPT = 8192
"""Terms whose names a process keeps: most documents speak of the same few hundred."""


def labelled(store: ox.Store, found: Iterable[ox.Triple], naming: Iterable[str]) -> Iterator[ox.Triple]:
    """The triples, and after them what some properties say of the IRIs in the first of them."""
    properties = [ox.NamedNode(name) for name in naming]
    terms: dict[ox.NamedNode, None] = {}
    said: set[ox.Triple] = set()
    for triple in found:
        yield triple
        if len(terms) < MOST_NAMED:
            terms.update((term, None) for term in triple if isinstance(term, ox.NamedNode))
        if triple.predicate in properties:
            said.add(triple)
    yield from (triple for triple in _names(store, terms, naming) if triple not in said)


def _names(store: ox.Store, terms: Iterable[ox.NamedNode], naming: Iterable[str]) -> Iterator[ox.Triple]:
    """What some properties say of things, once each."""
    properties = [ox.NamedNode(name) for name in naming]
    said: set[ox.Triple] = set()
    for term, naming_property in product(terms, properties):
        for quad in store.quads_for_pattern(term, naming_property, None):
            if quad.triple not in said:
                said.add(quad.triple)
                yield quad.triple


def _about(store: ox.Store, about: About, told: set[ox.NamedNode], most: int) -> Iterable[ox.Quad]:
    """What is said of a thing and of its rows, and what points to it: looked up, which takes a fifth of asking.

    The thing and its rows are added to what all is told of. Raises OverLimit where there are more statements than
    `most`; 0 is no limit.
    """
    if not most:
        return _all_about(store, about, told, None)
    found = list(islice(_all_about(store, about, told, most + 1), most + 1))
    if len(found) > most:
        raise OverLimit("statements")
    return found


def _all_about(store: ox.Store, about: About, told: set[ox.NamedNode], enough: int | None) -> Iterator[ox.Quad]:
    """The same as they are found. Of what is said of the thing itself, no more than enough is read."""
    thing = ox.NamedNode(about.thing)
    if about.rows:
        rows = ox.NamedNode(about.rows)
        said = list(islice(store.quads_for_pattern(thing, None, None), enough))
        told.add(thing)
        yield from said
        for row in dict.fromkeys(quad.object for quad in said if quad.predicate == rows):
            if isinstance(row, ox.NamedNode):
                told.add(row)
                yield from store.quads_for_pattern(row, None, None)
    yield from islice(store.quads_for_pattern(None, None, thing), about.towards)


def _rows(store: ox.Store, query: str, task: Task) -> Iterator[ox.Quad]:
    """The statements that the rows of a query are, in every graph that has them."""
    rows = store.query(query, use_default_graph_as_union=task.is_union)
    if not isinstance(rows, ox.QuerySolutions):
        raise ValueError("a part of a description is a SELECT query")
    for row in rows:
        yield from store.quads_for_pattern(row["subject"], row["predicate"], row["object"])


def _pointing(store: ox.Store, pointing: Pointing, task: Task) -> Iterator[ox.Quad]:
    """The statements in which some things point to one, in every graph that has them.

    What the query finds is taken as it is written, and put in order here: the engine reads both sides from the disk
    each time that it compares two.
    """
    rows = store.query(pointing.others, use_default_graph_as_union=task.is_union)
    if not isinstance(rows, ox.QuerySolutions):
        raise ValueError("what points to a thing is found by a SELECT query")
    written = rows.serialize(format=ox.QueryResultsFormat.TSV) or b""
    lines = written.replace(b">\n", b"\n").split(b"\n")[1:-1]
    through, thing = ox.NamedNode(pointing.through), ox.NamedNode(pointing.thing)
    for line in sorted(lines)[pointing.skip : pointing.skip + pointing.take]:
        yield from store.quads_for_pattern(ox.NamedNode(line.removeprefix(b"<").decode()), through, thing)


def statements(store: ox.Store, task: Task) -> Iterable[ox.Quad]:
    """What the parts of a task say, each statement once, and what the IRIs in it are called."""
    found: dict[ox.Quad, None] = {}
    told: set[ox.NamedNode] = set()  # all that is said of these has been found, their names with it
    for part in task.parts:
        if isinstance(part, About):
            found.update(dict.fromkeys(_about(store, part, told, task.max_statements)))
        elif isinstance(part, Pointing):
            found.update(dict.fromkeys(_pointing(store, part, task)))
        else:
            found.update(dict.fromkeys(_rows(store, part, task)))
    spoken_of = dict.fromkeys(chain.from_iterable((quad.subject, quad.object) for quad in found))
    unnamed = (term for term in spoken_of if isinstance(term, ox.NamedNode) and term not in told)
    for term in islice(unnamed, MOST_NAMED):
        found.update(dict.fromkeys(named(store, term, task.naming)))
    return found


@lru_cache(_NAMES_KEPT)
def named(store: ox.Store, term: ox.NamedNode, naming: tuple[str, ...]) -> tuple[ox.Quad, ...]:
    """What the first property says that names a term, the best first. The same few are asked for all the time."""
    names = (tuple(store.quads_for_pattern(term, ox.NamedNode(name), None)) for name in naming)
    return next(filter(None, names), ())


def forget_names() -> None:
    """Let go of the names that are kept, and with them of the stores that they are of: those stay open so long."""
    named.cache_clear()
