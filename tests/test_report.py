"""The report of the gate is read by people and programs: grouped by cause, each finding with its cell."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import SH, XSD, Graph, Literal, URIRef
from rdflib.namespace import RDF

from loaders.curated import read_all
from loaders.origins import Origins
from loaders.row import Row
from ontology import iri
from ontology.base import Base
from ontology.namespaces import MG, SKOS
from ontology.text import Text
from shapes.rendering import as_json, as_page, as_turtle, read_findings, write_report
from shapes.report import Finding, Place, Report, Severity, in_order

BASE = Base("http://localhost:8000/")
NAMELESS = Text("Länet saknar <namn>.", "The county has no <name>.")
ODD = Text("Koden är konstig.", "The code is odd.")


def finding(focus="county/12", message=NAMELESS, severity=Severity.VIOLATION, **more) -> Finding:
    cause = f"{BASE.iri}shapes/{'county-name' if message is NAMELESS else 'county-code'}"
    return Finding(severity, cause, "MinCount", message, f"{BASE.iri}id/{focus}", **more)


@pytest.fixture
def report() -> Report:
    places = (Place("counties.csv", 11, "name_sv"),)
    found = [
        finding(message=ODD, severity=Severity.WARNING, value="<12>", path=str(SKOS.notation)),
        finding("county/13", path=str(SKOS.prefLabel)),
        finding(path=str(SKOS.prefLabel), places=places),
    ]
    return Report(in_order(found))


def test_findings_are_grouped_by_cause_the_gravest_first(report):
    groups = [(group.severity, group.message, len(group.findings)) for group in report.groups()]
    assert groups == [(Severity.VIOLATION, NAMELESS, 2), (Severity.WARNING, ODD, 1)]


def test_only_a_violation_stops_a_release(report):
    assert report.stops
    assert report.counts() == {"Violation": 2, "Warning": 1, "Info": 0}
    assert not Report((finding(severity=Severity.WARNING),)).stops


def test_the_turtle_is_a_validation_report_in_the_terms_of_shacl(report):
    graph = Graph().parse(data=as_turtle(report), format="turtle")
    results = list(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == 3
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms) == Literal(False)
    at = URIRef(f"{BASE.iri}id/county/12")
    messages = {str(m) for r in graph.subjects(SH.focusNode, at) for m in graph.objects(r, SH.resultMessage)}
    assert {NAMELESS.sv, NAMELESS.en, "counties.csv:11, column name_sv"} <= messages


TERMS = {
    f"<{BASE.iri}id/county/12>": URIRef(f"{BASE.iri}id/county/12"),
    '"12"': Literal("12"),
    '"12"^^<http://www.w3.org/2001/XMLSchema#integer>': Literal(12),
    '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>': Literal("1.50", datatype=XSD.decimal, normalize=False),
    '"r\\u00E4d\\n\\"1\\"\u2028"@sv': Literal('räd\n"1"\u2028', lang="sv"),
}


@pytest.mark.parametrize("term", TERMS)
def test_a_value_is_the_term_that_it_is_in_the_statements(term, tmp_path):
    found = finding(value=str(TERMS[term]), term=term)
    write_report(Report((found,)), tmp_path, "2026-11-23-0123456789ab")
    graph = Graph().parse(tmp_path / "validation.ttl")
    (value,) = graph.objects(None, SH.value)
    assert (value, str(value)) == (TERMS[term], str(TERMS[term]))
    assert read_findings(tmp_path) == (found,)


def test_a_value_without_a_name_is_told_as_text():
    graph = Graph().parse(data=as_turtle(Report((finding(value="b0"),))), format="turtle")
    assert list(graph.objects(None, SH.value)) == [Literal("b0")]


def test_the_json_names_file_line_and_column(report):
    said = as_json(report, "2026-11-23-0123456789ab")
    json.dumps(said)
    assert not said["published"]
    assert said["causes"][0]["message"] == {"sv": NAMELESS.sv, "en": NAMELESS.en}
    places = [place for found in said["causes"][0]["findings"] for place in found["places"]]
    assert places == [{"file": "counties.csv", "line": 11, "column": "name_sv"}]


def test_the_page_shows_values_and_runs_none_of_them(report):
    page = as_page(report, "2026-11-23-0123456789ab")
    assert "<name>" not in page
    assert "<12>" not in page
    assert "&lt;12&gt;" in page
    assert "counties.csv:11, column name_sv" in page


def test_the_three_lie_side_by_side(report, tmp_path):
    write_report(report, tmp_path / "report", "2026-11-23-0123456789ab")
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert names == {"validation.ttl", "validation.json", "validation.html"}


@pytest.fixture(scope="module")
def few_rows(few_built: Path) -> tuple[Row, ...]:
    return tuple(read_all(few_built / "tables").rows)


@pytest.fixture(scope="module")
def origins(few_rows) -> Origins:
    return Origins(few_rows, BASE)


@pytest.fixture(scope="module")
def line_of(few_rows) -> Callable[[str, str], int]:
    return lambda table, key: next(row.line for row in few_rows if row.table == table and row.key == key)


def test_a_value_leads_to_the_cell_that_states_it(origins, line_of):
    found = finding("objective/8", path=str(SKOS.prefLabel), value="Flourishing Lakes and Streams")
    assert origins(found) == [Place("objective_translations.csv", line_of("objective_translations", "8"), "name_en")]


def test_a_path_without_a_value_leads_to_every_cell_that_states_it(origins):
    assert {place.file for place in origins(finding("objective/8", path=str(SKOS.prefLabel)))} == {
        "objectives.csv",
        "objective_translations.csv",
    }


def test_what_is_missing_leads_to_the_column_that_would_state_it_and_the_row_of_the_thing(few_rows, line_of):
    """The county's board is taken away: the table of boards is named, without a line, and the county's own row."""
    rows = [row for row in few_rows if not (row.table == "county_boards" and row.key == "12")]
    found = finding("county/12", path=str(BASE.localise(MG.countyBoard)))
    assert Origins(rows, BASE)(found) == [
        Place("county_boards.csv", None, "actor"),
        Place("counties.csv", line_of("counties", "12"), "code"),
    ]


def test_what_is_missing_never_leads_to_a_table_of_another_kind(few_rows):
    rows = [row for row in few_rows if not (row.table == "actor_names" and row.key == "202100-6420")]
    places = Origins(rows, BASE)(finding("actor/202100-6420", path=str(SKOS.prefLabel)))
    assert {place.file for place in places} == {"actors.csv", "actor_names.csv"}


def test_a_finding_without_a_path_leads_to_the_row_that_defines_the_thing(origins, line_of):
    assert origins(finding("county/12")) == [Place("counties.csv", line_of("counties", "12"), "code")]


def test_a_thing_that_no_row_speaks_of_leads_nowhere(origins):
    assert origins(finding("county/99")) == []


def test_a_finding_that_names_another_thing_leads_to_the_row_of_that_thing_too(origins, line_of):
    board = str(BASE.localise(iri.mint("actor", "202100-2346")))
    assert origins(finding("county/12", path=str(BASE.localise(MG.countyBoard)), value=board)) == [
        Place("county_boards.csv", line_of("county_boards", "12"), "actor"),
        Place("actors.csv", line_of("actors", "202100-2346"), "organisation_number"),
    ]


def test_a_finding_that_names_a_row_leads_to_it_whatever_was_found_before(few_rows, line_of):
    row = str(BASE.localise(iri.mint("row", "actors/202100-2346")))
    named = finding("county/12", path=str(BASE.localise(MG.statedIn)), value=row)
    fresh, after_another = Origins(few_rows, BASE), Origins(few_rows, BASE)
    after_another(finding("county/99"))  # of which nothing is told, so that all is looked through
    assert fresh(named) == after_another(named)
    assert Place("actors.csv", line_of("actors", "202100-2346"), "source_id") in fresh(named)


def test_what_was_found_in_a_value_that_names_nothing_is_a_literal(report):
    odd = Finding(Severity.WARNING, f"{BASE.iri}shapes/year", "Datatype", ODD, "two thousand", path=str(SKOS.notation))
    graph = Graph().parse(data=as_turtle(Report((odd,))), format="turtle")
    (result,) = graph.subjects(SH.resultSeverity, SH.Warning)
    assert graph.value(result, SH.focusNode) == Literal("two thousand")
