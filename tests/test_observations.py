"""Observations: what the questions answer, what is left out and why, and that the cube is a Data Cube."""

from __future__ import annotations

import gzip
import re
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from loaders.curated import read_all
from loaders.observations import NO_LICENCE
from loaders.table import TableProblems
from ontology.namespaces import MG
from ontology.structures import SliceKey, Structure
from tests import expected_observations as expected
from tests.builds import write_few_tables
from tests.expected import rows
from tests.series_in_dumps import years_and_addresses

BROKEN = """
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/> .

:graph {
    :a a qb:DataSet ; qb:structure :s .
    :b a qb:DataSet .
    :s a qb:DataStructureDefinition ; qb:component :c .
    :c qb:componentProperty :year .
    :year a qb:DimensionProperty .
    :without-a-data-set a qb:Observation .
    :without-a-year a qb:Observation ; qb:dataSet :a .
    :once a qb:Observation ; qb:dataSet :a ; :year 2024 .
    :again a qb:Observation ; qb:dataSet :a ; :year 2024 .
    :concept a skos:Concept ; skos:prefLabel "one"@en , "two"@en .
}
"""
"""A cube and a scheme with faults that the conditions are made for, in a named graph as everything here is."""

SHARED = Path(__file__).parents[2] / "shared" / "conformance"


def key_of(thing: str, kind: str) -> str:
    return thing.partition(f"/id/{kind}/")[2]


# --- questions


@pytest.mark.parametrize(
    ("dataset", "areas"),
    [("ghg-county-2026-08", "County"), ("ghg-sector-2026-08", "Country"), ("forest-birds-2024", "Country")],
)
def test_what_a_data_set_covers(ask, dataset, areas):
    columns = "class", "areas", "series", "firstYear", "lastYear", "years", "values"
    ((class_, *numbers),) = ask("what-a-data-set-covers", *columns, dataset=dataset)
    assert class_ == f"http://localhost:8000/spec/{areas}"
    assert numbers == [str(number) for number in expected.covered_by(dataset)]


def test_the_change_in_each_series_from_the_first_year_to_the_last(ask):
    found = ask("change-in-each-series", "series", "firstYear", "lastYear", "changePercent")
    changes = {key_of(s, "slice"): (f, t, expected.hundredths(Decimal(c)) if c else None) for s, f, t, c in found}
    assert changes == expected.changes()
    assert changes["forest-birds-2024/SE"] == ("2002", "2024", Decimal("9.07"))


def test_series_tell_their_first_and_last_year_and_the_address_of_each_observation(release):
    told, found = years_and_addresses(release)
    assert told == found
    assert {key_of(thing, "slice"): years for thing, years in told.items()} == {
        key: (min(values), max(values)) for key, values in expected.series().items()
    }


def test_a_value_that_is_left_out_is_not_the_last_of_its_series(tmp_path):
    write_few_tables(tmp_path / "tables")
    table = tmp_path / "tables" / "observations.csv"
    text = table.read_text(encoding="utf-8")
    (line,) = re.findall("^forest-birds-2024,SE,2024,.+$", text, re.MULTILINE)
    table.write_text(text.replace(line, re.sub("[a-z]+$", "unsure", line)), encoding="utf-8")
    said = [fact for row in read_all(table.parent).rows for fact in row.facts()]
    years = [
        str(fact.value) for fact in said if fact.predicate == MG.lastYear and "/forest-birds-2024/" in fact.subject
    ]
    assert years == ["2023"]


COUNTIES = "ghg-county-2026-08"


def of_counties(year):
    """The value of each county in a year, in the order of the counties."""
    found = {key.rpartition("/")[2]: values for key, values in expected.series().items() if key.startswith(COUNTIES)}
    return {area: values[year] for area, values in sorted(found.items())}


def test_the_counties_are_ranked_in_a_year(ask):
    found = ask("areas-ranked-in-a-year", "area", "value", dataset=COUNTIES)
    ranked = sorted(of_counties("2024").items(), key=lambda county: -county[1])
    assert [(key_of(area, "county"), Decimal(value)) for area, value in found] == ranked


def test_the_mean_of_the_counties(ask):
    ((within, mean, areas),) = ask("means-of-counties", "within", "mean", "areas", dataset=COUNTIES)
    values = of_counties("2024").values()
    assert (key_of(within, "country"), areas) == ("SE", "21")
    assert expected.hundredths(Decimal(mean)) == expected.hundredths(sum(values) / 21)


def test_the_latest_value_of_each_area(ask):
    found = ask("latest-value-of-each-area", "area", "year", "value", dataset=COUNTIES)
    assert {key_of(area, "county"): (year, Decimal(value)) for area, year, value in found} == {
        area: ("2024", value) for area, value in of_counties("2024").items()
    }


def test_the_change_between_two_years_in_each_area(ask):
    found = ask("change-between-two-years", "area", "before", "after", "change", "changePercent", dataset=COUNTIES)
    before, after = of_counties("1990"), of_counties("2024")
    assert {key_of(area, "county"): tuple(map(Decimal, numbers)) for area, *numbers in found} == {
        area: (old, after[area], after[area] - old, expected.hundredths(100 * (after[area] - old) / old))
        for area, old in before.items()
    }


def test_the_values_of_an_area_in_a_year(ask):
    found = ask("values-of-an-area-in-a-year", "dataset", "year", "value", "unit", area="12")
    value = of_counties("2024")["12"]
    assert [(key_of(of, "dataset"), year, Decimal(number), unit) for of, year, number, unit in found] == [
        (COUNTIES, "2024", value, "ton koldioxidekvivalenter")
    ]


def test_a_series_that_begins_at_zero_has_no_change_in_per_cent(ask):
    assert expected.changes()["ghg-sector-2026-08/SE/utrikes-transporter"][2] is None


@pytest.mark.parametrize("series", ["forest-birds-2024/SE", "ghg-county-2026-08/12", "ghg-sector-2026-08/SE/jordbruk"])
def test_the_values_of_a_series(ask, series):
    found = ask("values-of-a-series", "year", "value", series=series)
    assert {year: Decimal(value) for year, value in found} == expected.series()[series]


def test_the_indicators_with_values_here(ask):
    found = ask("indicators-with-values", "indicator", "series", "firstYear", "lastYear", "values")
    answer = {(key_of(i, "indicator"), key_of(s, "slice"), f, t, int(n)) for i, s, f, t, n in found}
    assert answer == expected.indicators_with_values()
    assert {(series, first, last, number) for _, series, first, last, number in answer} == {
        ("forest-birds-2024/SE", "2002", "2024", 23)
    }


@pytest.mark.parametrize("county", ["01", "12", "25"])
def test_the_emissions_of_a_county_against_the_nation(ask, county):
    found = ask(
        "emissions-of-a-county-against-the-nation", "year", "emissions", "nation", "sharePercent", county=county
    )
    answer = {y: (Decimal(e), Decimal(n), expected.hundredths(Decimal(s))) for y, e, n, s in found}
    assert answer == expected.against_the_nation(county)
    assert len(found) == 10


def test_the_counties_together_are_nearly_the_nation():
    """Sectors of the nation and totals of the counties are of one release: they agree within one per cent."""
    counties = [key.rpartition("/")[2] for key in expected.series() if key.startswith("ghg-county")]
    for year, (_, nation, _) in expected.against_the_nation("01").items():
        total = sum(expected.against_the_nation(county)[year][0] for county in counties)
        assert Decimal("0.99") < total / nation < Decimal("1"), year


def test_the_data_sets_with_licence_and_version(ask):
    found = ask("data-sets-with-licence-and-version", "dataset", "version", "issued", "licence", "values")
    assert [(key_of(d, "dataset"), v, i, lic, int(n)) for d, v, i, lic, n in found] == expected.data_sets()


def test_what_has_to_be_known_of_values_is_found_by_their_data_set_and_by_their_series(ask):
    found = ask("what-to-know-of-values", "series", "note", dataset="ghg-sector-2026-08")
    assert {(key_of(series, "slice") if series else "", note) for series, note in found} == {
        *(
            ("", row[note])
            for row in rows("dataset_notes")
            for note in ("note_sv", "note_en")
            if row["dataset"] == "ghg-sector-2026-08"
        ),
        *((row["slice"], row[note]) for row in rows("slice_notes") for note in ("note_sv", "note_en")),
    }


@pytest.mark.parametrize("objective", ["1", "2", "8", "12", "16"])
def test_the_datasets_of_others_on_an_objective_and_who_says_so(ask, objective):
    found = ask("external-datasets-of-an-objective", "dataset", "source", objective=objective)
    keys = {(key_of(dataset, "external-dataset"), key_of(source, "source")) for dataset, source in found}
    assert keys == expected.external_datasets_of(objective)


def test_the_emissions_of_each_sector_in_the_latest_year(ask):
    found = ask("emissions-by-sector", "year", "sector", "emissions")
    assert {year for year, _, _ in found} == {"2024"}
    assert [(key_of(s, "sector"), Decimal(e)) for _, s, e in found] == expected.emissions_by_sector("2024")


# --- what is released, and what is not


def test_only_values_with_a_stated_licence_are_released(release):
    assert release.record["counts"]["observation"] == len(rows("observations")) == 323
    assert release.record["counts"]["slice"] == len(rows("slices")) == 31


def test_values_without_a_licence_stay_in_their_table_with_the_reason():
    left_out = [out for out in read_all().left_out if out.reason == NO_LICENCE]
    assert {out.row.key.partition("/")[0] for out in left_out} == {"ghg-nation-bf20c580"}
    assert len([out for out in left_out if out.row.table == "observations"]) == 35


def test_an_unsure_licence_is_no_licence(tables):
    spoil(tables, "dataset_licences", "ghg-county-2026-08", ("certain", "unsure"))
    left_out = [out for out in read_all(tables).left_out if out.reason == NO_LICENCE]
    assert len([out for out in left_out if out.row.table == "observations"]) == 35 + 210


def test_the_dump_has_the_digits_of_the_source(release):
    text = gzip.decompress((release.path / "dump" / "sverigesmiljomal-forest-birds.nt.gz").read_bytes()).decode()
    assert '"100.0"^^<http://www.w3.org/2001/XMLSchema#decimal>' in text
    assert '"109.07"^^<http://www.w3.org/2001/XMLSchema#decimal>' in text


# --- bad rows


def spoil(tables: Path, table: str, start: str, change: tuple[str, str]) -> int:
    """Change the first row that begins with a text; its line."""
    file = tables / f"{table}.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    line = next(number for number, text in enumerate(lines) if text.startswith(start))
    assert change[0] in lines[line]
    lines[line] = lines[line].replace(*change, 1)
    file.write_text("".join(lines), encoding="utf-8")
    return line + 1


@pytest.mark.parametrize(
    ("row", "change", "column", "message"),
    [
        (("observations", "ghg-county-2026-08,12,2024"), ("4", "1 4"), "period", "write a year between 1900 and 2099"),
        (("observations", "forest-birds-2024,SE,2002"), ("100.0", '"100,0"'), "value", "number like 12, 0.5 or -3.25"),
        (("observations", "forest-birds-2024,SE,2002"), ("100.0", ""), "value", "this cell is empty"),
        (("observations", "forest-birds-2024,SE,2002"), ("100.0", "1" * 19), "value", "with at most 18 digits"),
        (("sources", "altea-2015"), ("https://", "https:///"), "url", "this is no web address: it names no host"),
        (("sources", "altea-2015"), ("//altea.se", "//altea.se:99999"), "url", "no web address: port out of range"),
        (("sources", "altea-2015"), ("2026-11-23", "2026-02-30"), "retrieved", "there is no such day"),
        (("programme_sizes", "SKANE-2012"), (",76,", f",{'7' * 19},"), "measures", "a number of at most 18 digits"),
        (("programme_sizes", "SKANE-2012"), (",76,", f",{'7' * 5000},"), "measures", "a number of at most 18 digits"),
        (("observations", "forest-birds-2024,SE,2002"), ("index-2002", "index"), "unit", "tonne-co2e"),
        (("observations", "forest-birds-2024,SE"), ("SE", "NO"), "area", "the four of a municipality"),
        (("observations", "ghg-county-2026-08,12"), (",12,", ",02,"), "area", "there is no county '02'"),
        (("observations", "ghg-county-2026-08,12"), (",12,", ",1280,"), "area", "there is no slice"),
        (("observations", "forest-birds-2024,SE,2003"), ("2003", "2002"), "period", "stands on line"),
        (("slices", "ghg-sector-2026-08,SE,jordbruk"), ("jordbruk", "skogsbruk"), "sector", "there is no sector"),
        (("datasets", "forest-birds-2024"), ("area-year", "year"), "structure", "area-year"),
        (
            ("dataset_licences", "forest-birds-2024"),
            ("https://creativecommons.org/licenses/by/", "CC BY"),
            "licence",
            "CC BY",
        ),
        (("dataset_versions", "ghg-county-2026-08"), (",2026-08,", ",2026-13,"), "issued", "2026-13"),
        (
            ("dataset_objectives", "forest-birds-2024,12"),
            (",12,", ",17,"),
            "objective",
            "no objective can have the key 17",
        ),
        (("external_dataset_apis", "kolada"), ("https", "ftp"), "api", "ftp"),
        (("dataset_indicators", "forest-birds-2024"), ("skogen", "fjallet"), "indicator", "there is no indicator"),
        (("external_datasets", "sgu-ogc-api"), ("202100-2528", "202100-9999"), "actor", "there is no actor"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_and_column(tables, row, change, column, message):
    line = spoil(tables, *row, change)
    with pytest.raises(TableProblems) as refused:
        read_all(tables)
    found = [p for p in refused.value.problems if (p.place.line, p.place.column) == (line, column)]
    assert any(p.place.file == f"{row[0]}.csv" and message in p.message for p in found), refused.value


# --- the integrity conditions as their authors wrote them


def conditions(folder: str) -> list[Path]:
    return sorted((SHARED / folder).glob("*.rq"))


def holds(store: ox.Store, text: str) -> bool:
    """True where a condition, which asks whether it is violated, is not."""
    answer = store.query(text, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QueryBoolean)
    return not bool(answer)


@pytest.mark.parametrize("folder", ["qb-integrity", "skos-integrity"])
def test_the_release_keeps_the_integrity_conditions(release, folder):
    if not conditions(folder):
        pytest.skip(f"the conditions are not here: no folder {SHARED / folder}")
    store = ox.Store.read_only(str(release.store))
    plain = [path for path in conditions(folder) if not path.stem.endswith("template")]
    assert len(plain) >= 14
    assert [path.name for path in plain if not holds(store, path.read_text(encoding="utf-8"))] == []


def test_the_integrity_conditions_see_a_cube_and_a_scheme_that_break_them():
    if not conditions("qb-integrity"):
        pytest.skip(f"the conditions are not here: no folder {SHARED}")
    store = ox.Store()
    store.load(BROKEN.encode(), format=ox.RdfFormat.TRIG)
    broken = {
        path.name
        for folder in ("qb-integrity", "skos-integrity")
        for path in conditions(folder)
        if not path.stem.endswith("template") and not holds(store, path.read_text(encoding="utf-8"))
    }
    assert {"ic-01.rq", "ic-02.rq", "ic-03.rq", "ic-11.rq", "ic-12.rq", "s14-one-preflabel-per-language.rq"} <= broken


def test_no_code_list_is_a_hierarchy_so_conditions_20_and_21_have_nothing_to_check(release):
    store = ox.Store.read_only(str(release.store))
    hierarchy = ox.NamedNode("http://purl.org/linked-data/cube#HierarchicalCodeList")
    assert list(store.quads_for_pattern(None, None, hierarchy)) == []


def test_every_structure_and_slice_key_is_described(release):
    store = ox.Store.read_only(str(release.store))
    for named in (*Structure, *SliceKey):
        node = ox.NamedNode(str(named.iri).replace("https://w3id.org/miljograf/", release.base.iri))
        assert list(store.quads_for_pattern(node, None, None)), named


@pytest.mark.parametrize("kind", ["dimension", "measure", "attribute"])
def test_what_a_part_is_of_is_stated_by_its_kind_too_as_programs_for_cubes_ask(release, kind):
    cube = "http://purl.org/linked-data/cube#"
    store = ox.Store.read_only(str(release.store))

    def pairs(name):
        found = store.quads_for_pattern(None, ox.NamedNode(f"{cube}{name}"), None)
        parts = ((str(quad.subject), str(quad.object)) for quad in found)
        return {(subject, object_) for subject, object_ in parts if "/def/component/" in subject}

    classed = store.quads_for_pattern(None, None, ox.NamedNode(f"{cube}{kind.title()}Property"))
    are = {str(quad.subject) for quad in classed}
    expected = {(part, property_) for part, property_ in pairs("componentProperty") if property_ in are}
    assert pairs(kind) == expected != set()
