"""The catalogue against the shapes of DCAT-AP 2.1.1 and 3.0.1, of high-value datasets, and the templates of DCAT-AP-SE.

The shapes are run by the Rust engine `shacl`, and by pySHACL where it does not raise on them. Every finding that is
allowed is listed here with its reason; a file of shapes that an engine cannot run is named, not left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SH, SKOS
from rdflib.term import Node

from loaders.build import build
from loaders.publisher import read_publisher
from ontology.base import Base
from tests.builds import write_few_tables
from tests.conformance.test_description import AGENCY, publisher_file

shacl = pytest.importorskip("shacl", reason="the package shacl is not built for this machine")

SHARED = Path(__file__).parents[3] / "shared" / "conformance"
SHAPES = SHARED / "dcat-ap" / "releases"
TEMPLATES = SHARED / "dcat-ap-se" / "bundle.json"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")

SHA_256 = "DCAT-AP 2.1.1 knows no checksum but SHA-1; 3.0.1 and DCAT-AP-SE 3 do"
DECIMAL = "DCAT-AP 2.1.1 wants sizes as xsd:decimal; 3.0.1 and DCAT-AP-SE 3 as xsd:nonNegativeInteger"
RESOURCE = "these want it said that the address is an rdfs:Resource, which every IRI is"
NO_LICENCE = "most sources state no licence that was read, and we give none"
NO_CONTACT = "the editors have no address; whoever publishes names one"
UNKNOWN = "what a source speaks of has no territory or no year"
NOT_OURS = "a place, a licence or an organisation of others is named, not described"
NO_ISSUE = "when the catalogue was first issued is not known"
NOT_IN_LIST = "the list of the EU has no such publisher or place; the shape asks to check, not to change"
ALGORITHM = "the shape wants the value to have a class and names the class as its own value; SPDX's IRI has it"

ALLOWED: dict[str, dict[tuple[str, str, str], str]] = {
    "2.1.1/dcat-ap_2.1.1_shacl_shapes.ttl": {
        ("Violation", "HasValue", "algorithm"): SHA_256,
        ("Violation", "Datatype", "byteSize"): DECIMAL,
    },
    "2.1.1/dcat-ap_2.1.1_shacl_range.ttl": {},
    "2.1.1/dcat-ap_2.1.1_shacl_shapes_recommended.ttl": {
        ("Warning", "MinCount", "license"): NO_LICENCE,
        ("Warning", "MinCount", "contactPoint"): NO_CONTACT,
        ("Warning", "MinCount", "spatial"): UNKNOWN,
        ("Warning", "MinCount", "temporal"): UNKNOWN,
        ("Warning", "MinCount", "bbox"): NOT_OURS,
        ("Warning", "MinCount", "centroid"): NOT_OURS,
        ("Warning", "MinCount", "type"): NOT_OURS,
        ("Warning", "MinCount", "issued"): NO_ISSUE,
    },
    "2.1.1/dcat-ap_2.1.1_shacl_mdr-vocabularies.shape.ttl": {
        ("Warning", "Node", "publisher"): NOT_IN_LIST,
        ("Warning", "Node", "spatial"): NOT_IN_LIST,
    },
    "2.1.1/dcat-ap_2.1.1_shacl_deprecateduris.ttl": {},
    "3.0.1/shacl/dcat-ap-SHACL.ttl": {},
    "3.0.1/shacl/ranges.ttl": {
        ("Violation", "Class", "endpointURL"): RESOURCE,
        ("Violation", "Class", "endpointDescription"): RESOURCE,
    },
    "3.0.1/html/shacl/shapes.ttl": {},
    "3.0.1/html/shacl/range.ttl": {},
    "3.0.1/html/shacl/shapes_recommended.ttl": {
        ("Warning", "MinCount", "license"): NO_LICENCE,
        ("Warning", "MinCount", "contactPoint"): NO_CONTACT,
        ("Warning", "MinCount", "spatial"): UNKNOWN,
        ("Warning", "MinCount", "temporal"): UNKNOWN,
        ("Warning", "MinCount", "bbox"): NOT_OURS,
        ("Warning", "MinCount", "centroid"): NOT_OURS,
        ("Warning", "MinCount", "type"): NOT_OURS,
        ("Warning", "MinCount", "issued"): NO_ISSUE,
    },
    "3.0.1/html/shacl/mdr-vocabularies.shape.ttl": {
        ("Warning", "Node", "publisher"): NOT_IN_LIST,
        ("Warning", "Node", "spatial"): NOT_IN_LIST,
        ("Violation", "Node", "algorithm"): ALGORITHM,
    },
    "3.0.1/html/shacl/deprecateduris.ttl": {},
}
"""For each file of shapes, what it may find (severity, component, property) and why."""

HOLD_NO_SHAPES = {
    "2.1.1/dcat-ap_2.1.1_shacl_imports.ttl": "imports the vocabularies from the web",
    "2.1.1/dcat-ap_2.1.1_shacl_mdr_imports.ttl": "imports the lists of the EU from the web",
    "3.0.1/html/shacl/imports.ttl": "imports the vocabularies from the web",
    "3.0.1/html/shacl/mdr_imports.ttl": "imports the lists of the EU from the web",
}
"""Files that a validator without a network cannot use."""

RAISING = ("3.0.1/shacl/dcat-ap-SHACL.ttl", "3.0.1/shacl/ranges.ttl")
"""The files that pySHACL raises on."""

OF_HIGH_VALUE = "3.0.0-hvd/shacl/hvd-SHACL.ttl"

needs_shapes = pytest.mark.skipif(not SHAPES.is_dir(), reason=f"the shapes are not here: no folder {SHAPES}")
needs_templates = pytest.mark.skipif(not TEMPLATES.is_file(), reason=f"the templates are not here: no {TEMPLATES}")

Kind = tuple[str, str, str]


@pytest.fixture(scope="module")
def catalogue(release) -> Graph:
    """The catalogue, with what the lists of the EU say of their codes: which list each belongs to."""
    graph = Graph(bind_namespaces="none").parse(release.path / "about" / "catalogue.ttl", format="turtle")
    for code in {term for term in graph.objects() if str(term).startswith(AUTHORITY)}:
        graph.add((code, SKOS.inScheme, URIRef(str(code).rpartition("/")[0])))
    return graph


def local_name(iri: str) -> str:
    return re.split(r"[/#]", iri.strip("<>"))[-1]


def found_by_rust(graph: Graph, file: Path) -> Counter[Kind]:
    shapes = shacl.Shapes.from_file(str(file))
    report = shapes.validate_text(graph.serialize(format="nt"), format="ntriples")
    return Counter(
        (result.severity, result.component.removesuffix("ConstraintComponent"), local_name(result.path or ""))
        for result in report.results
    )


def found_by_pyshacl(graph: Graph, file: Path) -> Counter[Kind]:
    _, results, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(file), inference="none", meta_shacl=False)
    return Counter(
        (
            local_name(str(results.value(result, SH.resultSeverity))),
            local_name(str(results.value(result, SH.sourceConstraintComponent))).removesuffix("ConstraintComponent"),
            local_name(str(results.value(result, SH.resultPath))),
        )
        for result in results.subjects(RDF.type, SH.ValidationResult)
    )


@needs_shapes
@pytest.mark.parametrize("file", ALLOWED)
def test_the_catalogue_keeps_the_shapes_of_dcat_ap_but_for_what_is_listed(catalogue, file):
    assert set(found_by_rust(catalogue, SHAPES / file)) == set(ALLOWED[file])


@needs_shapes
def test_every_file_of_shapes_is_run_or_named():
    files = {path.relative_to(SHAPES).as_posix() for path in SHAPES.rglob("*.ttl") if path.parent.name != "examples"}
    assert files == {*ALLOWED, *HOLD_NO_SHAPES, OF_HIGH_VALUE}


@needs_shapes
@pytest.mark.parametrize("file", HOLD_NO_SHAPES)
def test_a_file_that_is_not_run_holds_no_shapes(file):
    graph = Graph().parse(SHAPES / file)
    assert set(graph.subjects(RDF.type, SH.NodeShape)) == set()


@needs_shapes
@pytest.mark.parametrize("file", [file for file in ALLOWED if file not in RAISING and "mdr" not in file])
def test_pyshacl_finds_the_same(catalogue, file):
    assert found_by_pyshacl(catalogue, SHAPES / file) == found_by_rust(catalogue, SHAPES / file)


@needs_shapes
@pytest.mark.parametrize("file", RAISING)
def test_pyshacl_cannot_run_some_shapes_of_3_0_1(catalogue, file):
    """They name property shapes that have no path. Once it can, the two engines are to be compared there too."""
    with pytest.raises(pyshacl.errors.ReportableRuntimeError, match="not a well-formed SHACL PropertyShape"):
        found_by_pyshacl(catalogue, SHAPES / file)


@needs_shapes
def test_a_catalogue_with_a_mistake_is_found_out(catalogue):
    broken = Graph(bind_namespaces="none")
    broken += catalogue
    catalog = broken.value(None, RDF.type, DCAT.Catalog)
    broken.remove((catalog, DCT.publisher, None))
    assert ("Violation", "MinCount", "publisher") in found_by_rust(broken, SHAPES / "3.0.1/shacl/dcat-ap-SHACL.ttl")


@needs_shapes
def test_high_value_datasets_keep_the_shapes_of_high_value_datasets(tmp_path):
    write_few_tables(tmp_path / "tables")
    publisher = read_publisher(publisher_file(tmp_path, AGENCY))
    release = build(tmp_path / "data", Base("https://data.example.org/"), tmp_path / "tables", publisher=publisher)
    whole = Graph().parse(release.release.path / "about" / "catalogue.ttl", format="turtle")
    found = found_by_rust(high_value_alone(whole), SHAPES / OF_HIGH_VALUE)
    assert {kind for kind in found if kind[1:] not in {("Class", name) for name in ADDRESSES}} == set()


ADDRESSES = {"accessURL", "endpointURL", "endpointDescription", "hasEmail"}  # see RESOURCE


def high_value_alone(whole: Graph) -> Graph:
    """The part of a catalogue that is about high-value datasets; the shapes take all that there is for such."""
    alone = Graph(bind_namespaces="none")
    alone += whole
    kept = set(whole.subjects(DCATAP.applicableLegislation)) | set(whole.subjects(RDF.type, DCAT.Catalog))
    for cls in (DCAT.Dataset, DCAT.Distribution, DCAT.DataService):
        for node in set(whole.subjects(RDF.type, cls)) - kept:
            alone.remove((node, None, None))
            alone.remove((None, None, node))
    return alone


# --- DCAT-AP-SE: the templates of its editor are the only machine-readable form of its cardinalities ---

PREFIXES = {
    "dcat": str(DCAT),
    "dcterms": str(DCT),
    "foaf": str(FOAF),
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "http://schema.org/",
    "odrs": "http://schema.theodi.org/odrs#",
    "rdf": str(RDF),
}
PROFILES = {
    "dcat:Catalog": DCAT.Catalog,
    "dcat:Dataset": DCAT.Dataset,
    "dcat:Distribution": DCAT.Distribution,
    "dcat:DataService": DCAT.DataService,
    "dcat:foaf:Agent": FOAF.Agent,
}
ONLY_OF_HIGH_VALUE = DCATAP.hvdCategory


def templates() -> dict[str, dict]:
    return {template["id"]: template for template in json.loads(TEMPLATES.read_text(encoding="utf-8"))["templates"]}


def whole_template(item: dict | str, known: dict[str, dict]) -> dict:
    """A template with all that it takes from those it extends or names."""
    item = {"id": item} if isinstance(item, str) else item
    for name in (item.get("extends"), item.get("id")):
        if name in known and known[name] is not item:
            return {**whole_template(known[name], known), **item}
    return item


def cardinalities(profile: str) -> Iterator[tuple[URIRef, int, int | None]]:
    """Each property of a profile, how often it must and how often it may be there."""
    known = templates()
    for item in whole_template(known[profile], known)["items"]:
        template = whole_template(item, known)
        if template["type"] == "group" and "property" not in template:  # alternatives for one property
            inner = whole_template(template["items"][0], known)
            template = {**inner, "cardinality": template.get("cardinality", {})}
        cardinality = template.get("cardinality") or {}
        yield expanded(template["property"]), cardinality.get("min") or 0, cardinality.get("max")


def expanded(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local) if prefix in PREFIXES else URIRef(name)


@needs_templates
@pytest.mark.parametrize("profile", PROFILES)
def test_the_catalogue_has_each_property_as_often_as_dcat_ap_se_says(catalogue, profile):
    least: dict[URIRef, int] = {}
    most: dict[URIRef, int | None] = {}
    for name, minimum, maximum in cardinalities(profile):  # a property may have several templates, such as frequency
        least[name] = max(minimum, least.get(name, 0))
        most[name] = None if maximum is None or most.get(name, 0) is None else max(maximum, most.get(name) or 0)
    assert sum(least.values()) >= 2, "the templates cannot be read"
    wrong = []
    for node in set(catalogue.subjects(RDF.type, PROFILES[profile])):
        for name, minimum in least.items():
            number = of_one_language(catalogue, node, name)
            is_due = name != ONLY_OF_HIGH_VALUE or (node, DCATAP.applicableLegislation, None) in catalogue
            if (is_due and number < minimum) or (most[name] is not None and number > most[name]):
                wrong.append((str(node), str(name), number))
    assert wrong == []


def of_one_language(graph: Graph, node: Node, predicate: URIRef) -> int:
    """How many values there are; of texts in several languages, as many as the language with the most has."""
    values = list(graph.objects(node, predicate))
    by_language = Counter(value.language if isinstance(value, Literal) else None for value in values)
    return max(by_language.values(), default=0) if any(by_language) else len(values)


@needs_templates
def test_the_values_of_closed_lists_are_in_the_lists_of_dcat_ap_se(catalogue):
    listed = {
        expanded(template["property"]): {choice["value"] for choice in template["choices"]}
        for template in templates().values()
        if template.get("choices") and template.get("property") in CLOSED
    }
    assert listed.keys() == {expanded(name) for name in CLOSED}
    for name, values in listed.items():
        for node, value in catalogue.subject_objects(name):
            if name != DCT.type or (node, RDF.type, FOAF.Agent) in catalogue:
                assert str(value) in values, (node, name)


CLOSED = ("dcat:theme", "dcterms:accessRights", "http://data.europa.eu/r5r/availability", "dcat:themeTaxonomy")


@needs_templates
def test_the_type_of_an_agent_and_the_frequency_are_in_the_lists(catalogue):
    known = templates()
    types = {choice["value"] for choice in known["adms:publishertype"]["choices"]}
    assert {str(catalogue.value(agent, DCT.type)) for agent in catalogue.subjects(RDF.type, FOAF.Agent)} <= types
    frequencies = {choice["value"] for choice in known["dcat:dcterms:accrualPeriodicity_da"]["choices"]}
    assert {str(value) for value in catalogue.objects(None, DCT.accrualPeriodicity)} <= frequencies
