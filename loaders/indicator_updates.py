"""Whether the indicators are in use, how often they are updated, and when they last were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from loaders.indicators import AboutIndicator, Indicator
from loaders.moments import Year
from loaders.row import Day, Fact, Number, Row, day, integer, year
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import IndicatorStatus


class IndicatorState(AboutIndicator):
    """Whether it is in use."""

    table = "indicator_statuses"

    status: IndicatorStatus

    def facts(self) -> Iterator[Fact]:
        """The status."""
        yield self.says(MG.indicatorStatus, iri.concept(self.status), "status")


def codes_in(system: str, rows: Iterable[Row]) -> list[str]:
    """The codes that a system has for the indicators that some rows define, but for those that have ended."""
    rows = list(rows)
    ended = {row.indicator for row in rows if isinstance(row, IndicatorState) and row.status is IndicatorStatus.ENDED}
    found = (row for row in rows if isinstance(row, Indicator) and row.system == system and row.key not in ended)
    return sorted(row.code for row in found if row.code)


class IndicatorCadence(AboutIndicator):
    """How many months there are between two updates."""

    table = "indicator_cadences"

    months: Annotated[Number, Field(ge=1, le=120)]

    def facts(self) -> Iterator[Fact]:
        """The number of months."""
        yield self.says(MG.cadenceMonths, integer(self.months), "months")


class IndicatorUpdate(AboutIndicator):
    """When it was last updated, and the newest year it then had values for."""

    table = "indicator_updates"

    updated: Day
    newest_period: Year | None = None

    def facts(self) -> Iterator[Fact]:
        """The day, and the year."""
        yield self.says(MG.updated, day(self.updated), "updated")
        if self.newest_period:
            yield self.says(MG.newestPeriod, year(self.newest_period), "newest_period")
