"""Tables as Excel workbooks: the values of a comparison, and the answers of queries."""

from __future__ import annotations

import io
from decimal import Decimal
from time import gmtime
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from endpoint import sheets
from endpoint.formats import WORKBOOK
from loaders.release import Release
from tests.conftest import BASE
from tests.test_comparing import DATASET, VALUES, YEARS


def test_a_machine_whose_clock_stands_in_1970_packs_the_same_workbook(monkeypatch):
    def packed():
        return sheets.as_workbook(sheets.Table("A", [sheets.Column("a")], [["1"]]), [], "en")

    now = packed()
    monkeypatch.setattr("time.localtime", lambda *_: gmtime(0))
    assert packed() == now


def opened(content: bytes) -> tuple[list[tuple[object, ...]], dict[object, object]]:
    """The rows of the first sheet, its headings first, and what the second says."""
    table, about = load_workbook(io.BytesIO(content)).worksheets
    return list(table.iter_rows(values_only=True)), dict(about.iter_rows(values_only=True))


def asked(client: TestClient, query: str, language: str = "en", more: str = ""):
    return client.get(f"/{language}/query.xlsx?query={quote(query)}{more}")


def test_the_values_of_a_comparison_are_numbers_beside_the_names_and_codes_of_their_areas(client, release: Release):
    first, last = YEARS[0], YEARS[1]
    path = f"/sv/compare/{DATASET}.xlsx?area=01&area=12&to={last}"
    answer = client.get(path)
    assert answer.headers["content-type"] == WORKBOOK.content_type
    (head, *rows), about = opened(answer.content)
    named = ("Områdets kod", "Område", "Sektor", "År", "Värde", "Enhet", "Värdets adress", "Källans ord om värdet")
    assert head == named
    assert {(row[0], str(row[3]), Decimal(str(row[4]))) for row in rows} == {
        (area, year, value) for (area, year), value in VALUES.items() if first <= year <= last
    }
    assert {row[1] for row in rows if row[0] == "01"} == {"Stockholms län"}
    assert about["Utgåva"] == release.id
    assert about["Filens adress"] == BASE.iri.rstrip("/") + path


def test_a_page_leads_to_its_workbook_with_what_is_chosen(client: TestClient):
    query = "area=01&from=2010"
    assert (
        f'href="/en/compare/{DATASET}.xlsx?{query.replace("&", "&amp;")}"'
        in client.get(f"/en/compare/{DATASET}?{query}").text
    )


def test_an_answer_keeps_codes_as_text_and_numbers_as_numbers(client: TestClient, release: Release):
    query = (
        'SELECT ?code ?n ?long ?no ?sum { VALUES (?code ?n ?long) { ("01" 2.5 12345678901234567890) } '
        'BIND("=1+1" AS ?sum) }'
    )
    rows, about = opened(asked(client, query).content)
    assert rows == [("code", "n", "long", "no", "sum"), ("01", 2.5, "12345678901234567890", None, "=1+1")]
    assert (about["Release"], about["Number of rows"], about["Query"]) == (release.id, "1", query)
    assert about["Address of the file"] == f"{BASE.iri}en/query.xlsx?query={quote(query)}"


def test_the_query_page_leads_to_the_workbook_of_an_answer_that_fits(client: TestClient):
    fits, too_long = (f"SELECT * {{ ?s ?p ?o }} LIMIT {limit}" for limit in (10, sheets.MOST_CELLS // 3 + 1))
    said = {query: client.get(f"/en/query?query={quote(query)}").text for query in (fits, too_long)}
    said[""] = client.get("/en/query?query=SELECT%20*%20%7B%7D").text
    address = f'href="/en/query.xlsx?query={quote(fits, safe="/")}"'
    assert address in said[fits]
    assert "query.xlsx" not in said[too_long] + said[""]
    assert asked(client, too_long).status_code == 400


@pytest.mark.parametrize(
    ("language", "told"),
    [("sv", "Svaret har fler än 20\N{NO-BREAK SPACE}000 celler"), ("en", "The answer has more than 20,000 cells")],
)
def test_an_answer_that_is_too_long_for_a_workbook_is_told_the_limit_as_people_write_it(client, language, told):
    answer = asked(client, f"SELECT * {{ ?s ?p ?o }} LIMIT {sheets.MOST_CELLS // 3 + 1}", language)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(told)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("ASK {}", "SELECT"),
        ("DESCRIBE <http://example.org/>", "SELECT"),
        ("SELECT * { ?s ?p ?o ?x }", "Line 1"),
        ("SELECT * { ?s ?p ?o }", "LIMIT"),
        ("SELECT * {}", "no columns"),
    ],
)
def test_what_is_no_table_or_too_long_for_one_is_refused_with_the_way_out(client: TestClient, query: str, says: str):
    answer = asked(client, query)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert says in answer.json()["detail"]


def test_an_answer_that_is_another_each_time_is_not_kept(client: TestClient):
    assert asked(client, "SELECT (NOW() AS ?now) {}").headers["cache-control"] == "no-store"
    assert "etag" in asked(client, "SELECT (1 AS ?one) {}").headers


def test_a_text_that_no_cell_holds_is_cut_where_all_see_it():
    long, broken = "å" * (sheets.MOST_LETTERS + 1), "a\x0bb\uffff"
    table = sheets.Table("T", [sheets.Column("a")], [[long], [broken], ["b" * sheets.MOST_LETTERS]])
    rows, about = opened(sheets.as_workbook(table, [], "en"))
    (cut,), (mended,), (whole,) = rows[1:]
    assert (len(cut), len(whole)) == (sheets.MOST_LETTERS, sheets.MOST_LETTERS)
    assert cut.endswith("å […]")
    assert mended == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert about["Texts that are cut"].startswith("1 ")


@pytest.mark.parametrize(
    ("text", "cell"),
    [("12.50", Decimal("12.50")), ("-3", Decimal(-3)), ("1e3", Decimal("1e3")), ("NaN", "NaN"), ("-INF", "-INF"),
     ("123456789012345", Decimal(123456789012345)), ("1234567890123456", "1234567890123456"), ("x", "x"),
     ("1" + "0" * 30, Decimal("1" + "0" * 30)), ("1" + "0" * 400, "1" + "0" * 400), ("1e999", "1e999"),
     ("1e-999", "1e-999"), ("0.0", Decimal("0.0")), ("1_000", "1_000"), ("٣", "٣"), (" 1", " 1"), ("sNaN", "sNaN"),
     (".5", Decimal("0.5"))],
)  # fmt: skip
def test_a_number_is_one_where_a_spreadsheet_keeps_its_value(text: str, cell: object):
    assert sheets.number(text) == cell
    assert type(sheets.number(text)) is type(cell)
