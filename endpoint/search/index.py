"""The index of a release, asked: the things whose names or codes fit what a reader typed, the best first.

It is a file that never changes, and is asked in this process: no query language, no worker, a few milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from endpoint.search.inflection import LONGEST_ENDING, are_forms, stem, telling
from endpoint.search.numbered import numbered
from loaders.index import letters, plain
from ontology.text import Label, Language, best_label

T = TypeVar("T")

_SETTINGS = ("pragma mmap_size = 1073741824", "pragma temp_store = memory")
"""The file is read as memory is, and what is sorted on the way stays there: a common word takes a third of the time."""

MOST_CHARACTERS = 200
"""What a reader may type."""

_ALL = -1  # no limit, as SQLite writes it
_CORRECTED = 5  # words of one search that are forgiven
_STANDING_FOR = 24  # words that stand for one
_SHORTEST_BEFORE = 3  # letters of a compound before the word that it ends in
_CANDIDATES = 300
_LONG_ENOUGH = 4  # letters of a word that may be forgiven; three are near too much
_MOST_BESIDE = 2_000  # documents beside one another whose last words are compared with a misspelt one
_MOST_FORMS = 24  # forms of a word that are looked for beside it
_LAST = "\U0010ffff"
_WORD = re.compile(r"\w+")

_FITTING = """
with found (thing, name, score) as (
  select thing, 0, 0 from codes where code = :letters
  union all
  select thing, 0, 7 from codes where code > :letters and code < :letters || :last
  union all
  select names.thing, names.id, names.language not in (:language, '')
    + case when names.letters = :letters then 1
           when names.plain = :plain then 3
           when substr(names.letters, 1, length(:letters)) = :letters then 5
           when substr(names.plain, 1, length(:plain)) = :plain then 7
           when names.id in (select rowid from words where words match :own) then 9
           else 11 end
  from words join names on names.id = words.rowid where words match :match
)
select things.id, things.document, things.kind, things.key, found.name, min(found.score) as score
from found join things on things.id = found.thing
where :kinds = '[]' or things.kind in (select value from json_each(:kinds))
group by things.id
"""
# Objectives and goals are what most look for: a word further in their names, of which three letters are typed,
# counts as one at the beginning. What programs call a term of the vocabulary counts less than the name of a thing.
_FOUND = f"""{_FITTING}order by case
  when score > 8 and length(:plain) > 2 and things.kind in ('generational-goal', 'objective', 'sdg-goal') then score - 4
  when score = 0 and things.kind = 'term' then 6
  else score end, things.weight, things.id
limit :most offset :first
"""
_NUMBERS = """
select kind, count(*) as number from things where id in (
  select thing from codes where code >= :letters and code < :letters || :last
  union all
  select names.thing from words join names on names.id = words.rowid where words match :match
) group by kind order by number desc, min(id)
"""
_IS_FOUND = """
select 1 where exists (select 1 from codes where code >= :letters and code < :letters || :last)
  or exists (select 1 from words where words match :match)
"""
_CONTAINING = """
select letters from terms join parts on parts.rowid = terms.id where parts match :part order by length(terms.plain)
"""
_NEAR = """
select distinct letters from terms where length(plain) between :length - 2 and :length + 2 and
  (substr(plain, 1, 1) = :first or id in (select rowid from parts where parts match :parts order by rank limit 60))
limit :most
"""
_BEGINNING_SO = "select letters, plain from terms where plain >= ? and plain < ? and length(plain) < ? limit 1000"
_BESIDE = """
select substr(document, :size + 1) as word from things
where substr(document, 1, :size) = :folder and length(document) - :size between :length - 2 and :length + 2
  and instr(word, '/') = 0
limit :most
"""
_AT = "select id, document, kind, key, 0 from things where document = ?"
_WITH_CODE = """
select distinct things.id, document, kind, key, 0 from codes join things on things.id = codes.thing where code = ?
"""
_NAMES = "select id, language, place, text from names where thing = ? order by place, id"


class Hit(NamedTuple):
    """A thing that was found, before it is named. A common word has tens of thousands: a tuple is made soonest."""

    thing: int
    document: str
    kind: str
    key: str
    name: int


@dataclass(frozen=True, slots=True)
class Result:
    """A thing that was found: what a reader calls it, and the other name of it that was found, if another was."""

    document: str
    kind: str
    key: str
    label: Label
    matched: Label | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of all that fits is wanted: of some kinds or of any, from which on, how many, and whether to count all.

    Where a common word has tens of thousands, the first few are had in a third of the time of all.
    """

    kinds: tuple[str, ...] = ()
    first: int = 0
    most: int = _ALL
    are_counted: bool = False


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of what was wanted, and how many there are of each kind, the most first, where they were counted.

    `read_as` are words that stand for those that were typed, where nothing begins so.
    """

    hits: Sequence[Hit]
    read_as: dict[str, tuple[str, ...]]
    is_partial: bool  # nothing has all the words; these have some
    kinds: dict[str, int]

    @property
    def are_exact(self) -> bool:
        """True where something has all the words, as they were typed."""
        return bool(self.hits or self.kinds) and not self.read_as and not self.is_partial

    def of(self, kind: str) -> int:
        """How many there are of a kind, or of all."""
        return self.kinds.get(kind, 0) if kind else sum(self.kinds.values())


class Index:
    """The index of one release, open for reading."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        for setting in _SETTINGS:
            self._connection.execute(setting)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def find(self, typed: str, language: Language, wanted: Wanted = ALL) -> Findings:
        """What fits what was typed: first what has the code that stands after the name of its kind, `delmål 14.1`."""
        text = unicodedata.normalize("NFC", " ".join(typed.split()))
        code, kinds = numbered(text)
        codes = dict.fromkeys((code, code.replace(".", "-"))) if kinds else ()
        with_code = [hit for each in codes for hit in self._hits_of(each) if hit.kind in kinds]
        if not with_code:
            return self._find(text, language, wanted)
        found = self._find(text, language, ALL)  # few names go on after a code
        first = sorted(with_code, key=lambda hit: kinds.index(hit.kind))
        things = {hit.thing for hit in first}
        hits = first + [hit for hit in found.hits if hit.thing not in things and found.are_exact]
        numbers = dict(Counter(hit.kind for hit in hits).most_common())
        fitting = [hit for hit in hits if not wanted.kinds or hit.kind in wanted.kinds][wanted.first :]
        return Findings(fitting[: None if wanted.most == _ALL else wanted.most], {}, is_partial=False, kinds=numbers)

    def _find(self, text: str, language: Language, wanted: Wanted) -> Findings:
        """What fits the words of a text, in whatever form: all of them, or if nothing does, some.

        Words such as `i` or `of` count only where something has them all.
        """
        words = _WORD.findall(plain(text))
        as_typed = {plain(word): word for word in _WORD.findall(text)}
        if not words:
            return Findings([], {}, is_partial=False, kinds={})
        forms = {word: self._forms(word, letters(as_typed.get(word, word))) for word in dict.fromkeys(words)}
        read_as: dict[str, tuple[str, ...]] = {}
        for word, others in forms.items():
            if not others and not self._begins(word) and len(read_as) < _CORRECTED:
                read_as[word] = tuple(self._standing_for(word))
        held = {word: () if word in read_as else self._compounds(word) for word in telling(words)}
        beside = {word: (*others, *read_as.get(word, ()), *held.get(word, ())) for word, others in forms.items()}
        anyhow = {word: _match(word, map(plain, others)) for word, others in beside.items()}
        ways = dict.fromkeys(" AND ".join(map(anyhow.__getitem__, some)) for some in (words, telling(words)))
        partly = " OR ".join(map(anyhow.__getitem__, telling(words))) if len(telling(words)) > 1 else ""
        own = " AND ".join(_match(word, forms.get(plain(word), ()), "letters") for word in _WORD.findall(letters(text)))
        values: dict[str, str | int] = {"letters": letters(text), "plain": plain(text), "last": _LAST}
        values |= {"language": language, "own": own, "kinds": json.dumps(wanted.kinds)}
        values |= {"most": wanted.most, "first": wanted.first}
        match = next((way for way in (*ways, partly) if way and self._is_found(values | {"match": way})), None)
        if match is None:
            return Findings([], {}, is_partial=False, kinds={})
        values["match"] = match
        is_read = {as_typed.get(word, word): terms for word, terms in read_as.items() if terms}
        numbers = dict(self._connection.execute(_NUMBERS, values).fetchall()) if wanted.are_counted else {}
        return Findings(self._hits(values), is_read, is_partial=match not in ways, kinds=numbers)

    def near(self, document: str) -> str | None:
        """The path of the one document whose last word differs from that of another path by a letter or two.

        Digits are no letters: a code is what it is. None where several are as near, or too many are to be compared.
        """
        folder, slash, word = document.rpartition("/")
        asked, size = word.lower(), len(folder + slash)
        if len(asked) < _LONG_ENOUGH:
            return None
        values = {"folder": folder + slash, "size": size, "length": len(asked), "most": _MOST_BESIDE + 1}
        there = [one for (one,) in self._connection.execute(_BESIDE, values)]
        if len(there) > _MOST_BESIDE:
            return None
        alike = [one for one in there if _is_like(one.lower(), asked)]
        nearest = _nearest(asked, {one: one.lower() for one in alike})
        return f"{folder}{slash}{nearest[0]}" if len(nearest) == 1 else None

    def name(self, hits: Sequence[Hit], language: Language) -> list[Result]:
        """Things as a reader of a language calls them."""
        results = []
        for hit in hits:
            rows = self._connection.execute(_NAMES, (hit.thing,)).fetchall()
            best = min(place for _, _, place, _ in rows)
            label = best_label([Label(text, tag) for _, tag, place, text in rows if place == best], language)
            if label is None:  # never: what has no name is not in the index
                continue
            found = next((Label(text, tag) for number, tag, _, text in rows if number == hit.name), label)
            results.append(Result(hit.document, hit.kind, hit.key, label, None if found.text == label.text else found))
        return results

    def called(self, document: str, language: Language) -> Label | None:
        """What a reader of a language calls the thing that a document is about; None where it is not here."""
        found = self._connection.execute(_AT, (document,))
        results = self.name([Hit(*row) for row in found], language)
        return results[0].label if results else None

    def _hits_of(self, code: str) -> list[Hit]:
        return [Hit(*row) for row in self._connection.execute(_WITH_CODE, (letters(code),))]

    def _is_found(self, values: Mapping[str, str | int]) -> bool:
        return self._connection.execute(_IS_FOUND, values).fetchone() is not None

    def _hits(self, values: Mapping[str, str | int]) -> list[Hit]:
        return [Hit._make(row[:5]) for row in self._connection.execute(_FOUND, values)]

    def _forms(self, word: str, typed: str) -> list[str]:
        """The other forms of a word in the index that do not begin so. Who types å, ä or ö means that letter."""
        if not word.isalpha():
            return []
        begun = stem(word)
        values = (begun, begun + _LAST, len(word) + LONGEST_ENDING)
        found = self._connection.execute(_BEGINNING_SO, values)
        others = (own if typed != word else bare for own, bare in found if not bare.startswith(word))
        return [other for other in dict.fromkeys(others) if are_forms(typed, other)][:_MOST_FORMS]

    def _begins(self, word: str) -> bool:
        """True where a word in the index begins so."""
        asked = "select 1 from terms where plain >= ? and plain < ? limit 1"
        return self._connection.execute(asked, (word, word + _LAST)).fetchone() is not None

    def _compounds(self, word: str) -> list[str]:
        """Words that others come before in one word, as in *grundvatten*; found after those that begin so."""
        if len(word) < _LONG_ENOUGH or not word.isalpha():
            return []
        held = self._holding(word, _CANDIDATES)
        return [term for term in held if plain(term).find(word) >= _SHORTEST_BEFORE][:_STANDING_FOR]

    def _holding(self, word: str, most: int = _STANDING_FOR) -> list[str]:
        """The shortest of the words that hold one."""
        return [term for (term,) in self._connection.execute(_CONTAINING, {"part": f'"{word}"'}).fetchmany(most)]

    def _standing_for(self, word: str) -> list[str]:
        """Words that hold one in their midst, as Swedish words do; else those that it may be misspelt for."""
        if len(word) < _LONG_ENOUGH or any(character.isdigit() for character in word):  # a code is what it is
            return []
        found = self._holding(word)
        if found:
            return found
        parts = " OR ".join(f'"{word[start : start + 3]}"' for start in range(len(word) - 2))
        values = {"length": len(word), "first": word[0], "parts": parts, "most": _CANDIDATES}
        rows = self._connection.execute(_NEAR, values).fetchall()
        return _nearest(word, {term: plain(term) for (term,) in rows})


async def find_aside(
    index: Index | None, typed: str, language: Language, wanted: Wanted
) -> tuple[Findings, Sequence[Result]] | None:
    """What fits, named; this process goes on meanwhile, for a common word takes a while to count. None as below."""

    def found(opened: Index) -> tuple[Findings, Sequence[Result]]:
        findings = opened.find(typed, language, wanted)
        return findings, opened.name(findings.hits, language)

    return None if index is None else await asyncio.to_thread(ask_index, index.file, found)


def ask_index(file: Path, ask: Callable[[Index], T]) -> T | None:
    """What an index tells that is opened for this, in whatever thread; None where there is none any more."""
    try:
        with closing(Index(file)) as index:
            return ask(index)
    except sqlite3.Error:
        return None


def _nearest(word: str, others: Mapping[str, str]) -> list[str]:
    """Those of others that are nearest to a word as they are spelt, if no more than a letter or two differ."""
    near = sorted((distance(word, spelt), other) for other, spelt in others.items())
    allowed = 1 if len(word) < 6 else 2
    return [other for steps, other in near if steps == near[0][0] <= allowed]


def _is_like(one: str, other: str) -> bool:
    """True where two words have the same digits, and letters of which four differ at most: it is quickly told."""
    if [*filter(str.isdigit, one)] != [*filter(str.isdigit, other)]:
        return False
    letters_, others = Counter(one), Counter(other)
    return (letters_ - others).total() + (others - letters_).total() <= 4


def _match(word: str, stand_ins: Iterable[str], column: str = "plain") -> str:
    """What the full-text engine is asked for a word: names with one that begins so, or one that stands for it."""
    asked = " OR ".join([f'"{word}"*', *(f'"{term}"' for term in stand_ins)])
    return f"{column} : ({asked})"


def distance(one: str, other: str) -> int:
    """How many letters are to be put in, taken out, changed, or changed places of with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row = row, [i]
        for j, against in enumerate(other, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                row[j] = min(row[j], before[j - 2] + 1)
        before = above
    return row[-1]
