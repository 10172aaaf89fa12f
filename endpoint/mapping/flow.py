"""The flow of one objective or one goal: bands between two columns, drawn as SVG without a library.

A band is as broad as it has links. Those of one strength are filled alike, and outlined by who stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from endpoint.mapping.matrix import MARKS, ROWS, Cell, Link, arrange_by, natural
from endpoint.mapping.selection import Level, Selection
from ontology.schemes import Standing

LEFT, RIGHT = 330, 520
"""Where the columns stand; the names have what is outside them."""

_BAR = 12
_LINK = 9  # the height of one link
_LEAST = 30  # the height that a name needs
_TOP = 8


@dataclass(frozen=True, slots=True)
class Node:
    """One end with its bar: where it stands, and how many links meet there."""

    code: str
    y: float
    height: float
    count: int

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """The links between two ends, as outlines of stripes under each other: those alike have one."""

    row: str
    code: str
    cell: Cell
    stripes: tuple[tuple[Cell, str], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """A drawing of links from objectives to goals or targets."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    bands: tuple[Band, ...]
    height: float


def draw(links: Iterable[Link], selection: Selection, canonical: Callable[[str], str]) -> Flow:
    """The flow of links that share an objective or a goal; between a pair it leads to the single targets."""
    by_target = selection.level is Level.TARGET or selection.is_pair
    cells = arrange_by(links, by_target, canonical)
    rows = sorted({row for row, _ in cells}, key=ROWS.index)
    codes = sorted({code for _, code in cells}, key=natural)
    sizes_left = [sum(cell.count for (row, _), cell in cells.items() if row == one) for one in rows]
    sizes_right = [sum(cell.count for (_, code), cell in cells.items() if code == one) for one in codes]
    height = max(map(_height, (sizes_left, sizes_right)), default=0)
    left, right = _place(rows, sizes_left, height), _place(codes, sizes_right, height)
    used = {node.code: node.middle - node.count * _LINK / 2 for node in right}
    bands = []
    for node in left:
        start = node.middle - node.count * _LINK / 2
        for code in codes:
            cell = cells.get((node.code, code))
            if cell is not None:
                thick = cell.count * _LINK
                bands.append(Band(node.code, code, cell, tuple(_stripes(cell, start, used[code]))))
                start, used[code] = start + thick, used[code] + thick
    return Flow(left, right, tuple(bands), height + 2 * _TOP)


def _height(sizes: Sequence[int]) -> float:
    return sum(max(_LEAST, size * _LINK + 6) for size in sizes)


def _place(codes: Sequence[str], sizes: Sequence[int], height: float) -> tuple[Node, ...]:
    """The nodes under each other, with the room that is left shared among them."""
    spare = (height - _height(sizes)) / max(1, len(sizes))
    found, y = [], float(_TOP)
    for code, size in zip(codes, sizes, strict=True):
        room = max(_LEAST, size * _LINK + 6) + spare
        found.append(Node(code, round(y + (room - size * _LINK) / 2, 1), size * _LINK, size))
        y += room
    return tuple(found)


def _stripes(cell: Cell, start: float, end: float) -> Iterator[tuple[Cell, str]]:
    """The links that look alike, the strongest first and those that somebody has published before others."""
    standings = (Standing.PUBLISHED, Standing.EDITORIAL, Standing.PROPOSED)
    for strength in sorted(MARKS, key=MARKS.__getitem__, reverse=True):
        for standing in standings:
            links = tuple(link for link in cell.links if (link.strength, link.standing) == (strength, standing))
            if links:
                thick = len(links) * _LINK
                yield Cell(cell.row, cell.goal, links), _band(start, end, thick)
                start, end = start + thick, end + thick


def _band(start: float, end: float, thick: float) -> str:
    a, b, middle = LEFT + _BAR, RIGHT, (LEFT + _BAR + RIGHT) / 2
    top = f"M{a} {start:.1f}C{middle} {start:.1f} {middle} {end:.1f} {b} {end:.1f}"
    back = f"V{end + thick:.1f}C{middle} {end + thick:.1f} {middle} {start + thick:.1f} {a} {start + thick:.1f}Z"
    return top + back
