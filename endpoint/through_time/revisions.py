"""What became of the values of a property from one release to the next; texts are compared word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal as OneOf

from rdflib import Literal
from rdflib.term import Node
from rdflib.util import from_n3

_ALIKE = 0.5
"""How much of two texts must be the same for one to be the other, rewritten."""

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


def compare(before: str, after: str) -> tuple[Piece, ...] | None:
    """The words of two texts in order, each with what became of it; None where the texts have too little in common."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    pieces: list[Piece] = []
    for same, start, end, begin, stop in matcher.get_opcodes():
        if same == "equal":
            pieces.append(Piece("kept", "".join(old[start:end])))
        else:
            sides: tuple[tuple[Fate, str], ...] = (("gone", "".join(old[start:end])), ("new", "".join(new[begin:stop])))
            pieces += [Piece(fate, text) for fate, text in sides if text]
    return tuple(pieces)


def _language(term: Node | str | None) -> str | None:
    """The language of a text, empty where it has none; None for what is no text."""
    if isinstance(term, Literal) and term.datatype is None:
        return term.language or ""
    return None
