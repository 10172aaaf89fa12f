"""Rows of all tables, of which some classes are asked for again and again: once for each live source."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeVar, cast

from loaders.row import Row

R = TypeVar("R", bound=Row)


class ByClass(tuple[Row, ...]):
    """Rows in order, which knows those of each class."""

    _of: dict[type[Row], list[Row]]

    def __new__(cls, rows: Iterable[Row]) -> ByClass:
        """Look through rows once."""
        made = super().__new__(cls, rows)
        made._of = {}
        for row in made:
            made._of.setdefault(type(row), []).append(row)
        return made

    def of(self, model: type[R]) -> list[R]:
        """The rows of a class, and of those under it: class by class, and in order within each."""
        found = (some for of, some in self._of.items() if issubclass(of, model))
        return cast("list[R]", list(chain.from_iterable(found)))


def by_class(rows: Iterable[Row]) -> ByClass:
    """Any rows as such, which are not looked through once more where they have been."""
    return rows if isinstance(rows, ByClass) else ByClass(rows)
