"""What the shapes of a kind demand, read from their file without any of the product's code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import SH, Graph, URIRef
from rdflib.term import Node

FOLDER = Path(__file__).parents[1] / "shapes"
SHAPES = "https://w3id.org/miljograf/shapes/"


@cache
def graph_of(kind: str) -> Graph:
    """The shapes of a kind."""
    return Graph(bind_namespaces="none").parse(FOLDER / f"{kind}.ttl", format="turtle")


def property_shapes(kind: str) -> set[Node]:
    """The property shapes for the things of a kind: those of its node shape, and those that have their class as target.

    A file can hold shapes for something beside the things too, such as the named graph of a source.
    """
    graph, node = graph_of(kind), URIRef(f"{SHAPES}{kind}")
    target = graph.value(node, SH.targetClass)
    beside = {shape for shape in graph.subjects(SH.targetClass, target) if (shape, SH.path, None) in graph}
    return beside | set(graph.objects(node, SH.property))


def properties_in_order(kind: str) -> list[URIRef]:
    """The properties of the things of a kind, each once, in the order of their shapes."""
    graph = graph_of(kind)
    ordered = sorted(
        (int(graph.value(shape, SH.order)), graph.value(shape, SH.path)) for shape in property_shapes(kind)
    )
    return list(dict.fromkeys(path for _, path in ordered))
