"""The page that compares the areas of a data set, against the table of observations."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from rdflib import Namespace, URIRef
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.comparison import areas_of, read_choice
from endpoint.dataset import Dataset
from endpoint.lists import Names
from endpoint.problems import Problem
from endpoint.rendering import Reader
from endpoint.series import Series, Value, read_series
from endpoint.settings import Settings
from endpoint.value_tables import ValueTable
from ontology import iri
from ontology.base import CANONICAL
from ontology.schemes import Sex, Unit
from ontology.text import Label
from tests.expected import rows
from tests.series_in_tables import read_both_ways

ID = Namespace(f"{CANONICAL}id/")

DATASET = "ghg-county-2026-08"
PAGE = f"/compare/{DATASET}"
VALUES = {
    (row["area"], row["period"]): Decimal(row["value"]) for row in rows("observations") if row["dataset"] == DATASET
}
AREAS = sorted({area for area, _ in VALUES})
YEARS = sorted({year for _, year in VALUES})
NAMES = {row["code"]: row["name_sv"] for row in rows("counties")}


def main_of(client, address: str) -> str:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text.partition("<main")[2].partition("</main>")[0]


def ranked(main: str) -> list[list[str]]:
    """The texts of the cells of the ranking."""
    body = main.partition('id="ranked"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    body = body.replace(' <span aria-hidden="true">◆</span><span class="unseen"> (vald)</span>', "")
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in body.split("</tr>") if "<tr" in line]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in line] for line in found]


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.,-]", "", text.replace("\N{MINUS SIGN}", "-")).replace(",", "."))


@pytest.mark.parametrize("year", ["2010", YEARS[-1]])
def test_areas_are_ranked_by_their_value_of_a_year_with_their_change(client, year):
    expected = sorted(((value, area) for (area, y), value in VALUES.items() if y == year), reverse=True)
    shown = ranked(main_of(client, f"/sv{PAGE}?year={year}"))
    assert [(int(rank), name, number(value)) for rank, name, value, _ in shown] == [
        (place, NAMES[area], round(value)) for place, (value, area) in enumerate(expected, start=1)
    ]
    for (value, area), (*_, change) in zip(expected, shown, strict=True):
        first = VALUES[area, YEARS[0]]
        assert abs(number(change) - 100 * (value - first) / first) <= Decimal("0.005")


@pytest.mark.parametrize(("language", "word"), [("sv", "vald"), ("en", "chosen")])
def test_the_ranking_marks_what_was_chosen_with_a_sign_and_in_words(client, language, word):
    html = client.get(f"/{language}{PAGE}?area=01&area=14").text
    rows_ = re.findall(r"<tr[ >].*?</tr>", html.partition('id="ranked"')[2], re.DOTALL)
    marked = [row for row in rows_ if f'<span aria-hidden="true">◆</span><span class="unseen"> ({word})</span>' in row]
    assert len(marked) == 2
    assert {code for code in AREAS for row in marked if f'"/res/slice/{DATASET}/{code}.{language}' in row} == {
        "01",
        "14",
    }
    assert all(' class="marked"' in row for row in marked)
    assert "◆." in html
    assert "◆" not in client.get(f"/{language}{PAGE}").text


def test_the_first_year_has_not_changed_since_itself(client):
    assert {len(line) for line in ranked(main_of(client, f"/sv{PAGE}?year={YEARS[0]}"))} == {3}


def test_the_values_side_by_side_are_those_of_the_year(client):
    beside = main_of(client, f"/en{PAGE}?area=01&year=2000").partition('id="side-by-side"')[2].partition("</ul>")[0]
    assert f"2000: {round(VALUES['01', '2000']):,}" in beside
    assert f"{YEARS[-1]}: " not in beside


def test_the_publisher_the_licence_and_what_to_beware_of_stand_below_the_ranking(client):
    main = main_of(client, f"/en{PAGE}")
    (publisher,) = {row["publisher"] for row in rows("dataset_publishers") if row["dataset"] == DATASET}
    assert f"Publisher: {publisher}" in main
    assert "Apache 2.0" in main
    assert "Emissions are recalculated" in main


def test_the_last_year_is_shown_unless_another_is_asked_for(client):
    everything = f"?from={YEARS[0]}&to={YEARS[-1]}&year={YEARS[-1]}"
    assert main_of(client, f"/en{PAGE}") == main_of(client, f"/en{PAGE}{everything}")


def test_chart_table_ranking_map_and_csv_follow_the_years(client):
    asked = "?area=12&area=14&from=2000&to=2015"
    shown = [year for year in YEARS if "2000" <= year <= "2015"]
    main = main_of(client, f"/sv{PAGE}{asked}")
    assert "2000\N{EN DASH}2015, från 0 till" in main.partition('id="side-by-side"')[2].partition("</p>")[0]
    lines = re.findall(r'<polyline class="line" points="([^"]+)"', main)
    assert [len(line.split()) for line in lines] == [len(shown)] * 2
    table = main.partition('id="year-by-year"')[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">(\d+)</th>', table) == shown[::-1]
    assert "Sedan 2000 (procent)" in main
    for _, name, value, change in ranked(main):
        (area,) = (code for code in AREAS if NAMES[code] == name)
        before, after = VALUES[area, "2000"], VALUES[area, "2015"]
        assert number(value) == round(after)
        assert abs(number(change) - 100 * (after - before) / before) <= Decimal("0.005")
    assert 'id="map">Karta 2015<' in main
    (address,) = re.findall(rf'href="(/sv{PAGE}\.csv[^"]*)"', main)
    assert address.replace("&amp;", "&") == f"/sv{PAGE}.csv{asked}"
    assert "Alla områden i rangordningen, de år som visas: <a" in main
    taken = list(csv.DictReader(client.get(address.replace("&amp;", "&")).text.splitlines()))
    assert {(row["code"], row["period"]): Decimal(row["value"]) for row in taken} == {
        (area, year): value for (area, year), value in VALUES.items() if year in shown
    }


def test_the_map_has_every_county_with_its_value(client):
    main = main_of(client, f"/sv{PAGE}?year=2000").partition('<figure class="map"')[2]
    told = {name: number(value) for name, value in re.findall(r'aria-label="([^:"]+): ([^"]+)"', main)}
    assert told == {NAMES[area]: round(value) for (area, year), value in VALUES.items() if year == "2000"}
    darkest = re.findall(r'aria-label="([^:"]+): [^"]+"><title>[^<]*</title><path class="step-4"', main)
    highest = sorted(told, key=told.__getitem__)[-len(darkest) :]
    assert sorted(darkest) == sorted(highest)


def test_up_to_six_areas_stand_side_by_side(client):
    asked = "&".join(f"area={area}" for area in AREAS[:6])
    main = main_of(client, f"/sv{PAGE}?{asked}")
    beside = main.partition('id="side-by-side"')[2].partition("</ul>")[0]
    assert [NAMES[area] in beside for area in AREAS] == [True] * 6 + [False] * (len(AREAS) - 6)
    assert re.findall(r'value="(\w+)" checked', main) == AREAS[:6]
    assert 'id="side-by-side"' not in main_of(client, f"/sv{PAGE}")


def test_of_more_areas_than_have_room_the_first_are_shown_and_all_stay_chosen(client):
    asked = "&".join(f"area={area}" for area in AREAS[:9])
    main = main_of(client, f"/sv{PAGE}?{asked}&area={AREAS[0]}")
    assert re.findall(r'value="(\w+)" checked', main) == AREAS[:9]
    beside = main.partition('id="side-by-side"')[2].partition("</ul>")[0]
    assert [NAMES[area] in beside for area in AREAS[:9]] == [True] * 6 + [False] * 3
    told = main.partition('id="left-out">')[2].partition("</p>")[0]
    assert told.startswith("9 områden är valda, och högst 6 ")
    assert [NAMES[area] in told for area in AREAS[:9]] == [False] * 6 + [True] * 3
    assert 'id="left-out"' not in main_of(client, f"/sv{PAGE}?area={AREAS[0]}")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?area=99", "01, 03"),
        ("?" + "&".join(f"area={area}" for area in [*AREAS[:7], "99"]), "01, 03"),
        ("?year=1066", ", ".join(map(str, YEARS))),
        ("?year=<script>", ", ".join(map(str, YEARS))),
        ("?from=2024&to=2005", "1990, 2000, 2005."),
        ("?to=1991", ", ".join(map(str, YEARS))),
        ("?year=2024&to=2000", "1990, 2000."),
        ("?from=2024&to=2005", "which is after to=2005"),
        ("?year=2024&to=2000", "not among the years 1990–2000"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(client, query, said):
    answer = client.get(f"/en{PAGE}{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, query[1:].partition("=")[0])
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("key", ["forest-birds-2024", "ghg-sector-2026-08", "nothing", "å", "a" * 300])
def test_what_has_not_several_areas_cannot_be_compared(client, key):
    answer = client.get(f"/sv/compare/{key}")
    assert (answer.status_code, answer.json()["instead"]) == (404, "http://localhost:8000/sv/compare")


def test_the_data_sets_that_can_be_compared_are_listed(client):
    for language in ("sv", "en"):
        listed = re.findall(rf'<li><a href="/{language}/compare/([^"]+)">', main_of(client, f"/{language}/compare"))
        areas = {
            dataset: {row["area"] for row in rows("observations") if row["dataset"] == dataset} for dataset in listed
        }
        assert listed == [DATASET] == [dataset for dataset, found in areas.items() if len(found) > 1]
        assert f'href="/{language}/compare"' in main_of(client, f"/{language}/kinds/dataset")
    refused = client.get("/sv/compare?indicator=kolada-N00401")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "indicator")


def test_it_tells_what_the_values_are_evidence_of(client):
    (objective,) = {row["objective"] for row in rows("dataset_objectives") if row["dataset"] == DATASET}
    section = main_of(client, f"/en{PAGE}").partition('id="evidence"')[2]
    assert f"/res/objective/{objective}.en.html" in section
    assert "linked by the editors" in section
    targets = {row["object"] for row in rows("mappings") if row["subject_key"] == objective and row["object"] != "13"}
    assert targets
    assert {target for target in targets if f"/res/sdg/{target}.en.html" in section} == targets


def test_the_page_of_a_data_set_leads_here_where_it_has_several_areas(client):
    for dataset in {row["dataset"] for row in rows("observations")}:
        areas = {row["area"] for row in rows("observations") if row["dataset"] == dataset}
        page = client.get(f"/res/dataset/{dataset}.sv.html").text
        assert (f'href="/sv/compare/{dataset}"' in page) == (len(areas) > 1)


# ---- data sets with areas of several kinds, as live sources have them


def series_of(area: str, kind: str, *values: int, sex: URIRef | None = None) -> Series:
    """A series of made-up values from 2020 on."""
    found = [Value(ID[f"observation/{area}/{2020 + n}"], 2020 + n, Decimal(value)) for n, value in enumerate(values)]
    return Series(
        series=ID[f"slice/made-up/{area}"],
        dataset=ID["dataset/made-up"],
        area=ID[f"{kind}/{area}"],
        sector=None,
        sex=sex,
        unit=iri.concept(Unit.PERCENT),
        values=tuple(found),
    )


WIDE = {
    "SE": series_of("SE", "country", 9),
    "01": series_of("01", "county", 4),
    "12": series_of("12", "county", 5),
    "1280": series_of("1280", "municipality", 2, 3),
    "1281": series_of("1281", "municipality", 3),
    "0180": series_of("0180", "municipality", 4, 1),
}


def test_municipalities_are_chosen_from_in_the_order_of_their_names():
    called = {"SE": "Sverige", "12": "Skåne län", "1280": "Åmål", "1281": "Ödeshög", "0180": "Ängelholm"}
    names = Names({str(WIDE[code].area): [Label(name, "sv")] for code, name in called.items()})
    compared = read_choice(QueryParams("kind=municipality&area=12&area=SE"), WIDE)
    assert [code for code, _ in compared.to_choose_from(names, "sv")] == ["SE", "12", "1280", "0180", "1281"]
    assert [code for code, _ in read_choice(QueryParams(""), WIDE).to_choose_from(names, "sv")] == ["01", "12"]


@pytest.mark.parametrize(
    ("query", "ranked", "unknown"),
    [
        ("year=2020", [(1, "12"), (2, "01")], []),
        ("kind=municipality&year=2020", [(1, "0180"), (2, "1281"), (3, "1280")], []),
        ("kind=municipality", [(1, "1280"), (2, "0180")], ["1281"]),
        ("kind=municipality&within=12&year=2020", [(1, "1281"), (2, "1280")], []),
        ("within=12&year=2020", [(1, "1281"), (2, "1280")], []),  # what lies in a county is a municipality
        ("area=01&within=12&year=2020", [(1, "1281"), (2, "1280")], []),
        ("kind=country&year=2020", [(1, "SE")], []),
        ("area=1280&area=SE&year=2020", [(1, "0180"), (2, "1281"), (3, "1280")], []),  # of the kind that is chosen
        ("area=SE&year=2020", [(1, "12"), (2, "01")], []),
        ("area=1280&area=12&year=2020", [(1, "12"), (2, "01")], []),
        ("area=1280&kind=county&year=2020", [(1, "12"), (2, "01")], []),
    ],
)
def test_areas_of_one_kind_are_ranked(query, ranked, unknown):
    compared = read_choice(QueryParams(query), WIDE)
    assert [(rank, series.area.rpartition("/")[2]) for rank, series, _ in compared.ranked] == ranked
    assert [series.area.rpartition("/")[2] for series in compared.without_value] == unknown
    assert (compared.map is not None) == (compared.kind == "county")


def test_the_nation_lies_behind_the_areas_unless_it_dwarfs_them_or_is_chosen():
    areas = {"12": series_of("12", "county", 4, 8), "14": series_of("14", "county", 6)}
    near, far = series_of("SE", "country", 9, 5, 7), series_of("SE", "country", 90, 50)
    beside = read_choice(QueryParams("area=12&area=14"), {"SE": near, **areas}).side_by_side
    assert beside.line_behind == near
    assert (beside.scale.last, beside.scale.highest) == (2022, 9)
    cut = read_choice(QueryParams("area=12&from=2021&to=2021"), {"SE": near, **areas}).side_by_side
    assert [value.value for value in cut.line_behind.values] == [5]
    dwarfed = read_choice(QueryParams("area=12"), {"SE": far, **areas}).side_by_side
    assert (dwarfed.is_dwarfed, dwarfed.line_behind, dwarfed.scale.highest) == (True, None, 8)
    assert read_choice(QueryParams("area=12&area=SE"), {"SE": near, **areas}).side_by_side.behind is None


def test_what_is_chosen_and_has_no_value_in_the_years_is_told():
    compared = read_choice(QueryParams("area=1280&area=1281&from=2021&kind=municipality"), WIDE)
    assert [series.area.rpartition("/")[2] for series in compared.side_by_side.series] == ["1280"]
    assert [series.area.rpartition("/")[2] for series in compared.without_line] == ["1281"]


def test_an_address_of_a_comparison_leaves_out_what_is_usual():
    compared = read_choice(QueryParams("from=2020&to=2021&year=2020&kind=municipality&within=01&area=12"), WIDE)
    assert compared.in_short() == "?area=12&kind=municipality&within=01&year=2020"
    assert compared.in_short(kind="county", within=None, sector="all") == "?area=12&kind=county&year=2020&sector=all"
    assert read_choice(QueryParams(compared.in_short()[1:]), WIDE) == compared


@pytest.mark.parametrize("query", ["?area=1280", "?area=1280&kind=county", "?area=1280&area=12&kind=municipality"])
def test_a_kind_that_the_chosen_areas_are_of_is_left_out(query):
    compared = read_choice(QueryParams(query[1:]), WIDE)
    assert compared.in_short() == query
    (pill,) = (name for name in ("county", "municipality") if name != compared.kind)
    assert read_choice(QueryParams(compared.in_short(kind=pill)[1:]), WIDE).kind == pill


@pytest.mark.parametrize(
    ("query", "counties"),
    [("area=1280&area=0180", ["01", "12"]), ("area=1280&within=12", []), ("area=12", []), ("", [])],
)
def test_the_counties_of_chosen_municipalities_are_offered(query, counties):
    assert read_choice(QueryParams(query), WIDE).around == counties


def test_small_and_large_values_are_written_in_digits_alone(client, monkeypatch):
    def small(rows):
        return [
            replace(each, values=tuple(replace(value, value=value.value.scaleb(-12)) for value in each.values))
            for each in read_series(rows)
        ]

    monkeypatch.setattr("endpoint.value_tables.read_series", small)
    taken = list(csv.DictReader(client.get(f"/sv/compare/{DATASET}.csv").text.splitlines()))
    assert taken
    assert all(re.fullmatch(r"0\.0[0-9]+", row["value"]) for row in taken)
    assert Reader(None, "sv").number(Decimal("3E-7")) == "0,0000003"
    assert Reader(None, "en").number(Decimal("1E+6")) == "1,000,000"


def test_equal_values_share_their_rank():
    by_area = {code: series_of(code, "county", value) for code, value in {"01": 5, "03": 7, "04": 5, "05": 1}.items()}
    assert [rank for rank, *_ in read_choice(QueryParams(""), by_area).ranked] == [1, 2, 2, 4]


@pytest.mark.parametrize(
    ("not_over", "asked", "year", "said"),
    [
        ({2022}, "", 2021, ""),
        ({2021, 2022}, "", 2020, ""),
        ({2020, 2021, 2022}, "", 2022, ""),
        ({2022}, "to=2020", 2020, "?to=2020"),
        ({2022}, "year=2022", 2022, "?year=2022"),
        ({2022}, "year=2021", 2021, ""),
    ],
)
def test_areas_are_ranked_by_the_last_year_that_was_over_where_none_is_asked_for(not_over, asked, year, said):
    by_area = {code: series_of(code, "county", 1, 2, 3) for code in ("01", "12")}
    compared = read_choice(QueryParams(asked), by_area, not_over)
    assert (compared.year, compared.in_short()) == (year, said)


def test_what_is_chosen_can_be_of_any_kind_and_is_offered_again():
    compared = read_choice(QueryParams("kind=municipality&within=12&area=SE&area=0180"), WIDE)
    assert list(compared.offered) == ["SE", "1280", "1281", "0180"]
    assert [series.area.rpartition("/")[2] for series in compared.side_by_side.series] == ["SE", "0180"]


@pytest.mark.parametrize(
    ("query", "parameter", "there"),
    [
        ("kind=region", "kind", "country, county, municipality"),
        ("kind=county&within=12", "within", "01, 12"),
        ("within=03", "within", "01, 12"),
        ("kind=municipality&within=03", "within", "01, 12"),
    ],
)
def test_a_kind_or_county_that_there_is_not_is_refused(query, parameter, there):
    with pytest.raises(Problem) as refused:
        read_choice(QueryParams(query), WIDE)
    assert refused.value.members["parameter"] == parameter
    assert there in refused.value.detail.en


def test_who_asks_for_a_county_of_a_data_set_without_municipalities_is_told_that_there_are_none():
    with pytest.raises(Problem) as refused:
        read_choice(QueryParams("within=12"), {"01": series_of("01", "county", 4), "12": series_of("12", "county", 5)})
    assert refused.value.detail.en == "The data set has no municipalities. Leave out the parameter within."


def test_of_series_by_sex_those_of_both_together_are_compared(client):
    site = client.app.state.site
    concepts = [site.local(iri.concept(sex)) for sex in (Sex.WOMEN, Sex.MEN, Sex.TOTAL)]
    sexes = [series_of("12", "county", value, sex=sex) for value, sex in enumerate(concepts)]
    (found,) = areas_of(site, sexes).values()
    assert found.values[0].value == 2
    assert areas_of(site, [series_of("12", "county", 1), series_of("12", "county", 2)]) == {}


def test_a_suffix_that_a_comparison_has_not_is_told_with_those_that_it_has(client):
    told = client.get(f"/en{PAGE}.json").json()
    assert (told["status"], told["available"]) == (404, [".csv", ".xlsx"])
    assert told["instead"].endswith(f"/en{PAGE}")
    assert "available" not in client.get("/en/compare/nothing.json").json()


@pytest.mark.parametrize("dataset", sorted({row["dataset"] for row in rows("dataset_licences")}))
def test_the_series_in_the_file_of_a_data_set_are_those_in_the_store(client, dataset):
    from_file, from_store = read_both_ways(client, dataset)
    assert from_file == from_store != ()


def test_a_comparison_asks_the_store_for_values_only_of_a_release_that_has_no_file_of_them(release, monkeypatch):
    select, asked = Dataset.select, []

    def selecting(site, query, /, **terms):
        asked.append(query)
        return select(site, query, **terms)

    monkeypatch.setattr(Dataset, "select", selecting)
    pages = []
    for files in (release.record["files"], {}):
        asked.clear()
        served = replace(release, record=release.record | {"files": files})
        app = create_app(served, Settings(release.path.parent.parent, workers=1, deadline=60.0, quick=60.0))
        with TestClient(app, base_url="http://localhost:8000") as client:
            pages.append(client.get(f"/sv{PAGE}").text)
        assert ("pages/series" in asked) == (not files)
        assert "pages/areas-of-data-set" in asked
    assert pages[0] == pages[1]


def test_the_page_of_a_data_set_is_the_same_where_its_values_have_to_be_looked_up(release, monkeypatch):
    names, pages = sorted({row["dataset"] for row in rows("dataset_licences")}), []
    for of in (ValueTable.of, lambda *_: None):
        monkeypatch.setattr(ValueTable, "of", staticmethod(of))
        app = create_app(release, Settings(release.path.parent.parent, workers=1, deadline=60.0, quick=60.0))
        with TestClient(app, base_url="http://localhost:8000") as client:
            answers = [client.get(f"/res/dataset/{name}.sv.html") for name in names]
        assert all(answer.status_code == 200 for answer in answers)
        pages.append([answer.text for answer in answers])
    assert pages[0] == pages[1]
    assert any("<svg" in page for page in pages[0])
