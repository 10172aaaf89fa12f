"""What can be fetched and how it is found: files by ranges, descriptions in every format, what crawlers see."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rdflib import RDFS, Graph, URIRef
from rdflib.term import Node
from starlette.testclient import TestClient

from endpoint import schema_org
from endpoint.citations import Citation
from endpoint.phrases import uncut
from endpoint.rendering import Reader
from endpoint.schema_org import script
from endpoint.search.guides import guides
from loaders.cards import read_cards
from loaders.csvw_tables import Metadata
from loaders.release import Release
from loaders.statements import Spot
from ontology.kinds import KINDS
from ontology.text import LANGUAGES
from tests import expected
from tests.conftest import BASE
from tests.test_identifiers import related

GRAPHS = {
    "ttl": ("text/turtle; charset=utf-8", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
    "trig": ("application/trig", "trig"),
    "nq": ("application/n-quads", "nquads"),
}
DESCRIPTIONS = {"catalog": "catalogue", ".well-known/void": "void", ".well-known/sparql-examples": "examples"}
ALL = "dump/all.nq.gz"


def recorded(release: Release, path: str) -> dict:
    return release.record["files"][path]


def test_a_file_says_which_dataset_it_is_of(client):
    of = {
        "forest-birds-2024.csv": "res/dataset/forest-birds-2024",
        "forest-birds-2024.sv.json": "res/dataset/forest-birds-2024",
        "regeringen-43485.nt.gz": "res/graph/regeringen-43485",
        "vocabulary.ttl.gz": "res/graph/vocabulary",
    }
    for name, document in of.items():
        listed = related(client.head(f"/data/{name}"), "collection")
        assert listed == [f"{BASE.iri}{document}", f"{BASE.iri}data/"], name
        assert client.head(listed[0]).status_code == 200
    assert related(client.head("/data/all.nq.gz"), "collection") == [f"{BASE.iri}data/"]


# --- descriptions ---


@pytest.fixture(scope="module")
def written(release) -> dict[str, set[tuple[Node, Node, Node]]]:
    """What the release says of itself, by the addresses of it."""
    about = release.path / "about"
    return {path: set(Graph().parse(about / f"{name}.ttl", format="turtle")) for path, name in DESCRIPTIONS.items()}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("path", DESCRIPTIONS)
@pytest.mark.parametrize("suffix", GRAPHS)
def test_a_description_says_the_same_in_every_format(client, written, path, suffix):
    content_type, parser = GRAPHS[suffix]
    answer = client.get(f"/{path}.{suffix}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert answer.headers["content-location"] == f"/{path}.{suffix}"
    if suffix in {"trig", "nq"}:  # with no statement in a named graph, they are Turtle and N-Triples
        parser = {"trig": "turtle", "nq": "nt"}[suffix]
    assert set(Graph().parse(data=answer.content, format=parser)) == written[path]


@pytest.mark.parametrize("path", DESCRIPTIONS)
@pytest.mark.parametrize("suffix", GRAPHS)
def test_a_suffix_and_an_accept_header_give_the_same_bytes(client, path, suffix):
    media_type = GRAPHS[suffix][0].partition(";")[0]
    by_header, by_suffix = client.get(f"/{path}", headers={"Accept": media_type}), client.get(f"/{path}.{suffix}")
    assert by_header.content == by_suffix.content
    assert "Accept" in by_header.headers["vary"]


@pytest.mark.parametrize("accept", [None, "*/*", "application/rdf+xml", "application/xml"])
def test_a_harvester_of_the_catalogue_gets_rdf_xml(client, accept):
    answer = client.get("/catalog", headers={"Accept": accept} if accept else {})
    assert answer.headers["content-type"] == "application/rdf+xml"


def test_void_comes_as_turtle_by_itself(client):
    assert client.get("/.well-known/void").headers["content-type"] == "text/turtle; charset=utf-8"


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/catalog", "data"),
        ("/data/", "data"),
        ("/.well-known/void", "data"),
        ("/.well-known/sparql-examples", "query"),
    ],
)
@pytest.mark.parametrize("accept", [BROWSER, "text/html"])
def test_a_browser_is_led_from_the_descriptions_and_the_files_to_a_page(client, path, to, accept, language):
    answer = client.get(path, headers={"Accept": accept, "Accept-Language": language})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/{to}")


def test_a_program_is_led_from_the_files_to_the_data_package(client):
    answer = client.get("/data/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/data/datapackage.json")
    assert client.get("/data").headers["location"] == "/data/"


@pytest.mark.parametrize("name", ["nothing.csv", "nothing.csv-metadata.json"])
def test_a_file_that_is_none_is_told_where_all_are(client, name):
    answer = client.get(f"/data/{name}")
    assert (answer.status_code, answer.json()["instead"]) == (404, "http://localhost:8000/data/")


def test_a_program_is_told_where_the_files_are_listed_where_there_is_no_data_package(client, tmp_path, monkeypatch):
    """Of the list of all files it would be led back to the package."""
    site = client.app.state.site
    monkeypatch.setattr(site, "release", replace(site.release, path=tmp_path))
    answer = client.get("/data/datapackage.json", headers={"Accept": "application/json, */*;q=0.1"})  # is not kept
    assert (answer.status_code, answer.json()["instead"]) == (404, "http://localhost:8000/data/SHA256SUMS")
    assert client.get("/data/SHA256SUMS").status_code == 200


@pytest.mark.parametrize("path", ["/catalog.exe", "/catalog.html", "/.well-known/void.", "/.well-known/void.ttl.gz"])
def test_a_suffix_that_is_none_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["catalog", ".well-known/void", ".well-known/sparql-examples", "vocabulary", "changes"]
)
def test_a_suffix_that_is_none_is_told_with_those_that_there_are(client, path):
    told = client.get(f"/{path}.json").json()
    assert told["instead"] == f"{BASE.iri}{path}"
    assert {".ttl", ".jsonld"} <= set(told["available"])
    assert all(client.get(f"/{path}{suffix}").status_code in {200, 303} for suffix in told["available"])


def test_a_format_that_is_none_is_not_acceptable(client):
    answer = client.get("/.well-known/void", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["available"]


def test_the_dataset_of_all_leads_to_its_descriptions(client):
    answer = client.get("/id/dataset/miljograf")
    assert (answer.status_code, answer.headers["location"]) == (303, "/catalog")
    assert f'<{BASE.iri}.well-known/void>; rel="describedby"' in answer.headers["link"]


# --- files ---


def test_every_file_that_the_data_package_names_is_there_with_its_checksum(client):
    package = client.get("/data/datapackage.json").json()
    for resource in package["resources"]:
        content = client.get(f"/data/{resource['path']}").content
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"], resource["path"]


def test_the_checksums_are_those_that_sha256sum_would_check(client, release):
    lines = dict(reversed(line.split("  ")) for line in client.get("/data/SHA256SUMS").text.splitlines())
    assert lines["all.nq.gz"] == recorded(release, ALL)["sha256"]
    files = [*(release.path / "dump").glob("*.gz"), *(release.path / "tables").iterdir()]
    assert lines.keys() == {file.name for file in files}


def test_the_tag_of_a_file_is_its_checksum(client, release):
    answer = client.get("/data/all.nq.gz")
    assert answer.headers["etag"] == f'"{recorded(release, ALL)["sha256"]}"'
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert release.id in answer.headers["content-disposition"]
    again = client.get("/data/all.nq.gz", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_head_of_a_file_tells_its_length_and_sends_nothing(client, release):
    answer = client.head("/data/all.nq.gz")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == recorded(release, ALL)["bytes"]
    assert answer.headers["accept-ranges"] == "bytes"


def size_of(client: TestClient) -> int:
    return int(client.head("/data/all.nq.gz").headers["content-length"])


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=0-999999999", 0, None)],
)
def test_a_range_of_bytes(client, asked, first, last):
    whole = client.get("/data/all.nq.gz").content
    answer = client.get("/data/all.nq.gz", headers={"Range": asked})
    expected = whole[first:] if last is None else whole[first : last + 1]
    assert (answer.status_code, answer.content) == (206, expected)
    begin = first % len(whole)
    assert answer.headers["content-range"] == f"bytes {begin}-{begin + len(expected) - 1}/{len(whole)}"


def test_a_broken_off_download_goes_on_where_it_stopped(client, release):
    tag = f'"{recorded(release, ALL)["sha256"]}"'
    rest = client.get("/data/all.nq.gz", headers={"Range": "bytes=1000-", "If-Range": tag})
    assert rest.status_code == 206
    begun = client.get("/data/all.nq.gz", headers={"Range": "bytes=0-999"}).content
    assert hashlib.sha256(begun + rest.content).hexdigest() == tag.strip('"')


def test_of_another_file_a_download_begins_anew(client):
    answer = client.get("/data/all.nq.gz", headers={"Range": "bytes=1000-", "If-Range": '"another"'})
    assert answer.status_code == 200
    assert len(answer.content) == size_of(client)


def test_several_ranges_come_in_parts(client):
    answer = client.get("/data/all.nq.gz", headers={"Range": "bytes=0-9,100-109"})
    assert answer.status_code == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges")


@pytest.mark.parametrize("asked", ["bytes=99999999999-", "bytes=99999999999-999999999999"])
def test_a_range_beyond_the_end_is_told_the_length(client, asked):
    answer = client.get("/data/all.nq.gz", headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size_of(client)}"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["bytes"] == size_of(client)


@pytest.mark.parametrize(
    "asked",
    ["bytes=9-1", "bytes=a-b", "bytes", "lines=0-9", "bytes=--", "", "bytes=0-0," * 11 + "0-0", "bytes=٣-٤"],
)
def test_what_is_no_range_gets_the_whole(client, asked):
    answer = client.get("/data/all.nq.gz", headers={"Range": asked.encode()})
    assert answer.status_code == 200
    assert len(answer.content) == size_of(client)


def test_a_table_is_packed_on_the_way_under_another_tag(client, release):
    plain = client.get("/data/ghg-county-2026-08.csv", headers={"Accept-Encoding": "identity"})
    packed = client.get("/data/ghg-county-2026-08.csv", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["etag"] == f'"{recorded(release, "tables/ghg-county-2026-08.csv")["sha256"]}"'
    part = client.get("/data/ghg-county-2026-08.csv", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-10"})
    assert (part.status_code, part.content) == (206, plain.content[:11])
    assert "content-encoding" not in part.headers


@pytest.mark.parametrize(
    "path",
    [
        "/data/none.nq.gz",
        "/data/../release.json",
        "/data/..%2Frelease.json",
        "/data/%2e%2e/%2e%2e/current",
        "/data/dump/all.nq.gz",
        "/data/dump%2Fall.nq.gz",
        "/data/all.nq.gz%00",
        "/data/all.nq.gz/",
        "/data//all.nq.gz",
        "/data/release.json",
        "/data/catalogue.ttl",
        "/data/" + "a" * 8192,
        "/data/%E0%80%80",
        "/data/%252e%252e%252frelease.json",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_no_file_is_not_found(client, path, method):
    answer = client.request(method, path)
    assert answer.status_code == 404
    assert answer.headers["access-control-allow-origin"] == "*"


# --- how it is found ---


def links(answer) -> set[tuple[str, str]]:
    return {
        (rel, target.removeprefix(BASE.iri))
        for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', answer.headers["link"])
    }


@pytest.mark.parametrize("path", ["/sv/", "/en/kinds", "/en/query", "/sv/data", "/en/about", "/sparql"])
def test_every_page_and_the_service_lead_to_the_descriptions(client, path):
    found = links(client.get(path))
    assert {("describedby", ".well-known/void"), ("describedby", "catalog"), ("service-desc", "sparql")} <= found


def test_the_description_of_the_service_leads_to_void_and_the_catalogue(client):
    service = Graph().parse(data=client.get("/sparql").content, format="turtle")
    seen = set(service.objects(URIRef(f"{BASE.iri}sparql"), RDFS.seeAlso))
    assert seen == {URIRef(f"{BASE.iri}.well-known/void"), URIRef(f"{BASE.iri}catalog")}


def test_robots_are_led_to_the_dump_and_the_sitemap(client):
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert f"Sitemap: {BASE.iri}sitemap.xml" in answer.text
    assert f"{BASE.iri}data/all.nq.gz" in answer.text
    assert "Disallow: /\n" not in answer.text


@pytest.fixture(scope="module")
def sitemap(client) -> ElementTree.Element:
    answer = client.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    return ElementTree.fromstring(answer.content)


NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_the_sitemap_lists_every_thing_of_a_listed_kind_once(sitemap, release):
    places = [element.text for element in sitemap.findall("s:url/s:loc", NS)]
    assert len(places) == len(set(places))
    things = [place for place in places if place.startswith(f"{BASE.iri}res/")]
    counts = release.record["counts"]
    assert len(things) == sum(counts[kind.name] for kind in KINDS.values() if kind.is_listed)
    assert f"{BASE.iri}res/objective/8" in things
    assert f"{BASE.iri}res/sdg/14.1" in things


def test_the_sitemap_lists_every_page_that_search_finds_and_every_list_that_holds_something(sitemap, client):
    places = {element.text for element in sitemap.findall("s:url/s:loc", NS)}
    found = {guide.name for guide in guides() if guide.kind in {"page", "list"}}
    empty = {f"kinds/{name}" for name in ("un-indicator", "un-series", "retirement")}
    assert found >= {"changes", "releases", "kinds/county"}
    assert {f"{BASE.iri}{language}/{page}" for page in found - empty for language in LANGUAGES} <= places
    assert places.isdisjoint(f"{BASE.iri}sv/{page}" for page in empty)


def test_what_the_sitemap_lists_is_there_in_both_languages(sitemap, client):
    places = [element.text for element in sitemap.findall("s:url/s:loc", NS)]
    for place in [*places[:14], *places[14 :: len(places) // 10]]:
        assert client.get(place, headers={"Accept": "text/html"}).status_code == 200, place
    (url,) = [u for u in sitemap.findall("s:url", NS) if u.find("s:loc", NS).text == f"{BASE.iri}res/objective/8"]
    others = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)}
    assert others == {language: f"{BASE.iri}res/objective/8.{language}.html" for language in LANGUAGES}


def test_many_things_are_divided_among_sitemaps(client, monkeypatch):
    monkeypatch.setattr("endpoint.discovery.MOST", 1000)
    anew = {"Accept": "application/xml, */*;q=0.3"}  # answers are kept by their address and what is accepted
    index = ElementTree.fromstring(client.get("/sitemap.xml", headers=anew).content)
    parts = [element.text for element in index.findall("s:sitemap/s:loc", NS)]
    assert len(parts) > 1
    listed = [
        element.text
        for part in parts
        for element in ElementTree.fromstring(client.get(part, headers=anew).content).findall("s:url/s:loc", NS)
    ]
    assert f"{BASE.iri}res/objective/8" in listed
    assert client.get(f"/sitemap-{len(parts)}.xml").status_code == 404


def test_there_are_no_parts_of_a_sitemap_that_is_one(client):
    assert client.get("/sitemap-0.xml").status_code == 404


# --- schema.org ---


class Scripts(HTMLParser):
    """The JSON-LD in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict] = []
        self._is_inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._is_inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self._is_inside = False

    def handle_data(self, data):
        if self._is_inside:
            self.found.append(json.loads(data))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "dataset"),
    [
        ("/{}/data", "id/dataset/miljograf"),
        ("/{}/about", "id/dataset/miljograf"),
        ("/res/dataset/ghg-county-2026-08.{}.html", "id/dataset/ghg-county-2026-08"),
        ("/res/graph/kolada-kpis.{}.html", "id/graph/kolada-kpis"),
    ],
)
def test_the_page_of_a_dataset_tells_search_engines_what_it_is(client, path, language, dataset):
    (said,) = Scripts(client.get(path.format(language), headers={"Accept": "text/html"}).text).found
    assert (said["@context"], said["@type"]) == ("https://schema.org/", "Dataset")
    assert said["@id"] == BASE.iri + dataset
    assert len(said["description"]) >= 50 or "dataset/ghg" in dataset
    for download in said["distribution"]:
        answer = client.get(download["contentUrl"])
        assert hashlib.sha256(answer.content).hexdigest() == download["sha256"]


def test_the_page_of_a_dataset_tells_search_engines_its_languages(client, release):
    told = {card["iri"]: card["languages"] for card in read_cards(release) if "languages" in card}
    for name in ("graph/kolada-kpis", "graph/editors", "dataset/ghg-county-2026-08"):
        page = client.get(f"/res/{name}.en.html", headers={"Accept": "text/html"}).text
        assert Scripts(page).found[0]["inLanguage"] == told[f"{BASE.iri}id/{name}"]
    assert told[f"{BASE.iri}id/graph/kolada-kpis"] == ["sv"]
    assert told[f"{BASE.iri}id/graph/editors"] == ["sv", "en"]


def test_a_release_that_does_not_tell_its_languages_is_said_to_be_in_none(release):
    card = read_cards(release)[0]
    del card["languages"]
    assert "inLanguage" not in schema_org.dataset(card, release, "sv")


def test_the_page_of_what_is_no_dataset_tells_them_of_none(client):
    page = client.get("/res/objective/8.en.html", headers={"Accept": "text/html"}).text
    assert Scripts(page).found == []


def test_no_text_can_end_the_script_element():
    said = {"name": "</script><script>alert(1)</script><!--", "other": "\u2028]]>"}
    html = str(script(said))
    assert html.count("<") == 2
    assert Scripts(html).found == [said]


# --- how to cite ---


@pytest.fixture
def reader(release, client) -> Reader:
    return Reader(client.app.state.site, "sv")


def test_a_thing_is_cited_with_its_identifier_and_its_release(reader, release):
    cited = reader.cite(f"{BASE.iri}id/objective/8", "Levande sjöar och vattendrag")
    assert cited.words == (
        f"Miljögrafens redaktion ({release.id[:4]}). Levande sjöar och vattendrag. Miljögrafen: Sveriges miljömål som "
        f"länkade öppna data. Utgåva {release.id}. {BASE.iri}id/objective/8"
    )
    item = cited.csl
    assert (item["type"], item["version"], item["URL"]) == ("dataset", release.id, f"{BASE.iri}id/objective/8")
    assert item["issued"]["date-parts"] == [[int(part) for part in release.record["referenceDate"].split("-")]]
    assert json.loads(cited.csl_json) == [item]


def test_the_whole_is_cited_by_the_address_of_its_release(client, release):
    page = client.get("/en/data", headers={"Accept": "text/html"}).text
    told = re.sub("</?(?:span|wbr)[^>]*>", "", page)
    assert f"Release {release.id}. {BASE.iri}releases/{release.id}/" in told
    assert f"@misc{{miljograf-{release.id}," in page


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("50 % & mer_av #1 {x}", r"50 \% \& mer\_av \#1 \{x\}"),
        (r"a\b^c~d$", r"a\textbackslash{}b\^{}c\~{}d\$"),
    ],
)
def test_no_character_of_a_title_is_a_command_of_bibtex(release, title, written):
    entry = Citation(release, "sv", f"{BASE.iri}id/objective/8", title).bibtex
    assert f"title = {{{written} (Miljögrafen" in entry
    assert entry.startswith(f"@misc{{miljograf-{release.id}-id-objective-8,")


def test_what_readers_take_stands_before_what_programs_do_and_the_long_list_of_sources_is_last(client):
    headings = re.findall(r'<h2 id="([a-z]+)"', client.get("/sv/data", headers={"Accept": "text/html"}).text)
    assert headings == ["all", "mappings", "tables", "descriptions", "cite", "sources"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_of_files_begins_with_its_parts_and_folds_what_is_long(client, language):
    main = client.get(f"/{language}/data").text.partition("<main")[2].partition("</main>")[0]
    contents, _, rest = main.partition('<nav class="on-page"')[2].partition("</nav>")
    assert re.findall(r'href="#([^"]+)"', contents) == re.findall(r'<h2 id="([^"]+)"', rest)
    assert rest.count('<details class="fold"') == rest.count('<table class="data stacked"') == 2


def test_a_page_of_a_thing_shows_how_to_cite_it(client):
    page = client.get("/res/objective/8.en.html", headers={"Accept": "text/html"}).text
    assert "@misc{miljograf-" in page
    assert "&#34;type&#34;: &#34;dataset&#34;" in page


@pytest.mark.parametrize(("language", "table"), [("sv", "objectives"), ("en", "objective_translations")])
def test_a_mapping_is_cited_by_the_names_of_what_it_ties_together(client, language, table):
    (objective,) = (
        row[f"name_{language}"] for row in expected.rows(table) if "7" in (row.get("number"), row.get("objective"))
    )
    (target,) = (row[f"title_{language}"] for row in expected.rows("sdg_target_titles") if row["target"] == "14.1")
    page = client.get(f"/res/mapping/editors--objective-7--14.1.{language}.html").text
    said = re.sub("<[^>]*>", "", re.search(r'<p class="citation"[^>]*>(.*)</p>', page)[1])
    assert f"). {objective} – 14.1 {target}. Miljögrafen" in said


@pytest.mark.parametrize("path", ["/sv/data", "/en/about", "/sv/releases", "/res/dataset/ghg-county-2026-08.en.html"])
def test_ids_and_dates_of_a_citation_stay_whole_and_an_address_ends_a_line_after_a_slash(client, release, path):
    marked = re.search(r'<p class="citation"[^>]*>(.*)</p>', client.get(path).text)[1]
    assert f'<span class="unbroken">{release.id}.</span>' in marked
    last = release.id if "/res/" not in path else "ghg-county-2026-08"
    assert f'/<wbr><span class="unbroken">{last}</span>' in marked
    told = re.sub("<[^>]*>", "", marked)
    assert told.endswith(f". {BASE.iri}{'id/dataset/' + last if '/res/' in path else f'releases/{last}/'}")


def test_a_long_word_of_a_citation_is_broken_where_it_has_to_be():
    told = "<b> 2026-11-28 http://x/a-b/" + "long-" * 6
    assert uncut(told) == (
        '&lt;b&gt; <span class="unbroken">2026-11-28</span> http://x/<wbr><span class="unbroken">a-b</span>/<wbr>'
        + "long-" * 6
    )


@pytest.mark.parametrize(
    ("size", "swedish", "english"),
    [
        (999, "999 byte", "999 byte"),
        (1500, "1,5 kB", "1.5 kB"),
        (590_914, "590 kB", "590 kB"),
        (2_340_000, "2,3 MB", "2.3 MB"),
    ],
)
def test_a_size_is_told_as_people_say_it(client, size, swedish, english):
    for language, shown in (("sv", swedish), ("en", english)):
        assert Reader(client.app.state.site, language).size(size).replace("\N{NO-BREAK SPACE}", " ") == shown


@pytest.mark.parametrize("name", ["all.nq.gz", "ghg-county-2026-08.csv"])
def test_a_file_that_is_not_modified_is_not_sent_again(client, name):
    modified = client.get(f"/data/{name}").headers["last-modified"]
    again = client.get(f"/data/{name}", headers={"If-Modified-Since": modified})
    assert (again.status_code, again.content) == (304, b"")
    other = {"If-Modified-Since": modified, "If-None-Match": '"of another release"'}
    assert client.get(f"/data/{name}", headers=other).status_code == 200, "the entity tag goes first"
    later = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert client.get(f"/data/{name}", headers=later).status_code == 200, "the release may be an older one again"


# --- tables and what their columns mean ---

MEANT = """SELECT ?s ?p ?o { ?s <http://purl.org/linked-data/cube#dataSet> <http://localhost:8000/id/dataset/%s> ; ?p ?o
FILTER(?p != <http://localhost:8000/spec/statedIn>) }"""


@pytest.mark.parametrize("data_set", ["ghg-sector-2026-08", "forest-birds-2024"])
def test_a_table_makes_the_statements_of_its_observations_by_its_metadata(client, release, data_set):
    table = client.get(f"/data/{data_set}.csv")
    place = f"http://localhost:8000/data/{data_set}.csv-metadata.json"
    assert table.headers["link"].startswith(f'<{place}>; rel="describedby"; type="application/csvm+json", ')
    described = client.get(place)
    assert described.headers["content-type"] == "application/csvm+json"
    made = ox.Store()
    for triple, _ in Metadata(described.text, place).statements(table.content, 10_000, lambda *_: Spot()):
        made.add(ox.Quad(*triple))
    told, known = (
        {f"{row['s']} {row['p']} {row['o']}" for row in store.query(MEANT % data_set, use_default_graph_as_union=True)}
        for store in (made, ox.Store.read_only(str(release.store)))
    )
    assert told == known != set()


def test_only_tables_have_such_metadata(client):
    assert client.get("/data/all.csv-metadata.json").status_code == 404
