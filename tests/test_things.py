"""A thing is not its document: `/id/…` leads to `/res/…`, which says the same in every format."""

import asyncio
import re

import pytest
from rdflib import Graph, Literal, URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.formats import DOCUMENTS
from endpoint.search.index import Index
from endpoint.settings import Settings
from loaders.curated import read_all
from loaders.row import Row
from ontology import iri
from ontology.namespaces import MG, SKOS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HERE = "http://localhost:8000"
OBJECTIVE = URIRef(f"{HERE}/id/objective/8")


def graph_of(answer) -> Graph:
    graph = Graph()
    graph.parse(data=answer.content, format=answer.headers["content-type"].partition(";")[0])
    return graph


@pytest.mark.parametrize("accept", [BROWSER, "text/turtle", "*/*", "image/png"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_thing_answers_303_to_its_document_for_every_client(client, accept, method):
    answer = client.request(method, "/id/objective/8", headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/res/objective/8"
    assert answer.headers["link"].split(", ")[0] == f'<{HERE}/res/objective/8>; rel="describedby"'


@pytest.mark.parametrize(
    ("thing", "document"),
    [
        ("/id/municipality/1280", "/res/municipality/1280"),
        ("/id/row/objectives/8", "/res/row/objectives/8"),
        ("/id/mapping/editors--objective-8--6.6", "/res/mapping/editors--objective-8--6.6"),
        ("/id/sdg-indicator/2020-1.a.1", "/res/sdg-indicator/2020-1.a.1"),
        ("/id/graph/regeringen-43485", "/res/graph/regeringen-43485"),
        ("/id/graph/vocabulary", "/res/graph/vocabulary"),
        ("/def/standing/editorial", "/res/def/standing/editorial"),
        ("/def/standing", "/res/def/standing"),
        ("/spec/Specification", "/res/spec/Specification"),
    ],
)
def test_every_sort_of_identifier_leads_to_a_document_that_is_there(client, thing, document):
    assert client.get(thing).headers["location"] == document
    assert client.get(document, headers={"Accept": "text/turtle"}).status_code == 200
    assert client.get(document, headers={"Accept": BROWSER}).status_code == 200


def test_a_document_says_what_is_said_of_the_thing_with_its_rows_and_what_points_to_it(client):
    graph = graph_of(client.get("/res/objective/8.ttl"))
    local = f"{HERE}/spec/"
    assert (OBJECTIVE, SKOS.prefLabel, Literal("Levande sjöar och vattendrag", lang="sv")) in graph
    assert (URIRef(f"{HERE}/id/specification/8-1"), URIRef(local + "specificationOf"), OBJECTIVE) in graph
    row = URIRef(f"{HERE}/id/row/objectives/8")
    assert (OBJECTIVE, URIRef(local + "statedIn"), row) in graph
    assert (row, URIRef(local + "line"), Literal(9)) in graph


def test_things_of_the_united_nations_have_documents_here_under_their_own_iris(client):
    graph = graph_of(client.get("/res/sdg/14.1", headers={"Accept": "text/turtle"}))
    target = URIRef("http://metadata.un.org/sdg/14.1")
    assert (target, SKOS.notation, Literal("14.1")) in graph
    assert client.get("/id/sdg-target/14.1").status_code == 404


@pytest.mark.parametrize("key", ["1.a", "14.c", "17.19"])
def test_a_key_with_a_full_stop_is_no_suffix(client, key):
    assert client.get(f"/res/sdg/{key}", headers={"Accept": "text/turtle"}).status_code == 200
    assert client.get(f"/res/sdg/{key}.ttl").headers["content-location"] == f"/res/sdg/{key}.ttl"


def test_a_page_is_in_the_language_asked_for(client):
    swedish = client.get("/res/objective/8", headers={"Accept": BROWSER, "Accept-Language": "sv"})
    english = client.get("/res/objective/8", headers={"Accept": BROWSER, "Accept-Language": "en"})
    assert swedish.headers["content-language"] == "sv"
    assert swedish.headers["content-location"] == "/res/objective/8.sv.html"
    assert '<html lang="sv"' in swedish.text
    assert '<html lang="en"' in english.text
    assert client.get("/res/objective/8.en.html", headers={"Accept-Language": "sv"}).text == english.text
    varying = set(swedish.headers["vary"].replace(" ", "").split(","))
    assert varying == {"Accept", "Accept-Language", "Accept-Profile", "Accept-Encoding"}


def test_a_page_links_both_ways_and_to_its_formats(client):
    page = client.get("/res/objective/8.sv.html").text
    assert "Levande sjöar och vattendrag" in page
    assert "/res/actor/202100-6420" in page
    assert "/res/specification/8-1" in page
    for format_ in DOCUMENTS:
        assert f"/res/objective/8.{format_.suffix}" in page


@pytest.mark.parametrize(
    "path",
    [
        "/id/objective/17",
        "/id/objective/",
        "/id/observation",
        "/id/slice",
        "/res/observation",
        "/res/slice",
        "/id/nonsense/8",
        "/id/objective/8%2F9",
        "/id/objective/%00",
        "/id/objective/8%0A",
        "/id/objective/8%09",
        "/id/objective/8%5B",
        "/res/%ff",
        "/id/county/99",
        "/def/standing/nonsense",
        "/spec/Nonsense",
        "/res/objective/17",
        "/res/objective/8.pdf",
        "/res/sdg/18",
        "/res/sdg/ontology",
        "/id/objective/å",
        "/id/" + "x" * 5000,
    ],
)
def test_what_the_release_does_not_know_is_404(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("id/objective/8/", "id/objective/8"),
        ("res/objective/8/", "res/objective/8"),
        ("spec/Mapping/", "spec/Mapping"),
        ("id/objective/8.ttl", "res/objective/8.ttl"),
        ("id/objective/8.pdf", "res/objective/8"),
        ("res/county/17.csv", "res/county/17"),
        ("id/objective/17", "res/spec/EnvironmentalQualityObjective"),
        ("res/objective/", "res/spec/EnvironmentalQualityObjective"),
        ("res/objective/17.ttl", "res/spec/EnvironmentalQualityObjective"),
        ("id/milestone-target/kl2", "id/milestone-target/KL2"),
        ("res/milestone-target/kl2", "res/milestone-target/KL2"),
        ("id/indicator/N00401", "id/indicator/kolada-N00401"),
        ("id/actor/2021001975", "id/actor/202100-1975"),
        ("id/information-system/kolda", "id/information-system/kolada"),
        ("res/information-system/Kolaad.sv.html", "res/information-system/kolada"),
        ("id/actor/riksdgen", "id/actor/riksdagen"),
        ("id/actor/riksdgen/", "id/actor/riksdagen"),
        ("id/dataset/ghg-conty-2026-08", "id/dataset/ghg-county-2026-08"),
        ("spec/mappin", "spec/Mapping"),
        ("def/standing/publishd", "def/standing/published"),
        ("id/county/Uppsala", "id/county/03"),
        ("res/county/Uppsala.ttl", "res/county/03"),
        ("res/county/uppsala.sv.html", "res/county/03"),
        ("id/county/Uppsala.ttl", "id/county/03"),
        ("res/specification/7.1.ttl", "res/specification/7-1"),
        ("id/municipality/malm%C3%B6", "id/municipality/1280"),
        ("id/municipality/Va%CC%88xjo%CC%88", "id/municipality/0780"),  # each mark by itself
        ("id/def/achievment", "res/def/achievement"),
        ("id/spec/Mappin", "res/spec/Mapping"),
        ("res/actor/naturv%C3%A5rdsverket", "res/actor/202100-1975"),
        ("id/county/V%C3%A4ster", "res/spec/County"),  # several begin so
        ("id/specification/7.1", "id/specification/7-1"),
        ("res/sdg-target/14.1", "res/sdg/14.1"),
        ("id/sdg-target/14.1", "res/sdg/14.1"),
        ("id/sdg/14.1", "res/sdg/14.1"),
        ("id/sdg/14.99", "vocabulary"),
        ("id/actor/riksgdenx", "res/spec/Actor"),  # three letters are too many
        ("id/county/99", "res/spec/County"),  # and a code is what it is
        ("id/actor/202100-1957", "res/spec/Actor"),
        ("id/milestone-target/2", "res/spec/MilestoneTarget"),
        ("id/nonsense/1/", "vocabulary"),
        ("res/nonsense/1.ttl", "vocabulary"),
        ("id/graph/nonsense", "sparql"),
        ("res/graph/nonsense.ttl", "sparql"),
        ("spec/Nonsense", "vocabulary"),
        ("def/unit/nonsense", "vocabulary"),
        ("res/spec/Nonsense.ttl", "vocabulary"),
        ("id/observation/ghg-county-2026-08/12/1066", "id/slice/ghg-county-2026-08/12"),
        ("res/observation/ghg-county-2026-08/12/1066.ttl", "res/slice/ghg-county-2026-08/12"),
        ("id/observation/ghg-county-2026-08/99/2020", "id/dataset/ghg-county-2026-08"),
        ("id/slice/ghg-county-2026-08/99", "id/dataset/ghg-county-2026-08"),
        ("id/observation/" + "a/" * 99, None),
        ("res/sdg/18", None),
        ("res/shapes/nonsense.ttl", "sv/validation"),
    ],
)
def test_an_address_that_leads_astray_says_where_to_go(client, path, instead):
    problem = client.get(f"/{path}").json()
    assert problem.get("instead") == (f"http://localhost:8000/{instead}" if instead else None)
    assert instead is None or f"{problem['instead']}." in problem["detail"]
    page = client.get(f"/{path}", headers={"Accept": BROWSER}).text
    assert instead is None or f'<a href="/{instead}">' in page
    assert instead is None or client.get(f"/{instead}").status_code in {200, 303}


@pytest.mark.parametrize("asked", ["res/county/Uppsala", "id/actor/riksdgen"])
def test_what_an_address_may_mean_is_looked_for_beside_the_loop_that_answers_others(client, monkeypatch, asked):
    seen = set()
    for name in ("find", "near"):
        monkeypatch.setattr(Index, name, _told_where(getattr(Index, name), seen))
    assert client.get(f"/{asked}").json()["instead"]
    assert seen == {False}


def _told_where(ask, seen):
    """What is asked of an index, with whether it is asked where all requests are answered."""

    def told(*given):
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            seen.add(False)
        else:
            seen.add(True)
        return ask(*given)

    return told


def test_a_suffix_that_a_document_has_not_is_told_with_those_that_it_has(client):
    assert client.get("/res/county/17.csv").json()["available"][0] == ".ttl"
    assert set(client.get("/res/county/17.pdf").json()["available"]) >= {".geojson", ".sv.html"}


@pytest.mark.parametrize(
    ("path", "are_folded"), [("objective/8", True), ("municipality/1280", True), ("spec/Mapping", False)]
)
def test_properties_are_folded_on_a_phone_where_the_page_has_told_of_the_thing(client, path, are_folded):
    told = client.get(f"/res/{path}.en.html").text.partition('<h2 id="properties">')[2].partition('<dl class="')[0]
    assert ('<details class="fold">' in told) == are_folded


def test_many_rows_are_folded_and_few_are_not(client):
    def folded(path):
        part = client.get(f"/res/{path}.en.html").text.partition('<h2 id="claims">')[2].partition("<table")[0]
        return int(re.search(r'class="count">(\d+)<', part)[1]), "<details>" in part

    many, is_folded = folded("dataset/ghg-county-2026-08")
    assert (many > 10, is_folded) == (True, True)
    few, is_folded = folded("county/12")
    assert (few <= 10, is_folded) == (True, False)


def test_an_unknown_thing_gives_a_browser_a_page(client):
    answer = client.get("/id/objective/17", headers={"Accept": BROWSER})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_document_that_cannot_be_had_in_a_format_is_406_and_says_what_there_is(client):
    answer = client.get("/res/objective/8", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["available"]


@pytest.mark.parametrize("host", ["evil.example", "localhost:9999"])
def test_no_header_of_the_request_changes_a_link(client, host):
    spoofed = {"Host": host, "X-Forwarded-Host": host, "X-Forwarded-Proto": "https", "Accept": "text/turtle"}
    answer = client.get("/res/objective/8", headers=spoofed)
    honest = client.get("/res/objective/8", headers={"Accept": "text/turtle"})
    assert answer.content == honest.content
    assert answer.headers["link"] == honest.headers["link"]
    assert host not in answer.text


@pytest.mark.parametrize("path", ["/sv", "/en", "/res", "/spec", "/sv/mapping/", "/id/objective/8"])
def test_no_redirect_leaves_for_another_host(client, path):
    location = client.get(path, headers={"Host": "evil.example"}).headers.get("location", "")
    assert "evil.example" not in location
    assert location == "" or location.startswith("/")


def test_our_own_fault_is_logged_and_answered_like_every_other_error(release, caplog):
    app = create_app(release, Settings(workers=1, page_workers=1))

    @app.app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("the inside")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert answer.status_code == 500
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert "the inside" not in answer.text
    (number,) = re.findall(r"number (\w+)", answer.json()["detail"])
    assert number in caplog.text


def test_every_thing_of_every_kind_in_the_tables_has_a_document(client):
    """One of each table and every hundredth row: the whole walk is part of the conformance tests."""
    seen: dict[str, list[Row]] = {}
    for row in read_all().rows:
        if row.defines:
            seen.setdefault(row.table, []).append(row)
    for rows in seen.values():
        for row in rows[::100]:
            path = "/" + str(iri.document(str(row.subject)))
            assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 200, path


@pytest.mark.parametrize("path", ["/health", "/sparql?query=ASK%7B%7D", "/res/objective/8", "/sv/", "/nowhere"])
def test_every_answer_may_be_read_from_other_sites_and_runs_no_foreign_script(client, path):
    headers = client.get(path).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["content-security-policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_health_tells_the_release_and_its_workers(client, release, method):
    answer = client.request(method, "/health")
    assert answer.status_code == 200
    if method == "GET":
        assert answer.json()["release"] == release.id
        assert answer.json()["workers"] == 2


def test_the_class_of_an_objective_is_described(client):
    graph = graph_of(client.get("/res/spec/EnvironmentalQualityObjective.ttl"))
    assert len(set(graph.objects(URIRef(f"{HERE}/spec/{MG.EnvironmentalQualityObjective.rpartition('/')[2]}")))) > 5


@pytest.mark.parametrize(
    ("thing", "whole", "named"),
    [
        ("sdg/14.1", "sdg/14", "14 Life below water"),
        ("specification/7-1", "objective/7", "7 Zero Eutrophication"),
        ("strand/GEN-3", "generational-goal/GEN", "GEN The generational goal"),
        ("sdg-indicator/2020-14.1.1", "sdg/14.1", "14.1 Marine pollution"),
        ("municipality/1280", "county/12", "12 Skåne County"),
    ],
)
def test_the_way_to_a_page_leads_through_what_its_thing_is_a_part_of(client, thing, whole, named):
    crumbs = client.get(f"/res/{thing}.en.html").text.partition('class="crumbs"')[2].partition("</nav>")[0]
    steps = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', crumbs)
    assert steps[-1] == (f"/res/{whole}.en.html", named)
    assert [client.get(address).status_code for address, _ in steps] == [200] * 4


@pytest.mark.parametrize("path", ["objective/8", "municipality/1280", "sdg/14.1", "dataset/ghg-county-2026-08"])
def test_a_document_is_as_large_in_each_format_as_is_told(client, path):
    told = client.get(f"/sizes/{path}").json()
    page = client.get(f"/res/{path}.sv.html").text
    offered = dict(re.findall(r'<li data-format="(\w+)"><a href="([^"]+)"', page))
    assert told.keys() == offered.keys()
    assert told == {format_: len(client.get(address).content) for format_, address in offered.items()}


def test_nobody_waits_to_be_told_how_large_a_large_document_is(client):
    assert client.get("/sizes/def/nothing").status_code == 404
    assert client.get("/sizes/objective/8.ttl").status_code == 404
    assert client.get("/sizes/spec/Row").json() == {}
