"""Closed namespaces: our own terms, and exactly the foreign terms that we use.

A term that is not declared does not exist: a typo fails where it is written. Our own terms are those of the files in
`vocabulary/`; the foreign ones are listed here and equal what `foreign.ttl` declares: a test holds the two together.
"""

# ruff: noqa: N815 - the names are the local names of the terms
from __future__ import annotations

import pyoxigraph as ox
from rdflib import Namespace, URIRef
from rdflib.namespace import ClosedNamespace, DefinedNamespace

from ontology.base import CANONICAL
from ontology.files import read_text, vocabulary_files

_SPEC = CANONICAL + "spec/"


def _declared() -> list[str]:
    """The local names of the terms that the files of the vocabulary declare, in their order."""
    declared = (
        quad.subject for name in vocabulary_files() for quad in ox.parse(read_text(name), format=ox.RdfFormat.TURTLE)
    )
    found = dict.fromkeys(term.value for term in declared if isinstance(term, ox.NamedNode))
    return [term.removeprefix(_SPEC) for term in found if term.startswith(_SPEC) and term != _SPEC]


OWN_TERMS = tuple(_declared())
"""The local names of our terms, in the order in which a reader of a page meets them."""

MG = ClosedNamespace(_SPEC, list(OWN_TERMS))
"""Our vocabulary: what the environmental objectives system alone knows, as the files in `vocabulary/` declare it."""

vars(MG).update({name: MG.term(name) for name in OWN_TERMS})  # else each is looked up by a function


class Terms(DefinedNamespace):
    """A closed namespace whose terms are made once. Without this, one is made anew wherever it is named."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in cls.__annotations__:
            setattr(cls, name, cls._NS[name])


class RDF(Terms):
    """The RDF vocabulary."""

    _fail = True
    _NS = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")

    type: URIRef
    Property: URIRef
    langString: URIRef


class RDFS(Terms):
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
    Literal: URIRef


class OWL(Terms):
    """The part of OWL 2 that the vocabulary uses."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2002/07/owl#")

    Ontology: URIRef
    Class: URIRef
    ObjectProperty: URIRef
    DatatypeProperty: URIRef
    AnnotationProperty: URIRef
    Thing: URIRef
    versionInfo: URIRef


class XSD(Terms):
    """The datatypes of our literals."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2001/XMLSchema#")

    string: URIRef
    integer: URIRef
    boolean: URIRef
    date: URIRef
    decimal: URIRef
    gYear: URIRef
    gYearMonth: URIRef


class SKOS(Terms):
    """Simple Knowledge Organization System: concepts, labels, matches."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2004/02/skos/core#")

    Concept: URIRef
    ConceptScheme: URIRef
    prefLabel: URIRef
    altLabel: URIRef
    definition: URIRef
    notation: URIRef
    inScheme: URIRef
    topConceptOf: URIRef
    hasTopConcept: URIRef
    exactMatch: URIRef
    closeMatch: URIRef
    note: URIRef


class DCTERMS(Terms):
    """Dublin Core terms."""

    _fail = True
    _NS = Namespace("http://purl.org/dc/terms/")

    title: URIRef
    description: URIRef
    source: URIRef
    license: URIRef
    publisher: URIRef
    rights: URIRef
    isPartOf: URIRef
    modified: URIRef
    conformsTo: URIRef
    subject: URIRef


class DCAT(Terms):
    """Data Catalog Vocabulary: datasets of others, versions, and the boxes that places lie in."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dcat#")

    Dataset: URIRef
    bbox: URIRef
    landingPage: URIRef
    version: URIRef


class QB(Terms):
    """The RDF Data Cube vocabulary: observations, and what they are made of."""

    _fail = True
    _NS = Namespace("http://purl.org/linked-data/cube#")

    DataSet: URIRef
    Observation: URIRef
    Slice: URIRef
    DataStructureDefinition: URIRef
    ComponentSpecification: URIRef
    SliceKey: URIRef
    DimensionProperty: URIRef
    MeasureProperty: URIRef
    AttributeProperty: URIRef
    attribute: URIRef
    codeList: URIRef
    component: URIRef
    componentProperty: URIRef
    componentRequired: URIRef
    dataSet: URIRef
    dimension: URIRef
    measure: URIRef
    observation: URIRef
    order: URIRef
    slice: URIRef
    sliceKey: URIRef
    sliceStructure: URIRef
    structure: URIRef


class SDMXDimension(Terms):
    """The dimensions that SDMX names for all statistics."""

    _fail = True
    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")

    refArea: URIRef
    refPeriod: URIRef
    sex: URIRef


class SDMXMeasure(Terms):
    """The measures of SDMX."""

    _fail = True
    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/measure#")

    obsValue: URIRef


class SDMXAttribute(Terms):
    """The attributes of SDMX."""

    _fail = True
    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")

    unitMeasure: URIRef


class FOAF(Terms):
    """Friend of a Friend: pages about things."""

    _fail = True
    _NS = Namespace("http://xmlns.com/foaf/0.1/")

    page: URIRef
    homepage: URIRef
    Document: URIRef
    primaryTopic: URIRef


class ORG(Terms):
    """The Organization Ontology."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/org#")

    Organization: URIRef
    Membership: URIRef


class PROV(Terms):
    """PROV-O."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/prov#")

    Entity: URIRef


class SDGO(Terms):
    """The United Nations' ontology of the Sustainable Development Goals."""

    _fail = True
    _NS = Namespace("http://metadata.un.org/sdg/ontology#")

    Goal: URIRef
    Target: URIRef
    Indicator: URIRef
    Series: URIRef
    isTargetOf: URIRef
    isIndicatorOf: URIRef
    isSeriesOf: URIRef
    custodianAgency: URIRef


class GEO(Terms):
    """GeoSPARQL: geometries of places, as well-known text."""

    _fail = True
    _NS = Namespace("http://www.opengis.net/ont/geosparql#")

    Geometry: URIRef
    asWKT: URIRef
    hasGeometry: URIRef


class QUDT(Terms):
    """Quantities, units, dimensions and types."""

    _fail = True
    _NS = Namespace("http://qudt.org/schema/qudt/")

    hasUnit: URIRef


class SCHEMA(Terms):
    """schema.org: meetings; and domains that are alternatives, which OWL would read as conjunctions."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    isbn: URIRef
    domainIncludes: URIRef
    rangeIncludes: URIRef
    Event: URIRef
    EventSeries: URIRef
    startDate: URIRef
    endDate: URIRef
    location: URIRef
    organizer: URIRef
    contributor: URIRef


class VS(Terms):
    """Term status of a vocabulary."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")

    term_status: URIRef


class VOID(Terms):
    """Vocabulary of Interlinked Datasets: a named graph is one."""

    _fail = True
    _NS = Namespace("http://rdfs.org/ns/void#")

    Dataset: URIRef
    inDataset: URIRef
    property: URIRef
    propertyPartition: URIRef
    triples: URIRef


class SD(Terms):
    """SPARQL 1.1 Service Description: what our own terms say of a service."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/sparql-service-description#")

    Service: URIRef
    Graph: URIRef


PREFIXES: dict[str, type[DefinedNamespace] | ClosedNamespace] = {
    "mg": MG,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "dcat": DCAT,
    "qb": QB,
    "sdmx-dimension": SDMXDimension,
    "sdmx-measure": SDMXMeasure,
    "sdmx-attribute": SDMXAttribute,
    "foaf": FOAF,
    "org": ORG,
    "prov": PROV,
    "sdgo": SDGO,
    "geo": GEO,
    "qudt": QUDT,
    "schema": SCHEMA,
    "vs": VS,
    "void": VOID,
    "sd": SD,
}

SDG = Namespace("http://metadata.un.org/sdg/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
NUTS = Namespace("http://data.europa.eu/nuts/code/")
UNIT = Namespace("http://qudt.org/vocab/unit/")
SEMAPV = Namespace("https://w3id.org/semapv/vocab/")
"""What SSSOM calls the ways to justify a mapping."""

THING_PREFIXES: dict[str, str] = {"sdg": str(SDG), "wd": str(WIKIDATA), "nuts": str(NUTS), "unit": str(UNIT)}


def prefixes() -> dict[str, str]:
    """Every prefix the product writes, with its namespace on the canonical base."""
    return {prefix: str(namespace) for prefix, namespace in PREFIXES.items()} | THING_PREFIXES


CSVW_CONTEXT = "http://www.w3.org/ns/csvw"
"""What metadata of CSV on the Web names as its context."""
