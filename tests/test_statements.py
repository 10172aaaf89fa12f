"""Statements are read by the lines of N-Quads, whatever stands in their texts."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import XSD, Literal, URIRef

from endpoint.documents.statements import iri_of, read_statements, term_of

TEXTS = ("hav", 'she said "no" <there> .', "one\nline\r\nmore", "back\\slash \\n", "å\u2028\x85\x0b\U0001f30a", "")


def quads() -> list[ox.Quad]:
    """Statements with every sort of value, and with texts that are hard to tell from what stands around them."""
    thing, says, graph = (ox.NamedNode(f"http://localhost/{name}") for name in ("å", "says", "graph"))
    values = [thing, ox.Literal(7), *map(ox.Literal, TEXTS), *(ox.Literal(text, language="sv") for text in TEXTS)]
    return [ox.Quad(thing, says, value, graph) for value in values]


def test_statements_are_read_as_they_were_written() -> None:
    content = ox.serialize(quads(), format=ox.RdfFormat.N_QUADS)
    read = read_statements(content)
    assert {statement[:2] for statement in read} == {("<http://localhost/å>", "<http://localhost/says>")}
    assert {statement.graph for statement in read} == {"<http://localhost/graph>"}
    written = "".join(f"{' '.join(statement)} .\n" for statement in read)
    assert list(ox.parse(written, format=ox.RdfFormat.N_QUADS)) == quads()


@pytest.mark.parametrize(("quad", "read"), [(quad, str(quad.object)) for quad in quads()])
def test_each_term_is_the_same_for_rdflib(quad: ox.Quad, read: str) -> None:
    term = term_of(read)
    assert str(term) == quad.object.value
    if isinstance(term, Literal):
        assert term.language == quad.object.language
        assert term.datatype in {None, XSD.integer}
    else:
        assert term == URIRef("http://localhost/å")


def test_the_same_iri_is_the_same_object() -> None:
    assert iri_of("http://localhost/a") is term_of("<http://localhost/a>")
