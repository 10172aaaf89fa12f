"""A release as it is served: its names, labels and links on its base."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rdflib import Literal, URIRef

from endpoint.dataset import Dataset, Term
from endpoint.documents.retired import Retired, read_retired
from endpoint.holding import hold
from endpoint.search.index import Index
from endpoint.uses import Uses, read_uses
from endpoint.words.vocabulary import BUILT_IN
from endpoint.workers.pool import Pool
from loaders.cards import Card, read_cards
from loaders.files import ALL
from loaders.holdings import read_languages
from loaders.index import PLACE
from loaders.links import read_links
from loaders.release import DamagedRelease, Release
from loaders.sources import EDITORS
from loaders.versions import INDEX as VERSIONS
from ontology import addresses, iri, namespaces
from ontology.base import Base
from ontology.kinds import KINDS
from ontology.namespaces import DCTERMS, MG, RDFS, SKOS
from ontology.text import LANGUAGES, Label, best_label
from queries.catalogue import Query, questions

NAMING = (SKOS.prefLabel, RDFS.label, MG.shortTitle, DCTERMS.title)
"""The properties that say what a thing is called, the best kind of name first."""

_SHOWN_FIRST = "objectives-in-order"
"""The question that stands in the field for whoever has not asked anything: short, and about what all is about."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph: the source whose statements it holds, and the licence of these, where one is stated."""

    source: URIRef | None
    licence: URIRef | None


@dataclass(slots=True, kw_only=True)
class Site(Dataset):
    """One release, and the workers that answer for it."""

    release: Release
    retired: dict[URIRef, Retired] = field(default_factory=dict)  # the identifiers that have ended
    sources: dict[URIRef, dict[str, Any]] = field(default_factory=dict)  # what the record of the release says of each
    cards: dict[str, Card] = field(default_factory=dict)  # each dataset in short, by its IRI
    datasets: dict[str, str] = field(default_factory=dict)  # the dataset of each file that is not of all, by its name
    pointing: dict[str, dict[str, int]] = field(default_factory=dict)  # what much points to: how much, by property
    graphs: dict[str, Graph] = field(default_factory=dict)  # the named graphs by their IRIs
    not_over: dict[str, set[int]] = field(default_factory=dict)  # years that were not, when a data set was fetched
    recent: OrderedDict[Any, Any] = field(default_factory=OrderedDict)  # the documents gathered last
    report_to: str | None = None  # whoever reads of errors, where somebody does
    index: Index | None = None  # none in releases that were made before there was one
    _labels: dict[str, list[Label]] = field(default_factory=dict)
    _best: dict[tuple[str, str], Label | None] = field(default_factory=dict)  # of these, by the language of a reader
    _held: ExitStack = field(default_factory=ExitStack)  # what keeps the release from being removed

    frame = "base.html"

    @classmethod
    def of(cls, release: Release, pool: Pool, readers: Pool) -> Site:
        """The site of a release."""
        base = release.base
        prefixes = {name: _on(base, namespace) for name, namespace in namespaces.prefixes().items()}
        naming = tuple(_on(base, name) for name in NAMING)
        return cls(
            id=release.id, base=base, pool=pool, readers=readers, prefixes=prefixes, naming=naming, release=release
        )

    @property
    def authored_on(self) -> Base:
        """The base of every identifier of the release."""
        return self.base

    @property
    def context(self) -> dict[str, object]:
        """What templates know beside what they are given."""
        return {
            "release": self.release,
            "has_search": (self.release.path / PLACE).is_file(),
            "has_stream": (self.release.path / VERSIONS).is_file(),
        }

    @property
    def questions(self) -> Sequence[Query]:
        """Queries to start from: the public questions, the one that is shown first before the others."""
        return sorted(questions().values(), key=lambda question: question.name != _SHOWN_FIRST)

    @property
    def editors(self) -> URIRef:
        """The source that stands for the editors."""
        return self.local(iri.mint("source", EDITORS))

    def at(self, prefix: str, root: str) -> Site:
        """The same release, answered under paths that begin so; the workers and what was read once are shared."""
        site = replace(self, prefix=prefix, root=root)
        site._localised = self._localised
        return site

    async def open(self, spool: Path) -> None:
        """Start the workers, and keep the release from being removed. Raises CannotStart, OSError."""
        self._held.enter_context(await hold(self.release))
        await Dataset.open(self, spool)

    async def close(self) -> None:
        """Stop the workers, close the index, and let go of the release."""
        await Dataset.close(self)  # super() does not know the class that slots make
        if self.index is not None:
            self.index.close()
            self.index = None
        self._held.close()

    def find_damage(self, pause: Callable[[float], object]) -> str | None:
        """Where the files of the release are not as its record says."""
        try:
            self.release.verify(pause=pause)
        except DamagedRelease as error:
            return str(error)
        except OSError as error:  # of a disk that cannot be read, say
            return f"the release {self.id} cannot be read: {error}"
        return None

    @property
    def described_in(self) -> Sequence[URIRef]:
        """VoID and the catalogue."""
        return [self.local(addresses.address(path)) for path in (addresses.VOID, addresses.CATALOG)]

    @property
    def uses(self) -> Uses | None:
        """As its description in VoID tells."""
        uses = read_uses(self.release.path)
        return None if uses.total is None else uses

    @property
    def languages(self) -> frozenset[str] | None:
        """As the build that comes after it would be told."""
        return read_languages(self.release.path)

    @property
    def catalogued_in(self) -> Sequence[str]:
        """What it offers to programs."""
        return [f"{self.base.iri}{addresses.API_CATALOG}"]

    @property
    def whole(self) -> str:
        """The dump of everything."""
        return f"{self.address}{addresses.DATA}{ALL}"

    async def prepare(self) -> None:
        """Read once what never changes in a release: the labels of terms and concepts, and which identifiers ended."""
        if (self.release.path / PLACE).is_file():
            self.index = Index(self.release.path / PLACE)
        for row in await self.select("pages/term-labels"):
            self._labels.setdefault(str(row["term"]), []).append(label_of(row["label"]))
        for term, text in BUILT_IN.items():
            self._labels.setdefault(str(term), [Label(text.in_(language), language) for language in LANGUAGES])
        self.sources = {
            self.local(iri.mint("source", source["id"])): source for source in self.release.record["sources"]
        }
        self.list_datasets()
        self.retired |= read_retired(await self.select("documents/retirements"))
        for row in await self.select("documents/graphs"):
            self.graphs[str(row["graph"])] = Graph(_iri(row.get("source")), _iri(row.get("licence")))
        for row in await self.select("documents/years-not-over"):
            self.not_over.setdefault(str(row["dataset"]), set()).add(int(row["year"][:4]))
        self.pointing |= read_links(self.release.path)

    def list_datasets(self) -> None:
        """Read what the release tells of its datasets, and which of them each file is of."""
        self.cards = {card["iri"]: card for card in read_cards(self.release)}
        parts = {dataset: card for dataset, card in self.cards.items() if card["sort"] != "whole"}
        self.datasets = {file["name"]: dataset for dataset, card in parts.items() for file in card["files"]}

    def label(self, term: URIRef, language: str) -> Label | None:
        """The label of a vocabulary term or concept for a reader of a language."""
        asked = str(term), language
        if asked not in self._best and asked[0] in self._labels:
            self._best[asked] = best_label(self._labels[asked[0]], language)
        return self._best.get(asked)

    async def pages_about(self, thing: URIRef) -> list[URIRef] | None:
        """The pages that the release knows about a thing, of others; None where it says nothing of the thing."""
        rows = await self.select("documents/is-known", thing=thing)
        return [URIRef(row["page"]) for row in rows if "page" in row] if rows else None

    def through_time(self, path: str) -> list[str]:
        """Links to the TimeGate and the TimeMap of what is at a path (RFC 7089, sections 2.2.2 and 2.2.3)."""
        base, place = self.base.iri, iri.as_uri(path)
        return [
            f'<{base}{addresses.TIMEGATE}{place}>; rel="timegate"',
            f'<{base}{addresses.TIMEMAP}link/{place}>; rel="timemap"; type="application/link-format"',
        ]

    def graph_at(self, path: str) -> str:
        """The graph whose address is `/graphs/` and the key of its source."""
        return str(self.local(iri.graph(path)))

    def holds(self, kind: str) -> bool:
        """True where the release has things of a kind."""
        return bool(self.release.record["counts"].get(kind))

    def href(self, term: str) -> str:
        """Where a page links for an IRI: to our document about it, relative to this host, else to the IRI itself."""
        canonical = self.canonical(term)
        document = iri.document(canonical)
        return f"/{document}" if document is not None and self._holds(canonical) else term

    def _holds(self, canonical: str) -> bool:
        """True unless others mint the IRIs of such things, and the release says nothing of any."""
        key = iri.parse(canonical)
        if key is None or KINDS[key.kind].namespace is None:
            return True
        return self.holds(key.kind)


def _on(base: Base, canonical: str) -> str:
    """An authored IRI or namespace on a base."""
    return str(base.localise(URIRef(canonical)))


def _iri(term: Term | None) -> URIRef | None:
    return term if isinstance(term, URIRef) else None


def label_of(term: Term) -> Label:
    """A term as the label of something: the text of a literal with its language, or an IRI."""
    return Label(str(term), (term.language or "") if isinstance(term, Literal) else "")
