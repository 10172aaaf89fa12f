"""Actors: which there are, what they are and were called, and what becomes of tables that contradict each other."""

from __future__ import annotations

from collections import Counter

import pytest

from loaders.build import build
from loaders.curated import read_all
from loaders.row import statements
from loaders.table import TableProblems
from loaders.workshop import Refused
from ontology import iri
from ontology.base import Base
from ontology.namespaces import MG
from tests import expected_actors as expected
from tests.test_curated import change
from tests.test_table import append

LOCAL = Base("http://localhost:8000/")


def key_of(thing: str) -> str:
    return thing.rpartition("/")[2]


# ---- the questions


def test_the_actors_by_kind(ask):
    found = [
        (kind, key_of(actor), name, until)
        for kind, actor, name, until in ask("actors-by-kind", "kind", "actor", "name", "until")
    ]
    assert sorted(found) == expected.actors_by_kind()
    counted = Counter(kind for kind, *_ in found)
    assert (counted["county-administrative-board"], counted["region"]) == (21, 21)


@pytest.mark.parametrize("actor", ["202100-5026", "202100-5984", "rus"])
def test_the_names_of_an_actor_over_time(ask, actor):
    columns = ("name", "fromYear", "fromDate", "untilYear", "untilDate")
    found = [
        (name, day or year, last or until)
        for name, year, day, until, last in ask("names-of-an-actor", *columns, actor=actor)
    ]
    assert found == expected.names_of(actor)
    assert len(found) == 2


def test_statskontoret_took_over_a_name_and_a_predecessor(ask):
    found = ask("names-of-an-actor", "present", "predecessor", actor="202100-5026")
    assert {(present, key_of(before)) for present, before in found} == {("Statskontoret", "202100-0852")}
    assert expected.predecessors_of("202100-5026") == {"202100-0852"}


def test_an_actor_with_one_name_has_no_dated_names(ask):
    assert ask("names-of-an-actor", "present", "name", actor="202100-1975") == [("Naturvårdsverket", "")]


@pytest.mark.parametrize("actor", ["202100-1975", "202100-5026", "202100-0555"])
def test_who_names_an_actor_so_and_in_which_row(ask, actor):
    columns = ("property", "value", "source", "table", "line", "confidence")
    said = ask("who-says-what-of-an-actor", *columns, actor=actor)
    assert len(said) == len(set(said))
    named = {
        (value, key_of(source), f"{table}:{line}", sure)
        for term, value, source, table, line, sure in said
        if term.endswith("prefLabel")
    }
    told = {(*name, *where) for name, where in expected.who_names(actor).items()}
    assert told <= named
    assert {name[:2] for name in named} == {name[:2] for name in told}


@pytest.mark.parametrize("county", ["01", "12", "14"])
def test_the_board_and_the_region_of_a_county(ask, county):
    ((board, region),) = ask("actors-of-a-county", "board", "region", county=county)
    assert (key_of(board), key_of(region)) == expected.actors_of_a_county(county)


def test_every_county_has_its_board_and_its_region():
    rows = read_all().rows
    for table in ("county_boards", "county_regions"):
        assert len({row.key for row in rows if row.table == table}) == 21


def test_the_authorities_by_legal_basis(ask):
    columns = ("role", "actor", "ordinance", "paragraph", "reportsTo", "confidence")
    found = {
        (role, key_of(actor), ordinance, paragraph, key_of(to), confidence)
        for role, actor, ordinance, paragraph, to, confidence in ask("authorities-by-legal-basis", *columns)
    }
    assert found == expected.duties_by_legal_basis()
    read = {actor for role, actor, _, paragraph, *_ in found if role == "works-for-objectives" and paragraph}
    derived = {actor for role, actor, _, paragraph, *_ in found if role == "works-for-objectives" and not paragraph}
    assert (len(read), len(derived)) == (20, 4)


def test_what_is_derived_is_not_certain():
    derived = [row for row in read_all().rows if row.table == "duties" and row.stated_by == "editors"]
    assert {duty.sureness.value for duty in derived} == {"likely"}


def test_rus_works_with_the_county_boards_and_agencies_on_eleven_areas(ask):
    columns = ("code", "area", "other", "role", "since")
    found = {
        (code, area, key_of(other), role, since)
        for code, area, other, role, since in ask("who-an-actor-works-with", *columns, actor="rus")
    }
    assert found == expected.collaborations_of("rus")
    assert len({code for code, *_ in found}) == 19
    assert len({area for _, area, *_ in found}) == 11
    assert {"202100-1975", "202100-5612", "202100-6420", "miljomalsradet", "skr"} <= {
        other for _, _, other, *_ in found
    }


def test_naturvardsverket_finds_the_same_collaborations_from_its_side(ask):
    found = ask("who-an-actor-works-with", "code", "other", "roleOf", actor="202100-1975")
    assert {code for code, *_ in found} == {
        code for code, _, other, *_ in expected.collaborations_of("rus") if other == "202100-1975"
    }
    assert {(key_of(other), key_of(by)) for _, other, by in found} == {("rus", "rus")}


@pytest.mark.parametrize("series", ["nobelmotet", "miljomalsdagarna", "mal-i-sikte"])
def test_the_meetings_of_a_series(ask, series):
    columns = ("year", "meeting", "start", "end", "place", "status", "organisers", "partners")
    found = [
        (year, key_of(meeting), *rest) for year, meeting, *rest in ask("meetings-of-a-series", *columns, series=series)
    ]
    assert sorted(found) == sorted(expected.meetings_of(series))


def test_the_members_of_miljomalsradet_in_2016(ask):
    found = ask("members-of-councils", "council", "year", "member", "represents")
    assert {key_of(council) for council, *_ in found} == {"miljomalsradet"}
    assert {(year, key_of(member), group) for _, year, member, group in found} == expected.members_of("miljomalsradet")
    assert len(found) == 17


# ---- a table without rows


def test_no_municipal_organisation_has_a_sourced_number_yet():
    assert not [row for row in read_all().rows if row.table == "municipal_organisations"]


def test_a_municipal_organisation_is_read_and_leads_from_its_municipality(tables):
    append(tables, "municipal_organisations", "212000-1124,1280,editors,likely")
    append(tables, "actor_names", "212000-1124,Malmö stad,City of Malmö,editors,likely")
    (row,) = (row for row in read_all(tables).rows if row.table == "municipal_organisations")
    said = {(fact.subject, fact.predicate, fact.value) for fact in statements(row)}
    malmo, organisation = iri.mint("municipality", "1280"), iri.mint("actor", "212000-1124")
    assert (malmo, MG.municipalOrganisation, organisation) in said
    assert {subject for subject, predicate, _ in said if predicate == MG.statedIn} == {malmo, organisation}


# ---- bad rows


@pytest.mark.parametrize(
    ("table", "line", "column"),
    [
        ("regions", "0099,editors,likely", "kolada_id"),
        ("regions", "12,editors,likely", "kolada_id"),
        ("municipal_organisations", "212000-1124,9999,editors,likely", "municipality"),
        ("bodies", "exempelverket,ämbetsverk,editors,likely", "kind"),
        ("dated_names", "202100-5984,MSB,Myndigheten,,editors,likely", "slug"),
        ("dated_name_starts", "202100-5984--ingen,2009,editors,likely", "name"),
        ("dated_name_ends", "rus--regional-utveckling-och-samverkan,2011-13-01,editors,likely", "end"),
        ("actor_ends", "rus,snart,editors,likely", "end"),
        ("actor_successions", "202100-0852,202100-9999,editors,likely", "successor"),
        ("duties", "202100-1975,styr,editors,likely", "role"),
        ("duties", "999999-9999,works-for-objectives,editors,likely", "actor"),
        ("legal_bases", "202100-0696--supports-follow-up,SFS 2009,,,editors,likely", "ordinance"),
        ("legal_bases", "202100-0696--supports-follow-up,2009:974,fjärde,,editors,likely", "paragraph"),
        ("legal_bases", "202100-0696--works-for-objectives,2009:974,,,editors,likely", "duty"),
        ("memberships", "miljomalsradet,202100-1975,16,,editors,likely", "year"),
        ("collaborations", "C20,rus,möten,roll,role,editors,likely", "area"),
        ("collaboration_groups", "C01,Länsstyrelserna,editors,likely", "group"),
        ("collaboration_counterparts", "C99,skr,editors,likely", "collaboration"),
        ("meetings", "nobelmotet-2024,julmotet,2024,,,,N,N,,held,editors,likely", "series"),
        ("meetings", "nobelmotet-2024,nobelmotet,2024,2024-12-32,,,N,N,,held,editors,likely", "start"),
        ("meetings", "nobelmotet-2024,nobelmotet,2024,,,,N,N,,genomfört,editors,likely", "status"),
        ("meeting_organisers", "nobelmotet-2013,länsstyrelsen,editors,likely", "actor"),
        ("meeting_parties", "nobelmotet-2013,miljodepartementet-2,Miljödepartementet,guest,editors,likely", "part"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_column(tables, table, line, column):
    number = append(tables, table, line)
    with pytest.raises(TableProblems) as refused:
        read_all(tables)
    assert {(p.place.file, p.place.line, p.place.column) for p in refused.value.problems} == {
        (f"{table}.csv", number, column)
    }


def test_contradictions_stop_the_build_and_name_the_cells(few_tables, tmp_path):
    """One build with many faults: a check digit, names that overlap, a region of another kind, an early end."""
    tables = few_tables
    append(tables, "actors", "202100-4889,state-agency,editors,likely")
    change(tables, "dated_name_ends", {"name": "rus--regionalt-uppfoljningssystem"}, end="2012")
    change(tables, "county_regions", {"county": "12"}, actor="region-13")
    change(tables, "county_regions", {"county": "13"}, actor="202100-2353")
    append(tables, "actor_ends", "rus,1997,editors,likely")
    change(tables, "responsibilities", {"objective": "8"}, actor="202100-6297")
    change(tables, "meetings", {"slug": "nobelmotet-2013"}, end="2014-01-01")
    append(tables, "memberships", "skr,202100-1975,2016,,editors,likely")
    append(tables, "collaborations", "C20,skr,agenda-2030,roll,role,editors,likely")
    with pytest.raises(Refused) as refused:
        build(tmp_path / "data", LOCAL, tables)
    found = {f.cause: {(p.file, p.column) for p in f.places} for f in refused.value.report.findings}
    assert ("actors.csv", "organisation_number") in found["organisation-number-check-digit"]
    assert ("dated_name_starts.csv", "start") in found["names-of-an-actor-overlap"]
    assert ("county_regions.csv", "actor") in found["self-governing-body-of-another-kind"]
    assert ("actor_ends.csv", "end") in found["ends-before-it-begins"]
    assert ("responsibilities.csv", "actor") in found["follow-up-without-duty"]
    assert ("meetings.csv", "end") in found["date-outside-its-year"]
    assert {("memberships.csv", "council"), ("bodies.csv", "slug")} <= found["member-of-no-council"]
    assert ("collaborations.csv", "code") in found["collaboration-with-nobody"]
