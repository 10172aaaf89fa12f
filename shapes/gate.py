"""The gate: what is staged is checked against every shape and every rule before anyone sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import chain
from typing import ParamSpec, Protocol, TypeVar

import pyoxigraph
from rdflib import Graph

from ontology.base import Base
from shapes.engines import Engine
from shapes.files import Rule, description_shapes, rules, shapes
from shapes.local import is_local
from shapes.reference import check_graph
from shapes.report import BY_RULE, Finding, Place, Report, Severity, in_order
from shapes.screens import amiss, is_screened

P = ParamSpec("P")
T = TypeVar("T")

_SOON = 0.1
"""Seconds within which somebody who has nothing to do begins with what is given to him."""

_AT_ONCE = max(1, min(4, (os.cpu_count() or 1) - 1))  # beside the engine of the shapes


class Origins(Protocol):
    """From a finding to what stands in the tables."""

    def __call__(self, finding: Finding) -> Iterable[Place]:
        """The cells that caused it."""

    def called(self, thing: str) -> str:
        """A thing by its kind, key and name; empty where it is none of ours."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was found of things that stand apart (`shapes/local.py`), and all that is near to the others.

    What is near is there as a store, and as named graphs of sorted lines.
    """

    findings: tuple[Finding, ...]
    near: pyoxigraph.Store
    graphs: Mapping[str, Iterable[str]]
    holds: Callable[[str], bool]  # True for the IRI of a thing that stands apart

    def decides(self, rule: Rule) -> bool:
        """True where a rule has found nothing, and finds on what is near all that it can find."""
        return is_local(rule) and all(finding.cause != rule.name for finding in self.findings)


def check(  # noqa: PLR0913, PLR0917 - what is checked, and with what
    store: pyoxigraph.Store,
    graphs: Mapping[str, Iterable[str]],
    base: Base,
    origins: Origins,
    engine: Engine,
    earlier: Earlier | None = None,
    beside: Executor | None = None,
) -> Report:
    """The report of all shapes and all rules over all graphs of a store taken together.

    `graphs` are the same named graphs as sorted lines, for the engine, and to tell that some rules would find nothing;
    where there is an earlier report, they are not looked at. What needs nothing but them may be done
    `beside`, by processes that have nothing to do.
    """
    lines = graphs if engine.spares and earlier is None else None
    with ThreadPoolExecutor(1) as aside:  # the store answers while the engine checks the shapes
        finding = aside.submit(_found_by_rules, store, base, lines, earlier, beside)
        checked = earlier.graphs if earlier else graphs
        by_shapes = _here_or(beside, engine.check, checked, shapes(base))
        by_rules = finding.result()
    if earlier:
        kept = (finding for finding in earlier.findings if finding.component != BY_RULE)
        by_shapes = [*_of_others(by_shapes, earlier), *(one for one in kept if earlier.holds(one.focus))]
    return Report(tuple(_traced(finding, origins) for finding in in_order([*by_shapes, *by_rules])))


def _found_by_rules(
    store: pyoxigraph.Store,
    base: Base,
    graphs: Mapping[str, Iterable[str]] | None,
    earlier: Earlier | None,
    beside: Executor | None,
) -> list[Finding]:
    """What the rules find, several at a time; those that the graphs can spare are asked last, if at all."""
    screened = [] if graphs is None else [rule for rule in rules() if is_screened(rule)]
    with ThreadPoolExecutor(_AT_ONCE) as aside:
        found = [aside.submit(_found_by, rule, store, base, earlier) for rule in rules() if rule not in screened]
        if graphs is not None:
            suspected = {name for sign in _here_or(beside, amiss, graphs, base) for name in sign.rules}
            last = [rule for rule in screened if rule.name in suspected]
            found += [aside.submit(_found_by, rule, store, base, earlier) for rule in last]
        return list(chain.from_iterable(one.result() for one in found))


def _here_or(beside: Executor | None, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What comes of a function, done beside this where somebody begins with it soon, else here."""
    if beside is None:
        return function(*args, **named)
    doing = beside.submit(function, *args, **named)
    wait([doing], _SOON)
    return function(*args, **named) if doing.cancel() else doing.result()


def _found_by(rule: Rule, store: pyoxigraph.Store, base: Base, earlier: Earlier | None) -> list[Finding]:
    if earlier is None or not earlier.decides(rule):
        return check_rule(store, rule, base)
    return _of_others(check_rule(earlier.near, rule, base), earlier)


def _of_others(findings: Iterable[Finding], earlier: Earlier) -> list[Finding]:
    """The findings on things that do not stand apart."""
    return [finding for finding in findings if not earlier.holds(finding.focus)]


def _traced(finding: Finding, origins: Origins) -> Finding:
    """A finding with the cells that caused it, and what it is about."""
    return replace(finding, places=tuple(origins(finding)), called=origins.called(finding.focus))


def check_description(documents: Mapping[str, Graph], base: Base) -> Report:
    """The report of what a release says of itself: each document by its name, against the shapes of that name."""
    found = chain.from_iterable(
        check_graph(graph, base.localise_graph(description_shapes(name))) for name, graph in documents.items()
    )
    return Report(in_order(found))


def check_rules(store: pyoxigraph.Store, all_rules: Iterable[Rule], base: Base) -> Iterator[Finding]:
    """What the rules find, as findings without places."""
    return chain.from_iterable(check_rule(store, rule, base) for rule in all_rules)


def check_rule(store: pyoxigraph.Store, rule: Rule, base: Base) -> list[Finding]:
    """What one rule finds."""
    answer = store.query(base.localise_text(rule.text), use_default_graph_as_union=True)
    if not isinstance(answer, pyoxigraph.QuerySolutions):
        raise TypeError(f"the rule {rule.name} is not a SELECT query")
    return [
        Finding(
            severity=Severity(rule.header.severity),
            cause=rule.name,
            component=BY_RULE,
            message=rule.header.message.text(),
            focus=row["focus"].value,
            path=None if row["path"] is None else row["path"].value,
            value=None if row["value"] is None else row["value"].value,
        )
        for row in answer
    ]
