"""`/{language}/deliver` and `/templates/…`: what a county can deliver, how, and the templates to fill."""

from __future__ import annotations

import asyncio
from functools import lru_cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from endpoint.formats import WORKBOOK
from endpoint.mapping.matrix import natural
from endpoint.methods import READ
from endpoint.negotiation import choose_language
from endpoint.problems import Problem, leading, not_found
from endpoint.rendering import page
from endpoint.reporting import letter
from endpoint.site import Site
from endpoint.words.delivering import DELIVERY
from loaders.template_files import as_csv, as_workbook
from loaders.templates import SCHEMES, TEMPLATES
from ontology import iri
from ontology.kinds import KINDS
from ontology.schemes import Concept
from ontology.text import Language, Text

router = APIRouter(include_in_schema=False)

Listed = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""The codes that a template lists, by kind or scheme, each with what it stands for."""


@router.api_route("/deliver", methods=READ)
async def deliver_in_a_language(request: Request) -> Response:
    """How to deliver, in the reader's language. No query."""
    headers = {"Location": f"/{choose_language(request.headers)}/deliver", "Vary": "Accept-Language"}
    return Response(status_code=303, headers=headers)


@router.api_route("/{language:language}/deliver", methods=READ)
async def deliver(language: Language, request: Request) -> Response:
    """What can be delivered, the columns of each template, and the files to fill. No query."""
    to = request.state.site.report_to
    send = None if to is None else (to, letter(to, DELIVERY.in_(language)))
    return page("deliver.html", language, request, templates=list(TEMPLATES.values()), send=send)


@router.api_route("/templates/{name}.{language:language}.csv", methods=READ)
async def empty_csv(name: str, language: Language, request: Request) -> Response:
    """The headings of a template as CSV. No query."""
    if name not in TEMPLATES:
        raise _no_template(request, language)
    content = as_csv(TEMPLATES[name], language)
    return Response(content, media_type="text/csv; charset=utf-8", headers=_named(f"{name}.{language}.csv"))


@router.api_route("/templates/{name}.{language:language}.xlsx", methods=READ)
async def empty_workbook(name: str, language: Language, request: Request) -> Response:
    """A template as a workbook, with the codes of the release. One query."""
    if name not in TEMPLATES:
        raise _no_template(request, language)
    listed = await _codes(request.state.site, name, language)
    content = await asyncio.to_thread(_workbook, name, language, listed)
    return Response(content, media_type=WORKBOOK.content_type, headers=_named(f"{name}.{language}.xlsx"))


def _no_template(request: Request, language: Language) -> Problem:
    """The problem that there is no such template, with where there are some."""
    site: Site = request.state.site
    words = Text("Mallarna finns på", "The templates are at")
    return leading(not_found(request.url.path), words, f"{site.address}{language}/deliver")


def _named(file: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="miljograf-{file}"'}


@lru_cache(maxsize=8)
def _workbook(name: str, language: Language, listed: Listed) -> bytes:
    return as_workbook(TEMPLATES[name], language, dict(listed))


async def _codes(site: Site, name: str, language: Language) -> Listed:
    """The codes that the columns of a template hold: of things, as the release has them, and of concepts."""
    rows = await site.select("pages/template-codes")
    wanted = dict.fromkeys(column.codes for column in TEMPLATES[name].columns if column.codes)
    by_class = {str(site.local(KINDS[kind].cls)): kind for kind in wanted if kind in KINDS}
    found: dict[str, dict[str, str]] = {kind: {} for kind in wanted}
    for row in sorted(rows, key=lambda row: natural(str(row["code"]))):
        kind = by_class.get(str(row["class"]))
        if kind is not None:
            found[kind][str(row["code"])] = str(row["name"])
    found |= {name: _concepts(site, SCHEMES[name], language) for name in wanted if name in SCHEMES}
    return tuple((kind, tuple(codes.items())) for kind, codes in found.items())


def _concepts(site: Site, scheme: type[Concept], language: Language) -> dict[str, str]:
    """The codes of the concepts of a scheme in order, each with its label."""
    called = {str(member): site.label(site.local(iri.concept(member)), language) for member in scheme}
    return {code: label.text for code, label in called.items() if label}
