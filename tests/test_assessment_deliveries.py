"""Assessments that counties deliver: what their lines become, held against where objectives are to be assessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loaders.assessment_files import given
from loaders.assessments import Assessment, AssessmentYear
from loaders.curated import read_all
from loaders.named import Named
from loaders.received import read_file, read_received
from loaders.reports import Report, year_of
from tests.test_deliveries import SOURCE, delivery, faults, run

HEADINGS = "Län;Miljökvalitetsmål;Måluppfyllelse;Trend;Bedömd år;Rapporterad år;Rapport"


@pytest.fixture(scope="module")
def own_rows():
    return read_all().rows


@pytest.fixture(scope="module")
def named(own_rows):
    return Named(own_rows)


def filled(folder, *lines, name="a.csv"):
    file = folder / name
    file.write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
    return file


def reading(folder, named, *lines):
    file = filled(folder, *lines)
    return read_file(file, delivery(file, form="assessments"), named)


def test_a_line_becomes_an_assessment_of_each_aspect_and_the_report_it_cites(tmp_path, named):
    read = reading(tmp_path, named, "Skåne län;Frisk luft;delvis;Positiv;2025;2026;RÅU2026")
    assert read.faults == ()
    found = [(row.key, row.verdict, row.source_id) for row in read.rows if isinstance(row, Assessment)]
    assert found == [("RAU2026-12-2-achievement", "delvis", "lst"), ("RAU2026-12-2-trend", "positiv", "lst")]
    years = [(row.assessment, row.assessed_in) for row in read.rows if isinstance(row, AssessmentYear)]
    assert years == [("RAU2026-12-2-achievement", "2025")]
    (report,) = (row for row in read.rows if isinstance(row, Report))
    assert (report.key, report.code, report.title_sv, report.kind) == (
        "RAU2026", "RÅU2026", "RÅU2026", "regional-follow-up",
    )  # fmt: skip


def test_a_follow_up_of_a_year_that_had_not_come_is_a_fault(tmp_path, named):
    file = filled(tmp_path, "12;2;nej;;;;RÅU2062", "12;2;nej;;;;RÅU2026")
    came = replace(delivery(file, form="assessments"), source={"retrieved": "2026-11-26"})
    read = read_file(file, came, named)
    assert faults(read) == {"Rapport": "2062 had not come when the file was delivered, on 2026-11-26; mend it"}
    assert [row.key for row in read.rows if isinstance(row, Assessment)] == ["RAU2026-12-2-achievement"]


def test_what_is_not_stated_is_no_assessment(tmp_path, named):
    read = reading(tmp_path, named, "12;2;;negativ;;;RÅU2026")
    assert [row.key for row in read.rows if isinstance(row, Assessment)] == ["RAU2026-12-2-trend"]


@pytest.mark.parametrize("code", ["RÅU2026", "rau2026", "råu2026"])
def test_the_nation_may_be_assessed_of_any_objective(tmp_path, named, code):
    read = reading(tmp_path, named, f"Sverige;1;nej;;;;{code}", f"SE;10;nej;;;;{code}")
    assert read.faults == ()
    assert len([row for row in read.rows if isinstance(row, Assessment)]) == 2


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        (
            "12;1;nej;;;;RÅU2026",
            "Miljökvalitetsmål",
            "objective 1 is not to be assessed in any county by the rules since 2022",
        ),
        ("17;10;nej;;;;RÅU2026", "Miljökvalitetsmål", "in counties with a coast alone, and 17 has none"),
        ("12;14;nej;;;;RÅU2026", "Miljökvalitetsmål", "in counties with mountains alone, and 12 has none"),
        ("12;2;;;;;RÅU2026", "Måluppfyllelse", "there is neither an achievement nor a trend"),
        ("12;2;nästan;;;;RÅU2026", "Måluppfyllelse", "this is none of: ja, delvis, nej"),
        ("12;2;;bättre;;;RÅU2026", "Trend", "this is none of: positiv, neutral, negativ, oklar"),
        ("12;2;;positiv;2025;;RÅU2026", "Bedömd år", "there is no achievement on the line that was assessed then"),
        ("12;2;nej;;2027;;RÅU2026", "Bedömd år", "the assessment is reported before it is assessed, in 2027"),
        ("12;2;nej;;;2025;RÅU2026", "Rapporterad år", "the report RAU2026 is of 2026"),
        ("12;2;nej;;;;RÅU 2026", "Rapport", "there is no report 'RÅU 2026'; is RÅU2026 meant?"),
        ("12;2;nej;;;;", "Rapport", "this cell is empty; a value is needed"),
        ("12;1, 2;nej;;;;RÅU2026", "Miljökvalitetsmål", "there is no environmental quality objective '1, 2'"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(tmp_path, named, line, column, told):
    read = reading(tmp_path, named, line, "12;3;nej;;;;RÅU2026")
    assert (read.good, read.bad) == (1, 1)
    assert told in faults(read)[column]
    assert {fault.line for fault in read.faults} == {2}
    assert {row.line for row in read.rows} == {3}


def test_before_there_were_rules_any_objective_may_be_assessed(tmp_path, named):
    assert reading(tmp_path, named, "12;1;nej;;;;RÅU2017").faults == ()


def test_the_same_objective_twice_is_told(tmp_path, named):
    read = reading(tmp_path, named, "12;2;nej;;;;RÅU2026", "Skåne län;Frisk luft;;positiv;;;RÅU2026")
    assert faults(read) == {"Miljökvalitetsmål": "line 2 has this already"}


def test_what_a_table_has_already_is_not_doubled_and_never_contradicted(tmp_path, named, own_rows):
    known = next(row for row in own_rows if isinstance(row, Assessment) and row.key == "RAU2023-03-4-achievement")
    read = reading(tmp_path, named, f"03;4;{known.verdict};;2022;;RÅU2023")
    assert (read.faults, read.rows) == ((), ())
    read = reading(tmp_path, named, "03;4;ja;;;;RÅU2023")
    assert faults(read) == {
        "Måluppfyllelse": f"assessments.csv:{known.line}, of the source {known.source_id} says nej of this already"
    }


def test_the_year_of_an_assessment_that_a_table_has_already_is_known_or_new_by_itself(tmp_path, own_rows):
    years = {row.assessment: row for row in own_rows if isinstance(row, AssessmentYear)}
    known = years["RAU2023-01-4-achievement"]
    verdicts = {row.key: row.verdict for row in own_rows if isinstance(row, Assessment)}
    verdict = verdicts[known.assessment]
    lone = Named(row for row in own_rows if row is not known)
    line = f"01;4;{verdict};;{known.assessed_in};;RÅU2023"
    assert reading(tmp_path, Named(own_rows), line).rows == ()
    read = reading(tmp_path, lone, line)
    assert read.faults == ()
    (row,) = read.rows
    assert (row.key, row.assessed_in, row.source_id) == (known.key, known.assessed_in, "lst")
    read = reading(tmp_path, Named(own_rows), f"01;4;{verdict};;2021;;RÅU2023")
    assert read.rows == ()
    assert faults(read) == {
        "Bedömd år": f"assessment_years.csv:{known.line}, of the source {known.source_id} says 2022 of this already"
    }


def test_a_year_that_is_new_is_in_the_identifiers_that_a_delivery_gives(tmp_path, own_rows):
    lone = Named(row for row in own_rows if not isinstance(row, AssessmentYear))
    verdict = next(
        row.verdict for row in own_rows if isinstance(row, Assessment) and row.key == "RAU2023-01-4-achievement"
    )
    rows = reading(tmp_path, lone, f"01;4;{verdict};;2022;;RÅU2023").rows
    assert [type(row) for row in rows] == [AssessmentYear]
    of_year = "id/row/assessment_years/RAU2023-01-4-achievement"
    assert given(rows, "lst") == {of_year}, "the assessment itself is of another source"


def test_what_a_delivery_gives_is_told_by_each_assessment_and_not_by_report_and_place(tmp_path, own_rows):
    rows = reading(tmp_path, Named(own_rows), "12;2;nej;;;;RÅU2026").rows
    of, report = "RAU2026-12-2-achievement", "RAU2026"
    assert given(rows, "lst") == {
        f"id/assessment/{of}", f"id/row/assessments/{of}", f"id/report/{report}", f"id/row/reports/{report}",
    }  # fmt: skip


def test_deliveries_of_several_counties_share_their_report_and_do_not_contradict_one_another(tmp_path, own_rows):
    def receive(name, *lines):
        words = ["receive", "assessments", filled(tmp_path, *lines), "--id", name, *SOURCE[2:], "--data", tmp_path]
        return run(*words)

    assert receive("lst-skane", "12;2;nej;;;;RÅU2026").exit_code == 0
    assert receive("lst-uppsala", "03;2;ja;;;;RÅU2026").exit_code == 0
    received = read_received(tmp_path, own_rows)
    assert [row.key for row in received.rows if row.defines == "report"] == ["RAU2026"]
    assert [row.key for row in received.rows if row.defines == "assessment"] == [
        "RAU2026-12-2-achievement", "RAU2026-03-2-achievement",
    ]  # fmt: skip
    refused = receive("lst-uppsala", "03;2;ja;;;;RÅU2026", "12;2;ja;;;;RÅU2026")
    assert refused.exit_code == 1
    assert "lst-skane: a.csv:2, of the source lst-skane says nej of this already" in refused.stderr


def test_who_delivers_years_alone_is_told_of_how_many(tmp_path, own_rows):
    years = {row.assessment for row in own_rows if isinstance(row, AssessmentYear)}
    lone = [row for row in own_rows if isinstance(row, Assessment) and row.aspect == "achievement"]
    row = next(row for row in lone if row.key not in years and row.place == "SE")
    line = f"SE;{row.objective};{row.verdict};;{year_of(row.report)};;{row.report}"
    done = run("receive", "assessments", filled(tmp_path, line), *SOURCE, "--check", "--data", tmp_path)
    assert "lst: 1 line, 0 with faults; 0 assessments, the year of 1 that is here already\n" in done.stdout


def test_a_check_of_a_file_where_nothing_is_due_ends_with_1(tmp_path):
    done = run(
        "receive", "assessments", filled(tmp_path, "12;5;nej;;;;RÅU2026"), *SOURCE, "--check", "--data", tmp_path
    )
    assert done.exit_code == 1
    assert "a.csv:2, column Miljökvalitetsmål (B2): objective 5 is not to be assessed in any county" in done.stderr
