"""Lines of a delivery that have what an earlier one has: the same thing twice, or designations hardly to be told apart.

Identifiers are made of designations, so these have to differ in more than what readers and other systems pass over.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from loaders.cells import words
from loaders.filled import Entry
from ontology.text import Text

_DESIGNATION, _TITLE = "id", "title_sv"

_SAME = Text(
    "rubriken är densamma, så det är troligen samma sak två gånger; ta bort en av raderna",
    "the title is the same, so this is most likely the same thing twice; remove one of the lines",
)
_TWO = Text(
    "rubrikerna är olika; är det samma sak, så ta bort en av raderna, och är det två, så ge en av dem en beteckning "
    "med andra bokstäver (a–z) eller siffror",
    "the titles differ; if it is the same thing, remove one of the lines, and if it is two, give one of them a "
    "designation of other letters (a–z) or digits",
)


class _Earlier(NamedTuple):
    line: int
    designation: str
    title: str


class Lines:
    """The lines of a file as they come, each by its key and by what its designation is like."""

    def __init__(self) -> None:
        self._by_key: dict[str, _Earlier] = {}
        self._by_likeness: dict[str, _Earlier] = {}

    def refuse_doubled(self, entry: Entry, key: str, column: str) -> None:
        """Note in a column that an earlier line has the key, or a designation that differs in how it is written."""
        this = _Earlier(entry.line.number, words(entry.cell(_DESIGNATION)), words(entry.cell(_TITLE)))
        like = _likened(this.designation) if column == _DESIGNATION else key
        first = self._by_key.get(key) or self._by_likeness.get(like)
        if first is None:
            self._by_key[key] = self._by_likeness[like] = this
        elif first.designation == this.designation:
            entry.fault(column, f"rad {first.line} har redan detta", f"line {first.line} has this already")
        else:
            entry.fault(column, *_told(first, this))


def _told(first: _Earlier, this: _Earlier) -> Text:
    """How two designations are alike, and what that most likely means."""
    how = _how_they_differ(first.designation, this.designation)
    means = _SAME if _likened(first.title) == _likened(this.title) else _TWO
    return Text(
        f"{this.designation!r} och {first.designation!r} på rad {first.line} {how.sv}; {means.sv}",
        f"{this.designation!r} and {first.designation!r} on line {first.line} {how.en}; {means.en}",
    )


def _how_they_differ(one: str, other: str) -> Text:
    if one.casefold() == other.casefold():
        return Text("skiljer sig bara i stora och små bokstäver", "differ in capitals and small letters alone")
    if one.replace(" ", "") == other.replace(" ", ""):
        return Text("skiljer sig bara i mellanslag", "differ in spaces alone")
    if _likened(one) == _likened(other):
        return Text(
            "skiljer sig bara i tecken, mellanslag och stora bokstäver", "differ in marks, spaces and capitals alone"
        )
    return Text("ger samma identifierare", "give the same identifier")


def _likened(text: str) -> str:
    """Its letters and digits; what parts two digits stays as a hyphen, for 1.1 is not 11."""
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    parted = ("-" if one[-1].isdigit() and other[0].isdigit() else "" for one, other in pairwise(parts))
    return "".join(part + mark for part, mark in zip(parts, [*parted, ""], strict=False))
