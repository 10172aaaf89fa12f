"""What the reconciliation service suggests, tells in short and leads to for who is still typing."""

from __future__ import annotations

from contextlib import closing
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import URIRef
from starlette.testclient import TestClient

from endpoint.search.index import Findings, Index
from loaders.index import PLACE
from ontology import iri
from ontology.kinds import KINDS
from tests.conftest import BASE
from tests.reconciling import COUNTY, IN_COUNTY, MUNICIPALITY
from tests.test_pages import get, table
from tests.turns import is_in_the_loop

HERE = "http://localhost:8000"


def suggested(client: TestClient, of: str, prefix: str, **more: Any) -> list[dict[str, Any]]:
    """What is suggested by a service of the manifest; each as section 6.3 of the specification has it."""
    service = client.get("/sv/reconcile").json()["suggest"][of]
    answer = client.get(service["service_url"] + service["service_path"], params={"prefix": prefix, **more})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    assert answer.headers["content-language"] == "sv"
    result: list[dict[str, Any]] = answer.json()["result"]
    for one in result:
        assert one["id"]
        assert one["name"]
        assert all(type_["id"] for type_ in one.get("notable", []))
    return result


def test_things_are_suggested_by_name_code_and_identifier(client: TestClient) -> None:
    for prefix in ("malm", "1280", f"{MUNICIPALITY}1280"):
        assert suggested(client, "entity", prefix)[0]["id"] == f"{MUNICIPALITY}1280"
    assert suggested(client, "entity", "xyzzyq") == suggested(client, "entity", "") == []


def test_suggestions_go_on_from_a_cursor_and_narrow_to_a_type(client: TestClient) -> None:
    expected = {MUNICIPALITY + row["code"] for row in table("municipalities") if row["code"].startswith("12")}
    seen: list[str] = []
    while found := suggested(client, "entity", "12", type="municipality", cursor=len(seen)):
        seen += [one["id"] for one in found]
    assert len(seen) == len(set(seen))
    assert {id_ for id_ in seen if id_ in expected} == expected
    assert all(id_.startswith(MUNICIPALITY) for id_ in seen)


@pytest.mark.parametrize("type_", [{}, {"type": "county"}])
def test_a_common_word_keeps_nobody_waiting_and_no_more_is_taken_than_is_told(client, release, monkeypatch, type_):
    find, asked = Index.find, []

    def found(index: Index, *about: Any) -> Findings:
        findings = find(index, *about)
        asked.append((is_in_the_loop(), len(findings.hits)))
        return findings

    monkeypatch.setattr(Index, "find", found)
    pages = [suggested(client, "entity", "län", cursor=first, **type_) for first in (0, 10, 20)]
    assert asked == [(False, len(page)) for page in pages]
    with closing(Index(release.path / PLACE)) as index:
        hits = find(index, "län", "sv").hits
    held = {kind for kind, meant in KINDS.items() if meant.is_listed}
    named = (str(BASE.localise(URIRef(iri.documented(hit.document)))) for hit in hits if hit.kind in held)
    told = [one["id"] for page in pages for one in page]
    assert told == [one for one in named if not type_ or one.startswith(COUNTY)][: len(told)]
    assert len(told) == (21 if type_ else 30)


def test_types_and_properties_are_suggested_all_or_by_their_beginning(client: TestClient) -> None:
    types = client.get("/sv/reconcile").json()["defaultTypes"]
    assert [one["id"] for one in suggested(client, "type", "")] == [one["id"] for one in types]
    assert [one["id"] for one in suggested(client, "type", "kommun")] == [f"{HERE}/spec/Municipality"]
    assert [one["id"] for one in suggested(client, "property", "mg:inC")] == [IN_COUNTY]
    of_counties = [one["id"] for one in suggested(client, "property", "", type="county")]
    assert f"{HERE}/spec/countyLetter" in of_counties
    assert IN_COUNTY not in of_counties


def test_properties_are_proposed_for_a_type(client: TestClient) -> None:
    service = client.get("/en/reconcile").json()["extend"]["propose_properties"]
    there = service["service_url"] + service["service_path"]
    told = client.get(there, params={"type": f"{HERE}/spec/Municipality"}).json()
    assert told["type"] == f"{HERE}/spec/Municipality"
    assert IN_COUNTY in [one["id"] for one in told["properties"]]
    assert all(one["name"] for one in told["properties"])
    assert len(client.get(there, params={"type": "county", "limit": 2}).json()["properties"]) == 2


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("suggest/entity?prefix=a&cursor=-1", 400, "cursor"),
        ("suggest/entity?prefix=a&cursor=%C2%B2", 400, "cursor"),
        (f"suggest/entity?prefix={'a' * 201}", 400, "prefix"),
        ("suggest/property?type=unicorn", 400, "type"),
        ("suggest/type?callback=f", 400, "callback"),
        ("properties?type=county&limit=many", 400, "limit"),
        ("preview?id=unicorn", 404, "unicorn"),
        ("preview?id=%00%3Cb%3E", 404, "id="),
        ("preview?id=county/12", 404, "the whole address of a thing"),
        ("view?id=county/12", 404, "the whole address of a thing"),
    ],
)
def test_what_cannot_be_suggested_is_refused_by_name(client: TestClient, path: str, status: int, named: str) -> None:
    answer = client.get(f"/reconcile/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert named in answer.json()["detail"]
    assert "instead" not in answer.json()
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("language", "says"), [("sv", ["Kommun", "i län", "Skåne län"]), ("en", ["Municipality"])])
def test_a_preview_is_a_page_that_others_may_frame(client: TestClient, language: str, says: list[str]) -> None:
    preview = client.get(f"/{language}/reconcile").json()["preview"]
    address = preview["url"].replace("{{id}}", quote(f"{MUNICIPALITY}1280", safe="")).removeprefix(HERE)
    page = get(client, address)
    assert page.of("html") == [{"lang": language}]
    assert set(says) | {"Malmö", "1280"} <= set(page.texts)
    assert f"/res/municipality/1280.{language}.html" in {str(a["href"]) for a in page.of("a")}
    policy = client.get(address).headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "unsafe" not in policy


def test_every_kind_of_thing_has_a_preview(client: TestClient) -> None:
    for type_ in client.get("/en/reconcile").json()["defaultTypes"]:
        first, *_ = client.post(
            "/reconcile", data={"query": f'{{"query": "{type_["name"].split()[0]}", "type": "{type_["id"]}"}}'}
        ).json()["result"] or [None]
        if first is not None:
            assert client.get("/reconcile/preview", params={"id": first["id"]}).status_code == 200, first["id"]
    assert (
        client.get("/reconcile/preview", params={"id": f"{COUNTY}12"}, headers={"Accept-Language": "sv"}).headers[
            "content-language"
        ]
        == "sv"
    )
