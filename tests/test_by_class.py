"""Rows are found by their classes as looking at each would find them."""

from __future__ import annotations

import pytest

from loaders.by_class import ByClass, by_class
from loaders.counties import County
from loaders.curated import TABLES, read_all
from loaders.datasets import AboutDataset
from loaders.row import Claim, Row
from loaders.sources import Source


@pytest.fixture(scope="module")
def rows() -> ByClass:
    return ByClass(read_all().rows)


@pytest.mark.parametrize("model", [*TABLES, AboutDataset, Claim, Row], ids=lambda model: model.__name__)
def test_the_rows_of_a_class_and_of_those_under_it_are_found(rows, model):
    found = rows.of(model)
    looked_at = [row for row in rows if isinstance(row, model)]
    assert sorted(map(id, found)) == sorted(map(id, looked_at))
    assert list(map(id, by_class(list(rows)).of(model))) == list(map(id, found))


def test_the_rows_of_one_class_keep_their_order(rows):
    assert rows.of(County) == [row for row in rows if type(row) is County] != []
    assert by_class(rows) is rows
    assert [row.line for row in rows.of(Source)] == sorted(row.line for row in rows.of(Source))
