"""What is known about one thing: the same facts for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from typing import cast

from rdflib import Graph, Literal, URIRef

from endpoint.aside import MUCH
from endpoint.dataset import Row, Term
from endpoint.documents.statements import Statement, iri_in, term_of
from endpoint.documents.views import SHOWN, View
from endpoint.site import NAMING, Site, label_of
from loaders.sources import EDITORS
from ontology import iri
from ontology.kinds import KINDS, MAPPED_KINDS
from ontology.namespaces import DCTERMS, GEO, MG, QB, RDF, VOID, SDMXDimension
from ontology.text import Label, Language, best_label

_MOST_REMEMBERED = 10_000
"""How many names are remembered, for readers of a language."""

Said = dict[Term, dict[str, Term]]
"""What is said of a thing: by each property its values, each by its text in N-Quads, which takes less to look up."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What points to the thing through one property: how many in all, and those that the document shows."""

    property: URIRef
    count: int
    shown: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that the thing is stated in."""

    row: URIRef
    table: str
    line: int
    source: URIRef
    confidence: URIRef
    file: str = ""
    """The file of others that the row stands in, and its sheet; empty where it stands in a table of ours."""

    @property
    def stands_in(self) -> str:
        """What its line is a line of."""
        return self.file or f"{self.table}.csv"


@dataclass(frozen=True)
class Document:
    """Everything a document says about a thing, its IRIs on the base of the release.

    `statements` are what is said of the thing, its rows, what points to it, and what all of these are called, in this
    order, each in the graph of the source that states it; `view` is the part of the document, where it has several.
    """

    site: Site
    thing: URIRef
    statements: tuple[Statement, ...]
    incoming: tuple[Incoming, ...]
    view: View
    _labels: dict[tuple[URIRef, str], Label | None] = field(default_factory=dict, compare=False)

    @cached_property
    def stem(self) -> str:
        """The path of the document after `/res/`, without a suffix."""
        return (iri.document(self.site.canonical(self.thing)) or "").removeprefix("res/")

    @cached_property
    def key(self) -> iri.Key | None:
        """The kind and key of the thing; None where it is none of ours."""
        return self.site.key_of(self.thing)

    @property
    def address(self) -> str:
        """The IRI of the document."""
        return f"{self.site.base.iri}res/{self.stem}"

    @cached_property
    def _stated(self) -> tuple[Statement, ...]:
        """What is said of the thing: the beginning of the statements, where the document is whole."""
        thing, keep = f"<{self.thing}>", takewhile if self.view.is_whole else filter
        return tuple(keep(lambda statement: statement.subject == thing, self.statements))

    @cached_property
    def _own(self) -> Said:
        """The values of each property of the thing, whatever graph they stand in: all that most formats ask for."""
        found: Said = {}
        for _, predicate, value, _ in self._stated:
            found.setdefault(term_of(predicate), {})[value] = term_of(value)
        return found

    @cached_property
    def _said(self) -> dict[Term, Said]:
        """The same of each thing."""
        found: dict[Term, Said] = {self.thing: self._own}
        for subject, predicate, value, _ in islice(
            self.statements, len(self._stated) if self.view.is_whole else 0, None
        ):
            of = found.setdefault(term_of(subject), {})
            of.setdefault(term_of(predicate), {})[value] = term_of(value)
        return found

    @property
    def is_long(self) -> bool:
        """True where to read, write or show it takes so long that it is done beside the event loop."""
        return len(self.statements) > MUCH

    def read(self) -> None:
        """Read now what is else read when it is first asked for."""
        _ = self._said, self.graphs  # kept from here on

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The named graphs that the statements stand in."""
        return graphs_of(self.statements)

    @cached_property
    def _ties(self) -> frozenset[Term]:
        """The properties of the thing, and those that lead to it."""
        return frozenset(self._own) | {relation.property for relation in self.incoming}

    def is_tied(self, *by: URIRef) -> bool:
        """False where a whole document has none of some properties, neither from its thing nor to it."""
        return not (self.view.is_whole and self._ties.isdisjoint(map(self.site.local, by)))

    async def select(self, name: str, variable: str, *by: URIRef, **terms: Term) -> list[Row]:
        """The rows of a SELECT query of the product about the thing, which begins from it by one of some properties.

        Where it is tied to nothing by these, there are no rows, and nothing is asked.
        """
        return await self.site.select(name, **terms, **{variable: self.thing}) if self.is_tied(*by) else []

    @property
    def graph(self) -> Graph:
        """The same statements as a graph."""
        found = Graph(bind_namespaces="none")
        for thing, of in self._said.items():
            for predicate, values in of.items():
                for value in values.values():
                    found.add((thing, predicate, value))
        return found

    def _of(self, thing: Term, predicate: URIRef) -> Iterable[Term]:
        """What a property says of anything."""
        said = self._own if thing is self.thing else self._said.get(thing, {})
        values = said.get(predicate)
        return values.values() if values else ()

    def _first_of(self, thing: Term, predicate: URIRef) -> Term | None:
        return next(iter(self._of(thing, predicate)), None)

    def towards(self, predicate: URIRef, other: URIRef) -> Term | None:
        """A thing that a property leads from to another."""
        written = f"<{other}>"
        return next((thing for thing, of in self._said.items() if written in of.get(predicate, ())), None)

    @property
    def pages(self) -> int:
        """How many pages there are of what points to the thing."""
        return max((-(-relation.count // SHOWN) for relation in self.incoming), default=1)

    def pages_around(self) -> list[tuple[str, View]]:
        """The first, the last, the page before and the one after, by their relations to this one."""
        page, last = self.view.page, max(self.pages, self.view.page)
        if last == 1:
            return []
        there = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
        return [(rel, self.view.on(number)) for rel, number in there.items() if 1 <= number <= last]

    @property
    def types(self) -> list[URIRef]:
        """The classes of the thing."""
        return sorted(o for o in self._of(self.thing, RDF.type) if isinstance(o, URIRef))

    @cached_property
    def naming(self) -> list[URIRef]:
        """The properties that name things."""
        return [self.site.local(predicate) for predicate in NAMING]

    def _name(self, term: URIRef, language: Language) -> Label | None:
        """What anything is called that the document speaks of."""
        of = self._said.get(term)
        if of is None:
            return None
        return _best_of(
            tuple([name for predicate in self.naming if predicate in of for name in of[predicate]]), language
        )

    def label(self, term: URIRef, language: Language) -> Label | None:
        """The label of anything that the document speaks of, for a reader of a language."""
        asked = term, language
        if asked not in self._labels:
            self._labels[asked] = self._best_label(term, language)
        return self._labels[asked]

    def _best_label(self, term: URIRef, language: Language) -> Label | None:
        return (
            self._name(term, language)
            or self.site.label(term, language)
            or self._of_its_series(term, language)
            or self._of_its_place(term, language)
            or self._of_its_source(term, language)
            or label_of_key(self.site.canonical(term), language)
        )

    def _of_its_series(self, term: URIRef, language: Language) -> Label | None:
        """What an observation is called after its series and its year, where the document knows both."""
        year = self._first_of(term, SDMXDimension.refPeriod)
        series = self.towards(QB.observation, term) if year is not None else None
        label = self.label(series, language) if isinstance(series, URIRef) else None
        return Label(f"{label.text}, {year}", label.language) if label else None

    def _of_its_place(self, term: URIRef, language: Language) -> Label | None:
        """What a geometry is called after the place that has it, where the document knows that."""
        place = self.towards(GEO.hasGeometry, term)
        return self.label(place, language) if isinstance(place, URIRef) else None

    def _of_its_source(self, term: URIRef, language: Language) -> Label | None:
        """What a named graph is called after the source whose statements it holds, where the document knows that."""
        source = self._first_of(term, DCTERMS.source) if VOID.Dataset in self._of(term, RDF.type) else None
        return self.label(source, language) if isinstance(source, URIRef) else None

    def names_in_only(self, graph: str) -> frozenset[Label]:
        """The names of the thing that stand in one named graph and in no other."""
        naming, stating = {f"<{name}>" for name in self.naming}, dict[Label, set[str]]()
        for _, predicate, name, stated_in in self._stated:
            if predicate in naming and name.startswith('"'):
                stating.setdefault(label_of(term_of(name)), set()).add(stated_in)
        return frozenset(label for label, graphs in stating.items() if graphs == {f"<{graph}>"})

    def values(self, predicate: URIRef) -> list[Term]:
        """What a property says of the thing, its name on the canonical base, in a stable order."""
        return sorted(self._of(self.thing, self.site.local(predicate)), key=str)

    def things(self, predicate: URIRef) -> list[URIRef]:
        """The things among these values."""
        return [value for value in self.values(predicate) if isinstance(value, URIRef)]

    def texts(self, predicate: URIRef) -> list[Literal]:
        """The literals among them."""
        return [value for value in self.values(predicate) if isinstance(value, Literal)]

    def one(self, predicate: URIRef) -> Term | None:
        """The first of the values, None where there is none."""
        return min(self._of(self.thing, self.site.local(predicate)), key=str, default=None)

    def word(self, predicate: URIRef) -> str | None:
        """The first of the values as a string, None where there is none."""
        value = self.one(predicate)
        return None if value is None else str(value)

    def outgoing(self) -> list[tuple[URIRef, list[Term]]]:
        """What is said of the thing by each property, in a stable order; where it is stated stands in `claims`."""
        said = dict(self._own)
        said.pop(self.site.local(MG.statedIn), None)
        return [(cast("URIRef", predicate), sorted(of.values(), key=_order)) for predicate, of in said.items()]

    @cached_property
    def claims(self) -> list[Claim]:
        """The rows that state the thing, in the order of their tables."""
        found, local = [], self.site.local
        confidence_, table_, line_, file_ = map(local, (MG.confidence, MG.table, MG.line, MG.inFile))
        for row in self._of(self.thing, local(MG.statedIn)):
            source, confidence = self._first_of(row, DCTERMS.source), self._first_of(row, confidence_)
            if isinstance(row, URIRef) and isinstance(source, URIRef) and isinstance(confidence, URIRef):
                table, line = self._first_of(row, table_), self._first_of(row, line_)
                file = self._first_of(row, file_)
                found.append(Claim(row, str(table), int(str(line)), source, confidence, str(file or "")))
        return sorted(found, key=lambda claim: (claim.table, claim.line))


def graphs_of(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The named graphs that statements stand in."""
    return tuple(sorted(map(iri_in, {graph for _, _, _, graph in statements})))


@lru_cache(_MOST_REMEMBERED)
def _best_of(names: tuple[str, ...], language: Language) -> Label | None:
    """The best of some names, the best kind of name first, for a reader of a language: page after page has them."""
    return best_label([label_of(term_of(name)) for name in names if name.startswith('"')], language)


def label_of_key(canonical: str, language: Language) -> Label | None:
    """What has no name is called after its key: `8 → 6.6`; `objectives.csv, 8`; `12, 2024 (ghg-county-2026-08)`.

    Where an indicator is proposed for an objective, that is said, since a number alone is a goal of the 2030 Agenda.
    A mapping that others than the editors have stated names its source, to be told from ours of the same pair.
    """
    thing = iri.parse(canonical)
    if thing is not None and thing.kind == "mapping":
        source, subject, towards = thing.key.split("--")
        kind = next(kind for kind in MAPPED_KINDS if subject.startswith(f"{kind}-"))
        stated = "" if source == EDITORS else f" ({source})"
        objective = KINDS["objective"].one.in_(language).lower()
        name = towards.replace("objective-", f"{objective} ").removeprefix("strand-").removeprefix("generational-goal-")
        return Label(f"{subject.removeprefix(f'{kind}-')} → {name}{stated}", "")
    if thing is not None and thing.kind == "row":
        table, _, key = thing.key.partition("/")
        return Label(f"{table}.csv, {key}", "")
    if thing is not None and thing.kind in {"retirement", "geometry"}:
        return Label(thing.key, "")
    if thing is not None and thing.kind == "observation":
        dataset, _, rest = thing.key.partition("/")
        return Label(f"{rest.replace('/', ', ')} ({dataset})", "")
    return None


def _order(term: Term) -> tuple[bool, str, str]:
    """Texts first by language, then IRIs."""
    return isinstance(term, URIRef), term.language or "" if isinstance(term, Literal) else "", str(term)
