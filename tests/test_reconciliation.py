"""`/reconcile`: what is meant by the names in the tables of others, and what becomes of bad input."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import pytest
from rdflib import XSD, Literal
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.reconciliation import entities
from endpoint.reconciliation.likeness import LONGEST
from endpoint.reconciliation.traits import agreement
from endpoint.settings import Settings
from loaders.index import PLACE
from loaders.release import Release, Releases
from ontology.kinds import KINDS
from tests.reconciling import COUNTY, IN_COUNTY, MUNICIPALITY, ask, features, matched
from tests.test_pages import table


def bare(name: str) -> str:
    """A name as it stands where there are no marks: MALMO."""
    return "".join(letter for letter in normalize("NFKD", name) if not combining(letter)).upper()


def test_every_municipality_is_found_by_its_names_and_its_code(client: TestClient) -> None:
    codes = {row["code"]: row["name_sv"] for row in table("municipalities")}
    long = {row["municipality"]: row["long_name_sv"] for row in table("municipality_names")}
    assert len(codes) == len(long) == 290
    for written in (codes, {code: code for code in codes}, long, {code: f"{codes[code]} stad" for code in codes}):
        found = ask(client, *written.values(), type="municipality", limit=3)
        assert [matched(results) for results in found] == [MUNICIPALITY + code for code in written]
    without_marks = Counter(map(bare, codes.values()))
    once = {code: bare(name) for code, name in codes.items() if without_marks[bare(name)] == 1}
    assert len(once) > 280
    found = ask(client, *once.values(), type="municipality", limit=3)
    assert [matched(results) for results in found] == [MUNICIPALITY + code for code in once]


def test_a_code_is_found_that_lost_its_zero_in_a_spreadsheet(client: TestClient) -> None:
    lost = {row["code"]: row["code"][1:] for row in table("municipalities") if row["code"][0] == "0"}
    found = ask(client, *lost.values(), type="municipality", limit=3)
    assert [matched(results) for results in found] == [MUNICIPALITY + code for code in lost]
    assert all(features(results[0])["leading_zero"] for results in found)


def test_every_county_is_found_by_its_names_and_its_codes(client: TestClient) -> None:
    counties = [row["code"] for row in table("counties")]
    swedish = {row["code"]: row["name_sv"] for row in table("counties")}
    english = {row["county"]: row["name_en"] for row in table("county_translations")}
    letters = {row["county"]: row["letter"] for row in table("county_letters")}
    short = {code: name.removesuffix(" County") for code, name in english.items()}
    for written in (swedish, english, letters, short, dict(zip(counties, counties, strict=True))):
        assert list(written) == counties
        found = ask(client, *written.values(), type="http://localhost:8000/spec/County", limit=3)
        assert [matched(results) for results in found] == [COUNTY + code for code in counties]


def test_every_objective_and_every_target_is_found_by_name_and_code(client: TestClient) -> None:
    swedish = {row["number"]: row["name_sv"] for row in table("objectives")}
    english = {row["objective"]: row["name_en"] for row in table("objective_translations")}
    for written, more in ((swedish, {}), (english, {"type": "objective"})):
        found = ask(client, *written.values(), **more)
        assert [matched(results) for results in found] == [f"http://localhost:8000/id/objective/{n}" for n in written]
    targets = [row["code"] for row in table("sdg_targets")]
    for prefix in ("", "Target ", "delmål "):
        found = ask(client, *(prefix + code for code in targets))
        assert [matched(results) for results in found] == [f"http://metadata.un.org/sdg/{code}" for code in targets]


def test_names_that_differ_by_their_kind_lead_to_different_things(client: TestClient) -> None:
    (region,) = [row["actor"] for row in table("actor_names") if row["name_sv"] == "Region Skåne"] or ["region-12"]
    (board,) = [row["actor"] for row in table("county_boards") if row["county"] == "12"]
    actor = "http://localhost:8000/id/actor/"
    expected = {
        "Region Skåne": actor + region,
        "Länsstyrelsen Skåne": actor + board,
        "lansstyrelsen i skane": actor + board,
        board: actor + board,
        board.replace("-", ""): actor + board,
        "Skåne län": f"{COUNTY}12",
        "SE-M": f"{COUNTY}12",
        "Malmö stad": f"{MUNICIPALITY}1280",
        "Malmö kommun": f"{MUNICIPALITY}1280",
        "Malmö": f"{MUNICIPALITY}1280",
        "1280": f"{MUNICIPALITY}1280",
        "MALMO": f"{MUNICIPALITY}1280",
        "N00401": "http://localhost:8000/id/indicator/kolada-N00401",
        f"{MUNICIPALITY}1280": f"{MUNICIPALITY}1280",
    }
    assert [matched(results) for results in ask(client, *expected)] == list(expected.values())


def test_an_s_is_a_genitive_only_where_the_name_stands_without_it(client: TestClient) -> None:
    expected = {"Göteborgs stad": "1480", "Göteborg stad": "1480", "Torsås stad": "0834", "Borås Stad": "1490"}
    found = ask(client, *expected)
    assert [matched(results) for results in found] == [MUNICIPALITY + code for code in expected.values()]
    assert [matched(results) for results in ask(client, "Torsa", "Bora stad")] == [None, None]


def test_a_name_of_an_earlier_time_is_found_and_said_to_be_one(client: TestClient) -> None:
    names = {row["actor"]: row["name_sv"] for row in table("actor_names")}
    dated = {(row["actor"], row["name_sv"]) for row in table("dated_names")}
    earlier = [(actor, name) for actor, name in dated if name not in names.values()]
    assert earlier
    for actor, name in earlier:
        ((first, *_),) = ask(client, name, type="actor")
        assert first["id"] == f"http://localhost:8000/id/actor/{actor}"
        assert features(first)["former_name"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Jordbruksverket", "Statens jordbruksverk"),
        ("Energimyndigheten", "Statens energimyndighet"),
        ("Geologiska undersökningen", "Sveriges geologiska undersökning"),
        ("Trafikverk", "Trafikverket"),
    ],
)
def test_words_that_all_stand_in_one_name_alone_are_likely_it_and_no_match(client, written, meant):
    (found,) = ask(client, written, type="actor", at="/sv/reconcile")
    assert [found[0]["name"], matched(found), features(found[0])["all_words"]] == [meant, None, True]
    assert 80 <= found[0]["score"] < 90
    assert all(other["score"] < 80 for other in found[1:])


def test_a_longer_name_that_holds_the_whole_name_of_a_thing_is_of_something_about_it(client):
    (found,) = ask(client, "Jordbruksverket", at="/sv/reconcile")
    assert (found[0]["name"], found[0]["score"]) == ("Statens jordbruksverk", 80)
    assert any("Statens jordbruksverk" in other["name"] for other in found[1:])


@pytest.mark.parametrize("written", ["Statens", "Länsstyrelsen", "Skåne", "miljö", "för"])
def test_words_of_several_names_or_a_small_part_of_one_leave_open_what_is_meant(client, written):
    (found,) = ask(client, written, type="actor")
    assert all(one["score"] < 80 for one in found)


def test_namesakes_are_told_apart_where_they_are_matched_and_suggested(client):
    (found,) = ask(client, "Statskontoret", type="actor", at="/sv/reconcile")
    told = {one["id"].rpartition("/")[2]: one["description"] for one in found}
    assert told["202100-0852"] == "Aktör 202100-0852 · upphörde 2025-12-31"
    assert told["202100-5026"].startswith("Aktör 202100-5026 · från ")
    suggested = client.get("/sv/reconcile/suggest/entity", params={"prefix": "statskontoret", "type": "actor"}).json()
    assert {one["id"].rpartition("/")[2]: one["description"] for one in suggested["result"]} == told


def test_what_is_meant_by_a_name_of_two_things_is_left_open(client: TestClient) -> None:
    (impact,) = ask(client, "Reduced Climate Impact")
    assert (impact[0]["id"], impact[0]["score"], matched(impact)) == ("http://localhost:8000/id/objective/1", 100, None)
    assert {result["name"] for result in impact[1:] if result["score"] == 100} == {"Reduced climate impact"}
    eight, mistyped, habo = ask(client, "8", "Mamlö", "Habo")
    assert {result["id"] for result in eight if result["score"] == 100} == {
        "http://localhost:8000/id/objective/8",
        "http://metadata.un.org/sdg/8",
    }
    assert matched(eight) is None
    assert (mistyped[0]["name"], matched(mistyped)) == ("Malmö", None)
    assert features(mistyped[0])["misspelling"]
    assert [(one["name"], one["match"]) for one in habo[:2]] == [("Habo", True), ("Håbo", False)]
    assert [features(one)["letters"] for one in habo[:2]] == [True, False]


def test_a_municipality_is_shown_where_two_letters_of_its_name_changed_places(client: TestClient) -> None:
    names = {row["code"]: row["name_sv"] for row in table("municipalities")}
    middles = {code: len(name) // 2 for code, name in names.items() if len(name) >= 5 and name.isalpha()}
    mistyped = {
        code: names[code][: at - 1] + names[code][at] + names[code][at - 1] + names[code][at + 1 :]
        for code, at in middles.items()
        if names[code][at] != names[code][at - 1]
    }
    assert len(mistyped) > 200
    found = ask(client, *mistyped.values(), type="municipality", limit=2)  # Torsa: Torsås or Trosa
    for code, results in zip(mistyped, found, strict=True):
        assert MUNICIPALITY + code in [one["id"] for one in results], mistyped[code]
        assert matched(results) is None, mistyped[code]
    assert sum(results[0]["id"] == MUNICIPALITY + code for code, results in zip(mistyped, found, strict=True)) > 200


def test_what_else_is_known_of_it_decides(client: TestClient) -> None:
    counties = {row["code"]: row["county"] for row in table("municipalities")}
    of_habo, of_habo_too, by_county, by_none = ask(
        client,
        {"query": "Habo", "properties": [{"pid": IN_COUNTY, "v": {"id": COUNTY + counties["0305"]}}]},
        {"query": "Habo", "properties": [{"pid": "mg:inCounty", "v": ["Uppsala", "Norge"]}]},
        {"properties": [{"pid": IN_COUNTY, "v": "Skåne län"}], "limit": 100},
        {"properties": [{"pid": IN_COUNTY, "v": "Atlantis"}]},
    )
    for results in (of_habo, of_habo_too):
        assert matched(results) == f"{MUNICIPALITY}0305"
        assert [features(one)["properties"] for one in results[:2]] == [1.0, 0.0]
    in_skane = {MUNICIPALITY + code for code, county in counties.items() if county == "12"}
    assert {one["id"] for one in by_county} == in_skane
    assert matched(by_county) is None
    assert by_none == []


def test_types_narrow_prefer_or_exclude(client: TestClient) -> None:
    narrowed, preferred, excluded = (
        ask(client, "Stockholm", type=["county", "municipality"], type_strict=how)[0]
        for how in ("any", "should", "all")
    )
    assert {one["type"][0]["id"].rpartition("/")[2] for one in narrowed} == {"County", "Municipality"}
    assert narrowed[0]["id"] == preferred[0]["id"] == f"{MUNICIPALITY}0180"
    assert excluded == []


def test_the_language_is_that_of_the_address_or_the_one_that_is_liked(client: TestClient) -> None:
    said = {
        (path, liked): client.get(f"{path}?query=2&limit=1", headers={"Accept-Language": liked} if liked else {})
        for path in ("/reconcile", "/sv/reconcile", "/en/reconcile")
        for liked in ("", "sv", "en")
    }
    for (path, liked), answer in said.items():
        language = path[1:3] if path != "/reconcile" else liked or "en"
        assert answer.headers["content-language"] == language
        assert ("Accept-Language" in answer.headers["vary"]) == (path == "/reconcile")
        names = {one["name"] for one in answer.json()["result"]}
        assert ("Frisk luft" if language == "sv" else "Clean Air") in names


def test_the_manifest_leads_to_everything(client: TestClient) -> None:
    answer = client.get("/sv/reconcile")
    manifest = answer.json()
    assert "0.2" in manifest["versions"]
    assert {"name", "identifierSpace", "schemaSpace", "view", "batchSize"} <= manifest.keys()
    held = [type_["id"] for type_ in manifest["defaultTypes"]]
    assert len(held) == len(set(held)) >= 15
    for id_ in [f"{MUNICIPALITY}1280", "http://metadata.un.org/sdg/12.3", "http://localhost:8000/spec/County"]:
        seen = client.get(manifest["view"]["url"].replace("{{id}}", id_), follow_redirects=True)
        assert (seen.status_code, seen.headers["content-language"]) == (200, "sv"), id_
    assert client.get(manifest["logo"]).status_code == 200
    page = client.get(manifest["documentation"])
    (first, *_) = ask(client, "Malmö", properties=[{"pid": IN_COUNTY, "v": "12"}])[0]
    for feature in features(first):
        assert manifest["feature_view"]["url"].replace("{{id}}", feature) == f"{page.url}#{feature}"
        assert f'id="{feature}"' in page.text
    assert all(f"<code>{type_['id']}</code>" in page.text for type_ in manifest["defaultTypes"])
    tag = answer.headers["etag"]
    assert client.get("/sv/reconcile", headers={"If-None-Match": tag}).status_code == 304
    assert client.head("/reconcile").status_code == 200
    assert client.options("/reconcile").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.put("/reconcile").status_code == 405
    assert client.get("/reconcile/view?id=http://localhost:8000/id/municipality/9999").status_code == 404


BAD = {
    '{"q0":': "it ends too early.",
    "[]": "the whole is an array, and should be an object.",
    "null": "the whole is null, and should be an object.",
    "[" * 100_000: "should be an object",
    '{"a":' * 50_000: "nested too deeply",
    '{"q0": {}}': "“properties”",
    '{"q0": {"query": 1}}': "$.query",
    '{"q0": {"query": "\\ud800"}}': "queries",
    '{"q0": {"query": "a", "limit": 0}}': "“limit”",
    '{"q0": {"query": "a", "limit": 1e999}}': "$.limit",
    '{"q0": {"query": "a", "limit": "3"}}': "$.limit",
    '{"q0": {"query": "a", "type": "unicorn"}}': "municipality",
    '{"q0": {"query": "a", "type_strict": "maybe"}}': "$.type_strict",
    '{"q0": {"query": "a", "properties": [{"pid": "unicorn", "v": 1}]}}': "suggest/property",
    '{"q0": {"query": "a", "properties": [{"pid": "\\u0000<>", "v": 1}]}}': "suggest/property",
    '{"q0": {"query": "a", "properties": [{"pid": "mg:inCounty", "v": {}}]}}': "“id”",
    '{"q0": {"query": "a", "properties": [{"pid": "mg:inCounty", "v": [1,2,3,4,5,6,7,8,9,10,11]}]}}': "10",
}


@pytest.mark.parametrize(
    ("known", "there", "share"),
    [
        (1234567.0, "1234567", 1.0),
        (1234567.0, "1234570", 0.0),
        ("1234567.0", "1234567", 1.0),
        (0.1, "0.10", 1.0),
        (1e22, "10000000000000000000000", 1.0),
        ("9007199254740993", "9007199254740992", 0.0),
        ("sNaN", "1", 0.0),
        ("1e999999999999999999999", "1", 0.0),
    ],
)
def test_numbers_are_the_same_when_all_their_digits_are(known: str | float, there: str, share: float) -> None:
    beside: Any = None  # what is asked of names and references, which a number is none of
    values = {"p": [Literal(there, datatype=XSD.decimal)]}
    assert agreement(beside, beside, [("p", [known])], values) == share


@pytest.mark.parametrize("sent", BAD, ids=lambda sent: sent[:60])
def test_what_is_wrong_with_a_batch_is_said(client: TestClient, sent: str) -> None:
    answer = client.post("/reconcile", data={"queries": sent})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["parameter"].startswith("queries")
    assert BAD[sent] in answer.json()["detail"]


def test_a_cell_that_no_name_can_be_has_no_candidates(client: TestClient) -> None:
    cells = ["", "  ", "a\x00b<>\"'", "\u202e", "x" * LONGEST * 2, "(*)' OR 1=1 --", "\U0010ffff", "%ED%A0%80"]
    for results in ask(client, *cells, limit=100):
        assert all(not one["match"] for one in results)
    evil = [{"pid": IN_COUNTY, "v": value} for value in ('"\\\x00<>}', {"id": 'no <iri> " }'}, 1e300, True)]
    assert ask(client, *({"properties": [one]} for one in evil)) == [[]] * len(evil)


def test_too_much_is_refused_by_the_limit_that_it_meets(client: TestClient) -> None:
    answer = client.post("/reconcile", data={"queries": json.dumps({str(n): {"query": "a"} for n in range(5000)})})
    told = answer.json()
    assert (answer.status_code, told["setting"], told["limit"]) == (413, "max_batch", 100)
    assert client.get("/reconcile").json()["batchSize"] == told["limit"]
    assert client.post("/reconcile", data={"queries": "x" * 2**20}).status_code == 413


@pytest.mark.parametrize(
    ("form", "content_type", "status"),
    [
        (b"queries=%ED%A0%80%FF", "application/x-www-form-urlencoded", 400),
        (b"queries=\xed\xa0\x80\xff", "application/x-www-form-urlencoded", 400),
        (b"other=1", "application/x-www-form-urlencoded", 400),
        (b"query=a&queries=%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(client: TestClient, form: bytes, content_type: str, status: int) -> None:
    answer = client.post("/reconcile", content=form, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("path", ["/reconcile?callback=f", "/sv/reconcile?query=a&jsonp=f"])
def test_jsonp_is_refused_with_the_way_out(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "CORS" in answer.json()["detail"]


def test_a_kind_that_there_is_no_room_for_is_no_type(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = {entity.kind.name for entity in entities.read_names(release.path / PLACE).values()}
    counts = Counter(entity.kind.name for entity in entities.read_names(release.path / PLACE).values())
    monkeypatch.setattr(entities, "MOST_NAMES", 1000)
    held = entities.read_names(release.path / PLACE).values()
    assert sum(len(entity.names) for entity in held) <= 1000
    kept = {entity.kind.name for entity in held}
    assert {"objective", "county"} <= kept < everything
    assert Counter(entity.kind.name for entity in held) == {kind: counts[kind] for kind in kept}


def test_an_earlier_release_matches_names_in_its_own_place(client: TestClient, release: Release) -> None:
    manifest = client.get(f"/releases/{release.id}/en/reconcile").json()
    assert manifest["documentation"].startswith(f"http://localhost:8000/releases/{release.id}/en/")
    (found,) = ask(client, "Malmö stad", at=f"/releases/{release.id}/reconcile")
    assert matched(found) == f"{MUNICIPALITY}1280"
    seen = client.get(manifest["view"]["url"].replace("{{id}}", f"{COUNTY}12"))
    assert (seen.status_code, seen.headers["location"]) == (303, f"/releases/{release.id}/res/county/12.en.html")


def test_a_release_from_before_there_was_an_index_says_that_there_is_none(tmp_path: Path, release: Release) -> None:
    folder = tmp_path / "data"
    shutil.copytree(release.path.parent.parent, folder)
    old = Releases(folder).current()
    (old.path / PLACE).unlink()
    with TestClient(create_app(old, Settings(folder, workers=1, page_workers=1))) as without:
        for path in ("/reconcile", "/en/reconciliation", "/reconcile/view?id=a", "/reconcile/suggest/type"):
            assert without.get(path).status_code == 404
        assert without.post("/reconcile", data={"query": "a"}).status_code == 404


def test_no_type_stands_for_things_without_a_page_of_their_own(client: TestClient) -> None:
    named = {type_["name"] for type_ in client.get("/sv/reconcile").json()["defaultTypes"]}
    assert named <= {kind.one.sv for kind in KINDS.values() if kind.is_listed}
