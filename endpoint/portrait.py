"""The page of one thing: what its document says, in the order and the words of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from rdflib import Literal, URIRef

from endpoint.dataset import Term
from endpoint.documents.document import Document, Incoming
from endpoint.documents.former import former_name
from endpoint.documents.variants import Variant
from endpoint.documents.views import View
from endpoint.formats import HTML
from endpoint.parts import parts_of
from endpoint.reporting import report_on
from endpoint.together import together
from loaders.sources import EDITORS
from ontology import iri
from ontology.kind import Kind
from ontology.kinds import KINDS
from ontology.namespaces import MG, OWN_TERMS, QB, RDF, RDFS, SDGO, SKOS
from ontology.text import Label, Language, best_label, other_than

_FIRST: dict[str, int] = {str(term): place for place, term in enumerate((RDF.type, *(MG[name] for name in OWN_TERMS)))}
"""The places of properties: first what a thing is, then our own in their order; those of others come last."""

_UNNAMED = frozenset({"geometry", "mapping", "measure-link", "observation", "retirement", "row", "source"})
"""The kinds whose things have no name, or give it to themselves."""

_WHOLE = {
    "sdg-target": SDGO.isTargetOf,
    "sdg-indicator": MG.listedUnder,
    "strand": MG.strandOf,
    "specification": MG.specificationOf,
    "milestone-step": MG.stepOf,
    "municipality": MG.inCounty,
    "observation": QB.dataSet,
}
"""What leads from a thing to the whole that it is a part of, by its kind."""

_HELD = {"slice": QB.slice}
"""What leads to a thing from the whole that it is a part of."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a thing with its values."""

    predicate: URIRef
    values: tuple[Term, ...]

    @property
    def is_type(self) -> bool:
        """True where it says what the thing is."""
        return self.predicate == RDF.type


@dataclass(frozen=True)
class Portrait:
    """What the page of a thing shows beside what its document says."""

    document: Document
    language: Language
    kind: Kind | None
    key: str
    told: frozenset[URIRef] = frozenset()  # properties towards the thing that its page tells in its own way
    beside: frozenset[URIRef] = frozenset()  # sources of what its page shows beside the document
    by_editors: frozenset[Label] = frozenset()  # names of the thing that only the editors stand behind

    @cached_property
    def label(self) -> Label | None:
        """The name of the thing for the reader."""
        return self.document.label(self.document.thing, self.language)

    @cached_property
    def other_label(self) -> Label | None:
        """Its name in the other language, where that is another name."""
        label = self.document.label(self.document.thing, other_than(self.language))
        return label if label and self.label and label.text != self.label.text else None

    @cached_property
    def meaning(self) -> Label | None:
        """What a term means, in the language of the reader where it is told in that; None of things of a kind."""
        if self.kind is not None:
            return None
        said = dict(self.document.outgoing())
        texts = [one for one in said.get(SKOS.definition) or said.get(RDFS.comment, []) if isinstance(one, Literal)]
        return best_label([Label(str(one), one.language or "") for one in texts], self.language)

    @property
    def whole(self) -> URIRef | None:
        """What the thing is a part of, where that is one thing."""
        name = self.kind.name if self.kind else ""
        if name in _HELD:
            whole = self.document.towards(_HELD[name], self.document.thing)
            return whole if isinstance(whole, URIRef) else None
        wholes = self.document.things(_WHOLE[name]) if name in _WHOLE else []
        return wholes[0] if len(wholes) == 1 else None

    @cached_property
    def properties(self) -> list[Property]:
        """What is said of the thing in the order of the vocabulary, but for names and meanings that stand above."""
        shown = {label.text for label in (self.label, self.other_label, self.meaning) if label}
        naming = {*self.document.naming, SKOS.definition, RDFS.comment}
        found = []
        for predicate, values in self.document.outgoing():
            left = [value for value in values if str(value) not in shown] if predicate in naming else values
            if left:
                found.append(Property(predicate, tuple(sorted(left, key=self._is_foreign))))
        return sorted(found, key=lambda said: self._place(said.predicate))

    def _is_foreign(self, value: Term) -> bool:
        """True for a text in another language than the reader's."""
        return isinstance(value, Literal) and value.language not in {None, self.language}

    def _place(self, predicate: URIRef) -> tuple[int, str]:
        """The place of a property among others."""
        canonical = str(self.document.site.canonical(predicate))
        return _FIRST.get(canonical, len(_FIRST)), canonical

    @cached_property
    def incoming(self) -> list[Incoming]:
        """What points to the thing, in the order of the vocabulary."""
        found = [incoming for incoming in self.document.incoming if incoming.property not in self.told]
        return sorted(found, key=lambda incoming: self._place(incoming.property))

    def page_of(self, relation: Incoming, page: int) -> str:
        """Where a page is of what points to the thing through one property."""
        canonical = URIRef(self.document.site.canonical(relation.property))
        view = View(page, canonical)
        return Variant(self.document.stem, HTML, self.language, view=view).address

    @cached_property
    def sources(self) -> list[tuple[URIRef, dict[str, Any]]]:
        """The sources of all that its page shows, with what the record of the release says of them, by their keys."""
        known = self.document.site.sources
        stated = self.beside.union(claim.source for claim in self.document.claims)
        return [(source, known[source]) for source in sorted(stated, key=str) if source in known]

    @staticmethod
    def title_of(source: dict[str, Any]) -> Label:
        """The title of a source by the record of the release, which tells no language of it."""
        return Label(source["title"], "")


@dataclass(frozen=True, slots=True)
class Portrayed:
    """What the template of a thing is given; `is_long` where it is so much that it is filled beside the event loop."""

    context: dict[str, object]
    is_long: bool


async def portray(document: Document, language: Language) -> Portrayed:
    """What the template of a thing is given: its portrait, and the parts of its page with what each shows.

    The queries are those of the parts, side by side.
    """
    site, key = document.site, document.key
    kind = KINDS[key.kind] if key else None
    parts = parts_of(key.kind) if key and document.view.is_whole else ()
    shown = await together(*(part.show(site, document, key.kind) for part in parts if key))
    portrait = Portrait(
        document,
        language,
        kind,
        key.key if key else "",
        told=frozenset(site.local(told) for part in parts for told in part.told),
        beside=frozenset(source for one in shown for source in one.sources),
        by_editors=_names_by_editors(document, kind),
    )
    retired = document.word(MG.retires) if key and key.kind == "retirement" else None
    context = {
        "document": document,
        "portrait": portrait,
        "former": await former_name(site, URIRef(retired), language) if retired else None,
        "report": report_on(document, language),
        "parts": [(part.path, SimpleNamespace(**one.context)) for part, one in zip(parts, shown, strict=True)],
    }
    return Portrayed(context, document.is_long or any(one.is_long for one in shown))


def _names_by_editors(document: Document, kind: Kind | None) -> frozenset[Label]:
    """The names of a thing that no source but the editors states, where such a thing has names."""
    if kind is None or kind.name in _UNNAMED:
        return frozenset()
    return document.names_in_only(document.site.local(iri.graph(EDITORS)))
