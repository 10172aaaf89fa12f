"""The table of mappings: one row per link, sorted by a column, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from endpoint.mapping.exports import Told
from endpoint.mapping.matrix import MARKS, ROWS, natural
from endpoint.mapping.selection import SORTS, Selection
from endpoint.parameters import wrong_value
from loaders.mappings import Relation
from ontology import iri
from ontology.schemes import JustificationConfidence, Standing
from ontology.text import Text

ROWS_SHOWN = 50
"""How many rows a page of the table has."""

_TRUST: list[str] = ["", *(str(member.value) for member in reversed(JustificationConfidence))]

KEYS: dict[str, Callable[[Told], Any]] = {
    "objective": lambda told: (ROWS.index(told.link.row), natural(iri.local_name(told.link.subject))),
    "target": lambda told: natural(iri.local_name(told.link.object)),
    "relation": lambda told: list(Relation).index(told.link.tie),
    "strength": lambda told: -MARKS[told.link.strength],
    "confidence": lambda told: -_TRUST.index(iri.local_name(told.reason.confidence or "")),
    "standing": lambda told: list(Standing).index(told.link.standing),
    "evidence": lambda told: -len(told.reason.rests_on),
    "date": lambda told: told.reason.stated,
}
"""What each column is sorted by; what is the same keeps the order of the matrix."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the table, and where they stand in it."""

    rows: tuple[Told, ...]
    number: int
    pages: int
    first: int
    total: int


def turn_to(rows: Sequence[Told], selection: Selection) -> Page:
    """The page that is asked for, of the sorted rows. Raises Problem where the table has no such page."""
    name, is_reversed = selection.sort.removeprefix("-"), selection.sort.startswith("-")
    ordered = sorted(rows, key=KEYS[name], reverse=is_reversed)
    pages = max(1, -(-len(ordered) // ROWS_SHOWN))
    if selection.page > pages:
        raise wrong_value("page", str(selection.page), Text(f"1–{pages}", f"1–{pages}"))
    first = (selection.page - 1) * ROWS_SHOWN
    return Page(tuple(ordered[first : first + ROWS_SHOWN]), selection.page, pages, first + 1, len(ordered))


def headings(selection: Selection) -> list[tuple[str, str, str]]:
    """The columns with how they are sorted now, and the sort that a click on one asks for."""
    found = []
    for name in SORTS:
        now = "ascending" if selection.sort == name else "descending" if selection.sort == f"-{name}" else ""
        found.append((name, now, f"-{name}" if now == "ascending" else name))
    return found
