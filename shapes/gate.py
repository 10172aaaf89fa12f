"""The gate: what is staged is checked against every shape and every rule before anyone sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import ParamSpec, Protocol, TypeVar

import pyoxigraph
from rdflib import Graph

from ontology.base import Base
from ontology.engine import ask_for_rows, bound_as_ntriples
from shapes.engines import Engine
from shapes.files import Rule, description_shapes, rules, shapes
from shapes.outlines import amiss
from shapes.reads import Standing
from shapes.report import BY_RULE, Finding, Place, Report, Severity, in_order
from shapes.screens import Amiss, is_screened

P = ParamSpec("P")
T = TypeVar("T")

_SOON = 0.1
"""Seconds within which somebody who has nothing to do begins with what is given to him."""

_AT_ONCE = min(4, os.cpu_count() or 1)
"""How many rules the engine is asked at a time."""


class Origins(Protocol):
    """From a finding to what stands in the tables."""

    def __call__(self, finding: Finding) -> Iterable[Place]:
        """The cells that caused it."""

    def called(self, thing: str) -> str:
        """A thing by its kind, key and name; empty where it is none of ours."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was found before, and of which things, by their IRIs, shapes may find something else now.

    `graphs` are all that shapes look at in these, as named graphs of sorted lines.
    """

    findings: tuple[Finding, ...]
    things: frozenset[str]
    graphs: Mapping[str, Iterable[str]]

    def holding(self) -> Iterator[Finding]:
        """What shapes found before and find again."""
        return (one for one in self.findings if one.component != BY_RULE and one.focus not in self.things)


Noted = Callable[[], frozenset[Amiss]]
"""What is amiss in the statements that are checked, waited for if need be."""


@dataclass(frozen=True, slots=True)
class Sparing:
    """What tells that a rule need not be asked: nothing that it finds is amiss, or it finds what it found before."""

    noted: Noted
    standing: Standing | None = None

    def stands(self, rule: Rule, base: Base) -> bool:
        """True where a rule finds what it found before."""
        return self.standing is not None and self.standing.holds_for(rule, base)


Judged = Callable[[], list[Finding]]
"""What the shapes find in the statements that are checked, waited for if need be."""


def check(  # noqa: PLR0913, PLR0917 - what is checked, and with what
    store: pyoxigraph.Store,
    graphs: Mapping[str, Iterable[str]],
    base: Base,
    origins: Origins,
    engine: Engine,
    judged: Judged | None = None,
    beside: Executor | None = None,
    sparing: Sparing | None = None,
) -> Report:
    """The report of all shapes and all rules over all graphs of a store taken together.

    `graphs` are the same named graphs as sorted lines, for the engine, and to tell that some rules would find nothing;
    what somebody has found in them is `judged` and `sparing`. The former is asked for while the rules are asked.
    What needs nothing but lines may be done `beside`, by processes that have nothing to do.
    """
    judged = judged or partial(judge, engine, graphs, base, beside)
    sparing = sparing or Sparing(partial(here_or, beside, amiss, graphs, base))
    with ThreadPoolExecutor(1) as aside:  # the store answers while the engine checks the shapes
        finding = aside.submit(_found_by_rules, store, base, sparing if engine.spares else None)
        found = [_traced(one, origins) for one in in_order(judged())]  # while the rules are asked
        found += [_traced(one, origins) for one in in_order(finding.result())]
    return Report(in_order(found))


def judge(
    engine: Engine,
    graphs: Mapping[str, Iterable[str]],
    base: Base,
    beside: Executor | None = None,
    earlier: Earlier | None = None,
) -> list[Finding]:
    """What the shapes find in named graphs of sorted lines, taken together.

    Where something was found earlier, they judge the things that have changed since then.
    """
    return begin_to_judge(engine, graphs, base, beside, earlier)()


def begin_to_judge(
    engine: Engine,
    graphs: Mapping[str, Iterable[str]],
    base: Base,
    beside: Executor | None = None,
    earlier: Earlier | None = None,
) -> Judged:
    """The same, which whoever is `beside` begins with as soon as he has nothing else to do."""
    if earlier is None:
        return begun(beside, engine.check, graphs, shapes(base))
    changed = begun(beside, engine.check, earlier.graphs, shapes(base), earlier.things)
    return lambda: [*earlier.holding(), *changed()]


def _found_by_rules(store: pyoxigraph.Store, base: Base, sparing: Sparing | None) -> list[Finding]:
    """What the rules find, several at a time; those that can be spared are asked last, if at all."""
    standing = [rule for rule in rules() if sparing and sparing.stands(rule, base)]
    screened = [rule for rule in rules() if sparing and is_screened(rule) and rule not in standing]
    asked = [rule for rule in rules() if rule not in standing and rule not in screened]
    found = [sparing.standing.found_by(rule) for rule in standing] if sparing and sparing.standing else []
    with ThreadPoolExecutor(_AT_ONCE) as aside:
        finding = [aside.submit(check_rule, store, rule, base) for rule in asked]
        if sparing:
            suspected = {name for sign in sparing.noted() for name in sign.rules}
            last = [rule for rule in screened if rule.name in suspected]
            finding += [aside.submit(check_rule, store, rule, base) for rule in last]
        return list(chain(*found, *(one.result() for one in finding)))


def here_or(beside: Executor | None, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What comes of a function, done beside this where somebody begins with it soon, else here."""
    return begun(beside, function, *args, **named)()


def begun(beside: Executor | None, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> Callable[[], T]:
    """What gives the same when it is asked for; somebody may begin with it now."""
    here = partial(function, *args, **named)
    if beside is None:
        return here
    doing = beside.submit(here)

    def asked() -> T:
        wait([doing], _SOON)
        return here_unless_begun(doing, here)

    return asked


def here_unless_begun(doing: Future[T], function: Callable[[], T]) -> T:
    """What somebody makes of a function, waited for; where nobody has begun with it, it is done here."""
    return function() if doing.cancel() else doing.result()


def _traced(finding: Finding, origins: Origins) -> Finding:
    """A finding with the cells that caused it, and what it is about."""
    return replace(finding, places=tuple(origins(finding)), called=origins.called(finding.focus))


def check_description(documents: Mapping[str, Graph], base: Base, engine: Engine) -> Report:
    """The report of what a release says of itself: each document by its name, against the shapes of that name."""
    found = chain.from_iterable(
        engine.check_graph(graph, base.localise_graph(description_shapes(name))) for name, graph in documents.items()
    )
    return Report(in_order(found))


def check_rules(store: pyoxigraph.Store, all_rules: Iterable[Rule], base: Base) -> Iterator[Finding]:
    """What the rules find, as findings without places."""
    return chain.from_iterable(check_rule(store, rule, base) for rule in all_rules)


def check_rule(store: pyoxigraph.Store, rule: Rule, base: Base) -> list[Finding]:
    """What one rule finds."""
    return [
        Finding(
            severity=Severity(rule.header.severity),
            cause=rule.name,
            component=BY_RULE,
            message=rule.header.message.text(),
            focus=row["focus"]["value"],
            path=row["path"]["value"] if "path" in row else None,
            value=row["value"]["value"] if "value" in row else None,
            term=bound_as_ntriples(row["value"]) if "value" in row else None,
        )
        for row in ask_for_rows(store, base.localise_text(rule.text))
    ]
