"""A release that is damaged, in whatever way, is made anew by the next build."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.build import build
from loaders.release import Releases
from tests.conftest import BASE
from tests.test_release import WAYS, spoil


@pytest.mark.parametrize("how", WAYS)
def test_the_next_build_makes_a_damaged_release_anew(few_copied: Path, how: str) -> None:
    releases = Releases(few_copied / "data")
    spoil(releases.current(), how)
    assert build(releases.data, BASE, few_copied / "tables").is_new
    releases.current().verify()
    assert list(releases.staging.iterdir()) == []
