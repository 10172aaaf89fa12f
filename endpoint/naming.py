"""What the things of an answer are called: asked for all of them at once, by the properties that name things."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from endpoint.dataset import Dataset
from endpoint.lists import Names
from endpoint.messages import Task
from endpoint.worker import MOST_NAMED
from ontology.text import Label


async def names_of(dataset: Dataset, things: Iterable[str]) -> Names:
    """The names of things, as far as the data name them; of the first thousand. One query at most."""
    asked = tuple(dict.fromkeys(things))[:MOST_NAMED]
    if not asked or not dataset.naming:
        return Names({})
    answer = await dataset.pool.ask(Task("", graph="ntriples", named=asked, naming=dataset.naming))
    said: dict[str, dict[str, list[Label]]] = {}
    for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            label = Label(quad.object.value, quad.object.language or "")
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(label)
    return Names({thing: _best(labels, dataset.naming) for thing, labels in said.items()})


def _best(labels: dict[str, list[Label]], naming: Iterable[str]) -> list[Label]:
    """The labels by the best of the properties."""
    return next(labels[name] for name in naming if name in labels)
