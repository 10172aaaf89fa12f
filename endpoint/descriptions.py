"""`/catalog`, `/.well-known/void` and `/.well-known/sparql-examples`: what a release says of itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.formats import GRAPHS, HTML, Format
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.problems import not_acceptable, not_found, without_form
from endpoint.site import Site
from endpoint.workers.worker import GRAPH_FORMATS
from ontology import addresses
from ontology.description import prefixes

router = APIRouter()

_RDF_XML = next(format_ for format_ in GRAPHS if format_.name == "rdfxml")


@dataclass(frozen=True, slots=True)
class Described:
    """One description: its path, the file of the release that holds it, the page for readers, and its formats."""

    path: str
    file: str
    page: str
    formats: tuple[Format, ...] = GRAPHS

    def links(self, base: str) -> list[str]:
        """The links of the header: what it is about, its own address, and its other forms."""
        links = [f'<{base}{addresses.WHOLE_PATH}>; rel="describes"', f'<{base}{self.path}>; rel="canonical"']
        links += [
            f'<{base}{self.path}.{format_.suffix}>; rel="alternate"; type="{format_.media_types[0]}"'
            for format_ in self.formats
        ]
        return links


CATALOG = Described(
    addresses.CATALOG, "catalogue", "data", (_RDF_XML, *(format_ for format_ in GRAPHS if format_ is not _RDF_XML))
)
"""RDF/XML comes first, since that is what dataportal.se harvests."""

VOID = Described(addresses.VOID, "void", "data")
EXAMPLES = Described(addresses.EXAMPLES, "examples", "query")


@router.api_route(f"/{addresses.CATALOG}", methods=READ)
@router.api_route(f"/{addresses.CATALOG}.{{suffix}}", methods=READ)
async def catalog(request: Request, suffix: str | None = None) -> Response:
    """The DCAT-AP-SE catalogue."""
    return await _describe(request, CATALOG, suffix)


@router.api_route(f"/{addresses.VOID}", methods=READ)
@router.api_route(f"/{addresses.VOID}.{{suffix}}", methods=READ)
async def void(request: Request, suffix: str | None = None) -> Response:
    """What the release holds, in VoID."""
    return await _describe(request, VOID, suffix)


@router.api_route(f"/{addresses.EXAMPLES}", methods=READ)
@router.api_route(f"/{addresses.EXAMPLES}.{{suffix}}", methods=READ)
async def examples(request: Request, suffix: str | None = None) -> Response:
    """The public questions and the prefixes of the product."""
    return await _describe(request, EXAMPLES, suffix)


@router.api_route(f"/{addresses.WHOLE_PATH}", methods=READ)
async def whole(request: Request) -> Response:
    """The dataset that is all of it cannot be sent here: see the catalogue, or VoID (DIGG UM-7, UM-8)."""
    base = request.state.site.base.iri
    links = ", ".join(f'<{base}{described.path}>; rel="describedby"' for described in (CATALOG, VOID))
    return RedirectResponse(f"/{CATALOG.path}", 303, headers={"Link": links})


async def _describe(request: Request, described: Described, suffix: str | None) -> Response:
    """A description by suffix, else as `Accept` likes it best; a page where the client likes that better."""
    site: Site = request.state.site
    format_ = next((format_ for format_ in described.formats if format_.suffix == suffix), None)
    if suffix is not None and format_ is None:
        raise without_form(f"{site.address}{described.path}", suffix, described.formats)
    offers = (*described.formats, HTML)
    format_ = format_ or choose_format(request.headers, offers)
    if format_ is None:
        raise not_acceptable(offers)
    if format_ is HTML:
        address = f"/{choose_language(request.headers)}/{described.page}"
        return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})
    file = site.release.path / "about" / f"{described.file}.ttl"
    if not file.is_file():
        raise not_found(f"{site.address}{described.path}")
    links = described.links(site.base.iri) + site.through_time(request.scope["path"][1:])
    headers = {
        "Vary": "Accept",
        "Content-Type": format_.content_type,
        "Content-Location": f"/{described.path}.{format_.suffix}",
        "Link": ", ".join(links),
    }
    return Response(await asyncio.to_thread(_in_format, site, file, format_), headers=headers)


def _in_format(site: Site, file: Path, format_: Format) -> bytes:
    """A description, which is kept as Turtle, in a format; each statement where it stands there."""
    if format_.name == "turtle":
        return file.read_bytes()
    triples = [quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)]
    return ox.serialize(triples, format=GRAPH_FORMATS[format_.name], prefixes=prefixes(site.base)) or b""
