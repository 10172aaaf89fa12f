"""A release of two live sources that both have values of an indicator, which says its newest period once."""

from __future__ import annotations

import pytest

from loaders.build import build
from loaders.curated import read_all
from loaders.kolada import KoladaNewest
from loaders.live import read_live_sources
from loaders.live_rows import read_live
from loaders.nv_indicator_rows import NvUpdate
from tests.builds import write_few_tables
from tests.conftest import BASE
from tests.fetching import sources_file
from tests.services.environmental_indicators import EnvironmentalIndicators, data_set, indicator
from tests.test_kolada import kolada
from tests.test_nv_indicators import at, fetched_from

ID = "kolada-N00401"


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
