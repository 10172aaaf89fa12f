"""Years that were not over when a source was fetched: what is marked, where the mark is seen, and what is a fault."""

from __future__ import annotations

import csv
import io
import json
import re

import pyoxigraph as ox
import pytest
from rdflib import XSD, URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.build import build
from loaders.curated import read_all
from loaders.kolada import KoladaDataset, KoladaNewest, KoladaSeries
from loaders.kolada import read as read_kolada
from loaders.live import read_live_sources
from loaders.not_over import marked
from loaders.pxweb import PxWebSeries
from loaders.row import lines_of, statements
from ontology.base import Base
from ontology.engine import as_ntriples
from queries.catalogue import questions
from tests.builds import write_few_tables
from tests.json_stat import assert_as_in_the_tables
from tests.services.jsonstat import Variable
from tests.services.pxweb import EMISSIONS, PxWeb
from tests.test_diagrams import BIRDS, INDICATOR, fetched, source_with, workbook
from tests.test_kolada import KPIS, PLACES, item, one, page
from tests.test_pxweb import fetched as fetched_table
from tests.test_pxweb import source_at

BASE = Base("http://localhost:8000/")
KOLADA = read_live_sources()["kolada"]
FILE = "hackande-faglar-i-skogen.xlsx"
TABLE = (("Category", BIRDS, "Landet"), (2025, 5, 50), (2026, 6, None), (2030, 9, None))


def kolada(rows, day, *years):
    """What Kolada gives of a key figure in some years, fetched on a day."""
    values = page(*(item([one(year / 100)], period=year) for year in years))
    answers = [("kpi", page(*KPIS)), ("municipality", page(*PLACES)), ("data/1", values)]
    read = read_kolada(KOLADA, [(KOLADA.address + name, body) for name, body in answers], rows)
    return marked(KOLADA, day, read)


def of(model, found):
    (row,) = (row for row in found if isinstance(row, model))
    return row


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    folder = tmp_path_factory.mktemp("few")
    write_few_tables(folder / "tables")
    return folder / "tables"


@pytest.fixture(scope="module")
def rows(few):
    return read_all(few).rows


# --- what is marked


@pytest.mark.parametrize(
    ("day", "not_over", "newest"),
    [
        ("2028-01-01", (), "2027"),
        ("2027-12-31", ("2027",), "2027"),
        ("2026-11-29", ("2026", "2027"), "2026"),
        ("2024-06-01", ("2025", "2026", "2027"), None),
    ],
)
def test_a_year_that_was_not_over_on_the_day_of_the_fetch_is_marked_and_one_that_had_not_begun_is_not_the_newest(
    rows, day, not_over, newest
):
    found = kolada(rows, day, 2025, 2026, 2027)
    series = of(KoladaSeries, found)
    assert (series.not_over, [value.year for value in series.values]) == (not_over, ["2025", "2026", "2027"])
    assert [row.newest_period for row in found if isinstance(row, KoladaNewest)] == ([newest] if newest else [])
    assert of(KoladaDataset, found).indicator == "kolada-N00401"
    said = sorted(lines_of(statements(series), as_ntriples))
    assert sorted(b"".join(series.told(as_ntriples).encoded("\n")).decode().split("\n")[:-1]) == said
    assert sum("/spec/yearNotOver>" in line for line in said) == 2 * len(not_over)  # of the series and of the value


def test_series_whose_years_were_over_are_as_they_were_read(rows):
    read = kolada(rows, "2028-01-01", 2025)
    assert all(one is other for one, other in zip(marked(KOLADA, "2026-01-01", read), read, strict=True))


@pytest.mark.parametrize(
    ("values", "day", "missing"),
    [
        ((2024,), "2026-11-29", ["2025", "2026"]),
        ((2026,), "2026-11-29", ["2025"]),
        ((2024, 2028), "2026-11-29", ["2025", "2026"]),
        ((2024,), "2031-01-01", ["2025", "2026", "2030"]),
    ],
)
def test_a_year_to_come_without_a_value_is_not_missing(rows, values, day, missing):
    years = sorted({2025, 2026, 2030, *values})
    there = page(*(item([one(year if year in values else None)], period=year) for year in years))
    answers = [("kpi", page(*KPIS)), ("municipality", page(*PLACES)), ("data/1", there)]
    read = read_kolada(KOLADA, [(KOLADA.address + name, body) for name, body in answers], rows)
    series = of(KoladaSeries, marked(KOLADA, day, read))
    assert [gap.year for gap in series.missing] == missing
    assert [value.year for value in series.values] == [str(year) for year in values]


# --- what is a fault


def test_a_diagram_with_a_year_to_come_is_refused_until_the_sources_file_says_what_is_done_with_it(tmp_path, rows):
    (tmp_path / FILE).write_bytes(workbook(("Category", BIRDS), (2025, 5), (2030, 9)))
    here = {"folder": tmp_path}
    done, _ = fetched(tmp_path / "data", source_with(**here), rows)
    assert "Sheet1!A3: '2030': values of 2030 cannot have been measured in 2026; let the sources file say " in done.why
    assert 'years_to_come = "marked"' in done.why
    for said, values, not_over in [("marked", ["2025", "2030"], ("2030",)), ("left-out", ["2025"], ())]:
        done, found = fetched(tmp_path / said, source_with(years_to_come=said, **here), rows)
        assert done.why is None
        (series,) = (row for row in found if row.table == "diagram_series")
        assert ([value.year for value in series.values], series.not_over) == (values, not_over)
        assert [row.newest_period for row in found if row.table == "diagram_newest_periods"] == ["2025"]


def test_a_source_of_which_nothing_is_left_is_refused(tmp_path, rows):
    (tmp_path / FILE).write_bytes(workbook(("Category", BIRDS), (2030, 9)))
    done, _ = fetched(tmp_path / "data", source_with(years_to_come="left-out", folder=tmp_path), rows)
    assert "all values are of years after 2026, when it was fetched, and years_to_come leaves these out" in done.why


def test_a_table_of_pxweb_with_years_to_come_is_refused_until_the_sources_file_says_what_is_done_with_them(
    tmp_path, rows
):
    years = {year: year for year in ("2015", "2098", "2099")}
    forecast = EMISSIONS.__class__(
        EMISSIONS.id, EMISSIONS.label, (*EMISSIONS.variables[:-1], Variable("Tid", "år", years, "time"))
    )
    with PxWeb(tables=[forecast]) as service:
        done, _ = fetched_table(tmp_path / "data", source_at(service), rows)
        assert re.search(r": values of 209[89] cannot have been measured in 20\d\d; let the sources file say", done.why)
        for said, kept in [("marked", {"2015", "2098", "2099"}), ("left-out", {"2015"})]:
            done, found = fetched_table(tmp_path / said, source_at(service, years_to_come=said), rows)
            assert done.why is None
            series = [row for row in found if isinstance(row, PxWebSeries)]
            told = {year.year for row in series for year in (*row.values, *row.missing)}
            assert (told, {year for row in series for year in row.not_over} | {"2015"}) == (kept, kept)


# --- where the mark is seen


@pytest.fixture(scope="module")
def built(few, rows, tmp_path_factory):
    """A release with a diagram of two areas, whose values are of a year that was over, and of two that were not."""
    folder = tmp_path_factory.mktemp("not-over")
    (folder / FILE).write_bytes(workbook(*TABLE))
    series = {BIRDS: {"area": "SE"}, "Landet": {"area": "01"}}
    source = source_with(folder=folder, years_to_come="marked", series=series)
    assert fetched(folder / "data", source, rows)[0].why is None
    return build(folder / "data", BASE, few, sources={source.id: source}).release


@pytest.fixture(scope="module")
def client(built):
    app = create_app(built, Settings(built.path.parent.parent, workers=2, deadline=5.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=True) as client:
        yield client


KEY = "diagram-example-forest-birds"


def test_a_query_can_leave_out_what_is_marked(built):
    store = ox.Store.read_only(str(built.store))
    asked = """PREFIX mg: <http://localhost:8000/spec/> PREFIX qb: <http://purl.org/linked-data/cube#>
        PREFIX d: <http://purl.org/linked-data/sdmx/2009/dimension#>
        SELECT ?area ?year ?not { ?o a qb:Observation ; qb:dataSet ?set ; d:refArea ?area ; d:refPeriod ?year
          FILTER(STRENDS(STR(?set), "/%s")) OPTIONAL { ?o mg:yearNotOver ?not } } ORDER BY ?area ?year"""
    found = store.query(asked % KEY, use_default_graph_as_union=True)
    assert [(str(row["year"].value), row["not"] and row["not"].value) for row in found] == [
        ("2025", None),
        ("2026", "2026"),
        ("2030", "2030"),
        ("2025", None),
    ]


def test_the_files_of_a_data_set_say_it(built, client):
    assert_as_in_the_tables(built.path / "tables")
    table = (built.path / "tables" / f"{KEY}.csv").read_text(encoding="utf-8")
    assert {row["year"]: row["year_not_over"] for row in csv.DictReader(io.StringIO(table))} == {
        "2025": "",
        "2026": "2026",
        "2030": "2030",
    }
    described = json.loads((built.path / "tables" / f"{KEY}.en.json").read_bytes())
    assert described["extension"]["yearsNotOver"] == ["2026", "2030"]
    assert described["note"][-1].startswith("Not over when the source was fetched: 2026, 2030. ")
    metadata = client.get(f"/data/{KEY}.csv-metadata.json").json()
    columns = {column.get("name"): column for column in metadata["tableSchema"]["columns"]}
    assert columns["year_not_over"]["propertyUrl"] == "http://localhost:8000/spec/yearNotOver"


@pytest.mark.parametrize("of", [f"dataset/{KEY}", f"slice/{KEY}/SE"])
def test_a_document_as_a_table_says_it(client, of):
    told = csv.DictReader(io.StringIO(client.get(f"/res/{of}.csv").text))
    assert {row["period"]: row["yearNotOver"] for row in told} == {"2025": "", "2026": "2026", "2030": "2030"}


def test_a_comparison_says_it(client):
    told = csv.DictReader(io.StringIO(client.get(f"/sv/compare/{KEY}.csv?area=SE").text))
    assert {row["period"]: row["yearNotOver"] for row in told} == {"2025": "", "2026": "2026", "2030": "2030"}
    shown = client.get(f"/sv/compare/{KEY}?to=2026").text
    assert "Inte slut när källan hämtades: 2026. " in shown
    assert "Inte slut" not in client.get(f"/sv/compare/{KEY}?to=2025").text


def test_areas_are_ranked_by_the_last_year_that_was_over_and_the_page_says_which(client):
    for asked, year in [("", 2025), ("?to=2026", 2025), ("?from=2026", 2030), ("?year=2026", 2026)]:
        assert f'<h2 id="ranked">Rangordning {year}' in client.get(f"/sv/compare/{KEY}{asked}").text
    shown = client.get(f"/en/compare/{KEY}").text
    assert "2025 is the last of the years that were over when the source was fetched." in shown
    assert '<option value="">the last year that was over</option>\n    <option>2030</option>' in shown
    assert "is the last of the years" not in client.get(f"/en/compare/{KEY}?to=2025").text


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        (f"values-of-a-series.csv?series={KEY}/SE", {"2025": "", "2026": "2026", "2030": "2030"}),
        (f"latest-value-of-each-area.csv?dataset={KEY}", {"2030": "2030", "2025": ""}),
    ],
)
def test_questions_that_give_values_say_it(client, question, marks):
    told = csv.DictReader(io.StringIO(client.get(f"/api/q/{question}").text))
    assert {row["year"]: row["yearNotOver"] for row in told} == marks


@pytest.mark.parametrize(
    ("path", "years"),
    [
        (f"dataset/{KEY}", "2026, 2030"),
        (f"slice/{KEY}/SE", "2026, 2030"),
        (f"observation/{KEY}/SE/2026", "2026"),
    ],
)
def test_pages_say_it(client, path, years):
    for language, words, mark in [
        ("sv", "Inte slut när källan hämtades", "året var inte slut"),
        ("en", "Not over when the source was fetched", "year not over"),
    ]:
        told = client.get(f"/res/{path}.{language}.html").text
        assert f"{words}: {years}." in told
        assert f"({mark})" in told


@pytest.mark.parametrize("path", [f"slice/{KEY}/01", f"observation/{KEY}/SE/2025"])
def test_pages_of_years_that_were_over_say_nothing_of_it_in_words(client, path):
    assert "Inte slut när källan hämtades" not in client.get(f"/res/{path}.sv.html").text


def test_the_page_of_an_area_and_an_indicator_mark_the_latest_value(client):
    for path in ("country/SE", f"indicator/{INDICATOR}"):
        assert "(year not over)" in client.get(f"/res/{path}.en.html").text


# --- questions that compute of such years

CUBES = """
@prefix mg: <https://w3id.org/miljograf/spec/> . @prefix qb: <http://purl.org/linked-data/cube#> .
@prefix d: <http://purl.org/linked-data/sdmx/2009/dimension#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix m: <http://purl.org/linked-data/sdmx/2009/measure#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix a: <http://purl.org/linked-data/sdmx/2009/attribute#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix unit: <https://w3id.org/miljograf/def/unit/> . @prefix def: <https://w3id.org/miljograf/def/structure/> .
@prefix : <https://w3id.org/miljograf/id/> . @base <https://w3id.org/miljograf/id/> .

<country/SE> a mg:Country ; skos:prefLabel "Sverige"@sv .
<county/12> a mg:County ; skos:prefLabel "Skåne"@sv .
<sector/trafik> a mg:Sector ; skos:prefLabel "Trafik"@sv .
unit:tonne-co2e skos:prefLabel "ton"@sv .
:counties qb:slice <slice/counties/12> ; qb:structure def:area-year ; dcat:version "1" ; mg:publisherName "P" .
:sectors qb:slice <slice/sectors/SE/trafik> ; dcat:version "1" ; mg:publisherName "P" .
<slice/counties/12> d:refArea <county/12> ; skos:prefLabel "Serien"@sv ;
  mg:firstYear "1990"^^xsd:gYear ; mg:lastYear "2024"^^xsd:gYear ;
  qb:observation <observation/counties/12/1990>, <observation/counties/12/2024> .
<slice/sectors/SE/trafik> d:refArea <country/SE> ; skos:prefLabel "Landet"@sv ;
  mg:firstYear "1990"^^xsd:gYear ; mg:lastYear "2024"^^xsd:gYear ;
  qb:observation <observation/sectors/SE/1990/trafik>, <observation/sectors/SE/2024/trafik> ;
  mg:sector <sector/trafik> .
<observation/counties/12/1990> d:refArea <county/12> ; d:refPeriod "1990"^^xsd:gYear ; m:obsValue 10.0 .
<observation/counties/12/2024> d:refArea <county/12> ; d:refPeriod "2024"^^xsd:gYear ; m:obsValue 30.0 .
<observation/sectors/SE/1990/trafik> d:refArea <country/SE> ; d:refPeriod "1990"^^xsd:gYear ; m:obsValue 40.0 .
<observation/sectors/SE/2024/trafik> d:refArea <country/SE> ; d:refPeriod "2024"^^xsd:gYear ; m:obsValue 60.0 .
<observation/counties/12/1990> qb:dataSet :counties . <observation/counties/12/2024> qb:dataSet :counties .
<observation/sectors/SE/1990/trafik> qb:dataSet :sectors . <observation/sectors/SE/2024/trafik> qb:dataSet :sectors .
<observation/sectors/SE/1990/trafik> mg:sector <sector/trafik> .
<observation/sectors/SE/2024/trafik> mg:sector <sector/trafik> .
<observation/counties/12/1990> a:unitMeasure unit:tonne-co2e .
<observation/counties/12/2024> a:unitMeasure unit:tonne-co2e .
<observation/sectors/SE/1990/trafik> a:unitMeasure unit:tonne-co2e .
<observation/sectors/SE/2024/trafik> a:unitMeasure unit:tonne-co2e .
"""
OF_COUNTIES = "<slice/counties/12> mg:yearNotOver ?y . <observation/counties/12/2024> mg:yearNotOver ?y"
OF_THE_COUNTRY = "<slice/sectors/SE/trafik> mg:yearNotOver ?y . <observation/sectors/SE/2024/trafik> mg:yearNotOver ?y"
EARLY = "<slice/counties/12> mg:yearNotOver ?y . <observation/counties/12/1990> mg:yearNotOver ?y"


def computed(question, year, marked):
    """What a question gives of the cubes above, where some say of a year that it was not over: the marks, in order."""
    store = ox.Store()
    store.load(CUBES.encode(), format=ox.RdfFormat.TURTLE)
    names = "BASE <https://w3id.org/miljograf/id/> PREFIX mg: <https://w3id.org/miljograf/spec/>"
    for pattern in marked:
        store.update(f"{names} INSERT DATA {{ {pattern} }}".replace("?y", f'"{year}"^^<{XSD.gYear}>'))
    asked, dataset = questions()[question], URIRef("https://w3id.org/miljograf/id/counties")
    text = asked.asking(Base(), {"dataset": (dataset,)} if "dataset" in asked.header.parameters else {})
    found = store.query(text, use_default_graph_as_union=True)
    assert str(found.variables[-1]) == "?yearNotOver"
    return [row["yearNotOver"] and (row["yearNotOver"].value, str(row["yearNotOver"].datatype.value)) for row in found]


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("means-of-counties", {OF_COUNTIES: [1], OF_THE_COUNTRY: [0]}),
        ("change-between-two-years", {OF_COUNTIES: [1], OF_THE_COUNTRY: [0]}),
        ("change-in-each-series", {OF_COUNTIES: [1, 0], OF_THE_COUNTRY: [0, 1]}),
        ("emissions-by-sector", {OF_COUNTIES: [0], OF_THE_COUNTRY: [1]}),
        ("emissions-of-a-county-against-the-nation", {OF_COUNTIES: [0, 1], OF_THE_COUNTRY: [0, 1]}),
    ],
)
def test_questions_that_compute_say_it(question, marks):
    year = ("2024", str(XSD.gYear))
    for pattern, marked_ in marks.items():
        assert computed(question, "2024", [pattern]) == [year if mark else None for mark in marked_], pattern
    assert not any(computed(question, "2024", []))


def test_the_later_of_two_years_that_were_not_over_is_told():
    assert computed("change-between-two-years", "1990", [EARLY]) == [("1990", str(XSD.gYear))]
