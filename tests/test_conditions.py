"""What a request says of answers that its client has counts on every surface, in the order of RFC 9110, section 13."""

from __future__ import annotations

import re

import pytest

JSON = {"Accept": "application/sparql-results+json, */*;q=0.1"}
BEFORE, AFTER = "Sat, 01 Jan 2000 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"

FILE, TABLE, STYLE = "/data/all.nq.gz", "/data/ghg-county-2026-08.csv", "/static/site.css"
FILES = [FILE, TABLE, STYLE]
WHOLE = {
    "a document": "/res/objective/8.ttl",
    "a page of a thing": "/res/objective/8.sv.html",
    "a page": "/en/about",
    "an answer of a query": "/sparql?query=ASK%7B%7D",
    "a description": "/.well-known/void.ttl",
    "a graph": "/graphs/vocabulary",
    "checksums": "/data/SHA256SUMS",
    "the releases": "/releases/",
    "an answer of this moment": "/sparql?query=SELECT%20(NOW()%20AS%20%3Fn)%20%7B%7D",
}
SURFACES = [*WHOLE.values(), *FILES]

PACKED = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", SURFACES)
def test_a_client_that_has_anything_at_all_is_told_so(client, path, method):
    answer = client.request(method, path, headers=JSON | {"If-None-Match": "*"})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("path", SURFACES)
def test_a_client_that_wants_another_answer_than_there_is_gets_none(client, path):
    answer = client.get(path, headers=JSON | {"If-Match": '"another"'})
    assert (answer.status_code, answer.headers["content-type"]) == (412, "application/problem+json")
    assert (answer.headers["cache-control"], answer.headers["access-control-allow-origin"]) == ("no-store", "*")
    assert client.get(path, headers=JSON | {"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize("path", [*WHOLE.values()][:-2])
def test_a_range_of_what_has_none_is_asked_for_as_the_whole(client, path):
    whole = client.get(path, headers=JSON)
    tag = whole.headers["etag"]
    part = client.get(path, headers=JSON | {"Range": "bytes=0-9"})
    assert (part.status_code, part.content, part.headers["etag"]) == (200, whole.content, tag)
    again = client.get(path, headers=JSON | {"Range": "bytes=0-9", "If-None-Match": tag})
    assert (again.status_code, again.headers["etag"]) == (304, tag)


@pytest.mark.parametrize("path", [WHOLE["a document"], FILE, STYLE])
def test_only_a_strong_tag_matches_what_is_to_match(client, path):
    tag = client.get(path, headers=PLAIN).headers["etag"]
    for asked, status in ((tag, 200), (f'"another", {tag}', 200), (f"W/{tag}", 412)):
        assert client.get(path, headers=PLAIN | {"If-Match": asked}).status_code == status


@pytest.mark.parametrize("path", ["/nowhere", "/id/objective/8", "/sparql?query=SELECT", "/data/none.csv"])
@pytest.mark.parametrize("condition", [{"If-None-Match": "*"}, {"If-Match": '"x"'}])
def test_conditions_count_for_nothing_but_an_answer(client, path, condition):
    assert client.get(path, headers=JSON | condition).status_code == client.get(path, headers=JSON).status_code


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("coding", [PACKED, PLAIN])
def test_a_tag_counts_before_a_date_and_what_matches_before_what_does_not(client, path, coding):
    told = client.get(path, headers=coding).headers
    tag, date = told["etag"], told["last-modified"]
    expected = {
        304: [{"If-Modified-Since": date}, {"If-Match": tag, "If-None-Match": tag}, {"If-None-Match": f"W/{tag}"}],
        412: [{"If-Unmodified-Since": BEFORE}, {"If-Match": '"x"', "If-None-Match": tag}],
        200: [
            {"If-Modified-Since": AFTER},  # of a release that was taken back
            {"If-Modified-Since": date, "If-None-Match": '"x"'},
            {"If-Unmodified-Since": BEFORE, "If-Match": tag},
            {"If-Unmodified-Since": date},
            {"If-Unmodified-Since": "yesterday", "If-Modified-Since": "yesterday"},
        ],
    }
    for status, asked in expected.items():
        for headers in asked:
            assert client.get(path, headers=coding | headers).status_code == status, headers


@pytest.mark.parametrize("path", FILES)
def test_conditions_count_before_ranges_and_these_only_for_what_the_client_has(client, path):
    beyond, within = {"Range": "bytes=999999999-"}, {"Range": "bytes=0-9"}
    told = client.get(path, headers=PLAIN).headers
    tag, date = told["etag"], told["last-modified"]
    expected = {
        304: [beyond | {"If-None-Match": tag}, within | {"If-None-Match": "*"}],
        412: [beyond | {"If-Match": '"x"'}, within | {"If-Unmodified-Since": BEFORE}],
        416: [beyond, beyond | {"If-Range": tag}],
        206: [within | {"If-Range": tag}, within | {"If-Range": date}, within | {"If-Match": tag}],
        200: [beyond | {"If-Range": '"x"'}, within | {"If-Range": f"W/{tag}"}, within | {"If-Range": AFTER}],
    }
    for status, asked in expected.items():
        for headers in asked:
            answer = client.get(path, headers=PLAIN | headers)
            assert answer.status_code == status, headers
            if status in {206, 304}:
                assert (answer.headers["etag"], answer.headers.get("vary")) == (tag, told.get("vary"))


@pytest.mark.parametrize("path", FILES)
def test_a_range_of_a_head_is_none(client, path):
    answer = client.head(path, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.headers.get("content-range")) == (200, None)


@pytest.mark.parametrize("path", FILES)
def test_of_several_ranges_those_that_are_there_are_given(client, path):
    answer = client.get(path, headers={"Range": "bytes=0-9,999999999-"})
    assert (answer.status_code, len(answer.content)) == (206, 10)


@pytest.mark.parametrize("path", [TABLE, STYLE, WHOLE["a document"]])
def test_bytes_that_are_packed_in_another_way_have_another_tag(client, path):
    tags = {client.get(path, headers={"Accept-Encoding": coding}).headers["etag"] for coding in ("br", "gzip", "")}
    assert len(tags) == 3


@pytest.mark.parametrize("path", [TABLE, STYLE])
def test_a_download_that_came_packed_is_never_gone_on_with_unpacked(client, path):
    packed = client.get(path, headers=PACKED)
    asked = PACKED | {"Range": "bytes=100-", "If-Range": packed.headers["etag"]}
    again = client.get(path, headers=asked)
    assert (again.status_code, again.headers["etag"]) == (200, packed.headers["etag"])
    assert again.headers["content-encoding"] == "gzip"
    part = client.get(path, headers=PACKED | {"Range": "bytes=0-9"})  # though the whole is kept by now
    assert (part.status_code, part.headers.get("content-encoding")) == (206, None)


def test_what_a_page_is_made_of_is_asked_for_again_only_after_a_while(client):
    (style,) = re.findall(r'href="(/static/site[^"]*\.css)"', client.get("/en/about").text)
    for coding in (PACKED, PLAIN):
        assert client.get(style, headers=coding).headers["cache-control"] == "public, max-age=600"
        assert client.get(TABLE, headers=coding).headers["cache-control"] == "public, no-cache"
