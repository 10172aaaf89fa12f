"""The gate: what is staged is checked against every shape and every rule before anyone sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pyoxigraph
from rdflib import Graph

from ontology.base import Base
from shapes.engines import Engine
from shapes.files import Rule, description_shapes, rules, shapes
from shapes.reference import check_graph
from shapes.report import Finding, Place, Report, Severity, in_order

Origins = Callable[[Finding], Iterable[Place]]
"""From a finding to the cells that caused it."""


def check(store: pyoxigraph.Store, triples: Path, base: Base, origins: Origins, engine: Engine) -> Report:
    """The report of all shapes and all rules over all graphs of a store taken together.

    `triples` is a file of the same triples in N-Triples.
    """
    with ThreadPoolExecutor(1) as aside:  # the store runs the rules while the engine checks the shapes
        by_rules = aside.submit(lambda: list(check_rules(store, rules(), base)))
        found = [*engine.check(triples, shapes(base)), *by_rules.result()]
    return Report(in_order(replace(finding, places=tuple(origins(finding))) for finding in found))


def check_description(documents: Mapping[str, Graph], base: Base) -> Report:
    """The report of what a release says of itself: each document by its name, against the shapes of that name."""
    found = chain.from_iterable(
        check_graph(graph, base.localise_graph(description_shapes(name))) for name, graph in documents.items()
    )
    return Report(in_order(found))


def check_rules(store: pyoxigraph.Store, all_rules: Iterable[Rule], base: Base) -> Iterator[Finding]:
    """What the rules find, as findings without places."""
    for rule in all_rules:
        answer = store.query(base.localise_text(rule.text), use_default_graph_as_union=True)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise TypeError(f"the rule {rule.name} is not a SELECT query")
        for row in answer:
            focus, path, value = (row[name] for name in ("focus", "path", "value"))
            yield Finding(
                severity=Severity(rule.header.severity),
                cause=rule.name,
                component="Rule",
                message=rule.header.message.text(),
                focus=focus.value,
                path=None if path is None else path.value,
                value=None if value is None else value.value,
            )
