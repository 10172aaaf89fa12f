"""What was answered is not asked again, a client that has it is told so, and what it gets is packed as it likes."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.layers import caching
from endpoint.layers.caching import LITTLE, Kept, Room
from endpoint.layers.coding import SMALL, choose_coding
from endpoint.settings import Settings

PAGE = "/res/objective/8.sv.html"
COUNT = "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
JSON = {"Accept": "application/sparql-results+json"}


def endpoint_of(release):
    """A client of an endpoint that nobody has asked yet; it follows no redirects."""
    app = create_app(release, Settings(release.path.parent.parent, workers=1, page_workers=1, deadline=5.0))
    return TestClient(app, base_url="http://localhost:8000", follow_redirects=False)


@pytest.fixture
def fresh(release):
    with endpoint_of(release) as client:
        yield client


def without_workers(client, monkeypatch):
    """From now on, no query can be asked."""

    async def fail(*_):
        raise AssertionError("a query was asked")

    for pool in (client.app.state.site.pool, client.app.state.site.readers):
        monkeypatch.setattr(type(pool), "ask", fail)


@pytest.mark.parametrize("path", [PAGE, COUNT, "/res/objective/8.ttl", "/sv/mapping"])
def test_what_was_answered_is_answered_again_without_a_query(fresh, monkeypatch, path):
    first = fresh.get(path, headers=JSON if "sparql" in path else {})
    without_workers(fresh, monkeypatch)
    again = fresh.get(path, headers=JSON if "sparql" in path else {})
    assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)


@pytest.mark.parametrize("path", [PAGE, COUNT, "/res/objective/8.ttl", "/en/mapping"])
def test_a_client_that_has_the_answer_is_told_so_before_any_query(fresh, monkeypatch, path):
    first = fresh.get(path, headers=JSON)
    without_workers(fresh, monkeypatch)
    for known in (first.headers["etag"], f'"other", {first.headers["etag"]}', f"W/{first.headers['etag']}"):
        again = fresh.get(path, headers=JSON | {"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "vary", "cache-control", "content-location", "access-control-allow-origin"):
            assert again.headers.get(name) == first.headers.get(name)


def test_a_tag_is_confirmed_by_a_server_that_has_not_answered_before(release, fresh):
    tag = fresh.get(PAGE).headers["etag"]
    with endpoint_of(release) as another:
        again = another.get(PAGE, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_a_page_has_one_tag_for_all_readers_and_is_kept_for_all_of_them(fresh, monkeypatch):
    asked = [{"Accept": "text/html", "Accept-Language": "sv"}, {"Accept": "*/*", "Accept-Profile": "<x>"}, {}]
    first = fresh.get("/en/about", headers=asked[0])
    without_workers(fresh, monkeypatch)
    assert {fresh.get("/en/about", headers=headers).headers["etag"] for headers in asked} == {first.headers["etag"]}
    assert "accept," not in first.headers["vary"].lower()


def test_another_tag_gets_the_answer(client):
    assert client.get(PAGE, headers={"If-None-Match": '"0123456789"'}).status_code == 200


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("/res/objective/8", {"Accept": "text/turtle"}), ("/res/objective/8", {"Accept": "application/ld+json"})),
        (
            ("/res/objective/8", {"Accept": "text/html", "Accept-Language": "sv"}),
            ("/res/objective/8", {"Accept": "text/html", "Accept-Language": "en"}),
        ),
        (("/openapi.json", {}), ("/openapi.json", {"Accept-Language": "sv"})),
        (("/res/objective/8.ttl", {}), ("/res/objective/9.ttl", {})),
        (("/res/objective/8.ttl", {"Accept-Encoding": "br"}), ("/res/objective/8.ttl", {"Accept-Encoding": "gzip"})),
        (("/sparql?query=ASK%7B%7D", JSON), ("/sparql?query=ASK%20%7B%7D", JSON)),
    ],
)
def test_other_answers_have_other_tags(client, one, other):
    tags = [client.get(path, headers=headers).headers["etag"] for path, headers in (one, other)]
    assert len(set(tags)) == 2


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "rand()"])
def test_an_answer_that_is_another_each_time_is_not_kept(client, function):
    answer = client.get("/sparql", params={"query": f"SELECT ({function} AS ?n) {{}}"}, headers=JSON)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("path", ["/nowhere", "/sparql?query=SELECT", "/health", "/id/objective/8"])
def test_errors_and_what_concerns_this_moment_have_no_tag(client, path):
    assert "etag" not in client.get(path, headers=JSON).headers


def test_head_says_the_same_and_never_takes_the_place_of_the_answer(fresh):
    head = fresh.head(PAGE)
    whole = fresh.get(PAGE)
    assert head.content == b""
    assert len(whole.content) > SMALL
    for name in ("etag", "content-type", "vary", "content-length"):
        assert head.headers.get(name) == whole.headers.get(name)


UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("coding", UNPACKED)
def test_an_answer_is_packed_as_the_client_likes(client, coding):
    plain = client.get(PAGE, headers={"Accept-Encoding": "identity"})
    with client.stream("GET", PAGE, headers={"Accept-Encoding": coding}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == coding
    assert int(packed.headers["content-length"]) == len(raw) < len(plain.content) / 2
    assert UNPACKED[coding](raw) == plain.content
    for answer in (packed, plain):
        assert "Accept-Encoding" in answer.headers["vary"]


@pytest.mark.parametrize("coding", UNPACKED)
def test_a_long_answer_is_packed_piece_by_piece(client, coding):
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 20000"}
    plain = client.get("/sparql", params=query, headers=JSON | {"Accept-Encoding": "identity"})
    with client.stream("GET", "/sparql", params=query, headers=JSON | {"Accept-Encoding": coding}) as packed:
        raw = b"".join(packed.iter_raw())
    assert len(plain.content) > 1024 * 1024
    assert "content-length" not in packed.headers
    unpacked = brotli.decompress(raw) if coding == "br" else zlib.decompressobj(wbits=31).decompress(raw)
    assert unpacked == plain.content


def test_a_small_answer_is_left_alone(client):
    answer = client.get("/sparql?query=ASK%7B%7D", headers=JSON | {"Accept-Encoding": "gzip, br"})
    assert "content-encoding" not in answer.headers
    assert len(answer.content) < SMALL


@pytest.mark.parametrize(
    ("accept_encoding", "chosen"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("x-gzip;q=0.5, br;q=0.2", "gzip"),
        ("x-gzip, gzip;q=0", None),
        ("x-compress", None),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("gzip;q=0.5, identity", None),
        ("deflate", None),
    ],
)
def test_the_coding_that_is_liked_best(accept_encoding, chosen):
    assert choose_coding((accept_encoding,)) == chosen


def answer_of(size: int) -> Kept:
    return Kept([], b"x" * size)


def test_room_is_bounded_and_what_was_not_asked_for_lately_makes_way():
    room = Room(100 * LITTLE)
    for number in range(200):
        room.keep(b"%d" % number, answer_of(LITTLE))
        room.get(b"0")
    assert room.bytes <= 100 * LITTLE
    assert room.get(b"0") is not None
    assert room.get(b"1") is None
    assert room.get(b"199") is not None


def test_long_answers_do_not_drive_out_little_ones():
    room = Room(100 * LITTLE)
    room.keep(b"little", answer_of(10))
    for number in range(200):
        room.keep(b"%d" % number, answer_of(3 * LITTLE))
    assert room.get(b"little") is not None
    assert room.get(b"199") is not None


def test_an_answer_that_would_fill_the_room_is_not_kept_but_its_head_is():
    room = Room(100 * LITTLE)
    room.keep(b"long", Kept([(b"etag", b"long")], b"x" * 10 * LITTLE))
    assert room.get(b"long") is None
    assert room.head(b"long") == [(b"etag", b"long")]


def test_of_heads_the_one_asked_for_longest_ago_makes_way(monkeypatch):
    monkeypatch.setattr(caching, "_HEADS", 2)
    room = Room(0)
    room.keep_head(b"a", [(b"etag", b"a")])
    room.keep_head(b"b", [(b"etag", b"b")])
    assert room.head(b"a") == [(b"etag", b"a")]
    room.keep_head(b"c", [(b"etag", b"c")])
    assert room.head(b"b") is None
    assert room.head(b"a") == [(b"etag", b"a")]
    assert room.head(b"c") == [(b"etag", b"c")]


def test_what_headers_take_counts_as_the_room_that_they_fill():
    room = Room(1024 * 1024)
    for number in range(100):
        room.keep(b"%d" % number, Kept([(b"query-remarks", b"x" * 30_000)], b"{}"))
    kept = [number for number in range(100) if room.get(b"%d" % number)]
    assert 10 <= len(kept) <= 1024 * 1024 / 30_000
    assert room.bytes >= 30_000 * len(kept)


def test_the_bytes_of_heads_that_are_kept_alone_are_bounded(monkeypatch):
    monkeypatch.setattr(caching, "_MOST_OF_HEADS", 100_000)
    room = Room(0)
    for number in range(10):
        room.keep_head(b"%d" % (number % 5), [(b"link", b"x" * 30_000)])
    assert [room.head(b"%d" % number) is not None for number in range(5)] == [False, False, True, True, True]
    room.keep_head(b"too long", [(b"link", b"x" * 200_000)])
    assert room.head(b"too long") is None


def test_no_room_keeps_nothing():
    room = Room(0)
    room.keep(b"a", answer_of(1))
    assert room.get(b"a") is None
