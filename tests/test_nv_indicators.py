"""Naturvårdsverket's indicators API in a release: what its answers become, what is matched, left out or refused.

The answers are those of a service that another hand wrote from the description; every value of it is made up.
"""

from __future__ import annotations

import gzip
import json
import re
from decimal import Decimal

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders import nv_indicators
from loaders.build import build
from loaders.client import Patience
from loaders.curated import LeftOut, read_all
from loaders.fetch import How, fetch
from loaders.indicator_updates import IndicatorUpdate
from loaders.live import read_live_sources
from loaders.newest_periods import TABLES_ARE_OLDER
from loaders.nv_indicator_matches import NvMatch
from loaders.nv_indicator_rows import (
    NvDataset,
    NvDpsir,
    NvIndicatorRow,
    NvNewest,
    NvObjective,
    NvResolution,
    NvSeries,
    NvUpdate,
)
from loaders.nv_indicators import read
from loaders.row import Match
from ontology.schemes import Confidence, Dpsir, Resolution, Unit
from tests.builds import write_few_tables
from tests.conftest import BASE
from tests.series_in_dumps import years_and_addresses
from tests.services.environmental_indicators import INDICATORS, PLACES, EnvironmentalIndicators, data_set, indicator

SOURCE = read_live_sources()["nv-indicators"]
LIST = f"{SOURCE.address}indicators"
BIRDS = "Häckande fåglar i våtmarker"  # the name of an indicator of the tables


@pytest.fixture(scope="module")
def own_rows():
    return read_all().rows


def one(key=50, **others):
    """An indicator without data sets, unless they are given."""
    return {"Key": key, "Name": "Påhittad indikator", **others}


def in_series(*points, unit="ton", place=("SE", "Sverige")):
    """A data set with one variable in one place."""
    series = [{"Label": label, "Value": value} for label, value in points]
    variable = {"ExternalId": 7, "Name": "Påhittad variabel", "DataSeries": series}
    location = {"Id": place[0], "Name": place[1], "PresentationVariables": [variable]}
    return {"ExternalId": 3, "Name": "Påhittad datamängd", "Unit": unit, "Locations": [location]}


def reading(rows, *indicators):
    """The rows that some indicators become, and what is left out with its reason."""
    short = [{name: value for name, value in each.items() if name != "DataSets"} for each in indicators]
    answers = [(LIST, json.dumps(short).encode())]
    answers += [(f"{LIST}/{each['Key']}", json.dumps(each).encode()) for each in indicators]
    found = read(SOURCE, answers, rows)
    left_out = [each for each in found if isinstance(each, LeftOut)]
    return [each for each in found if not isinstance(each, LeftOut)], left_out


def of(model, rows):
    return [row for row in rows if isinstance(row, model)]


# --- whether an indicator is one of ours


def test_an_indicator_that_the_api_alone_has_is_one_of_its_own(own_rows):
    found, left_out = reading(own_rows, one())
    (row,) = of(NvIndicatorRow, found)
    assert (row.key, row.code, left_out) == ("naturvardsverket-indicators-api-50", "50", [])


def match(kind):
    return NvMatch(
        indicator="miljomal-iid-68", api_key="50", match=kind, source_id="editors", confidence=Confidence.LIKELY
    )


def test_an_indicator_that_the_editors_have_matched_adds_to_ours_and_is_not_doubled(own_rows):
    found, left_out = reading([*own_rows, match(Match.EXACT)], one(Name="Ett annat namn", DPSIR=["S"]))
    assert (of(NvIndicatorRow, found), left_out) == ([], [])
    assert [(row.indicator, row.dpsir) for row in of(NvDpsir, found)] == [("miljomal-iid-68", Dpsir.STATE)]


def test_the_same_name_waits_for_the_editors_and_is_proposed_to_them(own_rows):
    found, (left_out,) = reading(own_rows, one(Name=f"  {BIRDS.upper()} ", DataSets=[in_series(("2020", 1))]))
    assert found == []
    assert left_out.reason == nv_indicators.WAITS
    assert (left_out.row.table, left_out.row.key) == ("nv_match_proposals", "miljomal-iid-68--50")


def test_the_same_name_is_another_indicator_where_the_editors_say_so(own_rows):
    found, left_out = reading([*own_rows, match(Match.NONE)], one(Name=BIRDS))
    assert [row.key for row in of(NvIndicatorRow, found)] == ["naturvardsverket-indicators-api-50"]
    assert left_out == []


# --- what is said of it


def test_goals_are_known_by_their_names_and_others_are_told(own_rows):
    goals = [{"Name": name} for name in ("Frisk luft", "Generationsmålet", "Frisk luft", "Tyst natur")]
    found, (left_out,) = reading(own_rows, one(MainObjective=goals[0], SecondaryObjectives=goals[1:]))
    assert [(row.goal_kind, row.goal, row.rank.value) for row in of(NvObjective, found)] == [
        ("objective", "2", "main"),
        ("generational-goal", "GEN", "unstated"),
    ]
    assert (left_out.row.what, left_out.reason) == ("goal Tyst natur", nv_indicators.NO_GOAL)


@pytest.mark.parametrize("when", ["2026-02-31T08:00:00Z", "nyss", "", "9999-01-01"])
def test_a_last_change_that_is_no_day_is_left_out_and_told(own_rows, when):
    found, (left_out,) = reading(own_rows, one(LastChanged=when))
    assert (of(NvUpdate, found), left_out.reason) == ([], nv_indicators.NO_DAY)


def test_places_in_the_causal_chain_are_letters(own_rows):
    found, (left_out,) = reading(own_rows, one(DPSIR=["I", "S", "I", "X"]))
    assert [row.dpsir for row in of(NvDpsir, found)] == [Dpsir.IMPACT, Dpsir.STATE]
    assert left_out.reason == nv_indicators.NO_LETTER


def test_the_newest_year_is_never_after_the_last_change(own_rows):
    values = [in_series(("2020", 1), ("2024", None))]
    found, _ = reading(own_rows, one(LastChanged="2021-06-30T08:00:00Z", DataSets=values))
    assert [(row.updated, row.newest_period) for row in of(NvUpdate, found)] == [("2021-06-30", "2020")]
    found, (left_out,) = reading(own_rows, one(LastChanged="2019-06-30T08:00:00Z", DataSets=values))
    assert [row.newest_period for row in of(NvUpdate, found)] == [None]
    told = "LastChanged 2019-06-30, newest year 2020"
    assert (left_out.row.key, left_out.reason) == (f"{LIST}/50: {told}", nv_indicators.TOO_LATE)


@pytest.mark.parametrize("stated", [None, "2019-01-01", "2022-01-01"])
@pytest.mark.parametrize("changed", [None, "2021-06-30T08:00:00Z"])
def test_the_newest_year_is_said_whoever_says_when_the_indicator_was_changed(own_rows, stated, changed):
    told = {"indicator": f"{nv_indicators.SYSTEM}-50", "source_id": "register", "confidence": Confidence.CERTAIN}
    tables = [*own_rows, IndicatorUpdate(updated=stated, **told)] if stated else own_rows
    found, left_out = reading(tables, one(LastChanged=changed, DataSets=[in_series(("2020", 1))]))
    said = [(row.updated, row.newest_period) for row in of(NvUpdate, found)]
    assert said == ([("2021-06-30", "2020")] if changed and not stated else [])
    assert [row.newest_period for row in of(NvNewest, found)] == ([] if said else ["2020"])
    is_older = changed and stated == "2019-01-01"
    expected = [(f"{LIST}/50: LastChanged 2021-06-30", TABLES_ARE_OLDER)] if is_older else []
    assert [(out.row.key, out.reason) for out in left_out] == expected


@pytest.mark.parametrize(
    ("place", "area"),
    [
        (("SE", "Sverige"), "SE"),
        (("12", "Skåne län"), "12"),
        (("M", "skåne  län"), "12"),
        (("1280", "Malmö"), "1280"),
        (("12", "Ett län"), "12"),
        (("12", "Norrbottens län"), None),
        (("12", "Norrbotten"), None),
        (("10", "Halland"), None),
        (("13", "Halland"), "13"),
        (("01", "Stockholm"), "01"),
        (("0180", "Stockholm"), "0180"),
        (("", "Stockholm"), "0180"),
        (("0980", "Gotland"), "0980"),
        (("09", "gotlands"), "09"),
        (("99", "Östersjön"), None),
        (("", ""), None),
    ],
)
def test_a_place_is_known_by_its_identifier_or_its_name_where_they_do_not_disagree(own_rows, place, area):
    found, left_out = reading(own_rows, one(DataSets=[in_series(("2020", 1), place=place)]))
    assert [row.area for row in of(NvSeries, found)] == ([area] if area else [])
    assert [out.reason for out in left_out] == ([] if area else [nv_indicators.NO_AREA])


def test_values_keep_their_digits_and_what_is_no_year_or_in_doubt_is_left_out_and_told(own_rows):
    points = [("2019", None), ("2020", 12.50), ("2021", 3), ("2021", 4), ("2010-2014", 5), ("2022", 6), ("2022", 6)]
    found, left_out = reading(own_rows, one(DataSets=[in_series(*points)]))
    (series,) = of(NvSeries, found)
    assert [(value.year, Decimal(value.value)) for value in series.values] == [("2020", Decimal("12.5")), ("2022", 6)]
    assert [value.year for value in series.missing] == ["2019"]
    assert {(out.reason, out.row.what.rpartition(", ")[2]) for out in left_out} == {
        (nv_indicators.NO_YEAR, "'2010-2014'"),
        (nv_indicators.TWICE, "2021: 3 and 4"),
    }


def test_a_place_that_comes_twice_is_one_and_values_that_differ_are_left_out_and_told(own_rows):
    first, second = in_series(("2020", 1), ("2021", 2)), in_series(("2020", 999), ("2021", 2), ("2022", 3))
    first["Locations"] += second["Locations"]
    found, (left_out,) = reading(own_rows, one(DataSets=[first]))
    (series,) = of(NvSeries, found)
    assert [(value.year, value.value) for value in series.values] == [("2021", "2"), ("2022", "3")]
    assert (left_out.row.what, left_out.reason) == (
        "data set 3, variable 7 'Påhittad variabel', SE, 2020: 1 and 999",
        nv_indicators.TWICE,
    )


def test_a_variable_that_comes_twice_in_a_place_is_one(own_rows):
    values, other = in_series(("2020", 1), ("2021", None)), in_series(("2020", 1), ("2021", 5))
    values["Locations"][0]["PresentationVariables"] += other["Locations"][0]["PresentationVariables"]
    found, (left_out,) = reading(own_rows, one(DataSets=[values]))
    (series,) = of(NvSeries, found)
    assert [(value.year, value.value) for value in series.values] == [("2020", "1")]
    assert left_out.row.key == f"{LIST}/50: data set 3, variable 7 'Påhittad variabel', SE, 2021: nothing and 5"


def test_a_data_set_that_comes_in_parts_is_one(own_rows):
    parts = [in_series(("2020", 1)), in_series(("2020", 2), place=("12", "Skåne län"))]
    found, left_out = reading(own_rows, one(DataSets=parts))
    assert [row.key for row in of(NvDataset, found)] == ["nv-50-3-7"]
    assert ([row.area for row in of(NvSeries, found)], left_out) == (["12", "SE"], [])


def test_data_sets_of_one_identifier_in_different_units_are_left_out_and_told(own_rows):
    found, left_out = reading(own_rows, one(DataSets=[in_series(("2020", 1)), in_series(("2020", 1), unit="kg")]))
    assert (of(NvDataset, found), of(NvSeries, found)) == ([], [])
    assert [(out.row.what, out.reason) for out in left_out] == [
        ("data set 3, 'Påhittad datamängd' in 'ton'", nv_indicators.SAME_IDENTIFIER),
        ("data set 3, 'Påhittad datamängd' in 'kg'", nv_indicators.SAME_IDENTIFIER),
    ]


@pytest.mark.parametrize(("unit", "known"), [("kg/inv", Unit.KILOGRAM_PER_INHABITANT), ("fågelindex", Unit.AS_NAMED)])
def test_a_unit_that_is_not_known_stands_in_the_name(own_rows, unit, known):
    found, _ = reading(own_rows, one(DataSets=[in_series(("2020", 1), unit=unit)]))
    (series,) = of(NvSeries, found)
    assert series.unit is known
    assert (unit in series.title_sv) == (known is Unit.AS_NAMED)


def test_a_data_set_without_identifier_is_left_out_and_told(own_rows):
    values = {**in_series(("2020", 1)), "ExternalId": None}
    found, (left_out,) = reading(own_rows, one(DataSets=[values]))
    assert of(NvSeries, found) == []
    assert left_out.reason == nv_indicators.NO_IDENTIFIER


# --- what is refused


@pytest.mark.parametrize(
    ("listed", "single", "fault"),
    [
        (b"<!DOCTYPE html><html></html>", b"{}", "this is a web page or XML"),
        (b'{"Key": 50}', b"{}", "the JSON is a dict, where a list was asked for"),
        (b"[]", b"{}", "the list is empty"),
        (b'[{"Key": 50, "Name": "A"}', b"{}", "the JSON is cut off"),
        (b'[{"Key": 50}]', b"{}", "[0].Name: it is missing"),
        (b'[{"Key": true, "Name": "A"}]', b"{}", "[0].Key: it is to be a whole number"),
        (b'[{"Key": 50, "Name": "A"}, {"Key": 50, "Name": "B"}]', b"{}", "[1].Key: 50 is the key of an earlier"),
        (b'[{"Key": 50, "Name": "A"}]', b'{"Key": 60, "Name": "A"}', "/50: Key: this is the indicator 60"),
        (b'[{"Key": 50, "Name": "A"}]', b'[{"Key": 50, "Name": "A"}]', "/50: the JSON is a list"),
        (
            b'[{"Key": 50, "Name": "A"}]',
            json.dumps(one(DataSets=[in_series(("2020", "1\u202f234,5"))])).encode(),
            "/50: DataSets[0].Locations[0].PresentationVariables[0].DataSeries[0].Value: the value",
        ),
        (
            b'[{"Key": 50, "Name": "A"}]',
            b'{"Key": 50, "Name": "A", "DataSets": {"1": 2}}',
            "/50: DataSets: it is to be a",
        ),
    ],
)
def test_an_answer_that_does_not_say_what_it_should_is_refused_with_its_place(listed, single, fault):
    with pytest.raises(ValueError, match=re.escape(fault)) as refused:
        read(SOURCE, [(LIST, listed), (f"{LIST}/50", single)], [])
    assert str(refused.value).startswith(LIST)


# --- fetched, and in a release


def at(service):
    """The source, where a service is."""
    told = {"address": f"{service.address}api/v1/", "is_private": True, "calls_per_second": 100}
    return SOURCE.model_copy(update=told)


def fetched_from(source, data):
    """What was fetched, without a fault."""
    (fetched,) = fetch(data, [(source, None)], How(is_anew=True, patience=Patience(attempts=1)))
    assert fetched.why is None
    return fetched


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The service, and a release of few tables and what it held."""
    folder = tmp_path_factory.mktemp("nv")
    write_few_tables(folder / "few")
    line = "miljomal-iid-68,68,exact,editors,likely\n"
    with (folder / "few" / "nv_indicator_matches.csv").open("a", encoding="utf-8") as table:
        table.write(line)
    birds = indicator(68, "Fåglar", (11, "Myllrande våtmarker"), DataSets=[data_set(70, "Fåglar", "index")])
    with EnvironmentalIndicators(indicators=[*INDICATORS, birds]) as service:
        source = at(service)
        fetched = fetched_from(source, folder / "data")
    assert (fetched.answers, service.breaches) == (4, [])
    outcome = build(folder / "data", BASE, folder / "few", sources={source.id: source})
    return service, outcome.release


def test_series_tell_their_first_and_last_year_and_the_address_of_each_observation(made):
    told, found = years_and_addresses(made[1])
    assert told == found
    assert told


def test_every_value_of_the_service_is_an_observation_and_nothing_else_is(made):
    service, release = made
    expected = {
        f"nv-{each['Key']}-{values['ExternalId']}-{variable['ExternalId']}/{place['Id']}/{point['Label']}": point[
            "Value"
        ]
        for each in service.indicators
        for values in each["DataSets"]
        for place in values["Locations"]
        for variable in place["PresentationVariables"]
        for point in variable["DataSeries"]
    }
    store = ox.Store.read_only(str(release.store))
    value = ox.NamedNode("http://purl.org/linked-data/sdmx/2009/measure#obsValue")
    start = f"{BASE.iri}id/observation/nv-"
    found = {
        quad.subject.value.removeprefix(start.removesuffix("nv-")): float(quad.object.value)
        for quad in store.quads_for_pattern(None, value, None, None)
        if quad.subject.value.startswith(start)
    }
    assert found == expected
    assert len(found) == (2 * (2 + 2 * len(PLACES["County"])) + 2) * 10


def test_no_person_that_the_answers_name_is_in_the_release(made):
    _, release = made
    with gzip.open(release.path / "dump" / "all.nq.gz", "rt", encoding="utf-8") as lines:
        text = lines.read()
    assert "Påhittad leverantör" in text
    assert "Påhittad Person" not in text
    assert "person@example.org" not in text


@pytest.mark.parametrize(
    ("language", "yes", "no"), [("sv", "ja, enligt", "nej, enligt"), ("en", "yes, says", "no, says")]
)
def test_the_pages_show_what_the_api_says(made, language, yes, no):
    _, release = made
    app = create_app(release, Settings(release.path.parent.parent, workers=1))
    with TestClient(app, base_url="http://localhost:8000") as client:
        own, other, matched = (
            client.get(f"/res/indicator/{key}.{language}.html").text
            for key in ("naturvardsverket-indicators-api-60", "naturvardsverket-indicators-api-50", "miljomal-iid-68")
        )
    assert yes in own
    assert no in other
    assert "Naturvårdsverket</dd>" in own
    assert f'href="/res/objective/12.{language}.html"' in own
    for key in ("nv-60-10060-60001", "nv-60-10060-60002", "nv-60-10061-61001", "nv-60-10061-61002"):
        assert f'href="/res/dataset/{key}.{language}.html"' in own
    assert BIRDS in matched
    assert f'href="/res/dataset/nv-68-10070-70001.{language}.html"' in matched


def test_resolutions_are_those_of_the_values(own_rows):
    values = [in_series(("2020", 1)), in_series(("2020", 1), place=("12", "Skåne län"))]
    found, _ = reading(own_rows, one(DataSets=values))
    assert [row.resolution for row in of(NvResolution, found)] == [Resolution.NATIONAL, Resolution.COUNTY_OR_REGION]
