"""The newest period of an indicator is said once, however many live sources have values of it."""

from __future__ import annotations

import pytest

from loaders.build import build
from loaders.curated import read_all
from loaders.diagrams import DiagramNewest
from loaders.indicator_updates import IndicatorUpdate
from loaders.kolada import KoladaNewest
from loaders.live import read_live_sources
from loaders.live_rows import read_live
from loaders.newest_periods import settled
from loaders.nv_indicator_rows import NvUpdate
from ontology.schemes import Confidence
from tests.builds import write_few_tables
from tests.conftest import BASE
from tests.fetching import sources_file
from tests.services.environmental_indicators import EnvironmentalIndicators, data_set, indicator
from tests.test_kolada import kolada
from tests.test_nv_indicators import at, fetched_from

ID = "kolada-N00401"
SURE = {"indicator": ID, "confidence": Confidence.CERTAIN}


@pytest.mark.parametrize(
    ("last_changed", "newest"),
    [("2026-04-01T08:30:00Z", ["2024"]), ("2022-04-01T08:30:00Z", ["2021"]), ("2020-04-01T08:30:00Z", [])],
)
def test_two_sources_that_have_values_of_an_indicator_say_one_newest_period_and_the_gate_takes_it(
    tmp_path, last_changed, newest
):
    write_few_tables(tmp_path / "few")
    with (tmp_path / "few" / "nv_indicator_matches.csv").open("a", encoding="utf-8") as table:
        table.write(f"{ID},68,exact,editors,likely\n")
    values = [data_set(70, "Utsläpp", "ton", years=range(2022, 2025))]
    one = indicator(68, "Utsläpp", (1, "Begränsad klimatpåverkan"), DataSets=values, LastChanged=last_changed)
    with kolada() as other, EnvironmentalIndicators(indicators=[one]) as service:
        sources = {"kolada": read_live_sources(sources_file(tmp_path, other))["kolada"], "nv-indicators": at(service)}
        for source in sources.values():
            fetched_from(source, tmp_path / "data")
    live = read_live(tmp_path / "data", sources, read_all(tmp_path / "few").rows)
    said = [row.newest_period for row in live.rows if getattr(row, "indicator", "") == ID and hasattr(row, "updated")]
    said += [row.newest_period for row in live.rows if isinstance(row, KoladaNewest) and row.indicator == ID]
    assert list(filter(None, said)) == newest
    assert [row.updated for row in live.rows if isinstance(row, NvUpdate)] == [last_changed[:10]]
    assert build(tmp_path / "data", BASE, tmp_path / "few", sources=sources).is_new


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
