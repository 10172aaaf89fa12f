"""Writes a document in a format: the same facts in each, in a stable order.

Statements are put in order as lines of N-Triples, which is how they come; only what other formats need of them is read.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from endpoint.documents.document import Document
from endpoint.documents.forms import Form
from endpoint.documents.jsonld import writer_on
from endpoint.documents.selfdescription import described, selected
from endpoint.documents.statements import Statement, iri_in
from endpoint.formats import Format
from ontology.schemes import Profile
from ontology.turtle import tidy

_QUADS = {"trig", "nquads"}
_OTHERS = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "rdfxml": ox.RdfFormat.RDF_XML}
"""The formats that are written from lines of statements."""


def serialise(
    document: Document, format_: Format, profile: Profile = Profile.DOCUMENT, form: Form | None = None
) -> bytes:
    """The bytes of a document in a format: the thing first, then the document, then what else is spoken of.

    In TriG and N-Quads each statement stands in the graph of its source, and what the document says of itself in none.
    """
    statements, own = selected(document, profile), list(map(str, described(document, profile)))
    triples = _in_order(document, statements, own)
    in_graphs = format_.name in _QUADS
    lines = _lines(_in_graphs(triples, statements, own) if in_graphs else triples)
    if format_.name == "jsonld":
        return _as_json(document, lines, profile, form)
    other = _OTHERS.get(format_.name)
    return lines if other is None else _rewritten(document, lines, other)


def sizes_of(document: Document) -> dict[str, int]:
    """How many bytes `serialise` gives, by the names of the formats."""
    statements, own = selected(document, Profile.DOCUMENT), list(map(str, described(document, Profile.DOCUMENT)))
    triples = _in_order(document, statements, own)
    in_triples, in_graphs = _lines(triples), _lines(_in_graphs(triples, statements, own))
    written = {
        "turtle": _rewritten(document, in_triples, ox.RdfFormat.TURTLE),
        "ntriples": in_triples,
        "rdfxml": _rewritten(document, in_triples, ox.RdfFormat.RDF_XML),
        "trig": _rewritten(document, in_graphs, ox.RdfFormat.TRIG),
        "nquads": in_graphs,
        "jsonld": _as_json(document, in_triples, Profile.DOCUMENT),
    }
    return {name: len(body) for name, body in written.items()}


def _as_json(document: Document, lines: bytes, profile: Profile, form: Form | None = None) -> bytes:
    triples = [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
    writer = writer_on(document.site.base.iri)
    if form is Form.EXPANDED:
        return _json(writer.expanded(triples))
    if profile is not Profile.FRAMED:
        return _json(writer.graph(triples))
    key = document.key
    return _json(writer.tree(triples, str(document.thing), document.address, key.kind if key else None))


def _in_order(document: Document, statements: Iterable[Statement], own: Iterable[str]) -> list[str]:
    """Each statement once: those about the thing, about the document, then all others, by their texts."""
    texts, first = sorted({*map(_text, statements), *own}), list[str]()
    for about in (document.thing, document.address):
        begin, end = _beginning(texts, f"<{about}>")
        first += texts[begin:end]
        del texts[begin:end]
    return first + texts


def _text(statement: Statement) -> str:
    """A statement without its graph."""
    return f"{statement.subject} {statement.predicate} {statement.object}"


def _beginning(texts: list[str], subject: str) -> tuple[int, int]:
    """Where those of texts in order begin and end that begin with a subject."""
    return bisect_left(texts, f"{subject} "), bisect_left(texts, f"{subject}!")  # what comes after a space


def _in_graphs(triples: Sequence[str], statements: Iterable[Statement], own: Iterable[str]) -> Iterator[str]:
    """Of triples in order, what the document says of itself, then graph by graph what the sources say."""
    in_graphs: dict[str, set[str]] = {}
    for statement in statements:
        in_graphs.setdefault(statement.graph, set()).add(_text(statement))
    said = frozenset(own)
    yield from (text for text in triples if text in said)
    for graph in sorted(in_graphs, key=iri_in):
        yield from (f"{text} {graph}" for text in triples if text in in_graphs[graph])


def _lines(statements: Iterable[str]) -> bytes:
    """Statements as N-Triples, or with their graphs as N-Quads."""
    return "".join([f"{text} .\n" for text in statements]).encode("utf-8")


def _rewritten(document: Document, lines: bytes, format_: ox.RdfFormat) -> bytes:
    """Statements by their lines in another format."""
    statements = ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    content = ox.serialize(statements, format=format_, prefixes=document.site.prefixes) or b""
    return content if format_ == ox.RdfFormat.RDF_XML else tidy(content)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
