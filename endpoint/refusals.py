"""`/problems`: what each type of problem means, with its limit and the way out, for programs and readers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from msgspec import UNSET
from starlette.responses import RedirectResponse, Response

from endpoint.dataset import Dataset
from endpoint.formats import HTML, PLAIN_JSON
from endpoint.interface.replies import ProblemsTold, ProblemTold, written
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.problem_type import ProblemType, address_of, figure
from endpoint.problem_types import TYPES
from endpoint.problems import language_of_programs, not_acceptable
from endpoint.rendering import page
from endpoint.settings import Settings
from ontology import addresses
from ontology.text import Language

router = APIRouter()

_OFFERS = (PLAIN_JSON, HTML)
_OURS = 500


@router.api_route(f"/{addresses.PROBLEMS}", methods=READ)
async def problems(request: Request) -> Response:
    """All types: JSON for programs, a page for readers. No query."""
    chosen = choose_format(request.headers, _OFFERS)
    if chosen is None:
        raise not_acceptable(_OFFERS)
    vary = {"Vary": "Accept, Accept-Language"}
    if chosen is HTML:
        address = f"/{choose_language(request.headers)}/{addresses.PROBLEMS}"
        return RedirectResponse(address, 303, headers=vary)
    language = language_of_programs(request)
    body = written(ProblemsTold(_told(request, language)), is_for_eyes=True)
    return Response(body, headers=vary | {"Content-Language": language}, media_type="application/json")


@router.api_route(f"/{{language:language}}/{addresses.PROBLEMS}", methods=READ, include_in_schema=False)
async def problems_page(language: Language, request: Request) -> Response:
    """The same in words: what is wrong with a request, which limit was met, what is wrong here. No query."""
    settings: Settings = request.app.state.settings.of_one_front()
    site: Dataset = request.state.site
    families: dict[str, list[tuple[ProblemType, str]]] = {"request": [], "limit": [], "ours": []}
    for type_ in TYPES.values():
        family = "limit" if type_.setting else "ours" if type_.status >= _OURS else "request"
        families[family].append((type_, _limit_of(type_, settings)))
    return page("problems.html", language, request, families=families, root=site.root, address_of=address_of)


def _told(request: Request, language: Language) -> list[ProblemTold]:
    """The types as programs get them: the figures are those of this service."""
    site: Dataset = request.state.site
    settings: Settings = request.app.state.settings.of_one_front()
    return [
        ProblemTold(
            type=address_of(type_.kind, site.root),
            title=type_.title.in_(language),
            status=type_.status,
            meaning=type_.explained(_limit_of(type_, settings)).in_(language),
            setting=type_.setting or UNSET,
            limit=getattr(settings, type_.setting) if type_.setting else UNSET,
        )
        for type_ in TYPES.values()
    ]


def _limit_of(type_: ProblemType, settings: Settings) -> str:
    """The figure of its limit, as a reader writes it; empty where it has none."""
    return figure(getattr(settings, type_.setting)) if type_.setting else ""
