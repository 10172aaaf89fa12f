"""What came of checking a release is told to readers as the report has it, on its own page and on those of things."""

from __future__ import annotations

import csv
import re
from collections import Counter
from html import unescape
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.validation import SHOWN, _read_files
from loaders.release import Release
from tests.conftest import BASE
from tests.expected import rows
from tests.test_pages import Page

SH = "http://www.w3.org/ns/shacl#"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def results(release: Release) -> list[dict[str, list[str]]]:
    """The results of the report in Turtle, each with its values by property."""
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(release.path / "report" / "validation.ttl"), format=ox.RdfFormat.TURTLE):
        said = getattr(quad.object, "value", "").removeprefix(SH)
        found.setdefault(str(quad.subject), {}).setdefault(quad.predicate.value.removeprefix(SH), []).append(said)
    return [one for one in found.values() if "focusNode" in one]


def main_of(client: TestClient, path: str) -> str:
    html = client.get(path, headers=HTML).text
    Page(html)
    return unescape(html.partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "fel varning(?:ar)? anmärkning(?:ar)?"), ("en", "violations? warnings? remarks?")],
)
def test_the_page_counts_what_the_report_has(client: TestClient, results, language: str, words: str) -> None:
    html = main_of(client, f"/{language}/validation")
    counted = Counter(one["resultSeverity"][0] for one in results)
    for severity, word in zip(("Violation", "Warning", "Info"), words.split(), strict=True):
        assert re.search(rf"<b>{counted[severity]} {word}</b>", html), severity
    by_message = Counter(min(one["resultMessage"][:2]) for one in results)
    shown = [
        int(number) for number in re.findall(r'<span class="count">(\d+)</span></summary>\s*<p class="small">', html)
    ]
    assert sorted(shown) == sorted(by_message.values())
    assert html.count("<li><a href=") >= sum(min(number, SHOWN) for number in by_message.values())


WARNINGS = 3
"""Of the curated tables: whoever mends one lowers the number, and nobody raises it."""


def test_the_warnings_of_the_curated_tables_may_only_become_fewer(release: Release) -> None:
    assert release.record["gate"]["Warning"] == WARNINGS


def test_mappings_are_called_by_what_they_tie_together(client: TestClient, results) -> None:
    html = main_of(client, "/en/validation")
    found = {one["focusNode"][0].partition("/id/")[2] for one in results if "/id/mapping/" in one["focusNode"][0]}
    called = dict(re.findall(r'<li><a href="/res/(mapping/[^"]+)\.en\.html">([^<]+)</a>', html))
    assert called
    assert called.keys() <= found
    for key, name in called.items():
        towards = key.rpartition("--")[2].rpartition("-")[2]
        assert re.search(rf"\w – {re.escape(towards)} \w", name), key


def test_a_name_in_the_other_language_is_wanting_where_the_tables_have_none_and_nowhere_else(results) -> None:
    translated = {row["system"] for row in rows("information_system_translations")}
    systems = {row["id"] for row in rows("information_systems")}
    names = {f"{row['actor']}--{row['slug']}" for row in rows("dated_names") if not row["name_en"]}
    assert names
    warned_of = Counter(
        (one["focusNode"][0].removeprefix(f"{BASE.iri}id/"), cause.rpartition("/")[2], one["resultSeverity"][0])
        for one in results
        for cause in one.get("sourceShape", ())
        if cause.endswith(("-english", "-swedish"))
    )
    without = {"information-system": systems - translated, "dated-name": names}
    assert warned_of == Counter(
        (f"{kind}/{key}", f"{kind}-name-english", "Warning") for kind, keys in without.items() for key in keys
    )


def test_a_proper_name_is_the_same_in_both_languages_by_the_same_source_and_not_warned_of(results) -> None:
    swedish = {(row["id"], row["name_sv"], row["source_id"]) for row in rows("information_systems")}
    proper = {system for system, name, _ in swedish for row in rows("information_system_translations")
              if (row["system"], row["name_en"]) == (system, name)}  # fmt: skip
    english = {(row["system"], row["name_en"], row["source_id"]) for row in rows("information_system_translations")}
    assert proper >= {"kolada", "atgardswebben", "sverigesmiljomal"}
    assert {one for one in english if one[0] in proper} <= swedish
    assert not any(cause.endswith("information-system-name-english")
                   for one in results for cause in one.get("sourceShape", ()))  # fmt: skip


def test_what_is_left_out_is_counted_by_reason(client: TestClient, release: Release) -> None:
    unsure = 0
    for table in Path(str(files("loaders").joinpath("tables"))).glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            unsure += sum(row.get("confidence") == "unsure" for row in csv.DictReader(file))
    html = main_of(client, "/sv/validation")
    assert re.search(rf'uppgiften är osäker <span class="count">{unsure}</span>', html)
    assert f'<span class="count">{release.record["leftOut"]}</span></h2>' in html


@pytest.mark.parametrize(
    ("suffix", "media_type"), [("ttl", "text/turtle; charset=utf-8"), ("json", "application/json")]
)
def test_the_whole_report_is_had_as_it_is(client: TestClient, release: Release, suffix: str, media_type: str) -> None:
    answer = client.get(f"/validation.{suffix}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.content == (release.path / "report" / f"validation.{suffix}").read_bytes()
    assert client.get("/validation.html").json()["available"] == [".ttl", ".json"]


def test_the_page_of_a_thing_tells_what_was_found_of_it(client: TestClient, results) -> None:
    cause = "information-system-operator-missing"
    (remarked,) = {one["focusNode"][0] for one in results if cause in "".join(one.get("sourceShape", []))}
    path = remarked.replace(f"{BASE.iri}id/", "/res/")
    assert f'href="/sv/validation#{cause}"' in client.get(f"{path}.sv.html").text
    without = client.get("/res/objective/7.en.html").text
    assert "The validation has no remarks." in without
    assert "/en/validation#" not in without


def test_every_page_says_that_its_release_passed(client: TestClient, results) -> None:
    counted = Counter(one["resultSeverity"][0] for one in results)
    foot = client.get("/en/about").text.partition("<footer")[2]
    assert f">{counted['Warning']} warning" in foot
    assert f"{counted['Info']} remarks</a>" in foot


def test_a_release_without_a_report_has_no_such_page(tmp_path: Path) -> None:
    assert _read_files(SimpleNamespace(release=SimpleNamespace(path=tmp_path))) is None
