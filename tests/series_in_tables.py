"""The series of a data set as its file has them, beside those that the store gives."""

from __future__ import annotations

import pytest
from rdflib import URIRef
from starlette.testclient import TestClient

from endpoint.series import Series
from endpoint.value_tables import ValueTable, series_of
from ontology import iri


def read_both_ways(
    client: TestClient, dataset: str, sector: str | None = None
) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    """Those of a data set by its key, and of a sector by its; from the file, and from the store."""
    site = client.app.state.site
    asked = [site.local(iri.mint(kind, key)) for kind, key in (("dataset", dataset), ("sector", sector)) if key]

    def read() -> tuple[Series, ...]:
        return client.portal.call(series_of, site, *asked)

    assert ValueTable.of(site, URIRef(asked[0])) is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ValueTable, "of", classmethod(lambda *_: None))
        from_store = read()
    from_file = read()
    assert _digits(from_file) == _digits(from_store)
    return from_file, from_store


def _digits(series: tuple[Series, ...]) -> list[str]:
    """The values as they are written; numbers are equal whatever zeros they end with."""
    return [str(value.value) for each in series for value in each.values]
