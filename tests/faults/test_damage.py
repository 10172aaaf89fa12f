"""A release that is damaged, in whatever way, is made anew by the next build."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_release import WAYS, assert_mended


@pytest.mark.parametrize("how", WAYS)
def test_the_next_build_makes_a_damaged_release_anew(few_copied: Path, how: str) -> None:
    assert_mended(few_copied / "data", few_copied / "tables", how)
