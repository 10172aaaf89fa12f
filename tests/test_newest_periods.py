"""The newest period of an indicator is said once, however many live sources have values of it."""

from __future__ import annotations

import pytest

from loaders.curated import LeftOut
from loaders.diagrams import DiagramNewest
from loaders.indicator_updates import IndicatorUpdate
from loaders.kolada import KoladaNewest
from loaders.newest_periods import TABLES_ARE_OLDER, UPDATED_BEFORE, settled
from loaders.nv_indicator_rows import NvUpdate
from ontology.schemes import Confidence

SURE = {"indicator": "kolada-N00401", "confidence": Confidence.CERTAIN}


def parted(found):
    """The rows, and the tables of those that are left out, each with the reason."""
    found = list(found)
    left_out = [(one.row.table, one.reason) for one in found if isinstance(one, LeftOut)]
    return [one for one in found if not isinstance(one, LeftOut)], left_out


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
    rows, left_out = parted(settled(found, []))
    assert [row.table for row in rows if row.newest_period] == who
    limit = (updated or "2025")[:4]
    too_late = [row.table for row in found if row.newest_period and row.newest_period > limit]
    assert left_out == [(table, UPDATED_BEFORE) for table in too_late]
    assert [row.updated for row in rows if isinstance(row, NvUpdate)] == [updated or "2025-12-31"]


def test_what_the_tables_say_holds():
    stated = IndicatorUpdate(updated="2024-05-05", newest_period="2022", source_id="register", **SURE)
    found = [KoladaNewest(newest_period="2023", source_id="kolada", **SURE)]
    assert parted(settled(found, [stated])) == ([], [("kolada_newest_periods", TABLES_ARE_OLDER)])
    assert list(settled(found, [stated.model_copy(update={"newest_period": None})])) == found


@pytest.mark.parametrize(
    ("stated", "said", "is_told"),
    [
        (("2024-05-05", None), "2025", True),  # it was updated since, or nobody has measured that year yet
        (("2024-05-05", None), "2024", False),
        (("2024-05-05", "2023"), "2024", True),
        (("2026-05-05", "2025"), "2025", False),
        (("2026-05-05", "2025"), "2023", False),
    ],
)
def test_what_is_newer_than_the_tables_is_left_out_with_a_word(stated, said, is_told):
    updated, period = stated
    row = IndicatorUpdate(updated=updated, newest_period=period, source_id="register", **SURE)
    rows, left_out = parted(settled([KoladaNewest(newest_period=said, source_id="kolada", **SURE)], [row]))
    assert left_out == ([("kolada_newest_periods", TABLES_ARE_OLDER)] if is_told else [])
    assert len(rows) == (period is None and not is_told)


def test_an_update_keeps_its_day_where_its_year_is_left_out():
    stated = IndicatorUpdate(updated="2023-05-05", newest_period="2022", source_id="register", **SURE)
    found = NvUpdate(updated="2024-05-05", newest_period="2024", source_id="nv-indicators", **SURE)
    update, late = settled([found], [stated])
    assert (update.updated, update.newest_period) == ("2024-05-05", None)
    assert (late.row.newest_period, late.reason) == ("2024", TABLES_ARE_OLDER)
