"""Tables of PxWeb in a release: what is asked within the limits, what the answers become, what is wrong with one.

Every table and value is made up by the services of the tests, which others wrote from the descriptions.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from math import prod
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.build import build
from loaders.client import Patience
from loaders.composing import compose
from loaders.curated import read_all
from loaders.endings import _giver, ended_by_sources
from loaders.fetch import How, fetch
from loaders.identifiers import identifiers_of
from loaders.json_stat import read_cells
from loaders.lifecycle import History
from loaders.live import read_live_sources
from loaders.live_rows import read_catch, read_live
from loaders.publisher import EDITORS
from loaders.pxweb import PxWebDataset, PxWebSeries, read
from loaders.pxweb_api import Addresses, Limits, read_variables, split
from loaders.pxweb_mapping import Table as Mapped
from loaders.release import Releases
from loaders.row import lines_of, statements
from ontology.base import Base
from ontology.engine import as_ntriples
from ontology.schemes import Sex, Unit
from tests.builds import write_few_tables
from tests.fetching import fault_of
from tests.json_stat import assert_as_in_the_tables
from tests.series_in_dumps import years_and_addresses
from tests.services.jsonstat import Table, Variable, dataset
from tests.services.pxweb import EMISSIONS, V1, V2, PxWeb
from tests.services.service import Rate

BASE = Base("http://localhost:8000/")
EXAMPLE = Path(__file__).parents[1] / "docs" / "pxweb-example.toml"
SOURCE = read_live_sources(EXAMPLE)["example-emissions"]
OF = {"pxweb-2": (V2, EMISSIONS.id), "pxweb-1": (V1.removesuffix("ssd/"), "ssd/MI/MI0107/TotaltUtslapp")}
"""Where each interface is, and what it calls the table."""


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pxweb")
    write_few_tables(folder / "tables")
    return folder


@pytest.fixture(scope="module")
def rows(few):
    return read_all(few / "tables").rows


def source_at(service, interface="pxweb-2", **changes):
    """The example as a source that the service has."""
    below, table = OF[interface]
    mapped = SOURCE.table.model_copy(update={"interface": interface, "id": table, **changes})
    address = service.address.rstrip("/") + below
    return SOURCE.model_copy(
        update={"address": address, "is_private": True, "calls_per_second": 1000.0, "table": mapped}
    )


def fetched(folder, source, rows):
    """What became of the source, and the rows that it gives."""
    how = How(patience=Patience(attempts=1), check=lambda source, cache, catch: read_catch(source, cache, catch, rows))
    (done,) = fetch(folder, [(source, None)], how)
    live = read_live(folder, {source.id: source}, rows).rows if done.why is None else ()
    return done, [row for row in live if isinstance(row, PxWebSeries | PxWebDataset)]


# --- what is asked


@pytest.mark.parametrize("interface", OF)
def test_every_value_is_got_within_the_limits_that_the_service_states(tmp_path, rows, interface):
    with PxWeb(most_cells=9) as service:
        done, found = fetched(tmp_path, source_at(service, interface), rows)
    assert done.why is None
    assert service.breaches == []
    posted = [request for request in service.requests if request.method == "POST"]
    assert len(posted) == 4  # thirty values: the years are halved, and halved again
    dataset, *series = found
    assert isinstance(dataset, PxWebDataset)
    for row in series:
        for year in map(str, range(2015, 2025)):
            area = {"SE": "00"}.get(row.area, row.area)
            value, status = EMISSIONS.cell((area, "CO2", "2", "000001AB", year))
            read = {each.year: (each.value, each.status) for each in (*row.values, *row.missing)}
            assert read[year] == ("" if value is None else str(value), status)
    assert {row.area for row in series} == {"SE", "01", "12"}


def test_calls_are_no_closer_than_the_service_says(tmp_path, rows):
    with PxWeb(most_cells=5, rate=Rate(4, 1.0)) as service:
        done, _ = fetched(tmp_path, source_at(service), rows)
    assert (done.why, service.breaches) == (None, [])
    assert len(service.requests) > 8


def test_no_part_of_a_selection_is_beyond_the_limits_and_all_of_it_is_asked_for():
    wanted = {"Region": [f"{n:04}" for n in range(312)], "Tid": [str(year) for year in range(1990, 2025)], "X": ["1"]}
    for limits in (Limits(1000, None, 30, 10), Limits(10_000_000, 100, 30, 10), Limits(1, None, 30, 10)):
        parts = list(split(wanted, limits))
        assert max(prod(map(len, part.values())) for part in parts) <= limits.cells
        assert limits.values is None or max(sum(map(len, part.values())) for part in parts) <= limits.values
        cells = [(area, year) for part in parts for area in part["Region"] for year in part["Tid"]]
        assert len(cells) == len(set(cells)) == 312 * 35


def test_a_limit_that_lets_nothing_through_is_told_of(tmp_path, rows):
    with PxWeb(most_values=2) as service:
        done, _ = fetched(tmp_path, source_at(service, "pxweb-1"), rows)
    assert "too few for one" in done.why


# --- what it becomes


def test_the_title_is_that_of_the_table_and_of_what_was_chosen(tmp_path, rows):
    with PxWeb() as service:
        _, (dataset, first, *_) = fetched(tmp_path, source_at(service), rows)
    assert dataset.id == "pxweb-example-emissions"
    assert dataset.title_sv == f"{EMISSIONS.label}: koldioxid, transporter, Utsläpp, kiloton"
    assert first.title_sv == f"{dataset.title_sv}, Stockholms län"
    assert first.unit is Unit.AS_NAMED


def test_a_table_that_is_divided_by_sex_or_sector_has_a_series_for_each(rows):
    sexes = Variable("Kon", "kön", {"1": "män", "2": "kvinnor", "1+2": "totalt"})
    table = Table("TAB0001", "Påhittat", (EMISSIONS.variables[0], sexes, EMISSIONS.variables[-1]))
    by = {"values": {}, "unit_in_table": None}
    mapped = {"sex": "Kon", "sexes": {"1": Sex.MEN, "2": Sex.WOMEN, "1+2": Sex.TOTAL}, **by}
    found = described(rows, table, **mapped)
    assert {row.key for row in found if row.area == "01"} == {
        f"pxweb-example-emissions/01/{sex}" for sex in ("men", "women", "total")
    }
    for row in found:
        assert sorted(row.ntriples(as_ntriples)) == sorted(lines_of(statements(row), as_ntriples))
    table = replace(table, variables=(EMISSIONS.variables[0], EMISSIONS.variables[2], EMISSIONS.variables[-1]))
    found = described(rows, table, sector="Sektor", sectors={"3": "jordbruk"}, **by)
    assert {(row.key, row.division.column) for row in found if row.area == "01"} == {
        ("pxweb-example-emissions/01/jordbruk", "sector")
    }


def described(rows, table=EMISSIONS, spoil=lambda _: None, **changes):
    """The series of a table that is answered in one piece, after something was spoiled in the answer."""
    mapped = SOURCE.table.model_copy(update={"id": table.id, **changes})
    source = SOURCE.model_copy(update={"table": mapped})
    about = dataset(table, {each.code: list(each.values) for each in table.variables}, has_values=False)
    chosen = {code: [value] for code, value in mapped.values.items()} | {mapped.divided_by: list(mapped.parts)}
    wanted = {
        each.code: [v for v in chosen.get(each.code, each.values) if v in each.values] for each in table.variables
    }
    answer = dataset(table, wanted)
    spoil(answer)
    addresses = Addresses.of(source)
    answers = {addresses.table: about, f"{addresses.values}#1": answer}
    found = read(source, [(url, json.dumps(page).encode()) for url, page in answers.items()], rows)
    return [row for row in found if isinstance(row, PxWebSeries)]


# --- what is wrong

MISFITS = {
    "metadata?lang=sv: there is no dimension Lan; the table has Region, Vaxthusgas": {"area": "Lan"},
    "does not say what the dimension Sektor is: choose a value": {
        "values": {"Vaxthusgas": "CO2", "ContentsCode": "000001AB"}
    },
    "has no value N2O; it has CO2 (koldioxid), CH4 (metan)": {"values": SOURCE.table.values | {"Vaxthusgas": "N2O"}},
    "there is no area 00 (Riket) in our tables: say which it is (areas)": {"areas": {}},
    "ContentsCode 000001AB is in kiloton, and the sources file says ton of it": {"unit_in_table": "ton"},
    "there is no sector rymdfart in sectors.csv": {
        "values": {"Vaxthusgas": "CO2", "ContentsCode": "000001AB"}, "sector": "Sektor", "sectors": {"1": "rymdfart"}
    },
}  # fmt: skip


@pytest.mark.parametrize("told", MISFITS)
def test_a_mapping_that_does_not_fit_is_told_of_with_the_way_out(rows, told):
    with pytest.raises(ValueError, match=r"^https://statistikdatabasen\.scb\.se/api/v2/tables/TAB4698/") as error:
        described(rows, **MISFITS[told])
    assert told in str(error.value)


SPOILED = {
    "value has 29 entries, and size is of 30 cells": lambda page: page["value"].pop(),
    "dimension.Region has 3 categories, and size says 4": lambda page: page["size"].__setitem__(0, 4),
    "id names 5 dimensions and size 4": lambda page: page["size"].pop(),
    "id has a code that is no text": lambda page: page["id"].__setitem__(0, ["Region"]),
    "dimension.Tid: category.index is neither": lambda page: page["dimension"]["Tid"]["category"].update(index=[[]]),
    "dimension.Tid: label and category.label are not texts": lambda page: page["dimension"]["Tid"].update(label=[7]),
    "value[0]: the value '1 234,5' is no number of JSON": lambda page: page["value"].__setitem__(0, "1 234,5"),
    "this is no dataset of JSON-stat 2.0": lambda page: page.update(version="1.3"),
    "dimension.Tid: it has no category": lambda page: page["dimension"]["Tid"].pop("category"),
    "value is neither a list nor an object": lambda page: page.update(value=7),
    "value has an entry at '30', and size is of 30 cells": lambda page: page.update(value={"30": 1}),
    "Tid is '2015M01', which is no year": lambda page: rename(page, "Tid", "2015", "2015M01"),
    "Region is 99, which was not asked for": lambda page: rename(page, "Region", "12", "99"),
    "Vaxthusgas is CH4, and CO2 was asked for": lambda page: rename(page, "Vaxthusgas", "CO2", "CH4"),
    "category.index does not give each category a place": lambda page: rename(page, "Region", "12", "99", place=1),
}


def rename(page, code, before, after, place=None):
    """Call a category something else, or put it elsewhere."""
    category = page["dimension"][code]["category"]
    index = category["index"].pop(before)
    category["index"][after] = index if place is None else place
    category["label"][after] = category["label"].pop(before)


@pytest.mark.parametrize("told", SPOILED)
def test_an_answer_that_is_wrong_is_told_of_with_its_place(rows, told):
    with pytest.raises(ValueError, match=r"data\?lang=sv&outputFormat=json-stat2#1: ") as error:
        described(rows, spoil=SPOILED[told])
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("values", "told"), [(["12", "12"], "comes twice"), (["12", ["25"]], "no text"), (["12"], "not as many values")]
)
def test_a_dimension_of_version_1_whose_codes_cannot_be_used_is_told_of(values, told):
    table = SOURCE.table.model_copy(update={"interface": "pxweb-1"})
    page = {"variables": [{"code": "Region", "text": "län", "values": values, "valueTexts": ["Skåne", "Norrbotten"]}]}
    with pytest.raises(ValueError, match=rf"^variables\[0\].*{told}"):
        read_variables(table, page)


def test_two_values_of_one_area_and_year_are_told_of(rows):
    first, second = (EMISSIONS.cell((code, "CO2", "2", "000001AB", "2015"))[0] or "nothing" for code in ("01", "12"))
    assert first != second
    with pytest.raises(ValueError, match=rf"#1: 12 2015 is {second} here and {first} before: only one can hold"):
        described(rows, areas={**SOURCE.table.areas, "01": "12"})


def test_values_that_are_not_all_there_are_told_of(rows):
    def without_a_year(page):
        page["dimension"]["Tid"]["category"]["index"].pop("2024")
        page["size"][-1] = 9
        page["value"] = page["value"][:27]
        page.pop("status", None)

    with pytest.raises(ValueError, match="27 of 30 values are there; `miljograf fetch` gets them anew"):
        described(rows, spoil=without_a_year)


def test_values_by_their_places_and_one_status_for_all_are_read_as_a_list_of_them_is():
    page = {"class": "dataset", "version": "2.0", "id": ["a", "b"], "size": [2, 1], "value": {"1": 2}, "status": "p"}
    page["dimension"] = {
        "a": {"category": {"index": ["x", "y"]}},
        "b": {"category": {"label": {"z": "the only one"}}},
    }
    assert [(cell.codes, cell.digits, cell.status) for cell in read_cells(page)] == [
        (("x", "z"), "", "p"),
        (("y", "z"), "2", "p"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('interface = "pxweb-2"', 'interface = "pxweb-3"', "table.interface"),
        ('id = "TAB0000"', 'id = "../v3/config"', "below the address"),
        ('year = "Tid"', 'year = "Region"', "the dimension Region is said to be two things"),
        ('year = "Tid"', 'year = "Tid"\nsex = "Kon"', "go together"),
        ('unit = "as-named"', 'unit = "smoots"', "table.unit"),
    ],
)
def test_a_fault_of_the_mapping_is_named(tmp_path, old, new, told):
    assert told in fault_of(Path(shutil.copy(EXAMPLE, tmp_path)), old, new)


def test_the_example_is_of_no_table_that_there_is_the_product_names_none_and_every_line_is_documented():
    assert SOURCE.table.id == "TAB0000"
    assert not [source.id for source in read_live_sources().values() if source.table]
    told = re.findall(r"`table\.([a-z_]+)`", (EXAMPLE.parent / "fetch.md").read_text(encoding="utf-8"))
    assert sorted(told) == sorted(Mapped.model_fields)


# --- in a release


@pytest.fixture(scope="module")
def built(few, rows):
    """A release with the table, and the source that gave it."""
    with PxWeb() as service:
        source = source_at(service)
        assert fetched(few / "data", source, rows)[0].why is None
    return build(few / "data", BASE, few / "tables", sources={source.id: source}).release, source


def test_series_tell_their_first_and_last_year_and_the_address_of_each_observation(built):
    told, found = years_and_addresses(built[0])
    assert told == found
    assert told


def test_a_table_is_a_data_set_of_the_release(built):
    release, _ = built
    assert (release.path / "tables" / "pxweb-example-emissions.csv").is_file()
    assert_as_in_the_tables(release.path / "tables")
    app = create_app(release, Settings(release.path.parent.parent, workers=2, deadline=5.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=True) as client:
        headers = {"Accept": "text/html", "Accept-Language": "sv"}
        page = client.get("/id/slice/pxweb-example-emissions/01", headers=headers)
    assert page.status_code == 200
    assert "pxweb-example-emissions/01/2015" in page.text
    assert '(<span translate="no">..</span>)' in page.text


def test_what_the_service_gives_no_more_ends(few, rows, built):
    shorter = replace(EMISSIONS, variables=(*EMISSIONS.variables[:-1], Variable("Tid", "år", {"2015": "2015"}, "time")))
    with PxWeb(tables=[shorter]) as service:
        source = source_at(service)
        assert fetched(few / "data", source, rows)[0].why is None
    curated = read_all(few / "tables").with_live(read_live(few / "data", {source.id: source}, rows).rows)
    named, _ = identifiers_of(BASE, compose(curated, BASE, EDITORS).graphs)
    ended = {
        row.identifier: row.since
        for row in ended_by_sources(curated, named, "2030-01-01", History(Releases(few / "data")))
    }
    assert ended["id/observation/pxweb-example-emissions/SE/2016"] == "2030-01-01"
    assert "id/observation/pxweb-example-emissions/SE/2015" not in ended
    assert not [path for path in ended if "pxweb-example-emissions" not in path]


def test_sources_whose_names_begin_alike_do_not_end_each_other():
    of_source = {"a": ("id/dataset/pxweb-a", "id/slice/pxweb-a", "id/row/a/"), "b": ("id/row/a/b-", "id/row/c/b-1")}
    assert _giver("id/dataset/pxweb-a", of_source) == "a"
    assert _giver("id/slice/pxweb-a/SE", of_source) == "a"
    assert _giver("id/dataset/pxweb-a-b", of_source) is None
    assert _giver("id/row/a/x/y", of_source) == "a"
    assert _giver("id/row/a/b-1/2", of_source) == "b"  # which says more of it than the other
    assert _giver("id/row/c/b-1/x-2", of_source) == "b"
    assert _giver("id/row/c/b-11", of_source) is None
