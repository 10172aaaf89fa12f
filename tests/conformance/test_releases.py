"""Releases beside each other: listed, answered at addresses of their own, compared, kept and removed."""

from __future__ import annotations

import asyncio
import fcntl
import gzip
import hashlib
import itertools
import json
import re
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from errno import ENOSPC, EPIPE
from pathlib import Path

import pytest
from builds import write_few_tables
from click import ClickException
from click.testing import CliRunner
from rdflib import Graph, Literal, Namespace, URIRef
from starlette.testclient import TestClient

from endpoint import holding
from endpoint.app import create_app
from endpoint.cli import main
from endpoint.problems import Problem
from endpoint.settings import Settings
from endpoint.through_time import releases as pages
from endpoint.through_time.archive import Shelf
from endpoint.through_time.history import read_history
from loaders import retention
from loaders.build import build
from loaders.changes import compare, in_words, patch, statements_of
from loaders.cli import _keep
from loaders.lock import Locked, build_lock
from loaders.release import NoRelease, Release, Releases, find_release
from loaders.retention import hold, keep_newest, prune
from loaders.seal import moment_after
from ontology.base import CANONICAL, Base
from tests.conftest import BASE
from tests.releases import put
from tests.test_curated import change
from tests.turns import is_in_the_loop

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
WHOLE = URIRef(f"{BASE.iri}id/dataset/miljograf")
HTML = {"Accept": "text/html", "Accept-Language": "en"}
NAMES = ("Levande sjöar och vattendrag", "Levande sjöar", "Levande vattendrag")
"""What objective 8 is called in the three releases."""


@pytest.fixture(scope="module")
def data(once, few_built) -> Path:
    """A data folder with three releases; in each, objective 8 has another name. To be copied, not changed."""

    def fill(folder: Path) -> None:
        shutil.copytree(few_built, folder, dirs_exist_ok=True)
        for name in NAMES[1:]:
            change(folder / "tables", "objectives", {"number": "8"}, name_sv=name)
            build(folder / "data", BASE, folder / "tables")

    return once("three", fill) / "data"


@pytest.fixture(scope="module")
def kept(data) -> list[Release]:
    """The three, the oldest first."""
    releases = Releases(data)
    return sorted(map(releases.get, releases.ids()), key=lambda release: release.record["made"])


@pytest.fixture(scope="module")
def visited(data) -> Iterator[TestClient]:
    """A client of an endpoint that opens one earlier release at a time."""
    app = create_app(Releases(data).current(), Settings(data, workers=1, page_workers=1, earlier_releases=1))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client


@pytest.fixture
def copied(data, tmp_path) -> Releases:
    """A copy of the three releases that a test may remove."""
    return Releases(Path(shutil.copytree(data, tmp_path / "data")))


def ids_of(kept: list[Release]) -> list[str]:
    return [release.id for release in kept]


# --- the list ---


def test_programs_get_the_list_of_releases(visited, kept):
    answer = visited.get("/releases/")
    assert answer.headers["content-type"] == "application/json"
    listed = answer.json()["releases"]
    assert [each["id"] for each in listed] == ids_of(kept)
    assert [each["previous"] for each in listed] == [None, *ids_of(kept)[:-1]]
    assert [each["isCurrent"] for each in listed] == [False, False, True]
    assert [each["address"] for each in listed] == [f"{BASE.iri}releases/{each}/" for each in ids_of(kept)]


@pytest.mark.parametrize(
    ("media_type", "parser"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")],
)
def test_they_get_it_as_rdf_as_well(visited, kept, media_type, parser):
    graph = Graph().parse(data=visited.get("/releases/", headers={"Accept": media_type}).content, format=parser)
    versions = {URIRef(f"{BASE.iri}releases/{each}/") for each in ids_of(kept)}
    assert set(graph.objects(WHOLE, DCAT.hasVersion)) == versions
    newest, before = (URIRef(f"{BASE.iri}releases/{each}/") for each in (ids_of(kept)[2], ids_of(kept)[1]))
    assert graph.value(newest, DCAT.previousVersion) == before
    assert graph.value(newest, DCAT.version) == Literal(kept[2].id)


def test_readers_are_led_to_a_page_of_releases(visited, kept):
    assert visited.get("/releases").headers["location"] == "/releases/"
    answer = visited.get("/releases/", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/releases")
    page = visited.get("/en/releases", headers=HTML).text
    assert re.findall(r'href="/releases/([^/]+)/en/"', page) == list(reversed(ids_of(kept)))


def test_every_answer_says_of_which_release_it_is(visited, kept):
    old, new = kept[0].id, kept[2].id
    for path in (
        "/res/objective/8.ttl",
        "/id/objective/8",
        "/en/mapping",
        "/sparql?query=ASK%20%7B%7D&format=csv",
        "/suggest?q=vatten",
        "/res/objective/888",
    ):
        said = {place: visited.get(place).headers for place in (path, f"/releases/{old}{path}")}
        assert [headers["data-release"] for headers in said.values()] == [new, old], path
        assert all("Data-Release" in headers["access-control-expose-headers"] for headers in said.values())
    tag = visited.get("/res/objective/8.ttl").headers["etag"]
    confirmed = visited.get("/res/objective/8.ttl", headers={"If-None-Match": tag})
    assert (confirmed.status_code, confirmed.headers["data-release"]) == (304, new)


def test_the_list_is_asked_for_each_time(visited):
    answer = visited.get("/releases/")
    assert answer.headers["cache-control"] == "no-cache"
    assert visited.get("/releases/", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_a_release_says_what_it_is(visited, kept):
    assert visited.get(f"/releases/{kept[0].id}").headers["location"] == f"/releases/{kept[0].id}/"
    (said,) = visited.get(f"/releases/{kept[0].id}/").json()["releases"]
    assert (said["id"], said["triples"]) == (kept[0].id, kept[0].record["triples"])
    led = visited.get(f"/releases/{kept[0].id}/", headers=HTML)
    assert led.headers["location"] == f"/releases/{kept[0].id}/en/"


# --- the same surface ---


def test_each_release_answers_from_its_own_data(visited, kept):
    for release, name in [*zip(kept, NAMES, strict=True)] * 2:  # one is open at a time, so they make way for each other
        turtle = visited.get(f"/releases/{release.id}/res/objective/8.ttl").content
        names = Graph().parse(data=turtle, format="turtle").objects(URIRef(f"{BASE.iri}id/objective/8"), SKOS.prefLabel)
        assert Literal(name, lang="sv") in set(names)


def test_what_an_earlier_release_suggests_is_in_that_release(visited, kept):
    place = f"/releases/{kept[0].id}"
    for typed in ("vatten", "medelvärde", "download"):
        found = visited.get(f"{place}/suggest", params={"q": typed}).json()["suggestions"]
        assert found
        assert all(one["href"].startswith(f"{place}/") for one in found), typed
        at_the_root = visited.get("/suggest", params={"q": typed}).json()["suggestions"]
        assert not any(one["href"].startswith("/releases/") for one in at_the_root)


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("id/objective/99", "res/spec/EnvironmentalQualityObjective"),
        ("res/objective/99", "res/spec/EnvironmentalQualityObjective"),
        ("res/objective/8.png", "res/objective/8"),
        ("id/unicorn/1", "vocabulary"),
        ("en/kinds/unicorn", "en/kinds"),
        ("en/kinds/objective.ttl", "res/spec/EnvironmentalQualityObjective.ttl"),
    ],
)
def test_who_goes_astray_in_an_earlier_release_is_led_on_in_that_release(visited, kept, path, instead):
    for place in ("", f"releases/{kept[0].id}/"):
        answer = visited.get(f"/{place}{path}", headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["instead"]) == (404, f"{BASE.iri}{place}{instead}")
    named = visited.get(f"/releases/{kept[0].id}/id/objective/8/").json()["instead"]
    assert named == f"{BASE.iri}id/objective/8"  # a name is the same in all releases


def test_the_addresses_for_programs_of_an_earlier_release_are_its_own(visited, kept):
    place = f"/releases/{kept[0].id}"
    told, at_the_root = (visited.get(f"{where}/openapi.json").json() for where in (place, ""))
    assert [server["url"] for server in told["servers"]] == [f"{BASE.iri.rstrip('/')}{place}"]
    assert [server["url"] for server in at_the_root["servers"]] == [BASE.iri.rstrip("/")]
    for path in ("/data/", "/catalog", "/suggest", "/changes"):
        assert "servers" not in told["paths"][path]["get"]
        assert visited.get(f"{place}{path}", params={"q": "hav"} if path == "/suggest" else {}).status_code in {
            200,
            303,
        }
    elsewhere = {path for path, methods in told["paths"].items() if "servers" in methods.get("get", {})}
    assert {"/health", "/metrics", "/timegate/{original}", "/timemap/{original}"} < elsewhere
    assert all(told["paths"][path]["get"]["servers"] == at_the_root["servers"] for path in elsewhere)
    assert not any("servers" in one for methods in at_the_root["paths"].values() for one in methods.values())


def test_what_a_release_says_is_a_memento_with_its_moment_and_a_timegate_leads_there(visited, kept):
    """RFC 7089; tests/conformance/test_memento.py has the rest of it."""
    for release in kept:
        moment = format_datetime(datetime.fromisoformat(release.record["made"]), usegmt=True)
        led = visited.get("/timegate/catalog", headers={"Accept-Datetime": moment})
        assert (led.status_code, led.headers["location"]) == (302, f"/releases/{release.id}/catalog")
        assert visited.get(led.headers["location"]).headers["memento-datetime"] == moment
    assert visited.get("/timegate/catalog", headers={"Accept-Datetime": "today"}).status_code == 400


def test_the_current_release_has_an_address_of_its_own_too(visited, kept):
    at_the_root, at_its_own = (visited.get(f"{place}/res/objective/8.ttl") for place in ("", f"/releases/{kept[2].id}"))
    assert at_the_root.content == at_its_own.content
    assert at_the_root.headers["etag"] != at_its_own.headers["etag"]
    assert f"<{BASE.iri}res/objective/8.ttl>" in at_the_root.headers["link"]
    assert f"<{BASE.iri}releases/{kept[2].id}/res/objective/8.ttl>" in at_its_own.headers["link"]


def test_an_earlier_release_is_asked_by_sparql(visited, kept):
    query = f"SELECT ?name {{ <{BASE.iri}id/objective/8> <{SKOS.prefLabel}> ?name FILTER (LANG(?name) = 'sv') }}"
    for release, name in zip(kept, NAMES, strict=True):
        answer = visited.get(f"/releases/{release.id}/sparql", params={"query": query, "format": "csv"})
        assert answer.text.splitlines()[1] == name
        posted = visited.post(f"/releases/{release.id}/sparql", data={"query": query}, headers={"Accept": "text/csv"})
        assert posted.text == answer.text
    service = Graph().parse(data=visited.get(f"/releases/{kept[0].id}/sparql").content, format="turtle")
    endpoint = URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert set(service.objects(None, endpoint)) == {URIRef(f"{BASE.iri}releases/{kept[0].id}/sparql")}


def test_things_keep_their_identifiers_and_documents_lead_on_within_the_release(visited, kept):
    beginning = f"{BASE.iri}releases/{kept[0].id}/"
    looked_up = visited.get(f"/releases/{kept[0].id}/id/objective/8")
    assert (looked_up.status_code, looked_up.headers["location"]) == (303, f"/releases/{kept[0].id}/res/objective/8")
    document = visited.get(f"/releases/{kept[0].id}/res/objective/8", headers={"Accept": "text/turtle"})
    assert document.headers["content-location"] == f"/releases/{kept[0].id}/res/objective/8.ttl"
    links = dict(re.findall(r'<([^>]*)>; rel="(describes|canonical)"', document.headers["link"]))
    assert links == {f"{BASE.iri}id/objective/8": "describes", f"{beginning}res/objective/8": "canonical"}


def test_every_link_of_a_page_leads_on_within_its_release(visited, kept):
    for path in ("/en/", "/res/objective/8.en.html", "/en/data", "/sv/query", "/en/changes"):
        page = visited.get(f"/releases/{kept[1].id}{path}", headers=HTML).text
        paths = re.findall(r'(?:href|action)="(/[^"]*)"', page)
        assert len(paths) > 5
        astray = [
            p for p in paths if not p.startswith((f"/releases/{kept[1].id}/", "/static/", "/releases/", "/changes."))
        ]
        assert astray == []
        assert kept[1].id in page
        assert f'<a href="{BASE.iri}">To the newest release</a>' in page or "Till den senaste" in page


def test_what_pages_of_a_release_link_to_is_there(visited, kept):
    page = visited.get(f"/releases/{kept[0].id}/res/objective/8.en.html", headers=HTML).text
    paths = sorted(set(re.findall(rf'href="(/releases/{kept[0].id}/[^"#]*)', page)))
    assert len(paths) > 10
    for path in paths:
        assert visited.get(path.replace("&amp;", "&"), headers=HTML).status_code in {200, 303}, path


def test_a_file_of_an_earlier_release_says_which_dataset_it_is_of(visited, kept):
    place = f"/releases/{kept[0].id}"
    names = [name.rpartition("/")[2] for name in kept[0].record["files"] if name.startswith(("dump/", "tables/"))]
    of_one = [name for name in names if not name.startswith(("all.", "SHA256SUMS"))]
    assert len(of_one) > 5
    for name in of_one:
        at_the_root, earlier = (
            re.findall(r'<([^>]*)>; rel="collection"', visited.head(f"{beginning}/data/{name}").headers["link"])
            for beginning in ("", place)
        )
        assert len(earlier) == 2, name
        assert earlier == [url.replace(BASE.iri, f"{BASE.iri}{place[1:]}/") for url in at_the_root]


def test_the_files_that_a_page_of_an_earlier_release_tells_search_engines_of_are_its_own(visited, kept):
    page = visited.get(f"/releases/{kept[0].id}/en/data", headers=HTML).text
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    for download in json.loads(said)["distribution"]:
        answer = visited.get(download["contentUrl"])
        assert hashlib.sha256(answer.content).hexdigest() == download["sha256"], download["name"]


def test_the_files_of_every_release_stay(visited, kept):
    for release in kept:
        answer = visited.get(f"/releases/{release.id}/data/all.nq.gz")
        assert answer.headers["etag"] == f'"{release.record["files"]["dump/all.nq.gz"]["sha256"]}"'
        assert "immutable" in answer.headers["cache-control"]
    catalogue = visited.get(f"/releases/{kept[0].id}/catalog.ttl").content
    graph = Graph().parse(data=catalogue, format="turtle")
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert all(address.startswith(f"{BASE.iri}releases/{kept[0].id}/data/") for address in addresses)
    for address in sorted(addresses)[:3]:
        assert visited.get(address).status_code == 200


def test_the_methods_of_an_address_are_the_same_in_every_release(visited, kept):
    for path in ("/sparql", "/res/objective/8", "/data/all.nq.gz"):
        here, there = visited.options(path), visited.options(f"/releases/{kept[0].id}{path}")
        assert (there.status_code, there.headers["allow"]) == (204, here.headers["allow"])
    assert visited.post(f"/releases/{kept[0].id}/res/objective/8").status_code == 405


def test_an_answer_of_an_earlier_release_is_kept_and_confirmed(visited, kept):
    path = f"/releases/{kept[0].id}/res/objective/7.ttl"
    first = visited.get(path)
    assert visited.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    other = visited.get(f"/releases/{kept[1].id}/res/objective/7.ttl")
    assert other.headers["etag"] != first.headers["etag"]


# --- what is no release ---


@pytest.mark.parametrize(
    "release_id",
    [
        "nonsense",
        "2026-11-24-000000000000",
        "2026-11-24-24739F7EA2FE",
        "current",
        "%2e%2e",
        "..%2Fcurrent",
        "%00",
        "%2e%2e%2f%2e%2e",
        "2026-11-24",
        "a" * 8192,
        "<script>alert(1)</script>",
        "%C3%A5",
    ],
)
@pytest.mark.parametrize("rest", ["", "/", "/sv/", "/res/objective/8.ttl", "/data/all.nq.gz"])
def test_what_is_no_release_is_not_found(visited, release_id, rest):
    answer = visited.get(f"/releases/{release_id}{rest}")
    assert answer.status_code == 404
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "application/problem+json"
    assert "<script>" not in answer.text
    page = visited.get(f"/releases/{release_id}{rest}", headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_the_problem_leads_to_the_releases_that_there_are(visited, kept):
    answer = visited.get("/releases/2026-11-24-000000000000/sv/")
    assert "2026-11-24-000000000000" in answer.json()["detail"]
    assert answer.headers["link"] == '</releases/>; rel="collection"'
    assert answer.json()["kept"] == sorted(ids_of(kept))


@pytest.mark.parametrize(
    "rest", ["/nothing", "/res/objective/99", "/%2e%2e/sv/", "//res/objective/8", "/%2e%2e/current"]
)
def test_what_a_release_has_not_is_not_found(visited, kept, rest):
    assert visited.get(f"/releases/{kept[0].id}{rest}").status_code == 404


def test_a_damaged_release_is_told(copied):
    releases = copied.ids()
    current = copied.current()
    earlier = next(each for each in releases if each != current.id)
    (copied.folder / earlier / "store" / "CURRENT").unlink()
    with TestClient(create_app(current, Settings(copied.data, workers=1, page_workers=1))) as client:
        answer = client.get(f"/releases/{earlier}/res/objective/8.ttl")
        assert (answer.status_code, answer.json()["type"]) == (503, f"{BASE.iri}problems#release-damaged")
        (copied.folder / earlier / "release.json").unlink()
        assert client.get(f"/releases/{earlier}/sv/").status_code == 503
        assert client.get("/res/objective/8.ttl").status_code == 200


def test_no_more_releases_are_open_at_once_than_may_be(visited, kept, monkeypatch):
    shelf = visited.app.state.shelf
    for release in kept[:2]:
        visited.get(f"/releases/{release.id}/res/objective/6.ttl")
    assert len(shelf._open) == 1
    (only,) = shelf._open.values()
    only.requests += 1  # as if it were answering
    monkeypatch.setattr(shelf, "_patience", 0.1)
    try:
        answer = visited.get(f"/releases/{next(r.id for r in kept[:2] if r.id != only.id)}/res/objective/5.ttl")
    finally:
        only.requests -= 1
    assert (answer.status_code, answer.json()["limit"]) == (503, 1)
    assert answer.headers["retry-after"] == "5"


# --- when they were made ---


IDS = ("2026-01-01-0123456789ab", "2026-01-02-0123456789ab")


def dated(place: Path, moment: datetime) -> None:
    """A release of which nothing is looked at but when it was made."""
    place.mkdir(parents=True)
    record = {"id": place.name, "base": BASE.iri, "files": {}, "made": moment.isoformat()}
    (place / "release.json").write_text(json.dumps(record), encoding="utf-8")


def test_a_release_is_dated_now_where_no_other_is_later(tmp_path):
    told: list[str] = []
    began = datetime.now(UTC).replace(microsecond=0)
    first = moment_after(Releases(tmp_path), told.append)
    for id_, days in zip(IDS, (1, 2), strict=True):
        dated(Releases(tmp_path).folder / id_, began - timedelta(days))
    third = moment_after(Releases(tmp_path), told.append)
    assert began <= datetime.fromisoformat(first) <= datetime.fromisoformat(third) <= datetime.now(UTC)
    assert told == []


@pytest.mark.parametrize("place", ["releases", "removed"])
def test_a_release_is_later_than_all_others_though_the_clock_was_set_back(tmp_path, place):
    dated(tmp_path / place / IDS[0], datetime(2098, 7, 6, 5, 4, 59, tzinfo=UTC))
    dated(tmp_path / "releases" / IDS[1], datetime(2025, 7, 6, tzinfo=UTC))
    told: list[str] = []
    assert moment_after(Releases(tmp_path), told.append) == "2098-07-06T05:05:00+00:00"
    (said,) = told
    assert IDS[0] in said
    assert "2098-07-06 05:04:59" in said


def test_two_releases_of_one_second_are_a_second_apart(tmp_path):
    now = datetime.now(UTC).replace(microsecond=0)
    dated(tmp_path / "releases" / IDS[0], now)
    assert datetime.fromisoformat(moment_after(Releases(tmp_path), lambda _: None)) > now


def test_a_build_dates_its_release_so(copied, data, kept, tmp_path):
    record = copied.folder / kept[1].id / "release.json"
    record.write_text(json.dumps(kept[1].record | {"made": "2098-07-06T00:00:00+00:00"}), encoding="utf-8")
    tables = Path(shutil.copytree(data.parent / "tables", tmp_path / "tables"))
    change(tables, "objectives", {"number": "8"}, name_sv="Levande vatten")
    told: list[str] = []
    made = build(copied.data, BASE, tables, told.append).release
    assert made.record["made"] == "2098-07-06T00:00:01+00:00"
    assert any(kept[1].id in line and "2098-07-06" in line for line in told)


# --- what changed ---


def lines(release: Release) -> set[str]:
    with gzip.open(release.path / "dump" / "all.nq.gz", "rt", encoding="utf-8") as dump:
        return set(dump)


def test_a_patch_makes_one_release_of_the_other(kept):
    old, new = lines(kept[0]), lines(kept[2])
    local = {
        line.replace(f"<{CANONICAL}", f"<{BASE.iri}"): is_new
        for is_new, line in patch(statements_of(kept[0]), statements_of(kept[2]))
    }
    assert len(local) == 2
    came, went = ({line for line, is_new in local.items() if is_new is sign} for sign in (True, False))
    assert (old - went) | came == new
    assert went <= old


def quads(*lines: str):
    return lambda: iter([f"{line} .\n" for line in lines])


def test_statements_are_compared_graph_by_graph():
    old = quads("<a:s> <a:p> <a:1> <a:g1>", "<a:s> <a:p> <a:2> <a:g1>", "<a:s> <a:p> <a:1> <a:g3>")
    new = quads("<a:s> <a:p> <a:1> <a:g1>", "<a:s> <a:p> <a:1> <a:g2>")
    assert list(patch(old, new)) == [
        (False, "<a:s> <a:p> <a:2> <a:g1> .\n"),
        (True, "<a:s> <a:p> <a:1> <a:g2> .\n"),
        (False, "<a:s> <a:p> <a:1> <a:g3> .\n"),
    ]


def test_what_another_source_states_too_has_not_come_or_gone():
    objective = f"<{CANONICAL}id/objective/8>"
    old = quads(f'{objective} <a:p> "x" <a:g1>', f'{objective} <a:p> "y" <a:g1>')
    new = quads(f'{objective} <a:p> "x" <a:g2>', f'{objective} <a:p> "y" <a:g1>', f'{objective} <a:p> "y" <a:g2>')
    changes = compare("a", "b", old, new)
    assert (changes.added, changes.removed, changes.moved) == (0, 0, 2)
    assert changes.kinds == []


def test_things_come_go_and_change_by_kind():
    thing, name = f"<{CANONICAL}id/{{}}>".format, f"<{SKOS.prefLabel}>"
    old = quads(
        f'{thing("objective/8")} {name} "Gammalt \\"namn\\""@sv <a:g>',
        f'{thing("county/12")} {name} "Skåne"@sv <a:g>',
        f'{thing("row/objectives/8")} <{CANONICAL}spec/line> "9" <a:g>',
        f'{thing("row/objectives/7")} <{CANONICAL}spec/line> "8" <a:g>',
        f"{thing('row/objectives/7')} <{CANONICAL}spec/confidence> {thing('a')} <a:g>",
        f'<{CANONICAL}def/standing/published> {name} "publicerad"@sv <a:g>',
    )
    new = quads(
        f'{thing("objective/8")} {name} "Nytt namn"@sv <a:g>',
        f'{thing("county/13")} {name} "Halland"@sv <a:g>',
        f'{thing("row/objectives/8")} <{CANONICAL}spec/line> "10" <a:g>',
        f'{thing("row/objectives/7")} <{CANONICAL}spec/line> "9" <a:g>',
        f"{thing('row/objectives/7')} <{CANONICAL}spec/confidence> {thing('b')} <a:g>",
        f"{thing('objective/9')} <{CANONICAL}spec/statedIn> {thing('row/objectives/9')} <a:g>",
        f'<{CANONICAL}def/standing/published> {name} "utgiven"@sv <a:g>',
    )
    changes = compare("a", "b", old, new)
    assert changes.kinds == ["objective", "county", "terms"]
    assert changes.added_things["county"] == [thing("county/13")]
    assert changes.removed_things["county"] == [thing("county/12")]
    assert changes.added_things["objective"] == [thing("objective/9")]
    (objective,) = changes.changed_things["objective"]
    assert [s.object for s in objective.before] == ['"Gammalt \\"namn\\""@sv']
    assert changes.rows == {"changed": 1, "shifted": 1}
    assert "Rows that say the same on another line: 1." in list(in_words(changes))
    assert changes.labels[thing("county/12")] == {"sv": "Skåne"}
    assert changes.labels[thing("objective/8")] == {"sv": "Nytt namn"}


def test_releases_on_two_bases_are_compared_on_one(tmp_path, kept):
    write_few_tables(tmp_path / "tables")
    elsewhere = build(tmp_path / "data", Base("https://elsewhere.example/x/"), tmp_path / "tables").release
    assert list(patch(statements_of(kept[0]), statements_of(elsewhere))) == []


def test_a_release_keeps_what_changed_since_the_one_before_it(kept):
    changes = json.loads((kept[1].path / "changes" / "since-previous.json").read_text(encoding="utf-8"))
    assert (changes["before"], changes["after"]) == (kept[0].id, kept[1].id)
    (objectives,) = changes["kinds"]
    assert objectives["numbers"] == {"added": 0, "removed": 0, "changed": 1}
    assert not (kept[0].path / "changes" / "since-previous.json").exists()


@pytest.mark.parametrize(
    ("place", "heading"), [("/en", "What changed in release"), ("/sv", "Vad som är nytt i utgåva")]
)
def test_a_page_says_what_changed_in_words(visited, kept, place, heading):
    page = visited.get(f"{place}/changes", headers={"Accept": "text/html"}).text
    assert f"<h1>{heading} {kept[2].id}</h1>" in page
    seen = re.sub(r'<span class="unseen"[^>]*>[^<]*</span>', "", page)
    assert (NAMES[1], NAMES[2]) == ("Levande sjöar", "Levande vattendrag")
    assert '<span lang="sv">Levande <del>sjöar</del><ins>vattendrag</ins></span>' in seen
    for word in {"/en": ("deleted:", "inserted:"), "/sv": ("struket:", "tillagt:")}[place]:
        assert f"{word} </span>" in page  # few screen readers tell that words are struck out
    first = visited.get(f"/releases/{kept[0].id}{place}/changes", headers={"Accept": "text/html"})
    assert first.status_code == 200


def test_what_has_no_name_is_called_after_its_ends_or_its_key_and_things_stand_as_readers_count(release, tmp_path):
    place = put(release, tmp_path, "2026-01-02-aaaaaaaaaaaa")
    (tmp_path / "current").write_text(f"{place.id}\n", encoding="ascii")
    thing = "https://w3id.org/miljograf/id/mapping/editors--objective-{}--6.6"
    listed = [{"thing": thing.format(number), "label": {}} for number in (10, 8)]
    kinds = [{"kind": "mapping", "numbers": {"added": 7, "removed": 0, "changed": 0}, "added": listed}]
    kinds[0] |= {"removed": [], "changed": []}
    counts = {"added": 1, "removed": 0}
    told = {"before": "x", "statements": counts | {"moved": 0}, "rows": counts | {"changed": 0}, "kinds": kinds}
    (place.path / "changes").mkdir(exist_ok=True)
    (place.path / "changes" / "since-previous.json").write_text(json.dumps(told), encoding="utf-8")
    with TestClient(create_app(place, Settings(tmp_path, workers=1)), base_url=BASE.iri) as client:
        page = client.get("/en/changes").text.partition("<main")[2]
        feed = client.get("/changes.en.atom").text
    named = ["Flourishing Lakes and Streams – 6.6 Water-related ecosystems", "10 → 6.6"]  # the release has no 10 → 6.6
    assert re.findall(r"<a [^>]*>([^<]* 6\.6[^<]*)</a>", page) == named
    assert "and 5 more" in page
    assert re.findall(r"<li><a [^>]*>([^<]* 6\.6[^<]*)</a></li>", feed) == named


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    return result.exit_code, result.output


def test_texts_are_compared_while_others_are_answered(data, monkeypatch):
    compared, revise = [], pages.revise
    monkeypatch.setattr(pages, "revise", lambda *sides: compared.append(is_in_the_loop()) or revise(*sides))
    with TestClient(create_app(Releases(data).current(), Settings(data, workers=1, page_workers=1))) as client:
        assert client.get("/en/changes").status_code == 200
    assert compared
    assert True not in compared


def test_terms_of_the_vocabulary_that_have_changed_are_told_in_words(few_copied):
    change(few_copied / "tables", "mappings", {"subject_key": "8", "object": "6.6"}, relation="depends-on")
    build(few_copied / "data", BASE, few_copied / "tables")
    release = Releases(few_copied / "data").current()
    with TestClient(create_app(release, Settings(workers=1)), base_url="http://localhost:8000") as client:
        page = client.get("/en/changes").text
    assert re.search(r'<del><a href="/res/spec/contributesTo.en.html">contributes to</a></del>', page)
    assert re.search(r'<ins><a href="/res/spec/dependsOn.en.html">depends on</a></ins>', page)


def test_the_command_tells_what_changed_in_words(data, kept):
    code, said = run(kept[0].id, kept[2].id, "--data", data)
    assert code == 0
    assert "1 came, 1 went" in said
    assert "Environmental quality objectives: 0 added, 0 removed, 1 changed" in said
    assert f'- skos:prefLabel "{NAMES[0]}"@sv' in said
    assert f'+ skos:prefLabel "{NAMES[2]}"@sv' in said


def test_the_command_writes_a_patch_and_json(data, kept):
    _, written = run("previous", "current", "--data", data, "--format", "patch")
    assert [line[:2] for line in written.splitlines()] == ["D ", "A "]
    _, text = run("previous", "current", "--data", data, "--format", "json")
    assert json.loads(text)["after"] == kept[2].id


@pytest.mark.parametrize(
    ("before", "told"), [("2", "several releases begin with '2'"), ("1999", "no release begins with '1999'")]
)
def test_the_command_says_which_releases_there_are(data, kept, before, told):
    code, said = run(before, "current", "--data", data)
    assert code == 1
    assert told in said
    assert kept[0].id in said


def test_the_first_release_has_no_previous_one(copied, kept):
    copied.point_to(kept[0].id)
    with pytest.raises(NoRelease, match="is the first"):
        find_release(copied, "previous")


# --- which are kept ---


def test_the_newest_releases_are_kept_and_of_the_others_a_trace(copied, kept):
    assert keep_newest(copied, 2) == [kept[0].id]
    assert copied.ids() == sorted(ids_of(kept)[1:])
    assert copied.removed_ids() == [kept[0].id]
    assert copied.trace(kept[0].id).record["triples"] == kept[0].record["triples"]
    assert list(copied.staging.iterdir()) == []


def test_the_current_release_is_kept_however_old_it_is(copied, kept):
    copied.point_to(kept[0].id)
    assert keep_newest(copied, 1) == [kept[2].id, kept[1].id]
    assert copied.current().id == kept[0].id


def test_a_release_in_use_is_kept_until_it_is_let_go(copied, kept):
    with hold(copied.get(kept[0].id)):
        assert keep_newest(copied, 1) == [kept[1].id]
    assert keep_newest(copied, 1) == [kept[0].id]


def test_an_endpoint_holds_what_it_serves(copied, kept):
    with TestClient(create_app(copied.get(kept[0].id), Settings(copied.data, workers=1, watch=3600))):
        assert keep_newest(copied, 1) == [kept[1].id]
    assert keep_newest(copied, 1) == [kept[0].id]


@pytest.mark.parametrize("path", ["sv/", "data/all.nq.gz"])
def test_a_release_that_is_removed_as_it_is_looked_up_is_told_as_removed(copied, kept, monkeypatch, path):
    find = Shelf.find

    def found_and_removed(shelf: Shelf, release_id: str) -> Release:
        release = find(shelf, release_id)
        keep_newest(copied, 1)
        return release

    monkeypatch.setattr(Shelf, "find", found_and_removed)
    with TestClient(create_app(copied.current(), Settings(copied.data, workers=1, page_workers=1))) as client:
        answer = client.get(f"/releases/{kept[0].id}/{path}")
    assert (answer.status_code, answer.json()["kept"]) == (410, [kept[2].id])


def test_who_waits_for_a_release_that_is_being_removed_is_told(copied, kept):
    release = copied.get(kept[0].id)
    with ThreadPoolExecutor(1) as waiting, (release.path / "release.json").open("rb") as record:
        fcntl.flock(record, fcntl.LOCK_EX)
        held = waiting.submit(asyncio.run, holding.hold(release))
        release.path.rename(copied.staging / "removed")
        fcntl.flock(record, fcntl.LOCK_UN)
        with pytest.raises(NoRelease, match="has been removed"):
            held.result()
    with pytest.raises(NoRelease, match="has been removed"):
        hold(release)


def test_a_removed_release_is_gone_and_listed_so(copied, kept):
    keep_newest(copied, 1)
    with TestClient(create_app(copied.current(), Settings(copied.data, workers=1, page_workers=1))) as client:
        for path in ("", "/", "/sv/", "/data/all.nq.gz"):
            answer = client.get(f"/releases/{kept[0].id}{path}")
            assert (answer.status_code, answer.json()["kept"]) == (410, [kept[2].id])
            shown = client.get(f"/releases/{kept[0].id}{path}", headers=HTML).text
            assert f'<li><a href="/releases/{kept[2].id}/' in shown
        listed = client.get("/releases/").json()["releases"]
        assert [each["isKept"] for each in listed] == [False, False, True]
        page = client.get("/en/releases", headers=HTML).text
        assert page.count("not kept any more") == 2


def test_an_identifier_of_a_removed_release_cannot_disappear(copied, tmp_path):
    """DIGG UM-10 holds whatever is kept."""
    write_few_tables(tmp_path / "tables")
    change(tmp_path / "tables", "objectives", {"number": "8"}, name_sv=NAMES[2])
    keep_newest(copied, 1)
    meetings = tmp_path / "tables" / "meetings.csv"
    rows = meetings.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = rows[1].partition(",")[0]
    copied.point_to(copied.ids()[0])
    shutil.rmtree(copied.folder / copied.ids()[0])
    for table in tmp_path.glob("tables/meeting*.csv"):
        kept_rows = [
            r for r in table.read_text(encoding="utf-8").splitlines(keepends=True) if not r.startswith(f"{gone},")
        ]
        table.write_text("".join(kept_rows), encoding="utf-8")
    result = CliRunner().invoke(
        main, ["build", "--data", str(copied.data), "--tables", str(tmp_path / "tables"), "--base-iri", BASE.iri]
    )
    assert result.exit_code == 1
    assert f"id/meeting/{gone} was in the release" in result.output


def test_nothing_is_removed_while_a_build_works(copied):
    with build_lock(copied.data), pytest.raises(Locked):
        prune(copied.data, 1)
    assert len(copied.ids()) == 3


def test_the_command_keeps_so_many(copied, kept, tmp_path):
    write_few_tables(tmp_path / "tables")
    change(tmp_path / "tables", "objectives", {"number": "8"}, name_sv=NAMES[2])
    arguments = ["--data", copied.data, "--tables", tmp_path / "tables", "--base-iri", BASE.iri, "--keep", 1]
    result = CliRunner().invoke(main, ["build", *map(str, arguments)])
    assert result.exit_code == 0
    assert f"Release {kept[0].id} is not kept any more." in result.output
    assert copied.ids() == [kept[2].id]


@pytest.mark.parametrize(
    "ends",
    [
        OSError(EPIPE, ""),
        OSError(ENOSPC, "No space left on device"),
    ],
)
def test_the_command_keeps_so_many_whoever_reads_what_it_tells(copied, kept, tmp_path, monkeypatch, ends):
    def unwritten(_):
        raise ends

    monkeypatch.setattr("loaders.cli._print_outcome", unwritten)
    write_few_tables(tmp_path / "tables")
    change(tmp_path / "tables", "objectives", {"number": "8"}, name_sv=NAMES[2])
    arguments = ["--data", copied.data, "--tables", tmp_path / "tables", "--base-iri", BASE.iri, "--keep", 1]
    result = CliRunner().invoke(main, ["build", *map(str, arguments)])
    assert result.exit_code == 1
    assert ("is published, and not all" in result.output) is (ends.errno == ENOSPC)
    assert copied.ids() == [kept[2].id]


def test_the_command_tells_what_it_has_not_removed_and_why(copied, kept, monkeypatch, capsys):
    with hold(copied.get(kept[0].id)):
        _keep(copied.data, 1)
    told = capsys.readouterr().out
    assert "1 release beyond the 1 to keep, in use and not removed; a later build with --keep removes what is" in told

    def full(*_):
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(retention, "_leave_a_trace", full)
    with pytest.raises(ClickException, match=r"No space left on device\. No more releases were removed"):
        _keep(copied.data, 1)


def test_a_page_tells_what_became_of_its_thing_since_the_release_before(visited, kept):
    def told(path: str) -> str:
        shown = visited.get(path, headers={"Accept": "text/html"}).text
        return re.sub(r'<span class="unbroken">(.*?)</span>', r"\1", shown)

    changed = told("/res/objective/8.en.html")
    assert f"Changed since release {kept[1].id}." in changed
    (address,) = re.findall(r'<a href="(/en/changes#[^"]+)">See the difference', changed)
    place = address.partition("#")[2]
    assert f'<h4 id="{place}">' in told("/en/changes")
    assert f"Unchanged since release {kept[1].id}." in told("/res/objective/9.en.html")
    assert f"Oförändrad sedan utgåva {kept[1].id}." in told("/res/spec/Mapping.sv.html")
    first = told(f"/releases/{kept[0].id}/res/objective/8.en.html")
    assert "since release" not in first


def test_what_is_cut_from_the_changes_is_not_said_to_be_the_same(tmp_path):
    thing = "https://w3id.org/miljograf/id/{}/{}"
    numbers = {"added": 1, "removed": 0, "changed": 7}
    listed = {"added": [{"thing": thing.format("county", "12")}], "removed": [], "changed": []}
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "since-previous.json").write_text(
        json.dumps({"before": "a", "kinds": [{"kind": "county", "numbers": numbers, **listed}]}), encoding="utf-8"
    )
    history = read_history(tmp_path)
    told = {name: history.of(thing.format(*name)) for name in [("county", "12"), ("county", "14"), ("objective", "1")]}
    assert list(told.values()) == ["new", None, "same"]


@pytest.mark.parametrize("path", ["health", "ready", "metrics", "metrics/", "%6Detrics"])
def test_what_monitors_ask_has_one_address(client, release, path):
    assert client.get(f"/releases/{release.id}/{path}").status_code == 404
    assert client.get(f"/releases/{release.id}/sv/about").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["data/nothing.csv", "catalog.xyz", ".well-known/void.xyz", "en/compare/nothing", "templates/nothing.sv.csv",
     "res/shapes/nothing.ttl", "vocabulary.xyz", "api/objectiv", "api/q/nothing", "validation.xyz"],
)  # fmt: skip
def test_what_an_earlier_release_does_not_have_leads_to_what_that_release_has(visited, kept, path):
    here = f"releases/{kept[0].id}/"
    there, instead = (visited.get(f"/{place}{path}").json()["instead"] for place in ("", here))
    assert instead == there.replace(BASE.iri, f"{BASE.iri}{here}")
    assert visited.get(instead.removeprefix(BASE.iri.rstrip("/"))).status_code in {200, 303}


def test_a_file_of_mappings_of_an_earlier_release_names_its_own_address(visited, kept):
    here = f"{BASE.iri}releases/{kept[0].id}/mappings.ttl"
    told = visited.get(f"/releases/{kept[0].id}/mappings.ttl?goal=6")
    assert f"<{here}?goal=6>" in told.text
    assert f"<{here}?goal=6&of=all>" in told.text
    assert f'<{here}?of=all>; rel="collection"' in told.headers["link"]


# --- several of them at a time ---


class Opened:
    """A release on the shelf that answers nobody by itself."""

    def __init__(self, release: Release, log: list[str]) -> None:
        self.id, self.log, self.requests = release.id, log, 0

    def at(self, prefix: str, root: str) -> Opened:
        return self

    async def open(self, spool: Path) -> None:
        await asyncio.sleep(0.01)
        self.log.append(self.id)

    async def close(self) -> None:
        assert not self.requests


class Reading:
    """A shelf with little room, and what is opened on it."""

    def __init__(self, data: Path, kept: list[Release], patience: float, room: int = 1) -> None:
        self.log: list[str] = []
        self.current = Opened(kept[-1], [])
        self.current.id, self.current.root = "one that is none of these", BASE.iri
        self.shelf = Shelf(Releases(data), lambda release: Opened(release, self.log), room, patience)

    @asynccontextmanager
    async def held(self, release_id: str) -> AsyncIterator[None]:
        """While this lasts, a release is answering somebody."""
        async with self.shelf.lend(release_id, self.current, with_workers=True) as site:
            assert site.id == release_id
            yield

    async def read(self, release_id: str) -> None:
        async with self.held(release_id):
            await asyncio.sleep(0.01)


def test_those_who_ask_for_a_release_that_is_not_open_are_let_in_together(data, kept, monkeypatch):
    reading = Reading(data, kept, 5.0)
    both = ids_of(kept)[:2]
    find, started = reading.shelf.find, itertools.count()

    def find_in_any_order(release_id: str) -> Release:
        time.sleep(0.05 * (next(started) % 3 == 0))  # a third of them are found when both have been opened
        return find(release_id)

    monkeypatch.setattr(reading.shelf, "find", find_in_any_order)

    async def read_by_turns() -> None:
        await asyncio.gather(*(reading.read(release_id) for _ in range(20) for release_id in both))

    asyncio.run(read_by_turns())
    assert sorted(reading.log) == sorted(both)


def test_who_asks_for_an_open_release_is_answered_and_a_new_one_waits_for_room(data, kept):
    reading = Reading(data, kept, 0.05)
    first, second, _ = ids_of(kept)

    async def hold_one() -> None:
        async with reading.held(first):
            await reading.read(first)
            with pytest.raises(Problem) as refused:
                await reading.read(second)
            assert (refused.value.kind, refused.value.headers) == ("releases-busy", {"Retry-After": "5"})
            await reading.read(first)
        await reading.read(second)

    asyncio.run(hold_one())
    assert reading.log == [first, second]


def test_the_first_that_answers_nobody_makes_way(data, kept):
    reading = Reading(data, kept, 60.0, room=2)
    first, second, third = ids_of(kept)

    async def ask_for_a_third() -> None:
        async with reading.held(first):
            async with reading.held(second):
                asking = asyncio.create_task(reading.read(third))
                await reading.read(first)
                assert reading.log == [first, second]
            await asking

    asyncio.run(ask_for_a_third())
    assert reading.log == [first, second, third]


def test_of_releases_that_are_asked_for_all_the_time_one_makes_way_after_a_while(data, kept):
    reading = Reading(data, kept, 60.0)
    first, second, _ = ids_of(kept)

    async def hold() -> AsyncExitStack:
        holding = AsyncExitStack()
        await holding.enter_async_context(reading.held(first))
        return holding

    async def ask_all_the_time() -> None:
        holding = await hold()
        asking = asyncio.create_task(reading.read(second))
        for _ in range(500):  # one comes before the other goes
            await asyncio.sleep(0.01)
            coming = asyncio.create_task(hold())
            is_lent, _ = await asyncio.wait({coming}, timeout=0.2)
            await holding.aclose()
            if not is_lent:
                break
            holding = coming.result()
        await asking
        await (await coming).aclose()

    asyncio.run(ask_all_the_time())
    assert reading.log == [first, second, first]


def test_who_asks_for_a_release_that_there_is_not_waits_for_no_room(data, kept):
    reading = Reading(data, kept, 60.0)
    first, second, _ = ids_of(kept)

    async def ask_for_none() -> None:
        async with reading.held(first):
            waiting = asyncio.create_task(reading.read(second))
            await asyncio.sleep(0)
            with pytest.raises(Problem) as refused:
                await reading.read("2020-01-01-000000000000")
            assert refused.value.kind == "no-such-release"
            assert not waiting.done()
        await waiting

    asyncio.run(ask_for_none())


def test_readers_of_more_releases_than_can_be_open_are_all_answered(visited, kept):
    def name_in(release: Release) -> int:
        return visited.get(f"/releases/{release.id}/res/objective/8.ttl").status_code

    with ThreadPoolExecutor(8) as readers:
        assert set(readers.map(name_in, kept[:2] * 20)) == {200}
