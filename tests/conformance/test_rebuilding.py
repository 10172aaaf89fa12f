"""A gate that takes over what was found before finds what a gate over everything finds, whatever is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import apart
from loaders.content import Content
from tests.breaking import broken, seeds
from tests.rebuilds import checked_both_ways, content_of, write_before


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return write_before(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def content(data) -> Content:
    return content_of(data, data.parent / "tables")


@pytest.mark.parametrize("seed", seeds(60))
def test_what_is_broken_is_found_either_way(data, content, tmp_path, monkeypatch, seed):
    monkeypatch.setattr(apart, "_LEAST", 100)
    found = checked_both_ways(data, broken(content, seed), tmp_path / "store")
    assert found.again == found.whole
    assert found.whole.findings
