"""The base IRI: authored files use the canonical one, a release may use another.

Everything authored (tables, vocabulary, shapes, queries, contexts) speaks of `CANONICAL`. A release is
built on a base of its choice, and every authored IRI follows it: `Base.localise` is the only way across.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ontology.form import OF_THE_BASE, broken_rules

CANONICAL = "https://w3id.org/miljograf/"

_IRI_IN_TEXT = re.compile(r"(?<=<)" + re.escape(CANONICAL))
_AUTHORITY = re.compile(r"[A-Za-z0-9.:\[\]-]+", re.ASCII)
_PATH = re.compile(r"/([A-Za-z0-9_~-]+/)*", re.ASCII)


class BadBase(ValueError):
    """A base IRI that identifiers cannot be built on."""


@dataclass(frozen=True, slots=True)
class Base:
    """The base IRI of one release, an absolute http(s) IRI that ends in a slash."""

    iri: str = CANONICAL

    def __post_init__(self) -> None:
        """Refuse what cannot be the start of an identifier (DIGG BI-1 to BI-5).

        Raises BadBase, with the reason and the way out.
        """
        try:
            parts = urlsplit(self.iri)
            named = parts.hostname and (parts.port is None or parts.port > 0)
        except ValueError as error:
            raise BadBase(f"base IRI {self.iri!r}: {error}") from error
        if (
            parts.scheme not in {"http", "https"}
            or not named
            or not _AUTHORITY.fullmatch(parts.netloc.rpartition("@")[2])
        ):
            raise BadBase(f"base IRI {self.iri!r}: give an absolute IRI such as http://localhost:8000/")
        if parts.username is not None or parts.password is not None:
            raise BadBase(f"base IRI {self.iri!r}: a user name or password has no place in an identifier")
        if parts.query or parts.fragment or not self.iri.endswith("/"):
            raise BadBase(f"base IRI {self.iri!r}: it must end in a slash, without query or fragment")
        if not _PATH.fullmatch(parts.path):
            raise BadBase(f"base IRI {self.iri!r}: its path may hold letters, digits, - _ ~ and single slashes")
        if not self.iri.startswith(f"{parts.scheme}://{parts.netloc.lower()}/"):
            raise BadBase(f"base IRI {self.iri!r}: write the scheme and the host in lower case")

    @property
    def is_for_development(self) -> bool:
        """True where the identifiers cannot last: a local host, an address or a port (DIGG BI-2, BI-3)."""
        return not set(OF_THE_BASE).isdisjoint(broken_rules(self.iri))

    def localise(self, term: Node) -> Node:
        """The term as it stands in a release: authored IRIs on this base, all else untouched."""
        if isinstance(term, URIRef) and term.startswith(CANONICAL):
            return URIRef(self.iri + term[len(CANONICAL) :])
        if isinstance(term, Literal) and term.datatype is not None and term.datatype.startswith(CANONICAL):
            return Literal(str(term), datatype=str(self.localise(term.datatype)))
        return term

    def canonical(self, iri: str) -> str:
        """An IRI of the release as it stands in authored files: undoes `localise`."""
        is_ours = str.startswith(iri, self.iri)  # of an IRI of rdflib, its own way takes several times as long
        return CANONICAL + iri[len(self.iri) :] if is_ours else iri

    def path_of(self, iri: str) -> str:
        """The part of an IRI of the release after the base."""
        return iri.removeprefix(self.iri)

    def localise_text(self, text: str) -> str:
        """A SPARQL or Turtle text with its `<...>` IRIs on this base."""
        return _IRI_IN_TEXT.sub(lambda _: self.iri, text)

    def localise_quoted(self, text: str) -> str:
        """A JSON text with its strings that begin with the canonical base on this base."""
        return text.replace(f'"{CANONICAL}', f'"{self.iri}')

    def localise_graph(self, graph: Graph) -> Graph:
        """A copy of an authored graph on this base, its prefixes and the SPARQL texts of its shapes included."""
        local = Graph(bind_namespaces="none")
        for prefix, namespace in graph.namespaces():
            local.bind(prefix, self.localise(namespace))
        for subject, predicate, value in graph:
            moved = value
            if isinstance(value, Literal) and CANONICAL in value:
                moved = Literal(value.replace(CANONICAL, self.iri), lang=value.language, datatype=value.datatype)
            local.add((self.localise(subject), self.localise(predicate), self.localise(moved)))
        return local
