"""Checks RDF files of anyone against the shapes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from ontology import files as vocabulary_files
from ontology.base import BadBase, Base
from ontology.namespaces import OWN_TERMS
from shapes.files import shapes
from shapes.gate import check_shapes
from shapes.report import Report, in_order


class UnreadableFile(Exception):
    """A file that is no RDF, or not in the format its name says."""


def validate(paths: Iterable[Path]) -> Report:
    """The report of all shapes over the files, taken together as one graph.

    The base of the identifiers is found from the terms used. Raises UnreadableFile with the file and the fault.
    """
    data = Graph(bind_namespaces="none")
    for path in paths:
        for triple in _triples(path):
            data.add(triple)
    base = _base_of(data)
    for triple in base.localise_graph(vocabulary_files.vocabulary()):
        data.add(triple)
    return Report(in_order(check_shapes(data, base.localise_graph(shapes()))))


def _triples(path: Path) -> Graph:
    """The triples of a file, whatever graph they stand in, with the terms of rdflib's own parser."""
    kind = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if kind is None:
        raise UnreadableFile(f"{path}: unknown file type; use .ttl, .nt, .nq, .trig, .rdf or .jsonld")
    try:
        quads = ox.parse(path=str(path), format=kind, base_iri=path.absolute().as_uri())
        lines = [f"{quad.triple} .\n" for quad in quads]
    except (SyntaxError, ValueError, OSError) as error:
        raise UnreadableFile(f"{path}: this is not {kind.name}: {error}") from error
    return Graph(bind_namespaces="none").parse(data="".join(lines), format="nt")


def _base_of(data: Graph) -> Base:
    """The base on which the files use our terms: the canonical one where they use none."""
    marker = "spec/"
    own = set(OWN_TERMS)
    for term in (term for triple in data for term in triple[1:]):
        head, found, local = str(term).rpartition(marker)
        if found and local in own:
            with suppress(BadBase):
                return Base(head)
    return Base()
