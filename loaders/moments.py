"""Years, months and days as the tables write them, each of the precision that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator
from rdflib import Literal, URIRef

from loaders.row import Fact, Row, day, year
from loaders.spelling import Spelt
from ontology.namespaces import MG, XSD

_YEAR = r"(19|20)[0-9]{2}"
_MONTH = rf"{_YEAR}-(0[1-9]|1[0-2])"
Year = Annotated[str, Spelt(_YEAR, "skriv ett år mellan 1900 och 2099", "write a year between 1900 and 2099")]


def _possible(moment: str) -> str:
    """The moment, where a day is one that there is."""
    if len(moment) == len("2021-01-28") and not is_day(moment):
        raise ValueError("there is no such day")
    return moment


@lru_cache(1000)
def is_year(written: str) -> bool:
    """True of a year between 1900 and 2099."""
    return re.fullmatch(_YEAR, written) is not None


def is_day(written: str) -> bool:
    """True of a day that there is or was, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def is_to_come(day: str) -> bool:
    """True of a day that has begun nowhere on earth yet."""
    return day > (datetime.now(UTC) + timedelta(hours=14)).date().isoformat()


Moment = Annotated[
    str,
    Spelt(
        rf"{_YEAR}|{_MONTH}(-(0[1-9]|[12][0-9]|3[01]))?",
        "skriv ett år, en månad eller en dag som 2021, 2021-01 eller 2021-01-28",
        "write a year, a month or a day like 2021, 2021-01 or 2021-01-28",
    ),
    AfterValidator(_possible),
]


@dataclass(frozen=True, slots=True)
class Dated:
    """The properties that tell a moment: its year always, its month or its day where that is known and there is one."""

    year: URIRef
    month: URIRef | None = None
    day: URIRef | None = None

    def says(self, row: Row, moment: str, cell: str) -> Iterator[Fact]:
        """What a row says of a moment that stands in a cell, as precisely as the cell does."""
        yield row.says(self.year, year(moment[:4]), cell)
        if self.month is not None and len(moment) == len("2020-06"):
            yield row.says(self.month, Literal(moment, datatype=XSD.gYearMonth), cell)
        elif self.day is not None and len(moment) == len("2020-06-24"):
            yield row.says(self.day, day(moment), cell)


DECIDED = Dated(MG.decidedYear, MG.decidedMonth, MG.decidedDate)
"""When something was decided."""
