"""Entities that swell are found however the file is cut into pieces; short names are let through."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest

from loaders.xml_entities import SwellingEntity, watched

SHORT = '<!ENTITY a "http://example.org/%C3%A5#">\n<!ENTITY % b "' + "x" * 1000 + '" >'
SWELLING = {
    "one in another": '<!ENTITY a "ha"><!ENTITY b "&a;&a;">',
    "no space after the word": '<!ENTITYa "ha"><!ENTITYb "&a;">',
    "a long one": f'<!ENTITY a "{"x" * 1001}">',
    "one far from its word": f'<!ENTITY{" " * 1200}a "&a;">',
    "one after a short one": SHORT + '<!ENTITY c "&a;">',
}


def document(declared: str) -> bytes:
    space = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    said = f'<rdf:Description rdf:about="&a;x"><p xmlns="a:">{"y" * 3000}</p></rdf:Description>'
    return f'<!DOCTYPE rdf:RDF [{declared}]>\n<rdf:RDF xmlns:rdf="{space}">{said}</rdf:RDF>'.encode()


class Pieces(io.BytesIO):
    """A file that gives some bytes at a time, whatever is asked for."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self.size = size

    def read(self, _: int | None = -1) -> bytes:
        return super().read(self.size)


@pytest.mark.parametrize("size", [1, 7, 1000, 100_000])
@pytest.mark.parametrize("kind", SWELLING)
def test_what_swells_is_refused_before_it_has_been_given(kind, size):
    with pytest.raises(SwellingEntity, match="save the file as Turtle"):
        list(ox.parse(watched(Pieces(document(SWELLING[kind]), size)), format=ox.RdfFormat.RDF_XML))


@pytest.mark.parametrize("size", [7, 2048])
def test_short_names_are_let_through(size):
    (read,) = ox.parse(watched(Pieces(document(SHORT), size)), format=ox.RdfFormat.RDF_XML)
    assert read.subject == ox.NamedNode("http://example.org/%C3%A5#x")
