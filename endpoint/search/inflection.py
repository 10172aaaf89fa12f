"""Forms of one word: what readers write is inflected, and the names of things have another form of it.

A word and another are forms of one where they are the same but for the endings that nouns and adjectives take, Swedish
or English. It is a rule of endings and no dictionary. Of vowels that change it knows the one change that hardly makes
another word: an `a` or `o` before `d` or `t` is `ä` or `ö` in the plural, as of `stad` and `städer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from loaders.index import plain

_SWEDISH = (
    *("", "s", "a", "e", "n", "en", "ens", "et", "ets", "r", "na", "nas", "ena", "enas"),
    *("ar", "ars", "arna", "arnas", "er", "ers", "erna", "ernas", "or", "ors", "orna", "ornas"),
)
_ENGLISH = ("", "s", "es")
_ENGLISH_IN_Y = ("y", "ys", "ies")
_SETS = tuple(map(frozenset, (_SWEDISH, _ENGLISH, _ENGLISH_IN_Y)))
"""Endings of which one takes the place of another."""

_SINGULAR, _CHANGED = frozenset({"", "s", "en", "ens"}), frozenset({"er", "ers", "erna", "ernas"})
_OF_CHANGED = len(_SETS)
"""The endings of a word whose vowel changes in the plural, and those that it has then; its place beside the sets."""

_CHANGING = re.compile(r"(.+)([äö])([^aeiouyåäö]*[dt])")
_AS_WITHOUT = str.maketrans("äö", "ao")

LONGEST_ENDING = max(len(ending) for endings in _SETS for ending in endings)
"""Letters by which a form may be longer than its stem."""

_STEM = 3  # letters that are left of a word at least
_SURE = 4  # letters of a stem that may have any ending: `barn` is no form of `bar`, nor `Solna` of `sol`
_UNSURE = frozenset({"s", "a", "e", "n", "r", "na", "nas"})
_VOWELS = frozenset("aeiouyåäö")

_LITTLE = (
    "i på av för och att med till om en ett den det de som från ur vid är eller hur vad var vilka vilken vilket har "
    "the of in for and to on an a with by from is are or how what where which has have"
)
_SAYING_LITTLE = frozenset(_LITTLE.split()) | frozenset(plain(_LITTLE).split())


def stem(word: str) -> str:
    """What all other forms of a word begin with."""
    return word[: max(_STEM, len(word) - LONGEST_ENDING)]


def _begin_alike(one: str, other: str) -> bool:
    """True where two words begin with the same letters, as far as all forms do; a vowel may have changed."""
    return one[:_STEM].translate(_AS_WITHOUT) == other[:_STEM].translate(_AS_WITHOUT)


def telling(words: Sequence[str]) -> Sequence[str]:
    """Those of some words, in small letters, that tell what is looked for; all where none does."""
    return [word for word in words if word not in _SAYING_LITTLE] or words


def are_forms(one: str, other: str) -> bool:
    """True where two words, in small letters, are forms of one."""
    if one == other:
        return True
    if not _begin_alike(one, other) or not _SAYING_LITTLE.isdisjoint((one, other)):
        return False
    return not _taken_apart(one).isdisjoint(_taken_apart(other))


@lru_cache(4096)
def _taken_apart(word: str) -> frozenset[tuple[str, int]]:
    """The stems that a word may have, each with the set of endings from which it may take another."""
    return frozenset(_stems(word))


def _stems(word: str) -> Iterator[tuple[str, int]]:
    for number, endings in enumerate(_SETS):
        for ending in endings:
            rest = word.removesuffix(ending)
            if word.endswith(ending) and _may_take(rest, ending):
                yield rest, number
                if number == 0 and ending in _SINGULAR:
                    yield rest, _OF_CHANGED
                elif number == 0 and ending in _CHANGED and (changed := _before_change(rest)):
                    yield changed, _OF_CHANGED


def _before_change(rest: str) -> str | None:
    """The stem of the singular, where that of the plural has a vowel that may have changed in it."""
    found = _CHANGING.fullmatch(rest)
    return f"{found[1]}{found[2].translate(_AS_WITHOUT)}{found[3]}" if found and len(rest) >= _SURE else None


def _may_take(rest: str, ending: str) -> bool:
    if len(rest) < _SURE and ending in _UNSURE:
        return len(rest) == _STEM and ending in {"n", "s"} and rest[-1] in _VOWELS  # `sjön`
    return len(rest) >= _STEM
