"""The public questions as queries that other tools can read and run, with the prefixes of the product.

As the examples of SIB's SPARQL services are written, so that editors which know those know these:
https://github.com/sib-swiss/sparql-examples
"""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef

from loaders.saying import Account
from ontology import addresses, namespaces
from ontology.base import Base
from ontology.description import SCHEMA, SH, XSDTypes
from ontology.namespaces import OWL, RDF, RDFS
from queries.catalogue import questions

_PREFIXES = addresses.part(addresses.EXAMPLES, "prefixes")


def describe_examples(base: Base) -> Graph:
    """Every public question with its parameters bound to the examples of its header, in a graph on a base."""
    examples = Account(base)
    examples.say(_PREFIXES, (RDF.type, OWL.Ontology))
    for prefix, namespace in namespaces.prefixes().items():
        declared = addresses.part(addresses.EXAMPLES, f"prefix-{prefix}")
        examples.say(_PREFIXES, (SH.declare, declared))
        examples.say(
            declared,
            (RDF.type, SH.PrefixDeclaration),
            (SH.prefix, prefix),
            (SH.namespace, Literal(str(base.localise(URIRef(namespace))), datatype=XSDTypes.anyURI)),
        )
    for name, question in questions().items():
        examples.say(
            addresses.part(addresses.EXAMPLES, name),
            (RDF.type, SH.SPARQLExecutable),
            (RDF.type, SH.SPARQLSelectExecutable),
            (RDFS.label, question.header.title.text()),
            (RDFS.comment, question.header.answers.text()),
            (SH.prefixes, _PREFIXES),
            (SH.select, question.example(base, "en")),
            (SCHEMA.target, addresses.address(addresses.SPARQL)),
        )
    return examples.graph
