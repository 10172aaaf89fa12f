"""Assessments: the questions about them, what their tables may say, and what their pages show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from loaders.build import build
from loaders.curated import read_all
from loaders.release import Release
from loaders.table import TableProblems
from loaders.workshop import Refused
from ontology.base import Base
from shapes.report import Finding, Place, Severity
from tests import expected_assessments as expected
from tests.expected import rows
from tests.test_pages import get
from tests.test_table import append

LOCAL = Base("http://localhost:8000/")


def key(thing: str) -> str:
    return thing.rpartition("/")[2]


def lines_of(tables: Path, table: str, begins: str) -> list[int]:
    """The lines of a table that begin with some text."""
    lines = (tables / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line.startswith(begins)]


# questions


def test_the_assessments_of_the_evaluation_of_2023_as_far_as_recorded(ask):
    found = ask("assessments-of-a-report", "number", "aspect", "verdict", "publication", report="FU2023")
    assert {(n, a, v, key(p)) for n, a, v, p in found} == expected.national_of_report("FU2023")
    assert len(found) == 6
    assert ("5", "achievement", "ja") in {(n, a, v) for n, a, v, _ in found}
    assert "4" not in {n for n, *_ in found}, "the verdict on objective 4 is unsure and left out"


@pytest.mark.parametrize("county", ["12", "03", "25"])
def test_the_assessments_of_a_county_year_by_year(ask, county):
    columns = "number", "year", "report", "assessedIn", "achievement", "trend"
    found = ask("assessments-of-a-county", *columns, county=county)
    assert sorted((n, y, key(report), *rest) for n, y, report, *rest in found) == expected.of_county(county)
    order = [(int(number), year) for number, year, *_ in found]
    assert order == sorted(order)


@pytest.mark.parametrize("objective", expected.ALL_OBJECTIVES)
def test_the_assessments_of_an_objective_in_the_nation(ask, objective):
    found = ask("assessments-of-the-nation", "report", "achievement", "trend", objective=objective)
    assert {(key(report), a, t) for report, a, t in found} == expected.national_of_objective(objective)


WORDS = {
    "ja": ("ja", "yes"),
    "delvis": ("delvis", "partly"),
    "nej": ("nej", "no"),
    "positiv": ("positiv", "positive"),
    "neutral": ("neutral", "neutral"),
    "negativ": ("negativ", "negative"),
    "oklar": ("oklar", "unclear"),
}


@pytest.mark.parametrize(
    ("question", "verdicts"),
    [
        ("assessments-of-a-county", ("achievement", "trend")),
        ("assessments-of-the-nation", ("achievement", "trend")),
        ("assessments-of-a-report", ("verdict",)),
        ("trail-of-an-assessment", ("verdict",)),
    ],
)
def test_the_word_of_a_verdict_stands_beside_its_code_in_both_languages(client, question, verdicts):
    rows = client.get(f"/api/q/{question}", params={"size": "1000"}).json()["items"]
    told = [(row[one], row[f"{one}InSwedish"], row[f"{one}InEnglish"]) for row in rows for one in verdicts]
    for code, swedish, english in told:
        words = WORDS[code] if code else (None, None)
        assert [one and one["@value"] for one in (swedish, english)] == list(words)
        assert [one and one["@language"] for one in (swedish, english)] == (["sv", "en"] if code else [None, None])
    assert {code for code, *_ in told} >= {"nej", "neutral"}


def test_three_objectives_are_not_assessed_regionally_and_the_answer_says_why(ask):
    found = ask("objectives-not-assessed-regionally", "number", "from", "why", "source")
    assert [number for number, *_ in found] == expected.not_assessed_regionally() == ["1", "5", "6"]
    assert all(year == "2022" and "inte bedömas" in why and source for _, year, why, source in found)


@pytest.mark.parametrize(("objective", "number"), [("14", 4), ("10", 14), ("2", 21), ("12", 21)])
def test_the_counties_that_should_assess_an_objective(ask, objective, number):
    found = [code for (code,) in ask("counties-that-should-assess-an-objective", "code", objective=objective)]
    assert found == expected.counties_that_assess(objective)
    assert len(found) == number


@pytest.mark.parametrize("report", ["RAU2022", "RAU2023"])
def test_what_is_recorded_of_what_is_due_county_by_county(ask, report):
    found = ask("recorded-and-due-in-the-counties", "code", "due", "achievements", "trends", report=report)
    assert {code: tuple(map(int, numbers)) for code, *numbers in found} == expected.recorded_and_due(report)
    assert len(found) == 21
    assert sum(int(due) for _, due, *_ in found) == 11 * 21 + 14 + 4 == 249


@pytest.mark.parametrize("assessment", ["FU2023-SE-2-achievement", "RAU2023-03-8-trend", "AU2023-SE-8-trend"])
def test_the_whole_trail_of_an_assessment(ask, assessment):
    columns = ("verdict", "report", "title", "source", "sourceTitle", "sourcePublisher", "confidence", "table")
    (found,) = ask("trail-of-an-assessment", *columns, assessment=assessment)
    assert (*found[:3], key(found[3]), *found[4:7]) == expected.trail(assessment)
    assert found[7] == "assessments"


def test_the_trail_of_an_assessment_that_was_made_earlier_has_the_row_that_says_so(ask):
    rows = ask("trail-of-an-assessment", "table", "source", assessment="RAU2023-03-8-achievement")
    assert [table for table, _ in rows] == ["assessment_years", "assessments"]


@pytest.mark.parametrize("source", ["lansstyrelsen-gotland-2023", "rus-samlad-bedomning-2022", "rus-skane-2023"])
def test_everything_that_one_source_says(ask, source):
    said = ask("said-by-a-source", "thing", "property", "value", source=source)
    verdicts = {key(t): key(value) for t, p, value in said if key(p) in {"achievement", "trend"}}
    assert verdicts == expected.assessments_by(source)
    assert {key(t) for t, *_ in said if "/id/assessment/" in t} == set(expected.assessments_by(source))


def test_the_numbers_that_reports_state_and_what_is_recorded_of_them(ask):
    columns = ("report", "place", "aspect", "verdict", "objectives", "outOf", "recorded")
    found = {(row[0].replace("Å", "A"), *row[1:]) for row in ask("numbers-stated-by-reports", *columns)}
    assert found == expected.stated_numbers()
    assert ("AU2020", "SE", "trend", "positiv", "2", "", "2") in found
    assert ("AU2022", "SE", "trend", "negativ") not in {row[:4] for row in found}, "its source gives two numbers"


# tables


@pytest.mark.parametrize(
    ("table", "line", "column", "said"),
    [
        (
            "assessments",
            "RAU2024,12,8,achievement,neutral,editors,likely",
            "aspect",
            "none of the scale of achievement",
        ),
        ("assessments", "RAU2023,12,2,trend,nej,editors,likely", "aspect", "none of the scale"),
        ("assessments", "RAU2023,99,2,trend,neutral,editors,likely", "place", "there is no county '99'"),
        ("assessments", "RAU2023,Skåne,2,trend,neutral,editors,likely", "place", "write SE or the two digits"),
        ("assessments", "RAU1999,12,2,trend,neutral,editors,likely", "report", "there is no report 'RAU1999'"),
        ("assessments", "RÅU2023,12,2,trend,neutral,editors,likely", "report", "no report can have the key"),
        ("assessments", "RAU2023,12,17,trend,neutral,editors,likely", "objective", "no objective can have the key"),
        ("assessments", "FU2023,SE,5,achievement,nej,editors,likely", "aspect", "stands on line"),
        ("assessment_years", "RAU2022-12-8-achievement,2023,editors,likely", "assessment", "reported before"),
        ("assessment_years", "RAU2022-12-8-trend,2021,editors,likely", "assessment", "there is no assessment"),
        ("reports", "FU2027,forecast,2027,Titel,,,,,editors,likely", "kind", "it is to be"),
        ("reports", "FU2027,publication,2027,Titel,,978-91-620-7088-6,,,editors,likely", "isbn", "check digit"),
        ("reports", "FU2027,publication,2027,Titel,Naturvårdsverket,,,,editors,likely", "publisher", "no actor can"),
        ("report_parts", "FU2023-03,FU2031,,editors,likely", "part_of", "there is no report 'FU2031'"),
        ("assessment_counts", "AU2020,SE,trend,nej,3,,editors,likely", "verdict", "none of the scale"),
        ("assessment_counts", "AU2021,SE,achievement,nej,17,16,editors,likely", "verdict", "more than the 16"),
        ("assessment_counts", "AU2021,SE,achievement,nej,-1,16,editors,likely", "objectives", "whole number"),
        ("complete_years", "RAU2031,editors,likely", "report", "there is no report 'RAU2031'"),
        ("regional_applicability", "10,2026,,archipelago,editors,likely", "applies", "it is to be"),
        ("regional_applicability", "10,2022,,all,editors,likely", "valid_from", "stands on line"),
        ("regional_assessors", "12-2022,999999-9999,editors,likely", "actor", "there is no actor"),
        ("countries", "NO,Norge,Norway,editors,likely", "code", "no country can have the key"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_file_line_and_column(tables, table, line, column, said):
    number = append(tables, table, line)
    with pytest.raises(TableProblems) as caught:
        read_all(tables)
    found = {problem.place: problem.message for problem in caught.value.problems}
    assert said in found[Place(f"{table}.csv", number, column)]


def refusals(tables: Path, data: Path) -> dict[str, Finding]:
    """What the gate refuses in tables, the first finding of each cause."""
    with pytest.raises(Refused) as caught:
        build(data, LOCAL, tables)
    violations = [found for found in caught.value.report.findings if found.severity is Severity.VIOLATION]
    return {found.cause.rpartition("/")[2]: found for found in reversed(violations)}


def test_tables_that_contradict_each_other_are_refused_and_both_places_named(few_tables, tmp_path):
    tables = few_tables
    extra = append(tables, "assessments", "RAU2023,20,10,achievement,nej,editors,likely")
    later = append(tables, "regional_applicability", "10,2025,,all,editors,likely")
    append(tables, "assessments", "AU2020,SE,7,trend,positiv,editors,likely")
    complete = append(tables, "complete_years", "RAU2023,editors,likely")
    found = refusals(tables, tmp_path / "data")

    (line,) = lines_of(tables, "regional_applicability", "10,2022,")
    rule = Place("regional_applicability.csv", line, "valid_from")
    due = found["assessment-where-none-is-due"]
    assert (due.focus, due.value) == (
        f"{LOCAL.iri}id/assessment/RAU2023-20-10-achievement",
        f"{LOCAL.iri}id/regional-applicability/10-2022",
    )
    assert [(place.file, place.line) for place in due.places] == [
        ("assessments.csv", extra),
        (rule.file, rule.line),
    ]
    periods = found["applicability-periods"]
    assert [(place.file, place.line) for place in periods.places] == [(rule.file, later), (rule.file, rule.line)]
    more = found["more-assessments-than-counted"]
    (counted,) = lines_of(tables, "assessment_counts", "AU2020,SE,trend,positiv,")
    assert (more.value, more.places) == (
        "3 recorded, 2 stated",
        (Place("assessment_counts.csv", counted, "objectives"),),
    )
    gaps = found["complete-report-with-gaps"]
    text = (tables / "assessments.csv").read_text(encoding="utf-8")
    of_the_report = re.findall("^RAU2023,[^,]+,[^,]+,([a-z]+),", text, re.MULTILINE)
    recorded = [f"{aspect} {of_the_report.count(aspect)}" for aspect in ("achievement", "trend")]
    assert gaps.value == f"{', '.join(recorded)}, of 249"
    assert gaps.places[0] == Place("complete_years.csv", complete, "report")


def test_a_year_that_is_recorded_as_a_whole_may_be_declared_complete(few_tables, tmp_path):
    tables = few_tables
    append(tables, "reports", "RÅU2024,regional-follow-up,2024,RÅU2024,,,,,editors,likely")
    for objective in expected.ALL_OBJECTIVES:
        for county in expected.counties_that_assess(objective):
            append(tables, "assessments", f"RAU2024,{county},{objective},achievement,nej,editors,likely")
            append(tables, "assessments", f"RAU2024,{county},{objective},trend,oklar,editors,likely")
    append(tables, "complete_years", "RAU2024,editors,likely")
    whole = recorded_in(build(tmp_path / "data", LOCAL, tables).release)
    assert whole["RAU2024"] == "achievement 249, trend 249, of 249"


def recorded_in(release: Release) -> dict[str, str]:
    """How much of what is due each regional report has, as the gate of a release remarks."""
    said = json.loads((release.path / "report" / "validation.json").read_text(encoding="utf-8"))
    (cause,) = [cause for cause in said["causes"] if cause["cause"].endswith("regional-assessments-recorded")]
    assert cause["severity"] == "Info"
    return {key(found["focus"]): found["value"] for found in cause["findings"]}


def test_each_regional_report_of_a_year_with_rules_says_how_much_is_recorded(release):
    said = {}
    for report in ("RAU2022", "RAU2023"):
        due, achievements, trends = map(sum, zip(*expected.recorded_and_due(report).values(), strict=True))
        said[report] = f"achievement {achievements}, trend {trends}, of {due}"
    assert recorded_in(release) == said


# pages


def test_an_objective_shows_its_assessments_and_how_much_is_recorded(client):
    page = get(client, "/res/objective/8.sv.html")
    links = {str(a["href"]) for a in page.of("a")}
    for row in rows("assessments"):
        if row["objective"] == "8":
            thing = f"{row['report']}-{row['place']}-8-{row['aspect']}"
            assert f"/res/assessment/{thing}.sv.html" in links
    assert ": måluppfyllelse 21 av 21, trend 1 av 21." in page.text
    assert "Målet ska bedömas i alla 21 län från och med 2022." in page.texts


@pytest.mark.parametrize("objective", range(1, 17))
def test_a_map_of_the_counties_has_each_verdict_and_leaves_the_others_unknown(client, objective):
    """It is there where a report is recorded for most counties."""
    recorded: dict[str, dict[str, str]] = {}
    for row in rows("assessments"):
        if (row["objective"], row["aspect"]) == (str(objective), "achievement") and row["place"] != "SE":
            recorded.setdefault(row["report"], {})[row["place"]] = row["verdict"]
    text = client.get(f"/res/objective/{objective}.sv.html").text
    most = [report for report, places in recorded.items() if len(places) > 10]
    assert ('<figure class="map' in text) == bool(most)
    if not most:
        return
    report = max(most, key=lambda report: report[-4:])
    drawn = text.partition('<figure class="map')[2].partition("</figure>")[0]
    assert f"enligt {report.replace('RAU', 'RÅU')}<" in drawn
    link = rf'href="/res/assessment/{report}-(\d\d)-{objective}-achievement[^>]*>'
    found = re.findall(rf'{link}<title>[^<]*</title><path class="verdict-(\w+)"', drawn)
    assert dict(found) == recorded[report]
    assert drawn.count("<path") == 21
    assert len(re.findall(r'<path class="verdict-(?:unknown|not-due)"', drawn)) == 21 - len(found)


def test_what_is_due_and_not_recorded_is_said_to_be_unknown(client):
    page = get(client, "/res/county/01.en.html")
    assert page.texts.count("Achievement: unknown, not recorded") > 10
    assert ": achievement 5 of 12, trend 0 of 12." in page.text
    assert "%" not in page.text


def test_a_county_names_the_objectives_that_it_does_not_assess(client):
    page = get(client, "/res/county/12.sv.html")
    place = page.texts.index("Ska inte bedömas i länet:")
    named = [text for text in page.texts[place + 1 : place + 9] if text[0].isdigit()]
    assert [text.partition(" ")[0] for text in named] == ["1", "5", "6", "14"]


@pytest.mark.parametrize("page", ["county/12", "county/18", "objective/10", "report/RAU2023", "report/RAU2022"])
def test_a_dash_is_explained_where_there_is_one(client, page):
    html = client.get(f"/res/{page}.sv.html").text
    assert ("Ett streck (–)" in html) == ('–</span><span class="unseen">ska inte bedömas' in html)


def test_a_regional_report_has_a_row_for_each_county_and_the_objectives_they_assess(client):
    page = get(client, "/res/report/RAU2023.en.html")
    heads = [link for link in page.texts if re.fullmatch(r"[0-9]{1,2}", link)]
    assert heads[:13] == ["2", "3", "4", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"]
    assert "achievement 112 of 249, trend 13 of 249." in page.text


def test_the_list_of_reports_says_that_no_guidance_was_read(client):
    assert "guidance" not in {row["kind"] for row in rows("reports")}, "mend the words reports-list-text"
    assert "med sorten guidance" in client.get("/sv/kinds/report").text


def test_an_assessment_shows_its_verdict_its_report_and_when_it_was_made(client):
    page = get(client, "/res/assessment/RAU2023-12-8-achievement.en.html")
    assert page.texts[page.texts.index("Achievement") + 1] == "no"
    assert page.texts[page.texts.index("Assessed in") + 1] == "2022"
    assert page.texts[page.texts.index("Trend") + 1] == "unknown, not recorded"


def test_a_report_shows_the_numbers_that_it_states_beside_its_assessments(client):
    page = get(client, "/res/report/AU2021.en.html")
    assert "1 of 16 objectives" in page.texts
    assert "6 objectives" in page.texts


def test_all_assessments_stand_in_one_list_by_report(client, release):
    page = get(client, "/en/kinds/assessment")
    linked = {str(a["href"]) for a in page.of("a") if str(a["href"]).startswith("/res/assessment/")}
    assert len(linked) == release.record["counts"]["assessment"] == len(rows("assessments"))


def test_an_objective_that_no_county_assesses_says_so(client):
    page = get(client, "/res/objective/5.en.html")
    assert "From 2022 on, the objective is not to be assessed in the counties." in page.texts


def test_the_agency_that_assesses_for_the_counties_is_named(client):
    page = get(client, "/res/objective/12.sv.html")
    (place,) = [place for place, text in enumerate(page.texts) if text.endswith("Bedömningarna görs av")]
    assert page.texts[place + 1] == "Skogsstyrelsen"


def test_a_rule_shows_the_counties_it_is_for(client):
    page = get(client, "/res/regional-applicability/14-2022.sv.html")
    counties = {str(a["href"]) for a in page.of("a") if str(a["href"]).startswith("/res/county/")}
    assert counties == {f"/res/county/{code}.sv.html" for code in expected.counties_that_assess("14")}
