"""What an editor of queries can complete: the prefixes, and the terms that the data use."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from endpoint.site import Site
from endpoint.workers.pool import Pool, QueryFailed
from ontology.text import LANGUAGES

ASSETS = Path(__file__).parents[1] / "endpoint" / "assets"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_of_the_data_is_there_with_its_uses_and_its_name(client, release, language):
    said = client.get(f"/{language}/query/completions.json").json()
    uses: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for quad in ox.Store.read_only(str(release.store)):
        said_of = str(quad.subject), str(quad.predicate), str(quad.object)
        uses.setdefault(("property", quad.predicate.value), set()).add(said_of)
        if quad.predicate.value.endswith("#type"):
            uses.setdefault(("class", quad.object.value), set()).add(said_of)
    assert {(term["sort"], term["iri"]): term["uses"] for term in said["terms"]} == {
        term: len(statements) for term, statements in uses.items()
    }
    assert said["prefixes"]["mg"] == f"{release.base.iri}spec/"
    labels = {term["iri"]: term["label"] for term in said["terms"]}
    assert labels[f"{release.base.iri}spec/Mapping"] == {"sv": "Koppling", "en": "Mapping"}[language]


def test_what_cannot_be_counted_in_time_is_left_out_and_asked_anew(client, monkeypatch):
    async def overdue(*_):
        raise QueryFailed("deadline")

    client.app.state.site._read.clear()
    monkeypatch.setattr(Site, "uses", None)
    monkeypatch.setattr(Pool, "ask", overdue)
    unpacked = {"Accept-Encoding": "identity"}  # no answer is kept for whoever cannot unpack one
    answer = client.get("/sv/query/completions.json", headers=unpacked)
    assert (answer.status_code, answer.json()["terms"], answer.headers["cache-control"]) == (200, [], "no-store")
    assert answer.json()["prefixes"]


def test_an_example_that_gets_no_answer_is_shown_without_one(client, monkeypatch):
    async def overdue(*_):
        raise QueryFailed("deadline")

    monkeypatch.setattr(Pool, "ask", overdue)
    unasked, asked = (client.get(f"/en/query?timeout=9{more}") for more in ("", "&query=ASK%7B%7D"))
    assert (unasked.status_code, asked.status_code) == (200, 503)
    assert "mg:EnvironmentalQualityObjective" in unasked.text
    assert ("aria-invalid" in unasked.text, "aria-invalid" in asked.text) == (False, True)


def test_what_is_served_was_built_from_what_stands_beside_it():
    """`make assets` writes the sums of what it reads and of what it writes."""
    for line in (ASSETS / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert sha256((ASSETS / name).read_bytes()).hexdigest() == digest, f"{name} has changed: run `make assets`"
