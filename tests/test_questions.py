"""Every public question keeps the promise of its header, and its answer is what the tables say."""

import re

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from endpoint.guard import inspect
from endpoint.workers.messages import Task
from endpoint.workers.worker import answer
from ontology import namespaces
from ontology.base import Base
from queries import catalogue, header
from tests import expected


@pytest.mark.parametrize("name", catalogue.questions())
def test_a_question_keeps_the_promise_of_its_header(ask, name):
    ask(name, **{key: p.example for key, p in catalogue.questions()[name].header.parameters.items()})


def test_the_objectives_in_order_in_both_languages(ask):
    found = ask("objectives-in-order", "number", "swedish", "english")
    assert found == expected.objectives_in_order()
    assert len(found) == 16


def test_who_follows_up_groundwater(ask):
    found = ask("who-follows-up", "organisationNumber", "name", objective="9")
    assert found == expected.who_follows_up("9")
    assert [number for number, _ in found] == ["202100-2528"]


def test_the_objectives_of_the_agency_for_marine_and_water_management(ask):
    found = [number for (number,) in ask("objectives-of-an-actor", "number", actor="202100-6420")]
    assert found == expected.objectives_of("202100-6420") == ["7", "8", "10"]


def test_the_municipalities_of_uppsala_county(ask):
    found = ask("municipalities-of-a-county", "code", "name", county="03")
    assert found == expected.municipalities_of("03")
    assert len(found) == 8


@pytest.mark.parametrize("objective", [str(number) for number in range(1, 17)])
def test_the_mappings_of_an_objective_by_standing_with_justification(ask, objective):
    found = ask("sdg-targets-of-an-objective", "standing", "code", "strength", "justification", objective=objective)
    assert set(found) == expected.mappings_of(objective)
    assert len(found) == len(set(found))


def test_the_rows_that_rest_on_editors_only(ask):
    assert ask("rows-resting-on-editors-only", "rows") == [(str(expected.rows_resting_on_editors()),)]


def test_no_statement_is_without_a_source(ask):
    assert ask("statements-without-a-source", "statements") == [("0",)]


def test_the_mappings_by_standing_and_strength(ask):
    found = {(s, k): int(n) for s, k, n in ask("mappings-by-standing", "standing", "strength", "mappings")}
    assert found == expected.mappings_by_standing()


def test_published_and_editorial_mappings_side_by_side(ask):
    columns = "subject", "number", "published", "editorial", "publishers"
    found = {
        ("/".join(subject.split("/")[-2:]), number): (int(p), int(e), {name for name in by.split("; ") if name})
        for subject, number, p, e, by in ask("published-and-editorial-mappings", *columns)
    }
    assert found == expected.mappings_side_by_side()
    assert found["objective/4", "12"] == (1, 4, {"Kemikalieinspektionen"})


def test_what_is_recorded_of_each_objective(ask):
    columns = "indicators", "datasets", "national", "regional", "milestones", "measures", "published", "editorial"
    found = ask("what-is-recorded-of-each-objective", "number", *columns)
    assert {number: tuple(map(int, counts)) for number, *counts in found} == expected.recorded_of_objectives()


def test_the_items_of_municipalities_in_wikidata(ask):
    found = [(code, item.rpartition("/")[2]) for code, item in ask("municipalities-in-wikidata", "code", "item")]
    assert found == expected.wikidata_of_municipalities()


def test_the_milestone_targets_for_the_climate_with_decision_and_year(ask):
    found = ask("milestone-targets-for-the-climate", "code", "decidedDate", "decidedYear", "targetYear")
    assert [(code, day or year, until) for code, day, year, until in found] == expected.milestones_of_theme("climate")
    assert len(found) == 5


def test_six_milestone_targets_were_decided_on_one_day(ask):
    found = [code for (code,) in ask("milestone-targets-decided-on-a-day", "code")]
    assert found == ["FA9", "FA10", "FA11", "FA12", "HS4", "HS5"]
    assert sorted(found) == expected.milestones_decided_on("2021-01-28")


def test_the_milestone_targets_past_their_year_without_a_verdict(ask):
    found = {code for (code,) in ask("milestone-targets-without-a-verdict", "code")}
    assert found == {code for code, stands in expected.where_milestones_stand().items() if stands == "passed"}
    assert found.isdisjoint({"KL1", "KL2", "LU2", "LU4", "AV3"})


def test_where_each_milestone_target_stands(ask):
    found = dict(ask("lifecycle-of-milestone-targets", "code", "stands"))
    assert found == expected.where_milestones_stand()
    assert (found["LU3"], found["LU4"], found["MS1"]) == ("reached", "not-reached", "passed")


@pytest.mark.parametrize("target", ["12.3", "3.9", "12.4"])
def test_the_path_from_an_sdg_target_to_milestone_targets_and_objectives(ask, target):
    found = ask("milestone-targets-of-an-sdg-target", "code", "standing", "objective", target=target)
    assert {(code, s, o.rpartition("/")[2]) for code, s, o in found} == expected.milestones_mapped_to(target)


GOOD = (
    '#+ title: {sv: "T", en: "T"}\n#+ answers: {sv: "A", en: "A"}\n#+ area: goals\n'
    '#+ expects: {columns: [a], rows: "= 1"}\n'
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT * {}", "title"),
        (GOOD + "#+ colour: green\n", "colour"),
        (GOOD.replace(', en: "T"', ""), "title.en"),
        (GOOD.replace('"= 1"', '"about 1"'), "expects.rows"),
        (GOOD.replace("goals", "gaols"), "'gaols', but goals, follow-up"),
        (GOOD.replace("{sv", "{sv: ["), "YAML"),
        (GOOD + "#+ parameters: {a: {type: number, example: '1'}}\n", "parameters.a.type"),
    ],
)
def test_a_header_that_promises_nothing_checkable_is_refused(text, fault):
    with pytest.raises(header.BadHeader, match=fault):
        header.read(text, header.QuestionHeader, "questions/x.rq")


ALL_OF = {
    "observations": re.compile(r"qb:observation \?|[?]\w+ a qb:Observation|WHERE \{ \?\w+ qb:dataSet"),
    "series": re.compile(r"WHERE \{ \?\w+ mg:(first|last)Year (?=\?)"),
    "rows": re.compile(r"\?\w+ a mg:Row ;"),
    "statements": re.compile(r"GRAPH \?\w+ \{ (\?\w+ ){3}\}"),
}
"""How a question speaks of all observations, series, rows or statements, with no parameter that they depend on."""


@pytest.mark.parametrize("name", catalogue.questions())
def test_a_question_that_goes_through_all_of_what_can_be_millions_says_so(name):
    question = catalogue.questions()[name]
    text = "" if question.header.parameters else question.text
    assert question.header.reads == next((read for read, said in ALL_OF.items() if said.search(text)), None)


def named_after_groups() -> list[tuple[str, str]]:
    """The questions that look for a name after their groups are made, and the variable of what is named."""
    named = re.compile(r"OPTIONAL \{ (\?\w+) skos:prefLabel")
    made = {name: question.text.rpartition("GROUP BY") for name, question in catalogue.questions().items()}
    return [(name, thing) for name, (_, by, after) in made.items() if by for thing in named.findall(after)]


@pytest.mark.parametrize(("name", "thing"), named_after_groups())
def test_a_question_looks_up_the_name_of_what_surely_has_a_value_after_groups_are_made(name, thing):
    _, _, after = catalogue.questions()[name].text.rpartition("GROUP BY")
    assert re.search(rf"BIND \(COALESCE\(.+\) AS {re.escape(thing)}\)", after), "all names are gone through"


LOOKED_UP = [name for name, question in catalogue.questions().items() if "REPLACE(STR(?series)" in question.text]
"""The questions that look observations up by their addresses."""


def test_questions_about_a_year_and_the_latest_one_look_observations_up():
    ranked, latest = "areas-ranked-in-a-year", "latest-value-of-each-area"
    assert {ranked, latest, "means-of-counties", "change-between-two-years"} < set(LOOKED_UP)


@pytest.mark.parametrize("name", LOOKED_UP)
def test_what_is_looked_up_in_a_series_surely_has_a_value_and_else_all_are_gone_through(name):
    text = catalogue.questions()[name].text
    sure = set(re.findall(r"BIND \(COALESCE\(.+\) AS (\?\w+)\)", text))
    said = "sdmx-measure:obsValue|sdmx-attribute:unitMeasure|mg:yearNotOver|skos:prefLabel"
    assert set(re.findall(rf"^ +OPTIONAL \{{ (\?\w+) (?:{said}) .+\}}$", text, re.MULTILINE)) - {"?measure"} <= sure


EMISSIONS = """
PREFIX : <https://example.org/> PREFIX mg: <https://w3id.org/miljograf/spec/>
PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX of: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
INSERT DATA {
  :SE a mg:Country . :03 a mg:County .
  :farming a mg:Sector ; skos:prefLabel "Jordbruk"@sv .
  :t skos:prefLabel "ton"@sv .
  :a qb:dataSet :set ; of:refArea :SE ; of:refPeriod "2023"^^xsd:gYear ; mg:sector :farming ; measure:obsValue 9 ;
    attribute:unitMeasure :t .
  :b qb:dataSet :set ; of:refArea :SE ; of:refPeriod "2024"^^xsd:gYear ; mg:sector :farming ; measure:obsValue 8.5 ;
    attribute:unitMeasure :t .
  :c qb:dataSet :set ; of:refArea :03 ; of:refPeriod "2024"^^xsd:gYear ; mg:sector :farming ; measure:obsValue 1.5 ;
    attribute:unitMeasure :t .
}
"""


def test_the_emissions_of_a_sector_are_those_of_the_nation_where_there_are_those_of_counties_too():
    store = ox.Store()
    store.update(EMISSIONS)
    rows = store.query(catalogue.questions()["emissions-by-sector"].text)
    said = ("year", "name", "emissions", "unit")
    assert [[row[each].value for each in said] for row in rows] == [["2024", "Jordbruk", "8.5", "ton"]]


@pytest.mark.parametrize(
    ("name", "said"),
    [("change-in-each-series", "all {} series"), ("statements-without-a-source", "all {} statements"),
     ("rows-resting-on-editors-only", "all {} rows"), ("objectives-in-order", None)],
)  # fmt: skip
def test_the_page_says_of_a_question_what_it_goes_through_all_of(client, release, name, said):
    question = catalogue.questions()[name]
    asked = {"query": question.example(release.base, "en")}
    html = client.get("/en/query", params=asked, headers={"Accept": "text/html"}).text
    counted = release.record["counts"]
    counts = {"values": counted["observation"], "series": counted["slice"], "rows": counted["row"],
              "statements": release.record["triples"]}  # fmt: skip
    told = html.partition('id="answers"')[2].partition("</p>")[0]
    assert ("the longer it takes" in told) == (said is not None)
    for each, count in counts.items():
        assert f"goes through all {count:,} {each}</span>" in html
        assert said != f"all {{}} {each}" or f"all {count:,} {each} of the release" in told


def test_a_good_header_is_read():
    assert header.read(GOOD, header.QuestionHeader, "x.rq").title.en == "T"


NAMES = [f"{folder}/{name}" for folder in ("pages", "documents", "about") for name, _ in catalogue.texts(folder)]


@pytest.mark.parametrize("name", NAMES)
def test_every_query_of_the_product_has_a_header_and_runs(name):
    asked = catalogue.query(name).text
    prefixes = {prefix: str(namespace) for prefix, namespace in namespaces.prefixes().items()}
    is_union = not inspect(asked).chooses_graphs
    task = Task(asked, results="tsv", graph="turtle", is_union=is_union, prefixes=prefixes)
    told, spool = answer(ox.Store(), task)
    spool.close()
    assert not told.failed, told


def test_a_variable_is_held_to_a_term_and_not_to_text():
    awkward = Literal('a " } \\ ?o\n')
    text = catalogue.hold("SELECT ?o WHERE {\n  BIND (1 AS ?n)\n}", {"o": [awkward]})
    ((found,),) = ox.Store().query(text)
    assert found == ox.Literal(str(awkward))
    with pytest.raises(ValueError, match="IRI"):
        catalogue.hold("SELECT ?o WHERE { }", {"o": [URIRef("http://a/> } ?o { <")]})


def test_a_variable_is_held_where_the_query_says_so_and_a_free_one_nowhere():
    text = "SELECT * WHERE {\n  {\n    VALUES ?a { UNDEF }\n  } UNION {\n    VALUES ?b { UNDEF }\n  }\n}"
    held = catalogue.hold(text, {"a": [URIRef("http://a/1"), URIRef("http://a/2")]})
    assert held == "SELECT * WHERE {\n  {\n    VALUES ?a { <http://a/1> <http://a/2> }\n  } UNION {\n  }\n}"


@pytest.mark.parametrize("folder", ["about", "documents", "pages", "tables"])
def test_the_queries_of_the_product_can_be_asked_about_the_examples_of_their_headers(folder):
    asked = [catalogue.query(f"{folder}/{name}") for name, _ in catalogue.texts(folder)]
    with_parameters = [query for query in asked if query.header.parameters]
    assert with_parameters
    for query in with_parameters:
        examples = {name: [URIRef(parameter.example)] for name, parameter in query.header.parameters.items()}
        text = query.asking(Base(), examples)
        assert "UNDEF" not in text
        assert all(re.search(rf"VALUES (\([?\w ]*)?\?{name}\b", text) for name in examples), query.name
        ox.Store().query(text)  # it can be read


@pytest.mark.parametrize(("name", "question"), catalogue.questions().items())
def test_a_question_has_one_parameter_at_most_that_a_reader_finds_where_it_begins(name, question):
    placed = re.findall(r"VALUES \?(\w+) \{ UNDEF \}", question.text)
    assert len(question.header.parameters.keys() - set(placed)) <= 1, name


def test_a_parameter_is_bound_to_the_thing_it_names(release):
    question = catalogue.questions()["who-follows-up"]
    assert question.bindings(release.base, objective="9") == {
        "objective": URIRef("http://localhost:8000/id/objective/9")
    }


def test_the_sdg_goals_with_their_targets_and_mappings(ask):
    found = ask("sdg-goals-with-their-targets", "number", "targets", "mapped", "mappings")
    assert [(goal, *map(int, numbers)) for goal, *numbers in found] == expected.goals_with_their_targets()


def test_the_global_targets_that_nothing_is_mapped_to(ask):
    mapped = {row["object"] for row in expected.rows("mappings") if row["standing"] != "proposed"}
    wanted = {row["code"] for row in expected.rows("sdg_targets")} - mapped
    assert [code for (code,) in ask("sdg-targets-without-a-mapping", "code")] == sorted(wanted, key=as_counted)


@pytest.mark.parametrize(
    ("question", "code", "name", "table"),
    [
        ("sdg-goals-with-their-targets", "number", "name", "sdg_goal"),
        ("sdg-targets-without-a-mapping", "code", "name", "sdg_target"),
        ("sdg-indicators-under-several-targets", "codes", "title", "sdg_indicator"),
    ],
)
def test_our_names_of_what_is_of_the_agenda_stand_in_both_languages(ask, question, code, name, table):
    column = table.removeprefix("sdg_")
    titles = {
        row[column].removeprefix("2020-"): (row["title_en"], row["title_sv"])
        for row in expected.rows(f"{table}_titles")
    }
    found = ask(question, code, name, f"{name}InSwedish")
    assert found
    for codes, english, swedish in found:
        assert (english, swedish) in {titles[each] for each in codes.split()}


def test_the_steps_of_milestone_targets(ask):
    assert ask("steps-of-milestone-targets", "code", "year", "percent") == expected.steps_of_milestones()


def test_the_seven_strands(ask):
    assert ask("strands-of-the-generational-goal", "number", "name") == expected.strands()


def test_the_specifications_per_objective(ask):
    found = [(number, int(n)) for number, n in ask("specifications-per-objective", "number", "specifications")]
    assert found == expected.specifications_per_objective()


def test_the_counties_with_nuts_code_and_board(ask):
    found = ask("counties-with-nuts-and-board", "code", "nuts", "organisationNumber")
    assert [(code, nuts.rpartition("/")[2], board) for code, nuts, board in found] == expected.counties_with_board()


def test_the_sdg_indicators_under_several_targets(ask):
    found = ask("sdg-indicators-under-several-targets", "codes", "iris", "isOne")
    by_codes = {frozenset(codes.split()): (int(iris), is_one == "true") for codes, iris, is_one in found}
    assert by_codes == expected.indicators_under_several_targets()
    assert by_codes[frozenset({"1.5.1", "11.5.1", "13.1.1"})] == (1, True)
    assert by_codes[frozenset({"7.b.1", "12.a.1"})] == (0, False)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_whoever_has_asked_nothing_sees_the_question_for_the_objectives(client, language):
    field = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get(f"/{language}/query").text, re.DOTALL)
    assert "mg:EnvironmentalQualityObjective" in field[1]


COUNTED = {
    "lifecycle-of-milestone-targets": "code",
    "steps-of-milestone-targets": "code",
    "sdg-targets-without-a-mapping": "code",
    "sdg-indicators-under-several-targets": "codes",
    "from-an-sdg-target-to-indicators": "milestone",
    "who-follows-up": "objective",
    "assessments-of-the-nation": "objective",
    "counties-that-should-assess-an-objective": "objective",
    "indicators-of-an-objective": "objective",
}
"""Questions whose rows stand in the order of a column, as people count: BM2 before BM10, target 8.2 before 8.10."""


def as_counted(value) -> list[tuple[bool, int, str]]:
    """A code or the end of an IRI, its numbers as numbers, before letters."""
    parts = re.findall(r"[0-9]+|[^0-9]+", str(value).rpartition("/")[2])
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


@pytest.mark.parametrize(("name", "column"), COUNTED.items())
def test_codes_and_numbers_stand_in_the_order_that_people_count(ask, name, column):
    found = [as_counted(value) for (value,) in ask(name, column) if not value.endswith("/GEN")]
    assert found == sorted(found)


def test_the_targets_of_an_objective_stand_in_the_order_that_people_count(ask):
    found = ask("sdg-targets-of-an-objective", "standing", "code", objective="4")
    kept = sorted(found, key=lambda row: (row[0] != "published", as_counted(row[1])))
    assert found == kept
