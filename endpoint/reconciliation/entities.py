"""The things that names in the tables of others can be matched to: their names and codes, held in memory.

They are read once from the index of a release and from its codes. A kind whose names would be too many is left out as a
whole, and is then no type of the service: what is offered can be found.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from rdflib import URIRef

from endpoint.reconciliation.designators import core, genitives_in
from endpoint.site import Site
from loaders.index import PLACE, letters, plain
from ontology import iri
from ontology.base import Base
from ontology.kind import Kind
from ontology.kinds import KINDS
from ontology.text import Label, Language, best_label

MOST_NAMES = 50_000
"""Names that are held at most, of some two kilobytes each; a release of the tables has four thousand."""

_DATED = "dated-name"
_WORD = re.compile(r"\w+")

_NAMES = """
select things.document, key, language, place, text from names join things on things.id = thing
where kind = ? order by things.id, place, names.id
"""
_COUNTS = "select kind, count(*) from names join things on things.id = thing group by kind order by min(weight)"
_CODES = "select things.document, code from codes join things on things.id = thing where kind = ? and code != ''"


class Sort(IntEnum):
    """What a name is to its thing, the best first: what it is called here, another name, or the name of a time."""

    OWN = 0
    OTHER = 1
    DATED = 2


@dataclass(slots=True)
class Name:
    """A name as it is compared: its words with å, ä and ö, and without."""

    label: Label
    sort: Sort
    letters: str
    plain: str
    core: str = ""  # without words for the kind, small words and the s of genitives

    @property
    def words(self) -> list[str]:
        """Its words, without the marks of letters."""
        return self.plain.split()


@dataclass(slots=True)
class Entity:
    """A thing with its names and codes."""

    iri: str
    kind: Kind
    key: str
    names: list[Name] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    fewest_words: int = 0  # of its names
    place: int = 0  # among all, in the order of the index: what is sought most comes first

    def label(self, language: Language) -> Label:
        """Its name for a reader of a language."""
        best = min(name.sort for name in self.names)
        found = best_label([name.label for name in self.names if name.sort == best], language)
        return found or Label(self.key, "")

    def others(self, language: Language) -> list[Label]:
        """Its other names, each once."""
        own = self.label(language)
        found = {name.label.text: name.label for name in self.names if name.label.text != own.text}
        return list(found.values())

    def called(self, language: Language) -> str:
        """What a reader of a language calls it."""
        return self.label(language).text

    def described(self, language: Language, apart: str = "") -> str:
        """What tells it from others: its kind, its code where it has one, and what tells it from namesakes."""
        kind = self.kind.one.in_(language)
        described = f"{kind} {self.key}" if self.kind.shows(self.key) else kind
        return f"{described} · {apart}" if apart else described


@dataclass(slots=True)
class Entities:
    """All of them, with what leads to them."""

    by_iri: dict[str, Entity] = field(default_factory=dict)
    by_code: dict[str, list[Entity]] = field(default_factory=dict)
    by_name: dict[str, list[Entity]] = field(default_factory=dict)
    by_core: dict[tuple[str, str], list[Entity]] = field(default_factory=dict)
    by_word: dict[str, list[Entity]] = field(default_factory=dict)
    by_part: dict[str, list[str]] = field(default_factory=dict)
    by_letters: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)  # that there are things of, in the order of the index


def parts_of(word: str) -> list[str]:
    """The groups of three letters in a word, its beginning and end among them."""
    marked = f"^{word}$"
    return [marked[start : start + 3] for start in range(len(marked) - 2)]


def in_order(word: str) -> str:
    """The letters of a word in the order of the alphabet: what they are whose places were changed."""
    return "".join(sorted(word))


@lru_cache(8192)
def joined(text: str) -> str:
    """The words of a text with single spaces between them, and nothing else."""
    return " ".join(_WORD.findall(text))


async def read_entities(site: Site) -> Entities:
    """Those of a release. One query and a look at its index, the first time."""
    rows = await site.select("pages/codes")
    codes = [(str(row["thing"]), plain(str(row["code"]))) for row in rows]
    read = await asyncio.to_thread(read_names, site.release.path / PLACE)
    return await asyncio.to_thread(_arrange, read, codes, site.base)


def read_names(file: Path) -> dict[str, Entity]:
    """The entities of an index by the stems of their documents, without IRIs."""
    found: dict[str, Entity] = {}
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        for kind in _held(connection.execute(_COUNTS)):
            best: dict[str, int] = {}
            for document, key, language, place, text in connection.execute(_NAMES, (kind,)):
                entity = found.setdefault(document, Entity("", KINDS[kind], key))
                sort = Sort.OWN if place == best.setdefault(document, place) else Sort.OTHER
                entity.names.append(_name(Label(text, language), sort))
            for document, code in connection.execute(_CODES, (kind,)):
                found[document].codes.add(plain(code))
        for _, key, language, _, text in connection.execute(_NAMES, (_DATED,)):
            actor = found.get(f"res/actor/{key.partition('--')[0]}")
            if actor is not None:
                name = _name(Label(text, language), Sort.DATED)
                actor.names += [name] if all(name.letters != other.letters for other in actor.names) else []
    return found


def _held(counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    """The kinds that have lists of their own, in their order, as far as there is room for all names of a kind."""
    room = MOST_NAMES
    for kind, names in counts:
        if kind in KINDS and KINDS[kind].is_listed and names <= room:
            room -= names
            yield kind


def _name(label: Label, sort: Sort) -> Name:
    return Name(label, sort, joined(letters(label.text)), joined(plain(label.text)))


def _arrange(read: Mapping[str, Entity], codes: Iterable[tuple[str, str]], base: Base) -> Entities:
    """The entities with their IRIs on a base, some more codes, and what leads to them."""
    arranged = Entities()
    for place, (document, entity) in enumerate(read.items()):
        entity.place = place
        entity.iri = str(base.localise(URIRef(iri.documented(document) or "")))
        arranged.by_iri[entity.iri] = entity
    for thing, code in codes:
        if thing in arranged.by_iri:
            arranged.by_iri[thing].codes.add(code)
    for entity in arranged.by_iri.values():
        entity.fewest_words = min(len(name.words) for name in entity.names)
        genitives = genitives_in({word for name in entity.names for word in name.words})
        for name in entity.names:
            name.core = core(name.words, entity.kind.name, genitives)
        for code in entity.codes:
            arranged.by_code.setdefault(code, []).append(entity)
        for said in dict.fromkeys(name.plain for name in entity.names):
            arranged.by_name.setdefault(said, []).append(entity)
        for left in dict.fromkeys(name.core for name in entity.names if name.core):
            arranged.by_core.setdefault((entity.kind.name, left), []).append(entity)
        for word in dict.fromkeys(word for name in entity.names for word in name.words):
            arranged.by_word.setdefault(word, []).append(entity)
    arranged.kinds = list(dict.fromkeys(entity.kind for entity in arranged.by_iri.values()))
    arranged.words = sorted(arranged.by_word)
    for word in arranged.words:
        for part in dict.fromkeys(parts_of(word)):
            arranged.by_part.setdefault(part, []).append(word)
        arranged.by_letters.setdefault(in_order(word), []).append(word)
    return arranged
