"""How like what is written is to the names and codes of a thing, as a score with what it is made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from endpoint.reconciliation.designators import beside, code_in, cores, is_small
from endpoint.reconciliation.entities import Entity, Name, Sort, joined
from loaders.index import letters, plain

MATCH = 90
"""The score from which the best candidate is taken for what is meant, where no other has the same."""

CODE, CODE_WITH_KIND, CODE_PADDED = 100, 98, 92
"""The scores of a code: alone, with a word for the kind, with zeros put back that a spreadsheet took away."""

NAMES = {Sort.OWN: 100, Sort.OTHER: 99, Sort.DATED: 96}
"""The scores of a name that is written just so: the name here, another one, and one of an earlier time."""

FOLDED, WITHOUT_KIND = 2, 4
"""What is taken off where letters lack their marks, and where words for the kind or small words differ."""

MOST_BY_WORDS = 85
"""The most that words in common can give: never enough to be taken for what is meant."""

ALONE = 80
"""The least for a text whose every word stands in the name of one thing alone: likely it, and not sure."""

FORM = 0.93
"""How near another form of a word is: from there on, a word stands in a name."""

BEGINNING = 50
"""The least for a text that a name begins with; the more of the name it is, the more."""

LONGEST = 500
"""Characters of the longest text that is compared: no name is as long."""

_MOST_WORDS = 20
_LONG_ENOUGH = 4  # letters of a word that may say alone what is meant


class Near(NamedTuple):
    """How near a word of a name is to one that is written, and whether that one may be misspelt."""

    nearness: float
    is_misspelt: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What is written in the table of another, read once for all comparisons."""

    text: str
    letters: str
    plain: str
    words: tuple[str, ...]
    tokens: tuple[str, ...]  # parted at spaces alone, as codes are

    @classmethod
    def of(cls, text: str) -> Written:
        """The text as it is compared; nothing of it where it is longer than any name."""
        text = " ".join(unicodedata.normalize("NFC", text).split()) if len(text) <= LONGEST else ""
        said = joined(plain(text))
        tokens = tuple(token.strip(".,;:()\"'") for token in plain(text).split()[:_MOST_WORDS])
        return cls(text, joined(letters(text)), said, tuple(said.split()[:_MOST_WORDS]), tokens)

    @property
    def code(self) -> str:
        """All of it as a code."""
        return " ".join(self.tokens)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score from 0 to 100, and what it is made of, by the names that `docs/reconciliation.md` explains."""

    score: float
    features: Mapping[str, bool | float] = field(default_factory=dict)
    words: frozenset[str] = frozenset()  # of the name that has some in common
    share: float = 0.0  # of that name, by the weights of its words, that is in common

    @property
    def has_all(self) -> bool:
        """True where every word that is written stands in the name."""
        return bool(self.features.get("all_words"))


def padded(code: str, length: int) -> str:
    """A code of digits alone with zeros before it, where one may be missing; else nothing."""
    return code.zfill(length) if code.isascii() and code.isdigit() and len(code) == length - 1 else ""


def compare(
    written: Written, entity: Entity, near: Mapping[str, Mapping[str, Near]], weights: Mapping[str, float]
) -> Likeness:
    """The best that what is written has in common with a thing: its IRI, a code of it, or one of its names.

    `near` are the words of names that are near each word that is written; `weights` tell how rare a word is.
    """
    if written.text == entity.iri:
        return Likeness(CODE, _features(identifier=True))
    by_code = _by_code(written, entity)
    by_name = max(
        (_by_name(written, entity, name, near, weights) for name in entity.names), key=_score, default=by_code
    )
    return max(by_code, by_name, key=_score)


def _score(likeness: Likeness) -> float:
    return likeness.score


def _by_code(written: Written, entity: Entity) -> Likeness:
    if written.code in entity.codes:
        return Likeness(CODE, _features(code=True))
    alone = code_in(written.tokens, entity.kind.name)
    if alone in entity.codes:
        return Likeness(CODE_WITH_KIND, _features(code=True, kind_words=True))
    if padded(written.code, len(entity.key)) in entity.codes:
        return Likeness(CODE_PADDED, _features(code=True, leading_zero=True))
    return Likeness(0)


def _by_name(
    written: Written,
    entity: Entity,
    name: Name,
    near: Mapping[str, Mapping[str, Near]],
    weights: Mapping[str, float],
) -> Likeness:
    features = {"own_name": name.sort is Sort.OWN, "former_name": name.sort is Sort.DATED}
    most = NAMES[name.sort]
    if written.plain == name.plain:
        has_marks = written.letters == name.letters
        return Likeness(most - (0 if has_marks else FOLDED), _features(name=1.0, letters=has_marks, **features))
    if name.core and name.core in cores(written.words, entity.kind.name):
        there = set(name.letters.split())
        has_marks = all(_stands(word, there) or word in beside(entity.kind.name) for word in written.letters.split())
        score = most - WITHOUT_KIND - (0 if has_marks else FOLDED)
        return Likeness(score, _features(name=1.0, letters=has_marks, kind_words=True, **features))
    return _by_words(written, name, near, weights, features)


def _stands(word: str, there: Container[str]) -> bool:
    """True where a word is there, with the s of a genitive or without."""
    return word in there or f"{word}s" in there or (word.endswith("s") and word[:-1] in there)


def _by_words(
    written: Written,
    name: Name,
    near: Mapping[str, Mapping[str, Near]],
    weights: Mapping[str, float],
    features: Mapping[str, bool],
) -> Likeness:
    """The words in common, the rare ones counting more: the harmonic mean of their shares in both texts."""
    there = {word: _weight(word, weights) for word in name.words}
    asked = {word: _weight(word, weights) for word in written.words}
    found: dict[str, float] = {}
    shared, is_misspelt, whole = 0.0, False, set[str]()
    for word, weight in asked.items():
        best, nearest = Near(0.0), ""
        for other in there:
            known = near.get(word, {}).get(other)
            if known is not None and known.nearness > best.nearness:
                best, nearest = known, other
        if nearest:
            shared += weight * best.nearness
            found[nearest] = max(found.get(nearest, 0.0), best.nearness)
            is_misspelt = is_misspelt or best.is_misspelt
            whole |= {word} if best.nearness >= FORM and not best.is_misspelt else set()
    of_written = shared / (sum(asked.values()) or 1.0)
    of_name = sum(there[word] * nearness for word, nearness in found.items()) / (sum(there.values()) or 1.0)
    both = 2 * of_written * of_name / (of_written + of_name) if shared else 0.0
    begins = len(written.words) > 0 and name.plain.startswith(f"{written.plain} ")
    score = MOST_BY_WORDS * both
    if begins:
        score = max(score, BEGINNING + (MOST_BY_WORDS - BEGINNING) * len(written.plain) / len(name.plain))
    telling = {word for word in written.words if not is_small(word)}
    has_all = whole == telling and any(len(word) >= _LONG_ENOUGH for word in telling)
    features = {**features, "all_words": has_all, "beginning": begins, "misspelling": is_misspelt}
    return Likeness(round(score, 1), _features(name=round(both, 3), **features), frozenset(name.words), of_name)


def _weight(word: str, weights: Mapping[str, float]) -> float:
    return 0.0 if is_small(word) else weights.get(word, 1.0)


FEATURES: dict[str, bool | float] = {
    "identifier": False,
    "code": False,
    "leading_zero": False,
    "name": 0.0,
    "own_name": False,
    "former_name": False,
    "letters": False,
    "kind_words": False,
    "all_words": False,
    "beginning": False,
    "misspelling": False,
}
"""What a score is made of, as it is where nothing is in common."""


def _features(**found: bool | float) -> dict[str, bool | float]:
    return FEATURES | found
