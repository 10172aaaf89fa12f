"""Indicators: what follows what up, what is only proposed, how fresh they are, and what becomes of bad rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.local import run_query
from endpoint.parts.indicators import Freshness, freshness
from endpoint.settings import Settings
from loaders.build import build
from loaders.curated import read_all
from loaders.release import Release
from loaders.table import TableProblems
from loaders.workshop import Refused
from ontology.base import Base
from queries import catalogue
from tests import expected_indicators as expected
from tests.builds import write_few_tables
from tests.expected import objectives_in_order, rows
from tests.test_pages import Page
from tests.test_table import append

LOCAL = Base("http://localhost:8000/")


def key_of(thing: str) -> str:
    return thing.rpartition("/")[2]


# ---- the questions


@pytest.mark.parametrize("objective", ["1", "9", "12", "15"])
def test_the_indicators_of_an_objective_with_supplier_and_source_system(ask, objective):
    columns = ("indicator", "supplier", "system", "main")
    found = ask("indicators-of-an-objective", *columns, objective=objective)
    assert {(key_of(one), *rest) for one, *rest in found} == expected.suppliers_and_systems(objective)


def test_the_indicators_with_municipal_values_for_a_good_built_environment(ask):
    found = [
        (key_of(one), name)
        for one, name in ask("indicators-with-municipal-values", "indicator", "name", objective="15")
    ]
    assert sorted(found) == sorted(expected.with_values("objective", "15", "municipal"))
    assert len(found) == 8


def test_the_proposed_indicators_are_39_links_of_36_indicators(ask):
    found = {
        (key_of(one), "/".join(goal.split("/")[-2:]))
        for one, goal in ask("indicators-that-are-proposed", "indicator", "goal")
    }
    assert found == expected.proposed()
    assert (len(found), len({one for one, _ in found})) == (39, 36)


def test_no_proposal_is_a_plain_triple(ask):
    stated = {key_of(one) for one, *_ in ask("indicators-of-an-objective", "indicator", objective="8")}
    assert stated.isdisjoint(one for one, _ in expected.proposed())


def test_the_information_systems_with_operator_and_number_of_indicators(ask):
    found = {(n, o, int(c)) for n, o, c in ask("information-systems", "name", "operator", "indicators")}
    assert found == expected.systems()
    assert {"Åtgärdswebben", "Kolada", "Sverigesmiljömål.se", "Naturvårdsregistret"} <= {name for name, *_ in found}


@pytest.mark.parametrize("target", ["12.3", "3.9"])
def test_the_path_from_a_global_target_to_indicators(ask, target):
    columns = ("milestone", "goal", "indicator")
    found = {tuple(map(key_of, row)) for row in ask("from-an-sdg-target-to-indicators", *columns, target=target)}
    assert found == expected.from_a_target(target)
    if target == "12.3":
        assert {(code, goal) for code, goal, _ in found} == {("MS1", "15"), ("MS1", "GEN-7"), ("MS2", "")}


# ---- tables without rows, and how fresh an indicator is


def test_no_cadence_and_no_update_was_read_yet_as_the_list_of_indicators_says(ask, client):
    assert (rows("indicator_cadences"), rows("indicator_updates")) == ([], []), "mend the words indicators-list-text"
    assert ask("indicators-overdue", "indicator") == []
    assert "uppdateras har inte lästs i någon källa" in client.get("/sv/kinds/indicator").text
    assert "går därför inte" in client.get("/res/indicator/kolada-N00401.sv.html").text


@pytest.fixture(scope="module")
def dated(tmp_path_factory) -> Release:
    """A small release with cadences and updates: overdue, on time, without an update, and of one that ended."""
    folder = tmp_path_factory.mktemp("dated")
    tables = folder / "tables"
    write_few_tables(tables)
    for key in ("kolada-N00401", "kolada-N00510", "kolada-N00511", "miljomal-iid-50"):
        append(tables, "indicator_cadences", f"{key},12,editors,likely")
    append(tables, "indicator_updates", "kolada-N00401,2024-06-10,2022,editors,likely")
    append(tables, "indicator_updates", "kolada-N00510,2026-06-10,,editors,likely")
    append(tables, "indicator_updates", "miljomal-iid-50,2012-06-10,2011,editors,likely")
    return build(folder / "data", LOCAL, tables).release


@pytest.fixture(scope="module")
def reader(dated: Release) -> Iterator[TestClient]:
    with TestClient(create_app(dated, Settings(dated.path.parent.parent, workers=2)), base_url=LOCAL.iri) as client:
        yield client


def test_an_indicator_is_overdue_by_its_own_cadence(dated):
    answer = run_query(dated, catalogue.questions()["indicators-overdue"].text, "csv").decode()
    assert [key_of(line.partition(",")[0]) for line in answer.splitlines()[1:]] == ["kolada-N00401"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("kolada-N00401", "Updated every 12 months, latest on 2024-06-10. A new update was due by"),
        ("kolada-N00401", "The newest values are for 2022."),
        ("kolada-N00510", "Updated every 12 months, latest on 2026-06-10."),
        ("kolada-N00511", "When it was last updated is not recorded here."),
        ("miljomal-iid-50", "The indicator is no longer updated."),
    ],
)
def test_a_page_says_how_fresh_an_indicator_is(reader, key, said):
    assert said in reader.get(f"/res/indicator/{key}.en.html").text


@pytest.mark.parametrize(
    ("updated", "cadence", "stands"),
    [
        ("2025-11-23", 12, Freshness.ON_TIME),
        ("2025-11-22", 12, Freshness.OVERDUE),
        ("2025-10-30", 12, Freshness.OVERDUE),
        ("2025-12-01", 12, Freshness.ON_TIME),
        ("2026-10-24", 1, Freshness.ON_TIME),
        (None, 12, Freshness.NO_UPDATE),
        ("2025-11-22", None, Freshness.NO_CADENCE),
    ],
)
def test_an_update_is_due_when_its_months_have_gone(updated, cadence, stands):
    assert freshness(False, cadence, updated, "2026-11-23") is stands
    assert freshness(True, cadence, updated, "2026-11-23") is Freshness.ENDED


# ---- the pages


def linked(client: TestClient, path: str) -> set[str]:
    return {key_of(str(a["href"])).split(".")[0] for a in Page(client.get(path).text).of("a")}


def test_the_page_of_an_objective_lists_its_indicators_and_keeps_proposals_apart(client):
    html = client.get("/res/objective/15.en.html").text
    before, _, after = html.partition('id="proposed-indicators"')
    stated = expected.indicators_of("objective", "15")
    offered = [one for one, goal in expected.proposed() if goal == "objective/15"]
    assert stated
    assert all(f"/res/indicator/{one}.en.html" in before for one in stated)
    assert offered
    assert not any(f"/res/indicator/{one}.en.html" in before for one in offered)
    assert all(f"/res/indicator/{one}.en.html" in after for one in offered)
    assert f'id="indicators">Indicators <span class="count">{len(stated)}<' in html


def test_an_objective_without_indicators_says_that_none_was_read(client):
    assert not expected.indicators_of("objective", "6")
    assert "Ingen är angiven i någon källa som har lästs." in Page(client.get("/res/objective/6.sv.html").text).text


def test_systems_suppliers_and_global_goals_lead_to_their_indicators(client):
    assert {"kolada-N00401", "kolada-N85050"} <= linked(client, "/res/information-system/kolada.en.html")
    of_jordbruksverket = {row["indicator"] for row in rows("indicator_suppliers") if row["actor"] == "202100-4151"}
    assert of_jordbruksverket <= linked(client, "/res/actor/202100-4151.sv.html")
    assert "kolada" in linked(client, "/res/actor/rka.sv.html")
    assert "kolada-N00401" in linked(client, "/res/sdg/13.sv.html")


def test_an_indicator_names_its_goals_and_that_none_is_stated_to_be_the_main_one(client):
    text = Page(client.get("/res/indicator/kolada-N00401.sv.html").text).text
    assert "Källan säger inte om det är indikatorns huvudmål." in text
    assert "Miljökvalitetsmål 1: Begränsad klimatpåverkan" in text
    proposal = Page(client.get("/res/indicator/kolada-N85050.sv.html").text).text
    assert "Ingen källa som har lästs knyter indikatorn till ett mål." in proposal
    assert "Föreslagen för" in proposal


@pytest.mark.parametrize(("indicator", "objective"), [("kolada-N00401", "1"), ("kolada-N85050", None)])
def test_an_indicator_tells_what_its_goals_link_to_and_that_its_values_are_elsewhere(client, indicator, objective):
    page = client.get(f"/res/indicator/{indicator}.en.html").text
    assert "The release has no values of the indicator." in page
    (name,) = (row["name_en"] for row in rows("indicator_translations") if row["indicator"] == indicator)
    assert f"<h1>{name}</h1>" in page
    section = page.partition('<h2 id="evidence">')[2].partition("<h2 ")[0]
    linked = re.findall(r'<a href="/res/mapping/[a-z-]*?--objective-(\d+)--([\w.]+)\.en\.html">', section)
    assert set(linked) == {
        (row["subject_key"], row["object"])
        for row in rows("mappings")
        if (row["subject_kind"], row["subject_key"]) == ("objective", objective)
        and row["standing"] != "proposed" and row["confidence"] != "unsure"
    }  # fmt: skip


def test_every_indicator_has_a_name_in_english_and_is_found_by_it(client):
    published = {row["id"] for row in rows("indicators")}
    assert {row["indicator"] for row in rows("indicator_translations")} == published
    found = client.get("/suggest", params={"q": "plate waste, preschool", "lang": "en"}).json()["suggestions"]
    assert found[0]["href"] == "/res/indicator/kolada-U50120.en.html"


@pytest.mark.parametrize(("language", "name"), [("sv", "Livsmedelsverket"), ("en", "National Food Agency")])
def test_a_supplier_that_is_known_is_called_by_its_name_in_the_language_of_the_page(client, language, name):
    page = client.get(f"/res/indicator/kolada-U50120.{language}.html").text
    assert f'<dd><a href="/res/actor/202100-1850.{language}.html">{name}</a></dd>' in page


def test_a_proposal_says_that_it_awaits_review(client):
    page = Page(client.get("/res/mapping/editors--indicator-kolada-N85050--objective-8.en.html").text)
    assert "Why is the indicator proposed?" in page.texts
    assert "It awaits review." in page.text


def test_what_only_the_editors_say_is_said_to_be_theirs(client):
    assert "Det är redaktionens bedömning" in client.get("/res/indicator/kolada-U07524.sv.html").text
    assert "redaktionens bedömning" not in client.get("/res/indicator/kolada-N00401.sv.html").text
    assert client.get("/res/objective/15.sv.html").text.count("· enligt redaktionen") == 5


@pytest.mark.parametrize(
    ("path", "heading", "resolution"),
    [
        ("/res/county/03.en.html", "Indicators with values for counties", "county-or-region"),
        ("/res/municipality/0380.sv.html", "Indikatorer med värden för kommuner", "municipal"),
    ],
)
def test_counties_and_municipalities_lead_to_the_goals_that_have_indicators_for_them(client, path, heading, resolution):
    text = Page(client.get(path).text).text
    assert heading in text
    for objective, name, english in objectives_in_order():
        count = len(expected.with_values("objective", objective, resolution))
        said = f"{objective} {english if '.en.' in path else name} {count}"
        assert (said in text) == (count > 0)


def test_indicators_stand_under_their_source_systems(client):
    texts = Page(client.get("/sv/kinds/indicator").text).texts
    places = [texts.index(name) for name in ("Kolada", "Miljömålsportalen miljomal.se", "Sverigesmiljömål.se")]
    assert places == sorted(places)


# ---- bad rows


@pytest.mark.parametrize(
    ("table", "line", "column", "said"),
    [
        ("indicators", "N00401,Utsläpp,kolada,N00401,editors,likely", "id", "no indicator can have the key"),
        ("indicators", "kolada-N99999,Utsläpp,scb,N99999,editors,likely", "system", "there is no information-system"),
        ("indicators", "kolada-N99999,Utsläpp,kolada,N 9,editors,likely", "code", "such as N00401"),
        ("indicator_objectives", "kolada-N00401,objective,17,unstated,editors,likely", "goal", "no objective"),
        (
            "indicator_objectives",
            "kolada-N00401,milestone-target,KL2,unstated,editors,likely",
            "goal_kind",
            "it is to be",
        ),
        ("indicator_objectives", "kolada-N00401,objective,2,first,editors,likely", "rank", "it is to be"),
        ("indicator_proposals", "kolada-N99998,objective,8,R,2026-11-23,editors,likely", "indicator", "there is no"),
        ("indicator_proposals", "kolada-N85050,objective,8,R,2026-11-23,editors,likely", "goal", "stands on line"),
        ("indicator_proposals", "kolada-N85050,objective,7,R,2026-13-01,editors,likely", "stated", "no such day"),
        ("indicator_dpsir", "kolada-N00401,P,editors,likely", "dpsir", "it is to be"),
        ("indicator_units", "miljomal-iid-51,kg,KILO,editors,likely", "qudt", "it is to be"),
        ("indicator_resolutions", "kolada-N00401,lokal,editors,likely", "resolution", "it is to be"),
        ("indicator_suppliers", "kolada-N00401,2,NV,202100-9999,editors,likely", "actor", "there is no actor"),
        ("indicator_statuses", "kolada-N00401,ended,editors,likely", "indicator", "stands on line"),
        ("indicator_cadences", "kolada-N00401,0,editors,likely", "months", "it is to be at least 1"),
        ("indicator_updates", "kolada-N00401,2025-06,2023,editors,likely", "updated", "YYYY-MM-DD"),
        ("indicator_updates", "kolada-N00401,2025-06-10,23,editors,likely", "newest_period", "write a year"),
        ("information_systems", "Kolada,Kolada,editors,likely", "id", "no information-system can have the key"),
        ("information_system_pages", "atgardswebben,www.rus.se,editors,likely", "page", "with https:// first"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_column(tables, table, line, column, said):
    number = append(tables, table, line)
    with pytest.raises(TableProblems) as refused:
        read_all(tables)
    found = {(p.place.file, p.place.line, p.place.column): p.message for p in refused.value.problems}
    assert said in found[f"{table}.csv", number, column]


def test_contradictions_stop_the_build_and_name_both_places(tmp_path):
    """One build with many faults: two main objectives, a key of another system, a period after the update."""
    tables = tmp_path / "tables"
    write_few_tables(tables)
    first = append(tables, "indicator_objectives", "kolada-N00401,objective,2,main,editors,likely")
    second = append(tables, "indicator_objectives", "kolada-N00401,objective,3,main,editors,likely")
    append(tables, "indicators", "kolada-N99999,Utsläpp,miljomal,N99999,editors,likely")
    append(tables, "indicator_objectives", "kolada-N99999,objective,2,unstated,editors,likely")
    append(tables, "indicator_updates", "kolada-N00510,2025-06-10,2026,editors,likely")
    with pytest.raises(Refused) as refused:
        build(tmp_path / "data", LOCAL, tables)
    found: dict[str, set[tuple[str, int | None, str | None]]] = {}
    for one in refused.value.report.findings:
        found.setdefault(one.cause, set()).update((p.file, p.line, p.column) for p in one.places)
    main = found[f"{LOCAL.iri}shapes/indicator-main-objective"]
    assert {("indicator_objectives.csv", first, "rank"), ("indicator_objectives.csv", second, "rank")} <= main
    assert "system" in {column for _, _, column in found["indicator-key-of-another-system"]}
    assert "newest_period" in {column for _, _, column in found["newest-period-after-the-update"]}
