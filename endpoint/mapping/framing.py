"""How high a frame is that shows a selection of the mapping whole: reckoned from its rows, columns and words.

Without a script there, a page cannot tell the page of others that frames it how high it is. So the height stands in the
code to paste, such that nothing is cut in a frame of 600 to 1,200 pixels in width; in a narrower one, the rest scrolls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from rdflib import URIRef

from endpoint.mapping.flow import Flow
from endpoint.mapping.matrix import COLUMNS, Cell
from endpoint.mapping.panel import Panel
from endpoint.mapping.reasons import Reason
from endpoint.mapping.selection import Level, Selection, View
from ontology.text import Language

Group = tuple[int, list[tuple[str, URIRef]]]
"""A goal with its targets."""

# Pixels, as they were measured in frames of these widths; rounded up.
_TITLE = 110
_AROUND = 290  # legend, sums, what is chosen, source and licence, and the room between them
_MATRIX_HEAD, _MATRIX_HEAD_OF_TARGETS, _MATRIX_ROW = 255, 325, 39
_LIST_ROW, _LIST_LINK, _LIST_FOOT = 52, 60, 70
_GOALS, _GOAL, _TARGET, _CHIP = 100, 34, 76, 26
_TABLE_HEAD, _TABLE_ROW = 90, 102
_FLOW_STRETCH, _FLOW_LINK, _FLOW_CHOICE, _FLOW_HEADS = 1.15, 58, 30, 150
_PANEL, _REASON, _LINE, _BASIS, _FURTHER, _FURTHER_LINK = 210, 625, 27, 29, 120, 68
_CHARACTERS = 62  # of a line in the narrowest frame


@dataclass(frozen=True, slots=True)
class Contents:
    """What is shown of a selection: the rows and cells of a matrix or list, the rows of a table, a flow, a panel."""

    rows: Sequence[str]
    cells: Mapping[tuple[str, str], Cell]
    goals: Sequence[Group]
    listed: int = 0
    flow: Flow | None = None
    panel: Panel | None = None


def shows_all_targets(around: Selection) -> bool:
    """True where the targets stand below each other, goal by goal, and not as columns."""
    is_grid = around.view not in {View.TABLE, View.FLOW}
    return is_grid and around.level is Level.TARGET and (around.goal is None or around.view is View.LIST)


def height_of(selection: Selection, shown: Contents, language: Language, *, has_title: bool) -> int:
    """The height in pixels, of a frame that is as wide as is usual."""
    around = selection.around
    if around.view is View.TABLE:
        height = _TABLE_HEAD + shown.listed * _TABLE_ROW
    elif around.view is View.FLOW:
        height = _of_flow(shown)
    elif shows_all_targets(around):
        height = _of_targets(around, shown)
    else:
        height = _of_grid(selection, shown)
    return _AROUND + (_TITLE if has_title else 0) + height + (_of_panel(shown.panel, language) if shown.panel else 0)


def _of_flow(shown: Contents) -> int:
    if shown.flow is None:
        return (len(shown.rows) + len(COLUMNS)) * _FLOW_CHOICE + _FLOW_HEADS
    return ceil(shown.flow.height * _FLOW_STRETCH) + len(shown.flow.bands) * _FLOW_LINK


def _of_targets(around: Selection, shown: Contents) -> int:
    """The goals, and the targets of those that are open."""
    linked = {code.partition(".")[0] for _, code in shown.cells}
    is_open = around.goal is not None or around.objective is not None
    targets = sum(len(inside) for goal, inside in shown.goals if is_open and (around.goal or str(goal) in linked))
    chips = len(shown.cells) * _CHIP if is_open else 0
    return _GOALS + len(shown.goals) * _GOAL + targets * _TARGET + chips


def _of_grid(selection: Selection, shown: Contents) -> int:
    """The matrix or the list, whichever is higher where the width of the frame chooses."""
    around = selection.around
    head = _MATRIX_HEAD_OF_TARGETS if around.level is Level.TARGET else _MATRIX_HEAD
    matrix = head + len(shown.rows) * _MATRIX_ROW
    opened = {row for row in shown.rows if row == selection.objective or (around.view is View.LIST and around.goal)}
    links = sum(row in opened for row, _ in shown.cells)
    list_ = len(shown.rows) * _LIST_ROW + len(opened) * _LIST_FOOT + links * _LIST_LINK
    if around.view is None:
        return max(matrix, list_)
    return matrix if around.view is View.MATRIX else list_


def _of_panel(panel: Panel, language: Language) -> int:
    further = _FURTHER + len(panel.further) * _FURTHER_LINK if panel.further else 0
    return _PANEL + sum(_of_reason(reason, language) for reason in panel.reasons) + further


def _of_reason(reason: Reason, language: Language) -> int:
    said = reason.justification(language)
    return _REASON + ceil(len(said.text) / _CHARACTERS if said else 1) * _LINE + len(reason.rests_on) * _BASIS
