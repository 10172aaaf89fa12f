"""Queries that are meant to knock an endpoint over, by what they do: nest, multiply, grow or compute without an end."""

from __future__ import annotations

from collections.abc import Callable

NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""A query that computes for as long as it may."""

_NESTING: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "{" * n + "}" * n,
    "parentheses": lambda n: "FILTER(" + "(" * n + "1" + ")" * n + ")",
    "optional": lambda n: "OPTIONAL {" * n + "}" * n,
    "union": lambda n: "{ {} UNION " * n + "{}" + "}" * n,
    "exists": lambda n: "FILTER EXISTS {" * n + "}" * n,
    "minus": lambda n: "MINUS {" * n + "}" * n,
    "graph": lambda n: "GRAPH ?g {" * n + "}" * n,
    "subselects": lambda n: "{ SELECT * {" * n + "}}" * n,
    "functions": lambda n: "FILTER(" + "STR(" * n + "1" + ")" * n + ")",
    "conditions": lambda n: "FILTER(" + "IF(true, 1, " * n + "1" + ")" * n + ")",
    "lists of values": lambda n: "FILTER(" + "1 IN (" * n + "1" + ")" * n + ")",
    "collections": lambda n: "?s ?p " + "(" * n + "1" + ")" * n,
    "empty collections": lambda n: "?s ?p " + "(" * n + ")" * n,
    "blank nodes": lambda n: "?s ?p " + "[ ?p " * n + "1" + "]" * n,
    "paths": lambda n: "?s " + "(" * n + "<a:a>" + ")*" * n + " ?o",
    "triple terms": lambda n: "?s ?p " + "<<( ?s ?p " * n + "?o" + " )>>" * n,
    "annotations": lambda n: "?s ?p ?o " + "{| ?p ?o " * n + "|}" * n,
}
_IN_A_ROW: dict[str, Callable[[int], str]] = {
    "not": lambda n: "FILTER(" + "!" * n + "true)",
    "signs": lambda n: "FILTER(" + "-" * n + "1)",
    "sums": lambda n: "FILTER(1" + "+1" * n + ")",
    "or": lambda n: "FILTER(true" + "||true" * n + ")",
    "filters": lambda n: "FILTER(true)" * n,
    "unions": lambda n: "{} UNION " * n + "{}",
    "optionals": lambda n: "OPTIONAL { ?s ?p ?o }" * n,
    "patterns": lambda n: "?s ?p ?o . " * n,
    "chains": lambda n: " ".join(f"?s{i} ?p ?s{i + 1} ." for i in range(n)),
    "assignments": lambda n: " ".join(f"BIND (1 AS ?v{i})" for i in range(n)),
    "values": lambda n: "VALUES ?x {" + " 1" * n + "}",
    "steps": lambda n: "?s " + "/".join(["<a:a>"] * n) + " ?o",
    "alternatives": lambda n: "?s " + "|".join(["<a:a>"] * n) + " ?o",
}
_THREE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_LONG = 'CONCAT(STR(?a), STR(?d), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")'
_GROWTH = {
    "a product": f"SELECT * {{ {_THREE} }}",
    "a count of a product": f"SELECT (COUNT(*) AS ?n) {{ {_THREE} }}",
    "a sorted product": f"SELECT * {{ {_THREE} }} ORDER BY ?c ?f ?i",
    "a distinct product": f"SELECT DISTINCT ?a ?d ?g {{ {_THREE} }}",
    "a grouped product": f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {_THREE} }} GROUP BY ?a ?d ?g",
    "a graph of a product": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {_THREE} }}",
    "a concatenation": f"SELECT (GROUP_CONCAT({_LONG}) AS ?n) {{ ?a ?b ?c . ?d ?e ?f }}",
    "growth by REPLACE": "SELECT (STRLEN(?z) AS ?n) { BIND (REPLACE('aaaaaaaaaa', 'a', 'aaaaaaaaaaaaaaaaaaaa') AS ?x) "
    + "".join(f"BIND (REPLACE(?{a}, 'a', ?x) AS ?{b}) " for a, b in ("xy", "yw", "wv", "vu", "uz"))
    + "}",
    "growth by CONCAT": "SELECT (STRLEN(?v40) AS ?n) { BIND ('aaaaaaaaaa' AS ?v0) "
    + "".join(f"BIND (CONCAT(?v{i}, ?v{i}) AS ?v{i + 1}) " for i in range(40))
    + "}",
    "REGEX": f"SELECT (COUNT(*) AS ?n) {{ {_THREE} FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(a*)*(b*)*(c|d)*$')) }}",
    "a big REGEX": "ASK { FILTER(REGEX('a', '(((((a{1,99}){1,99}){1,99}){1,99}){1,99})')) }",
    "closure": "SELECT (COUNT(*) AS ?n) { ?a (<a:a>|!<a:a>)* ?b . ?b (<a:a>|!<a:a>)* ?c }",
    "closures": "SELECT * { ?a ((!<a:a>)*/(!<a:b>)+)* ?b }",
    "closure both ways": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:a>)+ ?b . ?b (!<a:a>|^!<a:a>)+ ?a }",
    "not exists": f"SELECT * {{ {_THREE} FILTER NOT EXISTS {{ ?a ?e ?i . ?i ?b ?j }} }}",
    "describe everything": "DESCRIBE * WHERE { ?a ?b ?c . ?d ?e ?f }",
    "an unknown function": "SELECT (<http://example.org/f>(1) AS ?n) {}",
    "an unknown aggregate": "SELECT (<http://example.org/f>(DISTINCT ?a) AS ?n) { ?a ?b ?c }",
    "a long name": "SELECT * { <http://example.org/" + "a" * 90_000 + "> ?p ?o }",
    "a long text": "SELECT * { ?s ?p '" + "å" * 45_000 + "' }",
    "a long variable": "SELECT * { ?" + "a" * 90_000 + " ?p ?o }",
    "nothing at all": "\x00",
    "zeros": "SELECT * { ?s ?p '\x00\x00' . \x00 }",
    "a number without an end": "SELECT (" + "9" * 90_000 + " AS ?n) {}",
    "a lone surrogate": r"SELECT * { ?s ?p '\uD800' }",
    "a power": "SELECT (?e AS ?n) { BIND (99999999999.9 * 99999999999.9 AS ?a) BIND (?a * ?a AS ?e) }",
    "a long offset": "SELECT * { ?s ?p ?o } OFFSET 99999999999999999999",
    "many columns": "SELECT " + " ".join(f"(1 AS ?v{i})" for i in range(3_000)) + " {}",
    "many keys": "SELECT * {} ORDER BY" + " (1)" * 3_000,
}


def queries() -> dict[str, str]:
    """Each of them by what it does."""
    nested = {f"{n} {name}": f"SELECT * {{ {form(n)} }}" for name, form in _NESTING.items() for n in (45, 3_000)}
    in_a_row = {f"{n} {name}": f"SELECT * {{ {form(n)} }}" for name, form in _IN_A_ROW.items() for n in (90, 3_000)}
    return nested | in_a_row | _GROWTH
