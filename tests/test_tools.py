"""What the tools of `/mcp` give: held against the tables, and against what `/sparql` answers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from endpoint.mcp.tools import TOOLS
from queries.catalogue import questions
from tests.conversing import NEWEST, call, failed, headers_of, message
from tests.test_pages import table

BASE = "http://localhost:8000/"
MG = f"PREFIX mg: <{BASE}spec/>\n"
FOLLOWED = MG + "SELECT ?objective ?actor { ?objective mg:followedUpBy ?actor } ORDER BY ?objective ?actor"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_counties_and_objectives_are_found_by_their_names_in_both_languages(client):
    named = {f"{BASE}id/county/{row['code']}": ("county", row["name_sv"], "sv") for row in table("counties")}
    translated = {
        f"{BASE}id/objective/{row['objective']}": ("objective", row["name_en"], "en")
        for row in table("objective_translations")
    }
    assert (len(named), len(translated)) == (21, 16)
    for thing, (kind, name, language) in (named | translated).items():
        found = call(client, "find", text=name, kind=kind, language=language, limit=1)["found"]
        assert [(one["iri"], one["label"], one["kind"]) for one in found] == [(thing, name, kind)]


def test_what_is_found_says_how_much_fits_and_what_was_read_for_what_was_typed(client):
    county = next(row for row in table("counties") if row["code"] == "12")
    told = call(client, "find", text="skanne", limit=2)
    assert "skåne" in told["readAs"]["skanne"]
    assert len(told["found"]) == 2 < told["total"] == sum(told["kinds"].values())
    assert f"{BASE}id/county/12" in [one["iri"] for one in told["found"]]
    assert call(client, "find", text=f"{county['name_sv']} Enhörning")["isPartial"] is True
    assert call(client, "find", text="!")["found"] == []


def test_a_term_is_found_with_what_it_means(client):
    (found, *_) = call(client, "find", text="followed up by", kind="term")["found"]
    assert found["iri"] == f"{BASE}spec/followedUpBy"
    assert client.get(found["page"]).status_code == 200
    assert len(found["description"]) > len("Term or concept: ")


def test_a_thing_that_is_found_says_who_states_it_and_how_surely(client):
    rows = [row for row in table("objectives") if row["number"] == "8"]
    for name in ("objective_pages", "objective_translations", "responsibilities"):
        rows += [row for row in table(name) if row["objective"] == "8"]
    told = call(client, "find", text="8", kind="objective", limit=1)
    expected = {(f"{BASE}id/source/{row['source_id']}", row["confidence"]) for row in rows}
    assert {(one["source"], one["confidence"]) for one in told["found"][0]["stated"]} == expected
    known = {f"{BASE}id/source/{row['id']}": row for row in table("sources")}
    assert {one["iri"] for one in told["sources"]} == {source for source, _ in expected}
    for one in told["sources"]:
        assert one["title"] == known[one["iri"]]["title"]
        assert one["standing"] == ("editorial" if one["iri"].endswith("/editors") else "published")
    assert {one["standing"] for one in told["sources"]} == {"editorial", "published"}


def test_an_attribution_and_a_licence_are_told_where_a_source_has_them(client):
    query = (
        "PREFIX qb: <http://purl.org/linked-data/cube#>\n"
        f"SELECT ?x {{ ?x qb:dataSet <{BASE}id/dataset/ghg-county-2026-08> }} LIMIT 3"
    )
    (source,) = call(client, "query", query=query)["sources"]
    (row,) = [row for row in table("sources") if row["id"] == source["iri"].rpartition("/")[2]]
    assert (source["things"], source["confidence"]) == (3, ["certain"])
    assert source["attribution"] == row["attribution"]
    assert source["licence"].endswith("apache.org/licenses/LICENSE-2.0")


def test_the_overview_counts_what_the_tables_hold(client):
    told = call(client, "schema")
    numbers = {one["term"]: one["number"] for one in told["classes"]}
    tables = {
        "mg:Municipality": "municipalities",
        "mg:County": "counties",
        "sdgo:Target": "sdg_targets",
        "mg:EnvironmentalQualityObjective": "objectives",
    }
    assert {term: numbers[term] for term in tables} == {term: len(table(name)) for term, name in tables.items()}
    assert told["prefixes"]["mg"] == f"{BASE}spec/"
    assert [one["name"] for one in told["questions"]] == list(questions())
    values = [row for row in table("observations") if row["dataset"] == "ghg-county-2026-08"]
    (data_set,) = [one for one in told["dataSets"] if one["iri"] == f"{BASE}id/dataset/ghg-county-2026-08"]
    assert data_set["values"] == len(values)
    assert data_set["years"] == [f(row["period"] for row in values) for f in (min, max)]


@pytest.mark.parametrize("named", ["mg:Municipality", "municipality", "Municipality", f"<{BASE}spec/Municipality>"])
def test_a_class_is_told_with_its_properties(client, named):
    told = call(client, "schema", **{"class": named})["class"]
    assert (told["class"], told["things"]) == ("mg:Municipality", len(table("municipalities")))
    properties = {one["property"]: one for one in told["properties"]}
    assert properties["mg:inCounty"]["things"] == len(table("municipalities"))
    assert properties["mg:inCounty"]["values"] == ["mg:County"]
    assert "mg:inCounty" in told["example"]


def test_a_property_with_concepts_for_values_names_them(client):
    told = call(client, "schema", **{"class": "mapping", "language": "sv"})["class"]
    (standing,) = [one for one in told["properties"] if one["property"] == "mg:standing"]
    published, *_ = standing["values"]
    query = f"{MG}SELECT (COUNT(?m) AS ?n) {{ ?m a mg:Mapping ; mg:standing <{published}> }}"
    assert int(call(client, "query", query=query)["rows"][0][0]) > 0


def test_the_terms_that_the_words_on_the_layout_name_are_in_use(client):
    told = call(client, "schema")
    used = {one["term"] for one in [*told["classes"], *call(client, "schema", part="properties")["properties"]]}
    text = f"{told['statements']} {told['observations']}".replace("(", " ").replace(")", " ")
    named = {word.strip(".,:;") for word in text.split() if word.partition(":")[0] in told["prefixes"]}
    assert len(named) > 10
    assert named - used <= {"xsd:gYear"}


def test_the_graphs_are_told_with_whose_they_are_and_how_many_are_left_out(client):
    told = call(client, "schema", part="graphs")
    sizes = [one["statements"] for one in told["graphs"]]
    assert sizes == sorted(sizes, reverse=True)
    (editors,) = [one for one in told["graphs"] if one["iri"] == f"{BASE}id/graph/editors"]
    assert editors["standing"] == "editorial"
    every = call(client, "query", query="SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert told["leftOut"].startswith(f"{int(every['rows'][0][0]) - len(sizes)} ")


def test_an_example_query_is_answered_as_it_is_told(client):
    told = call(client, "schema", question="values-of-an-area-in-a-year")["question"]
    assert call(client, "query", query=told["query"])["rows"]


def test_a_table_is_that_of_the_service(client):
    answer = client.get("/sparql", params={"query": FOLLOWED}, headers={"Accept": "text/csv"})
    columns, *rows = csv.reader(io.StringIO(answer.text))
    told = call(client, "query", query=FOLLOWED, names=True, language="sv")
    assert (told["columns"], told["rows"]) == (columns, rows)
    names = {f"{BASE}id/objective/{row['number']}": row["name_sv"] for row in table("objectives")}
    assert {thing: told["names"][thing] for thing, _ in rows} == names


def test_a_value_that_is_not_there_is_null(client):
    told = call(client, "query", query='SELECT ?a ?b { VALUES (?a ?b) { ("" UNDEF) (1 "x"@sv) } }')
    assert told["rows"] == [["", None], ["1", "x"]]


def test_as_many_rows_as_there_are_municipalities_are_given_and_more_are_refused(client):
    told = call(client, "query", query=MG + "SELECT ?m { ?m a mg:Municipality }")
    assert len(told["rows"]) == len(table("municipalities"))
    problem = failed(client, "query", query="SELECT * { ?a ?b ?c }")
    assert problem["type"] == f"{BASE}problems#tool-too-many-rows"
    assert (problem["limit"], problem["setting"]) == (300, "max_tool_rows")


def test_an_answer_that_is_too_long_is_refused_and_not_cut(client):
    doubled = " ".join(f"BIND (CONCAT(?d{n}, ?d{n}) AS ?d{n + 1})" for n in range(23))
    for query in (
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#> SELECT ?w { ?g geo:asWKT ?w } LIMIT 290",
        "CONSTRUCT WHERE { ?a ?b ?c } LIMIT 3000",
        f'SELECT (?d23 AS ?d) {{ BIND ("x" AS ?d0) {doubled} }}',  # longer than a worker hands over
    ):
        problem = failed(client, "query", query=query)
        assert (problem["limit"], problem["setting"]) == (100_000, "max_tool_bytes")


@pytest.mark.parametrize(
    ("query", "kind", "place"),
    [
        ("SELECT * {\n  ?s ?p }}", "query-syntax", (2, 9)),
        ("SELECT * { ?s mg:number 8 }", "query-syntax", (1, 15)),
        ("", "query-syntax", (1, 1)),
        ("DROP ALL", "query-update", None),
        ("SELECT * { SERVICE <http://localhost/> { } }", "query-federation", None),
        ("SELECT * {" * 101, "query-too-deep", (1, 1010)),
        ("#" * 100_001, "query-too-long", None),
    ],
)
def test_a_query_that_is_refused_says_what_the_service_says(client, query, kind, place):
    problem = failed(client, "query", query=query)
    answer = client.post("/sparql", data={"query": query})
    assert problem["type"] == f"{BASE}problems#{kind}"
    assert (problem.get("line"), problem.get("column")) == (place or (None, None))
    ours, theirs = ({**told, "elapsed": None} for told in (problem, answer.json()))
    assert ours == theirs


def test_a_query_that_takes_too_long_is_stopped_and_said_in_the_language_asked_for(client):
    problem = failed(client, "query", query=ENDLESS, timeout=0.2, language="sv")
    assert (problem["type"], problem["limit"]) == (f"{BASE}problems#query-deadline", 0.2)
    assert problem["detail"].startswith("Den avbröts")


def test_an_empty_answer_says_what_is_not_in_the_data(client):
    told = call(client, "query", query=MG + "SELECT * { ?o mg:folowedUpBy ?a }")
    assert told["rows"] == []
    assert any("mg:followedUpBy" in remark for remark in told["remarks"])
    assert call(client, "query", query="CONSTRUCT WHERE { ?a <a:nothing> ?b }")["remarks"]


def test_figures_without_things_say_that_they_do_not_tell_whose_they_are(client):
    assert call(client, "query", query="SELECT (COUNT(*) AS ?n) { ?a ?b ?c }")["remarks"]
    assert "remarks" not in call(client, "query", query=FOLLOWED)


def test_a_model_is_told_what_its_query_computes_in_vain(client):
    of_years = "PREFIX mg: <http://localhost:8000/spec/> SELECT ?m (?s + 1 AS ?d) { ?m mg:startYear ?s } LIMIT 2"
    assert any(said.startswith("?d has no value") for said in call(client, "query", query=of_years)["remarks"])
    asked = "ASK { BIND(<http://example.org/f>(1) AS ?x) FILTER(!BOUND(?x)) }"
    told = call(client, "query", query=asked)
    assert any("There is no function <http://example.org/f>" in said for said in told["remarks"])


@pytest.mark.parametrize("part", ["overview", "properties", "graphs"])
def test_a_part_a_class_and_a_question_that_are_asked_for_at_once_are_all_told(client, part):
    asked = [{"part": part}, {"class": "measure"}, {"question": "who-follows-up"}]
    alone = [call(client, "schema", **arguments) for arguments in asked]
    together = call(client, "schema", **{"part": part, "class": "measure", "question": "who-follows-up"})
    assert together == alone[2] | alone[1] | alone[0] | {"prefixes": alone[1]["prefixes"]}


def test_a_class_alone_is_told_without_the_overview(client):
    assert call(client, "schema", **{"class": "measure"}).keys() == {"release", "prefixes", "class"}
    assert call(client, "schema", part=None) == call(client, "schema", part="overview") == call(client, "schema")


REFUSED = [
    ("find", {}, "text", "The parameter text is missing. It is a text of 1 to 200 characters."),
    ("find", {"text": ""}, "text", "The parameter text cannot be “”. It can be: a text of 1 to 200 characters."),
    ("find", {"text": "a" * 201}, "text", f"“{'a' * 80}…”. It can be: a text of 1 to 200 characters."),
    ("find", {"text": ["a"]}, "text", '“["a"]”. It can be: a text of 1 to 200 characters.'),
    ("find", {"text": "a", "kind": "unicorn"}, "kind", "municipality"),
    ("find", {"text": "a", "kind": 7}, "kind", "The parameter kind cannot be “7”. It can be: a text."),
    ("find", {"text": "a", "limit": 0}, "limit", "“0”. It can be: a whole number from 1 to 25."),
    ("find", {"text": "a", "limit": 26}, "limit", "“26”. It can be: a whole number from 1 to 25."),
    ("find", {"text": "a", "limit": "5"}, "limit", '“"5"”. It can be: a whole number from 1 to 25.'),
    ("find", {"text": "a", "limit": None}, "limit", "“null”. It can be: a whole number from 1 to 25."),
    ("find", {"text": "a", "language": "de"}, "language", "“de”. It can be: en, sv."),
    ("find", {"text": "a", "colour": "green"}, "colour", "“colour” here. There are: language, text, kind, limit."),
    ("schema", {"class": "unicorn"}, "class", "mg:Municipality"),
    ("schema", {"class": "\x00"}, "class", "mg:Municipality"),
    ("schema", {"class": 7}, "class", "The parameter class cannot be “7”. It can be: a text."),
    ("schema", {"question": "unicorn"}, "question", "who-follows-up"),
    ("schema", {"part": "all"}, "part", "“all”. It can be: graphs, overview, properties."),
    ("schema", {"part": "graph"}, "part", "It can be: graphs, overview, properties. Is graphs meant?"),
    ("query", {"query": 1}, "query", "The parameter query cannot be “1”. It can be: a text."),
    ("query", {"query": "ASK {}", "names": "yes"}, "names", '“"yes"”. It can be: true or false.'),
    ("query", {"query": "ASK {}", "timeout": 0}, "timeout", "“0”. It can be: a number above 0."),
    ("query", {"query": "ASK {}", "timeout": "soon"}, "timeout", '“"soon"”. It can be: a number above 0.'),
]


@pytest.mark.parametrize(("tool", "arguments", "name", "said"), REFUSED)
def test_an_argument_that_a_tool_does_not_take_is_named_with_what_it_is_and_can_be(client, tool, arguments, name, said):
    problem = failed(client, tool, **arguments)
    assert (problem["type"], problem["parameter"]) == (f"{BASE}problems#bad-parameter", name)
    assert said in problem["detail"]


def test_what_an_argument_can_be_is_told_in_swedish_too(client):
    told = failed(client, "find", text="a", limit=26, language="sv")
    assert told["detail"] == "Parametern limit kan inte vara ”26”. Den kan vara: ett heltal från 1 till 25."
    assert failed(client, "find", text="a", language="de")["allowed"] == ["en", "sv"]


@pytest.mark.parametrize("arguments", [[], "text", 7, True])
def test_arguments_that_are_no_object_are_told_so(client, arguments):
    params = {"name": "find", "arguments": arguments}
    asked = message("tools/call", params, NEWEST)
    result = client.post("/mcp", json=asked, headers=headers_of("tools/call", params, NEWEST)).json()["result"]
    assert result["isError"] is True
    detail = json.loads(result["content"][0]["text"])["detail"]
    assert detail.endswith("It can be: an object with language, text, kind, limit.")


def test_each_argument_of_each_tool_says_what_it_can_be(client):
    """None is of a type that there are no words for."""
    needed = {"find": {"text": "a"}, "schema": {}, "query": {"query": "ASK {}"}}
    for tool, arguments in needed.items():
        for name in TOOLS[tool].listing["inputSchema"]["properties"]:
            assert f"The parameter {name} cannot be “{{}}”." in failed(client, tool, **arguments | {name: {}})["detail"]


@pytest.mark.parametrize("text", ["\x00", "'\" OR 1=1 --", "a\u202eb", "*", "🌳" * 200, "%ED%A0%80", "(((("])
def test_any_text_can_be_looked_for(client, text):
    assert isinstance(call(client, "find", text=text)["found"], list)
