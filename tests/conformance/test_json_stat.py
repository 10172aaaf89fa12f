"""JSON-stat of many data sets, and of one whose cells are a hundred times as many as what memory has room for."""

from __future__ import annotations

import tracemalloc
from itertools import product

from loaders.build import build
from loaders.cubes import cube_of
from loaders.curated import Curated, read_all
from loaders.json_stat_files import write_json_stat
from loaders.live_series import Value
from tests.benchmarks.measured import write_cache
from tests.conftest import BASE
from tests.json_stat import assert_as_in_the_tables
from tests.test_json_stat_files import data_set, series

STATEMENTS = 200_000


def test_every_value_of_many_data_sets_is_in_its_file(tmp_path):
    values = write_cache(tmp_path / "data", STATEMENTS)
    release = build(tmp_path / "data", BASE).release
    files = release.path / "tables"
    assert sum(len(path.read_bytes().splitlines()) - 1 for path in files.glob("kolada-*.csv")) == values
    assert_as_in_the_tables(files)


def test_a_cube_of_very_many_cells_takes_memory_for_its_values_alone(tmp_path):
    rows = read_all().rows
    areas = [row.key for row in rows if row.table in {"counties", "municipalities"}]
    sectors = [f"sector-{number}" for number in range(1000)]
    years = [Value(str(1950 + number), "1.25", "") for number in range(100)]
    held = [
        series(area, years[(a * 7 + s // 10) % 100], sector=sector)
        for (a, area), (s, sector) in product(enumerate(areas), enumerate(sectors))
        if (a + s) % 10 == 0
    ]
    assert cube_of(held).number == len(areas) * 100_000
    tracemalloc.start()
    write_json_stat(Curated((*rows, data_set(), *held), (), {}), BASE, tmp_path, None, {})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(held) > 30_000
    assert most < 50_000_000  # a list of all cells would take five times as much
    assert all(file.stat().st_size < 30 * len(held) for file in (tmp_path / "tables").iterdir())
