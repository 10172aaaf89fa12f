"""A lookup is answered before the layers look at it, as they would answer it; all else is for them."""

import json
from contextlib import contextmanager
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.layers import at_once
from endpoint.operation import plain_query
from endpoint.reload import OneDataset
from endpoint.settings import Settings
from endpoint.workers.lookups import Lookups
from tests.test_lookups import ASKED, LOOKUPS, THING, written

JSON = "application/sparql-results+json"
SAID = {
    "nothing": {},
    "JSON": {"Accept": JSON},
    "XML or CSV": {"Accept": "text/csv;q=0.5, application/sparql-results+xml"},
    "a version": {"Accept": f"{JSON};version=1.2"},
    "several headers": [("Accept", "text/csv;q=0.1"), ("Accept", JSON)],
    "as it is": {"Accept-Encoding": "identity"},
    "gzip": {"Accept-Encoding": "gzip"},
    "br, and no gzip": {"Accept-Encoding": "gzip;q=0, br"},
    "a language": {"Accept-Language": "en"},
    "a profile": {"Accept-Profile": "<http://example.org/profile>"},
    "a tag of another answer": {"If-None-Match": '"another"'},
    "an empty tag": {"If-None-Match": ""},
    "headers of others": {"X-Request-ID": "1", "Cookie": "a=b", "User-Agent": "ö".encode()},
}


@contextmanager
def logged(release, folder, **limits):
    """A client of an endpoint with such limits, and its log."""
    log = folder / "access.log"
    settings = Settings(release.path.parent.parent, workers=1, access_log=str(log), **limits)
    with TestClient(create_app(release, settings), base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client, log


@pytest.fixture(scope="module")
def kept_by_nobody(release, tmp_path_factory):
    """A client of an endpoint that keeps no answers, and its log."""
    with logged(release, tmp_path_factory.mktemp("log"), cache_bytes=0, max_query_bytes=4000) as found:
        yield found


@pytest.fixture(scope="module")
def kept(release, tmp_path_factory):
    """A client of one that keeps answers, and its log."""
    with logged(release, tmp_path_factory.mktemp("log")) as found:
        yield found


@pytest.fixture
def given_to_layers(monkeypatch):
    """The requests that the layers are given."""
    requests, answer = [], OneDataset.__call__

    async def counted(self, scope, *others):
        requests.append(scope["method"])
        await answer(self, scope, *others)

    monkeypatch.setattr(OneDataset, "__call__", counted)
    return requests


def told(answer):
    """An answer, without what differs each time."""
    return answer.status_code, sorted(answer.headers.multi_items()), answer.content


def account_of(line):
    """What a line of the log says that is not of the moment."""
    return {**json.loads(line), "time": 0, "ms": 0}


@pytest.fixture
def alike(given_to_layers, monkeypatch):
    """Asks at once and through the layers: both give the same answer and the same account, which it returns."""

    def ask(client, log, **asked):
        given_to_layers.clear()
        here = client.get("/sparql", **asked)
        assert here.status_code == 200
        assert given_to_layers == []
        monkeypatch.setattr(at_once, "_PLACE", "/elsewhere")
        there = client.get("/sparql", **asked)
        assert given_to_layers == ["GET"]
        assert told(here) == told(there)
        one, other = map(account_of, log.read_text(encoding="utf-8").splitlines()[-2:])
        assert one == other
        return one

    return ask


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
@pytest.mark.parametrize("query", [*LOOKUPS.values(), *ASKED.values()], ids=[*LOOKUPS, *ASKED])
def test_it_is_the_answer_of_the_layers_and_so_is_its_account(kept_by_nobody, alike, query, said):
    assert alike(*kept_by_nobody, params={"query": written(query)}, headers=said)["cache"] == "miss"


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_what_is_kept_is_given_as_the_layers_give_it(kept, alike, said):
    asked = {"params": {"query": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20"}, "headers": said}
    kept[0].get("/sparql", **asked)
    assert alike(*kept, **asked)["cache"] == "hit"


OTHERS = {
    "two patterns": ({"params": {"query": "SELECT * { ?s ?p ?o . ?s ?q 'no such word' }"}}, 200),
    "nothing that is there": ({"params": {"query": f"SELECT ?o {{ <{THING}> <{THING}> ?o }}"}}, 200),
    "another parameter": ({"params": {"query": f"ASK {{ <{THING}> ?p ?o }}", "timeout": "1"}}, 200),
    "no query": ({"headers": {"Accept": "text/turtle"}}, 200),
    "a page": ({"params": {"query": f"ASK {{ <{THING}> ?p ?o }}"}, "headers": {"Accept": "text/html,*/*;q=0.8"}}, 303),
    "a format that there is not": (
        {"params": {"query": f"ASK {{ <{THING}> ?p ?o }}"}, "headers": {"Accept": "image/png"}},
        406,
    ),
    "a part": ({"params": {"query": f"ASK {{ <{THING}> ?p ?o }}"}, "headers": {"Range": "bytes=0-1"}}, 200),
    "a tag that must be": ({"params": {"query": f"ASK {{ <{THING}> ?p ?o }}"}, "headers": {"If-Match": '"x"'}}, 412),
    "what is too long": ({"params": {"query": f"ASK {{ <{THING}/{'x' * 3980}> ?p ?o }}"}}, 413),
    "what nobody can read": ({"params": {"query": f"ASK {{ <{THING}> x:y ?o }}"}}, 400),
}


@pytest.mark.parametrize(("asked", "status"), OTHERS.values(), ids=OTHERS)
def test_all_else_is_for_the_layers(kept_by_nobody, given_to_layers, asked, status):
    assert kept_by_nobody[0].get("/sparql", **asked).status_code == status
    assert given_to_layers == ["GET"]


def test_what_is_no_utf_8_is_for_the_layers(kept_by_nobody, given_to_layers):
    answer = kept_by_nobody[0].get("/sparql?query=ASK%20%FF")
    assert (answer.status_code, answer.json()["detail"]) == (400, "The parameters are not UTF-8.")
    assert given_to_layers == ["GET"]


def test_so_is_what_may_have_terms_that_not_all_know(kept_by_nobody, given_to_layers, monkeypatch):
    client, _ = kept_by_nobody
    monkeypatch.setattr(client.app.state.site, "holds_new_terms", True)
    assert client.get("/sparql", params={"query": written(LOOKUPS["a value"])}).status_code == 200
    assert given_to_layers == ["GET"]


@pytest.mark.parametrize("method", ["HEAD", "POST", "QUERY", "OPTIONS", "PUT"])
def test_so_are_other_methods(kept_by_nobody, given_to_layers, method):
    kept_by_nobody[0].request(method, "/sparql", params={"query": f"ASK {{ <{THING}> ?p ?o }}"})
    assert given_to_layers == [method]


def test_so_are_other_addresses(kept_by_nobody, given_to_layers):
    assert kept_by_nobody[0].get("/sparql/", params={"query": f"ASK {{ <{THING}> ?p ?o }}"}).status_code != 200
    assert given_to_layers == ["GET"]


def test_a_fault_is_logged_and_told_by_the_layers(release, monkeypatch, given_to_layers, caplog):
    def fails(*_):
        raise ZeroDivisionError

    app = create_app(release, Settings(release.path.parent.parent, workers=1, cache_bytes=0))
    monkeypatch.setattr(Lookups, "answer", fails)
    with TestClient(app, base_url="http://localhost:8000") as client:
        answer = client.get("/sparql", params={"query": written(LOOKUPS["a value"])})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert given_to_layers == ["GET"]
    assert "what is to be answered at once was not" in caplog.text


@pytest.mark.parametrize("query", ["SELECT ?o {{ <{s}> <{s}> ?o }}", "SELECT * {{ <{s}> ?p ?o . ?o ?q 1 }}"])
def test_nothing_is_looked_up_twice(kept_by_nobody, monkeypatch, query):
    looked_up, look_up = [], Lookups.answer
    monkeypatch.setattr(Lookups, "answer", lambda self, task: looked_up.append(task.query) or look_up(self, task))
    text = query.format(s=THING)
    assert kept_by_nobody[0].get("/sparql", params={"query": text}).status_code == 200
    assert looked_up == [text]


def test_it_is_kept_for_whoever_asks_again(client, given_to_layers):
    asked = {"params": {"query": written(LOOKUPS["all that is said"])}, "headers": {"Accept": JSON}}
    first = client.get("/sparql", **asked)
    assert given_to_layers == []
    assert told(client.get("/sparql", **asked)) == told(first)
    tag = {"If-None-Match": first.headers["etag"]}
    assert client.get("/sparql", **(asked | {"headers": asked["headers"] | tag})).status_code == 304
    assert given_to_layers == ["GET"]


def test_whoever_has_it_is_told_so_even_where_nothing_is_kept(kept_by_nobody):
    client, _ = kept_by_nobody
    asked = {"query": written(LOOKUPS["a value"])}
    tag = {"If-None-Match": client.get("/sparql", params=asked).headers["etag"]}
    assert client.get("/sparql", params=asked, headers=tag).status_code == 304


def test_it_is_counted(client, given_to_layers, figure):
    labels = {"form": "ASK", "outcome": "answered"}
    before = figure("miljograf_queries_total", **labels), figure("miljograf_requests_total", part="sparql")
    given_to_layers.clear()
    client.get("/sparql", params={"query": written(ASKED["a statement"])})
    assert given_to_layers == []
    after = figure("miljograf_queries_total", **labels), figure("miljograf_requests_total", part="sparql")
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1]


AS_THEY_ARE = [bytes([byte]) for byte in range(128) if byte != ord("&")]
ESCAPED = [b"%%%02X" % byte for byte in range(256)]


@given(st.lists(st.sampled_from([*AS_THEY_ARE, *ESCAPED, b"%C3%b6", "ö".encode(), rb"\x"])))
@example([b"%%", b"%4", b"%zz", b"%\n", b"%25", b"%"])
@example([b"%FF"])
def test_a_query_alone_is_read_as_any_other_field_of_a_form(pieces):
    encoded = b"query=" + b"".join(pieces)
    try:
        (expected,) = parse_qs(encoded.decode("utf-8"), keep_blank_values=True, errors="strict")["query"]
    except UnicodeDecodeError:
        expected = None
    try:
        found = plain_query(encoded)
    except UnicodeDecodeError:
        found = None
    assert found == expected
