"""The authored files of the vocabulary, as graphs on the canonical base."""

from __future__ import annotations

from importlib.resources import files

from rdflib import Graph

VOCABULARY_FILES = ("vocabulary.ttl", "schemes.ttl", "foreign.ttl")


def read_text(name: str) -> str:
    """The text of one authored file of this package."""
    return files("ontology").joinpath(name).read_text(encoding="utf-8")


def vocabulary() -> Graph:
    """The vocabulary, the concept schemes and the foreign terms in one graph, without blank nodes."""
    graph = Graph(bind_namespaces="none")
    for name in VOCABULARY_FILES:
        graph.parse(data=read_text(name), format="turtle")
    return graph
