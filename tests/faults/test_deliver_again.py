"""A delivery that takes the place of an earlier one: what it has no more ends, and may return."""

from __future__ import annotations

from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from tests.builds import write_few_tables
from tests.test_deliveries import BASE, receive_and_build


def test_what_a_delivery_leaves_out_later_ends_and_returns_with_the_next(tmp_path):
    tables = tmp_path / "tables"
    write_few_tables(tables)
    both = receive_and_build(tmp_path, tables, "A1", "A2")
    one = receive_and_build(tmp_path, tables, "A1")
    with TestClient(create_app(one, Settings(tmp_path / "data")), base_url=str(BASE.iri)) as client:
        ended = client.get("/id/measure/lst--A2", headers={"Accept": "text/html", "Accept-Language": "sv"})
        assert client.get("/id/measure/lst--A1").status_code == 200
    assert ended.status_code == 410
    assert "Källan ger det inte längre." in ended.text
    assert receive_and_build(tmp_path, tables, "A1", "A2").id == both.id
