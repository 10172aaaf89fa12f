"""A person at a county board finds what concerns the county from the start page, by links alone."""

from __future__ import annotations

import re

import pytest

from tests import expected_actors, expected_indicators
from tests.expected import objectives_in_order, rows
from tests.test_pages import Page, get

COUNTIES = [row["code"] for row in rows("counties")]
LANGUAGES = ("sv", "en")


def links(page: Page) -> list[str]:
    """The addresses that a page links, in order, each once, without what follows a `#`."""
    return list(dict.fromkeys(str(a["href"]).partition("#")[0] for a in page.of("a")))


def follow(client, start: Page, *wanted: str) -> Page:
    """The page that is reached by clicking the first link that matches each pattern, one click after the other."""
    page = start
    for pattern in wanted:
        page = get(client, next(href for href in links(page) if re.fullmatch(pattern, href)))
    return page


@pytest.fixture(scope="module")
def starts(client) -> dict[str, Page]:
    return {language: get(client, f"/{language}/") for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("county", COUNTIES)
def test_one_click_from_the_start_leads_to_a_county_and_one_more_to_what_concerns_it(client, starts, county, language):
    page = follow(client, starts[language], rf"/res/county/{county}\.{language}\.html")
    there = set(links(page))

    def shown(*things: str) -> bool:
        return {f"/res/{thing}.{language}.html" for thing in things} <= there

    objectives = [number for number, *_ in objectives_in_order()]
    assert shown(*(f"objective/{number}" for number in objectives)), "those to assess, and those that are not"
    for row in rows("assessments"):
        if row["place"] == county:
            assert shown(f"assessment/{row['report']}-{county}-{row['objective']}-{row['aspect']}")
    for row in rows("action_programmes"):
        assert row["place"] != county or shown(f"action-programme/{row['code']}")
    for row in rows("measures"):
        assert row["place"] != county or shown(f"measure/{row['code']}")
    assert shown(*(f"actor/{actor}" for actor in expected_actors.actors_of_a_county(county)))
    assert shown(*(f"actor/{actor}" for actor in expected_actors.parts_in_a_county(county)))
    assert shown(*(f"municipality/{row['code']}" for row in rows("municipalities") if row["county"] == county))
    assert shown(f"slice/ghg-county-2026-08/{county}")


@pytest.mark.parametrize("county", ["12", "25"])
def test_the_third_click_leads_to_each_indicator_with_values_for_counties(client, starts, county):
    page = follow(client, starts["sv"], rf"/res/county/{county}\.sv\.html")
    named = [href for href in (str(a["href"]) for a in page.of("a")) if href.endswith("#indicators")]
    objectives = [href.partition("objective/")[2].partition(".")[0] for href in named if "objective" in href]
    for objective in objectives:
        reached = set(links(follow(client, page, rf"/res/objective/{objective}\.sv\.html")))
        for indicator, _ in expected_indicators.with_values("objective", objective, "county-or-region"):
            assert f"/res/indicator/{indicator}.sv.html" in reached
    assert objectives == [
        number
        for number, *_ in objectives_in_order()
        if expected_indicators.with_values("objective", number, "county-or-region")
    ]


@pytest.mark.parametrize("county", ["12", "14"])
def test_the_page_of_a_county_tells_what_part_each_actor_has(client, county):
    text = get(client, f"/res/county/{county}.en.html").text
    parts = expected_actors.parts_in_a_county(county)
    names = {row["actor"]: row["name_sv"] for row in rows("actor_names")}
    translated = {row["actor"]: row["name_en"] for row in rows("actor_translations")}
    english = {row["actor"]: row["name_en"] for row in rows("actor_names") if row["name_en"]} | translated
    said = {
        "publishes": ("publishes {} action programme", "publishes {} action programmes"),
        "leads": ("leads {} measure", "leads {} measures"),
        "adopted": ("has adopted {} measure", "has adopted {} measures"),
        "partner": ("takes part in {} measure", "takes part in {} measures"),
    }
    assert any("publishes" in found for found in parts.values())
    for actor, found in parts.items():
        place = text.index(english.get(actor) or names[actor], text.index("Actors of the county", 400))
        told = text[place : place + 160]
        for part, number in found.items():
            if part in said:
                assert said[part][number > 1].format(number) in told, (actor, told)


def test_a_county_board_and_the_page_of_its_county_lead_to_each_other(client):
    for county in COUNTIES:
        board, _ = expected_actors.actors_of_a_county(county)
        assert f"/res/county/{county}.sv.html" in links(get(client, f"/res/actor/{board}.sv.html"))


def test_a_long_page_begins_with_links_to_its_parts(client):
    page = get(client, "/res/county/12.sv.html")
    ids = [str(attributes["id"]) for tag, attributes in page.elements if tag == "h2" and "id" in attributes]
    jumps = [str(a["href"])[1:] for a in page.of("a") if str(a["href"]).startswith("#") and a["href"] != "#main"]
    *jumps, last = jumps
    assert jumps == ids[: ids.index("properties")]
    assert jumps[:2] == ["assessments", "actors"]
    assert jumps[-1] == "municipalities"
    assert last == "formats"  # which stand beside the page, and below all of it on a phone


def test_a_short_page_has_no_links_to_its_parts(client):
    assert 'class="on-page"' not in client.get("/res/specification/7-1.sv.html").text
