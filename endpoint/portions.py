"""A portion of a list that programs read: which one an address asks for, and where the others are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from endpoint.parameters import wrong_value
from endpoint.problems import Problem
from ontology.text import Text

PAGE, SIZE = "page", "size"
"""The parameters that choose a portion."""

USUAL, MOST = 100, 1000
"""How many entries a portion has, where nothing is said, and at most."""

_MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Portion:
    """A page of a list, of some size."""

    page: int = 1
    size: int = USUAL

    @property
    def skipped(self) -> int:
        """How many entries stand on the pages before."""
        return (self.page - 1) * self.size

    def around(self, *, is_last: bool) -> dict[str, Portion]:
        """The portions that it leads to, by their relation to it."""
        there = {"first": 1, "prev": self.page - 1, **({} if is_last else {"next": self.page + 1})}
        return {relation: Portion(page, self.size) for relation, page in there.items() if page > 0}

    def address(self, stem: str, others: Mapping[str, str]) -> str:
        """Where it is in a list at an address, with what else is asked of the list."""
        own = {PAGE: self.page, SIZE: self.size}
        asked = urlencode({**others, **{name: value for name, value in own.items() if value != _USUALLY[name]}})
        return f"{stem}?{asked}" if asked else stem


_USUALLY = {PAGE: 1, SIZE: USUAL}


def read_portion(parameters: Mapping[str, str]) -> Portion:
    """The portion that the parameters of an address ask for. Raises Problem, which names the one that is wrong."""
    return Portion(_number(parameters, PAGE, _MOST_PAGES), _number(parameters, SIZE, MOST))


def no_such_portion(portion: Portion) -> Problem:
    """A page beyond the last of a list."""
    return Problem(
        "no-such-page",
        Text(
            f"{PAGE}={portion.page}: listan har inte så många sidor. Följ next från den första.",
            f"{PAGE}={portion.page}: the list has not so many pages. Follow next from the first.",
        ),
        members={"parameter": PAGE},
        without=(PAGE,),
    )


def _number(parameters: Mapping[str, str], name: str, most: int) -> int:
    given = parameters.get(name, str(_USUALLY[name]))
    number = int(given) if re.fullmatch(r"[1-9][0-9]{0,6}", given, re.ASCII) else 0
    if not 0 < number <= most:
        raise wrong_value(name, given, Text(f"ett heltal, 1–{most}", f"a whole number, 1–{most}"))
    return number
