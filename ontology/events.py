"""Closed namespaces of the stream of changes: Linked Data Event Streams, TREE, and what its members say of themselves.

None of these terms stands in the data, so they are not declared in the vocabulary.
"""

# ruff: noqa: N815 - the names are the local names of the terms
from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology import description
from ontology.base import Base


class LDES(DefinedNamespace):
    """Linked Data Event Streams."""

    _fail = True
    _NS = Namespace("https://w3id.org/ldes#")

    EventSource: URIRef
    EventStream: URIRef
    LatestVersionSubset: URIRef
    RetentionPolicy: URIRef
    amount: URIRef
    immutable: URIRef
    retentionPolicy: URIRef
    timestampPath: URIRef
    versionAmount: URIRef
    versionCreateObject: URIRef
    versionCreatePath: URIRef
    versionDeleteObject: URIRef
    versionDeletePath: URIRef
    versionOfPath: URIRef
    versionUpdateObject: URIRef
    versionUpdatePath: URIRef


class TREE(DefinedNamespace):
    """TREE: a collection on pages that lead on to one another."""

    _fail = True
    _NS = Namespace("https://w3id.org/tree#")

    GreaterThanOrEqualToRelation: URIRef
    LessThanOrEqualToRelation: URIRef
    Node: URIRef
    member: URIRef
    node: URIRef
    path: URIRef
    relation: URIRef
    shape: URIRef
    value: URIRef
    view: URIRef


class AS(DefinedNamespace):
    """Activity Streams 2.0: how a version came to be."""

    _fail = True
    _NS = Namespace("https://www.w3.org/ns/activitystreams#")

    Create: URIRef
    Delete: URIRef
    Update: URIRef


class PROV(DefinedNamespace):
    """PROV-O: when a version came to be."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/prov#")

    generatedAtTime: URIRef


class SH(DefinedNamespace):
    """The part of SHACL that says what all members have in common."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/shacl#")

    IRI: URIRef
    NodeShape: URIRef
    datatype: URIRef
    maxCount: URIRef
    minCount: URIRef
    nodeKind: URIRef
    path: URIRef
    property: URIRef


BOOLEAN = URIRef("http://www.w3.org/2001/XMLSchema#boolean")

_TERMS = {"ldes": LDES, "tree": TREE, "as": AS, "prov": PROV}


def prefixes(base: Base) -> dict[str, str]:
    """Every prefix that the stream is written with: those of descriptions, and those of this module."""
    return description.prefixes(base) | {name: str(terms) for name, terms in _TERMS.items()}
