"""The stream of changes: whoever replays it has what the newest release says, whatever is kept of the earlier ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import DCTERMS, Graph, URIRef
from starlette.testclient import TestClient

from endpoint.through_time.fragments import steps
from loaders.build import build
from loaders.release import Release, Releases
from loaders.retention import prune
from loaders.versions import (
    ALL,
    INDEX,
    MOST_ON_A_PAGE,
    OWN,
    Activity,
    Version,
    _last,
    _line,
    _read_version,
    _said,
    read_versions,
    release_to_go_on_from,
)
from ontology.base import Base
from tests.conftest import BASE
from tests.releases import spoil
from tests.revising import ENDED, NEW, RENAMED, RETIREMENTS, Said, opened, said_in, value_of
from tests.test_curated import change

LDES, TREE = "https://w3id.org/ldes#", "https://w3id.org/tree#"
WHEN, OF, HOW = (
    "<http://www.w3.org/ns/prov#generatedAtTime>",
    "<http://purl.org/dc/terms/isVersionOf>",
    "<http://purl.org/dc/terms/type>",
)
AS = "https://www.w3.org/ns/activitystreams#"
HTML = {"Accept": "text/html", "Accept-Language": "sv"}
PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def kept(revised) -> tuple[Release, Release]:
    """The two releases, the older first."""
    second = Releases(revised).current()
    return Releases(revised).get(second.record["previous"]), second


@pytest.fixture
def copied(revised, tmp_path) -> Path:
    """A copy of the folder that a test may change."""
    return Path(shutil.copytree(revised, tmp_path / "data"))


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\r"])
def test_what_ends_a_line_of_text_ends_no_statement(end):
    """Python takes more for the end of a line than N-Triples does, and some of that stands in texts as it is."""
    thing, text = ox.NamedNode(f"{BASE.iri}id/objective/1"), ox.Literal(f"z{end}<a> is no subject")
    quads = {ox.Quad(thing, ox.NamedNode(f"http://{name}"), text, ox.NamedNode("http://g")) for name in "abc"}
    store = ox.Store()
    store.extend(quads)
    told = _said(store, BASE, Version("id/objective/1", Activity.UPDATE, 1))
    assert {quad.triple for quad in ox.parse(told, format=ox.RdfFormat.N_TRIPLES)} == {quad.triple for quad in quads}
    assert told.count("\n") == len(quads)


def ask(client: TestClient, address: str) -> list[tuple[str, str, str]]:
    """The triples at an address."""
    answer = client.get(address, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    quads = ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


def pages_from(client: TestClient, address: str) -> Iterator[list[tuple[str, str, str]]]:
    """The page at an address and those that it leads to."""
    triples = ask(client, address)
    yield triples
    for node in sorted({o for _, p, o in triples if p == f"<{TREE}node>"}):
        yield from pages_from(client, node[1:-1])


def replay(client: TestClient) -> tuple[Said, dict[str, str]]:
    """What whoever replays the stream holds of each thing, and when that came to be: the last version counts."""
    latest: dict[str, tuple[str, str, frozenset[tuple[str, str]]]] = {}
    for triples in pages_from(client, f"{BASE.iri}changes"):
        by_subject: dict[str, list[tuple[str, str]]] = {}
        for s, p, o in triples:
            by_subject.setdefault(s, []).append((p, o))
        for member in (o for _, p, o in triples if p == f"<{TREE}member>"):
            own = {p: o for p, o in by_subject[member] if p in {WHEN, OF, HOW}}
            said = frozenset((p, value_of(o)) for p, o in by_subject[member] if p not in own)
            if own[WHEN] >= latest.get(own[OF], ("",))[0]:
                latest[own[OF]] = own[WHEN], own[HOW], said
    there = {thing: said for thing, (_, how, said) in latest.items() if how != f"<{AS}Delete>"}
    return there, {thing: when for thing, (when, _, _) in latest.items()}


def test_whoever_replays_the_stream_holds_what_the_newest_release_says(visited, kept):
    held, _ = replay(visited)
    assert held == said_in(kept[1])


def test_a_release_tells_what_was_added_changed_and_withdrawn_and_nothing_else(visited, kept):
    before, after = map(said_in, kept)
    expected = dict.fromkeys(after.keys() - before.keys(), "Create")
    expected |= dict.fromkeys(before.keys() - after.keys(), "Delete")
    expected |= {thing: "Update" for thing in before.keys() & after.keys() if before[thing] != after[thing]}
    triples = ask(visited, f"/releases/{kept[1].id}/changes/1")
    of = {s: o for s, p, o in triples if p == OF}
    assert {of[s]: o.removeprefix(f"<{AS}")[:-1] for s, p, o in triples if p == HOW} == expected
    local = {thing.removeprefix(f"<{BASE.iri}")[:-1]: how for thing, how in expected.items()}
    assert local == {NEW: "Create", RENAMED: "Update", ENDED: "Delete", **dict.fromkeys(RETIREMENTS, "Create")}


def test_a_version_is_found_as_the_thing_was_in_its_release(visited, kept):
    first, second = kept
    assert visited.get(f"/releases/{first.id}/{ENDED}").status_code == 303
    assert visited.get(f"/releases/{second.id}/{ENDED}").status_code == 410
    led = visited.get(f"/releases/{second.id}/{RENAMED}").headers["Location"]
    assert "Nobelmötet 2012 i Uppsala" in visited.get(f"{led}.ttl").text


def test_the_root_is_an_event_stream_that_says_how_it_is_read(visited, kept):
    triples = ask(visited, "/changes")
    stream = next(s for s, _, o in triples if o == f"<{LDES}EventStream>")
    said = {(p, o) for s, p, o in triples if s == stream}
    assert (f"<{TREE}view>", f"<{BASE.iri}changes>") in said
    assert (f"<{LDES}timestampPath>", WHEN) in said
    assert (f"<{LDES}versionOfPath>", OF) in said
    assert (f"<{LDES}versionDeleteObject>", f"<{AS}Delete>") in said
    assert any(p == f"<{LDES}retentionPolicy>" for _, p, _ in triples)
    led = {o for _, p, o in triples if p == f"<{TREE}node>"}
    assert led == {
        f"<{BASE.iri}releases/{kept[0].id}/changes/all/1>",
        f"<{BASE.iri}releases/{kept[1].id}/changes/1>",
    }
    moments = {o.partition('"')[2].partition('"')[0] for _, p, o in triples if p == f"<{TREE}value>"}
    assert moments == {release.record["made"] for release in kept}


def test_every_member_has_the_shape_that_the_stream_names(visited, kept):
    found = Graph()
    for path in ("changes", f"releases/{kept[0].id}/changes/all/1", f"releases/{kept[1].id}/changes/1"):
        found.parse(data=visited.get(f"/{path}.ttl").content, format="turtle")
    (shape,) = found.objects(None, URIRef(f"{TREE}shape"))
    found.add((shape, URIRef("http://www.w3.org/ns/shacl#targetObjectsOf"), URIRef(f"{TREE}member")))
    assert len(list(found.objects(None, URIRef(f"{TREE}member")))) > MOST_ON_A_PAGE
    conforms, _, told = pyshacl.validate(found, shacl_graph=found)
    assert conforms, told
    found.add((next(found.objects(None, URIRef(f"{TREE}member"))), DCTERMS.isVersionOf, URIRef("http://example.org/b")))
    assert not pyshacl.validate(found, shacl_graph=found)[0]


def test_the_stream_as_of_an_earlier_release_ends_with_it(visited, kept):
    triples = ask(visited, f"/releases/{kept[0].id}/changes")
    assert {o for _, p, o in triples if p == f"<{TREE}node>"} == {f"<{BASE.iri}releases/{kept[0].id}/changes/all/1>"}


def test_a_page_has_a_bounded_number_of_things_and_leads_to_the_next(visited, kept):
    pages = list(pages_from(visited, f"/releases/{kept[0].id}/changes/all/1"))
    members = [[o for _, p, o in triples if p == f"<{TREE}member>"] for triples in pages]
    assert len(pages) > 2
    assert {len(page) for page in members[:-1]} == {MOST_ON_A_PAGE}
    found = [member for page in members for member in page]
    assert len(found) == len(set(found)) == len(said_in(kept[0]))


@pytest.mark.parametrize("suffix", PARSERS)
def test_a_page_says_the_same_in_every_format(visited, kept, suffix):
    address = f"/releases/{kept[1].id}/changes/1"
    answer = visited.get(f"{address}.{suffix}")
    triples = {quad.triple for quad in ox.parse(answer.content, format=PARSERS[suffix])}
    assert {(str(t.subject), str(t.predicate), str(t.object)) for t in triples} == set(ask(visited, address))
    media_type = answer.headers["Content-Type"].partition(";")[0]
    assert visited.get(address, headers={"Accept": media_type}).content == answer.content


def test_a_page_never_changes_and_the_root_is_asked_for_each_time(visited, kept):
    page = visited.get(f"/releases/{kept[1].id}/changes/1")
    assert "immutable" in page.headers["Cache-Control"]
    root = visited.get("/changes")
    assert root.headers["Cache-Control"] == "no-cache"
    for answer in (page, root):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        again = visited.get(answer.url.path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = visited.head(answer.url.path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["ETag"] == answer.headers["ETag"]


def test_the_root_is_another_when_there_is_another_release(visited, kept):
    tags = {visited.get(address).headers["ETag"] for address in ("/changes", f"/releases/{kept[0].id}/changes")}
    assert len(tags) == 2


@pytest.mark.parametrize("path", ["changes", "releases/{id}/changes/1", "releases/{id}/changes/all/1"])
def test_the_stream_is_read_and_never_written(visited, kept, path):
    address = f"/{path.format(id=kept[1].id)}"
    assert visited.options(address).headers["Allow"] == "GET, HEAD, OPTIONS"
    refused = visited.post(address)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    refused = visited.get(f"{address}?page=2")
    assert refused.status_code == 400
    assert "page" in refused.json()["detail"]


def test_a_page_that_there_cannot_be_leads_to_where_the_stream_begins(visited):
    assert visited.get("/changes/0").json()["instead"] == f"{BASE.iri}changes"
    assert ".ttl" in visited.get("/changes/1.xyz").json()["available"]
    assert "instead" not in visited.get("/changes/7.xyz").json()
    assert {".sv.atom", ".en.atom"} <= set(visited.get("/changes.rss").json()["available"])


@pytest.mark.parametrize(
    "page",
    ["0", "01", "-1", "1.5", "x", "1.xyz", "2", "99999999999999999999", "1%00", "all", "all/0", "all/999", "all/1.html",
     "all/999999999", "all/x/y"],
)  # fmt: skip
@pytest.mark.parametrize("beginning", ["", "/releases/{id}"])
def test_a_page_that_is_not_there_is_not_found(visited, kept, page, beginning):
    answer = visited.get(f"{beginning.format(id=kept[1].id)}/changes/{page}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].startswith(f"{BASE.iri}problems")


def test_who_asks_for_a_page_after_the_last_is_told_the_first(visited, kept):
    answer = visited.get(f"/releases/{kept[1].id}/changes/2")
    assert f"{BASE.iri}releases/{kept[1].id}/changes/1" in answer.json()["detail"]
    answer = visited.get(f"/releases/{kept[0].id}/changes/1")
    assert f"Begin from {BASE.iri}changes." in answer.json()["detail"]


def test_a_page_of_the_current_release_is_where_it_stays(visited, kept):
    answer = visited.get("/changes/1")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/releases/{kept[1].id}/changes/1")


@pytest.mark.parametrize("beginning", ["", "/releases/{id}"])
@pytest.mark.parametrize("path", ["/changes", "/changes/1", "/changes/all/1"])
def test_readers_are_led_to_the_page_in_words(visited, kept, beginning, path):
    answer = visited.get(beginning.format(id=kept[1].id) + path, headers=HTML, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.url.path.endswith("/sv/changes")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("/catalog.nt", "<{base}catalog#distribution-changes> <http://www.w3.org/ns/dcat#accessURL> <{base}changes>"),
        ("/.well-known/void.nt", "<{base}id/dataset/miljograf> <http://purl.org/dc/terms/relation> <{base}changes>"),
        ("/.well-known/api-catalog", '"href": "{base}changes"'),
        ("/robots.txt", "{base}changes"),
        ("/openapi.json", '"/changes"'),
        ("/sv/data", 'href="/changes.ttl"'),
        ("/en/data", 'href="/changes.en.atom"'),
        ("/sv/changes", 'href="/changes.ttl"'),
        ("/en/changes", 'href="/changes.ttl"'),
    ],
)
def test_the_stream_is_found_from_everywhere(visited, place, said):
    assert said.format(base=BASE.iri) in visited.get(place).text


def test_a_format_that_there_is_not_is_refused(visited):
    answer = visited.get("/changes", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["available"]


def test_where_earlier_releases_were_removed_the_stream_still_has_the_last_version_of_everything(copied, kept):
    first, second = kept
    prune(copied, 1)
    with opened(copied) as client:
        held, when = replay(client)
        triples = ask(client, "/changes")
    assert {o for _, p, o in triples if p == f"<{TREE}node>"} == {f"<{BASE.iri}releases/{second.id}/changes/all/1>"}
    assert held == said_in(second)
    assert when[f"<{BASE.iri}{ENDED}>"] == when[f"<{BASE.iri}{NEW}>"] != when[f"<{BASE.iri}id/objective/8>"]
    assert first.record["made"] in when[f"<{BASE.iri}id/objective/8>"]


def test_after_a_step_back_the_stream_goes_on_from_what_was_told_last(copied, revised, kept, tmp_path):
    first, second = kept
    releases = Releases(copied)
    releases.point_to(first.id)
    assert [step.release.id for step in steps(releases, releases.current())] == [first.id]
    tables = Path(shutil.copytree(revised.parent / "tables", tmp_path / "tables"))
    change(tables, "objectives", {"number": "8"}, name_sv="Levande sjöar")
    third = build(copied, BASE, tables).release
    versions = read_versions(third)
    assert (third.record["previous"], versions.since if versions else None) == (first.id, second.id)
    with opened(copied) as client:
        own = ask(client, f"/releases/{third.id}/changes/1")
        held, _ = replay(client)
    assert {o for _, p, o in own if p == OF} == {f"<{BASE.iri}id/objective/8>"}
    assert held == said_in(third)


def test_nothing_goes_on_from_a_release_on_another_base_or_a_damaged_list(copied, kept):
    releases = Releases(copied)
    assert release_to_go_on_from(releases, Base("http://localhost:9999/"), "") is None
    spoil(copied / "releases" / kept[1].id / ALL)
    assert release_to_go_on_from(releases, BASE, "") is None


@pytest.mark.parametrize("file", [INDEX, OWN])
def test_a_damaged_list_of_the_current_release_is_told(copied, kept, file):
    path = copied / "releases" / kept[1].id / file
    path.write_bytes(b"{" + path.read_bytes()[1:40].replace(b'"', b"?"))
    with opened(copied) as client:
        answer = client.get(f"/releases/{kept[1].id}/changes/1")
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("release-damaged")


def test_a_damaged_release_before_is_where_the_stream_begins_anew(copied, kept):
    (copied / "releases" / kept[0].id / INDEX).write_bytes(b"{")
    with opened(copied) as client:
        assert replay(client)[0] == said_in(kept[1])


def test_what_has_gone_and_comes_back_is_created_anew():
    before = [
        Version("a", Activity.CREATE, 0),
        Version("b", Activity.DELETE, 1),
        Version("c", Activity.DELETE, 1),
        Version("d", Activity.UPDATE, 1),
        Version("e", Activity.CREATE, 0),
    ]
    now = [
        Version("a", Activity.CREATE, 0),
        Version("b", Activity.CREATE, 2),
        Version("c", Activity.DELETE, 1),
        Version("d", Activity.DELETE, 2),
        Version("e", Activity.UPDATE, 2),
        Version("f", Activity.CREATE, 2),
    ]
    noted: list[Version] = []
    lines = _last(iter("abef"), map(_line, before), {"e"}, 2, noted.append)
    assert list(map(_read_version, lines)) == now
    assert noted == [version for version in now if version.release == 2]


def test_a_release_of_before_there_was_a_stream_has_none(copied, kept):
    place = copied / "releases" / kept[1].id
    (place / "changes" / "versions.json").unlink()
    release = Release(place, json.loads((place / "release.json").read_bytes()))
    assert read_versions(release) is None
    assert steps(Releases(copied), release) == []
