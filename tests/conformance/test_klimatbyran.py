"""Klimatbyrån's emission data in a release: what the files become, how they meet the tables, what is wrong with a file.

Values are made up but for the tests of the real files, which are skipped where these are not at hand.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.dataset import Dataset
from endpoint.parts import observations
from endpoint.settings import Settings
from loaders.build import build
from loaders.client import Patience
from loaders.curated import read_all
from loaders.fetch import How, fetch
from loaders.klimatbyran import KlimatbyranDataset, KlimatbyranSeries, KlimatbyranSeriesTitle, read
from loaders.klimatbyran_api import FILES, checksum_of
from loaders.live import KnownRelease, read_live_sources
from loaders.live_rows import NoLiveSource, read_catch
from loaders.observations import Observation
from loaders.release import Releases
from loaders.row import Row, statements
from ontology import iri
from ontology.base import Base
from ontology.namespaces import QB, RDF
from tests.builds import write_few_tables
from tests.json_stat import assert_as_in_the_tables
from tests.klimatbyran import REAL, YEARS, bodies, made_files, real_bodies
from tests.series_in_dumps import years_and_addresses
from tests.series_in_tables import read_both_ways
from tests.services.static_files import StaticFiles

BASE = Base("http://localhost:8000/")
SOURCE = read_live_sources()["klimatbyran"]
REASON = f"the real files of Klimatbyrån are not here: no folder {REAL}"


@pytest.fixture(scope="module")
def own_rows():
    return read_all().rows


@pytest.fixture(scope="module")
def few_rows(few_built):
    return read_all(few_built / "tables").rows


@pytest.fixture(scope="module")
def real():
    return real_bodies() or pytest.skip(REASON)


def described(rows, found, source=SOURCE):
    return read(source, [(source.address + name, body) for name, body in found.items()], rows)


def series(rows):
    return {row.key: row for row in rows if isinstance(row, KlimatbyranSeries)}


# --- the real files


def test_every_value_that_is_measured_is_read_from_the_real_files_and_nothing_else(own_rows, real):
    found = described(own_rows, real)
    files = {name: json.loads(body, parse_float=Decimal) for name, body in real.items()}
    expected = Counter()
    for name, key in (("municipality", "ghg-municipality"), ("region", "ghg-county")):
        for item in files[f"{name}-data.json"]:
            expected[f"klimatbyran-{key}-2026-08"] += sum(item["emissions"].values())
            for field, figure in (
                ("totalConsumptionEmission", "consumption"),
                ("electricVehiclePerChargePoints", "charging"),
                ("bicycleMetrePerCapita", "cycling"),
            ):
                expected[f"klimatbyran-{figure}-2026-08"] += item.get(field) or 0
        for item in files[f"{name}-sector-emissions.json"]:
            for sectors in item["sectors"].values():
                expected[f"klimatbyran-{key}-sector-2026-08"] += sum(sectors.values())
    del expected["klimatbyran-ghg-county-2026-08"]  # the tables have it
    sums = Counter()
    for row in series(found).values():
        sums[row.dataset] += sum(Decimal(each.value) for each in row.values)
    assert sums == expected
    values = sum(len(row.values) for row in series(found).values())
    assert values == 290 * 10 * (1 + 9) + 21 * 10 * 9 + 311 + 310 + 290
    assert {row.version for row in found if isinstance(row, KlimatbyranDataset)} == {"bc810551"}


def test_the_sectors_of_an_area_add_up_to_its_total_in_the_real_files(own_rows, real):
    found = series(described(own_rows, real))
    added = Counter()
    for row in found.values():
        if row.dataset == "klimatbyran-ghg-municipality-sector-2026-08":
            added.update({(row.area, each.year): Decimal(each.value) for each in row.values})
    totals = {
        (row.area, each.year): Decimal(each.value)
        for row in found.values()
        if row.dataset == "klimatbyran-ghg-municipality-2026-08"
        for each in row.values
    }
    assert added.keys() == totals.keys()
    assert max(abs(added[part] - totals[part]) for part in totals) < Decimal("0.05")  # nine are rounded to hundredths


def test_digits_are_those_of_the_file(own_rows, real):
    found = series(described(own_rows, real))
    assert found["klimatbyran-ghg-municipality-2026-08/1440"].values[-1] == ("2024", "147474.355", "")
    assert found["klimatbyran-ghg-municipality-sector-2026-08/1080/utrikes-transporter"].values[0].value == "0.0"


def test_a_row_of_the_tables_that_differs_from_the_real_file_of_its_release_is_told_of(own_rows, real):
    spoiled = [
        row.model_copy(update={"value": "1.5"})
        if isinstance(row, Observation) and row.key == "ghg-county-2026-08/12/2024"
        else row
        for row in own_rows
        if not (isinstance(row, Observation) and row.key == "ghg-sector-2026-08/SE/2024/jordbruk")
    ]
    with pytest.raises(ValueError, match=r"nation-sector-emissions\.json: the tables have the same release") as error:
        described(spoiled, real)
    assert "nothing for ghg-sector-2026-08, SE, jordbruk, 2024, and the file 6192403.66" in str(error.value)
    without = [row for row in spoiled if not (isinstance(row, Observation) and row.dataset == "ghg-sector-2026-08")]
    with pytest.raises(
        ValueError, match=r"region-data.json: .* has 1.5 for ghg-county-2026-08/12/2024, and the file 5"
    ):
        described(without, real)


# --- releases


def test_a_release_that_nobody_has_named_is_called_by_its_checksum_and_has_no_figures_without_years(few_rows):
    made = bodies(made_files(few_rows))
    found = described(few_rows, made)
    datasets = {row.id: row for row in found if isinstance(row, KlimatbyranDataset)}
    name = checksum_of(made)[:8]
    assert set(datasets) == {
        f"klimatbyran-ghg-{figure}-{name}"
        for figure in ("sector", "county", "county-sector", "municipality", "municipality-sector")
    }
    assert {row.version for row in datasets.values()} == {name}
    assert {row.issued for row in datasets.values()} == {None}


def test_a_release_that_gets_a_name_keeps_its_identifiers_where_its_key_is_what_it_was_published_under(few_rows):
    made = bodies(made_files(few_rows))
    unnamed = [row for row in described(few_rows, made) if isinstance(row, KlimatbyranDataset)]
    checksum = checksum_of(made)
    known = KnownRelease(key=checksum[:8], version="2030-01", issued="2030-01", sha256=checksum)
    source = SOURCE.model_copy(update={"releases": (known,)})
    named = [row for row in described(few_rows, made, source) if isinstance(row, KlimatbyranDataset)]
    assert [row.id for row in named] == [row.id for row in unnamed]
    assert {(row.version, row.issued) for row in named} == {("2030-01", "2030-01")}


def test_a_figure_without_years_has_that_of_the_sources_file_and_is_only_likely(few_rows):
    made = bodies(made_files(few_rows))
    known = KnownRelease(
        key="2030-01", version="abc", issued="2030-01", sha256=checksum_of(made), years={"charging": "2029"}
    )
    found = series(described(few_rows, made, SOURCE.model_copy(update={"releases": (known,)})))
    charging = [row for key, row in found.items() if key.startswith("klimatbyran-charging-2030-01/")]
    assert {row.area for row in charging} == {f"{code}" for code in {row.area[:2] for row in charging}}  # none is null
    assert {(row.values[0].year, row.values[0].value, row.confidence) for row in charging} == {
        ("2029", "8.61", "likely")
    }
    assert not any(key.startswith(("klimatbyran-cycling", "klimatbyran-consumption")) for key in found)


def test_titles_are_by_the_editors_and_in_english_where_area_and_sector_have_names_in_it(few_rows):
    made = bodies(made_files(few_rows))

    def titled(rows: list[Row]) -> dict[str, KlimatbyranSeriesTitle]:
        found = (row for row in described(rows, made) if isinstance(row, KlimatbyranSeriesTitle))
        return {row.slice.partition("/")[2]: row for row in found}

    titles = titled(few_rows)
    assert titles["0380"].title_en == "Territorial greenhouse gas emissions, Uppsala Municipality"
    assert titles["0380/jordbruk"].title_sv == "Växthusgasutsläpp i Uppsala: Jordbruk"
    assert titles["0380/jordbruk"].title_en == "Greenhouse gas emissions in Uppsala Municipality: Agriculture"
    assert {row.source_id for row in titles.values()} == {"editors"}
    unnamed = titled([row for row in few_rows if getattr(row, "name_en", "") != "Agriculture"])
    assert unnamed["0380/jordbruk"].title_en is None


def test_a_sector_without_a_value_is_missing_and_no_observation(few_rows):
    files = made_files(few_rows)
    files["nation-sector-emissions.json"][0]["sectors"]["1990"]["Jordbruk"] = None
    found = series(described(few_rows, bodies(files)))
    (row,) = (row for row in found.values() if row.area == "SE" and row.sector == "jordbruk")
    assert [each.year for each in row.values] == ["2024"]
    assert [each.year for each in row.missing] == ["1990"]
    assert sum(fact[1:3] == (RDF.type, QB.Observation) for fact in statements(row)) == 1


# --- what is wrong with a file

MERGE = b'[\n  {\n<<<<<<< Updated upstream\n    "name": "Ale"\n'
TWICE = b'[{"region": "Uppsala l\xc3\xa4n", "emissions": {"2020": 1.0, "2020": 2.0}}]'

BROKEN = {
    "municipality-data.json: this is not JSON: line 3, column 1": ("municipality-data.json", MERGE),
    "region-data.json: this is a web page or XML": ("region-data.json", b"<!doctype html>"),
    "region-data.json: the JSON is cut off in line 1": ("region-data.json", b'[{"region": "Uppsala'),
    "region-data.json: 2020 is 1.0 and, in the same object, 2.0": ("region-data.json", TWICE),
    "region-data.json: the JSON is a dict, where a list": ("region-data.json", b"{}"),
    "region-data.json: [0] is a int, where an object": ("region-data.json", b"[1]"),
}


@pytest.mark.parametrize("told", BROKEN)
def test_a_file_that_is_broken_is_told_of_with_its_address(few_rows, told):
    name, body = BROKEN[told]
    with pytest.raises(
        ValueError, match=r"^https://raw\.githubusercontent\.com/Klimatbyran/garbo/main/src/data/"
    ) as error:
        described(few_rows, bodies(made_files(few_rows)) | {name: body})
    assert told in str(error.value)


def spoil(change):
    """The files after a change."""

    def spoiled(files):
        change(files["region-data.json"], files["municipality-sector-emissions.json"], files["municipality-data.json"])
        return files

    return spoiled


WRONG = {
    "region-data.json: [0] Atlantis: there is no county of that name in counties.csv": spoil(
        lambda data, _s, _m: data[0].update(region="Atlantis")
    ),
    "region-data.json: [1] Uppsala län: emissions.2024: the value '1 234,5' is no number of JSON": spoil(
        lambda data, _s, _m: data[1]["emissions"].update({"2024": "1 234,5"})
    ),
    "region-data.json: [1] Uppsala län: emissions: '1066' is no year between 1900 and 2099": spoil(
        lambda data, _s, _m: data[1]["emissions"].update({"1066": 1})
    ),
    "region-data.json: [1] Uppsala län: there is no emissions": spoil(lambda data, _s, _m: data[1].pop("emissions")),
    "region-data.json: [1] Uppsala län: emissions has no year": spoil(
        lambda data, _s, _m: data[1].update(emissions={})
    ),
    "region-data.json: [1] Uppsala län: emissions is no object": spoil(
        lambda data, _s, _m: data[1].update(emissions=[])
    ),
    "region-data.json: 1 of 21 areas missing: Uppsala län": spoil(lambda data, _s, _m: data.pop(1)),
    "region-data.json: [21] Uppsala län: 1990 is 7 here and 22.9 before: only one can hold": spoil(
        lambda data, _s, _m: data.append({"region": "Uppsala län", "emissions": {"1990": 7}})
    ),
    "municipality-sector-emissions.json: [0] Håbo: sectors.2024: there is no sector 'Rymdfart'": spoil(
        lambda _d, sectors, _m: sectors[0]["sectors"]["2024"].update(Rymdfart=1)
    ),
    "municipality-sector-emissions.json: [0] Håbo: sectors.2024 has not all 9 sectors: Jordbruk is": spoil(
        lambda _d, sectors, _m: sectors[0]["sectors"]["2024"].pop("Jordbruk")
    ),
    "municipality-data.json: [0] Håbo: it lies in Skåne län here, and in Uppsala län in": spoil(
        lambda _d, _s, data: data[0].update(region="Skåne län")
    ),
}


@pytest.mark.parametrize("told", WRONG)
def test_a_fault_is_told_with_its_file_and_its_place(few_rows, told):
    with pytest.raises(ValueError, match=r"\.json: ") as error:
        described(few_rows, bodies(WRONG[told](made_files(few_rows))))
    assert told in str(error.value)


def test_a_value_of_a_year_that_was_not_over_when_its_release_was_issued_is_no_measurement(few_rows):
    files = bodies(made_files(few_rows))
    for issued, told in (("2024-12", "2024 was not over in 2024"), ("2025-01", None)):
        known = KnownRelease(key="r", version="r", issued=issued, sha256=checksum_of(files))
        source = SOURCE.model_copy(update={"releases": (known,)})
        if told is None:
            assert described(few_rows, files, source)
            continue
        with pytest.raises(ValueError, match=r"/municipality-data\.json: \[0\] Håbo: emissions\.2024: ") as error:
            described(few_rows, files, source)
        assert told in str(error.value)


def test_a_value_of_a_year_to_come_stops_the_fetch_of_a_release_that_nobody_has_named(few_rows, tmp_path):
    files = made_files(few_rows)
    files["region-sector-emissions.json"][1]["sectors"]["2099"] = files["region-sector-emissions.json"][1]["sectors"][
        "2024"
    ]
    for name, body in bodies(files).items():
        (tmp_path / name).write_bytes(body)
    with StaticFiles(folder=tmp_path) as service:
        source = SOURCE.model_copy(update={"address": service.address, "is_private": True, "calls_per_second": 100.0})
        (fetched,) = fetch(tmp_path / "data", [(source, None)], How(patience=Patience(attempts=1)))
    assert "region-sector-emissions.json: [1] Uppsala län: sectors.2099: 2099 was not over in 20" in fetched.why


# --- fetched, built and served


def given(rows, factor):
    """Files whose values are made with a factor; one series ends a year before the others."""
    files = made_files(rows, factor)
    files["municipality-sector-emissions.json"][0]["sectors"][YEARS[-1]]["Jordbruk"] = None
    return bodies(files)


def fetching(folder, rows, factor):
    """Fetch such files, and build what they become."""
    files = folder / "files"
    files.mkdir(exist_ok=True)
    for name, body in given(rows, factor).items():
        (files / name).write_bytes(body)
    with StaticFiles(folder=files) as service:
        source = SOURCE.model_copy(update={"address": service.address, "is_private": True, "calls_per_second": 100.0})
        how = How(
            patience=Patience(attempts=1), check=lambda source, cache, catch: read_catch(source, cache, catch, rows)
        )
        (fetched,) = fetch(folder / "data", [(source, None)], how)
    assert (fetched.why, fetched.answers) == (None, len(FILES))
    return build(folder / "data", BASE, folder / "tables", sources={"klimatbyran": source}).release


def test_a_release_that_was_published_by_its_checksum_cannot_be_named_otherwise(two_releases, tmp_path):
    releases, names = two_releases
    shutil.copytree(releases[0].path.parents[2], tmp_path, dirs_exist_ok=True)
    sums = [checksum_of(given(read_all(tmp_path / "tables").rows, factor)) for factor in (1, 2)]

    def named(number, key):
        known = KnownRelease(key=key, version="2030-01", issued="2030-01", sha256=sums[number])
        address = json.loads((tmp_path / "data/sources/klimatbyran/whole.json").read_bytes())["answers"][0][0]
        source = SOURCE.model_copy(update={"address": address.rpartition("/")[0] + "/", "releases": (known,)})
        return build(tmp_path / "data", BASE, tmp_path / "tables", sources={"klimatbyran": source})

    with pytest.raises(
        NoLiveSource, match=f'^klimatbyran: .* names 2030-01 was published as {names[1]}.* key = "{names[1]}"'
    ):
        named(1, "2030-01")
    assert Releases(tmp_path / "data").current_id() == releases[1].id
    assert named(1, names[1]).is_new
    assert not named(0, "2030-01").is_new  # its identifiers have ended before


@pytest.fixture(scope="module")
def two_releases(once, few_rows):
    """The releases after two fetches, of files that had changed meanwhile, and what the files were called."""

    def fill(folder):
        write_few_tables(folder / "tables")
        for factor in (1, 2):
            fetching(folder, few_rows, factor)

    releases = Releases(once("klimatbyran", fill) / "data")
    found = sorted(map(releases.get, releases.ids()), key=lambda release: release.record["made"])
    return found, [checksum_of(given(few_rows, factor))[:8] for factor in (1, 2)]


def asking(release):
    app = create_app(release, Settings(release.path.parent.parent, workers=2, deadline=5.0, quick=60.0))
    return TestClient(app, base_url="http://localhost:8000", follow_redirects=True)


@pytest.fixture(scope="module")
def get(two_releases):
    """What the newer of the releases answers."""
    with asking(two_releases[0][1]) as client:
        yield lambda path: client.get(path, headers={"Accept": "text/html", "Accept-Language": "sv"})


def test_pages_show_it(two_releases, get):
    _, (_, name) = two_releases
    for path, told in (
        (f"/id/dataset/klimatbyran-ghg-municipality-{name}", "Nationella emissionsdatabasen"),
        (
            f"/id/slice/klimatbyran-ghg-municipality-sector-{name}/0380/jordbruk",
            "Växthusgasutsläpp i Uppsala: Jordbruk",
        ),
        ("/id/municipality/0380", f"klimatbyran-ghg-municipality-{name}/0380"),
        ("/id/sector/jordbruk", f"klimatbyran-ghg-county-sector-{name}/03/jordbruk"),
        (f"/sv/compare/klimatbyran-ghg-municipality-{name}", "Uppsala"),
        (f"/sv/compare/klimatbyran-ghg-municipality-sector-{name}", "Sektor: "),
    ):
        page = get(path)
        assert (path, page.status_code) == (path, 200)
        assert told in page.text


def test_series_tell_their_first_and_last_year_and_the_address_of_each_observation(two_releases):
    for release in two_releases[0]:
        told, found = years_and_addresses(release)
        assert told == found
        assert told


def test_the_files_in_json_stat_have_the_values_of_the_tables(two_releases):
    for release in two_releases[0]:
        assert_as_in_the_tables(release.path / "tables")


def test_areas_of_a_data_set_by_sector_are_compared_within_one(two_releases, get):
    (_, release), (_, name) = two_releases
    dataset = f"klimatbyran-ghg-municipality-sector-{name}"
    path = f"/sv/compare/{dataset}"
    table = (release.path / "tables" / f"{dataset}.csv").read_text(encoding="utf-8").splitlines()
    expected = {
        row["observation"].partition("/id/")[2]
        for row in csv.DictReader(table)
        if (row["sector"], row["year"]) == ("jordbruk", YEARS[-1])
    }
    assert f'href="{path}"' in get(f"/res/dataset/{dataset}.sv.html").text
    page = get(f"{path}?sector=jordbruk").text
    assert 'value="jordbruk" selected' in page
    ranking = page.partition('id="ranked"')[2]
    assert expected
    assert all(f"/res/{observation}.sv.html" in ranking for observation in expected)
    assert ranking.count("/res/observation/") == len(expected)
    wrong = get(f"{path}?sector=allt")
    assert wrong.status_code == 400
    assert "jordbruk" in wrong.text
    assert get(f"/sv/compare/klimatbyran-ghg-municipality-{name}?sector=jordbruk").status_code == 400


@pytest.mark.parametrize("sector", [None, "jordbruk"])
def test_the_series_of_a_sector_in_the_file_of_a_data_set_are_those_in_the_store(two_releases, sector):
    (_, release), (_, name) = two_releases
    with asking(release) as client:
        from_file, from_store = read_both_ways(client, f"klimatbyran-ghg-municipality-sector-{name}", sector)
    assert from_file == from_store != ()
    assert {iri.local_name(each.sector) == "jordbruk" for each in from_file} == ({True} if sector else {True, False})


def test_of_very_many_series_those_of_municipalities_stand_in_a_table_by_area_and_sector(two_releases, get):
    _, (_, name) = two_releases
    page = get(f"/id/dataset/klimatbyran-ghg-municipality-sector-{name}").text
    assert '<svg class="chart-small"' not in page
    assert page.count(f"/slice/klimatbyran-ghg-municipality-sector-{name}/0380/") >= 9
    assert 'Kommunerna <span class="count">8</span>' in page


def test_of_more_series_than_a_page_can_wait_for_the_last_values_alone_are_asked_for_and_shown_alike(
    two_releases, get, monkeypatch
):
    (_, release), (_, name) = two_releases
    path = f"/res/dataset/klimatbyran-ghg-municipality-sector-{name}.sv.html"
    whole = get(path).text
    assert f"({YEARS[-2]})" in whole  # of the series that ends before the others
    monkeypatch.setattr(observations, "_MOST_WHOLE", 10)
    drawn, asked = f"/res/dataset/klimatbyran-ghg-county-sector-{name}.sv.html", []
    select = Dataset.select

    def selecting(site, query, /, **terms):
        asked.append(query)
        return select(site, query, **terms)

    monkeypatch.setattr(Dataset, "select", selecting)
    for latest in ("pages/latest-of-series", "pages/latest-of-earlier-series"):
        with asking(release) as client:
            assert client.get(path).text == whole
            assert client.get(drawn).text == get(drawn).text
        assert latest in asked
        monkeypatch.setattr(Dataset, "having", {})  # as of releases whose series do not tell their last year


def test_a_series_of_a_data_set_by_area_and_sector_is_told_by_both(two_releases, get):
    _, (_, name) = two_releases
    assert "Uppsala län, Jordbruk" in get(f"/id/dataset/klimatbyran-ghg-county-sector-{name}").text


def test_the_table_of_a_data_set_has_its_sectors(two_releases):
    (_, release), (_, name) = two_releases
    place = release.path / "tables" / f"klimatbyran-ghg-municipality-sector-{name}.csv"
    with place.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 8 * 9 * len(YEARS) - 1
    assert {row["sector"] for row in rows} >= {"jordbruk", "utrikes-transporter"}


def test_an_older_release_of_the_files_has_ended_with_the_reason_and_is_where_it_was(two_releases, get):
    (before, _), (old, new) = two_releases
    path = f"klimatbyran-ghg-municipality-{old}"
    ended = get(f"/id/dataset/{path}")
    assert ended.status_code == 410
    assert "Klimatbyrån har gett ut sina filer på nytt, eller deras utgåva har fått ett namn här" in ended.text
    assert get(f"/id/observation/{path}/0380/2024").status_code == 410
    assert get(f"/id/dataset/klimatbyran-ghg-municipality-{new}").status_code == 200
    assert (before.path / "tables" / f"{path}.csv").is_file()
