"""A row of a table of values is written as the library for CSV writes it, whatever its cells have."""

from __future__ import annotations

import csv
import io
from itertools import product

import pytest

from loaders.value_tables import _line

CELLS = ["", "1.5", " 2020", "a,b", 'a"b', "a\rb", "a\nb", "a\tb", "a\u00a0b", "a\u2028b", "Åre; 1'2", '""', ",", "\\N"]


@pytest.mark.parametrize("first", CELLS)
def test_a_row_is_written_as_the_library_writes_it(first):
    for cells in [(first, *others) for others in product(CELLS, repeat=2)]:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerow(cells)
        assert _line(cells) == text.getvalue()
