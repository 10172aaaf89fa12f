"""The package `reconciler` matches columns of a data frame against the endpoint, as it does against Wikidata."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.test_pages import table

pandas = pytest.importorskip("pandas")
reconcile = pytest.importorskip("reconciler").reconcile
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")


@pytest.fixture
def service(endpoint):
    """The address of the reconciliation service, in Swedish."""
    return f"{endpoint}/sv/reconcile"


def keys(found):
    """What was taken for what is meant by each cell: the kinds and keys of the things."""
    taken = found[found["match"]]
    return {cell: urlsplit(id_).path for cell, id_ in zip(taken["input_value"], taken["id"], strict=True)}


def test_every_municipality_of_a_column_is_matched(service):
    long = {row["long_name_sv"]: row["municipality"] for row in table("municipality_names")}
    found = reconcile(pandas.Series(list(long)), type_id="municipality", reconciliation_endpoint=service)
    assert keys(found) == {name: f"/id/municipality/{code}" for name, code in long.items()}
    assert set(found["type"]) == {"Kommun"}


def test_a_column_beside_it_tells_namesakes_apart(service):
    counties = {row["code"]: row["name_sv"] for row in table("counties")}
    in_county = {row["code"]: counties[row["county"]] for row in table("municipalities")}
    column = pandas.Series(["HABO", "MALMO"])
    for code in ("0643", "0305"):
        beside = pandas.Series([in_county[code], in_county["1280"]])
        found = reconcile(
            column,
            type_id="municipality",
            property_mapping={"mg:inCounty": beside},
            reconciliation_endpoint=service,
        )
        assert keys(found) == {"HABO": f"/id/municipality/{code}", "MALMO": "/id/municipality/1280"}
