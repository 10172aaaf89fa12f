"""Years, months and days as the tables write them, each of the precision that is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from rdflib import Literal

from loaders.row import Fact, Row, year
from ontology.namespaces import MG, XSD

Year = Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}$")]
_MONTH = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])"


def _possible(moment: str) -> str:
    """The moment, where a day is one that there is."""
    if len(moment) == len("2021-01-28"):
        try:
            date.fromisoformat(moment)
        except ValueError as error:
            raise ValueError("there is no such day") from error
    return moment


Moment = Annotated[
    str,
    StringConstraints(pattern=rf"^((19|20)[0-9]{{2}}|{_MONTH}(-(0[1-9]|[12][0-9]|3[01]))?)$"),
    AfterValidator(_possible),
]


def decided(row: Row, moment: str, cell: str) -> Iterator[Fact]:
    """That the subject of a row was decided at a moment: the year, and the month or the day where known."""
    yield row.says(MG.decidedYear, year(moment[:4]), cell)
    if len(moment) == len("2020-06"):
        yield row.says(MG.decidedMonth, Literal(moment, datatype=XSD.gYearMonth), cell)
    elif len(moment) > len("2020-06"):
        yield row.says(MG.decidedDate, Literal(moment, datatype=XSD.date), cell)
