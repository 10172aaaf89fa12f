"""The engines of the gate find the same, in clean data and in data that break every constraint of every shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, count

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, XSD, Graph, URIRef
from rdflib.term import Node

from loaders.build import build
from loaders.composing import compose
from loaders.curated import read_all
from loaders.release import Release, Releases
from ontology.base import CANONICAL, Base
from ontology.kinds import KINDS
from shapes import reference
from shapes.alike import Likenesses
from shapes.classes import ClassTable
from shapes.engines import Choice
from shapes.files import description_shapes, description_texts, shape_texts, shapes
from shapes.ordinary import is_ordinary
from shapes.report import Finding
from shapes.sight import sight
from shapes.stretches import stretches, tails
from tests.conftest import BASE
from tests.test_parts import whole
from tests.test_shapes import examples, reporting, shapes_of

fast = pytest.importorskip("shapes.fast", reason="the package shacl is not built for this machine")
parts = pytest.importorskip("shapes.parts")

Value = ox.NamedNode | ox.Literal

COMPONENTS = {
    SH.closed: "Closed",
    SH.minCount: "MinCount",
    SH.maxCount: "MaxCount",
    SH.datatype: "Datatype",
    SH.nodeKind: "NodeKind",
    SH["class"]: "Class",
    SH.pattern: "Pattern",
    SH.minInclusive: "MinInclusive",
    SH.maxInclusive: "MaxInclusive",
    SH.languageIn: "LanguageIn",
    SH.uniqueLang: "UniqueLang",
    SH["in"]: "In",
    SH["or"]: "Or",
    SH.qualifiedMinCount: "QualifiedMinCount",
}
"""What a result calls the constraint that a parameter makes."""


def typed(datatype: str, *written: str) -> list[Value]:
    return [ox.Literal(text, datatype=ox.NamedNode(datatype)) for text in written]


ODD: list[Value] = [
    ox.NamedNode("http://example.org/Ünknown%20thing"),
    ox.NamedNode(f"{CANONICAL}id/county/12"),
    ox.Literal(""),
    ox.Literal("8"),
    ox.Literal("2024-02-30"),
    ox.Literal("A text of two lines.\nWith a break."),
    ox.Literal("8\n"),
    ox.Literal("A tab\tand a \x1f control."),
    *(ox.Literal("Sjö", language=tag) for tag in ("sv", "en", "fr", "sv-FI")),
    *typed(XSD.integer, "0", "1", "-1", "1000", "007", "+8", "8.0", "8,5", " 8", "", "12345678901234567890"),
    *typed(XSD.decimal, "8", "-1.50", "08.5", ".5", "1e3", "NaN", "x"),
    *typed(XSD.double, "8.0", "8E0", "INF", "NaN", "x"),
    *typed(XSD.gYear, "2024", "1899", "0000", "-0044", "12020", "24", "2024Z", "2024-01", "x", ""),
    *typed(XSD.gYearMonth, "2024-02", "2024-13", "2024", "x"),
    *typed(XSD.date, "2024-02-29", "2023-02-29", "2024-13-01", "2024-2-9", "2024-02-29Z", "0000-01-01", "12020-01-01"),
    *typed(XSD.date, "-0044-03-15", "2024-01-01T00:00:00", "2024", "x", ""),
    *typed(XSD.dateTime, "2024-02-29T12:00:00Z", "2024-02-29T24:00:00", "2024-02-29", "x"),
    *typed(XSD.boolean, "true", "false", "1", "TRUE", "x"),
    *typed(XSD.anyURI, "https://example.org/", "a b"),
    *typed(XSD.nonNegativeInteger, "8", "-8", "0", "08"),
    *typed(XSD.hexBinary, "00ff", "00FF", "0f0", "x"),
    *typed(XSD.duration, "P1Y", "P0Y", "P1M", "1Y"),
    *typed("http://example.org/type", "8", "x\n"),
]
"""Values that no shape asks for, or asks for in another place: of every type, well and badly written."""


STRANGER = ox.NamedNode("http://example.org/strange")
ALWAYS: list[list[Value]] = [
    [],
    [STRANGER],
    [ox.Literal("8")],
    [ox.Literal("Sjö", language="fr")],
    [ox.Literal("Sjö", language="sv"), ox.Literal("Å", language="sv"), ox.Literal("Lake", language="en")],
]
"""What every property is given once in place of its values, whatever it asks for."""
SHARE = 4  # each property is given one in so many of the odd values, besides all of the type it asks for


def text_of(triples: Iterable[ox.Triple]) -> str:
    """Some triples as N-Triples, each once."""
    return ox.serialize(dict.fromkeys(triples), format=ox.RdfFormat.N_TRIPLES).decode("utf-8")


def graphs_of(text: str, number: int = 1) -> dict[str, list[str]]:
    """The triples of a text in so many named graphs, as sorted lines."""
    lines = sorted(line.removesuffix(" .") for line in text.split("\n") if line)
    return {str(graph): lines[graph::number] for graph in range(number)}


def assert_the_same(found: list[Finding], expected: list[Finding]) -> None:
    """The findings are the same, each as often; a failure shows the first that are not."""
    only_fast, only_reference = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    assert (list(only_fast.items())[:5], list(only_reference.items())[:5]) == ([], [])


def demands(shape_graph: Graph) -> set[tuple[str, str]]:
    """Every constraint of shapes that give results: the shape, and what a result calls the constraint."""
    return {
        (str(shape), COMPONENTS[parameter])
        for shape in reporting(shape_graph)
        for parameter in shape_graph.predicates(shape)
        if parameter in COMPONENTS
    }


# ---- the shapes


def test_the_shapes_are_shacl():
    text = shapes(Base())
    conforms, _, told = pyshacl.validate(
        Graph(), shacl_graph=Graph(bind_namespaces="none").parse(data=text, format="turtle"), meta_shacl=True
    )
    assert conforms, told


# ---- clean data


def test_the_engines_find_the_same_in_a_release(release):
    store, text = ox.Store.read_only(str(release.store)), shapes(release.base)
    triples = text_of(quad.triple for quad in store)
    found = fast.check(triples, text)
    assert found
    assert_the_same(found, reference.check(triples, text))
    assert_the_same(parts.check(graphs_of(triples), text), found)


# ---- data broken against every constraint


def broken(kind: str) -> Iterator[ox.Triple]:
    """Things of a kind from the valid examples, and copies of each in which one property or the IRI is wrong."""
    number = count()
    shape_graph = shapes_of(kind)
    valid = [e.graph().serialize(format="nt") for e in examples() if (e.kind, e.validity) == (kind, "valid")]
    triples = [quad.triple for quad in ox.parse("".join(valid), format=ox.RdfFormat.N_TRIPLES)]
    yield from triples
    for cls in set(shape_graph.objects(None, SH.targetClass)):
        thing, said = fullest(triples, ox.NamedNode(cls))
        for each in said:
            yield ox.Triple(ox.NamedNode(f"http://example.org/{next(number)}"), each.predicate, each.object)
        for predicate, values in wrong_values(shape_graph):
            copy = ox.NamedNode(re.sub(r"^https?://[^/]+/", f"https://m{next(number)}.example/", thing))
            for each in said:
                if each.predicate != predicate:
                    yield ox.Triple(copy, each.predicate, each.object)
            for value in values:
                yield ox.Triple(copy, predicate, value)


def fullest(triples: list[ox.Triple], cls: ox.NamedNode) -> tuple[str, list[ox.Triple]]:
    """The thing of a class of which most is said, the first of several, and all that is said of it."""
    things = {triple.subject for triple in triples if triple.object == cls and triple.predicate.value == str(RDF.type)}
    said = {thing: [triple for triple in triples if triple.subject == thing] for thing in things}
    thing = max(sorted(said, key=str), key=lambda thing: len(said[thing]))
    return thing.value, said[thing]


def wrong_values(shape_graph: Graph) -> Iterator[tuple[ox.NamedNode, list[Value]]]:
    """Every property that shapes speak of, and one that they do not know, with values that break it, or might."""
    datatypes = {path: set[str]() for path in sorted(str(path) for path in shape_graph.objects(None, SH.path))}
    for shape, path in shape_graph.subject_objects(SH.path):
        datatypes[str(path)].update(map(str, shape_graph.objects(shape, SH.datatype)))
    yield STRANGER, [STRANGER]
    for number, (path, asked) in enumerate(datatypes.items()):
        of_the_type = [value for value in ODD if isinstance(value, ox.Literal) and value.datatype.value in asked]
        some = dict.fromkeys([*of_the_type, *ODD[number % SHARE :: SHARE]])
        yield from ((ox.NamedNode(path), values) for values in chain(ALWAYS, ([value] for value in some)))


@cache
def found_in_broken(kind: str) -> list[Finding]:
    return fast.check(text_of(broken(kind)), shape_texts()[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_the_engines_find_the_same_in_broken_data_of_every_kind(kind):
    found = found_in_broken(kind)
    missed = demands(shapes_of(kind)) - {(finding.cause, finding.component) for finding in found}
    assert not missed, "the broken data leave these constraints whole"
    assert_the_same(found, reference.check(text_of(broken(kind)), shape_texts()[kind]))


@cache
def broken_of_all_kinds() -> tuple[str, list[Finding]]:
    """Broken data of all kinds together, and what is found in them as a whole."""
    text = text_of(chain.from_iterable(map(broken, KINDS)))
    return text, fast.check(text, shapes(Base()))


# ---- what a release says of itself


def description(release: Release, name: str) -> Graph:
    """A document of a release as rdflib reads it."""
    text = (release.path / "about" / f"{name}.ttl").read_bytes()
    return reference.graph_of(ox.parse(text, format=ox.RdfFormat.TURTLE))


def shapes_of_description(release: Release, name: str) -> Graph:
    return release.base.localise_graph(description_shapes(name))


def broken_description(graph: Graph, shape_graph: Graph, may_be: Callable[[Node, Value], bool]) -> Graph:
    """A document, and copies of what each shape looks at in which one property has other values, if they may be so."""
    number, found = count(), Graph(bind_namespaces="none")
    for triple in graph:
        found.add(triple)
    proven, _ = fast._apart(shape_graph)  # pySHACL cannot compare with one another what it compares in the other shapes
    for shape, how, target in targets(proven):
        if not targeted(graph, how, target):
            continue
        of_shape = shape_graph.cbd(shape)
        for each in shape_graph.objects(shape, SH.property):
            of_shape += shape_graph.cbd(each)
        thing = max(sorted(targeted(graph, how, target)), key=lambda thing: len(list(graph.predicates(thing))))
        for predicate, values in wrong_values(of_shape):
            copy, path = URIRef(f"http://m{next(number)}.example/"), URIRef(predicate.value)
            if not all(may_be(path, value) for value in values):
                continue
            for said, value in graph.predicate_objects(thing):
                if said != path:
                    found.add((copy, said, value))
            for value in values:
                found.add((copy, path, reference._term(value)))
            if how == SH.targetObjectsOf:
                found.add((URIRef(f"{copy}whole"), target, copy))
    return found


def targets(shape_graph: Graph) -> list[tuple[Node, URIRef, Node]]:
    kinds = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
    return sorted((shape, how, target) for how in kinds for shape, target in shape_graph.subject_objects(how))


def targeted(graph: Graph, how: URIRef, target: Node) -> set[Node]:
    if how == SH.targetClass:
        return set(graph.subjects(RDF.type, target))
    return set(graph.objects(None, target) if how == SH.targetObjectsOf else graph.subjects(target))


def is_left_to_none(shape_graph: Graph) -> Callable[[Node, Value], bool]:
    """What tells the values that the fast engine judges by itself."""
    with_a_range = {shape_graph.value(shape, SH.path) for shape in shape_graph.subjects(SH.minInclusive)}
    of_things = set(shape_graph.objects(None, SH.targetObjectsOf))

    def is_usual(path: Node, value: Value) -> bool:
        is_text = isinstance(value, ox.Literal)
        fits = is_text and value.datatype.value == str(XSD.integer) if path in with_a_range else True
        return is_ordinary(str(value)) and fits and not (is_text and path in of_things)

    return is_usual


@pytest.mark.parametrize("name", description_texts())
def test_the_engines_find_the_same_in_broken_descriptions(release, name, monkeypatch):
    shape_graph = shapes_of_description(release, name)
    is_usual, usual = is_left_to_none(shape_graph), Graph(bind_namespaces="none")
    for thing, path, value in description(release, name):
        if not value.endswith("\n"):  # as the text of a query does
            usual.add((thing, path, value))
    graph = broken_description(usual, shape_graph, is_usual)
    expected = reference.check_graph(graph, shapes_of_description(release, name))
    assert len(expected) > 100
    left: list[int] = []
    whole = reference.check_graph
    monkeypatch.setattr(reference, "check_graph", lambda data, shapes: left.append(len(shapes)) or whole(data, shapes))
    assert_the_same(fast.check_graph(graph, shape_graph), expected)
    assert sum(left) < len(shape_graph) / 5, "pySHACL was given shapes that the fast engine should have judged"


@pytest.mark.parametrize("name", description_texts())
def test_the_engines_find_the_same_in_descriptions_with_odd_values(release, name):
    shape_graph = shapes_of_description(release, name)
    graph = broken_description(description(release, name), shape_graph, lambda _path, _value: True)
    expected = reference.check_graph(graph, shapes_of_description(release, name))
    assert_the_same(fast.check_graph(graph, shape_graph), expected)


# ---- in parts


@pytest.mark.parametrize("number", [1, 3])
def test_in_parts_the_same_is_found_in_broken_data_of_all_kinds(number, monkeypatch):
    """What is said of a thing stands in several graphs, and one thing of each likeness is checked before the others."""
    text, expected = broken_of_all_kinds()
    monkeypatch.setattr(parts, "PART", 3000)
    monkeypatch.setattr(parts, "FIRST", 1)
    assert_the_same(parts.check(graphs_of(text, number), shapes(Base())), expected)


def test_in_parts_the_same_is_found_in_what_the_tables_say(monkeypatch):
    said, text = compose(read_all(), BASE).graphs, shapes(BASE)
    monkeypatch.setattr(parts, "PART", 2000)
    monkeypatch.setattr(parts, "FIRST", 3)
    assert Counter(parts.check(said, text)) == Counter(fast.check(whole(said), text))


def test_things_that_are_alike_are_all_found_wanting_or_none():
    text, expected = broken_of_all_kinds()
    seen = sight(ox.parse(shapes(Base()), format=ox.RdfFormat.TURTLE))
    said = graphs_of(text)
    likenesses = Likenesses(seen, ClassTable(map(stretches, said.values())))
    wanting = {finding.focus for finding in expected}
    found: dict[object, set[bool]] = {}
    number = 0
    for thing, of_it in tails(said["0"]):
        (likeness,) = looked_at.likenesses([thing]) if (looked_at := likenesses.seen(of_it)) else (None,)
        if likeness is not None:
            number += likeness in found
            found.setdefault(likeness, set()).add(fast.plain(thing) in wanting)
    assert number > 1000
    assert not [likeness for likeness, are_wanting in found.items() if len(are_wanting) > 1]


def test_the_broken_data_give_more_than_ten_thousand_results_with_days_and_years_among_them():
    found = [finding for kind in KINDS for finding in found_in_broken(kind)]
    assert len(found) > 10_000
    graph = Graph(bind_namespaces="none").parse(data=shapes(Base()), format="turtle")
    for datatype in (XSD.date, XSD.gYear, XSD.gYearMonth):
        of_the_type = {str(shape) for shape in graph.subjects(SH.datatype, datatype)}
        assert sum(one.cause in of_the_type and one.component == "Datatype" for one in found) > 50, datatype


def test_the_reference_gives_the_same_release_and_the_same_report(few_built, tmp_path):
    here = Releases(few_built / "data").current()
    checked = build(tmp_path / "checked", BASE, few_built / "tables", gate=Choice.REFERENCE).release
    assert checked.id == here.id
    assert checked.record["software"]["gate"].startswith("pyshacl ")
    for file in (here.path / "report").iterdir():
        assert (checked.path / "report" / file.name).read_bytes() == file.read_bytes()
