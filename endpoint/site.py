"""What a release says, asked through the workers: rows, labels and links on its base."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from rdflib import Literal, URIRef

from endpoint.pool import Pool
from endpoint.worker import Task
from loaders.release import Release
from ontology import iri, namespaces
from ontology.base import Base
from ontology.text import Label, best_label
from queries.catalogue import query

Term = URIRef | Literal
Row = dict[str, Term]
"""One row of an answer: the bound variables and their terms, IRIs on the base of the release."""

EDITORS = "editors"
"""The key of the source that stands for what the editors of the product state themselves."""


@dataclass(slots=True)
class Site:
    """One release, and the workers that answer for it.

    `pool` answers the product's own queries, `readers` those of the people and programs that ask it; so a page is
    served in good time whatever is asked meanwhile.
    """

    release: Release
    pool: Pool
    readers: Pool
    _labels: dict[str, list[Label]] = field(default_factory=dict)

    @property
    def base(self) -> Base:
        """The base of every identifier of the release."""
        return self.release.base

    @property
    def editors(self) -> URIRef:
        """The source that stands for the editors."""
        return self.local(iri.mint("source", EDITORS))

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the product, on the base of the release."""
        return {prefix: self.namespace(namespace) for prefix, namespace in namespaces.prefixes().items()}

    async def prepare(self) -> None:
        """Read the labels of the vocabulary and the concepts once; they never change in a release."""
        for row in await self.select("pages/term-labels"):
            self._labels.setdefault(str(row["term"]), []).append(_label(row["label"]))

    async def select(self, name: str, **bindings: Term) -> list[Row]:
        """The rows of a SELECT query of the product, with variables bound to terms on the release's base."""
        body = await self.pool.ask(self._task(name, bindings, results="json"))
        return [
            {variable: _term(value) for variable, value in binding.items()}
            for binding in json.loads(body.content)["results"]["bindings"]
        ]

    async def construct(self, name: str, **bindings: Term) -> bytes:
        """The triples of a CONSTRUCT query of the product, as N-Triples."""
        return (await self.pool.ask(self._task(name, bindings, graph="ntriples"))).content

    def _task(self, name: str, bindings: dict[str, Term], results: str | None = None, graph: str | None = None) -> Task:
        substitutions = {variable: term.n3() for variable, term in bindings.items()}
        return Task(query(name).on(self.base), results, graph, substitutions=substitutions)

    def label(self, term: URIRef, language: str) -> Label | None:
        """The label of a vocabulary term or concept for a reader of a language."""
        return best_label(self._labels.get(str(term), []), language)

    def local(self, canonical: URIRef) -> URIRef:
        """An authored IRI as it stands in the release."""
        return URIRef(str(self.base.localise(canonical)))

    async def pages_about(self, thing: URIRef) -> list[URIRef] | None:
        """The pages that the release knows about a thing, of others; None where it says nothing of the thing."""
        rows = await self.select("documents/is-known", thing=thing)
        return [URIRef(row["page"]) for row in rows if "page" in row] if rows else None

    def namespace(self, canonical: str) -> str:
        """A namespace of authored files as it stands in the release."""
        return str(self.local(URIRef(canonical)))

    def canonical(self, term: str) -> str:
        """An IRI of the release as it stands in authored files: undoes `local`."""
        return self.base.canonical(term)

    def href(self, term: str) -> str:
        """Where a page links for an IRI: to our document about it, relative to this host, else to the IRI itself."""
        document = iri.document(self.canonical(term))
        return f"/{document}" if document is not None else term


def _term(value: dict[str, Any]) -> Term:
    if value["type"] == "uri":
        return URIRef(value["value"])
    language, datatype = value.get("xml:lang"), value.get("datatype")
    return Literal(value["value"], lang=language, datatype=None if language or not datatype else URIRef(datatype))


def _label(term: Term) -> Label:
    return Label(str(term), (term.language or "") if isinstance(term, Literal) else "")
