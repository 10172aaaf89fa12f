"""The access log has a line of JSON for each request: what was asked and what became of it, never who asked."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.layers.accounts import fingerprint
from endpoint.server import CannotServe, serve
from endpoint.settings import Settings

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MANY = "SELECT * { ?s ?p ?o } LIMIT 20"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"access_log": "away/access.log"}, "the access log away/access.log cannot be written (No such file"),
        ({"access_log": "."}, "the access log . cannot be written (Is a directory)"),
        ({"spool": Path("away")}, "answers wait in files in away, which cannot be written (No such file"),
    ],
)
def test_a_server_that_could_not_write_does_not_start_and_says_what_to_do(tmp_path, monkeypatch, wrong, told):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotServe) as refused:
        serve(Settings(data=tmp_path, **wrong), "127.0.0.1", 1, print)
    assert str(refused.value).startswith(told)
    assert "let the user that serves write there" in str(refused.value)


@pytest.fixture(scope="module")
def logged(release, tmp_path_factory):
    """A function that asks an endpoint and gives the answer with its line in the log, the log, and a client."""
    log = tmp_path_factory.mktemp("log") / "access.log"
    narrow = Settings(workers=1, deadline=0.3, max_answer_rows=10, access_log=str(log))
    with TestClient(create_app(release, narrow), base_url="http://localhost:8000", follow_redirects=False) as client:

        def ask(query=None, path="/sparql", **parameters):
            answer = client.get(path, params=({"query": query} if query else {}) | parameters)
            return answer, json.loads(log.read_text(encoding="utf-8").splitlines()[-1])

        yield ask, log, client


def test_a_query_is_told_by_its_hash_and_its_form(logged):
    answer, line = logged[0]("SELECT * { ?s ?p 'secret' }")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/sparql", 200)
    assert (line["query"], line["form"]) == (fingerprint("SELECT * { ?s ?p 'secret' }"), "SELECT")
    assert (line["bytes"], line["whole"], line["cache"]) == (len(answer.content), True, "miss")
    assert line["ms"] >= 0
    assert datetime.fromisoformat(line["time"]).tzinfo is not None


def test_an_answer_from_the_cache_says_so(logged):
    for outcome in ("miss", "hit"):
        assert logged[0]("ASK { ?s ?p 'again' }")[1]["cache"] == outcome


@pytest.mark.parametrize(
    ("query", "parameters", "told"),
    [
        (ENDLESS, {}, {"status": 503, "problem": "query-deadline", "stopped": "deadline"}),
        (MANY, {}, {"status": 503, "problem": "query-too-many-rows"}),
        (MANY, {"partial": "1"}, {"status": 200, "cut": "rows"}),
        ("SELECT * {", {}, {"status": 400, "problem": "query-syntax"}),
        ("DROP ALL", {}, {"status": 403, "problem": "query-update"}),
        ("ASK {}", {"format": "png"}, {"status": 400, "problem": "bad-parameter"}),
    ],
)
def test_what_became_of_a_query_is_told(logged, query, parameters, told):
    _, line = logged[0](query, **parameters)
    optional = {"problem": None, "stopped": None, "cut": None}
    assert {name: line.get(name) for name in optional | told} == optional | told


def test_a_query_on_a_page_is_told_too(logged):
    _, line = logged[0](ENDLESS, path="/sv/query")
    assert (line["path"], line["status"], line["problem"]) == ("/sv/query", 503, "query-deadline")
    assert (line["query"], line["stopped"]) == (fingerprint(ENDLESS), "deadline")


def test_the_log_has_neither_queries_nor_addresses(logged):
    logged[0]("SELECT * { ?s ?p 'secret' }", **{"default-graph-uri": "http://secret/"})
    assert "secret" not in logged[1].read_text(encoding="utf-8")
    assert "testclient" not in logged[1].read_text(encoding="utf-8")


def test_a_log_that_was_moved_away_begins_anew(logged):
    logged[1].rename(logged[1].with_suffix(".old"))
    logged[0]("ASK {}")
    assert len(logged[1].read_text(encoding="utf-8").splitlines()) == 1


def test_lines_that_find_no_room_are_lost_with_one_word_and_the_next_are_written(logged, caplog):
    ask, log, client = logged
    for times in (1, 2):
        log.unlink()
        log.symlink_to("/dev/full")
        for _ in range(5):
            assert client.get("/health").status_code == 200
        assert caplog.text.count("No space left on device") == times
        log.unlink()
        assert ask("ASK { 1 a 2 }")[1]["status"] == 200


def test_a_log_whose_folder_is_gone_keeps_no_answer_back(logged, caplog):
    ask, log, client = logged
    away = log.parent.rename(log.parent.with_name("away"))
    for _ in range(3):
        assert client.get("/health").status_code == 200
    assert caplog.text.count("the access log cannot be written") == 1
    away.rename(log.parent)
    assert ask("ASK { 1 a 3 }")[1]["status"] == 200
