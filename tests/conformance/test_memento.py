"""Time-based access holds to RFC 7089: a test for each rule, named after it, with the section.

There are three releases, whose moments are set by hand. A meeting is in the first alone and has ended in the second,
another is new in the second, a third has another name from the second on, and an objective from the third on.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from loaders.build import build
from loaders.release import Releases
from loaders.retention import prune
from tests.conftest import BASE
from tests.revising import ENDED, NEW, RENAMED, opened
from tests.test_curated import change

MADE = ("2026-01-10T10:00:00+00:00", "2026-03-10T10:00:00+00:00", "2026-06-10T10:00:00+00:00")
MOMENTS = ("Sat, 10 Jan 2026 10:00:00 GMT", "Tue, 10 Mar 2026 10:00:00 GMT", "Wed, 10 Jun 2026 10:00:00 GMT")
ROOT = BASE.iri
OBJECTIVE = "res/objective/8"
ALL = (0, 1, 2)
_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[a-z]+="[^"]*")*)')
_PARAMETER = re.compile(r'([a-z]+)="([^"]*)"')

HELD = {
    "res/objective/8": ALL,
    "res/objective/8.ttl": ALL,
    "res/objective/8.sv.html": ALL,
    "res/objective/8?profile=statements": ALL,
    "res/sdg/14": ALL,
    "res/spec/Meeting": ALL,
    "res/def/confidence/certain.jsonld": ALL,
    "res/row/objectives/8": ALL,
    "res/shapes/objective": ALL,
    "res/shapes/objective.en.html": ALL,
    "id/objective/8": ALL,
    "spec/Meeting": ALL,
    "def/confidence/certain": ALL,
    "shapes": ALL,
    "shapes.ttl": ALL,
    "vocabulary": ALL,
    "changes": ALL,
    "changes.jsonld": ALL,
    "validation.ttl": ALL,
    "validation.json": ALL,
    "catalog": ALL,
    "catalog.ttl": ALL,
    ".well-known/void": ALL,
    ".well-known/sparql-examples": ALL,
    "graphs/editors": ALL,
    "data/all.nq.gz": ALL,
    "data/editors.ttl.gz": ALL,
    NEW: (1, 2),
    NEW.replace("id/", "res/", 1): (1, 2),
    RENAMED.replace("id/", "res/", 1): ALL,
}
"""Original resources that there are now, and the places in the row of releases of those that have them."""

GONE = dict.fromkeys((ENDED, ENDED.replace("id/", "res/", 1), f"{ENDED.replace('id/', 'res/', 1)}.ttl"), (0,))
"""The same of what has ended."""


@dataclass(frozen=True)
class Link:
    """A link as a client reads it (RFC 8288)."""

    target: str
    relations: frozenset[str]
    parameters: dict[str, str]


def links_in(said: str) -> list[Link]:
    found = [(target, dict(_PARAMETER.findall(told))) for target, told in _LINK.findall(said)]
    return [Link(target, frozenset(told.pop("rel", "").split()), told) for target, told in found]


def related(answer, relation: str) -> list[Link]:
    return [link for link in links_in(answer.headers.get("link", "")) if relation in link.relations]


def only(answer, relation: str) -> str:
    (link,) = related(answer, relation)
    return link.target


def path_of(address: str) -> str:
    split = urlsplit(address)
    return split.path + (f"?{split.query}" if split.query else "")


@pytest.fixture(scope="module")
def data(revised, tmp_path_factory) -> Path:
    """A data folder with the three releases. To be copied, not changed."""
    folder = Path(shutil.copytree(revised.parent, tmp_path_factory.mktemp("mementos") / "three"))
    change(folder / "tables", "objectives", {"number": "8"}, name_sv="Levande sjöar")
    build(folder / "data", BASE, folder / "tables")
    releases = Releases(folder / "data")
    in_order = sorted(map(releases.get, releases.ids()), key=lambda release: release.record["made"])
    for release, made in zip(in_order, MADE, strict=True):
        record = release.record | {"made": made}
        (release.path / "release.json").write_text(json.dumps(record), encoding="utf-8")
    return folder / "data"


@pytest.fixture(scope="module")
def ids(data) -> list[str]:
    releases = Releases(data)
    return sorted(releases.ids(), key=lambda name: releases.get(name).record["made"])


@pytest.fixture(scope="module")
def client(data) -> Iterator[TestClient]:
    with opened(data) as client:
        yield client


def gate(client, path: str, moment: str | None = None, method: str = "GET", **headers: str):
    """The answer of the TimeGate of a path."""
    asked = headers | ({"Accept-Datetime": moment} if moment else {})
    return client.request(method, f"/timegate/{path}", headers=asked)


# --- headers and links ---


@pytest.mark.parametrize("path", HELD)
def test_an_original_names_its_timegate_and_its_timemap_and_is_no_memento(client, path):
    """Sections 2.2.2, 2.2.3 and 4.2."""
    answer = client.get(f"/{path}")
    assert answer.status_code in {200, 303}
    assert only(answer, "timegate") == f"{ROOT}timegate/{path}"
    (timemap,) = related(answer, "timemap")
    assert (timemap.target, timemap.parameters) == (
        f"{ROOT}timemap/link/{path}",
        {"type": "application/link-format"},
    )
    assert "memento-datetime" not in answer.headers
    assert not related(answer, "original")
    assert "accept-datetime" not in answer.headers.get("vary", "").lower()


@pytest.mark.parametrize(("path", "held"), [*HELD.items(), *GONE.items()])
def test_a_memento_names_its_moment_its_original_its_timegate_and_its_timemap(client, ids, path, held):
    """Sections 2.1.1, 2.2.1 to 2.2.3 and 4.2.1."""
    for place in held:
        answer = client.get(f"/releases/{ids[place]}/{path}")
        assert answer.status_code in {200, 303}, answer.text
        assert answer.headers["memento-datetime"] == MOMENTS[place]
        assert only(answer, "original") == f"{ROOT}{path}"
        assert only(answer, "timegate") == f"{ROOT}timegate/{path}"
        assert only(answer, "timemap") == f"{ROOT}timemap/link/{path}"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (0, {0: "first memento", 1: "next memento", 2: "last memento"}),
        (1, {0: "first prev memento", 1: "memento", 2: "next last memento"}),
        (2, {0: "first memento", 1: "prev memento", 2: "last memento"}),
    ],
)
def test_a_memento_leads_to_those_around_it_with_their_moments(client, ids, place, expected):
    """Section 2.2.4."""
    told = related(client.get(f"/releases/{ids[place]}/{OBJECTIVE}"), "memento")
    found = {link.target: (link.relations, link.parameters) for link in told}
    assert found == {
        f"{ROOT}releases/{ids[each]}/{OBJECTIVE}": (frozenset(names.split()), {"datetime": MOMENTS[each]})
        for each, names in expected.items()
    }


def test_a_memento_that_is_kept_forever_names_none_that_may_come_and_go(client, ids):
    """Section 2.2.4: the links are those of the moment, and this answer is not asked for again."""
    answer = client.get(f"/releases/{ids[1]}/data/all.nq.gz")
    assert "immutable" in answer.headers["cache-control"]
    assert (answer.headers["memento-datetime"], related(answer, "memento")) == (MOMENTS[1], [])


@pytest.mark.parametrize("path", GONE)
def test_what_a_release_has_not_is_no_memento_there(client, ids, path):
    """Section 2.1.1: the header tells that an answer reflects a prior state."""
    answer = client.get(f"/releases/{ids[1]}/{path}")
    assert (answer.status_code, answer.headers.get("memento-datetime")) == (410, None)


@pytest.mark.parametrize(
    "path",
    [
        "sparql",
        "en/about",
        "sv/mapping",
        "sv/kinds/objective",
        "mappings.csv",
        "changes.atom",
        "changes/1",
        "health",
        "releases/",
        "nowhere",
    ],
)
def test_what_has_no_mementos_of_its_own_names_no_timegate(client, path):
    """Section 4.5.8."""
    answer = client.get(f"/{path}")
    assert not related(answer, "timegate")
    assert gate(client, path).status_code == 404


# --- the TimeGate ---


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Sat, 10 Jan 2026 09:59:59 GMT", 0),
        (MOMENTS[0], 0),
        ("Tue, 10 Mar 2026 09:59:59 GMT", 0),
        (MOMENTS[1], 1),
        ("Tue, 09 Jun 2026 23:00:00 GMT", 1),
        (MOMENTS[2], 2),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 2),
        (None, 2),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_timegate_leads_to_what_was_published_at_the_moment(client, ids, wanted, place, method):
    """Sections 4.2.1 and 4.5.3: before the first the first, after the last the last, without a moment the newest."""
    answer = gate(client, OBJECTIVE, wanted, method)
    assert (answer.status_code, answer.content) == (302, b"")
    assert answer.headers["location"] == f"/releases/{ids[place]}/{OBJECTIVE}"
    assert client.get(answer.headers["location"]).headers["memento-datetime"] == MOMENTS[place]


@pytest.mark.parametrize("path", [OBJECTIVE, "catalog", ENDED])
def test_a_timegate_says_that_it_varies_by_the_moment_and_is_no_memento(client, path):
    """Sections 2.1.2, 2.2.1 and 4.2.1."""
    answer = gate(client, path, MOMENTS[1])
    assert "accept-datetime" in answer.headers["vary"].lower()
    assert only(answer, "original") == f"{ROOT}{path}"
    assert only(answer, "timemap") == f"{ROOT}timemap/link/{path}"
    assert "memento-datetime" not in answer.headers
    assert "no-cache" in answer.headers["cache-control"]
    assert {"first", "last"} <= {name for link in related(answer, "memento") for name in link.relations}


@pytest.mark.parametrize(("path", "held"), [*HELD.items(), *GONE.items()])
def test_a_timegate_leads_to_nothing_but_what_there_was(client, ids, path, held):
    """Section 4.5.3, for what is not in every release; and the way from an original over its TimeGate and back."""
    for wanted, place in ((MOMENTS[0], held[0]), (MOMENTS[2], held[-1])):
        led = gate(client, path, wanted).headers["location"]
        assert led == f"/releases/{ids[place]}/{path}"
        assert only(client.get(led), "original") == f"{ROOT}{path}"


@pytest.mark.parametrize(
    "wanted",
    [
        "yesterday",
        "2026-03-10T10:00:00Z",
        "Tue, 10 Mar 2026 10:00:00",
        "Tue, 10 Mar 2026 10:00:00 +0000",
        "Tue, 10 Mar 2026 10:00:00 CET",
        "Tuesday, 10-Mar-26 10:00:00 GMT",
        "Tue Mar 10 10:00:00 2026",
        "Tue, 32 Mar 2026 10:00:00 GMT",
        "Tue, 10 Mrz 2026 10:00:00 GMT",
        "Tue, 10 Mar 2026 25:00:00 GMT",
        "Tue, 10 Mar 0000 10:00:00 GMT",
        f"{MOMENTS[0]}, {MOMENTS[1]}",
        "<script>",
        "x" * 3000,
    ],
)
def test_a_moment_that_cannot_be_read_is_refused_with_its_form(client, wanted):
    """Sections 2.1.1 and 4.5.3."""
    answer = gate(client, OBJECTIVE, wanted)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    told = answer.json()
    assert told["type"] == f"{ROOT}problems#bad-datetime"
    assert re.search(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT", told["detail"])
    assert "accept-datetime" in answer.headers["vary"].lower()
    page = gate(client, OBJECTIVE, wanted, Accept="text/html")
    assert (page.status_code, "<script>alert" in page.text) == (400, False)


@pytest.mark.parametrize(("accept", "content_type"), [
    ("text/turtle", "text/turtle; charset=utf-8"),
    ("application/ld+json", "application/ld+json"),
    ("text/html", "text/html; charset=utf-8"),
])  # fmt: skip
def test_the_moment_and_the_format_are_negotiated_one_after_the_other(client, ids, accept, content_type):
    """Section 3.1: a client sends both headers all the way."""
    asked = {"Accept": accept, "Accept-Language": "en", "Accept-Datetime": MOMENTS[1]}
    led = client.get(f"/timegate/{OBJECTIVE}", headers=asked, follow_redirects=True)
    assert str(led.url) == f"{ROOT}releases/{ids[1]}/{OBJECTIVE}"
    assert led.status_code == 200
    assert led.headers["memento-datetime"] == MOMENTS[1]
    assert led.headers["content-type"].startswith(content_type)
    assert led.headers["content-location"].startswith(f"/releases/{ids[1]}/{OBJECTIVE}.")


def test_a_memento_says_what_was_said_then(client):
    """Section 1.1: a memento encapsulates what the original was."""
    names = [
        client.get(f"/timegate/{OBJECTIVE}.ttl", headers={"Accept-Datetime": moment}, follow_redirects=True).text
        for moment in MOMENTS
    ]
    assert ['"Levande sjöar och vattendrag"@sv' in said for said in names] == [True, True, False]
    assert ['"Levande sjöar"@sv' in said for said in names] == [False, False, True]


@pytest.mark.parametrize("path", GONE)
def test_what_has_ended_names_its_timegate_and_keeps_its_mementos(client, ids, path):
    """Section 4.5.2."""
    answer = client.get(f"/{path}")
    assert answer.status_code == 410
    assert only(answer, "timegate") == f"{ROOT}timegate/{path}"
    led = gate(client, path)
    assert (led.status_code, led.headers["location"]) == (302, f"/releases/{ids[0]}/{path}")


def test_an_identifier_that_leads_on_is_a_memento_of_one_that_led_on(client, ids):
    """Section 4.5.4."""
    answer = client.get(f"/releases/{ids[0]}/id/objective/8")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/releases/{ids[0]}/{OBJECTIVE}")
    assert answer.headers["memento-datetime"] == MOMENTS[0]


@pytest.mark.parametrize("beginning", [ROOT, ROOT.replace("://", ":/")])
def test_an_original_may_be_named_by_its_whole_address(client, ids, beginning):
    """Section 4.2: clients and aggregators put it after the address of a TimeGate or a TimeMap that they know."""
    answer = client.get(f"/timegate/{beginning}{OBJECTIVE}?page=2", headers={"Accept-Datetime": MOMENTS[0]})
    assert answer.headers["location"] == f"/releases/{ids[0]}/{OBJECTIVE}?page=2"
    assert client.get(f"/timemap/{beginning}{OBJECTIVE}").text == client.get(f"/timemap/{OBJECTIVE}").text


@pytest.mark.parametrize("spell", [partial(quote, safe=""), quote, partial(quote, safe=":")])
@pytest.mark.parametrize(
    "original", [OBJECTIVE, f"{OBJECTIVE}.ttl", "id/objective/8", f"{OBJECTIVE}?page=2", f"{OBJECTIVE}?profile=framed"]
)
def test_its_address_may_be_encoded_as_what_stands_within_an_address(client, ids, original, spell):
    """Section 4.2 leaves open how it is put there: some encode all of it, others leave its slashes or its colons."""
    encoded = spell(f"{ROOT}{original}")
    answer = gate(client, encoded, MOMENTS[0])
    assert (answer.status_code, answer.headers["location"]) == (302, f"/releases/{ids[0]}/{original}")
    assert only(answer, "original") == f"{ROOT}{original}"
    for form in ("", "link/", "json/"):
        assert client.get(f"/timemap/{form}{encoded}").text == client.get(f"/timemap/{form}{original}").text
    assert client.get(f"/sv/timemap/{encoded}").content == client.get(f"/sv/timemap/{ROOT}{original}").content
    assert client.options(f"/timegate/{encoded}").status_code == 204


def test_what_is_encoded_in_an_address_is_encoded_twice_within_another(client):
    plain = f"{ROOT}{OBJECTIVE}?through=mg%3AassessedObjective"
    answer = gate(client, quote(plain, safe=""))
    assert answer.status_code == 302
    assert answer.headers["location"] == gate(client, plain).headers["location"]


@pytest.mark.parametrize(
    "hidden", ["res%2Fobjective/8", "res/../res/objective/8", "res/objective/8\n", "res\\objective"]
)
def test_an_address_that_is_encoded_hides_nothing_either(client, hidden):
    answer = gate(client, quote(f"{ROOT}{hidden}", safe=""))
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "x", "res/", "res/objective/99", "res/objective/8/", "res/objective/8.pdf", "id/objective/8.ttl",
        "id/none/1", "http://example.org/", "https://localhost:8000/res/objective/8", "res/shapes/none", "graphs/none",
        "graphs/../editors", "data/", "data/none.csv", "data/release.json", "catalog.pdf", "catalog/", "releases/",
        "timegate/res/objective/8", "timemap/res/objective/8", "res/" + "x" * 3000, "res/å", "data/%22%3E.nq.gz",
        "graphs/%00", "graphs/a%0d%0ab", "changes.pdf", "changes/1", "changes.ttl.ttl", "validation", "validation.html",
        "validation.ttl.ttl",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["timegate", "timemap", "timemap/json", "en/timemap"])
def test_what_no_release_has_is_not_found(client, place, path):
    """Section 4.2.1: there is no memento to lead to."""
    answer = client.get(f"/{place}/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("res/objective/99", f"{ROOT}res/objective/99"),
        ("http://example.org/a", "http://example.org/a"),
        ("https:/example.org/a", "https:/example.org/a"),
    ],
)
def test_what_is_not_found_is_named_as_it_was_sought_and_what_can_be_sought_is_said(client, path, named):
    detail = client.get(f"/timegate/{path}").json()["detail"]
    assert f" has {named} as a thing, a document, a graph or a file" in detail
    assert "/releases/" in detail


@pytest.mark.parametrize("place", ["timegate", "timemap"])
def test_a_parameter_that_the_original_has_not_is_refused(client, place):
    """Section 4.2: the address is that of an original."""
    assert client.get(f"/{place}/{OBJECTIVE}?colour=red").status_code == 400
    assert client.get(f"/{place}/{OBJECTIVE}?page=x").status_code == 400


# --- the TimeMap ---


@pytest.mark.parametrize(("path", "held"), [*HELD.items(), *GONE.items()])
def test_a_timemap_lists_the_mementos_and_no_others(client, ids, path, held):
    """Section 5."""
    answer = client.get(f"/timemap/link/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/link-format")
    found = links_in(answer.text)
    by_relation = {relation: link for link in found for relation in link.relations}
    assert by_relation["original"].target == f"{ROOT}{path}"
    assert by_relation["timegate"].target == f"{ROOT}timegate/{path}"
    assert (by_relation["self"].target, by_relation["self"].parameters) == (
        f"{ROOT}timemap/link/{path}",
        {"type": "application/link-format", "from": MOMENTS[held[0]], "until": MOMENTS[held[-1]]},
    )
    mementos = [link for link in found if "memento" in link.relations]
    expected = [(f"{ROOT}releases/{ids[place]}/{path}", {"datetime": MOMENTS[place]}) for place in held]
    assert [(link.target, link.parameters) for link in mementos] == expected
    assert "first" in mementos[0].relations
    assert "last" in mementos[-1].relations
    for link in mementos:
        assert client.head(path_of(link.target)).headers["memento-datetime"] == link.parameters["datetime"]


@pytest.mark.parametrize("path", [OBJECTIVE, ENDED])
def test_a_timemap_says_the_same_as_json(client, path):
    """Section 5 leaves other serialisations open; this is that of the archives of the web."""
    told = client.get(f"/timemap/{path}", headers={"Accept": "application/json"}).json()
    links = links_in(client.get(f"/timemap/{path}").text)
    mementos = [link.target for link in links if "memento" in link.relations]
    assert [each["uri"] for each in told["mementos"]["list"]] == mementos
    assert told["mementos"]["first"] == {"uri": mementos[0], "datetime": MADE[0].replace("+00:00", "Z")}
    assert (told["original_uri"], told["timegate_uri"]) == (f"{ROOT}{path}", f"{ROOT}timegate/{path}")
    assert client.get(path_of(told["timemap_uri"]["json_format"])).json() == told


def test_a_timemap_is_negotiated_and_asked_for_each_time(client):
    """Section 5: it changes when a release comes or goes."""
    for accept, form in (("*/*", "link"), ("application/link-format", "link"), ("application/json", "json")):
        answer = client.get(f"/timemap/{OBJECTIVE}", headers={"Accept": accept})
        assert answer.headers["content-location"] == f"/timemap/{form}/{OBJECTIVE}"
        assert (answer.headers["cache-control"], "Accept" in answer.headers["vary"]) == ("no-cache", True)
        asked = {"Accept": accept, "If-None-Match": answer.headers["etag"]}
        assert client.get(f"/timemap/{OBJECTIVE}", headers=asked).status_code == 304
    refused = client.get(f"/timemap/{OBJECTIVE}", headers={"Accept": "image/png"})
    assert (refused.status_code, refused.json()["available"][0]) == (406, "application/link-format")
    page = client.get(f"/timemap/{OBJECTIVE}", headers={"Accept": "text/html", "Accept-Language": "sv"})
    assert (page.status_code, page.headers["location"]) == (303, f"/sv/timemap/{OBJECTIVE}")


def test_releases_that_are_not_kept_have_no_mementos(data, ids, tmp_path):
    """Section 4.2.1: the server is told while it runs."""
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    with opened(copy) as client:
        assert gate(client, OBJECTIVE, MOMENTS[0]).headers["location"] == f"/releases/{ids[0]}/{OBJECTIVE}"
        assert prune(copy, 2) == [ids[0]]
        assert gate(client, OBJECTIVE, MOMENTS[0]).headers["location"] == f"/releases/{ids[1]}/{OBJECTIVE}"
        assert gate(client, ENDED).status_code == 404
        listed = client.get(f"/timemap/json/{OBJECTIVE}").json()["mementos"]["list"]
        assert [each["uri"].split("/")[4] for each in listed] == ids[1:]


def test_a_release_that_was_gone_back_from_is_not_led_to(data, ids, tmp_path):
    """Section 4.2.1: it has been taken back, and says when it was made all the same."""
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    Releases(copy).point_to(ids[1])
    with opened(copy) as client:
        assert gate(client, OBJECTIVE).headers["location"] == f"/releases/{ids[1]}/{OBJECTIVE}"
        answer = client.get(f"/releases/{ids[2]}/{OBJECTIVE}")
        assert answer.headers["memento-datetime"] == MOMENTS[2]
        assert only(answer, "prev") == only(answer, "last") == f"{ROOT}releases/{ids[1]}/{OBJECTIVE}"


# --- HTTP ---


def test_a_client_that_has_a_memento_is_told_so_with_its_moment(client, ids):
    address = f"/releases/{ids[0]}/{OBJECTIVE}.ttl"
    first = client.get(address)
    for method in ("GET", "HEAD"):
        again = client.request(method, address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.headers["memento-datetime"]) == (304, MOMENTS[0])
        assert again.headers["link"] == first.headers["link"]
    assert client.get(address, headers={"If-Match": '"another"'}).status_code == 412


@pytest.mark.parametrize("path", [f"timegate/{OBJECTIVE}", f"timemap/{OBJECTIVE}", OBJECTIVE])
def test_scripts_of_other_sites_may_ask_for_a_moment_and_read_it(client, path):
    asked = {"Origin": "http://b.example", "Access-Control-Request-Headers": "accept-datetime"}
    told = client.options(f"/{path}", headers=asked | {"Access-Control-Request-Method": "GET"})
    assert (told.status_code, told.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "Accept-Datetime" in told.headers["access-control-allow-headers"]
    answer = client.get(f"/{path}")
    assert {"Memento-Datetime", "Link", "Location"} <= set(answer.headers["access-control-expose-headers"].split(", "))
    assert client.post(f"/{path}").status_code == 405


def test_the_time_of_all_releases_is_asked_of_none(client, ids):
    for place in ("timegate", "timemap"):
        assert client.get(f"/releases/{ids[0]}/{place}/{OBJECTIVE}").status_code == 404


# --- the page ---


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_tells_which_releases_have_a_thing_and_where_it_changed(client, ids, language):
    page = client.get(f"/{language}/timemap/{OBJECTIVE}", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-language"]) == (200, language)
    rows = re.findall(r'<tr role="row".*?</tr>', page.text, re.DOTALL)[1:]
    assert [re.findall(r'href="/releases/([^/]+)/([^"]+)"', row)[0] for row in rows] == [
        (name, f"{OBJECTIVE}.{language}.html") for name in reversed(ids)
    ]
    words = {"sv": ("Ändrad.", "Oförändrad.", "Ny"), "en": ("Changed.", "Unchanged.", "New")}
    for row, word in zip(rows, words[language], strict=True):
        assert word in row
    assert f'href="/releases/{ids[2]}/{language}/changes#id/objective/8"' in rows[0]
    assert {"sv": "Levande sjöar", "en": "Flourishing Lakes and Streams"}[language] in page.text
    assert f'href="/timemap/link/{OBJECTIVE}"' in page.text


def test_the_page_of_a_thing_leads_there_and_in_an_earlier_release_it_ends_with_that(client, ids):
    page = client.get(f"/{OBJECTIVE}.en.html").text
    assert f'href="/en/timemap/{OBJECTIVE}"' in page
    earlier = client.get(f"/releases/{ids[1]}/{OBJECTIVE}.en.html").text
    (address,) = re.findall(rf'href="([^"]*/en/timemap/{OBJECTIVE})"', earlier)
    assert address == f"/releases/{ids[1]}/en/timemap/{OBJECTIVE}"
    told = client.get(address).text
    assert [name in told for name in ids] == [True, True, False]


def test_what_has_ended_has_a_page_too(client, ids):
    page = client.get(f"/en/timemap/{ENDED}", headers={"Accept": "text/html"}).text
    assert f"It is not in release {ids[2]}." in re.sub("<[^>]+>", "", page)
    assert re.findall(r'href="/releases/([^/]+)/res/meeting/nobelmotet-2011\.en\.html"', page) == [ids[0]]
