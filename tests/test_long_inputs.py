"""What is sent is read once, however long it is: an expression that goes back over it would take hours.

A process runs one such expression at a time, and answers nobody meanwhile.
"""

from dataclasses import replace

import pytest

from endpoint.layers import networks
from endpoint.sheets import number
from endpoint.syntax import read_fault
from loaders.cells import kronor
from loaders.proposals import Written, check
from loaders.sheet_cells import Cell
from loaders.told import Wrong
from tests.test_networks import of

MANY = 1_000_000


def test_digits_that_are_no_number_stay_a_text():
    text = "1" * MANY + "!"
    assert number(text) is text


def test_an_address_that_is_none_is_told():
    written = replace(Written(), page="https://" + "a" * MANY + '"')
    _, faults = check(written, frozenset())
    told = [name for name, said in faults if "web address that begins with" in said.en]
    assert told == ["page"]


@pytest.mark.parametrize("before", ["a" * MANY, "a." * (MANY // 2), "-" * MANY, "a:" * (MANY // 2), "a" * MANY + ":"])
def test_a_prefix_that_is_not_declared_is_found_after_a_long_text(before):
    query = f'SELECT * {{ ?s ?p "{before}" . ?s a zz:y . }}'
    end = query.index("zz:y") + len("zz:y")
    fault = read_fault(f"error at 1:{end + 1}: Prefix not found", query, {})
    assert fault.column == query.index("zz:y") + 1
    assert "PREFIX zz:" in fault.hint.en


def test_blanks_are_no_sum():
    with pytest.raises(Wrong, match="no sum in kronor"):
        kronor(Cell("A1", "1" + " " * MANY + "x"))


def test_hops_that_a_stranger_makes_up_are_not_remembered():
    before = networks._network_of.cache_info().currsize
    assert of("10.1.1.1", "x" * MANY + ", 192.0.2.9") == "192.0.2.0/24"
    assert networks._network_of.cache_info().currsize == before
