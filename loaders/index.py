"""The index that search asks: every name of every thing that has a page, its codes, and the words of these names.

One SQLite file, `index/search.sqlite`. Readers write `overgodning` and mean övergödning, and å, ä and ö are letters of
their own all the same: each name stands there with them (`letters`) and without (`plain`). Same content, same bytes,
as far as SQLite's own version is the same.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Container, Iterator
from functools import cache, lru_cache
from itertools import chain, count, filterfalse
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from loaders import disk
from loaders.content import Content
from loaders.previous import Previous
from loaders.runs import lines_but_for
from ontology import iri
from ontology.base import Base
from ontology.kinds import KINDS
from ontology.namespaces import DCTERMS, MG, RDFS, SKOS

PLACE = "index/search.sqlite"
"""Where the index lies in the folder of a release."""

TERM = "term"
"""What is searched beside the kinds: terms of the vocabulary and concepts."""

_NAMING = (SKOS.prefLabel, RDFS.label, MG.shortTitle, DCTERMS.title, MG.longName, MG.officialLabel)
"""What names things, the best first."""

_ENDING = MG.validUntilYear
"""What is said of things that have ended, as actors have."""

_FIRST = ("generational-goal", "objective", "sdg-goal", "county", "milestone-target", "sdg-target", "municipality")
_THEN = ("actor", "indicator", "specification", "measure", "action-programme", "dataset", "information-system")

_WORDS_REMEMBERED = 20_000
"""How many words are remembered without their marks: the last ones. Names of many things are made of few words."""

_LONGEST_WORD = 40
"""How many letters a word has at most that is remembered."""

_OWN_LETTERS = str.maketrans({"å": "\ue000", "ä": "\ue001", "ö": "\ue002"})
_AND_BACK = str.maketrans({"\ue000": "å", "\ue001": "ä", "\ue002": "ö"})

_SCHEMA = """
create table things (id integer primary key, document text, kind text, key text, weight integer);
create table names (id integer primary key, thing integer, language text, place integer, text text, letters text,
                    plain text);
create index names_of on names (thing);
create table codes (code text, thing integer, primary key (code, thing)) without rowid;
create virtual table words using fts5(letters, plain, content='', tokenize="unicode61 remove_diacritics 0");
create virtual table words_vocabulary using fts5vocab(words, 'col');
create table terms (id integer primary key, letters text, plain text);
create index terms_in_order on terms (plain);
create virtual table parts using fts5(plain, content='', tokenize="trigram");
"""
_TERMS = "select distinct term from words_vocabulary where col = 'letters' order by term"


class Name(NamedTuple):
    """One name of a thing: its language, and how good it is among the names of the thing, 0 the best."""

    language: str
    place: int
    text: str


class Entry(NamedTuple):
    """A thing in the index."""

    document: str
    kind: str
    key: str
    names: tuple[Name, ...]
    has_ended: bool = False


def letters(text: str) -> str:
    """A text in small letters: å, ä and ö are kept, and no other letter has marks."""
    return " ".join(map(_letters_of, text.split(" ")))


def plain(text: str) -> str:
    """A text in small letters, none of them with marks."""
    return " ".join(map(_plain_of, text.split(" ")))


def _remembered(made: Callable[[str], str]) -> Callable[[str], str]:
    """Remembers what is made of words, but for those that are longer than words are: anybody may send one."""
    remembering = lru_cache(_WORDS_REMEMBERED)(made)
    return lambda word: remembering(word) if len(word) <= _LONGEST_WORD else made(word)


@_remembered
def _letters_of(word: str) -> str:
    return _plain_of(unicodedata.normalize("NFC", word).casefold().translate(_OWN_LETTERS)).translate(_AND_BACK)


@_remembered
def _plain_of(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(filterfalse(unicodedata.combining, parts))


def write_index(content: Content, directory: Path, previous: Previous | None = None) -> None:
    """Write the index into the folder of a release.

    It follows from the statements that name things, and that they have ended: where none of these came or went, that of
    a previous release is taken over.
    """
    if previous and previous.differences is not None and not _named_anew(content, previous):
        disk.take_over(previous.release.path / PLACE, directory / PLACE)
        return
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_SCHEMA)
        rows = count(1)
        for number, entry in enumerate(_entries(content), 1):
            _add(connection, number, entry, rows)
        terms = [(number, term, plain(term)) for number, (term,) in enumerate(connection.execute(_TERMS).fetchall(), 1)]
        connection.executemany("insert into terms values (?, ?, ?)", terms)
        connection.executemany("insert into parts (rowid, plain) values (?, ?)", [(term[0], term[2]) for term in terms])
        for table in ("words", "parts"):
            connection.execute(f"insert into {table} ({table}) values ('optimize')")  # noqa: S608 - one of these two
        connection.commit()
        connection.execute("vacuum")
        disk.write(directory / PLACE, connection.serialize())
    finally:
        connection.close()


def _named_anew(content: Content, previous: Previous) -> bool:
    """True where a statement came or went that names something, or says that it has ended."""
    looked_at = _looked_at(content.base)
    changed = ((one.went, one.came) for one in (previous.differences or {}).values())
    return any(line.split(" ", 2)[1] in looked_at for both in changed for lines in both for line in lines)


def _naming(base: Base) -> dict[str, int]:
    """The predicates that name things, as lines have them, with their places."""
    return {f"<{base.localise(predicate)}>": place for place, predicate in enumerate(_NAMING)}


def _ending(base: Base) -> str:
    """What is said of things that have ended, as lines have it."""
    return f"<{base.localise(_ENDING)}>"


def _looked_at(base: Base) -> frozenset[str]:
    """All predicates that the index is made of, as lines have them."""
    return frozenset({*_naming(base), _ending(base)})


def _entries(content: Content) -> Iterator[Entry]:
    """All that has a page and a name, in the order of the pages' addresses."""
    named: dict[str, set[Name]] = {}
    ended: set[str] = set()
    places, ending = _naming(content.base), _ending(content.base)
    for triple in _said_by(content, _looked_at(content.base)):
        if not isinstance(triple.subject, ox.NamedNode) or not isinstance(triple.object, ox.Literal):
            continue
        thing, predicate = content.base.canonical(triple.subject.value), str(triple.predicate)
        if predicate == ending:
            ended.add(thing)
        else:
            text = " ".join(triple.object.value.split())
            named.setdefault(thing, set()).add(Name(triple.object.language or "", places[predicate], text))
    for canonical, names in sorted(named.items()):
        document, parsed = iri.document(canonical), iri.parse(canonical)
        if document is None:
            continue
        if parsed is not None:
            yield Entry(document, parsed.kind, parsed.key, tuple(sorted(names)), canonical in ended)
        elif document.startswith(("res/def/", "res/spec/")):
            yield Entry(document, TERM, document.rpartition("/")[2], tuple(sorted(names)))


def _said_by(content: Content, predicates: Container[str]) -> Iterator[ox.Triple]:
    """The triples of some predicates, in every graph, but of observations, which nobody looks for by a name.

    Only their lines are read.
    """
    observation = f"<{content.base.iri}id/observation/"
    lines = chain.from_iterable(lines_but_for(of_graph, observation) for of_graph in content.graphs.values())
    naming = (f"{line} .\n" for line in lines if line.split(" ", 2)[1] in predicates)
    quads = ox.parse("".join(naming).encode("utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return (quad.triple for quad in quads)


def _add(connection: sqlite3.Connection, number: int, entry: Entry, rows: Iterator[int]) -> None:
    thing = (number, entry.document, entry.kind, entry.key, _weight(entry.kind, entry.has_ended))
    connection.execute("insert into things values (?, ?, ?, ?, ?)", thing)
    for name in entry.names:
        forms = letters(name.text), plain(name.text)
        row = next(rows)
        connection.execute("insert into names values (?, ?, ?, ?, ?, ?, ?)", (row, number, *name, *forms))
        connection.execute("insert into words (rowid, letters, plain) values (?, ?, ?)", (row, *forms))
    codes = [(code, number) for code in sorted(_codes(entry))]
    connection.executemany("insert into codes values (?, ?)", codes)


def _codes(entry: Entry) -> set[str]:
    """What a thing is called for short: its key, and the part of it that its own system uses."""
    key = entry.key.casefold()
    codes = {key}
    if entry.kind == "indicator":
        codes.add(key.removeprefix("kolada-"))
    if entry.kind == "sdg-indicator":
        codes.add(key.partition("-")[2])
    if entry.kind == "actor" and key[0].isdigit():
        codes.add(key.replace("-", ""))
    return codes


@cache
def _weight(kind: str, has_ended: bool) -> int:
    """What comes first of things whose names fit equally well; of a kind, those that have ended come last."""
    order = (*_FIRST, *_THEN, *(kind for kind in KINDS if kind not in {*_FIRST, *_THEN}), TERM)
    return 2 * order.index(kind) + has_ended
