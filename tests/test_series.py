"""Series that no table has the like of, as pages and questions tell them: below zero, and of years not yet over."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.charts import SMALL
from endpoint.settings import Settings
from loaders.build import build
from loaders.curated import read_all
from ontology.base import Base
from ontology.schemes import Unit
from queries.catalogue import questions
from tests.builds import write_few_tables
from tests.series_in_dumps import years_and_addresses
from tests.test_diagrams import INDICATOR, fetched, source_with, workbook
from tests.test_not_over import CUBES

UPTAKE = "diagram-example-uptake"
NOT_OVER = 2030
TABLE = (
    ("Category", "Sverige", "Stockholm", "Uppsala", "Skåne", "Halland"),
    (2020, -42, -2, 40, -1, 0),
    (2024, -40, -3, 42, None, 3),
    (NOT_OVER, -41, -3, 21, 1, 4),
)
AREAS = dict(zip(TABLE[0][1:], ("SE", "01", "03", "12", "13"), strict=True))
SHORT = (("Category", "a", "b", "c", "d"), (2020, 1, 2, 3, 4), (2021, 2, 3, 4, 5))
SEXES = {"a": ("01", "women"), "b": ("01", "men"), "c": ("12", "women"), "d": ("12", "men")}
SECTORS = {"a": ("01", "arbetsmaskiner"), "b": ("01", "avfall-inkl-avlopp"), "c": ("12", "avfall-inkl-avlopp")}
APART = {"a": ("01", "arbetsmaskiner"), "b": ("12", "jordbruk")}
DIAGRAMS = {
    "example-uptake": (TABLE, {name: {"area": area} for name, area in AREAS.items()}),
    "example-sexes": (SHORT, {name: {"area": area, "sex": sex} for name, (area, sex) in SEXES.items()}),
    "example-sectors": (SHORT, {name: {"area": area, "sector": key} for name, (area, key) in SECTORS.items()}),
    "example-apart": (SHORT, {name: {"area": area, "sector": key} for name, (area, key) in APART.items()}),
}
FROM_ZERO = {"sv": "Serien börjar på noll eller lägre", "en": "The series begins at zero or below"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A site of a few tables and of diagrams with made-up values."""
    folder = tmp_path_factory.mktemp("series")
    write_few_tables(folder / "tables")
    rows, sources = read_all(folder / "tables").rows, {}
    for name, (table, series) in DIAGRAMS.items():
        (folder / f"{name}.xlsx").write_bytes(workbook(*table))
        left_out = tuple(name for name in table[0][1:] if name not in series)
        about = {"folder": folder, "file": f"{name}.xlsx", "unit": Unit.HECTARE, "left_out": left_out}
        source = source_with(series=series, title_en=name, years_to_come="marked", **about).model_copy(
            update={"id": name}
        )
        assert fetched(folder / "data", source, rows)[0].why is None
        sources[name] = source
    built = build(folder / "data", Base("http://localhost:8000/"), folder / "tables", sources=sources).release
    app = create_app(built, Settings(built.path.parent.parent, workers=2, deadline=5.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=True) as client:
        yield client


def text_of(client: TestClient, address: str) -> str:
    """The words of a page, with ordinary spaces."""
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\N{NO-BREAK SPACE}", " ").split())


def table_of(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


# --- how they changed


@pytest.mark.parametrize("area", ["SE", "01", "12", "13"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_begins_at_zero_or_below_has_no_change_in_per_cent(client, language, area):
    shown = text_of(client, f"/res/slice/{UPTAKE}/{area}.{language}.html")
    expected = "färre än två" if language == "sv" else "fewer than two"
    assert (expected if area == "12" else FROM_ZERO[language]) in shown
    assert not re.search("procent från|per cent from", shown)


@pytest.mark.parametrize("page", ["slice/{}/03", "dataset/{}", "observation/{}/03/2024"])
def test_a_change_is_reckoned_to_the_last_year_that_was_over_and_says_so(client, page):
    for language, said in [
        ("sv", "+5,00 procent från 2020 till 2024, det sista året som var slut"),
        ("en", "+5.00 per cent from 2020 to 2024, the last year that was over"),
    ]:
        shown = text_of(client, f"/res/{page.format(UPTAKE)}.{language}.html")
        assert said in shown
        assert str(NOT_OVER) in shown
        assert not re.search(r"(procent|per cent) \w+ \d+ \w+ 2030", shown)


def test_a_ranking_gives_the_change_of_what_began_above_zero_and_says_why_the_others_have_none(client):
    shown = text_of(client, f"/en/compare/{UPTAKE}")
    assert "Since 2020 (per cent)" in shown
    assert re.findall(r"[+\N{MINUS SIGN}][\d.]+\.\d\d", shown) == ["+5.00"]
    assert "No change in per cent is given where the value of 2020 is zero or below, or unknown." in shown
    assert "in per cent is given" not in text_of(client, f"/en/compare/{UPTAKE}?from=2024")


@pytest.mark.parametrize("asked", ["year=2030", "from=2024&year=2030"])
def test_a_ranking_by_a_year_that_was_not_over_gives_no_change(client, asked):
    shown = text_of(client, f"/sv/compare/{UPTAKE}?{asked}")
    assert "Ingen förändring anges mellan år som inte båda var slut när källan hämtades." in shown
    assert "(procent)" not in shown


def test_a_year_that_was_not_over_is_marked_where_areas_stand_side_by_side(client):
    assert "2030 (year not over) : " in text_of(client, f"/en/compare/{UPTAKE}?area=03&year=2030")


UNENDED = {
    "sv": ("Ihåliga punkter och prickade linjer: året var inte slut", "Ritade för sig, för att året"),
    "en": ("Hollow dots and dotted lines: the year was not over", "Drawn apart, as the year"),
}


def drawn(client, address):
    """Of the lines and dots of the pictures of a page, without those of the key, how many there are of each class."""
    main = client.get(address).text.partition("<main")[2]
    shown = re.sub(r'<svg class="key-unended".*?</svg>', "", main, flags=re.DOTALL)
    return Counter(re.findall(r'<(?:polyline|circle) class="([^"]+)"', shown))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_picture_of_a_series_draws_years_that_were_not_over_apart_and_says_so(client, language):
    address = f"/res/slice/{UPTAKE}/03.{language}.html"
    assert drawn(client, address) == {"line": 1, "line unended": 1, "dot": 2, "dot unended": 1}
    legend, title = UNENDED[language]
    shown = text_of(client, address)
    assert legend in shown
    assert re.search(rf"{title}[^.]*: {NOT_OVER}\.", shown)


@pytest.mark.parametrize("address", [f"/res/dataset/{UPTAKE}.{{}}.html", f"/{{}}/compare/{UPTAKE}?area=03&area=01"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_small_lines_draw_years_that_were_not_over_apart_and_say_so(client, address, language):
    found = drawn(client, address.format(language))
    assert found["line unended"] == found["dot unended"] >= 2
    assert "dot" not in found  # of a small line the last year has a dot, and none of these was over
    assert UNENDED[language][0] in text_of(client, address.format(language))


@pytest.mark.parametrize(
    "address", ["/res/dataset/diagram-example-sexes.en.html", f"/en/compare/{UPTAKE}?area=03&to=2024"]
)
def test_pictures_of_years_that_were_over_are_as_they_were(client, address):
    assert not [one for one in drawn(client, address) if "unended" in one]
    assert UNENDED["en"][0] not in text_of(client, address)


def test_questions_give_a_change_in_per_cent_of_what_began_above_zero_alone(client):
    told = table_of(client, "/api/q/change-in-each-series.csv")
    changes = {row["series"].rpartition("/")[2]: row["changePercent"] for row in told if UPTAKE in row["series"]}
    assert changes == {"SE": "", "01": "", "03": changes["03"], "12": "", "13": ""}
    assert changes["03"]


# --- what they are together

ANOTHER_SECTOR = """
<https://w3id.org/miljograf/id/sector/avfall> a mg:Sector .
:sectors qb:slice :other .
:other d:refArea <https://w3id.org/miljograf/id/country/SE> ; mg:sector <https://w3id.org/miljograf/id/sector/avfall> .
"""
VALUE = """
:of-YEAR d:refArea <https://w3id.org/miljograf/id/country/SE> ; qb:dataSet :sectors ;
  mg:sector <https://w3id.org/miljograf/id/sector/avfall> ;
  d:refPeriod "YEAR"^^xsd:gYear ; m:obsValue 5.0 ; a:unitMeasure unit:tonne-co2e .
"""


@pytest.mark.parametrize(
    ("more", "nation"),
    [
        ("", {"1990": 40, "2024": 60}),
        (ANOTHER_SECTOR, {}),
        (ANOTHER_SECTOR + VALUE.replace("YEAR", "1990"), {"1990": 45}),
        (ANOTHER_SECTOR + "".join(VALUE.replace("YEAR", year) for year in ("1990", "2024")), {"1990": 45, "2024": 65}),
    ],
)
def test_a_year_in_which_a_sector_has_no_value_has_no_sum_of_the_nation(more, nation):
    store = ox.Store()
    store.load((CUBES + more).encode(), format=ox.RdfFormat.TURTLE)
    asked = questions()["emissions-of-a-county-against-the-nation"].asking(Base(), {})
    found = store.query(asked, use_default_graph_as_union=True)
    assert {row["year"].value: float(row["nation"].value) for row in found} == nation


def test_series_tell_their_first_and_last_year_and_the_address_of_each_observation(client):
    told, found = years_and_addresses(client.app.state.site.release)
    assert told == found
    assert told


# --- how they are drawn


def test_a_nation_far_below_zero_is_not_drawn_behind_its_counties(client):
    shown = text_of(client, f"/en/compare/{UPTAKE}?area=01&area=12")
    assert "The country is not drawn: its values are so much farther from zero" in shown
    assert "from \N{MINUS SIGN}3 to 1" in shown
    assert "The grey, dashed line is the country." in text_of(client, f"/en/compare/{UPTAKE}?area=03")


def test_small_lines_of_what_is_below_zero_stand_on_zero(client):
    html = client.get(f"/en/compare/{UPTAKE}?area=01", headers={"Accept": "text/html"}).text
    (picture,) = re.findall(r'<svg class="chart-small".*?</svg>', html, re.DOTALL)
    (zero,) = re.findall(r'class="grid" [^>]*y1="([\d.]+)"', picture)
    below = [float(y) for line in re.findall(r'points="([^"]+)"', picture) for y in re.findall(r",([\d.]+)", line)]
    assert min(below) > float(zero) == SMALL.top


def test_a_map_of_what_is_below_zero_has_no_dash_beside_a_minus(client):
    legend = text_of(client, f"/en/compare/{UPTAKE}").partition("Map 2024")[2]
    assert "\N{MINUS SIGN}3" in legend
    assert not re.search("-[0-9]|\N{EN DASH}\N{MINUS SIGN}", legend)


def test_a_ranking_in_which_no_change_can_be_given_has_no_column_of_them(client):
    shown = text_of(client, f"/en/compare/{UPTAKE}?kind=country")
    assert "Since 2020" not in shown
    assert "No change in per cent is given where the value of 2020 is zero or below, or unknown." in shown


# --- what of them is compared


def compared(client: TestClient, address: str) -> tuple[int, dict]:
    answer = client.get(address, headers={"Accept": "application/json"})
    return answer.status_code, answer.json()


def test_what_is_listed_can_be_compared_and_what_cannot_is_not_listed(client):
    html = client.get("/en/compare", headers={"Accept": "text/html"}).text
    assert set(re.findall(r'href="/en/compare/([^"?]+)"', html)) == {UPTAKE, "diagram-example-sectors"}
    for key in (UPTAKE, "diagram-example-sectors"):
        assert text_of(client, f"/en/compare/{key}")


@pytest.mark.parametrize("key", ["diagram-example-sexes", "diagram-example-apart"])
def test_what_has_no_several_areas_of_the_same_is_told_to_have_none(client, key):
    for address in (f"/en/compare/{key}", f"/en/compare/{key}?sector=arbetsmaskiner", f"/en/compare/{key}.csv"):
        status, told = compared(client, address)
        assert (status, told["instead"]) == (404, "http://localhost:8000/en/compare")
        if not address.endswith(".csv"):
            assert f"The data set {key} has no values of several areas that can be compared" in told["detail"]


def test_sectors_of_one_area_are_not_offered_and_refused_by_their_name(client):
    address = "/en/compare/diagram-example-sectors"
    html = client.get(address, headers={"Accept": "text/html"}).text
    offered = html.partition('id="sector"')[2].partition("</select>")[0]
    assert re.findall('value="([^"]+)"', offered) == ["avfall-inkl-avlopp"]
    assert text_of(client, address) == text_of(client, f"{address}?sector=avfall-inkl-avlopp")
    status, told = compared(client, f"{address}?sector=arbetsmaskiner")
    assert (status, told["parameter"], told["allowed"]) == (400, "sector", ["avfall-inkl-avlopp"])
    assert told["detail"].startswith("The sector arbetsmaskiner has no values of several areas to compare.")
    assert compared(client, f"{address}?sector=jordbruk")[1]["detail"].startswith("The parameter sector cannot be")


@pytest.mark.parametrize(
    "page",
    [
        "dataset/diagram-example-sexes",
        "dataset/diagram-example-sectors",
        "dataset/diagram-example-apart",
        "slice/diagram-example-sectors/01/arbetsmaskiner",
        "slice/diagram-example-sectors/01/avfall-inkl-avlopp",
        "slice/diagram-example-apart/12/jordbruk",
        "slice/diagram-example-sexes/01/women",
        "observation/diagram-example-sectors/01/2020/arbetsmaskiner",
        f"slice/{UPTAKE}/01",
        "county/01",
        "county/12",
        "country/SE",
        "sector/arbetsmaskiner",
        f"indicator/{INDICATOR}",
    ],
)
def test_every_link_to_a_comparison_leads_to_one(client, page):
    shown = client.get(f"/res/{page}.en.html")
    assert shown.status_code == 200
    links = set(re.findall(r'href="(/en/compare/[^"]+)"', shown.text))
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link
    leads = {"sexes": False, "apart": False, "arbetsmaskiner": False}
    assert bool(links) == next((led for name, led in leads.items() if name in page), True), page
