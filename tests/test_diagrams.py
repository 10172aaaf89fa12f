"""Diagram exports as sources: what the columns of a workbook become, and what is refused, with its sheet and cell.

No real export was at hand. The workbooks are written as Highcharts documents its table, with the values that the tables
have of forest birds, read second hand.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from loaders.client import Patience
from loaders.curated import Curated, read_all
from loaders.diagram_files import read_values
from loaders.diagram_mapping import Diagram
from loaders.diagrams import DiagramNewest, DiagramSeries
from loaders.endings import ended_by_sources
from loaders.fetch import How, fetch
from loaders.indicator_updates import IndicatorUpdate
from loaders.indicators import Indicator
from loaders.lifecycle import History
from loaders.live import read_live_sources
from loaders.live_rows import read_catch, read_live
from loaders.release import Releases
from ontology.namespaces import MG
from ontology.schemes import Confidence, Unit
from tests.builds import write_few_tables
from tests.expected import rows as lines
from tests.fetching import fault_of
from tests.services import misbehaviour as ways
from tests.services.static_files import StaticFiles
from tests.test_lifecycle import publish

EXAMPLE = Path(__file__).parents[1] / "docs" / "diagram-example.toml"
SOURCE = read_live_sources(EXAMPLE)["example-forest-birds"]
BIRDS = "Häckande fåglar i skogen"
INDICATOR = "miljomal-iid-50"
"""An indicator that few tables have; that of the example they have not."""

YEARS = [
    (int(row["period"]), float(row["value"])) for row in lines("observations") if row["dataset"] == "forest-birds-2024"
]


def workbook(*table, sheet="Sheet1", change=lambda _: None):
    """A workbook of one sheet, as the converter has it that Highcharts' documentation names."""
    book = Workbook()
    book.active.title = sheet
    for line in table:
        book.active.append(line)
    change(book.active)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def birds(*more, **how):
    return workbook(["Category", BIRDS], *YEARS, *more, **how)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    folder = tmp_path_factory.mktemp("diagrams")
    write_few_tables(folder / "tables")
    return folder / "tables"


@pytest.fixture(scope="module")
def rows(few):
    return read_all(few).rows


def source_with(**changes):
    """The example with other lines about the diagram."""
    told = SOURCE.diagram.model_dump(exclude_none=True) | {"indicator": INDICATOR} | changes
    diagram = Diagram.model_validate({name: value for name, value in told.items() if value is not None})
    return SOURCE.model_copy(update={"diagram": diagram, "is_private": True, "calls_per_second": 1000.0})


def source_at(service, name="export.xlsx", **changes):
    """The example as a source whose file the service has."""
    return source_with(file=None, retrieved=None, path=name, **changes).model_copy(update={"address": service.address})


def fetched(folder, source, rows):
    """What became of the source, and the rows that it gives."""
    how = How(patience=Patience(attempts=1), check=lambda source, cache, catch: read_catch(source, cache, catch, rows))
    (done,) = fetch(folder, [(source, None)], how)
    live = read_live(folder, {source.id: source}, rows).rows if done.why is None else ()
    return done, live


# --- what it becomes


def test_a_file_on_this_machine_gives_the_values_that_it_has_on_the_day_it_was_got(tmp_path, rows):
    (tmp_path / SOURCE.diagram.file).write_bytes(birds())
    done, live = fetched(tmp_path, source_with(folder=tmp_path), rows)
    assert (done.why, done.kept) == (None, "2026-11-20")
    (title,) = (row.name_sv for row in rows if isinstance(row, Indicator) and row.key == INDICATOR)
    (series,) = (row for row in live if isinstance(row, DiagramSeries))
    assert series.key == "diagram-example-forest-birds/SE"
    assert series.title_sv == f"{title}, Sverige"
    assert [(int(year), float(value)) for year, value, _ in series.values] == YEARS
    assert "106.42" in {value for _, value, _ in series.values}
    (newest,) = (row for row in live if isinstance(row, DiagramNewest))
    assert (newest.indicator, newest.newest_period) == (INDICATOR, "2024")


def test_the_newest_year_that_diagrams_say_no_more_ends_once(tmp_path, rows):
    (tmp_path / SOURCE.diagram.file).write_bytes(birds())
    one = source_with(folder=tmp_path)
    other = one.model_copy(update={"id": "example-other"})
    sources = {source.id: source for source in (one, other)}
    for source in sources.values():
        assert fetched(tmp_path / "data", source, rows)[0].why is None
    there = "id/row/diagram_newest_periods/" + INDICATOR
    publish(tmp_path, "2026-01-01-aaaaaaaaaaaa", {there: f"{MG}Row", "id/row/other_newest_periods/1": f"{MG}Row"})
    stated = IndicatorUpdate(
        indicator=INDICATOR, updated="2026-01-01", newest_period="2024", source_id="x", confidence=Confidence.CERTAIN
    )
    live = read_live(tmp_path / "data", sources, [*rows, stated]).rows
    assert not [row for row in live if isinstance(row, DiagramNewest)]
    ended = ended_by_sources(Curated(live, (), {}), {}, "2030-01-01", History(Releases(tmp_path)))
    assert [(row.identifier, row.source_id) for row in ended] == [(there, one.id)]


def test_an_address_is_asked_for_what_has_changed_alone(tmp_path, rows):
    (tmp_path / "export.xlsx").write_bytes(birds())
    with StaticFiles(folder=tmp_path) as service:
        source = source_at(service)
        assert fetched(tmp_path / "data", source, rows)[0].why is None
        assert [done.why for done in fetch(tmp_path / "data", [(source, None)], How(is_anew=True))] == [None]
        assert (service.unchanged, service.breaches) == (1, [])


def read(body, latest="2099", **changes):
    return read_values(source_with(**changes).diagram, body, latest)


def test_columns_are_areas_or_parts_and_a_gap_is_none_before_the_first_value_and_after_the_last():
    table = [
        ["DateTime", "Kvinnor", "Män", "Mål"],
        ["2019-01-01 00:00:00", None, 1, 9],
        [date(2020, 1, 1), "1\u202f234,5", "−2", 9],
        ["2021", "..", None, 9],
        [2022, 3e-07, 4, None],
        [2023, 0, None, None],
        [2030, None, None, 9],
        ["Källa: påhittad"],
    ]
    parts = {"Kvinnor": {"sex": "women"}, "Män": {"sex": "men"}}
    found = read(
        workbook([], ["En rubrik"], *table),
        "2026",
        year="DateTime",
        area="SE",
        series=parts,
        left_out=("Mål",),
        no_value=("..",),
    )
    assert found == {
        ("SE", "women"): {"2020": ("1234.5", ""), "2021": ("", ".."), "2022": ("0.0000003", ""), "2023": ("0", "")},
        ("SE", "men"): {"2019": ("1", ""), "2020": ("-2", ""), "2021": ("", ""), "2022": ("4", "")},
    }


def test_a_number_that_is_shown_as_a_percentage_is_read_as_it_is_shown():
    def as_shares(sheet):
        sheet["B2"].number_format = "0.0%"

    table = workbook(["Category", BIRDS], [2020, 0.123], [2021, 12.5], change=as_shares)
    assert read(table, unit=Unit.PERCENT) == {("SE", ""): {"2020": ("12.3", ""), "2021": ("12.5", "")}}
    with pytest.raises(ValueError, match=r"^Sheet1!B2: '0\.123': it is shown as a percentage"):
        read(table)


@pytest.mark.parametrize("shown", ['0"%"', r"0\%", "0_%"])
def test_a_number_with_a_percent_sign_that_is_only_written_beside_it_is_what_it_is(shown):
    def with_sign(sheet):
        sheet["B2"].number_format = shown

    table = workbook(["Category", BIRDS], [2020, 12], change=with_sign)
    assert read(table, unit=Unit.PERCENT) == {("SE", ""): {"2020": ("12", "")}}


@pytest.mark.parametrize(
    ("stored", "shown"), [("0.30000000000000004", "0.3"), ("2.9999999999999996", "3"), ("1.1000000000000001", "1.1")]
)
def test_what_a_formula_gives_is_read_with_the_digits_that_a_spreadsheet_shows(stored, shown):
    table = workbook(["Category", BIRDS], [2020, 0.123456])
    with zipfile.ZipFile(BytesIO(table)) as parts, zipfile.ZipFile(anew := BytesIO(), "w") as changed:
        for name in parts.namelist():
            changed.writestr(name, parts.read(name).replace(b"0.123456", stored.encode()))
    assert read(anew.getvalue()) == {("SE", ""): {"2020": (shown, "")}}


def test_headings_that_look_the_same_are():
    table = workbook(["Årtal", "Ton\u00a0CO2"], [2020, 1])
    mapping = {"year": "A\u030artal ", "series": {"Ton  CO2": {"area": "SE"}}}
    assert read(table, **mapping) == {("SE", ""): {"2020": ("1", "")}}


def test_a_table_of_highcharts_in_csv_is_read_where_its_decimals_are_told():
    table = f'\ufeff"Category";"{BIRDS}"\n"2020";106,425\n"2021";98\n'.encode()
    with pytest.raises(ValueError, match=r"^B2: '106,425': , can part thousands or decimals"):
        read(table)
    assert read(table, decimal_mark=",") == {("SE", ""): {"2020": ("106.425", ""), "2021": ("98", "")}}


# --- what is wrong


def struck(sheet):
    sheet["B4"].font = Font(strike=True)


def white(sheet):
    sheet["B4"].font = Font(color="FFFFFF")


def flat(sheet):
    sheet.row_dimensions[5].height = 0.01


def merged(sheet):
    sheet.merge_cells("B3:B4")


def hide(what):
    """What hides a line, a column, or the sheet, which gets another name, beside one that is shown."""

    def change(sheet):
        if what.isdigit():
            sheet.row_dimensions[int(what)].hidden = True
        elif len(what) == 1:
            sheet.column_dimensions[what].hidden = True
        else:
            sheet.title, sheet.sheet_state = what, "hidden"
            sheet.parent.create_sheet("Om").append(["Om diagrammet"])

    return change


WRONG = {
    "Sheet1!B25: '1,200': , can part thousands": birds([2025, "1,200"]),
    "Sheet1!B25: 'cirka 5': this is no number": birds([2025, "cirka 5"]),
    "Sheet1!B25: '..': this is no number; signs for no value are named": birds([2025, ".."]),
    "Sheet1!B25: its formula gives #DIV/0!": birds([2025, "#DIV/0!"]),
    "Sheet1!B25: its formula has no value saved with it": birds([2025, "=B24*2"]),
    "Sheet1!B4: '121.18': this is struck through": birds(change=struck),
    "Sheet1!B4: '121.18': its letters have the colour of what is behind them": birds(change=white),
    "Sheet1!A5: '2005': the line is hidden or filtered away; let the workbook": birds(change=flat),
    "Sheet1!B4: it is merged with others (B3:B4)": birds(change=merged),
    "Sheet1!A25: '1850': this is no year between 1900 and 2099": birds([1850, 5]),
    "Sheet1!A25: '2020–2022': this is no year": birds(["2020–2022", 5]),
    "Sheet1!A25: '2025-07-01': this is a day within a year": birds([date(2025, 7, 1), 5]),
    "Sheet1!A25: '2030': values of 2030 cannot have been measured in 2026": birds([2030, 5]),
    "Sheet1!A25: this is no year": birds([None, 5]),
    "Sheet1!B25: '7': Häckande fåglar i skogen has 109.07 for 2024 in B24: only one can hold": birds([2024, 7]),
    "Sheet1!C25: '7': it stands under no heading": birds([2025, 5, 7]),
    "Sheet1!C1: 'Trend': the sources file does not say what this column is": workbook(
        ["Category", BIRDS, "Trend"], [2020, 1, 2]
    ),
    "Sheet1!C1: 'Häckande fåglar i skogen': the column B1 is called so too": workbook(
        ["Category", BIRDS, BIRDS], [2020, 1, 2]
    ),
    "there is no column called 'Häckande fåglar i skogen'; there are: Category, Fåglar": workbook(
        ["Category", "Fåglar"], [2020, 1]
    ),
    "Sheet1!A5: '2005': the line is hidden or filtered away; let the workbook show it, or": birds(change=hide("5")),
    "Sheet1!B1: 'Häckande fåglar i skogen': the column is hidden; let the workbook show it, or": birds(
        change=hide("B")
    ),
    "has the heading 'Category' (year) in Gamla (hidden), Om; say what": birds(change=hide("Gamla")),
    "has the heading 'Category' (year) in Blad1; say what": workbook(["År", BIRDS], [2020, 1], sheet="Blad1"),
    "there is no value in it": workbook(["Category", BIRDS], [2020, None]),
    "this is a web page, or a table in one that is called .xls": b"\xef\xbb\xbf<html xmlns:o='urn:x'><table><tr><td>1",
    "this is no Excel workbook that can be read": birds()[:2000],
}


@pytest.mark.parametrize("hidden", ["read", "left-out"])
def test_the_sources_file_says_what_is_done_with_what_a_workbook_hides(hidden):
    def change(sheet):
        hide("3")(sheet)
        hide("C")(sheet)

    body = workbook(["Category", "A", "Old"], [2020, 1, 5], [2021, 2, 6], [2022, 3, 7], change=change)
    said = {"left_out": ["Old"]} if hidden == "left-out" else {}
    a, old = {"sex": "women"}, {"sex": "men"}
    series = {"A": a, "Old": old} if hidden == "read" else {"A": a}
    values = read_values(source_with(hidden=hidden, series=series, area="SE", **said).diagram, body)
    years = {part: list(found) for (_, part), found in values.items()}
    assert (
        years
        == {
            "read": {"women": ["2020", "2021", "2022"], "men": ["2020", "2021", "2022"]},
            "left-out": {"women": ["2020", "2022"]},
        }[hidden]
    )


def test_a_series_whose_column_is_hidden_and_so_left_out_is_a_fault():
    told = f"there is no column that is shown called {BIRDS!r}; there are: Category"
    with pytest.raises(ValueError, match=re.escape(told)):
        read_values(source_with(hidden="left-out").diagram, birds(change=hide("B")))


def test_a_hidden_sheet_is_read_where_the_sources_file_names_it():
    assert read_values(source_with(sheet="Gamla").diagram, birds(change=hide("Gamla")))


@pytest.mark.parametrize("told", WRONG)
def test_a_fault_is_told_with_its_sheet_and_cell_and_nothing_is_taken(told):
    with pytest.raises(ValueError, match=re.escape(told)):
        read(WRONG[told], "2026")


def test_the_way_out_of_another_encoding_is_one_that_there_is_for_a_source():
    with pytest.raises(ValueError, match=r"^line 1 is not UTF-8; save the file as “CSV UTF-8”$"):
        read(f"Category,{BIRDS}\n2020,1\n".encode("cp1252"), "2026")


def test_every_fault_of_a_file_is_told_and_nothing_of_it_is_kept(tmp_path, rows):
    (tmp_path / "export.xlsx").write_bytes(birds([2025, "x"], [1850, 1]))
    with StaticFiles(folder=tmp_path) as service:
        done, _ = fetched(tmp_path / "data", source_at(service), rows)
        assert done.why.startswith(f"{service.address}export.xlsx: Sheet1!B25: 'x'")
        assert (done.kept, "Sheet1!A26: '1850'" in done.why) == (None, True)
        service.misbehave(ways.web_page())
        assert "this is a web page" in fetched(tmp_path / "data", source_at(service), rows)[0].why
        service.misbehave(ways.swollen(1 << 23))
        assert "longer than 5,000,000 bytes" in fetched(tmp_path / "data", source_at(service), rows)[0].why


def test_a_source_of_a_sources_file_is_called_otherwise_than_those_of_the_tables(tmp_path, rows):
    (tmp_path / SOURCE.diagram.file).write_bytes(birds())
    done, _ = fetched(tmp_path, source_with(folder=tmp_path).model_copy(update={"id": "editors"}), rows)
    assert done.why.startswith("editors: sources.csv has a source of that id; call this one otherwise")


def test_what_cannot_be_had_of_a_file_on_this_machine_is_told_with_its_name(tmp_path, rows):
    (tmp_path / "data").mkdir()
    here = {"folder": tmp_path, "file": "a.xlsx"}
    assert f"a.xlsx: {tmp_path}/a.xlsx cannot be read" in fetched(tmp_path / "data", source_with(**here), rows)[0].why
    assert "/data is no file" in fetched(tmp_path / "data", source_with(folder=tmp_path, file="data"), rows)[0].why
    (tmp_path / "a.xlsx").write_bytes(birds())
    to_come = fetched(tmp_path / "data", source_with(**here, retrieved="2099-01-01"), rows)[0].why
    assert "2099-01-01, by the sources file, and that day is to come" in to_come
    with_none = source_with(**here, indicator="sverigesmiljomal-nobody")
    assert "there is no indicator sverigesmiljomal-nobody" in fetched(tmp_path / "data", with_none, rows)[0].why
    elsewhere = source_with(**here, series={BIRDS: {"area": "99"}})
    assert "there is no area 99 in our tables" in fetched(tmp_path / "data", elsewhere, rows)[0].why
    (tmp_path / "a.xlsx").write_bytes(b" " * 5_000_001)
    assert "longer than 5,000,000 bytes" in fetched(tmp_path / "data", source_with(**here), rows)[0].why


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('file = "hackande-faglar-i-skogen.xlsx"\n', "", "name one of them"),
        ("retrieved = 2026-11-20\n", "", "file and retrieved go together"),
        ('file = "hack', 'path = "../x"\nfile = "hack', "a path below the address of the source"),
        ('year = "Category"', 'year = "Category"\nfolder = "/"', "from where the sources file lies"),
        ('area = "SE"', 'sex = "men"', "of which area is Häckande fåglar i skogen?"),
        ('area = "SE"', 'area = "SE", sex = "men", sector = "transporter"', "all by sector, or none is"),
        ('} }', '}, "Fåglar" = { area = "SE" } }', "two columns are both SE"),
        ('year = "Category"', f'year = "{BIRDS}"', "is said to be two things"),
        ('unit = "index-2002"', 'unit = "as-named"', "unit_in_words is the unit in words"),
        ("[example-forest-birds.diagram]", '[example-forest-birds.query]\nfile = "a.rq"\n[example.diagram]', "a.rq"),
    ],
)  # fmt: skip
def test_a_fault_of_the_mapping_is_named(tmp_path, old, new, told):
    assert told in fault_of(Path(shutil.copy(EXAMPLE, tmp_path)), old, new)


def test_the_example_is_of_an_indicator_of_the_tables_and_every_line_is_documented():
    assert SOURCE.diagram.indicator in {row["id"] for row in lines("indicators")}
    assert not [source.id for source in read_live_sources().values() if source.diagram]
    told = re.findall(r"`diagram\.([a-z_]+)`", (EXAMPLE.parent / "fetch.md").read_text(encoding="utf-8"))
    assert sorted(told) == sorted(Diagram.model_fields.keys() - {"folder"})
