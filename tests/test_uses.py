"""What a release tells of how much it holds is what can be counted in its dump, and what the service would count."""

from __future__ import annotations

import gzip
import re
from collections import Counter

import pytest

from endpoint.query_page.completions import read_completions
from endpoint.query_page.holdings import read_holdings
from endpoint.query_page.languages import _languages
from endpoint.site import Site
from endpoint.uses import read_uses
from loaders.holdings import read_languages

STATEMENT = re.compile(r"(?P<said>.*) <(?P<graph>[^<>]*)> \.\n")
TAGGED = re.compile(r'"@(?P<language>[A-Za-z-]+)$')


@pytest.fixture(scope="module")
def dumped(release) -> list[tuple[str, str]]:
    """What is stated, and the graph."""
    with gzip.open(release.dump, "rt", encoding="utf-8", newline="\n") as lines:
        return [(told["said"], told["graph"]) for line in lines for told in [STATEMENT.fullmatch(line)]]


def test_the_graphs_and_all_of_them_are_counted(release, dumped):
    uses = read_uses(release.path)
    assert {str(graph): number for graph, number in uses.graphs.items()} == Counter(graph for _, graph in dumped)
    assert uses.total == len(dumped)


def test_the_languages_of_texts_are_told(release, dumped):
    found = {told["language"] for said, _ in dumped for told in [TAGGED.search(said)] if told}
    assert read_languages(release.path) == found == {"sv", "en"}


@pytest.mark.parametrize("broken", [None, b"", b"[]", b'{"languages-in-graphs": [1]}', b"{}"])
def test_a_release_that_tells_of_no_languages_has_none_that_are_known(tmp_path, broken):
    if broken is not None:
        (tmp_path / "index").mkdir()
        (tmp_path / "index" / "holdings.json").write_bytes(broken)
    assert read_languages(tmp_path) is None


def test_a_release_that_does_not_describe_itself_has_nothing_that_was_counted(tmp_path):
    assert read_uses(tmp_path).total is None
    assert not read_uses(tmp_path).graphs


def test_what_nobody_has_counted_is_counted_by_queries_and_comes_out_the_same(client, monkeypatch):
    site: Site = client.app.state.site
    asked: list[str] = []
    select = Site.select
    monkeypatch.setattr(Site, "select", lambda site, name, **terms: asked.append(name) or select(site, name, **terms))

    def known() -> tuple[object, ...]:
        site._read.clear()
        asked.clear()
        held = client.portal.call(read_holdings, site)
        terms = client.portal.call(read_completions, site, "sv")
        return held.graphs, held.total, terms, client.portal.call(_languages, site)

    counting = {"about/classes", "about/properties", "about/graphs", "about/whole", "about/languages"}
    told = known()
    assert counting.isdisjoint(asked)
    monkeypatch.setattr(Site, "uses", None)
    monkeypatch.setattr(Site, "languages", None)
    assert known() == told
    assert counting <= set(asked)
