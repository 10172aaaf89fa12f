"""The pages, through the application, on a release of the tables as they are."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from jinja2 import nodes
from rdflib import URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.assessments import Tally
from endpoint.documents.document import label_of_key
from endpoint.lists import alphabetical
from endpoint.pages import FOREMOST
from endpoint.parts.milestones import Lifecycle, lifecycle
from endpoint.query_page.answers import ROWS_SHOWN
from endpoint.query_page.asking import examples
from endpoint.regional import Report
from endpoint.rendering import Reader
from endpoint.settings import Settings
from endpoint.templating import environment
from endpoint.words import THEMES, WORDS
from loaders.build import build
from loaders.release import Release
from ontology import iri
from ontology.files import vocabulary
from ontology.kind import Area
from ontology.kinds import KINDS, MAPPED_KINDS
from ontology.schemes import MilestoneVerdict, ReportKind
from ontology.text import LANGUAGES, Language
from queries.catalogue import questions, without_header
from tests import expected
from tests.builds import write_few_tables
from tests.conftest import BASE, NOT_IN_THE_TABLES

LISTED = [kind.name for kind in KINDS.values() if kind.is_listed]
PAGES = [
    "/{}/",
    "/{}/kinds",
    *(f"/{{}}/kinds/{name}" for name in LISTED),
    "/{}/mapping",
    "/{}/mapping?objective=7&goal=14",
    "/{}/mapping?objective=GEN&goal=12",
    "/{}/mapping?objective=4&goal=14&basis=published",
    "/{}/mapping?objective=7&goal=1",
    "/{}/mapping?basis=proposed",
    "/{}/mapping?level=target&objective=7&goal=14",
    "/{}/mapping?level=target&goal=17",
    "/{}/mapping?level=target",
    "/{}/mapping?view=list&basis=published",
    "/{}/mapping?view=list&level=target&objective=10",
    "/{}/mapping?view=matrix&objective=3",
    "/{}/mapping?view=table&sort=-evidence&page=2",
    "/{}/mapping?view=table&objective=7&goal=14",
    "/{}/mapping?view=flow",
    "/{}/mapping?view=flow&objective=4",
    "/{}/mapping?view=flow&objective=7&goal=14",
    "/{}/mapping?objective=8&relation=depends-on&strength=not-stated",
    "/{}/mapping/propose",
    "/{}/mapping/propose?subject=objective:7&object=sdg:14.1",
    "/{}/mapping/propose?subject=strand:GEN-3&object=sdg:12",
    "/{}/compare",
    "/{}/compare/ghg-county-2026-08?area=12&from=2000&to=2020",
    "/{}/query",
    "/{}/service",
    "/{}/problems",
    "/{}/query?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 5"),
    "/{}/query?query=" + quote("ASK {}"),
    "/{}/query?query=" + quote("DESCRIBE <http://localhost:8000/id/objective/7>"),
    "/{}/vocabulary",
    "/{}/deliver",
    "/{}/reconciliation",
    "/{}/timemap/res/objective/7",
    "/{}/language-models",
    "/{}/about",
    "/{}/about/identifiers",
    "/{}/accessibility",
]
THINGS = [
    "objective/7",
    "objective/4",
    "generational-goal/GEN",
    "strand/GEN-3",
    "specification/7-1",
    "milestone-target/KL2",
    "milestone-target/LU4",
    "milestone-target/AV3",
    "actor/rus",
    "actor/202100-0852",
    "actor/202100-2346",
    "actor/miljomalsradet",
    "duty/202100-4151--follows-up-objectives",
    "collaboration/C15",
    "meeting/nobelmotet-2013",
    "meeting-series/nobelmotet",
    "milestone-step/AV3-2030",
    "dated-name/rus--regionalt-uppfoljningssystem",
    "membership/miljomalsradet--202100-2353--2016",
    "dataset/ghg-county-2026-08",
    "dataset/ghg-nation-bf20c580",
    "slice/forest-birds-2024/SE",
    "observation/ghg-county-2026-08/12/2024",
    "sector/jordbruk",
    "external-dataset/kolada",
    "sdg-indicator/2020-2.2.3",
    "report/FU2023",
    "actor/riksdagen",
    "action-programme/VATTEN-2022",
    "measure/ATG080",
    "measure-link/ATG080--objective-7",
    "mapping/editors--milestone-target-AV3--12.5",
    "indicator/kolada-N00401",
    "indicator/miljomal-iid-50",
    "information-system/kolada",
    "mapping/editors--indicator-kolada-N85050--objective-8",
    "sdg/14",
    "sdg/14.c",
    "sdg-indicator/2020-14.1.1",
    "report/RAU2023",
    "report/FU2023-02",
    "assessment/RAU2023-12-8-achievement",
    "assessment-count/AU2021-SE-achievement-ja",
    "regional-applicability/10-2022",
    "country/SE",
    "county/12",
    "geometry/12",
    "municipality/1280",
    "actor/202100-1975",
    "mapping/editors--objective-7--14.1",
    "mapping/kemi-giftfri-miljo-agenda-2030--objective-4--14",
    "source/editors",
    "row/objectives/7",
    "def/standing",
    "def/standing/published",
    "spec/Mapping",
    "spec/contributesTo",
]
ALL = [page.format(language) for page in PAGES for language in LANGUAGES] + [
    f"/res/{thing}.{language}.html" for thing in THINGS for language in LANGUAGES
]
VOID = {"base", "meta", "link", "col", "rect", "path", "circle", "input", "br", "img", "wbr"}


INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup", "time"}


class Page(HTMLParser):
    """A page read strictly: its elements in order, its text by element, and every tag closed in its place.

    `joined` are the places where a screen reader makes one word of what is seen and what is only heard.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.joined: list[tuple[str, str]] = []
        self._heard = ""
        self._is_unseen = False
        self._within: list[tuple[bool, bool]] = [(False, False)]
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute of {tag} stands twice"
        said = dict(attrs)
        self.elements.append((tag, said))
        self._heard = self._heard if tag in INLINE else ""
        if tag not in VOID:
            self.open.append(tag)
            is_unseen, is_unheard = self._within[-1]
            is_unseen |= "unseen" in (said.get("class") or "").split()
            self._within.append((is_unseen, is_unheard or said.get("aria-hidden") == "true"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._within.pop()
        self._heard = self._heard if tag in INLINE else ""

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())
        is_unseen, is_unheard = self._within[-1]
        if is_unheard:
            return
        is_other = self._heard != "" and is_unseen != self._is_unseen
        if is_other and not self._heard[-1].isspace() and (data[0].isalnum() or data[0] in "(–"):
            self.joined.append((self._heard, data))
        self._heard, self._is_unseen = data, is_unseen

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(self.texts)


def get(client: TestClient, path: str, status: int = 200) -> Page:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def table(name: str) -> list[dict[str, str]]:
    text = files("loaders").joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


# every page


@pytest.mark.parametrize("path", ALL)
def test_every_page_is_well_formed_and_keeps_the_rules_of_all_pages(client: TestClient, path: str) -> None:
    page = get(client, path)
    language = "en" if path.startswith("/en/") or path.endswith(".en.html") else "sv"
    assert page.of("html") == [{"lang": language}]
    assert len(page.of("h1")) == 1
    assert page.of("a")[0]["href"] == "#main"
    for tag, attributes in page.elements:
        assert "style" not in attributes, f"{tag} has a style of its own"
        assert not [name for name in attributes if name.startswith("on")], f"{tag} has a script of its own"
    assert all("src" in script or script["type"] == "application/ld+json" for script in page.of("script"))
    for tag, name in (("script", "src"), ("link", "href"), ("img", "src")):
        loaded = [element for element in page.of(tag) if element.get("rel") != "describes" and name in element]
        assert all(str(element[name]).startswith("/") for element in loaded)
    assert page.joined == []
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((attributes.get(name) or "").split()) <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.elements if tag in {"h1", "h2", "h3", "h4"}]
    body = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in pairwise(body)), "headings leave a level out"


@pytest.mark.parametrize("said", ['no*<span class="unseen">not read</span>', '<span class="unseen">a</span>b'])
def test_what_is_seen_and_what_is_only_heard_are_told_apart(said: str) -> None:
    assert Page(f"<p>{said}</p>").joined
    assert not Page(f"<p>{said.replace('<span', ' <span').replace('</span>', '</span> ')}</p>").joined


def test_every_kind_has_a_page_among_these() -> None:
    asked = {thing.partition("/")[0] for thing in THINGS} | {"sdg-goal", "sdg-target"}
    assert set(KINDS) - asked == NOT_IN_THE_TABLES, "the tests of lifecycles and of live sources have pages of those"


@pytest.mark.parametrize("path", ALL)
def test_heads_answer_as_gets_do(client: TestClient, path: str) -> None:
    answer = client.head(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200


def test_every_link_into_the_site_is_answered(client: TestClient) -> None:
    seen: dict[str, set[str]] = {}
    for path in ("/sv/", "/en/kinds/objective", "/sv/mapping?objective=7&goal=14", "/en/about", "/sv/query", *ALL[-8:]):
        base = path.partition("?")[0]
        page = get(client, path)
        for link in page.of("a") + page.of("link"):
            href = str(link["href"])
            if href.startswith("?"):
                href = base + href
            if href.startswith("/") and not href.startswith("/sparql"):
                seen.setdefault(href.rpartition("/")[0].partition("?")[0], set()).add(href.partition("#")[0])
    for href in (href for folder in seen.values() for href in sorted(folder)[:5]):
        assert client.get(href).status_code in {200, 303}, href


def test_the_language_switch_keeps_path_and_query(client: TestClient) -> None:
    (switch,) = [a for a in get(client, "/sv/mapping?objective=7&goal=14").of("a") if a.get("hreflang") == "en"]
    assert (switch["href"], switch["lang"]) == ("/en/mapping?objective=7&goal=14", "en")
    (back,) = [a for a in get(client, "/res/objective/7.en.html").of("a") if a.get("hreflang") == "sv"]
    assert back["href"] == "/res/objective/7.sv.html"


def test_the_root_leads_to_the_language_of_the_reader(client: TestClient) -> None:
    for accepted, language in (("en-GB,en;q=0.9", "en"), ("sv", "sv"), ("fi", "sv")):
        answer = client.get("/", headers={"Accept-Language": accepted})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/")
        assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/{}/nowhere", "/{}/mapping?goal=99", "/res/objective/99.{}.html"])
def test_an_error_is_told_in_the_language_of_the_address(client: TestClient, path: str, language: Language) -> None:
    other = next(each for each in LANGUAGES if each != language)
    answer = client.get(path.format(language), headers={"Accept": "text/html", "Accept-Language": other})
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_lead_to_the_list_of_every_kind_of_which_there_is_one(client: TestClient, language: str) -> None:
    linked = {a["href"] for a in get(client, f"/{language}/kinds").of("a")}
    empty = {"un-indicator", "un-series", "retirement"}  # nothing was fetched, and nothing has ended
    assert {name for name in LISTED if f"/{language}/kinds/{name}" not in linked} == empty


@pytest.mark.parametrize("kind", sorted(set(LISTED) - {"mapping"}))
def test_a_list_leads_to_its_things_and_a_thing_back_to_its_list(client: TestClient, kind: str) -> None:
    main = client.get(f"/sv/kinds/{kind}").text.partition("<main")[2].partition("</main>")[0]
    (*things,) = re.findall(r'href="(/res/[^"]+\.sv\.html)"', main)
    if not things:
        reason = {"retirement": "Ingen identifierare har upphört."}.get(kind, "och den är inte hämtad.")
        assert reason in main
        return
    linked = [a["href"] for a in get(client, things[-1]).of("a")]
    assert f"/sv/kinds/{kind}" in linked


@pytest.mark.parametrize("kind", ["assessment", "specification", "measure", "sdg-target", "municipality"])
def test_a_list_of_many_parts_begins_with_them(client: TestClient, kind: str) -> None:
    main = client.get(f"/en/kinds/{kind}").text.partition("<main")[2].partition("</main>")[0]
    contents, _, parts = main.partition('<nav class="on-page"')[2].partition("</nav>")
    named = re.findall(r'<h2 id="([^"]+)"', parts)
    assert len(named) > 3
    assert re.findall(r'href="#([^"]+)"', contents) == named


@pytest.mark.parametrize("kind", ["mapping", "county", "indicator"])
@pytest.mark.parametrize("suffix", ["csv", "ttl", "xml"])
def test_a_list_as_a_file_is_told_where_all_of_its_kind_is_as_data(client: TestClient, kind: str, suffix: str) -> None:
    told = client.get(f"/en/kinds/{kind}.{suffix}").json()
    assert told["status"] == 404
    assert told["instead"].endswith(f".{suffix}") == (suffix != "xml")
    assert client.get(told["instead"], headers={"Accept": "text/csv"}).headers["content-type"].startswith("text/")


@pytest.mark.parametrize(
    ("name", "instead"),
    [("sdg-goal.ttl", "/sdg-goal"), ("sdg-target.csv", "/sdg-target"), ("nonsense", ""), ("nonsense.ttl", "")],
)
def test_a_list_that_there_is_no_file_of_is_told_where_it_is(client: TestClient, name: str, instead: str) -> None:
    told = client.get(f"/en/kinds/{name}").json()
    assert (told["status"], told["instead"]) == (404, f"http://localhost:8000/en/kinds{instead}")
    assert get(client, f"/en/kinds{instead}")


@pytest.mark.parametrize("path", ["/sv/kinds/unicorn", "/sv/kinds/row", "/no/", "/sv/nothing"])
def test_an_unknown_page_is_a_404_with_a_way_out(client: TestClient, path: str) -> None:
    page = get(client, path, status=404)
    assert "/sv/mapping" in [a["href"] for a in page.of("a")]


# words


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_leads_to_what_is_kept_of_visitors_and_no_answer_sets_a_cookie(
    client: TestClient, language: str
) -> None:
    for path in (f"/{language}/", f"/{language}/mapping", f"/res/objective/8.{language}.html"):
        assert f"/{language}/about#privacy" in [a["href"] for a in get(client, path).of("a")]
        assert "Set-Cookie" not in client.get(path).headers
    told = client.get(f"/{language}/about").text.partition('id="privacy"')[2].partition("<h2")[0]
    assert {"sv": "sparas inte", "en": "is not kept"}[language] in told


@pytest.mark.parametrize(
    ("path", "status", "to"),
    [
        ("/sv/mapping/?goal=14", 308, "/sv/mapping?goal=14"),
        ("/en/kinds/objective/", 308, "/en/kinds/objective"),
        ("/vocabulary/", 308, "/vocabulary"),
        ("/sv//", 308, "/sv/"),
        ("/releases//?x=1", 308, "/releases/?x=1"),
        ("/sv/mapping//", 308, "/sv/mapping"),
        ("/api", 307, "/openapi.json"),
        ("/api/", 307, "/openapi.json"),
        ("/sparql/?query=ASK%20%7B%7D", 308, "/sparql?query=ASK%20%7B%7D"),
        ("/mapping?goal=14", 303, "/en/mapping?goal=14"),
        ("/kinds/objective/", 303, "/en/kinds/objective"),
        ("/id", 303, "/en/kinds"),
        ("/id/", 303, "/en/kinds"),
        ("/res", 303, "/en/kinds"),
        ("/res/", 303, "/en/kinds"),
        ("/spec", 307, "/vocabulary"),
        ("/def", 307, "/vocabulary"),
        ("/def/", 307, "/vocabulary"),
        ("/shapes/", 308, "/shapes"),
        ("/graphs/", 308, "/graphs"),
        ("/graphs/?default", 308, "/graphs?default"),
        ("/en/municipalities", 307, "/en/kinds/municipality"),
        ("/sv/kommuner/?x=1", 307, "/sv/kinds/municipality?x=1"),
        ("/sv/%C3%85tg%C3%A4rder", 307, "/sv/kinds/measure"),
        ("/sv/objectives", 307, "/sv/kinds/objective"),
        ("/objective/8", 307, "/res/objective/8"),
        ("/en/objectives/8", 307, "/res/objective/8.en.html"),
        ("/sv/kommun/1280", 307, "/res/municipality/1280.sv.html"),
        ("/sdg/14.1", 307, "/res/sdg/14.1"),
        ("/sv/goals", 307, "/sv/kinds"),
        ("/en/kinds/sdg-goals", 307, "/en/kinds/sdg-goal"),
        ("/sv/kinds/goals", 307, "/sv/kinds"),
        ("/indicators", 303, "/en/kinds/indicator"),
        ("/sources/", 303, "/en/kinds/source"),
        ("/void", 307, "/.well-known/void"),
        ("/void.ttl", 307, "/.well-known/void.ttl"),
        ("/dcat.rdf", 307, "/catalog.rdf"),
        ("/feed", 307, "/changes.atom"),
        ("/rss.xml", 307, "/changes.atom"),
        ("/sv/feed", 307, "/changes.sv.atom"),
        ("/feeds", 404, None),
        ("/void/ttl", 404, None),
        ("/sv/geometries", 404, None),
        ("/sv/indicators/8", 404, None),
        ("/id/objective/", 404, None),
        ("/sv/nothing/", 404, None),
        ("/nothing", 404, None),
        ("//example.org/", 404, None),
    ],
)
def test_what_is_nearly_the_address_of_a_page_leads_there(
    client: TestClient, path: str, status: int, to: str | None
) -> None:
    answer = client.get(f"{BASE.iri.rstrip('/')}{path}", headers={"Accept-Language": "en"}, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (status, to)
    assert status != 303 or answer.headers["vary"].startswith("Accept-Language")
    assert client.post(path, follow_redirects=False).status_code in {404, 405}


@pytest.mark.parametrize(
    ("accept", "given"),
    [("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"), ("text/html", "text/html")],
)
def test_the_beginning_of_all_concepts_leads_programs_to_data_and_readers_to_a_page(client, accept, given):
    answer = client.get("/def/", headers={"Accept": accept}, follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_a_kind_means_its_list_alone(client: TestClient, language: Language) -> None:
    for name in LISTED:
        for text in (KINDS[name].one, KINDS[name].many):
            path = f"/{language}/{quote(text.in_(language))}"
            answer = client.get(path, follow_redirects=False)
            assert answer.headers["location"] == f"/{language}/kinds/{name}", path


def test_every_word_that_a_template_says_is_in_the_table_and_the_other_way_round() -> None:
    said = set()
    for name in environment.list_templates():
        source, _, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
        for call in environment.parse(source).find_all(nodes.Call):
            if not isinstance(call.node, nodes.Name) or call.node.name not in {"t", "counted"}:
                continue
            (key, *_) = call.args
            assert isinstance(key, nodes.Const), f"{name} makes up a key"
            said |= {key.value} if call.node.name == "t" else {f"{key.value}.one", f"{key.value}.many"}
    assert said == set(WORDS)


def test_each_key_of_the_words_stands_in_one_theme():
    assert [key for key, times in Counter(key for theme in THEMES for key in theme.WORDS).items() if times > 1] == []


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_places_for_the_same_values(key: str) -> None:
    text = WORDS[key]
    assert text.sv.strip()
    assert text.en.strip()
    assert set(re.findall(r"\{(\w+)", text.sv)) == set(re.findall(r"\{(\w+)", text.en))


def test_the_agenda_has_one_name_in_english() -> None:
    asked = [text for each in questions().values() for text in (each.header.title, each.header.answers)]
    defined = [str(text) for text in vocabulary().objects() if getattr(text, "language", None) == "en"]
    english = [*(text.en for text in WORDS.values()), *(text.en for text in asked if text), *defined]
    assert any("2030 Agenda" in text for text in english)
    assert [text for text in english if "Agenda 2030" in text] == []


def test_numbers_are_written_as_the_language_writes_them() -> None:
    site: object = None
    assert Reader(site, "sv").number(58214) == "58\N{NO-BREAK SPACE}214"  # type: ignore[arg-type]
    assert Reader(site, "en").number(58214) == "58,214"  # type: ignore[arg-type]
    assert Reader(site, "sv").number(0.9) == "0,9"  # type: ignore[arg-type]
    assert Reader(site, "sv").counted("links", 1) == "1 koppling"  # type: ignore[arg-type]


# start and lists


def test_the_start_page_counts_what_the_release_counts(client: TestClient, release: Release) -> None:
    page = get(client, "/en/")
    linked = [a["href"] for a in page.of("a")]
    for name in LISTED:
        assert (f"/en/kinds/{name}" in linked) == bool(release.record["counts"][name])
        if f"/en/kinds/{name}" not in linked:
            continue
        waiting = len(table("indicator_proposals")) if name == "mapping" else 0
        assert f"{release.record['counts'][name] - waiting:,}" in page.texts
    assert release.id in page.texts
    assert "A release for development." in page.texts


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_start_page_says_before_all_else_what_is_in_the_release(
    client: TestClient, release: Release, language: str
) -> None:
    before_the_rest = client.get(f"/{language}/").text.partition('<nav class="on-page"')[2].partition("</nav>")[0]
    told = re.findall(rf'/{language}/kinds/([\w-]+)">[^<]+<span class="count">([\d,\xa0]+)<', before_the_rest)
    waiting = len(table("indicator_proposals"))
    assert {name: int(re.sub(r"\D", "", number)) for name, number in told} == {
        name: release.record["counts"][name] - (waiting if name == "mapping" else 0) for name in FOREMOST
    }
    assert {KINDS[name].area for name in FOREMOST} == set(Area)
    assert 'href="#contents"' in before_the_rest


def test_it_is_told_what_the_mappings_of_the_release_lead_from_and_which_the_matrix_has_no_row_for(client: TestClient):
    used = Counter(row["subject_kind"] for row in table("mappings") if row["confidence"] != "unsure")
    said = [f"{KINDS[kind].many.en} {used[kind]}" for kind in MAPPED_KINDS if used[kind]]
    others = [f"{KINDS[kind].many.en} {used[kind]}" for kind in ("milestone-target", "indicator")]
    for path in ("/en/", "/en/kinds/mapping"):
        text = get(client, path).text
        assert f"by what they lead from: {', '.join(said)}." in text
        assert str(used.total()) in text
    without = used["milestone-target"] + used["indicator"]
    text = get(client, "/en/mapping").text
    assert f"{used.total() - without} mappings in all" in text
    assert f"another {without} mappings, with no row here: {', '.join(others)}." in text
    assert "with no row here" not in get(client, "/en/mapping?objective=7").text


def test_the_objectives_stand_in_order_with_the_number_of_goals_they_are_linked_to(client: TestClient) -> None:
    cells = expected_cells({"published", "editorial"})
    page = get(client, "/sv/")
    names = {row["number"]: row["name_sv"] for row in table("objectives")}
    places = [page.texts.index(names[str(number)]) for number in range(1, 17)]
    assert places == sorted(places)
    for number, place in enumerate(places, 1):
        goals = len([1 for objective, _ in cells if objective == str(number)])
        assert page.texts[place + 1] == f"{goals} globala mål"


@pytest.mark.parametrize("name", [name for name in LISTED if name != "mapping"])
def test_a_list_holds_every_thing_of_its_kind(client: TestClient, release: Release, name: str) -> None:
    page = get(client, f"/en/kinds/{name}")
    folder = "sdg" if name in {"sdg-goal", "sdg-target"} else name
    linked = {a["href"] for a in page.of("a") if str(a["href"]).startswith(f"/res/{folder}/")}
    extra = 17 if name == "sdg-target" else 0
    assert len(linked) == release.record["counts"][name] + extra


def test_municipalities_stand_under_their_counties(client: TestClient) -> None:
    texts = get(client, "/sv/kinds/municipality").texts
    county, town, after = texts.index("Skåne län"), texts.index("Malmö"), texts.index("Hallands län")
    assert county < town < after


def test_lists_sort_numbers_as_numbers(client: TestClient) -> None:
    keys = [text for text in get(client, "/sv/kinds/sdg-target").texts if re.fullmatch(r"14\.\w+", text)]
    assert keys == [*(f"14.{n}" for n in range(1, 8)), "14.a", "14.b", "14.c"]


def test_a_swedish_alphabet_ends_with_its_own_letters() -> None:
    assert sorted(["Öland", "Åre", "Zinkgruvan", "Ängelholm", "Ale"], key=alphabetical) == [
        "Ale",
        "Zinkgruvan",
        "Åre",
        "Ängelholm",
        "Öland",
    ]


def test_a_name_in_another_language_says_so(client: TestClient) -> None:
    html = client.get("/en/kinds/municipality").text
    assert '<span lang="sv">Malmö</span>' in html
    assert '<span lang="sv">Malmö</span>' not in client.get("/sv/kinds/municipality").text


def test_the_list_of_mappings_has_each_once_with_its_standing(client: TestClient, release: Release) -> None:
    page = get(client, "/en/kinds/mapping")
    linked = [a["href"] for a in page.of("a") if str(a["href"]).startswith("/res/mapping/")]
    assert len(linked) == len(set(linked)) == release.record["counts"]["mapping"]
    assert Counter(page.texts)["published"] == len([1 for row in loaded_mappings() if row["standing"] == "published"])


def test_the_list_of_mappings_leads_to_each_kind_of_what_is_mapped(client: TestClient) -> None:
    text = client.get("/sv/kinds/mapping").text
    places = dict(re.findall(r'<li><a href="#(s\d+)">([^<]+)</a></li>', text))
    kinds = [row["subject_kind"] for row in loaded_mappings()]
    assert set(places.values()) == {KINDS[kind].many.sv for kind in kinds}
    (first,) = (place for place, name in places.items() if name == KINDS["objective"].many.sv)
    assert re.search(rf'<h2 id="{first}"><a [^>]*>1 Begränsad klimatpåverkan</a>', text)


@pytest.mark.parametrize("path", ["/res/sdg/14.sv.html", "/res/sdg/14.1.sv.html", "/res/specification/7-1.sv.html"])
def test_an_objective_stands_with_its_number_where_its_mappings_are_listed(client: TestClient, path: str) -> None:
    assert re.search(r'<span><a href="/res/objective/7\.sv\.html">7 Ingen övergödning</a>', client.get(path).text)


# the matrix


def loaded_mappings() -> list[dict[str, str]]:
    return [row for row in table("mappings") if row["confidence"] != "unsure"]


WITHOUT_A_ROW = {"milestone-target", "indicator"}
"""The kinds that are mapped to Agenda 2030 and have no row in the matrix."""


def expected_cells(standings: set[str]) -> Counter[tuple[str, str]]:
    """The number of links of each pair, counted from the table by other means than the product's."""
    return Counter(
        ("GEN" if row["subject_key"].startswith("GEN") else row["subject_key"], row["object"].split(".")[0])
        for row in loaded_mappings()
        if row["standing"] in standings and row["subject_kind"] not in WITHOUT_A_ROW
    )


def shown_cells(page: Page) -> dict[tuple[str, str], str]:
    """The accessible names of the cells by their pair, as the links of the table have them."""
    found = {}
    for link in page.of("a"):
        if "aria-label" in link and str(link["href"]).startswith("?"):
            fields = dict(part.split("=") for part in urlsplit(str(link["href"])).query.split("&"))
            found[fields["objective"], fields["goal"]] = str(link["aria-label"])
    return found


@pytest.mark.parametrize(
    ("query", "standings"),
    [("", {"published", "editorial"}), ("?basis=published", {"published"}), ("?basis=editorial", {"editorial"})],
)
def test_the_cells_equal_the_table_counted_by_hand(client: TestClient, query: str, standings: set[str]) -> None:
    shown = shown_cells(get(client, f"/sv/mapping{query}"))
    counted = {pair: int(re.findall(r": (\d+) koppling", name)[0]) for pair, name in shown.items()}
    assert counted == dict(expected_cells(standings))


def test_the_ways_past_the_matrix_and_to_its_targets_stand_apart(client: TestClient) -> None:
    assert "Skip the matrix · Show target by target" in get(client, "/en/mapping").text
    assert "Hoppa över matrisen · Visa delmål för delmål" in get(client, "/sv/mapping").text
    assert "Skip the matrix ·" not in get(client, "/en/mapping?level=target").text


def test_the_matrix_is_a_table_with_a_caption_and_headers(client: TestClient) -> None:
    page = get(client, "/sv/mapping")
    assert len(page.of("caption")) == 1
    assert Counter(header.get("scope") for header in page.of("th")) == {"col": 17, "row": 17}
    assert len(page.of("td")) == 1 + 17 * 17
    assert len(shown_cells(page)) < 17 * 17


def test_a_cell_tells_its_pair_count_and_strength(client: TestClient) -> None:
    cells = shown_cells(get(client, "/sv/mapping"))
    assert cells["7", "14"] == "Ingen övergödning – 14 Hav och marina resurser: 3 kopplingar, starkast: direkt"
    assert cells["4", "14"].endswith("varav 1 publicerad (läsningen av källan: troligt)")
    assert cells["4", "12"].endswith("varav 1 publicerad")
    published = shown_cells(get(client, "/sv/mapping?basis=published"))
    assert published["4", "14"].endswith(
        "1 koppling, styrka ej angiven, varav 1 publicerad (läsningen av källan: troligt)"
    )


def test_published_cells_are_marked_without_colour(client: TestClient) -> None:
    html = client.get("/sv/mapping?basis=published").text
    marked = re.findall(r'<td><a class="fill-0 is-published( is-likely)?"', html)
    likely = [
        row
        for row in loaded_mappings()
        if (row["standing"], row["confidence"]) == ("published", "likely") and row["subject_kind"] not in WITHOUT_A_ROW
    ]
    assert len(marked) == len(expected_cells({"published"}))
    assert len([mark for mark in marked if mark]) == len(likely) > 0
    css = client.get("/static/site.css").text
    assert '.is-published::before { content: "P"' in css
    assert '.is-likely::before { content: "P?"' in css


def test_the_panel_gives_each_link_of_the_pair_with_its_reason(client: TestClient) -> None:
    page = get(client, "/sv/mapping?objective=7&goal=14")
    for row in loaded_mappings():
        if row["subject_key"] == "7" and row["object"].split(".")[0] == "14":
            assert row["justification_sv"] in page.texts
            assert f"/res/mapping/editors--objective-7--{row['object']}.sv.html" in [a["href"] for a in page.of("a")]
    assert "Påverkan på havet" in page.texts
    assert [a for a in page.of("a") if a.get("aria-current") == "true" and a.get("aria-label")]


def test_what_the_editors_state_names_them_once(client: TestClient) -> None:
    ours = client.get("/en/mapping?objective=7&goal=14&basis=editorial").text.partition('id="why"')[2]
    assert 'Stated by</dt><dd><a href="/res/source/editors.en.html">' in ours
    assert "<dt>Source</dt>" not in ours
    published = client.get("/en/mapping?objective=4&goal=14&basis=published").text.partition('id="why"')[2]
    assert published.count("<dt>Stated by</dt>") == published.count("<dt>Source</dt>") > 0


def test_the_panel_of_the_generational_goal_names_the_strand(client: TestClient) -> None:
    text = get(client, "/sv/mapping?objective=GEN&goal=12").text
    assert "Strecksats : Resurseffektiva och giftfria kretslopp" in text or "Strecksats: Resurseffektiva" in text


def test_a_published_link_without_strength_or_reason_says_so(client: TestClient) -> None:
    text = get(client, "/sv/mapping?objective=4&goal=14&basis=published").text
    assert "styrka ej angiven" in text
    assert "Ingen motivering är återgiven." in text
    assert "Kemikalieinspektionen" in text


def test_how_sure_the_reading_of_a_source_is_stands_beside_published(client: TestClient) -> None:
    for path, said in (
        ("/sv/mapping?objective=4&goal=14&basis=published", "Säkerhet i läsningen av källan troligt"),
        ("/sv/mapping?objective=4&goal=12&basis=published", "Säkerhet i läsningen av källan säkert"),
        (
            "/res/mapping/kemi-giftfri-miljo-agenda-2030--objective-4--14.en.html",
            "How sure the reading of the source is likely",
        ),
        ("/res/objective/4.en.html", "published Kemikalieinspektionen (reading of the source: likely)"),
        ("/res/sdg/12.en.html", "published Kemikalieinspektionen (reading of the source: certain)"),
        ("/en/kinds/mapping", "published Kemikalieinspektionen (reading of the source: likely)"),
    ):
        assert said in get(client, path).text, path


def test_a_pair_without_a_link_says_so(client: TestClient) -> None:
    assert "Ingen koppling är registrerad." in get(client, "/sv/mapping?objective=7&goal=1").texts


def test_nothing_chosen_tells_how_to_read(client: TestClient) -> None:
    assert "Så läser du kopplingarna" in get(client, "/sv/mapping").texts


@pytest.mark.parametrize("query", ["", "?view=list", "?view=flow&objective=4", "?view=table"])
def test_no_view_speaks_of_cells_that_only_the_matrix_has(client: TestClient, query: str) -> None:
    page = get(client, f"/sv/mapping{query}")
    assert not [text for text in page.texts if re.search(r"\b(en|varje|tom) ruta\b|läser du matrisen", text, re.I)]
    narrow = [p for p in page.of("p") if "narrow-only" in (p.get("class") or "")]
    assert len(narrow) == ("view=flow" in query)


@pytest.mark.parametrize("query", ["objective=17&goal=1", "bases=published", "basis=all", "objective=7&goal=x"])
def test_a_bad_parameter_is_a_400(client: TestClient, query: str) -> None:
    get(client, f"/sv/mapping?{query}", status=400)
    details = client.get(f"/sv/mapping?{query}", headers={"Accept": "application/json"}).json()
    assert details["parameter"] in details["detail"]


# proposals


@pytest.fixture(scope="module")
def with_a_proposal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An endpoint on a small release where the link from objective 7 to target 6.3 awaits review."""
    folder = tmp_path_factory.mktemp("proposal")
    write_few_tables(folder / "tables")
    mappings = folder / "tables" / "mappings.csv"
    lines = mappings.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = [place for place, line in enumerate(lines) if line.startswith("objective,7,6.3,")]
    lines[place] = lines[place].replace(",editorial,", ",proposed,")
    mappings.write_text("".join(lines), encoding="utf-8")
    app = create_app(build(folder / "data", BASE, folder / "tables").release, Settings(folder / "data", workers=2))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client


PROPOSED = "/res/mapping/editors--objective-7--6.3.en.html"


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/res/objective/7.en.html", "mappings"),
        ("/res/sdg/6.en.html", "mappings"),
        ("/res/sdg/6.3.en.html", "mappings"),
        ("/en/kinds/mapping", None),
    ],
)
def test_a_proposal_stands_closed_away_and_is_not_counted(
    with_a_proposal: TestClient, path: str, heading: str | None
) -> None:
    html = with_a_proposal.get(path).text
    page = Page(html)
    before, _, rest = html.partition('<details class="proposals">')
    inside, _, after = rest.partition("</details>")
    assert PROPOSED in inside
    assert "Proposals that await review" in inside
    assert "tag-proposed" not in before + after
    assert len([a for a in page.of("a") if a["href"] == PROPOSED]) == 1
    own, _, _ = before.partition('id="milestone-target-mappings"')
    counted = len(set(re.findall(r"/res/mapping/[^\"]+", own)))
    if heading:
        assert re.search(rf'id="{heading}">[^<]+<span class="count">{counted}<', before)
    else:
        assert f">{counted} in this release<" in before


def test_the_counts_of_the_start_page_and_the_matrix_leave_a_proposal_out(with_a_proposal: TestClient) -> None:
    listed = with_a_proposal.get("/en/kinds/mapping").text
    counted = re.findall(r">(\d+) in this release<", listed)
    start = get(with_a_proposal, "/en/")
    assert start.texts[start.texts.index("Mappings") + 1] == counted[0]
    of_others = len(
        set(re.findall(r"/res/mapping/[a-z0-9-]+--(?:milestone-target|indicator)-[^\"]+--[0-9][^\"]*", listed))
    )
    assert f"{int(counted[0]) - of_others} mappings in all" in get(with_a_proposal, "/en/mapping").text
    assert "Only proposed (1)" in get(with_a_proposal, "/en/mapping").text


def test_a_page_without_proposals_says_nothing_of_them(client: TestClient) -> None:
    assert "Proposals that await review" not in get(client, "/res/objective/7.en.html").text


# things


def test_the_generational_goal_tells_which_strand_each_link_belongs_to(client: TestClient) -> None:
    page = get(client, "/res/generational-goal/GEN.sv.html")
    rows = [row for row in loaded_mappings() if row["subject_key"].startswith("GEN")]
    strands = {row["code"]: row["name_sv"] for row in table("strands")}
    said = Counter(text for text in page.texts if text.startswith("Strecksats GEN-"))
    assert said == Counter(f"Strecksats {row['subject_key']}:" for row in rows if row["subject_key"] != "GEN")
    assert page.texts.count("Generationsmålet självt") == len([row for row in rows if row["subject_key"] == "GEN"]) > 0
    for key, name in strands.items():
        assert page.texts.count(name) >= said[f"Strecksats {key}:"] > 0


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("/res/generational-goal/GEN.sv.html", "editors"),
        ("/res/objective/4.sv.html", "kemi-giftfri-miljo-agenda-2030"),
        ("/res/sdg/14.en.html", "editors"),
    ],
)
def test_the_licence_box_names_the_sources_of_the_mappings_on_the_page(
    client: TestClient, path: str, source: str
) -> None:
    box = client.get(path).text.partition("<aside")[2]
    assert f'href="/res/source/{source}.{path.split(".")[-2]}.html"' in box


def test_sources_of_which_no_licence_is_stated_are_told_at_once_where_they_are_many(client: TestClient) -> None:
    box = client.get("/res/objective/7.sv.html").text.partition('<details class="sources">')
    assert "CC0 1.0" in box[0]
    folded = box[2].partition("</details>")[0]
    many = len(re.findall(r'href="/res/source/', folded))
    assert many > 3
    assert f"Licens ej angiven: {many} källor" in folded
    assert 'class="attribution' not in folded  # what is to be named is not folded away
    assert '<details class="sources">' not in client.get("/res/measure/ATG122.sv.html").text


def test_an_objective_tells_what_it_is_mapped_to_before_how_it_is_assessed(client: TestClient) -> None:
    page = client.get("/res/objective/7.sv.html").text
    places = [page.index(f'<h2 id="{name}"') for name in ("specifications", "mappings", "assessments", "indicators")]
    assert places == sorted(places)
    assert page.count('<h2 id="mappings"') == 1


@pytest.mark.parametrize("path", ["/res/county/12.{}.html", "/res/objective/7.{}.html"])
@pytest.mark.parametrize(("language", "told"), [("sv", "RÅU en regional årlig"), ("en", "RÅU a regional annual")])
def test_the_codes_of_reports_are_told_where_they_head_a_table(
    client: TestClient, path: str, language: str, told: str
) -> None:
    section = client.get(path.format(language)).text.partition('<h2 id="assessments"')[2]
    assert "RÅU20" in section.partition(told)[2].partition("<h2")[0]


def test_an_assessment_is_cited_by_what_it_is_about(client: TestClient) -> None:
    page = client.get("/res/assessment/RAU2023-12-11-trend.sv.html").text
    name = "Myllrande våtmarker, Skåne län, 2023: trend"
    assert f"<h1>{name}</h1>" in page
    assert re.search(rf'aria-current="page"[^>]*>\s*{name}\s*<', page)
    assert f"{name}. Miljögrafen" in page.partition("<aside")[2]


def test_who_looks_for_indicators_is_led_to_those_with_values(client: TestClient) -> None:
    hrefs = [a["href"] for a in get(client, "/sv/kinds/indicator").of("a")]
    assert hrefs.index("/sv/kinds/dataset") < hrefs.index("/res/information-system/kolada.sv.html")


def test_the_page_about_the_site_tells_the_terms_before_the_long_table(client: TestClient) -> None:
    about = client.get("/sv/about").text
    places = [about.index(f'<h2 id="{name}"') for name in ("licence", "privacy", "cite", "sources")]
    assert places == sorted(places)


def test_the_words_in_which_a_source_asks_to_be_named_are_shown(client: TestClient) -> None:
    asked = {row["id"]: row["attribution"] for row in table("sources") if row["attribution"]}
    assert {"kolada-municipalities", "un-lod4stats"} <= set(asked)
    about = get(client, "/sv/about")
    assert set(asked.values()) <= set(about.texts)
    assert asked["kolada-municipalities"] in get(client, "/res/municipality/1280.sv.html").texts
    assert asked["un-lod4stats"] in get(client, "/res/sdg/14.en.html").texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_reads_about_the_official_site_can_go_there(client: TestClient, language: str) -> None:
    (page,) = (row["page"] for row in table("information_system_pages") if row["system"] == "sverigesmiljomal")
    assert "sverigesmiljomal.se</a>" in client.get(f"/{language}/about").text.partition(f'<a href="{page}">')[2][:60]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_that_is_the_same_in_both_languages_is_told_once(client: TestClient, language: str) -> None:
    html = client.get(f"/res/information-system/kolada.{language}.html").text
    properties = html.partition('id="properties"')[2].partition('id="stated"')[0]
    assert "<h1>Kolada</h1>" in re.sub("</?span[^>]*>", "", html)
    assert "mg:operatorName" in properties
    assert "skos:prefLabel" not in properties


def test_what_has_no_name_is_called_after_its_key(client: TestClient) -> None:
    assert "7 → 14.1" in get(client, "/res/row/mappings/editors--objective-7--14.1.sv.html").texts
    assert "objectives.csv, 7" in get(client, "/res/source/regeringen-43485.sv.html").texts
    assert "objectives.csv, 7" in get(client, "/res/row/objectives/7.en.html").texts


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("source", ["editors", "kolada-kpis"])
def test_a_named_graph_is_called_by_the_title_of_its_source(client: TestClient, source: str, language: Language):
    (row,) = [row for row in table("sources") if row["id"] == source]
    html = client.get(f"/res/graph/{source}.{language}.html").text
    title = row["title"] if row["title_lang"] == language else f'<span lang="{row["title_lang"]}">{row["title"]}</span>'
    assert f"<h1>{title}</h1>" in html
    assert f"/id/graph/{source}</code></p>" in html


@pytest.mark.parametrize(
    ("key", "called"),
    [
        ("mapping/editors--objective-8--6.6", "8 → 6.6"),
        ("mapping/editors--strand-GEN-1--14.2", "GEN-1 → 14.2"),
        ("mapping/editors--generational-goal-GEN--12.2", "GEN → 12.2"),
        (
            "mapping/kemi-giftfri-miljo-agenda-2030--objective-4--14",
            "4 → 14 (kemi-giftfri-miljo-agenda-2030)",
        ),
        ("row/mappings/editors--objective-8--6.6", "mappings.csv, editors--objective-8--6.6"),
        ("objective/8", None),
    ],
)
def test_a_name_made_of_a_key(key: str, called: str | None) -> None:
    kind, _, rest = key.partition("/")
    label = label_of_key(str(iri.mint(kind, rest)), "en")
    assert (label.text if label else None) == called


@pytest.mark.parametrize(
    ("language", "said"), [("sv", "miljökvalitetsmål 15"), ("en", "environmental quality objective 15")]
)
def test_a_name_made_of_a_key_is_in_the_language_of_the_page(client: TestClient, language: str, said: str) -> None:
    mapping = "mapping/editors--indicator-kolada-N07412--objective-15"
    assert f"kolada-N07412 → {said}" in get(client, f"/{language}/timemap/res/{mapping}").texts


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/res/strand/GEN-3.sv.html", 2),  # the name in both languages
        ("/res/specification/7-1.sv.html", 1),  # the English name
        ("/res/specification/10-1.sv.html", 2),
        ("/res/specification/10-1.en.html", 2),
        ("/res/county/12.en.html", 1),  # the English name
        ("/res/objective/7.sv.html", 0),
        ("/res/source/editors.sv.html", 0),
        ("/res/spec/Mapping.sv.html", 0),
    ],
)
def test_a_name_that_only_the_editors_stand_behind_says_so(client: TestClient, path: str, said: int) -> None:
    text = get(client, path).text
    language: Language = "sv" if ".sv." in path else "en"
    words = WORDS["name-by-editors"].in_(language), f"({WORDS['by-editors'].in_(language)})"
    assert sum(map(text.count, words)) == said


def test_an_objective_lists_its_specifications_in_order_and_its_links(client: TestClient) -> None:
    page = get(client, "/res/objective/8.sv.html")
    names = [row["name_sv"] for row in table("specifications") if row["objective"] == "8"]
    places = [page.texts.index(name) for name in names]
    assert places == sorted(places)
    linked = [a["href"] for a in page.of("a") if "--objective-8--" in str(a["href"])]
    assert len(linked) == len(
        [1 for row in loaded_mappings() if (row["subject_kind"], row["subject_key"]) == ("objective", "8")]
    )
    assert "Havs- och vattenmyndigheten" in page.texts


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("KL1", "Uppnått, enligt en uppföljning."),
        ("KL2", "Gäller: ska vara uppnått senast 2030."),
        ("AV3", "Gäller: ska vara uppnått senast 2035."),
        ("LU1", "Inte uppnått, enligt en uppföljning."),
        ("LU3", "Uppnått, enligt en uppföljning."),
        ("LU4", "Inte uppnått, enligt uppföljningen 2023. Bedömningen gjordes före målåret 2025."),
        ("MS1", "utfallet är okänt"),
    ],
)
def test_a_milestone_target_says_in_words_where_it_stands(client: TestClient, code: str, said: str) -> None:
    text = get(client, f"/res/milestone-target/{code}.sv.html").text
    assert said in text
    assert ("Inte uppnått" in text) == (code in {"LU1", "LU4"})


@pytest.mark.parametrize("code", ["LU1", "LU4", "KL1", "MS1"])
def test_a_milestone_target_that_is_judged_names_the_source_of_the_verdict(client: TestClient, code: str) -> None:
    facts = client.get(f"/res/milestone-target/{code}.sv.html").text.partition('<dl class="facts">')[2]
    told = facts.partition("</dl>")[0].partition("Var uppföljningen står")[2].partition("</div>")[0]
    judged = [row["source_id"] for row in table("milestone_verdicts") if row["target"] == code]
    assert [f'href="/res/source/{source}.sv.html"' in told for source in judged] == [True] * len(judged)
    assert bool(told) == bool(judged)


@pytest.mark.parametrize(
    ("target_year", "verdict", "stands"),
    [
        (None, None, Lifecycle.NO_TARGET_YEAR),
        (None, MilestoneVerdict.REACHED, Lifecycle.REACHED),
        ("2025", None, Lifecycle.PASSED),
        ("2026", None, Lifecycle.IN_FORCE),
        ("2026", MilestoneVerdict.NOT_REACHED, Lifecycle.NOT_REACHED),
    ],
)
def test_a_verdict_says_where_a_milestone_target_stands_and_else_its_year(target_year, verdict, stands) -> None:
    assert lifecycle(target_year, verdict, "2026-11-28") is stands


def test_milestone_targets_stand_under_their_themes_in_the_order_of_their_numbers(client: TestClient) -> None:
    texts = get(client, "/sv/kinds/milestone-target").texts
    names = "Begränsad klimatpåverkan", "KL1", "Luftföroreningar", "LU1", "FA2", "FA10"
    places = [
        len(texts) - texts[::-1].index(text) for text in names
    ]  # the last of each: the list begins with its parts
    assert places == sorted(places)


def test_the_list_of_milestone_targets_says_where_each_stands(client: TestClient) -> None:
    said = {
        "reached": "reached",
        "not-reached": "not reached",
        "passed": "has passed, outcome unknown",
        "in-force": "",
        "no-target-year": "no target year",
    }
    years = {row["target"]: row["target_year"] for row in expected.rows("milestone_years")}
    html = client.get("/en/kinds/milestone-target").text
    shown = dict(
        re.findall(r'<span class="key">(\w+)</span> .*?<span class="small muted">(.*?)</span></span></li>', html)
    )
    stands = expected.where_milestones_stand()
    assert shown.keys() == stands.keys()
    for code, text in shown.items():
        year, _, words = text.partition(", ")
        told = words if words or years[code] != "none" else year
        assert re.sub(r" in \d{4}$", "", told) == said[stands[code]], code
        assert years[code] == "none" or year == years[code]


@pytest.mark.parametrize("objective", ["1", "5", "7"])
def test_no_shares_are_warned_of_where_a_part_of_a_report_tells_of_the_objective(
    client: TestClient, objective: str
) -> None:
    told = {
        row["report"]
        for row in expected.rows("assessments")
        if row["objective"] == objective and row["place"] != "SE" and row["confidence"] != "unsure"
    }
    warned = "Räkna därför inga andelar" in client.get(f"/res/objective/{objective}.sv.html").text
    assert warned == bool(told)


@pytest.mark.parametrize(
    ("due", "achievements", "trends", "is_partial"),
    [(21, 21, 21, False), (21, 21, 0, True), (21, 20, 21, True), (None, 3, 3, True), (0, 0, 0, False)],
)
def test_a_report_is_partial_until_all_that_is_due_is_recorded(due, achievements, trends, is_partial) -> None:
    report = Report(URIRef("http://localhost:8000/id/report/RAU2026"), "RÅU2026", ReportKind.REGIONAL_FOLLOW_UP, "2026")
    assert Tally(report, due, achievements, trends, ()).is_partial is is_partial


def test_an_objective_lists_the_milestone_targets_that_a_source_ties_to_it(client: TestClient) -> None:
    linked = {a["href"] for a in get(client, "/res/objective/2.en.html").of("a")}
    assert {f"/res/milestone-target/LU{number}.en.html" for number in range(1, 5)} <= linked
    assert "/res/milestone-target/KL1.en.html" not in linked


def test_the_page_of_a_target_lists_milestone_targets_apart_and_the_matrix_has_no_row_for_them(
    client: TestClient,
) -> None:
    page = get(client, "/res/sdg/12.3.en.html")
    assert page.texts.index("Mappings from the objectives") < page.texts.index("Mappings from milestone targets")
    assert "/res/milestone-target/MS1.en.html" in [a["href"] for a in page.of("a")]
    assert "milestone-target" not in client.get("/en/mapping?objective=15&goal=12").text.partition("<aside")[0]


@pytest.mark.parametrize("target", ["6.3", "6.1", "12.4", "13.2", "14.1"])
def test_the_page_of_a_target_has_the_links_to_its_whole_goal_apart_and_who_published_them(
    client: TestClient, target: str
) -> None:
    goal = target.partition(".")[0]
    names = {row["number"]: f"{row['number']} {row['name_sv']}" for row in table("objectives")}
    wanted = [
        (names[row["subject_key"]], row["author"])
        for row in table("mappings")
        if row["object"] == goal and row["subject_kind"] == "objective" and row["confidence"] != "unsure"
    ]
    html = client.get(f"/res/sdg/{target}.sv.html").text
    _, _, apart = html.partition('<h3 id="whole-mappings">')
    listed = apart.partition("</ul>")[0]
    found = re.findall(
        r'<li>\s*<span><a[^>]*>([^<]*)</a></span>.*?<span class="small muted">([^<(]*) \(', listed, re.DOTALL
    )
    assert found == wanted
    assert bool(apart) == bool(wanted)


@pytest.mark.parametrize(
    "path", ["/res/objective/4.sv.html", "/res/sdg/12.sv.html", "/sv/mapping?view=table&objective=4"]
)
def test_lists_of_links_tell_who_has_published_one(client: TestClient, path: str) -> None:
    html = client.get(path).text
    published = html.count('<span class="tag tag-published">')
    assert published > 0
    authors = "|".join({re.escape(row["author"]) for row in table("mappings") if row["standing"] == "published"})
    assert len(re.findall(rf'<span class="small muted">(?:{authors}) \(läsningen av källan: ', html)) == published


def test_a_mapping_is_called_by_the_names_of_its_ends_where_its_versions_are_listed(client: TestClient) -> None:
    html = client.get("/sv/timemap/res/mapping/editors--objective-7--14.1", headers={"Accept": "text/html"}).text
    (target,) = (row["title_sv"] for row in table("sdg_target_titles") if row["target"] == "14.1")
    assert f">Ingen övergödning – 14.1 {target}</a>" in html
    published = "kemi-giftfri-miljo-agenda-2030--objective-4--12"
    html = client.get(f"/en/timemap/res/mapping/{published}", headers={"Accept": "text/html"}).text
    assert " – 12 Responsible consumption and production (Kemikalieinspektionen)</a>" in html


def test_a_mapping_gives_its_justification_before_its_properties(client: TestClient) -> None:
    (row,) = [row for row in loaded_mappings() if (row["subject_key"], row["object"]) == ("7", "14.1")]
    page = get(client, "/res/mapping/editors--objective-7--14.1.en.html")
    assert page.texts.index(row["justification_en"]) < page.texts.index("Properties")
    assert page.texts.count(row["justification_sv"]) == 2  # among the properties, and in the row of SSSOM


def test_a_thing_shows_its_rows_sources_formats_and_query(client: TestClient) -> None:
    page = get(client, "/res/county/12.en.html")
    hrefs = [a["href"] for a in page.of("a")]
    assert "counties.csv:11" in page.texts or any(text.startswith("counties.csv:") for text in page.texts)
    assert "certain" in page.texts
    assert {"/res/county/12.ttl", "/res/county/12.jsonld", "/res/county/12.nt", "/res/county/12.rdf"} <= set(hrefs)
    assert f"/en/query?query={quote('DESCRIBE <http://localhost:8000/id/county/12>')}" in hrefs


def test_what_is_cut_says_how_much_there_is_and_where(client: TestClient) -> None:
    page = get(client, "/res/source/editors.en.html")
    assert any(re.fullmatch(r"and [\d,]+ more", text) for text in page.texts)


# the query page


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_comes_to_ask_sees_a_question_with_its_answer(client: TestClient, language: str) -> None:
    page = client.get(f"/{language}/query").text
    answer = page.partition('id="result"')[2].partition("<aside")[0]
    assert answer.count("<tr>") == 17  # the names of the columns, and the sixteen objectives
    assert "Frisk luft" in answer
    taken = re.search(r'href="(/sparql\?query=[^"]+format=csv)"', answer)
    assert taken
    assert "Frisk luft" in client.get(unescape(taken[1])).text
    assert 'id="result"' not in client.get(f"/{language}/query?query=").text
    marked = re.findall(r'aria-current="true">([^<]+)<', page.partition("<aside")[2])
    assert marked == [re.search(r'id="answers"[^>]*><strong>([^<]+)\.<', page)[1]]


def test_the_query_page_shows_the_answer_of_a_shared_address(client: TestClient) -> None:
    asked = 'SELECT ?o ?name ?n { VALUES (?o ?name ?n) { (<http://localhost:8000/id/objective/7> "Hav"@sv 7) } }'
    html = client.get("/en/query?query=" + quote(asked)).text
    named = '<a href="/res/objective/7.en.html">Zero Eutrophication</a>'
    assert f'{named} <code class="small muted">id/objective/7</code>' in html
    assert '<span lang="sv">Hav</span>' in html
    assert '<td class="number">7</td>' in html


def test_a_cut_table_says_so(client: TestClient) -> None:
    page = get(client, "/en/query?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 1500"))
    assert "1,500 rows." in " ".join(page.texts)
    assert "The first 1,000 are shown." in page.texts
    assert len(page.of("tr")) == ROWS_SHOWN + 1


@pytest.mark.parametrize(
    ("language", "said"), [("sv", r"Fler än [\d\xa0]+ rader\."), ("en", r"More than [\d,]+ rows\.")]
)
def test_a_table_that_is_too_long_to_read_shows_its_first_rows(client: TestClient, language: str, said: str) -> None:
    page = get(client, f"/{language}/query?query=" + quote("SELECT * { ?s ?p ?o }"))
    assert re.search(said, " ".join(page.texts))
    assert len(page.of("tr")) == ROWS_SHOWN + 1


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("SELEC", 400, "The query is not valid SPARQL"),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", 403, "Queries to other services are not allowed"),
    ],
)
def test_a_query_that_fails_keeps_its_text_and_tells_why(
    client: TestClient, asked: str, status: int, said: str
) -> None:
    page = get(client, "/en/query?query=" + quote(asked), status=status)
    assert said in page.texts
    assert asked in page.texts
    (box,) = page.of("textarea")
    assert box["aria-invalid"] == "true"


def test_what_a_query_makes_up_is_text_and_no_link_or_markup(client: TestClient) -> None:
    asked = 'SELECT (IRI("javascript:alert(1)") AS ?a) ("<script>alert(1)</script>" AS ?b) {}'
    page = get(client, "/en/query?query=" + quote(asked))
    assert not [a for a in page.of("a") if str(a["href"]).startswith("javascript")]
    assert [script["src"] for script in page.of("script")] == ["/static/editor.js", "/static/app.js"]


def test_every_example_gives_an_answer(client: TestClient) -> None:
    examples = [a["href"] for a in get(client, "/sv/query").of("a") if str(a["href"]).startswith("/sv/query?")]
    assert examples
    for example in examples:
        assert "Resultat" in get(client, str(example)).texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_with_a_parameter_asks_about_one_thing(release: Release, language: Language) -> None:
    store = ox.Store.read_only(str(release.store))

    def rows(text: str) -> int:
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return len(list(found))

    with_parameters = [question for question in questions().values() if question.header.parameters]
    assert with_parameters
    shown = {example.query for example in examples(questions().values(), BASE, language)}
    for question in with_parameters:
        text = question.example(BASE, language)
        assert text in shown
        assert {"sv": "# Byt ut", "en": "# Change"}[language] in text
        examples_of = {name: parameter.example for name, parameter in question.header.parameters.items()}
        assert all(f"{{ <{thing}> }}" in text for thing in question.bindings(BASE, **examples_of).values()), (
            question.name
        )
        assert 0 < rows(text) <= rows(without_header(question.on(BASE))), question.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_is_told_what_it_answers_until_it_is_changed(client: TestClient, language: Language) -> None:
    question = questions()["areas-ranked-in-a-year"]
    text = question.example(BASE, language).replace("\n", "\r\n")  # as a form sends it
    answers = question.header.answers.text().in_(language)
    assert answers in unescape(client.get(f"/{language}/query", params={"query": text}).text)
    changed = unescape(client.get(f"/{language}/query", params={"query": text.replace("2024", "1990")}).text)
    assert answers not in changed


@pytest.mark.parametrize("language", LANGUAGES)
def test_example_questions_stand_under_what_they_are_about(client: TestClient, language: Language) -> None:
    html = unescape(client.get(f"/{language}/query").text).partition("<aside")[2].partition("</section>")[0]
    shown = [
        (heading, re.findall(r'<a href="/[^>]*>([^<]*)</a>', inside))
        for heading, inside in re.findall(r"<h3>([^<]*)</h3>(.*?)</ul>", html, re.DOTALL)
    ]
    expected: dict[str, list[str]] = {area.value.in_(language): [] for area in Area}
    for question in questions().values():
        expected[question.header.area.value.in_(language)].append(question.header.title.text().in_(language))
    assert shown == [(area, sorted(titles, key=alphabetical)) for area, titles in expected.items() if titles]


def test_the_query_page_counts_what_the_release_holds(client: TestClient, release: Release) -> None:
    store = ox.Store.read_only(str(release.store))
    html = client.get("/en/query").text.partition("<aside")[2]
    for term, counted in (("spec/Measure", "?x a <{}>"), ("spec/mappingSubject", "?x <{}> ?y")):
        found = re.search(rf'<a href="/res/{term}\.en\.html"><code>[^<]*</code></a> <span class="count">([^<]*)<', html)
        assert found
        asked = f"SELECT (COUNT(*) AS ?n) {{ {counted.format(release.base.iri + term)} }}"
        assert _numbers(store, asked) == [found[1].replace(",", "")]


def _numbers(store: ox.Store, text: str) -> list[str]:
    """The numbers `?n` of a query; its rows do not outlive this, for no other thread may drop them."""
    answer = store.query(text, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    return [row["n"].value for row in answer]


def test_the_header_of_a_question_is_not_part_of_what_a_reader_sees() -> None:
    assert without_header("#+ title: x\n# Why\nASK {}\n") == "# Why\nASK {}\n"


def test_the_query_page_gives_the_command_and_its_limits(client: TestClient) -> None:
    page = get(client, "/en/query?query=" + quote("ASK { ?a ?b 'c' }"))
    assert any(text.startswith("curl -G http://localhost:8000/sparql") for text in page.texts)
    assert [text for text in page.texts if text in {"curl", "Python", "R"}] == ["curl", "Python", "R"]
    assert any("2 seconds" in text for text in page.texts)


# static files


def test_the_stylesheet_has_a_colour_for_every_goal_and_asks_nobody_else(client: TestClient) -> None:
    css = client.get("/static/site.css").text
    for goal in range(1, 18):
        assert f".sdg-{goal} {{" in css
    assert "http" not in css
    assert "@import" not in css


def test_what_a_class_looks_like_is_set_in_one_place(client: TestClient) -> None:
    css = re.sub(r"/\*.*?\*/", "", client.get("/static/site.css").text, flags=re.DOTALL)
    classes = Counter(re.findall(r"^(\.[a-z0-9-]+) \{", css, re.MULTILINE))
    assert len(classes) > 100
    assert {name for name, times in classes.items() if times > 1} == set()


def test_what_is_set_for_dark_screens_is_set_for_others_too(client: TestClient) -> None:
    light, dark = (client.get(f"/static/{name}.css").text.partition(":root {")[2].partition("}")[0]
                   for name in ("site", "dark"))  # fmt: skip
    assert set(re.findall("--[a-z0-9-]+(?=:)", light)) - set(re.findall("--[a-z0-9-]+(?=:)", dark)) == {"--mono"}
    assert set(re.findall("--[a-z0-9-]+(?=:)", dark)) <= set(re.findall("--[a-z0-9-]+(?=:)", light))


def test_the_font_lies_beside_its_licence(client: TestClient) -> None:
    assert client.get("/static/source-sans-3-latin-wght-normal.woff2").content[:4] == b"wOF2"
    assert "SIL OPEN FONT LICENSE" in client.get("/static/source-sans-3.OFL.txt").text
    assert client.get("/static/favicon.svg").headers["content-type"].startswith("image/svg+xml")


def test_a_browser_that_asks_for_the_icon_unbidden_is_led_to_it(client: TestClient) -> None:
    led = client.get("/favicon.ico", follow_redirects=False)
    icon = client.get("/static/favicon.svg")
    assert (led.status_code, led.headers["location"]) == (308, "/static/favicon.svg")
    assert led.headers["cache-control"] == icon.headers["cache-control"]
    assert client.head("/favicon.ico").content == b""
    assert client.get("/favicon.ico", follow_redirects=True).content == icon.content


def test_a_page_is_shown_where_one_query_may_wait(release):
    settings = Settings(fronts=1, workers=1, page_workers=1, queue=1)
    with TestClient(create_app(release, settings), base_url="http://localhost:8000") as client:
        for path in ("/sv/", "/res/objective/8.sv.html", "/res/county/12.sv.html"):
            assert client.get(path).status_code == 200
