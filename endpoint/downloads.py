"""`/data/…`: the files of a release, whole or by ranges of bytes, with their checksums and their description."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.csvw import METADATA, describe_table
from endpoint.formats import HTML, Format
from endpoint.layers.conditions import REVALIDATED
from endpoint.mapping.exports import files_for
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.problems import Problem, leading, not_acceptable, not_found
from endpoint.ranges import send_file
from endpoint.rendering import page
from endpoint.site import Site
from loaders.cards import Card
from loaders.files import CSV, JSON_STAT, places_of
from ontology import addresses, iri
from ontology.text import Language, Text

router = APIRouter()

FOREVER = "public, max-age=31536000, immutable"
_PACKAGE = Format("datapackage", "Data package", ("application/json",), "json")
_TYPES = {"gz": "application/gzip", "csv": "text/csv; charset=utf-8", "json": "application/json"}
_LANGUAGES = {syntax.suffix: language for language, syntax in JSON_STAT.items()}


@router.api_route("/data", methods=READ)
async def without_a_slash() -> Response:
    """The list of files has a slash at its end, since they lie in it."""
    return RedirectResponse(f"/{addresses.DATA}", 308)


@router.api_route(f"/{addresses.DATA}", methods=READ)
async def index(request: Request) -> Response:
    """What there is to fetch: a page for readers, a data package for programs."""
    chosen = choose_format(request.headers, (_PACKAGE, HTML))
    if chosen is None:
        raise not_acceptable((_PACKAGE, HTML))
    address = f"/{choose_language(request.headers)}/data" if chosen is HTML else f"/{addresses.DATA}datapackage.json"
    return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})


@router.api_route("/{language:language}/data", methods=READ, include_in_schema=False)
async def files_page(language: Language, request: Request) -> Response:
    """What there is to fetch, in words. No query."""
    site: Site = request.state.site
    by_sort: dict[str, list[Card]] = {"whole": [], "vocabulary": [], "data-set": [], "source": []}
    for card in site.cards.values():
        by_sort[card["sort"]].append(card)
    return page(
        "data.html",
        language,
        request,
        whole=next(iter(by_sort["whole"]), None),
        vocabulary=next(iter(by_sort["vocabulary"]), None),
        data_sets=by_sort["data-set"],
        sources=by_sort["source"],
        exports=files_for(language),
    )


@router.api_route(f"/{addresses.DATA}datapackage.json", methods=READ)
async def datapackage(request: Request) -> Response:
    """The files as a Frictionless data package."""
    site: Site = request.state.site
    file = site.release.path / "about" / "datapackage.json"
    if not file.is_file():
        here = f"{site.address}{addresses.DATA}"
        words = Text("Filerna räknas upp på", "The files are listed at")
        raise leading(not_found(f"{here}{file.name}"), words, f"{here}SHA256SUMS")
    return Response(file.read_bytes(), media_type="application/json", headers={"Link": _links(site)})


@router.api_route(f"/{addresses.DATA}{{key}}.{METADATA.suffix}", methods=READ)
async def table_metadata(key: str, request: Request) -> Response:
    """What the columns of the table of a data set mean, as CSVW metadata."""
    site: Site = request.state.site
    found = (await site.once(_described)).get(f"{key}.{CSV.suffix}")
    if found is None:
        raise _no_file(site, f"{key}.{METADATA.suffix}")
    text = json.dumps(describe_table(key, found, site.base), ensure_ascii=False, indent=1)
    return Response(text, media_type=METADATA.content_type, headers={"Link": _links(site)})


async def _described(site: Site) -> dict[str, dict[str, Any]]:
    """What the data package says of each table, by the name of its file."""
    file = site.release.path / "about" / "datapackage.json"
    listed = msgspec.json.decode(file.read_bytes())["resources"] if file.is_file() else []
    return {resource["path"]: resource for resource in listed if resource["path"].endswith(f".{CSV.suffix}")}


@router.api_route(f"/{addresses.DATA}SHA256SUMS", methods=READ)
async def checksums(request: Request) -> Response:
    """The checksum of every file, as `sha256sum --check` reads them."""
    site: Site = request.state.site
    named = ((place, place.rpartition("/")[2], told) for place, told in site.release.record["files"].items())
    lines = [f"{told['sha256']}  {name}\n" for place, name, told in named if _place(site, name) == place]
    return Response("".join(lines), media_type="text/plain; charset=utf-8", headers={"Link": _links(site)})


@router.api_route(f"/{addresses.DATA}{{name:path}}", methods=READ)
async def file(name: str, request: Request) -> Response:
    """One file, or the ranges of it that are asked for; its checksum is its entity tag.

    `….json` is the file of a data set in the language that the client likes best.
    """
    site: Site = request.state.site
    chosen = name if _place(site, name) else _liked(name, request)
    place = _place(site, chosen)
    if place is None:
        raise _no_file(site, name)
    path, sha256 = site.release.path / place, site.release.record["files"][place]["sha256"]
    links = [_links(site, chosen), *site.through_time(f"{addresses.DATA}{name}")]
    headers = {"Link": ", ".join(links), **_language_of(chosen)}
    if chosen != name:
        headers |= {"Content-Location": f"/{addresses.DATA}{chosen}", "Vary": "Accept-Language"}
    headers["Cache-Control"] = FOREVER if site.prefix else REVALIDATED  # at its release, a file never changes
    headers["Content-Disposition"] = f'inline; filename="{addresses.WHOLE_KEY}-{site.release.id}-{path.name}"'
    return send_file(request, path, f'"{sha256}"', _TYPES[path.suffix[1:]], headers)


def _no_file(site: Site, name: str) -> Problem:
    """The problem that there is no file of a name, with the list of those that there are."""
    all_files = f"{site.address}{addresses.DATA}"
    return leading(not_found(f"{all_files}{name}"), Text("Alla filer finns på", "All files are at"), all_files)


def _liked(name: str, request: Request) -> str:
    """The name of the file that has the names of things in the language that the client likes best."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{JSON_STAT[choose_language(request.headers)].suffix}" if suffix == "json" else name


def _language_of(name: str) -> dict[str, str]:
    """The header that tells the language of a file, where it has one."""
    language = _LANGUAGES.get(".".join(name.split(".")[-2:]))
    return {"Content-Language": language} if language else {}


def _place(site: Site, name: str) -> str | None:
    """Where in the release the file of a name lies that can be fetched; None where there is none."""
    return next((place for place in places_of(name) if place in site.release.record["files"]), None)


def _links(site: Site, name: str = "") -> str:
    """The `Link` header: where the files are described, what one is a file of, what the columns of a table mean."""
    base = site.base.iri
    document = iri.document(site.canonical(site.datasets[name])) if name in site.datasets else None
    links = [f'<{base}{addresses.CATALOG}>; rel="describedby"']
    links += [f'<{base}{document}>; rel="collection"'] if document else []  # the narrowest first
    links.append(f'<{base}{addresses.DATA}>; rel="collection"')
    if name.endswith(f".{CSV.suffix}"):
        metadata = f"{site.address}{addresses.DATA}{name.removesuffix(CSV.suffix)}{METADATA.suffix}"
        links = [f'<{metadata}>; rel="describedby"; type="{METADATA.media_types[0]}"', *links]  # clients take the first
    return ", ".join(links)
