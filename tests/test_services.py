"""The services that stand in for sources: each is held against the description of the interface that it speaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import httpx2 as httpx
import pytest
import yaml
from openapi_schema_validator import OAS30Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from tests.services import misbehaviour as ways
from tests.services.environmental_indicators import EnvironmentalIndicators
from tests.services.jsonstat import Table, Variable
from tests.services.kolada import AREAS, Kolada, key_figure, real
from tests.services.pxweb import EMISSIONS, PxWeb
from tests.services.service import Rate, Service
from tests.services.static_files import StaticFiles

SOURCES = Path(__file__).parents[2] / "shared" / "sources"
DESCRIPTION = SOURCES / "naturvardsverket-openapi" / "environmental_indicators_api.yaml"


@contextmanager
def asking(service: Service) -> Iterator[httpx.Client]:
    """A client of a service that is up while the block runs."""
    headers = {"User-Agent": "test"}
    with service, httpx.Client(base_url=service.address, headers=headers, trust_env=False) as client:
        yield client


def rules(service: Service) -> list[str]:
    return [breach.rule for breach in service.breaches]


# what all share


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file of some size, and a file beside the folder."""
    (tmp_path / "secret.txt").write_text("not to be served")
    inner = tmp_path / "files"
    inner.mkdir()
    (inner / "data.json").write_text(json.dumps({"values": list(range(2000)), "next_url": None}))
    return inner


def test_a_file_comes_packed_tagged_and_only_once_to_who_has_it(folder):
    with asking(StaticFiles(folder=folder)) as client:
        first = client.get("data.json")
        assert first.headers["content-encoding"] == "gzip"
        assert first.json()["values"][-1] == 1999
        again = client.get("data.json", headers={"If-None-Match": first.headers["etag"]})
        since = client.get("data.json", headers={"If-Modified-Since": first.headers["last-modified"]})
        changed = client.get("data.json", headers={"If-None-Match": '"another"'})
        plain = client.get("data.json", headers={"Accept-Encoding": "identity"})
    assert [again.status_code, since.status_code, changed.status_code] == [304, 304, 200]
    assert again.content == b""
    assert "content-encoding" not in plain.headers


def test_nothing_outside_the_folder_is_served(folder):
    with asking(service := StaticFiles(folder=folder)) as client:
        answers = [client.get(path).status_code for path in ("%2e%2e/secret.txt", "..%2fsecret.txt", "none.json", "")]
    assert answers == [404] * 4
    assert rules(service) == ["path"] * 4


def test_a_reader_faster_than_the_rate_is_recorded_and_refused_where_the_service_is_strict(folder):
    with asking(service := StaticFiles(rate=Rate(3, 60.0), folder=folder)) as client:
        assert {client.get("data.json").status_code for _ in range(4)} == {200}
        service.is_strict = True
        refused = client.get("data.json")
    assert rules(service) == ["rate", "rate"]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert len(service.requests) == 5


def test_a_reader_who_does_not_say_who_it_is_is_recorded(folder):
    with asking(service := StaticFiles(folder=folder)) as client:
        client.get("data.json", headers={"User-Agent": ""})
    assert rules(service) == ["user agent"]


def test_a_service_misbehaves_as_often_as_it_is_told_and_where(folder):
    with asking(service := StaticFiles(folder=folder)) as client:
        service.misbehave(ways.failing(503), times=2, at="data")
        assert client.get("other").status_code == 404
        assert [client.get("data.json").status_code for _ in range(3)] == [503, 503, 200]
        service.misbehave(ways.too_many("7"))
        assert client.get("data.json").headers["retry-after"] == "7"
        service.misbehave(ways.redirecting(ways.PRIVATE[0]))
        assert client.get("data.json").headers["location"] == "http://169.254.169.254/latest/meta-data/"


def test_answers_can_be_wrong_in_their_bytes(folder):
    with asking(service := StaticFiles(folder=folder)) as client:
        service.misbehave(ways.web_page())
        assert client.get("data.json").text.startswith("<!doctype html>")
        service.misbehave(ways.broken())
        with pytest.raises(ValueError, match="Expecting"):
            client.get("data.json").json()
        service.misbehave(ways.cut())
        with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|without sending"):
            client.get("data.json")
        service.misbehave(ways.silent())
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("data.json")
        service.misbehave(ways.slow(5.0))
        with pytest.raises(httpx.ReadTimeout):
            client.get("data.json", timeout=0.2)
        service.misbehave(ways.swollen(8 << 20))
        swollen = client.get("data.json")
        assert (int(swollen.headers["content-length"]) < 20_000, len(swollen.content)) == (True, 8 << 20)
        assert client.get("data.json").status_code == 200


def test_a_fault_of_the_service_itself_fails_the_test_that_uses_it():
    class Faulty(Service):
        def answer(self, request):
            raise ZeroDivisionError(request.path)

    with pytest.raises(ZeroDivisionError), asking(Faulty()) as client:
        client.get("x")


# Kolada


def test_kolada_gives_a_list_in_pages_with_the_address_of_the_next():
    figures = [key_figure(f"N{number:05}") for number in range(12)]
    with asking(service := Kolada(rate=None, key_figures=figures, page_size=5)) as client:
        pages, address = [], "kpi"
        while address:
            pages.append(client.get(address).json())
            address = pages[-1]["next_url"]
        named = client.get("kpi/N00003,N00007,N99999").json()
        titled = client.get("kpi", params={"title": "n00011"}).json()
    assert [page["count"] for page in pages] == [5, 5, 2]
    assert [one["id"] for page in pages for one in page["values"]] == [figure["id"] for figure in figures]
    assert [one["id"] for one in named["values"]] == ["N00003", "N00007"]
    assert [one["id"] for one in titled["values"]] == ["N00011"]
    assert service.breaches == []


def test_kolada_gives_values_by_figure_area_year_and_sex():
    divided = key_figure("N00402", is_divided_by_gender=True, municipality_type="A")
    with asking(service := Kolada(rate=None, key_figures=[key_figure("N00401"), divided])) as client:
        both = client.get("data/kpi/N00401,N00402/municipality/0180,0001,0000/year/2023,2024").json()["values"]
        again = client.get("data/kpi/N00401,N00402/municipality/0180,0001,0000/year/2023,2024").json()["values"]
        everywhere = client.get("data/kpi/N00401/year/2024").json()["values"]
    assert both == again, "the values follow a rule"
    assert set(both[0]) == {"kpi", "municipality", "period", "values"}
    assert isinstance(both[0]["period"], int)
    assert {value["gender"] for row in both if row["kpi"] == "N00402" for value in row["values"]} == {"T", "K", "M"}
    assert "0001" not in {row["municipality"] for row in both if row["kpi"] == "N00401"}, "a figure of municipalities"
    assert "G900001" in {row["municipality"] for row in everywhere}, "groups are among what is not asked of named areas"
    assert all((one["value"] is None) == bool(one["status"]) for row in both for one in row["values"])
    assert service.breaches == []


def test_what_kolada_does_not_allow_is_refused_and_recorded():
    many = ",".join(f"{number:04}" for number in range(26))
    with asking(service := Kolada(rate=None)) as client:
        asked = [f"data/kpi/N00401/municipality/{many}", "kpi?per_page=5001", "data/kpi/N00401", "kpis", "kpi?sida=2"]
        answers = [client.get(path).status_code for path in asked]
        assert client.post("kpi").status_code == 405
    assert answers == [400, 400, 404, 404, 200]
    assert rules(service) == ["ids per call", "page size", "path", "path", "parameter", "method"]


def test_kolada_counts_five_calls_a_second(monkeypatch):
    clock = SimpleNamespace(monotonic=lambda: 100.0)
    monkeypatch.setattr("tests.services.service.time", clock)
    with asking(service := Kolada()) as client:
        for _ in range(5):
            client.get("municipality")
        assert service.breaches == []
        clock.monotonic = lambda: 101.0
        for _ in range(5):
            client.get("municipality")
        assert service.breaches == []
        client.get("municipality")
    assert rules(service) == ["rate"]


def test_the_records_made_by_hand_have_the_fields_of_the_real_ones():
    if not SOURCES.is_dir():
        pytest.skip("the real answers are not beside the project")
    figures = real(SOURCES / "kolada" / "kpi_all_2026-04.json")
    areas = real(SOURCES / "kolada" / "municipality_all_2026-04.json")
    shape = json.loads((SOURCES / "samples" / "kolada_v3_data_shape.json").read_text(encoding="utf-8"))
    assert {frozenset(key_figure("N00001"))} == {frozenset(figure) for figure in figures}
    assert all(area in areas for area in AREAS)
    with asking(Kolada(rate=None)) as client:
        page = client.get("data/kpi/N00401/year/2024").json()
    assert set(page) == set(shape) - {"_note"}
    assert set(page["values"][0]) == set(shape["values"][0])
    assert set(page["values"][0]["values"][0]) == set(shape["values"][0]["values"][0])


# Naturvårdsverket's environmental indicators


def described(value: Any) -> Any:
    """The schemas of a description, in which what is not described is not allowed."""
    if isinstance(value, dict):
        closed = {"additionalProperties": False} if "properties" in value else {}
        return {name: described(of) for name, of in value.items()} | closed
    return [described(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def schema() -> OAS30Validator:
    """Validates one indicator against the OpenAPI description."""
    if not DESCRIPTION.is_file():
        pytest.skip("the description of the interface is not beside the project")
    whole = described(yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8")))
    registry = Registry().with_resource("urn:nv", Resource.from_contents(whole, DRAFT4))
    return OAS30Validator({"$ref": "urn:nv#/components/schemas/Indicator"}, registry=registry)


def test_the_indicators_are_as_the_openapi_description_says(schema):
    with asking(service := EnvironmentalIndicators()) as client:
        short = client.get("api/v1/indicators").json()
        presented = client.get("api/v1/indicators", params={"includePresentations": "true"}).json()
        whole = client.get("api/v1/indicators/50").json()
    for indicator in [*short, *presented, whole]:
        schema.validate(indicator)
    assert [one["Key"] for one in short] == [50, 60]
    assert "Presentations" not in short[0] | whole
    assert presented[0]["Presentations"][0]["DataSetIds"] == [50]
    assert "Locations" not in short[0]["DataSets"][0]
    assert len(whole["DataSets"][1]["Locations"]) == 3
    assert whole["DataSets"][0]["Locations"][0]["PresentationVariables"][0]["DataSeries"][0]["Label"] == "2015"
    assert service.breaches == []


def test_the_schema_of_the_description_finds_what_is_wrong(schema):
    with asking(EnvironmentalIndicators()) as client:
        right = client.get("api/v1/indicators/50").json()
    wrong = [right | {"Key": "50"}, right | {"Extra": 1}, right | {"DPSIR": "P"}, right | {"MainObjective": []}]
    assert [schema.is_valid(one) for one in [right, *wrong]] == [True, False, False, False, False]


def test_the_indicators_come_as_xml_to_who_asks_for_xml_alone():
    with asking(EnvironmentalIndicators()) as client:
        answer = client.get("api/v1/indicators", headers={"Accept": "application/xml"})
    keys = [one.findtext("Key") for one in ET.fromstring(answer.content)]
    assert (answer.headers["content-type"], keys) == ("application/xml; charset=utf-8", ["50", "60"])


def test_what_the_description_of_the_indicators_lacks_is_refused_and_recorded():
    with asking(service := EnvironmentalIndicators()) as client:
        unknown = client.get("api/v1/indicators/51").status_code
        assert service.breaches == []
        answers = [
            client.get(f"api/v1/{path}").status_code for path in ("indicators/abc", "series", "indicators?page=2")
        ]
    assert (unknown, answers) == (400, [400, 404, 200])
    assert rules(service) == ["path", "path", "parameter"]


# PxWeb


def table_of(identifier: str, regions: int = 2, **others: Any) -> Table:
    region = Variable("Region", "region", {f"{code:02}": f"R{code}" for code in range(1, regions + 1)}, "geo")
    year = Variable("Tid", "år", {"2023": "2023", "2024": "2024"}, "time")
    return Table(identifier, f"Påhittad tabell {identifier}", (region, year), **others)


def test_pxweb_2_says_what_it_allows_and_lists_its_tables_in_pages():
    tables = [table_of(f"TAB{number}") for number in range(5)] + [table_of("TAB9", discontinued=True)]
    with asking(service := PxWeb(tables=tables)) as client:
        config = client.get("api/v2/config").json()
        pages, address = [], "api/v2/tables?pageSize=2"
        while address:
            pages.append(client.get(address).json())
            address = next((link["href"] for link in pages[-1]["links"] if link["rel"] == "next"), None)
        found = client.get("api/v2/tables", params={"query": "tabell tab3"}).json()
        old = client.get("api/v2/tables", params={"includeDiscontinued": "true", "query": "tab9"}).json()
        beyond = client.get("api/v2/tables", params={"pageNumber": 9})
    assert (config["maxDataCells"], config["maxCallsPerTimeWindow"], config["timeWindow"]) == (150_000, 30, 10)
    assert [one["id"] for page in pages for one in page["tables"]] == [f"TAB{number}" for number in range(5)]
    assert pages[0]["page"] == {"pageNumber": 1, "pageSize": 2, "totalElements": 5, "totalPages": 3}
    assert [one["id"] for one in found["tables"] + old["tables"]] == ["TAB3", "TAB9"]
    assert (beyond.status_code, beyond.headers["content-type"]) == (404, "application/problem+json")
    assert service.breaches == []


def test_pxweb_2_gives_what_is_selected_as_json_stat():
    sums = {"valueCodes[Region]": "12,00", "valueCodes[Sektor]": "2", "valueCodes[ContentsCode]": "*"}
    with asking(service := PxWeb()) as client:
        metadata = client.get("api/v2/tables/TAB4698/metadata").json()
        asked = {**sums, "valueCodes[Vaxthusgas]": "*", "valueCodes[Tid]": "top(2)", "outputFormat": "json-stat2"}
        data = client.get("api/v2/tables/tab4698/data", params=asked).json()
        fewer = client.get(
            "api/v2/tables/TAB4698/data", params={**sums, "valueCodes[Tid]": "[range(2016,2018)]"}
        ).json()
        body = {
            "selection": [{"variableCode": name[11:-1], "valueCodes": codes.split(",")} for name, codes in sums.items()]
        }
        body["selection"].append({"variableCode": "Tid", "valueCodes": ["range(2016,2018)"]})
        posted = client.post("api/v2/tables/TAB4698/data", json=body).json()
    assert (metadata["id"], metadata["size"]) == (
        ["Region", "Vaxthusgas", "Sektor", "ContentsCode", "Tid"],
        [3, 2, 3, 1, 10],
    )
    assert "value" not in metadata
    assert metadata["role"] == {"geo": ["Region"], "metric": ["ContentsCode"], "time": ["Tid"]}
    assert [metadata["dimension"][one]["extension"]["elimination"] for one in metadata["id"]] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert data["dimension"]["ContentsCode"]["category"]["unit"] == {"000001AB": {"base": "kiloton", "decimals": 2}}
    assert (data["size"], len(data["value"])) == ([2, 2, 1, 1, 2], 8)
    assert list(data["dimension"]["Tid"]["category"]["index"]) == ["2023", "2024"]
    cell = EMISSIONS.cell(("12", "CO2", "2", "000001AB", "2024"))[0]
    assert data["value"][5] == cell, "the last dimension goes fastest"
    assert (fewer["id"], fewer["size"]) == (["Region", "Sektor", "ContentsCode", "Tid"], [2, 1, 1, 3])
    gases = [EMISSIONS.cell(("12", gas, "2", "000001AB", "2016"))[0] for gas in ("CO2", "CH4")]
    assert fewer["value"][3] == pytest.approx(sum(gases))
    assert posted == fewer
    assert service.breaches == []


def test_pxweb_2_marks_what_is_missing():
    table = table_of("TAB1", given={("01", "2024"): (None, "..")})
    with asking(PxWeb(tables=[table])) as client:
        asked = {"valueCodes[Region]": "*", "valueCodes[Tid]": "2024"}
        data = client.get("api/v2/tables/TAB1/data", params=asked).json()
    assert (data["value"][0], data["status"]) == (None, {"0": ".."})


@pytest.mark.parametrize(
    ("asked", "status", "title"),
    [
        ("valueCodes[Region]=01", 400, "Missing selection for mandantory variable"),
        ("valueCodes[Region]=01&valueCodes[Tid]=1999", 400, "Non-existent value"),
        ("valueCodes[Kön]=1&valueCodes[Tid]=2024", 400, "Non-existent variable"),
        ("valueCodes[Region]=*&valueCodes[Tid]=2024&outputFormat=csv", 400, "Unsupported output format"),
        ("valueCodes[Region]=*&valueCodes[Tid]=*", 403, "Too many cells selected"),
    ],
)
def test_pxweb_2_refuses_with_problem_details(asked, status, title):
    with asking(service := PxWeb(tables=[table_of("TAB1", regions=20)], most_cells=30)) as client:
        answer = client.get(f"api/v2/tables/TAB1/data?{asked}")
    assert (answer.status_code, answer.json()["title"]) == (status, title)
    assert rules(service) == (["cells per call"] if status == 403 else [])


def test_pxweb_1_is_walked_from_level_to_level_to_a_table_and_its_values():
    with asking(service := PxWeb()) as client:
        limits = client.get("v1/sv/?config").json()
        levels = [client.get(f"v1/sv/ssd/{path}").json()[0] for path in ("", "MI", "MI/MI0107")]
        address = "v1/sv/ssd/MI/MI0107/TotaltUtslapp"
        metadata = client.get(address).json()
        query = [
            {"code": "Region", "selection": {"filter": "item", "values": ["12"]}},
            {"code": "Vaxthusgas", "selection": {"filter": "all", "values": ["C*"]}},
            {"code": "Tid", "selection": {"filter": "top", "values": ["3"]}},
        ]
        data = client.post(address, json={"query": query, "response": {"format": "json-stat2"}}).json()
    assert limits == {"maxValues": 110_000, "maxCells": 150_000, "maxCalls": 30, "timeWindow": 10, "CORS": True}
    assert [(level["id"], level["type"]) for level in levels] == [("MI", "l"), ("MI0107", "l"), ("TotaltUtslapp", "t")]
    assert [one["code"] for one in metadata["variables"] if one.get("elimination")] == ["Region", "Vaxthusgas"]
    assert [one["code"] for one in metadata["variables"] if one.get("time")] == ["Tid"]
    assert (data["id"][2], data["size"]) == ("Sektor", [1, 2, 3, 1, 3]), "what may not be left out comes whole"
    assert data["value"][-1] == EMISSIONS.cell(("12", "CH4", "3", "000001AB", "2024"))[0]
    assert service.breaches == []


def test_pxweb_1_refuses_what_is_wrong_and_what_is_too_much():
    def asks(code: str, name: str, *values: str, form: str = "json-stat2") -> dict[str, Any]:
        return {
            "query": [{"code": code, "selection": {"filter": name, "values": values}}],
            "response": {"format": form},
        }

    address = "v1/sv/ssd/MI/MI0107/TAB1"
    wrong = [asks("Kön", "item", "1"), asks("Region", "item", "99"), asks("Tid", "top", "0"), asks("Tid", "vs:x", "1")]
    with asking(service := PxWeb(tables=[table_of("TAB1", regions=20)], most_cells=30)) as client:
        answers = [client.post(address, json=body).status_code for body in wrong]
        assert service.breaches == []
        form = client.post(address, json=asks("Tid", "top", "1", form="jsonstat2")).status_code
        much = client.post(address, json=asks("Region", "all", "*"))
        fits = client.post(address, json=asks("Tid", "top", "1"))
    assert (answers, form, fits.json()["size"]) == ([400] * 4, 400, [20, 1])
    assert (much.status_code, much.json()) == (403, {"error": "Too many values selected"})
    assert rules(service) == ["format", "cells per call"]
