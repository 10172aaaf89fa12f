"""The pages of data sets, series and observations, and where they are found from."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from endpoint.words.observations import WORDS
from tests.expected import rows
from tests.test_pages import get


def page(client: TestClient, path: str) -> str:
    answer = client.get(f"/res/{path}.html")
    assert answer.status_code == 200, path
    return answer.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("dataset/forest-birds-2024.sv", ["CC BY", "inte känd", "+9,07 procent från 2002 till 2024"]),
        ("dataset/forest-birds-2024.en", ["CC BY", "not known", "+9.07 per cent from 2002 to 2024"]),
        ("dataset/ghg-county-2026-08.sv", ["Apache 2.0", "bc810551, utgiven 2026-08", "Klimatbyrån", "5 063 546,31"]),
        ("dataset/ghg-nation-bf20c580.sv", ["ej angiven", "Därför finns värdena i tabellen"]),
        ("slice/ghg-county-2026-08/12.sv", ["Skåne län", "−40,14 procent från 1990 till 2024"]),
        ("slice/ghg-sector-2026-08/SE/utrikes-transporter.sv", ["Serien börjar på noll"]),
        ("observation/ghg-county-2026-08/12/2024.sv", ["5 063 546,31 ton koldioxidekvivalenter", "Skåne län, 2024"]),
        ("county/12.sv", ["Dataserier", "Territoriella växthusgasutsläpp per län"]),
        ("country/SE.sv", ["Häckande fåglar i skogen", "inte som egen serie"]),
        ("sector/jordbruk.en", ["Greenhouse gas emissions by sector, Sweden"]),
        (
            "objective/1.sv",
            ["Territoriella växthusgasutsläpp per län", "(redaktionens koppling)", "Nyckeltal i Kolada"],
        ),
        ("objective/12.en", ["Birds breeding in forest", "Protected sites"]),
        ("objective/14.en", ["No data set on the objective"]),
        ("external-dataset/kolada.sv", ["https://api.kolada.se/v3/", "De är inte inlästa här."]),
        ("external-dataset/scb-mi0803a.sv", ["Inget enskilt mål anges"]),
    ],
)
def test_a_page_says(client, path, words):
    text = page(client, path).replace("\N{NO-BREAK SPACE}", " ")
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("path", ["dataset/forest-birds-2024.sv", "slice/ghg-county-2026-08/12.en", "county/12.sv"])
def test_a_chart_has_words_and_no_style_of_its_own(client, path):
    (chart,) = re.findall(r'<svg class="chart".*?</svg>', page(client, path), re.DOTALL)
    (name,) = re.findall(r'aria-labelledby="([^"]+)"', chart)
    assert re.search(rf'<title id="{name}">[^<]*20[0-9]{{2}}', chart)
    assert "style=" not in chart


@pytest.mark.parametrize(
    ("path", "dataset", "area"),
    [
        ("indicator/sverigesmiljomal-levande-skogar-hackande-faglar-i-skogen.sv", "forest-birds-2024", "SE"),
        ("county/12.en", "ghg-county-2026-08", "12"),
    ],
)
def test_a_chart_on_the_page_of_something_else_has_its_values_to_be_opened(client, path, dataset, area):
    text = page(client, path)
    (name, opened) = re.search(r'<details><summary id="(values-\d+)">(.*?)</details>', text, re.DOTALL).groups()
    assert f'aria-labelledby="{name}"' in opened
    values = [row for row in rows("observations") if row["dataset"] == dataset and row["area"] == area]
    shown = re.findall(rf'<a href="/res/observation/{dataset}/{area}/(\d+)\.', opened)
    assert shown == sorted(row["period"] for row in values)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("observation/ghg-county-2026-08/12/2015.sv", "area=12&amp;year=2015"),
        ("observation/ghg-county-2026-08/03/2024.sv", "area=03&amp;year=2024"),
    ],
)
def test_an_observation_leads_to_the_areas_ranked_in_its_year(client, path, asked):
    (there,) = re.findall(r'<a href="(/sv/compare/[^"]*)">', page(client, path))
    assert there == f"/sv/compare/ghg-county-2026-08?{asked}"
    compared = client.get(there.replace("&amp;", "&"))
    assert compared.status_code == 200
    year = asked.rpartition("=")[2]
    assert f"<option selected>{year}</option>" in compared.text


@pytest.mark.parametrize("path", ["county/12.sv", "slice/ghg-county-2026-08/12.sv"])
def test_a_series_leads_to_those_of_other_areas_and_is_chosen_there(client, path):
    (there,) = re.findall(r'<a href="(/sv/compare/[^"]*)">', page(client, path))
    assert there == "/sv/compare/ghg-county-2026-08?area=12"
    assert re.findall(r'name="area" value="(\w+)" checked', client.get(there).text) == ["12"]


@pytest.mark.parametrize(
    "path", ["slice/forest-birds-2024/SE.sv", "slice/ghg-sector-2026-08/SE/jordbruk.sv", "country/SE.sv"]
)
def test_a_series_of_the_only_area_there_is_leads_to_no_comparison(client, path):
    assert "/compare/" not in page(client, path)


def test_a_series_has_a_row_for_every_value_beside_its_chart(client):
    text = page(client, "slice/forest-birds-2024/SE.sv")
    assert text.count("/res/observation/forest-birds-2024/SE/") >= 23


@pytest.mark.parametrize("path", ["slice/ghg-county-2026-08/12", "observation/ghg-county-2026-08/12/2024"])
def test_a_series_and_an_observation_lead_to_their_data_set_in_the_breadcrumbs(client, path):
    (crumbs,) = re.findall(r'<nav class="crumbs".*?</nav>', page(client, f"{path}.sv"), re.DOTALL)
    (title,) = (row["title_sv"] for row in rows("dataset_titles") if row["dataset"] == "ghg-county-2026-08")
    assert re.findall(r'<a href="([^"]+)">', crumbs)[1:] == [
        "/sv/kinds",
        "/sv/kinds/dataset",
        "/res/dataset/ghg-county-2026-08.sv.html",
    ]
    assert f">{title}</a>" in crumbs


def test_an_observation_is_looked_up_by_its_key_with_slashes(client):
    answer = client.get("/id/observation/ghg-sector-2026-08/SE/2024/transporter", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    turtle = client.get(answer.headers["location"], headers={"Accept": "text/turtle"})
    assert "16862742.05" in turtle.text


def test_an_observation_that_is_not_there_is_not_found(client):
    assert client.get("/id/observation/ghg-county-2026-08/12/1991").status_code == 404
    assert client.get("/res/observation/ghg-nation-bf20c580/SE/2024.sv.html").status_code == 404


def test_a_sector_shows_its_own_series_and_no_other(client):
    shown = set(re.findall(r'href="/res/slice/([^"]+)\.en\.html"', page(client, "sector/jordbruk.en")))
    assert shown == {"ghg-sector-2026-08/SE/jordbruk"}


def test_every_sector_has_a_name_in_each_language(client):
    names = {row["sector"]: row["name_en"] for row in rows("sector_translations")}
    assert set(names) == {row["slug"] for row in rows("sectors")}
    text = page(client, "country/SE.en")
    assert [name for name in names.values() if name not in text] == []
    assert "<h1>Greenhouse gas emissions in Sweden: Agriculture</h1>" in page(
        client, "slice/ghg-sector-2026-08/SE/jordbruk.en"
    )


def test_the_licence_of_the_values_stands_beside_them(client):
    text = page(client, "county/12.en")
    assert "Copyright (c) 2024 Klimatbyrån Ideell Förening" in text
    assert "http://www.apache.org/licenses/LICENSE-2.0" in text


def test_an_indicator_shows_the_values_that_are_here_and_leads_to_them(client):
    birds = "indicator/sverigesmiljomal-levande-skogar-hackande-faglar-i-skogen"
    shown = get(client, f"/res/{birds}.sv.html")
    linked = [a["href"] for a in shown.of("a")]
    assert {"/res/dataset/forest-birds-2024.sv.html", "/res/slice/forest-birds-2024/SE.sv.html"} <= set(linked)
    assert "+9,07 procent från 2002 till 2024" in shown.text
    assert f"/res/{birds}.sv.html" in page(client, "dataset/forest-birds-2024.sv")
    assert 'id="series"' not in page(client, "indicator/kolada-N00401.sv")


def test_a_dataset_of_others_leads_to_its_publisher_and_says_what_was_not_read(client):
    shown = get(client, "/res/external-dataset/kolada.sv.html")
    assert "/res/actor/rka.sv.html" in [a["href"] for a in shown.of("a")]
    assert shown.texts[shown.texts.index("Startsida") + 1].endswith("external_dataset_pages.csv")
    numbers = [int(found[1]) for text in shown.texts if (found := re.match(r"([0-9]{1,2}) [A-ZÅÄÖ]", text))]
    assert numbers == sorted(numbers)
    assert len(numbers) == 6


def test_what_the_source_leaves_open_of_emissions_is_said_where_they_are_shown(client):
    """The zeros of international transport, and that counties are less together than the sectors of the nation."""
    by_year: dict[str, dict[str, Decimal]] = {}
    abroad = {}
    for row in rows("observations"):
        if row["dataset"] in {"ghg-county-2026-08", "ghg-sector-2026-08"}:
            sums = by_year.setdefault(row["period"], {})
            sums[row["dataset"]] = sums.get(row["dataset"], Decimal(0)) + Decimal(row["value"])
            if row["sector"] == "utrikes-transporter":
                abroad[row["period"]] = Decimal(row["value"])
    assert all(sums["ghg-county-2026-08"] < sums["ghg-sector-2026-08"] for sums in by_year.values())
    assert {year for year, value in abroad.items() if value} == {"2023", "2024"}
    said = "International transport is zero in the source until 2022"
    of_sector = (
        "slice/ghg-sector-2026-08/SE/{}",
        "observation/ghg-sector-2026-08/SE/2024/{}",
        "sector/{}",
    )
    for place in of_sector:
        assert said in client.get(f"/res/{place.format('utrikes-transporter')}.en.html").text, place
        assert said not in client.get(f"/res/{place.format('transporter')}.en.html").text, place
    for dataset, has_transport in (("ghg-county-2026-08", False), ("ghg-sector-2026-08", True)):
        page = client.get(f"/res/dataset/{dataset}.en.html").text
        assert (said in page) == has_transport
        assert "The counties are lower together than the sectors in every year" in page


def test_charts_say_of_emissions_what_the_tables_say():
    notes = {row["note"]: (row["note_sv"], row["note_en"]) for row in rows("dataset_notes")}
    for word, note in (
        ("data-nation-missing", "nation-missing"),
        ("data-transport-abroad", "transport-abroad"),
        ("data-recalculated", "recalculated"),
    ):
        assert (WORDS[word].sv, WORDS[word].en) == notes[note], word


def test_the_latest_values_of_an_area_have_their_units_and_lead_to_other_areas(client, monkeypatch):
    monkeypatch.setattr("endpoint.parts.observations._MOST_DATA_SETS", 0)  # as where there are more than are drawn
    part = page(client, "county/17.en").partition('id="latest"')[2].partition("</table>")[0]
    dataset = "ghg-county-2026-08"
    (*_, last) = (row["value"] for row in rows("observations") if (row["dataset"], row["area"]) == (dataset, "17"))
    cells = re.findall(r"<td [^>]*>(.*?)</td>", part)
    assert [re.sub(r"<[^>]+>", "", cell) for cell in cells] == [
        "2024",
        f"{Decimal(last):,}",
        "tonnes of carbon dioxide equivalent",
        "",  # nothing of the country in the same data set
        "Compare Territorial greenhouse gas emissions by county",
    ]
    assert f'href="/en/compare/{dataset}?area=17"' in cells[-1]
    assert "/en/compare/forest-birds-2024" not in page(client, "country/SE.en")  # of the country alone
