"""How a selection of the mapping looks on the pages of others: with a title, with its legend, in light or dark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from endpoint.mapping.selection import Selection
from endpoint.parameters import check_among


class Theme(StrEnum):
    """In which colours: as the reader of the other page has chosen, or as that page is."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


LOOKS: dict[str, tuple[str, ...]] = {"title": ("0", "1"), "legend": ("1", "0"), "theme": tuple(Theme)}
"""The parameters in canonical order, and what each may be; the first is what it is where it is left out."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is chosen of how it looks."""

    title: str = LOOKS["title"][0]
    legend: str = LOOKS["legend"][0]
    theme: str = LOOKS["theme"][0]

    @property
    def has_title(self) -> bool:
        """True where the title is seen."""
        return self.title == "1"

    @property
    def has_legend(self) -> bool:
        """True where what fills and marks mean is told."""
        return self.legend == "1"

    def said_with(self, selection: Selection) -> str:
        """The query string of a selection that looks so; defaults left out."""
        own = {name: value for name in LOOKS if (value := getattr(self, name)) != LOOKS[name][0]}
        parts = [part for part in (selection.query[1:], urlencode(own)) if part]
        return f"?{'&'.join(parts)}" if parts else ""


def read_look(parameters: QueryParams) -> Look:
    """How it is to look; an empty value is none. Raises Problem, with the parameter and what it may be."""
    given = {name: value for name in LOOKS if (value := parameters.get(name))}
    for name, value in given.items():
        check_among(name, value, LOOKS[name])
    return Look(**given)
