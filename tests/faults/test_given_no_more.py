"""What a service gives no more has ended in the next release, and may return."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.build import build
from loaders.live import read_live_sources
from tests.builds import write_few_tables
from tests.conftest import BASE
from tests.fetching import KPIS, PLACES, sources_file
from tests.services.environmental_indicators import EnvironmentalIndicators
from tests.test_kolada import asking, fetching, kolada
from tests.test_nv_indicators import INDICATORS, at, fetched_from, indicator


@pytest.mark.parametrize("whole", [False, True])
def test_what_kolada_gives_no_more_has_ended_and_may_return(tmp_path, whole):
    (tables, data), place = (tmp_path / "tables", tmp_path / "data"), {"0380": "id/observation/kolada-n00510/0380/2021"}
    write_few_tables(tables)
    there, gone = ({("N00510", "0380", 2021, "T"): value} for value in ((4.5, ""), (None, "Missing")))
    releases = []
    with kolada(key_figures=KPIS[1:2], areas=PLACES[-1:]) as service:
        file = sources_file(tmp_path, service)
        for given in (there, gone, gone, there):
            service.given = given
            assert fetching(data, file).why is None
            releases.append(build(data, BASE, tables, sources=read_live_sources(file), whole=whole))
    had, ended, again, returned = releases
    assert had.is_new
    assert ended.is_new
    assert (again.release.id, again.is_new) == (ended.release.id, False)
    assert (returned.release.id, returned.is_new) == (had.release.id, False)
    assert len(ox.Store.read_only(str(ended.release.store))) == ended.release.record["triples"]
    with asking(ended.release) as client:
        answer = client.get(f"/{place['0380']}", headers={"Accept": "text/html", "Accept-Language": "sv"})
    assert answer.status_code == 410
    assert "Källan ger det inte längre." in answer.text


def test_what_the_api_of_indicators_gives_no_more_has_ended_and_what_is_matched_is_ended_by_a_row(tmp_path):
    write_few_tables(tmp_path / "few")
    birds = indicator(68, "Fåglar", (11, "Myllrande våtmarker"), DataSets=[])
    with EnvironmentalIndicators(indicators=[INDICATORS[0], birds]) as service:
        source = at(service)
        fetched_from(source, tmp_path / "data")
        build(tmp_path / "data", BASE, tmp_path / "few", sources={source.id: source})
        service.indicators = [birds]
        fetched_from(source, tmp_path / "data")
    with (tmp_path / "few" / "nv_indicator_matches.csv").open("a", encoding="utf-8") as table:
        table.write("miljomal-iid-68,68,exact,editors,likely\n")
    own = "id/indicator/naturvardsverket-indicators-api"
    with (tmp_path / "few" / "retirements.csv").open("a", encoding="utf-8") as table:
        table.write(
            f"{own}-68,replaced,2026-11-26,Den är samma som en annan.,It is the same as another.,editors,likely\n"
        )
    with (tmp_path / "few" / "retirement_successors.csv").open("a", encoding="utf-8") as table:
        table.write(f"{own}-68,id/indicator/miljomal-iid-68,editors,likely\n")
    made = build(tmp_path / "data", BASE, tmp_path / "few", sources={source.id: source}).release
    with TestClient(
        create_app(made, Settings(tmp_path / "data", workers=1)), base_url="http://localhost:8000"
    ) as client:
        assert client.get(f"/{own}-50").status_code == 410
        assert client.get("/id/dataset/nv-50-10050-50001").status_code == 410
        assert client.get("/id/observation/nv-50-10050-50001/SE/2020").status_code == 410
        moved = client.get(f"/{own}-68", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (308, "/id/indicator/miljomal-iid-68")
