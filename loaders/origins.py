"""From a finding of the gate back to the cells that caused it.

Nothing is remembered while a release is built: rows are pure, so what they say is said again, and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from rdflib import Literal

from loaders.row import Fact, Row, described, links_to, statements
from ontology import iri
from ontology.base import Base
from ontology.namespaces import DCTERMS, SKOS
from shapes.report import Finding, Place

_NAMING = frozenset({SKOS.prefLabel, DCTERMS.title})

Said = tuple[Row, Iterable[Fact]]
"""A row, and some of what it says."""


@dataclass(slots=True)
class Origins:
    """Looks up where the triples of a release stand in the tables it was read from."""

    rows: Iterable[Row]
    base: Base
    _by_subject: dict[str, list[tuple[Row, Fact]]] = field(default_factory=dict)
    _left: list[Iterable[Said]] = field(default_factory=list)  # looked through where nothing tells of a thing yet
    _cell_of: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # kind, predicate -> table, column

    def __call__(self, finding: Finding) -> list[Place]:
        """The cells that state what was found, and the row of the thing that it contradicts or names.

        For what is missing, the cell that would state it; where no table says anything of the kind about the thing,
        the row that defines the thing.
        """
        if not self._by_subject:
            few, bulk = ([row for row in self.rows if row.is_bulk is much] for much in (False, True))
            self._left = [((row, statements(row)) for row in bulk), ((row, described(row)) for row in few)]
            self._index((row, _of_things(row)) for row in few)
        things = {finding.focus, *({finding.value} if self._kind_of(finding.value or "") else ())}
        while self._left and not things <= self._by_subject.keys():
            self._index(self._left.pop())
        named = self._defining(finding.value) if finding.value not in {None, finding.focus} else []
        return list(dict.fromkeys([*self._stating(finding), *named]))

    def called(self, thing: str) -> str:
        """A thing of ours by its kind and key, and its name where our tables give it one; else empty."""
        key = iri.parse(self.base.canonical(thing))
        if key is None:
            return ""
        facts = (fact for _, fact in self._by_subject.get(thing, []) if fact.predicate in _NAMING)
        name = next((fact.value for fact in facts if getattr(fact.value, "language", None) != "en"), None)
        return f"{key.kind} {key.key}" + (f" ({name})" if name else "")

    def _stating(self, finding: Finding) -> list[Place]:
        about = self._by_subject.get(finding.focus, [])
        same_path = [
            (row, fact) for row, fact in about if finding.path in {None, str(self.base.localise(fact.predicate))}
        ]
        same_value = [(row, fact) for row, fact in same_path if finding.value == _lexical(self.base, fact)]
        if finding.path is not None and (same_value or same_path):
            return _places(same_value or same_path)
        places = self._defining(finding.focus) or _places(about[:1])
        cell = self._cell_of.get((self._kind_of(finding.focus), finding.path or ""))
        if cell is not None:
            table, column = cell
            row = next((row for row, _ in about if row.table == table), None)
            file = row.file if row else f"{table}.csv"
            return [Place(file, row.line if row else None, column), *(p for p in places if p.file != file)]
        return places

    def _defining(self, thing: str | None) -> list[Place]:
        """The row that defines a thing; none for a literal or what our tables do not define."""
        about = self._by_subject.get(thing or "", [])
        return _places([(row, fact) for row, fact in about if row.defines is not None][:1])

    def _index(self, said: Iterable[Said]) -> None:
        local = cache(lambda term: str(self.base.localise(term)))  # the same things and properties come many times
        kind_of = cache(self._kind_of)
        for row, facts in said:
            for fact in facts:
                subject = local(fact.subject)
                self._by_subject.setdefault(subject, []).append((row, fact))
                self._cell_of.setdefault((kind_of(subject), local(fact.predicate)), (row.table, fact.cell))

    def _kind_of(self, thing: str) -> str:
        """The kind of a thing by its IRI in the release; empty where it is none of ours."""
        key = iri.parse(self.base.canonical(thing))
        return key.kind if key else ""


def _of_things(row: Row) -> list[Fact]:
    """What a row says of other things than itself."""
    stated = list(row.facts())
    return [*stated, *links_to(row, stated)]


def _lexical(base: Base, fact: Fact) -> str:
    return str(fact.value) if isinstance(fact.value, Literal) else str(base.localise(fact.value))


def _places(stated: Iterable[tuple[Row, Fact]]) -> list[Place]:
    def each() -> Iterator[Place]:
        for row, fact in stated:
            yield row.place_of(fact)

    return list(dict.fromkeys(each()))
