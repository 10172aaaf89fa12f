"""Filled templates: what their lines become, and what is wrong with a file, a line or a cell, told in its place."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.cli import main
from endpoint.settings import Settings
from loaders import cells, sheet_lines, workbook_sheets
from loaders.build import build
from loaders.counties import County
from loaders.curated import read_all
from loaders.filled import How
from loaders.measures import Measure, MeasureCost, MeasureLead, MeasureLink, MeasurePartner, MeasurePeriod
from loaders.named import Named
from loaders.received import FORMS, BadDelivery, Delivery, deliveries, read_file, read_received
from loaders.receiving import codes_of
from loaders.sheet_cells import Cell
from loaders.sources import Source
from loaders.table import LONGEST_FIELD, TableProblems
from loaders.template_files import as_csv, as_workbook
from loaders.templates import TEMPLATES
from loaders.told import spoken
from loaders.unreadable import Unreadable
from ontology import files
from ontology.base import Base
from ontology.schemes import ProgrammeStanding
from ontology.text import LANGUAGES
from tests.builds import MILJOGRAF
from tests.test_release import stopped_in_1970

BASE = Base("http://localhost:8000/")
DOCS = Path(__file__).parents[1] / "docs" / "deliver.md"
GOOD = {
    "Beteckning": "HS 1",
    "Rubrik": "En påhittad åtgärd",
    "Rubrik på engelska": "A made-up measure",
    "Program": "SKANE-2022",
    "Ansvarig": "202100-2346; Kommuner",
    "Medverkande": "Boverket\nEn påhittad förening",
    "Miljökvalitetsmål": "1; Frisk luft",
    "Etappmål": "HS3",
    "Län": "Skåne län",
    "Kommun": "Lund",
    "Startår": 2022,
    "Slutår": 2025,
    "Status": "pågår",
    "Kostnad (kronor)": "1\u202f200\N{NO-BREAK SPACE}000 kr",
}


@pytest.fixture(scope="module")
def named():
    return Named(read_all().rows)


def workbook(path, *lines, above=(), change=lambda _: None):
    """A workbook with the headings of the template for measures and some lines, each by heading."""
    book = Workbook()
    sheet = book.active
    for words in above:
        sheet.append([words])
    headings = list(dict.fromkeys([*GOOD, *(heading for line in lines for heading in line)]))
    sheet.append(headings)
    for line in lines:
        sheet.append([line.get(heading) for heading in headings])
    change(sheet)
    book.save(path)
    return path


def delivery(file, source="lst", form="measures", **how):
    return Delivery(source, form, file.name, "", {}, How(**how))


def reading(file, named, **how):
    return read_file(file, delivery(file, **how), named)


def faults(read):
    """The faults by the heading of their column: what is told."""
    return {fault.heading.sv: fault.told.en for fault in read.faults}


# --- what a line becomes


def test_a_line_becomes_the_rows_that_the_tables_of_measures_have(tmp_path, named):
    read = reading(workbook(tmp_path / "a.xlsx", GOOD), named)
    assert (read.faults, read.good, read.bad) == ((), 1, 0)
    by_table = {row.table: row for row in read.rows}
    assert isinstance(by_table["measures"], Measure)
    assert (by_table["measures"].code, by_table["measures"].place) == ("lst--HS-1", "12")
    assert by_table["measure_designations"].designation == "HS 1"
    assert by_table["measure_statuses"].status == "ongoing"
    assert by_table["measure_municipalities"].municipality == "1281"
    assert [row.cost for row in read.rows if isinstance(row, MeasureCost)] == ["1200000"]
    assert [(row.start_year, row.end_year) for row in read.rows if isinstance(row, MeasurePeriod)] == [("2022", "2025")]
    takes_part = [(row.actor, row.name_sv) for row in read.rows if isinstance(row, MeasureLead | MeasurePartner)]
    (boverket,) = named.keys("actor", "Boverket")
    assert takes_part == [("202100-2346", None), (None, "Kommuner"), (boverket, None), (None, "En påhittad förening")]
    links = [(row.goal_kind, row.goal, row.basis) for row in read.rows if isinstance(row, MeasureLink)]
    assert links == [("objective", "1", "stated"), ("objective", "2", "stated"), ("milestone-target", "HS3", "stated")]
    assert {(row.source_id, row.confidence, row.line, row.file) for row in read.rows} == {
        ("lst", "certain", 2, "lst: a.xlsx, Sheet")
    }


@pytest.mark.parametrize(
    ("column", "given", "becomes"),
    [
        ("Län", 1, "measures.place 01"),  # Excel takes the zero away
        ("Län", "Hela landet", "measures.place SE"),
        ("Startår", 2022.0, "measure_periods.start_year 2022"),
        ("Startår", date(2022, 5, 1), "measure_periods.start_year 2022"),
        ("Kostnad (kronor)", 1500000.5, "measure_costs.cost 1500000.5"),
        ("Kostnad (kronor)", "1 500,50", "measure_costs.cost 1500.50"),
        ("Status", "carried-out", "measure_statuses.status carried-out"),
        ("Status", "Ongoing", "measure_statuses.status ongoing"),
        ("Beteckning", "Åtg. 1/2", "measures.code lst--Atg-1-2"),
    ],
)
def test_a_cell_is_read_as_people_and_excel_write_it(tmp_path, named, column, given, becomes):
    line = {"Beteckning": "1", "Rubrik": "En åtgärd", "Län": "12", column: given}
    read = reading(workbook(tmp_path / "a.xlsx", line), named)
    assert read.faults == ()
    (table, cell), value = becomes.split(" ")[0].split("."), becomes.split(" ")[1]
    assert [str(getattr(row, cell)) for row in read.rows if row.table == table] == [value]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("202100-9999", "ingen aktör här har organisationsnumret '202100-9999'; kontrollera numret"),
        ("3,7", "'3,7' har ingen bokstav och är inget organisationsnummer; skriv aktörens namn"),
        ("2021009999", "ingen aktör här har organisationsnumret"),
        ("Kommuner; Länsstyrelsen i Jonköping", "menas något av detta: 202100-2288 (Länsstyrelsen i Jönköpings län)?"),
        ("Statskontoret", "flera heter 'Statskontoret'; skriv koden för en av dem: 202100-0852, 202100-5026"),
    ],
)
def test_what_was_to_name_an_actor_and_does_not_is_a_fault(tmp_path, named, given, told):
    (fault,) = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Ansvarig": given}), named).faults
    assert fault.heading.sv == "Ansvarig"
    assert told in fault.told.sv


def test_words_that_name_no_actor_are_kept_and_counted(tmp_path, named):
    lines = [{**GOOD, "Beteckning": key, "Medverkande": '"Boverkt"; 2021002346'} for key in ("1", "2")]
    read = reading(workbook(tmp_path / "a.xlsx", *lines), named)
    assert (read.faults, read.own) == ((), {("Ansvarig", "Kommuner"): 2, ("Medverkande", "Boverkt"): 2})
    partners = [(row.actor, row.name_sv) for row in read.rows if isinstance(row, MeasurePartner)]
    assert partners == [(None, "Boverkt"), ("202100-2346", None)] * 2


def test_every_part_of_a_cell_is_told_of(tmp_path, named):
    line = {**GOOD, "Miljökvalitetsmål": "Levande sjöar;17;2", "Ansvarig": "202100-9999; 202100-9998"}
    found = [(fault.heading.sv, fault.told.sv) for fault in reading(workbook(tmp_path / "a.xlsx", line), named).faults]
    parts = (("Miljökvalitetsmål", "Levande sjöar"), ("Miljökvalitetsmål", "17"))
    parts += (("Ansvarig", "202100-9999"), ("Ansvarig", "202100-9998"))
    assert [heading for heading, _ in found] == [heading for heading, _ in parts]
    assert all(repr(part) in told for (_, part), (_, told) in zip(parts, found, strict=True))


def test_columns_that_could_be_read_are_held_against_each_other_whatever_else_is_wrong(tmp_path, named):
    line = {**GOOD, "Rubrik": None, "Status": "påbörjad", "Slutår": 2021, "Län": "Blekinge län"}
    assert set(faults(reading(workbook(tmp_path / "a.xlsx", line), named))) == {
        "Rubrik", "Status", "Slutår", "Program", "Kommun"
    }  # fmt: skip
    file = tmp_path / "a.csv"
    file.write_text(
        "Län;Miljökvalitetsmål;Måluppfyllelse;Trend;Bedömd år;Rapporterad år;Rapport\n"
        "12;2;;sidled;2027;2025;RÅU2026\n12;17;;;;;RÅU2026\n", encoding="utf-8"
    )  # fmt: skip
    read = read_file(file, delivery(file, form="assessments"), named)
    assert sorted((fault.line, fault.heading.sv) for fault in read.faults) == [
        (2, "Bedömd år"), (2, "Bedömd år"), (2, "Rapporterad år"), (2, "Trend"),
        (3, "Miljökvalitetsmål"), (3, "Måluppfyllelse"),
    ]  # fmt: skip


def test_numbers_may_be_parted_by_commas(tmp_path, named):
    read = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Miljökvalitetsmål": "1, 5,8"}), named)
    assert [row.goal for row in read.rows if isinstance(row, MeasureLink)] == ["1", "5", "8", "HS3"]


def test_what_stands_above_the_headings_is_passed_over_and_lines_keep_their_numbers(tmp_path, named):
    file = workbook(tmp_path / "a.xlsx", GOOD, {}, {**GOOD, "Beteckning": "2"}, above=("Skåne 2026", "Utkast"))
    read = reading(file, named)
    assert [row.line for row in read.rows if isinstance(row, Measure)] == [4, 6]
    lines = list(csv.reader(io.StringIO(read.copy.decode())))
    assert (lines[0][0], lines[3][0], lines[4], lines[5][0]) == ("id", "HS 1", [], "2")


def test_columns_that_are_not_read_are_named_and_stay_out_of_the_copy(tmp_path, named):
    read = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Handläggare": "En Person"}), named)
    assert read.unread == ("Handläggare",)
    assert b"En Person" not in read.copy


# --- what is wrong, and where


@pytest.mark.parametrize(
    ("column", "given", "told"),
    [
        ("Beteckning", None, "this cell is empty; a value is needed"),
        ("Beteckning", "—", "a designation has at least one letter or digit"),
        ("Rubrik", None, "this cell is empty; a value is needed"),
        ("Program", "SKANE-2030", "there is no action programme 'SKANE-2030'; is one of these meant: SKANE-20"),
        (
            "Program",
            "Skånska åtgärder för miljömålen",
            "is the name of several; write the code of one of them: SKANE-2012",
        ),
        ("Program", "VG-2017", "VG-2017 is a programme of county 14, and the measure is for 12"),
        ("Miljökvalitetsmål", "Frisk lutf", "'Frisk lutf'; is one of these meant: 2 (Frisk luft)?"),
        ("Program", "2026", "the whole name of one that is here, or deliver it before its measures"),
        ("Miljökvalitetsmål", "17", "there is no environmental quality objective '17'; write the code"),
        ("Miljökvalitetsmål", "Levande sjöar", "is one of these meant: 8 (Levande sjöar och vattendrag)?"),
        ("Miljökvalitetsmål", "8 och 11", "'8 och 11': several are parted by semicolons; write 8; 11"),
        ("Miljökvalitetsmål", "Frisk luft/11", "several are parted by semicolons; write Frisk luft; 11"),
        ("Miljökvalitetsmål", "-", "leave the cell empty where it is not known"),
        ("Status", "–", "leave the cell empty where it is not known"),
        ("Startår", "Okänt", "leave the cell empty where it is not known"),
        ("Kostnad (kronor)", "-", "leave the cell empty where it is not known"),
        ("Miljökvalitetsmål", 7.8, "Excel has made a decimal of this; write 7; 8 as text"),
        ("Etappmål", "HS99", "there is no milestone target 'HS99'"),
        ("Län", None, "this cell is empty; a value is needed"),
        ("Län", "Skane lan", "is one of these meant: 12 (Skåne län)?"),
        ("Kommun", "Habo", "Habo lies in county 06, and the measure is for 12"),
        ("Rubrik", "; ; ;", "a title has letters; write it in words"),
        ("Rubrik på engelska", 12.5, "a title has letters; write it in words"),
        ("Startår", "2022–2025", "this is no year between 1900 and 2099"),
        ("Startår", "2022-13-40", "this is no year between 1900 and 2099"),
        ("Startår", 20220, "this is no year between 1900 and 2099"),
        ("Startår", date(1905, 3, 14), "this is the day that Excel makes of a year in a cell for dates; format"),
        ("Slutår", date(1905, 9, 29), "this is the day that Excel makes of a year in a cell for dates; format"),
        ("Slutår", 2021, "the period ends in 2021, before it starts in 2022"),
        ("Status", "påbörjad", "this is none of: förslag, inte beslutad"),
        ("Status", "Pågåår", "; is pågår meant?"),
        ("Status", "on going", "; is ongoing meant?"),
        ("Kostnad (kronor)", "1,2 mkr", "this is no sum in kronor"),
        ("Beteckning", date(2026, 1, 2), "Excel has made a date of this; format the column as text"),
        ("Beteckning", "02-jan", "Excel has made a date of this; format the column as text"),
        ("Kostnad (kronor)", "50 60", "this is no sum in kronor"),
        ("Kostnad (kronor)", "12e5", "this is no sum in kronor"),
        ("Kostnad (kronor)", "1_000", "this is no sum in kronor"),
        ("Kostnad (kronor)", "1.200", "a point or a comma can part thousands or decimals"),
        ("Kostnad (kronor)", -5, "this is no sum that a measure can cost"),
        ("Ansvarig", "#REF!", "its formula gives #REF!"),
        ("Rubrik", "#SPILL!", "its formula gives #SPILL!"),
        ("Rubrik", "#REFERENS!", "its formula gives #REFERENS!"),
        ("Rubrik", "Err:502", "its formula gives Err:502"),
        ("Kommun", "Lund; Malmö", "this holds 2 where one can stand; write a line for each"),
        ("Miljökvalitetsmål", date(2026, 9, 8), "Excel has made a date of this; write it as text"),
        ("Ansvarig", "=A1", "its formula has no value saved with it"),
        ("Ansvarig", "Kommun\u200b", "it holds a control character"),
        ("Rubrik", "\ufffdtg\ufffdrd", "stands where a letter was lost"),
        ("Rubrik", "Ã…tgÃ¤rd", "the text has Ã… where Å is meant"),
        ("Ansvarig", "x" * 10_001, "it has 10,001 characters, and at most 10,000 are read"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column_and_the_other_lines_are_read(tmp_path, named, column, given, told):
    file = workbook(tmp_path / "a.xlsx", {**GOOD, column: given}, {**GOOD, "Beteckning": "2"})
    read = reading(file, named)
    assert (read.good, read.bad) == (1, 1)
    assert told in faults(read)[column]
    fault = next(fault for fault in read.faults if fault.heading.sv == column)
    assert (fault.file, fault.line) == ("a.xlsx, Sheet", 2)
    assert fault.told.sv != fault.told.en
    assert fault.cell.endswith("2")
    assert {row.line for row in read.rows} == {3}


def test_every_fault_of_a_line_is_told(tmp_path, named):
    read = reading(workbook(tmp_path / "a.xlsx", {"Beteckning": "1", "Startår": "x", "Status": "y"}), named)
    assert set(faults(read)) == {"Rubrik", "Län", "Startår", "Status"}


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
@pytest.mark.parametrize("typed", [1900, 2025, 2099])
def test_a_year_that_was_typed_into_a_cell_for_dates_is_a_fault(tmp_path, named, typed, epoch):
    def type_it(sheet):
        sheet.parent.epoch = epoch
        column = next(heading.column for heading in sheet[1] if heading.value == "Startår")
        sheet.cell(2, column, typed).number_format = "yyyy-mm-dd"

    read = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Slutår": 2099}, change=type_it), named)
    assert "the day that Excel makes of a year" in faults(read)["Startår"]


def test_other_days_of_a_hundred_years_ago_are_days():
    days = ("1905-03-13", "1905-09-30", "1909-03-14", "1909-10-01")
    assert [cells.year(Cell("A2", day)) for day in days] == ["1905", "1905", "1909", "1909"]
    assert [cells.moment(Cell("A2", moment)) for moment in (*days, "1905-07", "1905")] == [*days, "1905-07", "1905"]


def test_a_designation_that_comes_twice_is_told(tmp_path, named):
    read = reading(workbook(tmp_path / "a.xlsx", GOOD, GOOD), named)
    assert faults(read) == {"Beteckning": "line 2 has this already"}
    assert (read.good, read.bad) == (1, 1)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("HS1", "hs1", "differ in capitals and small letters alone"),
        ("HS 1", "HS1", "differ in spaces alone"),
        ("HS 1", "HS-1", "differ in marks, spaces and capitals alone"),
        ("1–1", "1.1", "differ in marks, spaces and capitals alone"),
        ("\uff28\uff33\uff11", "HS1", "differ in marks, spaces and capitals alone"),
        ("Å1", "A1", "give the same identifier"),
        ("1–1", "1-1", "differ in marks, spaces and capitals alone"),
        ("ø1", "1", "give the same identifier"),
    ],
)
def test_designations_that_are_hardly_to_be_told_apart_are_told_with_both_lines(tmp_path, named, one, other, how):
    lines = [{**GOOD, "Beteckning": one}, {**GOOD, "Beteckning": other, "Rubrik": "En annan"}]
    read = reading(workbook(tmp_path / "a.xlsx", *lines), named)
    (fault,) = read.faults
    assert (fault.line, fault.cell, read.good) == (3, "A3", 1)
    assert fault.told.en.startswith(f"{other!r} and {one!r} on line 2 {how}; the titles differ")


def test_the_same_title_says_that_it_is_the_same_thing_twice(tmp_path, named):
    read = reading(workbook(tmp_path / "a.xlsx", GOOD, {**GOOD, "Beteckning": "hs 1"}), named)
    assert "this is most likely the same thing twice; remove one of the lines" in faults(read)["Beteckning"]


@pytest.mark.parametrize(
    ("one", "other"), [("1.1", "11"), ("1–1", "11"), ("1−1", "11"), ("HS1", "HS11"), ("HS1", "KL1"), ("1-11", "11-1")]
)
def test_designations_with_other_letters_or_digits_are_of_two_measures(tmp_path, named, one, other):
    lines = [{**GOOD, "Beteckning": one}, {**GOOD, "Beteckning": other}]
    assert reading(workbook(tmp_path / "a.xlsx", *lines), named).good == 2


@pytest.mark.parametrize(
    ("stated", "key"),
    [
        ("1–1", "1-1"),
        ("1\u20111", "1-1"),
        ("Å 1—2", "A-1-2"),
        ("3½", "31-2"),
        ("·9·", "9"),
        ("KL\N{SOFT HYPHEN}2", "KL2"),
    ],
)
def test_a_sign_in_a_designation_parts_what_it_stands_between(stated, key):
    assert cells.designation(Cell("A2", stated)) == key


def test_cells_that_are_merged_are_told_and_none_is_guessed(tmp_path, named):
    lines = [{**GOOD, "Beteckning": str(number)} for number in (1, 2, 3)]
    file = workbook(tmp_path / "a.xlsx", *lines, change=lambda sheet: sheet.merge_cells("E2:E3"))
    read = reading(file, named)
    assert "it is merged with others (E2:E3)" in faults(read)["Ansvarig"]
    assert (read.good, [fault.line for fault in read.faults]) == (2, [3])


@pytest.mark.parametrize(
    ("content", "how", "told"),
    [
        (b"Beteckning;Rubrik;L\xc3\xa4n\nA1;En \xc3\xa5tg\xc3\xa4rd;12\n", {}, None),
        (b'\xef\xbb\xbfBeteckning,Rubrik,L\xc3\xa4n\r\nA1,"En, \xc3\xa5tg\xc3\xa4rd",12\r\n', {}, None),
        (b"Beteckning\tRubrik\tL\xe4n\nA1\tEn \xe5tg\xe4rd\t12\n", {"encoding": "cp1252"}, None),
        (b"Beteckning;Rubrik;L\xe4n\nA1;En \xe5tg\xe4rd;12\n", {}, "line 1 is not UTF-8; save the file as “CSV UTF-8”"),
        (b'Beteckning,Rubrik,L\xc3\xa4n\nA1,"En,12\n', {}, "line 2 is not CSV"),
        (b"Beteckning,Rubrik\nA1,En\n", {}, "line 1 has headings of the template, and lacks Län"),
        (b"Beteckning,Rubrik,L\xc3\xa4n,Designation\n", {}, "two columns are 'Beteckning'"),
        (b"a,b,c\n1,2,3\n", {}, "these are needed: Beteckning, Rubrik, Län"),
        (b"", {}, "the file is empty; save the table anew"),
        (b"\n\n", {}, "these are needed: Beteckning, Rubrik, Län"),
        ("Beteckning\tRubrik\tLän\nA1\tEn åtgärd\t12\n".encode("utf-16"), {}, None),
        ("Åtgärder, Skåne, 2026, utkast\nBeteckning;Rubrik;Län\nA1;En åtgärd;12\n".encode(), {}, None),
        ("Beteckning;Rubrik;Län\nA1;En a\u030atga\u0308rd;12\n".encode(), {}, None),  # letters in pieces, as macOS has
        (
            "Beteckning;Rubrik;Län\nA1;En åtgärd;12\n".encode(),
            {"encoding": "cp1252"},
            "the file is UTF-8 and not CP1252",
        ),
        (
            "Län;Miljökvalitetsmål;Rapport\n12;8;RÅU2025\n".encode(),
            {},
            "template “Assessments”; receive it as assessments",
        ),
        (b"%PDF-1.7\n", {}, "this is a PDF and no workbook of Excel"),
        (b"\0\1\2", {}, "this is no text, and no .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", {}, "an old or a locked Excel file"),
        (b"PK\3\4 and no more", {}, "this is no Excel workbook that can be read"),
    ],
)
def test_a_file_is_read_or_refused_with_the_way_out(tmp_path, named, content, how, told):
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    if told is None:
        read = reading(file, named, **how)
        assert [row.title_sv.removeprefix("En").strip(", ") for row in read.rows if isinstance(row, Measure)] == [
            "åtgärd"
        ]
    else:
        with pytest.raises(Unreadable, match=told) as refused:
            reading(file, named, **how)
        assert refused.value.told.sv != refused.value.told.en


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("content.xml", "this is a document of LibreOffice (.ods) and no workbook of Excel"),
        ("xl/workbook.bin", "this is a binary workbook (.xlsb) and no workbook of Excel"),
        ("atgarder.csv", "this is an archive of other files and no workbook of Excel"),
    ],
)
def test_what_is_packed_as_a_workbook_is_and_is_none_is_called_by_its_name(tmp_path, named, part, told):
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr(part, "")
    with pytest.raises(Unreadable) as refused:
        reading(file, named)
    assert told in refused.value.told.en


def test_a_line_of_csv_that_is_parted_in_the_wrong_place_is_told(tmp_path, named):
    file = tmp_path / "a.csv"
    file.write_text("Beteckning;Rubrik;Län;Miljökvalitetsmål;\nA1;Ett;12;8;9;10\nA2;Två;12;8\nA3;Tre;12;8;;;\n")
    read = reading(file, named)
    assert (read.good, [(fault.line, fault.cell) for fault in read.faults]) == (2, [(2, "F2")])
    assert "the line has more cells than there are headings (5); put quotation marks around" in read.faults[0].told.en


def sheet_after(book, title, state="visible"):
    """A sheet of a workbook, with a line that stands on none of the others."""
    sheet = book.create_sheet(title)
    sheet.append(list(GOOD))
    sheet.append(["B1", *list(GOOD.values())[1:]])
    sheet.sheet_state = state


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_of_several_sheets_with_the_headings_none_is_passed_over(tmp_path, named, state):
    file = workbook(tmp_path / "a.xlsx", GOOD, change=lambda sheet: sheet_after(sheet.parent, "Fler", state))
    fler = {"visible": "Fler", "hidden": r"Fler \(hidden\)"}[state]
    with pytest.raises(Unreadable, match=f"several sheets have the headings of the template: Sheet, {fler}; say with"):
        reading(file, named)
    assert {row.key for row in reading(file, named, sheet="Fler").rows if isinstance(row, Measure)} == {"lst--B1"}


def test_a_sheet_with_some_of_the_headings_does_not_stand_before_the_one_with_all(tmp_path, named):
    def sum_up(sheet):
        sheet.parent.create_sheet("Summering", 0).append(["Län", "Rubrik"])

    assert reading(workbook(tmp_path / "a.xlsx", GOOD, change=sum_up), named).good == 1


@pytest.mark.parametrize(
    ("value", "shown", "designation"),
    [(1.1, "0.00", "1.10"), (7, "000", "007"), (1.1, "General", "1.1"), (1.25, "0.0", "1.25"), (12, "0", "12")],
)
def test_a_designation_that_is_a_number_has_the_zeros_that_its_cell_shows(tmp_path, named, value, shown, designation):
    def show(sheet):
        sheet["A2"].number_format = shown

    read = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Beteckning": value}, change=show), named)
    assert [row.designation for row in read.rows if row.table == "measure_designations"] == [designation]
    assert {row.key for row in read.rows if isinstance(row, Measure)} == {f"lst--{designation.replace('.', '-')}"}
    assert read.decimals == ((2,) if shown in {"General", "0.0"} else ())


def test_a_designation_that_excel_has_made_a_power_of_ten_of_is_a_fault(tmp_path, named):
    def show(sheet):
        sheet["A2"].number_format = "0.00E+00"

    read = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Beteckning": 2000}, change=show), named)
    assert faults(read)["Beteckning"].endswith("format the column as text, and write the designation anew")
    file = tmp_path / "a.csv"
    file.write_text("Beteckning;Rubrik;Län\n2,00E+03;Åtgärd;12\nE3;Åtgärd;12\n", "utf-8")
    assert [(fault.line, fault.told.en[:35]) for fault in reading(file, named).faults] == [
        (2, "'2,00E+03': Excel has made a number")
    ]


@pytest.mark.parametrize("designation", ["1E-4", "2e-1", "E-22"])
def test_a_designation_with_a_letter_is_no_power_of_ten(tmp_path, named, designation):
    read = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Beteckning": designation}), named)
    assert {row.key for row in read.rows if isinstance(row, Measure)} == {f"lst--{designation}"}


@pytest.mark.parametrize(("value", "shown", "codes"), [(14.1, "0.00E+00", "14; 1"), (8.9, "0.00", "8; 90")])
def test_codes_that_excel_has_made_a_decimal_of_are_told_apart(tmp_path, named, value, shown, codes):
    def show(sheet):
        sheet["G2"].number_format = shown

    read = reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Miljökvalitetsmål": value}, change=show), named)
    assert faults(read)["Miljökvalitetsmål"].endswith(f"write {codes} as text")


def test_designations_that_may_have_lost_a_zero_are_told_with_their_lines(tmp_path):
    file = workbook(tmp_path / "a.xlsx", {**GOOD, "Beteckning": 1.1}, {**GOOD, "Beteckning": 1.2}, GOOD)
    done = run("receive", "measures", file, "--id", "lst", "--check", "--lang", "en")
    assert (
        "Designations that Excel has made decimals of: 2 lines (2, 3); where 1.1 was to be 1.10, format" in done.stderr
    )


def test_a_hidden_sheet_is_read_where_it_is_named_and_there_alone(tmp_path, named):
    def hide(sheet):
        sheet.parent.create_sheet("Om").append(["Våra åtgärder"])
        sheet.title, sheet.sheet_state = "Gamla", "hidden"

    file = workbook(tmp_path / "a.xlsx", GOOD, change=hide)
    with pytest.raises(Unreadable, match="only the sheet 'Gamla' has the headings of the template, and it is hidden"):
        reading(file, named)
    assert reading(file, named, sheet="Gamla").good == 1


def test_lines_and_columns_that_a_workbook_hides_are_read_and_told(tmp_path):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["N"].hidden = True

    file = workbook(tmp_path / "a.xlsx", GOOD, {**GOOD, "Beteckning": "2"}, change=hide)
    done = run("receive", "measures", file, "--id", "lst", "--check", "--lang", "en")
    assert "lst: 2 lines, 0 with faults; 2 measures" in done.stdout
    assert "Columns that are hidden, and read: Kostnad (kronor)\n" in done.stderr
    assert "Hidden or filtered away, and read: 1 line (3); remove those that are not meant\n" in done.stderr


def test_lines_of_no_height_and_columns_of_no_width_are_told_as_hidden_ones_are(tmp_path):
    def flatten(sheet):
        sheet.row_dimensions[3].height = 0.01  # the library writes no height of 0
        sheet.column_dimensions["N"].width = 0.01

    file = workbook(tmp_path / "a.xlsx", GOOD, {**GOOD, "Beteckning": "2"}, change=flatten)
    done = run("receive", "measures", file, "--id", "lst", "--check", "--lang", "en")
    assert "Columns that are hidden, and read: Kostnad (kronor)\n" in done.stderr
    assert "Hidden or filtered away, and read: 1 line (3); remove those that are not meant\n" in done.stderr


WHITE, BLUE = PatternFill("solid", fgColor="FFFFFF"), PatternFill("solid", fgColor="1F4E79")


@pytest.mark.parametrize(
    ("looks", "is_seen"),
    [
        ({"font": Font(color="FFFFFF")}, False),
        ({"font": Font(color=Color(theme=0))}, False),
        ({"font": Font(color=Color(indexed=9)), "fill": WHITE}, False),
        ({"font": Font(color=Color(indexed=81))}, True),  # a colour of the system
        ({"font": Font(color="1F4E79"), "fill": BLUE}, False),
        ({"number_format": ";;;"}, False),
        ({"font": Font(color="FFFFFF"), "fill": BLUE}, True),
        ({"font": Font(color="FFFFFF"), "fill": PatternFill("lightGrid", fgColor="1F4E79")}, True),
        ({"font": Font(color=Color(theme=0, tint=-0.5))}, True),
        ({"font": Font(color=Color(theme=1)), "fill": WHITE}, True),
        ({"fill": BLUE}, True),
    ],
)
def test_words_that_a_workbook_does_not_show_are_read_and_told(tmp_path, looks, is_seen):
    def change(sheet):
        for name, look in looks.items():
            setattr(sheet["B3"], name, look)
        sheet["O2"].font = Font(color="FFFFFF")  # in a column that is not read

    lines = [{**GOOD, "Anteckning": "x"}, {**GOOD, "Beteckning": "2"}]
    done = run("receive", "measures", workbook(tmp_path / "a.xlsx", *lines, change=change), "--id", "lst", "--check")
    assert "2 lines, 0 with faults" in done.stdout
    told = (
        "Have words that are not seen, in the colour of what is behind them or with the format ;;;, and read: 1 line ("
    )
    assert (told not in done.stderr) == is_seen


STRUCK = Font(strike=True)


def test_a_line_that_is_struck_through_is_one_fault_and_takes_no_designation(tmp_path, named):
    def strike(sheet):
        for cell in sheet[2]:
            cell.font = STRUCK

    struck = {**GOOD, "Status": "vilande"}
    read = reading(workbook(tmp_path / "a.xlsx", struck, GOOD, change=strike), named)
    (fault,) = read.faults
    assert (fault.line, fault.heading.sv, fault.cell) == (2, "Beteckning", "A2")
    assert fault.told.en.startswith("the whole line is struck through; remove it if it no longer holds")
    assert {row.line for row in read.rows} == {3}


def test_a_cell_that_is_struck_through_is_a_fault_of_its_own(tmp_path, named):
    def strike(sheet):
        sheet["M2"].font = STRUCK

    read = reading(workbook(tmp_path / "a.xlsx", GOOD, change=strike), named)
    assert [(fault.cell, fault.heading.sv) for fault in read.faults] == [("M2", "Status")]
    assert faults(read)["Status"].startswith("this is struck through; remove it if it no longer holds")


def test_what_is_struck_through_in_a_column_that_is_not_read_says_nothing(tmp_path, named):
    def strike(sheet):
        sheet["O2"].font = STRUCK

    assert reading(workbook(tmp_path / "a.xlsx", {**GOOD, "Anteckning": "Klar"}, change=strike), named).good == 1


def test_words_that_are_struck_through_within_a_cell_are_a_fault(tmp_path, named):
    def strike_a_word(content):
        words = b"<r><t xml:space='preserve'>En </t></r><r><rPr><strike/></rPr><t>gammal</t></r>"
        content["xl/sharedStrings.xml"] = (
            b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si>" + words + b"</si></sst>"
        )
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
            b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
        )
        (inline,) = re.findall(b'<c r="B2" .*?</c>', content[f"xl/{SHEET}"])
        spoil(content, SHEET, inline, b'<c r="B2" t="s"><v>0</v></c>')

    read = reading(repacked(workbook(tmp_path / "a.xlsx", GOOD), strike_a_word), named)
    assert [(fault.cell, fault.told.en[:22]) for fault in read.faults] == [("B2", "this is struck through")]


def repacked(file, change):
    """A workbook whose parts are changed."""
    with zipfile.ZipFile(file) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    change(content)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in content.items():
            parts.writestr(name, data)
    return file


def entities(content):
    name = "xl/worksheets/sheet1.xml"
    content[name] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content[name]


SHEET = "worksheets/sheet1.xml"


def spoil(content, part, old, new):
    assert old in content[f"xl/{part}"]
    content[f"xl/{part}"] = content[f"xl/{part}"].replace(old, new, 1)


def wide(content):
    name = "xl/worksheets/sheet1.xml"
    content[name] = content[name].replace(b"</row>", b"<c/>" * 21 + b"</row>", 1)


def far(content):
    """Lines with one empty cell each, far to the right, and one after it."""
    name = "xl/worksheets/sheet1.xml"
    content[name] = content[name].replace(b"</sheetData>", b"<row><c r='XFC4'/><c/></row>" * 3100 + b"</sheetData>", 1)


def far_elsewhere(content):
    """The same, of a sheet that lies where sheets do not lie."""
    far(content)
    content["xl/elsewhere.xml"] = content.pop(f"xl/{SHEET}")
    spoil(content, "_rels/workbook.xml.rels", b"/xl/worksheets/sheet1.xml", b"/xl/elsewhere.xml")
    kinds = content["[Content_Types].xml"]
    content["[Content_Types].xml"] = kinds.replace(b"/xl/worksheets/sheet1.xml", b"/xl/elsewhere.xml")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (far, r"the sheet reaches over 50,7[0-9]{2},[0-9]{3} cells, and at most 50,000,000 are read"),
        (far_elsewhere, r"the sheet reaches over 50,7[0-9]{2},[0-9]{3} cells, and at most 50,000,000 are read"),
        (lambda content: content.update({"xl/bomb.xml": b" " * 200_001}), "xl/bomb.xml unpacks to 200,001 bytes"),
        (
            lambda content: content.update({f"xl/worksheets/sheet{n}.xml": b" " * 200_000 for n in (7, 8, 9)}),
            "the workbook unpacks to 6",
        ),
        (lambda content: content.update({f"{n}": b"" for n in range(1001)}), "parts, and at most 1,000 are read"),
        (entities, "declares entities of its own"),
        (wide, "line 1 has 35 cells, and at most 20 are read"),
        (lambda content: content.pop("xl/workbook.xml"), "this is no Excel workbook that can be read"),
        (
            lambda content: spoil(content, "workbook.xml", b"<sheets>", b"<sheet"),
            "this is no Excel workbook that can be",
        ),
        (
            lambda content: spoil(content, "styles.xml", b"<fonts", b"<fonts<"),
            "this is no Excel workbook that can be",
        ),
        (
            lambda content: spoil(content, SHEET, b"<sheetFormatPr", b"<sheetFormatPr a='1'"),
            "this is no Excel workbook",
        ),
    ],
)
def test_a_workbook_that_would_swell_or_mislead_is_refused(tmp_path, named, monkeypatch, change, told):
    monkeypatch.setattr(workbook_sheets, "MOST_OF_A_PART", 200_000)
    monkeypatch.setattr(workbook_sheets, "MOST_UNPACKED", 600_000)
    monkeypatch.setattr(workbook_sheets, "WIDEST", 20)
    file = repacked(workbook(tmp_path / "a.xlsx", GOOD), change)
    with pytest.raises(Unreadable, match=told):
        reading(file, named)


def test_a_workbook_that_says_it_is_smaller_than_it_is_is_read_whole(tmp_path, named):
    def shrink(content):
        name = "xl/worksheets/sheet1.xml"
        content[name] = content[name].replace(b'<dimension ref="A1:N3"/>', b'<dimension ref="A1:B2"/>')
        assert b"A1:B2" in content[name]

    file = workbook(tmp_path / "a.xlsx", GOOD, {**GOOD, "Beteckning": "2"})
    assert reading(repacked(file, shrink), named).good == 2


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://e.x";"Se här")', " =A1", "=cmd|'/C calc'!A0"])
def test_a_formula_in_a_csv_file_is_no_text_that_others_are_given(tmp_path, named, formula):
    cells = {**GOOD, "Rubrik": formula}
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows((cells.keys(), cells.values()))
    assert faults(reading(file, named))["Rubrik"].startswith("a formula stands here in place of what it gives")


def test_a_csv_file_of_more_columns_than_are_read_is_refused_and_empty_ones_are_passed_over(tmp_path, named):
    head, values = ",".join(GOOD), ",".join(f'"{value}"' for value in GOOD.values())
    file = tmp_path / "a.csv"
    file.write_text(f"{head}{',' * 20_000}\n{values}{',' * 20_000}\n", encoding="utf-8")
    assert reading(file, named).good == 1
    file.write_text(f"{head}\n{values}{',' * 20_000}x\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="line 2 has more than 200 columns"):
        reading(file, named)


def test_a_file_of_a_gigabyte_is_refused_unread(tmp_path, named):
    file = tmp_path / "a.csv"
    with file.open("wb") as opened:
        opened.truncate(1 << 30)
    with pytest.raises(Unreadable, match="the file has 1,073,741,824 bytes"):
        reading(file, named)


def test_what_is_no_file_is_refused_unread():
    done = run("receive", "measures", os.devnull, "--id", "lst", "--check")
    assert (done.exit_code, done.stderr) == (1, "Error: null: this is no ordinary file\n")


def test_what_a_workbook_has_for_excel_alone_is_passed_over_in_silence(tmp_path):
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    file = workbook(tmp_path / "a.xlsx", {**GOOD, "Ansvarig": "202100-2346", "Medverkande": None})
    repacked(file, lambda content: spoil(content, SHEET, b"</worksheet>", extension))
    words = [MILJOGRAF, "receive", "measures", file, "--id", "lst", "--check", "--lang", "en"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "lst: 1 line, 0 with faults" in done.stdout


def test_a_table_of_too_many_lines_is_refused(tmp_path, named, monkeypatch):
    monkeypatch.setattr(sheet_lines, "MOST_LINES", 2)
    with pytest.raises(Unreadable, match="more than 2 lines"):
        reading(workbook(tmp_path / "a.xlsx", GOOD, GOOD), named)


def test_a_cell_of_csv_that_is_too_long_is_told_of_and_narrows_no_limit_of_other_tables(tmp_path, named):
    file = tmp_path / "a.csv"
    file.write_text(f"Beteckning;Rubrik;Län;Ansvarig\nA1;Åtgärd;12;{'x' * 10_001}\n", "utf-8")
    assert faults(reading(file, named))["Ansvarig"] == "it has 10,001 characters, and at most 10,000 are read"
    assert csv.field_size_limit() == LONGEST_FIELD


def test_the_cells_that_are_merged_are_bounded_together(tmp_path, named):
    def merge(sheet):
        for column in range(15, 115):
            sheet.merged_cells.add(f"{get_column_letter(column)}1:{get_column_letter(column)}19999")

    with pytest.raises(Unreadable, match="the sheet has more than 100,000 cells that are merged with others; divide"):
        reading(workbook(tmp_path / "a.xlsx", GOOD, change=merge), named)


def test_columns_that_are_not_read_are_not_looked_at_where_they_are_merged(tmp_path, named):
    file = workbook(tmp_path / "a.xlsx", GOOD, change=lambda sheet: sheet.merged_cells.add("P4:XFD9"))
    assert reading(file, named).good == 1


def test_lines_that_hold_nothing_do_not_count(tmp_path, named, monkeypatch):
    monkeypatch.setattr(sheet_lines, "MOST_LINES", 3)

    def mark(sheet):
        for line in (*range(3, 9), 100_000):
            sheet.cell(line, 1).fill = PatternFill("solid", fgColor="FFFF00")
        sheet.cell(200_000, 3).value = " "

    assert reading(workbook(tmp_path / "a.xlsx", GOOD, change=mark), named).good == 1
    file = tmp_path / "a.csv"
    file.write_text("\n\nBeteckning;Rubrik;Län\n\n\nA1;Åtgärd;12\n\n", "utf-8")
    assert reading(file, named).good == 1


def test_a_line_beyond_the_last_that_there_can_be_is_not_waited_for(tmp_path, named):
    file = workbook(tmp_path / "a.xlsx", GOOD)
    repacked(file, lambda content: spoil(content, SHEET, b'<row r="2"', b'<row r="9999999999"'))
    with pytest.raises(Unreadable, match="a line after number 1048576"):
        reading(file, named)


# --- the templates


def test_the_vocabulary_is_read_once_for_all_that_asks_what_concepts_are_called(monkeypatch):
    read, times = files.vocabulary, []
    monkeypatch.setattr(files, "vocabulary", lambda: times.append(1) or read())
    named = Named([])
    for template in TEMPLATES.values():
        for language in LANGUAGES:
            codes_of(template, named, language)
    standings = [cells.concept(named, ProgrammeStanding)(Cell("A2", word)) for word in ("Beslutat", "draft", "decided")]
    assert standings == [ProgrammeStanding.DECIDED, ProgrammeStanding.DRAFT, ProgrammeStanding.DECIDED]
    assert len(times) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_an_empty_template_has_the_headings_that_are_read(tmp_path, language, template):
    codes = {column.codes: [("1", "Ett")] for column in template.columns if column.codes}
    content = as_workbook(template, language, codes)
    assert content == as_workbook(template, language, codes), "the same bytes each time"
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    in_workbook = [str(cell.value) for cell in sheet[1]]
    in_csv = next(csv.reader(io.StringIO(as_csv(template, language).decode("utf-8-sig"))))
    for headings in (in_workbook, in_csv):
        assert [template.column_called(heading) for heading in headings] == list(template.columns)
    chosen = [validation.formula1 for validation in sheet.data_validations.dataValidation]
    assert len(chosen) == sum(column.is_one and bool(column.codes) for column in template.columns)


@pytest.mark.parametrize("name", ["filled.csv", "filled.xlsx"])
def test_a_template_takes_the_place_of_no_file_that_may_be_filled(tmp_path, name):
    file = tmp_path / name
    for _ in range(2):  # one that is as empty may be written again
        assert run("template", "measures", file).exit_code == 0
    file.write_bytes(b"filled")
    refused = run("template", "measures", file)
    assert refused.exit_code == 1
    assert f"{file} is there already, and may be filled" in refused.stderr
    assert file.read_bytes() == b"filled"


def test_the_docs_and_the_page_tell_of_every_column_in_both_languages(client: TestClient):
    told = {language: client.get(f"/{language}/deliver").text for language in LANGUAGES}
    docs = DOCS.read_text(encoding="utf-8")
    for template in TEMPLATES.values():
        for column in template.columns:
            assert f"| {column.heading.sv} | {column.heading.en} |" in docs
            assert column.holds.en in docs
            assert column.holds.sv in docs
            for language, page in told.items():
                assert f">{column.heading.in_(language)}</th>" in page
                assert column.holds.in_(language).partition("'")[0] in page


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_server_gives_the_templates_with_the_codes_of_its_release(client: TestClient, template):
    answer = client.get(f"/templates/{template}.sv.xlsx")
    assert answer.status_code == 200
    assert f'filename="miljograf-{template}.sv.xlsx"' in answer.headers["content-disposition"]
    codes = [cell.value for row in load_workbook(io.BytesIO(answer.content)).worksheets[2].rows for cell in row]
    assert {"Skåne län", {"programmes": "miljömålssystemet"}.get(template, "Frisk luft")} <= set(codes)
    assert client.get(f"/templates/{template}.en.csv").content == as_csv(TEMPLATES[template], "en")


@pytest.mark.parametrize("path", ["templates/measures.fi.xlsx", "templates/none.sv.csv", "templates/measures.sv.ods"])
def test_there_is_no_other_template(client: TestClient, path):
    assert client.get(f"/{path}").status_code == 404


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_who_asks_for_a_template_that_is_none_is_told_where_they_are(client: TestClient, suffix):
    told = client.get(f"/templates/none.sv.{suffix}", headers={"Accept": "application/json"}).json()
    assert f"/templates/none.sv.{suffix}" in told["detail"]
    assert client.get(told["instead"].replace("http://localhost:8000", "")).status_code == 200


# --- the commands and the release

SOURCE = ["--id", "lst", "--title", "Påhittade åtgärder", "--publisher", "En påhittad länsstyrelse"]


ENGLISH = {"LC_ALL": "en_GB.UTF-8"}
"""The settings of a terminal of somebody who reads English."""


def run(*words, terminal=ENGLISH):
    return CliRunner(env=terminal).invoke(main, [*map(str, words)])


def test_nothing_is_kept_of_a_file_with_faults_unless_the_operator_says_so(tmp_path, few_tables):
    file = workbook(tmp_path / "a.xlsx", {**GOOD, "Status": "påbörjad"}, {**GOOD, "Beteckning": "2"})
    words = ["receive", "measures", file, *SOURCE, "--data", tmp_path / "data"]
    done = run(*words, "--faults", tmp_path / "faults.csv")
    assert done.exit_code == 1
    assert "a.xlsx, Sheet:2, column Status (M2): 'påbörjad': this is none of" in done.stderr
    assert "lst: 2 lines, 1 with faults; 1 measure\n" in done.stdout
    assert "Nothing was kept: mend the faults, or take the other lines with --accept-partial." in done.stderr
    assert list(deliveries(tmp_path / "data")) == []
    told = list(csv.DictReader(io.StringIO((tmp_path / "faults.csv").read_text(encoding="utf-8"))))
    assert [(line["line"], line["column"]) for line in told] == [("2", "Status (M2)")]
    assert run(*words, "--check", "--accept-partial").exit_code == 1
    checked = run("receive", "measures", file, "--id", "lst", "--check", "--data", tmp_path / "data", "--lang", "en")
    assert "column Status (M2): 'påbörjad': this is none of" in checked.stderr, "who delivers need not be told yet"
    assert list(deliveries(tmp_path / "data")) == []
    done = run(*words, "--accept-partial")
    assert done.exit_code == 0
    assert "Received, and 1 line left out." in done.stdout
    (kept,) = deliveries(tmp_path / "data")
    assert (kept.id, kept.file, kept.left_out) == ("lst", "a.xlsx", (2,))


@pytest.mark.parametrize(
    ("terminal", "language"),
    [
        ({}, "sv"),
        ({"LANG": "C.UTF-8"}, "sv"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "sv_SE", "LANG": "en_GB.UTF-8"}, "sv"),
        ({"LC_ALL": "en", "LANG": "sv_SE.UTF-8"}, "en"),
    ],
)
def test_a_terminal_that_says_no_language_reads_swedish(terminal, language):
    assert spoken(terminal) == language


def test_faults_are_told_in_the_language_of_who_reads_them(tmp_path):
    file = workbook(tmp_path / "a.xlsx", {**GOOD, "Status": "påbörjad", "Startår": 2030}, {**GOOD, "Kommun": "Habo"})
    words = ["receive", "measures", file, *SOURCE, "--faults", tmp_path / "faults.csv", "--data", tmp_path / "data"]
    done = run(*words, terminal={"LC_ALL": "C.UTF-8"})
    assert "a.xlsx, Sheet:2, kolumn Status (M2): 'påbörjad': det är inget av: förslag" in done.stderr
    assert "kolumn Kommun (J3): Habo ligger i län 06, och åtgärden gäller 12" in done.stderr
    assert "lst: 2 rader, 2 med fel; 0 åtgärder" in done.stdout
    assert "Inget sparades: ingen rad är utan fel." in done.stderr
    assert "det är inget av: förslag" in (tmp_path / "faults.csv").read_text(encoding="utf-8")
    assert "column Status (M2): 'påbörjad': this is none of: förslag" in run(*words, "--lang", "en").stderr
    later = workbook(tmp_path / "a.xlsx", {**GOOD, "Startår": 2030})
    done = run("receive", "measures", later, *SOURCE, "--lang", "sv", "--data", tmp_path / "data")
    assert "kolumn Slutår (L2): perioden slutar 2025, innan den börjar 2030" in done.stderr
    done = run("receive", "measures", later, "--id", "Skåne län", *SOURCE[2:], "--lang", "sv", "--data", tmp_path)
    assert "skriv små bokstäver a–z" in done.stderr


def test_a_county_without_lan_is_read_and_told_of(tmp_path):
    lines = [
        {**GOOD, "Beteckning": str(number), "Län": name} for number, name in enumerate(("Skåne", "SKÅNE", "Skåne län"))
    ]
    file = workbook(tmp_path / "a.xlsx", *lines, {**GOOD, "Kommun": None, "Program": None, "Län": "Stockholm"})
    done = run("receive", "measures", file, *SOURCE, "--data", tmp_path / "data")
    assert done.exit_code == 0, done.stderr
    assert "Län: 'Skåne' was read as 12 (Skåne län), 1 line\n" in done.stderr
    assert "Län: 'Stockholm' was read as 01 (Stockholms län), 1 line\n" in done.stderr
    rows = read_received(tmp_path / "data", read_all().rows).rows
    assert [row.place for row in rows if isinstance(row, Measure)] == ["12", "12", "12", "01"]


def test_the_name_of_every_county_can_be_written_without_lan(named):
    counties = named.of(County)
    assert len(counties) == 21
    for county in counties:
        short = county.name_sv.removesuffix(" län")
        assert county.code in {named.county_called(short), named.county_called(short.removesuffix("s"))}
    assert named.county_called("Skåne län") is None, "a whole name is no short one"
    assert named.county_called("Sverige") is None


def test_headings_and_words_of_others_are_read_as_a_file_says(tmp_path):
    columns = tmp_path / "columns.toml"
    columns.write_text(
        '[columns]\n"Åtg-nr" = "id"\n"Åtgärdens namn" = "title_sv"\n"Region" = "place"\n"Läge" = "status"\n'
        '[words.status]\n"Påbörjad" = "ongoing"\n',
        encoding="utf-8",
    )
    file = tmp_path / "export.csv"
    file.write_text("Åtg-nr;Åtgärdens namn;Region;Läge;Anteckning\n7;En åtgärd;12;påbörjad;x\n", encoding="utf-8")
    words = ["receive", "measures", file, *SOURCE, "--data", tmp_path / "data"]
    assert "Where yours are called otherwise, say so with --columns" in run(*words).stderr
    done = run(*words, "--columns", columns)
    assert done.exit_code == 0
    assert "Columns that are not read: Anteckning" in done.stderr
    again = run("receive", "measures", file, "--id", "lst", "--data", tmp_path / "data")
    assert again.exit_code == 0, "what is known of the source and its columns stays"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--id", "lst"], "the first delivery of lst needs --title and --publisher"),
        ([*SOURCE[2:], "--id", "Skåne län"], "Invalid value for --id: write small letters a–z, digits and hyphens"),
        (
            [*SOURCE[2:], "--id", "vocabulary"],
            "Invalid value for --id: the graph of the vocabulary is called so; choose another id, such as vocabulary-2",
        ),
        ([*SOURCE[2:], "--id", "all"], "Invalid value for --id: the file with all of a release is called so; choose"),
        ([*SOURCE[2:], "--id", "editors"], "there is a source editors already"),
        ([*SOURCE[2:], "--id", "kolada"], "there is a source kolada already"),
        ([*SOURCE, "--title", " "], "Invalid value for --title: there is nothing but white space"),
        ([*SOURCE, "--title", "Ã…tgÃ¤rder"], "Invalid value for --title: the text has Ã… where Å is meant"),
        ([*SOURCE, "--publisher", "a\nb"], "Invalid value for --publisher: the text has a control character or a line"),
        ([*SOURCE, "--licence", "CC0"], "Invalid value for --licence: write the whole address"),
        (
            [*SOURCE, "--retrieved", "2026-02-30"],
            "Invalid value for --retrieved: 2026-02-30 is no day; write it like 20",
        ),
        ([*SOURCE, "--retrieved", "yesterday"], "Invalid value for --retrieved: yesterday is no day; write it like 20"),
        (
            [*SOURCE, "--retrieved", "2099-01-01"],
            "2099-01-01 is to come; write the day on which",
        ),
        ([*SOURCE, "--encoding", "klingon"], "no encoding of text is called 'klingon'"),
        ([*SOURCE, "--encoding", "base64"], "no encoding of text is called 'base64'"),
        ([*SOURCE, "--sheet", "Blad9"], "there is no sheet called 'Blad9'; there are: Sheet"),
    ],
)
def test_a_wrong_option_is_named(tmp_path, words, told):
    file = workbook(tmp_path / "a.xlsx", GOOD)
    done = run("receive", "measures", file, *words, "--data", tmp_path / "data")
    assert done.exit_code in {1, 2}
    assert told in done.stderr


def test_a_clock_that_stands_in_1970_is_told_of(tmp_path, monkeypatch):
    for module in ("moments", "receiving"):
        monkeypatch.setattr(f"loaders.{module}.datetime", stopped_in_1970())
    file = workbook(tmp_path / "a.xlsx", GOOD)
    done = run("receive", "measures", file, *SOURCE, "--data", tmp_path / "data")
    assert "and the tables have a source from 20" in done.stderr
    assert done.exit_code == 0


def test_an_empty_template_is_told_to_be_empty(tmp_path):
    (tmp_path / "a.csv").write_text("Beteckning;Rubrik;Län\n", encoding="utf-8")
    done = run("receive", "measures", tmp_path / "a.csv", *SOURCE, "--data", tmp_path / "data")
    assert done.exit_code == 1
    assert "There is no line below the headings; fill in the table." in done.stderr


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[words]\nstatus = 1\n", "columns.toml: what headings mean stands under [columns]"),
        ('title_sv = "Namn"\n', "columns.toml, title_sv: what headings mean stands under [columns]"),
        ('[columns]\nNamn = "title"\n', "columns.toml: title is none of the columns: id, title_sv"),
    ],
)
def test_a_file_of_columns_that_says_something_else_is_refused(tmp_path, said, told):
    (tmp_path / "columns.toml").write_text(said, encoding="utf-8")
    words = ["--columns", tmp_path / "columns.toml", "--data", tmp_path / "data"]
    done = run("receive", "measures", workbook(tmp_path / "a.xlsx", GOOD), *SOURCE, *words)
    assert told in done.stderr


def receive_and_build(folder, tables, *designations):
    """A release with a delivery of some measures."""
    simple = {"Rubrik": "En påhittad åtgärd", "Län": "03", "Miljökvalitetsmål": "7", "Kostnad (kronor)": 12}
    file = workbook(folder / "a.xlsx", *({**simple, "Beteckning": one} for one in designations))
    done = run(
        "receive", "measures", file, *SOURCE, "--retrieved", "2026-11-26", "--data", folder / "data", "--tables", tables
    )
    assert done.exit_code == 0, done.stderr
    return build(folder / "data", BASE, tables).release


def test_a_delivery_is_a_source_of_its_own_in_the_release(tmp_path, few_tables):
    verdicts = tmp_path / "b.csv"
    verdicts.write_text("Län,Miljökvalitetsmål,Måluppfyllelse,Rapport\n03,2,ja,RÅU2026\n03,3,nej,RÅU2026\n", "utf-8")
    words = ["--id", "lst-bedomt", *SOURCE[2:], "--retrieved", "2026-11-26", "--data", tmp_path / "data"]
    assert run("receive", "assessments", verdicts, *words, "--tables", few_tables).exit_code == 0
    line = "2026;Ett påhittat program;03;miljömålssystemet;;;;;;;"
    words = ["--id", "lst-program", *SOURCE[2:], "--retrieved", "2026-11-26", "--data", tmp_path / "data"]
    done = run("receive", "programmes", programmes(tmp_path, line), *words, "--tables", few_tables)
    assert done.exit_code == 0
    release = receive_and_build(tmp_path, few_tables, "A1", "A2")
    store = ox.Store.read_only(str(release.store))
    graph = ox.NamedNode(f"{BASE.iri}id/graph/lst")
    measure = ox.NamedNode(f"{BASE.iri}id/measure/lst--A2")
    found = list(store.quads_for_pattern(measure, None, None, graph))
    stated = {quad.predicate.value.rpartition("/")[2]: quad.object.value for quad in found}
    assert (stated["costInKronor"], stated["relatedObjective"]) == ("12", f"{BASE.iri}id/objective/7")
    report = ox.NamedNode(f"{BASE.iri}id/report/RAU2026")
    of_report = list(store.quads_for_pattern(None, ox.NamedNode(f"{BASE.iri}spec/inReport"), report))
    assert sorted(quad.subject.value.rpartition("/")[2] for quad in of_report) == [
        "RAU2026-03-2-achievement", "RAU2026-03-3-achievement",
    ]  # fmt: skip
    assert [one["source"] for one in release.record["received"]] == ["lst-program", "lst", "lst-bedomt"]
    assert release.record["received"][1] | {"sha256": ""} == {
        "source": "lst", "template": "measures", "file": "a.xlsx", "sha256": "", "retrieved": "2026-11-26",
        "lines": 2, "left_out": 0,
    }  # fmt: skip
    copy = (release.path / "report" / "received" / "lst.csv").read_text(encoding="utf-8").splitlines()
    assert copy[2].startswith("A2,En påhittad åtgärd")
    with TestClient(create_app(release, Settings(tmp_path / "data")), base_url=str(BASE.iri)) as client:
        headers = {"Accept": "text/html", "Accept-Language": "sv"}
        page = client.get("/id/measure/lst--A1", headers=headers).text
        programme = client.get("/id/action-programme/lst-program--2026", headers=headers).text
        row = client.get("/id/row/measures/lst--A2", headers=headers).text
    assert "12 kronor" in page
    assert "<code>a.xlsx, Sheet:2</code>" in page, "the line is that of the file that was delivered"
    assert "measures.csv:2" not in page
    assert "a.xlsx, Sheet, rad 3" in row
    assert "<code>programmes.csv:2</code>" in programme, "a CSV file has no sheet"
    assert "miljömålssystemet" in programme
    assert "redaktionens sortering" not in programme, "who delivered it said so"
    assert "Påhittade åtgärder" in page


def receive_verdicts(folder, tables, id_, *lines):
    """A delivery of assessments in a data folder."""
    file = folder / f"{id_}.csv"
    text = "\n".join(["Län,Miljökvalitetsmål,Måluppfyllelse,Bedömt,Rapport", *lines, ""])
    file.write_text(text, encoding="utf-8")
    words = ["--id", id_, *SOURCE[2:], "--retrieved", "2026-11-26", "--data", folder / "data", "--tables", tables]
    done = run("receive", "assessments", file, *words)
    assert done.exit_code == 0, done.stderr


def test_what_a_delivery_of_assessments_gives_no_more_is_told_apart_from_what_another_gives(tmp_path, few_tables):
    """Both are of the same report and place: neither takes back what the other says."""
    receive_verdicts(tmp_path, few_tables, "lst-a", "03,2,ja,,RÅU2026")
    receive_verdicts(tmp_path, few_tables, "lst-b", "03,3,nej,2025,RÅU2026", "03,7,nej,,RÅU2026")
    build(tmp_path / "data", BASE, few_tables)
    receive_verdicts(tmp_path, few_tables, "lst-b", "03,7,nej,,RÅU2026")
    release = build(tmp_path / "data", BASE, few_tables).release
    ended = ox.NamedNode(f"{BASE.iri}spec/retires")
    told = list(ox.Store.read_only(str(release.store)).quads_for_pattern(None, ended, None))
    gone = "id/assessment/RAU2026-03-3-achievement"
    assert {(quad.object.value, quad.graph_name.value) for quad in told} >= {
        (BASE.iri + gone, f"{BASE.iri}id/graph/lst-b")
    }
    assert not [quad for quad in told if quad.graph_name.value.endswith("/lst-a")]
    shutil.rmtree(tmp_path / "data" / "received" / "lst-b")
    with pytest.raises(TableProblems, match=r"received/lst-b: the release .* had the delivery"):
        build(tmp_path / "data", BASE, few_tables)


def test_a_delivery_that_has_changed_on_disk_stops_the_build(tmp_path, named):
    words = ["receive", "measures", workbook(tmp_path / "a.xlsx", GOOD), *SOURCE, "--data", tmp_path]
    assert run(*words).exit_code == 0
    rows = read_all().rows
    assert len(read_received(tmp_path, rows).rows) > 1
    file = next(one for one in (tmp_path / "received" / "lst").iterdir() if one.name != "delivery.json")
    file.write_bytes(b"Beteckning")
    with pytest.raises(BadDelivery, match="has other bytes than when it was received; receive it anew"):
        read_received(tmp_path, rows)
    done = run("receive", "measures", tmp_path / "a.xlsx", "--id", "other", *SOURCE[2:], "--data", tmp_path, "--check")
    assert done.exit_code == 0, "one that is broken stands in the way of no other"
    assert "This is not held against other deliveries, for one cannot be read now." in done.stderr


@pytest.mark.parametrize("option", ["--faults", "--columns"])
def test_the_faults_are_not_written_over_a_file_that_is_read(tmp_path, option):
    file = workbook(tmp_path / "a.xlsx", {**GOOD, "Status": "påbörjad"})
    columns = tmp_path / "columns.toml"
    columns.write_text("", encoding="utf-8")
    (tmp_path / "x").symlink_to(file if option == "--faults" else columns)
    before = file.read_bytes()
    words = ["--columns", columns, "--faults", tmp_path / "x", "--data", tmp_path / "data"]
    done = run("receive", "measures", file, *SOURCE, *words)
    assert done.exit_code == 2
    assert "Invalid value for --faults: the faults would be written over " in done.stderr
    assert (file.read_bytes(), columns.read_bytes()) == (before, b"")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"template": "measures"', '"template": "mesures"', "delivery.json cannot be used; `miljograf receive` writes"),
        ('"headings": {}', '"headings": 7', "delivery.json cannot be used"),
        ('"sha256": "', '"sha256": 7, "sha": "', "delivery.json cannot be used"),
        ('"source": {', '"source": {"x": "y",', "received/lst, x: "),
        ('"id": "lst"', '"id": "other"', "lst is a copy of the delivery other; remove that folder, or keep it outside"),
    ],
)
def test_a_record_that_somebody_has_changed_is_told_of_and_written_anew(tmp_path, old, new, told):
    words = ["receive", "measures", workbook(tmp_path / "a.xlsx", GOOD), *SOURCE, "--data", tmp_path]
    assert run(*words).exit_code == 0
    record = tmp_path / "received" / "lst" / "delivery.json"
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadDelivery, match=told):
        read_received(tmp_path, [])
    done = run(*words)
    assert done.exit_code == 0, done.stderr
    assert record.read_text(encoding="utf-8") == text


def test_a_delivery_whose_record_was_kept_by_other_rules_stops_the_build_with_the_way_out(tmp_path):
    words = ["receive", "measures", workbook(tmp_path / "a.xlsx", GOOD), *SOURCE, "--data", tmp_path]
    assert run(*words).exit_code == 0
    (tmp_path / "received" / "lst").rename(tmp_path / "received" / "vocabulary")
    record = tmp_path / "received" / "vocabulary" / "delivery.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"id": "lst"', '"id": "vocabulary"'), encoding="utf-8")
    with pytest.raises(
        BadDelivery, match="vocabulary, id: the graph of the vocabulary is called so; choose another id"
    ):
        read_received(tmp_path, read_all().rows)


def test_a_delivery_that_is_called_as_a_source_that_has_come_since_stops_the_build(tmp_path):
    words = ["receive", "measures", workbook(tmp_path / "a.xlsx", GOOD), *SOURCE, "--data", tmp_path]
    assert run(*words).exit_code == 0
    rows = read_all().rows
    editors = next(row for row in rows if isinstance(row, Source) and row.id == "editors")
    with pytest.raises(
        BadDelivery, match="lst: a source of the tables or of a sources file is called so too; call that"
    ):
        read_received(tmp_path, [*rows, editors.model_copy(update={"id": "lst"})])


@pytest.mark.parametrize("content", [None, "", "[" * 100_000])
def test_a_delivery_whose_record_is_gone_or_damaged_is_not_left_out_unsaid(tmp_path, content):
    words = ["receive", "measures", workbook(tmp_path / "a.xlsx", GOOD), *SOURCE, "--data", tmp_path]
    assert run(*words).exit_code == 0
    rows, record = read_all().rows, tmp_path / "received" / "lst" / "delivery.json"
    whole = read_received(tmp_path, rows).rows
    (tmp_path / "received" / ".DS_Store").write_text("")
    if content is None:
        record.unlink()
    else:
        record.write_text(content)
    with pytest.raises(BadDelivery, match=r"delivery\.json cannot be used; `miljograf receive` writes it anew"):
        read_received(tmp_path, rows)
    assert run(*words).exit_code == 0
    assert len(read_received(tmp_path, rows).rows) == len(whole)


def test_a_delivery_whose_names_are_gone_from_the_tables_stops_the_build_with_the_line(tmp_path):
    words = ["receive", "measures", workbook(tmp_path / "a.xlsx", GOOD), *SOURCE, "--data", tmp_path]
    assert run(*words).exit_code == 0
    rows = [row for row in read_all().rows if not (row.defines == "milestone-target" and row.key == "HS3")]
    assert run(*words[:3], "--id", "lst", "--accept-partial", "--data", tmp_path).exit_code == 0
    with pytest.raises(BadDelivery, match=r"1 of 1 lines have faults:\n  a\.xlsx, Sheet:2, column Etappmål \(H2\)"):
        read_received(tmp_path, rows)


PROGRAMMES = "Beteckning;Rubrik;Län;System;Utgivare;Startår;Slutår;Ställning;Beslutat;Webbsida;Antal åtgärder"


def programmes(folder, *lines):
    file = folder / "programmes.csv"
    file.write_text("\n".join([PROGRAMMES, *lines, ""]), encoding="utf-8")
    return file


def test_a_programme_becomes_the_rows_that_the_tables_have(tmp_path, named):
    line = (
        "2026;Ett påhittat program;12;miljömålssystemet;202100-2346;2026;2030;beslutat;2026-03;https://example.org/;46"
    )
    read = read_file(programmes(tmp_path, line), delivery(tmp_path / "p", form="programmes"), named)
    assert read.faults == ()
    by_table = {row.table: row for row in read.rows}
    assert (by_table["action_programmes"].code, by_table["action_programmes"].place) == ("lst--2026", "12")
    assert by_table["programme_systems"].system == "environmental-objectives"
    assert by_table["programme_publishers"].actor == "202100-2346"
    assert (by_table["programme_periods"].start_year, by_table["programme_periods"].end_year) == ("2026", "2030")
    assert (by_table["programme_decisions"].standing, by_table["programme_decisions"].decided) == ("decided", "2026-03")
    assert (by_table["programme_pages"].page, by_table["programme_sizes"].measures) == ("https://example.org/", 46)


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ("12;;;;;;;;", "System", "this cell is empty; a value is needed"),
        ("12;miljömål;;;;;;;", "System", "this is none of: miljömålssystemet"),
        ("12;miljömålssystemet;;2030;2026;;;;", "Slutår", "the period ends in 2026, before it starts in 2030"),
        ("12;miljömålssystemet;;;;;2026;;", "Ställning", "a day of decision is given"),
        ("12;miljömålssystemet;;;;förslag;2026;;", "Beslutat", "a draft is not decided, and so not in 2026"),
        ("12;miljömålssystemet;;;;beslutat;i mars;;", "Beslutat", "this is no year, month or day"),
        ("12;miljömålssystemet;;;;beslutat;2026-02-30;;", "Beslutat", "this is no year, month or day"),
        ("12;miljömålssystemet;;;;beslutat;1905-07-18;;", "Beslutat", "the day that Excel makes of a year"),
        ("12;miljömålssystemet;;1905-07-18;;;;;", "Startår", "the day that Excel makes of a year"),
        ("12;miljömålssystemet;;;;;;example.org;", "Webbsida", "this is no address of a page"),
        ("12;miljömålssystemet;;;;;;;många", "Antal åtgärder", "this is no whole number from 1"),
    ],
)
def test_a_fault_in_a_programme_is_told_with_its_column(tmp_path, named, cells, column, told):
    file = programmes(tmp_path, f"2026;Ett påhittat program;{cells}")
    read = read_file(file, delivery(file, form="programmes"), named)
    assert (read.rows, read.bad) == ((), 1)
    assert told in faults(read)[column]


@pytest.mark.parametrize("decided", ["2027", "2026-12", "2026-11-27"])
def test_a_decision_that_had_not_come_is_a_fault(tmp_path, named, decided):
    file = tmp_path / "a.csv"
    head = "Beteckning;Rubrik;Län;System;Ställning;Beslutat"
    file.write_text(f"{head}\n1;Ett program;12;miljömålssystemet;beslutat;{decided}\n", encoding="utf-8")
    came = replace(delivery(file, form="programmes"), source={"retrieved": "2026-11-26"})
    told = f"{decided} had not come when the file was delivered, on 2026-11-26; mend it"
    assert faults(read_file(file, came, named)) == {"Beslutat": told}


def test_measures_name_a_programme_that_was_delivered_by_its_designation(tmp_path):
    line = "2026;Ett påhittat program;12;miljömålssystemet;;;;;;;"
    receive = ["--publisher", "En påhittad länsstyrelse", "--title", "Påhittat", "--data", tmp_path]
    done = run("receive", "programmes", programmes(tmp_path, line), "--id", "z-programmes", *receive)
    assert done.exit_code == 0, done.stderr
    file = workbook(tmp_path / "a.xlsx", {**GOOD, "Program": 2026})
    assert run("receive", "measures", file, "--id", "a-measures", *receive).exit_code == 0
    received = read_received(tmp_path, read_all().rows)
    assert [row.programme for row in received.rows if isinstance(row, Measure)] == ["z-programmes--2026"]
    other = run("receive", "measures", file, "--id", "z-programmes", *receive)
    assert "z-programmes is a delivery of programmes; choose another id for measures" in other.stderr


def test_every_template_can_be_received():
    assert set(FORMS) == set(TEMPLATES)


OWN = """[mine]
title = "Egna"
title_lang = "sv"
publisher = "Vi"
address = "https://example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Vi"
note = { sv = "Fritt.", en = "Free." }
cadence_days = 365
required = false
calls_per_second = 1
at_once = 1
most_bytes = 1000

[mine.table]
interface = "pxweb-2"
id = "T"
title_en = "Own"
unit = "percent"
area = "Region"
year = "Tid"
"""


def test_a_delivery_is_called_otherwise_than_the_sources_of_a_file_of_ones_own(tmp_path, few_tables):
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    file = workbook(tmp_path / "a.xlsx", GOOD)
    words = ["receive", "measures", file, *SOURCE[2:], "--tables", few_tables, "--data", tmp_path / "data"]
    done = run(*words, "--id", "mine", "--sources", tmp_path / "mine.toml")
    assert f"there is a source mine already (in {tmp_path / 'mine.toml'}); choose another id" in done.stderr
    (tmp_path / "mine.toml").write_text(OWN.replace("licence", "license"), encoding="utf-8")
    done = run(*words, "--id", "other", "--sources", tmp_path / "mine.toml")
    assert "mine.toml:1, mine.licence: it is missing" in done.stderr
    assert list(deliveries(tmp_path / "data")) == []
    (tmp_path / "data" / "sources" / "mine").mkdir(parents=True)
    assert "already (fetched into the data folder)" in run(*words, "--id", "mine").stderr


def test_a_source_that_is_called_as_a_delivery_is_not_fetched(tmp_path):
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    file = workbook(tmp_path / "a.xlsx", GOOD)
    common = ["--data", tmp_path / "data"]
    assert run("receive", "measures", file, *SOURCE[2:], "--id", "mine", *common).exit_code == 0
    done = run("fetch", "--offline", "--sources", tmp_path / "mine.toml", *common)
    assert (done.exit_code, "mine: a delivery is called so too" in done.stderr) == (1, True)
