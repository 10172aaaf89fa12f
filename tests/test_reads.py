"""Rules that are said to name all that they look at do, and they stand where nothing that they name came or went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
import pytest
from rdflib import RDF, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern, translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from ontology.base import Base
from ontology.text import Text
from shapes.files import Rule, rules
from shapes.reads import Standing, names
from shapes.report import BY_RULE, Finding, Severity
from tests.test_rules import BASES, Example, rows_in, rule

Bound = Mapping[Variable, frozenset[Node]]
"""The values that a variable can have, where the query lists them."""

_BY_CHANCE = {"Builtin_NOW", "Builtin_RAND", "Builtin_UUID", "Builtin_STRUUID", "ServiceGraphPattern", "Slice"}

NAMED = [one.name for one in rules() if one.header.named]


class _LooksFurther(Exception):
    """A query looks at what it does not name."""


def looked_at(text: str) -> set[str] | None:
    """The properties that a query looks at, and the classes where one is `rdf:type`; None where it may look further."""
    try:
        return set(_in(translateQuery(parseQuery(text)).algebra, {}))
    except _LooksFurther:
        return None


def _in(node: object, bound: Bound) -> Iterator[str]:
    """What a part of the algebra looks at, where some variables have listed values."""
    if isinstance(node, CompValue):
        if node.name in _BY_CHANCE:
            raise _LooksFurther
        if node.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            yield from _in(translateGroupGraphPattern(node.graph), {})
            return
        if node.name == "BGP":
            for triple in node.triples:
                yield from _in_triple(*triple, bound)
            return
        if node.name == "Graph" and node.p.name == "BGP" and not node.p.triples:
            raise _LooksFurther  # which graphs there are
        if node.name == "Join":
            bound = {**bound, **_listed(node)}
        elif node.name not in {"Extend", "Filter", "Graph", "Union"}:
            bound = {}
        for name, part in node.items():
            yield from _in(part, bound if name in {"p", "p1", "p2"} else {})
    elif isinstance(node, list | tuple | set):
        for part in node:
            yield from _in(part, {})


def _listed(node: CompValue) -> Bound:
    """The values that the tables of a join give to variables."""
    if node.name == "Join":
        return {**_listed(node.p1), **_listed(node.p2)}
    if node.name != "ToMultiSet" or not isinstance(rows := node.p.get("res"), list):
        return {}
    variables = frozenset(variable for row in rows for variable in row)
    whole = [variable for variable in variables if all(isinstance(row.get(variable), Node) for row in rows)]
    return {variable: frozenset(row[variable] for row in rows) for variable in whole}


def _in_triple(_: Node, path: Node, value: Node, bound: Bound) -> Iterator[str]:
    for step in _values(path, bound) if isinstance(path, Variable) else _steps(path):
        if step == RDF.type:
            yield from map(str, _values(value, bound))
        else:
            yield str(step)


def _values(term: Node, bound: Bound) -> Iterable[Node]:
    if isinstance(term, Variable):
        if term not in bound:
            raise _LooksFurther
        return bound[term]
    return [term]


def _steps(path: object) -> Iterator[URIRef]:
    """The properties of a path; one that may have no step at all goes to everything there is."""
    match path:
        case URIRef():
            yield path
        case InvPath():
            yield from _steps(path.arg)
        case SequencePath() | AlternativePath():
            for part in path.args:
                yield from _steps(part)
        case MulPath(mod="+"):
            yield from _steps(path.path)
        case _:
            raise _LooksFurther


@pytest.mark.parametrize("name", [one.name for one in rules()])
def test_a_rule_is_said_to_name_all_that_it_looks_at_if_and_only_if_it_does(name):
    asked = rule(name)
    found = looked_at(asked.text)
    assert asked.header.named == (found is not None)
    assert (found or set()) <= names(asked, Base())


def test_a_query_that_may_look_further_is_none_that_names_all():
    for pattern in (
        "?focus ?path ?value",
        "?focus a ?value",
        "?focus <a:p>* ?value",
        "?focus !<a:p> ?value",
        "GRAPH ?focus {}",
        "?focus <a:p> ?value FILTER EXISTS { ?value ?path ?other }",
        "VALUES ?path { <a:p> } { SELECT ?focus { ?focus ?path ?value } }",
        "VALUES ?path { <a:p> UNDEF } ?focus ?path ?value",
        "?focus <a:p> ?value MINUS { ?focus ?path ?other }",
        "BIND(NOW() AS ?value) ?focus <a:p> ?value",
    ):
        assert looked_at(f"SELECT * {{ {pattern} }}") is None, pattern
    for pattern in (
        "VALUES ?path { <a:p> <a:q> } ?focus ?path ?value",
        "?focus <a:p>/^<a:q>+ ?value",
        "GRAPH ?graph { ?focus <a:p> ?value } FILTER NOT EXISTS { ?value <a:q> ?other }",
    ):
        assert looked_at(f"SELECT * {{ {pattern} }}") == ({"a:p"} if "q" not in pattern else {"a:p", "a:q"}), pattern
    assert looked_at("SELECT * { ?focus a <a:C> ; <a:p> ?value }") == {"a:C", "a:p"}


def _told_by(quad: ox.Quad) -> str:
    """What tells a rule that it is touched by a statement that comes or goes."""
    term = quad.object if quad.predicate.value == str(RDF.type) else quad.predicate
    return term.value if isinstance(term, ox.NamedNode) else str(term)


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.iri)
@pytest.mark.parametrize("name", NAMED)
def test_a_rule_finds_the_same_without_all_that_it_does_not_name(name, base):
    asked = rule(name)
    named = names(asked, base)
    of_others = (quad for one in rules() for quad in Example(one.name, "invalid").store(base))
    store, less = Example(name, "invalid").store(base), ox.Store()
    less.extend(quad for quad in store if _told_by(quad) in named)
    store.extend(quad for quad in of_others if _told_by(quad) not in named)
    assert 0 < len(less) < len(store)
    found = sorted(rows_in(store, asked, base))
    assert found
    assert sorted(rows_in(less, asked, base)) == found


def _finding(of: Rule, component: str = BY_RULE) -> Finding:
    return Finding(Severity.WARNING, of.name, component, Text("x", "x"), "a:focus")


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.iri)
def test_a_rule_stands_where_nothing_that_it_names_came_or_went(base):
    asked, other = rule("row-of-another-table"), rule("skos-integrity")
    local = base.localise(URIRef(f"{Base().iri}spec/table"))
    findings = (_finding(asked), _finding(other), _finding(asked, "MinCount"))
    for changed, holds in (({"a:other"}, True), ({str(local)}, False), ({"a:other", str(local)}, False)):
        assert Standing(findings, frozenset(changed)).holds_for(asked, base) is holds
    assert Standing(findings, frozenset()).found_by(asked) == [findings[0]]
    assert not any(Standing((), frozenset()).holds_for(one, base) for one in rules() if not one.header.named)
