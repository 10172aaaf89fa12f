"""`/robots.txt`, `/sitemap.xml` and `/.well-known/api-catalog`: what programs that look around are told first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from endpoint.formats import CSV, HTML, TURTLE
from endpoint.methods import READ
from endpoint.problems import not_found
from endpoint.search.purposes import PURPOSES
from endpoint.site import Site
from ontology import addresses, iri
from ontology.description import API_CATALOG_PROFILE, SITEMAPS, XHTML
from ontology.kinds import LISTED
from ontology.text import LANGUAGES, Language

router = APIRouter(include_in_schema=False)

MOST = 50_000
"""Addresses in one sitemap (sitemaps.org); a page in two languages is one address with two alternates."""

_ROBOTS = """\
# All of it is one file: {base}data/all.nq.gz
# What it holds: {base}.well-known/void
# What there is, on what terms: {base}catalog
# Ask the service: {base}sparql
# Questions without SPARQL, in JSON and CSV: {base}api/q
# What has changed, release by release: {base}changes
# For language models, by the Model Context Protocol: {base}mcp
# All that programs can ask: {base}openapi.json
User-agent: *
Disallow: /sparql
Disallow: /graphs
Disallow: /api/
Disallow: /sv/query?
Disallow: /en/query?
Disallow: /releases/
Disallow: /timegate/
Disallow: /*timemap/
Allow: /releases/*/changes/
Sitemap: {base}sitemap.xml
"""


@router.api_route("/robots.txt", methods=READ)
async def robots(request: Request) -> Response:
    """What crawlers may leave out, and where all of it can be had at once."""
    site: Site = request.state.site
    return PlainTextResponse(_ROBOTS.format(base=site.base.iri))


@router.api_route(f"/{addresses.API_CATALOG}", methods=READ)
async def api_catalog(request: Request) -> Response:
    """What there is to be asked by programs, and where each is described (RFC 9727, a linkset of RFC 9264)."""
    base = request.state.site.base.iri
    asked = (
        addresses.SPARQL,
        addresses.QUESTIONS,
        "graphs",
        "suggest",
        "reconcile",
        "mcp",
        f"mappings.{CSV.suffix}",
        addresses.CATALOG,
        addresses.CHANGES,
    )
    described = {"href": base + addresses.OPENAPI, "type": "application/json"}
    one_by_one = [{"anchor": base + path, "service-desc": [described]} for path in asked]
    one_by_one[asked.index("reconcile")]["service-doc"] = _in_languages(base, "reconciliation")
    one_by_one[asked.index("mcp")]["service-doc"] = _in_languages(base, "language-models")
    one_by_one[0] |= {
        "service-desc": [{"href": base + addresses.SPARQL, "type": TURTLE.media_types[0]}, described],
        "service-doc": _in_languages(base, "service"),
        "status": [{"href": f"{base}ready"}],
    }
    listed = {"anchor": base + addresses.API_CATALOG, "item": [{"href": base + path} for path in asked]}
    return Response(
        json.dumps({"linkset": [listed, *one_by_one]}, indent=1),
        media_type=f'application/linkset+json; profile="{API_CATALOG_PROFILE}"',
    )


def _in_languages(base: str, page: str) -> list[dict[str, object]]:
    """A page as a link in each language."""
    return [
        {"href": f"{base}{language}/{page}", "type": HTML.media_types[0], "hreflang": [language]}
        for language in LANGUAGES
    ]


@router.api_route("/sitemap.xml", methods=READ)
async def sitemap(request: Request) -> Response:
    """Every page and every thing of a listed kind; an index of sitemaps where there are many. A query for each kind."""
    site: Site = request.state.site
    parts = await _parts(site)
    if len(parts) == 1:
        return _xml(_urls(site, parts[0]))
    places = (f"<sitemap><loc>{site.base.iri}sitemap-{part}.xml</loc></sitemap>\n" for part in range(len(parts)))
    return _xml(["<sitemapindex xmlns=", quoteattr(SITEMAPS), ">\n", *places, "</sitemapindex>\n"])


@router.api_route("/sitemap-{part:int}.xml", methods=READ)
async def part_of_sitemap(part: int, request: Request) -> Response:
    """One of several sitemaps."""
    site: Site = request.state.site
    parts = await _parts(site)
    if len(parts) == 1 or part >= len(parts):
        raise not_found(f"{site.base.iri}sitemap-{part}.xml")
    return _xml(_urls(site, parts[part]))


@dataclass(frozen=True, slots=True)
class Place:
    """One address, and where it is in each language, as paths after the base."""

    path: str
    in_languages: dict[Language, str]


async def _parts(site: Site) -> list[list[Place]]:
    """All places, as many in each part as one sitemap may have."""
    lists = [f"kinds/{kind.name}" for kind in LISTED if site.holds(kind.name)]
    places = [
        Place(f"{language}/{page}", {each: f"{each}/{page}" for each in LANGUAGES})
        for page in ("", *PURPOSES, *lists)
        for language in LANGUAGES
    ]
    for kind in LISTED:
        for row in await site.select("about/things-of-a-class", **{"class": site.local(kind.cls)}):
            document = iri.document(site.canonical(row["thing"]))
            if document is not None:
                places.append(Place(document, {each: f"{document}.{each}.html" for each in LANGUAGES}))
    return [places[first : first + MOST] for first in range(0, len(places), MOST)]


def _urls(site: Site, places: Iterable[Place]) -> Iterator[str]:
    """A sitemap; what it lists was last changed on the date of the release."""
    base, date = site.base.iri, site.release.record["referenceDate"]
    yield f"<urlset xmlns={quoteattr(SITEMAPS)} xmlns:xhtml={quoteattr(XHTML)}>\n"
    for place in places:
        yield f"<url><loc>{escape(base + place.path)}</loc><lastmod>{date}</lastmod>"
        for language, path in place.in_languages.items():
            address = quoteattr(base + path)
            yield f'<xhtml:link rel="alternate" hreflang="{language}" href={address}/>'
        yield "</url>\n"
    yield "</urlset>\n"


def _xml(pieces: Iterable[str]) -> Response:
    text = "".join(['<?xml version="1.0" encoding="UTF-8"?>\n', *pieces])
    return Response(text, media_type="application/xml")
