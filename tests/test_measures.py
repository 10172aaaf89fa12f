"""Action programmes and measures: the questions, the pages, and what becomes of tables that are wrong."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.parts.undertakings import Entry, by_programme
from loaders.build import build
from loaders.curated import TABLES, read_all
from loaders.measures import MeasureLink
from loaders.table import TableProblems, read
from loaders.workshop import Refused
from ontology import iri
from ontology.base import Base
from ontology.namespaces import MG, SKOS
from queries import catalogue
from shapes.report import Place, Severity
from tests import expected_measures as expected
from tests.expected import rows
from tests.test_curated import change, left_out
from tests.test_pages import get
from tests.test_table import append

LOCAL = Base("http://localhost:8000/")


def key_of(thing: str) -> str:
    return thing.rpartition("/")[2]


# ---- the questions


@pytest.mark.parametrize("county", ["12", "14", "06"])
def test_the_action_programmes_of_a_county_with_their_periods(ask, county):
    found = ask("action-programmes-of-a-county", "code", "startYear", "endYear", "system", county=county)
    assert sorted(found) == sorted(expected.programmes_of(county))


def test_skane_has_four_programmes_and_the_last_year_of_one_is_unknown(ask):
    found = ask("action-programmes-of-a-county", "code", "startYear", "endYear", county="12")
    assert found == [
        ("SKANE-2008", "2008", ""),
        ("SKANE-2012", "2012", "2016"),
        ("SKANE-2016", "2016", "2020"),
        ("SKANE-2022", "2022", "2025"),
    ]


@pytest.mark.parametrize("county", ["06", "12", "14", "20"])
def test_the_measures_of_a_county_with_lead_objective_and_basis(ask, county):
    found = ask("measures-of-a-county", "code", "leadName", "objective", "basis", county=county)
    assert Counter((c, lead, key_of(o), basis) for c, lead, o, basis in found) == Counter(expected.measures_of(county))


def test_a_class_of_actors_is_named_in_words_and_a_known_actor_by_its_key(ask):
    found = {
        code: (key_of(lead), name)
        for code, lead, name in ask("measures-of-a-county", "code", "lead", "leadName", county="12")
    }
    assert found["ATG001"] == ("202100-2346", "Länsstyrelsen i Skåne län")
    assert found["ATG002"] == ("", "Kommuner")


@pytest.mark.parametrize("objective", [str(number) for number in range(1, 17) if number not in {5, 6, 12, 14}])
def test_the_measures_that_concern_an_objective(ask, objective):
    found = ask("measures-that-concern-an-objective", "basis", "code", objective=objective)
    assert set(found) == expected.measures_concerning(objective)
    assert len(found) == len(set(found))


def test_the_stated_objectives_come_before_the_proposed(ask):
    found = [basis for (basis,) in ask("measures-that-concern-an-objective", "basis", objective="7")]
    assert found == sorted(found, reverse=True)
    assert Counter(found)["stated"] == 6


def test_the_measures_without_a_stated_objective_by_programme(ask):
    found = ask("measures-without-a-stated-objective", "programme", "measures", "ofThemProposed")
    assert {programme: (measures, of_them) for programme, measures, of_them in found} == (
        expected.measures_without_a_stated_objective()
    )
    assert {programme: measures for programme, measures, _ in found}["SKANE-2022"] == "14"
    assert sum(int(measures) for _, measures, _ in found) == 106


def test_the_programmes_with_their_measures_and_costs(ask):
    found = ask("programmes-with-measures-and-costs", "code", "measuresInAll", "recorded", "withCost")
    assert {code: tuple(numbers) for code, *numbers in found} == expected.programmes_with_measures()
    assert len(found) == len(expected.programmes_with_measures())
    assert {code: numbers for code, *numbers in found}["VATTEN-2022"] == ["60", "8", "0"]


def test_the_costs_of_a_programme_are_the_sum_of_those_that_are_stated():
    """The tables have none yet: three measures of two programmes, of which two have a cost."""
    said = [
        *(("A", "a", "ActionProgramme"), ("B", "a", "ActionProgramme"), ("m", "partOfProgramme", "A")),
        *(("n", "partOfProgramme", "A"), ("o", "partOfProgramme", "A"), ("p", "partOfProgramme", "B")),
        *(("A", "programmeSystem", "s"), ("B", "programmeSystem", "s")),
    ]
    spec = "http://localhost:8000/spec/"
    written = "".join(f"<{spec}{s}> {p if p == 'a' else f'<{spec}{p}>'} <{spec}{o}> .\n" for s, p, o in said)
    for name in "ABs":
        written += f"<{spec}{name}> <{SKOS.notation}> '{name}' ; <{SKOS.prefLabel}> '{name}'@sv .\n"
    written += f"<{spec}m> <{spec}costInKronor> 1500000.0 . <{spec}o> <{spec}costInKronor> 250000.5 ."
    store = ox.Store()
    store.load(written.encode(), format=ox.RdfFormat.TURTLE)
    found = store.query(catalogue.questions()["programmes-with-measures-and-costs"].on(LOCAL))
    costs = {row["code"].value: (row["recorded"].value, row["withCost"].value, row["cost"]) for row in found}
    assert costs["B"] == ("1", "0", None)
    assert (costs["A"][:2], Decimal(costs["A"][2].value)) == (("3", "2"), Decimal("1750000.5"))


# ---- what is stated and what is proposed


def test_only_a_link_that_a_source_states_is_a_plain_triple():
    links = [row for row in read_all().rows if isinstance(row, MeasureLink)]
    plain = {(row.basis.value, fact.predicate) for row in links for fact in row.facts() if fact.subject != row.subject}
    assert plain == {("stated", MG.relatedObjective)}
    assert Counter(row.basis.value for row in links) == Counter(row["basis"] for row in rows("measure_links"))


def test_what_the_editors_propose_rests_on_the_editors_alone():
    assert {row["source_id"] for row in rows("measure_links") if row["basis"] == "proposed"} == {"editors"}
    assert "editors" not in {row["source_id"] for row in rows("measure_links") if row["basis"] == "stated"}


def test_a_report_that_is_no_programme_is_left_out(tables):
    assert left_out(tables)["action_programmes/MR-DEL-2018"] == "the confidence is unsure"


# ---- tables that are wrong


MODELS = {model.table: model for model in TABLES}


@pytest.mark.parametrize(
    ("table", "line", "column", "said"),
    [
        ("measures", "ATG130,12,skane,En åtgärd,editors,likely", "programme", "no action-programme can have the key"),
        ("measures", "ATG1,12,,En åtgärd,editors,likely", "code", "no measure can have the key"),
        ("measures", "ATG130,Skåne,,En åtgärd,editors,likely", "place", "write SE or the two digits of a county"),
        ("action_programmes", "skane,12,Ett program,editors,likely", "code", "no action-programme can have the key"),
        ("programme_periods", "HALL,2025,2022,editors,likely", "programme", "ends in 2022, before it starts"),
        ("programme_periods", "HALL,,,editors,likely", "programme", "give the first year, the last or both"),
        ("measure_periods", "ATG020,2022-01,,editors,likely", "start_year", "write a year between 1900 and 2099"),
        ("measure_leads", "ATG007,1,,,editors,likely", "number", "one of the two"),
        ("measure_leads", "ATG007,1,202100-2346,Kommuner,editors,likely", "number", "one of the two"),
        ("measure_partners", "ATG007,första,,Kommuner,editors,likely", "number", "whole number"),
        ("measure_statuses", "ATG130,pågår,editors,likely", "status", "in-programme"),
        ("measure_links", "ATG001,objective,17,proposed,editors,likely", "goal", "no measure-link can have the key"),
        ("measure_links", "ATG001,objective,7,editorial,editors,likely", "basis", "stated"),
        ("measure_links", "ATG001,indicator,7,proposed,editors,likely", "goal_kind", "objective"),
        ("measure_ordinances", "ATG001,2015:517,editors,likely", "ordinance", "write it like SFS 2015:517"),
        ("programme_systems", "HALL,klimat,editors,likely", "system", "environmental-objectives"),
        ("programme_decisions", "HAV-2016,draft,2015,editors,likely", "programme", "a draft is not decided"),
        ("programme_decisions", "HAV-2016,decided,2015-02-30,editors,likely", "decided", "no such day"),
        (
            "programme_pages",
            "HALL,lansstyrelsen.se,editors,likely",
            "page",
            "write the whole address, with https:// first",
        ),
    ],
)
def test_a_row_that_cannot_be_is_named(tmp_path, table, line, column, said):
    header = ",".join(MODELS[table].columns())
    (tmp_path / f"{table}.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    (problem,) = read(tmp_path, MODELS[table]).problems
    assert problem.place == Place(f"{table}.csv", 2, column)
    assert said in problem.message


def test_a_cell_that_names_what_does_not_exist_is_named(tables):
    wrong = [
        ("measures", "ATG130,12,SKANE-2030,En åtgärd,editors,likely", "programme", "no action-programme 'SKANE-2030'"),
        ("action_programmes", "HALL-2030,02,Ett program,editors,likely", "place", "no county '02'"),
        ("measure_leads", "ATG007,1,202100-9999,,editors,likely", "actor", "no actor '202100-9999'"),
        ("measure_links", "ATG001,milestone-target,KL9,proposed,editors,likely", "goal", "no milestone-target 'KL9'"),
        ("measure_municipalities", "ATG001,9999,editors,likely", "municipality", "no municipality '9999'"),
        ("programme_periods", "SKANE-2030,2030,,editors,likely", "programme", "no action-programme 'SKANE-2030'"),
    ]
    places = [Place(f"{table}.csv", append(tables, table, line), column) for table, line, column, _ in wrong]
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    found = {problem.place: problem.message for problem in caught.value.problems}
    assert found.keys() == set(places)
    assert all(said in found[place] for place, (*_, said) in zip(places, wrong, strict=True))


def test_a_measure_has_one_status(tables):
    number = append(tables, "measure_statuses", "ATG001,ongoing,editors,likely")
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.place.column) == (number, "measure")
    assert "stands on line 2 already" in problem.message


def line_of(tables: Path, table: str, **cells: str) -> int:
    with (tables / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(n for n, row in enumerate(csv.DictReader(file), 2) if cells.items() <= row.items())


def test_rows_that_contradict_each_other_are_named_with_both_places(few_tables, tmp_path):
    tables = few_tables
    change(tables, "measures", {"code": "ATG001"}, place="14")
    change(tables, "measure_periods", {"measure": "ATG002"}, end_year="2027")
    link = append(tables, "measure_links", "ATG076,milestone-target,HS4,proposed,editors,likely")
    with pytest.raises(Refused) as caught:
        build(tmp_path / "data", LOCAL, tables)
    found = {finding.cause: finding for finding in caught.value.report.findings}
    assert found["measure-in-another-place-than-its-programme"].places == (
        Place("measures.csv", line_of(tables, "measures", code="ATG001"), "programme"),
        Place("action_programmes.csv", line_of(tables, "action_programmes", code="SKANE-2022"), "code"),
    )
    assert found["measure-over-before-its-milestone-target"].places == (
        Place("measure_links.csv", link, "goal"),
        Place("milestone_targets.csv", line_of(tables, "milestone_targets", code="HS4"), "code"),
    )
    outside = found["measure-outside-the-period-of-its-programme"]
    assert outside.severity is Severity.WARNING
    line = line_of(tables, "measure_periods", measure="ATG002")
    assert outside.places == (Place("measure_periods.csv", line, "end_year"),)


# ---- the pages


@pytest.mark.parametrize("objective", ["3", "5", "8"])
def test_a_programme_and_the_objectives_that_it_concerns_lead_to_each_other(client: TestClient, objective: str) -> None:
    concerning = expected.programmes_on(objective)
    page = client.get(f"/res/objective/{objective}.en.html").text
    section = page.partition('<h2 id="action-programmes">')[2].partition("<h2 ")[0]
    assert set(re.findall(r'/res/action-programme/([^"]+)\.en\.html', section)) == concerning
    for programme in concerning:
        html = client.get(f"/res/action-programme/{programme}.sv.html").text
        facts = html.partition("<dl")[2].partition("</dl>")[0]
        assert f'href="/res/objective/{objective}.sv.html"' in facts
        assert "det kan vara fler" in facts


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("action-programme/SKANE-2022", "Period 2022–2025 Plats Skåne län Utgivare Länsstyrelsen i Skåne län"),
        ("action-programme/SKANE-2008", "Period från 2008, slutår inte angivet"),
        ("action-programme/HALL", "Period inte angivet i det som har lästs"),
        ("action-programme/GAVL-2014", "Beslut 2014-03-03"),
        ("action-programme/VG-2017", "21 av de 46 som en källa räknar till är registrerade här"),
        ("action-programme/VATTEN-2022", "1 av de 60 som en källa räknar till är registrerade här"),
        ("action-programme/VATTEN-2022", "Hör till ett system som gränsar till miljömålssystemet: vatten"),
        ("action-programme/VATTEN-2022", "7 åtgärder är lästa i ett förslag till programmet."),
        ("measure/ATG001", "Leds av Länsstyrelsen i Skåne län"),
        ("measure/ATG002", "Leds av Kommuner"),
        ("measure/ATG007", "Leds av inte angivet i det som har lästs"),
        ("measure/ATG060", "Antagen av Hjo kommun (fler kan ha antagit den)"),
        ("measure/ATG086", "Läst i ett förslag, inte i ett beslutat program."),
        ("measure/ATG080", "Åtgärden hör till ett system som gränsar till miljömålssystemet: vattenförvaltningen."),
        ("measure/ATG097", "Leds av Naturvårdsverket , Kommuner, Länsstyrelserna (redaktionens uppgift)"),
        ("measure/ATG020", "Källa lansstyrelsen.se/VastraGotaland, Når vi målen? Ingen övergödning"),
        ("measure/ATG001", "Inget mål anges i det som har lästs."),
        ("measure/ATG112", "Plats Jönköpings län , Habo"),
        ("measure/ATG112", "Förordning SFS 2003:598"),
        ("measure/ATG041", "Mål som redaktionen föreslår 1 Efter åtgärdens ämne, utan motivering."),
        ("county/01", "Åtgärder 0 Inga åtgärder är registrerade här: ingen källa"),
    ],
)  # fmt: skip
def test_a_page_says_what_is_known_and_what_is_not(client: TestClient, thing: str, said: str) -> None:
    assert said in get(client, f"/res/{thing}.sv.html").text


@pytest.mark.parametrize(
    ("thing", "linked"),
    [
        ("county/12", "action-programme/SKANE-2022"),
        ("county/12", "measure/ATG001"),
        ("municipality/0643", "measure/ATG112"),
        ("objective/7", "measure/ATG020"),
        ("objective/1", "measure/ATG041"),
        ("milestone-target/HS4", "measure/ATG080"),
        ("actor/202100-2346", "measure/ATG001"),
        ("actor/202100-2346", "action-programme/SKANE-2022"),
        ("action-programme/SKANE-2022", "measure/ATG014"),
        ("measure/ATG001", "action-programme/SKANE-2022"),
        ("measure/ATG097", "measure/ATG112"),
        ("measure/ATG080", "measure-link/ATG080--milestone-target-HS4"),
    ],
)
def test_programmes_and_measures_are_reached_by_links_from_what_they_concern(client, thing: str, linked: str) -> None:
    assert f"/res/{linked}.en.html" in [a.get("href") for a in get(client, f"/res/{thing}.en.html").of("a")]


def test_what_is_proposed_for_an_objective_stands_apart_and_does_not_count(client: TestClient) -> None:
    text = get(client, "/res/objective/1.en.html").text
    counted = Counter(basis for basis, _ in expected.measures_concerning("1"))
    assert f"Measures {counted['stated']} " in text
    assert f"Measures that the editors propose {counted['proposed']} " in text


def test_measures_stand_under_their_programmes_and_those_without_one_last(client: TestClient) -> None:
    texts = get(client, "/sv/kinds/measure").texts
    assert texts.index("Tillsammans för ett hållbart Skåne") < texts.index("Övriga") < texts.index("ATG095")
    one, other = (iri.mint("measure", code) for code in ("ATG001", "ATG095"))
    programme = iri.mint("action-programme", "SKANE-2022")
    assert [part for part, _ in by_programme([Entry(other, None, None), Entry(one, None, programme)])] == [
        programme,
        None,
    ]


@pytest.mark.parametrize("thing", ["county/12", "action-programme/SKANE-2022", "objective/8", "actor/202100-2346"])
def test_a_status_that_all_measures_of_a_list_share_is_told_once(client: TestClient, thing: str) -> None:
    statuses = {row["measure"]: row["status"] for row in rows("measure_statuses")}
    html = client.get(f"/res/{thing}.sv.html").text
    of_measures = 0
    for said, listed in re.findall(
        r'(<p class="small muted">Status för alla: [^<]*</p>\s*)?<ul class="things measures">(.*?)</ul>',
        html,
        re.DOTALL,
    ):
        lines = re.findall(r'<span class="key">(\w+)</span>(.*?)</li>', listed, re.DOTALL)
        assert len(lines) == listed.count("<li") or "/res/action-programme/" in listed
        of_measures += bool(lines)
        of_them = [statuses.get(code) for code, _ in lines]
        assert bool(said) is (len(lines) > 1 and len(set(of_them)) == 1 and of_them[0] is not None)
        assert [bool(re.search('class="small muted"', line)) for _, line in lines] == [
            not said and bool(one) for one in of_them
        ]
    assert of_measures


def test_the_measures_of_a_county_in_one_programme_share_their_status(client: TestClient) -> None:
    assert "Status för alla: ingår i program." in client.get("/res/county/12.sv.html").text
