"""Checks RDF files of anyone against the shapes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from ontology import files as vocabulary_files
from ontology.base import BadBase, Base
from ontology.namespaces import OWN_TERMS
from shapes.engines import Engine
from shapes.files import rules, shapes
from shapes.gate import check_rules
from shapes.report import Report, in_order


class UnreadableFile(Exception):
    """A file that is no RDF, or not in the format its name says."""


def validate(paths: Iterable[Path], engine: Engine) -> Report:
    """The report of all shapes over the files, taken together as one graph, and of the rules that need no release.

    The base of the identifiers is found from the terms used. Raises UnreadableFile with the file and the fault.
    """
    store = ox.Store()
    for path in paths:
        _load(path, store)
    base = _base_of(store)
    vocabulary = base.localise_graph(vocabulary_files.vocabulary())
    store.load(vocabulary.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    alone = [rule for rule in rules() if rule.header.alone]
    return Report(in_order([*engine.check(store, shapes(base), None), *check_rules(store, alone, base)]))


def _load(path: Path, store: ox.Store) -> None:
    kind = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if kind is None:
        raise UnreadableFile(f"{path}: unknown file type; use .ttl, .nt, .nq, .trig, .rdf or .jsonld")
    try:
        store.load(path=str(path), format=kind, base_iri=path.absolute().as_uri())
    except (SyntaxError, ValueError, OSError) as error:
        raise UnreadableFile(f"{path}: this is not {kind.name}: {error}") from error


def _base_of(store: ox.Store) -> Base:
    """The base on which the files use our terms: the canonical one where they use none."""
    marker = "spec/"
    own = set(OWN_TERMS)
    for term in (term for quad in store for term in (quad.predicate, quad.object)):
        if isinstance(term, ox.NamedNode):
            head, found, local = term.value.rpartition(marker)
            if found and local in own:
                with suppress(BadBase):
                    return Base(head)
    return Base()
