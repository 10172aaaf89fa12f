"""Files of statements as sources: what CSV, GeoJSON and any RDF say by their mappings, and what is refused, and where.

The names and links are those of the tables, or made up.
"""

from __future__ import annotations

import json
import re
import tracemalloc
from pathlib import Path

import pyoxigraph as ox
import pytest

from loaders import rdf_files
from loaders.client import Patience
from loaders.csvw_tables import Metadata
from loaders.curated import read_all
from loaders.features import as_table
from loaders.fetch import How, fetch
from loaders.live import read_live_sources
from loaders.live_rows import read_catch, read_live
from loaders.municipalities import MunicipalityWikidata
from loaders.origins import Origins
from loaders.rdf_files import read_rdf
from loaders.statement_files import FileStatements
from loaders.statement_mapping import StatementFile
from loaders.statements import Said, Spot
from ontology import iri
from ontology.base import Base
from ontology.namespaces import FOAF
from ontology.text import Text
from shapes.report import Finding, Severity
from tests.builds import write_few_tables
from tests.fetching import fault_of
from tests.services.static_files import StaticFiles

DOCS = Path(__file__).parents[1] / "docs"
SOURCES = read_live_sources(DOCS / "statements-example.toml")
HEAD = "Organisationsnummer;Webbplats\n"
PAGES = f"\ufeff{HEAD}202100-1975;https://example.org/nv?q=å\n202100-2585;-\n"
HOMEPAGE = "<http://xmlns.com/foaf/0.1/homepage>"
LINK = "<http://www.w3.org/2004/02/skos/core#closeMatch> <http://www.wikidata.org/entity/{}>"
TURTLE = """@prefix s: <https://schema.org/> .
<a> s:identifier "202100-1975" ; s:sameAs <http://www.wikidata.org/entity/Q1> ; s:name [ s:text "x" ] .
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    folder = tmp_path_factory.mktemp("statements")
    write_few_tables(folder / "tables")
    return folder / "tables"


@pytest.fixture(scope="module")
def rows(few):
    return read_all(few).rows


def source_with(name, folder, body, rows=(), **changes):
    """An example with other lines about the file, which is in a folder."""
    told = SOURCES[name].statements.model_dump(exclude_none=True)
    told |= {"path": None, "file": "data", "retrieved": "2026-11-20", "folder": folder} | changes
    (folder / "data").write_bytes(body if isinstance(body, bytes) else body.encode())
    return SOURCES[name].model_copy(update={"statements": StatementFile.model_validate(told), "is_private": True})


def fetched(folder, source, rows):
    """What became of the source, and the rows that it gives."""
    how = How(patience=Patience(attempts=1), check=lambda source, cache, catch: read_catch(source, cache, catch, rows))
    (done,) = fetch(folder / "cache", [(source, None)], how)
    live = read_live(folder / "cache", {source.id: source}, rows).rows if done.why is None else ()
    return done, {row.key: [str(one) for one in row.said] for row in live if isinstance(row, FileStatements)}


# --- what it becomes


def test_a_table_says_what_its_metadata_tells_of_its_columns(tmp_path, rows):
    done, said = fetched(tmp_path, source_with("example-homepages", tmp_path, PAGES), rows)
    assert (done.why, done.kept) == (None, "2026-11-20")
    assert said == {"example-homepages/actor/202100-1975": [f"{HOMEPAGE} <https://example.org/nv?q=%C3%A5>"]}


def test_the_features_of_a_map_say_what_its_metadata_tells_of_their_properties(tmp_path, rows):
    links = {row.municipality: row.wikidata for row in rows if isinstance(row, MunicipalityWikidata)}
    features = [
        {"type": "Feature", "geometry": None, "properties": {"kommunkod": code, "wikidata": item, "namn": {"sv": "x"}}}
        for code, item in links.items()
    ]
    (tmp_path / "site" / "maps").mkdir(parents=True)
    file = tmp_path / "site" / "maps" / "municipalities.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    with StaticFiles(folder=tmp_path / "site") as service:
        update = {"address": service.address, "is_private": True}
        done, said = fetched(tmp_path, SOURCES["example-map"].model_copy(update=update), rows)
        assert service.breaches == []
    assert done.why is None
    assert said == {f"example-map/municipality/{code}": [LINK.format(item)] for code, item in links.items()}


RDF = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
RDF |= {"rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD, "n3": ox.RdfFormat.N3}


@pytest.mark.parametrize("ending", RDF)
def test_a_query_is_run_over_a_file_in_any_format_of_rdf(tmp_path, rows, ending):
    quads = list(ox.parse(TURTLE, format=ox.RdfFormat.TURTLE, base_iri="https://example.org/"))
    if ending in {"nq", "trig", "jsonld"}:
        quads = [ox.Quad(*quad.triple, ox.NamedNode("https://example.org/graph")) for quad in quads]
    body = ox.serialize(
        [quad if ending in {"nq", "trig", "jsonld"} else quad.triple for quad in quads], format=RDF[ending]
    )
    done, said = fetched(tmp_path, source_with("example-register", tmp_path, body, format=ending), rows)
    assert done.why is None
    assert said == {"example-register/actor/202100-1975": [LINK.format("Q1")]}


def test_rdf_that_speaks_of_our_things_needs_no_query(tmp_path, rows):
    page = f"{HOMEPAGE} <https://example.org/nv>"
    body = f"<https://w3id.org/miljograf/id/actor/202100-1975> {page} ."
    mine = {"format": "nt", "query": None, "query_text": None}
    done, said = fetched(tmp_path, source_with("example-register", tmp_path, body, **mine), rows)
    assert (done.why, said) == (None, {"example-register/actor/202100-1975": [page]})


def metadata(*columns, **more):
    about = {"aboutUrl": "http://example.org/{code}", "columns": [{"name": "code", "suppressOutput": True}, *columns]}
    return json.dumps({"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}], "tableSchema": about} | more)


def test_values_have_the_datatypes_that_the_metadata_says_and_links_may_stand_in_no_column():
    columns = [
        {"name": "sum", "propertyUrl": "http://p/sum", "datatype": {"base": "decimal", "format": {"decimalChar": ","}}},
        {"name": "day", "propertyUrl": "http://p/day", "datatype": {"base": "date", "format": "d.M.yyyy"}},
        {"name": "year", "propertyUrl": "http://p/year", "datatype": "gYear"},
        {"name": "is", "propertyUrl": "http://p/is", "datatype": {"base": "boolean", "format": "ja|nej"}},
        {"name": "words", "propertyUrl": "http://p/words", "separator": "|", "lang": "sv"},
        {"name": "code2", "propertyUrl": "http://p/code"},
        {"name": "link", "virtual": True, "propertyUrl": "http://p/{code}", "valueUrl": "http://v/{year}{?words*}"},
    ]
    table = 'code,sum,day,year,is,words,code2\nå,"12,50",3.12.2025,2025,ja,en|två,A\n'.encode()
    told = Metadata(metadata(*columns), "http://example.org/").statements(table, 99, lambda _, line: Spot(line))
    xsd = "^^<http://www.w3.org/2001/XMLSchema#{}>"
    assert {(str(triple.predicate), str(triple.object)) for triple, _ in told} == {
        ("<http://p/sum>", f'"12.50"{xsd.format("decimal")}'),
        ("<http://p/day>", f'"2025-12-03"{xsd.format("date")}'),
        ("<http://p/year>", f'"2025"{xsd.format("gYear")}'),
        ("<http://p/is>", f'"true"{xsd.format("boolean")}'),
        ("<http://p/words>", '"en"@sv'),
        ("<http://p/words>", '"två"@sv'),
        ("<http://p/code>", '"A"'),
        ("<http://p/%C3%A5>", "<http://v/2025?words=en&words=tv%C3%A5>"),
    }


def read_by(body, *columns, **more):
    """What a table says by the metadata of some columns: each value with its place."""
    told = Metadata(metadata(*columns, **more), "http://example.org/").statements(
        body.encode(), 99, lambda _, line: Spot(line)
    )
    return [(str(triple.object), str(place)) for triple, place in told]


P = {"name": "p", "propertyUrl": "http://p/a"}


@pytest.mark.parametrize(
    ("body", "dialect", "lines"),
    [
        ("code,p\nkod,text\nA,1\nB,2\n", {"headerRowCount": 2}, (3, 4)),
        ("A,1\nB,2\n", {"headerRowCount": 0}, (1, 2)),
        ("A,1\nB,2\n", {"header": False}, (1, 2)),
        ("title\ncode,p\nkod,text\nA,1\nB,2\n", {"headerRowCount": 2, "skipRows": 1}, (4, 5)),
    ],
)
def test_a_table_has_as_many_lines_of_headings_as_its_metadata_says(body, dialect, lines):
    assert read_by(body, P, dialect=dialect) == [(f'"{n}"', f"line {line}, p") for n, line in enumerate(lines, 1)]


def test_a_line_of_headings_is_not_wrong_as_values_are():
    numbers = P | {"datatype": "integer"}
    one = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert read_by("code,p\nkod,antal\nA,1\n", numbers, dialect={"headerRowCount": 2}) == [(f'"1"{one}', "line 3, p")]
    with pytest.raises(ValueError, match="line 3, p: 'x' is no number"):
        read_by("code,p\nkod,antal\nA,x\n", numbers, dialect={"headerRowCount": 2})


def test_a_decimal_keeps_all_its_digits():
    number = "12345678901234567890.12345678901234567890123456789"
    xsd = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    assert read_by(f"code,p\nA,{number}\n", P | {"datatype": "decimal"}) == [(f'"{number}"{xsd}', "line 2, p")]


def test_what_is_empty_in_a_list_says_nothing():
    found = read_by("code,p\nA,a||b\n", P | {"separator": "|"})
    assert [value for value, _ in found] == ['"a"', '"b"']


# --- what is wrong


@pytest.mark.parametrize(
    ("datatype", "cell", "told"),
    [
        ("decimal", "NaN", "'NaN' is no number that can stand here (the metadata says: decimal)"),
        ("decimal", "Infinity", "'Infinity' is no number that can stand here"),
        ("integer", "INF", "'INF' is no number that can stand here"),
        ("integer", "1_000", "'1_000' is no number that can stand here"),
        ("integer", "٣", "'٣' is no number that can stand here"),
        ("integer", "9" * 5000, "the number has more than 1,000 digits (the metadata says: integer)"),
        ("decimal", "0." + "1" * 5000, "the number has more than 1,000 digits"),
        ("number", "Infinity", "'Infinity' is no number that can stand here"),
        ("double", "1e400", "'1e400' is more than a double can hold"),
        ("byte", "300", "'300' cannot be read (the metadata says: byte)"),
        ("date", "3.12.2025", "'3.12.2025' cannot be read (the metadata says: date)"),
        ("gYear", "i fjol", "'i fjol' cannot be read (the metadata says: gYear)"),
        ("gMonthDay", "12-24", "'12-24' cannot be read"),
        ({"base": "integer", "maximum": "5"}, "6", "value must be <= 5"),
    ],
)
def test_a_value_that_its_datatype_does_not_have_is_told_with_its_line_and_column(datatype, cell, told):
    with pytest.raises(ValueError, match=f"^line 3, p: {re.escape(told)}") as refused:
        read_by(f"code,p\nA,\nB,{cell}\n", P | {"datatype": datatype})
    assert len(str(refused.value)) < 400


def test_a_number_in_floating_point_may_be_none():
    values = read_by("code,p\nA,NaN\nB,-INF\nC,1e3\n", P | {"datatype": "double"})
    assert [value.partition("^")[0] for value, _ in values] == ['"NaN"', '"-INF"', '"1000.0"']


@pytest.mark.parametrize("headings", ["code,p,p", "code,p,Pe", "code,Pe,Pe"])
def test_two_columns_of_one_name_are_told_of(headings):
    other = {"name": "q", "propertyUrl": "http://p/q"}
    with pytest.raises(
        ValueError, match=f"the headings: '{headings[-2:].strip(',')}' is a column that stands there al"
    ):
        read_by(f"{headings}\nA,1,2\n", P | {"titles": "Pe"}, other)


def test_a_quotation_mark_that_is_not_closed_is_told_with_the_line_before():
    with pytest.raises(
        ValueError, match="the table cannot be read: after line 2: unexpected end of data; check the quo"
    ):
        read_by('code,p\nA,1\nB,"2\nC,3\n', P)


def test_a_map_has_no_dialect(tmp_path, rows):
    told = json.loads((DOCS / "statements-example.geojson-metadata.json").read_text(encoding="utf-8"))
    text = json.dumps(told | {"dialect": {"headerRowCount": 2}})
    body = json.dumps({"type": "FeatureCollection", "features": [feature(kommunkod="0180", wikidata="Q1")]})
    done, _ = fetched(tmp_path, source_with("example-map", tmp_path, body, format="geojson", metadata_text=text), rows)
    assert "the metadata has a dialect, and a map is written in none; leave it out" in str(done.why)


WRONG_TABLES = {
    "line 2, Organisationsnummer: invalid lexical value for string: 2021001975 (the metadata says: string, f": HEAD
    + "2021001975;A\n",
    "line 3, page: <https://w3id.org/miljograf/id/actor/000000-0000>": HEAD
    + "202100-1975;http://a\n000000-0000;http://b\n",
    "there is no actor 000000-0000 in the tables": HEAD + "000000-0000;http://b\n",
    "line 2: there are 1 cells, and the metadata has 2 columns": HEAD + "202100-1975\n",
    "the headings: there are 3 cells": "Organisationsnummer;Webbplats;Ort\n202100-1975;A;B\n",
    'Unspecified column "Namn"': "Organisationsnummer;Namn\n202100-1975;A\n",
    "line 2, Organisationsnummer: required column value is missing": HEAD + ";A\n",
    "there are 0 statements, and 1 are expected": HEAD,
    "line 1 is not UTF-8; save the file so, or say": HEAD.encode("utf-16"),
    "line 2 is not UTF-8; save the file so, or say": (HEAD + "202100-1975;http://å.se\n").encode("latin-1"),
    "line 3, page: 'http://a/\\nb' has a character that no web address": HEAD + '202100-1975;"http://a/\nb"\n',
    "line 2, page: 'http://a/\\x00b' has a character that no": HEAD + "202100-1975;http://a/\0b\n",
    "line 2, page: 'http://a/�' has a character that no": HEAD + "202100-1975;http://a/\ufffd\n",
    "the table cannot be read: it is missing required columns": "Nummer;Webbplats\n202100-1975;A\n",
    "this is a web page, and the sources file says that it is csv": "<!DOCTYPE html><title>Underhåll</title>",
    "the file is empty": "",
    "line 2, page: 'ej en adress' is no whole web address": HEAD + "202100-1975;ej en adress\n",
    "line 3, page: 'www.example.org:80/a' is no": HEAD + "202100-1975;http://a\n202100-1975;www.example.org:80/a\n",
    "line 2, page: 'https://example org/' is no": HEAD + "202100-1975;https://example org/\n",
}


@pytest.mark.parametrize("told", WRONG_TABLES)
def test_a_fault_of_a_table_is_told_with_its_line(tmp_path, rows, told):
    done, said = fetched(tmp_path, source_with("example-homepages", tmp_path, WRONG_TABLES[told], format="csv"), rows)
    assert told in str(done.why)
    assert str(tmp_path) not in done.why
    assert said == {}


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{+page}", ["<https://a/b>"]),
        ("{page}", "'https://a/b' is no whole web address. .* {name} escapes it"),
        ("{+other}", []),
        ("{#page}", ["<http://example.org/table.csv#https://a/b>"]),
        ("urn:{+page}", ["<urn:https://a/b>"]),
        ("p/{code}", ["<http://example.org/p/A>"]),
    ],
)
def test_an_address_is_relative_by_the_words_of_the_metadata_alone_and_not_by_a_cell(template, told):
    columns = [{"name": name, "propertyUrl": "http://p/a", "suppressOutput": True} for name in ("page", "other")]
    link = {"name": "link", "virtual": True, "propertyUrl": "http://p/a", "valueUrl": template}
    body = b"code,page,other\nA,https://a/b,\n"
    found = Metadata(metadata(*columns, link), "http://example.org/").statements(body, 9, lambda _, line: Spot(line))
    if isinstance(told, str):
        with pytest.raises(ValueError, match=told):
            list(found)
    else:
        assert [str(triple.object) for triple, _ in found] == told


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld"])
def test_rdf_as_editors_on_windows_save_it_is_read(ending):
    body = '{"@id": "http://a/", "http://b/": 1}' if ending == "jsonld" else "<http://a/> <http://b/> <http://c/> ."
    assert len(read_rdf(f"\ufeff{body}".encode(), ending, "https://example.org/", None, 99)) == 1


def test_what_the_gate_finds_leads_to_the_place_in_the_file_of_the_source_and_names_the_thing(tmp_path, rows):
    source = source_with("example-homepages", tmp_path, HEAD + "202100-2585;-\n202100-1975;https://example.org/\n")
    fetched(tmp_path, source, rows)
    told = read_live(tmp_path / "cache", {source.id: source}, rows).rows
    origins = Origins([*rows, *told], Base())
    naturvardsverket = str(iri.mint("actor", "202100-1975"))
    message = Text("högst en", "at most one")
    path = str(FOAF.homepage)
    found = origins(Finding(Severity.VIOLATION, "shape", "MaxCount", message, naturvardsverket, path))
    assert [str(place) for place in found][1:] == ["example-homepages: data:3, column page"]
    assert found[0].file == "actor_homepages.csv"
    assert origins.called(naturvardsverket) == "actor 202100-1975 (Naturvårdsverket)"


def test_a_feature_and_a_service_are_places_too():
    said = Said(str(FOAF.homepage), "https://example.org/")
    row = FileStatements(kind="actor", thing="202100-1975", said=(said,), source_id="a", confidence="certain")
    (fact,) = row.facts()
    assert str(row.read_of("m.geojson", [Spot(None, "features[1]", "p")]).place_of(fact)) == (
        "a: m.geojson, features[1], column p"
    )
    assert str(row.read_of("https://example.org/sparql", [Spot()]).place_of(fact)) == "a: https://example.org/sparql"


def feature(**properties):
    return {"type": "Feature", "properties": properties}


WRONG_MAPS = {
    "features[0].properties.kommunkod: the value 1E+30 is beyond": [feature(kommunkod=1e30, wikidata="Q1")],
    "features[0].properties.kommunkod is a list": [feature(kommunkod=[1], wikidata="Q1")],
    "features[0].properties.kommunkod is an object": [feature(kommunkod={"a": 1}, wikidata="Q1")],
    "features[1], wikidata: <https": [feature(kommunkod="9998"), feature(kommunkod="9999", wikidata="Q1")],
    "features[1], kommunkod: required": [feature(kommunkod="1", wikidata="en\nannan"), feature(wikidata="Q1")],
    "no feature has the property kommunkod, wikidata; there are: kod": [feature(kod=1)],
    "features[1].properties.wikidata has 100,001 characters, and a value may have 100,000": [
        feature(kommunkod="0180", wikidata="Q1"),
        feature(kommunkod="0181", wikidata="Q" * 100_001),
    ],
    "the property kommunkod, wikidata; there are: none": [{"type": "Feature"}],
    "features[0].properties is a number": [{"type": "Feature", "properties": 7}],
    "features[0] is no Feature": [{"type": "Point"}],
    "this is no FeatureCollection of GeoJSON": None,
}


@pytest.mark.parametrize("told", WRONG_MAPS)
def test_a_fault_of_a_map_is_told_with_its_feature(tmp_path, rows, told):
    body = json.dumps({"type": "FeatureCollection", "features": WRONG_MAPS[told]})
    done, _ = fetched(tmp_path, source_with("example-map", tmp_path, body, format="geojson"), rows)
    assert told in str(done.why)


IDS = ["id", "kommunkod"]


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({"id": 7, "properties": {"kommunkod": "1"}}, b"7,1"),
        ({"id": "a", "properties": {"kommunkod": "1", "id": "b"}}, b"b,1"),
        ({"id": [1], "properties": {"kommunkod": "1", "id": 0}}, b"0,1"),
        ({"id": None, "properties": {"kommunkod": "1", "id": "b"}}, b"b,1"),
        ({"id": "", "properties": {"kommunkod": "1"}}, b",1"),
    ],
)
def test_a_feature_is_identified_by_its_property_or_else_by_itself(told, line):
    assert as_table(a_map({"type": "Feature", **told}), IDS).splitlines() == [b"id,kommunkod", line]


@pytest.mark.parametrize(("given", "called"), [(True, "true or false"), ([1], "a list"), ({"a": 1}, "an object")])
def test_an_identifier_that_can_be_none_is_told_with_its_feature_where_it_is_read(given, called):
    body = a_map({"type": "Feature", "id": given, "properties": {"kommunkod": "1"}})
    with pytest.raises(ValueError, match=rf"^features\[0\].id is {called}, where a text or a number belongs$"):
        as_table(body, IDS)
    assert as_table(body, ["kommunkod"]).splitlines()[1:] == [b"1"]


def test_of_many_properties_that_a_map_has_some_are_named():
    with pytest.raises(ValueError, match="no feature has the property kommunkod; there are: ") as told:
        as_table(a_map(feature(**{f"p{number}": 1 for number in range(100_000)})), ["kommunkod"])
    assert len(str(told.value)) < 500


def test_a_feature_alone_is_told_of_as_one():
    with pytest.raises(ValueError, match="but one Feature alone; put it into one"):
        as_table(json.dumps(feature(kommunkod="1")).encode(), IDS)


def test_a_number_of_no_json_in_a_map_is_told_with_its_place():
    place = {"type": "Point", "coordinates": [float("nan"), 58.0]}
    body = a_map({"type": "Feature", "geometry": place, "properties": {"kommunkod": 'NaN, "-Infinity\\'}})
    with pytest.raises(ValueError, match=f"line 1, column {body.index(b'NaN') + 1}: NaN is no number"):
        as_table(body, ["kommunkod"])


def test_the_coordinates_of_a_map_take_no_memory():
    ring = [[11.123456 + place / 1e6, 57.654321] for place in range(2_000)]
    shape = {"type": "Polygon", "coordinates": [ring]}
    several = [{"type": "Feature", "geometry": shape, "properties": {"kommunkod": "1"}} for _ in range(100)]
    body = a_map(*several)
    tracemalloc.start()
    try:
        as_table(body, ["kommunkod"])
        assert tracemalloc.get_traced_memory()[1] < 3 * len(body)
    finally:
        tracemalloc.stop()


def test_a_property_may_be_called_coordinates():
    body = a_map(feature(kommunkod="1", coordinates="57,11"))
    assert as_table(body, ["coordinates"]).splitlines()[1:] == [b'"57,11"']
    with pytest.raises(ValueError, match="coordinates is a list"):
        as_table(a_map(feature(kommunkod="1", coordinates=[57, 11])), ["coordinates"])


def a_map(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


BOMB = '<!DOCTYPE rdf:RDF [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rdf:RDF>&b;</rdf:RDF>'


@pytest.mark.parametrize(
    ("body", "ending", "told"),
    [
        ("<a> <b> .", "ttl", "this is not Turtle: line 1, column"),
        ("<!doctype html><title>x</title>", "rdf", "this is a web page"),
        (BOMB, "rdf", "declares an entity that holds another"),
        (f'<!DOCTYPE rdf:RDF [<!ENTITY a "{"x" * 1001}">]><rdf:RDF/>', "rdf", "more than 1,000 letters"),
        ("", "ttl", "the file is empty"),
        ('{"@context": "https://example.org/c", "a": 1}', "jsonld", "write the context itself into the file"),
        ("<a> <b> <c>, <d>, <e> .", "ttl", "the file has more than 2 statements"),
    ],
)
def test_a_fault_of_rdf_is_told(monkeypatch, body, ending, told):
    monkeypatch.setattr(rdf_files, "_MOST_READ", 2)
    with pytest.raises(ValueError, match=told):
        read_rdf(body.encode(), ending, "https://example.org/", None, 99)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "the metadata is not JSON"),
        ("[]", "this is no CSVW metadata"),
        ('{"url": "a.csv", "url": "b.csv"}', "url is a.csv and, in the same object, b.csv: only one of them can hold"),
        ('{"@context": "https://schema.org"}', 'its @context is to be "http://www.w3.org/ns/csvw"'),
        (metadata(tables=[]), "the metadata is to describe one table"),
        (metadata(tableSchema="https://example.org/schema.json"), "tableSchema stands in another file"),
        (metadata(dialect="https://example.org/dialect.json"), "dialect stands in another file"),
        (metadata(), "names no column that is not suppressed"),
        (metadata({"name": "a"}), "the column a has no propertyUrl"),
        (metadata({"name": "a", "propertyUrl": "p", "virtual": True}), "the virtual column a has no valueUrl"),
        (metadata({"name": "a", "propertyUrl": "p", "datatype": "json"}), "the column a holds json"),
        (metadata({"name": "a", "propertyUrl": "p", "separator": " ", "ordered": True}), "the column a is ordered"),
        (metadata({"name": "a", "propertyUrl": "p", "datatyp": "date"}), "Invalid property datatyp for Column"),
        (metadata({"name": "a", "propertyUrl": "p", "datatype": "dat"}), "the metadata cannot be followed"),
        (metadata({"name": "code", "propertyUrl": "p"}), "the metadata cannot be followed"),
    ],
)
def test_metadata_that_cannot_be_followed_is_refused_with_the_way_out_and_nothing_is_fetched(text, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        Metadata(text, "https://example.org/")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('metadata = "statements-example.csv-metadata.json"\n', "", "stands in a file of CSVW metadata (metadata)"),
        ('metadata = "statements-example.csv', 'metadata = "other', "cannot be read"),
        ('format = "rdf"\n', "", "register has the ending of no format"),
        ('query = "statements-example.rq"', 'metadata = "statements-example.toml"', "is for csv and geojson"),
        ("most = 290", "most = 0", "example-map.statements.most"),
        ("most = 290", 'metadata_text = "{}"', "statements.metadata_text: a mapping stands in a file of its own"),
    ],
)  # fmt: skip
def test_a_fault_of_the_sources_file_is_named(tmp_path, old, new, told):
    for file in DOCS.glob("statements-example*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert told in fault_of(tmp_path / "statements-example.toml", old, new)


ASKING = "SERVICE <https://example.org/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "where",
    [
        ASKING,
        ASKING.replace("SERVICE ", "serviceSILENT"),
        ASKING.replace("SERVICE <https://example.org/>", "SERVICEex:a"),
        f"?s ?p 1{ASKING}",
        f'FILTER (?x = "\\"") {ASKING} FILTER (?y = "b")',
        f"?s ?p 'it\\'s' . {ASKING} FILTER (?y = 'b')",
        f'?s ?p """a"b\\"""" . {ASKING} FILTER (?y = """b""")',
        f"# a comment\n{ASKING}",
        f"FILTER (?a<?b&&?c>?d) {ASKING}",
    ],
)
def test_a_query_over_a_file_asks_no_service(where):
    told = {"file": "a.ttl", "retrieved": "2026-11-20", "query": "a.rq"}
    with pytest.raises(ValueError, match="may ask another service"):
        StatementFile.model_validate(
            told | {"query_text": f"PREFIX ex: <a:> CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}"}
        )


def test_a_query_over_a_file_says_what_the_grammar_and_the_engine_read_alike():
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s<?p)SERVICE#>\n<https://example.org/> {} }"
    with pytest.raises(ValueError, match=r"<\?p\)SERVICE#> is read as an IRI; where < is less-than, write a blank"):
        StatementFile.model_validate({"file": "a.ttl", "retrieved": "2026-11-20", "query": "a.rq", "query_text": text})


def test_what_is_only_called_service_asks_none():
    where = '?s <https://e/service> "SERVICE <x>" , """a "service" b""" . # service'
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where}\n}}"
    told = {"file": "a.ttl", "retrieved": "2026-11-20", "query": "a.rq"}
    assert StatementFile.model_validate(told | {"query_text": query}).query_text == query


def test_every_line_is_documented_and_the_product_names_no_file():
    assert not [source.id for source in read_live_sources().values() if source.statements]
    told = re.findall(r"`statements\.([a-z_]+)`", (DOCS / "fetch.md").read_text(encoding="utf-8"))
    assert sorted(told) == sorted(StatementFile.model_fields.keys() - {"folder", "query_text", "metadata_text"})
