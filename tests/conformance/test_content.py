"""What a release says follows from its tables and its base alone, and so does its id."""

import pytest

from loaders import table
from loaders.composing import compose
from loaders.curated import read_all
from ontology.base import CANONICAL, Base
from tests.test_curated import change

LOCAL = Base("http://localhost:8000/")


@pytest.fixture(scope="module")
def content():
    return compose(read_all(), LOCAL)


def test_the_id_is_the_date_of_the_newest_source_and_twelve_digits(content):
    newest = max(row.retrieved for row in read_all().rows if row.table == "sources")
    assert content.release_id.startswith(f"{newest}-")
    assert len(content.release_id) == len(newest) + 13


def test_every_authored_iri_follows_the_base(content):
    assert not [line for line in content.nquads() if CANONICAL in line]


def test_another_base_is_another_release(content):
    assert compose(read_all(), Base("http://localhost:8080/")).release_id != content.release_id


def test_a_changed_cell_is_another_release(content, tables):
    change(tables, "objectives", {"number": "8"}, name_sv="Levande sjöar")
    assert compose(read_all(tables), LOCAL).release_id != content.release_id


def test_the_same_tables_in_another_folder_are_the_same_release(content, tables, monkeypatch):
    monkeypatch.setattr("loaders.curated.read", table.read)  # and not what another test has read
    assert compose(read_all(tables), LOCAL).release_id == content.release_id


def test_there_is_no_blank_node(content):
    assert not [line for line in content.nquads() if line.startswith("_:") or " _:" in line]


def test_a_source_is_described_in_its_own_graph(content):
    graph = f"{LOCAL.iri}id/graph/regeringen-43485"
    assert any(f"<{LOCAL.iri}id/source/regeringen-43485>" in line for line in content.graphs[graph])


def test_only_published_mappings_give_plain_triples(content):
    plain = [line for line in content.nquads() if line.split(" ")[1] == f"<{LOCAL.iri}spec/contributesTo>"]
    assert len(plain) == 13
    milestones = {f"milestone-target/{code}" for code in ("MS1", "MS2", "HS1", "HS2", "HS3")}
    assert {line.split(" ")[0] for line in plain} == {f"<{LOCAL.iri}id/{key}>" for key in {"objective/4"} | milestones}
