"""The authored files of the vocabulary, as graphs on the canonical base."""

from __future__ import annotations

from importlib.resources import files

from rdflib import Graph


def read_text(name: str) -> str:
    """The text of one authored file of this package, by its path."""
    return files("ontology").joinpath(name).read_text(encoding="utf-8")


def vocabulary_files() -> list[str]:
    """The paths of the files of our own terms, one for each theme."""
    folder = files("ontology").joinpath("vocabulary")
    return sorted(f"vocabulary/{entry.name}" for entry in folder.iterdir() if entry.name.endswith(".ttl"))


def vocabulary() -> Graph:
    """The vocabulary, the schemes, the structures of data sets, the foreign terms and the graph of all of these.

    There is no blank node in it.
    """
    graph = Graph(bind_namespaces="none")
    for name in (*vocabulary_files(), "schemes.ttl", "structures.ttl", "foreign.ttl", "graph.ttl"):
        graph.parse(data=read_text(name), format="turtle")
    return graph
