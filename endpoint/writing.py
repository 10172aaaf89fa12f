"""Writes a document in a format: the same facts in each, in a stable order."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from endpoint.documents import Document
from endpoint.formats import Format
from endpoint.forms import Form
from endpoint.jsonld import writer_on
from endpoint.selfdescription import described, selected
from endpoint.statements import quads_of
from ontology.schemes import Profile
from ontology.turtle import tidy

_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_QUADS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}


def serialise(
    document: Document, format_: Format, profile: Profile = Profile.DOCUMENT, form: Form | None = None
) -> bytes:
    """The bytes of a document in a format: the thing first, then the document, then what else is spoken of.

    In TriG and N-Quads each statement stands in the graph of its source, and what the document says of itself in none.
    """
    quads = quads_of(selected(document, profile))
    own = list(described(document, profile))
    if format_.name in _QUADS:
        return _written(document, _in_graphs(document, quads, own), _QUADS[format_.name])
    triples = _in_order(document, quads, own)
    if format_.name != "jsonld":
        return _written(document, triples, _TRIPLES[format_.name])
    return _as_json(document, triples, profile, form)


def sizes_of(document: Document) -> dict[str, int]:
    """How many bytes `serialise` gives, by the names of the formats."""
    quads = quads_of(selected(document, Profile.DOCUMENT))
    own = list(described(document, Profile.DOCUMENT))
    triples = _in_order(document, quads, own)
    in_graphs = _divided(triples, quads, own)
    written = {name: _written(document, triples, format_) for name, format_ in _TRIPLES.items()}
    written |= {name: _written(document, in_graphs, format_) for name, format_ in _QUADS.items()}
    written["jsonld"] = _as_json(document, triples, Profile.DOCUMENT)
    return {name: len(body) for name, body in written.items()}


def _as_json(document: Document, triples: list[ox.Triple], profile: Profile, form: Form | None = None) -> bytes:
    writer = writer_on(document.site.base.iri)
    if form is Form.EXPANDED:
        return _json(writer.expanded(triples))
    if profile is not Profile.FRAMED:
        return _json(writer.graph(triples))
    key = document.key
    return _json(writer.tree(triples, str(document.thing), document.address, key.kind if key else None))


def _in_order(document: Document, quads: Iterable[ox.Quad], own: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Each statement once: those about the thing, about the document, then all others, by their texts."""
    by_text = {str(triple): triple for triple in (*(quad.triple for quad in quads), *own)}
    texts, first = sorted(by_text), list[str]()
    for about in (document.thing, document.address):
        begin, end = _beginning(texts, f"<{about}>")
        first += texts[begin:end]
        del texts[begin:end]
    return [by_text[text] for text in (*first, *texts)]


def _beginning(texts: list[str], subject: str) -> tuple[int, int]:
    """Where those of texts in order begin and end that begin with a subject."""
    return bisect_left(texts, f"{subject} "), bisect_left(texts, f"{subject}!")  # what comes after a space


def _in_graphs(document: Document, quads: Sequence[ox.Quad], own: list[ox.Triple]) -> list[ox.Quad]:
    """What the document says of itself, then graph by graph what the sources say."""
    return _divided(_in_order(document, quads, own), quads, own)


def _divided(triples: list[ox.Triple], quads: Sequence[ox.Quad], own: list[ox.Triple]) -> list[ox.Quad]:
    """The same of statements that are in order."""
    place = {triple: number for number, triple in enumerate(triples)}
    in_graphs: dict[str, set[int]] = {}
    for quad in quads:
        in_graphs.setdefault(getattr(quad.graph_name, "value", ""), set()).add(place[quad.triple])
    stated = [(graph, number) for graph in sorted(in_graphs) for number in sorted(in_graphs[graph])]
    said = [(None, number) for number in sorted({place[triple] for triple in own})]
    return [_quad(triples[number], graph) for graph, number in (*said, *stated)]


def _quad(triple: ox.Triple, graph: str | None) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph) if graph else None)


def _written(document: Document, statements: list[ox.Triple] | list[ox.Quad], format_: ox.RdfFormat) -> bytes:
    content = ox.serialize(statements, format=format_, prefixes=document.site.prefixes) or b""
    return tidy(content) if format_ in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG} else content


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
