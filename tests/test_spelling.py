"""A text that is not spelt as it should be: its editor is told what to write, in both languages."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from loaders.curated import TABLES
from loaders.row import Row
from loaders.spelling import Spelt
from loaders.told import told_of_fault
from ontology.text import Text


class Lake(BaseModel):
    """A lake by its code."""

    code: Annotated[str, Spelt("[A-Z]|[0-9]{2}", "skriv en bokstav eller två siffror", "write a letter or two digits")]


@pytest.mark.parametrize("code", ["A", "07"])
def test_what_matches_as_a_whole_is_taken(code: str) -> None:
    assert Lake(code=code).code == code


@pytest.mark.parametrize("code", ["", "a", "AB", "070", "A\n", "7"])
def test_what_does_not_is_told_in_both_languages_what_to_write(code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Lake(code=code)
    (fault,) = caught.value.errors(include_url=False)
    assert told_of_fault(fault) == Text("skriv en bokstav eller två siffror", "write a letter or two digits")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table)
def test_no_editor_of_a_table_is_told_a_pattern(table: type[Row]) -> None:
    """A cell of one odd character fits no form of a text: whatever is told of it is words."""
    for column in table.columns():
        with pytest.raises(ValidationError) as caught:
            table.model_validate({column: "\N{PILCROW SIGN}"})
        said = [fault["msg"] for fault in caught.value.errors() if fault["loc"] == (column,)]
        assert not any("pattern" in message for message in said), said
