"""Words that only say what kind of thing a name is of: Malmö, Malmö kommun and Malmö stad are one municipality."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from functools import lru_cache
from itertools import pairwise

from loaders.index import plain
from ontology.kinds import KINDS

_SMALL = "i på av och för till med om den det de en ett of in on the for and to a an by"
"""Words that tell no name from another."""

_PLAIN_SMALL = frozenset(map(plain, _SMALL.split()))

_BESIDE = {
    "municipality": "stad stads kommuns city town",
    "county": "läns",
    "actor": "län läns",
    "sdg-goal": "mål goal sdg",
    "sdg-target": "mål delmål goal target sdg",
    "sdg-indicator": "indikator indicator sdg",
    "objective": "mål miljömål objective",
    "milestone-target": "mål target",
    "indicator": "kolada",
}
"""What is written so beside the name of the kind itself."""

_LONG_ENOUGH = 4  # letters of a word that may end with the s of a genitive


@lru_cache(128)
def beside(kind: str) -> frozenset[str]:
    """The words that stand for a kind, and small ones, with the marks of letters and without."""
    one = KINDS[kind].one
    said = f"{one.sv} {one.en} {_BESIDE.get(kind, '')} {_SMALL}".casefold()
    return frozenset(said.split()) | frozenset(plain(said).split())


def core(words: Sequence[str], kind: str, genitives: Container[str] = ()) -> str:
    """What is left of the words of a name without these and small words, and of genitives without their s."""
    return " ".join(word[:-1] if word in genitives else word for word in _without(words, kind))


def cores(words: Sequence[str], kind: str) -> set[str]:
    """The same of what is written, with the s of a word before such a word and without: Torsås stad, Göteborgs stad."""
    left_out = beside(kind)
    before = {word for word, after in pairwise(words) if after in left_out and _may_be_genitive(word)}
    return {left for left in (core(words, kind), core(words, kind, before)) if left}


def genitives_in(words: Collection[str]) -> frozenset[str]:
    """The words of the names of a thing that are genitives: those that stand there without their s as well."""
    return frozenset(word for word in words if _may_be_genitive(word) and word[:-1] in words)


def code_in(words: Sequence[str], kind: str) -> str:
    """The code in what is written, where it stands with nothing but words for the kind; else nothing."""
    left = _without(words, kind)
    return left[0] if len(left) == 1 < len(words) else ""


def _may_be_genitive(word: str) -> bool:
    return word.endswith("s") and len(word) >= _LONG_ENOUGH


def _without(words: Sequence[str], kind: str) -> list[str]:
    left_out = beside(kind)
    return [word for word in words if word not in left_out]


def is_small(word: str) -> bool:
    """True for a word without marks that tells no name from another."""
    return word in _PLAIN_SMALL
