"""The mappings as an Excel workbook: as the tables have them, in words."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from openpyxl import load_workbook
from starlette.testclient import TestClient

from endpoint.formats import WORKBOOK
from tests import expected
from tests.conftest import BASE
from tests.test_mappings import address, filters, many


def workbook(client: TestClient, path: str) -> tuple[list[dict[str, str | None]], list[tuple[str, str]]]:
    """The rows of the first sheet by their headings, and those of the second."""
    answer = client.get(path)
    assert answer.headers["content-type"] == WORKBOOK.content_type
    table, about = load_workbook(io.BytesIO(answer.content)).worksheets
    headings, *rows = table.iter_rows(values_only=True)
    assert {cell.data_type for row in table.iter_rows() for cell in row if cell.value} == {"s"}
    return [dict(zip(headings, row, strict=True)) for row in rows], list(about.iter_rows(values_only=True))


@many
@given(filters)
def test_a_workbook_has_the_chosen_mappings_in_words(client: TestClient, chosen: dict[str, str]) -> None:
    rows, about = workbook(client, f"/mappings.sv.xlsx?{address(chosen)}")
    standings = {"published": "publicerad", "editorial": "redaktionell", "proposed": "föreslagen"}
    found = [(row["Miljömål, nummer"], row["Mål eller delmål, nummer"], row["Ställning"], row["Motivering"])
             for row in rows]  # fmt: skip
    assert sorted(found, key=str) == sorted(
        ((row["subject_key"], row["object"], standings[row["standing"]], row["justification_sv"] or None)
         for _, _, row in expected.mappings_in_matrix(**chosen)), key=str)  # fmt: skip
    assert dict(about)["Antal kopplingar"] == str(len(found))


def test_a_workbook_says_what_a_published_mapping_rests_on_and_who_stands_behind_it(client: TestClient) -> None:
    rows, about = workbook(client, "/mappings.en.xlsx?objective=4&goal=12")
    wanted = expected.mappings_in_matrix(objective="4", goal="12")
    authors = {row["object"]: row["author"] for _, _, row in wanted if row["standing"] == "published"}
    assert {
        row["Goal or target, number"]: row["Stated by"] for row in rows if row["Standing"] == "published"
    } == authors
    assert authors
    for row in rows:
        assert bool(row["How sure the reading of the source is"]) == (row["Standing"] == "published")
        assert client.get(row["Address of the mapping"].removeprefix(BASE.iri.rstrip("/"))).status_code == 303
    assert dict(about)["Address of the file"] == f"{BASE.iri}mappings.en.xlsx?objective=4&goal=12"


def test_a_workbook_says_whose_mappings_it_holds(client: TestClient) -> None:
    some, about_some = workbook(client, "/mappings.en.xlsx?goal=13")
    every, about_every = workbook(client, "/mappings.en.xlsx?goal=13&of=all")
    assert len(some) < len(every)
    assert "not here" in dict(about_some)["Coverage"]
    wider = dict(about_some)["With those of milestone targets and indicators"]
    assert wider == dict(about_every)["Address of the file"] == f"{BASE.iri}mappings.en.xlsx?goal=13&of=all"
    assert "milestone targets" in dict(about_every)["Coverage"]
    assert "not here" not in dict(about_every)["Coverage"]


def test_a_workbook_is_the_same_bytes_each_time(client: TestClient) -> None:
    one, other = (client.get("/mappings.sv.xlsx?goal=6", headers={"Cache-Control": "no-cache"}) for _ in range(2))
    assert one.content == other.content
    assert one.headers["content-disposition"].endswith('.sv.xlsx"')


@pytest.mark.parametrize(("language", "other"), [("sv", "en"), ("en", "sv")])
def test_a_reader_is_offered_the_workbook_of_the_language(client: TestClient, language: str, other: str) -> None:
    for path in (f"/{language}/mapping", f"/{language}/data", f"/res/objective/7.{language}.html"):
        html = client.get(path).text
        assert f'href="/mappings.{language}.xlsx' in html
        assert f"mappings.{other}.xlsx" not in html
