"""curl asks as the README and the pages say, and in the other ways that it has."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess

import pytest

from tests.clients.asked import ASK, CONSTRUCT, NAMES, OBJECTIVE, SELECT

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def curl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["curl", "--silent", "--show-error", *arguments], capture_output=True, check=True, timeout=60)


def names(said: bytes) -> set[str]:
    return {row["name"] for row in csv.DictReader(io.StringIO(said.decode("utf-8")))}


WAYS = {
    "in the address": ["-G", "--data-urlencode", f"query={SELECT}"],
    "in a form": ["--data-urlencode", f"query={SELECT}"],
    "in a form that is not encoded": ["-d", f"query={SELECT}"],
    "directly": ["-H", "Content-Type: application/sparql-query", "--data-binary", SELECT],
    "by QUERY": ["-X", "QUERY", "-H", "Content-Type: application/sparql-query", "--data-binary", SELECT],
    "in pieces": [
        *("-H", "Content-Type: application/sparql-query", "-H", "Transfer-Encoding: chunked"),
        *("--data-binary", SELECT),
    ],
    "packed": ["-G", "--compressed", "--data-urlencode", f"query={SELECT}"],
    "by HTTP 1.0": ["-0", "-G", "--data-urlencode", f"query={SELECT}"],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_query_can_be_sent(endpoint, way):
    assert names(curl("-H", "Accept: text/csv", *WAYS[way], f"{endpoint}/sparql").stdout) == NAMES


def test_a_query_can_be_read_from_a_file(endpoint, tmp_path):
    (tmp_path / "asked.rq").write_text(SELECT, encoding="utf-8")
    said = curl("-H", "Accept: text/csv", "--data-urlencode", f"query@{tmp_path / 'asked.rq'}", f"{endpoint}/sparql")
    assert names(said.stdout) == NAMES


def test_without_a_type_a_table_is_json_and_a_graph_is_turtle(endpoint):
    assert json.loads(curl("-G", "--data-urlencode", f"query={ASK}", f"{endpoint}/sparql").stdout)["boolean"] is True
    graph = curl("-G", "--data-urlencode", f"query={CONSTRUCT}", f"{endpoint}/sparql").stdout.decode()
    assert f"<{OBJECTIVE}>" in graph
    assert "@prefix mg:" in graph


def test_the_head_alone(endpoint):
    head = curl("-I", "-G", "--data-urlencode", f"query={ASK}", f"{endpoint}/sparql").stdout.decode()
    assert head.startswith("HTTP/1.1 200")
    assert "content-type: application/sparql-results+json" in head


def test_an_answer_that_has_not_changed_is_not_sent_again(endpoint, tmp_path):
    tag = tmp_path / "tag"
    asked = ["-G", "--data-urlencode", f"query={SELECT}", f"{endpoint}/sparql", "-w", "%{http_code}", "-o", "/dev/null"]
    assert curl("--etag-save", str(tag), *asked).stdout == b"200"
    assert curl("--etag-compare", str(tag), *asked).stdout == b"304"


def test_a_thing_is_looked_up_as_the_readme_says(endpoint):
    said = curl("-L", "-H", "Accept: text/turtle", f"{endpoint}/id/objective/8").stdout.decode()
    assert '"Levande sjöar och vattendrag"@sv' in said


def test_a_graph_is_taken_as_the_readme_says(endpoint):
    assert "Flourishing Lakes and Streams" in curl(f"{endpoint}/graphs/livsmedelsverket-en").stdout.decode()


def test_a_query_of_10_mib_is_told_that_it_is_too_long(endpoint, tmp_path):
    (tmp_path / "long.rq").write_text(f"{ASK} # {'x' * 10 * 1024 * 1024}", encoding="utf-8")
    sent = ["-H", "Content-Type: application/sparql-query", "--data-binary", f"@{tmp_path / 'long.rq'}"]
    for expect in ([], ["-H", "Expect:"]):
        assert json.loads(curl(*sent, *expect, f"{endpoint}/sparql").stdout)["status"] == 413
