"""Checks RDF files of anyone against the shapes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from loaders.parsing import find_files
from ontology import files as vocabulary_files
from ontology.base import BadBase, Base
from ontology.namespaces import OWN_TERMS
from shapes.engines import Engine
from shapes.files import rules, shapes
from shapes.gate import check_rules
from shapes.report import Report, in_order


def validate(paths: Iterable[Path], engine: Engine) -> Report:
    """The report of all shapes, and of the rules that need no release, over files or folders taken as one graph.

    The base of the identifiers is found from the terms used. Raises UnreadableFile with the file and the fault.
    """
    said = [quad.triple for path in paths for file in find_files(path) for quad in file.quads()]
    base = _base_of(said)
    vocabulary = base.localise_graph(vocabulary_files.vocabulary()).serialize(format="nt", encoding="utf-8")
    said += (quad.triple for quad in ox.parse(vocabulary, format=ox.RdfFormat.N_TRIPLES))
    alone = [rule for rule in rules() if rule.header.alone]
    lines = sorted({str(triple) for triple in said})
    found = engine.check({"": lines}, shapes(base))
    store = ox.Store()
    store.load("".join(f"{line} .\n" for line in lines), format=ox.RdfFormat.N_TRIPLES)
    return Report(in_order([*found, *check_rules(store, alone, base)]))


def _base_of(triples: Iterable[ox.Triple]) -> Base:
    """The base on which the files use our terms: the canonical one where they use none."""
    marker = "spec/"
    own = set(OWN_TERMS)
    for term in (term for triple in triples for term in (triple.predicate, triple.object)):
        if isinstance(term, ox.NamedNode):
            head, found, local = term.value.rpartition(marker)
            if found and local in own:
                with suppress(BadBase):
                    return Base(head)
    return Base()
