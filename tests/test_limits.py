"""An answer is whole or an error; what is cut says so; what is long waits in a file that is deleted."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.problems import query_failed
from endpoint.settings import Settings
from endpoint.workers.messages import Task
from endpoint.workers.pool import QueryFailed
from endpoint.workers.spool import LAYOUTS, OverLimit, Rows, Spool
from endpoint.workers.worker import RESULT_FORMATS, answer
from tests.conftest import BASE

ALL = "SELECT * { ?s ?p ?o }"
SMALL = "SELECT * { ?s ?p ?o } LIMIT 5"
MOST_ROWS = 50
MOST_BYTES = 100_000
XML = "{http://www.w3.org/2005/sparql-results#}"


@pytest.fixture(scope="module")
def limited(release, tmp_path_factory):
    """A client of an endpoint with narrow limits, and the folder where its long answers wait."""
    folder = tmp_path_factory.mktemp("spool")
    narrow = Settings(
        workers=1, max_answer_rows=MOST_ROWS, max_answer_bytes=MOST_BYTES, memory_bytes=1000, spool=folder
    )
    with TestClient(create_app(release, narrow), base_url="http://localhost:8000") as client:
        yield client, folder


def ask(client, query, **parameters):
    return client.get("/sparql", params={"query": query} | parameters)


def results(texts: list[str], name: str) -> bytes:
    """A table with a column of texts, as the engine writes it."""
    values = " ".join(f"({ox.Literal(text)})" for text in texts)
    found = ox.Store().query(f"SELECT ?n {{ VALUES (?n) {{ {values} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=RESULT_FORMATS[name]) or b""


TEXTS = st.text(alphabet=st.sampled_from('},{"\\\r\n<>/result x'), max_size=12)


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXTS, max_size=8), most=st.integers(1, 8), size=st.integers(1, 40))
@example(texts=["", "\r\n"], most=2, size=1)
@example(texts=["},{", "x"], most=2, size=1)
def test_rows_are_counted_whatever_their_texts_hold_and_however_they_are_written(name, texts, most, size):
    whole = results(texts, name)
    rows = Rows(LAYOUTS[name])
    fits = all(rows.read(whole[place : place + size], most) for place in range(0, len(whole), size))
    assert fits == (len(texts) <= most)


@pytest.mark.parametrize("name", ["json", "xml"])
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXTS, min_size=2, max_size=8), size=st.integers(1, 40), data=st.data())
def test_a_cut_answer_ends_after_its_last_whole_row_and_says_so(name, texts, size, data):
    most = data.draw(st.integers(1, len(texts) - 1))
    whole = results(texts, name)
    with Spool(10_000) as spool:
        spool.count(LAYOUTS[name], most)
        with pytest.raises(OverLimit, match="rows"):
            write(spool, whole, size)
        assert spool.cut("rows")
        content = spool.content()
    assert len(content) == spool.size
    assert read(content, name) == read(results(texts[:most], name), name)
    assert f"{most}".encode() in content.rpartition(b"partial")[2]


def write(spool: Spool, whole: bytes, size: int) -> None:
    for place in range(0, len(whole), size):
        spool.write(whole[place : place + size])


def read(content: bytes, name: str) -> list[str]:
    if name == "json":
        return [row["n"]["value"] for row in json.loads(content)["results"]["bindings"]]
    return [literal.text or "" for literal in ElementTree.fromstring(content).iter(f"{XML}literal")]


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
def test_too_many_rows_are_an_error_and_nothing_is_left_behind(limited, format_):
    client, folder = limited
    answer = ask(client, ALL, format=format_)
    assert (answer.status_code, answer.json()["type"]) == (503, f"{BASE.iri}problems#query-too-many-rows")
    assert not list(folder.rglob("*-*/*"))


def test_as_many_rows_as_allowed_are_no_error(limited):
    client, _ = limited
    assert len(ask(client, f"{ALL} LIMIT {MOST_ROWS}").json()["results"]["bindings"]) == MOST_ROWS
    assert ask(client, f"{ALL} LIMIT {MOST_ROWS + 1}").status_code == 503


def test_too_many_bytes_are_an_error(limited):
    client, _ = limited
    long = "SELECT (GROUP_CONCAT(STR(?o)) AS ?n) { ?s ?p ?o }"
    assert ask(client, long).json()["type"] == f"{BASE.iri}problems#query-too-many-bytes"
    assert ask(client, "CONSTRUCT WHERE { ?s ?p ?o }").json()["type"] == f"{BASE.iri}problems#query-too-many-bytes"


def test_who_asks_for_what_fits_gets_it_marked(limited):
    client, _ = limited
    answer = ask(client, ALL, partial="1")
    assert (answer.status_code, answer.headers["partial-result"]) == (200, "rows")
    found = answer.json()
    assert len(found["results"]["bindings"]) == MOST_ROWS
    assert found["partial"] == {"limit": "rows", "rows": MOST_ROWS}
    as_xml = ask(client, ALL, partial="1", format="xml")
    assert len(list(ElementTree.fromstring(as_xml.content).iter(f"{XML}result"))) == MOST_ROWS
    assert "partial" not in ask(client, SMALL, partial="1").json()


def test_a_format_that_cannot_say_that_it_is_cut_is_not_cut(limited):
    client, _ = limited
    assert ask(client, ALL, partial="1", format="csv").status_code == 400


def test_a_long_answer_comes_whole_from_a_file_that_is_gone_afterwards(limited, client):
    narrow, folder = limited
    query = f"SELECT * {{ ?s a <http://localhost:8000/spec/County> ; ?p ?o }} ORDER BY ?s ?p ?o LIMIT {MOST_ROWS}"
    for format_ in ("json", "csv"):
        plain = {"Accept-Encoding": "identity"}  # what is packed as it is sent has no length
        answer = narrow.get("/sparql", params={"query": query, "format": format_}, headers=plain)
        assert answer.content == ask(client, query, format=format_).content
        assert int(answer.headers["content-length"]) == len(answer.content) > 1000
    assert list(csv.DictReader(io.StringIO(answer.text)))
    assert [file for file in folder.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_for_which_the_disk_has_no_room_says_so(release, monkeypatch, query):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Spool, "_append", full)
    told, _ = answer(ox.Store.read_only(str(release.store)), Task(query, results="json", graph="turtle"))
    assert told.failed == "no-room"
    problem = query_failed(QueryFailed(told.failed, told.message))
    assert (problem.kind, problem.status, problem.headers["Retry-After"]) == ("query-no-room", 503, "5")


def test_a_client_may_ask_for_less_time(client):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    problem = ask(client, endless, timeout="0.2").json()
    assert problem["type"].endswith("query-deadline")
    assert problem["elapsed"] < 1.5


def test_who_meets_a_limit_is_led_to_all_of_the_data(client, limited):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    dump = f"{BASE.iri}data/all.nq.gz"
    assert {ask(client, endless, timeout="0.2").json()["dump"], ask(limited[0], ALL).json()["dump"]} == {dump}
    assert client.head(dump).status_code == 200
    shown = client.get("/en/query", params={"query": endless, "timeout": "0.2"}).text
    assert 'href="/data/all.nq.gz"' in shown.partition('id="problem"')[2].partition("</div>")[0]
    assert "dump" not in ask(client, "SELECT").json()


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", ""])
def test_a_time_that_is_none_is_refused(client, seconds):
    answer = ask(client, SMALL, timeout=seconds)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "timeout")
