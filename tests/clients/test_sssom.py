"""The package `sssom` takes every file of mappings for valid: the exports, proposals, and the record of a review.

It brings some eighty packages along, so it stays in an environment of its own, which `make clients` makes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import urllib.request
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from loaders import proposals, review
from loaders.review import Decided, Decision, read_standings
from tests.builds import OWN_TABLES

SSSOM = shutil.which("sssom", path=Path(sys.prefix) / "sssom" / "bin")
pytestmark = pytest.mark.skipif(SSSOM is None, reason="sssom is not installed: `make clients` does it")

PROPOSED = {
    "action": "add",
    "subject": "objective:7",
    "object": "sdg:14.1",
    "relation": "depends-on",
    "strength": "direct",
    "justification_sv": 'Mindre ”kväve”, "fosfor"\toch mer.',
    "confidence": "low",
    "rests_on": "specification:7-1",
    "page": "https://example.org/a?b=c#d",
    "comment": "s. 5",
    "author": "Nån & Co | AB",
}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(SSSOM), *map(str, arguments)], capture_output=True, text=True, check=True, timeout=120)


def rows(text: str) -> int:
    return sum(bool(line) and not line.startswith("#") for line in text.splitlines()) - 1


def check(file: Path) -> None:
    """The file is valid, and all its rows are read."""
    run("validate", file)
    read = run("parse", file)
    assert "not well-formed" not in read.stderr
    assert rows(read.stdout) == rows(file.read_text(encoding="utf-8")) > 0


def basket(endpoint: str) -> bytes:
    """A basket with one proposal, as the form gives it."""
    form = f"{endpoint}/en/mapping/propose"
    with urllib.request.urlopen(form, urlencode(PROPOSED).encode()) as answer:
        html = answer.read().decode()
    hidden = unescape(html.partition('name="basket" value="')[2].partition('"')[0])
    with urllib.request.urlopen(form, urlencode({"action": "download", "basket": hidden}).encode()) as answer:
        return bytes(answer.read())


@pytest.mark.parametrize("query", ["", "?basis=published", "?objective=7&goal=14"])
def test_an_export_is_valid(endpoint, tmp_path, query):
    file = tmp_path / "taken.sssom.tsv"
    with urllib.request.urlopen(f"{endpoint}/mappings.sssom.tsv{query}") as answer:
        file.write_bytes(answer.read())
    check(file)


def test_a_basket_of_proposals_is_valid(endpoint, tmp_path):
    file = tmp_path / "basket.sssom.tsv"
    file.write_bytes(basket(endpoint))
    check(file)


def test_the_record_of_a_review_is_valid(endpoint, tmp_path):
    file = tmp_path / "basket.sssom.tsv"
    file.write_bytes(basket(endpoint))
    standings = read_standings(OWN_TABLES)
    reading = proposals.read(file.read_bytes(), standings.known)
    ((line, proposal),) = reading.proposals.items()
    decided = {line: Decided(proposal, Decision.REJECT, "Another quantity, “as said”.", "E. Ditor")}
    review.write_record(review.record_of(file), reading, decided, standings)
    check(review.record_of(file))
