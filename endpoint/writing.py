"""Writes a document in a format: the same facts in each, in a stable order."""

from __future__ import annotations

import json

import pyoxigraph as ox

from endpoint.documents import Document
from endpoint.formats import Format
from endpoint.jsonld import writer_on
from endpoint.selfdescription import described, graphs_of, selected
from ontology import iri
from ontology.schemes import Profile
from ontology.turtle import tidy

_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_QUADS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}


def serialise(document: Document, format_: Format, profile: Profile = Profile.DOCUMENT) -> bytes:
    """The bytes of a document in a format: the thing first, then the document, then what else is spoken of.

    In TriG and N-Quads each statement stands in the graph of its source, and what the document says of itself in none.
    """
    quads = selected(document, profile)
    own = list(described(document, profile, graphs_of(quads)))
    if format_.name in _QUADS:
        return _written(document, _in_graphs(document, quads, own), _QUADS[format_.name])
    triples = _in_order(document, {quad.triple for quad in quads}.union(own))
    if format_.name != "jsonld":
        return _written(document, triples, _TRIPLES[format_.name])
    writer = writer_on(document.site.base.iri)
    if profile is not Profile.FRAMED:
        return _json(writer.graph(triples))
    key = iri.parse(document.site.canonical(document.thing))
    return _json(writer.tree(triples, str(document.thing), document.address, key.kind if key else None))


def _in_order(document: Document, triples: set[ox.Triple]) -> list[ox.Triple]:
    ends = {f"<{document.thing}>": "0", f"<{document.address}>": "1"}
    keyed = [(ends.get(subject, "2"), str(triple), triple) for triple in triples for subject in (str(triple.subject),)]
    return [triple for _, _, triple in sorted(keyed, key=lambda key: key[:2])]


def _in_graphs(document: Document, quads: list[ox.Quad], own: list[ox.Triple]) -> list[ox.Quad]:
    """What the document says of itself, then graph by graph what the sources say."""
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", ""), set()).add(quad.triple)
    return [
        *(_quad(triple, None) for triple in _in_order(document, set(own))),
        *(_quad(triple, graph) for graph in sorted(graphs) for triple in _in_order(document, graphs[graph])),
    ]


def _quad(triple: ox.Triple, graph: str | None) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph) if graph else None)


def _written(document: Document, statements: list[ox.Triple] | list[ox.Quad], format_: ox.RdfFormat) -> bytes:
    content = ox.serialize(statements, format=format_, prefixes=document.site.prefixes) or b""
    return tidy(content) if format_ in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG} else content


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
