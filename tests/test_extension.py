"""Values that the reconciliation service fetches for the columns of a table."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from ontology.namespaces import SKOS
from tests.reconciling import COUNTY, IN_COUNTY, MUNICIPALITY
from tests.test_pages import table

CELLS = {"id": str, "name": str, "str": str, "float": float, "int": int, "date": str}
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def extended(client: TestClient, ids: list[str], *properties: dict[str, Any], at: str = "/sv/reconcile") -> Any:
    """The answer to a request for values; every cell is as section 7.4 of the specification has it."""
    answer = client.post(at, data={"extend": json.dumps({"ids": ids, "properties": properties})})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [one["id"] for one in told["meta"]] == [one["id"] for one in properties]
    assert list(told["rows"]) == list(dict.fromkeys(ids))
    for row in told["rows"].values():
        assert list(row) == [one["id"] for one in properties]
        for cell in (cell for cells in row.values() for cell in cells):
            assert set(cell) in ({"id", "name"}, {"str"}, {"float"}, {"int"}, {"date"})
            assert all(type(value) is CELLS[name] for name, value in cell.items())
            assert "date" not in cell or DATE.match(cell["date"])
    return told


def test_the_county_of_every_municipality_is_that_of_the_table(client: TestClient) -> None:
    counties = {row["code"]: row["name_sv"] for row in table("counties")}
    expected = {MUNICIPALITY + row["code"]: row["county"] for row in table("municipalities")}
    ids, found = list(expected), {}
    for start in range(0, len(ids), 100):
        told = extended(client, ids[start : start + 100], {"id": IN_COUNTY})
        assert told["meta"][0]["type"]["id"] == "http://localhost:8000/spec/County"
        found |= told["rows"]
    assert {id_: row[IN_COUNTY] for id_, row in found.items()} == {
        id_: [{"id": COUNTY + code, "name": counties[code]}] for id_, code in expected.items()
    }


def test_a_value_is_a_thing_its_name_or_its_address(client: TestClient) -> None:
    malmo = f"{MUNICIPALITY}1280"
    for content, cell in {
        "thing": {"id": f"{COUNTY}12", "name": "Skåne County"},
        "name": {"str": "Skåne County"},
        "iri": {"str": f"{COUNTY}12"},
    }.items():
        told = extended(client, [malmo], {"id": "mg:inCounty", "settings": {"content": content}}, at="/en/reconcile")
        assert told["rows"][malmo]["mg:inCounty"] == [cell]


def test_texts_are_in_the_language_and_values_in_their_types(client: TestClient) -> None:
    objective, county = "http://localhost:8000/id/objective/2", f"{COUNTY}12"
    name, number, coast = str(SKOS.prefLabel), "mg:number", "mg:isCoastal"
    for language, said in (("sv", "Frisk luft"), ("en", "Clean Air")):
        told = extended(client, [objective], {"id": name}, {"id": number}, at=f"/{language}/reconcile")
        assert told["rows"][objective] == {name: [{"str": said}], number: [{"int": 2}]}
    told = extended(client, [county, objective, "unicorn", "\x00"], {"id": coast}, {"id": number})
    assert told["rows"][county] == {coast: [{"str": "true"}], number: []}
    assert told["rows"]["unicorn"] == told["rows"]["\x00"] == {coast: [], number: []}


@pytest.mark.parametrize(("limit", "most"), [("2", 2), (2, 2), (0, None), ("0", None), ("9" * 5000, None)])
def test_no_more_values_come_than_are_wanted(client: TestClient, limit: str | int, most: int | None) -> None:
    measure, partners = "http://localhost:8000/id/measure/ATG004", "mg:partnerText"
    rows = [row for row in table("measure_partners") if row["measure"] == "ATG004"]
    all_of_them = {row["name_sv"] for row in rows if not row["actor"]}
    told = extended(client, [measure], {"id": partners, "settings": {"limit": limit}})["rows"][measure][partners]
    assert len(all_of_them) > 2
    assert len(told) == (most or len(all_of_them))
    assert {one["str"] for one in told} <= all_of_them


def test_the_manifest_tells_the_settings(client: TestClient) -> None:
    told = {one["name"]: one for one in client.get("/en/reconcile").json()["extend"]["property_settings"]}
    assert {name: one["type"] for name, one in told.items()} == {"limit": "number", "content": "select"}
    assert [choice["value"] for choice in told["content"]["choices"]] == ["thing", "name", "iri"]


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ("[]", 400, "extend"),
        ('{"ids": []}', 400, "properties"),
        ('{"ids": [1], "properties": []}', 400, "$.ids[0]"),
        ('{"ids": [], "properties": [{"id": "unicorn"}]}', 400, "suggest/property"),
        ('{"ids": [], "properties": [{"id": "mg:inCounty"}, {"id": "mg:inCounty"}]}', 400, "twice"),
        ('{"ids": [], "properties": [{"id": "mg:inCounty", "settings": {"limit": -1}}]}', 400, "“limit”"),
        ('{"ids": [], "properties": [{"id": "mg:inCounty", "settings": {"content": "all"}}]}', 400, "thing"),
        ('{"ids": [], "properties": [{"id": "mg:' + "x" * 99 + '"}, {"id": "mg:' + "x" * 99 + '"}]}', 400, "x…"),
        (json.dumps({"ids": ["a"] * 101, "properties": []}), 413, "100"),
        (json.dumps({"ids": [], "properties": [{"id": "mg:inCounty"}] * 31}), 400, "30"),
    ],
)
def test_what_cannot_be_fetched_is_refused_by_name(client: TestClient, sent: str, status: int, says: str) -> None:
    answer = client.post("/reconcile", data={"extend": sent})
    assert (answer.status_code, answer.json()["parameter"][:6]) == (status, "extend")
    assert says in answer.json()["detail"]
