"""The test suite of the W3C for SHACL, through the engines of the gate and the gate's own choice between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

from ontology.engine import as_ntriples
from shapes import fast, parts, reference

SUITE = Path(__file__).parents[3] / "shared" / "conformance" / "w3c-data-shapes" / "data-shapes-test-suite" / "tests"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

shacl = pytest.importorskip("shacl", reason="the package shacl is not built for this machine")
if not SUITE.is_dir():
    pytest.skip(f"the suite is not here: no folder {SUITE}", allow_module_level=True)

OF_PYSHACL = {
    "core/misc/severity-002": "the gate knows the three severities of SHACL and no others",
    "core/property/uniqueLang-002": 'pySHACL takes "1"^^xsd:boolean for true, where only the term true counts',
    "sparql/node/prefixes-001": "pySHACL takes prefixes from the text of the data, and a store has none",
    "sparql/pre-binding/shapesGraph-001": "pySHACL has no $shapesGraph",
}
EXPECTED_FAILURES = {
    "reference": OF_PYSHACL,
    "fast": {
        "core/misc/severity-002": "the gate knows the three severities of SHACL and no others",
        "sparql/pre-binding/unsupported-sparql-004": "the engine runs a query that it should refuse",
    },
    "gate": OF_PYSHACL,  # it leaves what is not proven to pySHACL, so what pySHACL fails in, it fails in
}
BLANK = re.compile(r"[0-9]+[:_]b[0-9]+|b[0-9]+|[nN]?[0-9a-f]{30,32}(?:b[0-9]+)?")
"""How the engines name blank nodes."""

Result = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One test of the suite: data, shapes and the results to find; None where the engine must refuse the shapes."""

    name: str
    data: Path
    shapes: str
    expected: Counter[Result] | None

    def triples(self) -> str:
        """The data as N-Triples, values as they are written."""
        quads = ox.parse(path=self.data, format=ox.RdfFormat.TURTLE, base_iri=self.data.as_uri())
        return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES).decode("utf-8")


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for file in sorted(SUITE.rglob("*.ttl")):
        manifest = reference.graph_of(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri()))
        for test in manifest.subjects(RDF.type, SHT.Validate):
            action, result = manifest.value(test, MF.action), manifest.value(test, MF.result)
            data, shapes = (path_of(manifest.value(action, part)) for part in (SHT.dataGraph, SHT.shapesGraph))
            name = file.relative_to(SUITE).with_suffix("").as_posix()
            expected = None if result == SHT.Failure else Counter(results(manifest, result))
            text = f"@base <{shapes.as_uri()}> .\n{shapes.read_text(encoding='utf-8')}"
            found.append(Case(name, data, text, expected))
    return tuple(found)


def path_of(graph: Node | None) -> Path:
    return Path(str(graph).removeprefix("file://"))


def results(manifest: Graph, report: Node | None) -> list[Result]:
    """The results that a test expects: severity, component, shape, focus, path and value, as the gate says them."""

    def said(result: Node, predicate: URIRef) -> str:
        node = manifest.value(result, predicate)
        if node is None or (isinstance(node, BNode) and predicate == SH.resultPath):
            return "-"
        if isinstance(node, BNode):
            return "_:"
        return as_ntriples(node) if predicate == SH.value else str(node)

    return [
        (
            said(result, SH.resultSeverity).removeprefix(str(SH)),
            said(result, SH.sourceConstraintComponent).removeprefix(str(SH)).removesuffix("ConstraintComponent"),
            *(said(result, part) for part in (SH.sourceShape, SH.focusNode, SH.resultPath, SH.value)),
        )
        for result in manifest.objects(report, SH.result)
    ]


def by_pyshacl(case: Case):
    return reference.check(case.triples(), case.shapes)


def by_shacl(case: Case):
    """What the fast engine finds when it is asked alone."""
    found = shacl.Shapes.from_turtle(case.shapes).validate_text(case.triples(), format="ntriples").results
    return [fast._finding(result, {}) for result in found]


def by_the_gate(case: Case):
    lines = sorted(line.removesuffix(" .") for line in case.triples().split("\n") if line)
    return parts.check({"": lines}, case.shapes)


ENGINES: dict[str, Callable] = {"reference": by_pyshacl, "fast": by_shacl, "gate": by_the_gate}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_test_of_the_suite(case, engine, request):
    if reason := EXPECTED_FAILURES[engine].get(case.name):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    try:
        found = ENGINES[engine](case)
    except Exception:  # each engine refuses in a way of its own, and any will do where the suite asks for a refusal
        assert case.expected is None
        return
    assert case.expected is not None, f"{len(found)} results instead of a refusal"
    assert Counter(as_result(finding) for finding in found) == case.expected


def as_result(finding) -> Result:
    named = ["-" if part is None else part for part in (finding.cause, finding.focus, finding.path)]
    shown = ["_:" if BLANK.fullmatch(part) else text_of(part) for part in named]
    value = "-" if finding.value is None else finding.term or "_:"
    return finding.severity.value, finding.component, *shown, value


def text_of(part: str) -> str:
    """The text of a literal as the fast engine writes it where it is the focus, else the part as it is."""
    literal = re.fullmatch(r'"(.*)"(?:@[\w-]+|\^\^<[^>]*)?', part, re.DOTALL)
    return literal[1] if literal else part


def test_the_suite_is_whole_and_every_expected_failure_is_a_test_of_it():
    names = {case.name for case in cases()}
    assert len(cases()) == 121
    assert {name for failures in EXPECTED_FAILURES.values() for name in failures} <= names
