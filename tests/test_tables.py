"""What holds for every table: a fault is named by file, line and column, and one without rows waits for them openly."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from endpoint.words import WORDS
from loaders.curated import TABLES, read_all
from loaders.row import Row, statements
from loaders.table import TableProblems, read
from ontology.kinds import KINDS
from shapes.report import Place
from tests.expected import TABLES as FOLDER

WITHOUT_ROWS = {
    "complete_years": "RAU2023,editors,likely",
    "external_dataset_pages": "kolada,https://www.kolada.se/,editors,likely",
    "indicator_cadences": "kolada-N00401,12,editors,likely",
    "indicator_updates": "kolada-N00401,2025-06-10,2023,editors,likely",
    "measure_costs": "ATG001,1200000,editors,likely",
    "municipal_organisations": "212000-1124,1280,editors,likely",
    "nv_indicator_matches": "kolada-N00401,50,exact,editors,likely",
    "retirements": "id/milestone-target/KL99,withdrawn,2026-01-01,Struken.,Removed.,editors,likely",
    "retirement_successors": "id/milestone-target/KL98,id/milestone-target/KL1,editors,likely",
}
"""The tables without rows, each with a row that it could have."""

NOTHING_MISSING = {"nv_indicator_matches", "retirements", "retirement_successors"}
"""Those that are empty because no identifier has ended, or no indicator was fetched; not because no source was read."""

NOT_THERE = {
    "action-programme": "NOWHERE",
    "actor": "999999-9999",
    "assessment": "RAU2023-12-14-trend",
    "collaboration": "C99",
    "county": "99",
    "dataset": "no-such-data",
    "dated-name": "rus--no-such-name",
    "duty": "999999-9999--works-for-objectives",
    "external-dataset": "no-such-data",
    "indicator": "kolada-Z99999",
    "information-system": "no-such-system",
    "measure": "ATG999",
    "meeting": "no-such-meeting",
    "meeting-series": "no-such-series",
    "milestone-target": "KL99",
    "municipality": "9999",
    "report": "RAU1999",
    "sdg-indicator": "2020-1.1.9",
    "sdg-target": "1.19",
    "sector": "no-such-sector",
    "slice": "no-such-data/SE",
    "source": "nobody",
    "specification": "1-99",
}
"""A key that a thing of the kind could have and none has. Of the other kinds all that could be are there."""

SEEN_IN_ITS_ROW = {("sdg_indicators", "target")}
"""The references that disagree with another cell of their row as soon as they are wrong, and are refused for that."""

of_each_table = pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)


def lines(model: type[Row]) -> list[list[str]]:
    """The rows of a table, or the one that it could have."""
    with (FOLDER / f"{model.table}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))[1:]
    return found or [WITHOUT_ROWS[model.table].split(",")]


def read_lines(folder: Path, model: type[Row], *rows: list[str]) -> list[Place]:
    """Where the faults are of a table with these rows."""
    write(folder / f"{model.table}.csv", model, rows)
    return [problem.place for problem in read(folder, model).problems]


def write(file: Path, model: type[Row], rows: list[list[str]] | tuple[list[str], ...]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([model.columns(), *rows])


def needed(model: type[Row]) -> Iterator[str]:
    """The columns whose cells may not be empty."""
    yield from (name for name, described in model.model_fields.items() if described.is_required())


# --- bad rows


@of_each_table
def test_a_bad_cell_of_any_column_is_named(tmp_path, model):
    file, good = f"{model.table}.csv", lines(model)[0]
    assert read_lines(tmp_path, model, good) == []
    for place, column in enumerate(model.columns()):
        bad = [*good[:place], f" {good[place]}", *good[place + 1 :]]
        assert read_lines(tmp_path, model, good, bad) == [Place(file, 3, column)]


@of_each_table
def test_a_cell_that_must_not_be_empty_is_named(tmp_path, model):
    good = lines(model)[0]
    columns = list(needed(model))
    assert columns
    for column in columns:
        place = model.columns().index(column)
        bad = [*good[:place], "", *good[place + 1 :]]
        assert Place(f"{model.table}.csv", 2, column) in read_lines(tmp_path, model, bad)


@of_each_table
def test_a_row_that_stands_twice_is_named(tmp_path, model):
    good = lines(model)[0]
    assert read_lines(tmp_path, model, good, good) == [Place(f"{model.table}.csv", 3, model.key_column)]


def test_a_reference_of_any_table_to_what_is_not_there_names_its_cell_and_the_other_table(tables):
    """One reading of tables in which every reference that can be wrong is wrong once."""
    spoiled = set()
    for model in TABLES:
        rows = lines(model)
        (row,) = read(FOLDER, model).rows[:1] or [None]
        wrong = [
            (column, NOT_THERE[kind])
            for column, kind, key in (row.references() if row else ())
            if kind in NOT_THERE and getattr(row, column) == key and (model.table, column) not in SEEN_IN_ITS_ROW
        ]
        for number, (column, cell) in zip(reversed(range(len(rows))), wrong, strict=False):
            rows[number][model.columns().index(column)] = cell
            spoiled.add(Place(f"{model.table}.csv", number + 2, column))
        write(tables / f"{model.table}.csv", model, rows)
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    found = {problem.place: problem.message for problem in caught.value.problems}
    assert len(spoiled) > len(TABLES)
    for place in spoiled:
        assert re.match(r"there is no [a-z-]+ '.+' in [a-z_]+\.csv", found[place]), place


def test_the_keys_that_are_not_there_could_be():
    assert [kind for kind, key in NOT_THERE.items() if not KINDS[kind].accepts(key)] == []


def test_the_fault_of_a_reference_names_the_table_that_should_define_it(tables):
    file = tables / "measures.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "ATG130,12,SKANE-2030,En åtgärd,editors,likely\n", encoding="utf-8")
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    (problem,) = caught.value.problems
    assert problem.place == Place("measures.csv", text.count("\n") + 1, "programme")
    assert problem.message == "there is no action-programme 'SKANE-2030' in action_programmes.csv"


# --- tables without rows


def test_the_tables_without_rows_are_known_here():
    assert {model.table for model in TABLES if not read(FOLDER, model).rows} == set(WITHOUT_ROWS)


@pytest.mark.parametrize("table", WITHOUT_ROWS)
def test_a_table_without_rows_is_read_and_described_when_it_has_one(tmp_path, table):
    (model,) = (model for model in TABLES if model.table == table)
    assert read_lines(tmp_path, model, WITHOUT_ROWS[table].split(",")) == []
    (row,) = read(tmp_path, model).rows
    assert list(row.facts())
    assert len(statements(row)) > len(list(row.facts()))


@pytest.mark.parametrize("table", sorted(set(WITHOUT_ROWS) - NOTHING_MISSING))
def test_where_a_table_has_no_rows_a_page_or_the_guide_to_tables_says_so(table):
    said = [text for text in WORDS.values() if f"{table}.csv" in text.sv]
    guide = Path(__file__).parents[1] / "docs" / "edit-a-table.md"
    assert said or f"`{table}.csv`" in guide.read_text(encoding="utf-8")
    assert all(f"{table}.csv" in text.en for text in said)
