"""What is unsure stays in its table and out of the release, and so does what speaks of it."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from loaders.curated import read_all
from loaders.mappings import Mapping
from loaders.observations import NO_LICENCE
from loaders.row import Claim, Fact, Reference, Refers
from ontology.schemes import Standing


def change(tables: Path, table: str, key_cells: dict[str, str], **cells: str) -> None:
    """Give cells of the rows that have some cells new values."""
    file = tables / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        rows = list(reader)
        header = list(reader.fieldnames or [])
    touched = [row for row in rows if key_cells.items() <= row.items()]
    assert touched, f"no row of {table} has {key_cells}"
    for row in touched:
        row.update(cells)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def left_out(tables: Path) -> dict[str, str]:
    return {f"{out.row.table}/{out.row.key}": out.reason for out in read_all(tables).left_out}


def test_an_unsure_row_is_left_out_and_the_thing_stays(tables):
    change(tables, "objective_translations", {"objective": "8"}, confidence="unsure")
    assert left_out(tables)["objective_translations/8"] == "the confidence is unsure"
    assert any(row.table == "objectives" and row.key == "8" for row in read_all(tables).rows)


def test_what_speaks_of_a_thing_left_out_is_left_out_too(tables):
    change(tables, "actors", {"organisation_number": "202100-6420"}, confidence="unsure")
    assert left_out(tables)["responsibilities/8--202100-6420"] == (
        "it speaks of the actor 202100-6420, which is left out"
    )


def test_a_mapping_that_loses_all_it_rests_on_becomes_a_proposal(tables):
    before = {row.key: row for row in read_all(tables).rows if isinstance(row, Mapping)}
    key = "editors--objective-8--6.6"
    assert before[key].standing is Standing.EDITORIAL
    change(tables, "mapping_basis", {"mapping": key}, confidence="unsure")
    after = {row.key: row for row in read_all(tables).rows if isinstance(row, Mapping)}
    assert after[key].standing is Standing.PROPOSED
    assert after[key].justification_sv == before[key].justification_sv
    assert after[key].line == before[key].line


def test_a_key_that_may_be_left_out_is_still_a_reference():
    class Sometimes(Claim):
        """A row whose actor may be unknown."""

        table = "sometimes"
        actor: Annotated[str, Refers("actor")] | None = None

        @property
        def key(self) -> str:
            return "1"

        def facts(self) -> Iterator[Fact]:
            yield from ()

    row = Sometimes(actor="202100-6420", source_id="editors", confidence="likely")
    assert Reference("actor", "actor", "202100-6420") in list(row.references())
    assert Sometimes(source_id="editors", confidence="likely").actor is None


def test_the_tables_of_the_product_leave_out_only_what_is_unsure_or_without_a_licence():
    assert {out.reason for out in read_all().left_out} == {"the confidence is unsure", NO_LICENCE}
