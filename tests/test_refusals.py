"""Every type of problem leads to an entry that tells what it means, its limit and the way out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from starlette.testclient import TestClient

import endpoint
from endpoint.app import create_app_of_files
from endpoint.problem_type import address_of
from endpoint.problem_types import TYPES
from endpoint.settings import Settings
from loaders.collection import collect
from ontology.base import Base
from ontology.text import LANGUAGES
from tests.conftest import BASE
from tests.test_pages import get

ELSEWHERE = Base("http://data.test/")
MAKERS = {"Problem", "_cannot", "_problem"}
REASONS = {"QueryFailed"}


@pytest.fixture(scope="module")
def of_files(tmp_path_factory) -> Iterator[TestClient]:
    """A client of a service of a file."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.ttl").write_text("<a:s> <a:p> 1 .")
    collection = collect([folder / "a.ttl"], (), ELSEWHERE, folder / "store")
    app = create_app_of_files(collection, ELSEWHERE, Settings(workers=1, page_workers=1, deadline=3.0))
    with TestClient(app, base_url="http://data.test") as client:
        yield client


def called() -> Iterator[tuple[str, str]]:
    """The kinds of problems and the reasons of failures that stand in the code, by who is called with them."""
    for file in Path(str(endpoint.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name in MAKERS | REASONS and isinstance(node.args[0], ast.Constant):
                yield name, node.args[0].value


def test_every_kind_that_the_code_names_is_in_the_table():
    found = list(called())
    assert {kind for name, kind in found if name in MAKERS} <= TYPES.keys()
    assert {f"query-{reason}" for name, reason in found if name in REASONS} <= TYPES.keys()
    assert len(found) > 15


def test_the_settings_of_limits_are_settings():
    assert all(hasattr(Settings(), type_.setting) for type_ in TYPES.values() if type_.setting)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_leads_to_its_entry(client, of_files, language):
    for asked, base in ((client, BASE), (of_files, ELSEWHERE)):
        shown = get(asked, f"/{language}/problems")
        headings = {attributes["id"] for attributes in shown.of("h3")}
        assert headings == TYPES.keys()
        listed = asked.get("/problems", headers={"Accept-Language": language})
        assert listed.headers["content-type"] == "application/json"
        assert listed.headers["content-language"] == language
        for told in listed.json()["problems"]:
            document, kind = urldefrag(told["type"])
            assert document == f"{base.iri}problems"
            assert told["title"] == TYPES[kind].title.in_(language)
            assert told["status"] == TYPES[kind].status
            assert told["meaning"]
            assert "{" not in told["meaning"]
            assert " ".join(told["meaning"].split()) in " ".join(shown.text.split()), kind
            assert ("limit" in told) == bool(TYPES[kind].setting)
        assert {told["type"] for told in listed.json()["problems"]} == {address_of(kind, base.iri) for kind in TYPES}


def test_readers_are_led_to_the_page_and_the_limits_are_those_of_the_service(of_files):
    led = of_files.get("/problems", headers={"Accept": "text/html", "Accept-Language": "en"}, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/en/problems")
    assert "Accept" in led.headers["vary"]
    listed = of_files.get("/problems").json()["problems"]
    (deadline,) = [one for one in listed if one["type"].endswith("#query-deadline")]
    assert (deadline["setting"], deadline["limit"]) == ("deadline", 3.0)
    assert "it had 3 s" in deadline["meaning"]
    assert of_files.get("/problems", headers={"Accept": "image/png"}).status_code == 406


ASKED = [
    ("/sparql?query=SELECT", {}, "query-syntax"),
    ("/sparql?query=DELETE%20WHERE%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", {}, "query-update"),
    ("/sparql?query=ASK%7B%7D&nonsense=1&timeout=x", {}, "bad-parameter"),
    ("/sparql?query=ASK%7B%7D", {"Accept": "image/png"}, "not-acceptable"),
    ("/graphs?graph=http%3A%2F%2Fa.example%2F", {}, "no-graph"),
    ("/nothing-is-here", {}, "no-such-page"),
]


@pytest.mark.parametrize("path", ["/res/objective/17", "/id/county/99", "/sparql?query=ASK", "/nothing-is-here"])
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-quads, text/turtle;q=0.5"])
def test_a_problem_is_json_whatever_formats_of_data_are_asked_for(client, path, accept):
    problem = client.get(path, headers={"Accept": accept})
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == problem.status_code
    assert problem.status_code in {400, 404}


@pytest.mark.parametrize(("path", "headers", "kind"), ASKED)
def test_the_type_of_an_answer_is_an_address_that_answers(client, of_files, path, headers, kind):
    for asked, base in ((client, BASE), (of_files, ELSEWHERE)):
        problem = asked.get(path, headers=headers)
        assert problem.headers["content-type"] == "application/problem+json"
        said = problem.json()
        assert said["type"] == f"{base.iri}problems#{kind}"
        assert said["status"] == problem.status_code == TYPES[kind].status
        assert asked.get(urldefrag(said["type"])[0]).status_code == 200


def test_where_there_is_nothing_the_answer_leads_to_what_there_is(client, of_files):
    for asked in (client, of_files):
        said = asked.get("/nothing-{is}-here").json()["detail"]
        assert said.startswith("There is nothing at /nothing-{is}-here.")
        assert "/openapi.json" in said
        assert asked.get("/openapi.json").status_code == 200


def test_the_page_of_a_problem_leads_to_what_it_means(client):
    shown = client.get("/en/nothing-is-here", headers={"Accept": "text/html"})
    assert shown.status_code == 404
    assert re.search(r'href="/en/problems#no-such-page"', shown.text)


def test_a_method_that_an_address_does_not_take_has_a_type_of_its_own(of_files):
    answer = of_files.post("/problems")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["type"] == "http://data.test/problems#method-not-allowed"
    assert answer.json()["detail"] == "POST /problems is not taken. There are: GET, HEAD, OPTIONS."
