"""Actors: which there are, what they are and were called, and what becomes of tables that contradict each other."""

from __future__ import annotations

from collections import Counter

import pytest

from loaders.build import Refused, build
from loaders.curated import read_all
from loaders.row import provenance
from loaders.table import TableProblems
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


@pytest.mark.parametrize("county", ["01", "12", "14"])
def test_the_board_and_the_region_of_a_county(ask, county):
    ((board, region),) = ask("actors-of-a-county", "board", "region", county=county)
    assert (key_of(board), key_of(region)) == expected.actors_of_a_county(county)


def test_every_county_has_its_board_and_its_region():
    rows = read_all().rows
    for table in ("county_boards", "county_regions"):
        assert len({row.key for row in rows if row.table == table}) == 21


# ---- a table without rows


def test_no_municipal_organisation_has_a_sourced_number_yet():
    assert not [row for row in read_all().rows if row.table == "municipal_organisations"]


def test_a_municipal_organisation_is_read_and_leads_from_its_municipality(tables):
    append(tables, "municipal_organisations", "212000-1124,1280,editors,likely")
    append(tables, "actor_names", "212000-1124,Malmö stad,City of Malmö,editors,likely")
    (row,) = (row for row in read_all(tables).rows if row.table == "municipal_organisations")
    said = {(fact.subject, fact.predicate, fact.value) for fact in (*row.facts(), *provenance(row))}
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
    ],
)
def test_a_bad_row_is_named_with_file_line_and_column(tables, table, line, column):
    number = append(tables, table, line)
    with pytest.raises(TableProblems) as refused:
        read_all(tables)
    assert {(p.place.file, p.place.line, p.place.column) for p in refused.value.problems} == {
        (f"{table}.csv", number, column)
    }


def test_contradictions_stop_the_build_and_name_the_cells(tables, tmp_path):
    """One build with many faults: a check digit, names that overlap, a region of another kind, an early end."""
    append(tables, "actors", "202100-4889,state-agency,editors,likely")
    change(tables, "dated_name_ends", {"name": "rus--regionalt-uppfoljningssystem"}, end="2012")
    change(tables, "county_regions", {"county": "12"}, actor="region-13")
    change(tables, "county_regions", {"county": "13"}, actor="202100-2353")
    append(tables, "actor_ends", "rus,1997,editors,likely")
    with pytest.raises(Refused) as refused:
        build(tmp_path / "data", LOCAL, tables)
    found = {f.cause: {(p.file, p.column) for p in f.places} for f in refused.value.report.findings}
    assert ("actors.csv", "organisation_number") in found["organisation-number-check-digit"]
    assert ("dated_name_starts.csv", "start") in found["names-of-an-actor-overlap"]
    assert ("county_regions.csv", "actor") in found["self-governing-body-of-another-kind"]
    assert ("actor_ends.csv", "end") in found["ends-before-it-begins"]
