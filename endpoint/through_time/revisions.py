"""What became of the values of a property from one release to the next; texts are compared word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import Literal as OneOf

from rdflib import Literal
from rdflib.term import Node
from rdflib.util import from_n3

_ALIKE = 0.5
"""How much of two texts must be the same for one to be the other, rewritten."""

_MOST_COMPARED = 160_000
"""Words of one text by words of the other, with what stands between words: 200 words of each take a tenth of a second,
and twice as many ten times as long."""

_MOST_REMEMBERED = 256

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

Fate = OneOf["kept", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row, and what became of them."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text that was rewritten, in its language; empty where it has none."""

    language: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """The texts of a property that were rewritten, and what else went and came, written as in N-Triples."""

    rewritten: tuple[Rewritten, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def revise(before: Sequence[str], after: Sequence[str]) -> Revision:
    """The revision of a property by its values before and after. A text is compared with the one in its language."""
    old, new = ({written: from_n3(written) for written in side} for side in (before, after))
    rewritten, told = [], set[str]()
    for language in dict.fromkeys(_language(term) for term in [*old.values(), *new.values()]):
        pair = [[written for written, term in side.items() if _language(term) == language] for side in (old, new)]
        if language is None or [len(texts) for texts in pair] != [1, 1]:
            continue
        pieces = compare(str(old[pair[0][0]]), str(new[pair[1][0]]))
        if pieces is not None:
            rewritten.append(Rewritten(language, pieces))
            told |= {pair[0][0], pair[1][0]}
    left = [tuple(written for written in side if written not in told) for side in (before, after)]
    return Revision(tuple(rewritten), *left)


@lru_cache(_MOST_REMEMBERED)
def compare(before: str, after: str) -> tuple[Piece, ...] | None:
    """The words of two texts in order, each with what became of it.

    None where the texts have too little in common, and where too much lies between what they begin and end with alike.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    first = _in_common(old, new)
    last = _in_common(old[first:][::-1], new[first:][::-1])
    left, right = old[first : len(old) - last], new[first : len(new) - last]
    if len(left) * len(right) > _MOST_COMPARED:
        return None
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    same = first + last + sum(block.size for block in matcher.get_matching_blocks())
    if 2 * same < _ALIKE * (len(old) + len(new)):
        return None
    runs: list[tuple[Fate, list[str]]] = [("kept", old[:first])]
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            runs.append(("kept", left[start:end]))
        else:
            runs += [("gone", left[start:end]), ("new", right[begin:stop])]
    runs.append(("kept", old[len(old) - last :]))
    return tuple(Piece(fate, "".join(words)) for fate, words in runs if words)


def _in_common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _language(term: Node | str | None) -> str | None:
    """The language of a text, empty where it has none; None for what is no text."""
    if isinstance(term, Literal) and term.datatype is None:
        return term.language or ""
    return None
