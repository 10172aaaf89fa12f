"""What readers number: `delmål 14.1`, `miljömål 7` and `SDG 14` tell kinds of things and the code of one."""

from __future__ import annotations

import re
from functools import cache

from loaders.index import plain
from ontology.kinds import KINDS

_ALSO = {
    "objective": "miljömål objective",
    "sdg-goal": "sdg agenda 2030",
    "sdg-target": "agenda 2030",
    "sdg-indicator": "agenda 2030",
}
"""What readers call a kind besides its name."""

_ENDING = 3  # letters of a word that may stand for the end of a longer one, as `mål` does for `delmål`
_DEFINITE = ("et", "en")
_BEFORE_A_CODE = {"nr", "nummer", "no", "number"}
_CODE = re.compile(r"(?P<words>.+) (?P<code>\S*\d\S*)")
_WORD = re.compile(r"\w+")


def numbered(typed: str) -> tuple[str, tuple[str, ...]]:
    """The code that a text ends with, and the names of the kinds that the words before it tell: none, or several."""
    found = _CODE.fullmatch(typed)
    words = [word for word in _WORD.findall(plain(found["words"])) if word not in _BEFORE_A_CODE] if found else []
    if not found or not words:
        return "", ()
    return found["code"], tuple(kind for kind in KINDS if all(_tells(word, kind) for word in words))


def _tells(word: str, kind: str) -> bool:
    """True where a word is one of the name of a kind, in either language, or the end of one; `målet` as `mål` is."""
    forms = {word, *(word.removesuffix(ending) for ending in _DEFINITE if len(word) >= _ENDING + len(ending))}
    return any(own == form or (len(form) >= _ENDING and own.endswith(form)) for own in _words(kind) for form in forms)


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of the names of a kind, as the index folds them."""
    one, many = KINDS[kind].one, KINDS[kind].many
    return frozenset(_WORD.findall(plain(" ".join((one.sv, one.en, many.sv, many.en, _ALSO.get(kind, ""))))))
