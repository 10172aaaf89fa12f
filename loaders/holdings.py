"""What a catalogue tells of each source and each data set in a store: who, where, when, how much, on what terms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from loaders.counts import rows
from loaders.previous import Difference, Previous
from ontology import iri
from ontology.base import Base
from ontology.description import SWEDEN
from ontology.kind import Kind
from ontology.kinds import KINDS
from ontology.namespaces import MG
from ontology.schemes import ActorKind
from ontology.text import LANGUAGES, Language, Text
from shapes.things import languages_in


@dataclass(frozen=True, slots=True)
class Agent:
    """An actor as a publisher; its IRI is that of dataportal.se where one is known."""

    iri: URIRef
    name: Text
    kind: ActorKind
    homepage: str | None


@dataclass(frozen=True, slots=True)
class SourceHolding:
    """What the named graph of a source holds. `creator` is given where its publisher is one of the actors."""

    key: str
    title: str
    language: Language
    publisher: str
    creator: Agent | None
    page: str | None
    licence: str | None
    attribution: str | None
    retrieved: str
    triples: int
    kinds: tuple[Kind, ...]  # of what it speaks, the most frequent first
    years: tuple[str, str] | None
    places: tuple[URIRef, ...]
    languages: tuple[Language, ...]  # of its texts


@dataclass(frozen=True, slots=True)
class DataSetHolding:
    """One data set of observations, in one version.

    What a data set is to have, and lacks, is empty here: the gate tells of it.
    """

    key: str
    source: str
    title: Text
    publisher: str
    creator: Agent | None
    structure: URIRef | None
    version: str | None
    issued: str | None  # the year
    modified: str  # the last day on which a source of its values was read
    origin: str | None
    objectives: tuple[Text, ...]  # what they are called
    licence: str | None
    attribution: str | None
    note: Text | None  # about the licence
    known: Text  # what has to be known before the values are used; often nothing
    values: int
    years: tuple[str, str]
    places: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that a catalogue lists, beside the whole and the vocabulary."""

    sources: tuple[SourceHolding, ...]
    data_sets: tuple[DataSetHolding, ...]


PLACE = Path("index") / "holdings.json"
"""Where a release keeps the rows about its graphs, for the build that comes after it."""

Row = dict[str, str]

Asked = dict[str, list[Row]]
"""The rows that a catalogue is made of, by the names of the queries."""

_GROUPED = (
    ("kinds-in-graphs", "graph"),
    ("places", "graph"),
    ("languages-in-graphs", "graph"),
    ("areas-of-data-sets", "dataset"),
    ("values-of-data-sets", "dataset"),
    ("objectives-of-data-sets", "dataset"),
    ("notes-of-data-sets", "dataset"),
)
_QUERIES = ("nuts", "actors", "sources", "years", "data-sets", *(name for name, _ in _GROUPED))

_OF_GRAPHS = (
    "kinds-in-graphs", "places", "years", "languages-in-graphs", "areas-of-data-sets", "values-of-data-sets"
)  # fmt: skip
"""The queries of whose rows each follows from what its graph says. The places follow from which things are countries as
well, whoever says so."""


def ask(store: ox.Store, base: Base, known: Asked) -> Asked:
    """Ask a store what a catalogue tells, but for what is known. Twelve queries at most."""
    return {name: _in_order(known[name]) if name in known else _rows(store, base, name) for name in _QUERIES}


def ask_again(store: ox.Store, base: Base, previous: Previous) -> Asked:
    """The same, where rows about graphs that are those of a previous release are taken from it."""
    country = f"<{base.localise(MG.Country)}>"
    differences = previous.differences
    if differences is None or any(country in line for one in differences.values() for line in (*one.went, *one.came)):
        return ask(store, base, {})
    before: Asked = json.loads((previous.release.path / PLACE).read_bytes())
    return {
        name: _of_graphs(store, base, name, before[name], differences)
        if name in _OF_GRAPHS
        else _rows(store, base, name)
        for name in _QUERIES
    }


def _of_graphs(
    store: ox.Store, base: Base, name: str, before: list[Row], differences: Mapping[str, Difference]
) -> list[Row]:
    kept = [row for row in before if row["graph"] not in differences]
    if name == "languages-in-graphs":
        return _in_order([*kept, *_languages(store, base, before, differences)])
    return _in_order([*kept, *rows(store, base, f"about/{name}", differences.keys())])


def _languages(
    store: ox.Store, base: Base, before: Iterable[Row], differences: Mapping[str, Difference]
) -> Iterator[Row]:
    """The languages of graphs that have changed; the texts of one are gone through where it may have lost any."""
    asked = []
    for graph, one in differences.items():
        went, came = languages_in(one.went), languages_in(one.came)
        if went - came:
            asked.append(graph)
            continue
        had = {row["language"] for row in before if row["graph"] == graph}
        yield from ({"graph": graph, "language": language} for language in had | came)
    if asked:
        yield from rows(store, base, "about/languages-in-graphs", asked)


def _rows(store: ox.Store, base: Base, name: str) -> list[Row]:
    found = list(rows(store, base, f"about/{name}"))
    return _in_order(found) if name in _OF_GRAPHS else found


def _in_order(found: list[Row]) -> list[Row]:
    """Rows by what they begin with, the graph: the engine, which looks up each term that it compares, takes longer."""
    return sorted(found, key=lambda row: tuple(row.values()))


def as_json(asked: Asked) -> bytes:
    """The rows about graphs, for the build that comes after."""
    return json.dumps({name: asked[name] for name in _OF_GRAPHS}, ensure_ascii=False).encode("utf-8")


def read_languages(directory: Path) -> frozenset[str] | None:
    """The languages that a release has texts in, as LANG gives them; None of one that does not tell."""
    try:
        rows = json.loads((directory / PLACE).read_bytes())["languages-in-graphs"]
        return frozenset(row["language"] for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def hold(asked: Asked, base: Base, triples: Mapping[str, int]) -> Holdings:
    """What a catalogue tells, of the rows that were asked for; `triples` counts the statements of each graph."""
    return _Holding(asked, base, triples).holdings()


class _Holding:
    """The rows that several holdings are made of."""

    def __init__(self, asked: Asked, base: Base, triples: Mapping[str, int]) -> None:
        self.asked, self.base, self.triples = asked, base, triples
        self.nuts = {iri.local_name(row["county"]): URIRef(row["nuts"]) for row in asked["nuts"]}
        self.agents = {row["actor"]: self._agent(row) for row in asked["actors"]}
        self.by_name: dict[str, list[Agent]] = defaultdict(list)
        for agent in self.agents.values():
            self.by_name[agent.name.sv].append(agent)

    def holdings(self) -> Holdings:
        kinds, places, languages, areas, values, objectives, known = (self._grouped(*asked) for asked in _GROUPED)
        retrieved = {row["graph"]: row["retrieved"] for row in self.asked["sources"]}
        years = {row["graph"]: (row["first"], row["last"]) for row in self.asked["years"]}
        sources = tuple(
            SourceHolding(
                key=iri.local_name(row["source"]),
                title=row["title"],
                language="en" if row["language"] == "en" else "sv",
                publisher=row["publisher"],
                creator=self._creator(row["publisher"]),
                page=row.get("page"),
                licence=row.get("licence"),
                attribution=row.get("attribution"),
                retrieved=row["retrieved"],
                triples=self.triples[row["graph"]],
                kinds=self._kinds(kinds[row["graph"]]),
                years=years.get(row["graph"]),
                places=self._places(place["place"] for place in places[row["graph"]]),
                languages=_spoken(of["language"] for of in languages[row["graph"]]),
            )
            for row in self.asked["sources"]
        )
        data_sets = tuple(
            DataSetHolding(
                key=iri.local_name(row["dataset"]),
                source=iri.local_name(row["graph"]),
                title=_title(row),
                publisher=row.get("publisher", ""),
                creator=self.agents.get(row.get("actor", "")),
                structure=URIRef(self.base.canonical(row["structure"])) if "structure" in row else None,
                version=row.get("version"),
                issued=row.get("issued"),
                modified=max(retrieved[of["graph"]] for of in values[row["dataset"]]),
                origin=row.get("origin"),
                objectives=tuple(Text(of["swedish"], of["english"]) for of in objectives[row["dataset"]]),
                licence=row.get("licence"),
                attribution=row.get("attribution"),
                note=Text(row["noteSwedish"], row["noteEnglish"]) if "noteSwedish" in row else None,
                known=Text(*(_joined(known[row["dataset"]], language) for language in LANGUAGES)),
                values=sum(int(of["values"]) for of in values[row["dataset"]]),
                years=(
                    min(of["first"] for of in values[row["dataset"]]),
                    max(of["last"] for of in values[row["dataset"]]),
                ),
                places=self._places(area["place"] for area in areas[row["dataset"]]),
            )
            for row in self.asked["data-sets"]
            if row["dataset"] in values
        )
        return Holdings(sources, data_sets)

    def _grouped(self, name: str, by: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.asked[name]:
            found[row[by]].append(row)
        return found

    def _agent(self, row: Row) -> Agent:
        known = URIRef(row["organisation"]) if "organisation" in row else URIRef(self.base.canonical(row["actor"]))
        name = Text(row["swedish"], row.get("english", row["swedish"]))
        return Agent(known, name, ActorKind(iri.local_name(row["kind"])), row.get("homepage"))

    def _creator(self, publisher: str) -> Agent | None:
        """The actor that has exactly this name; none where two have it, since names move between actors."""
        found = self.by_name.get(publisher, [])
        return found[0] if len(found) == 1 else None

    def _kinds(self, counted: Iterable[Row]) -> tuple[Kind, ...]:
        number = {row["class"]: int(row["things"]) for row in counted}
        present = [
            (number[str(self.base.localise(kind.cls))], kind)
            for kind in KINDS.values()
            if kind.is_listed and kind.name != "source" and str(self.base.localise(kind.cls)) in number
        ]
        return tuple(kind for _, kind in sorted(present, key=lambda found: -found[0]))

    def _places(self, territory: Iterable[str]) -> tuple[URIRef, ...]:
        """The country, where it or all its counties are meant; else the counties, also those of municipalities."""
        keys = [iri.parse(self.base.canonical(place)) for place in territory]
        counties = {key.key[:2] for key in keys if key and key.kind in {"county", "municipality"}}
        if any(key and key.kind == "country" for key in keys) or (counties and counties >= self.nuts.keys()):
            return (SWEDEN,)
        return tuple(self.nuts[county] for county in sorted(counties) if county in self.nuts)


def _spoken(tags: Iterable[str]) -> tuple[Language, ...]:
    """Those of our languages that are among some tags, such as `en-GB`."""
    named = {tag.partition("-")[0] for tag in tags}
    return tuple(language for language in LANGUAGES if language in named)


def _title(row: Mapping[str, str]) -> Text:
    """What a data set is called; in English its Swedish title is told as such, where it has no other."""
    swedish = row.get("swedish", iri.local_name(row["dataset"]))
    return Text(swedish, row.get("english", f"Data set: {swedish}"))


def _joined(known: Iterable[Mapping[str, str]], language: Language) -> str:
    """What has to be known of a data set, in a language."""
    return " ".join(row["note"] for row in known if row["language"] == language)
