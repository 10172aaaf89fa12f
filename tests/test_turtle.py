"""Turtle for readers names the prefixes that are used, whether it is held or lies in a file."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from ontology.turtle import names_in, parted, tidy, tidy_head

PREFIXES = {
    "b": "http://example.org/b/",
    "a": "http://example.org/a/",
    "a-c": "http://example.org/c/",
    "unused": "http://example.org/unused/",
    "text": "http://example.org/text/",
    "xtext": "http://example.org/xtext/",
}
TRIPLES = [
    ox.Triple(ox.NamedNode("http://example.org/a/1"), ox.NamedNode("http://example.org/a-c/é"), ox.Literal("å")),
    ox.Triple(ox.NamedNode("http://example.org/a/2"), ox.NamedNode("http://example.org/c/x"), ox.Literal("xtext: b")),
    ox.Triple(
        ox.NamedNode("http://example.org/é"), ox.NamedNode("http://example.org/b/x"), ox.Literal("\n@prefix a\n")
    ),
]


def test_only_used_prefixes_are_named():
    written = ox.serialize(TRIPLES, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    named = [line for line in tidy(written).decode().splitlines() if line.startswith("@prefix")]
    assert [line.split()[1] for line in named] == ["a-c:", "a:", "b:"]  # xtext: begins a text


@pytest.mark.parametrize("triples", [TRIPLES, TRIPLES[:1], []])
def test_what_is_named_in_each_part_is_named_in_the_whole(triples):
    parts = [parted(ox.serialize([triple], format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)) for triple in triples]
    used = set().union(*(names_in(body) for _, body in parts))
    head = tidy_head(parts[0][0], used) if parts else b""
    whole = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert b"".join([head, *(body for _, body in parts)]) == tidy(whole)


def test_every_place_of_a_name_counts():
    first, second, third = (ox.NamedNode(f"http://example.org/{prefix}/x") for prefix in ("a", "b", "text"))
    literal = ox.Literal("1", datatype=ox.NamedNode("http://example.org/xtext/x"))
    quads = [ox.Quad(first, second, literal, ox.NamedNode("http://example.org/c/x")), ox.Quad(third, second, second)]
    for name, prefix in PREFIXES.items():
        written = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes={name: prefix})
        assert (b"@prefix" in tidy(written)) == (name != "unused")
        assert list(ox.parse(tidy(written), format=ox.RdfFormat.TRIG)) == list(
            ox.parse(written, format=ox.RdfFormat.TRIG)
        )


def test_a_prefix_without_letters_is_one():
    written = ox.serialize(
        TRIPLES[:1], format=ox.RdfFormat.TURTLE, prefixes={"": "http://example.org/a/", "x": "http://x/"}
    )
    assert tidy(written).startswith(b"@prefix : <http://example.org/a/> .\n\n:1 ")
