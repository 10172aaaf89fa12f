"""A reader can report an error: the letter has what it is about filled in, and there is none without a reader of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import BadSetting, Settings, read_settings
from loaders.release import Release
from tests.conftest import BASE
from tests.test_pages import THINGS

TO = "fel&mer@example.se"


@pytest.fixture(scope="module")
def reported(release: Release) -> Iterator[TestClient]:
    settings = Settings(release.path.parent.parent, workers=2, report_to=TO)
    with TestClient(create_app(release, settings), base_url="http://localhost:8000") as client:
        yield client


def letter(client: TestClient, path: str) -> tuple[str, str, str]:
    """The address, subject and text of the letter that a page opens."""
    (address,) = re.findall(r'href="(mailto:[^"?]*\?[^"]*)"', client.get(path).text)
    parts = urlsplit(unescape(address))
    fields = parse_qs(parts.query, strict_parsing=True)
    return parts.path, fields["subject"][0], fields["body"][0]


@pytest.mark.parametrize("thing", THINGS)
def test_the_letter_about_a_thing_has_its_iri_and_the_release(
    reported: TestClient, release: Release, thing: str
) -> None:
    to, subject, body = letter(reported, f"/res/{thing}.sv.html")
    assert to == TO.replace("&", "%26")
    assert subject.startswith("Fel i Miljögrafen: ")
    iri = re.search(r"^Sak: (\S+)\r$", body, re.MULTILINE)
    assert iri
    assert iri[1].endswith(thing.removeprefix("sdg/"))
    assert f"Utgåva: {release.id}\r\n" in body
    assert len(body) < 1500


def test_the_foot_of_every_page_has_the_address(reported: TestClient) -> None:
    assert 'href="mailto:fel%26mer@example.se"' in reported.get("/sv/about").text


def test_the_letter_names_the_rows_that_state_the_thing_and_their_sources(reported: TestClient) -> None:
    _, subject, body = letter(reported, "/res/objective/8.en.html")
    assert subject == "An error in Miljögrafen: objective/8"
    assert f"Thing: {BASE.iri}id/objective/8\r\n" in body
    page = reported.get("/res/objective/8.en.html").text.partition('id="claims"')[2]
    rows = re.findall(r"<code>(\w+\.csv:\d+)</code>", page)
    assert len(rows) > 2
    assert re.findall(r"^(\w+\.csv:\d+) \([a-z0-9-]+\)\r$", body, re.MULTILINE) == rows[:10]
    assert ("more" in body) == (len(rows) > 10)


def test_the_page_for_proposals_says_where_to_send_them(reported: TestClient, client: TestClient) -> None:
    assert "mailto:fel%26mer@example.se?subject=Proposed" in reported.get("/en/mapping/propose").text
    assert "mailto:" not in client.get("/en/mapping/propose").text


def test_the_page_of_deliveries_says_where_to_send_a_file(reported: TestClient, client: TestClient) -> None:
    assert "mailto:fel%26mer@example.se?subject=Delivery" in reported.get("/en/deliver").text
    assert "mailto:" not in client.get("/en/deliver").text


@pytest.mark.parametrize("path", ["/res/objective/8.sv.html", "/res/def/standing.en.html", "/en/about"])
def test_nobody_is_written_to_where_no_address_is_set(client: TestClient, path: str) -> None:
    assert "mailto:" not in client.get(path).text


@pytest.mark.parametrize("address", ["", "fel", "a@b c", "fel@example.se>", 'a"@b.se'])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadSetting, match="report_to: "):
        read_settings({"report_to": address})
