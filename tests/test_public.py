"""Each public question has an address that answers in JSON, in CSV and as a page; lists of things have one too."""

import csv
import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from pyld import jsonld
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from ontology.base import CANONICAL
from ontology.kinds import KINDS, LISTED
from queries.catalogue import questions
from tests.conftest import BASE

XSD = "http://www.w3.org/2001/XMLSchema#"
QUESTIONS = questions()
SERIES = {"series": "forest-birds-2024/SE"}


def asking(question):
    """The parameters of a question, as its example has them."""
    return {name: parameter.example for name, parameter in question.header.parameters.items()}


def every_page(client, address, **asked):
    """The pages of a list, as a program follows them."""
    page = client.get(address, params=asked).json()
    yield page
    while page["next"]:
        page = client.get(page["next"]).json()
        yield page


def plain(value):
    """What a table in CSV has of a value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return value.get("@id", value.get("@value"))
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_answers_the_same_page_by_page_and_as_a_table(client, name):
    question, address = QUESTIONS[name], f"/api/q/{name}"
    pages = list(every_page(client, address, **asking(question), size="1000"))
    rows = [row for page in pages for row in page["items"]]
    columns = question.header.expects.columns
    assert all(list(row) == columns for row in rows)
    table = list(csv.reader(io.StringIO(client.get(f"{address}.csv", params=asking(question)).text, newline="")))
    assert table[0] == columns == pages[0]["columns"]
    numbers = {column for row in rows for column in columns if type(row[column]) in {int, float}}
    assert len(table) == 1 + len(rows)
    for told, row in zip(table[1:], rows, strict=True):
        for column, cell in zip(columns, told, strict=True):
            if column in numbers and cell:
                assert float(cell) == row[column]
            else:
                assert cell == plain(row[column])


def test_a_question_tells_its_release_its_columns_and_the_next_page(client, release):
    told = client.get("/api/q/values-of-a-series", params=SERIES | {"size": "1"}).json()
    address = "http://localhost:8000/api/q/values-of-a-series"
    assert told == {
        "@context": {
            "@vocab": f"{address}#",
            "items": "@included",
            "release": "http://www.w3.org/ns/dcat#version",
            "question": None,
            "columns": None,
            "next": None,
        },
        "@id": f"{address}?series=forest-birds-2024%2FSE&size=1",
        "release": release.id,
        "next": f"{address}?series=forest-birds-2024%2FSE&page=2&size=1",
        "question": "values-of-a-series",
        "columns": ["series", "year", "value", "unit", "yearNotOver"],
        "items": [
            {
                "series": {"@id": "http://localhost:8000/id/slice/forest-birds-2024/SE"},
                "year": {"@value": "2002", "@type": f"{XSD}gYear"},
                "value": 100,
                "unit": {"@value": "index (2002 = 100)", "@language": "sv"},
                "yearNotOver": None,
            }
        ],
    }


def test_a_list_of_things_tells_what_each_is_called_and_where_it_is_told_of(client, release):
    assert client.get("/api/objective?size=1").json() == {
        "@context": {
            "items": "@included",
            "release": "http://www.w3.org/ns/dcat#version",
            "label": {"@id": "http://www.w3.org/2000/01/rdf-schema#label", "@container": "@language"},
            "document": {"@reverse": "http://xmlns.com/foaf/0.1/primaryTopic", "@type": "@id"},
            "key": None,
            "kind": None,
            "next": None,
        },
        "@id": "http://localhost:8000/api/objective?size=1",
        "release": release.id,
        "next": "http://localhost:8000/api/objective?page=2&size=1",
        "kind": "objective",
        "items": [
            {
                "@id": "http://localhost:8000/id/objective/1",
                "key": "1",
                "label": {"sv": "Begränsad klimatpåverkan", "en": "Reduced Climate Impact"},
                "document": "http://localhost:8000/res/objective/1",
            }
        ],
    }


def test_the_list_of_questions_says_what_each_can_be_asked_about(client, release):
    told = client.get("/api/q").json()
    assert told["release"] == release.id
    assert [one["name"] for one in told["items"]] == list(QUESTIONS)
    one = next(one for one in told["items"] if one["name"] == "values-of-a-series")
    assert one == {
        "@id": "http://localhost:8000/api/q/values-of-a-series",
        "name": "values-of-a-series",
        "title": {"sv": "Värdena i en serie", "en": "The values of a series"},
        "answers": QUESTIONS["values-of-a-series"].header.answers.model_dump(),
        "area": "follow-up",
        "parameters": [{"name": "series", "kind": "slice", "example": "forest-birds-2024/SE", "required": False}],
        "columns": ["series", "year", "value", "unit", "yearNotOver"],
    }


@pytest.mark.parametrize("kind", LISTED, ids=lambda kind: kind.name)
def test_a_list_has_every_thing_of_its_kind_once(client, release, kind):
    items = [item for page in every_page(client, f"/api/{kind.name}", size="70") for item in page["items"]]
    assert len({item["@id"] for item in items}) == len(items) == release.record["counts"][kind.name]
    for item in items[:2]:
        assert client.get(urlsplit(item["document"]).path).status_code == 200


@pytest.mark.parametrize("kind", LISTED, ids=lambda kind: kind.name)
def test_the_page_of_a_list_leads_to_it_as_data(client, release, kind):
    page = client.get(f"/en/kinds/{kind.name}").text
    found = dict(re.findall(r'<a href="([^"]*)" type="([^"]*)">(?:CSV|JSON)</a>', page.partition("<main")[2]))
    assert set(found.values()) == {"application/json"} | (
        {"text/csv"} if str(kind.cls).startswith(CANONICAL) else set()
    )
    for address, media_type in found.items():
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].partition(";")[0] == media_type


def test_a_list_with_a_suffix_is_json_whatever_is_accepted_page_by_page(client):
    told = client.get("/api/objective.json?size=9", headers={"Accept": "text/html"}).json()
    assert told["next"].endswith("/api/objective.json?page=2&size=9")
    assert client.get("/api/objective.csv").status_code == client.get("/api/row.json").status_code == 404


@pytest.mark.parametrize(
    "address", ["/api/q", "/api/q/values-of-a-series?series=forest-birds-2024/SE", "/api/objective"]
)
def test_a_list_is_json_ld(client, address):
    answer = client.get(address)
    (node,) = jsonld.expand(answer.json())
    assert node["@id"] == answer.json()["@id"]
    assert node["@included"] == jsonld.expand({**answer.json(), "next": None})[0]["@included"]
    assert len(node["@included"]) == len(answer.json()["items"])
    assert {name for name in node if not name.startswith("@")} == {"http://www.w3.org/ns/dcat#version"}


def test_a_thing_is_named_by_its_key_or_its_iri(client):
    address = "/api/q/municipalities-of-a-county"
    by_key = client.get(address, params={"county": "03"}).json()["items"]
    assert len(by_key) == 8
    assert client.get(address, params={"county": "http://localhost:8000/id/county/03"}).json()["items"] == by_key
    assert len(client.get(address, params={"size": "1000"}).json()["items"]) == 290


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("county=99", "county"),
        ("county=", "county"),
        ("county=12&county=13", "county"),
        ("county=http://localhost:8000/id/objective/12", "county"),
        ("objective=8", "objective"),
        ("page=0", "page"),
        ("page=1.5", "page"),
        ("size=1001", "size"),
        ("size=-1", "size"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(client, asked, parameter):
    answer = client.get(f"/api/q/municipalities-of-a-county?{asked}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)


@pytest.mark.parametrize("suffix", ["", ".csv"])
def test_a_question_that_is_too_large_about_everything_has_to_be_about_something(client, suffix):
    needs = {
        name: [key for key, one in question.header.parameters.items() if one.required]
        for name, question in QUESTIONS.items()
    }
    assert needs["said-by-a-source"] == ["source"]
    for name, parameters in needs.items():
        if parameters:
            answer = client.get(f"/api/q/{name}{suffix}")
            assert (answer.status_code, answer.json()["parameter"]) == (400, parameters[0])
            example = QUESTIONS[name].header.parameters[parameters[0]].example
            assert f"{parameters[0]}={example}" in answer.json()["detail"]
            named = next(one for one in client.get("/api/q").json()["items"] if one["name"] == name)
            assert [one["required"] for one in named["parameters"]] == [True]
            told = client.get("/openapi.json").json()["paths"][f"/api/q/{name}"]["get"]["parameters"]
            assert [one["name"] for one in told if one.get("required")] == parameters


def test_a_long_answer_in_json_is_whole_however_much_memory_there_is(release):
    app = create_app(release, Settings(release.path.parent.parent, workers=1, memory_bytes=100))
    with TestClient(app, base_url="http://localhost:8000") as client:
        assert len(client.get("/api/q/objectives-in-order").json()["items"]) == 16
        assert client.get("/api/q/objectives-in-order.csv").text.count("\n") == 17


def test_what_a_parameter_can_be_is_told_with_where_all_of_it_is(client):
    detail = client.get("/api/q/municipalities-of-a-county?county=99").json()["detail"]
    assert client.get(re.search(r"http://\S+(?<![.,])", detail)[0]).json()["kind"] == "county"
    assert "http://" not in client.get("/api/q/values-of-a-series?series=a/b").json()["detail"]  # series are not listed


def test_the_first_page_the_last_and_the_only_one_lead_where_they_should(client):
    def leads(page, size, address="/api/q/objectives-in-order"):
        answer = client.get(address, params={"page": str(page), "size": str(size)})
        to = {
            rel: urlsplit(link["url"]).query for rel, link in answer.links.items() if rel in {"first", "prev", "next"}
        }
        return answer.status_code, {rel: parse_qs(query).get("page", ["1"])[0] for rel, query in to.items()}

    for address in ("/api/q/objectives-in-order", "/api/objective"):
        assert leads(1, 6, address) == (200, {"first": "1", "next": "2"})
        assert leads(2, 6, address) == (200, {"first": "1", "prev": "1", "next": "3"})
        assert leads(3, 6, address) == (200, {"first": "1", "prev": "2"})
        assert leads(2, 8, address) == (200, {"first": "1", "prev": "1"})  # it ends with the page
        assert leads(1, 16, address) == (200, {"first": "1"})
        assert leads(3, 8, address)[0] == 404


def test_an_answer_without_rows_is_one_page(client):
    answer = client.get("/api/q/retired-identifiers")
    assert (answer.status_code, answer.json()["items"], answer.json()["next"]) == (200, [], None)
    assert client.get("/api/q/retired-identifiers?page=2").status_code == 404
    assert client.get("/api/un-series").json()["items"] == []


@pytest.mark.parametrize("parameter", ["page", "size"])
def test_a_table_is_whole_and_takes_no_pages(client, parameter):
    answer = client.get(f"/api/q/objectives-in-order.csv?{parameter}=2")
    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)


def test_what_is_accepted_chooses_the_format(client):
    address = "/api/q/municipalities-of-a-county?county=03"
    table = client.get(address, headers={"Accept": "text/csv"})
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.content == client.get("/api/q/municipalities-of-a-county.csv?county=03").content
    assert client.get(address, headers={"Accept": "text/turtle"}).status_code == 406
    assert client.get("/api/q", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/api/objective", headers={"Accept": "text/csv"}).status_code == 406
    assert {"Accept"} <= set(table.headers["Vary"].split(", "))


def test_a_browser_is_led_to_the_page_with_the_same_answer(client):
    browser = {"Accept": "text/html", "Accept-Language": "en"}
    answer = client.get("/api/q/municipalities-of-a-county?county=03", headers=browser, follow_redirects=True)
    assert answer.url.path == "/en/query"
    assert answer.text.count("/res/municipality/") == 8
    assert client.get("/api/q", headers=browser).headers["Location"] == "/en/query"
    assert client.get("/api/objective", headers=browser).headers["Location"] == "/en/kinds/objective"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("assessments-of-a-county?county=14", "/api/q/assessments-of-a-county.csv?county=14"),
        ("assessments-of-a-county", "/api/q/assessments-of-a-county.csv"),
        (
            "areas-ranked-in-a-year?dataset=ghg-county-2026-08",
            "/api/q/areas-ranked-in-a-year.csv?dataset=ghg-county-20",
        ),
    ],
)
def test_a_page_says_which_question_it_answers_whatever_it_is_asked_about(client, asked, address):
    browser = {"Accept": "text/html", "Accept-Language": "en"}
    shown = client.get(f"/api/q/{asked}", headers=browser, follow_redirects=True).text
    title = QUESTIONS[asked.partition("?")[0]].header.title.en
    assert f"<strong>{title}.</strong>" in shown
    assert f'href="{address}' in shown
    assert "Nothing in the data has" not in shown  # a question knows what may be missing


def test_a_question_that_is_held_to_two_things_has_no_address_and_a_changed_one_no_title(client):
    text = QUESTIONS["assessments-of-a-county"].example(BASE, "en")
    one = re.search("<[^>]*/county/12>", text)[0]
    two = client.get("/en/query", params={"query": text.replace(one, f"{one} {one.replace('12', '14')}")}).text
    assert '<p id="answers"' in two
    assert "/api/q/" not in two
    assert '<p id="answers"' not in client.get("/en/query", params={"query": f"{text} LIMIT 3"}).text


def test_the_query_page_leads_to_a_question_at_its_own_address(client):
    page = client.get("/en/query", params={"query": QUESTIONS["municipalities-of-a-county"].example(BASE, "en")}).text
    found = re.findall(r'href="(/api/q/[^"]*)"', page)
    example = asking(QUESTIONS["municipalities-of-a-county"])["county"]
    stem = "/api/q/municipalities-of-a-county"
    assert found == [f"{stem}.json?county={example}", f"{stem}.csv?county={example}"]
    assert {client.get(address).status_code for address in found} == {200}
    assert "/api/q/" not in client.get("/en/query?query=ASK%7B%7D").text


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("q/nosuch", "api/q"),
        ("q/objectives-in-oder", "api/q/objectives-in-order"),
        ("q/objectives-in-order.ttl", "api/q/objectives-in-order"),
        ("q/objectives-in-order.", "api/q/objectives-in-order"),
        ("objectiv", "api/objective"),
        ("objective.csv", "res/spec/EnvironmentalQualityObjective.csv"),
    ],
)
def test_what_there_is_not_is_not_found_and_leads_to_what_there_is(client, path, instead):
    answer = client.get(f"/api/{path}")
    assert (answer.status_code, answer.json()["instead"]) == (404, f"http://localhost:8000/{instead}")
    assert client.get(f"/{instead}").status_code == 200


@pytest.mark.parametrize("path", ["row", "row.csv", "zzzzz"])
def test_a_list_like_no_other_is_not_found_among_those_that_there_are(client, path):
    told = client.get(f"/api/{path}").json()
    assert told["status"] == 404
    assert "instead" not in told
    assert "objective" in told["available"]


def test_a_limit_that_a_question_meets_is_told_as_of_any_query(release):
    app = create_app(release, Settings(workers=1, page_workers=1, max_answer_rows=5))
    with TestClient(app, base_url="http://localhost:8000") as client:
        answer = client.get("/api/q/objectives-in-order.csv")
        assert client.get("/api/q/objectives-in-order?size=4").status_code == 200
    told = answer.json()
    assert (answer.status_code, told["setting"], told["limit"]) == (503, "max_answer_rows", 5)
    assert told["elapsed"] > 0
    assert told["dump"].endswith("/data/all.nq.gz")


def test_a_question_can_be_read_page_by_page():
    """It has no limit of its own, an order, and columns that are no members of the list."""
    for name, question in QUESTIONS.items():
        tail = question.text.rpartition("}")[2]
        is_one_row = question.header.expects.rows == "= 1" and not question.header.parameters
        assert is_one_row or "ORDER BY" in tail, name
        assert not re.search(r"\b(LIMIT|OFFSET)\b", tail), name
        assert not {"items", "next", "release", "question", "columns"} & set(question.header.expects.columns), name
        assert not {"page", "size"} & set(question.header.parameters), name
        assert all(one.kind in KINDS for one in question.header.parameters.values()), name


def test_every_question_is_described_with_what_it_takes(client):
    paths = client.get("/openapi.json").json()["paths"]
    for name, question in QUESTIONS.items():
        told = [one["name"] for one in paths[f"/api/q/{name}"]["get"]["parameters"]]
        assert told == [*question.header.parameters, "page", "size"]
