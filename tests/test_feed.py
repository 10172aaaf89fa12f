"""The feed of releases: RFC 4287, in both languages, with what changed in words."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from endpoint.through_time.feed import ATOM
from loaders.release import Releases
from loaders.retention import prune
from tests.conftest import BASE
from tests.revising import opened

A, X = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
HEADINGS = {"sv": ["Nya: 1", "Borttagna: 1", "Ändrade: 1"], "en": ["Added: 1", "Removed: 1", "Changed: 1"]}


def feed_of(client: TestClient, language: str, beginning: str = "") -> ET.Element:
    answer = client.get(f"{beginning}/changes.{language}.atom")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == ATOM.content_type
    return ET.fromstring(answer.content)


def links(element: ET.Element, rel: str) -> list[str]:
    return [link.attrib["href"] for link in element.findall(f"{A}link") if link.attrib["rel"] == rel]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_feed_and_its_entries_have_what_rfc_4287_asks_for(visited, language):
    feed = feed_of(visited, language)
    assert feed.attrib[LANGUAGE] == language
    entries = feed.findall(f"{A}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{A}{name}")
            assert only.text
        assert MOMENT.fullmatch(element.findtext(f"{A}updated", ""))
    assert feed.find(f"{A}author/{A}name") is not None
    (own,) = links(feed, "self")
    assert own == feed.findtext(f"{A}id") == f"{BASE.iri}changes.{language}.atom"
    ids = [entry.findtext(f"{A}id", "") for entry in entries]
    assert len(ids) == len(set(ids)) == 2
    assert all(links(entry, "alternate") == [id_] for entry, id_ in zip(entries, ids, strict=True))
    assert all(id_.startswith(f"{BASE.iri}releases/") for id_ in ids)
    moments = [entry.findtext(f"{A}updated", "") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{A}updated") == moments[0]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_entry_says_in_words_what_changed(visited, language):
    entry = feed_of(visited, language).findall(f"{A}entry")[0]
    (content,) = entry.findall(f"{A}content[@type='xhtml']/{X}div")
    assert [heading.text for heading in content.findall(f"{X}h3")][:3] == HEADINGS[language]
    text = " ".join(content.itertext())
    assert all(name in text for name in ("Nobelmötet 2010", "Nobelmötet 2011", "Nobelmötet 2012"))
    for link in content.iter(f"{X}a"):
        path, _, place = link.attrib["href"].removeprefix(BASE.iri).partition("#")
        answer = visited.get(f"/{path}")
        assert answer.status_code == 200
        assert not place or f'id="{place}"' in answer.text


def test_the_first_release_says_that_it_is_the_first(visited):
    first = feed_of(visited, "en").findall(f"{A}entry")[-1]
    assert first.findtext(f"{A}summary") == "This is the first release."


@pytest.mark.parametrize(("path", "accept"), [("/changes.atom", "*/*"), ("/changes", "application/atom+xml")])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_feed_is_in_the_language_that_is_liked_best(visited, path, accept, language):
    answer = visited.get(path, headers={"Accept": accept, "Accept-Language": language})
    assert answer.content == visited.get(f"/changes.{language}.atom").content
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Content-Location"] == f"/changes.{language}.atom"


@pytest.mark.parametrize("path", ["/sv/", "/en/", "/sv/data", "/res/objective/8.en.html"])
def test_every_page_leads_to_the_feed(visited, path):
    language = "en" if "en" in path.replace(".", "/").split("/") else "sv"
    found = re.findall(
        r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)">', visited.get(path).text
    )
    assert found == [f"/changes.{language}.atom"]


def test_the_feed_is_asked_for_each_time(visited):
    answer = visited.get("/changes.en.atom")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert visited.get("/changes.en.atom", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert visited.options("/changes.en.atom").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert visited.get("/changes.xx.atom").status_code == 404


def test_the_feed_of_an_earlier_release_ends_with_it(visited, revised):
    first = Releases(revised).current().record["previous"]
    (entry,) = feed_of(visited, "en", f"/releases/{first}").findall(f"{A}entry")
    assert first in entry.findtext(f"{A}id", "")


def test_a_release_that_is_not_kept_leaves_the_feed_and_readers_keep_what_they_have_of_it(visited, revised, tmp_path):
    data = Path(shutil.copytree(revised, tmp_path / "data"))
    prune(data, 1)
    with opened(data) as client:
        feed = feed_of(client, "en")
    (kept,), (newest, _) = (of.findall(f"{A}entry") for of in (feed, feed_of(visited, "en")))
    assert ET.tostring(kept) == ET.tostring(newest)
