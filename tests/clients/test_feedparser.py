"""A reader of feeds follows the releases: it reads the feed without a remark, and is told when nothing is new."""

from __future__ import annotations

import feedparser
import pytest

from loaders.release import Releases
from tests.conformance.conftest import serving


@pytest.fixture(scope="module")
def followed(revised):
    """The address of an endpoint on two releases."""
    with serving("--data", revised) as server:
        yield server.address


@pytest.mark.parametrize(("language", "heading"), [("sv", "Borttagna: 1"), ("en", "Removed: 1")])
def test_a_reader_of_feeds_reads_what_changed(followed, revised, language, heading):
    read = feedparser.parse(f"{followed}/changes.{language}.atom")
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.language == language
    assert [entry.id for entry in read.entries] == [entry.link for entry in read.entries]
    assert Releases(revised).current().id in read.entries[0].title
    (content,) = read.entries[0].content
    assert heading in content.value
    assert "Nobelmötet 2011" in content.value
    assert read.entries[0].updated_parsed > read.entries[1].updated_parsed


def test_it_is_told_that_nothing_is_new(followed):
    address = f"{followed}/changes.en.atom"
    read = feedparser.parse(address)
    assert feedparser.parse(address, etag=read.etag).status == 304
