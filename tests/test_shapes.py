"""The shapes and their examples hold each other in place: remove any constraint, and an example notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import pytest
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF
from rdflib.term import Node

from ontology import iri
from ontology.base import CANONICAL, Base
from ontology.kinds import KINDS
from ontology.namespaces import prefixes
from ontology.schemes import SCHEMES, Profile  # profiles are said of documents, which no shape sees
from shapes.files import shape_texts, shapes
from shapes.reference import check_graph
from shapes.report import Finding, Severity

SHAPES = CANONICAL + "shapes/"
THINGS = CANONICAL + "id/"
EXPECTS = re.compile(r"^# expects: (\S+) (\S+) (\w+) (Violation|Warning|Info)$", re.MULTILINE)

LOOK_BEHIND = re.compile(
    r"\(\?<=[^)]*\)"
)  # the regular expressions of SHACL have none; a row's key is held by its table

# What says what a shape demands. Partners mean nothing without each other, and are removed together.
PARTNERS = (
    (SH.targetClass,),
    (SH.property,),
    (SH.closed, SH.ignoredProperties),
    (SH.minCount,),
    (SH.maxCount,),
    (SH.datatype,),
    (SH.nodeKind,),
    (SH["class"],),
    (SH.pattern, SH.flags),
    (SH.minInclusive,),
    (SH.maxInclusive,),
    (SH.languageIn,),
    (SH.uniqueLang,),
    (SH["in"],),
    (SH["or"],),
    (SH.qualifiedValueShape, SH.qualifiedMinCount),
)
# Also on its own: a closed shape must not report what it is told to ignore.
DEMANDS = (*PARTNERS, (SH.ignoredProperties,))
# What describes a shape, and demands nothing.
DESCRIPTIONS = {RDF.type, SH.path, SH.name, SH.order, SH.severity, SH.message}


class Expected(NamedTuple):
    """One result of an example, as its `# expects:` line states it."""

    focus: str
    path: str
    component: str
    severity: str


@dataclass(frozen=True)
class Example:
    """One example file: `{kind}.{valid|invalid}.{case}.ttl`."""

    kind: str
    validity: str
    case: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.kind}.{self.validity}.{self.case}"

    @property
    def expected(self) -> list[Expected]:
        return [Expected(*found) for found in EXPECTS.findall(self.text)]

    def graph(self) -> Graph:
        """The triples, with a base for the things of this file alone, so that the examples of a kind can be merged."""
        own = Base(f"https://{self.validity}-{self.case}.example/")
        graph = Graph(bind_namespaces="none")
        for triple in Graph(bind_namespaces="none").parse(data=self.text, format="turtle"):
            graph.add(tuple(own.localise(t) if str(t).startswith(THINGS) else t for t in triple))
        return graph


@cache
def examples() -> tuple[Example, ...]:
    folder = files("shapes").joinpath("examples")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".ttl"))
    return tuple(
        Example(*name.removesuffix(".ttl").split("."), folder.joinpath(name).read_text(encoding="utf-8"))
        for name in names
    )


@cache
def shapes_of(kind: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=shape_texts().get(kind, ""), format="turtle")


@cache
def all_shapes() -> Graph:
    return Graph(bind_namespaces="none").parse(data=shapes(Base()), format="turtle")


def targets(graph: Graph) -> set[Node]:
    return set(graph.subjects(SH.targetClass))


@cache
def data_of(kind: str) -> Graph:
    """The examples of a kind in one graph."""
    merged = Graph(bind_namespaces="none")
    for example in examples():
        if example.kind == kind:
            merged += example.graph()
    return merged


@cache
def owners(kind: str) -> dict[str, str]:
    """The things that the shapes of a kind speak of, and the example each stands in."""
    classes = set(shapes_of(kind).objects(None, SH.targetClass))
    owner: dict[str, str] = {}
    for example in examples():
        if example.kind == kind:
            for cls in classes:
                for thing in example.graph().subjects(RDF.type, cls):
                    assert str(thing) not in owner, f"{thing} stands in {owner[str(thing)]} and in {example.name}"
                    owner[str(thing)] = example.name
    return owner


def short(term: str | None) -> str:
    """A prefixed name or, for our things, `{kind}/{key}`; a hyphen for nothing."""
    if term is None:
        return "-"
    if "/id/" in term:
        return term.partition("/id/")[2]
    for prefix, namespace in prefixes().items():
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return term


def as_expected(finding: Finding) -> Expected:
    return Expected(short(finding.focus), short(finding.path), finding.component, finding.severity.value)


def check(data: Graph, graph: Graph) -> list[Finding]:
    """What shapes find in data; pySHACL writes into the graph of shapes that it is given, so it gets its own."""
    own = Graph(bind_namespaces="none")
    own += graph
    return check_graph(data, own)


@cache
def findings_of(kind: str) -> dict[str, list[Finding]]:
    """What the shapes of a kind find in its examples, by example."""
    found: dict[str, list[Finding]] = {example.name: [] for example in examples() if example.kind == kind}
    for finding in check(data_of(kind), shapes_of(kind)):
        found[owners(kind)[finding.focus]].append(finding)
    return found


# ---- the examples


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("validity", ["valid", "invalid"])
def test_every_kind_has_a_shape_and_examples(kind, validity):
    assert kind in shape_texts(), f"shapes/{kind}.ttl is missing"
    found = [example for example in examples() if (example.kind, example.validity) == (kind, validity)]
    assert found, f"shapes/examples/{kind}.{validity}.….ttl is missing"


def test_no_shape_or_example_is_of_an_unknown_kind():
    assert shape_texts().keys() <= KINDS.keys()
    assert {example.kind for example in examples()} <= KINDS.keys()
    assert {example.validity for example in examples()} == {"valid", "invalid"}


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_begins_with_what_it_shows(example):
    first = example.text.partition("\n")[0]
    assert re.match(r"# [A-Z].*\.$", first), first
    assert example.text.count("# expects:") == len(example.expected), "an expects line cannot be read"
    assert bool(example.expected) == (example.validity == "invalid")


@pytest.mark.parametrize("example", [e for e in examples() if e.validity == "valid"], ids=lambda example: example.name)
def test_a_valid_example_gives_no_violation_and_no_warning(example):
    found = findings_of(example.kind)[example.name]
    assert [as_expected(finding) for finding in found if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    "example", [e for e in examples() if e.validity == "invalid"], ids=lambda example: example.name
)
def test_an_invalid_example_gives_what_it_expects(example):
    found = Counter(as_expected(finding) for finding in findings_of(example.kind)[example.name])
    assert found == Counter(example.expected)


def test_examples_give_the_same_on_another_base():
    base = Base("http://localhost:8000/")
    data = Graph(bind_namespaces="none")
    for example in examples():
        if example.kind == "objective" and example.case == "wrong-sort":
            data.parse(data=base.localise_text(example.text), format="turtle")
            expected = example.expected
    found = check_graph(data, base.localise_graph(shapes_of("objective")))
    moved = [replace(finding, path=finding.path and finding.path.replace(base.iri, CANONICAL)) for finding in found]
    assert Counter(map(as_expected, moved)) == Counter(expected)


# ---- the shapes themselves


@pytest.mark.parametrize("kind", KINDS)
def test_every_shape_has_an_iri_of_its_kind(kind):
    graph = shapes_of(kind)
    lists = set(graph.subjects(RDF.first))
    assert {node for node in graph.subjects() if isinstance(node, BNode)} == lists, "only lists may be blank nodes"
    names = {str(node) for node in graph.subjects() if isinstance(node, URIRef)}
    assert SHAPES + kind in names
    assert [name for name in names if name != SHAPES + kind and not name.startswith(f"{SHAPES}{kind}-")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_shapes_of_a_kind_target_its_class_and_close_it(kind):
    graph, node = shapes_of(kind), URIRef(SHAPES + kind)
    assert graph.value(node, SH.targetClass) == KINDS[kind].cls
    assert graph.value(node, SH.closed) == Literal(True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_iri_pattern_is_that_of_the_kind(kind):
    pattern = str(shapes_of(kind).value(URIRef(f"{SHAPES}{kind}-iri"), SH.pattern))
    namespace, key = KINDS[kind].namespace, LOOK_BEHIND.sub("", KINDS[kind].key)
    before = f"/id/{kind}/" if namespace is None else f"^{namespace.replace('.', chr(92) + '.')}"
    assert pattern in {f"{before}{key}$", f"{before}(?:{key})$"}


@pytest.mark.parametrize("scheme", [s for s in SCHEMES if s is not Profile], ids=lambda scheme: scheme.scheme())
def test_a_list_of_concepts_is_the_whole_scheme(scheme):
    concepts = {iri.concept(member) for member in scheme}
    graph = all_shapes()
    lists = [set(Collection(graph, found)) for shape in reporting(graph) for found in graph.objects(shape, SH["in"])]
    assert concepts in lists


def reporting(graph: Graph) -> set[Node]:
    """The shapes whose results stand in a report: the targeted ones, and the properties of these."""
    targeted = targets(graph)
    return targeted | {p for shape in targeted for p in graph.objects(shape, SH.property)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_shape_explains_itself_in_two_languages(kind):
    graph = shapes_of(kind)
    for shape in reporting(graph):
        assert (shape, RDF.type, None) in graph, f"{shape} has no type"
        assert graph.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}, f"{shape} has no severity"
        assert in_both(graph, shape, SH.message), f"{shape} lacks a message in Swedish or English"
        assert all(str(m)[-1:] == "." for m in graph.objects(shape, SH.message)), (
            f"the message of {shape} is no sentence"
        )
        if (shape, RDF.type, SH.PropertyShape) in graph:
            assert in_both(graph, shape, SH.name), f"{shape} lacks a name in Swedish or English"
            assert graph.value(shape, SH.order) is not None, f"{shape} has no place in the order"


def in_both(graph: Graph, shape: Node, predicate: URIRef) -> bool:
    return sorted(m.language for m in graph.objects(shape, predicate) if isinstance(m, Literal)) == ["en", "sv"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_properties_of_a_shape_have_an_order_without_gaps(kind):
    graph = shapes_of(kind)
    for shape in targets(graph):
        properties = set(graph.objects(shape, SH.property))
        if kind == "row" and shape == URIRef(SHAPES + "row"):
            properties = set(graph.subjects(SH.path)) & targets(graph)
            assert properties, "the properties of a row target their class themselves"
        order = sorted(int(str(graph.value(p, SH.order))) for p in properties)
        assert order == list(range(1, len(order) + 1)), shape


def test_a_finding_carries_the_message_in_both_languages():
    finding = next(
        f for f in findings_of("objective")["objective.invalid.missing"] if short(f.path) == "mg:followedUpBy"
    )
    assert finding.message.sv.startswith("Miljökvalitetsmålet ska ha en uppföljningsansvarig aktör")
    assert finding.message.en.startswith("The environmental quality objective must have an actor")


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_a_shape_says_is_known_here(kind):
    """A constraint parameter that `PARTNERS` does not list would escape the mutation test."""
    known = DESCRIPTIONS | {predicate for partners in PARTNERS for predicate in partners}
    said = {p for s, p, _ in shapes_of(kind) if isinstance(s, URIRef)}
    assert said <= known


# ---- mutations


class Demand(NamedTuple):
    """A constraint of a shape: its triples are removed together."""

    kind: str
    shape: URIRef
    triples: tuple[tuple[Node, Node, Node], ...]

    def __str__(self) -> str:
        """`objective-number-sh:minCount`, with the value where there are several."""
        _, predicate, value = self.triples[0]
        shown = f"={short(str(value)).removeprefix(SHAPES)}" if isinstance(value, URIRef) else ""
        return f"{self.shape.removeprefix(SHAPES)}-{str(predicate).removeprefix(str(SH))}{shown}"


def demands() -> Iterator[Demand]:
    for kind in KINDS:
        graph = shapes_of(kind)
        for shape in sorted({s for s in graph.subjects() if isinstance(s, URIRef)}):
            for first, *partners in DEMANDS:
                for value in sorted(graph.objects(shape, first)):
                    others = [t for predicate in partners for t in graph.triples((shape, predicate, None))]
                    yield Demand(kind, shape, ((shape, first, value), *others))


def about(graph: Graph, start: Node) -> Graph:
    """A shape with all that it refers to."""
    found, waiting = Graph(bind_namespaces="none"), [start]
    while waiting:
        node = waiting.pop()
        if (node, None, None) in found:
            continue
        for triple in graph.triples((node, None, None)):
            found.add(triple)
            waiting.append(triple[2])
    return found


@cache
def parts(kind: str) -> tuple[Graph, ...]:
    """The shapes of a kind in parts that can be run alone: each property by itself, each node shape as a whole."""
    graph, found = shapes_of(kind), []
    for node in sorted(targets(graph)):
        whole = about(graph, node)
        if (node, SH.closed, None) in graph:
            for prop in sorted(graph.objects(node, SH.property)):
                one = about(graph, prop)
                one += [
                    (node, SH.property, prop),
                    *graph.triples((node, SH.targetClass, None)),
                    (node, RDF.type, SH.NodeShape),
                ]
                found.append(one)
        found.append(whole)
    return tuple(found)


@cache
def results(kind: str, part: int) -> Counter[tuple[str, ...]]:
    return outcome(kind, parts(kind)[part])


def outcome(kind: str, graph: Graph) -> Counter[tuple[str, ...]]:
    found = check(data_of(kind), graph)
    return Counter((f.cause, f.focus, f.path or "", f.component, f.value or "") for f in found)


@pytest.mark.parametrize("demand", tuple(demands()), ids=str)
def test_an_example_notices_that_a_constraint_is_gone(demand):
    for number, part in enumerate(parts(demand.kind)):
        if demand.triples[0] in part:
            mutant = Graph(bind_namespaces="none")
            mutant += (triple for triple in part if triple not in demand.triples)
            if outcome(demand.kind, mutant) != results(demand.kind, number):
                return
    pytest.fail(f"no example of {demand.kind} needs {demand}: add one to shapes/examples")
