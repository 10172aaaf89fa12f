"""The terms that came with RDF 1.2, and the versions by which a client asks for them.

A reader of RDF 1.1 knows neither triple terms nor texts with a direction: they are given only to who asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

VERSIONS = ("1.1", "1.2-basic", "1.2")
"""The labels of RDF and SPARQL 1.2, each with the terms of those before: texts with a direction, then triple terms."""

OLDEST, BASIC, NEWEST = VERSIONS

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_MOST_SHOWN = 100


class NewTerm(Exception):
    """An answer holds a term that the version asked for does not have."""


def older(one: str, other: str) -> str:
    """The older of two versions."""
    return min(one, other, key=VERSIONS.index)


def check(terms: Iterable[Term | None], version: str) -> None:
    """Raise NewTerm where one of the terms came after a version."""
    for term in terms:
        if VERSIONS.index(_since(term)) > VERSIONS.index(version):
            raise NewTerm(_shown(term))


def _shown(term: Term | None) -> str:
    """A term as SPARQL writes it, cut where it is long."""
    text = f"<<( {term} )>>" if isinstance(term, ox.Triple) else str(term)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _since(term: Term | None) -> str:
    """The version that a term came with."""
    if isinstance(term, ox.Triple):
        return "1.2"
    return "1.2-basic" if isinstance(term, ox.Literal) and term.direction is not None else OLDEST
