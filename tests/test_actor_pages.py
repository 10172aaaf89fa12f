"""What a person finds on the pages of actors, counties, collaborations and meetings, by links alone."""

from __future__ import annotations

import re
from html import unescape

import pytest

from loaders.curated import read_all
from tests import expected_actors as expected
from tests.expected import municipalities_of, rows


@pytest.fixture(scope="module")
def page(client):
    """The text of the page of a thing in a language, white space evened out."""

    def read(thing: str, language: str = "sv") -> str:
        answer = client.get(f"/res/{thing}.{language}.html")
        assert answer.status_code == 200, thing
        return re.sub(r"\s+", " ", unescape(answer.text))

    return read


def spoken(text: str) -> str:
    """The words of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_an_actor_that_has_ended_answers_with_a_banner_and_leads_to_its_successor(client, page):
    assert client.get("/id/actor/202100-0852").status_code == 303
    text = page("actor/202100-0852")
    assert "Aktören har upphört (2025-12-31)." in text
    assert 'Efterträds av <a href="/res/actor/202100-5026.sv.html">Statskontoret</a> (202100-5026)' in text
    assert 'href="/res/actor/202100-0852.en.html"' in page("actor/202100-5026", "en")
    assert "has ended" not in page("actor/202100-5026", "en")


def test_the_list_of_actors_says_which_have_ended(client):
    text = unescape(client.get("/sv/kinds/actor").text)
    ended = re.findall(r'/actor/([^"]+)\.sv\.html">[^<]*</a> <span class="small muted">upphörde ([^<]+)<', text)
    assert dict(ended) == {row["actor"]: row["end"] for row in rows("actor_ends")}


@pytest.mark.parametrize("actor", ["202100-5026", "202100-5984", "rus"])
def test_the_names_of_an_actor_stand_in_order_of_time(page, actor):
    text = spoken(page(f"actor/{actor}").partition('id="names"')[2])
    names = [name for name, *_ in expected.names_of(actor)]
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)


def test_the_page_of_rus_says_whom_it_works_with_on_what(page):
    text = page("actor/rus").partition('id="collaborations"')[2].partition('id="meetings"')[0]
    for code, _, other, role, _ in expected.collaborations_of("rus"):
        assert role in text
        assert f"/res/collaboration/{code}" in text
        if not re.fullmatch(r"[a-z-]+-[a-z-]+|research", other):
            assert f"/res/actor/{other}" in text
    for area in ("Agenda 2030", "Stöd i åtgärdsarbetet", "Åtgärdswebben", "Regional årlig uppföljning", "Mötesplatser"):
        assert area in text


def test_a_county_board_sees_what_rus_does_with_the_boards_as_a_group(page):
    text = spoken(page("actor/202100-2346"))
    assert "anvisningar; samordning; stöd; presentation och analys" in text
    assert "anvisningar; samordning; stöd; presentation och analys" not in spoken(page("actor/region-12"))


def test_the_group_of_county_boards_leads_to_the_list_of_them_and_is_no_agency(client, page):
    assert 'href="/sv/kinds/actor#county-administrative-board"' in page("actor/rus")
    assert '<h2 id="county-administrative-board">' in client.get("/sv/kinds/actor").text
    assert client.get("/id/actor/county-administrative-boards").status_code == 404


@pytest.mark.parametrize("county", ["03", "12"])
def test_a_county_leads_to_its_board_its_region_and_its_municipalities(page, county):
    text = page(f"county/{county}")
    for actor in expected.actors_of_a_county(county):
        assert f'href="/res/actor/{actor}.sv.html"' in text
        assert f'href="/res/county/{county}.sv.html"' in page(f"actor/{actor}")
    for code, _ in municipalities_of(county):
        assert f'href="/res/municipality/{code}.sv.html"' in text


@pytest.mark.parametrize("thing", ["municipality/1280"])
def test_a_municipality_says_what_is_missing_and_leads_to_its_county_for_what_is_told_there(page, thing):
    text = page(thing)
    assert "Ingen källa till organisationsnumret har lästs." in text
    assert re.search(r'<a href="/res/county/12\.sv\.html">Skåne län</a> <span[^>]*>Målen bedöms län för län\.', text)
    assert "municipal_organisations.csv" not in text  # how it is added stands where tables are edited


def test_the_list_of_actors_says_what_is_missing_and_where_to_load_it(client):
    assert "municipal_organisations.csv" in client.get("/sv/kinds/actor").text


def test_a_duty_shows_ordinance_and_paragraph_with_a_link_and_says_what_was_not_read(page):
    text = page("actor/202100-4151")
    assert '<a href="https://selex.se/eli/sfs/2009/1464">SFS 2009:1464</a>, 4 § 1' in text
    assert '<a href="https://selex.se/eli/sfs/2009/1464">SFS 2009:1464</a>, 4 § 2' in text
    assert "paragrafen är inte läst" in page("actor/202100-6420")
    assert "inte läst" in page("actor/202100-0696")


def test_an_agency_whose_duty_is_unsure_or_of_no_source_has_none_on_its_page(page):
    for actor in ("202100-6305", "202100-4573", "202100-6610"):
        assert 'id="duties"' not in page(f"actor/{actor}")
    assert not [row for row in read_all().rows if row.table == "duties" and row.key.startswith("202100-6610")]


def test_an_agency_leads_to_the_objectives_that_it_follows_up(page):
    text = page("actor/202100-6420")
    for objective in ("7", "8", "10"):
        assert f'href="/res/objective/{objective}.sv.html"' in text
    assert 'href="/res/actor/202100-6420.sv.html"' in page("objective/8")


def test_the_council_lists_its_members_of_a_year_and_a_member_its_seat(page):
    text = page("actor/miljomalsradet")
    assert "Ledamöter 2016" in text
    for _, member, _ in expected.members_of("miljomalsradet"):
        assert f'href="/res/actor/{member}.sv.html"' in text
    assert "för länsstyrelserna" in spoken(page("actor/202100-2353"))


def test_a_meeting_tells_days_place_status_and_who_arranged_it(page):
    text = spoken(page("meeting/nobelmotet-2013"))
    for said in ("2013-12-10 – 2013-12-11", "Långholmens konferens, Stockholm", "hölls", "Miljödepartementet"):
        assert said in text
    assert "inställt" in spoken(page("meeting/miljomalsdagarna-2020"))
    assert "2016, dagen är inte känd" in spoken(page("meeting/mal-i-sikte-2016-malmo"))


def test_a_series_lists_its_meetings_in_order_of_time(page):
    text = page("meeting-series/nobelmotet")
    places = [text.index(f"/res/meeting/{row[1]}") for row in expected.meetings_of("nobelmotet")]
    assert places == sorted(places)
