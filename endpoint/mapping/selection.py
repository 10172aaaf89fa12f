"""What the address of the mapping asks for: a view, a pair of goals, and filters; the same for pages and exports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from endpoint.mapping.matrix import COLUMNS, COUNTED, ROWS, Link
from endpoint.parameters import wrong_value
from loaders.mappings import Relation
from ontology.schemes import Standing, Strength
from ontology.text import Text


class View(StrEnum):
    """How the links are shown. Without one: the matrix where there is room for it, else the list."""

    MATRIX = "matrix"
    LIST = "list"
    TABLE = "table"
    FLOW = "flow"


class Level(StrEnum):
    """Whether the links are gathered by goal or by target. It leaves none of them out."""

    GOAL = "goal"
    TARGET = "target"


class Tie(StrEnum):
    """The strength of a link as a filter names it; most published links state none."""

    DIRECT = Strength.DIRECT.value
    INDIRECT = Strength.INDIRECT.value
    NOT_STATED = "not-stated"


SORTS = ("objective", "target", "relation", "strength", "confidence", "standing", "evidence", "date")
"""What the table can be sorted by; with a minus before it, the other way round."""

_SORTS = (*SORTS, *(f"-{name}" for name in SORTS))
_PAGES = tuple(map(str, range(1, 1000)))
_LISTED = {"page": "1–999"}
"""What a parameter may be, where that is too much to list."""

ALLOWED: dict[str, tuple[str, ...]] = {
    "view": tuple(View),
    "level": tuple(Level),
    "objective": ROWS,
    "goal": tuple(map(str, COLUMNS)),
    "basis": tuple(standing.value for standing in Standing),
    "relation": tuple(Relation),
    "strength": tuple(Tie),
    "sort": _SORTS,
    "page": _PAGES,
}
"""The parameters in canonical order, and what each may be."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What an address asks for."""

    view: View | None = None
    level: Level = Level.GOAL
    objective: str | None = None
    goal: int | None = None
    basis: Standing | None = None
    relation: Relation | None = None
    strength: Tie | None = None
    sort: str = SORTS[0]
    page: int = 1

    @property
    def standings(self) -> frozenset[Standing]:
        """The standings that count."""
        return COUNTED if self.basis is None else frozenset({self.basis})

    @property
    def is_pair(self) -> bool:
        """True where both ends are chosen, so that there is a why to read."""
        return self.objective is not None and self.goal is not None

    @property
    def is_filtered(self) -> bool:
        """True where a filter leaves links out."""
        return bool(self.basis or self.relation or self.strength)

    @property
    def last_filter(self) -> str | None:
        """The last filter in the address, the first to let go of where nothing is left."""
        return next((name for name in ("strength", "relation", "basis") if getattr(self, name)), None)

    def but(self, **changes: Any) -> Selection:
        """The same with other values; a list that changes begins at its first page."""
        return replace(self, **{"page": 1, **changes})

    @property
    def said(self) -> dict[str, str]:
        """The parameters with their values: in canonical order, defaults left out."""
        values = {name: getattr(self, name) for name in ALLOWED}
        said = {name: value for name, value in values.items() if value is not None and value != _DEFAULTS[name]}
        return {name: str(getattr(value, "value", value)) for name, value in said.items()}

    @property
    def query(self) -> str:
        """The query string of these; empty where nothing is asked for."""
        return f"?{urlencode(self.said)}" if self.said else ""

    @property
    def taken(self) -> Selection:
        """What an export of it is asked for: the same without what only a page shows."""
        return self.but(view=None, level=Level.GOAL, sort=SORTS[0])

    @property
    def around(self) -> Selection:
        """What is shown: in a matrix or list the whole around a chosen pair, else only what the ends leave."""
        if not self.is_pair or self.view in {View.TABLE, View.FLOW}:
            return self
        return self.but(objective=None, goal=self.goal if self.level is Level.TARGET else None)

    def keeps(self, link: Link) -> bool:
        """True for a link that the filters leave and that has the chosen ends."""
        return (
            self.counts(link)
            and (self.objective is None or link.row == self.objective)
            and (self.goal is None or link.goal == self.goal)
        )

    def counts(self, link: Link) -> bool:
        """True for a link that the filters leave."""
        return (
            link.standing in self.standings
            and (self.relation is None or link.tie is self.relation)
            and (self.strength is None or strength_of(link) is self.strength)
        )


_DEFAULTS = {name: getattr(Selection(), name) for name in ALLOWED}


def strength_of(link: Link) -> Tie:
    """The strength of a link as a filter names it."""
    return Tie(link.strength.value) if link.strength else Tie.NOT_STATED


def read_selection(parameters: QueryParams) -> Selection:
    """What is asked for; an empty value is none. Raises Problem, with the parameter and what it may be."""
    given = {name: value for name in ALLOWED if (value := parameters.get(name))}
    for name, value in given.items():
        if value not in ALLOWED[name]:
            allowed = _LISTED.get(name, ", ".join(ALLOWED[name]))
            raise wrong_value(name, value, Text(allowed, allowed), () if name in _LISTED else ALLOWED[name])
    return Selection(**{name: _READ[name](value) for name, value in given.items()})


_READ: dict[str, Any] = {
    "view": View,
    "level": Level,
    "objective": str,
    "goal": int,
    "basis": Standing,
    "relation": Relation,
    "strength": Tie,
    "sort": str,
    "page": int,
}


def facets(links: Iterable[Link], selection: Selection) -> dict[str, list[tuple[object, int]]]:
    """The values that each filter can have, with how many links it would leave; the chosen one even if none.

    The pair is left aside: the matrix around it stays.
    """
    found = list(links)
    wide = selection.around

    def left(**changes: object) -> int:
        return sum(map(wide.but(**changes).keeps, found))

    values: dict[str, Iterable[Any]] = {"basis": Standing, "relation": Relation, "strength": Tie}
    return {
        name: [
            (value, number)
            for value in members
            if (number := left(**{name: value})) or getattr(selection, name) is value
        ]
        for name, members in values.items()
    }
