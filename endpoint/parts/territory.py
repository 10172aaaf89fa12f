"""The pages of counties and municipalities: where they lie, and for which goals there are indicators with values."""

from __future__ import annotations

from functools import lru_cache

from rdflib import URIRef

from endpoint.documents import Document
from endpoint.formats import GEOJSON
from endpoint.lists import Names, read_labels
from endpoint.maps import HEIGHT, WIDTH, outlines
from endpoint.matrix import natural
from endpoint.outlines import Drawing, draw
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site
from endpoint.variants import Variant
from ontology import iri
from ontology.namespaces import GEO, MG
from ontology.schemes import Resolution
from ontology.wkt import polygons_of

_RESOLUTIONS = {MG.County: Resolution.COUNTY_OR_REGION, MG.Municipality: Resolution.MUNICIPAL}


async def _indicators_for(site: Site, document: Document) -> Shown:
    """The goals that have indicators with values for a sort of territory, and how many. One query."""
    resolution = next(of for cls, of in _RESOLUTIONS.items() if site.local(cls) in document.types)
    rows = await site.select("pages/indicators-by-goal", resolution=site.local(iri.concept(resolution)))
    counts = {row["goal"]: int(str(row["indicators"])) for row in rows}
    context = {
        "goals": sorted(counts.items(), key=lambda goal: (len(str(goal[0])), natural(str(goal[0])))),
        "names": Names(read_labels(rows, "goal")),
    }
    return Shown(context)


async def _map(site: Site, document: Document) -> Shown:
    """The county with its municipalities, and where it lies among the counties. One query."""
    having = (found for found in document.incoming if found.property == GEO.hasGeometry)
    place = next((other for found in having for other in found.shown), document.thing)
    rows = await site.select("pages/geometries-around", place=place)
    county = next((URIRef(row["county"]) for row in rows), None)
    drawing = _drawn(tuple((URIRef(row["near"]), str(row["wkt"])) for row in rows))
    if county is None or drawing is None:
        return Shown({"drawing": None})
    key = iri.parse(site.canonical(county))
    context = {
        "drawing": drawing,
        "place": place,
        "is_county": place == county,
        "county": county,
        "counties": [(code == (key and key.key), outline) for code, outline in outlines().items()],
        "size": (WIDTH, HEIGHT),
        "geometry": document.one(GEO.hasGeometry),
        "as_geojson": Variant(document.stem, GEOJSON).address,
        "names": Names(read_labels(rows, "place") | read_labels(rows, "county", "countyLabel")),
    }
    return Shown(context, sources_of(rows))


@lru_cache(32)
def _drawn(places: tuple[tuple[URIRef, str], ...]) -> Drawing | None:
    """The picture of places with their geometries. Of the counties, each is asked for again and again."""
    return draw({place: polygons_of(geometry) for place, geometry in places})


MAP = Part("place-map", ("county", "municipality", "geometry"), _map)
INDICATORS_FOR = Part("indicators-for", ("county", "municipality"), _indicators_for)
