"""The dumps of a release: all of it, and each graph by itself. A graph that has not changed keeps its files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from rdflib import URIRef

from loaders import disk
from loaders.content import Content
from loaders.files import ALL, NQUADS, NTRIPLES, TURTLE
from loaders.packed import Place, write_gzip, write_pieces
from loaders.previous import Previous, dump_of
from loaders.runs import encoded, end_in
from loaders.turtle_bodies import Bodies
from ontology import namespaces
from ontology.turtle import tidy_head
from shapes.stretches import stretches

_BYTES_AT_ONCE = 1 << 20


def write_dumps(content: Content, directory: Path, previous: Previous | None) -> Mapping[str, Place]:
    """Write the dumps into the folder of a release; where each graph stands in the dump of everything.

    Same content, same bytes, whether files of a previous release are taken over or not.
    """
    folder = directory / NQUADS.folder
    same = previous.same if previous else {}
    graphs = sorted(content.graphs)
    pieces = ((encoded(content.graphs[graph], end_in(graph)), same.get(graph)) for graph in graphs)
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
    lines, name = content.graphs[graph], dump_of(graph)
    write_gzip(folder / f"{name}.{NTRIPLES.suffix}", encoded(lines, " .\n"))
    body = folder / f".{name}.ttl"  # a graph may be of millions of lines: what it says waits for its head in a file
    bodies = Bodies(prefixes)
    with body.open("w+b") as file:
        file.writelines(bodies.written(stretches(lines)))
        file.seek(0)
        head = tidy_head(bodies.head, bodies.used)
        write_gzip(folder / f"{name}.{TURTLE.suffix}", chain([head], iter(partial(file.read, _BYTES_AT_ONCE), b"")))
    body.unlink()
