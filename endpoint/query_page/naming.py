"""What the things of an answer are called: asked for all of them at once, by the properties that name things."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from endpoint.dataset import Dataset, Row
from endpoint.lists import Names
from endpoint.workers.messages import Task
from endpoint.workers.said import MOST_NAMED
from ontology.text import Label


async def names_of(dataset: Dataset, things: Iterable[str], most: int | None = MOST_NAMED) -> Names:
    """The names of things, as far as the data name them; of the first `most`, or of all. One query at most."""
    asked = tuple(dict.fromkeys(things))[:most]
    if not asked or not dataset.naming:
        return Names({})
    answer = await dataset.pool.ask(Task("", graph="ntriples", named=asked, naming=dataset.naming))
    said: dict[str, dict[str, list[Label]]] = {}
    for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            label = Label(quad.object.value, quad.object.language or "")
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(label)
    return Names({thing: _best(labels, dataset.naming) for thing, labels in said.items()})


async def names_among(dataset: Dataset, rows: Iterable[Row], *variables: str) -> Names:
    """The names of the things that some variables of rows stand for. One query at most."""
    return await names_of(dataset, (str(row[name]) for row in rows for name in variables if name in row), most=None)


def _best(labels: dict[str, list[Label]], naming: Iterable[str]) -> list[Label]:
    """The labels by the best of the properties."""
    return next(labels[name] for name in naming if name in labels)
