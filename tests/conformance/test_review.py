"""Editors decide on proposals: the rows that come of it are such that the build accepts them."""

from __future__ import annotations

import csv
import os
import shutil
import signal
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from endpoint.cli import main
from loaders import deciding, proposals, review
from loaders.build import build
from loaders.composing import compose
from loaders.curated import read_all
from loaders.proposals import COLUMNS, Written
from loaders.review import DECIDED, read_standings, record_of
from loaders.sssom import short
from tests.builds import OWN_TABLES
from tests.conftest import BASE

FIRST = Written(
    "objective:7", "sdg:6.3", "depends-on", "", "Renare vatten, ”först”.", "Cleaner water, first.", "medium",
    ("specification:7-1", "sdg-indicator:2020-6.3.2"),
)  # fmt: skip
SECOND = Written("objective:8", "sdg:6", "contributes-to", "direct", "Sjöar ger vatten.", "", "", ())


def given(few_tables: Path, *written: Written) -> Path:
    """A file of proposals beside the tables; its rows stand last."""
    known = read_standings(few_tables)
    found = []
    for one in written:
        proposal, faults = proposals.check(one, known.known)
        assert not faults
        found.append(proposal)
    file = few_tables.parent / "from-a-reader.sssom.tsv"
    file.write_bytes(proposals.write(found, BASE, "2026-11-24-0", f"{BASE.iri}en/mapping/propose", known.name))
    return file


def lines_of(file: Path) -> range:
    last = len(file.read_text(encoding="utf-8").splitlines())
    rows = sum(not line.startswith("#") for line in file.read_text(encoding="utf-8").splitlines()) - 1
    return range(last - rows + 1, last + 1)


def run(file: Path, few_tables: Path, *options: object, said: str = "") -> Result:
    arguments = ["mappings", "review", file, "--tables", few_tables, *options]
    return CliRunner().invoke(main, [str(one) for one in arguments], input=said or None)


def rows(tables: Path, table: str) -> list[dict[str, str]]:
    with (tables / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def record(file: Path) -> list[tuple[str, str]]:
    lines = [line for line in record_of(file).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    table = csv.DictReader(lines, dialect="excel-tab")
    return [(row["ext_decision"], row["ext_reason"]) for row in table]


@pytest.fixture
def mapping_rows(few_tables: Path) -> int:
    return len(rows(few_tables, "mappings"))


def test_what_is_accepted_is_a_row_that_the_build_publishes_as_editorial(few_tables: Path, tmp_path: Path) -> None:
    file = given(few_tables, FIRST)
    (line,) = lines_of(file)
    before = (few_tables / "mappings.csv").read_text(encoding="utf-8")
    was_there = any(row["subject_key"] == "7" and row["object"] == "6.3" for row in rows(few_tables, "mappings"))
    ended = run(file, few_tables, "--accept", line, "--reason", "It holds.", "--reviewer", "E. Ditor")
    assert ended.exit_code == 0, ended.output
    assert "accepted 1, rejected 0, unsure 0, undecided 0" in ended.output
    (row,) = [one for one in rows(few_tables, "mappings") if (one["subject_key"], one["object"]) == ("7", "6.3")]
    assert (row["standing"], row["confidence"], row["author"]) == ("editorial", "likely", "Miljögrafens redaktion")
    assert row["justification_sv"] == "Renare vatten, ”först”."
    if not was_there:
        assert (few_tables / "mappings.csv").read_text(encoding="utf-8").startswith(before)
    assert record(file) == [("accept", "It holds.")]
    release = build(tmp_path / "data", BASE, few_tables).release
    assert release.record["gate"]["Violation"] == 0
    assert release.record["counts"]["mapping"]


def test_an_accepted_one_takes_the_place_of_the_row_of_its_pair(few_tables: Path, mapping_rows: int) -> None:
    there = next(row for row in rows(few_tables, "mappings") if row["subject_key"] == "7" and "." in row["object"])
    file = given(
        few_tables,
        Written(**{**_fields(FIRST), "object": f"sdg:{there['object']}", "rests_on": ("specification:7-1",)}),
    )
    place = rows(few_tables, "mappings").index(there)
    basis = len(rows(few_tables, "mapping_basis"))
    assert run(file, few_tables, "--accept", *lines_of(file), "--reason", "Better.").exit_code == 0
    assert len(rows(few_tables, "mappings")) == mapping_rows
    assert rows(few_tables, "mappings")[place]["justification_en"] == "Cleaner water, first."
    assert len(rows(few_tables, "mapping_basis")) >= basis


def test_what_is_unsure_stays_in_the_table_and_out_of_the_release(few_tables: Path, mapping_rows: int) -> None:
    file = given(few_tables, SECOND)
    assert run(file, few_tables, "--unsure", *lines_of(file), "--reason", "Too short.").exit_code == 0
    assert len(rows(few_tables, "mappings")) == mapping_rows + 1
    last = rows(few_tables, "mappings")[-1]
    assert (last["standing"], last["confidence"]) == ("proposed", "unsure")
    curated = read_all(few_tables)
    assert any(out.row.key == "editors--objective-8--6" for out in curated.left_out)
    assert not any("/editors--objective-8--6>" in line for line in compose(curated, BASE).nquads())


def test_a_doubt_about_a_published_row_changes_nothing_in_the_tables(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    run(file, few_tables, "--accept", *lines_of(file), "--reason", "Yes.")
    before = (few_tables / "mappings.csv").read_bytes()
    ended = run(file, few_tables, "--unsure", *lines_of(file), "--reason", "No, wait.")
    assert "has a row already, which stays as it is" in ended.output
    assert (few_tables / "mappings.csv").read_bytes() == before
    assert record(file) == [("unsure", "No, wait.")]


def test_what_is_rejected_stands_in_the_record_alone(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    before = {path.name: path.read_bytes() for path in few_tables.iterdir()}
    assert run(file, few_tables, "--reject", *lines_of(file), "--reason", "Another quantity.").exit_code == 0
    assert {path.name: path.read_bytes() for path in few_tables.iterdir()} == before
    assert record(file) == [("reject", "Another quantity.")]


def test_what_lacks_something_cannot_be_accepted_and_the_lack_is_named(few_tables: Path) -> None:
    file = given(few_tables, SECOND)
    (line,) = lines_of(file)
    before = {path.name: path.read_bytes() for path in few_tables.iterdir()}
    ended = run(file, few_tables, "--accept", line)
    assert ended.exit_code == 1
    for column in ("ext_reason", "ext_justification_en", "see_also", "ext_justification_confidence"):
        assert f"{file.name}:{line}, column {column}: " in ended.output
    assert {path.name: path.read_bytes() for path in few_tables.iterdir()} == before
    assert not record_of(file).exists()


def test_decisions_can_stand_in_the_file(few_tables: Path) -> None:
    file = given(few_tables, FIRST, SECOND)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[-3] += "\text_decision\text_reason"
    lines[-2] += "\taccept\tIt holds."
    lines[-1] += "\t\t"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ended = run(file, few_tables)
    assert "accepted 1, rejected 0, unsure 0, undecided 1" in ended.output
    assert record(file) == [("accept", "It holds."), ("", "")]
    file.write_text("\n".join(lines).replace("\taccept\t", "\tyes\t"), encoding="utf-8")
    ended = run(file, few_tables)
    assert f"{file.name}:{len(lines) - 1}, column ext_decision: yes is none of accept, reject, unsure" in ended.output
    file.write_text("\n".join(lines).replace("\taccept\t", "\taccepted\t"), encoding="utf-8")
    assert "accepted is none of accept, reject, unsure; is accept meant?" in run(file, few_tables).output


def test_a_person_is_asked_for_the_decision_its_reason_and_what_lacks(few_tables: Path) -> None:
    file = given(few_tables, FIRST, SECOND)
    answers = ["reject", "", "No.", "accept", "Lakes give water.", "specification:9-9", "specification:8-1", "sure"]
    answers += ["low", "It holds."]
    ended = run(file, few_tables, "--ask", said="\n".join(answers) + "\n")
    assert ended.exit_code == 0, ended.output
    assert "there is no specification:9-9 in the release" in ended.output
    assert "sure is none of high, medium, low" in ended.output
    assert record(file) == [("reject", "No."), ("accept", "It holds.")]
    assert rows(few_tables, "mappings")[-1]["justification_en"] == "Lakes give water."
    assert rows(few_tables, "mapping_basis")[-1]["basis"] == "8-1"


def test_who_cannot_say_what_lacks_decides_otherwise_and_keeps_what_is_decided(few_tables: Path) -> None:
    file = given(few_tables, FIRST, SECOND)
    ended = run(file, few_tables, "--ask", said="reject\nNo.\naccept\n\nquit\n")
    assert ended.exit_code == 0, ended.output
    assert "Leave it empty to decide otherwise." in ended.output
    assert record(file) == [("reject", "No."), ("", "")]


@pytest.mark.parametrize(
    ("ends", "said", "kept"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGHUP), "", True),
        (lambda: signal.raise_signal(signal.SIGINT), "y\n", True),
        (lambda: signal.raise_signal(signal.SIGINT), "n\n", False),
    ],
    ids=["the terminal is closed", "Ctrl-C and yes", "Ctrl-C and no"],
)
def test_who_breaks_off_loses_no_decision_unasked(few_tables: Path, monkeypatch, ends, said, kept) -> None:
    answers = iter(["reject", "No."])

    def answer(*_: object, **__: object) -> str:
        for one in answers:
            return one
        try:
            ends()
        except (KeyboardInterrupt, EOFError):
            raise click.Abort from None
        raise AssertionError("it goes on")

    monkeypatch.setattr("click.prompt", answer)
    file = given(few_tables, FIRST, SECOND)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may ignore it
    try:
        ended = run(file, few_tables, "--ask", said=said)
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.exit_code == 1
    assert ("what was decided before is kept" in ended.output) is kept
    assert record_of(file).exists() is kept
    if kept:
        assert record(file) == [("reject", "No."), ("", "")]


def test_a_terminal_that_tells_twice_that_it_is_closed_does_not_break_off_the_writing(
    few_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell tells those that it started, and then the system does."""
    answers, write = iter(["reject", "No."]), deciding.write_rows

    def hang_up(*_: object, **__: object) -> str:
        os.kill(os.getpid(), signal.SIGHUP)
        return "quit"

    def write_and_hang_up(*given: Any) -> Any:
        hang_up()
        return write(*given)

    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers, None) or hang_up())
    monkeypatch.setattr(deciding, "write_rows", write_and_hang_up)
    file, told = given(few_tables, FIRST, SECOND), []
    before = signal.signal(signal.SIGHUP, lambda *_: told.append("it would have ended here"))
    try:
        ended = run(file, few_tables, "--ask")
        os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert told == ["it would have ended here"]
    assert "what was decided before is kept" in ended.output
    assert record(file) == [("reject", "No."), ("", "")]


def test_where_no_more_can_be_read_what_is_decided_is_kept(few_tables: Path) -> None:
    file = given(few_tables, FIRST, SECOND)
    ended = run(file, few_tables, "--ask", said="reject\nNo.\n")
    assert ended.exit_code == 1
    assert record(file) == [("reject", "No."), ("", "")]


def test_who_is_not_asked_is_told_so(few_tables: Path) -> None:
    file = given(few_tables, FIRST, SECOND)
    told = "nobody was asked about what is undecided: decide on its lines, as with --accept, or give --ask\n"
    assert told in run(file, few_tables).output
    assert told not in run(file, few_tables, "--ask", said="quit\n").output
    first, second = lines_of(file)
    assert told not in run(file, few_tables, "--reject", first, "--reject", second, "--reason", "x").output


def test_what_is_decided_is_not_asked_again(few_tables: Path) -> None:
    file = given(few_tables, FIRST, SECOND)
    assert run(file, few_tables, "--ask", said="reject\nNo.\nquit\n").exit_code == 0
    ended = run(file, few_tables, "--ask", said="reject\nNo either.\n")
    assert ended.exit_code == 0
    assert "1 of 1" in ended.output
    assert record(file) == [("reject", "No."), ("reject", "No either.")]
    ended = run(file, few_tables, "--ask")
    assert "accepted 0, rejected 0, unsure 0, undecided 0" in ended.output


def test_a_record_of_more_than_a_file_can_hold_keeps_all_its_decisions(few_tables: Path) -> None:
    known = read_standings(few_tables).known
    kinds = (proposals.SUBJECT_KINDS, proposals.OBJECT_KINDS)
    pairs = product(*(sorted(short(key) for key in known if key.kind in some) for some in kinds))
    each = [replace(SECOND, subject=subject, object=goal) for subject, goal in islice(pairs, 180)]
    for written in (each[:60], each[60:120], each[120:]):
        file = given(few_tables, *written)
        ended = run(file, few_tables, *(f"--reject={line}" for line in lines_of(file)), "--reason", "No.")
        assert ended.exit_code == 0, ended.output
    assert record(file) == [("reject", "No.")] * 180


def _rejected_before(few_tables: Path) -> tuple[Path, str]:
    """A file with another proposal than the one that was rejected before, and the record of that, as text."""
    file = given(few_tables, FIRST)
    assert run(file, few_tables, "--reject", *lines_of(file), "--reason", "No evidence.").exit_code == 0
    file = given(few_tables, replace(FIRST, object="sdg:6"))
    return file, record_of(file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda text: text.replace("evidence", "bevis för Å").encode("cp1252"), ":{line}: this line is not UTF-8"),
        (lambda text: text.replace("\treject\t", "\trejected\t").encode(), ":{line}, column ext_decision: rejected is"),
        (lambda text: text.replace("\treject\t", "\t\t").encode(), ":{line}, column ext_decision: the decision"),
        (lambda text: text.replace("\text_decision", "\tbeslut").encode(), ", column ext_decision: this column"),
        (lambda text: text.replace("mg:dependsOn", "mg:dependOn").encode(), ":{line}, column predicate_id: "),
        (lambda text: text.replace("\tproposed\t", "\teditorial\t").encode(), ":{line}, column ext_standing: "),
        (lambda text: (text + text.splitlines()[-1] + "\n").encode(), "column object_id: the same pair stands"),
        (lambda text: text.rpartition("\t")[0].encode(), ":{line}: the row has "),
    ],
)
def test_a_record_that_cannot_be_read_whole_is_not_written_anew(few_tables: Path, spoilt, told) -> None:
    file, text = _rejected_before(few_tables)
    record_of(file).write_bytes(spoilt(text))
    before = {path: path.read_bytes() for path in (record_of(file), *few_tables.iterdir())}
    ended = run(file, few_tables, "--accept", *lines_of(file), "--reason", "It holds.")
    assert (ended.exit_code, "Nothing was written." in ended.output) == (1, True), ended.output
    assert record_of(file).name in ended.output
    assert told.format(line=len(text.splitlines())) in ended.output
    assert {path: path.read_bytes() for path in before} == before


def test_a_decision_on_what_the_tables_have_no_more_stays_as_it_is(few_tables: Path) -> None:
    file, text = _rejected_before(few_tables)
    gone = text.replace("\nobjective:7\t", "\nindicator:gone\t").replace("/specification/7-1", "/specification/7-99")
    gone = gone.replace("#  objective: ", "#  indicator: ").replace("/id/objective/", "/id/indicator/")
    record_of(file).write_text(gone, encoding="utf-8")
    assert run(file, few_tables, "--reject", *lines_of(file), "--reason", "Nor this.").exit_code == 0
    assert record(file) == [("reject", "No evidence."), ("reject", "Nor this.")]
    lines = record_of(file).read_text(encoding="utf-8").splitlines()
    assert lines[-2] == gone.splitlines()[-1]


def test_what_somebody_has_written_in_a_column_of_the_record_stays(few_tables: Path) -> None:
    file, text = _rejected_before(few_tables)
    noted = [line + ("" if line.startswith("#") else "\tremark" if "subject_id" in line else "\tSee the minutes.")
             for line in text.splitlines()]  # fmt: skip
    record_of(file).write_text("\n".join([*noted, ""]), encoding="utf-8")
    assert run(file, few_tables, "--reject", *lines_of(file), "--reason", "Nor this.").exit_code == 0
    *_, first, second = record_of(file).read_text(encoding="utf-8").splitlines()
    assert first == noted[-1]
    assert second.endswith("\tNor this.\t")


def test_who_breaks_off_before_a_decision_has_written_nothing(few_tables: Path) -> None:
    file = given(few_tables, FIRST, SECOND)
    ended = run(file, few_tables, "--ask", said="accept\n")
    assert ended.exit_code == 1
    assert "nothing was written" in ended.output
    assert not record_of(file).exists()


@pytest.mark.parametrize("option", ["--accept", "--reject", "--unsure"])
def test_a_line_without_a_proposal_is_refused_with_those_that_have_one(few_tables: Path, option: str) -> None:
    file = given(few_tables, FIRST)
    ended = run(file, few_tables, option, 1, "--reason", "x")
    assert ended.exit_code == 2
    assert f"there is no proposal on line 1; there are {lines_of(file)[0]}" in ended.output


def test_a_faulty_file_is_told_by_line_and_column_and_nothing_is_written(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    file.write_text(file.read_text(encoding="utf-8").replace("\nobjective:7", "\nobjective:99"), encoding="utf-8")
    ended = run(file, few_tables, "--accept", *lines_of(file), "--reason", "x")
    assert ended.exit_code == 1
    assert f"{file.name}:{lines_of(file)[0]}, column subject_id: objective:99 is not" in ended.output


def test_a_line_is_named_with_one_decision(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    (line,) = lines_of(file)
    ended = run(file, few_tables, "--accept", line, "--reject", line, "--reason", "x")
    assert ended.exit_code == 2
    assert f"line {line} is named with --accept and --reject; one of them holds" in ended.output
    assert not record_of(file).exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Sk\udce4l", "the text is not UTF-8; write it in a terminal"),
        ("Sk\ufffdl", "the text has \ufffd"),
        ("SkÃ¤l", "Ã¤ where ä is meant"),
    ],
)
@pytest.mark.parametrize("option", ["--reason", "--reviewer"])
def test_words_in_another_encoding_are_refused_before_anything_is_written(
    few_tables: Path, option, words, told
) -> None:
    file = given(few_tables, FIRST)
    before = {path: path.read_bytes() for path in few_tables.iterdir()}
    ended = run(file, few_tables, "--accept", *lines_of(file), "--reason", "x", option, words)
    assert ended.exit_code == 2, ended.exception
    assert f"Invalid value for '{option}': " in ended.output
    assert told in ended.output
    assert {path: path.read_bytes() for path in few_tables.iterdir()} == before
    assert not record_of(file).exists()


def test_who_answers_in_letters_that_are_lost_is_asked_anew(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    ended = run(file, few_tables, "--ask", said="reject\nSkÃ¤l\nSkäl\n")
    assert "the text has Ã¤ where ä is meant" in ended.output
    assert record(file) == [("reject", "Skäl")]


def test_a_record_is_not_reviewed(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    run(file, few_tables, "--reject", *lines_of(file), "--reason", "x")
    assert run(record_of(file), few_tables).exit_code == 2


def test_of_the_mappings_as_a_file_those_are_decided_on_that_were_changed(client: TestClient, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    shutil.copytree(OWN_TABLES, tables)
    file = tmp_path / "edited.sssom.tsv"
    lines = client.get("/mappings.sssom.tsv").text.splitlines()
    count = sum(line.startswith("mapping:") for line in lines)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ended = run(file, tables)
    assert ended.exit_code == 0, ended.output
    assert f"propose nothing: {count}\n" in ended.output
    assert "undecided 0" in ended.output
    place = next(number for number, line in enumerate(lines) if line.startswith("mapping:editors--objective-4--"))
    cells = lines[place].split("\t")
    lines[place] = "\t".join([*cells[:3], "mg:measuredTogether", *cells[4:]])
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ended = run(file, tables, "--accept", place + 1, "--reason", "They are.")
    assert ended.exit_code == 0, ended.output
    assert f"propose nothing: {count - 1}\n" in ended.output
    assert "in the place of an earlier row 1" in ended.output
    goal = cells[4].removeprefix("sdg:")
    found = [row for row in rows(tables, "mappings") if (row["subject_key"], row["object"]) == ("4", goal)]
    assert [row["relation"] for row in found] == ["measured-together"]
    assert run(file, tables).exit_code == 0
    assert record(file) == [("accept", "They are.")]  # though the file proposes it no more


def test_the_editors_are_a_source_of_the_day_of_their_last_statement(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    decided = review.Decided(
        proposals.read(file.read_bytes(), read_standings(few_tables).known).proposals[lines_of(file)[0]],
        review.Decision.ACCEPT,
        "x",
    )
    review.write_rows(few_tables, [decided], "2099-01-01")
    (editors,) = [row for row in rows(few_tables, "sources") if row["id"] == "editors"]
    assert editors["retrieved"] == "2099-01-01"


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("last", [True, False])
def test_a_decision_changes_no_other_line_of_a_table_whatever_its_lines_end_with(few_tables: Path, end, last) -> None:
    tables = [few_tables / f"{name}.csv" for name in ("mappings", "mapping_basis", "sources")]
    for table in tables:
        lines = table.read_bytes().splitlines()
        table.write_bytes(end.encode().join([*lines, b""] if last else lines))
    before = [table.read_bytes() for table in tables]
    file = given(few_tables, FIRST)
    assert run(file, few_tables, "--accept", *lines_of(file), "--reason", "x").exit_code == 0
    after = [table.read_bytes() for table in tables]
    assert after[0] != before[0]
    for old, new in zip(before, after, strict=True):
        assert new.count(b"\n") == new.count(end.encode())
        changed = set(old.removesuffix(end.encode()).split(end.encode())) - set(new.split(end.encode()))
        assert len(changed) <= len(lines_of(file))


def test_a_record_has_the_columns_of_a_proposal_and_of_a_decision(few_tables: Path) -> None:
    file = given(few_tables, FIRST)
    run(file, few_tables, "--reject", *lines_of(file), "--reason", "x")
    head = next(line for line in record_of(file).read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    assert head.split("\t") == [*COLUMNS, *DECIDED]


def _fields(written: Written) -> dict[str, object]:
    return {name: getattr(written, name) for name in Written.__slots__}
