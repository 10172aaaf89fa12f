"""Data sets in JSON-stat: what the files of a release say, what a reader makes of any, and how they are had.

`tests/json_stat.py` decodes them from the text of the format alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonstat_validator import validate_jsonstat
from rdflib import Graph

from loaders import disk
from loaders.curated import Curated, read_all
from loaders.json_answers import read_json
from loaders.json_stat import read_cells
from loaders.json_stat_files import write_json_stat
from loaders.live import read_live_sources
from loaders.live_series import Value, terms_of
from loaders.previous import Difference, Previous
from loaders.pxweb import PxWebDataset, PxWebSeries
from loaders.release import Release
from ontology.description import DCAT, DCTERMS, JSON_STAT_FORMAT
from ontology.schemes import Confidence, Sex, Unit
from ontology.structures import Structure
from ontology.text import LANGUAGES, other_than
from tests import expected
from tests.conftest import BASE
from tests.json_stat import Said, assert_as_in_the_tables, decode

COUNTIES = "ghg-county-2026-08"
MADE_OF = defaultdict(lambda: {"g"})
STATED = {"source_id": "editors", "confidence": Confidence.CERTAIN}


@pytest.fixture(scope="module")
def own_rows():
    return read_all().rows


def data_set():
    terms = terms_of(read_live_sources()["kolada"])
    return PxWebDataset(id="pxweb-made", structure=Structure.AREA_YEAR, title_sv="Påhittad", **terms, **STATED)


def series(area="14", *values, unit=Unit.PERCENT, sex=None, sector=None, missing=()):
    return PxWebSeries(
        dataset="pxweb-made", area=area, sex=sex, sector=sector, title_sv="Påhittad", unit=unit, values=values,
        missing=missing, **STATED,
    )  # fmt: skip


def written(folder: Path, rows, *live, previous=None) -> dict[str, bytes]:
    """The files that are made of some series, by their languages."""
    write_json_stat(Curated((*rows, data_set(), *live), (), {}), BASE, folder, previous, MADE_OF)
    return {language: (folder / f"tables/pxweb-made.{language}.json").read_bytes() for language in LANGUAGES}


# --- what they say ---


def test_the_files_of_a_release_say_what_its_tables_say(release):
    assert_as_in_the_tables(release.path / "tables")


def test_the_files_of_a_release_are_valid_by_a_validator_of_others(release):
    files = sorted((release.path / "tables").glob("*.json"))
    assert len(files) == 2 * len(list((release.path / "tables").glob("*.csv")))
    assert all(validate_jsonstat(json.loads(file.read_bytes())) for file in files)


def test_a_file_says_what_it_is_and_on_what_terms_and_leads_to_the_others(release):
    for language, label, note in [
        ("sv", "Territoriella växthusgasutsläpp per län", "Licensen är den som Klimatbyrån anger"),
        ("en", "Territorial greenhouse gas emissions by county", "The licence is the one that Klimatbyrån states"),
    ]:
        said = json.loads((release.path / f"tables/{COUNTIES}.{language}.json").read_bytes())
        other = other_than(language)
        assert (said["label"], said["href"]) == (label, f"{BASE.iri}id/dataset/{COUNTIES}")
        assert (said["source"], said["updated"]) == ("Klimatbyrån Ideell Förening", "2026-11-23")
        assert said["note"][0].startswith(note)
        known = [row[f"note_{language}"] for row in expected.rows("dataset_notes") if row["dataset"] == COUNTIES]
        assert known
        assert said["note"][1:] == known
        assert said["link"]["license"] == [{"href": "http://www.apache.org/licenses/LICENSE-2.0"}]
        assert [each["href"] for each in said["link"]["alternate"]] == [
            f"{BASE.iri}data/{COUNTIES}.{other}.json",
            f"{BASE.iri}data/{COUNTIES}.csv",
        ]
        assert said["extension"]["language"] == language
        assert said["extension"]["version"] == "bc810551"
        assert said["role"] == {"time": ["year"], "geo": ["area"], "metric": ["unit"]}


def test_categories_have_their_names_their_things_and_their_unit(release):
    swedish, english = (
        json.loads((release.path / f"tables/{COUNTIES}.{language}.json").read_bytes())["dimension"]
        for language in LANGUAGES
    )
    assert (swedish["area"]["label"], english["area"]["label"]) == ("område", "area")
    assert (swedish["area"]["category"]["label"]["14"], english["area"]["category"]["label"]["14"]) == (
        "Västra Götalands län",
        "Västra Götaland County",
    )
    assert english["area"]["extension"]["categories"]["14"] == f"{BASE.iri}id/county/14"
    assert english["unit"]["category"]["unit"] == {
        "tonne-co2e": {"label": "tonnes of carbon dioxide equivalent", "decimals": 2}
    }


def test_the_template_of_observations_makes_the_identifiers_of_the_table(release):
    tables = list((release.path / "tables").glob("*.csv"))
    assert tables
    for table in tables:
        file = table.with_suffix(".en.json").read_bytes()
        template = json.loads(file)["extension"]["observation"]
        made = {template.format_map(dict(key)) for key in decode(file)}
        assert made == {line.partition(",")[0] for line in table.read_text().splitlines()[1:]}


def test_missing_values_and_the_words_of_a_source_stand_at_their_cells(own_rows, tmp_path):
    held = [
        series("SE", Value("2020", "0", ""), Value("2022", "-1.50", "Preliminary"), sex=Sex.TOTAL),
        series("0380", Value("2022", "7", ""), sex=Sex.MEN, missing=(Value("2021", "", "Missing"),), unit=Unit.HECTARE),
    ]
    for file in written(tmp_path, own_rows, *held).values():
        assert decode(file) == {
            frozenset({"area": area, "sex": sex, "unit": unit, "year": year}.items()): Said(*said)
            for area, sex, unit, year, *said in [
                ("SE", "total", "percent", "2020", "0", ""),
                ("SE", "total", "percent", "2022", "-1.50", "Preliminary"),
                ("0380", "men", "hectare", "2021", "", "Missing"),
                ("0380", "men", "hectare", "2022", "7", ""),
            ]
        }
        dimensions = json.loads(file)["dimension"]
        assert dimensions["area"]["category"]["index"] == ["SE", "0380"]
        assert {unit: told["decimals"] for unit, told in dimensions["unit"]["category"]["unit"].items()} == {
            "percent": 2,
            "hectare": 0,
        }


AREAS = ("SE", "01", "14", "0114", "0380", "2584")
LARGEST = 10**18  # more is beyond what is measured
DECIMALS = st.decimals(-(10**9), 10**9, places=3).map(lambda number: format(number, "f"))
DIGITS = DECIMALS | st.integers(-LARGEST, LARGEST).map(str)
PARTS = {"sex": st.sampled_from(list(Sex)), "sector": st.sampled_from(["jordbruk", "transporter", "arbetsmaskiner"])}
YEARS = st.integers(1900, 2099).map(str)
SAID = st.tuples(DIGITS | st.just(""), st.sampled_from(["", "", "Preliminary", 'a "b" \\ å']))


@st.composite
def cubes(draw):
    """What is said of the cells of a cube that may be as empty as it likes, by their codes."""
    column = draw(st.sampled_from([None, *PARTS]))
    part = PARTS[column] if column else st.none()
    key = st.tuples(st.sampled_from(AREAS), part, st.sampled_from([Unit.PERCENT, Unit.HECTARE]))
    held = draw(st.dictionaries(key, st.dictionaries(YEARS, SAID, min_size=1, max_size=12), min_size=1, max_size=20))
    return column, held


@settings(max_examples=40, deadline=None, database=None)
@given(cubes())
def test_a_reader_of_the_format_makes_of_any_cube_what_was_written(cube):
    column, held = cube
    live, expected = [], {}
    for (area, part, unit), years in held.items():
        told = [Value(year, *said) for year, said in sorted(years.items())]
        values, missing = tuple(each for each in told if each.value), tuple(each for each in told if not each.value)
        live.append(series(area, *values, unit=unit, missing=missing, **({column: part} if column else {})))
        part_of = {column: str(part)} if column else {}
        expected |= {
            frozenset({"area": area, **part_of, "unit": str(unit), "year": each.year}.items()): Said(*each[1:])
            for each in told
            if each.value or each.status
        }
    with TemporaryDirectory() as folder:
        files = written(Path(folder), _naming(), *live)
    assert decode(files["sv"]) == decode(files["en"]) == expected
    page = read_json(files["sv"])
    named = {frozenset(zip(page["id"], cell.codes, strict=True)): cell for cell in read_cells(page)}
    assert {key: cell.digits for key, cell in named.items() if cell.digits} == {
        key: said.value for key, said in expected.items() if said.value
    }
    assert _length_of_values(files["sv"]) <= min(_lengths(page, expected))


@cache
def _naming():
    """The rows that name what the cubes are about."""
    return [row for row in read_all().rows if row.table in {"countries", "sectors"} or row.key in {*AREAS, "editors"}]


def _length_of_values(file: bytes) -> int:
    text = file.decode()
    start = text.index('"value":') + len('"value":')
    return json.JSONDecoder().raw_decode(text[start:])[1]


def _lengths(page, expected) -> tuple[int, int]:
    """How long the values would be as a list, and by their places."""
    digits = [said.value for said in expected.values() if said.value]
    number = 1
    for size in page["size"]:
        number *= size
    places = [place for place, cell in enumerate(read_cells(page)) if cell.digits]
    listed = sum(map(len, digits)) + len("null") * (number - len(digits)) + number + 1
    return listed, sum(map(len, digits)) + sum(len(f'"{place}":,') for place in places) + 2


def test_a_large_cube_that_is_nearly_empty_is_as_long_as_its_values(own_rows, tmp_path):
    areas = sorted(row.key for row in own_rows if row.table == "municipalities")
    held = [
        series(area, Value(str(1900 + place % 200), "1.5", ""), unit=list(Unit)[place % len(Unit)])
        for place, area in enumerate(areas)
    ]
    file = written(tmp_path, own_rows, *held)["sv"]
    sizes = json.loads(file)["size"]
    assert sizes[0] * sizes[1] * sizes[2] > 1_000_000
    assert _length_of_values(file) < 20 * len(areas)


# --- what is taken over ---


def test_a_file_is_that_of_the_release_before_where_its_bytes_are_the_same(own_rows, tmp_path):
    held = series("01", Value("2020", "5", ""))
    before, after = tmp_path / "before", tmp_path / "after"
    files = written(before, own_rows, held)
    sums = {f"tables/{path.name}": {"sha256": disk.checksum(path)} for path in (before / "tables").iterdir()}
    previous = Previous(Release(before, {"files": sums}), {}, {}, {})
    called = next(row for row in own_rows if row.table == "county_translations" and row.county == "01")
    changed = [row.model_copy(update={"name_en": "Stockholm"}) if row is called else row for row in own_rows]
    again = written(after, changed, held, previous=previous)
    assert again["sv"] == files["sv"]
    assert again["en"] == files["en"].replace(b'"Stockholm County"', b'"Stockholm"')
    name = "tables/pxweb-made.{}.json".format
    assert (after / name("sv")).samefile(before / name("sv"))
    assert not (after / name("en")).samefile(before / name("en"))


@pytest.mark.parametrize(
    ("about", "is_kept"),
    [
        ("observation/pxweb-other/01/2020", True),
        ("source/kolada", True),
        ("dataset/pxweb-other", True),
        ("dataset/pxweb-made", False),
        ("source/editors", False),
        ("county/14", False),
        ("municipality/1480", False),
    ],
)
@pytest.mark.parametrize("gone", [True, False])
def test_a_data_set_is_not_gone_through_where_nothing_has_changed_that_it_follows_from(
    own_rows, tmp_path, about, is_kept, gone
):
    held = series("01", Value("2020", "5", ""))
    before, after = tmp_path / "before", tmp_path / "after"
    written(before, own_rows, held)
    lines = (f'<{BASE.iri}id/{about}> <http://a> "b"',)
    difference = Difference(lines, ()) if gone else Difference((), lines)
    record = {"files": {}}  # no file is the same by its bytes
    previous = Previous(Release(before, record), {"g": None}, {"pxweb-made": ["g"]}, {"other": difference})
    written(after, own_rows, held, previous=previous)
    name = "tables/pxweb-made.sv.json"
    assert (after / name).samefile(before / name) == is_kept


@pytest.mark.parametrize(
    ("same", "differences"), [({}, {}), ({"g": None}, None)], ids=["other values", "too much has changed"]
)
def test_a_data_set_is_gone_through_where_its_values_may_be_others(own_rows, tmp_path, same, differences):
    held = series("01", Value("2020", "5", ""))
    before, after = tmp_path / "before", tmp_path / "after"
    written(before, own_rows, held)
    previous = Previous(Release(before, {"files": {}}), same, {"pxweb-made": ["g"]}, differences)
    written(after, own_rows, held, previous=previous)
    name = "tables/pxweb-made.sv.json"
    assert not (after / name).samefile(before / name)


# --- how they are had ---


@pytest.mark.parametrize(("accepted", "language"), [("en", "en"), ("sv, en;q=0.5", "sv"), ("fr", "sv"), ("", "sv")])
def test_without_a_language_in_its_name_a_file_has_that_of_the_reader(client, accepted, language):
    answer = client.get(f"/data/{COUNTIES}.json", headers={"Accept-Language": accepted})
    named = client.get(f"/data/{COUNTIES}.{language}.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["content-location"] == f"/data/{COUNTIES}.{language}.json"
    assert "Accept-Language" in answer.headers["vary"]
    assert answer.headers["content-language"] == named.headers["content-language"] == language
    assert answer.content == named.content
    assert "content-location" not in named.headers


@pytest.mark.parametrize("name", ["none.json", "all.json", "none.sv.json", f"{COUNTIES}.de.json", "..json", ".json"])
def test_what_is_no_data_set_has_no_such_file(client, name):
    answer = client.get(f"/data/{name}")
    assert answer.status_code == 404
    assert name in answer.json()["detail"]


def test_json_of_the_document_about_a_data_set_is_json_ld_and_its_links_lead_to_the_files(client):
    answer = client.get(f"/res/dataset/{COUNTIES}", headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/ld+json"
    for language in LANGUAGES:
        target = f"{BASE.iri}data/{COUNTIES}.{language}.json"
        assert f'<{target}>; rel="item"; type="application/json"; hreflang="{language}"' in answer.headers["link"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_lead_to_the_table_and_the_file_in_their_language(client, language):
    other = other_than(language)
    for address in ("/{}/data", f"/res/dataset/{COUNTIES}.{{}}.html", f"/{{}}/compare/{COUNTIES}"):
        page = client.get(address.format(language), headers={"Accept": "text/html"}).text
        assert f'href="/data/{COUNTIES}.csv" type="text/csv">CSV' in page
        assert f'href="/data/{COUNTIES}.{language}.json" type="application/json">JSON-stat' in page
        assert f'href="/data/{COUNTIES}.{other}.json" type' not in page


def test_the_catalogue_tells_the_language_and_the_standard_of_each_file(release):
    catalogue = Graph().parse(release.path / "about" / "catalogue.ttl")
    files = {
        str(catalogue.value(each, DCAT.accessURL)): str(catalogue.value(each, DCTERMS.language)).rpartition("/")[2]
        for each in catalogue.subjects(DCTERMS.conformsTo, JSON_STAT_FORMAT)
    }
    tables = (release.path / "tables").glob("*.csv")
    assert files == {
        f"{BASE.iri}data/{path.stem}.{language}.json": code
        for path in tables
        for language, code in (("sv", "SWE"), ("en", "ENG"))
    }
