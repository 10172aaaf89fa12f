"""The dumps of a release: all of it, and each graph by itself. A graph that has not changed keeps its files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef
from zlib_ng import gzip_ng

from loaders import disk
from loaders.content import Content
from loaders.files import ALL, NQUADS, NTRIPLES, TURTLE
from loaders.packed import Place, write_gzip, write_pieces
from loaders.previous import Previous, dump_of
from loaders.runs import encoded
from ontology import namespaces
from ontology.turtle import tidy_file


def write_dumps(content: Content, directory: Path, previous: Previous | None) -> Mapping[str, Place]:
    """Write the dumps into the folder of a release; where each graph stands in the dump of everything.

    Same content, same bytes, whether files of a previous release are taken over or not.
    """
    folder = directory / NQUADS.folder
    same = previous.same if previous else {}
    graphs = sorted(content.graphs)
    pieces = ((encoded(content.graphs[graph], f" <{graph}> .\n"), same.get(graph)) for graph in graphs)
    places = dict(zip(graphs, write_pieces(folder / ALL, pieces), strict=True))
    prefixes = {name: str(content.base.localise(URIRef(space))) for name, space in namespaces.prefixes().items()}
    for graph in graphs:
        names = [f"{dump_of(graph)}.{syntax.suffix}" for syntax in (NTRIPLES, TURTLE)]
        if previous and graph in same:
            for name in names:
                disk.take_over(previous.release.path / folder.name / name, folder / name)
        else:
            _write_graph(content, graph, folder, prefixes)
    disk.flush_files(folder.iterdir())
    return places


def _write_graph(content: Content, graph: str, folder: Path, prefixes: Mapping[str, str]) -> None:
    ntriples = folder / f"{dump_of(graph)}.{NTRIPLES.suffix}"
    write_gzip(ntriples, encoded(content.graphs[graph], " .\n"))
    turtle = folder / f".{dump_of(graph)}.ttl"  # a graph may be of millions of lines: it goes from file to file
    with io.BufferedReader(gzip_ng.open(ntriples)) as written:
        triples = ox.parse(written, format=ox.RdfFormat.N_TRIPLES, lenient=True)  # judged when they were made
        ox.serialize(triples, output=turtle, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    write_gzip(folder / f"{dump_of(graph)}.{TURTLE.suffix}", tidy_file(turtle))
    turtle.unlink()
