"""Pages of the site and example questions are found by the words that somebody would look for them by."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from endpoint.search.guides import find_guides, guides, guides_called
from ontology.text import LANGUAGES
from tests.test_search import suggested


def found(client: TestClient, typed: str, language: str = "sv") -> list[str]:
    """The titles of the pages and questions that a search shows."""
    text = client.get(f"/{language}/search", params={"q": typed}).text
    lists = re.findall(r'<ul class="hits">(.*?)</ul>', text, re.DOTALL)
    return [title for one in lists for title in re.findall(r"<a href=\"/[^\"]*\">([^<]*)</a>\n", one)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("medelvärde", "Medelvärdet av kommunerna i varje län, och av länen"),
        ("medelvärden", "Medelvärdet av kommunerna i varje län, och av länen"),
        ("medelvärdena", "Medelvärdet av kommunerna i varje län, och av länen"),
        ("genomsnitt", "Medelvärdet av kommunerna i varje län, och av länen"),
        ("average", "Medelvärdet av kommunerna i varje län, och av länen"),
        ("ladda ner", "Ladda ner data"),
        ("download", "Ladda ner data"),
        ("hur laddar jag ner data", "Ladda ner data"),
        ("rss", "Ladda ner data"),
        ("SPARQL", "Fråga data med SPARQL"),
        ("licens", "Datamängder med licens och version"),
        ("karta", "Länen som geometrier för en karta"),
        ("jämför kommuner", "Jämför områden"),
        ("ranking", "Jämför områden"),
        ("senaste värdet", "Det senaste värdet i varje område"),
        ("kommun", "Kommuner"),
        ("municipality", "Kommuner"),
        ("county", "Län"),
        ("utsläppen", "Utsläppen i varje sektor, det senaste året"),
        ("shacl", "Kontrollen av utgåvan"),
        ("tillganglighet", "Tillgänglighetsredogörelse"),
    ],
)
def test_an_everyday_word_finds_the_page_or_the_question_that_speaks_of_it(client, typed: str, first: str) -> None:
    assert found(client, typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["haven", "forest", "koldioxid", "14.1", "7", "xyzzyq", "övergödning", "", "a"])
def test_nothing_is_found_by_what_no_page_speaks_of(client: TestClient, typed: str) -> None:
    assert found(client, typed) == []


def test_letters_with_marks_are_those_that_are_meant(client: TestClient) -> None:
    assert "Länen med NUTS-kod och länsstyrelse" in found(client, "länen")
    assert "Länen med NUTS-kod och länsstyrelse" in found(client, "lanen")
    assert "Låt en språkmodell fråga" not in found(client, "län")


def test_who_finds_no_thing_is_shown_pages_first_and_who_finds_things_is_shown_these_first(client: TestClient) -> None:
    nearly = client.get("/en/search?q=licens").text
    assert nearly.index('id="guides"') < nearly.index('role="status"')
    exactly = client.get("/en/search?q=county").text
    assert exactly.index('role="status"') < exactly.index('class="hits" start') < exactly.index('id="guides"')
    assert re.search(r'And also <a href="#guides">\d+ pages and example questions</a>', exactly)
    assert 'id="guides"' not in client.get("/en/search?q=county&type=county").text
    assert "No thing in the data is called “download”" in client.get("/en/search?q=download").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_tell_of_them_too_and_lead_where_they_are(client: TestClient, language: str) -> None:
    page = suggested(client, "download", language)[0]
    assert (page["kind"], page["href"], page["language"]) == ("page", f"/{language}/data", language)
    question = suggested(client, "medelvärde", language)[0]
    assert question["kind"] == "question"
    query = parse_qs(urlsplit(question["href"]).query)["query"][0]
    assert "SELECT ?dataset ?within ?name ?part ?year ?mean" in query
    assert f"<strong>{question['label']}.</strong>" in client.get(question["href"]).text
    kinds = [one["kind"] for one in suggested(client, "kommun", language)]
    assert kinds[0] == "list"
    assert kinds[-1] == "question"
    assert not {"page", "list", "question"} & {*kinds[1:-1]}


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("kommuner", "kinds/municipality"),
        ("Municipality", "kinds/municipality"),
        ("lanen", "kinds/county"),
        ("miljömål", "kinds/objective"),
        ("indikatorerna", "kinds/indicator"),
        ("mapping", "kinds/mapping"),
        ("sparql", "query"),
        ("jämför områden", "compare"),
    ],
)
def test_the_page_that_is_called_so_stands_first(client: TestClient, typed: str, page: str) -> None:
    assert suggested(client, typed)[0]["href"] == f"/sv/{page}"
    text = client.get("/sv/search", params={"q": typed}).text.partition('id="search-hint"')[2]
    assert re.findall(r'<a href="(/[^"]*)"', text)[0] == f"/sv/{page}"


@pytest.mark.parametrize("typed", ["kommunal", "malmö kommun", "län 12", "", "?"])
def test_no_page_is_called_what_only_has_its_name_in_it(client: TestClient, typed: str) -> None:
    assert guides_called(client.app.state.site, typed) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_list_is_found_by_its_title_and_is_there(client: TestClient, language: str) -> None:
    site = client.app.state.site
    for guide in guides():
        is_there = guide.kind != "list" or site.holds(guide.name.removeprefix("kinds/"))
        assert (guide in find_guides(site, guide.title.in_(language))) is is_there, guide.name
        if is_there and guide.kind != "question":
            assert client.get(guide.path(site, language)).status_code == 200, guide.name
