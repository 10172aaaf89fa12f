"""DIGG's rules for persistent identifiers, each with a test of its name; and the page that shows them.

The rules are those of the Agency for Digital Government's investigation of persistent identifiers (December 2023).
"""

from __future__ import annotations

import gzip
import re
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from endpoint.identifiers import RULES, Outcome, find
from loaders.identifiers import FILE
from loaders.release import Release
from ontology.base import Base
from ontology.form import broken_rules
from tests.test_pages import Page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
THING, DOCUMENT = "/id/objective/8", "/res/objective/8"

LEVELS = {
    "BI-1": "shall",
    "BI-2": "shall",
    "BI-3": "shall not",
    "BI-4": "should not",
    "BI-5": "should not",
    "BI-6": "shall not",
    "BI-7": "shall not",
    "UM-1": "shall",
    "UM-2": "shall",
    "UM-3": "shall",
    "UM-4": "should",
    "UM-5": "may",
    "UM-6": "may",
    "UM-7": "shall",
    "UM-8": "should",
    "UM-9": "may",
    "UM-10": "shall",
    "UM-11": "shall",
    "UM-12": "shall",
}
"""Every rule with its level, as DIGG numbers them."""


@pytest.fixture(scope="module")
def identifiers(release: Release) -> list[str]:
    """Every identifier of the release, read from its dump."""
    with gzip.open(release.path / "dump" / "all.nq.gz", "rt", encoding="utf-8") as lines:
        subjects = {line.partition(" ")[0][1:-1] for line in lines}
    return sorted(subject for subject in subjects if subject.startswith(release.base.iri))


def links(answer) -> list[tuple[str, dict[str, str]]]:
    """The links of an answer, each target with its parameters, whose values are quoted or tokens (RFC 8288)."""
    value = r"(?:\"[^\"]*\"|[\w-]+)"
    found = re.findall(rf"<([^>]*)>((?:\s*;\s*\w+={value})*)", answer.headers.get("link", ""))
    read = re.compile(rf"(\w+)=({value})")
    return [
        (target, {name: said.strip('"') for name, said in read.findall(parameters)}) for target, parameters in found
    ]


def related(answer, relation: str) -> list[str]:
    return [target for target, parameters in links(answer) if relation in parameters["rel"].split()]


def test_bi_1_an_identifier_is_an_http_url(identifiers):
    assert len(identifiers) > 10_000
    assert {urlsplit(identifier).scheme for identifier in identifiers} <= {"http", "https"}


def test_bi_2_an_identifier_has_a_domain_name_or_its_base_is_called_one_for_development(client, release):
    assert not Base("https://w3id.org/miljograf/").is_for_development
    for base in ("http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.8/", "http://miljograf/"):
        assert Base(base).is_for_development, base
    assert release.base.is_for_development
    assert "A release for development." in client.get("/en/about").text


def test_bi_3_an_identifier_has_no_port_user_or_password_or_its_base_is_called_one_for_development(release):
    assert Base("https://data.example.se:8443/").is_for_development
    assert release.record["identifiers"]["broken"]["BI-3"] == release.record["identifiers"]["number"]


def test_bi_4_an_identifier_has_no_query(identifiers):
    assert [identifier for identifier in identifiers if "?" in identifier] == []


def test_bi_5_an_identifier_has_no_fragment(identifiers):
    assert [identifier for identifier in identifiers if "#" in identifier] == []


def test_bi_6_an_identifier_has_no_version_number(identifiers):
    version = re.compile(r"/v(ersion)?[-_.]?\d+([-_.]\d+)*(/|$)", re.IGNORECASE)
    assert [identifier for identifier in identifiers if version.search(urlsplit(identifier).path)] == []


def test_bi_7_an_identifier_has_no_file_extension(identifiers):
    extension = re.compile(r"\.(ttl|trig|nt|nq|rdf|xml|json|jsonld|csv|tsv|html?|txt|pdf|zip|gz)$", re.IGNORECASE)
    assert [identifier for identifier in identifiers if extension.search(identifier)] == []


def test_um_1_an_identifier_is_looked_up_at_the_server_of_its_base(client, release):
    assert urlsplit(release.base.iri).netloc == client.base_url.netloc.decode()
    assert client.get(f"{release.base.iri}id/objective/8").status_code == 303


def test_um_2_head_tells_of_the_identifier_in_headers(client):
    answer = client.head(THING)
    assert answer.content == b""
    assert answer.headers["link"] == client.get(THING).headers["link"]
    assert client.head(DOCUMENT).headers["link"] == client.get(DOCUMENT).headers["link"]


def test_um_3_an_information_resource_answers_200_with_a_representation(client):
    answer = client.get(DOCUMENT)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert b"Levande sj" in answer.content


def test_um_4_the_client_chooses_a_representation_and_links_list_the_others(client, release):
    document = f"{release.base.iri}res/objective/8"
    turtle = client.get(DOCUMENT, headers={"Accept": "text/turtle"})
    page = client.get(DOCUMENT, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (turtle.headers["content-type"], page.headers["content-language"]) == ("text/turtle; charset=utf-8", "en")
    for answer in (turtle, page):
        assert related(answer, "canonical") == [document]
        others = {(target, link.get("type"), link.get("hreflang")) for target, link in links(answer)}
        assert (f"{document}.ttl", "text/turtle", None) in others
        assert (f"{document}.sv.html", "text/html", "sv") in others
        assert (f"{document}.en.html", "text/html", "en") in others


def test_um_5_the_client_chooses_a_profile_and_is_told_which_it_was(client, release):
    """Every value of the header, and the profiles themselves: `test_documents.py`."""
    wanted = f"{release.base.iri}def/profile/statements"
    answer = client.get(DOCUMENT, headers={"Accept": "text/turtle", "Accept-Profile": f"<{wanted}>"})
    assert answer.headers["content-profile"] == f"<{wanted}>"
    assert related(answer, "profile") == [wanted]


def test_um_6_a_document_answers_itself_and_leads_nowhere_by_307(client, identifiers, release):
    for identifier in identifiers[::1000]:
        path = identifier.removeprefix(release.base.iri)
        document = client.get(f"/{path}").headers["location"]
        assert client.head(document).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("thing", "document"),
    [(THING, DOCUMENT), ("/def/standing", "/res/def/standing"), ("/spec/Mapping", "/res/spec/Mapping")],
)
def test_um_7_a_thing_answers_303_to_a_description_of_it(client, release, method, thing, document):
    answer = client.request(method, thing)
    assert (answer.status_code, answer.headers["location"]) == (303, document)
    assert related(answer, "describedby")[0] == f"{release.base.iri}{document[1:]}"


def test_um_8_further_descriptions_are_links_too(client):
    ours, *others = related(client.head(THING), "describedby")
    assert ours.endswith(DOCUMENT)
    assert [urlsplit(other).hostname for other in others] == ["www.sverigesmiljomal.se"]


def test_um_9_no_lookup_service_is_claimed(client):
    assert related(client.head(THING), "alternate") == []


# the page


def findings(client: TestClient, language: str) -> dict[str, str]:
    """The outcome that the page gives of each rule."""
    page = client.get(f"/{language}/about/identifiers").text
    found = re.findall(r'<h3 id="([A-Z]+-\d+)">.*?class="tag tag-([a-z-]+)"', page, re.DOTALL)
    assert len(dict(found)) == len(found)
    return dict(found)


def test_the_page_leads_to_the_language_of_the_reader(client):
    for accepted, language in (("en", "en"), ("sv", "sv"), ("fi", "sv")):
        answer = client.get("/about/identifiers", headers={"Accept-Language": accepted})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/about/identifiers")


def test_the_page_has_every_rule_with_its_level(client):
    texts = Page(client.get("/en/about/identifiers").text).texts
    assert {rule.number: rule.level.value.en for rule in RULES} == LEVELS
    for number, level in LEVELS.items():
        assert texts[texts.index(number) + 1] == level


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_tells_the_outcome_of_every_rule(client, language):
    local = dict.fromkeys(("BI-2", "BI-3", "UM-1"), "for-development")
    none = dict.fromkeys(("UM-10", "UM-11", "UM-12"), "no-case")
    unused = dict.fromkeys(("UM-6", "UM-9"), "not-used")
    assert findings(client, language) == dict.fromkeys(LEVELS, "kept") | local | none | unused


@pytest.mark.parametrize(
    ("header", "number", "outcome"),
    [
        ("accept-profile", "UM-5", Outcome.NOT_USED),
        ("accept-language", "UM-4", Outcome.BROKEN),
        ("accept", "UM-4", Outcome.BROKEN),
    ],
)
def test_an_outcome_is_that_of_a_service_that_does_not_look_at_a_header(client, header, number, outcome):
    async def deaf(scope, receive, send):
        headers = [(name, value) for name, value in scope["headers"] if name.decode("latin-1").lower() != header]
        await client.app({**scope, "headers": headers}, receive, send)

    found = {finding.rule.number: finding.outcome for finding in client.portal.call(find, deaf, client.app.state.site)}
    assert found[number] is outcome
    assert [name for name, one in found.items() if one is Outcome.BROKEN] == (
        [number] if outcome is Outcome.BROKEN else []
    )


def test_the_page_shows_what_was_asked_and_what_was_answered(client):
    text = client.get("/en/about/identifiers").text
    assert "HEAD /id/objective/1" in text
    assert "303" in text
    assert "location: /res/objective/1" in text


# what the build says of them


def test_the_release_lists_its_identifiers_with_what_each_names(release, identifiers):
    with gzip.open(release.path / FILE, "rt", encoding="utf-8") as lines:
        listed = dict(line.rstrip("\n").split("\t") for line in lines)
    assert sorted(release.base.iri + path for path in listed) == identifiers
    assert listed["id/objective/8"] == "https://w3id.org/miljograf/spec/EnvironmentalQualityObjective"
    assert release.record["identifiers"]["number"] == len(identifiers)


@pytest.mark.parametrize(
    ("identifier", "broken"),
    [
        ("https://w3id.org/miljograf/id/objective/8", []),
        ("https://w3id.org/miljograf/id/row/sdg_targets/14.c", []),
        ("https://w3id.org/miljograf/id/sdg-indicator/2020-14.c.1", []),
        ("urn:uuid:8d3c", ["BI-1", "BI-2"]),
        ("http://localhost/id/objective/8", ["BI-2"]),
        ("http://192.0.2.1/id/objective/8", ["BI-2"]),
        ("https://example.se:8443/id/objective/8", ["BI-3"]),
        ("https://me@example.se/id/objective/8", ["BI-3"]),
        ("https://example.se/id?objective=8", ["BI-4"]),
        ("https://example.se/id#objective-8", ["BI-5"]),
        ("https://example.se/v2/objective/8", ["BI-6"]),
        ("https://example.se/objective/8/v1.2", ["BI-6"]),
        ("https://example.se/id/objective/8.ttl", ["BI-7"]),
    ],
)
def test_a_rule_on_the_form_is_broken_by_what_it_forbids(identifier, broken):
    assert broken_rules(identifier) == broken
