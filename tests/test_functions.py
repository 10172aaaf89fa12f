"""The functions that the service says it has beyond those of SPARQL: each gives a value, and compares areas."""

import pyoxigraph as ox

GEO = "http://www.opengis.net/ont/geosparql#"
GEOF = "http://www.opengis.net/def/function/geosparql/"
AREA = f'"POLYGON((0 0,0 2,2 2,2 0,0 0))"^^<{GEO}wktLiteral>'
POINT = f'"POINT(1 1)"^^<{GEO}wktLiteral>'
METRE = "<http://www.opengis.net/def/uom/OGC/1.0/metre>"
ARGUMENTS = [
    AREA,
    f"{AREA}, {POINT}",
    f"{AREA}, {METRE}",
    f"{POINT}, {POINT}, {METRE}",
    f"{AREA}, {POINT}, 'T********'",
]


def functions(client):
    said = client.get("/sparql", headers={"Accept": "application/n-triples"}).content
    quads = list(ox.parse(said, format=ox.RdfFormat.N_TRIPLES))
    return [quad.object.value for quad in quads if quad.predicate.value.endswith("#extensionFunction")]


def has_a_value(function, arguments):
    (row,) = ox.Store().query(f"SELECT (<{function}>({arguments}) AS ?value) {{}}")
    return row["value"] is not None


def test_each_function_that_the_description_lists_gives_a_value(client):
    named = functions(client)
    assert len(named) == len(set(named)) > 30
    assert f"{GEOF}sfContains" in named
    assert [name for name in named if not any(has_a_value(name, arguments) for arguments in ARGUMENTS)] == []


def test_the_counties_that_border_on_another_are_found_by_them(client):
    asked = f"""PREFIX geo: <{GEO}> PREFIX geof: <{GEOF}> PREFIX mg: <http://localhost:8000/spec/>
        SELECT ?county WHERE {{
          <http://localhost:8000/id/county/12> geo:hasGeometry/geo:asWKT ?here .
          ?county a mg:County ; geo:hasGeometry/geo:asWKT ?there .
          FILTER(geof:sfIntersects(?here, ?there))
        }}"""
    rows = client.get("/sparql", params={"query": asked, "format": "json"}).json()["results"]["bindings"]
    assert sorted(row["county"]["value"].rpartition("/")[2] for row in rows) == ["07", "10", "12", "13"]


def test_the_page_of_the_service_names_them(client):
    assert "geof:sfIntersects" in client.get("/en/service").text
