"""The gate: what is staged is checked against every shape and every rule before anyone sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain

import pyoxigraph
import pyshacl
import pyshacl.shape
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
from rdflib import SH, Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from ontology.base import Base
from ontology.text import Text
from shapes.files import Rule, description_shapes, rules, shapes
from shapes.report import Finding, Place, Report, Severity, in_order

# pySHACL asks of every predicate of every shape, for every thing, whether it is in a list of forty; a set answers the
# same, and the gate takes a third less time. The attribute is where pySHACL keeps that list after its first use.
vars(pyshacl.shape)["CONSTRAINT_PARAMS"] = (frozenset(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP)

Origins = Callable[[Finding], Iterable[Place]]
"""From a finding to the cells that caused it."""


def check(data: Graph, store: pyoxigraph.Store, base: Base, origins: Origins) -> Report:
    """The report of all shapes over the graph and all rules over the store, which hold the same data.

    `data` is a plain rdflib graph made by rdflib's own terms: graphs parsed elsewhere type plain strings in
    another way, and `sh:in` would fail on them.
    """
    with ThreadPoolExecutor(1) as aside:  # the engine runs the rules while Python checks the shapes
        by_rules = aside.submit(lambda: list(check_rules(store, rules(), base)))
        found = [*check_shapes(data, base.localise_graph(shapes())), *by_rules.result()]
    return Report(in_order(replace(finding, places=tuple(origins(finding))) for finding in found))


def check_description(documents: Mapping[str, Graph], base: Base) -> Report:
    """The report of what a release says of itself: each document by its name, against the shapes of that name."""
    found = chain.from_iterable(
        check_shapes(graph, base.localise_graph(description_shapes(name))) for name, graph in documents.items()
    )
    return Report(in_order(found))


def check_shapes(data: Graph, shapes_graph: Graph) -> list[Finding]:
    """What pySHACL finds, as findings without places. It writes into the shapes graph: give it one of its own.

    Raises pyshacl.errors.ShapeLoadError and its kin where the shapes themselves are wrong.
    """
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes_graph, inference="none", meta_shacl=False)
    if not isinstance(results, Graph):
        raise TypeError(f"pySHACL gave no results graph but {results!r}")
    return [_finding(results, result, shapes_graph) for result in results.subjects(RDF.type, SH.ValidationResult)]


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


def _finding(results: Graph, result: Node, shapes_graph: Graph) -> Finding:
    def one(predicate: URIRef) -> Node | None:
        return results.value(result, predicate)

    shape, path, value = one(SH.sourceShape), one(SH.resultPath), one(SH.value)
    component = str(one(SH.sourceConstraintComponent))
    return Finding(
        severity=Severity(str(one(SH.resultSeverity)).removeprefix(str(SH))),
        cause=str(shape),
        component=component.removeprefix(str(SH)).removesuffix("ConstraintComponent"),
        message=_message(shape, shapes_graph) or Text(*[str(one(SH.resultMessage))] * 2),
        focus=str(one(SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
    )


def _message(shape: Node | None, shapes_graph: Graph) -> Text | None:
    """The message of the shape in both languages, None where it has none."""
    said = {m.language: str(m) for m in shapes_graph.objects(shape, SH.message) if isinstance(m, Literal)}
    return Text(said["sv"], said["en"]) if {"sv", "en"} <= said.keys() else None
