"""The colours of the letters of a cell, and of what is behind them, as far as they can be compared.

A conditional format may show others: what such formats do is not reckoned out.
"""

from __future__ import annotations

from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

_BLACK, _WHITE = "000000", "FFFFFF"
_OF_WINDOW = {64: _BLACK, 65: _WHITE}
_OF_THEME = {0: _WHITE, 1: _BLACK}
"""The first two colours of a theme are those of paper and of ink, in every theme that Office comes with."""


def colour_of_letters(font: Any) -> str:
    """The colour of a font; black where it says none."""
    return _colour(font.color if font else None, _BLACK)


def colour_behind(fill: Any) -> str | None:
    """The colour that a fill paints, white where it paints none; None for a pattern, which has two."""
    if fill is None or fill.fill_type is None:
        return _WHITE
    return _colour(fill.fgColor, _BLACK) if fill.fill_type == "solid" else None


def _of_palette(number: int) -> str:
    """A colour by its number; what has another number is a colour of the system, and known by that alone."""
    is_in_it = 0 <= number < len(COLOR_INDEX)
    return COLOR_INDEX[number][-len(_BLACK) :].upper() if is_in_it else f"indexed {number}"


def _colour(color: Any, otherwise: str) -> str:
    if color is None or color.type not in {"rgb", "indexed", "theme"}:
        return otherwise
    if color.type == "rgb":
        found = str(color.rgb)[-len(_BLACK) :].upper()
    elif color.type == "indexed":
        found = _OF_WINDOW.get(color.indexed) or _of_palette(color.indexed)
    else:
        found = _OF_THEME.get(color.theme, f"theme {color.theme}")
    return f"{found} {color.tint}" if color.tint else found
