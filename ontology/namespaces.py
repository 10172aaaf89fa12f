"""Closed namespaces: our own terms, and exactly the foreign terms that we use.

A term that is not listed here does not exist: a typo fails where it is written. The lists equal what
the files in `vocabulary/` and `foreign.ttl` declare; a test holds the three together.
"""

# ruff: noqa: N815 - the names are the local names of the terms
from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.base import CANONICAL


class MG(DefinedNamespace):
    """Our vocabulary: what the environmental objectives system alone knows."""

    _fail = True
    _NS = Namespace(CANONICAL + "spec/")

    # the system of goals
    GenerationalGoal: URIRef
    Strand: URIRef
    EnvironmentalQualityObjective: URIRef
    Specification: URIRef
    ListedIndicator: URIRef
    number: URIRef  # objective, specification, strand -> xsd:integer, its place in the order
    strandOf: URIRef  # strand -> generational goal
    specificationOf: URIRef  # specification -> objective
    followedUpBy: URIRef  # objective -> actor
    shortTitle: URIRef  # SDG goal, target, listed indicator -> rdf:langString: our wording, not the UN's
    targetKind: URIRef  # SDG target -> concept of the scheme target-kind
    listedUnder: URIRef  # listed indicator -> SDG target
    framework: URIRef  # listed indicator -> xsd:gYear, the version of the indicator framework
    indicatorMatchNote: URIRef  # listed indicator -> rdf:langString: why it is not, or only nearly, the UN's indicator

    # milestone targets
    MilestoneTarget: URIRef
    MilestoneStep: URIRef
    theme: URIRef  # milestone target -> concept of the scheme milestone-theme
    decidedBy: URIRef  # milestone target -> actor
    decidedYear: URIRef  # milestone target -> xsd:gYear
    decidedMonth: URIRef  # milestone target -> xsd:gYearMonth, where known
    decidedDate: URIRef  # milestone target -> xsd:date, where known
    hasTargetYear: URIRef  # milestone target -> xsd:boolean
    targetYear: URIRef  # milestone target, step -> xsd:gYear
    targetLevel: URIRef  # milestone target, step -> rdf:langString: our wording, not the official one
    levelPercent: URIRef  # step -> xsd:integer
    stepOf: URIRef  # step -> milestone target
    verdict: URIRef  # milestone target -> concept of the scheme milestone-verdict
    verdictYear: URIRef  # milestone target -> xsd:gYear, the year of the follow-up that gives the verdict
    relatedObjective: URIRef  # milestone target -> objective, where a source states it
    proposedChange: URIRef  # milestone target -> rdf:langString: what an inquiry has proposed

    # territory and actors
    County: URIRef
    Municipality: URIRef
    Actor: URIRef
    countyLetter: URIRef  # county -> xsd:string
    inCounty: URIRef  # municipality -> county
    countyBoard: URIRef  # county -> actor
    isCoastal: URIRef  # county -> xsd:boolean
    isMountain: URIRef  # county -> xsd:boolean
    iso3166: URIRef  # county -> xsd:string, ISO 3166-2
    nuts3: URIRef  # county -> IRI of the NUTS region
    longName: URIRef  # municipality -> rdf:langString
    organisationNumber: URIRef  # actor -> xsd:string
    actorKind: URIRef  # actor -> concept of the scheme actor-kind

    # mappings
    Mapping: URIRef
    mappingSubject: URIRef  # mapping -> generational goal, strand, objective or milestone target
    mappingRelation: URIRef  # mapping -> contributesTo, dependsOn or measuredTogether
    mappingObject: URIRef  # mapping -> SDG goal or target
    standing: URIRef  # mapping -> concept of the scheme standing
    strength: URIRef  # mapping -> concept of the scheme strength, where stated
    justification: URIRef  # mapping -> rdf:langString
    justificationConfidence: URIRef  # mapping -> concept of the scheme justification-confidence
    restsOn: URIRef  # mapping -> specification, milestone target or listed indicator
    author: URIRef  # mapping -> xsd:string, who states it
    statedYear: URIRef  # mapping -> xsd:gYear
    statedDate: URIRef  # mapping -> xsd:date, where known
    contributesTo: URIRef  # a relation; plain triples only from published mappings
    dependsOn: URIRef  # a relation
    measuredTogether: URIRef  # a relation

    # where everything comes from
    Source: URIRef
    Row: URIRef
    statedIn: URIRef  # anything -> row
    confidence: URIRef  # row -> concept of the scheme confidence
    table: URIRef  # row -> xsd:string
    line: URIRef  # row -> xsd:integer
    sourceKind: URIRef  # source -> concept of the scheme source-kind
    publisherName: URIRef  # source -> xsd:string
    attribution: URIRef  # source -> xsd:string, the wording a publisher asks for
    retrieved: URIRef  # source -> xsd:date
    example: URIRef  # vocabulary term -> an example, as Turtle text


class RDF(DefinedNamespace):
    """The RDF vocabulary."""

    _fail = True
    _NS = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")

    type: URIRef
    Property: URIRef
    langString: URIRef


class RDFS(DefinedNamespace):
    """RDF Schema."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2000/01/rdf-schema#")

    label: URIRef
    comment: URIRef
    seeAlso: URIRef
    isDefinedBy: URIRef
    domain: URIRef
    range: URIRef
    subClassOf: URIRef
    subPropertyOf: URIRef
    Datatype: URIRef


class OWL(DefinedNamespace):
    """The part of OWL 2 that the vocabulary uses."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2002/07/owl#")

    Ontology: URIRef
    Class: URIRef
    ObjectProperty: URIRef
    DatatypeProperty: URIRef
    AnnotationProperty: URIRef
    NamedIndividual: URIRef
    versionInfo: URIRef


class XSD(DefinedNamespace):
    """The datatypes of our literals."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2001/XMLSchema#")

    string: URIRef
    integer: URIRef
    boolean: URIRef
    date: URIRef
    gYear: URIRef
    gYearMonth: URIRef


class SKOS(DefinedNamespace):
    """Simple Knowledge Organization System: concepts, labels, matches."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2004/02/skos/core#")

    Concept: URIRef
    ConceptScheme: URIRef
    prefLabel: URIRef
    definition: URIRef
    notation: URIRef
    inScheme: URIRef
    topConceptOf: URIRef
    hasTopConcept: URIRef
    exactMatch: URIRef
    closeMatch: URIRef


class DCTERMS(DefinedNamespace):
    """Dublin Core terms."""

    _fail = True
    _NS = Namespace("http://purl.org/dc/terms/")

    title: URIRef
    description: URIRef
    source: URIRef
    license: URIRef
    isPartOf: URIRef


class FOAF(DefinedNamespace):
    """Friend of a Friend: pages about things."""

    _fail = True
    _NS = Namespace("http://xmlns.com/foaf/0.1/")

    page: URIRef
    homepage: URIRef


class ORG(DefinedNamespace):
    """The Organization Ontology."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/org#")

    Organization: URIRef


class PROV(DefinedNamespace):
    """PROV-O."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/prov#")

    Entity: URIRef


class SDGO(DefinedNamespace):
    """The United Nations' ontology of the Sustainable Development Goals."""

    _fail = True
    _NS = Namespace("http://metadata.un.org/sdg/ontology#")

    Goal: URIRef
    Target: URIRef
    Indicator: URIRef
    isTargetOf: URIRef


class SCHEMA(DefinedNamespace):
    """schema.org: domains that are alternatives, which OWL would read as conjunctions."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    domainIncludes: URIRef
    rangeIncludes: URIRef


class VS(DefinedNamespace):
    """Term status of a vocabulary."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")

    term_status: URIRef


class VOID(DefinedNamespace):
    """Vocabulary of Interlinked Datasets: a named graph is one."""

    _fail = True
    _NS = Namespace("http://rdfs.org/ns/void#")

    Dataset: URIRef


PREFIXES: dict[str, type[DefinedNamespace]] = {
    "mg": MG,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "org": ORG,
    "prov": PROV,
    "sdgo": SDGO,
    "schema": SCHEMA,
    "vs": VS,
    "void": VOID,
}

SDG = Namespace("http://metadata.un.org/sdg/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
NUTS = Namespace("http://data.europa.eu/nuts/code/")

THING_PREFIXES: dict[str, str] = {"sdg": str(SDG), "wd": str(WIKIDATA), "nuts": str(NUTS)}


def prefixes() -> dict[str, str]:
    """Every prefix the product writes, with its namespace on the canonical base."""
    return {prefix: str(namespace._NS) for prefix, namespace in PREFIXES.items()} | THING_PREFIXES
