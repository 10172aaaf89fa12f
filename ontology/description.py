"""Closed namespaces of what a release says of itself: VoID, DCAT-AP-SE, and the lists that these point into.

The description lies beside the data, so these terms are not declared in the vocabulary. A term that is not listed does
not exist here either: a typo fails where it is written.
"""

# ruff: noqa: N815 - the names are the local names of the terms
from __future__ import annotations

from dataclasses import dataclass

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology import namespaces
from ontology.base import Base
from ontology.text import Language, Text


class VOID(DefinedNamespace):
    """Vocabulary of Interlinked Datasets."""

    _fail = True
    _NS = Namespace("http://rdfs.org/ns/void#")

    Dataset: URIRef
    DatasetDescription: URIRef
    Linkset: URIRef
    classPartition: URIRef
    classes: URIRef
    dataDump: URIRef
    distinctObjects: URIRef
    distinctSubjects: URIRef
    entities: URIRef
    exampleResource: URIRef
    feature: URIRef
    linkPredicate: URIRef
    objectsTarget: URIRef
    properties: URIRef
    property: URIRef
    propertyPartition: URIRef
    sparqlEndpoint: URIRef
    subjectsTarget: URIRef
    subset: URIRef
    triples: URIRef
    uriSpace: URIRef
    vocabulary: URIRef


VOID_CLASS = URIRef(str(VOID) + "class")
"""The property `void:class`, whose name Python keeps for itself."""


class DCAT(DefinedNamespace):
    """Data Catalog Vocabulary."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dcat#")

    Catalog: URIRef
    DataService: URIRef
    Dataset: URIRef
    Distribution: URIRef
    accessService: URIRef
    accessURL: URIRef
    byteSize: URIRef
    compressFormat: URIRef
    contactPoint: URIRef
    dataset: URIRef
    distribution: URIRef
    downloadURL: URIRef
    endDate: URIRef
    endpointDescription: URIRef
    endpointURL: URIRef
    hasVersion: URIRef
    isVersionOf: URIRef
    keyword: URIRef
    landingPage: URIRef
    mediaType: URIRef
    previousVersion: URIRef
    servesDataset: URIRef
    service: URIRef
    startDate: URIRef
    temporalResolution: URIRef
    theme: URIRef
    themeTaxonomy: URIRef
    version: URIRef


class DCTERMS(DefinedNamespace):
    """Dublin Core terms."""

    _fail = True
    _NS = Namespace("http://purl.org/dc/terms/")

    Frequency: URIRef
    LicenseDocument: URIRef
    LinguisticSystem: URIRef
    Location: URIRef
    MediaType: URIRef
    MediaTypeOrExtent: URIRef
    PeriodOfTime: URIRef
    ProvenanceStatement: URIRef
    RightsStatement: URIRef
    Standard: URIRef
    accessRights: URIRef
    accrualPeriodicity: URIRef
    conformsTo: URIRef
    creator: URIRef
    description: URIRef
    format: URIRef
    identifier: URIRef
    isVersionOf: URIRef
    issued: URIRef
    language: URIRef
    license: URIRef
    modified: URIRef
    provenance: URIRef
    publisher: URIRef
    relation: URIRef
    rights: URIRef
    source: URIRef
    spatial: URIRef
    temporal: URIRef
    title: URIRef
    type: URIRef


class FOAF(DefinedNamespace):
    """Friend of a Friend: agents and documents."""

    _fail = True
    _NS = Namespace("http://xmlns.com/foaf/0.1/")

    Agent: URIRef
    Document: URIRef
    homepage: URIRef
    name: URIRef
    page: URIRef
    primaryTopic: URIRef


class VCARD(DefinedNamespace):
    """vCard: whom to turn to."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2006/vcard/ns#")

    Kind: URIRef
    Organization: URIRef
    fn: URIRef
    hasEmail: URIRef


class SPDX(DefinedNamespace):
    """Software Package Data Exchange: checksums."""

    _fail = True
    _NS = Namespace("http://spdx.org/rdf/terms#")

    Checksum: URIRef
    ChecksumAlgorithm: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef


class DCATAP(DefinedNamespace):
    """What DCAT-AP adds to DCAT."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/r5r/")

    applicableLegislation: URIRef
    availability: URIRef
    hvdCategory: URIRef


class ODRS(DefinedNamespace):
    """Open Data Rights Statement: how a source asks to be named."""

    _fail = True
    _NS = Namespace("http://schema.theodi.org/odrs#")

    RightsStatement: URIRef
    attributionText: URIRef


class ELI(DefinedNamespace):
    """The European Legislation Identifier."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/eli/ontology#")

    LegalResource: URIRef


class SH(DefinedNamespace):
    """The part of SHACL that declares prefixes and queries."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/shacl#")

    PrefixDeclaration: URIRef
    SPARQLExecutable: URIRef
    SPARQLSelectExecutable: URIRef
    declare: URIRef
    namespace: URIRef
    prefix: URIRef
    prefixes: URIRef
    select: URIRef


class SCHEMA(DefinedNamespace):
    """schema.org: which service a query is for."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    target: URIRef


class XSDTypes(DefinedNamespace):
    """The datatypes that descriptions have beside those of the data."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2001/XMLSchema#")

    anyURI: URIRef
    dateTime: URIRef
    duration: URIRef
    hexBinary: URIRef
    nonNegativeInteger: URIRef


FORMATS_OF_DOCUMENTS = tuple(
    URIRef(f"http://www.w3.org/ns/formats/{name}") for name in ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")
)
"""The RDF formats of every document, as VoID names them."""

_EU = "http://publications.europa.eu/resource/authority/"
LANGUAGES: dict[Language, URIRef] = {"sv": URIRef(f"{_EU}language/SWE"), "en": URIRef(f"{_EU}language/ENG")}
SWEDEN = URIRef(f"{_EU}country/SWE")
ENVIRONMENT = URIRef(f"{_EU}data-theme/ENVI")
THEMES = URIRef(f"{_EU}data-theme")
PUBLIC = URIRef(f"{_EU}access-right/PUBLIC")
IRREGULAR, NEVER, UNKNOWN = (URIRef(f"{_EU}frequency/{code}") for code in ("IRREG", "NEVER", "UNKNOWN"))
STABLE = URIRef(f"{_EU}planned-availability/STABLE")

CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
DATA_CUBE = URIRef("http://www.w3.org/TR/vocab-data-cube/")
EVENT_STREAMS = URIRef("https://w3id.org/ldes/specification")
PROTOCOL = URIRef("https://www.w3.org/TR/sparql11-protocol/")
JSON_STAT_FORMAT = URIRef("https://json-stat.org/full/")
HIGH_VALUE = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
"""The regulation on high-value datasets."""

API_CATALOG_PROFILE = "https://www.rfc-editor.org/info/rfc9727"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def file_type(code: str) -> URIRef:
    """A file type by its code in the list of the EU, such as RDF_TURTLE."""
    return URIRef(f"{_EU}file-type/{code}")


def media_type(name: str) -> URIRef:
    """A media type as IANA registers it."""
    return URIRef(f"https://www.iana.org/assignments/media-types/{name}")


def high_value_category(code: str) -> URIRef:
    """A category of high-value datasets by its code, such as c_4ba9548e (emissions)."""
    return URIRef(f"http://data.europa.eu/bna/{code}")


def publisher_type(name: str) -> URIRef:
    """A type of publisher by its name in the list that DCAT-AP-SE takes."""
    return URIRef(f"http://purl.org/adms/publishertype/{name}")


def organisation(number: str) -> URIRef:
    """An organisation by its number, such as 202100-1975, as dataportal.se identifies it."""
    return URIRef(f"http://dataportal.se/organisation/SE{number.replace('-', '')}")


def mail(address: str) -> URIRef:
    """An e-mail address as an IRI."""
    return URIRef(f"mailto:{address}")


def licence(stated: str) -> URIRef:
    """A licence in the exact form that DCAT-AP-SE asks for: Creative Commons with http, others as they are stated."""
    return URIRef(stated.replace("https://creativecommons.org/", "http://creativecommons.org/", 1))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A dataset of others that ours link to: what its IRIs begin with, and where it is presented."""

    key: str
    space: str
    title: Text
    homepage: URIRef


NEIGHBOURS = (
    Neighbour(
        "un-sdg",
        str(namespaces.SDG),
        Text(
            "FN:s mål, delmål och indikatorer för Agenda 2030",
            "The UN's goals, targets and indicators of the 2030 Agenda",
        ),
        URIRef("http://metadata.un.org/sdg"),
    ),
    Neighbour("wikidata", str(namespaces.WIKIDATA), Text("Wikidata", "Wikidata"), URIRef("https://www.wikidata.org/")),
    Neighbour(
        "nuts",
        str(namespaces.NUTS),
        Text("EU:s regionindelning Nuts", "NUTS, the regions of the EU"),
        URIRef("https://data.europa.eu/"),
    ),
    Neighbour(
        "sdgio",
        "http://purl.unep.org/sdg/",
        Text("Unep:s ontologi för de globala målen", "UNEP's interface ontology of the goals"),
        URIRef("http://purl.unep.org/sdg/"),
    ),
    Neighbour(
        "dataportal-organisations",
        "http://dataportal.se/organisation/",
        Text("Organisationer på Sveriges dataportal", "Organisations at Sweden's data portal"),
        URIRef("https://www.dataportal.se/"),
    ),
    Neighbour("qudt", str(namespaces.UNIT), Text("Enheter i QUDT", "Units of QUDT"), URIRef("https://www.qudt.org/")),
    Neighbour(
        "unbis",
        "http://metadata.un.org/thesaurus/",
        Text("FN:s tesaurus Unbis", "The UNBIS thesaurus of the UN"),
        URIRef("http://metadata.un.org/thesaurus/"),
    ),
    Neighbour("eurovoc", "http://eurovoc.europa.eu/", Text("EuroVoc", "EuroVoc"), URIRef("https://eurovoc.europa.eu/")),
)
"""The datasets of others that a release may link to; those it does link to are described with the number of links."""

LABELS: dict[URIRef, Text] = {
    ENVIRONMENT: Text("Miljö", "Environment"),
    STABLE: Text("stabil", "stable"),
    **{
        publisher_type(name): label
        for name, label in {
            "Academia-ScientificOrganisation": Text("Akademi eller forskning", "Academia or scientific organisation"),
            "Company": Text("Företag", "Company"),
            "IndustryConsortium": Text("Branschorganisation", "Industry consortium"),
            "LocalAuthority": Text("Lokal myndighet", "Local authority"),
            "NationalAuthority": Text("Nationell myndighet", "National authority"),
            "NonGovernmentalOrganisation": Text("Icke-statlig organisation", "Non-governmental organisation"),
            "NonProfitOrganisation": Text("Ideell organisation", "Non-profit organisation"),
            "PrivateIndividual(s)": Text("Privatpersoner", "Private individuals"),
            "RegionalAuthority": Text("Regional myndighet", "Regional authority"),
            "StandardisationBody": Text("Standardiseringsorgan", "Standardisation body"),
            "SupraNationalAuthority": Text("Överstatlig myndighet", "Supra-national authority"),
        }.items()
    },
}
"""What the concepts are called that a description points to, for readers who do not fetch the lists."""

THEMES_TITLE = Text("Teman för data", "Data themes")

_TERMS = {
    "void": VOID,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "vcard": VCARD,
    "spdx": SPDX,
    "dcatap": DCATAP,
    "odrs": ODRS,
    "eli": ELI,
    "sh": SH,
    "schema": SCHEMA,
}


def prefixes(base: Base) -> dict[str, str]:
    """Every prefix that a description is written with: those of the product on a base, and those of this module."""
    own = {name: str(base.localise(URIRef(space))) for name, space in namespaces.prefixes().items()}
    return own | {name: str(terms) for name, terms in _TERMS.items()}
