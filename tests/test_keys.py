"""The things of the release are those of the tables, kind by kind, and no other."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from loaders.release import Release
from ontology import iri
from ontology.keys import EXAMPLES
from ontology.kinds import KINDS
from tests.conftest import NOT_IN_THE_TABLES
from tests.expected_keys import KEYS, keys_of


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    return ox.Store.read_only(str(release.store))


def keys_in(release: Release, store: ox.Store, kind: str) -> set[str]:
    """The keys of the things that the release says are of a kind."""
    cls = ox.NamedNode(str(release.base.localise(KINDS[kind].cls)))
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    things = {quad.subject.value for quad in store.quads_for_pattern(None, rdf_type, cls)}
    found = [iri.parse(release.base.canonical(thing)) for thing in things]
    assert all(key is not None and key.kind == kind for key in found), things
    return {key.key for key in found if key is not None}


def test_every_kind_but_rows_has_its_keys_here():
    assert set(KEYS) == set(KINDS) - {"row", *(NOT_IN_THE_TABLES - {"retirement"})}


@pytest.mark.parametrize("kind", KEYS)
def test_the_keys_in_the_graph_are_the_publishable_keys_of_the_tables(release, store, kind):
    assert keys_in(release, store, kind) == keys_of(kind)


def test_the_rows_in_the_graph_are_those_that_were_published(release, store):
    assert len(keys_in(release, store, "row")) == release.record["counts"]["row"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_a_key_of_it(kind):
    assert KINDS[kind].accepts(EXAMPLES[kind])
    assert kind not in KEYS or not keys_of(kind) or EXAMPLES[kind] in keys_of(kind)
