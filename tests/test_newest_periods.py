"""The newest period of an indicator is said once, however many live sources have values of it."""

from __future__ import annotations

import pytest

from loaders.diagrams import DiagramNewest
from loaders.indicator_updates import IndicatorUpdate
from loaders.kolada import KoladaNewest
from loaders.newest_periods import settled
from loaders.nv_indicator_rows import NvUpdate
from ontology.schemes import Confidence

SURE = {"indicator": "kolada-N00401", "confidence": Confidence.CERTAIN}


@pytest.mark.parametrize(
    ("years", "updated", "who"),
    [
        (("2021", "2024", "2023"), None, ["nv_indicator_updates"]),
        (("2024", "2024", "2024"), None, ["kolada_newest_periods"]),
        (("2021", None, "2025"), None, ["diagram_newest_periods"]),
        (("2021", None, "2025"), "2024-05-05", ["kolada_newest_periods"]),
        (("2025", None, "2025"), "2024-05-05", []),
    ],
)
def test_the_latest_year_holds_that_is_not_after_the_latest_update(years, updated, who):
    first, second, third = years
    found = [
        KoladaNewest(newest_period=first, source_id="kolada", **SURE),
        NvUpdate(updated=updated or "2025-12-31", newest_period=second, source_id="nv-indicators", **SURE),
        DiagramNewest(newest_period=third, source_id="example", **SURE),
    ]
    rows = list(settled(found, []))
    assert [row.table for row in rows if row.newest_period] == who
    assert [row.updated for row in rows if isinstance(row, NvUpdate)] == [updated or "2025-12-31"]


def test_what_the_tables_say_holds():
    stated = IndicatorUpdate(updated="2024-05-05", newest_period="2022", source_id="register", **SURE)
    found = [KoladaNewest(newest_period="2023", source_id="kolada", **SURE)]
    assert list(settled(found, [stated])) == []
    assert list(settled(found, [stated.model_copy(update={"newest_period": None})])) == found
