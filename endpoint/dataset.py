"""What is asked: named graphs, the workers that answer for them, and what the service calls things."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Self, TypeVar, TypeVarTuple, cast

import msgspec
import pyoxigraph as ox
from rdflib import Literal, URIRef

from endpoint.readings import Readings
from endpoint.uses import Uses
from endpoint.workers.lookups import Lookups
from endpoint.workers.messages import About, Pointing, Task
from endpoint.workers.pool import Answer, Pool
from ontology import addresses, iri
from ontology.base import Base
from ontology.namespaces import XSD
from ontology.text import Label
from queries.catalogue import Query, query, starters

Term = URIRef | Literal
_STRING = str(XSD.string)

_ASIDE = 256 * 1024
"""Bytes of rows from which these are read in a thread, so that others are not kept waiting."""

_LATELY = 256
"""How many readings are kept of those that there are many of."""

_MOST_LOCALISED = 65536
"""How many IRIs are remembered on the base of a dataset: a page asks for the same few hundred times."""

MOST_IN_ORDER = 10_000
"""How much may point to a thing for its pages to be in order: to sort as many takes some hundredths of a second."""

_MOST_TERMS = 20_000
"""How many terms of answers are remembered."""

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Row = dict[str, Term]
"""One row of an answer: the bound variables and their terms."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the product with terms for its variables, and which rows are wanted: `take` after `skip`, or all."""

    name: str
    terms: dict[str, Term]
    skip: int = 0
    take: int | None = None

    @property
    def modifiers(self) -> str:
        """The solution modifiers that take these rows, as they stand at the end of a query."""
        return "" if self.take is None else f"LIMIT {self.take:d} OFFSET {self.skip:d}\n"


@dataclass(frozen=True, slots=True)
class Towards:
    """A page of what points to a thing through a property, of which there are so many: `take` after `skip`."""

    thing: URIRef
    through: URIRef
    count: int
    skip: int
    take: int


@dataclass(slots=True)
class Dataset:
    """Named graphs that never change, and the workers that answer for them.

    `pool` answers the product's own queries, `readers` those of the people and programs that ask it; so a page is
    served in good time whatever is asked meanwhile. `base` is where the service is, `prefixes` are those of Turtle,
    `naming` the properties that name things, the best first. `is_union` is True where a query that chooses no graphs
    asks all of them, else it asks none; `holds_new_terms` where there may be terms of RDF 1.2.
    """

    id: str
    base: Base
    pool: Pool
    readers: Pool
    prefixes: dict[str, str] = field(default_factory=dict)
    naming: tuple[str, ...] = ()
    is_union: bool = True
    holds_new_terms: bool = False
    federated: Pool | None = None  # for queries to services of others, where some may be asked
    prefix: str = ""  # how the paths begin under which it answers; none for what stands at the root
    root: str = ""  # the address of what stands at the root
    requests: int = 0  # that are answered from it now
    damage: str | None = None  # what is wrong with its files
    is_checked: bool = False  # for such damage
    _lookups: Lookups | None = None
    _read: Readings = field(default_factory=Readings)
    _lately: Readings = field(default_factory=partial(Readings, _LATELY))
    _localised: Callable[[URIRef], URIRef] = field(init=False, repr=False)
    spoken: dict[tuple[str, str, str], Any] = field(default_factory=dict)  # its templates by language, prefix and root

    def __post_init__(self) -> None:
        self.root = self.root or self.base.iri
        self._localised = lru_cache(_MOST_LOCALISED)(partial(_localise, self.authored_on))

    frame = "plain.html"
    """The template that pages about the service stand in."""

    @property
    def service(self) -> str:
        """The address of the SPARQL service; relative IRIs in queries are relative to it."""
        return f"{self.address}{addresses.SPARQL}"

    @property
    def address(self) -> str:
        """What the addresses of documents and pages begin with: the root, unless this answers beside it."""
        return f"{self.root.removesuffix('/')}{self.prefix}/"

    @property
    def authored_on(self) -> Base:
        """The base on which the terms of the product stand in these graphs."""
        return Base()

    @property
    def context(self) -> dict[str, object]:
        """What templates know beside what they are given."""
        return {}

    @property
    def questions(self) -> Sequence[Query]:
        """Queries to start from."""
        return starters()

    @property
    def described_in(self) -> Sequence[URIRef]:
        """Documents that say more of the data than the description of the service."""
        return ()

    @property
    def having(self) -> Mapping[tuple[URIRef, URIRef], int]:
        """How many things of a class have a property, where that was counted."""
        return self.uses.having if self.uses else {}

    @property
    def uses(self) -> Uses | None:
        """How much there is of all, where that was counted before these graphs came to be served."""
        return None

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages that there are texts in, where that was told before these graphs came to be served."""
        return None

    @property
    def catalogued_in(self) -> Sequence[str]:
        """The list of all that programs can ask, where there is one (RFC 9727)."""
        return ()

    @property
    def whole(self) -> str:
        """The address of the file with all of the data; none where there is none."""
        return ""

    @property
    def links(self) -> str:
        """Where the data and the service are described, as a `Link` header."""
        described = [f'<{document}>; rel="describedby"' for document in self.described_in]
        offered = [addresses.SPARQL, addresses.OPENAPI]
        links = [*described, *(f'<{self.base.iri}{place}>; rel="service-desc"' for place in offered)]
        return ", ".join([*links, *(f'<{place}>; rel="api-catalog"' for place in self.catalogued_in)])

    def through_time(self, path: str) -> list[str]:
        """Links to where what is at a path of this service is found as it was; none where nothing is kept of that."""
        return []

    @property
    def pools(self) -> dict[str, Pool]:
        """All workers, by what they are for."""
        federated = {"federated": self.federated} if self.federated else {}
        return {"pages": self.pool, "readers": self.readers, **federated}

    def workers_for(self, task: Task) -> Pool:
        """The workers that run a reader's task."""
        return self.federated if task.is_relayed and self.federated else self.readers

    def look_up(self, task: Task) -> Answer | None:
        """The answer of a reader's task that looks one thing up; None where workers are to be asked."""
        return self._lookups.answer(task) if self._lookups else None

    async def open(self, spool: Path) -> None:
        """Start the workers, with a folder for long answers, and read what every page needs. Raises CannotStart."""
        try:
            for pool in self.pools.values():
                pool.spool = spool
                await pool.open()
            self._lookups = await Lookups.open(self.readers.launcher.store, self.readers.launcher.held)
            await self.prepare()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Stop the workers."""
        if self._lookups is not None:
            self._lookups.close()
            self._lookups = None
        for pool in self.pools.values():
            await pool.close()

    async def prepare(self) -> None:
        """Read once what every page needs."""

    def find_damage(self, _pause: Callable[[float], object]) -> str | None:
        """What is wrong with the files of these graphs, if anything; this may take a while.

        `_pause` is told after each file how many seconds it took.
        """
        return None

    async def select(self, name: str, **terms: Term) -> list[Row]:
        """The rows of a SELECT query of the product, with variables held to terms."""
        return await self.select_among(name, **{variable: (term,) for variable, term in terms.items()})

    async def select_among(self, name: str, **terms: Iterable[Term]) -> list[Row]:
        """The same, with each variable held to any of some terms."""
        text = query(name).asking(self.authored_on, terms)
        content = (await self.pool.ask(Task(text, "json", is_union=self.is_union))).content
        return await asyncio.to_thread(_read_rows, content) if len(content) > _ASIDE else _read_rows(content)

    async def absent(self, terms: Iterable[Term]) -> set[Term]:
        """Those of some terms that stand nowhere in the default graph, and name no graph."""
        text = query("about/absent").asking(self.authored_on, {"term": terms})
        body = await self.pool.ask(Task(text, "json", is_union=self.is_union))
        rows = _read_results(body.content).results.bindings
        return {_term(one.type, one.value, one.language, one.datatype) for row in rows for one in row.values()}

    async def statements(self, *asked: Asked | About | Towards) -> list[ox.Quad]:
        """What is looked up about things, and what queries of the product say whose rows are statements.

        With the names of what these speak of. All are asked together, by one worker.
        """
        return list(ox.parse(await self.looked_up(*asked), format=ox.RdfFormat.N_QUADS))

    async def looked_up(self, *asked: Asked | About | Towards) -> bytes:
        """The same as N-Quads; what is little about one thing is looked up here, where no worker has to be told."""
        task = Task(parts=tuple(map(self._part, asked)), is_union=self.is_union, naming=self.naming)
        here = self._lookups.about(task) if self._lookups else None
        return (await self.pool.ask(task)).content if here is None else here

    async def construct(self, name: str, **terms: Term) -> bytes:
        """The triples of a CONSTRUCT query of the product, as N-Triples."""
        return (await self.pool.ask(self._task(name, terms, graph="ntriples"))).content

    async def construct_once(self, name: str, **terms: Term) -> bytes:
        """The same, asked only once: the graphs never change."""
        about = tuple(sorted(terms.items()))
        return await self.keep(("construct", name, about), lambda: self.construct(name, **terms))

    async def construct_of(self, name: str, **terms: Iterable[Term]) -> bytes:
        """The triples of one with each variable held to several terms."""
        text = query(name).asking(self.authored_on, terms)
        return (await self.pool.ask(Task(text, graph="ntriples", is_union=self.is_union))).content

    async def table(self, name: str, **terms: Term) -> bytes:
        """The rows of a SELECT query of the product, as CSV."""
        return (await self.pool.ask(self._task(name, terms, results="csv"))).content

    async def select_once(self, name: str) -> list[Row]:
        """The rows of a query without parameters, asked only once."""
        return await self.keep(("select", name), lambda: self.select(name))

    async def once(self, read: Callable[[Self, *Ts], Awaitable[T]], *about: *Ts) -> T:
        """What a reading of these graphs gives, of the few things that it may be about.

        It is read the first time and then kept: they never change.
        """
        return await self.keep((read, about), lambda: read(self, *about))

    async def keep(self, key: object, read: Callable[[], Awaitable[T]]) -> T:
        """The same of a reading that has a key of its own."""
        return await self._read.get(key, read)

    async def keep_lately(self, key: object, read: Callable[[], Awaitable[T]]) -> T:
        """The same where there are many such readings: the last are kept."""
        return await self._lately.get(key, read)

    def _task(self, name: str, terms: dict[str, Term], results: str | None = None, graph: str | None = None) -> Task:
        return Task(self._text(name, terms), results, graph, is_union=self.is_union)

    def _part(self, asked: Asked | About | Towards) -> str | About | Pointing:
        """A part of what is looked up, as a worker is told it."""
        if isinstance(asked, About):
            return asked
        if isinstance(asked, Asked):
            return self._text(asked.name, asked.terms) + asked.modifiers
        are_cut = asked.count > MOST_IN_ORDER
        skip, take = (asked.skip, asked.take) if are_cut else (0, None)
        others = Asked("documents/others-through", {"object": asked.thing, "predicate": asked.through}, skip, take)
        found = self._text(others.name, others.terms) + others.modifiers
        return Pointing(str(asked.thing), str(asked.through), found, asked.skip - skip, asked.take, are_cut)

    def _text(self, name: str, terms: dict[str, Term]) -> str:
        """A query of the product with variables held to terms."""
        return query(name).asking(self.authored_on, {variable: (term,) for variable, term in terms.items()})

    def local(self, canonical: URIRef) -> URIRef:
        """An authored IRI as it stands in these graphs."""
        return self._localised(canonical)

    def canonical(self, term: str) -> str:
        """An IRI of these graphs as it stands in authored files: undoes `local`."""
        return self.authored_on.canonical(term)

    def key_of(self, thing: str) -> iri.Key | None:
        """The kind and key of a thing of ours, by its IRI in these graphs; None for what is none."""
        return iri.parse(self.canonical(thing))

    def graph_at(self, path: str) -> str:
        """The graph whose address is `/graphs/` and a path, encoded as in addresses."""
        return f"{self.base.iri}graphs/{path}"

    def href(self, term: str) -> str:
        """Where a page links for an IRI."""
        return term

    def label(self, term: URIRef, language: str) -> Label | None:
        """The label of a term that is known beforehand."""
        return None


class _Written(msgspec.Struct):
    """A term as the results of a query have it in JSON."""

    type: str
    value: str
    language: str | None = msgspec.field(name="xml:lang", default=None)
    datatype: str | None = None


class _Bindings(msgspec.Struct):
    bindings: list[dict[str, _Written]]


class _Results(msgspec.Struct):
    results: _Bindings


_read_results = msgspec.json.Decoder(_Results).decode


def _read_rows(content: bytes) -> list[Row]:
    """The rows of an answer, with terms of rdflib."""
    return [
        {variable: _term(one.type, one.value, one.language, one.datatype) for variable, one in row.items()}
        for row in _read_results(content).results.bindings
    ]


@lru_cache(_MOST_TERMS)
def _term(sort: str, text: str, language: str | None, datatype: str | None) -> Term:
    """The same as a term of rdflib."""
    if sort == "uri":
        return URIRef(text)
    return Literal(text, lang=language, datatype=None if language or not datatype else URIRef(datatype))


def _localise(base: Base, canonical: URIRef) -> URIRef:
    """An authored IRI on a base."""
    return cast("URIRef", to_rdflib(ox.NamedNode(str(base.localise(canonical)))))


@lru_cache(_MOST_TERMS)
def to_rdflib(term: ox.NamedNode | ox.Literal) -> Term:
    """A term of the engine as one of rdflib, its text as it is: for the same term the same object, soon compared."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == _STRING else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype, normalize=False)
