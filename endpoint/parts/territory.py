"""The pages of counties and municipalities: where they lie, and for which goals there are indicators with values."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from endpoint.documents.document import Document
from endpoint.documents.variants import Variant
from endpoint.formats import GEOJSON
from endpoint.lists import Labels, Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.maps import HEIGHT, WIDTH, outlines
from endpoint.outlines import Drawing, draw
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import GEO, MG
from ontology.schemes import Resolution
from ontology.wkt import polygons_of

_RESOLUTIONS = {MG.County: Resolution.COUNTY_OR_REGION, MG.Municipality: Resolution.MUNICIPAL}


@dataclass(frozen=True, slots=True)
class _Territory:
    """A county or municipality: the county that it is or lies in, and whether the release knows where it lies."""

    county: URIRef
    is_located: bool


async def _indicators_for(site: Site, document: Document) -> Shown:
    """The goals that have indicators with values for a sort of territory, and how many. One query, once a release."""
    resolution = next(of for cls, of in _RESOLUTIONS.items() if site.local(cls) in document.types)
    return await site.once(_goals_with, resolution)


async def _goals_with(site: Site, resolution: Resolution) -> Shown:
    rows = await site.select("pages/indicators-by-goal", resolution=site.local(iri.concept(resolution)))
    counts = {row["goal"]: int(str(row["indicators"])) for row in rows}
    context = {
        "goals": sorted(counts.items(), key=lambda goal: (len(str(goal[0])), natural(str(goal[0])))),
        "names": Names(read_labels(rows, "goal")),
    }
    return Shown(context)


async def _map(site: Site, document: Document) -> Shown:
    """The county with its municipalities, and where it lies among the counties. Two queries, once a release each."""
    having = (found for found in document.incoming if found.property == GEO.hasGeometry)
    place = next((other for found in having for other in found.shown), document.thing)
    territories, labels = await site.once(_territories)
    territory = territories.get(place)
    if territory is None or not territory.is_located:
        return Shown({"drawing": None})
    county = territory.county
    drawing, sources = await site.once(municipalities_of, county)
    if drawing is None:
        return Shown({"drawing": None})
    key = site.key_of(county)
    context = {
        "drawing": drawing,
        "place": place,
        "is_county": place == county,
        "county": county,
        "counties": [(code == (key and key.key), outline) for code, outline in outlines().items()],
        "size": (WIDTH, HEIGHT),
        "geometry": document.one(GEO.hasGeometry),
        "as_geojson": Variant(document.stem, GEOJSON).address,
        "names": Names(labels),
    }
    return Shown(context, sources)


async def _territories(site: Site) -> tuple[dict[URIRef, _Territory], Labels]:
    """All counties and municipalities by their IRIs, and what they are called."""
    rows = await site.select("pages/territories")
    found = {URIRef(row["place"]): _Territory(URIRef(row["county"]), "geometry" in row) for row in rows}
    return found, read_labels(rows, "place")


async def municipalities_of(site: Site, county: URIRef) -> tuple[Drawing | None, frozenset[URIRef]]:
    """The picture of the municipalities of a county, and the sources of where they lie."""
    rows = await site.select("pages/geometries-in", county=county)
    places = {URIRef(row["near"]): polygons_of(str(row["wkt"])) for row in sorted(rows, key=lambda row: row["near"])}
    return draw(places), sources_of(rows)


MAP = Part("place-map", ("county", "municipality", "geometry"), _map)
INDICATORS_FOR = Part("indicators-for", ("county", "municipality"), _indicators_for)
