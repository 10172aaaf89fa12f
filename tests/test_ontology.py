"""The vocabulary, the concept schemes, the JSON-LD context and the modules that name things."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from ontology import iri
from ontology.base import CANONICAL, BadBase, Base
from ontology.files import read_text, vocabulary, vocabulary_files, vocabulary_on
from ontology.iri import BadKey, Key
from ontology.kinds import KINDS
from ontology.namespaces import (
    DCTERMS,
    MG,
    OWL,
    OWN_TERMS,
    PREFIXES,
    QB,
    RDFS,
    SCHEMA,
    SKOS,
    VS,
    XSD,
    prefixes,
)
from ontology.namespaces import RDF as OUR_RDF
from ontology.schemes import EMISSION_SECTORS, SCHEMES, JustificationConfidence, Standing
from ontology.text import Label, Text, best_label

BUILT_IN = ("rdf", "rdfs", "owl", "xsd")
FOREIGN = [prefix for prefix in PREFIXES if prefix not in {"mg", *BUILT_IN}]
TERMS = sorted(MG[name] for name in OWN_TERMS)
SORTS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BOTH = {"sv", "en"}
LOCAL = Base("http://localhost:8000/")
DECLARED_PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())


def turtle(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=DECLARED_PREFIXES + text, format="turtle")


def authored(name: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=read_text(name), format="turtle")


def named(terms: list[URIRef]) -> dict[str, object]:
    return {"argvalues": terms, "ids": [term.rpartition("/")[2] for term in terms]}


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    return sorted(value.language for value in graph.objects(term, predicate) if str(value).strip())


def example_of(graph: Graph, term: URIRef) -> Graph:
    return turtle(str(graph.value(term, MG.example, any=False)))


def properties(graph: Graph) -> list[URIRef]:
    return sorted({term for sort in SORTS for term in graph.subjects(RDF.type, sort)})


def scheme_iri(name: str) -> URIRef:
    return URIRef(f"{CANONICAL}def/{name}")


@pytest.fixture(scope="module")
def whole() -> Graph:
    return vocabulary()


@pytest.fixture(scope="module")
def context() -> dict[str, object]:
    return json.loads(read_text("context.jsonld"))["@context"]


# --- the closed namespaces and the files say the same ---


def test_each_of_our_terms_is_declared_in_one_file_of_the_vocabulary():
    declared = [subject for name in vocabulary_files() for subject in set(authored(name).subjects())]
    assert sorted(declared) == sorted([URIRef(CANONICAL + "spec/"), iri.VOCABULARY_GRAPH, *TERMS])


def test_foreign_ttl_declares_exactly_the_foreign_terms_but_those_built_into_owl_2():
    assert set(authored("foreign.ttl").subjects()) == {term for prefix in FOREIGN for term in dir(PREFIXES[prefix])}


@pytest.mark.parametrize("prefix", BUILT_IN)
def test_the_built_in_terms_that_the_files_use_are_in_the_closed_namespaces(whole, prefix):
    namespace = PREFIXES[prefix]
    used = {node for triple in whole for node in triple if isinstance(node, URIRef) and node.startswith(str(namespace))}
    assert used <= set(dir(namespace))


@pytest.mark.parametrize("naming", [DCTERMS.title, DCTERMS.description, RDFS.label, SKOS.prefLabel, SKOS.definition])
def test_nothing_in_the_files_is_called_two_things_in_one_language(whole, naming):
    called = Counter((thing, name.language) for thing, name in whole.subject_objects(naming))
    assert [one for one, number in called.items() if number > 1] == []


def test_a_term_that_is_not_listed_does_not_exist():
    with pytest.raises(AttributeError, match="Objectiv"):
        _ = MG.Objectiv


@pytest.mark.parametrize("base", [CANONICAL, "http://localhost:8000/", "https://example.org/a/"])
def test_the_engine_reads_the_vocabulary_as_rdflib_does(whole, base):
    expected = Base(base).localise_graph(whole).serialize(format="nt").splitlines()
    assert {f"{triple} ." for triple in vocabulary_on(Base(base))} == set(filter(None, expected))


@pytest.mark.parametrize("name", [*vocabulary_files(), "schemes.ttl", "structures.ttl", "foreign.ttl", "graph.ttl"])
def test_a_prefix_has_the_same_namespace_in_every_file(name):
    ours = prefixes() | {"def": CANONICAL + "def/"}
    assert {prefix: str(namespace) for prefix, namespace in authored(name).namespaces()}.items() <= ours.items()


def test_schemes_ttl_holds_exactly_the_schemes_and_their_concepts():
    graph = authored("schemes.ttl")
    concepts = {(iri.concept(member), scheme_iri(scheme.scheme())) for scheme in SCHEMES for member in scheme}
    names = {scheme.scheme() for scheme in SCHEMES} | {EMISSION_SECTORS}
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme_iri(name) for name in names}
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == {concept for concept, _ in concepts}
    assert set(graph.subject_objects(SKOS.inScheme)) == concepts
    assert set(graph.subject_objects(SKOS.topConceptOf)) == concepts
    assert {(concept, scheme) for scheme, concept in graph.subject_objects(SKOS.hasTopConcept)} == concepts


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.scheme())
def test_the_notation_of_a_concept_is_its_value_as_a_plain_string(scheme):
    graph = authored("schemes.ttl")
    for member in scheme:
        assert list(graph.objects(iri.concept(member), SKOS.notation)) == [Literal(member.value)]


def test_exactly_the_classes_of_the_kinds_say_what_kind_they_are(whole):
    named_kinds = {(cls, str(name)) for cls, name in whole.subject_objects(MG.kindName)}
    assert named_kinds == {(kind.cls, kind.name) for kind in KINDS.values()}
    assert {cls for cls, _ in named_kinds} <= set(whole.subjects(RDF.type, OWL.Class))


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.scheme())
def test_a_property_takes_its_values_from_each_scheme(whole, scheme):
    taking = set(whole.subjects(RDFS.seeAlso, scheme_iri(scheme.scheme())))
    assert taking & set(whole.subjects(RDFS.range, SKOS.Concept))


# --- every term explains itself ---


@pytest.mark.parametrize("term", **named(TERMS))
def test_a_term_has_label_and_definition_in_both_languages_a_status_and_a_home(whole, term):
    assert languages(whole, term, RDFS.label) == sorted(BOTH)
    assert languages(whole, term, SKOS.definition) == sorted(BOTH)
    assert str(whole.value(term, VS.term_status, any=False)) in {"stable", "testing"}
    assert whole.value(term, RDFS.isDefinedBy, any=False) == URIRef(CANONICAL + "spec/")


@pytest.mark.parametrize("term", **named(TERMS))
def test_an_example_parses_as_turtle_and_uses_its_term(whole, term):
    example = example_of(whole, term)
    is_class = (term, RDF.type, OWL.Class) in whole
    used = set(example.objects(None, RDF.type)) if is_class else set(example.predicates()) | set(example.objects())
    assert term in used


def test_the_examples_name_only_what_can_exist(whole):
    known = set(TERMS) | set(authored("schemes.ttl").subjects())
    ours = {
        node
        for term in TERMS
        for triple in example_of(whole, term)
        for node in triple
        if isinstance(node, URIRef) and node.startswith(CANONICAL)
    }
    documents = {node for node in ours if iri.documented(node.removeprefix(CANONICAL))}
    assert [node for node in sorted(ours - known - documents) if iri.parse(node) is None] == []


def test_the_examples_agree_with_the_domains_and_ranges(whole):
    def disagrees(node: object, claimed: set[object]) -> bool:
        key = iri.parse(str(node)) if isinstance(node, URIRef) else None
        return key is not None and bool(claimed) and claimed.isdisjoint({KINDS[key.kind].cls, OWL.Thing})

    wrong = []
    for triple in (triple for term in TERMS for triple in example_of(whole, term) if triple[1] in MG):
        subject, predicate, value = triple
        domain = set(whole.objects(predicate, RDFS.domain)) | set(whole.objects(predicate, SCHEMA.domainIncludes))
        reach = set(whole.objects(predicate, RDFS.range)) | set(whole.objects(predicate, SCHEMA.rangeIncludes))
        if disagrees(subject, domain) or disagrees(value, reach):
            wrong.append(triple)
    assert wrong == []


def test_every_property_says_what_it_joins(whole):
    joining = [term for term in properties(whole) if term in MG and term not in {MG.example, MG.kindName}]
    for term in joining:
        assert set(whole.objects(term, RDFS.domain)) or set(whole.objects(term, SCHEMA.domainIncludes)), term
        assert set(whole.objects(term, RDFS.range)) or set(whole.objects(term, SCHEMA.rangeIncludes)), term


def test_a_property_whose_values_are_concepts_leads_to_its_scheme(whole):
    led = {whole.value(term, RDFS.seeAlso, any=False) for term in whole.subjects(RDFS.range, SKOS.Concept)}
    assert led | set(whole.objects(None, QB.codeList)) == set(whole.subjects(RDF.type, SKOS.ConceptScheme))


def test_every_concept_and_scheme_has_label_and_definition_in_both_languages(whole):
    for kind in (SKOS.Concept, SKOS.ConceptScheme):
        for thing in whole.subjects(RDF.type, kind):
            assert languages(whole, thing, SKOS.prefLabel) == sorted(BOTH), thing
            assert languages(whole, thing, SKOS.definition) == sorted(BOTH), thing


def test_every_foreign_term_has_label_and_comment_in_both_languages():
    graph = authored("foreign.ttl")
    for term in set(graph.subjects()):
        assert languages(graph, term, RDFS.label) == sorted(BOTH), term
        assert languages(graph, term, RDFS.comment) == sorted(BOTH), term


def test_the_ontology_has_title_description_licence_and_version(whole):
    ontology = URIRef(CANONICAL + "spec/")
    assert languages(whole, ontology, DCTERMS.title) == sorted(BOTH)
    assert languages(whole, ontology, DCTERMS.description) == sorted(BOTH)
    assert "publicdomain/zero" in str(whole.value(ontology, DCTERMS.license, any=False))
    assert str(whole.value(ontology, OWL.versionInfo, any=False)) == "0.1.0"


# --- the whole is OWL 2 DL in structure: each restriction a row, with a graph that breaks it ---

RESERVED = "(" + " || ".join(f"STRSTARTS(STR(?offender), STR({prefix}:))" for prefix in BUILT_IN) + ")"
SORT = "VALUES ?sort { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }"
USED = """rdf:type, rdfs:label, rdfs:comment, rdfs:seeAlso, rdfs:isDefinedBy, rdfs:domain, rdfs:range,
    rdfs:subClassOf, rdfs:subPropertyOf, owl:versionInfo"""
# The datatype map of OWL 2 as far as a vocabulary needs it; xsd:date and xsd:gYear are not in it. rdf:langString is
# what RDF 1.1 made of its rdf:PlainLiteral with a language.
DATATYPES = """xsd:string, xsd:boolean, xsd:decimal, xsd:integer, xsd:nonNegativeInteger, xsd:positiveInteger,
    xsd:long, xsd:int, xsd:double, xsd:float, xsd:dateTime, xsd:dateTimeStamp, xsd:anyURI, xsd:token,
    xsd:normalizedString, xsd:language, rdf:langString, rdf:PlainLiteral, rdfs:Literal"""


@dataclass(frozen=True)
class Restriction:
    rule: str
    offenders: str  # the pattern that binds ?offender
    broken: str
    having: str = ""

    def breaches(self, store: ox.Store) -> list[str]:
        wanted = "(COUNT(*) AS ?offender)" if self.having else "DISTINCT ?offender"
        query = f"SELECT {wanted} WHERE {{ {self.offenders} }} {self.having}"
        return sorted(row["offender"].value for row in store.query(query, prefixes=prefixes()))


RESTRICTIONS = (
    Restriction(
        "a property is an object, datatype or annotation property, and only one of them",
        f"{SORT} VALUES ?other {{ {' '.join(sort.n3() for sort in SORTS)} }} "
        "?offender a ?sort, ?other . FILTER (?sort != ?other)",
        "mg:number a owl:DatatypeProperty, owl:AnnotationProperty .",
    ),
    Restriction(
        "a class is not also a datatype",
        "?offender a owl:Class, rdfs:Datatype",
        "mg:Row a owl:Class, rdfs:Datatype .",
    ),
    Restriction(
        "a term of the reserved vocabulary is not declared or redefined",
        f"?offender ?predicate ?value FILTER {RESERVED}",
        'rdfs:label a owl:AnnotationProperty ; rdfs:label "label" .',
    ),
    Restriction(
        "a reserved term is a predicate only where the vocabulary keeps OWL simple",
        f"?subject ?offender ?value FILTER ({RESERVED} && ?offender NOT IN ({USED}))",
        "mg:Row owl:sameAs mg:Source .",
    ),
    Restriction(
        "a reserved class only declares",
        f"""?subject a ?offender FILTER ({RESERVED} && ?offender NOT IN (owl:Ontology, owl:Class, owl:ObjectProperty,
            owl:DatatypeProperty, owl:AnnotationProperty))""",
        "mg:Row a rdfs:Class .",
    ),
    Restriction(
        "what stands in the place of a property is declared as one or built in",
        f"""{{ ?subject ?offender ?value FILTER (!{RESERVED}) }}
            UNION {{ ?offender rdfs:subPropertyOf ?value }} UNION {{ ?subject rdfs:subPropertyOf ?offender }}
            FILTER NOT EXISTS {{ {SORT} ?offender a ?sort }}""",
        'mg:Row mg:colour "blue" .',
    ),
    Restriction(
        "what stands in the place of a class is declared as one",
        """{ ?subject rdf:type|rdfs:domain|rdfs:subClassOf|schema:domainIncludes ?offender }
            UNION { ?offender rdfs:subClassOf ?value }
            UNION { ?subject a owl:ObjectProperty ; rdfs:range|schema:rangeIncludes ?offender }
            FILTER NOT EXISTS { ?offender a owl:Class }
            FILTER (!STRSTARTS(STR(?offender), STR(owl:)))""",  # what is built in, the two rules above judge
        "mg:inCounty a owl:ObjectProperty ; rdfs:domain mg:Village .",
    ),
    Restriction(
        "the range of an object property is a class",
        """?offender a owl:ObjectProperty ; rdfs:range ?range
            FILTER (?range != owl:Thing) FILTER NOT EXISTS { ?range a owl:Class }""",
        "mg:inCounty a owl:ObjectProperty ; rdfs:range xsd:string .",
    ),
    Restriction(
        "the range of a datatype property is a datatype that OWL 2 knows",
        f"?offender a owl:DatatypeProperty ; rdfs:range ?range FILTER (?range NOT IN ({DATATYPES}))",
        "mg:framework a owl:DatatypeProperty ; rdfs:range xsd:gYear .",
    ),
    Restriction(
        "several classes are never one domain or range",
        "{ ?offender rdfs:domain ?one, ?other } UNION { ?offender rdfs:range ?one, ?other } FILTER (?one != ?other)",
        "mg:number a owl:DatatypeProperty ; rdfs:domain mg:Strand, mg:Specification .",
    ),
    Restriction(
        "a property is a sub-property of one of its own sort",
        f"?offender rdfs:subPropertyOf ?upper FILTER NOT EXISTS {{ {SORT} ?offender a ?sort . ?upper a ?sort }}",
        """mg:strandOf a owl:ObjectProperty ; rdfs:subPropertyOf dcterms:title .
            dcterms:title a owl:AnnotationProperty .""",
    ),
    Restriction(
        "an object property leads to an IRI",
        "?property a owl:ObjectProperty . ?offender ?property ?value FILTER (!isIRI(?value))",
        'skos:inScheme a owl:ObjectProperty . mg:Row skos:inScheme "rows" .',
    ),
    Restriction(
        "a datatype property leads to a literal",
        "?property a owl:DatatypeProperty . ?offender ?property ?value FILTER (!isLiteral(?value))",
        "skos:notation a owl:DatatypeProperty . mg:Row skos:notation mg:Source .",
    ),
    Restriction(
        "a literal has a datatype that OWL 2 knows",
        f"?offender ?property ?value FILTER (isLiteral(?value) && DATATYPE(?value) NOT IN ({DATATYPES}))",
        'mg:Row rdfs:comment "2026"^^xsd:gYear .',
    ),
    Restriction(
        "there are no blank nodes",
        "{ ?offender ?property ?value } UNION { ?subject ?property ?offender } FILTER (isBlank(?offender))",
        "mg:Row rdfs:subClassOf [ a owl:Class ] .",
    ),
    Restriction(
        "no class is above itself",
        "?offender rdfs:subClassOf+ ?offender",
        "mg:Row rdfs:subClassOf mg:Source . mg:Source rdfs:subClassOf mg:Row .",
    ),
    Restriction(
        "no property is above itself",
        "?offender rdfs:subPropertyOf+ ?offender",
        "mg:strandOf rdfs:subPropertyOf mg:specificationOf . mg:specificationOf rdfs:subPropertyOf mg:strandOf .",
    ),
    Restriction(
        "there is one ontology header",
        "?ontology a owl:Ontology",
        "mg:one a owl:Ontology . mg:two a owl:Ontology .",
        having="HAVING (COUNT(*) != 1)",
    ),
)
RULES = pytest.mark.parametrize("restriction", RESTRICTIONS, ids=[row.rule for row in RESTRICTIONS])


def stored(text: str) -> ox.Store:
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def asked(whole) -> ox.Store:
    """The vocabulary where queries are answered quickly."""
    return stored(whole.serialize(format="turtle"))


@RULES
def test_the_vocabulary_keeps_the_restriction(asked, restriction):
    assert restriction.breaches(asked) == []


@RULES
def test_a_broken_graph_breaches_the_restriction(restriction):
    assert restriction.breaches(stored(DECLARED_PREFIXES + restriction.broken))


def test_a_vocabulary_without_header_breaches_the_restriction_too():
    assert RESTRICTIONS[-1].breaches(stored(f"{DECLARED_PREFIXES} mg:Row a owl:Class .")) == ["0"]


# --- the JSON-LD context ---


def expected_coercion(graph: Graph, term: URIRef) -> str | None:
    """What the context says of the values of a property, as its declaration tells."""
    reach = set(graph.objects(term, RDFS.range)) | set(graph.objects(term, SCHEMA.rangeIncludes))
    if OUR_RDF.langString in reach:
        return "@language"
    if (term, RDF.type, OWL.ObjectProperty) in graph:
        named_in_vocabulary = term == MG.mappingRelation or (term, RDFS.range, SKOS.Concept) in graph
        return "@vocab" if named_in_vocabulary else "@id"
    datatype = next(iter(reach - {XSD.string}), None)
    return f"xsd:{datatype.removeprefix(str(XSD))}" if datatype else None


def test_the_context_has_every_prefix(context):
    assert prefixes().items() <= context.items()


def test_the_context_has_every_class_and_property_of_ours(whole, context):
    missing = [term for term in TERMS if term.removeprefix(CANONICAL + "spec/") not in context]
    assert missing == []


def test_the_context_types_the_values_as_the_vocabulary_does(whole, context):
    for term in (term for term in properties(whole) if term in MG):
        name = term.removeprefix(CANONICAL + "spec/")
        entry = context[name] if isinstance(context[name], dict) else {"@id": context[name]}
        assert entry["@id"] == f"mg:{name}"
        assert entry.get("@container") or entry.get("@type") == expected_coercion(whole, term), name


def test_the_context_has_every_foreign_property(whole, context):
    forward = [entry for entry in context.values() if not (isinstance(entry, dict) and "@reverse" in entry)]
    named_there = {entry["@id"] if isinstance(entry, dict) else entry for entry in forward}
    curies = {str(namespace): prefix for prefix, namespace in prefixes().items()}
    for term in (term for term in properties(whole) if term not in MG):
        space = next(space for space in curies if term.startswith(space))
        assert f"{curies[space]}:{term.removeprefix(space)}" in named_there


def test_a_concept_is_named_by_its_value_and_no_term_stands_in_its_way(whole, context):
    scoped = {
        name: entry["@context"]["@vocab"]
        for name, entry in context.items()
        if isinstance(entry, dict) and "@context" in entry
    }
    assert set(scoped.values()) == {f"{scheme_iri(scheme.scheme())}/" for scheme in SCHEMES}
    assert {member.value for scheme in SCHEMES for member in scheme} & set(context) == set()
    for name, values in scoped.items():
        prefix, _, local = context[name]["@id"].partition(":")
        assert whole.value(URIRef(prefixes()[prefix] + local), RDFS.seeAlso) == URIRef(values.removesuffix("/"))


AS_JSON = {
    "id": "https://w3id.org/miljograf/id/mapping/editors--objective-8--6.6",
    "type": "Mapping",
    "mappingSubject": {
        "id": "https://w3id.org/miljograf/id/objective/8",
        "number": 8,
        "prefLabel": {"sv": "Levande sjöar och vattendrag", "en": "Flourishing Lakes and Streams"},
    },
    "mappingRelation": "contributesTo",
    "mappingObject": "sdg:6.6",
    "standing": "editorial",
    "strength": "direct",
    "statedYear": "2026",
    "author": "Miljögrafens redaktion",
}
AS_TURTLE = """
<https://w3id.org/miljograf/id/mapping/editors--objective-8--6.6> a mg:Mapping ;
    mg:mappingSubject <https://w3id.org/miljograf/id/objective/8> ;
    mg:mappingRelation mg:contributesTo ;
    mg:mappingObject sdg:6.6 ;
    mg:standing <https://w3id.org/miljograf/def/standing/editorial> ;
    mg:strength <https://w3id.org/miljograf/def/strength/direct> ;
    mg:statedYear "2026"^^xsd:gYear ;
    mg:author "Miljögrafens redaktion" .
<https://w3id.org/miljograf/id/objective/8> mg:number 8 ;
    skos:prefLabel "Levande sjöar och vattendrag"@sv, "Flourishing Lakes and Streams"@en .
"""
# rdflib's own JSON-LD parser still uses the class it deprecates
RDFLIB_JSONLD = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@RDFLIB_JSONLD
def test_plain_json_with_the_context_is_the_graph(context):
    read = Graph().parse(data=json.dumps({"@context": context, **AS_JSON}), format="json-ld")
    assert isomorphic(read, turtle(AS_TURTLE))


@RDFLIB_JSONLD
def test_the_examples_round_trip_through_json_ld(whole, context):
    examples = Graph()
    for term in TERMS:
        examples += example_of(whole, term)
    text = examples.serialize(format="json-ld", context=context)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), examples)


# --- base ---


@pytest.mark.parametrize(
    "good", [CANONICAL, "http://localhost:8000/", "https://data.example.se/miljo/", "http://[::1]/"]
)
def test_a_base_is_an_absolute_iri_that_ends_in_a_slash(good):
    assert Base(good).iri == good


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("", "absolute"),
        ("/id/", "absolute"),
        ("example.se/", "absolute"),
        ("ftp://example.se/", "absolute"),
        ("https:///id/", "absolute"),
        ("http://example.se:0/", "absolute"),
        ("http://example.se:99999/", "Port"),
        ("http://[::1/", "IPv6"),
        ("https://me@example.se/", "password"),
        ("https://me:secret@example.se/", "password"),
        ("https://example.se", "slash"),
        ("https://example.se/?a=/", "slash"),
        ("https://example.se/#/", "slash"),
        ("https://example.se/miljö/", "letters"),
        ("https://example.se/a b/", "letters"),
        ('https://example.se/">/', "letters"),
        ("https://example.se/\n/", "letters"),
    ],
)
def test_a_base_that_identifiers_cannot_be_built_on_is_refused_with_the_reason(bad, reason):
    with pytest.raises(BadBase, match=reason):
        Base(bad)


@pytest.mark.parametrize(
    ("base", "development"),
    [
        (CANONICAL, False),
        ("https://data.example.se/", False),
        ("http://localhost/", True),
        ("http://127.0.0.1/", True),
        ("http://[::1]/", True),
        ("https://data.example.se:8443/", True),
        ("http://192.0.2.1/", True),
        ("http://miljograf/", True),
    ],
)
def test_a_local_host_or_a_port_is_for_development(base, development):
    assert Base(base).is_for_development is development


@pytest.mark.parametrize(
    ("authored_term", "local"),
    [
        (URIRef(CANONICAL + "id/objective/8"), URIRef("http://localhost:8000/id/objective/8")),
        (URIRef("http://metadata.un.org/sdg/6"), URIRef("http://metadata.un.org/sdg/6")),
        (Literal(CANONICAL), Literal(CANONICAL)),
        (Literal("8", datatype=XSD.integer), Literal("8", datatype=XSD.integer)),
        (
            Literal("8", datatype=URIRef(CANONICAL + "spec/Code")),
            Literal("8", datatype=URIRef("http://localhost:8000/spec/Code")),
        ),
    ],
)
def test_authored_iris_follow_the_base_and_all_else_is_untouched(authored_term, local):
    assert LOCAL.localise(authored_term) == local


def test_a_text_follows_the_base_inside_angle_brackets_only():
    text = f'<{CANONICAL}spec/> "see {CANONICAL}"'
    assert LOCAL.localise_text(text) == f'<http://localhost:8000/spec/> "see {CANONICAL}"'


def test_the_whole_vocabulary_follows_the_base_its_prefixes_and_examples_included(whole):
    local = LOCAL.localise_graph(whole)
    assert len(local) == len(whole)
    assert CANONICAL not in local.serialize(format="turtle")
    county = URIRef("http://localhost:8000/spec/County")
    assert "<http://localhost:8000/id/county/12>" in str(
        local.value(county, URIRef("http://localhost:8000/spec/example"))
    )


def test_the_canonical_base_changes_nothing(whole):
    assert set(Base().localise_graph(whole)) == set(whole)


# --- IRIs ---

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@EVERY_KIND
@given(data=st.data())
@settings(max_examples=20, deadline=None, database=None)
def test_a_key_is_parsed_again_leads_back_and_is_ascii_and_no_other_kind_answers_for_it(kind, data):
    key = data.draw(st.from_regex(kind.key, fullmatch=True))
    minted = iri.mint(kind.name, key)
    assert iri.parse(minted) == Key(kind.name, key)
    assert iri.documented(iri.document(minted)) == str(minted)
    assert key.isascii()
    assert not kind.accepts(key + "\n")
    others = [other for other in KINDS.values() if other.namespace == kind.namespace and other is not kind]
    assert kind.namespace is None or not any(other.accepts(key) for other in others)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("objective", "0"),
        ("objective", "17"),
        ("objective", "08"),
        ("specification", "8"),
        ("strand", "GEN-8"),
        ("sdg-goal", "18"),
        ("sdg-indicator", "6.6.1"),
        ("county", "1"),
        ("county", "١٢"),
        ("actor", "2021006420"),
        ("mapping", "editors--objective-17--6.6"),
        ("source", "../editors"),
    ],
)
def test_a_key_that_no_thing_can_have_is_refused(kind, key):
    with pytest.raises(BadKey, match=kind):
        iri.mint(kind, key)


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        iri.mint("region", "12")


@pytest.mark.parametrize(
    "other",
    [
        "https://example.se/id/objective/8",
        CANONICAL + "id/objective/99",
        CANONICAL + "id/graph/editors",
        CANONICAL + "spec/Row",
    ],
)
def test_an_iri_of_no_thing_of_ours_parses_to_none(other):
    assert iri.parse(other) is None


@pytest.mark.parametrize(
    ("thing", "path"),
    [
        (CANONICAL + "id/objective/8", "res/objective/8"),
        (CANONICAL + "id/graph/editors", "res/graph/editors"),
        (CANONICAL + "def/standing/published", "res/def/standing/published"),
        (CANONICAL + "spec/Row", "res/spec/Row"),
        (CANONICAL + "id/actor/länsstyrelsen-i-örebro", "res/actor/länsstyrelsen-i-örebro"),
        ("http://metadata.un.org/sdg/6.6", "res/sdg/6.6"),
    ],
)
def test_a_thing_has_a_document_and_the_document_its_thing(thing, path):
    assert iri.document(thing) == path
    assert iri.documented(path) == thing


@pytest.mark.parametrize("term", **named(TERMS))
def test_the_document_of_a_term_leads_back_to_it(term):
    assert iri.documented(iri.document(term)) == str(term)


@pytest.mark.parametrize("other", ["https://example.se/", "http://metadata.un.org/sdg/ontology#Goal"])
def test_what_is_not_ours_has_no_document(other):
    assert iri.document(other) is None


def test_a_path_outside_the_documents_is_about_nothing():
    assert iri.documented("id/objective/8") is None


def test_a_scheme_is_named_in_kebab_case():
    assert JustificationConfidence.scheme() == "justification-confidence"
    assert iri.concept(Standing.PUBLISHED) == URIRef(CANONICAL + "def/standing/published")


# --- text ---

LAKES = [Label("Lakes", "en"), Label("Sjöar", "sv"), Label("8", "")]


@pytest.mark.parametrize(
    ("labels", "wanted", "given_to_reader"),
    [
        (LAKES, "sv", Label("Sjöar", "sv")),
        (LAKES, "en", Label("Lakes", "en")),
        (LAKES, "fi", Label("Sjöar", "sv")),
        ([Label("Lakes", "en"), Label("8", "")], "sv", Label("Lakes", "en")),
        ([Label("Lacs", "fr"), Label("8", "")], "sv", Label("8", "")),
        ([Label("Seen", "de"), Label("Lacs", "fr")], "sv", Label("Seen", "de")),
        ([Label("Lakes", "en-GB")], "en", Label("Lakes", "en-GB")),
        ([Label("Vatten", "sv"), Label("Sjöar", "sv")], "sv", Label("Sjöar", "sv")),
        ([], "sv", None),
    ],
)
def test_a_reader_gets_the_wanted_language_else_the_first_of_the_chain_else_any(labels, wanted, given_to_reader):
    assert best_label(labels, wanted) == given_to_reader


@given(st.permutations(LAKES), st.sampled_from(["sv", "en", "fi", ""]))
@settings(max_examples=20, deadline=None, database=None)
def test_the_best_label_does_not_depend_on_the_order(labels, wanted):
    assert best_label(labels, wanted) == best_label(LAKES, wanted)


def test_a_text_is_read_in_one_language():
    assert [Text("Län", "County").in_("sv"), Text("Län", "County").in_("en")] == ["Län", "County"]
