"""Files that sources name, in a release: a diagram export and statements, what becomes of what they have no more."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.actors import ActorHomepage
from loaders.build import build
from loaders.composing import compose
from loaders.curated import read_all
from loaders.endings import ended_by_sources
from loaders.fetch import How, fetch
from loaders.identifiers import identifiers_of
from loaders.lifecycle import History
from loaders.live_rows import read_live
from loaders.publisher import EDITORS
from loaders.release import Releases
from ontology.base import Base
from tests import test_diagrams as diagrams
from tests import test_statement_files as statements
from tests.builds import write_few_tables

BASE = Base("http://localhost:8000/")

METADATA = statements.SOURCES["example-homepages"].statements.metadata_text.replace("[0-9]{6}-[0-9]{4}", "[0-9a-z-]+")
"""The metadata of the example, where an actor may have any key: almost all with organisation numbers have homepages."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("named-files")
    write_few_tables(folder / "tables")
    return folder


@pytest.fixture(scope="module")
def homeless(place):
    """Two actors that no table has a homepage of."""
    rows = read_all(place / "tables").rows
    known = {row.actor for row in rows if isinstance(row, ActorHomepage)}
    actors = (row.key for row in rows if row.defines == "actor" and row.key not in known)
    return sorted(actors)[:2]


def sources_in(place, years, actors):
    """A diagram of some years, and a table with homepages of some actors, as they are fetched."""
    (place / "export.xlsx").write_bytes(diagrams.workbook(["Category", diagrams.BIRDS], *years))
    table = "".join([statements.HEAD, *(f"{key};https://example.org/{key}\n" for key in actors)])
    sources = (
        diagrams.source_with(folder=place, file="export.xlsx"),
        statements.source_with("example-homepages", place, table, format="csv", metadata_text=METADATA),
    )
    assert [done.why for done in fetch(place / "releases", [(source, None) for source in sources], How())] == [
        None,
        None,
    ]
    return {source.id: source for source in sources}


@pytest.fixture(scope="module")
def built(place, homeless):
    sources = sources_in(place, diagrams.YEARS, homeless)
    return build(place / "releases", BASE, place / "tables", sources=sources).release


def test_a_diagram_stands_on_the_page_of_its_indicator(built):
    app = create_app(built, Settings(built.path.parent.parent, workers=2, deadline=5.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=True) as client:
        headers = {"Accept": "text/html", "Accept-Language": "sv"}
        page = client.get(f"/id/indicator/{diagrams.INDICATOR}", headers=headers)
    assert page.status_code == 200
    assert "diagram-example-forest-birds" in page.text


def test_statements_stand_in_a_graph_of_their_source(built, homeless):
    store = ox.Store.read_only(str(built.store))
    graph = ox.NamedNode(f"{BASE.iri}id/graph/example-homepages")
    about = list(store.quads_for_pattern(ox.NamedNode(f"{BASE.iri}id/actor/{homeless[0]}"), None, None, graph))
    assert {quad.predicate.value.rpartition("/")[2] for quad in about} == {"homepage", "statedIn"}
    assert ox.NamedNode(f"https://example.org/{homeless[0]}") in {quad.object for quad in about}


def test_what_a_file_gives_no_more_ends(place, built, homeless):
    sources = sources_in(place, diagrams.YEARS[:-1], homeless[:1])
    curated = read_all(place / "tables")
    curated = curated.with_live(read_live(place / "releases", sources, curated.rows).rows)
    named, _ = identifiers_of(BASE, compose(curated, BASE, EDITORS).graphs)
    history = History(Releases(place / "releases"))
    ended = [row.identifier for row in ended_by_sources(curated, named, "2030-01-01", history)]
    assert ended == [
        "id/observation/diagram-example-forest-birds/SE/2024",
        f"id/row/file_statements/example-homepages/actor/{homeless[1]}",
    ]
