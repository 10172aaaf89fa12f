"""Every rule of the gate has an example that it finds and one that it passes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import pyoxigraph
import pytest

from ontology.base import Base
from ontology.engine import read_term
from ontology.namespaces import prefixes
from shapes.files import Rule, rules
from shapes.gate import check_rules
from tests import mutations

EXPECTS = re.compile(r"^# expects: (\S+) (\S+) (.+)$", re.MULTILINE)
BASES = (Base(), Base("http://localhost:8000/"))
FOLDER = files("shapes").joinpath("examples", "rules")
FEWER = "leaves fewer statements to compare with"


NEEDLESS = {
    ("graph-without-source", "GRAPH ?focus {  }"): FEWER,
    ("observation-in-another-series", "?path a qb:DimensionProperty ."): FEWER,
    ("observation-without-dimension", "?path a qb:DimensionProperty ."): FEWER,
    ("observation-without-dimension", "?focus a qb:Observation ."): FEWER,
    ("series-and-its-key", "?path a qb:DimensionProperty ."): FEWER,
    ("series-and-its-key", "?focus a qb:Slice ."): FEWER,
    ("skos-integrity", "HAVING ( COUNT ( ?name ) > 1 )"): FEWER,
    ("stray-white-space", "isLiteral ( ?value )"): "spares the IRIs, which never have white space at an end",
}
"""What may be taken away from a rule without a change in what it finds, and why it stands there all the same."""


class Expected(NamedTuple):
    """One row of a rule over an example, as its `# expects:` line states it."""

    focus: str
    path: str
    value: str


@dataclass(frozen=True)
class Example:
    """One example file: `{rule}.{valid|invalid}.trig`."""

    rule: str
    validity: str

    @property
    def name(self) -> str:
        return f"{self.rule}.{self.validity}.trig"

    @property
    def text(self) -> str:
        return FOLDER.joinpath(self.name).read_text(encoding="utf-8")

    @property
    def expected(self) -> list[Expected]:
        return [Expected(*found) for found in EXPECTS.findall(self.text)]

    def store(self, base: Base) -> pyoxigraph.Store:
        store = pyoxigraph.Store()
        store.load(base.localise_text(self.text).encode("utf-8"), format=pyoxigraph.RdfFormat.TRIG)
        return store


@cache
def rule(name: str) -> Rule:
    return next(rule for rule in rules() if rule.name == name)


def rows(example: Example, base: Base) -> Iterator[Expected]:
    """What the rule of an example finds in it."""
    yield from rows_in(example.store(base), rule(example.rule), base)


def rows_in(store: pyoxigraph.Store, asked: Rule, base: Base) -> Iterator[Expected]:
    """What a rule finds in a store."""
    for finding in check_rules(store, [asked], base):
        yield Expected(*(short(term, base) for term in (finding.focus, finding.path, finding.value)))


def short(term: str | None, base: Base) -> str:
    """A prefixed name, what follows `/id/` or the base, or the text itself without white space around it."""
    if term is None:
        return "-"
    if re.fullmatch(r"[0-9a-f]{30,}", term):
        return "_:board"
    for prefix, namespace in prefixes().items():
        if term.startswith(base.localise_text(f"<{namespace}>").strip("<>")):
            return f"{prefix}:{re.sub(r'^.*[/#]', '', term)}"
    return term.removeprefix(f"{base.iri}id/").removeprefix(base.iri).strip() or '""'


NAMES = [rule.name for rule in rules()]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_rule_finds_is_a_term_with_that_text(name):
    store = Example(name, "invalid").store(BASES[0])
    named = {str(quad.object) for quad in store if not isinstance(quad.object, pyoxigraph.BlankNode)}
    named |= {str(quad.subject) for quad in store} | {str(quad.graph_name) for quad in store}
    for found in check_rules(store, [rule(name)], BASES[0]):
        if found.term is None:
            assert found.value is None or short(found.value, BASES[0]) == "_:board"
        else:
            assert read_term(found.term).value == found.value
            assert found.term in named or not found.term.startswith("<")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("validity", ["valid", "invalid"])
def test_a_rule_has_an_example(name, validity):
    assert FOLDER.joinpath(f"{name}.{validity}.trig").is_file(), (
        f"shapes/examples/rules/{name}.{validity}.trig is missing"
    )


def test_no_example_is_of_an_unknown_rule():
    known = {f"{name}.{validity}.trig" for name in NAMES for validity in ("valid", "invalid")}
    assert {entry.name for entry in FOLDER.iterdir()} - known == set()


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.iri)
@pytest.mark.parametrize("name", NAMES)
def test_a_rule_passes_its_valid_example(name, base):
    example = Example(name, "valid")
    assert len(example.store(base)) > 0
    assert list(rows(example, base)) == []


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.iri)
@pytest.mark.parametrize("name", NAMES)
def test_a_rule_finds_what_its_invalid_example_expects(name, base):
    example = Example(name, "invalid")
    assert example.expected
    assert Counter(rows(example, base)) == Counter(example.expected)


def finds(name: str, text: str, stores: dict[str, pyoxigraph.Store]) -> dict[str, Counter[Expected]] | None:
    """What a query finds in the two examples of a rule; None where it cannot be asked or answers no rows of a rule."""
    changed = replace(rule(name), text=text)
    try:
        return {validity: Counter(rows_in(store, changed, Base())) for validity, store in stores.items()}
    except (SyntaxError, KeyError, AttributeError):
        return None


@pytest.mark.parametrize("name", NAMES)
def test_an_example_notices_whatever_is_taken_away_from_a_rule(name):
    """Each triple, condition, row and branch of the query is taken away once."""
    examples = {validity: Example(name, validity) for validity in ("valid", "invalid")}
    stores = {validity: example.store(Base()) for validity, example in examples.items()}
    whole = {validity: Counter(example.expected) for validity, example in examples.items()}
    prefixes_, part = mutations.read(rule(name).text)
    assert finds(name, f"{prefixes_}\n{part.text()}", stores) == whole, "the query is not read as it is written"
    smaller = list(mutations.mutants(rule(name).text))
    assert smaller
    unnoticed = {taken for taken, text in smaller if finds(name, text, stores) == whole}
    assert unnoticed == {taken for of, taken in NEEDLESS if of == name}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("validity", ["valid", "invalid"])
def test_an_example_begins_with_what_it_shows(name, validity):
    example = Example(name, validity)
    assert re.match(r"# [A-Z].*\.\n", example.text)
    assert example.text.count("# expects:") == len(example.expected), "an expects line cannot be read"


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_projects_focus_path_and_value(name):
    answer = pyoxigraph.Store().query(rule(name).text)
    assert [variable.value for variable in answer.variables] == ["focus", "path", "value"]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_says_what_is_wrong_in_sentences(name):
    for message in rule(name).header.message.text():
        assert message.endswith(".")
        assert message[0].isupper()


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_fast_where_data_grow(name):
    assert "NOT EXISTS" not in rule(name).text, "use MINUS: it is hundreds of times faster here"
