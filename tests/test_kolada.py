"""Kolada in a release: what its answers become, what is wrong with an answer, and how fresh a release says it is.

Values are made up by the service of the tests; key figures and places are real where real answers are at hand.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from rdflib import XSD, URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.cli import main
from endpoint.settings import Settings
from loaders.build import build
from loaders.cache import cache_of
from loaders.client import Patience
from loaders.curated import read_all
from loaders.fetch import How, fetch
from loaders.indicators import IndicatorUnit
from loaders.kolada import KoladaSeries, read
from loaders.live import read_live_sources
from loaders.live_rows import Freshness, NoLiveSource, read_live
from loaders.live_series import Value, statements_at_least
from loaders.release import Releases
from loaders.row import lines_of, statements
from loaders.units import UNITS
from ontology import iri
from ontology.base import Base
from ontology.engine import as_ntriples
from ontology.schemes import Sex, Unit
from queries.catalogue import query
from tests.builds import write_few_tables
from tests.fetching import KPIS, PLACES, sources_file
from tests.json_stat import Said, assert_as_in_the_tables, decode
from tests.series_in_dumps import years_and_addresses
from tests.series_in_tables import read_both_ways
from tests.services import misbehaviour as ways
from tests.services.kolada import Kolada, real
from tests.services.service import Rate
from tests.test_observations import SHARED, conditions, holds

BASE = Base("http://localhost:8000/")
SOURCE = read_live_sources()["kolada"]
QUICK = Patience(attempts=1)
REAL = Path(__file__).parents[2] / "shared" / "sources" / "kolada"
GIVEN = {
    ("N00401", "0380", 2019, "T"): (None, "Missing"),
    ("N00401", "0380", 2020, "T"): (None, "Private"),
    ("N00401", "0380", 2021, "T"): (12.50, "Preliminary"),
    ("N00510", "0305", 2019, "T"): (None, "Missing"),
    ("N00510", "0305", 2020, "T"): (None, "Missing"),
    ("N00510", "0305", 2021, "T"): (None, "Missing"),
}


def kolada(**others):
    """A service that may be asked as fast as a test likes: the rate is held in tests of fetching."""
    return Kolada(
        **{"rate": Rate(100, 1.0), "key_figures": KPIS, "areas": PLACES, "years": (2019, 2020, 2021), **others}
    )


@pytest.fixture(scope="module")
def own_rows():
    return read_all().rows


def page(*items):
    return json.dumps({"values": list(items), "next_url": None, "count": len(items)}).encode()


def item(values, kpi="N00401", place="0380", period=2020):
    return {"kpi": kpi, "municipality": place, "period": period, "values": values}


def one(value, gender="T", status=""):
    return {"gender": gender, "value": value, "count": 1, "status": status}


def series(own_rows, *pages, kpis=KPIS, places=PLACES):
    """The series that pages of values become."""
    answers = [("kpi", page(*kpis)), ("municipality", page(*places)), *((f"data/{n}", p) for n, p in enumerate(pages))]
    rows = read(SOURCE, [(SOURCE.address + name, body) for name, body in answers], own_rows)
    return [row for row in rows if isinstance(row, KoladaSeries)]


# --- what answers become


def test_the_digits_of_the_source_are_kept(own_rows):
    body = b'{"values": [%s], "next_url": null}' % json.dumps(item([one("X")])).replace('"X"', "31.3295968900").encode()
    (found,) = series(own_rows, body)
    assert found.values == (Value("2020", "31.3295968900", ""),)


@pytest.mark.parametrize(("given", "written"), [(0, "0"), (1e-7, "0.0000001"), (-2.5, "-2.5"), (1e6, "1000000.0")])
def test_a_number_is_written_without_exponent(own_rows, given, written):
    (found,) = series(own_rows, page(item([one(given)])))
    assert found.values[0].value == written


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (b"0.123456789012345678", "0.123456789012345678"),
        (b"0.1234567890123456789", "0.123456789012345679"),
        (b"1.2345678901234567e-5", "0.000012345678901235"),
        (b"-2.0000000000000000007", "-2.000000000000000001"),
        (b"9999999999999999999.9999999999999999999", "10000000000000000000"),
        (b"-3e-25", "0"),
        (b"1e-999999", "0"),
    ],
)
def test_a_value_has_no_more_decimals_than_queries_reckon_with(own_rows, given, written):
    body = b'{"values": [%s], "next_url": null}' % json.dumps(item([one("X")])).replace('"X"', given.decode()).encode()
    (found,) = series(own_rows, body)
    assert found.values[0].value == written
    lines = [f'<a:{of}> <a:b> "{number}"^^<{XSD.decimal}> .\n' for of, number in (("1", written), ("2", "1"))]
    store = ox.Store()
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    ((total,),) = store.query("SELECT (SUM(?value) AS ?sum) { ?of <a:b> ?value }")
    with localcontext(prec=60):
        assert Decimal(total.value) == Decimal(written) + 1


def test_what_is_observed_is_territory_and_the_unit_of_the_source_is_kept(own_rows):
    found = series(own_rows, page(*(item([one(1.5)], place=place["id"]) for place in PLACES)))
    assert {(row.area, row.reporting_unit) for row in found} == {
        ("SE", "0000"),
        ("03", "0003"),
        ("09", "0009"),
        ("0305", None),
        ("0380", None),
    }
    assert "Utsläpp till luft av växthusgaser totalt, ton CO2-ekv/inv, Uppsala län" in {row.title_sv for row in found}


def test_a_key_figure_that_is_divided_by_sex_has_a_series_for_each(own_rows):
    values = [one(3), one(1, "K"), one(2, "M")]
    found = series(own_rows, page(item(values, kpi="N00945")))
    assert {row.key: (row.sex, row.values[0].value) for row in found} == {
        "kolada-n00945/0380/total": (Sex.TOTAL, "3"),
        "kolada-n00945/0380/women": (Sex.WOMEN, "1"),
        "kolada-n00945/0380/men": (Sex.MEN, "2"),
    }


def test_a_year_without_value_is_no_observation_and_its_status_is_kept(own_rows):
    pages = [item([one(None, status="Private")], period=2019), item([one(4, status="Preliminary")], period=2020)]
    (found,) = series(own_rows, page(*pages))
    assert found.missing == (Value("2019", "", "Private"),)
    assert found.values == (Value("2020", "4", "Preliminary"),)


def test_what_a_series_is_written_as_is_what_it_states(own_rows):
    arboga = {"id": "1984", "title": "Arboga", "type": "K"}
    hostile = [one(-0.5, status='"1984"\\'), one(1, "K", "1984/1985 <å>"), one(0, "M", "\u2028 \U0001f33f")]
    found = series(
        own_rows,
        page(
            *(item(hostile, kpi, arboga["id"], year) for kpi in ("N00945", "N00401") for year in (1984, 1985)),
            *(item([one(2), one(None, "K", "Private")], kpi="N00945", period=year) for year in (1984, 2020)),
        ),
        places=[*PLACES, arboga],
    )
    assert len(found) == 7
    for row in found:
        lines = b"".join(row.told(as_ntriples).encoded("\n")).decode().split("\n")[:-1]
        assert len(lines) == len(set(lines))
        assert sorted(lines) == sorted(set(lines_of(statements(row), as_ntriples)))
        assert 0 < statements_at_least([row]) < len(lines)


def test_a_series_without_any_value_is_left_out(own_rows):
    assert series(own_rows, page(item([one(None)]))) == []


def test_the_same_value_twice_is_one(own_rows):
    (found,) = series(own_rows, page(item([one(4)])), page(item([one(4)])))
    assert found.values == (Value("2020", "4", ""),)


@pytest.mark.parametrize(
    ("kpi", "unit"),
    [
        ("N00401", Unit.TONNE_CO2E_PER_INHABITANT),  # as the indicator table has it
        ("N00945", Unit.PERCENT),  # as the name of the key figure ends
        ("N99999", Unit.AS_NAMED),
    ],
)
def test_the_unit_is_that_of_the_indicator_or_of_the_name(own_rows, kpi, unit):
    assert {row.unit for row in series(own_rows, page(item([one(1)], kpi=kpi)))} == {unit}


def test_every_unit_of_the_indicators_of_kolada_is_known():
    units = {
        row.unit for row in read_all().rows if isinstance(row, IndicatorUnit) and row.indicator.startswith("kolada")
    }
    assert units <= set(UNITS)


# --- what is wrong with an answer


BAD = {
    "values[1]: N00401 in 0380 2020 (T) is 2 here and 1 before": [item([one(1)]), item([one(2)])],
    "values[0]: the value '12,5' is no number": [item([one("12,5")])],
    "values[0]: the value '1\\u202f234' is no number": [item([one("1\u202f234")])],
    "values[0]: the value True is no number": [item([one(True)])],
    "values[0]: the value 1E+400 is beyond": [item([one("huge")])],
    "values[0]: the value 10000000000000000000 is beyond": [item([one(10**19)])],
    "the number 1e1000000000000000000000 is beyond": [item([one("boundless")])],
    "is beyond what is measured: it has 5,000 digits": [item([one("endless")])],
    "line 1, column 140: \\ud83d is half a character": [item([one(1, status="Missing\ud83d")])],
    "values[0]: the period 1020 is no year": [item([one(1)], period=1020)],
    "values[0]: the period '2020' is no year": [item([one(1)], period="2020")],
    "values[0]: there is no area '9999'": [item([one(1)], place="9999")],
    "values[0]: there is no key figure 'N00002'": [item([one(1)], kpi="N00002")],
    "values[0]: a value has none of the genders T, K, M": [item([one(1, "X")])],
    "values[0]: a value has none of the genders T, K, M: {'gender': []": [item([one(1, [])])],
    "values[0]: the status 7 is no text": [item([one(1, status=7)])],
    "values[0]: there is no value, nor null in its place": [item([{"gender": "T", "status": ""}])],
    "values[0]: there is no area ['0380']": [item([one(1)], place=["0380"])],
    "values[0]: there is no key figure {}": [item([one(1)], kpi={})],
    "values[0] has not the parts": [{"kpi": "N00401"}],
    "values[0]: values is no list": [item(None)],
}


@pytest.mark.parametrize("told", BAD)
def test_a_fault_is_told_with_its_address_and_place(own_rows, told):
    body = page(*BAD[told]).replace(b'"huge"', b"1e400").replace(b'"endless"', b"9" * 5000)
    body = body.replace(b'"boundless"', b"1e1000000000000000000000")
    with pytest.raises(ValueError, match=r"^https://api\.kolada\.se/v3/data/0: ") as error:
        series(own_rows, body)
    assert told in str(error.value)


def test_a_line_break_that_a_description_spells_out_is_a_space(own_rows):
    kpi = {**KPIS[0], "description": "Mark per kommun. \\nKälla: SCB.\\n"}
    answers = [("kpi", page(kpi)), ("municipality", page(*PLACES)), ("data/0", page(item([one(1)])))]
    rows = read(SOURCE, [(SOURCE.address + name, body) for name, body in answers], own_rows)
    assert [row.description_sv for row in rows if hasattr(row, "description_sv")] == ["Mark per kommun. Källa: SCB."]


def test_a_character_that_is_written_in_two_halves_is_one(own_rows):
    (found,) = series(own_rows, page(item([one(None, status="\\ud83d \U0001f600")]), item([one(1)], period=2021)))
    assert found.missing[0].status == "\\ud83d \U0001f600"


def test_an_object_that_says_two_things_of_one_is_told(own_rows):
    body = page(item([one(1)])).replace(b'"value": 1', b'"value": 1, "value": 2')
    with pytest.raises(ValueError, match=r"/data/0: value is 1 and, in the same object, 2: only one of them can hold"):
        series(own_rows, body)


@pytest.mark.parametrize(("name", "entities"), [("kpi", KPIS), ("municipality", PLACES)])
def test_what_is_told_of_twice_and_not_alike_is_told(own_rows, name, entities):
    lists = {"kpi": KPIS, "municipality": PLACES}
    again = {name: [*entities, {**entities[0], "title": "Något annat"}]}
    with pytest.raises(ValueError, match=rf"/{name}: values\[{len(entities)}\]: {entities[0]['id']} is told of twice"):
        read(SOURCE, [(SOURCE.address + each, page(*items)) for each, items in {**lists, **again}.items()], own_rows)


@pytest.mark.parametrize(("told", "given"), [("publication_day", "2026-02-31"), ("publication_period", "hösten")])
def test_a_day_or_a_year_of_publication_that_is_none_is_told(own_rows, told, given):
    field = {"publication_day": "publication_date", "publication_period": "publ_period"}[told]
    with pytest.raises(ValueError, match=rf"^https://api\.kolada\.se/v3/kpi: N00401: {told} '{given}': "):
        series(own_rows, page(item([one(1)])), kpis=[{**kpi, field: given} for kpi in KPIS])


def test_a_name_that_no_document_can_have_is_told(own_rows):
    with pytest.raises(ValueError, match=r"/kpi: N00401: title_sv 'Utsl\\x02pp': character 5 is U\+0002"):
        series(own_rows, page(item([one(1)])), kpis=[{**KPIS[0], "title": "Utsl\x02pp"}])


def test_a_place_that_our_tables_do_not_have_is_told(own_rows):
    places = [*PLACES, {"id": "0199", "title": "Nyköping Norra", "type": "K"}]
    with pytest.raises(ValueError, match=r"no territory for Nyköping Norra \(0199\)"):
        series(own_rows, page(item([one(1)], place="0199")), places=places)


@pytest.mark.parametrize("name", ["kpi", "municipality"])
def test_every_item_of_the_real_answers_is_read(own_rows, name):
    if not REAL.is_dir():
        pytest.skip(f"the real answers of Kolada are not here: no folder {REAL}")
    items = real(REAL / f"{name}_all_2026-04.json")
    if name == "kpi":
        values = page(*(item([one(1)], kpi=kpi["id"]) for kpi in items))
        found = series(own_rows, values, kpis=items)
    else:
        values = page(*(item([one(1)], place=place["id"]) for place in items))
        found = series(own_rows, values, places=items)
    assert len(found) == len(items) == {"kpi": 6099, "municipality": 312}[name]


# --- in a release


@contextmanager
def asking(release):
    app = create_app(release, Settings(release.path.parent.parent, workers=2, deadline=5.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=True) as client:
        yield client


def fetching(data, file, ids=None):
    source = read_live_sources(file)["kolada"]
    (fetched,) = fetch(data, [(source, ids)], How(patience=QUICK))
    return fetched


@pytest.fixture(scope="module")
def fetched(tmp_path_factory):
    """A data folder, few tables and a sources file, with a release of what the service held, which is up no more."""
    folder = tmp_path_factory.mktemp("kolada")
    write_few_tables(folder / "tables")
    with kolada(given=GIVEN) as service:
        file = sources_file(folder, service)
        assert fetching(folder / "data", file).why is None
    assert service.breaches == []
    sources = read_live_sources(file)
    outcome = build(folder / "data", BASE, folder / "tables", sources=sources)
    return folder, file, outcome.release


@pytest.fixture(scope="module")
def client(fetched):
    """A client of an endpoint on that release."""
    with asking(fetched[2]) as client:
        yield client


def test_series_tell_their_first_and_last_year_and_the_address_of_each_observation(fetched):
    told, found = years_and_addresses(fetched[2])
    assert told == found
    assert told


def select(release, text):
    store = ox.Store.read_only(str(release.store))
    prefixes = f"PREFIX mg: <{BASE.iri}spec/> PREFIX qb: <http://purl.org/linked-data/cube#> "
    prefixes += "PREFIX d: <http://purl.org/linked-data/sdmx/2009/dimension#> "
    prefixes += "PREFIX m: <http://purl.org/linked-data/sdmx/2009/measure#> PREFIX dct: <http://purl.org/dc/terms/> "
    return [[term.value for term in row] for row in store.query(prefixes + text, use_default_graph_as_union=True)]


def test_every_value_of_the_service_is_an_observation_and_nothing_else_is(fetched):
    _, _, release = fetched
    found = select(
        release,
        """SELECT ?o ?value ?year WHERE { ?o m:obsValue ?value ; d:refPeriod ?year ; qb:dataSet ?set
           FILTER(CONTAINS(STR(?set), "/kolada-")) }""",
    )
    service, expected = kolada(given=GIVEN), {}
    for kpi, place, year in product(KPIS, PLACES, (2019, 2020, 2021)):
        area = {"0000": "SE", "0003": "03", "0009": "09"}.get(place["id"], place["id"])
        for sex, named in {"T": "/total", "K": "/women", "M": "/men"}.items():
            if kpi["is_divided_by_gender"] or sex == "T":
                value = service.value(kpi["id"], place["id"], year, sex) or {"value": None}
                ending = named if kpi["is_divided_by_gender"] else ""
                expected[f"{kpi['id'].lower()}/{area}/{year}{ending}"] = value["value"]
    assert None in expected.values()
    values = {o.partition("/id/observation/kolada-")[2]: float(value) for o, value, _ in found}
    assert values == {key: value for key, value in expected.items() if value is not None}
    assert values["n00401/0380/2021"] == 12.5


def test_what_the_source_says_of_missing_values_is_in_the_series(fetched):
    _, _, release = fetched
    found = select(
        release,
        """SELECT ?p ?value WHERE { <http://localhost:8000/id/slice/kolada-n00401/0380> ?p ?value
           FILTER(?p IN (mg:missingIn, mg:statusInSource)) } ORDER BY ?value""",
    )
    assert [(p.rpartition("/")[2], value) for p, value in found] == [
        ("missingIn", "2019"),
        ("statusInSource", "2019 Missing"),
        ("missingIn", "2020"),
        ("statusInSource", "2020 Private"),
    ]


def test_the_files_in_json_stat_have_the_values_of_the_tables_and_the_words_of_the_source(fetched):
    _, _, release = fetched
    tables = release.path / "tables"
    assert_as_in_the_tables(tables)
    cells = decode((tables / "kolada-n00401.sv.json").read_bytes())
    assert {
        year: cells[frozenset({"area": "0380", "year": year, "unit": "tonne-co2e-per-inhabitant"}.items())]
        for year in ("2019", "2020", "2021")
    } == {
        "2019": Said("", "Missing"),
        "2020": Said("", "Private"),
        "2021": Said("12.5", "Preliminary"),
    }
    assert {dict(key)["sex"] for key in decode((tables / "kolada-n00945.en.json").read_bytes())} == set(Sex)


@pytest.mark.parametrize("address", ["res/slice/{}/0380.csv", "res/dataset/{}.csv", "sv/compare/{}.csv?area=0380"])
def test_a_table_has_the_word_of_the_source_for_a_value(client, address):
    rows = csv.DictReader(io.StringIO(client.get(f"/{address.format('kolada-n00401')}").text))
    told = {row["observation"]: row["status"] for row in rows}
    assert told.pop("http://localhost:8000/id/observation/kolada-n00401/0380/2021") == "Preliminary"
    assert set(told.values()) <= {""}


def test_a_workbook_has_the_word_of_the_source_for_a_value(client):
    content = client.get("/en/compare/kolada-n00401.xlsx?area=0380").content
    header, *rows = load_workbook(io.BytesIO(content)).worksheets[0].values
    assert header[-1] == "Word of the source for the value"
    assert [row[:1] + row[3:4] for row in rows if row[-1]] == [("0380", 2021)]


@pytest.mark.parametrize(
    "path",
    [
        "res/slice/kolada-n00401/0380",
        "res/observation/kolada-n00401/0380/2021",
        "res/dataset/kolada-n00401",
        "res/municipality/0380",
    ],
)
def test_a_page_has_the_word_of_the_source_beside_a_value(client, path):
    for language, words in [("sv", "källans ord"), ("en", "the word of the source")]:
        shown = client.get(f"/{path}.{language}.html").text
        assert f"12{',' if language == 'sv' else '.'}5" in shown
        assert f'({words}: <span translate="no">Preliminary</span>)' in shown


def test_a_data_set_is_of_an_indicator_with_its_terms_and_when_there_is_more(fetched):
    _, _, release = fetched
    ((licence, attribution, indicator, day, period),) = select(
        release,
        """SELECT ?licence ?attribution ?indicator ?day ?period WHERE {
             <http://localhost:8000/id/dataset/kolada-n00401> dct:license ?licence ; mg:attribution ?attribution ;
               mg:valuesOf ?indicator ; mg:publicationDay ?day ; mg:publicationPeriod ?period }""",
    )
    assert (licence, attribution) == ("https://www.kolada.se/om-oss/api/", "Källa: Kolada")
    assert indicator == "http://localhost:8000/id/indicator/kolada-N00401"
    assert (day, period) == ("2026-06-09", "2024")


def test_a_data_set_has_what_kolada_says_of_the_key_figure_and_its_page_says_it(fetched, client):
    """There it tells what is measured, that a series is revised, and where one is broken: it marks none of that."""
    _, _, release = fetched
    said = select(
        release, "SELECT ?dataset ?said (LANG(?said) AS ?language) { ?dataset a qb:DataSet ; dct:description ?said }"
    )
    assert {dataset for dataset, _, _ in said} == {
        dataset
        for (dataset,) in select(
            release, 'SELECT ?d { ?d a qb:DataSet FILTER (CONTAINS(STR(?d), "/dataset/kolada-")) }'
        )
    }
    assert {(words, language) for _, words, language in said} == {("Påhittat för ett prov. Källa: ingen.", "sv")}
    for language, whose in (("sv", "utgivarens beskrivning"), ("en", "the publisher&#39;s description")):
        page = client.get(f"/res/dataset/kolada-n00401.{language}.html").text
        assert (
            f'<q lang="sv">Påhittat för ett prov. Källa: ingen.</q> <span class="small muted">({whose})</span>' in page
        )


def test_a_data_set_of_an_indicator_is_called_in_english_as_that_is(fetched):
    _, _, release = fetched
    titles = select(
        release,
        """SELECT ?dataset ?title WHERE {
      ?dataset a qb:DataSet ; dct:title ?title FILTER (LANG(?title) = "en" && CONTAINS(STR(?dataset), "kolada-")) }""",
    )
    assert {of.rpartition("/")[2]: title for of, title in titles} == {
        "kolada-n00401": "Emissions to air of greenhouse gases, total, tonnes of CO2 equivalents per inhabitant",
        "kolada-n00510": "Emissions to air of volatile organic compounds, total, tonnes of NMVOC",
        "kolada-n00945": "Key figure N00945 of Kolada",  # is of no indicator
        "kolada-n99999": "Key figure N99999 of Kolada",
    }


def test_who_comes_from_a_municipality_sees_it_among_the_municipalities_and_on_a_map_of_its_county(fetched, client):
    page = client.get("/res/municipality/0380.en.html").text
    assert 'href="/en/compare/kolada-n00401?area=0380"' in page
    among = client.get("/en/compare/kolada-n00401?area=0380").text
    assert re.search(r"<li><span[^>]*>Uppsala</span>: rank \d of 2</li>|<li>Uppsala: rank \d of 2</li>", among)
    there = re.search(r'href="(/en/compare/kolada-n00401\?area=0380&amp;within=03)"', among)
    within = client.get(there[1].replace("&amp;", "&")).text
    drawn = within.partition('id="map"')[2].partition("</svg>")[0]
    assert drawn.count('<path class="step-none"') + drawn.count("<a ") == 8  # the municipalities of the county
    assert {"Håbo: ", "Uppsala: "} == set(re.findall(r'aria-label="(\S+ )', drawn))


def test_an_indicator_tells_the_newest_year_with_a_value(fetched):
    _, _, release = fetched
    newest = dict(select(release, "SELECT ?indicator ?year { ?indicator mg:newestPeriod ?year }"))
    valued = select(
        release,
        """SELECT ?indicator ?year { ?dataset mg:valuesOf ?indicator ; qb:slice/qb:observation ?one .
             ?one d:refPeriod ?year FILTER (CONTAINS(STR(?dataset), "/dataset/kolada-")) }""",
    )
    assert newest == {indicator: max(year for one, year in valued if one == indicator) for indicator, _ in valued}
    assert newest["http://localhost:8000/id/indicator/kolada-N00401"] == "2021"


@pytest.mark.parametrize("folder", ["qb-integrity"])
def test_the_cube_keeps_the_integrity_conditions(fetched, folder):
    if not conditions(folder):
        pytest.skip(f"the conditions are not here: no folder {SHARED / folder}")
    store = ox.Store.read_only(str(fetched[2].store))
    plain = [path for path in conditions(folder) if not path.stem.endswith("template")]
    assert [path.name for path in plain if not holds(store, path.read_text(encoding="utf-8"))] == []


def test_the_line_of_a_row_is_one_that_can_be_looked_up(fetched):
    _, _, release = fetched
    found = select(
        release,
        """SELECT ?slice ?line WHERE { ?slice a qb:Slice ; mg:statedIn ?row . ?row mg:table "kolada_series" ;
           mg:line ?line }""",
    )
    with (release.path / "report" / "kolada_series.csv").open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    assert len(found) == len(table) > 0
    for thing, line in found:
        row = table[int(line) - 2]
        assert thing.endswith("/".join(filter(None, (row["dataset"], row["area"], row["sex"]))))


def test_the_table_of_a_data_set_has_sex_status_and_whether_its_year_was_over(fetched):
    _, _, release = fetched
    with (release.path / "tables" / "kolada-n00945.csv").open(encoding="utf-8", newline="") as lines:
        assert {(row["sex"], row["unit"]) for row in csv.DictReader(lines)} == {
            (sex, "percent") for sex in ("total", "women", "men")
        }
    package = json.loads((release.path / "about" / "datapackage.json").read_bytes())
    fields = {r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"] if "schema" in r}
    assert fields["kolada-n00945.csv"][-3:] == ["sex", "status", "year_not_over"]
    assert fields["forest-birds-2024.csv"][-1] == "unit"


def test_the_document_of_a_data_set_has_the_table_that_the_store_would_give(fetched, client):
    _, _, release = fetched
    store = ox.Store.read_only(str(release.store))
    keys = [path.stem for path in (release.path / "tables").glob("*.csv")]
    answers = {key: client.get(f"/res/dataset/{key}.csv").content for key in keys}
    assert any(b"/def/sex/women" in answer for answer in answers.values())
    for key, answer in answers.items():
        thing = URIRef(str(release.base.localise(iri.mint("dataset", key))))
        asked = query("tables/dataset").asking(release.base, {"thing": (thing,)})
        assert answer == store.query(asked, use_default_graph_as_union=True).serialize(
            format=ox.QueryResultsFormat.CSV
        )  # rows that no variable holds: no other thread may drop them


def test_the_dump_has_the_digits(fetched):
    _, _, release = fetched
    text = gzip.decompress((release.path / "dump" / "kolada.nt.gz").read_bytes()).decode()
    assert '"12.5"^^<http://www.w3.org/2001/XMLSchema#decimal>' in text


@pytest.mark.parametrize("dataset", ["kolada-n00401", "kolada-n00945"])
def test_the_series_in_the_file_of_a_fetched_data_set_are_those_in_the_store(client, dataset):
    from_file, from_store = read_both_ways(client, dataset)
    assert from_file == from_store != ()
    assert {bool(each.sex) for each in from_file} == {dataset == "kolada-n00945"}
    assert any(value.status for each in from_file for value in each.values) == (dataset == "kolada-n00401")


def test_areas_of_a_data_set_without_a_version_are_compared(client):
    answer = client.get("/sv/compare/kolada-n00401?area=03&area=09", headers={"Accept": "text/html"})
    taken = client.get("/sv/compare/kolada-n00401.csv?area=03&from=2020&to=2020").text
    of_indicator = client.get("/sv/compare?indicator=kolada-N00401", headers={"Accept": "text/html"})
    unknown = client.get("/sv/compare?indicator=kolada-N99998")
    assert of_indicator.url.path == "/sv/compare/kolada-n00401"
    assert (unknown.status_code, "kolada-N00401" in unknown.json()["allowed"]) == (400, True)
    assert answer.status_code == 200
    assert answer.text.count('class="line-behind"') == 2
    assert {row["code"] for row in csv.DictReader(taken.splitlines())} >= {"SE", "03"}
    assert "Utgivare: Rådet för främjande av kommunala analyser (RKA)" in answer.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("dataset/kolada-n00401", "2026-06-09"),
        ("slice/kolada-n00401/0380", '(<span translate="no">Private</span>)'),
        ("slice/kolada-n00945/0380/women", "kvinnor"),
        ("observation/kolada-n00945/03/2020/men", "män"),
        ("municipality/0380", "slice/kolada-n00401/0380"),
        ("municipality/0305", "Den grå, streckade linjen är riket."),
        ("indicator/kolada-N00401", "/sv/compare/kolada-n00401"),
        ("indicator/kolada-N00401", "kolada-n00401"),
        ("source/kolada", "https://www.kolada.se/om-oss/api/"),
    ],
)
def test_pages_show_it(client, path, told):
    answer = client.get(f"/id/{path}", headers={"Accept": "text/html", "Accept-Language": "sv"})
    assert answer.status_code == 200
    assert told in answer.text


def test_the_same_fetch_gives_the_same_release(fetched):
    folder, file, release = fetched
    again = build(folder / "data", BASE, folder / "tables", sources=read_live_sources(file))
    assert (again.release.id, again.is_new) == (release.id, False)


# --- how fresh it is


def test_a_source_that_fails_is_stale_in_the_next_release_and_the_old_values_stay(fetched, tmp_path):
    folder, file, release = fetched
    with kolada() as service:
        service.misbehave(ways.failing(404), times=None)
        away = sources_file(tmp_path, service)
        assert "status 404" in fetching(folder / "data", away).why
    try:
        outcome = build(folder / "data", BASE, folder / "tables", sources=read_live_sources(file))
        assert outcome.is_new
        ((since,),) = select(
            outcome.release, f"SELECT ?since WHERE {{ <{BASE.iri}id/source/kolada> mg:staleSince ?since }}"
        )
        (live,) = outcome.release.record["live"]
        assert (live["source"], live["stale_since"]) == ("kolada", since)
        assert "status 404" in live["why"]
        assert outcome.release.record["counts"]["observation"] == release.record["counts"]["observation"]
        with asking(outcome.release) as client:
            assert "Inte förnyad sedan" in client.get("/res/source/kolada.sv.html").text
    finally:
        (folder / "data" / "sources" / "kolada" / "failed.json").unlink()


def test_the_day_on_which_a_source_is_to_be_fetched_again_stands_in_its_release_and_on_its_page(fetched):
    _, _, release = fetched
    (live,) = release.record["live"]
    assert date.fromisoformat(live["due"]) - date.fromisoformat(live["retrieved"]) == timedelta(days=30)
    with asking(release) as client:
        assert f"<dt>Bör hämtas igen</dt><dd>{live['due']} " in client.get("/res/source/kolada.sv.html").text
        assert "<dt>Bör hämtas igen</dt>" not in client.get("/res/source/editors.sv.html").text


@pytest.mark.parametrize(("today", "is_overdue"), [("2026-11-01", False), ("2026-10-31", False), ("2026-11-02", True)])
def test_whoever_builds_is_told_of_a_source_that_is_overdue(today, is_overdue):
    told = Freshness("kolada", "2026-10-02", "2026-11-01").fault(today)
    assert (told is not None) is is_overdue
    assert told is None or told.endswith("was to be fetched again by 2026-11-01: miljograf fetch kolada")


def test_a_required_source_that_fails_stops_the_build(fetched, tmp_path, own_rows):
    _, file, _ = fetched
    source = read_live_sources(file)["kolada"].model_copy(update={"required": True})
    cache = cache_of(tmp_path, "kolada")
    with pytest.raises(NoLiveSource, match="kolada is required and not fresh: it was never fetched"):
        read_live(tmp_path, {"kolada": source}, own_rows)
    cache.fail("2026-11-26", "it was away")
    with pytest.raises(NoLiveSource, match="it was away"):
        read_live(tmp_path, {"kolada": source}, own_rows)


def test_a_body_that_has_changed_stops_the_build_with_the_way_out(fetched, own_rows, tmp_path):
    with kolada() as service:
        file = sources_file(tmp_path, service)
        fetching(tmp_path / "data", file)
    body = next((tmp_path / "data" / "sources" / "kolada" / "bodies").iterdir())
    body.write_bytes(b"{}")
    run = CliRunner().invoke(main, ["build", "--data", str(tmp_path / "data"), "--sources", str(file)])
    assert run.exit_code == 1
    assert (
        "has other bytes than when it was fetched; `miljograf fetch` gets it anew. Nothing was published" in run.stderr
    )
    assert not list(Releases(tmp_path / "data").ids())


def test_what_was_fetched_from_another_address_stops_the_build_with_the_way_out(tmp_path, own_rows):
    with kolada() as service:
        fetching(tmp_path / "data", sources_file(tmp_path, service))
        with pytest.raises(NoLiveSource) as refused:
            read_live(tmp_path / "data", {"kolada": SOURCE}, own_rows)
    assert f"what was fetched is from {service.address}" in str(refused.value)
    assert f"{SOURCE.address}. Build with the sources file of the fetch (--sources)" in str(refused.value)


@pytest.mark.parametrize("name", ["whole.json", "failed.json"])
@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, '{"since": 5}', '{"asked": {}, "retrieved": 5}'])
def test_what_is_noted_of_a_fetch_and_damaged_stops_the_build_with_the_way_out(tmp_path, own_rows, name, content):
    with kolada() as service:
        file = sources_file(tmp_path, service)
        fetching(tmp_path / "data", file)
        noted = tmp_path / "data" / "sources" / "kolada" / name
        noted.write_text(content)
        with pytest.raises(NoLiveSource, match=rf"^kolada: .*{name} cannot be used; `miljograf fetch` writes it anew"):
            read_live(tmp_path / "data", read_live_sources(file), own_rows)
        fetching(tmp_path / "data", file)
    assert read_live(tmp_path / "data", read_live_sources(file), own_rows).rows


def test_a_fetch_whose_values_cannot_be_used_is_not_kept(tmp_path):
    with kolada(given={("N00401", "0380", 2020, "T"): ("12,5", "")}) as service:
        file = sources_file(tmp_path, service)
        words = ["fetch", "--data", str(tmp_path / "data"), "--sources", str(file), "--kpi", "N00401"]
        run = CliRunner().invoke(main, words)
        assert run.exit_code == 1
        assert "the value '12,5' is no number of JSON" in run.stderr
        assert cache_of(tmp_path / "data", "kolada").catch() is None
        service.given = {}
        assert CliRunner().invoke(main, words).exit_code == 0


def test_without_a_fetch_nothing_is_added(tmp_path, own_rows):
    live = read_live(tmp_path, read_live_sources(), own_rows)
    assert (live.rows, live.freshness) == ((), ())
